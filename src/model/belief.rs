//! What persons believe of the rules: who has heard of which version of a channel's rules.
//!
//! Most persons believe what holds. Draws are made only for versions that some have heard of and others have not, one
//! each, and only for persons whose choice is judged in full. Ties inform some persons sooner: their draws stay the
//! same, and tips say which versions they already know.

mod heard;
mod person;
mod spreading;

pub use heard::{Heard, HeardByClass, Otherwise};
pub use person::Belief;
pub use spreading::{Sooner, Spreading};

use crate::draw::TraitKey;
use crate::population::Population;
use crate::scenario::Scenario;
use crate::world::{Classes, VersionRules, Versions, World};
use spreading::{Standing, chance_to_have_heard, label_of};
use std::sync::Arc;

/// What persons can believe during a step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beliefs {
    /// What there is to hear of; `None` if nothing.
    heard: Option<Arc<HeardByClass>>,
    /// By segment and by channel in the list of its class.
    hearing: Vec<Vec<Hearing>>,
    /// By channel: the latest acting version, if not everybody has heard of it; a refusal informs ties of it.
    acting: Vec<Option<Spreading>>,
    /// Versions announced in this step.
    announced: Vec<Spreading>,
    /// First day of the step, in days since the first day of the scenario.
    day: u16,
}

/// For each version that not everybody has heard of, the latest first: the key of when a person hears of it, and the
/// chance of having heard by now.
type Hearing = Vec<(TraitKey, f64)>;

impl Beliefs {
    /// Returns what can be believed during a step that begins `begin` days after the first day; `rules` are those
    /// of every version during it.
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

    /// Like [`Beliefs::during`], but reuses the lists of an earlier step where they are the same.
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
            Spreading::of(scenario, channel, version)
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

    /// The lists of what there is to hear of, to be passed to [`Beliefs::after`].
    pub fn heard(&self) -> Option<&Arc<HeardByClass>> {
        self.heard.as_ref()
    }

    /// Versions announced in this step whose mean lag is above `above` (days).
    pub fn announced(&self, above: f64) -> impl Iterator<Item = &Spreading> {
        let lags = move |spreading: &&Spreading| spreading.version.mean_lag > above;
        self.announced.iter().filter(lags)
    }

    /// The acting version of a channel, if not everybody has heard of it.
    pub fn acting(&self, channel: u16) -> Option<&Spreading> {
        self.acting.get(usize::from(channel))?.as_ref()
    }

    /// The channels about which persons of a class differ.
    pub fn of_class(&self, class: u32) -> &[Heard] {
        let lists = self.heard.as_ref().map(|heard| &heard.channels);
        lists
            .and_then(|lists| lists.get(class as usize))
            .map_or(&[], |list| list.as_slice())
    }
}
