//! What persons believe of the rules: who has heard of which version of a channel's rules.
//!
//! Most persons believe what holds. Only versions that some have heard of and others have not are
//! asked about, one draw each, and only of persons whose choice is judged in full. Ties tell some
//! persons sooner: their draws stay the same, and tips say which versions they know already.

use super::tip::{Tip, first_day_after};
use crate::draw::math::{exp, ln_1p};
use crate::draw::{Identity, TraitKey, label_within};
use crate::population::{CountrySet, Population, SegmentPopulation};
use crate::scenario::Scenario;
use crate::units::days_between;
use crate::world::{
    ChannelRules, Classes, Grants, RuleSet, Version, VersionRules, Versions, World,
};
use std::sync::Arc;

/// What persons can believe during a step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beliefs {
    /// What there is to hear of; `None` = nothing.
    heard: Option<Arc<HeardByClass>>,
    /// By segment and channel of the list of its class.
    hearing: Vec<Vec<Hearing>>,
    /// By channel: the latest version that acts and that not all have heard of, which a refusal tells
    /// ties of.
    acting: Vec<Option<Spreading>>,
    /// Versions announced in this step.
    announced: Vec<Spreading>,
    /// First day of the step, days since the first of the scenario.
    day: u16,
}

/// The channels about which persons of each class differ, and all that these lists were made from: they are
/// those of the next step as well if that is the same there.
#[derive(Debug, Clone, PartialEq)]
pub struct HeardByClass {
    /// By channel, and by segment where they differ: the rules that hold.
    rules: (Vec<ChannelRules>, Grants),
    versions: VersionRules,
    /// By channel.
    standing: Vec<Option<Standing>>,
    /// By class: channels about which its persons differ, or know something to come.
    channels: Vec<Vec<Heard>>,
}

impl HeardByClass {
    /// Whether it is made from what holds in a step.
    fn is_of(&self, world: &World, versions: &VersionRules, standing: &[Option<Standing>]) -> bool {
        self.rules.0 == world.rules.channels
            && self.rules.1 == world.rules.grants
            && self.standing == standing
            && self.versions == *versions
    }
}

/// A version of a channel's rules that not everybody has heard of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spreading {
    /// Channel index.
    pub channel: u16,
    /// Its country.
    pub country: u16,
    /// The version.
    pub version: Version,
    /// Names the draw of who hears of it when.
    label: u32,
}

impl Spreading {
    /// The tip to a person at a position of its block who hears of the version at a time, or with
    /// another mean lag (days); `None` where it says nothing new after `day`.
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
        // (A day more, so that rounding never makes anybody forget.)
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

/// How a tie brings it about that a person hears of a version sooner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sooner {
    /// On a day, days since the first of the scenario.
    At(u16),
    /// With this mean lag, days.
    WithLag(f64),
}

/// By version that not all have heard of, the latest first: the key of when a person hears of it,
/// and the chance to have heard by now.
type Hearing = Vec<(TraitKey, f64)>;

/// A channel about which persons of one class differ, or of which they know something to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Channel index.
    pub channel: u16,
    /// Its country.
    pub country: u16,
    /// By the latest version that a person has heard of, the latest first; the last is what
    /// everybody knows. `None` = what holds, and nothing to come.
    pub options: Vec<Option<Otherwise>>,
    /// By option but for the last: the version, by the step from which it acts.
    versions: Vec<u16>,
    /// By option: what will close the channel to the class, earliest first.
    closings: Vec<Vec<Closing>>,
}

/// What some persons believe of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Otherwise {
    /// Believed to hold now.
    pub believed: ChannelRules,
    /// Known to hold in the end.
    pub anticipated: ChannelRules,
    /// By rule set: whether the person finds other rules there than who knows what holds. Most
    /// errors make no difference to the open world, to which the first day belongs.
    pub differs: [bool; 4],
}

/// A version that will close a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Closing {
    /// When it acts, days since the first day.
    acts: f64,
    /// The beginning of the last step before, likewise.
    last: f64,
}

/// The versions of a channel as they stand at the beginning of a step.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    /// The latest that acts.
    acting: usize,
    /// The latest that everybody has heard of.
    known: usize,
    /// Later ones that somebody may have heard of, the latest first.
    spreading: Vec<usize>,
}

impl Beliefs {
    /// What can be believed during a step that begins `begin` days after the first day; `rules` are
    /// those of every version during it.
    pub fn during(
        scenario: &Scenario,
        population: &Population,
        world: &World,
        classes: &Classes,
        (versions, rules): (&Versions, &VersionRules),
        (step, begin): (usize, f64),
    ) -> Self {
        let now = (step, begin);
        Self::after(
            None,
            scenario,
            population,
            world,
            classes,
            (versions, rules),
            now,
        )
    }

    /// [`Beliefs::during`], with the lists of a step before where they are the same.
    pub fn after(
        before: Option<&Arc<HeardByClass>>,
        scenario: &Scenario,
        population: &Population,
        world: &World,
        classes: &Classes,
        (versions, rules): (&Versions, &VersionRules),
        (step, begin): (usize, f64),
    ) -> Self {
        let standing: Vec<Option<Standing>> = (0..scenario.channels.len())
            .map(|channel| Standing::of(versions.of_channel(channel), step, begin))
            .collect();
        let lists = |class: usize| {
            let member = usize::from(classes.member(class));
            let spread = standing.iter().enumerate();
            let list = spread.filter_map(|(channel, standing)| {
                let list = versions.of_channel(channel);
                let standing = standing.as_ref()?;
                Heard::of(scenario, world, (list, rules), standing, channel, member)
            });
            list.collect()
        };
        let before = before.filter(|before| before.is_of(world, rules, &standing));
        let heard = before.cloned().unwrap_or_else(|| {
            Arc::new(HeardByClass {
                rules: (world.rules.channels.clone(), world.rules.grants.clone()),
                versions: rules.clone(),
                standing: standing.clone(),
                channels: (0..classes.count()).map(lists).collect(),
            })
        });
        let channels = &heard.channels;
        let hearing = (0..scenario.segments.len())
            .map(|segment| {
                let people = &population.segments[segment];
                let class = classes.of_segment(segment) as usize;
                let hearing = |heard: &Heard| {
                    let channel = usize::from(heard.channel);
                    let spreading = standing[channel].iter().flat_map(|s| &s.spreading);
                    spreading
                        .map(|&number| {
                            let version = &versions.of_channel(channel)[number];
                            let label = label_of(scenario, channel, version);
                            let chance = chance_to_have_heard(version, begin);
                            (people.hearing_key(label), chance)
                        })
                        .collect()
                };
                channels[class].iter().map(hearing).collect()
            })
            .collect();
        let spreading = |channel: usize, number: usize| {
            let version = versions.of_channel(channel)[number];
            Spreading {
                channel: channel as u16,
                country: scenario.channels[channel].country,
                version,
                label: label_of(scenario, channel, &version),
            }
        };
        let acting = standing.iter().enumerate().map(|(channel, standing)| {
            let standing = standing.as_ref()?;
            (standing.acting > standing.known).then(|| spreading(channel, standing.acting))
        });
        let end = begin + f64::from(scenario.calendar.steps[step].days);
        let announced = (0..scenario.channels.len()).flat_map(|channel| {
            let list = versions.of_channel(channel).iter().enumerate();
            let now = list.filter(|(_, version)| (begin..end).contains(&version.announced));
            now.map(move |(number, _)| (channel, number))
        });
        let (acting, announced) = (
            acting.collect(),
            announced
                .map(|(channel, number)| spreading(channel, number))
                .collect(),
        );
        Self {
            hearing,
            heard: Some(heard),
            acting,
            announced,
            day: begin as u16,
        }
    }

    /// The lists of what there is to hear of, for [`Beliefs::after`].
    pub fn heard(&self) -> Option<&Arc<HeardByClass>> {
        self.heard.as_ref()
    }

    /// Versions announced in this step, of which somebody hears with a lag above a mean (days).
    pub fn announced(&self, above: f64) -> impl Iterator<Item = &Spreading> {
        let lags = move |spreading: &&Spreading| spreading.version.mean_lag > above;
        self.announced.iter().filter(lags)
    }

    /// The version of a channel that acts, where not everybody has heard of it.
    pub fn acting(&self, channel: u16) -> Option<&Spreading> {
        self.acting.get(usize::from(channel))?.as_ref()
    }

    /// Channels about which persons of a class differ.
    pub fn of_class(&self, class: u32) -> &[Heard] {
        let lists = self.heard.as_ref().map(|heard| &heard.channels);
        lists
            .and_then(|lists| lists.get(class as usize))
            .map_or(&[], |list| list.as_slice())
    }

    /// What a person believes otherwise than it holds, or knows to come (only if `anticipating`);
    /// of `refused` channels it knows what holds. `tips`: those of the person.
    #[inline]
    pub fn of_person(
        &self,
        (class, segment): (u32, u16),
        identity: Identity,
        tips: &[Tip],
        refused: &[u16],
        anticipating: bool,
    ) -> Belief {
        let mut belief = Belief::default();
        for (number, heard) in self.of_class(class).iter().enumerate() {
            let option = self.latest(segment, (number, heard), identity, tips);
            let Some(otherwise) = &heard.options[option] else {
                continue;
            };
            let errs = otherwise.differs.contains(&true);
            if !(errs || anticipating) || refused.contains(&heard.channel) {
                continue;
            }
            belief.add((number, option), heard.country, otherwise);
        }
        belief
    }

    /// What a person believes of a channel where that is not what holds.
    pub fn of_channel(
        &self,
        (class, segment): (u32, u16),
        identity: Identity,
        tips: &[Tip],
        channel: u16,
    ) -> Option<&ChannelRules> {
        let (number, heard) = self.find(class, channel)?;
        let option = self.latest(segment, (number, heard), identity, tips);
        heard.options[option]
            .as_ref()
            .map(|otherwise| &otherwise.believed)
    }

    /// Whether somebody of a class knows of a channel that will close to it.
    pub fn closing_ahead(&self, class: u32) -> bool {
        self.of_class(class)
            .iter()
            .any(|heard| heard.closings.iter().any(|list| !list.is_empty()))
    }

    /// The beginning of the last step (days since the first day) in which a person who has a date
    /// of departure can still leave by a channel, if it knows that the channel will close by then.
    pub fn last_chance(
        &self,
        (class, segment): (u32, u16),
        identity: Identity,
        tips: &[Tip],
        (channel, due): (u16, f64),
    ) -> Option<f64> {
        let (number, heard) = self.find(class, channel)?;
        let option = self.latest(segment, (number, heard), identity, tips);
        let closing = heard.closings[option].first()?;
        (closing.acts <= due).then_some(closing.last)
    }

    fn find(&self, class: u32, channel: u16) -> Option<(usize, &Heard)> {
        let list = self.of_class(class);
        let number = list
            .binary_search_by_key(&channel, |heard| heard.channel)
            .ok()?;
        Some((number, &list[number]))
    }

    /// The option of a person: that of the latest version it has heard of, by itself or from ties.
    #[inline]
    fn latest(
        &self,
        segment: u16,
        (number, heard): (usize, &Heard),
        identity: Identity,
        tips: &[Tip],
    ) -> usize {
        let hearing = &self.hearing[usize::from(segment)][number];
        let own = hearing
            .iter()
            .position(|(key, chance)| identity.uniform(*key) < *chance)
            .unwrap_or(hearing.len());
        if tips.is_empty() {
            return own;
        }
        let is_known = |version: &u16| {
            let tells = |tip: &Tip| {
                (tip.channel, tip.version) == (heard.channel, *version) && tip.heard <= self.day
            };
            tips.iter().any(tells)
        };
        let told = heard.versions.iter().position(is_known);
        told.map_or(own, |told| told.min(own))
    }
}

impl Standing {
    /// `None` where there is one version only.
    fn of(versions: &[Version], step: usize, begin: f64) -> Option<Self> {
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

impl Heard {
    fn of(
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
            (standing.acting + 1..=latest)
                .filter(|&version| !get(version).admits(slot))
                .map(|version| Closing {
                    acts: start(versions[version].step),
                    last: start(versions[version].step.saturating_sub(1)),
                })
                .collect::<Vec<_>>()
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

/// The chance to have heard of a version by a time (days since the first day).
fn chance_to_have_heard(version: &Version, time: f64) -> f64 {
    let since = time - version.announced;
    if since < 0.0 {
        0.0
    } else if time >= version.heard_by_all() {
        1.0
    } else {
        1.0 - exp(-since / version.mean_lag)
    }
}

/// The key of draws about a version of a channel: the channel and the first day of the step from
/// which the version acts.
fn label_of(scenario: &Scenario, channel: usize, version: &Version) -> u32 {
    let channel = &scenario.channels[channel];
    let code = &scenario.countries[usize::from(channel.country)].code;
    label_within(code, &format!("{}@{}", channel.name, version.date))
}

/// What one person believes otherwise than it holds, or knows to come. Nothing, for most.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Belief {
    /// Number in the list of the class, and option.
    list: Vec<(u16, u16)>,
    /// By rule set: countries of channels that are other for this person.
    differs: [CountrySet; 4],
    /// Countries of all channels in the list.
    all: CountrySet,
}

static AS_IT_IS: Belief = Belief {
    list: Vec::new(),
    differs: [CountrySet::EMPTY; 4],
    all: CountrySet::EMPTY,
};

impl Belief {
    /// The belief of who knows all that holds, and nothing of what will.
    pub fn as_it_is() -> &'static Self {
        &AS_IT_IS
    }

    fn add(&mut self, (number, option): (usize, usize), country: u16, otherwise: &Otherwise) {
        self.list.push((number as u16, option as u16));
        self.all.insert(country);
        for (set, differs) in self.differs.iter_mut().zip(otherwise.differs) {
            if differs {
                set.insert(country);
            }
        }
    }

    /// Whether the person believes what holds and knows of nothing to come.
    #[inline]
    pub fn is_as_it_is(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a country is another for this person: under a rule set as it is believed to be now,
    /// or as it will be.
    #[inline]
    pub fn is_about(&self, country: u16, set: RuleSet, ahead: bool) -> bool {
        !self.list.is_empty()
            && if ahead {
                self.all.contains(country)
            } else {
                self.differs[set as usize].contains(country)
            }
    }

    /// Number in the list of the class, and option, of each channel.
    pub fn list(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.list
            .iter()
            .map(|(number, option)| (usize::from(*number), usize::from(*option)))
    }
}
