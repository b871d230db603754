//! Tells who surely stays, from bounds on what ways out are worth, without weighing them.

use super::step::{BlockStep, Buffers};
use crate::model::{AspirationKey, Bounds, Reach, Worth};
use crate::population::Person;

/// An aspiration, with bounds on what ways out are worth to its person.
#[derive(Debug)]
pub(super) struct Prospects<'a> {
    /// An upper bound under the rules in question.
    now: Worth<'a>,
    /// A lower and an upper bound in the open world.
    open: (Worth<'a>, Worth<'a>),
    lambda: f64,
    draws: AspirationKey,
    threshold: f64,
}

impl Prospects<'_> {
    /// Lists the places to which the person might go, judging by what their channels are worth; the person stays if
    /// there are none. Languages and ties are not needed. (Nor may a channel be spent in the open world.)
    pub fn list(&self, person: &Person, places: &mut Vec<u32>) {
        // (The allowance for rounding errs on the side of listing a place.)
        let part = self.threshold * (1.0 - 1e-9);
        self.now.list_above(part, &self.open.0, person, places);
    }
}

impl BlockStep<'_, '_> {
    /// The prospects of a person who aspired on a date, under the rules of a table; `None` where the
    /// tables cannot tell.
    pub(super) fn prospects<'r>(
        &'r self,
        person: &Person,
        income: f64,
        date: i32,
        rules: &'r Reach<'_>,
    ) -> Option<Prospects<'r>> {
        let context = self.context;
        let open = &context.reaches[self.class as usize].open;
        let draws = AspirationKey {
            key: self.key,
            index: person.index,
            date,
        };
        let lambda = context.scenario.behaviour.choice.lambda;
        Some(Prospects {
            now: rules.at_most(person, income)?,
            open: (open.at_least(income)?, open.at_most(person, income)?),
            lambda,
            draws,
            threshold: draws.threshold(lambda),
        })
    }

    /// Whether the person of these prospects, with ties in some places, certainly does not go to any of the
    /// listed places; `false` says nothing.
    pub(super) fn surely_stays(
        &self,
        prospects: &Prospects<'_>,
        person: &Person,
        kin: &[(usize, f64)],
        places: &[u32],
        buffer: &mut Vec<f64>,
    ) -> bool {
        if places.is_empty() {
            return true;
        }
        let factor = |place: usize| {
            let tie = kin.iter().find(|(at, _)| *at == place);
            tie.map_or(1.0, |(_, factor)| *factor)
        };
        let (least, most) = &prospects.open;
        prospects.draws.surely_stays(
            (prospects.lambda, prospects.threshold),
            self.context.outlook.home[self.class as usize].labels(),
            Bounds {
                above: places,
                now: |place| factor(place) * prospects.now.weight(person, place),
                open_at_least: least.weights_with(person, kin, buffer),
                open_at_most: |place| factor(place) * most.weight(person, place),
            },
        )
    }

    /// Whether a person who aspires certainly would not go with policy lifted either, gates and costs;
    /// if so, whatever it believes, only means can hold it. `false` says nothing.
    pub(super) fn is_short_of_means(
        &self,
        person: &Person,
        income: f64,
        date: i32,
        buffers: &mut Buffers,
    ) -> bool {
        let menu = &self.context.outlook.home[self.class as usize];
        let (holds, savings, renter) = (person.holds_if_lifted, person.savings, person.renter);
        if !menu.would_be_within_means(holds, savings, renter)
            && !menu.would_seem_within_means(holds, savings, renter)
        {
            return true;
        }
        let rules = &self.context.reaches[self.class as usize].policy_lifted;
        let Some(prospects) = self.prospects(person, income, date, rules) else {
            return false;
        };
        let Buffers { places, bounds, .. } = buffers;
        prospects.list(person, places);
        self.surely_stays(&prospects, person, &[], places, bounds)
    }
}
