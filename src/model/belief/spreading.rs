//! Versions of rules that not everybody has heard of: who hears of them when, and who sooner.

use crate::draw::math::{exp, ln_1p};
use crate::draw::{Identity, label_within};
use crate::model::tip::{Tip, first_day_after};
use crate::population::SegmentPopulation;
use crate::scenario::Scenario;
use crate::world::Version;

/// A version of a channel's rules that not everybody has heard of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spreading {
    /// Channel index.
    pub channel: u16,
    /// Its country.
    pub country: u16,
    /// The version.
    pub version: Version,
    /// The name of the draw of who hears of it when.
    label: u32,
}

impl Spreading {
    /// A version of a channel, with the name of the draw of who hears of it when.
    pub(super) fn of(scenario: &Scenario, channel: usize, version: Version) -> Self {
        Self {
            channel: channel as u16,
            country: scenario.channels[channel].country,
            version,
            label: label_of(scenario, channel, &version),
        }
    }

    /// The tip to a person at a position in its block who hears of the version at another time, or with another
    /// mean lag (days); `None` if it says nothing new after `day`.
    pub fn tip(
        &self,
        people: &SegmentPopulation,
        (position, identity): (u32, Identity),
        sooner: Sooner,
        day: u16,
    ) -> Option<Tip> {
        let u = identity.uniform(people.hearing_key(self.label));
        let exponential = -ln_1p(-u);
        let own = self.version.heard(exponential);
        let heard = match sooner {
            Sooner::At(day) => day,
            Sooner::WithLag(mean_lag) => {
                let version = Version {
                    mean_lag,
                    ..self.version
                };
                first_day_after(version.heard(exponential))
            }
        };
        // (One day more, so that rounding never makes anybody forget.)
        let own = first_day_after(own).saturating_add(1);
        (heard < own && day < own).then_some(Tip {
            position,
            channel: self.channel,
            version: self.version.step as u16,
            heard,
            own,
        })
    }
}

/// How a tie makes a person hear of a version sooner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sooner {
    /// On a given day, in days since the first day of the scenario.
    At(u16),
    /// With this mean lag, in days.
    WithLag(f64),
}

/// The versions of a channel as they stand at the beginning of a step.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    /// The latest version that acts.
    pub(super) acting: usize,
    /// The latest version that everybody has heard of.
    pub(super) known: usize,
    /// Later versions that somebody may have heard of, the latest first.
    pub(super) spreading: Vec<usize>,
}

impl Standing {
    /// Returns how versions stand; `None` where there is only one.
    pub(super) fn of(versions: &[Version], step: usize, begin: f64) -> Option<Self> {
        if versions.len() < 2 {
            return None;
        }
        let last = |holds: &dyn Fn(&Version) -> bool| versions.iter().rposition(holds).unwrap_or(0);
        let known = last(&|version| version.heard_by_all() <= begin);
        Some(Self {
            acting: last(&|version| version.step <= step),
            known,
            spreading: (known + 1..versions.len())
                .rev()
                .filter(|&number| chance_to_have_heard(&versions[number], begin) > 0.0)
                .collect(),
        })
    }
}

/// The chance of having heard of a version by a time (days since the first day).
pub(super) fn chance_to_have_heard(version: &Version, time: f64) -> f64 {
    let since = time - version.announced;
    if since < 0.0 {
        0.0
    } else if time >= version.heard_by_all() {
        1.0
    } else {
        1.0 - exp(-since / version.mean_lag)
    }
}

/// The key of draws about a version of a channel, from the channel and the first day of the step from which the version
/// acts.
pub(super) fn label_of(scenario: &Scenario, channel: usize, version: &Version) -> u32 {
    let channel = &scenario.channels[channel];
    let code = &scenario.countries[usize::from(channel.country)].code;
    label_within(code, &format!("{}@{}", channel.name, version.date))
}
