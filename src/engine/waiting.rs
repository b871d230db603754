//! Counts of those who wait at the end of a step.

use super::borders::border_before;
use super::procedures::Procedures;
use super::records::BlockState;
use super::settlement::Allotted;
use crate::scenario::Scenario;
use crate::world::{PlacesTaken, QueueTally, Waited, Waiting};

/// Counts those who wait in all blocks. `allotted` is by channel (empty at the opening); decisions made
/// and places given are in order.
pub fn count(
    scenario: &Scenario,
    procedures: &Procedures,
    blocks: &[BlockState],
    allotted: &[Allotted],
    (decisions, places): (Vec<Waited>, Vec<PlacesTaken>),
) -> Waiting {
    let is_of_claims = |channel: usize| scenario.channels[channel].asylum.is_some();
    let mut counted = Waiting {
        has_queues: procedures.waits.contains(&true),
        has_borders: !scenario.borders.is_empty(),
        applying: vec![0; scenario.segments.len()],
        applying_to: vec![0; scenario.countries.len()],
        in_transit: vec![0; scenario.countries.len()],
        queues: Vec::new(),
        decided: Vec::new(),
        places,
    };
    let mut without_place = vec![0; scenario.channels.len()];
    for state in blocks {
        counted.applying[usize::from(state.block.segment)] += state.applying_at_home();
        for application in &state.applications {
            let channel = usize::from(application.channel);
            counted.applying_to[usize::from(scenario.channels[channel].country)] += 1;
            without_place[channel] += u64::from(!application.has_place());
        }
        for claim in state.claims.values() {
            without_place[usize::from(claim.channel)] += 1;
        }
        for record in state.waiting.iter().filter(|record| record.leg > 0) {
            let border = usize::from(border_before(scenario, record));
            counted.in_transit[usize::from(scenario.borders[border].from)] += 1;
        }
    }
    for (channel, _) in procedures
        .waits
        .iter()
        .enumerate()
        .filter(|(channel, waits)| **waits || is_of_claims(*channel))
    {
        let allotted = allotted.get(channel).copied().unwrap_or_default();
        let begin = decisions.partition_point(|one| usize::from(one.channel) < channel);
        let end = decisions.partition_point(|one| usize::from(one.channel) <= channel);
        let decided = decisions[begin..end].iter().map(|one| one.agents).sum();
        counted.queues.push(QueueTally {
            channel: channel as u16,
            waiting: without_place[channel],
            decided,
            quota: allotted.quota,
            // A person served because a quota was lifted takes no place of a month.
            used: allotted.quota.map_or(0, |_| allotted.agents),
            median_wait_days: median(&decisions[begin..end], decided),
        });
    }
    counted.decided = decisions;
    counted
}

/// The smallest number of days within which at least half of the decisions were made; `None` if there are none.
fn median(decisions: &[Waited], decided: u64) -> Option<u32> {
    let mut sum = 0;
    decisions
        .iter()
        .find(|one| {
            sum += one.agents;
            2 * sum >= decided
        })
        .map(|one| one.days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_day_by_which_half_are_decided() {
        let after = |days, agents| Waited {
            channel: 0,
            days,
            origin: 0,
            agents,
        };
        assert_eq!(median(&[], 0), None);
        assert_eq!(median(&[after(3, 2), after(8, 2)], 4), Some(3));
        assert_eq!(median(&[after(3, 2), after(8, 3)], 5), Some(8));
    }
}
