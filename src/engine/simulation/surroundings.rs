//! What changes around persons from one step to the next: rents, attitudes, the story at home, and policy that reacts.

use super::{Simulation, versions_to_hear_of};
use crate::engine::narrative;
use crate::engine::observer::Conditions;
use crate::units::DAYS_PER_MONTH;
use std::sync::Arc;

/// Ratio of newcomers' homes to rented homes above which the response of rents is beyond experience.
const WARN_PRESSURE: f64 = 0.6;

impl Simulation {
    pub(super) fn move_world(&mut self, days: f64) {
        for (trips, facts) in self.trips.iter_mut().zip(&self.world.rules.countries) {
            *trips = [trips[1], trips[1] + facts.trips * days / DAYS_PER_MONTH];
        }
        for country in 0..self.scenario.countries.len() {
            let newcomers = self.stocks.newcomers(country) * self.options.scale;
            let rent = &mut self.world.rents[country];
            let before = rent.pressure;
            rent.advance(&self.scenario, country, newcomers as f64, days);
            if before <= WARN_PRESSURE && rent.pressure > WARN_PRESSURE {
                let warning = format!(
                    "{}: newcomers come to fill more than {WARN_PRESSURE} of the rented homes; beyond \
                     that, the rent response has no basis in experience (see its rent_index)",
                    self.scenario.countries[country].name
                );
                if !self.warnings.contains(&warning) {
                    self.warnings.push(warning);
                }
            }
            if let Some(attitude) = self.world.attitudes.get_mut(country) {
                attitude.advance(&self.scenario, country, newcomers as f64, days);
            }
        }
        let happened = (&self.tally, &self.stocks);
        narrative::tell(&self.scenario, &mut self.world, happened, days);
        self.conditions = self.conditions();
        let next = self.done + 1;
        let acting = self
            .reactions
            .advance(&self.scenario, &self.world, days, next);
        if let (Some(step), false) = (self.scenario.calendar.steps.get(next), acting.is_empty()) {
            // (Worth a message, because no table says when a reaction came.)
            for event in &acting {
                let says = format!(
                    "event {event} acts from {}: its public has wanted restriction for long enough",
                    step.start
                );
                self.warnings.push(says);
            }
            self.react();
        }
    }

    /// Dates the events whose step has become known, so that they act and can be heard of.
    pub(super) fn react(&mut self) {
        if self.reactions.is_empty() {
            return;
        }
        self.reactions.date(Arc::make_mut(&mut self.scenario));
        self.versions = versions_to_hear_of(&self.scenario);
        (self.version_rules, self.heard) = (None, None);
    }

    pub(super) fn conditions(&self) -> Vec<Conditions> {
        let (scenario, world) = (&*self.scenario, &self.world);
        let mut hosts = vec![false; scenario.countries.len()];
        for channel in &scenario.channels {
            hosts[usize::from(channel.country)] = true;
        }
        (0..scenario.countries.len())
            .map(|country| {
                let market = self.scenario.countries[country].market.as_ref();
                let moving = market.and(self.scenario.behaviour.rents.as_ref());
                let rent = &self.world.rents[country];
                let facts = &self.world.rules.countries[country];
                let [before, after] = self.trips[country].map(|trips| trips as u64);
                let share = world.share_wanting_restriction(scenario, country);
                let share = share.filter(|_| hosts[country]);
                Conditions {
                    trips: after - before,
                    rent_index: moving.map(|_| rent.index()),
                    rent_pressure: moving.map(|_| rent.pressure),
                    share_wanting_restriction: share,
                    hostility: share.map(|_| world.hostility(scenario, country)),
                    narrative_shift: world.narrative_shift(country),
                    rent_burden: market.map(|_| {
                        self.world.monthly_rent(&self.scenario, country)
                            / (facts.wage * facts.real_income)
                    }),
                }
            })
            .collect()
    }
}
