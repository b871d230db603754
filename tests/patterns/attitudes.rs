//! Pattern 13: the same stock of newcomers in ten months raises the share that wants restriction by more
//! than in ten years; with a planted fault that breaks it.

use crate::scenes::BEHAVIOUR;
use crate::statistics::{interval, seeds};
use crate::support::{changed, simulation, watch};
use exeunt::scenario::{Scenario, Source};
use exeunt::units::{Duration, Rate};
use std::sync::Arc;

/// A small host with the rental market of a Tbilisi in proportion, where all stay for good. So many
/// come a year, evenly: nobody is kept away by those who came before.
fn host(newcomers_a_year: f64, end: &str) -> Arc<Scenario> {
    let off = "[behaviour.attitudes]\non = false";
    let behaviour = BEHAVIOUR.replace(off, "[behaviour.attitudes]\non = true");
    // At 3 % of the population newcomers are 5.7 % of the city, as those of Tbilisi were.
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = {end}
step = "2 weeks"
[segment.everybody]
origin = "XA"
size = 1_000_000
age = "30 years"
male = "50 %"
higher_education = "30 %"
dissent = 0.3
planner = "0 %"
propensity = 1.0
income = "500 EUR/month"
savings = "5000 EUR"
renters = "0 %"
[country.XA]
name = "Home"
population = "1 million persons"
wage = "500 EUR/month"
[country.XB]
name = "Host"
population = "100000 persons"
wage = "500 EUR/month"
safety = 0.5
legacy = 1.0
distance = {{ XA = "1000 km" }}
[country.XB.market]
city = "Hostville"
rent = "300 EUR/month"
city_population = "32400 persons"
rental_share = "18 %"
city_share = "61 %"
[country.XB.channel.free]
gives = {{ status = "legal" }}
{behaviour}
"#
    );
    let source = Source::parse("host", &text).unwrap_or_else(|problems| panic!("{problems}"));
    changed(source.scenario(), |scenario| {
        let behaviour = &mut scenario.behaviour;
        behaviour.leaving.hazard_other = Rate::from_per_year(newcomers_a_year / 1e6);
        behaviour.delay.other = Duration::from_days(1e-3);
        behaviour.return_.hazard = Rate::from_per_year(0.0);
        behaviour.choice.hostility = 0.0;
        behaviour.choice.rent = 0.0;
    })
}

/// At the end of a run: newcomers in percent of the host's population, and the share of its public
/// that wants restriction, in percent.
fn end(scenario: &Arc<Scenario>, seed: u64) -> (f64, f64) {
    let mut last = (0.0, 0.0);
    watch(&mut simulation(scenario, seed, 1), |report| {
        let newcomers = report.stocks.newcomers(1) as f64;
        let wanting = report.countries[1].share_wanting_restriction;
        last = (newcomers / 1000.0, 100.0 * wanting.unwrap_or(f64::NAN));
    });
    last
}

/// By how many points more of the public want restriction where 3 % of the population come in ten
/// months than where they come in ten years, with what both come to in the mean.
fn surprise(change: impl Fn(&mut Scenario)) -> ((f64, f64), [f64; 2]) {
    let sudden = changed(&host(3600.0, "2030-10-31"), &change);
    let slow = changed(&host(300.0, "2039-12-31"), &change);
    let (mut differences, mut means) = (Vec::new(), [0.0; 2]);
    for seed in seeds() {
        let both = [end(&sudden, seed), end(&slow, seed)];
        for (stock, _) in both {
            assert!((2.8..3.2).contains(&stock), "seed {seed}: {stock} %");
        }
        differences.push(both[0].1 - both[1].1);
        for (mean, (_, share)) in means.iter_mut().zip(both) {
            *mean += share / seeds().count() as f64;
        }
    }
    (interval(&differences), means)
}

/// Pattern 13: the same stock in ten months raises the share wanting restriction by at least 15
/// points more than in ten years.
const LEAST_POINTS: f64 = 15.0;

#[test]
fn hosts_mind_how_suddenly_newcomers_come() {
    let ((points, half), [sudden, slow]) = surprise(|_| {});
    println!("{sudden:.1} % against {slow:.1} %: {points:.1} ± {half:.2} points");
    assert!(points - half >= LEAST_POINTS, "{points} ± {half}");
    // What the defaults were set to: 69 % in Georgia, and 43 % over ten years.
    assert!((sudden - 69.0).abs() < 2.0, "{sudden}");
    assert!((slow - 43.0).abs() < 2.0, "{slow}");
}

/// The fault: surprise that never fades is the stock by another name.
#[test]
fn hosts_who_never_get_used_break_the_pattern() {
    let ((points, half), [sudden, slow]) = surprise(|scenario| {
        if let Some(attitudes) = &mut scenario.behaviour.attitudes {
            attitudes.memory = Duration::from_days(1e9);
        }
    });
    println!("{sudden:.1} % against {slow:.1} %: {points:.1} ± {half:.2} points");
    assert!(points + half < LEAST_POINTS, "{points} ± {half}");
}
