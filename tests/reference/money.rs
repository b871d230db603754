//! Money abroad: what a person lives on.

use crate::abroad::Stay;
use crate::choice::{Place, View};
use crate::faults::Fault;
use crate::persons::Person;
use crate::step::{Life, Step, Whereabouts};
use crate::world::World;
use exeunt::scenario::{Behaviour, MoneyAbroad, Status};
use exeunt::units::Duration;

/// A person's view from a country abroad, with its income and savings there.
pub fn abroad<'a>(view: View<'a>, stay: &Stay) -> View<'a> {
    View {
        place: Place::Abroad(stay.country),
        income: income(view, stay),
        savings: stay.savings,
        ..view
    }
}

fn income(view: View<'_>, stay: &Stay) -> f64 {
    let (person, world) = (view.person, view.world);
    let here = &world.countries[stay.country];
    let wage = here.wage.per_month() * here.real_income;
    let Some(money) = &view.behaviour.money else {
        return if person.remote { person.income } else { wage };
    };
    if keeps_work(person, money, world.time - stay.left_home) {
        return person.income * (1.0 - world.countries[person.origin].friction);
    }
    let unemployed = person.unemployed_above < here.unemployment;
    let may_work = match stay.status {
        Status::Irregular => true,
        Status::Pending => false,
        Status::Protected | Status::Legal | Status::Temporary => {
            world.now.channels[stay.channel].work || person.informal_above < money.informal_work
        }
    };
    if may_work && !unemployed { wage } else { 0.0 }
}

/// Whether a remote worker still has the work some days after leaving.
fn keeps_work(person: &Person, money: &MoneyAbroad, days: f64) -> bool {
    let mean = money.remote_half_life.days() / std::f64::consts::LN_2;
    person.remote && person.work_kept_above < money.remote_kept && days < person.work_lasts * mean
}

/// Savings with which a person from home arrives by a channel.
pub fn on_arrival(behaviour: &Behaviour, world: &World, person: &Person, channel: usize) -> f64 {
    if behaviour.money.is_none() {
        return person.savings;
    }
    let rule = &world.now.channels[channel];
    let travel = world.countries[usize::from(rule.country)].travel.amount();
    let left = (person.savings - rule.fee.amount() - travel).max(0.0);
    left * (1.0 - world.countries[person.origin].friction)
}

/// Savings after a move to another country.
pub fn after_move(stay: &Stay, world: &World, channel: usize) -> f64 {
    (stay.savings - world.now.channels[channel].fee.amount()).max(0.0)
}

/// Savings after a renewal or a run.
pub fn after_renewal(stay: &Stay, world: &World) -> f64 {
    let price = world.now.channels[stay.channel].stay.renewal.cost.amount();
    (stay.savings - price).max(0.0)
}

/// What savings change by in a month.
fn flow_per_month(view: View<'_>, stay: &Stay) -> f64 {
    let here = &view.world.countries[stay.country];
    let rent = if view.person.renter {
        let days = view.world.time - stay.since;
        let share = view
            .behaviour
            .money
            .as_ref()
            .map_or(1.0, |money| money.rent_share);
        share * view.world.rent_borne(view.behaviour, stay.country, days)
    } else {
        0.0
    };
    view.income + help(view, stay) - rent - here.cost_of_living.per_month() * here.price_index
}

/// What a family sends in a month.
fn help(view: View<'_>, stay: &Stay) -> f64 {
    let (person, world) = (view.person, view.world);
    let home = &world.countries[person.origin];
    match &view.behaviour.money {
        Some(money) if !keeps_work(person, money, world.time - stay.left_home) => {
            money.help * home.wage.per_month() * home.real_income * (1.0 - home.friction)
        }
        _ => 0.0,
    }
}

/// Whether a person has nothing left and spends more than it earns.
pub fn is_destitute(view: View<'_>, stay: &Stay) -> bool {
    view.behaviour.money.is_some() && view.savings == 0.0 && flow_per_month(view, stay) < 0.0
}

/// What a person abroad at the beginning of a step will have earned and spent at its end.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    country: usize,
    since: f64,
    change: f64,
}

impl Step<'_> {
    /// By person: the budget of who is abroad at the beginning of the step.
    pub fn budgets(&self, persons: &[Person], lives: &[Life]) -> Vec<Option<Budget>> {
        let sets = self.world.rule_sets(self.scenario);
        let budget = |(person, life): (&Person, &Life)| match &life.at {
            Whereabouts::Abroad(stay) if self.scenario.behaviour.money.is_some() => {
                let home = View::at_home(&self.scenario.behaviour, self.world, &sets, person);
                let months = Duration::from_days(self.days).months();
                let mut flow = flow_per_month(abroad(home, stay), stay);
                if self.fault == Fault::RentUnpaid && person.renter {
                    let days = self.world.time - stay.since;
                    let behaviour = &self.scenario.behaviour;
                    let share = behaviour
                        .money
                        .as_ref()
                        .map_or(1.0, |money| money.rent_share);
                    flow += share * self.world.rent_borne(behaviour, stay.country, days);
                }
                Some(Budget {
                    country: stay.country,
                    since: stay.since,
                    change: flow * months,
                })
            }
            _ => None,
        };
        persons.iter().zip(lives).map(budget).collect()
    }

    /// Moves the savings of who has stayed through the step.
    pub fn settle(&self, budgets: &[Option<Budget>], lives: &mut [Life]) {
        for (life, budget) in lives.iter_mut().zip(budgets) {
            if let (Whereabouts::Abroad(stay), Some(budget)) = (&mut life.at, budget)
                && (stay.country, stay.since) == (budget.country, budget.since)
            {
                stay.savings = (stay.savings + budget.change).max(0.0);
            }
        }
    }
}
