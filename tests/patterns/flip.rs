//! Pattern 16, first half: a case built so that the ranking of two policies by the opposition at home plus
//! w times that abroad flips at a weight known in closed form, and one built so that it does not flip at any. The weight is
//! found from outcomes alone. Each has a planted fault that breaks it.

use crate::statistics::{inside, interval, seeds};
use crate::support::{changed, leaving_at, parse, persons_alike, simulation, watch};
use exeunt::draw::math::{exp, ln};
use exeunt::measure::{ALL, Outcomes};
use exeunt::scenario::{Scenario, Status};
use exeunt::units::{DAYS_PER_YEAR, Duration};
use std::sync::Arc;

/// Hazard of leaving a year of who can go.
const HAZARD: f64 = 0.3;

/// Activists alike in two halves, two years in which nobody comes back, and a way out.
fn activists() -> Arc<Scenario> {
    let half = |name: &str| {
        persons_alike(10_000, "1000 EUR/month", "10000 EUR")
            .replace("segment.all", &format!("segment.{name}"))
            + "active = \"100 %\"\n"
    };
    let behaviour = leaving_at("30 %/year").replace(
        "[behaviour.voice]\non = false",
        "[behaviour.voice]\non = true",
    );
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2031-12-31
step = "1 week"
{}{}
[country.XA]
name = "Home"
population = "1 million persons"
wage = "1000 EUR/month"
[country.XB]
name = "Host"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.5
distance = {{ XA = "1000 km" }}
[country.XB.channel.way]
gives = {{ status = "temporary" }}
{behaviour}
"#,
        half("marchers"),
        half("writers"),
    );
    parse("activists", &text)
}

/// The policy that lets nobody in.
fn shut(scenario: &Scenario) -> Arc<Scenario> {
    changed(scenario, |scenario| scenario.channels[0].open = false)
}

/// Opposition at home and abroad, means over a run, from its outcomes.
fn opposition(scenario: &Arc<Scenario>, seed: u64) -> [f64; 2] {
    let mut outcomes = Outcomes::new(scenario);
    watch(&mut simulation(scenario, seed, 1), |report| {
        outcomes.record(report);
    });
    let outcomes = outcomes.finish();
    ["opposition_at_home_mean", "opposition_abroad_mean"].map(|id| {
        let mut found = outcomes
            .iter()
            .filter(|outcome| outcome.id == id && outcome.group == ALL && outcome.country == ALL);
        found.next().map_or(f64::NAN, |outcome| outcome.value)
    })
}

/// The weight of the opposition abroad at which the ranking of two policies flips, if there is one.
fn break_even(one: [f64; 2], other: [f64; 2]) -> Option<f64> {
    let (home, abroad) = (one[0] - other[0], one[1] - other[1]);
    let weight = -home / abroad;
    (weight > 0.0 && weight.is_finite()).then_some(weight)
}

/// The weight over all seeds, mean and half of the width of its 95 % interval; `None` if in one of
/// them nothing flips.
fn flips_at(one: &Arc<Scenario>, other: &Arc<Scenario>) -> Option<(f64, f64)> {
    let weights: Option<Vec<f64>> = seeds()
        .map(|seed| break_even(opposition(one, seed), opposition(other, seed)))
        .collect();
    weights.map(|weights| interval(&weights))
}

/// The weight in closed form: what is lost at home, a share 1 - exp(-ht) with all it could do there, over
/// what is won abroad, where a departure a time s ago still counts by sigma exp(-ks); means over the run.
fn closed_form(scenario: &Scenario) -> f64 {
    let Some(voice) = &scenario.behaviour.voice else {
        return f64::NAN;
    };
    let days: f64 = (scenario.calendar.steps.iter())
        .map(|step| f64::from(step.days))
        .sum();
    let years = days / DAYS_PER_YEAR;
    let mean = |rate: f64| (1.0 - exp(-rate * years)) / (rate * years);
    let fades = ln(2.0) / (voice.half_life.days() / DAYS_PER_YEAR);
    let lost = (1.0 + voice.publishing_home) * (1.0 - mean(HAZARD));
    let won = HAZARD / (HAZARD - fades) * (mean(fades) - mean(HAZARD));
    lost / (voice.security.temporary * won)
}

/// Whether the ranking of an open and a shut way out flips within 1 % of the weight of the closed form.
fn flips_where_it_should(change: impl Fn(&mut Scenario)) -> bool {
    let sound = activists();
    let open = changed(&sound, change);
    let expected = closed_form(&sound);
    let Some((weight, half)) = flips_at(&open, &shut(&open)) else {
        return false;
    };
    println!("flips at {weight:.3} ± {half:.3}, by the closed form at {expected:.3}");
    inside((weight, half), 0.99 * expected..=1.01 * expected)
}

/// Whether the ranking never flips between a host that protects one half of the activists and lets
/// nobody else in, and one that lets in all without a permit to stay: the first keeps more of them at
/// home and has more of them speak abroad.
fn never_flips(change: impl Fn(&mut Scenario)) -> bool {
    let sound = changed(&activists(), change);
    let protecting = changed(&sound, |scenario| {
        scenario.channels[0].status = Status::Protected;
        scenario.channels[0].bars = vec![0];
    });
    let careless = changed(&sound, |scenario| {
        scenario.channels[0].status = Status::Irregular;
    });
    seeds().into_iter().all(|seed| {
        let [one, other] = [&protecting, &careless].map(|policy| opposition(policy, seed));
        assert!(one[0] > other[0] && other[1] > 0.0, "{one:?} {other:?}");
        let weight = break_even(one, other);
        if let Some(weight) = weight {
            println!("flips at {weight:.2}");
        }
        weight.is_none()
    })
}

#[test]
fn the_ranking_flips_at_the_weight_of_the_closed_form() {
    assert!(flips_where_it_should(|_| {}));
}

/// The fault: activity that does not fade.
#[test]
fn exiles_who_never_tire_break_the_first_half() {
    assert!(!flips_where_it_should(|scenario| {
        if let Some(voice) = &mut scenario.behaviour.voice {
            voice.half_life = Duration::from_days(1e6);
        }
    }));
}

#[test]
fn a_ranking_built_not_to_flip_does_not() {
    assert!(never_flips(|_| {}));
}

/// The fault: who has no permit to stay speaks as the protected do.
#[test]
fn activity_that_minds_no_status_breaks_the_second_half() {
    assert!(!never_flips(|scenario| {
        if let Some(voice) = &mut scenario.behaviour.voice {
            voice.security.irregular = voice.security.protected;
        }
    }));
}
