//! What a run needs to know about applications and borders, prepared once.

use crate::draw::label;
use crate::population::Quantiles;
use crate::scenario::{Distribution, Scenario};
use crate::world::Rules;

/// How applications are decided, and the keys of the draws about borders.
#[derive(Debug)]
pub struct Procedures {
    /// By channel: whether applicants ever wait, for a place or for a decision.
    pub waits: Vec<bool>,
    /// By channel: time from a place to the decision, days; `None` = at once.
    pub decision_times: Vec<Option<Quantiles>>,
    /// By channel: time from a first rejection of a claim to the decision on appeal, days; `None` = at
    /// once.
    pub appeal_times: Vec<Option<Quantiles>>,
    /// By country: its channels that take asylum claims, by index.
    pub claims: Vec<Vec<u16>>,
    /// By channel: mean days from a claim to its decision, and from there to the decision on appeal.
    pub claim_waits: Vec<[f64; 2]>,
    /// By border: the key of the draws about it.
    pub border_labels: Vec<u32>,
}

impl Procedures {
    /// The procedures of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let channels = &scenario.channels;
        let times = |distribution: Option<&Distribution>| distribution.map(Quantiles::new);
        let decision_times: Vec<_> = channels
            .iter()
            .map(|channel| times(channel.decision.as_ref()))
            .collect();
        let appeal_times: Vec<_> = channels
            .iter()
            .map(|channel| {
                let appeal = channel.asylum.as_ref()?.appeal.as_ref()?;
                times(appeal.decision.as_ref())
            })
            .collect();
        let mut claims = vec![Vec::new(); scenario.countries.len()];
        for (channel, index) in channels.iter().zip(0u16..) {
            if channel.asylum.is_some() {
                claims[usize::from(channel.country)].push(index);
            }
        }
        let mean = |times: &Option<Quantiles>| times.as_ref().map_or(0.0, Quantiles::mean);
        let claim_waits = decision_times.iter().zip(&appeal_times);
        Self {
            claims,
            claim_waits: claim_waits
                .map(|(decision, appeal)| [mean(decision), mean(appeal)])
                .collect(),
            waits: (0..channels.len())
                .map(|channel| scenario.ever_waits(channel))
                .collect(),
            decision_times,
            appeal_times,
            border_labels: scenario
                .borders
                .iter()
                .map(|border| label(&border.name))
                .collect(),
        }
    }

    /// The channels, by index, that require permission now and do not decide on it at once.
    pub fn not_at_once(&self, rules: &Rules) -> Vec<u16> {
        (0u16..)
            .zip(rules.channels.iter().zip(&self.decision_times))
            .filter(|(_, (rules, time))| rules.permission && (rules.has_quota() || time.is_some()))
            .map(|(channel, _)| channel)
            .collect()
    }
}
