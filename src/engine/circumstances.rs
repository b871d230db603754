//! What a person abroad acts on besides its traits and its stay: what it believes, the channels by which it has no
//! day of stay left, and where its ties live.

use super::contagion::Kin;
use super::records::Abroad;
use super::step::{BlockStep, StepContext};
use crate::model::{Belief, Host};
use crate::population::Person;

/// The circumstances of one person abroad at the beginning of a step.
#[derive(Debug)]
pub(super) struct Circumstances {
    belief: Belief,
    /// Channels by which the person has no day of stay left.
    spent: Vec<u16>,
    /// Places in the menu from here where the person has ties; empty where ties do not draw.
    kin: Kin,
    /// The factor of ties on the value of the present country.
    kin_here: f64,
}

impl BlockStep<'_, '_> {
    /// The circumstances of the person of a record.
    pub(super) fn circumstances(&self, record: &Abroad) -> Circumstances {
        let context = self.context;
        let here = context.scenario.channels[usize::from(record.channel)].country;
        let menu = context.outlook.from_abroad(self.class, here);
        let kin = self.kin_in(record.position, menu);
        Circumstances {
            belief: self.belief(self.index(record.position), &[], false),
            spent: self.spent(record.position).now,
            kin_here: if kin.is_some() {
                self.kin_here(record.position, here)
            } else {
                1.0
            },
            kin: kin.unwrap_or_default(),
        }
    }
}

impl Circumstances {
    /// The person in its host country, there for `months` months; `income` is its own monthly income there where money
    /// moves. `None` if the origin has no way to that country at all.
    pub(super) fn host<'h>(
        &'h self,
        context: &'h StepContext<'_>,
        class: u32,
        (record, months): (&Abroad, f64),
        person: &'h Person,
        income: Option<f64>,
    ) -> Option<Host<'h>> {
        let here = context.scenario.channels[usize::from(record.channel)].country;
        let host = Host::new(
            context.scenario,
            context.world,
            context.outlook,
            (class, here),
            person,
            (record.status, months),
        )?;
        Some(Host {
            belief: &self.belief,
            spent: &self.spent,
            kin: &self.kin,
            kin_here: self.kin_here,
            income: income.unwrap_or(host.income),
            ..host
        })
    }
}
