//! The slow engine against closed forms of border policy, belief and money.

use crate::belief::{Hearing, Minds, Versions};
use crate::choice::View;
use crate::closed_forms::assert_binomial;
use crate::faults::Fault;
use crate::measures::{Event, Record};
use crate::persons::population;
use crate::replay::start_of;
use crate::rules::NOW;
use crate::scenarios::{alike, event, in_order, set, set_number};
use crate::step::run;
use crate::world::World;
use exeunt::scenario::{
    ApplyFrom, Border, Distribution, Document, Event as Dated, Field, MoneyAbroad, NewValue, Quota,
    Renewal, RenewalKind, Scenario, Stay,
};
use exeunt::units::{DAYS_PER_MONTH, DAYS_PER_YEAR, Duration, Money, MoneyFlow, PersonFlow};
use jiff::ToSpan;
use rand::SeedableRng;
use rand_pcg::Pcg64;

const ORIGIN: u16 = 4;
const FROM_HOME: ApplyFrom = ApplyFrom {
    home: true,
    abroad: false,
    border: false,
};
/// A hazard, per year, with which everybody leaves on the first day.
const AT_ONCE: f64 = 200.0 * DAYS_PER_YEAR;

/// Persons to whom something happened, a step.
fn happened(records: &[Record], event: Event) -> Vec<u64> {
    let of_step = |record: &Record| {
        let flows = record.flows.iter();
        flows
            .filter(|(flow, _)| flow.event == event)
            .map(|(_, persons)| persons)
            .sum()
    };
    records[1..].iter().map(of_step).collect()
}

/// Everybody leaves on the first day by the one channel that is open.
fn one_way(persons: u64, steps: &[u16]) -> Scenario {
    let mut scenario = alike(persons, AT_ONCE, steps);
    scenario.channels.truncate(1);
    scenario.channels[0].apply_from = FROM_HOME;
    scenario
}

/// Issue stops on day 30 and again on day 120, having begun again on day 90: a document valid for
/// 100 days is held at time t by the share 1 - (t - s) / 100.
#[test]
fn documents_run_out_evenly() {
    let mut scenario = alike(40_000, 0.0, &[10; 20]);
    scenario.documents = vec![Document {
        valid: Some(Duration::from_days(100.0)),
        ..Document::lasting("visa")
    }];
    scenario.segments[0].holds = vec![0.8];
    scenario.channels[0].needs = 1;
    let issued = |step, name, flag| {
        let change = set(Field::Issued, 0, NewValue::Flag(flag));
        event(&scenario.calendar, step, name, vec![change])
    };
    scenario.events = in_order(vec![
        issued(3, "none", false),
        issued(9, "again", true),
        issued(12, "no-more", false),
    ]);
    let persons = population(&scenario, &mut Pcg64::seed_from_u64(1));
    for (step, share) in [
        (2, 1.0),
        (3, 1.0),
        (5, 0.8),
        (8, 0.5),
        (9, 1.0),
        (12, 1.0),
        (19, 0.3),
    ] {
        let world = World::at(&scenario, step, vec![1.0; 5]);
        let sets = world.rule_sets(&scenario);
        let hold = |rule_set: usize| {
            let holders = persons.iter().filter(|person| {
                View::at_home(&scenario.behaviour, &world, &sets, person)
                    .under(rule_set)
                    .has_documents(0)
            });
            holders.count() as u64
        };
        assert_binomial(hold(NOW), 40_000, 0.8 * share, &format!("step {step}"));
        assert_binomial(hold(1), 40_000, 0.8, "with policy gates lifted");
    }
}

/// A stay of 10 days that is prolonged by runs, each with chance 0.75, and else ends at home.
#[test]
fn runs_end_at_home_where_they_fail() {
    let mut scenario = one_way(20_000, &[1, 5, 20]);
    scenario.channels[0].stay = Stay {
        length: Some(Duration::from_days(10.0)),
        within: None,
        renewal: Renewal {
            kind: RenewalKind::ReEntry,
            cost: Money::new(0.0),
            success: 0.75,
        },
    };
    // Nobody wants to go home or to stay without permission, but a run that fails leaves no choice.
    scenario.behaviour.expiry.home = -60.0;
    scenario.behaviour.expiry.irregular = 60.0;
    let records = run(&scenario, 2, Fault::None);
    let expired = happened(&records, Event::Expired)[2];
    assert_eq!(expired, 20_000);
    let runs = happened(&records, Event::VisaRun)[2];
    assert_binomial(runs, expired, 0.75, "runs");
    assert_eq!(
        records[3].segments[0].returned_involuntarily,
        expired - runs
    );
    assert_eq!(records[3].crossings.entries[0], runs);
}

/// 70 apply on the first day for 30 places a month: by day d of February 30 d / 28 are served, of
/// March 30 d / 31; who is served in step s has waited s - 1 whole days.
#[test]
fn a_saturated_queue_is_served_at_the_rate_of_the_quota() {
    let mut scenario = one_way(70, &[1; 90]);
    let channel = &mut scenario.channels[0];
    channel.permission = true;
    channel.quota = Some(Quota {
        size: PersonFlow::from_per_month(30.0),
    });
    for (decision, delay) in [(None, 0), (Some(Distribution::Constant(9.0)), 9)] {
        scenario.channels[0].decision = decision;
        let records = run(&scenario, 3, Fault::None);
        let arrived = happened(&records, Event::Arrived);
        let mut served = 0;
        let mut by_day = Vec::new();
        for step in 0..90_u64 {
            let so_far = match step {
                0..28 => 30 * (step + 1) / 28,
                28..59 => 30 + 30 * (step - 27) / 31,
                _ => 60 + 30 * (step - 58) / 30,
            };
            let served_before = served;
            served = so_far.min(70);
            by_day.push(served - served_before);
            let queue = &records[step as usize + 1].crossings.queues[0];
            assert_eq!(queue.used, served - served_before, "step {step}");
            assert_eq!(queue.waiting, 70 - served, "step {step}");
            if delay == 0 && queue.decided > 0 {
                assert_eq!(queue.median_wait, Some(step.saturating_sub(1)));
            }
        }
        // A decision falls nine days after the place, which is had at the beginning of a step.
        let expected: Vec<u64> = (0..90)
            .map(|step: usize| step.checked_sub(delay).map_or(0, |had| by_day[had]))
            .collect();
        assert_eq!(arrived, expected);
    }
}

/// An announcement on day 10 with a mean lag of 20 days, of what acts on day 30; and of a second
/// version, announced on day 40, that acts on day 60.
#[test]
fn the_share_that_has_heard() {
    let mut scenario = alike(1, 0.0, &[10; 10]);
    scenario.behaviour.belief.lag = Duration::from_days(20.0);
    let change = |step, name, days_before: i64, fee| {
        let acts = event(
            &scenario.calendar,
            step,
            name,
            vec![set_number(Field::Fee, 0, fee)],
        );
        Dated {
            announced: acts.date.checked_sub(days_before.days()).ok(),
            known_at_once: false,
            ..acts
        }
    };
    scenario.events = vec![change(3, "first", 20, 10.0), change(6, "second", 20, 20.0)];
    let versions = Versions::of(&scenario);
    let mut rng = Pcg64::seed_from_u64(4);
    let persons = 40_000;
    let hearing: Vec<Hearing> = (0..persons).map(|_| versions.hearing(&mut rng)).collect();
    for step in 0..10 {
        let world = World::at(&scenario, step, vec![1.0; 5]);
        let mut minds = Minds::new(&scenario, &versions, &world, step);
        let mut believed = [0; 3];
        let mut anticipated = [0; 3];
        for hearing in &hearing {
            let mind = minds.of(hearing, &[]);
            let fee = |rules: &crate::rules::Rules| {
                (rules.channels[0].fee.amount() / 10.0).round() as usize
            };
            let now = &minds.sets(mind)[NOW];
            believed[fee(now)] += 1;
            anticipated[fee(minds.anticipated(mind).map_or(now, |sets| &sets[NOW]))] += 1;
        }
        let time = start_of(&scenario, step);
        let unheard = |announced: f64| (-(time - announced).max(0.0) / 20.0).exp();
        let (first, second) = (unheard(10.0), unheard(40.0));
        // Hearing of the second implies the first.
        let neither = first * second;
        let before = if step < 3 { 1.0 } else { neither };
        let latest = if step < 6 { 0.0 } else { 1.0 - second };
        let shares = [before, 1.0 - before - latest, latest];
        let expected = [neither, second - neither, 1.0 - second];
        for version in 0..3 {
            let what = format!("version {version} in step {step}");
            assert_binomial(believed[version], persons, shares[version], &what);
            assert_binomial(anticipated[version], persons, expected[version], &what);
        }
    }
}

/// A quarter of all destinations is announced to close: the hazard is multiplied by
/// (3/4)^(-lambda rush), but by no more than the most.
#[test]
fn a_rush_multiplies_the_hazard() {
    for (rush, most, factor) in [(2.0, 9.0, 0.75_f64.powf(-1.2)), (2.0, 1.1, 1.1)] {
        let mut scenario = alike(60_000, 3.0, &[30, 30]);
        scenario.behaviour.belief.rush = rush;
        scenario.behaviour.belief.rush_max = most;
        let close = |channel| set(Field::Open, channel, NewValue::Flag(false));
        let acts = event(&scenario.calendar, 1, "closes", vec![close(0), close(1)]);
        scenario.events = vec![Dated {
            announced: acts.date.checked_sub(30.days()).ok(),
            ..acts
        }];
        let records = run(&scenario, 5, Fault::None);
        let hazard = 3.0 * 30.0 / DAYS_PER_YEAR;
        let left = happened(&records, Event::Left);
        assert_binomial(left[0], 60_000, 1.0 - (-hazard * factor).exp(), "in a rush");
        let later = 1.0 - (-hazard * 0.75_f64.powf(0.6)).exp();
        assert_binomial(left[1], 60_000 - left[0], later, "after it");
    }
}

/// Who has not heard that one of eight equal channels is closed is turned back by it.
#[test]
fn attempts_meet_the_rules_that_hold() {
    let mut scenario = alike(40_000, 3.0, &[30, 30]);
    scenario.behaviour.belief.lag = Duration::from_days(1e9);
    let change = set(Field::Open, 0, NewValue::Flag(false));
    scenario.events = vec![Dated {
        known_at_once: false,
        ..event(&scenario.calendar, 1, "closes", vec![change])
    }];
    let records = run(&scenario, 6, Fault::None);
    let turned_back = happened(&records, Event::TurnedBack);
    let left = happened(&records, Event::Left);
    assert_eq!(turned_back[0], 0);
    let tried = turned_back[1] + left[1];
    assert_binomial(turned_back[1], tried, 0.125, "turned back");
}

fn border(name: &str, from: u16, to: u16) -> Border {
    Border {
        name: name.to_owned(),
        from,
        to,
        open: true,
        capacity: None,
        push_back: 0.0,
        hand_over: 0.0,
    }
}

/// Two borders, each of which hands over and pushes back.
#[test]
fn borders_send_home_with_their_chances() {
    let mut scenario = one_way(40_000, &[10]);
    scenario.borders = vec![
        Border {
            push_back: 0.2,
            hand_over: 0.1,
            ..border("first", ORIGIN, 2)
        },
        Border {
            push_back: 0.3,
            hand_over: 0.05,
            ..border("second", 2, 0)
        },
    ];
    scenario.channels[0].routes = vec![vec![0, 1]];
    let records = run(&scenario, 7, Fault::None);
    let of = |event, from: u16| -> u64 {
        let flows = records[1].flows.iter();
        flows
            .filter(|(flow, _)| flow.event == event && flow.from == usize::from(from))
            .map(|(_, persons)| persons)
            .sum()
    };
    let all = 40_000;
    let left = of(Event::Left, ORIGIN);
    assert_binomial(of(Event::HandedOver, ORIGIN), all, 0.1, "handed over");
    assert_binomial(of(Event::TurnedBack, ORIGIN), all, 0.9 * 0.2, "pushed back");
    assert_binomial(left, all, 0.9 * 0.8, "left");
    assert_eq!(of(Event::Transited, ORIGIN), left);
    assert_binomial(
        of(Event::HandedOver, 2),
        left,
        0.05,
        "handed over on the way",
    );
    assert_binomial(
        of(Event::TurnedBack, 2),
        left,
        0.95 * 0.3,
        "pushed back on the way",
    );
    assert_eq!(records[1].crossings.entries[2], left);
    assert_eq!(
        records[1].stocks.segments[0].abroad,
        of(Event::Arrived, ORIGIN)
    );
}

/// 200 come on the first day to a border that lets 5 pass in two days, and then to one for 12 a week: so many pass by
/// the end of each step as make up whole persons, and who passes the first waits for the second at least until the next
/// step.
#[test]
fn borders_let_pass_what_they_hold() {
    let steps = [
        1, 1, 6, 1, 5, 3, 7, 7, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    ];
    let mut scenario = one_way(200, &steps);
    let capacity = |a_day: f64| Some(PersonFlow::from_per_month(a_day * DAYS_PER_MONTH));
    scenario.borders = vec![
        Border {
            capacity: capacity(5.0 / 2.0),
            ..border("first", ORIGIN, 2)
        },
        Border {
            capacity: capacity(12.0 / 7.0),
            ..border("second", 2, 0)
        },
    ];
    scenario.channels[0].routes = vec![vec![0, 1]];
    let records = run(&scenario, 8, Fault::None);
    let left = happened(&records, Event::Left);
    let arrived = happened(&records, Event::Arrived);
    let (mut at_home, mut in_transit, mut begin) = (200, 0, 0);
    for (step, days) in steps.into_iter().enumerate() {
        let end = begin + u64::from(days);
        let turns =
            |(persons, of_days): (u64, u64)| persons * end / of_days - persons * begin / of_days;
        let on = in_transit.min(turns((12, 7)));
        let out = at_home.min(turns((5, 2)));
        in_transit = in_transit + out - on;
        at_home -= out;
        assert_eq!((left[step], arrived[step]), (out, on), "step {step}");
        let record = &records[step + 1];
        assert_eq!(record.crossings.in_transit[2], in_transit);
        assert_eq!(record.stocks.segments[0].departing, at_home);
        assert_eq!(record.stocks.segments[0].abroad, 200 - at_home);
        assert_eq!(record.stocks.newcomers(2), 0);
        begin = end;
    }
    assert_eq!((at_home, in_transit), (0, 0));
}

/// 1000 less a fee of 100, of which a tenth is lost on the way: at a cost of 300 a month without
/// work it is gone in the third step of 30 days after the one of the arrival, and who has nothing
/// goes home in the step after.
#[test]
fn savings_run_out_on_their_day() {
    for (work, renters, gone_after) in [(false, 0.0, 3), (false, 1.0, 2), (true, 0.0, 99)] {
        let mut scenario = one_way(500, &[30; 8]);
        scenario.behaviour.money = Some(MoneyAbroad {
            remote_kept: 0.0,
            remote_half_life: Duration::from_days(100.0),
            rent_share: 1.0,
            help: 0.0,
            informal_work: 0.0,
        });
        scenario.behaviour.expiry.home = 60.0;
        scenario.segments[0].savings = Distribution::Constant(1000.0);
        scenario.segments[0].renters = renters;
        scenario.countries[usize::from(ORIGIN)].friction = 0.1;
        scenario.countries[0].cost_of_living = MoneyFlow::from_per_month(300.0);
        scenario.countries[0].market = Some(crate::scenarios::market(150.0, 1e6, 0.2, 0.5));
        scenario.channels[0].fee = Money::new(100.0);
        scenario.channels[0].work = work;
        // A fee does not keep anybody from going.
        let records = run(&scenario, 9, Fault::None);
        let arrived = happened(&records, Event::Arrived)[0];
        assert_eq!(arrived, 500);
        let returned = happened(&records, Event::Returned);
        for (step, returned) in returned.into_iter().enumerate() {
            let expected = if step == gone_after + 1 { 500 } else { 0 };
            // Who has come home leaves again in the step after.
            if step <= gone_after + 1 {
                assert_eq!(
                    returned, expected,
                    "step {step}, work {work}, rent {renters}"
                );
                let involuntary = records[step + 1].segments[0].returned_involuntarily;
                assert_eq!(involuntary, expected);
            }
        }
    }
}
