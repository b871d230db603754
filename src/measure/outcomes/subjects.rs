//! The outcomes of each subject, from the sums of a run.

use super::super::names::{HOLDS, MOTIVES, STATUSES, hold_name, motive_name, status_name};
use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use super::sums::CountrySum;
use crate::units::DAYS_PER_MONTH;
use crate::world::SegmentStocks;

impl Outcomes<'_> {
    pub(super) fn leaving(&self, list: &mut List) {
        for (group, sum) in self.groups() {
            list.persons("left", group, ALL, sum.left());
            list.persons("aspired", group, ALL, sum.tally.aspired);
        }
        let all = self.everybody();
        for motive in MOTIVES {
            let left = all.tally.left_by[motive as usize];
            list.persons("left_by_motive", motive_name(motive), ALL, left);
        }
        let left = all.left();
        let of_leavers = |part: u64| part as f64 / left as f64;
        let persons: f64 = self.scenario.segments.iter().map(|s| s.size as f64).sum();
        let active: f64 = self
            .scenario
            .segments
            .iter()
            .map(|s| s.size as f64 * s.active)
            .sum();
        if left > 0 {
            list.add(
                "leavers_mean_age",
                ALL,
                ALL,
                of_leavers(all.tally.left_age_years),
                Some(left),
            );
            list.add(
                "leavers_men",
                ALL,
                ALL,
                of_leavers(all.tally.left_men),
                Some(all.tally.left_men),
            );
            list.add(
                "leavers_higher_education",
                ALL,
                ALL,
                of_leavers(all.tally.left_educated),
                Some(all.tally.left_educated),
            );
            if active > 0.0 {
                let ratio = of_leavers(all.tally.left_active) / (active / persons);
                list.add(
                    "activists_among_leavers",
                    ALL,
                    ALL,
                    ratio,
                    Some(all.tally.left_active),
                );
            }
        }
    }

    pub(super) fn ties(&self, list: &mut List) {
        let ties = self.scenario.behaviour.ties.as_ref();
        let number = ties.and_then(|ties| self.reproduction.number(ties.window_days()));
        if let Some(number) = number {
            let further = self.reproduction.further();
            list.add("reproduction_number", ALL, ALL, number, Some(further));
        }
    }

    pub(super) fn holding(&self, list: &mut List) {
        if !self.scenario.behaviour.holding.on {
            return;
        }
        let held = |stocks: &SegmentStocks| stocks.held.iter().sum::<u64>();
        list.persons(
            "held_at_end",
            ALL,
            ALL,
            self.end.segments.iter().map(held).sum(),
        );
        for (segment, stocks) in self.scenario.segments.iter().zip(&self.end.segments) {
            list.persons("held_at_end", &segment.name, ALL, held(stocks));
        }
        for (group, sum) in self.groups() {
            list.person_months(
                "person_months_held",
                group,
                ALL,
                sum.held_twice.iter().sum(),
            );
        }
        let all = self.everybody();
        for cause in HOLDS {
            let index = cause as usize;
            let at_end = self
                .end
                .segments
                .iter()
                .map(|stocks| stocks.held[index])
                .sum();
            list.persons("held_by_cause_at_end", hold_name(cause), ALL, at_end);
            list.person_months(
                "person_months_held_by_cause",
                hold_name(cause),
                ALL,
                all.held_twice[index],
            );
        }
    }

    pub(super) fn returning(&self, list: &mut List) {
        for (group, sum) in self.groups() {
            let (returned, involuntarily) = (sum.tally.returned, sum.tally.returned_involuntarily);
            list.persons("returned", group, ALL, returned);
            list.persons("returned_involuntarily", group, ALL, involuntarily);
            list.persons("returned_voluntarily", group, ALL, returned - involuntarily);
            if sum.left() > 0 {
                let share = returned as f64 / sum.left() as f64;
                list.add("share_returned", group, ALL, share, Some(returned));
            }
        }
        for (_, code, sum) in self.destinations() {
            list.persons("returned", ALL, code, sum.flows.returned);
        }
    }

    pub(super) fn abroad(&self, list: &mut List) {
        let abroad = |stocks: &SegmentStocks| stocks.abroad;
        list.persons(
            "abroad_at_end",
            ALL,
            ALL,
            self.end.segments.iter().map(abroad).sum(),
        );
        for (segment, stocks) in self.scenario.segments.iter().zip(&self.end.segments) {
            list.persons("abroad_at_end", &segment.name, ALL, stocks.abroad);
        }
        let origins = self.scenario.countries.len();
        let mut by_status = [0; STATUSES.len()];
        let mut irregular_twice = 0;
        for (index, code, sum) in self.destinations() {
            list.persons("abroad_at_end", ALL, code, self.end.newcomers(index));
            for status in STATUSES {
                let agents = (0..origins)
                    .map(|origin| self.end.stay(index, origin, status))
                    .sum();
                by_status[status as usize] += agents;
                list.persons("abroad_by_status_at_end", status_name(status), code, agents);
            }
            list.person_months("irregular_person_months", ALL, code, sum.irregular_twice);
            irregular_twice += sum.irregular_twice;
        }
        for status in STATUSES {
            let agents = by_status[status as usize];
            list.persons("abroad_by_status_at_end", status_name(status), ALL, agents);
        }
        list.person_months("irregular_person_months", ALL, ALL, irregular_twice);
    }

    pub(super) fn entering(&self, list: &mut List) {
        let mut all = CountrySum::default();
        for (_, code, sum) in self.destinations() {
            list.entries(code, sum);
            all.flows.add(&sum.flows);
            all.left_for += sum.left_for;
            all.expired += sum.expired;
            all.renewed += sum.renewed;
            all.irregular_entries += sum.irregular_entries;
        }
        list.entries(ALL, &all);
    }

    pub(super) fn rents(&self, list: &mut List) {
        for (_, code, sum) in self.destinations() {
            for (id, value) in [
                ("rent_index_peak", sum.rent_peak),
                ("rent_index_at_end", sum.rent_end),
                ("rent_burden_at_end", sum.burden_end),
            ] {
                if let Some(value) = value {
                    list.add(id, ALL, code, value, None);
                }
            }
        }
    }

    pub(super) fn attitudes(&self, list: &mut List) {
        for (_, code, sum) in self.destinations() {
            let (Some(peak), Some(end)) = (sum.wanting_peak, sum.wanting_end) else {
                continue;
            };
            let months = sum.most_want_twice as f64 / (2.0 * DAYS_PER_MONTH);
            for (id, value) in [
                ("wanting_restriction_peak", peak),
                ("wanting_restriction_at_end", end),
                ("months_most_want_restriction", months),
            ] {
                list.add(id, ALL, code, value, None);
            }
        }
    }
}
