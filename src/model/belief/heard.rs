//! What there is to hear of, by class: what persons can believe of a channel and know to come.

use super::spreading::Standing;
use crate::scenario::Scenario;
use crate::units::days_between;
use crate::world::{ChannelRules, Grants, RuleSet, Version, VersionRules, World};

/// The channels about which persons of each class differ, with everything that these lists were made from: the lists
/// serve the next step too if all of that is the same there.
#[derive(Debug, Clone, PartialEq)]
pub struct HeardByClass {
    /// The rules that hold, by channel and, where segments differ, by segment.
    pub(super) rules: (Vec<ChannelRules>, Grants),
    pub(super) versions: VersionRules,
    /// By channel.
    pub(super) standing: Vec<Option<Standing>>,
    /// By class: channels about which its persons differ, or of which they know something to come.
    pub(super) channels: Vec<Vec<Heard>>,
}

impl HeardByClass {
    /// Whether the lists are made from what holds in a step.
    pub(super) fn is_of(
        &self,
        world: &World,
        versions: &VersionRules,
        standing: &[Option<Standing>],
    ) -> bool {
        self.rules.0 == world.rules.channels
            && self.rules.1 == world.rules.grants
            && self.standing == standing
            && self.versions == *versions
    }
}

/// A channel about which persons of one class differ, or of which they know something to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Channel index.
    pub channel: u16,
    /// Its country.
    pub country: u16,
    /// Beliefs by the latest version that a person has heard of, the latest first; the last is what everybody
    /// knows. `None` stands for what holds, with nothing to come.
    pub options: Vec<Option<Otherwise>>,
    /// By option except the last: the version, given by the step from which it acts.
    pub(super) versions: Vec<u16>,
    /// By option: when the channel will be closed to the class, earliest first.
    pub(super) closings: Vec<Vec<Closing>>,
}

/// What some persons believe of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Otherwise {
    /// The rules believed to hold now.
    pub believed: ChannelRules,
    /// The rules known to hold in the end.
    pub anticipated: ChannelRules,
    /// By rule set: whether the person finds other rules there than somebody who knows what holds. Most errors make no
    /// difference to the open world, to which the first day belongs.
    pub differs: [bool; 4],
}

/// A period in which a channel will be closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Closing {
    /// When it begins, days since the first day.
    pub(super) acts: f64,
    /// The beginning of the last step before that, in days since the first day.
    pub(super) last: f64,
    /// When the channel opens again, as far as is known, in days since the first day; infinite if it does not.
    pub(super) until: f64,
}

impl Heard {
    /// What persons like `member` can believe of a channel; `None` where all know what holds and nothing is to come.
    pub(super) fn of(
        scenario: &Scenario,
        world: &World,
        (versions, rules): (&[Version], &VersionRules),
        standing: &Standing,
        channel: usize,
        member: usize,
    ) -> Option<Self> {
        let now = world.rules.channel(channel, member);
        let before = world.first.channel(channel, member).opener(&now);
        let origin = scenario.segments[member].origin;
        let slot = world.rules.slot(origin)?;
        let get = |version| rules.get(channel, version, member);
        let heard = standing.spreading.iter().chain([&standing.known]).copied();
        let options = heard.clone().map(|latest| {
            let believed = get(latest.min(standing.acting));
            let anticipated = get(latest);
            let under = |rules: &ChannelRules, set| rules.under(set, &before, scenario.lifted);
            (believed != now || anticipated != now).then_some(Otherwise {
                believed,
                anticipated,
                differs: RuleSet::ALL.map(|set| under(&believed, set) != under(&now, set)),
            })
        });
        let calendar = &scenario.calendar;
        let start = |step: usize| {
            let start = calendar.steps[step].start;
            f64::from(days_between(calendar.start, start))
        };
        let closings = heard.map(|latest| {
            let mut closings: Vec<Closing> = Vec::new();
            let mut is_closed = false;
            let to_come = versions.iter().enumerate().take(latest + 1);
            for (version, of) in to_come.skip(standing.acting + 1) {
                let (step, closes) = (of.step, !get(version).admits(slot));
                match closings.last_mut() {
                    Some(closing) if is_closed && !closes => closing.until = start(step),
                    _ if closes && !is_closed => closings.push(Closing {
                        acts: start(step),
                        last: start(step.saturating_sub(1)),
                        until: f64::INFINITY,
                    }),
                    _ => {}
                }
                is_closed = closes;
            }
            closings
        });
        let heard = Self {
            channel: channel as u16,
            country: scenario.channels[channel].country,
            options: options.collect(),
            versions: standing
                .spreading
                .iter()
                .map(|&version| versions[version].step as u16)
                .collect(),
            closings: closings.collect(),
        };
        let anything = heard.options.iter().any(Option::is_some)
            || heard.closings.iter().any(|list| !list.is_empty());
        anything.then_some(heard)
    }
}
