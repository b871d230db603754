//! The courses of many runs as one course with a band.

use super::comparison::Nested;
use crate::measure::comparison_schema::COURSES;
use crate::measure::{ALL, BY_COUNTRY, Cell, Sink, TOGETHER, days_of, unit_of};
use crate::scenario::Scenario;

/// The courses of one run: its draw, and its series as in
/// [`Courses::series`](crate::measure::Courses::series).
pub type Course<'a> = (u32, &'a [Vec<Option<f64>>]);

/// Writes the rows of a scenario's courses, over all its runs. A day that any run lacks in a series is left
/// out of that series.
pub fn write_courses(scenario: &Scenario, runs: &[Course<'_>], sink: &mut impl Sink) {
    let dates = days_of(scenario);
    let mut named: Vec<(&str, &str, usize)> = (0..)
        .zip(TOGETHER)
        .map(|(place, series)| (series, ALL, place))
        .collect();
    for (index, country) in scenario.countries.iter().enumerate() {
        let first = TOGETHER.len() + index * BY_COUNTRY.len();
        let places = (first..).zip(BY_COUNTRY);
        named.extend(places.map(|(place, series)| (series, country.code.as_str(), place)));
    }
    named.sort_unstable();
    for (series, country, place) in named {
        for (day, date) in dates.iter().enumerate() {
            let at = |&(draw, courses): &Course<'_>| {
                let value = courses.get(place)?.get(day).copied().flatten()?;
                Some((draw, value))
            };
            let values: Option<Vec<(u32, f64)>> = runs.iter().map(at).collect();
            let Some(values) = values.filter(|values| !values.is_empty()) else {
                continue;
            };
            let [mean, low, high] = band(values);
            sink.row(
                &COURSES,
                &[
                    Cell::Text(&scenario.name),
                    Cell::Text(series),
                    Cell::Text(country),
                    Cell::Date(*date),
                    Cell::Text(unit_of(series)),
                    Cell::Number(mean),
                    Cell::Number(low),
                    Cell::Number(high),
                ],
            );
        }
    }
}

/// Mean of the draws' means, and their 5 % and 95 % points; with one draw, the mean three times.
fn band(values: Vec<(u32, f64)>) -> [f64; 3] {
    let values = Nested::of(values);
    let mean = values.mean().unwrap_or_default();
    let (low, high) = values.interval().unwrap_or((mean, mean));
    [mean, low, high]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_of_means_of_draws() {
        assert_eq!(band(vec![(0, 3.0)]), [3.0, 3.0, 3.0]);
        let [mean, low, high] = band(vec![(1, 0.0), (1, 2.0), (2, 10.0), (2, 12.0)]);
        assert_eq!(mean, 6.0);
        assert_eq!((low, high), (1.0, 11.0));
    }
}
