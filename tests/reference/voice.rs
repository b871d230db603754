//! Voice at home and activity abroad: everybody of a class asked, everybody abroad counted.

use crate::belief::{Mind, Minds};
use crate::choice::{View, inclusive_value};
use crate::faults::Fault;
use crate::leaving::{hardship, persecution};
use crate::persons::Person;
use crate::rules::NOW;
use crate::step::{Life, Whereabouts};
use crate::world::World;
use exeunt::scenario::{Constants, Scenario, Status, Voice};

/// What a step shows of the opposition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opposition {
    /// By segment: persons expected to voice it.
    pub voicing: Vec<f64>,
    /// Activists at home who are free.
    pub at_home: u64,
    /// Publishing abroad: secure, insecure.
    pub abroad: [f64; 2],
    /// By country, as an origin: share of citizens at home and free who voiced it.
    pub shares: Vec<f64>,
}

/// What is asked of the persons of a class.
pub struct Poll<'a> {
    pub scenario: &'a Scenario,
    pub constants: &'a Constants,
    pub world: &'a World,
    pub minds: &'a Minds<'a>,
    pub persons: &'a [Person],
    /// By person: what it believes, refusals apart.
    pub beliefs: &'a [Mind],
    pub fault: Fault,
}

impl Poll<'_> {
    /// The chance of each class, by segment and activity, given who spoke in the step before.
    pub fn chances(&self, voice: &Voice, shares: &[f64]) -> Vec<[f64; 2]> {
        let of_segment = |segment| {
            [false, true].map(|active| {
                let is_of_class =
                    |person: &Person| person.segment == segment && person.active == active;
                let class: Vec<usize> = (0..self.persons.len())
                    .filter(|index| is_of_class(&self.persons[*index]))
                    .collect();
                self.chance(voice, &class, shares)
            })
        };
        (0..self.scenario.segments.len()).map(of_segment).collect()
    }

    fn chance(&self, voice: &Voice, class: &[usize], shares: &[f64]) -> f64 {
        let Some(first) = class.first() else {
            return 0.0;
        };
        let behaviour = &self.scenario.behaviour;
        let view = |index: usize| {
            let sets = self.minds.sets(self.beliefs[index]);
            let view = View::at_home(behaviour, self.world, sets, &self.persons[index]);
            view.under(NOW)
        };
        let mean = |of: &dyn Fn(usize) -> f64| {
            class.iter().map(|index| of(*index)).sum::<f64>() / class.len() as f64
        };
        let grievance = mean(&|index| self.persons[index].dissent + hardship(view(index)));
        let fear = mean(&|index| persecution(behaviour, self.world, &self.persons[index]));
        let segment = self.persons[*first].segment;
        let reference = self.constants.inclusive_value[segment];
        let worth = |index: usize| {
            let inclusive = inclusive_value(&view(index).values());
            let pull = (behaviour.choice.lambda * (inclusive - reference)).exp();
            self.persons[index].propensity * pull
        };
        let exit = mean(&worth) / mean(&|index| self.persons[index].propensity) - 1.0;
        let (others, xi) = match self.fault {
            Fault::OthersUnheard => (0.0, voice.exit),
            Fault::ExitUnvalued => (shares[self.persons[*first].origin], 0.0),
            _ => (shares[self.persons[*first].origin], voice.exit),
        };
        let score = voice.baseline + voice.grievance * grievance + voice.others * others
            - voice.fear * fear
            - xi * exit;
        score.exp() / (1.0 + score.exp())
    }

    /// What is counted at the end of a step, given the chances of the classes in it.
    pub fn count(&self, lives: &[Life], chances: &[[f64; 2]], end: f64) -> Opposition {
        let scenario = self.scenario;
        let mut counted = Opposition {
            voicing: vec![0.0; scenario.segments.len()],
            shares: vec![0.0; scenario.countries.len()],
            ..Opposition::default()
        };
        let mut free = vec![0.0; scenario.countries.len()];
        for (person, life) in self.persons.iter().zip(lives) {
            let confined = matches!(
                life.at,
                Whereabouts::Detained { .. } | Whereabouts::Mobilised { .. }
            );
            if life.at.is_abroad() {
                if person.active {
                    self.count_abroad(life, end, &mut counted.abroad);
                }
            } else if !confined || self.fault == Fault::ConfinedSpeak {
                let chance = chances[person.segment][usize::from(person.active)];
                counted.voicing[person.segment] += chance;
                counted.shares[person.origin] += chance;
                free[person.origin] += 1.0;
                counted.at_home += u64::from(person.active);
            }
        }
        for (share, free) in counted.shares.iter_mut().zip(free) {
            *share /= f64::max(1.0, free);
        }
        counted
    }

    fn count_abroad(&self, life: &Life, end: f64, abroad: &mut [f64; 2]) {
        let (Some(voice), Whereabouts::Abroad(stay)) = (&self.scenario.behaviour.voice, &life.at)
        else {
            return;
        };
        let since = match self.fault {
            Fault::ActivityFromArrival => stay.since,
            _ => stay.left_home,
        };
        let security = &voice.security;
        let (place, activity) = match stay.status {
            Status::Protected => (0, security.protected),
            Status::Legal => (0, security.legal),
            Status::Temporary => (1, security.temporary),
            Status::Pending => (1, security.pending),
            Status::Irregular => (1, security.irregular),
        };
        abroad[place] += activity * 0.5_f64.powf((end - since.floor()) / voice.half_life.days());
    }
}
