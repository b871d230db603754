//! Naive rules that a model has to beat: each predicts how many persons are where without knowing any policy.

use super::observed::{Observation, Observed};
use crate::draw::math;
use crate::scenario::Scenario;

/// A rule's forecast for each country or row, or the reason why there is none.
pub(super) type Forecast = Result<Vec<f64>, String>;

/// The name of the rule that repeats the last observation.
pub const LAST_VALUE: &str = "last value";

/// The name and meaning of every rule.
pub const BASELINES: [(&str, &str); 4] = [
    (
        "equal split",
        "the observed total, split equally by country",
    ),
    (
        "population share",
        "the observed total in proportion to population",
    ),
    (
        "gravity without policy",
        "the observed total in proportion to population over distance to the power of behaviour.choice.distance",
    ),
    (
        LAST_VALUE,
        "the latest earlier observation of the same quantity",
    ),
];

/// Forecasts of the rules that divide a total among countries.
pub(super) fn by_country(
    countries: &[&str],
    total: f64,
    scenario: &Scenario,
) -> [(&'static str, Forecast); 3] {
    let index = |code: &str| {
        scenario
            .countries
            .iter()
            .position(|known| known.code == code)
    };
    let indices: Option<Vec<usize>> = countries.iter().map(|code| index(code)).collect();
    let unknown = || "a country that the scenario does not have".to_owned();
    let equal = vec![1.0; countries.len()];
    let population = indices.as_ref().ok_or_else(unknown).map(|indices| {
        let of = |&index: &usize| scenario.countries[index].population;
        indices.iter().map(of).collect()
    });
    let gravity = indices.as_ref().ok_or_else(unknown).map(|indices| {
        indices
            .iter()
            .map(|&index| attraction(index, scenario))
            .collect()
    });
    [
        (BASELINES[0].0, divide(total, equal)),
        (
            BASELINES[1].0,
            population.and_then(|weights| divide(total, weights)),
        ),
        (
            BASELINES[2].0,
            gravity.and_then(|weights| divide(total, weights)),
        ),
    ]
}

/// Population over distance to the power of the scenario's elasticity, summed over the segments of all
/// origins by size; no rules of entry, no fitted constants.
fn attraction(country: usize, scenario: &Scenario) -> f64 {
    let elasticity = scenario.behaviour.choice.distance;
    let to = &scenario.countries[country];
    let pulls = scenario.segments.iter().map(|segment| {
        let from = usize::from(segment.origin);
        let kilometres = scenario.countries[from].distance[country].kilometres();
        // A country at distance 0 is the origin itself, which attracts nobody.
        match kilometres > 0.0 {
            true => segment.size as f64 * math::exp(-elasticity * math::ln(kilometres)),
            false => 0.0,
        }
    });
    to.population * pulls.sum::<f64>()
}

fn divide(total: f64, weights: Vec<f64>) -> Forecast {
    let sum: f64 = weights.iter().sum();
    match sum > 0.0 && sum.is_finite() {
        true => Ok(weights.iter().map(|weight| total * weight / sum).collect()),
        false => Err("nothing to divide by".to_owned()),
    }
}

/// Forecasts each row by the latest earlier observation; an error if any row has none.
pub(super) fn last_values(rows: &[&Observation], observed: &Observed) -> Forecast {
    let earlier = |row: &&Observation| observed.earlier(row).and_then(Observation::point);
    let found: Vec<Option<f64>> = rows.iter().map(earlier).collect();
    let missing = found.iter().filter(|value| value.is_none()).count();
    match missing {
        0 => Ok(found.into_iter().flatten().collect()),
        missing => Err(format!(
            "no earlier observation for {missing} of {}",
            rows.len()
        )),
    }
}
