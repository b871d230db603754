//! Whether exit gates bar a person from leaving.

use super::menu::Exits;
use crate::population::Population;
use crate::scenario::{Lifted, Scenario};
use crate::world::World;

/// Returns whether exit gates bar a person under the rules of a world; `prosecuted` says whether a case against
/// it lasts.
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
        let only = scenario.exit_gates[gate].only;
        if !only.concerns(|| people.is_summoned(index), &prosecuted) {
            continue;
        }
        let u = draw();
        if u >= now {
            continue;
        }
        exits.barred_now = true;
        exits.barred_lifted |= match scenario.lifted {
            Lifted::AsBefore => u < world.first.exit_shares[gate],
            Lifted::AllOpen => false,
        };
        // (No gate lets out a person whom another bars.)
        if exits.barred_lifted || scenario.lifted == Lifted::AllOpen {
            break;
        }
    }
    exits
}
