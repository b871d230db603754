//! Changes that concern also those who are in a country already.

use crate::abroad::Stay;
use crate::persons::Person;
use crate::step::{Life, Step, Whereabouts};
use crate::windows::{Visit, day_of, end_of_stay};
use exeunt::scenario::{AppliesTo, Field, Status};

/// What is judged anew of the stays by a channel.
#[derive(Debug, Clone, Copy, Default)]
struct Recalled {
    admission: bool,
    end: bool,
    status: bool,
}

impl Step<'_> {
    /// Judges anew the stays that the events of this step concern.
    pub fn recall(&self, persons: &[Person], lives: &mut [Life]) {
        let mut recalled = vec![Recalled::default(); self.scenario.channels.len()];
        let acting = self
            .scenario
            .events
            .iter()
            .filter(|event| event.step == self.index && event.applies_to == AppliesTo::All);
        for change in acting.flat_map(|event| &event.changes) {
            let index = usize::from(change.target.index);
            match change.target.field {
                Field::Open | Field::Bars | Field::Grant | Field::GrantFor => {
                    recalled[index].admission = true;
                }
                Field::StayLength | Field::StayWithin => recalled[index].end = true,
                Field::ChannelStatus => recalled[index].status = true,
                _ => {}
            }
        }
        for (person, life) in persons.iter().zip(lives) {
            if let Whereabouts::Abroad(stay) = &mut life.at
                && stay.status != Status::Irregular
                && stay.claim.is_none()
            {
                let what = recalled[stay.channel];
                self.judge_anew(person, &life.visits, stay, what);
            }
        }
    }

    fn judge_anew(&self, person: &Person, visits: &[Visit], stay: &mut Stay, what: Recalled) {
        let rule = &self.world.now.channels[stay.channel];
        if what.status {
            stay.status = rule.status;
        }
        if what.end {
            let since = day_of(stay.since);
            stay.until = end_of_stay(&rule.stay, stay.channel, visits, since, stay.permit_from)
                .map(|end| end.max(self.start));
        }
        let grant = self.world.now.grants[stay.channel][person.segment];
        if what.admission && (!rule.open || grant == 0.0) {
            stay.until = Some(self.start);
        }
    }
}
