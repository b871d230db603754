//! What becomes of those odds in the course of a scenario: who is at home, held or gone, counted day by day as
//! expected numbers; and the same counted in a run.

use crate::closed_form::{Odds, kinds, odds};
use crate::support::{simulation, watch};
use exeunt::scenario::Scenario;
use exeunt::units::DAYS_PER_YEAR;
use exeunt::world::{FlowEvent, Rules};
use std::sync::Arc;

/// What is counted by the end of a scenario, persons.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Wishes to leave.
    pub wishes: f64,
    /// By channel: who left by it, or applied where it has a quota.
    pub left: Vec<f64>,
    /// Who is held at the end: barred, deterred, short of means.
    pub held: [f64; 3],
}

impl Course {
    /// The counts with their names.
    pub fn numbers(&self, scenario: &Scenario) -> Vec<(String, f64)> {
        let mut numbers = vec![("wishes".to_owned(), self.wishes)];
        for (channel, left) in scenario.channels.iter().zip(&self.left) {
            let code = &scenario.countries[usize::from(channel.country)].code;
            numbers.push((format!("{code} by {}", channel.name), *left));
        }
        let held = ["barred", "deterred", "means"].map(str::to_owned);
        numbers.extend(held.into_iter().zip(self.held));
        numbers.push(("left".to_owned(), self.left.iter().sum()));
        numbers
    }
}

/// Persons who are held. Each would go under every set of rules under which a share of more than x of those who
/// wish to leave goes, x being spread evenly between `from` and `to`: tighter rules let a part of those go whom
/// wider ones let go.
#[derive(Debug, Clone)]
struct Held {
    from: f64,
    to: f64,
    cause: usize,
    persons: f64,
    /// The weights of channels when they were held.
    weights: Vec<f64>,
}

/// What is expected of a scenario.
pub fn expected(scenario: &Scenario) -> Course {
    let mut course = Course {
        wishes: 0.0,
        left: vec![0.0; scenario.channels.len()],
        held: [0.0; 3],
    };
    for kind in kinds(scenario) {
        let mut content = scenario.segments[0].size as f64 * kind.share;
        let mut held: Vec<Held> = Vec::new();
        let mut now = odds(scenario, 0, kind);
        for (index, step) in scenario.calendar.steps.iter().enumerate() {
            if index > 0 && Rules::may_change(scenario, index) {
                now = odds(scenario, index, kind);
                held = divided(held, now.goes[0]);
            }
            let years = f64::from(step.days) / 365.25;
            let back = leave_or_forget(scenario, &mut held, &now, years, &mut course.left);
            let wishes = content * (1.0 - libm::exp(-now.wishes * years));
            course.wishes += wishes;
            for (left, share) in course.left.iter_mut().zip(now.ways()) {
                *left += wishes * now.goes[0] * share;
            }
            for cause in 0..3 {
                hold(&mut held, &now, cause, wishes);
            }
            content += back - wishes;
        }
        for group in held {
            course.held[group.cause] += group.persons;
        }
    }
    course
}

/// The held so divided that each group would go as a whole or not at all.
fn divided(held: Vec<Held>, goes: f64) -> Vec<Held> {
    let mut parts = Vec::new();
    for group in held {
        if goes <= group.from || group.to <= goes {
            parts.push(group);
            continue;
        }
        for (from, to) in [(group.from, goes), (goes, group.to)] {
            parts.push(Held {
                from,
                to,
                persons: group.persons * (to - from) / (group.to - group.from),
                ..group.clone()
            });
        }
    }
    parts
}

/// Release and fading compete; returns who has forgotten the wish.
fn leave_or_forget(
    scenario: &Scenario,
    held: &mut [Held],
    now: &Odds,
    years: f64,
    left: &mut [f64],
) -> f64 {
    let holding = &scenario.behaviour.holding;
    let fade = core::f64::consts::LN_2 / (holding.fade.days() / DAYS_PER_YEAR);
    let mut back = 0.0;
    for group in held {
        let goes = group.to <= now.goes[0];
        let release = if goes {
            holding.release.per_year()
        } else {
            0.0
        };
        let gone = group.persons * (1.0 - libm::exp(-(release + fade) * years));
        group.persons -= gone;
        back += gone * fade / (release + fade);
        if goes {
            // They go where it has become easier to go: all else they could have had before.
            let easier: Vec<f64> = risen(scenario, &group.weights, &now.weights);
            let all: f64 = easier.iter().sum();
            for (left, weight) in left.iter_mut().zip(easier) {
                *left += gone * release / (release + fade) * weight / all;
            }
        }
    }
    back
}

/// The weights of the channels of countries that weigh more than before.
fn risen(scenario: &Scenario, before: &[f64], now: &[f64]) -> Vec<f64> {
    let of_country = |weights: &[f64], country: u16| -> f64 {
        let channels = scenario.channels.iter().zip(weights);
        let here = channels.filter(|(channel, _)| channel.country == country);
        here.map(|(_, weight)| weight).sum()
    };
    let channels = scenario.channels.iter().zip(now);
    channels
        .map(|(channel, weight)| {
            let country = channel.country;
            let rises = of_country(now, country) > of_country(before, country) * (1.0 + 1e-9);
            if rises { *weight } else { 0.0 }
        })
        .collect()
}

/// Those whom a cause holds: who would go if it were lifted.
fn hold(held: &mut Vec<Held>, now: &Odds, cause: usize, wishes: f64) {
    let (from, to) = (now.goes[cause], now.goes[cause + 1]);
    if to <= from {
        return;
    }
    let persons = wishes * (to - from);
    let same = |group: &&mut Held| {
        group.cause == cause && group.from == from && group.to == to && group.weights == now.weights
    };
    match held.iter_mut().find(same) {
        Some(group) => group.persons += persons,
        None => held.push(Held {
            from,
            to,
            cause,
            persons,
            weights: now.weights.clone(),
        }),
    }
}

/// The same counted in a run.
pub fn counted(scenario: &Arc<Scenario>, seed: u64) -> Course {
    let mut course = Course {
        wishes: 0.0,
        left: vec![0.0; scenario.channels.len()],
        held: [0.0; 3],
    };
    watch(&mut simulation(scenario, seed, 2), |report| {
        for (key, persons) in &report.tally.flows {
            let Some(channel) = scenario.channels.get(usize::from(key.channel)) else {
                continue;
            };
            let event = match channel.quota {
                Some(_) => FlowEvent::Applied,
                None => FlowEvent::Left,
            };
            if key.event == event {
                course.left[usize::from(key.channel)] += *persons as f64;
            }
        }
        course.wishes += report.tally.segments[0].aspired as f64;
        course.held = report.stocks.segments[0].held.map(|persons| persons as f64);
    });
    course
}
