//! Outcomes of claims to asylum.

use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use super::sums::Waits;
use crate::engine::StepReport;
use crate::world::FlowEvent;

/// Claims made in a country, in agents.
#[derive(Debug, Clone, Default)]
pub(super) struct ClaimSum {
    claimed: u64,
    recognised: u64,
    rejected: u64,
    expelled: u64,
    /// Claims pending at the end of the last step.
    pending: u64,
    /// How long decisions took.
    waits: Waits,
}

impl ClaimSum {
    fn add(&mut self, other: &Self) {
        self.claimed += other.claimed;
        self.recognised += other.recognised;
        self.rejected += other.rejected;
        self.expelled += other.expelled;
        self.pending += other.pending;
        self.waits.join(&other.waits);
    }
}

impl Outcomes<'_> {
    pub(super) fn add_claims(&mut self, report: &StepReport<'_>) {
        for &(key, agents) in &report.tally.flows {
            let sum = &mut self.claims[usize::from(key.from)];
            match key.event {
                FlowEvent::Claimed => sum.claimed += agents,
                FlowEvent::Recognised => sum.recognised += agents,
                FlowEvent::Rejected => sum.rejected += agents,
                FlowEvent::Expelled => sum.expelled += agents,
                _ => {}
            }
        }
        let channels = &self.scenario.channels;
        let country = |channel: u16| usize::from(channels[usize::from(channel)].country);
        for sum in &mut self.claims {
            sum.pending = 0;
        }
        for queue in &report.waiting.queues {
            if channels[usize::from(queue.channel)].asylum.is_some() {
                self.claims[country(queue.channel)].pending += queue.waiting;
            }
        }
        for waited in &report.waiting.decided {
            if channels[usize::from(waited.channel)].asylum.is_some() {
                let waits = &mut self.claims[country(waited.channel)].waits;
                waits.add(waited.days, waited.agents);
            }
        }
    }

    pub(super) fn asylum(&self, list: &mut List) {
        let takes_claims = |country: usize| {
            let mut channels = self.scenario.channels.iter();
            channels
                .any(|channel| channel.asylum.is_some() && usize::from(channel.country) == country)
        };
        let mut all: Option<ClaimSum> = None;
        for (index, code, _) in self.destinations() {
            if takes_claims(index) {
                list.claims(code, &self.claims[index]);
                all.get_or_insert_default().add(&self.claims[index]);
            }
        }
        if let Some(all) = all {
            list.claims(ALL, &all);
        }
    }
}

impl List {
    fn claims(&mut self, country: &str, sum: &ClaimSum) {
        self.persons("claims", ALL, country, sum.claimed);
        self.persons("claims_pending_at_end", ALL, country, sum.pending);
        self.persons("expelled", ALL, country, sum.expelled);
        let decided = sum.recognised + sum.rejected;
        if decided > 0 {
            let share = sum.recognised as f64 / decided as f64;
            self.add(
                "recognition_rate",
                ALL,
                country,
                share,
                Some(sum.recognised),
            );
        }
        self.median("claim_median_wait", ALL, country, &sum.waits);
    }
}
