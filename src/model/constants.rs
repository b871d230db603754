//! The normalisation constants, from the first day of the reference scenario.

use super::exits::exits;
use super::menu::{Knowledge, Menu, Weights};
use super::money::{Living, Work, brought, remote_until};
use super::onward::Host;
use super::outlook::Outlook;
use crate::draw::math::{ln, pow};
use crate::population::{Person, Population};
use crate::scenario::{Constants, Scenario};
use crate::world::{RuleSet, World};

/// Identities per segment over which I_ref is averaged.
const REFERENCE_IDENTITIES: u32 = 1 << 17;
/// Identities per segment over which s_0 and the host value are averaged, spread evenly over those of I_ref: neighbours
/// share a stratum, so the first ones would not be a fair sample.
const ONWARD_IDENTITIES: u32 = 1 << 10;
/// Identities summed at a time; sums are always taken over the same pieces in the same order.
const PIECE: u32 = 1 << 12;

/// The sums over a piece: two sums of values, each followed by the sum of its weights.
pub type PieceSums = [f64; 4];

/// Runs a function over piece numbers from 0 and returns the results in order.
pub type PieceMap<'a> = dyn Fn(usize, &(dyn Fn(usize) -> PieceSums + Sync)) -> Vec<PieceSums> + 'a;

/// Computes the constants of a scenario; `map` may use as many threads as it likes.
pub fn constants(scenario: &Scenario, population: &Population, map: &PieceMap<'_>) -> Constants {
    let reference = scenario.reference.as_deref().unwrap_or(scenario);
    let world = World::first(reference);
    let outlook = Outlook::new(reference, &world);
    let inclusive_value = (0..scenario.segments.len())
        .map(|segment| {
            let agents = population.segments[segment]
                .agents
                .min(REFERENCE_IDENTITIES);
            let pieces = agents.div_ceil(PIECE) as usize;
            let sums = map(pieces, &|piece| {
                let first = piece as u32 * PIECE;
                let range = first..(first + PIECE).min(agents);
                piece_of_inclusive_value(reference, population, &world, &outlook, segment, range)
            });
            let [weighted, weights, ..] = add(&sums);
            if weighted > 0.0 && weights > 0.0 {
                ln(weighted / weights) / scenario.behaviour.choice.lambda
            } else {
                f64::NEG_INFINITY
            }
        })
        .collect();
    let (onward_pull, host_value) = newcomers(reference, population, &world, &outlook, map);
    Constants {
        inclusive_value,
        onward_pull,
        host_value,
        scale: Some(population.scale),
    }
}

fn add(sums: &[PieceSums]) -> PieceSums {
    sums.iter().fold([0.0; 4], |sum, piece| {
        std::array::from_fn(|number| sum[number] + piece[number])
    })
}

/// Sums a exp(lambda I), and a, over some identities.
fn piece_of_inclusive_value(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    outlook: &Outlook,
    segment: usize,
    range: std::ops::Range<u32>,
) -> PieceSums {
    let people = &population.segments[segment];
    let segment = segment as u16;
    let menu = &outlook.home[outlook.class_of(segment) as usize];
    let real_income = world.rules.countries[usize::from(people.origin)].real_income;
    let mut weights = Weights::default();
    let mut sums = [0.0; 4];
    let mut person = Person::default();
    for index in range {
        let who = (segment, index);
        let may_leave = || !exits(scenario, population, world, who, || false).barred_now;
        let (attachment, chooses) = people.weigher(who, may_leave, &mut person);
        let total = if chooses {
            let income = person.income * real_income;
            menu.weigh_at(&person, income, RuleSet::Now, &mut weights)
        } else {
            0.0
        };
        sums[0] += attachment
            * if total > 0.0 {
                pow(total, scenario.behaviour.choice.lambda)
            } else {
                0.0
            };
        sums[1] += attachment;
    }
    sums
}

/// s_0 and the mean value of the host country, over the newcomers of the first day.
fn newcomers(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    outlook: &Outlook,
    map: &PieceMap<'_>,
) -> (f64, f64) {
    let sums = map(scenario.segments.len(), &|segment| {
        let people = &population.segments[segment];
        let among = people.agents.min(REFERENCE_IDENTITIES);
        let sampled = among.min(ONWARD_IDENTITIES);
        let size = scenario.segments[segment].size as f64 / f64::from(sampled.max(1));
        let mut newcomers = Newcomers::new(scenario, population, world, outlook, segment as u16);
        for number in 0..sampled {
            let index = (u64::from(number) * u64::from(among) / u64::from(sampled)) as u32;
            newcomers.add(&people.person(segment as u16, index), size);
        }
        newcomers.sums
    });
    let [pull, of_pull, value, of_value] = add(&sums);
    let mean = |sum: f64, weight: f64| if weight > 0.0 { sum / weight } else { 0.0 };
    (mean(pull, of_pull), mean(value, of_value))
}

/// The newcomers of one segment, summed.
struct Newcomers<'a> {
    scenario: &'a Scenario,
    population: &'a Population,
    world: &'a World,
    outlook: &'a Outlook,
    class: u32,
    origin: u16,
    menu: &'a Menu,
    weights: Weights,
    others: Weights,
    /// Sums for the pull onwards, and for the value of the host country.
    sums: PieceSums,
}

impl<'a> Newcomers<'a> {
    fn new(
        scenario: &'a Scenario,
        population: &'a Population,
        world: &'a World,
        outlook: &'a Outlook,
        segment: u16,
    ) -> Self {
        let class = outlook.class_of(segment);
        let origin = population.segments[usize::from(segment)].origin;
        let menu = &outlook.home[class as usize];
        Self {
            scenario,
            population,
            world,
            outlook,
            class,
            origin,
            menu,
            weights: Weights::default(),
            others: Weights::default(),
            sums: [0.0; 4],
        }
    }

    /// Adds the newcomers of one person, `size` persons in all, divided among places and channels by their shares.
    fn add(&mut self, person: &Person, size: f64) {
        let (scenario, population, world) = (self.scenario, self.population, self.world);
        let who = (person.segment, person.index);
        if exits(scenario, population, world, who, || false).barred_now {
            return;
        }
        let menu = self.menu;
        let income = person.income * world.rules.countries[usize::from(self.origin)].real_income;
        let total = menu.weigh_at(person, income, RuleSet::Now, &mut self.weights);
        if total <= 0.0 {
            return;
        }
        for (position, place) in menu.places.iter().enumerate() {
            let weight_of_place = self.weights.values[position];
            if weight_of_place <= 0.0 {
                continue;
            }
            let channels: Vec<(usize, f64)> = menu
                .channels_of(position, person, income, RuleSet::Now, Knowledge::common())
                .collect();
            let all: f64 = channels.iter().map(|(_, weight)| weight).sum();
            // (What lies beyond a place is the same for everybody who arrives with the same money, by whichever
            // channel: weighing it anew for each channel would make the cost quadratic in channels.)
            let mut beyond: Option<([u64; 2], f64)> = None;
            for (channel, weight) in channels {
                let number = usize::from(menu.channels()[channel].0);
                let rules = &world.rules.channels[number];
                let arrived = arrived(scenario, population, world, person, number);
                let there = arrived.as_ref().map_or(person, |(person, _)| person);
                let Some(mut host) = Host::new(
                    scenario,
                    world,
                    self.outlook,
                    (self.class, place.country),
                    there,
                    (rules.status, 0.0),
                ) else {
                    continue;
                };
                if let Some((_, income)) = arrived {
                    host = host.with_income(income);
                }
                let share = size * weight_of_place / total * weight / all;
                let here = ln(host.weight_with(rules.status));
                self.sums[2] += share * here;
                self.sums[3] += share;
                let money = [there.savings, host.income].map(f64::to_bits);
                let outside = match beyond {
                    Some((known, outside)) if known == money => outside,
                    _ => {
                        let (menu, income) = (host.menu, host.income);
                        menu.weigh_at(there, income, RuleSet::Now, &mut self.others)
                    }
                };
                beyond = Some((money, outside));
                if outside > 0.0 {
                    self.sums[0] += share * (ln(outside) - here);
                    self.sums[1] += share;
                }
            }
        }
    }
}

/// A person as it arrives by a channel where money moves, and its monthly income there (currency units); `None`
/// if money does not move.
fn arrived(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    person: &Person,
    channel: usize,
) -> Option<(Person, f64)> {
    let money = scenario.behaviour.money.as_ref()?;
    let rules = &world.rules.channels[channel];
    let people = &population.segments[usize::from(person.segment)];
    let country = usize::from(scenario.channels[channel].country);
    let friction = world.rules.countries[usize::from(people.origin)].friction;
    let travel = world.rules.countries[country].travel;
    let draws = people.remote_work(person.index);
    let work = Work {
        right: scenario.channels[channel].work
            || people.informal_work(person.index) < money.informal_work,
        status: rules.status,
        remote: remote_until(money, person.remote, 0.0, draws) > 0.0,
    };
    let income = Living::new(scenario, world, country).income(person, work, friction);
    let savings = brought(person.savings, rules.fee, travel, friction);
    let there = Person { savings, ..*person };
    Some((there, income))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;

    /// The constants draw few traits and list once what is usable by persons of a kind: the bits are the same as from
    /// everybody's traits and the whole menu.
    #[test]
    fn the_value_of_leaving_is_that_of_weighing_everybody_in_full() {
        for text in [
            include_str!("../../tests/support/rich.toml"),
            include_str!("../../tests/support/policies.toml"),
        ] {
            let text = [text, include_str!("../../tests/support/behaviour.toml")].join("\n");
            let source = Source::parse("test", &text);
            let source = source.unwrap_or_else(|problems| panic!("{problems}"));
            let scenario = source.scenario();
            let population = Population::new(scenario, 3, 100);
            let in_order = |pieces: usize, sums: &(dyn Fn(usize) -> PieceSums + Sync)| {
                (0..pieces).map(sums).collect::<Vec<_>>()
            };
            let constants = constants(scenario, &population, &in_order);
            let world = World::first(scenario);
            let outlook = Outlook::new(scenario, &world);
            let lambda = scenario.behaviour.choice.lambda;
            for (number, people) in (0u16..).zip(&population.segments) {
                // One piece, so that the order of summation is the same.
                assert!((1..PIECE).contains(&people.agents));
                let menu = &outlook.home[outlook.class_of(number) as usize];
                let real_income = world.rules.countries[usize::from(people.origin)].real_income;
                let (mut weighted, mut weights) = (0.0, 0.0);
                for index in 0..people.agents {
                    let person = people.person(number, index);
                    let who = (number, index);
                    let barred = exits(scenario, &population, &world, who, || false).barred_now;
                    let income = person.income * real_income;
                    let mut buffer = Weights::default();
                    let total = menu.weigh_at(&person, income, RuleSet::Now, &mut buffer);
                    if !barred && total > 0.0 {
                        weighted += person.attachment * pow(total, lambda);
                    }
                    weights += person.attachment;
                }
                let value = ln(weighted / weights) / lambda;
                assert_eq!(constants.inclusive_value[usize::from(number)], value);
            }
        }
    }
}
