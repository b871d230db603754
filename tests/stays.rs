//! Permitted stays: their last day, visa runs, windows of days, changes for all who are inside,
//! entries as a border counts them.

mod support;

use exeunt::engine::{Simulation, StepReport};
use exeunt::measure::Outcomes;
use exeunt::scenario::{Scenario, Status};
use exeunt::world::FlowEvent;
use std::sync::Arc;
use support::{flow, resumed, saved, simulation, transcript, watch};

/// Everybody of one segment leaves at once for a single country, day by day; `stay` is the table of
/// its channel, `more` what follows.
fn day_by_day(stay: &str, more: &str) -> Arc<Scenario> {
    let persons = support::persons_alike(2000, "1000 EUR/month", "10000 EUR");
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2031-06-30
step = "1 day"
{persons}ancestry = {{ XB = "10 %" }}
[country.XA]
name = "Origin"
population = "1 million persons"
wage = "1000 EUR/month"
[country.XB]
name = "Host"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.5
distance = {{ XA = "1000 km" }}
[country.XB.channel.way]
{stay}
{more}
"#
    );
    let behaviour = support::leaving_at("10000 %/year")
        .replace("home = 0.0", "home = -3.0")
        .replace("irregular = 1.0", "irregular = 90.0");
    support::parse("stays", &format!("{text}\n{behaviour}"))
}

/// Persons by day to whom each of some things happened.
fn by_day<const N: usize>(scenario: &Arc<Scenario>, events: [FlowEvent; N]) -> Vec<[u64; N]> {
    let mut days = Vec::new();
    watch(&mut simulation(scenario, 3, 2), |report| {
        if report.step.is_none() {
            return;
        }
        days.push(events.map(|event| flow(report, event)));
    });
    days
}

fn total(days: &[[u64; 2]], kind: usize) -> u64 {
    days.iter().map(|day| day[kind]).sum()
}

const FREE: &str = "gives = { status = \"temporary\" }";

#[test]
fn a_stay_of_a_year_ends_on_its_day_365() {
    let scenario = day_by_day(&format!("stay = {{ length = \"365 days\" }}\n{FREE}"), "");
    let days = by_day(&scenario, [FlowEvent::Arrived, FlowEvent::Expired]);
    for (day, [_, expired]) in days.iter().enumerate() {
        let arrived = day.checked_sub(365).map_or(0, |day| days[day][0]);
        assert_eq!(*expired, arrived, "day {day}");
    }
    assert!(total(&days, 1) >= 2000);
}

/// Whoever comes back and leaves again has got out once, also across a snapshot.
#[test]
fn getting_out_is_counted_once() {
    let month = format!("stay = {{ length = \"30 days\" }}\n{FREE}");
    let scenario = support::changed(&day_by_day(&month, ""), |scenario| {
        scenario.behaviour.expiry.home = 90.0;
        scenario.behaviour.expiry.irregular = -90.0;
    });
    let (mut left, mut out) = (0, 0);
    let mut count = |report: &StepReport<'_>| {
        left += flow(report, FlowEvent::Left);
        let segments = report.tally.segments.iter();
        out += segments.flat_map(|tally| tally.got_out).sum::<u64>();
    };
    let mut first = simulation(&scenario, 3, 2);
    for _ in 0..200 {
        first.step().unwrap_or_else(|error| panic!("{error}"));
        count(&first.report());
    }
    // (A simulation that goes on reports first where it stands.)
    let mut second = resumed(&scenario, &saved(&first));
    while second.steps_done() < scenario.calendar.steps.len() {
        second.step().unwrap_or_else(|error| panic!("{error}"));
        count(&second.report());
    }
    assert!(left > 3 * 2000, "{left}");
    assert_eq!(out, 2000);
}

const RUN: &str = "stay = { length = \"30 days\", renew = \"re-entry\", renew_cost = \"30 EUR\", renew_success = \"85 %\" }";

#[test]
fn a_visa_run_is_an_event_of_its_own_with_a_cost_and_a_risk() {
    // Nobody returns or stays without permission of its own choice.
    let scenario = support::changed(&day_by_day(&format!("{RUN}\n{FREE}"), ""), |scenario| {
        scenario.behaviour.expiry.home = -90.0;
    });
    let (mut runs, mut expired, mut arrived, mut returned) = (0, 0, 0, 0);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        for (key, persons) in &report.tally.flows {
            match key.event {
                FlowEvent::VisaRun => {
                    assert_eq!((key.from, key.to, key.channel), (1, 1, 0));
                    runs += persons;
                }
                FlowEvent::Expired => expired += persons,
                FlowEvent::Arrived => arrived += persons,
                FlowEvent::Returned => returned += persons,
                FlowEvent::Left => {}
                other => panic!("{other:?}"),
            }
        }
        // Who is not let in again is outside: it cannot stay without permission.
        assert_eq!(report.stocks.stay(1, 0, Status::Irregular), 0);
        let segment = &report.tally.segments;
        assert!(
            segment
                .iter()
                .all(|s| s.returned == s.returned_involuntarily)
        );
        assert_eq!(report.stocks.newcomers(1), arrived - returned);
    });
    assert_eq!(expired, runs + returned);
    let (share, error) = (
        runs as f64 / expired as f64,
        (0.85 * 0.15 / expired as f64).sqrt(),
    );
    assert!((share - 0.85).abs() < 4.0 * error, "{share}");
}

#[test]
fn a_closed_channel_lets_nobody_run_but_leaves_stays_alone() {
    let event = |who: &str| {
        format!(
            "{FREE}\n[event.shut]\ndate = 2030-03-12\napplies_to = \"{who}\"\n\
             set.\"country.XB.channel.way.open\" = false"
        )
    };
    let of = |who: &str| {
        let scenario = day_by_day(RUN, &event(who));
        by_day(&scenario, [FlowEvent::VisaRun, FlowEvent::Expired])
    };
    let new = of("new");
    assert!(total(&new[..70], 0) > 1000);
    assert_eq!(
        total(&new[70..], 0),
        0,
        "day 70 is the first on which it is shut"
    );
    assert!(new[70..100].iter().filter(|day| day[1] > 0).count() > 3);
    let all = of("all");
    assert_eq!(all[..70], new[..70]);
    assert!(all[70][1] > 1500, "all stays end on the day: {:?}", all[70]);
    assert_eq!(total(&all[71..], 1), 0);
}

#[test]
fn a_shorter_length_for_new_or_for_all() {
    let stays = |who: &str| {
        let event = format!(
            "{FREE}\n[event.shorter]\ndate = 2030-02-20\napplies_to = \"{who}\"\n\
             set.\"country.XB.channel.way.stay.length\" = \"49 days\""
        );
        let scenario = day_by_day("stay = { length = \"90 days\" }", &event);
        by_day(&scenario, [FlowEvent::Arrived, FlowEvent::Expired])
    };
    // Day 50 is the 20th of February: those of day 0 have overstayed the new length, those of
    // day 1 leave on it, the others on their own 49th day.
    let (new, all) = (stays("new"), stays("all"));
    assert_eq!(total(&new[..90], 1), 0);
    assert!((0..3).all(|day| new[90 + day][1] == new[day][0]));
    assert_eq!(total(&all[..50], 1), 0);
    assert_eq!(all[50][1], all[0][0] + all[1][0]);
    assert!((2..30).all(|day| all[49 + day][1] == all[day][0]));
}

#[test]
fn ninety_days_in_one_hundred_and_eighty_bar_who_has_used_them_up() {
    for (lifted, sees_a_bar) in [("as_before", false), ("all_open", true)] {
        let stay = format!("stay = {{ length = \"90 days\", within = \"180 days\" }}\n{FREE}");
        let more = format!("[model]\nlifted = \"{lifted}\"");
        let scenario = day_by_day(&stay, &more);
        let days = by_day(&scenario, [FlowEvent::Arrived, FlowEvent::Returned]);
        let last = days[..90].iter().rposition(|day| day[0] > 0).unwrap_or(0);
        assert!(last < 60, "everybody has come by then: {last}");
        assert_eq!(total(&days[..90], 0), 2000);
        // All are back on day 90 + last; the first who came may come again on day 180.
        assert_eq!(total(&days[..=90 + last], 1), 2000);
        assert_eq!(total(&days[90..180], 0), 0);
        assert!(total(&days[180..], 0) > 1900);
        // Nobody is turned back or stays longer: at most 90 days of any 180, taken over all.
        let turned = by_day(&scenario, [FlowEvent::TurnedBack, FlowEvent::VisaRun]);
        assert_eq!(total(&turned, 0), 0);
        let mut barred = 0;
        watch(&mut simulation(&scenario, 3, 1), |report| {
            barred += report.tally.segments[0].held[0];
        });
        assert_eq!(barred > 0, sees_a_bar, "{lifted}");
    }
}

#[test]
fn a_window_for_all_leaves_no_days_for_a_run() {
    // Ninety days, renewed by going out for an hour; then ninety in any 180 for all.
    let run = "stay = { length = \"90 days\", renew = \"re-entry\", renew_success = \"100 %\" }";
    let runs = |who: &str| {
        let event = format!(
            "{FREE}\n[event.window]\ndate = 2030-05-01\napplies_to = \"{who}\"\n\
             set.\"country.XB.channel.way.stay.within\" = \"180 days\""
        );
        let scenario = support::changed(&day_by_day(run, &event), |scenario| {
            scenario.behaviour.expiry.home = -90.0;
        });
        by_day(&scenario, [FlowEvent::VisaRun, FlowEvent::Expired])
    };
    let (new, all) = (runs("new"), runs("all"));
    // Day 120. For those who came first the second permit runs to their day 180; for all it ends at
    // once, for of the last 180 days they have spent more than 90.
    assert!(total(&new[..120], 0) > 1900);
    // Only those who came on day 30 or later reach the end of their first, and cannot run.
    assert_eq!(total(&new[120..180], 0), 0);
    assert!(total(&new[120..180], 1) < 20 && total(&new[180..], 1) > 1900);
    assert!(all[120][1] > 1900);
    assert_eq!(total(&all[120..], 0), 0, "no days are left for a run");
}

#[test]
fn a_law_of_return_is_for_those_of_the_ancestry_and_for_good() {
    let law = "requires = [\"ancestry\"]\ngives = { status = \"legal\" }";
    let scenario = day_by_day(law, "");
    let mut last = (0, 0);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        last = (
            report.stocks.newcomers(1),
            report.stocks.stay(1, 0, Status::Legal),
        );
    });
    assert_eq!(last.0, last.1);
    let error = (2000.0_f64 * 0.1 * 0.9).sqrt();
    assert!((last.0 as f64 - 200.0).abs() < 4.0 * error, "{last:?}");
}

#[test]
fn ordinary_trips_are_counted_and_nothing_else() {
    let scenario = day_by_day(FREE, "");
    let with = support::changed(&scenario, |scenario| {
        let flow = exeunt::units::PersonFlow::from_per_month(1000.0);
        scenario.countries[1].travel_base[0] = flow;
    });
    assert!(
        transcript(&mut simulation(&scenario, 5, 1)) == transcript(&mut simulation(&with, 5, 1))
    );
    let mut trips = 0;
    watch(&mut simulation(&with, 5, 1), |report| {
        trips += report.countries[1].trips
    });
    // 546 days: nothing is lost by counting whole persons day by day.
    assert_eq!(
        trips,
        (1000.0 * 546.0 / exeunt::units::DAYS_PER_MONTH) as u64
    );
}

#[test]
fn policies_of_every_kind_on_any_threads_and_from_a_snapshot() {
    let behaviour = support::with_money(support::BEHAVIOUR);
    let text = format!("{}\n{behaviour}", support::POLICIES);
    let scenario = support::parse("policies", &text);
    let straight = transcript(&mut simulation(&scenario, 7, 1));
    assert!(straight == transcript(&mut simulation(&scenario, 7, 2)));
    let mut first = simulation(&scenario, 7, 2);
    for _ in 0..30 {
        first.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let snapshot = support::saved(&first);
    let rest = transcript(&mut support::resumed(&scenario, &snapshot));
    // The report of the resumed run opens without a tally; all later lines are the same.
    let later = |text: &str| {
        text.lines()
            .rev()
            .take(20)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(later(&straight), later(&rest));
    let without = support::changed(&scenario, |scenario| scenario.behaviour.money = None);
    let refused = Simulation::resume(without, &snapshot).err();
    assert!(refused.is_some_and(|error| error.to_string().contains("money")));
}

/// A way in that was irregular and is legal from a day on: who comes then has entered legally.
#[test]
fn irregular_entries_are_those_of_the_rules_of_their_day() {
    let scenario = day_by_day(
        "stay = { length = \"1000 days\" }\ngives = { status = \"irregular\" }",
        "[event.legal]\ndate = 2030-01-11\nset.\"country.XB.channel.way.gives.status\" = \"temporary\"",
    );
    let mut outcomes = Outcomes::new(&scenario);
    let (mut before, mut all) = (0, 0);
    let mut simulation = simulation(&scenario, 3, 2);
    watch(&mut simulation, |report| {
        outcomes.record(report);
        let arrived = flow(report, FlowEvent::Arrived);
        all += arrived;
        before += if report.step.is_some_and(|step| step < 10) {
            arrived
        } else {
            0
        };
    });
    let found = outcomes.finish();
    let irregular = found
        .iter()
        .find(|outcome| outcome.id == "irregular_entries");
    assert!(before > 0 && all > before, "{before} of {all}");
    assert_eq!(irregular.map(|outcome| outcome.value), Some(before as f64));
}

/// A grant of nothing ends stays as a channel that is shut does.
#[test]
fn a_grant_of_nothing_concerns_those_inside() {
    let days = |change: &str| {
        let event = format!("[event.over]\ndate = 2030-03-01\napplies_to = \"all\"\n{change}");
        let stay = "permission = true\ngrant = \"100 %\"\nstay = { length = \"1000 days\" }\n\
                    gives = { status = \"temporary\" }";
        let scenario = day_by_day(stay, &event);
        by_day(&scenario, [FlowEvent::Expired])
    };
    let shut = days("set.\"country.XB.channel.way.open\" = false");
    let refused = days("set.\"country.XB.channel.way.grant\" = \"0 %\"");
    let ended: u64 = refused.iter().map(|day| day[0]).sum();
    assert!(ended > 100, "{ended}");
    assert_eq!(shut, refused);
}

/// A country to which no way leads needs no distance to the others, and changes nobody's life.
#[test]
fn a_country_without_ways_changes_no_life() {
    let stay = "stay = { length = \"100 days\" }\ngives = { status = \"temporary\" }";
    let apart = "[country.XC]\nname = \"Apart\"\npopulation = \"2 million persons\"\nwage = \"900 EUR/month\"\nsafety = 0.5\n";
    let events = [FlowEvent::Left, FlowEvent::Expired];
    let [alone, beside] = ["", apart].map(|more| by_day(&day_by_day(stay, more), events));
    assert!(total(&alone, 0) > 1000, "{alone:?}");
    assert_eq!(alone, beside);
}
