//! Outcomes by origin, where several origins share hosts: who arrives, who gets places in quotas
//! and after how long, who is refused, and what rents are where they live.

use super::super::outcome::ALL;
use super::super::rows::{CountryFlows, add_flow};
use super::Outcomes;
use super::list::List;
use super::sums::Waits;
use crate::engine::StepReport;
use crate::scenario::Scenario;

/// Sums over an origin, by country index, in agents.
#[derive(Debug, Clone)]
pub(super) struct OriginSum {
    /// Country index of the origin.
    origin: u16,
    flows: Vec<CountryFlows>,
    /// Places taken in quotas.
    places: Vec<u64>,
    /// Waits of applications, but not of claims to asylum.
    waits: Vec<Waits>,
}

impl OriginSum {
    /// Returns empty sums for every origin of a scenario.
    pub(super) fn all(scenario: &Scenario) -> Vec<Self> {
        let countries = scenario.countries.len();
        let origins = scenario.origins();
        let empty = |origin| Self {
            origin,
            flows: vec![CountryFlows::default(); countries],
            places: vec![0; countries],
            waits: vec![Waits::default(); countries],
        };
        origins.into_iter().map(empty).collect()
    }
}

impl Outcomes<'_> {
    pub(super) fn add_origins(&mut self, report: &StepReport<'_>) {
        let scenario = self.scenario;
        let country = |channel: u16| usize::from(scenario.channels[usize::from(channel)].country);
        if self.origins.len() > 1 {
            for &(key, agents) in &report.tally.flows {
                let origin = scenario.segments[usize::from(key.segment)].origin;
                if let Some(sum) = of_origin(&mut self.origins, origin) {
                    add_flow(&mut sum.flows, &key, agents);
                }
            }
        }
        for taken in &report.waiting.places {
            if let Some(sum) = of_origin(&mut self.origins, taken.origin) {
                sum.places[country(taken.channel)] += taken.agents;
            }
        }
        for waited in &report.waiting.decided {
            let is_of_claims = scenario.channels[usize::from(waited.channel)]
                .asylum
                .is_some();
            if let Some(sum) = of_origin(&mut self.origins, waited.origin)
                && !is_of_claims
            {
                sum.waits[country(waited.channel)].add(waited.days, waited.agents);
            }
        }
    }

    pub(super) fn by_origin(&self, list: &mut List) {
        let several = self.origins.len() > 1;
        for sum in &self.origins {
            let code = &self.scenario.countries[usize::from(sum.origin)].code;
            if several {
                self.arriving_from(list, code, sum);
                self.applying(list, code, &[sum]);
                self.renting(list, code, &[sum]);
            }
        }
        let everybody: Vec<&OriginSum> = self.origins.iter().collect();
        self.applying(list, ALL, &everybody);
        if several {
            self.renting(list, ALL, &everybody);
        }
    }

    fn arriving_from(&self, list: &mut List, group: &str, sum: &OriginSum) {
        let mut all = CountryFlows::default();
        for (index, code, _) in self.destinations() {
            all.add(&sum.flows[index]);
            list.attempts(group, code, &sum.flows[index]);
        }
        list.attempts(group, ALL, &all);
    }

    /// Adds places and waits of persons from some origins.
    fn applying(&self, list: &mut List, group: &str, sums: &[&OriginSum]) {
        let (mut places, mut waits) = (None, Waits::default());
        for (index, code, _) in self.destinations() {
            let mut here = Waits::default();
            for sum in sums {
                here.join(&sum.waits[index]);
            }
            if self.has_quota(index) {
                let taken = sums.iter().map(|sum| sum.places[index]).sum();
                list.persons("places_taken", group, code, taken);
                *places.get_or_insert(0) += taken;
            }
            list.median("application_median_wait", group, code, &here);
            waits.join(&here);
        }
        if let Some(places) = places {
            list.persons("places_taken", group, ALL, places);
        }
        list.median("application_median_wait", group, ALL, &waits);
    }

    /// Adds the rents where persons from some origins live at the end of the run.
    fn renting(&self, list: &mut List, group: &str, sums: &[&OriginSum]) {
        let (mut burdens, mut agents) = (0.0, 0);
        for (index, _, country) in self.destinations() {
            let Some(burden) = country.burden_end else {
                continue;
            };
            let here = |sum: &&OriginSum| self.end.of_origin(index, usize::from(sum.origin));
            let here: u64 = sums.iter().map(here).sum();
            burdens += burden * here as f64;
            agents += here;
        }
        if agents > 0 {
            let mean = burdens / agents as f64;
            list.add("rent_burden_lived_with", group, ALL, mean, Some(agents));
        }
    }

    fn has_quota(&self, country: usize) -> bool {
        let channels = self.scenario.channels.iter().enumerate();
        channels
            .filter(|(_, channel)| usize::from(channel.country) == country)
            .any(|(index, _)| self.scenario.ever_has_quota(index))
    }
}

fn of_origin(sums: &mut [OriginSum], origin: u16) -> Option<&mut OriginSum> {
    let place = sums.binary_search_by_key(&origin, |sum| sum.origin).ok()?;
    sums.get_mut(place)
}
