//! Planted faults have to be rejected by the comparison that accepts the sound engine.

use crate::agreement::{runs, seeds};
use crate::compare::agree;
use crate::faults::Fault;
use crate::sample::{Numbers, Sample};
use crate::scenarios::{
    border, circles, custody, enrolled, kindred, mistakes, moods, offices, passes, pool, purses,
    refuge, rumours, visitors, voices, wave,
};
use crate::sound::sound;
use crate::step::run;
use exeunt::scenario::{BarredOnly, Scenario};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Runs of the slow engine with a fault planted in it, made as far as they are asked for.
struct Faulty<'a> {
    scenario: &'a Scenario,
    fault: Fault,
    made: RefCell<BTreeMap<u64, Numbers>>,
}

impl<'a> Faulty<'a> {
    fn new(scenario: &'a Scenario, fault: Fault) -> Self {
        Self {
            scenario,
            fault,
            made: RefCell::default(),
        }
    }

    fn sample(&self, seeds: Range<u64>) -> Sample {
        let mut made = self.made.borrow_mut();
        let mut sample = Sample::default();
        for seed in seeds {
            let numbers = made.entry(seed).or_insert_with(|| {
                Numbers::of(self.scenario, &run(self.scenario, seed, self.fault))
            });
            sample.add(numbers.clone());
        }
        sample
    }

    /// Compares the slow engine with itself, with the fault planted in the second.
    fn verdict(&self, runs: usize) -> Result<usize, Vec<String>> {
        agree(
            |set| sound(self.scenario, seeds(2 * set, runs)),
            |set| self.sample(seeds(2 * set + 1, runs)),
        )
    }
}

/// Asserts that a fault is rejected by so many runs, in all of them where `EXEUNT_FULL_TESTS` asks for it; else fewer
/// are made first, which show most faults.
fn assert_rejected(scenario: &Scenario, fault: Fault, all: usize) {
    let name = &scenario.name;
    let faulty = Faulty::new(scenario, fault);
    let mut verdict = faulty.verdict(runs(all.div_ceil(2), all));
    if verdict.is_ok() {
        verdict = faulty.verdict(all);
    }
    match verdict {
        Ok(number) => panic!("{fault:?} passed {number} comparisons in {name}"),
        Err(found) => println!(
            "{fault:?} in {name}: {} disagreements, first {}",
            found.len(),
            found[0]
        ),
    }
}

#[test]
fn the_sound_engine_agrees_with_itself() {
    for scenario in enrolled() {
        let found = Faulty::new(&scenario, Fault::None).verdict(runs(2, 8));
        assert!(found.is_ok(), "{}: {found:#?}", scenario.name);
    }
}

#[test]
fn a_higher_hazard_of_leaving_is_rejected() {
    assert_rejected(&pool(), Fault::LeavingHigher, 24);
}

#[test]
fn swapped_channels_are_rejected() {
    assert_rejected(&border(), Fault::ChannelsSwapped, 6);
}

#[test]
fn late_rents_are_rejected() {
    assert_rejected(&pool(), Fault::RentsLate, 6);
}

#[test]
fn rents_felt_late_are_rejected() {
    assert_rejected(&pool(), Fault::RentsFeltLate, 16);
}

#[test]
fn fresh_shocks_for_the_held_are_rejected() {
    assert_rejected(&border(), Fault::FreshShocks, 6);
}

#[test]
fn a_higher_hazard_of_return_is_rejected() {
    assert_rejected(&wave(), Fault::ReturnHigher, 10);
}

#[test]
fn marks_accepted_in_proportion_are_rejected() {
    assert_rejected(&pool(), Fault::AcceptedInProportion { bound: 4.0 }, 6);
}

#[test]
fn visa_runs_without_risk_are_rejected() {
    assert_rejected(&visitors(), Fault::RunWithoutRisk, 6);
}

#[test]
fn documents_that_last_are_rejected() {
    assert_rejected(&visitors(), Fault::DocumentsLast, 6);
}

#[test]
fn forgotten_visits_are_rejected() {
    assert_rejected(&visitors(), Fault::VisitsForgotten, 6);
}

#[test]
fn changes_for_newcomers_alone_are_rejected() {
    assert_rejected(&visitors(), Fault::NobodyRecalled, 6);
}

#[test]
fn a_queue_in_reverse_is_rejected() {
    assert_rejected(&offices(), Fault::QueueReversed, 6);
}

#[test]
fn a_quota_carried_over_the_end_of_the_month_is_rejected() {
    assert_rejected(&offices(), Fault::QuotaCarried, 6);
}

#[test]
fn belief_without_a_lag_is_rejected() {
    assert_rejected(&rumours(), Fault::LagIgnored, 6);
}

#[test]
fn nobody_in_a_rush_is_rejected() {
    assert_rejected(&rumours(), Fault::NoRush, 6);
}

#[test]
fn departures_that_do_not_hurry_are_rejected() {
    assert_rejected(&rumours(), Fault::DatesKept, 6);
}

#[test]
fn more_than_a_border_lets_pass_is_rejected() {
    assert_rejected(&passes(), Fault::CapacityExceeded, 6);
}

#[test]
fn passing_a_border_by_identity_is_rejected() {
    assert_rejected(&passes(), Fault::CapacityByIdentity, 6);
}

#[test]
fn rent_that_is_not_paid_is_rejected() {
    assert_rejected(&purses(), Fault::RentUnpaid, 6);
}

#[test]
fn work_that_is_never_lost_is_rejected() {
    assert_rejected(&purses(), Fault::WorkKept, 6);
}

#[test]
fn ties_that_count_late_are_rejected() {
    assert_rejected(&circles(), Fault::TiesLate, 16);
}

#[test]
fn stronger_contagion_is_rejected() {
    assert_rejected(&circles(), Fault::ContagionStronger, 24);
}

#[test]
fn kin_who_do_not_draw_are_rejected() {
    assert_rejected(&kindred(), Fault::KinIgnored, 6);
}

#[test]
fn kin_who_draw_those_at_home_alone_are_rejected() {
    assert_rejected(&kindred(), Fault::KinIgnoredAbroad, 10);
}

#[test]
fn kin_who_tell_nobody_of_changes_are_rejected() {
    assert_rejected(&kindred(), Fault::LagOfStrangers, 10);
}

#[test]
fn refusals_that_nobody_tells_of_are_rejected() {
    assert_rejected(&kindred(), Fault::RefusalsUntold, 10);
}

#[test]
fn detentions_that_nobody_tells_of_are_rejected() {
    assert_rejected(&kindred(), Fault::DetentionsUntold, 10);
}

#[test]
fn late_attitudes_are_rejected() {
    assert_rejected(&moods(), Fault::AttitudesLate, 6);
}

#[test]
fn a_stronger_surprise_is_rejected() {
    assert_rejected(&moods(), Fault::SurpriseHigher, 6);
}

#[test]
fn returns_that_feel_no_hostility_are_rejected() {
    assert_rejected(&moods(), Fault::HostilityUnfelt, 6);
}

#[test]
fn hosts_who_ease_nothing_are_rejected() {
    assert_rejected(&moods(), Fault::NobodyHospitable, 6);
}

#[test]
fn a_higher_hazard_of_detention_is_rejected() {
    assert_rejected(&custody(), Fault::DetentionHigher, 10);
}

#[test]
fn police_without_limit_are_rejected() {
    assert_rejected(&custody(), Fault::PoliceUnlimited, 10);
}

#[test]
fn cases_that_are_forgotten_are_rejected() {
    assert_rejected(&custody(), Fault::CasesForgotten, 20);
}

#[test]
fn a_shield_that_does_not_protect_is_rejected() {
    assert_rejected(&custody(), Fault::ShieldIgnored, 10);
}

#[test]
fn more_called_up_than_are_to_be_is_rejected() {
    assert_rejected(&custody(), Fault::CallUpExceeded, 10);
}

#[test]
fn calling_up_by_identity_is_rejected() {
    assert_rejected(&custody(), Fault::CalledUpByIdentity, 10);
}

/// Bars on who is summoned or prosecuted, taken for bars on everybody.
#[test]
fn bars_on_everybody_are_rejected() {
    let scenario = custody();
    let mut blind = scenario.clone();
    for gate in &mut blind.exit_gates {
        gate.only = BarredOnly::default();
    }
    let verdict = agree(
        |set| sound(&scenario, seeds(2 * set, 6)),
        |set| sound(&blind, seeds(2 * set + 1, 6)),
    );
    assert!(verdict.is_err(), "{verdict:?}");
}

#[test]
fn voice_that_minds_no_other_is_rejected() {
    assert_rejected(&voices(), Fault::OthersUnheard, 10);
}

#[test]
fn voice_that_minds_no_exit_is_rejected() {
    assert_rejected(&voices(), Fault::ExitUnvalued, 10);
}

#[test]
fn the_confined_who_speak_are_rejected() {
    assert_rejected(&voices(), Fault::ConfinedSpeak, 10);
}

#[test]
fn activity_that_fades_from_arrival_is_rejected() {
    assert_rejected(&voices(), Fault::ActivityFromArrival, 10);
}

#[test]
fn a_story_that_acts_late_is_rejected() {
    assert_rejected(&voices(), Fault::NarrativeLate, 10);
}

#[test]
fn a_story_without_arrivals_is_rejected() {
    assert_rejected(&voices(), Fault::ContactsUnseen, 10);
}

#[test]
fn claims_that_mind_no_wait_are_rejected() {
    assert_rejected(&refuge(), Fault::WaitUnweighed, 10);
}

#[test]
fn evidence_that_never_errs_is_rejected() {
    assert_rejected(&refuge(), Fault::EvidenceSure, 6);
}

#[test]
fn appeals_decided_as_the_first_instance_are_rejected() {
    assert_rejected(&refuge(), Fault::AppealAsFirst, 6);
}

#[test]
fn removals_that_nobody_carries_out_are_rejected() {
    assert_rejected(&refuge(), Fault::NobodyRemoved, 6);
}

#[test]
fn mistakes_that_nobody_makes_are_rejected() {
    assert_rejected(&mistakes(), Fault::NoMistakes, 6);
}

#[test]
fn mistakes_drawn_at_every_attempt_are_rejected() {
    assert_rejected(&mistakes(), Fault::MistakesFresh, 10);
}
