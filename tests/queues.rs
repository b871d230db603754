//! Applications, quotas and borders: what a small scenario must show if the rules hold.

mod support;

use exeunt::engine::{RunOptions, Simulation, StepReport};
use exeunt::scenario::{Scenario, Step};
use exeunt::units::Rate;
use exeunt::world::{FlowEvent, QueueTally};
use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use support::{POLICIES, changed, flow, flow_of, scenario, simulation, transcript, watch};

/// One origin, one or two destinations; `channel` and `more` are written into it.
fn small(channel: &str, more: &str) -> Arc<Scenario> {
    scenario(
        "small",
        &format!(
            r#"
title = "Small"
currency = "EUR"
[time]
start = 2030-01-07
end = 2030-12-29
step = "1 week"
[segment.people]
origin = "XA"
size = 6000
age = "30 years"
renters = "0 %"
male = "50 %"
higher_education = "50 %"
dissent = 0.5
planner = "100 %"
income = "1000 EUR/month"
savings = "10000 EUR"
[country.XA]
name = "Uplandia"
population = "3 million persons"
wage = "900 EUR/month"
unemployment = "8 %"
repression = 0.2
position = [48.0, 16.0]
[country.XB]
name = "Neighbourland"
population = "1 million persons"
wage = "700 EUR/month"
safety = 0.5
unemployment = "8 %"
position = [47.0, 20.0]
[country.XC]
name = "Coastia"
population = "9 million persons"
wage = "1800 EUR/month"
safety = 0.9
unemployment = "8 %"
position = [45.5, 13.0]
[country.XC.channel.entry]
gives = {{ status = "legal" }}
{channel}
{more}"#
        ),
    )
}

/// Persons on some ways, from and to, to whom something happened in a step.
fn flows(report: &StepReport<'_>, event: FlowEvent, chosen: impl Fn(u16, u16) -> bool) -> u64 {
    flow_of(report, event, |key| chosen(key.from, key.to))
}

fn queue(report: &StepReport<'_>) -> QueueTally {
    match report.waiting.queues[..] {
        [queue] => queue,
        ref other => panic!("{other:?}"),
    }
}

/// Places gone by calendar month of a run in which no step crosses the end of a month.
fn used_by_month(scenario: &Arc<Scenario>, seed: u64) -> BTreeMap<(i16, i8), u64> {
    let mut used = BTreeMap::new();
    watch(&mut simulation(scenario, seed, 2), |report| {
        if report.step.is_some() {
            let month = (report.date.year(), report.date.month());
            *used.entry(month).or_insert(0) += queue(report).used;
        }
    });
    used
}

#[test]
fn a_quota_is_used_up_and_never_exceeded_and_the_rest_waits() {
    let scenario = small(
        "permission = true\nquota = { size = \"40 persons/month\" }",
        "",
    );
    let (mut applied, mut decided, mut granted) = (0, 0, 0);
    let mut elapsed = BTreeMap::new();
    watch(&mut simulation(&scenario, 3, 2), |report| {
        applied += flow(report, FlowEvent::Applied);
        granted += flow(report, FlowEvent::Granted);
        let queue = queue(report);
        decided += queue.decided;
        // Without a decision time a place is a decision.
        assert_eq!(queue.used, queue.decided);
        assert_eq!(report.waiting.applying, [queue.waiting]);
        assert_eq!(report.waiting.applying_to, [0, 0, queue.waiting]);
        assert_eq!(applied, decided + queue.waiting);
        elapsed.insert(report.date, decided);
    });
    assert_eq!(granted, decided, "a grant of 100 %");
    assert!(applied > 2 * decided, "{applied} for {decided} places");
    // 6 days gone before the scenario began count as elapsed: floor(40 x 7k / 31) of January.
    let at = |day: Date| elapsed.get(&day).copied();
    let date = jiff::civil::date;
    assert_eq!(at(date(2030, 1, 13)), Some(40 * 13 / 31));
    assert_eq!(at(date(2030, 1, 27)), Some(40 * 27 / 31));
    // The end of January lies in the step to 3 February.
    assert_eq!(at(date(2030, 2, 3)), Some(40 + 40 * 3 / 28));
    assert_eq!(at(date(2030, 12, 29)), Some(11 * 40 + 40 * 29 / 31));
}

#[test]
fn places_of_a_quiet_week_are_had_later_in_the_month_and_lapse_with_it() {
    // Nobody can apply before 18 February; 11 days of the quota of February are kept, none of January.
    let scenario = small(
        "open = false\npermission = true\nquota = { size = \"28 persons/month\" }",
        "[country.XB.channel.free]\ngives = { status = \"temporary\" }\n\
         [event.opens]\ndate = 2030-02-18\nset.\"country.XC.channel.entry.open\" = true\n",
    );
    let mut used = Vec::new();
    watch(&mut simulation(&scenario, 3, 2), |report| {
        used.push((report.date, queue(report).used));
    });
    let of = |month, day| {
        let date = jiff::civil::date(2030, month, day);
        used.iter()
            .find(|(other, _)| *other == date)
            .map(|(_, used)| *used)
    };
    assert_eq!(of(2, 17), Some(0));
    assert_eq!(of(2, 24), Some(24));
    assert_eq!(of(3, 3), Some(4 + 28 * 3 / 31));
}

#[test]
fn who_applied_first_is_served_first() {
    // All apply in the first half of the year and are served through all of it.
    let scenario = small(
        "permission = true\nquota = { size = \"60 persons/month\" }",
        "[event.full]\ndate = 2030-03-04\nset.\"country.XC.channel.entry.quota.size\" = \"10 persons/month\"\n",
    );
    let (mut longest, mut wait) = (0, 0);
    watch(&mut simulation(&scenario, 5, 2), |report| {
        let queue = queue(report);
        if let Some(days) = queue.median_wait_days.filter(|_| queue.decided > 0) {
            // The queue only grows longer, so that waits do: by order nobody overtakes.
            assert!(days + 7 >= wait, "{days} after {wait} days");
            wait = days;
            longest = longest.max(days);
        }
    });
    assert!(longest > 200, "{longest}");
}

#[test]
fn a_decision_takes_its_time() {
    let scenario = small(
        "permission = true\ngrant = \"60 %\"\ndecision = \"20 days\"",
        "",
    );
    let (mut waits, mut flows) = (Vec::new(), [0_u64; 4]);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        let queue = queue(report);
        assert_eq!(
            (queue.waiting, queue.quota),
            (0, None),
            "a place is had at once"
        );
        waits.extend(queue.median_wait_days);
        let events = [
            FlowEvent::Applied,
            FlowEvent::Granted,
            FlowEvent::Refused,
            FlowEvent::Left,
        ];
        for (sum, event) in flows.iter_mut().zip(events) {
            *sum += flow(report, event);
        }
        // The first decisions fall 20 days after the first day.
        if report.date < jiff::civil::date(2030, 1, 27) {
            assert_eq!(queue.decided, 0);
        }
        assert_eq!(
            flows[0],
            flows[1] + flows[2] + report.waiting.applying.iter().sum::<u64>()
        );
    });
    assert!(
        waits.len() > 40 && waits.iter().all(|days| *days == 20),
        "{waits:?}"
    );
    let [_, granted, refused, left] = flows;
    assert_eq!(granted, left);
    let share = granted as f64 / (granted + refused) as f64;
    assert!((share - 0.6).abs() < 0.05, "{share}");
}

#[test]
fn who_waits_when_the_channel_shuts_is_refused() {
    let scenario = small(
        "permission = true\nquota = { size = \"20 persons/month\" }",
        "[event.shuts]\ndate = 2030-06-03\nset.\"country.XC.channel.entry.open\" = false\n",
    );
    let mut waiting = 0;
    watch(&mut simulation(&scenario, 3, 2), |report| {
        if report.date == jiff::civil::date(2030, 6, 9) {
            assert!(waiting > 100);
            assert_eq!(flow(report, FlowEvent::Refused), waiting);
            assert_eq!(queue(report).decided, waiting);
            assert!(report.stocks.segments[0].held[0] >= waiting);
        } else {
            assert_eq!(flow(report, FlowEvent::Refused), 0);
        }
        waiting = queue(report).waiting;
    });
    assert_eq!(waiting, 0);
}

#[test]
fn persons_abroad_wait_where_they_are() {
    let scenario = small(
        "apply_from = [\"abroad\"]\npermission = true\nquota = { size = \"30 persons/month\" }\ndecision = \"10 days\"",
        "[country.XB.channel.free]\ngives = { status = \"temporary\" }\nstay = { length = \"200 days\" }\n",
    );
    let (mut applied, mut decided, mut granted, mut moved, mut lapsed) = (0, 0, 0, 0, 0);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        assert_eq!(flows(report, FlowEvent::Applied, |from, _| from != 1), 0);
        applied += flow(report, FlowEvent::Applied);
        decided += queue(report).decided;
        granted += flow(report, FlowEvent::Granted);
        moved += flow(report, FlowEvent::MovedOn);
        let pending = report.waiting.applying_to[2];
        assert!(pending <= report.stocks.newcomers(1));
        assert_eq!(report.waiting.applying, [0], "nobody applies from home");
        let gone = applied - decided - pending;
        assert!(gone >= lapsed, "what has lapsed stays lapsed");
        lapsed = gone;
    });
    assert_eq!(granted, moved);
    assert!(moved > 100 && lapsed > 0, "{moved} {lapsed}");
}

/// Who may return or move on in the step of the decision, but does not before it, is decided on in that step: with a week
/// for each, all who wait at the end of a week have applied in it.
#[test]
fn what_might_have_come_first_puts_off_no_decision() {
    let scenario = small(
        "apply_from = [\"abroad\"]\npermission = true\ndecision = \"7 days\"",
        "[country.XB.channel.free]\ngives = { status = \"temporary\" }\n",
    );
    let scenario = changed(&scenario, |scenario| {
        scenario.behaviour.onward.hazard = Rate::from_per_year(5.0);
        scenario.behaviour.return_.hazard = Rate::from_per_year(5.0);
    });
    let mut decided = 0;
    watch(&mut simulation(&scenario, 3, 2), |report| {
        decided += queue(report).decided;
        let pending = report.waiting.applying_to[2];
        assert_eq!(pending, flow(report, FlowEvent::Applied), "{}", report.date);
    });
    assert!(decided > 100, "{decided}");
}

const BORDERS: &str = r#"
[border.bridge]
from = "XA"
to = "XB"
capacity = "5 persons/day"
[border.harbour]
from = "XB"
to = "XC"
push_back = "20 %"
hand_over = "10 %"
[border.pass]
from = "XA"
to = "XC"
"#;

#[test]
fn nobody_passes_a_border_beyond_its_capacity() {
    let scenario = small("routes = [[\"bridge\", \"harbour\"]]", BORDERS);
    let mut sums = [0_u64; 5];
    let (mut full, mut steps, mut incomes) = (0, 0, [0, 0]);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        let transited = flows(report, FlowEvent::Transited, |from, to| {
            (from, to) == (0, 1)
        });
        assert_eq!(flow(report, FlowEvent::Left), transited);
        assert!(transited <= 35);
        full += u64::from(transited == 35);
        steps += 1;
        let events = [
            FlowEvent::Left,
            FlowEvent::Arrived,
            FlowEvent::TurnedBack,
            FlowEvent::HandedOver,
            FlowEvent::Returned,
        ];
        for (sum, event) in sums.iter_mut().zip(events) {
            *sum += flow(report, event);
        }
        for tally in &report.tally.segments {
            incomes[0] += tally.left_income;
            incomes[1] += tally.returned_income;
        }
        // The bridge is the only place to wait at, and it is at home.
        assert_eq!(report.waiting.in_transit, [0, 0, 0]);
        assert_eq!(report.stocks.segments[0].abroad, sums[1] - sums[4]);
    });
    assert!(full > steps / 2, "{full} of {steps} steps");
    let [left, arrived, pushed, handed, returned] = sums;
    assert_eq!(left, arrived + pushed + handed);
    let share = |part: u64| part as f64 / left as f64;
    assert!((share(handed) - 0.1).abs() < 0.03, "{}", share(handed));
    assert!((share(pushed) - 0.18).abs() < 0.04, "{}", share(pushed));
    // What those who are brought home earn is not gone either.
    let home = share(pushed + handed + returned);
    let earned = incomes[1] as f64 / incomes[0] as f64;
    assert!((earned / home - 1.0).abs() < 0.1, "{earned} {home}");
}

#[test]
fn who_waits_on_the_way_is_in_transit() {
    let borders = BORDERS
        .replace("capacity = \"5 persons/day\"\n", "")
        .replace("push_back", "capacity = \"3 persons/day\"\npush_back");
    let scenario = small("routes = [[\"bridge\", \"harbour\"]]", &borders);
    let scenario = changed(&scenario, |scenario| scenario.segments[0].active = 1.0);
    let (mut before, mut most) = (0, 0);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        let [_, transit, _] = report.waiting.in_transit[..] else {
            panic!("three countries")
        };
        let out = |event| flows(report, event, |from, _| from == 1);
        let passed = flow(report, FlowEvent::Arrived)
            + out(FlowEvent::TurnedBack)
            + out(FlowEvent::HandedOver);
        assert!(passed <= 21);
        assert_eq!(before + flow(report, FlowEvent::Left) - passed, transit);
        assert_eq!(
            report.stocks.segments[0].abroad,
            transit + report.stocks.newcomers(2)
        );
        assert_eq!(report.stocks.newcomers(1), 0);
        // All are active, and who is brought home from the way is an exile no more.
        let stocks = &report.stocks.segments[0];
        assert_eq!(stocks.abroad_active, stocks.abroad);
        before = transit;
        most = most.max(transit);
    });
    assert!(most > 100, "{most}");
}

#[test]
fn a_way_that_is_shut_is_gone_around_or_ends_at_home() {
    let borders = BORDERS.replace("20 %", "0 %").replace("10 %", "0 %");
    let scenario = small(
        "routes = [[\"bridge\", \"harbour\"], [\"pass\"]]",
        &format!(
            "{borders}\n[event.harbour]\ndate = 2030-05-06\nset.\"border.harbour.open\" = false\n\
             [event.pass]\ndate = 2030-09-02\nset.\"border.pass.open\" = false\n"
        ),
    );
    let date = jiff::civil::date;
    let mut departing = 0;
    watch(&mut simulation(&scenario, 3, 2), |report| {
        let transited = flow(report, FlowEvent::Transited);
        let (left, back) = (
            flow(report, FlowEvent::Left),
            flow(report, FlowEvent::TurnedBack),
        );
        if report.date < date(2030, 5, 6) {
            assert_eq!((transited, back), (left, 0));
        } else if report.date < date(2030, 9, 2) {
            assert_eq!((transited, back), (0, 0));
            // Who waited at the bridge takes the pass at once.
            if report.date == date(2030, 5, 12) {
                assert!(left > 70, "{left} of {departing}");
            }
        } else {
            assert_eq!((transited, left), (0, 0));
        }
        departing = report.stocks.segments[0].departing;
    });
}

/// Quota, decision times, borders and their queues, from home and from abroad.
fn policies() -> Arc<Scenario> {
    scenario("policies", POLICIES)
}

#[test]
fn threads_and_a_pause_in_a_queue_do_not_matter() {
    let scenario = policies();
    let mut seen = (0, 0);
    let mut one = simulation(&scenario, 7, 1);
    watch(&mut one, |report| {
        let waiting = report.waiting.queues.iter().map(|queue| queue.waiting);
        seen.0 += waiting.sum::<u64>();
        seen.1 += report
            .stocks
            .segments
            .iter()
            .map(|s| s.departing)
            .sum::<u64>();
    });
    assert!(seen.0 > 0 && seen.1 > 0, "{seen:?}");
    let one = course(&mut simulation(&scenario, 7, 1));
    for threads in [2, 7] {
        assert!(
            one == course(&mut simulation(&scenario, 7, threads)),
            "{threads} threads"
        );
    }
    // Paused in the middle of a month, of queues and of a week of places.
    let mut straight = simulation(&scenario, 7, 2);
    for _ in 0..32 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let mut resumed = support::resumed(&scenario, &support::saved(&straight));
    for simulation in [&mut straight, &mut resumed] {
        simulation.step().unwrap_or_else(|error| panic!("{error}"));
    }
    assert!(course(&mut straight) == course(&mut resumed));
    assert!(straight.snapshot() == resumed.snapshot());
}

/// All that is seen of a run, those who wait included.
fn course(simulation: &mut Simulation) -> String {
    let mut waiting = String::new();
    let mut reports = support::Transcript::default();
    watch(simulation, |report| {
        waiting.push_str(&format!("{:?}\n", report.waiting));
        exeunt::engine::Observer::record(&mut reports, report);
    });
    waiting + &reports.0
}

#[test]
fn agents_of_several_persons_share_places_of_one() {
    let scenario = small(
        "permission = true\nquota = { size = \"15 persons/month\" }",
        "",
    );
    let options = RunOptions {
        seed: 3,
        scale: 10,
        ..RunOptions::default()
    };
    let mut simulation = Simulation::new(scenario, options).unwrap_or_else(|e| panic!("{e}"));
    let mut used = 0;
    watch(&mut simulation, |report| used += queue(report).used);
    // 11 whole months of 15, and of December floor(15 x 29 / 31) = 14: 179 persons, 17 agents.
    assert_eq!(used, 17);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Steps of a day show every month by itself.
    #[test]
    fn no_month_has_more_places_than_its_quota(size in 1_u32..120, day in 1_i8..29, seed in 0_u64..1000) {
        let start = jiff::civil::date(2030, 1, day);
        let scenario = support::changed(&small(
            &format!("permission = true\nquota = {{ size = \"{size} persons/month\" }}\ndecision = \"5 days\""),
            "[event.more]\ndate = 2030-03-04\nset.\"country.XC.channel.entry.quota.size\" = \"130 persons/month\"\n",
        ), |scenario| {
            scenario.calendar.start = start;
            scenario.calendar.end = jiff::civil::date(2030, 5, 20);
            scenario.calendar.steps = (0..)
                .map(|days| start.checked_add(jiff::Span::new().days(days)).unwrap_or(start))
                .take_while(|date| *date <= scenario.calendar.end)
                .map(|start| exeunt::scenario::Step { start, days: 1 })
                .collect();
            scenario.events.iter_mut().for_each(|event| {
                let acts = scenario.calendar.steps.iter().position(|step| step.start == event.date);
                event.step = acts.unwrap_or(0);
            });
        });
        for ((_, month), used) in used_by_month(&scenario, seed) {
            let most = if month < 3 { u64::from(size) } else { 130 };
            prop_assert!(used <= most, "{used} in month {month}");
        }
    }

    /// A day's capacity over steps of any length.
    #[test]
    fn no_step_has_more_passing_than_the_capacity(capacity in 1_u32..9, days in 1_u16..20, seed in 0_u64..1000) {
        let text = BORDERS.replace("5 persons/day", &format!("{capacity} persons/day"));
        let scenario = small("routes = [[\"bridge\", \"harbour\"], [\"pass\"]]", &text);
        let scenario = support::changed(&scenario, |scenario| in_steps_of(scenario, days));
        let mut failed = None;
        watch(&mut simulation(&scenario, seed, 2), |report| {
            let passed = flow(report, FlowEvent::Transited);
            if passed > u64::from(capacity) * u64::from(report.days) {
                failed = Some((report.date, passed));
            }
        });
        prop_assert_eq!(failed, None);
    }
}

#[test]
fn without_queues_and_borders_nothing_is_counted() {
    let mut simulation = simulation(&support::rich(), 7, 2);
    let report = simulation.report().waiting.clone();
    assert!(!report.has_queues && !report.has_borders && report.queues.is_empty());
    assert!(transcript(&mut simulation).len() > 1000);
}

/// What a border lets pass in a week is what is written, also where seven days of a day's share make a hair less, and
/// in steps of a day, for which there is less than a person.
#[test]
fn a_capacity_by_the_week_is_that_of_a_week() {
    for (capacity, days) in [5, 7, 10, 11, 54]
        .into_iter()
        .flat_map(|one| [(one, 7), (one, 1)])
    {
        let border = format!(
            "[border.bridge]\nfrom = \"XA\"\nto = \"XC\"\ncapacity = \"{capacity} persons/week\""
        );
        let scenario = support::changed(&small("routes = [[\"bridge\"]]", &border), |scenario| {
            in_steps_of(scenario, days)
        });
        let mut arrived = Vec::new();
        watch(&mut simulation(&scenario, 3, 2), |report| {
            if report.step.is_some() {
                arrived.push(flow(report, FlowEvent::Arrived));
            }
        });
        let weeks = arrived.chunks_exact(7 / usize::from(days));
        let weeks: Vec<u64> = weeks.map(|week| week.iter().sum()).collect();
        assert!(weeks.iter().all(|passed| *passed <= capacity), "{weeks:?}");
        // More come than pass: once the queue has grown, every week is full.
        let full = weeks.iter().rev();
        let full = full.take_while(|passed| **passed == capacity).count();
        assert!(full >= 20, "{capacity} in steps of {days} days: {weeks:?}");
    }
}

/// Divides a scenario of 200 days or more into steps of equal length.
fn in_steps_of(scenario: &mut Scenario, days: u16) {
    let start = scenario.calendar.start;
    let day = |number: i64| {
        let span = jiff::Span::new().days(number);
        start.checked_add(span).unwrap_or(start)
    };
    scenario.calendar.steps = (0..)
        .map(|step| step * i64::from(days))
        .take_while(|first| first + i64::from(days) <= 200)
        .map(|first| Step {
            start: day(first),
            days,
        })
        .collect();
}
