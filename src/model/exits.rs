//! Whether exit gates bar a person from leaving.

use super::menu::Exits;
use crate::population::Population;
use crate::scenario::{Lifted, Scenario};
use crate::world::World;

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
    let all_open = scenario.lifted == Lifted::AllOpen;
    for (gate, draw) in people.exit_gates(index) {
        // (No gate lets out whom another bars.)
        if exits.barred_now && (exits.barred_lifted || all_open) {
            break;
        }
        let now = world.rules.exit_shares[gate];
        if now <= 0.0 {
            continue;
        }
        let lifted = if all_open {
            0.0
        } else {
            now.min(world.first.exit_shares[gate])
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
