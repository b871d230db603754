//! What an engine shows of each step, and who may look.

use super::notice::Notice;
use crate::world::{ChannelRules, Confinement, Stocks, Tally, Voice, Waiting};
use jiff::civil::Date;

/// One step as seen from outside. Numbers of persons are in agents: times `scale` = persons.
#[derive(Debug, Clone, Copy)]
pub struct StepReport<'a> {
    /// Index of the step; `None` for the opening, before anything happened (days = 0, the date is
    /// the day before the first step).
    pub step: Option<usize>,
    /// Last day of the step.
    pub date: Date,
    /// Days in the step.
    pub days: u16,
    /// Persons that an agent stands for.
    pub scale: u64,
    /// By country index: conditions at the end of the step.
    pub countries: &'a [Conditions],
    /// By channel index: the rules of the step.
    pub channels: &'a [ChannelRules],
    /// What happened in the step.
    pub tally: &'a Tally,
    /// Who is where at its end.
    pub stocks: &'a Stocks,
    /// Who waits at its end, and what was decided in it.
    pub waiting: &'a Waiting,
    /// Who is detained or called up at its end, and who was in it.
    pub confinement: &'a Confinement,
    /// What was seen in the step of persons who are watched, in order for each of them; see
    /// [`Simulation::watch`](super::Simulation::watch).
    pub notices: &'a [Notice],
    /// Voice and opposition at its end; `None` where they are off.
    pub voice: Option<&'a Voice>,
}

/// Conditions in a country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// Ordinary trips to the country in the step, persons: entries that a border counts beside
    /// those of modelled persons.
    pub trips: u64,
    /// Rent now over rent on the first day; `None` where there is no market or rents are off.
    pub rent_index: Option<f64>,
    /// Rent of a home now over the mean net wage now; `None` where there is no market.
    pub rent_burden: Option<f64>,
    /// Newcomers' homes over rented homes, n of the rental market; `None` as for the index.
    pub rent_pressure: Option<f64>,
    /// Share of the public that wants restriction, 0 to 1; `None` where attitudes are off or nobody
    /// can come.
    pub share_wanting_restriction: Option<f64>,
    /// That share less what it was on the first day; `None` likewise.
    pub hostility: Option<f64>,
    /// Shift of the logarithm of the hazard of leaving the country by the story told there, in the next
    /// step; `None` where it is off or nobody lives there.
    pub narrative_shift: Option<f64>,
}

/// Looks at every step and never changes it.
pub trait Observer {
    /// Called with the opening, then once a step.
    fn record(&mut self, report: &StepReport<'_>);
}
