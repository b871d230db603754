//! Checks for facts of countries that would have no effect.

use super::super::Builder;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Field, Scenario};

impl Builder<'_> {
    /// Checks trips of a country's citizens to itself, friction of money that nobody brings,
    /// attitudes of countries that nobody can go to, and costs of living.
    pub(super) fn check_facts(&mut self, scenario: &Scenario) {
        let codes: Vec<&str> = self.countries.keys().copied().collect();
        for code in codes {
            let path = format!("country.{code}.travel_base.{code}");
            if let Some(said) = self.get(&path) {
                self.report_own_trips(code, &path, &said.place);
            }
            self.check_hosts(code);
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
        self.check_cost_of_living(scenario);
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

    /// Warns of attitudes in a country that nobody can go to, where they have no effect.
    fn check_hosts(&mut self, code: &str) {
        let things = self.names.countries.get(code);
        if things.is_some_and(|things| !things.channels.is_empty()) {
            return;
        }
        for key in ["legacy", "pressure", "contact"] {
            let path = format!("country.{code}.{key}");
            if let Some(said) = self.get(&path).filter(|said| !said.preset) {
                self.report(
                    Problem::warning(format!("`{path}` has no effect: nobody can go to {code}"))
                        .at(&said.place)
                        .expected("attitudes of a country that has channels")
                        .cure(format!("take it out, or add [country.{code}.channel.NAME]")),
                );
            }
        }
    }

    /// Warns of a free cost of living where money moves.
    fn check_cost_of_living(&mut self, scenario: &Scenario) {
        let Some(said) = self.get("behaviour.money.on") else {
            return;
        };
        if scenario.behaviour.money.is_none() {
            return;
        }
        let free: Vec<&str> = scenario
            .countries
            .iter()
            .enumerate()
            .filter(|(index, country)| {
                let mut channels = scenario.channels.iter();
                country.cost_of_living.per_month() == 0.0
                    && channels.any(|channel| usize::from(channel.country) == *index)
            })
            .map(|(_, country)| country.code.as_str())
            .collect();
        if !free.is_empty() {
            self.report(
                Problem::warning(format!("behaviour.money is on, but living costs nothing in {}", free.join(", ")))
                    .at(&said.place)
                    .expected("cost_of_living of every country that people may go to")
                    .cure(format!(
                        "add cost_of_living = \"300 {}/month\", or the known value, to each, or write behaviour.money.on = false",
                        scenario.currency
                    )),
            );
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
