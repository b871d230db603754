//! The constants of normalisation, from the first day of the reference scenario.

use super::menu::{Exits, Knowledge, Usable, Weights};
use super::money::{Living, Work, brought, remote_until};
use super::onward::Host;
use super::outlook::Outlook;
use crate::draw::math::{ln, pow};
use crate::population::{Person, Population};
use crate::scenario::{Constants, Lifted, Scenario};
use crate::world::{RuleSet, World};

/// Identities a segment over which I_ref is a mean.
const REFERENCE_IDENTITIES: u32 = 1 << 17;
/// Identities a segment over which s_0 and the host value are means, spread evenly over those of
/// I_ref: neighbours share a stratum, so that the first ones would be no fair sample.
const ONWARD_IDENTITIES: u32 = 1 << 10;
/// Identities summed at a time: sums are always taken over the same pieces in the same order.
const PIECE: u32 = 1 << 12;

/// Runs a function over piece numbers from 0 and returns the results in order.
pub type PieceMap<'a> =
    dyn Fn(usize, &(dyn Fn(usize) -> (f64, f64) + Sync)) -> Vec<(f64, f64)> + 'a;

/// Whether exit gates bar a person under the rules of a world; `prosecuted`: a case against it lasts.
pub fn exits(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    (segment, index): (u16, u32),
    prosecuted: impl Fn() -> bool,
) -> Exits {
    let mut exits = Exits::default();
    let people = &population.segments[usize::from(segment)];
    for (gate, draw) in people.exit_gates(index) {
        let now = world.rules.exit_shares[gate];
        if now <= 0.0 {
            continue;
        }
        let lifted = match scenario.lifted {
            Lifted::AsBefore => now.min(world.first.exit_shares[gate]),
            Lifted::AllOpen => 0.0,
        };
        let only = scenario.exit_gates[gate].only;
        if !only.concerns(|| people.is_summoned(index), &prosecuted) {
            continue;
        }
        let u = draw();
        exits.barred_now |= u < now;
        exits.barred_lifted |= u < lifted;
    }
    exits
}

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
            let (weighted, weights) = add(&sums);
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
    }
}

fn add(sums: &[(f64, f64)]) -> (f64, f64) {
    sums.iter()
        .fold((0.0, 0.0), |sum, piece| (sum.0 + piece.0, sum.1 + piece.1))
}

/// Sum of a exp(lambda I) and of a over some identities.
fn piece_of_inclusive_value(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    outlook: &Outlook,
    segment: usize,
    range: std::ops::Range<u32>,
) -> (f64, f64) {
    let people = &population.segments[segment];
    let segment = segment as u16;
    let menu = &outlook.home[outlook.class_of(segment) as usize];
    let real_income = world.rules.countries[usize::from(people.origin)].real_income;
    let mut weights = Weights::default();
    // What is of use to persons of each kind: a few dozen kinds, and hundreds of thousands of persons.
    let mut kinds: Vec<((u32, u8), Usable)> = Vec::new();
    let mut sums = (0.0, 0.0);
    for index in range {
        let (person, attachment) = people.chooser_with_attachment((segment, index));
        let barred = exits(scenario, population, world, (segment, index), || false).barred_now;
        let total = if barred {
            0.0
        } else {
            let kind = (person.holds, person.conditions);
            let known = kinds.iter().position(|(known, _)| *known == kind);
            let place = known.unwrap_or_else(|| {
                kinds.push((kind, menu.usable(RuleSet::Now, kind)));
                kinds.len() - 1
            });
            let income = person.income * real_income;
            menu.weigh_usable(&person, income, &kinds[place].1, &mut weights)
        };
        sums.0 += attachment
            * if total > 0.0 {
                pow(total, scenario.behaviour.choice.lambda)
            } else {
                0.0
            };
        sums.1 += attachment;
    }
    sums
}

/// exp(I) of a person at home under the rules as they are.
fn home_total(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    outlook: &Outlook,
    person: &Person,
    weights: &mut Weights,
) -> f64 {
    let origin = population.segments[usize::from(person.segment)].origin;
    let who = (person.segment, person.index);
    if exits(scenario, population, world, who, || false).barred_now {
        return 0.0;
    }
    let income = person.income * world.rules.countries[usize::from(origin)].real_income;
    let class = outlook.class_of(person.segment);
    outlook.home[class as usize].weigh_at(person, income, RuleSet::Now, weights)
}

/// s_0 and the mean value of the host country, over newcomers of the first day.
fn newcomers(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    outlook: &Outlook,
    map: &PieceMap<'_>,
) -> (f64, f64) {
    let segments = scenario.segments.len();
    // Two passes of the same persons: pairs (sum, weight) of the pull, then of the value.
    let sums = map(2 * segments, &|piece| {
        let (segment, value) = (piece % segments, piece >= segments);
        let people = &population.segments[segment];
        let among = people.agents.min(REFERENCE_IDENTITIES);
        let sampled = among.min(ONWARD_IDENTITIES);
        let size = scenario.segments[segment].size as f64 / f64::from(sampled.max(1));
        let mut sums = (0.0, 0.0);
        for number in 0..sampled {
            let index = (u64::from(number) * u64::from(among) / u64::from(sampled)) as u32;
            let person = people.person(segment as u16, index);
            newcomer(
                scenario, population, world, outlook, &person, value, size, &mut sums,
            );
        }
        sums
    });
    let mean = |sums: &[(f64, f64)]| {
        let (sum, weight) = add(sums);
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    (mean(&sums[..segments]), mean(&sums[segments..]))
}

/// Adds one person's newcomers: each place and channel with its share.
#[expect(
    clippy::too_many_arguments,
    reason = "one sum over one person, used once"
)]
fn newcomer(
    scenario: &Scenario,
    population: &Population,
    world: &World,
    outlook: &Outlook,
    person: &Person,
    value: bool,
    size: f64,
    sums: &mut (f64, f64),
) {
    let (mut weights, mut others) = (Weights::default(), Weights::default());
    let total = home_total(scenario, population, world, outlook, person, &mut weights);
    let origin = population.segments[usize::from(person.segment)].origin;
    if total <= 0.0 {
        return;
    }
    let class = outlook.class_of(person.segment);
    let menu = &outlook.home[class as usize];
    let income = person.income * world.rules.countries[usize::from(origin)].real_income;
    for (position, place) in menu.places.iter().enumerate() {
        if weights.values[position] <= 0.0 {
            continue;
        }
        let channels: Vec<(usize, f64)> = menu
            .channels_of(position, person, income, RuleSet::Now, Knowledge::common())
            .collect();
        let all: f64 = channels.iter().map(|(_, weight)| weight).sum();
        for (channel, weight) in channels {
            let number = usize::from(menu.channels()[channel].0);
            let rules = &world.rules.channels[number];
            let arrived = arrived(scenario, population, world, person, number);
            let there = arrived.as_ref().map_or(person, |(person, _)| person);
            let Some(mut host) = Host::new(
                scenario,
                world,
                outlook,
                (class, place.country),
                there,
                (rules.status, 0.0),
            ) else {
                continue;
            };
            if let Some((_, income)) = arrived {
                host = host.with_income(income);
            }
            let share = size * weights.values[position] / total * weight / all;
            let here = ln(host.weight_with(rules.status));
            if value {
                sums.0 += share * here;
                sums.1 += share;
            } else {
                let outside = host.weigh_others(&mut others);
                if outside > 0.0 {
                    sums.0 += share * (ln(outside) - here);
                    sums.1 += share;
                }
            }
        }
    }
}

/// A person as it arrives by a channel where money moves, and its monthly income there (currency
/// units); `None` = money does not move.
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
