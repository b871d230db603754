//! Reactions of policy: events that take effect once a public has wanted restriction for long enough.

use crate::scenario::Scenario;
use crate::units::Duration;
use crate::world::World;
use serde::{Deserialize, Serialize};

/// The events of a run that wait for a public, and those that have taken effect since.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reactions {
    list: Vec<Reaction>,
}

/// One such event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Reaction {
    /// Its name.
    event: String,
    /// How long the public has wanted restriction by now, days.
    days: f64,
    /// The step from which the event acts, once it is known.
    step: Option<u32>,
}

impl Reactions {
    /// The reactions of a scenario; none where policy does not react.
    pub fn of(scenario: &Scenario) -> Self {
        let attitudes = scenario.behaviour.attitudes.as_ref();
        if attitudes.is_none_or(|attitudes| !attitudes.reactions) {
            return Self::default();
        }
        let waiting = scenario.events.iter().filter(|event| event.when.is_some());
        let reaction = |event: &crate::scenario::Event| Reaction {
            event: event.name.clone(),
            days: 0.0,
            step: None,
        };
        Self {
            list: waiting.map(reaction).collect(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// These reactions, with the progress that they had made in a saved run.
    pub fn resumed(mut self, saved: &Self) -> Self {
        for reaction in &mut self.list {
            let same = |other: &&Reaction| other.event == reaction.event;
            if let Some(other) = saved.list.iter().find(same) {
                reaction.clone_from(other);
            }
        }
        self
    }

    /// Advances by a step of `days` days. Returns the names of the events that act from step `next` on.
    pub fn advance(
        &mut self,
        scenario: &Scenario,
        world: &World,
        days: f64,
        next: usize,
    ) -> Vec<String> {
        let mut acting = Vec::new();
        for reaction in self.list.iter_mut().filter(|list| list.step.is_none()) {
            let mut events = scenario.events.iter();
            let event = events.find(|event| event.name == reaction.event);
            let Some(when) = event.and_then(|event| event.when) else {
                continue;
            };
            let share = world.share_wanting_restriction(scenario, usize::from(when.country));
            if share.is_none_or(|share| share < when.wanting_restriction) {
                reaction.days = 0.0;
                continue;
            }
            reaction.days += days;
            if Duration::from_days(reaction.days) >= when.lasting {
                reaction.step = Some(next as u32);
                acting.push(reaction.event.clone());
            }
        }
        acting
    }

    /// Sets the date of every event whose step is known.
    pub fn date(&self, scenario: &mut Scenario) {
        for reaction in &self.list {
            let step = reaction.step.map(|step| step as usize);
            let start = step.and_then(|step| scenario.calendar.steps.get(step));
            let (Some(step), Some(start)) = (step, start.map(|step| step.start)) else {
                continue;
            };
            let mut events = scenario.events.iter_mut();
            if let Some(event) = events.find(|event| event.name == reaction.event) {
                (event.step, event.date) = (step, start);
            }
        }
        let events = &mut scenario.events;
        events.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    }
}
