//! Versions of each channel's rules, of which people hear one after another.

use super::rules::{Grants, replay, replay_each};
use super::{ChannelRules, Rules};
use crate::scenario::{Change, Event, Scenario};
use crate::units::{day_number, days_between};

/// The number of mean lags after which everybody has heard; the chance of not having heard by then is 2e-9.
const MOST_LAGS: f64 = 20.0;

/// A version of a channel's rules: what all the events of one step make of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Version {
    /// The step from whose beginning the version acts.
    pub step: usize,
    /// The first day of that step, in days since 1970: the date of the draws of who hears when.
    pub date: i32,
    /// When the version is announced, in days since the first day of the scenario; negative before it.
    pub announced: f64,
    /// The mean time from the announcement until a person hears of it, days; 0 if everybody hears at once.
    pub mean_lag: f64,
}

impl Version {
    /// When a person hears of the version, in days since the first day; `exponential` is the person's draw, with
    /// mean 1.
    pub fn heard(&self, exponential: f64) -> f64 {
        self.announced + self.mean_lag * exponential.min(MOST_LAGS)
    }

    /// When everybody has heard of the version, in days since the first day.
    pub fn heard_by_all(&self) -> f64 {
        self.heard(if self.mean_lag > 0.0 { MOST_LAGS } else { 0.0 })
    }
}

/// The versions of every channel's rules, fixed for a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Versions {
    /// By channel: the rules of the first day, then one version for each step in which they change.
    by_channel: Vec<Vec<Version>>,
    /// The steps in which any channel changes, ascending, including the first step.
    steps: Vec<usize>,
    /// By entry of `steps`: the rules during that step.
    on_steps: Vec<Rules>,
    /// Whether anything that people learn of follows a ramp, so that a version changes while it acts.
    ramps: bool,
}

impl Versions {
    /// Finds the versions of every channel of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let channels = scenario.channels.len();
        let mut versions = Self {
            by_channel: vec![vec![first_day(scenario)]; channels],
            steps: vec![0],
            on_steps: vec![replay(scenario, 0, 0)],
            ramps: scenario.events.iter().any(ramps),
        };
        let last = scenario.calendar.steps.len();
        let changing = |event: &&Event| {
            (1..last).contains(&event.step) && event.changes.iter().any(is_believed)
        };
        let mut steps: Vec<usize> = scenario
            .events
            .iter()
            .filter(changing)
            .map(|event| event.step)
            .collect();
        steps.sort_unstable();
        steps.dedup();
        let mut before = 0;
        for step in steps {
            // Both at their values in the step on which the new version acts.
            let old = replay(scenario, before, step);
            let new = replay(scenario, step, step);
            for channel in 0..channels {
                let opens = (0..scenario.segments.len()).all(|segment| {
                    let new = new.channel(channel, segment);
                    new.opens(&old.channel(channel, segment).with_facts_of(&new))
                });
                let version = version(scenario, channel, step, opens);
                versions.by_channel[channel].extend(version);
            }
            versions.steps.push(step);
            versions.on_steps.push(new);
            before = step;
        }
        versions
    }

    /// The versions of a channel's rules; the first is that of the first day.
    pub fn of_channel(&self, channel: usize) -> &[Version] {
        &self.by_channel[channel]
    }

    /// Whether everybody knows every version once it acts and none before: then what is believed is what holds.
    pub fn are_known_when_they_act(&self, scenario: &Scenario) -> bool {
        let mut later = self.by_channel.iter().flat_map(|versions| &versions[1..]);
        later.all(|version| {
            version.announced >= start_of(scenario, version.step) && version.mean_lag == 0.0
        })
    }

    /// Returns the rules of every version as they are during a step; `now` are the rules that hold then.
    pub fn during(&self, scenario: &Scenario, step: usize, now: &Rules) -> VersionRules {
        let segments = scenario.segments.len();
        // Versions that act have ramps at their value in this step, the others at that in their own first step.
        let acting = self.steps.partition_point(|&acts| acts <= step);
        let acting = if self.ramps { acting } else { 0 };
        let acting = replay_each(scenario, &self.steps[..acting], step);
        let replayed: Vec<&Rules> = acting
            .iter()
            .chain(&self.on_steps[acting.len()..])
            .collect();
        let mut during = VersionRules {
            starts: Vec::with_capacity(self.by_channel.len()),
            rules: Vec::new(),
            grants: Grants::default(),
        };
        for (channel, versions) in self.by_channel.iter().enumerate() {
            during.starts.push(during.rules.len());
            for version in versions {
                let of_step = self.steps.partition_point(|&acts| acts < version.step);
                let rules = replayed[of_step];
                let facts = &now.channels[channel];
                during
                    .rules
                    .push(rules.channels[channel].with_facts_of(facts));
                during.grants.push(rules.grants.row(channel, segments));
            }
        }
        during
    }
}

/// The rules of every version of every channel during one step.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRules {
    /// By channel: where its versions begin in `rules`.
    starts: Vec<usize>,
    rules: Vec<ChannelRules>,
    grants: Grants,
}

impl VersionRules {
    /// The rules of a version of a channel for persons of a segment.
    ///
    /// Ramps are at their value in the step, or in the step in which the version will begin to act; status, stay,
    /// renewal and quota, which everybody knows, are as they hold.
    pub fn get(&self, channel: usize, version: usize, segment: usize) -> ChannelRules {
        let row = self.starts[channel] + version;
        let mut rules = self.rules[row];
        if let Some(grant) = self.grants.get(row, segment) {
            rules.grant = grant;
        }
        rules
    }

    /// Whether a version of a channel distinguishes segments.
    pub fn tells_apart(&self, channel: usize, version: usize) -> bool {
        self.grants.tells_apart(self.starts[channel] + version)
    }
}

fn first_day(scenario: &Scenario) -> Version {
    Version {
        step: 0,
        date: day_number(scenario.calendar.start),
        announced: f64::NEG_INFINITY,
        mean_lag: 0.0,
    }
}

/// The version that the events of a step make of a channel's rules, if any event changes them.
fn version(scenario: &Scenario, channel: usize, step: usize, opens: bool) -> Option<Version> {
    let mut events = scenario
        .events
        .iter()
        .filter(|event| event.step == step)
        .filter(|event| {
            let mut changes = event.changes.iter();
            changes.any(|change| is_believed(change) && usize::from(change.target.index) == channel)
        })
        .peekable();
    events.peek()?;
    let start = start_of(scenario, step);
    let (mut announced, mut at_once) = (start, false);
    for event in events {
        at_once |= event.known_at_once;
        if let Some(day) = event.announced {
            announced = announced.min(f64::from(days_between(scenario.calendar.start, day)));
        }
    }
    let belief = &scenario.behaviour.belief;
    let mean_lag = match (at_once, opens) {
        (true, _) => 0.0,
        (false, true) => belief.lag_opening.days(),
        (false, false) => belief.lag.days(),
    };
    Some(Version {
        step,
        date: day_number(scenario.calendar.steps[step].start),
        announced,
        mean_lag,
    })
}

/// Whether a change is one that people learn of; everything else is known at once.
fn is_believed(change: &Change) -> bool {
    change.target.field.is_believed()
}

/// Whether an event starts a ramp of something that people learn of.
fn ramps(event: &Event) -> bool {
    let mut changes = event.changes.iter();
    changes.any(|change| change.over.is_some() && is_believed(change))
}

/// The number of days from the first day to the beginning of a step.
fn start_of(scenario: &Scenario, step: usize) -> f64 {
    let calendar = &scenario.calendar;
    f64::from(days_between(calendar.start, calendar.steps[step].start))
}
