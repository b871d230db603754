//! Facts of countries that would count nothing.

use super::super::Builder;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Field, Scenario};

impl Builder<'_> {
    /// Trips of a country's citizens to itself, and friction of money that nobody brings.
    pub(super) fn check_facts(&mut self, scenario: &Scenario) {
        let codes: Vec<&str> = self.countries.keys().copied().collect();
        for code in codes {
            let path = format!("country.{code}.travel_base.{code}");
            if let Some(said) = self.get(&path) {
                self.report_own_trips(code, &path, &said.place);
            }
            let path = format!("country.{code}.friction");
            if let Some(said) = self.get(&path)
                && !said.preset
                && !self.origins.contains(code)
            {
                self.report(
                    Problem::warning(format!("`{path}` has no effect: nobody comes from {code}"))
                        .at(&said.place)
                        .expected("friction of a country in which a segment lives")
                        .cure("take it out, or write it for the origin that money comes from"),
                );
            }
        }
        for event in &scenario.events {
            for change in &event.changes {
                let target = change.target;
                if target.field == Field::TravelBase && target.index == target.member {
                    let place = self.place_of_change(event, change);
                    self.report_own_trips(self.code(target.index), &change.path, &place);
                }
            }
        }
    }

    fn report_own_trips(&mut self, code: &str, path: &str, place: &Place) {
        self.report(
            Problem::error(format!("`{path}` counts trips of {code} to itself"))
                .at(place)
                .expected("the code of another country, whose citizens make the trips")
                .cure("write another code, or take it out"),
        );
    }
}
