//! Outcomes of the opposition at home and abroad, and of the story told at home; by origin.
//!
//! Means over the run take the mean of a step's beginning and end times its days. Counts at home are
//! whole numbers until the end; activity abroad is a sum in a fixed order within each step.

use super::super::names::{PUBLISHING, STREET, security_name};
use super::super::outcome::ALL;
use super::Outcomes;
use super::list::List;
use crate::engine::StepReport;
use crate::world::{Opposition, Seen};

/// The opposition of an origin through a run.
#[derive(Debug, Clone, Default)]
pub(super) struct OppositionSum {
    /// Twice the agent-days of activists at home.
    at_home_twice: u64,
    /// Twice the days of agents active full time abroad: secure, insecure.
    abroad_twice: [f64; 2],
    /// Days of steps in which those who voiced opposition were more than the critical mass.
    days_above: u64,
    end: Opposition,
}

/// The story told in an origin through a run.
#[derive(Debug, Clone, Default)]
pub(super) struct StorySum {
    refused: u64,
    /// Twice the shift times days.
    shift_twice: f64,
    end: Option<f64>,
}

/// Activity at home or abroad, by kind: agents active full time.
type Activity = [f64; 2];

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

    /// What the opposition can do at home and abroad; each by kind and together.
    pub(super) fn opposing(&self, list: &mut List) {
        let Some(voice) = &self.scenario.behaviour.voice else {
            return;
        };
        let code = |origin: u16| self.scenario.countries[usize::from(origin)].code.as_str();
        let twice_days = 2.0 * self.days as f64;
        let at_home = |activists: f64| [activists, voice.publishing_home * activists];
        let mut rows: Vec<(&str, [Option<Activity>; 2], [Activity; 2])> = Vec::new();
        for sum in &self.opposition {
            let mean = |twice: f64| twice / twice_days;
            let means = [
                at_home(mean(sum.at_home_twice as f64)),
                sum.abroad_twice.map(mean),
            ];
            let ends = [
                at_home(sum.end.at_home as f64),
                [sum.end.secure, sum.end.insecure],
            ];
            let means = means.map(|mean| (self.days > 0).then_some(mean));
            rows.push((code(sum.end.origin), means, ends));
            if voice.critical_mass.is_some() {
                let weeks = sum.days_above as f64 / 7.0;
                let origin = code(sum.end.origin);
                list.add("weeks_above_critical_mass", ALL, origin, weeks, None);
            }
        }
        let together = rows.iter().skip(1).fold(rows.first().cloned(), |sum, row| {
            let plus = |one: Activity, other: Activity| [one[0] + other[0], one[1] + other[1]];
            sum.map(|(_, means, ends)| {
                let mean = |place: usize| means[place].zip(row.1[place]);
                let mean = |place: usize| mean(place).map(|(one, other)| plus(one, other));
                let end = |place: usize| plus(ends[place], row.2[place]);
                (ALL, [mean(0), mean(1)], [end(0), end(1)])
            })
        });
        let together = together.map(|(_, means, ends)| (ALL, means, ends));
        let scale = self.scale as f64;
        for (origin, means, ends) in together.into_iter().chain(rows) {
            let mut add = |id: &'static str, groups: [&str; 2], activity: Option<Activity>| {
                let Some(kinds) = activity else { return };
                list.add(id, ALL, origin, scale * (kinds[0] + kinds[1]), None);
                for (group, kind) in groups.into_iter().zip(kinds) {
                    list.add(id, group, origin, scale * kind, None);
                }
            };
            let home = [STREET, PUBLISHING];
            let abroad = [true, false].map(security_name);
            add("opposition_at_home_mean", home, means[0]);
            add("opposition_at_home_at_end", home, Some(ends[0]));
            add("opposition_abroad_mean", abroad, means[1]);
            add("opposition_abroad_at_end", abroad, Some(ends[1]));
        }
        for (group, sum) in self.groups() {
            let twice = sum.activists_abroad_twice;
            list.person_months("activist_person_months_abroad", group, ALL, twice);
        }
    }

    /// What was seen at home, and what the model makes of it.
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
