//! Savings abroad, by hand; income, prices, friction, and what follows when nothing is left.

mod support;

use exeunt::scenario::{Scenario, Status};
use exeunt::units::DAYS_PER_MONTH;
use exeunt::world::FlowEvent;
use std::sync::Arc;
use support::{flow, simulation, transcript, watch};

const WORLD: &str = r#"currency = "EUR"
[time]
start = 2030-01-07
end = 2031-01-05
step = "1 week"
[country.XA]
name = "Origin"
population = "1 million persons"
wage = "500 EUR/month"
friction = "10 %"
[country.XB]
name = "Host"
population = "1 million persons"
wage = "400 EUR/month"
safety = 0.5
travel = "100 EUR"
cost_of_living = "300 EUR/month"
distance = { XA = "1000 km" }
[country.XB.channel.way]
fee = "20 EUR"
gives = { status = "temporary", work = false }
"#;

/// Nearly everybody leaves in the first week.
const AT_ONCE: (&str, &str) = (
    "hazard_other = \"2000 %/year\"",
    "hazard_other = \"10000 %/year\"",
);

/// The world with changes, everybody leaving at a pace of a few weeks and never returning of their
/// own choice: `(old, new)` in the text of the world or of behaviour.
fn world(changes: &[(&str, &str)]) -> Arc<Scenario> {
    let behaviour = support::with_money(&support::leaving_at("2000 %/year"))
        .replace("irregular = 1.0", "irregular = 90.0");
    let persons = support::persons_alike(3000, "500 EUR/month", "2000 EUR");
    let mut text = format!("{WORLD}\n{persons}\n{behaviour}");
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    support::parse("money", &text)
}

/// Arrivals, returns and involuntary returns by step.
fn moves(scenario: &Arc<Scenario>) -> Vec<[u64; 3]> {
    let mut steps = Vec::new();
    watch(&mut simulation(scenario, 11, 2), |report| {
        if report.step.is_some() {
            let segment = &report.tally.segments[0];
            steps.push([
                flow(report, FlowEvent::Arrived),
                segment.returned,
                segment.returned_involuntarily,
            ]);
        }
    });
    steps
}

/// Checks that who arrives in a step returns in the first step at whose beginning nothing is left,
/// given savings on arrival and the flow a month of each step.
fn runs_dry_by_hand(scenario: &Arc<Scenario>, brought: f64, flow: impl Fn(usize) -> f64) {
    let steps = moves(scenario);
    let mut expected = vec![0; steps.len()];
    for (arrival, [arrived, ..]) in steps.iter().enumerate() {
        let (mut savings, mut step) = (brought, arrival + 1);
        while step < steps.len() && (savings > 0.0 || flow(step) >= 0.0) {
            savings = (savings + flow(step) * 7.0 / DAYS_PER_MONTH).max(0.0);
            step += 1;
        }
        if step < steps.len() {
            expected[step] += arrived;
        }
    }
    let returned: Vec<u64> = steps.iter().map(|step| step[1]).collect();
    assert_eq!(returned, expected);
    assert!(returned.iter().sum::<u64>() > 1000);
    // Nobody chooses it.
    assert!(
        steps
            .iter()
            .all(|[_, returned, involuntary]| returned == involuntary)
    );
}

/// (2000 - 20 - 100) less a tenth.
const BROUGHT: f64 = 1880.0 * 0.9;

#[test]
fn who_may_not_work_lives_on_what_it_brought() {
    runs_dry_by_hand(&world(&[]), BROUGHT, |_| -300.0);
}

/// A market in which rents do not move.
const STILL_MARKET: &str = "[country.XB.market]\ncity = \"City\"\nrent = \"200 EUR/month\"\n\
                            city_population = \"20000 persons\"\nrental_share = \"50 %\"\ncity_share = \"100 %\"\n\
                            [country.XB.channel.way]";
const STILL: [(&str, &str); 2] = [("short = 2.7", "short = 0"), ("long = 1.0", "long = 0")];

/// A border on the way that lets nobody pass for half a year.
const LONG_WAIT: &str = r#"[country.XT]
name = "Between"
population = "1 million persons"
wage = "400 EUR/month"
safety = 0.5
distance = { XA = "1000 km", XB = "1000 km" }
[border.first]
from = "XA"
to = "XT"
[border.second]
from = "XT"
to = "XB"
capacity = "1 persons/year"
[event.more]
date = 2030-07-08
set."border.second.capacity" = "100000 persons/day"
[country.XB.channel.way]
routes = [["first", "second"]]
"#;

#[test]
fn who_waits_on_the_way_may_lose_the_work_from_home_meanwhile() {
    let scenario = world(&[
        AT_ONCE,
        ("[country.XB.channel.way]\n", LONG_WAIT),
        ("renters = \"0 %\"", "renters = \"0 %\"\nremote = \"100 %\""),
        ("remote_kept = \"60 %\"", "remote_kept = \"100 %\""),
        (
            "remote_half_life = \"36 months\"",
            "remote_half_life = \"5 days\"",
        ),
        ("\"300 EUR/month\"", "\"600 EUR/month\""),
    ]);
    runs_dry_by_hand(&scenario, BROUGHT, |_| -600.0);
}

#[test]
fn rents_are_paid_and_stand_still_where_supply_answers_at_once() {
    let scenario = world(&[
        ("renters = \"0 %\"", "renters = \"100 %\""),
        ("[country.XB.channel.way]", STILL_MARKET),
        STILL[0],
        STILL[1],
    ]);
    watch(&mut simulation(&scenario, 11, 1), |report| {
        assert_eq!(report.countries[1].rent_index, Some(1.0));
    });
    runs_dry_by_hand(&scenario, BROUGHT, |_| -500.0);
}

/// What an event does in the eighteenth week.
fn event(name: &str, sets: &str) -> (&'static str, String) {
    let event = format!("[event.{name}]\ndate = 2030-05-06\n{sets}\n[behaviour.leaving]\n");
    ("[behaviour.leaving]\n", event)
}

#[test]
fn prices_that_leap_are_felt_at_once() {
    // Far more than any plan allows for, so that everybody is looked at.
    let (place, leap) = event("leap", "set.\"country.XB.price_index\" = 5.0");
    runs_dry_by_hand(&world(&[(place, &leap)]), BROUGHT, |step| {
        if step < 17 { -300.0 } else { -1500.0 }
    });
}

#[test]
fn who_may_work_earns_the_wage_unless_unemployed() {
    let works = ("work = false", "work = true");
    let steps = moves(&world(&[works]));
    assert!(
        steps.iter().all(|step| step[1] == 0),
        "400 a month pay for 300"
    );
    // Work that pays less than living costs.
    let scenario = world(&[
        works,
        ("wage = \"400 EUR/month\"", "wage = \"100 EUR/month\""),
    ]);
    runs_dry_by_hand(&scenario, BROUGHT, |_| -200.0);
    // A claim that is pending gives no work.
    let pending = (
        "status = \"temporary\", work = false",
        "status = \"pending\", work = true",
    );
    runs_dry_by_hand(&world(&[pending]), BROUGHT, |_| -300.0);
    let without = (
        "safety = 0.5\ntravel",
        "safety = 0.5\nunemployment = \"100 %\"\ntravel",
    );
    runs_dry_by_hand(&world(&[works, without]), BROUGHT, |_| -300.0);
}

/// Who loses the right to work has earned until then.
#[test]
fn a_status_that_changes_for_those_inside_counts_from_that_day() {
    let (place, pending) = event(
        "pending",
        "applies_to = \"all\"\nset.\"country.XB.channel.way.gives.status\" = \"pending\"",
    );
    let scenario = world(&[
        ("work = false", "work = true"),
        ("wage = \"400 EUR/month\"", "wage = \"100 EUR/month\""),
        (place, &pending),
    ]);
    runs_dry_by_hand(
        &scenario,
        BROUGHT,
        |step| {
            if step < 17 { -200.0 } else { -300.0 }
        },
    );
}

/// The outcome, not what persons feel: rent over what a wage buys, 200 of 400 and then of 320.
#[test]
fn the_burden_of_rents_is_that_of_real_wages() {
    let (place, poorer) = event("poorer", "set.\"country.XB.real_income\" = 0.8");
    let scenario = world(&[
        ("[country.XB.channel.way]", STILL_MARKET),
        STILL[0],
        STILL[1],
        (place, &poorer),
    ]);
    let mut seen = Vec::new();
    watch(&mut simulation(&scenario, 11, 1), |report| {
        seen.extend(report.countries[1].rent_burden);
        assert_eq!(report.countries[0].rent_burden, None);
    });
    assert_eq!(seen[..17], [0.5; 17]);
    assert_eq!(seen[18..], vec![0.625; seen.len() - 18]);
}

#[test]
fn work_from_home_is_kept_by_some_and_lost_in_time() {
    // Pays exactly for living, so that who loses it has nothing at once; and then stays.
    let scenario = world(&[
        ("irregular = 90.0", "irregular = -90.0"),
        ("home = 0.0", "home = -90.0"),
        ("renters = \"0 %\"", "renters = \"0 %\"\nremote = \"100 %\""),
        ("savings = \"2000 EUR\"", "savings = \"120 EUR\""),
        ("friction = \"10 %\"", "friction = \"40 %\""),
        (
            "remote_half_life = \"36 months\"",
            "remote_half_life = \"3 months\"",
        ),
        AT_ONCE,
    ]);
    let arrived: Vec<u64> = moves(&scenario).iter().map(|step| step[0]).collect();
    assert_eq!(arrived.iter().sum::<u64>(), 3000, "everybody leaves once");
    let mut irregular = Vec::new();
    watch(&mut simulation(&scenario, 11, 2), |report| {
        if report.step.is_some() {
            irregular.push(report.stocks.stay(1, 0, Status::Irregular) as f64);
        }
    });
    for step in [1, 8, 13, 40] {
        // Whoever has lost its work by the beginning of a step; left in the middle of one.
        let lost = |came: usize| {
            let days = 7.0 * (step - came) as f64 - 3.5;
            1.0 - 0.6 * exeunt::draw::math::exp2(-days / (3.0 * DAYS_PER_MONTH))
        };
        let expected: f64 = (0..step)
            .map(|came| arrived[came] as f64 * lost(came))
            .sum();
        let error = (3000.0 * 0.5 * 0.5_f64).sqrt();
        let found = irregular[step];
        assert!(
            (found - expected).abs() < 4.0 * error,
            "step {step}: {found} {expected}"
        );
    }
}

#[test]
fn who_has_nothing_left_is_asked_once() {
    let scenario = world(&[
        ("irregular = 90.0", "irregular = -2.0"),
        (
            "safety = 0.5\ntravel",
            "safety = 0.5\nunemployment = \"100 %\"\ntravel",
        ),
        AT_ONCE,
    ]);
    let mut irregular = Vec::new();
    watch(&mut simulation(&scenario, 11, 2), |report| {
        irregular.push(report.stocks.stay(1, 0, Status::Irregular));
    });
    let returned: u64 = moves(&scenario).iter().map(|step| step[1]).sum();
    assert!(returned > 300, "some return: {returned}");
    assert!(
        irregular.windows(2).all(|pair| pair[1] >= pair[0]),
        "and nobody who did not is asked again"
    );
    assert!(
        irregular.last().is_some_and(|last| *last > 500),
        "{irregular:?}"
    );
}

#[test]
fn a_visa_run_costs_its_price() {
    let run = "fee = \"20 EUR\"\nstay = { length = \"28 days\", renew = \"re-entry\", renew_cost = \"150 EUR\", renew_success = \"100 %\" }";
    let scenario = world(&[
        ("fee = \"20 EUR\"", run),
        ("home = 0.0", "home = -90.0"),
        ("income = 0.7\n", "income = 0.7 # as it was\n"),
    ]);
    // With no income a price cannot be borne: nobody runs.
    let runs = |scenario: &Arc<Scenario>| {
        let mut runs = 0;
        watch(&mut simulation(scenario, 11, 1), |report| {
            runs += flow(report, FlowEvent::VisaRun);
        });
        runs
    };
    assert_eq!(runs(&scenario), 0);
    let scenario = world(&[
        ("fee = \"20 EUR\"", run),
        ("home = 0.0", "home = -90.0"),
        ("work = false", "work = true"),
        ("wage = \"400 EUR/month\"", "wage = \"100 EUR/month\""),
        AT_ONCE,
    ]);
    assert!(runs(&scenario) > 3000);
    // 1692 less 200 a month and 150 each 28 days last for 31 weeks less than without runs.
    let dry = |scenario: &Arc<Scenario>| {
        let steps = moves(scenario);
        steps
            .iter()
            .position(|step| step[1] > 1000)
            .unwrap_or(steps.len())
    };
    let (mut savings, mut step) = (BROUGHT, 1);
    while savings > 0.0 {
        if step % 4 == 0 {
            savings = (savings - 150.0_f64).max(0.0);
        }
        savings = (savings - 200.0 * 7.0 / DAYS_PER_MONTH).max(0.0);
        step += 1;
    }
    let found = dry(&scenario);
    assert!(found.abs_diff(step) <= 1, "{found} {step}");
}

/// Multiplies every amount of money in a text by a thousand.
fn thousandfold(text: &str) -> String {
    let mut result = String::new();
    let mut pieces = text.split(" EUR").peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            result.push_str(piece);
            break;
        }
        let begin = piece
            .rfind(|c: char| !c.is_ascii_digit() && c != '.' && c != '_')
            .map_or(0, |at| at + 1);
        let number: f64 = piece[begin..].replace('_', "").parse().expect("a number");
        result.push_str(&format!("{}{} EUR", &piece[..begin], number * 1000.0));
    }
    result
}

#[test]
fn the_unit_of_money_does_not_matter() {
    let behaviour = support::with_money(support::BEHAVIOUR);
    let text = format!("{}\n{behaviour}", support::POLICIES);
    let run = |text: &str| transcript(&mut simulation(&support::parse("money", text), 2, 2));
    let dear = thousandfold(&text);
    assert!(dear.contains("250000 EUR/month") && dear != text);
    let (one, other) = (run(&text), run(&dear));
    // All but the conditions at the end of a line, whose last bits may differ.
    let persons = |text: &str| {
        let lines = text.lines().filter_map(|line| line.rsplit_once('}'));
        lines
            .map(|(persons, _)| persons.to_owned())
            .collect::<Vec<_>>()
    };
    assert!(persons(&one).len() > 60);
    assert!(persons(&one) == persons(&other), "the same trajectories");
}
