//! Distances between countries: as given, otherwise along the great circle between their positions.

use super::{Builder, MOST_COUNTRIES};
use crate::scenario::load;
use crate::scenario::meaning::Meaning;
use crate::scenario::problem::Problem;
use crate::units::Distance;
use std::collections::BTreeMap;

const EARTH_RADIUS_KILOMETRES: f64 = 6371.0;
/// The least distance: coinciding positions are still two countries, and the logarithm must exist.
const LEAST_KILOMETRES: f64 = 1.0;

impl Builder<'_> {
    /// Returns the distances, by country and country.
    pub(super) fn distances(&mut self) -> Vec<Vec<Distance>> {
        let names = self.names;
        if names.countries.len() > MOST_COUNTRIES {
            return vec![Vec::new(); names.countries.len()];
        }
        let given = self.given_distances();
        let codes: Vec<&str> = names.countries.keys().map(String::as_str).collect();
        let positions: Vec<Option<(f64, f64)>> =
            codes.iter().map(|code| self.position(code)).collect();
        let is_destination = |code: &str| {
            names
                .countries
                .get(code)
                .is_some_and(|things| !things.channels.is_empty())
        };
        let mut rows = Vec::with_capacity(codes.len());
        for (here, position) in codes.iter().zip(&positions) {
            let mut row = Vec::with_capacity(codes.len());
            let mut missing = Vec::new();
            for (there, other_position) in codes.iter().zip(&positions) {
                let kilometres = if here == there {
                    0.0
                } else if let Some(kilometres) = given.get(&pair(here, there)) {
                    *kilometres
                } else if let (Some(from), Some(to)) = (position, other_position) {
                    great_circle(*from, *to)
                } else {
                    let travelled = is_destination(there) && self.origins.contains(*here)
                        || is_destination(here) && self.origins.contains(*there)
                        || is_destination(here) && is_destination(there);
                    // Each pair is reported once, at the country whose code comes first.
                    let unreadable =
                        self.says_distance(here, there) || self.says_distance(there, here);
                    if travelled && here < there && !unreadable {
                        missing.push(*there);
                    }
                    0.0
                };
                row.push(Distance::from_kilometres(kilometres));
            }
            if !missing.is_empty() {
                let place = self.place_of(&format!("country.{here}"));
                self.report(
                    Problem::error(format!("no distance from {here} to {}", missing.join(", ")))
                        .at(&place)
                        .expected("a distance for any two countries that somebody can travel between, or positions of both")
                        .cure(format!(
                            "write distance = {{ {} = \"1000 km\" }} with the true distance, or position = [latitude, longitude] for both",
                            missing[0]
                        )),
                );
            }
            rows.push(row);
        }
        rows
    }

    fn given_distances(&mut self) -> BTreeMap<(String, String), f64> {
        let names = self.names;
        let mut given: BTreeMap<(String, String), f64> = BTreeMap::new();
        for here in names.countries.keys() {
            for (there, said) in self.below(&format!("country.{here}.distance")) {
                let Meaning::Number(kilometres) = said.meaning else {
                    continue;
                };
                if here == there {
                    self.report(
                        Problem::error(format!("a distance from {here} to itself"))
                            .at(&said.place)
                            .expected("distances to other countries")
                            .cure("take it out"),
                    );
                    continue;
                }
                if let Some(earlier) = given.insert(pair(here, there), kilometres)
                    && earlier != kilometres
                {
                    self.report(
                        Problem::error(format!(
                            "two distances between {here} and {there}: {earlier} km and {kilometres} km"
                        ))
                        .at(&said.place)
                        .expected("one distance for each pair: it holds both ways")
                        .cure("take one of them out"),
                    );
                }
            }
        }
        given
    }

    /// Whether a file gives a distance, readable or not.
    fn says_distance(&self, here: &str, there: &str) -> bool {
        let path = ["country", here, "distance", there].map(str::to_owned);
        load::find(self.table, &path).is_some()
    }

    fn position(&self, code: &str) -> Option<(f64, f64)> {
        match self.get(&format!("country.{code}.position"))?.meaning {
            Meaning::Position {
                latitude,
                longitude,
            } => Some((latitude, longitude)),
            _ => None,
        }
    }
}

fn pair(here: &str, there: &str) -> (String, String) {
    if here < there {
        (here.to_owned(), there.to_owned())
    } else {
        (there.to_owned(), here.to_owned())
    }
}

/// Returns the haversine distance in kilometres between two positions in degrees.
fn great_circle(from: (f64, f64), to: (f64, f64)) -> f64 {
    let half_sine = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let latitude = half_sine(to.0 - from.0);
    let longitude = half_sine(to.1 - from.1);
    let h = latitude * latitude
        + libm::cos(from.0.to_radians()) * libm::cos(to.0.to_radians()) * longitude * longitude;
    let kilometres = 2.0 * EARTH_RADIUS_KILOMETRES * libm::asin(h.sqrt().min(1.0));
    kilometres.max(LEAST_KILOMETRES)
}
