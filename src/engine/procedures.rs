//! What a run needs to know of applications and borders, made ready once.

use crate::draw::label;
use crate::population::Quantiles;
use crate::scenario::Scenario;
use crate::world::Rules;

/// How applications are decided, and the keys of draws about borders.
#[derive(Debug)]
pub struct Procedures {
    /// By channel: whether applicants wait on some day, for a place or for a decision.
    pub waits: Vec<bool>,
    /// By channel: time from a place to the decision, days; `None` = at once.
    pub decision_times: Vec<Option<Quantiles>>,
    /// By border: key of draws about it.
    pub border_labels: Vec<u32>,
}

impl Procedures {
    /// The procedures of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let channels = &scenario.channels;
        Self {
            waits: (0..channels.len())
                .map(|channel| scenario.ever_waits(channel))
                .collect(),
            decision_times: channels
                .iter()
                .map(|channel| channel.decision.as_ref().map(Quantiles::new))
                .collect(),
            border_labels: scenario
                .borders
                .iter()
                .map(|border| label(&border.name))
                .collect(),
        }
    }

    /// The channels, by index, that want permission now and do not decide on it at once.
    pub fn not_at_once(&self, rules: &Rules) -> Vec<u16> {
        (0u16..)
            .zip(rules.channels.iter().zip(&self.decision_times))
            .filter(|(_, (rules, time))| rules.permission && (rules.has_quota() || time.is_some()))
            .map(|(channel, _)| channel)
            .collect()
    }
}
