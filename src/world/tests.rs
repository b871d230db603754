//! Rules at a date, lifted rules, rules by segment, and rules as people hear of them.

use super::{ChannelRules, Recall, RuleSet, Rules, Versions};
use crate::scenario::{Lifted, RenewalKind, Scenario, Source, Status};
use crate::units::day_number;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::Arc;

const ACTIVISTS: usize = 0;
const OTHERS: usize = 1;
/// Channels, sorted by country and name.
const VISA_FREE: usize = 0;
const HUMANITARIAN: usize = 1;
const VISA: usize = 2;
/// Documents, sorted by name.
const PERMIT: usize = 1;
const VISA_HELD: usize = 2;

fn read(changes: &[(&str, &str)]) -> Arc<Scenario> {
    let mut text = format!(
        "{}\n{}",
        include_str!("../../tests/support/policies.toml"),
        include_str!("../../tests/support/behaviour.toml")
    );
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    match Source::parse("policies", &text) {
        Ok(source) => source.scenario().clone(),
        Err(problems) => panic!("{problems}"),
    }
}

fn policies() -> Arc<Scenario> {
    read(&[
        ("lag = \"0 days\"", "lag = \"4 weeks\""),
        ("lag_opening = \"0 days\"", "lag_opening = \"1 week\""),
    ])
}

/// The step that begins on a given day.
fn step(scenario: &Scenario, day: Date) -> usize {
    let steps = &scenario.calendar.steps;
    let found = steps.iter().position(|step| step.start == day);
    found.unwrap_or_else(|| panic!("no step begins on {day}"))
}

fn at(scenario: &Scenario, day: Date) -> Rules {
    Rules::at(scenario, step(scenario, day))
}

#[test]
fn segments_have_the_chances_that_files_and_events_give_them() {
    let scenario = policies();
    let first = Rules::at(&scenario, 0);
    let grants = |rules: &Rules, channel| {
        [ACTIVISTS, OTHERS].map(|segment| rules.channel(channel, segment).grant)
    };
    assert_eq!(grants(&first, VISA), [0.0, 1.0]);
    assert_eq!(grants(&first, HUMANITARIAN), [0.7, 0.2]);
    assert!(first.grants.tells_apart(VISA) && !first.grants.tells_apart(VISA_FREE));
    let later = at(&scenario, date(2030, 7, 1));
    assert_eq!(grants(&later, VISA), [1.0, 0.0]);
    assert_eq!(grants(&later, HUMANITARIAN), [0.7, 0.5]);
    // Half a day after the ramp of 20 days began.
    let begun = at(&scenario, date(2030, 6, 10)).channel(HUMANITARIAN, OTHERS);
    assert!((begun.grant - (0.2 + 0.3 * 0.5 / 20.0)).abs() < 1e-12);
    assert!(later.channel(VISA, ACTIVISTS).admits(0) && !later.channel(VISA, OTHERS).admits(0));
}

#[test]
fn facts_change_at_their_dates() {
    let scenario = policies();
    let (first, last) = (
        Rules::at(&scenario, 0),
        Rules::at(&scenario, scenario.calendar.steps.len() - 1),
    );
    let trips = |rules: &Rules| {
        rules
            .countries
            .iter()
            .map(|facts| facts.trips)
            .collect::<Vec<_>>()
    };
    assert_eq!(trips(&first), [0.0, 3500.0, 1000.0]);
    assert_eq!(trips(&last), [0.0, 2500.0, 1000.0]);
    assert_eq!(
        (first.countries[0].friction, last.countries[0].friction),
        (0.1, 0.3)
    );
    assert_eq!(
        (
            first.countries[1].price_index,
            last.countries[1].price_index
        ),
        (1.0, 1.2)
    );
    assert_eq!(
        (
            first.countries[2].cost_of_living,
            last.countries[2].price_index
        ),
        (500.0, 1.0)
    );
    // Bridge, harbour, pass.
    assert_eq!(first.borders[0].capacity_over(7.0), 420.0);
    assert_eq!(last.borders[0].capacity_over(7.0), 210.0);
    assert!(first.borders[1].capacity_over(7.0).is_infinite());
    assert_eq!(
        (last.borders[1].push_back, last.borders[1].hand_over),
        (0.2, 0.01)
    );
    assert!(first.borders[2].open && !last.borders[2].open);
    let rules = [&first, &last].map(|rules| rules.channels[HUMANITARIAN]);
    assert_eq!(
        rules.map(|rules| (rules.quota, rules.fee)),
        [(60.0, 0.0), (30.0, 50.0)]
    );
    let rules = [&first, &last].map(|rules| rules.channels[VISA_FREE]);
    assert_eq!(
        rules.map(|rules| (rules.stay_days, rules.window_days)),
        [(90.0, 180.0), (60.0, 120.0)]
    );
    assert_eq!(rules[0].renewal_by_re_entry(), Some((30.0, 0.85)));
    assert_eq!(rules[0].renewal_in_country(), None);
    assert_eq!(rules[1].renewal, RenewalKind::None);
    let needs = |held: u32| rules[0].has_documents(held);
    assert!(
        needs(0b001) && needs(0b010) && !needs(0b100),
        "passport or permit"
    );
}

#[test]
fn documents_run_out_evenly_once_issue_stops() {
    let scenario = policies();
    let stopped = f64::from(day_number(date(2030, 4, 1)) - day_number(scenario.calendar.start));
    let rules = at(&scenario, date(2030, 6, 3));
    let visa = rules.documents[VISA_HELD];
    assert_eq!(
        (visa.issued, visa.valid_days, visa.stopped),
        (false, 182.0, stopped)
    );
    let held = |time: f64| {
        (0..1000)
            .filter(|part| visa.is_held(time, f64::from(*part) / 1000.0))
            .count()
    };
    assert_eq!(held(stopped), 999);
    assert!(held(stopped + 91.0).abs_diff(500) <= 1);
    assert_eq!(held(stopped + 182.0), 0);
    // The permit is never issued in the period; the passport does not run out.
    assert_eq!(
        (
            rules.documents[PERMIT].issued,
            rules.documents[PERMIT].stopped
        ),
        (false, 0.0)
    );
    assert!(rules.documents[0].is_held(1e9, 0.0));
    let first = Rules::at(&scenario, 0);
    assert_eq!((first.running_out(), rules.running_out()), (0b010, 0b110));
    assert_eq!(rules.running_out_if_lifted(&first, Lifted::AsBefore), 0b010);
    assert_eq!(rules.running_out_if_lifted(&first, Lifted::AllOpen), 0);
}

#[test]
fn issue_that_stops_and_starts_at_one_instant_never_stopped() {
    let again = "[event.bars]\ndate = 2030-06-10\nset.\"document.permit.issued\" = true\n";
    let stops = "\n[event.once-more]\ndate = 2030-06-10\nset.\"document.permit.issued\" = false\n[event.sanctions]";
    let scenario = read(&[
        ("[event.bars]\ndate = 2030-06-10\n", again),
        ("\n[event.sanctions]", stops),
    ]);
    let permit = at(&scenario, date(2030, 6, 10)).documents[PERMIT];
    assert_eq!((permit.issued, permit.stopped), (false, 0.0));
}

#[test]
fn rules_change_only_where_they_may() {
    let scenario = policies();
    let mut before = Rules::at(&scenario, 0);
    let mut changed = 0;
    for step in 1..scenario.calendar.steps.len() {
        let now = Rules::at(&scenario, step);
        if now != before {
            assert!(Rules::may_change(&scenario, step), "step {step}");
            changed += 1;
        }
        before = now;
    }
    assert!(changed > 20, "{changed}");
}

#[test]
fn who_is_inside_is_recalled_by_events_that_apply_to_all() {
    let scenario = policies();
    let recall = Recall {
        channel: VISA_FREE as u16,
        admission: false,
        stay: true,
        status: false,
    };
    for index in 0..scenario.calendar.steps.len() {
        let expected = if index == step(&scenario, date(2030, 10, 7)) {
            vec![recall]
        } else {
            Vec::new()
        };
        assert_eq!(Rules::recalls(&scenario, index), expected, "step {index}");
    }
}

#[test]
fn versions_are_announced_and_lag_as_their_events_say() {
    let scenario = policies();
    let versions = Versions::of(&scenario);
    assert!(!versions.are_known_when_they_act(&scenario));
    let counts: Vec<usize> = (0..4)
        .map(|channel| versions.of_channel(channel).len())
        .collect();
    assert_eq!(
        counts,
        [1, 3, 2, 1],
        "stays, renewals and quotas make no version"
    );
    let days = |day: Date| f64::from(day_number(day) - day_number(scenario.calendar.start));
    let visa = versions.of_channel(VISA)[1];
    assert_eq!(visa.step, step(&scenario, date(2030, 6, 10)));
    assert_eq!(visa.date, day_number(date(2030, 6, 10)));
    assert_eq!(
        (visa.announced, visa.mean_lag),
        (days(date(2030, 5, 20)), 28.0),
        "bars others"
    );
    assert_eq!(visa.heard(0.5), visa.announced + 14.0);
    assert_eq!(visa.heard(1e9), visa.heard_by_all());
    let [first, opening, fee] = versions.of_channel(HUMANITARIAN) else {
        panic!("three versions");
    };
    assert!(first.heard_by_all() < days(scenario.calendar.start));
    assert_eq!((opening.announced, opening.mean_lag), (visa.announced, 7.0));
    assert_eq!(
        (fee.announced, fee.mean_lag),
        (days(date(2030, 7, 1)), 0.0),
        "known at once"
    );
}

#[test]
fn without_lag_and_announcement_what_is_believed_holds() {
    let scenario = read(&[("announced = 2030-05-20\n", "")]);
    assert!(Versions::of(&scenario).are_known_when_they_act(&scenario));
    let announced = read(&[]);
    assert!(!Versions::of(&announced).are_known_when_they_act(&announced));
}

#[test]
fn a_version_keeps_its_rules_and_shares_what_everybody_knows() {
    let scenario = policies();
    let versions = Versions::of(&scenario);
    let during = |day: Date| {
        let step = step(&scenario, day);
        versions.during(&scenario, step, &Rules::at(&scenario, step))
    };
    let grants = |rules: &super::VersionRules, channel, version| {
        [ACTIVISTS, OTHERS].map(|segment| rules.get(channel, version, segment).grant)
    };
    let early = during(date(2030, 5, 20));
    assert!(early.tells_apart(VISA, 0) && !early.tells_apart(VISA_FREE, 0));
    assert_eq!(grants(&early, VISA, 0), [0.0, 1.0]);
    // Not acting yet: as on the day on which it will act, ramps included.
    assert_eq!(grants(&early, VISA, 1), [1.0, 0.0]);
    let will_be = at(&scenario, date(2030, 6, 10))
        .channel(HUMANITARIAN, OTHERS)
        .grant;
    assert_eq!(early.get(HUMANITARIAN, 1, OTHERS).grant, will_be);
    let late = during(date(2030, 7, 8));
    assert_eq!(grants(&late, VISA, 0), [0.0, 1.0]);
    assert_eq!(late.get(HUMANITARIAN, 0, OTHERS).grant, 0.2);
    // The ramps of a version continue, and later versions are not part of it.
    let of_version = late.get(HUMANITARIAN, 1, OTHERS);
    assert_eq!((of_version.grant, of_version.fee), (0.5, 0.0));
    assert_eq!(late.get(HUMANITARIAN, 2, OTHERS).fee, 50.0);
    assert_eq!(late.get(HUMANITARIAN, 0, OTHERS).quota, 30.0);
    // The latest acting version is what holds.
    let step = step(&scenario, date(2030, 7, 8));
    let now = Rules::at(&scenario, step);
    for channel in 0..scenario.channels.len() {
        let latest = versions.of_channel(channel).len() - 1;
        for segment in 0..scenario.segments.len() {
            assert_eq!(
                late.get(channel, latest, segment),
                now.channel(channel, segment)
            );
        }
    }
}

fn any_rules() -> impl Strategy<Value = ChannelRules> {
    let gates = (any::<bool>(), 0_u64..8, 0_u32..8, 0_u32..8, 0_u8..8);
    let share = prop_oneof![Just(0.0), Just(1.0), 0.0_f64..1.0];
    (gates, any::<bool>(), share, 0.0_f64..100.0).prop_map(|(gates, permission, grant, fee)| {
        let (open, origins, needs, needs_any, requires) = gates;
        ChannelRules {
            open,
            origins,
            needs,
            needs_any,
            requires,
            permission,
            grant,
            fee,
            quota: f64::INFINITY,
            status: Status::Legal,
            stay_days: f64::INFINITY,
            window_days: f64::INFINITY,
            renewal: RenewalKind::None,
            renew_cost: 0.0,
            renew_success: 1.0,
        }
    })
}

proptest! {
    #[test]
    fn the_opener_opens_both(one in any_rules(), other in any_rules(), third in any_rules()) {
        let opener = one.opener(&other);
        prop_assert_eq!(opener, other.opener(&one));
        prop_assert!(opener.opens(&one) && opener.opens(&other) && one.opens(&one));
        prop_assert_eq!(opener.opener(&third), one.opener(&other.opener(&third)));
        for held in 0..8 {
            if one.has_documents(held) || other.has_documents(held) {
                prop_assert!(opener.has_documents(held));
            }
        }
    }

    /// Also where what is believed, what holds and what held on the first day all differ.
    #[test]
    fn each_rule_set_opens_the_one_before(
        believed in any_rules(),
        now in any_rules(),
        first in any_rules(),
    ) {
        let before = first.opener(&now);
        for lifted in [Lifted::AsBefore, Lifted::AllOpen] {
            let sets = RuleSet::ALL.map(|set| believed.under(set, &before, lifted));
            prop_assert_eq!(sets[0], believed);
            for pair in sets.windows(2) {
                prop_assert!(pair[1].opens(&pair[0]), "{:?}", pair);
            }
            prop_assert!(lifted == Lifted::AllOpen || sets[2].opens(&now.opener(&first)));
        }
    }
}
