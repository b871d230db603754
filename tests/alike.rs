//! Where every person weighs every place alike the engine asks for fewer traits: none may be missed later.

mod support;

use exeunt::scenario::Scenario;
use exeunt::world::Hold;
use std::sync::Arc;
use support::{simulation, watch};

/// Two countries whose stays have a window, people who go often and come back; `language` is the weight
/// of language: at 0 all weigh alike, at a millionth nobody does. `savings` as a file writes them.
fn often(language: &str, savings: &str, behaviour: &str) -> Arc<Scenario> {
    let host = |code: &str, position: f64| {
        format!(
            r#"
[country.{code}]
name = "{code}"
population = "9 million persons"
wage = "1000 EUR/month"
safety = 0.5
travel = "100 EUR"
cost_of_living = "100 EUR/month"
position = [45.5, {position}]
[country.{code}.channel.free]
stay = {{ length = "60 days", within = "180 days" }}
gives = {{ status = "temporary", work = true }}
"#
        )
    };
    let persons = support::persons_alike(20_000, "1000 EUR/month", "5000 EUR")
        .replace("\"5000 EUR\"", savings);
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2031-12-31
step = "1 month"
{persons}
[country.XA]
name = "Origin"
population = "3 million persons"
wage = "1000 EUR/month"
cost_of_living = "100 EUR/month"
position = [48.0, 16.0]
{}{}"#,
        host("XB", 13.0),
        host("XC", 14.0)
    );
    let behaviour = behaviour
        .replace("language = 0.18", &format!("language = {language}"))
        .replace("hazard = \"1.6 %/month\"", "hazard = \"20 %/month\"");
    support::parse("often", &format!("{text}\n{behaviour}"))
}

const WEIGHTS: [&str; 2] = ["0.0", "0.000001"];
/// Savings that pay for every way.
const ENOUGH: &str = "\"5000 EUR\"";

/// Who left, returned against its will, and is held for want of money in the end.
fn ends(scenario: &Arc<Scenario>) -> [u64; 3] {
    let mut ends = [0; 3];
    watch(&mut simulation(scenario, 5, 2), |report| {
        for tally in &report.tally.segments {
            ends[0] += tally.left_by.iter().sum::<u64>();
            ends[1] += tally.returned_involuntarily;
        }
        let segments = report.stocks.segments.iter();
        ends[2] = segments.map(|s| s.held[Hold::Means as usize]).sum();
    });
    ends
}

/// The savings of who has used up the days of one country still pay the way to the other.
#[test]
fn who_has_days_left_in_one_country_only_can_pay_for_it() {
    let behaviour = support::leaving_at("100 %/year");
    let [alike, told_apart] = WEIGHTS.map(|weight| ends(&often(weight, ENOUGH, &behaviour)));
    println!("{alike:?} {told_apart:?}");
    assert!(alike[0] > 20_000);
    assert_eq!([alike[2], told_apart[2]], [0, 0]);
    assert!(alike[0].abs_diff(told_apart[0]) < alike[0] / 100);
}

/// Where the way costs what some have and others have not, nobody is taken for everybody.
#[test]
fn who_cannot_pay_is_not_weighed_like_who_can() {
    let behaviour = support::leaving_at("100 %/year");
    let savings = "{ lognormal = [\"300 EUR\", 1.0], max = \"80000 EUR\" }";
    let [alike, told_apart] = WEIGHTS.map(|weight| ends(&often(weight, savings, &behaviour)));
    println!("{alike:?} {told_apart:?}");
    assert!(alike[0] > 1_000 && alike[2] > 1_000);
    for (one, other) in [(alike[0], told_apart[0]), (alike[2], told_apart[2])] {
        assert!(one.abs_diff(other) < one / 20, "{one} {other}");
    }
}

/// Savings and remote work go along.
#[test]
fn who_leaves_takes_its_money_along() {
    let behaviour = support::with_money(&support::leaving_at("100 %/year"));
    let [alike, told_apart] = WEIGHTS.map(|weight| ends(&often(weight, ENOUGH, &behaviour)));
    println!("{alike:?} {told_apart:?}");
    assert!(alike[0] > 10_000);
    assert!(alike[1].abs_diff(told_apart[1]) <= 20 + told_apart[1] / 50);
}
