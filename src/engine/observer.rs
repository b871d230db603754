//! What the engine reports of each step, and the observers that receive it.

use super::notice::Notice;
use crate::world::{ChannelRules, Confinement, Stocks, Tally, Voice, Waiting};
use jiff::civil::Date;

/// A report of one step. Numbers of persons are in agents: multiply by `scale` for persons.
#[derive(Debug, Clone, Copy)]
pub struct StepReport<'a> {
    /// Index of the step; `None` for the opening, before anything has happened (then `days` is 0 and the
    /// date is the day before the first step).
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
    /// Who is where at the end of the step.
    pub stocks: &'a Stocks,
    /// Who waits at the end of the step, and what was decided in it.
    pub waiting: &'a Waiting,
    /// Who is detained or serving at the end of the step, and who was taken in it.
    pub confinement: &'a Confinement,
    /// What was seen in the step of the persons watched, in order for each of them; see
    /// [`Simulation::watch`](super::Simulation::watch).
    pub notices: &'a [Notice],
    /// Voice and opposition at the end of the step; `None` where voice is off.
    pub voice: Option<&'a Voice>,
}

/// Conditions in a country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// Ordinary trips to the country in the step, persons: entries that a border counts in addition to
    /// those of modelled persons.
    pub trips: u64,
    /// Rent now over rent on the first day; `None` where there is no market or rents are off.
    pub rent_index: Option<f64>,
    /// Rent of a home now over the mean net wage now; `None` where there is no market.
    pub rent_burden: Option<f64>,
    /// Newcomers' homes over rented homes, n of the rental market; `None` as for `rent_index`.
    pub rent_pressure: Option<f64>,
    /// Share of the public that wants restriction, 0 to 1; `None` where attitudes are off or nobody
    /// can come to the country.
    pub share_wanting_restriction: Option<f64>,
    /// That share minus its value on the first day; `None` likewise.
    pub hostility: Option<f64>,
    /// Shift of the log-hazard of leaving the country in the next step, from the story told there; `None`
    /// where the narrative is off or nobody lives there.
    pub narrative_shift: Option<f64>,
}

/// Receives a report of every step, and never changes a run.
pub trait Observer {
    /// Called with the opening, then once a step.
    fn record(&mut self, report: &StepReport<'_>);
}
