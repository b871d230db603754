//! The story told at home, from what a step has shown of those who left.

use crate::model::narrative_shift;
use crate::scenario::Scenario;
use crate::world::{Seen, Stocks, Tally, World};

/// Advances the story of every country by a step of `days` days; the result applies to the next step.
pub fn tell(scenario: &Scenario, world: &mut World, (tally, stocks): (&Tally, &Stocks), days: f64) {
    let Some(parameters) = &scenario.behaviour.narrative else {
        return;
    };
    let seen = Seen::of(scenario, tally);
    for (origin, seen) in seen.into_iter().enumerate() {
        let segments = scenario.segments.iter().zip(&stocks.segments);
        let own = segments.filter(|(segment, _)| usize::from(segment.origin) == origin);
        let citizens: u64 = own.map(|(_, stocks)| stocks.persons).sum();
        if citizens == 0 {
            continue;
        }
        let hostility = hostility_met(scenario, world, stocks, origin);
        let narrative = &mut world.narratives[origin];
        narrative.remember(seen, citizens, days, parameters.memory.days());
        let remembered = (narrative.refusals, narrative.contacts);
        narrative.shift = narrative_shift(parameters, remembered, hostility);
    }
}

/// The mean hostility that citizens of an origin meet abroad; 0 if there are none abroad.
fn hostility_met(scenario: &Scenario, world: &World, stocks: &Stocks, origin: usize) -> f64 {
    if world.attitudes.is_empty() {
        return 0.0;
    }
    let (mut sum, mut persons) = (0.0, 0);
    for country in 0..stocks.countries {
        let here = stocks.of_origin(country, origin);
        if here > 0 {
            sum += here as f64 * world.hostility(scenario, country);
            persons += here;
        }
    }
    sum / persons.max(1) as f64
}
