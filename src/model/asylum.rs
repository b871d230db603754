//! Claims to asylum: whose claims are well founded, how likely they are to be recognised, and what a claim is worth.

use super::sheet::status_cost;
use crate::population::Person;
use crate::scenario::{Asylum, Claiming, Ground, Scenario, Status};

/// What a person expects of a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prospect {
    /// Chance of being recognised in the end, 0 to 1.
    pub recognised: f64,
    /// Expected time until the last decision, days.
    pub wait_days: f64,
}

/// Whether a person has a ground that the country accepts.
pub fn is_well_founded(person: &Person, asylum: &Asylum) -> bool {
    let has =
        |ground: Ground, it_is_so: bool| it_is_so && asylum.grounds & (1 << ground as u8) != 0;
    has(Ground::Activism, person.active)
        || has(Ground::Minority, person.minority)
        || has(Ground::DraftEvasion, person.draft_notice)
}

/// The chance that the office believes a claim. It errs in both directions, but believes a well-founded claim for which
/// there is evidence.
pub fn believed(person: &Person, asylum: &Asylum, claiming: &Claiming) -> f64 {
    if !is_well_founded(person, asylum) {
        claiming.mistaken
    } else if person.evidence {
        1.0
    } else {
        1.0 - claiming.missed
    }
}

/// What to expect of a claim that is believed with chance `believed`; `grant` is the share recognised in the first
/// instance among those believed, and `waits` are the mean days to its decision and from there to that on appeal.
pub fn prospect(believed: f64, grant: f64, asylum: &Asylum, waits: [f64; 2]) -> Prospect {
    let first = believed * grant;
    let (second, wait) = match &asylum.appeal {
        Some(appeal) => (believed * appeal.grant, waits[1]),
        None => (0.0, 0.0),
    };
    Prospect {
        recognised: first + (1.0 - first) * second,
        wait_days: waits[0] + (1.0 - first) * wait,
    }
}

/// The worth of a claim, W over the horizon Z, in log-utility added to the value of the country itself: the
/// wait is spent pending, the rest of the horizon as recognised or as rejected. `given` is the status of the
/// recognised.
pub fn worth(scenario: &Scenario, asylum: &Asylum, given: Status, prospect: Prospect) -> f64 {
    let claiming = &scenario.behaviour.asylum;
    let cost = |status| status_cost(scenario, status);
    let waited = (prospect.wait_days / claiming.horizon.days()).min(1.0);
    let rejected = cost(Status::Irregular) + asylum.removal * claiming.removal_loss;
    let decided = prospect.recognised * cost(given) + (1.0 - prospect.recognised) * rejected;
    -(waited * cost(Status::Pending) + (1.0 - waited) * decided)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Appeal, Source};
    use std::sync::Arc;

    fn scenario() -> Arc<Scenario> {
        let text = concat!(
            include_str!("../../tests/support/rich.toml"),
            include_str!("../../tests/support/behaviour.toml")
        );
        let source = Source::parse("test", text);
        source
            .unwrap_or_else(|problems| panic!("{problems}"))
            .scenario()
            .clone()
    }

    fn asylum(removal: f64) -> Asylum {
        Asylum {
            grounds: 1 << Ground::Activism as u8,
            appeal: None,
            removal,
        }
    }

    /// A longer wait leaves less time for what a good claim brings, and less for what follows a poor one.
    #[test]
    fn a_longer_wait_is_good_for_poor_claims_and_bad_for_good_ones() {
        let scenario = scenario();
        let worth_of = |recognised, wait_days| {
            let prospect = Prospect {
                recognised,
                wait_days,
            };
            worth(&scenario, &asylum(0.3), Status::Protected, prospect)
        };
        assert!(worth_of(0.6, 700.0) < worth_of(0.6, 100.0));
        assert!(worth_of(0.1, 700.0) > worth_of(0.1, 100.0));
        // A horizon spent entirely waiting is the same for everybody, however long the wait.
        assert_eq!(worth_of(0.1, 1e5), worth_of(0.9, 2e5));
    }

    #[test]
    fn an_appeal_adds_a_chance_and_a_wait() {
        let mut asylum = asylum(0.0);
        let without = prospect(0.7, 0.5, &asylum, [200.0, 100.0]);
        assert!((without.recognised - 0.35).abs() < 1e-12);
        assert_eq!(without.wait_days, 200.0);
        asylum.appeal = Some(Appeal {
            grant: 0.2,
            decision: None,
        });
        let with = prospect(0.7, 0.5, &asylum, [200.0, 100.0]);
        assert!((with.recognised - (0.35 + 0.65 * 0.14)).abs() < 1e-12);
        assert!((with.wait_days - 265.0).abs() < 1e-9);
    }
}
