//! What a person abroad goes by besides its traits and its stay: what it believes, where no day of stay is left to it,
//! and where its ties live.

use super::contagion::Kin;
use super::records::Abroad;
use super::step::{BlockStep, StepContext};
use crate::model::{Belief, Host};
use crate::population::Person;

/// Of one person abroad at the beginning of a step.
#[derive(Debug)]
pub(super) struct Circumstances {
    belief: Belief,
    /// Channels by which no day of stay is left to it.
    spent: Vec<u16>,
    /// Where in the menu from here it has ties; empty where none draws.
    kin: Kin,
    /// The factor of the country where it is.
    kin_here: f64,
}

impl BlockStep<'_, '_> {
    /// The circumstances of who stays by this record.
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
    /// The person of a class in its host country, there for so many months, with a monthly income here of its own where
    /// money moves; `None` if the origin cannot be left for it at all.
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
