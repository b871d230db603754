//! Outcomes of the opposition at home and abroad, and of the narrative at home, by origin.
//!
//! Means over the run weight the mean of each step's beginning and end by its days. Counts at home
//! are whole numbers until the end; activity abroad is summed in a fixed order within each step.

use super::super::names::{PUBLISHING, STREET, security_name};
use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use crate::engine::StepReport;
use crate::world::{Opposition, Seen};

/// The opposition of an origin over a run.
#[derive(Debug, Clone, Default)]
pub(super) struct OppositionSum {
    /// Twice the agent-days of activists at home.
    at_home_twice: u64,
    /// Twice the days of full-time equivalents of agents active abroad: secure, insecure.
    abroad_twice: [f64; 2],
    /// Days of steps in which the share that voiced opposition exceeded the critical mass.
    days_above: u64,
    end: Opposition,
}

/// The narrative told in an origin over a run.
#[derive(Debug, Clone, Default)]
pub(super) struct StorySum {
    refused: u64,
    /// Twice the shift, times days.
    shift_twice: f64,
    end: Option<f64>,
}

impl OppositionSum {
    /// Adds the opposition of another origin.
    fn add(&mut self, other: &Self) {
        self.at_home_twice += other.at_home_twice;
        self.end.at_home += other.end.at_home;
        self.end.secure += other.end.secure;
        self.end.insecure += other.end.insecure;
        for (sum, part) in self.abroad_twice.iter_mut().zip(other.abroad_twice) {
            *sum += part;
        }
    }
}

impl Outcomes<'_> {
    pub(super) fn add_voice(&mut self, report: &StepReport<'_>, days: u64) {
        let parameters = self.scenario.behaviour.voice.as_ref();
        let (Some(voice), Some(parameters)) = (report.voice, parameters) else {
            return;
        };
        if self.opposition.is_empty() {
            let begin = voice.origins.iter().map(|origin| OppositionSum {
                end: origin.clone(),
                ..OppositionSum::default()
            });
            self.opposition = begin.collect();
        }
        for (sum, now) in self.opposition.iter_mut().zip(&voice.origins) {
            let before = std::mem::replace(&mut sum.end, now.clone());
            sum.at_home_twice += (before.at_home + now.at_home) * days;
            let both = [before.secure + now.secure, before.insecure + now.insecure];
            for (twice, both) in sum.abroad_twice.iter_mut().zip(both) {
                *twice += both * days as f64;
            }
            if parameters
                .critical_mass
                .is_some_and(|mass| now.share > mass)
            {
                sum.days_above += days;
            }
        }
    }

    pub(super) fn add_narrative(&mut self, report: &StepReport<'_>, days: u64) {
        if self.scenario.behaviour.narrative.is_none() {
            return;
        }
        let seen = Seen::of(self.scenario, report.tally);
        for ((sum, seen), here) in self.stories.iter_mut().zip(seen).zip(report.countries) {
            sum.refused += seen.refused;
            let before = std::mem::replace(&mut sum.end, here.narrative_shift);
            if let (Some(before), Some(now)) = (before, here.narrative_shift) {
                sum.shift_twice += (before + now) * days as f64;
            }
        }
    }

    /// Adds what the opposition can do at home and abroad, by kind and in total.
    pub(super) fn opposing(&self, list: &mut List) {
        let Some(voice) = &self.scenario.behaviour.voice else {
            return;
        };
        let mut together = OppositionSum::default();
        for sum in &self.opposition {
            let origin = &self.scenario.countries[usize::from(sum.end.origin)].code;
            together.add(sum);
            self.oppose(list, origin, sum, voice.publishing_home);
            if voice.critical_mass.is_some() {
                let weeks = sum.days_above as f64 / 7.0;
                list.add("weeks_above_critical_mass", ALL, origin, weeks, None);
            }
        }
        self.oppose(list, ALL, &together, voice.publishing_home);
        for (group, sum) in self.groups() {
            let twice = sum.activists_abroad_twice;
            list.person_months("activist_person_months_abroad", group, ALL, twice);
        }
    }

    /// Adds these outcomes for one origin, or for all; `publishing_home` is the publishing of an
    /// activist at home.
    fn oppose(&self, list: &mut List, origin: &str, sum: &OppositionSum, publishing_home: f64) {
        let persons = self.scale as f64;
        let mut add = |id: &'static str, kinds: [(&str, f64); 2]| {
            let all: f64 = kinds.iter().map(|(_, agents)| agents).sum();
            list.add(id, ALL, origin, persons * all, None);
            for (group, agents) in kinds {
                list.add(id, group, origin, persons * agents, None);
            }
        };
        let home = |activists: f64| {
            let publishing = publishing_home * activists;
            [(STREET, activists), (PUBLISHING, publishing)]
        };
        let abroad = |secure, insecure| {
            [
                (security_name(true), secure),
                (security_name(false), insecure),
            ]
        };
        let end = &sum.end;
        add("opposition_at_home_at_end", home(end.at_home as f64));
        add("opposition_abroad_at_end", abroad(end.secure, end.insecure));
        if self.days > 0 {
            let mean = |twice: f64| twice / (2.0 * self.days as f64);
            let [secure, insecure] = sum.abroad_twice.map(mean);
            add(
                "opposition_at_home_mean",
                home(mean(sum.at_home_twice as f64)),
            );
            add("opposition_abroad_mean", abroad(secure, insecure));
        }
    }

    /// Adds what was seen at home, and the shift that the model derives from it.
    pub(super) fn narrating(&self, list: &mut List) {
        for (country, sum) in self.scenario.countries.iter().zip(&self.stories) {
            let Some(end) = sum.end else { continue };
            let code = country.code.as_str();
            list.persons("refusals_seen_at_home", ALL, code, sum.refused);
            list.add("narrative_shift_modelled_at_end", ALL, code, end, None);
            if self.days > 0 {
                let mean = sum.shift_twice / (2.0 * self.days as f64);
                list.add("narrative_shift_modelled_mean", ALL, code, mean, None);
            }
        }
    }
}
