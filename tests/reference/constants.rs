//! The constants that follow from the first day of the reference scenario.

use crate::abroad::{Stay, value_of_staying};
use crate::choice::{View, inclusive_value};
use crate::money;
use crate::persons::Person;
use crate::world::World;
use exeunt::scenario::{Constants, Scenario};

/// Identities of a segment over which I_ref is averaged.
const FOR_LEAVING: usize = 1 << 17;
/// Identities of a segment over which the constants of newcomers are averaged.
const FOR_NEWCOMERS: usize = 1 << 10;

/// The constants of a scenario, of its reference's first day, with its own behaviour.
pub fn constants(scenario: &Scenario, persons: &[Person]) -> Constants {
    if let Some(given) = &scenario.constants {
        return given.clone();
    }
    let reference = scenario.reference.as_deref().unwrap_or(scenario);
    let world = World::first_day(reference);
    let sets = world.rule_sets(reference);
    let from_home = |person| View::at_home(&scenario.behaviour, &world, &sets, person);
    let lambda = scenario.behaviour.choice.lambda;
    let mut inclusive_values = Vec::new();
    let mut newcomers = Newcomers::default();
    for (index, segment) in scenario.segments.iter().enumerate() {
        let of_segment: Vec<&Person> = persons
            .iter()
            .filter(|person| person.segment == index)
            .take(FOR_LEAVING)
            .collect();
        let mut weight = 0.0;
        let mut sum = 0.0;
        for person in &of_segment {
            weight += person.propensity;
            let inclusive = inclusive_value(&from_home(person).values());
            sum += person.propensity * (lambda * inclusive).exp();
        }
        inclusive_values.push((sum / weight).ln() / lambda);

        let asked = of_segment.len().min(FOR_NEWCOMERS);
        let persons_each = segment.size as f64 / asked as f64;
        for person in &of_segment[..asked] {
            newcomers.add(from_home(person), persons_each);
        }
    }
    Constants {
        inclusive_value: inclusive_values,
        onward_pull: newcomers.pull.mean(),
        host_value: newcomers.value.mean(),
        scale: None,
    }
}

#[derive(Debug, Default)]
struct Weighted {
    sum: f64,
    weight: f64,
}

impl Weighted {
    fn add(&mut self, value: f64, weight: f64) {
        self.sum += value * weight;
        self.weight += weight;
    }

    fn mean(&self) -> f64 {
        if self.weight > 0.0 {
            self.sum / self.weight
        } else {
            0.0
        }
    }
}

/// Means over those who would arrive on the first day.
#[derive(Debug, Default)]
struct Newcomers {
    pull: Weighted,
    value: Weighted,
}

impl Newcomers {
    fn add(&mut self, home: View<'_>, persons: f64) {
        let values = home.values();
        let all: f64 = values.iter().map(|value| value.exp()).sum();
        for (country, value) in values.iter().enumerate() {
            if *value == f64::NEG_INFINITY {
                continue;
            }
            for (channel, share) in channel_shares(home, country) {
                let status = home.rules.channels[channel].status;
                let abroad = money::abroad(home, &newcomer(home, country, channel));
                let outside = inclusive_value(&abroad.values());
                let staying = value_of_staying(abroad, status, 0.0);
                let weight = persons * value.exp() / all * share;
                self.value.add(staying, weight);
                if outside > f64::NEG_INFINITY {
                    self.pull.add(outside - staying, weight);
                }
            }
        }
    }
}

/// The stay of who arrives on the first day.
fn newcomer(home: View<'_>, country: usize, channel: usize) -> Stay {
    Stay {
        country,
        channel,
        status: home.rules.channels[channel].status,
        since: 0.0,
        permit_from: 0.0,
        until: None,
        left_home: 0.0,
        savings: money::on_arrival(home.behaviour, home.world, home.person, channel),
        pending: None,
        claim: None,
    }
}

/// P(k | j): the share of each channel into a country.
pub fn channel_shares(view: View<'_>, country: usize) -> Vec<(usize, f64)> {
    let weight = |channel: usize| (-view.cost(channel) / view.behaviour.choice.mu).exp();
    let sum: f64 = view.usable_channels(country).map(weight).sum();
    view.usable_channels(country)
        .map(|channel| (channel, weight(channel) / sum))
        .collect()
}
