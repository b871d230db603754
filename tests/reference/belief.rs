//! What people have heard of the rules.

use crate::replay::{Facts, start_of};
use crate::rules::{Rules, rule_sets};
use crate::step::Life;
use crate::world::World;
use exeunt::scenario::{Event, Field, Scenario};
use rand::Rng;
use rand_distr::{Distribution, Exp1};
use std::collections::{BTreeMap, BTreeSet};

/// After so many mean lags everybody has heard.
const MOST_LAGS: f64 = 20.0;

/// What the events of one step make of a channel's rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Version {
    /// The step from whose beginning it acts.
    pub step: usize,
    /// Days from the first day, negative before it.
    pub announced: f64,
    /// Mean time until it is heard of, days.
    pub mean_lag: f64,
}

/// By channel: the version of the first day, then those that follow.
#[derive(Debug, Clone)]
pub struct Versions(pub Vec<Vec<Version>>);

impl Versions {
    /// Finds the versions of every channel.
    pub fn of(scenario: &Scenario) -> Self {
        let first = Version {
            step: 0,
            announced: f64::NEG_INFINITY,
            mean_lag: 0.0,
        };
        let of_channel = |channel: usize| {
            let mut versions = vec![first];
            for step in 1..scenario.calendar.steps.len() {
                let events: Vec<&Event> = scenario
                    .events
                    .iter()
                    .filter(|event| event.step == step && tells_of(event, channel))
                    .collect();
                if !events.is_empty() {
                    let before = versions[versions.len() - 1].step;
                    versions.push(version(scenario, channel, step, before, &events));
                }
            }
            versions
        };
        Self((0..scenario.channels.len()).map(of_channel).collect())
    }

    /// The same, heard of as soon as announced.
    pub fn without_lag(mut self) -> Self {
        for version in self.0.iter_mut().flatten() {
            version.mean_lag = 0.0;
        }
        self
    }

    /// When one person hears of each version, days; who hears of a later one hears of the earlier.
    pub fn hearing(&self, rng: &mut impl Rng) -> Hearing {
        let of_channel = |versions: &Vec<Version>| {
            let mut lags = Vec::new();
            let mut alone = Vec::new();
            for version in versions {
                let drawn: f64 = Exp1.sample(rng);
                lags.push(drawn.min(MOST_LAGS));
                alone.push(version.announced + version.mean_lag * drawn.min(MOST_LAGS));
            }
            Heard {
                when: with_the_earlier(&alone),
                alone,
                lags,
            }
        };
        Hearing::new(self.0.iter().map(of_channel).collect())
    }

    /// What is announced in a step (start, days) of a country is heard of sooner by who has ties there.
    pub fn tell_insiders(
        &self,
        scenario: &Scenario,
        lives: &mut [Life],
        (start, days): (f64, f64),
    ) {
        let Some(ties) = &scenario.behaviour.ties else {
            return;
        };
        for (channel, versions) in self.0.iter().enumerate() {
            let country = usize::from(scenario.channels[channel].country);
            for (number, version) in versions.iter().enumerate() {
                if version.announced < start || version.announced >= start + days {
                    continue;
                }
                let mean = version.mean_lag.min(ties.lag.days());
                for life in lives.iter_mut() {
                    if life.kin.get(country).is_some_and(|ties| *ties > 0) {
                        let lag = mean * life.hearing.channels[channel].lags[number];
                        life.hearing
                            .hear((channel, number), version.announced + lag);
                    }
                }
            }
        }
    }

    /// Tells a person at a time of the rules of a channel that act in a step.
    pub fn tell(&self, hearing: &mut Hearing, channel: usize, step: usize, time: f64) {
        let acting = self.0[channel]
            .iter()
            .rposition(|version| version.step <= step)
            .expect("the first day's");
        hearing.hear((channel, acting), time);
    }
}

fn version(
    scenario: &Scenario,
    channel: usize,
    step: usize,
    before: usize,
    events: &[&Event],
) -> Version {
    let start = start_of(scenario, step);
    let announced = events
        .iter()
        .map(|event| match event.announced {
            Some(day) => f64::from((day - scenario.calendar.start).get_days()),
            None => start,
        })
        .fold(start, f64::min);
    let belief = &scenario.behaviour.belief;
    let old = Facts::after_events(scenario, before, step).rules;
    let new = Facts::after_events(scenario, step, step).rules;
    let mean_lag = if events.iter().any(|event| event.known_at_once) {
        0.0
    } else if new.opens(channel, &old) {
        belief.lag_opening.days()
    } else {
        belief.lag.days()
    };
    Version {
        step,
        announced,
        mean_lag,
    }
}

/// Whether an event changes what people have to hear of about a channel.
fn tells_of(event: &Event, channel: usize) -> bool {
    event.changes.iter().any(|change| {
        let is_heard_of = matches!(
            change.target.field,
            Field::Open
                | Field::Origins
                | Field::Needs
                | Field::NeedsAny
                | Field::Bars
                | Field::Requires
                | Field::Permission
                | Field::Grant
                | Field::GrantFor
                | Field::Fee
        );
        is_heard_of && usize::from(change.target.index) == channel
    })
}

/// When one person hears of each version of each channel.
#[derive(Debug, Clone)]
pub struct Hearing {
    channels: Vec<Heard>,
    /// When it hears of anything at all, and when it has heard of everything: most persons lie before or behind.
    first: f64,
    last: f64,
}

impl Hearing {
    fn new(channels: Vec<Heard>) -> Self {
        let later = channels.iter().flat_map(|heard| &heard.when[1..]);
        let first = later.clone().copied().fold(f64::INFINITY, f64::min);
        let last = later.copied().fold(f64::NEG_INFINITY, f64::max);
        Self {
            channels,
            first,
            last,
        }
    }

    /// Hears of a version of a channel's rules at a time, if it has not by then.
    fn hear(&mut self, (channel, version): (usize, usize), time: f64) {
        self.channels[channel].hear(version, time);
        *self = Self::new(std::mem::take(&mut self.channels));
    }
}

/// The same of one channel, by version.
#[derive(Debug, Clone)]
struct Heard {
    /// Its draws, in mean lags.
    lags: Vec<f64>,
    /// When it hears of each version by itself.
    alone: Vec<f64>,
    /// When it knows each, as who knows a later one does.
    when: Vec<f64>,
}

impl Heard {
    fn hear(&mut self, version: usize, time: f64) {
        self.alone[version] = self.alone[version].min(time);
        self.when = with_the_earlier(&self.alone);
    }
}

fn with_the_earlier(alone: &[f64]) -> Vec<f64> {
    let mut when = alone.to_vec();
    for earlier in (0..when.len() - 1).rev() {
        when[earlier] = when[earlier].min(when[earlier + 1]);
    }
    when
}

/// What one person holds to be a channel's rules.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Belief {
    Version(usize),
    AsTheyHold,
}

/// The rules of every version in a step, and what of them persons believe.
#[derive(Debug)]
pub struct Minds<'a> {
    scenario: &'a Scenario,
    versions: &'a Versions,
    world: &'a World,
    step: usize,
    start: f64,
    /// By the step from which a version acts: the rules of everything after its events.
    rules: BTreeMap<usize, Rules>,
    known: Vec<(Vec<Belief>, [Rules; 4])>,
    /// What they have in mind who have heard of nothing yet, and who have heard of everything.
    of_all: [Option<Mind>; 2],
    /// Room for the beliefs of the person who is asked.
    draft: Vec<Belief>,
}

/// What one person has in mind: where its sets of rules are in [`Minds`].
#[derive(Debug, Clone, Copy)]
pub struct Mind {
    believed: usize,
    anticipated: usize,
}

impl<'a> Minds<'a> {
    /// Nobody's yet.
    pub fn new(
        scenario: &'a Scenario,
        versions: &'a Versions,
        world: &'a World,
        step: usize,
    ) -> Self {
        let acting_from: BTreeSet<usize> = versions
            .0
            .iter()
            .flatten()
            .map(|version| version.step)
            .collect();
        let rules_of = |acts: usize| Facts::after_events(scenario, acts, step.max(acts)).rules;
        Self {
            scenario,
            versions,
            world,
            step,
            start: start_of(scenario, step),
            rules: acting_from
                .into_iter()
                .map(|acts| (acts, rules_of(acts)))
                .collect(),
            known: Vec::new(),
            of_all: [None; 2],
            draft: Vec::new(),
        }
    }

    /// What a person has in mind who remembers refusals by some channels.
    pub fn of(&mut self, hearing: &Hearing, refused_by: &[usize]) -> Mind {
        let heard_of_all = self.start >= hearing.last;
        if !refused_by.is_empty() || self.start >= hearing.first && !heard_of_all {
            return self.look(hearing, refused_by);
        }
        let known = self.of_all[usize::from(heard_of_all)];
        let mind = known.unwrap_or_else(|| self.look(hearing, refused_by));
        self.of_all[usize::from(heard_of_all)] = Some(mind);
        mind
    }

    fn look(&mut self, hearing: &Hearing, refused_by: &[usize]) -> Mind {
        let mut believe = |acting_only: bool| {
            // (Everybody is asked in every step: a list each would take longer than what is in it.)
            let mut beliefs = std::mem::take(&mut self.draft);
            beliefs.clear();
            let versions = self.versions.0.iter().zip(&hearing.channels).enumerate();
            beliefs.extend(versions.map(|(channel, (versions, heard))| {
                if refused_by.contains(&channel) {
                    return Belief::AsTheyHold;
                }
                let latest = (0..versions.len()).rfind(|version| {
                    heard.when[*version] <= self.start
                        && (!acting_only || versions[*version].step <= self.step)
                });
                Belief::Version(latest.expect("the first day's"))
            }));
            let place = self.place(&beliefs);
            self.draft = beliefs;
            place
        };
        Mind {
            believed: believe(true),
            anticipated: believe(false),
        }
    }

    fn place(&mut self, beliefs: &[Belief]) -> usize {
        let known = self.known.iter().position(|(known, _)| known == beliefs);
        known.unwrap_or_else(|| {
            let mut rules = self.world.now.clone();
            for (channel, belief) in beliefs.iter().enumerate() {
                if let Belief::Version(version) = belief {
                    let heard = &self.rules[&self.versions.0[channel][*version].step];
                    take_what_is_heard(&mut rules, heard, channel);
                }
            }
            let sets = rule_sets(
                &rules,
                &self.world.first,
                &self.world.now,
                self.scenario.lifted,
            );
            self.known.push((beliefs.to_vec(), sets));
            self.known.len() - 1
        })
    }

    /// The sets of rules that follow from what a person believes.
    pub fn sets(&self, mind: Mind) -> &[Rules; 4] {
        &self.known[mind.believed].1
    }

    /// The rules that a person expects, where they are others than those it believes to act.
    pub fn anticipated(&self, mind: Mind) -> Option<&[Rules; 4]> {
        (mind.anticipated != mind.believed).then(|| &self.known[mind.anticipated].1)
    }

    /// The steps from which other rules act, in order, by what a person has heard and what does not act
    /// yet, each with whether a channel takes anybody of a segment and origin then.
    pub fn to_come(
        &self,
        hearing: &Hearing,
        channel: usize,
        segment: usize,
        origin: usize,
    ) -> impl Iterator<Item = (usize, bool)> {
        let versions = self.versions.0[channel].iter().enumerate();
        versions.filter_map(move |(version, of)| {
            let rules = &self.rules[&of.step];
            let takes = rules.channels[channel].open
                && rules.channels[channel]
                    .origins
                    .iter()
                    .any(|admitted| usize::from(*admitted) == origin)
                && rules.grants[channel][segment] > 0.0;
            let heard = hearing.channels[channel].when[version] <= self.start;
            (heard && of.step > self.step).then_some((of.step, takes))
        })
    }
}

/// Everything else is known at once.
fn take_what_is_heard(rules: &mut Rules, heard: &Rules, channel: usize) {
    let from = &heard.channels[channel];
    let to = &mut rules.channels[channel];
    to.open = from.open;
    to.origins.clone_from(&from.origins);
    to.needs = from.needs;
    to.needs_any = from.needs_any;
    to.requires = from.requires;
    to.permission = from.permission;
    to.fee = from.fee;
    rules.grants[channel].clone_from(&heard.grants[channel]);
}
