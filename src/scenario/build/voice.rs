//! Building voice and the narrative at home, and checking that they can have an effect.

use super::Builder;
use crate::scenario::problem::Problem;
use crate::scenario::{NarrativeAtHome, Security, Voice};
use crate::units::Duration;

impl Builder<'_> {
    pub(super) fn voice(&self) -> Option<Voice> {
        let number = |key: &str| self.number(&format!("behaviour.voice.{key}"));
        let security = |status: &str| number(&format!("security.{status}"));
        self.flag("behaviour.voice.on").then(|| Voice {
            baseline: number("baseline"),
            grievance: number("grievance"),
            others: number("others"),
            fear: number("fear"),
            exit: number("exit"),
            critical_mass: self.known("behaviour.voice.critical_mass"),
            publishing_home: number("publishing_home"),
            half_life: Duration::from_days(number("half_life")),
            security: Security {
                protected: security("protected"),
                legal: security("legal"),
                temporary: security("temporary"),
                pending: security("pending"),
                irregular: security("irregular"),
            },
        })
    }

    pub(super) fn narrative(&self) -> Option<NarrativeAtHome> {
        let number = |key: &str| self.number(&format!("behaviour.narrative.{key}"));
        self.flag("behaviour.narrative.on")
            .then(|| NarrativeAtHome {
                refusals: number("refusals"),
                hostility: number("hostility"),
                contacts: number("contacts"),
                memory: Duration::from_days(number("memory")),
                limit: number("limit"),
            })
    }

    /// Warns where the narrative at home is on but moves nobody.
    pub(super) fn check_narrative(&mut self) {
        let on = self.get("behaviour.narrative.on");
        let (Some(said), Some(narrative)) = (on, self.narrative()) else {
            return;
        };
        let weights = [narrative.refusals, narrative.hostility, narrative.contacts];
        if weights == [0.0; 3] {
            self.report(
                Problem::warning("the narrative at home is on, but its weights are all 0: it moves nobody")
                    .at(&said.place)
                    .expected("a weight other than 0: refusals, hostility or contacts")
                    .cure("give behaviour.narrative.refusals, hostility or contacts a value of either sign, or write on = false"),
            );
        }
        let weight = self.get("behaviour.narrative.hostility");
        if let Some(said) = weight.filter(|_| narrative.hostility != 0.0)
            && !self.flag("behaviour.attitudes.on")
        {
            self.report(
                Problem::warning(
                    "the narrative at home weighs the hostility of hosts, but attitudes are off: nobody is hostile",
                )
                .at(&said.place)
                .expected("behaviour.attitudes.on = true, or a weight of 0")
                .cure("write behaviour.attitudes.on = true, or behaviour.narrative.hostility = 0"),
            );
        }
    }
}
