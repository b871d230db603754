//! Outcomes of detention and of call-ups: who is confined, and what manpower leaves.

use super::super::names::{SECTORS, sector_name};
use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use crate::scenario::Sector;

impl Outcomes<'_> {
    pub(super) fn detaining(&self, list: &mut List) {
        if !self.confinement.has_repression {
            return;
        }
        let holding = self.scenario.behaviour.holding.on;
        for (group, sum) in self.groups() {
            let taken = sum.confinement;
            list.persons("detentions", group, ALL, taken.detentions);
            if holding {
                list.persons("detained_among_held", group, ALL, taken.detained_held);
            }
            list.persons("rendered", group, ALL, taken.rendered);
        }
    }

    pub(super) fn calling_up(&self, list: &mut List) {
        let segments = || self.scenario.segments.iter().enumerate();
        let eligible = || segments().filter(|(_, segment)| segment.draft_eligible);
        if eligible().next().is_some() {
            let abroad = eligible().map(|(index, _)| self.segments[index].abroad_twice);
            list.person_months(
                "draft_eligible_abroad_person_months",
                ALL,
                ALL,
                abroad.sum(),
            );
            let at_home = eligible().map(|(index, _)| {
                let confined = self.confinement.stocks.get(index);
                let confined = confined.copied().unwrap_or_default();
                let stocks = self.end.segments.get(index);
                stocks.map_or(0, |stocks| stocks.persons - stocks.abroad)
                    - confined.detained
                    - confined.mobilised
            });
            list.persons("draft_eligible_at_home_at_end", ALL, ALL, at_home.sum());
        }
        if !self.confinement.has_call_ups {
            return;
        }
        for (group, sum) in self.groups() {
            list.persons("called_up", group, ALL, sum.confinement.called_up);
        }
        let called_up = self.everybody().confinement.called_up;
        let missing = self
            .confinement
            .called_for
            .saturating_sub(called_up * self.scale);
        list.add(
            "call_up_shortfall",
            ALL,
            ALL,
            missing as f64,
            Some(called_up),
        );
    }

    pub(super) fn working(&self, list: &mut List) {
        let segments = || self.scenario.segments.iter().enumerate();
        if segments().all(|(_, segment)| segment.sector == Sector::Other) {
            return;
        }
        for sector in SECTORS {
            let of_sector = || segments().filter(move |(_, segment)| segment.sector == sector);
            let left = of_sector().map(|(index, _)| self.segments[index].left());
            list.persons("left_by_sector", sector_name(sector), ALL, left.sum());
            let abroad = of_sector().map(|(index, _)| {
                let stocks = self.end.segments.get(index);
                stocks.map_or(0, |stocks| stocks.abroad)
            });
            list.persons(
                "abroad_by_sector_at_end",
                sector_name(sector),
                ALL,
                abroad.sum(),
            );
        }
    }
}
