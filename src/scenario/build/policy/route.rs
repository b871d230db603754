//! Checks of routes: chains of borders from the origin to the country.

use super::super::Builder;
use super::Under;
use crate::scenario::meaning::Meaning;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Scenario, load, path};
use std::collections::BTreeSet;

impl Builder<'_> {
    pub(super) fn check_routes(&mut self, channel: &Under<'_>) {
        let path = channel.path("routes");
        let Some(said) = self.get(&path) else {
            return;
        };
        let Meaning::Routes(ways) = &said.meaning else {
            return;
        };
        let from = channel.rules().apply_from;
        if !from.home && !from.border {
            self.report(
                Problem::warning(format!("`{path}` has no effect"))
                    .at(&said.place)
                    .expected("a channel that people set out for from home")
                    .cure("add \"home\" or \"border\" to `apply_from`, or take the routes out"),
            );
        }
        let mut seen: BTreeSet<Vec<u16>> = BTreeSet::new();
        for (way, places) in channel.rules().routes.iter().zip(ways) {
            let is_known = way.len() == places.len()
                && places.iter().all(|(name, _)| self.is_between_two(name));
            if way.is_empty() || !is_known {
                continue;
            }
            if !seen.insert(way.clone()) {
                self.report(
                    Problem::error(format!("a route is listed twice in `{path}`"))
                        .at(&places[0].1)
                        .expected("each route once: the first that is open is taken")
                        .cure("take one of the two out"),
                );
            }
            self.check_way(channel, &path, way, places);
        }
    }

    /// Whether a border names two different countries; one that does not is reported separately.
    fn is_between_two(&self, border: &str) -> bool {
        let [from, to] = ["from", "to"].map(|key| self.word(&format!("border.{border}.{key}")));
        !from.is_empty() && !to.is_empty() && from != to
    }

    fn check_way(
        &mut self,
        channel: &Under<'_>,
        path: &str,
        way: &[u16],
        places: &[(String, Place)],
    ) {
        let borders = &channel.scenario.borders;
        let border = |index: usize| &borders[usize::from(way[index])];
        let country = channel.rules().country;
        let origins = channel.origins();
        let start = border(0).from;
        let others: BTreeSet<u16> = origins.iter().copied().filter(|o| *o != start).collect();
        if !others.is_empty() {
            let (codes, begin) = (self.codes(&others), self.code(start));
            let cure = if origins.contains(&start) {
                format!(
                    "write origins = [\"{begin}\"], and another channel with its own routes for {codes}"
                )
            } else {
                format!("begin with a border from {codes}, or correct `origins` of the channel")
            };
            self.report(
                Problem::error(format!(
                    "a route of `{path}` begins in {begin}, but the channel is for citizens of {codes}"
                ))
                .at(&places[0].1)
                .expected("a route that begins in the origin of all who use the channel")
                .cure(cure),
            );
        }
        for (index, (name, place)) in places.iter().enumerate() {
            let begins = border(index).from;
            let Some(before) = index.checked_sub(1) else {
                continue;
            };
            if border(before).to != begins {
                let (ends, begins) = (self.code(border(before).to), self.code(begins));
                self.report(
                    Problem::error(format!(
                        "a route of `{path}` is broken: {} ends in {ends}, but {name} begins in {begins}",
                        places[before].0
                    ))
                    .at(place)
                    .expected(format!("a border from {ends}"))
                    .nearest(self.border_between(channel.scenario, border(before).to, None))
                    .cure("name a border that begins where the one before it ends, or correct its `from`"),
                );
                return;
            }
        }
        let last = places.len() - 1;
        if border(last).to != country {
            let (ends, code) = (self.code(border(last).to), self.code(country));
            self.report(
                Problem::error(format!("a route of `{path}` ends in {ends}, not in {code}"))
                    .at(&places[last].1)
                    .expected(format!("a last border to {code}"))
                    .nearest(self.border_between(
                        channel.scenario,
                        border(last).from,
                        Some(country),
                    ))
                    .cure(format!(
                        "add the border from {ends} to {code}, or name another"
                    )),
            );
            return;
        }
        let mut passed = BTreeSet::from([start]);
        for (index, (name, place)) in places.iter().enumerate() {
            if !passed.insert(border(index).to) {
                let code = self.code(border(index).to);
                self.report(
                    Problem::error(format!(
                        "a route of `{path}` enters {code} twice, by {name}"
                    ))
                    .at(place)
                    .expected("a route that enters each country once")
                    .cure("take the detour out"),
                );
                return;
            }
        }
    }

    /// Returns a border that leads out of a country, and into another if one is given.
    fn border_between(&self, scenario: &Scenario, from: u16, to: Option<u16>) -> Option<String> {
        scenario
            .borders
            .iter()
            .find(|border| border.from == from && to.is_none_or(|to| border.to == to))
            .map(|border| border.name.clone())
    }

    pub(super) fn check_borders(&mut self, scenario: &Scenario) {
        let passed: BTreeSet<u16> = scenario
            .channels
            .iter()
            .flat_map(|channel| channel.routes.iter().flatten())
            .copied()
            .collect();
        // A route that could not be read may cross any border.
        let all_read = self.channels.keys().all(|(code, name)| {
            let path = format!("country.{code}.channel.{name}.routes");
            let is_there = load::find(self.table, &path::split(&path)).is_some();
            !is_there || self.get(&path).is_some()
        });
        for (index, border) in scenario.borders.iter().enumerate() {
            let thing = format!("border.{}", border.name);
            let is_known = |key: &str| self.get(&format!("{thing}.{key}")).is_some();
            if is_known("from") && is_known("to") && border.from == border.to {
                let place = self.place_of_value(&format!("{thing}.to"), &thing);
                let code = self.code(border.from);
                self.report(
                    Problem::error(format!(
                        "the border {} is from {code} to {code}",
                        border.name
                    ))
                    .at(&place)
                    .expected("two countries, in the direction in which the border is crossed")
                    .cure("correct `from` or `to`"),
                );
            }
            if all_read && !passed.contains(&(index as u16)) {
                let place = self.place_of(&thing);
                self.report(
                    Problem::warning(format!("no route crosses the border {}", border.name))
                        .at(&place)
                        .expected("a border that the `routes` of a channel name")
                        .cure(format!(
                            "name it in the `routes` of a channel, or write drop = [\"{thing}\"]"
                        )),
                );
            }
        }
    }
}
