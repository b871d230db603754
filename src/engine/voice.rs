//! Voice at home, by class of persons: those of a segment who are active in opposition, and those who
//! are not. The voice of a class is computed from a small sample of its persons, always the same, so that
//! it costs next to nothing and depends neither on threads nor on who has left.

use super::simulation::Simulation;
use super::step::StepContext;
use crate::draw::math::pow;
use crate::model::{
    Knowledge, Mood, Weights, activity_abroad, exits, exposure, is_secure, push_terms, voice_chance,
};
use crate::population::{Person, Population, SegmentPopulation, blocks_of};
use crate::scenario::Voice as Parameters;
use crate::world::{Opposition, RuleSet, Voice};

/// Number of persons of a class over whom its mood is averaged.
const SAMPLE: u64 = 128;
/// Number of persons of a class, from the first on, over whom the sample is spread: neighbours share a stratum.
const AMONG: u64 = 1 << 17;

/// The classes of a population.
#[derive(Debug)]
pub struct Speakers {
    /// By segment, then whether active.
    classes: Vec<Class>,
}

/// Persons of one segment who are all active, or all not.
#[derive(Debug)]
struct Class {
    segment: u16,
    active: bool,
    sample: Vec<Person>,
}

impl Speakers {
    /// Finds the classes, each with its sample.
    pub fn of(population: &Population) -> Self {
        let classes = (0u16..).zip(&population.segments);
        let classes = classes.flat_map(|(segment, people)| {
            [false, true].map(|active| Class {
                segment,
                active,
                sample: spread(people, active)
                    .into_iter()
                    .map(|index| people.person(segment, index))
                    .collect(),
            })
        });
        Self {
            classes: classes.collect(),
        }
    }

    /// The chance of each class to voice opposition in a step, by segment: of the inactive, and of the
    /// active. `shares` are, by slot of the origin, the shares who voiced it in the step before.
    pub fn chances(
        &self,
        parameters: &Parameters,
        context: &StepContext<'_>,
        shares: &[f64],
        map: impl Fn(usize, &(dyn Fn(usize) -> f64 + Sync)) -> Vec<f64>,
    ) -> Vec<[f64; 2]> {
        let chances = map(self.classes.len(), &|number| {
            let class = &self.classes[number];
            class.chance(parameters, context, shares)
        });
        chances.chunks(2).map(|pair| [pair[0], pair[1]]).collect()
    }
}

/// The sample of a segment's active or inactive persons, spread evenly over the first of them.
fn spread(people: &SegmentPopulation, active: bool) -> Vec<u32> {
    let ranges: Vec<(u32, u32)> = blocks_of(0, people.agents)
        .flat_map(|block| {
            let ranges = people.ranges_by_activity(block).into_iter();
            let of_class = ranges.filter(move |range| range.active == active);
            of_class.map(move |range| {
                let positions = range.positions;
                (block.first + positions.start, block.first + positions.end)
            })
        })
        .collect();
    let persons: u64 = ranges.iter().map(|(from, to)| u64::from(to - from)).sum();
    let among = persons.min(AMONG);
    let sampled = among.min(SAMPLE);
    let (mut list, mut range, mut passed) = (Vec::new(), ranges.iter(), 0);
    let mut here = range.next();
    for number in 0..sampled {
        let place = number * among / sampled;
        while let Some((from, to)) = here {
            let length = u64::from(to - from);
            if place < passed + length {
                list.push(from + (place - passed) as u32);
                break;
            }
            passed += length;
            here = range.next();
        }
    }
    list
}

impl Class {
    fn chance(&self, parameters: &Parameters, context: &StepContext<'_>, shares: &[f64]) -> f64 {
        if self.sample.is_empty() {
            return 0.0;
        }
        let (scenario, world) = (context.scenario, context.world);
        let origin = scenario.segments[usize::from(self.segment)].origin;
        let repression = world.rules.countries[usize::from(origin)].repression;
        let risk =
            [false, true].map(|minority| exposure(scenario, repression, self.active, minority));
        let drive = &context.bounds[usize::from(self.segment)].drive;
        let mean = |of: &dyn Fn(&Person) -> f64| {
            self.sample.iter().map(of).sum::<f64>() / self.sample.len() as f64
        };
        let slot = world.rules.slot(origin);
        let others = slot.and_then(|slot| shares.get(slot as usize));
        let mood = Mood {
            grievance: mean(&|person| person.dissent + push_terms(drive, person).1),
            others: others.copied().unwrap_or(0.0),
            exposure: mean(&|person| risk[usize::from(person.minority)]),
            exit: match parameters.exit {
                0.0 => 0.0,
                _ => self.value_of_exit(context),
            },
        };
        voice_chance(parameters, &mood)
    }

    /// The mean of exp(lambda (I - I_ref)) over the sample, weighted by the multiplier of leaving, minus 1; I is
    /// taken under the rules as they are believed to be, without refusals, visits, cases and ties.
    fn value_of_exit(&self, context: &StepContext<'_>) -> f64 {
        let (scenario, world) = (context.scenario, context.world);
        let people = &context.population.segments[usize::from(self.segment)];
        let bounds = &context.bounds[usize::from(self.segment)];
        let real_income = world.rules.countries[usize::from(people.origin)].real_income;
        let class = context.outlook.class_of(self.segment);
        let menu = &context.outlook.home[class as usize];
        let mut weights = Weights::default();
        let (mut pulls, mut multipliers) = (0.0, 0.0);
        for person in &self.sample {
            multipliers += person.attachment;
            let who = (self.segment, person.index);
            // (Whether a person has a case is not considered for a class.)
            if exits(scenario, context.population, world, who, || false).barred_now {
                continue;
            }
            let identity = people.identity(person.index);
            let (holds, holds_if_lifted) = people.documents(identity, context.documents);
            let person = Person {
                holds,
                holds_if_lifted,
                ..*person
            };
            let belief =
                context
                    .beliefs
                    .of_person((class, self.segment), identity, &[], &[], false);
            let total = menu.weigh_as(
                &person,
                person.income * real_income,
                RuleSet::Now,
                Knowledge::of(&belief),
                &mut weights,
            );
            if total > 0.0 {
                let lambda = scenario.behaviour.choice.lambda;
                pulls += person.attachment * pow(total * bounds.inverse_reference, lambda);
            }
        }
        if multipliers > 0.0 {
            pulls / multipliers - 1.0
        } else {
            -1.0
        }
    }
}

impl Simulation {
    /// The chance of each class to voice opposition in a step; `None` where voice is off.
    pub(super) fn voice_chances(&self, context: &StepContext<'_>) -> Option<Vec<[f64; 2]>> {
        let parameters = self.scenario.behaviour.voice.as_ref()?;
        let map = |pieces: usize, function: &(dyn Fn(usize) -> f64 + Sync)| {
            self.pool.map(pieces, function)
        };
        let shares = self.voice.shares();
        let speakers = self.speakers.as_ref()?;
        Some(speakers.chances(parameters, context, &shares, map))
    }

    /// Days from the first of the scenario to the end of the last step done.
    pub(super) fn day(&self) -> f64 {
        let steps = &self.scenario.calendar.steps[..self.done];
        steps.iter().map(|step| f64::from(step.days)).sum()
    }

    /// Counts the opposition at the end of a step that ends on `day` (days since the first day of the
    /// scenario), given the chances of the classes in it; `None` before the first step.
    pub(super) fn count_voice(&self, chances: Option<&[[f64; 2]]>, day: f64) -> Voice {
        let Some(parameters) = &self.scenario.behaviour.voice else {
            return Voice::default();
        };
        let at_home = self.at_large();
        let voicing: Vec<f64> = chances.map_or(Vec::new(), |chances| {
            let each = chances.iter().zip(&at_home);
            each.map(|(chance, persons)| {
                chance[0] * persons[0] as f64 + chance[1] * persons[1] as f64
            })
            .collect()
        });
        let mut origins: Vec<Opposition> = (self.world.rules.origins.iter())
            .map(|&origin| {
                let (mut citizens, mut speaking, mut active) = (0, 0.0, 0);
                for (segment, [others, activists]) in at_home.iter().enumerate() {
                    if self.scenario.segments[segment].origin == origin {
                        citizens += others + activists;
                        active += activists;
                        speaking += voicing.get(segment).copied().unwrap_or(0.0);
                    }
                }
                Opposition {
                    origin,
                    share: speaking / citizens.max(1) as f64,
                    at_home: active,
                    ..Opposition::default()
                }
            })
            .collect();
        for ((slot, status, left), agents) in self.exiles.iter() {
            let activity = activity_abroad(parameters, status, day - f64::from(left));
            let here = &mut origins[slot as usize];
            let sum = if is_secure(status) {
                &mut here.secure
            } else {
                &mut here.insecure
            };
            *sum += agents as f64 * activity;
        }
        Voice { voicing, origins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;

    /// The sample of a class consists of its persons at equal distances, counted one by one.
    #[test]
    fn a_class_is_told_from_persons_spread_evenly() {
        let text = concat!(
            include_str!("../../tests/support/rich.toml"),
            include_str!("../../tests/support/behaviour.toml")
        );
        let source = Source::parse("rich", text).unwrap_or_else(|problems| panic!("{problems}"));
        let population = Population::new(source.scenario(), 1, 1);
        let mut full = 0;
        for people in &population.segments {
            for active in [false, true] {
                let is_of_class = |index: &u32| people.person(0, *index).active == active;
                let class: Vec<u32> = (0..people.agents).filter(is_of_class).collect();
                let among = class.len().min(AMONG as usize);
                let sampled = among.min(SAMPLE as usize);
                let expected = (0..sampled).map(|number| class[number * among / sampled]);
                assert_eq!(spread(people, active), expected.collect::<Vec<_>>());
                full += usize::from(sampled == SAMPLE as usize && among > 2 * sampled);
            }
        }
        assert!(full >= 2);
    }
}
