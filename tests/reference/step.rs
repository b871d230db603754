//! The slow engine: every person, every step.

use crate::abroad::Stay;
use crate::choice::{Place, View};
use crate::constants::constants;
use crate::faults::Fault;
use crate::leaving::Aspiration;
use crate::measures::{Counts, Record, stocks};
use crate::persons::{Person, population};
use crate::rents::MarketState;
use crate::rules::NOW;
use crate::world::{World, start_of};
use exeunt::scenario::{Constants, Scenario};
use exeunt::units::Rate;
use exeunt::world::{FlowEvent, Hold};
use rand::SeedableRng;
use rand_distr::{Distribution, Exp1};
use rand_pcg::Pcg64;

/// Where a person is, and what goes with it.
#[derive(Debug, Clone)]
pub enum Whereabouts {
    Content,
    Held(Held),
    Departing {
        aspiration: Aspiration,
        country: usize,
        channel: usize,
        /// Days from the first day of the run.
        date: f64,
    },
    Abroad(Stay),
}

/// A person who aspires and cannot go.
#[derive(Debug, Clone)]
pub struct Held {
    pub by: Hold,
    pub aspiration: Aspiration,
    /// Channels that refused or turned back, with the day.
    pub refusals: Vec<(usize, f64)>,
}

/// Runs a scenario to its end: the opening, then a record a step.
pub fn run(scenario: &Scenario, seed: u64, fault: Fault) -> Vec<Record> {
    let mut rng = Pcg64::seed_from_u64(seed);
    let persons = population(scenario, &mut rng);
    let constants = constants(scenario, &persons);
    let mut whereabouts = vec![Whereabouts::Content; persons.len()];
    let mut markets = vec![MarketState::default(); scenario.countries.len()];
    let mut felt = markets.clone();
    let mut records = vec![Record {
        tally: Counts::new(scenario).into_tally(),
        stocks: stocks(scenario, &persons, &whereabouts),
        markets: markets.clone(),
    }];
    for step in 0..scenario.calendar.steps.len() {
        let rent_ratio = felt.iter().map(|market| market.log_rent.exp()).collect();
        let world = World::at(scenario, step, rent_ratio);
        let days = f64::from(scenario.calendar.steps[step].days);
        let mut act = Step {
            scenario,
            constants: &constants,
            world: &world,
            index: step,
            start: start_of(scenario, step),
            days,
            fault,
            rng: &mut rng,
            counts: Counts::new(scenario),
        };
        for (person, at) in persons.iter().zip(&mut whereabouts) {
            let before = std::mem::replace(at, Whereabouts::Content);
            *at = act.live(person, before);
        }
        let tally = act.counts.into_tally();
        let stocks = stocks(scenario, &persons, &whereabouts);
        let before = markets.clone();
        if let Some(rents) = &scenario.behaviour.rents {
            for (country, state) in markets.iter_mut().enumerate() {
                if let Some(market) = &scenario.countries[country].market {
                    let newcomers = stocks.newcomers(country) as f64;
                    *state = state.after(newcomers, days, market, rents);
                }
            }
        }
        let (now_felt, shown) = match fault {
            Fault::RentsLate => (&before, &before),
            Fault::RentsFeltLate => (&before, &markets),
            _ => (&markets, &markets),
        };
        felt.clone_from(now_felt);
        records.push(Record {
            tally,
            stocks,
            markets: shown.clone(),
        });
    }
    records
}

/// One step in the making.
pub struct Step<'a> {
    pub scenario: &'a Scenario,
    pub constants: &'a Constants,
    pub world: &'a World,
    pub index: usize,
    /// Days from the first day of the run.
    pub start: f64,
    pub days: f64,
    pub fault: Fault,
    pub rng: &'a mut Pcg64,
    pub counts: Counts,
}

impl<'a> Step<'a> {
    fn live(&mut self, person: &Person, at: Whereabouts) -> Whereabouts {
        match at {
            Whereabouts::Content => self.live_content(person),
            Whereabouts::Held(held) => self.live_held(person, held),
            Whereabouts::Departing {
                aspiration,
                country,
                channel,
                date,
            } => {
                if date < self.end() {
                    self.attempt(person, aspiration, Vec::new(), country, channel, date)
                } else {
                    Whereabouts::Departing {
                        aspiration,
                        country,
                        channel,
                        date,
                    }
                }
            }
            Whereabouts::Abroad(stay) => self.live_abroad(person, stay),
        }
    }

    pub fn end(&self) -> f64 {
        self.start + self.days
    }

    /// The world under the rules as they are, through a person's eyes.
    pub fn view<'b>(&self, person: &'b Person, place: Place, refused_by: &'b [usize]) -> View<'b>
    where
        'a: 'b,
    {
        View {
            behaviour: &self.scenario.behaviour,
            world: self.world,
            rules: &self.world.rule_sets[NOW],
            person,
            place,
            refused_by,
        }
    }

    /// The time of a process with an integrated hazard, if it happens in this step.
    pub fn mark(&mut self, hazard: f64) -> Option<f64> {
        let mark: f64 = Exp1.sample(self.rng);
        (mark < hazard).then(|| self.start + self.days * mark / hazard)
    }

    /// As `mark`, for a constant rate.
    pub fn mark_at(&mut self, rate: Rate) -> Option<f64> {
        self.mark(rate.per_day() * self.days)
    }

    pub fn arrive(
        &mut self,
        person: &Person,
        from: usize,
        country: usize,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        self.flow(person, from, country, channel, FlowEvent::Arrived);
        let rule = &self.world.rule_sets[NOW].channels[channel];
        Whereabouts::Abroad(Stay {
            country,
            channel,
            status: rule.status,
            since: time,
            until: rule.stay.length.map(|length| time + length.days()),
        })
    }

    /// Counts a flow of one person.
    pub fn flow(
        &mut self,
        person: &Person,
        from: usize,
        to: usize,
        channel: usize,
        event: FlowEvent,
    ) {
        self.counts.flow(person.segment, from, to, channel, event);
    }
}
