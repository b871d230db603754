//! A step in the life of a person at home.

use crate::choice::{Place, View};
use crate::faults::Fault;
use crate::leaving::{Aspiration, Drive, delay_days};
use crate::persons::Person;
use crate::rules::{NOW, OPEN};
use crate::step::{Held, Step, Whereabouts};
use exeunt::units::Rate;
use exeunt::world::{FlowEvent, Hold};
use rand::RngExt;

impl Step<'_> {
    /// Content: an aspiration may come.
    pub fn live_content(&mut self, person: &Person) -> Whereabouts {
        let view = self.view(person, Place::Home, &[]).under(OPEN);
        let open_values = view.values();
        let reference = self.constants.inclusive_value[person.segment];
        let drive = Drive::over_step(self.scenario, self.index, view, &open_values, reference);
        match self.aspiration_time(drive.total) {
            Some(time) => self.aspire(person, &drive, &open_values, time),
            None => Whereabouts::Content,
        }
    }

    fn aspiration_time(&mut self, hazard: f64) -> Option<f64> {
        match self.fault {
            Fault::LeavingHigher => self.mark(1.03 * hazard),
            Fault::AcceptedInProportion { bound } => {
                let hit = self.mark(bound)?;
                (self.rng.random::<f64>() < hazard / bound).then_some(hit)
            }
            _ => self.mark(hazard),
        }
    }

    fn aspire(
        &mut self,
        person: &Person,
        drive: &Drive,
        open_values: &[f64],
        time: f64,
    ) -> Whereabouts {
        self.counts.segment(person).aspired += 1;
        let motive = drive.motive(self.rng);
        let aspiration = Aspiration::draw(self.scenario, motive, self.rng);
        let view = self.view(person, Place::Home, &[]);
        let lambda = self.scenario.behaviour.choice.lambda;
        let goes_to = |rule_set: usize| {
            aspiration.destination(lambda, open_values, &view.under(rule_set).values())
        };
        if let Some(country) = goes_to(NOW) {
            let channel = self.channel(&aspiration, view, country);
            return self.decide(person, aspiration, country, channel, time);
        }
        let by = [(1, Hold::Barred), (2, Hold::Deterred), (OPEN, Hold::Means)]
            .into_iter()
            .find(|(rule_set, _)| goes_to(*rule_set).is_some())
            .map(|(_, hold)| hold)
            .expect("who aspires goes in the open world");
        self.counts.segment(person).held[by as usize] += 1;
        self.hold(Held {
            by,
            aspiration,
            refusals: Vec::new(),
        })
    }

    fn hold(&self, held: Held) -> Whereabouts {
        if self.scenario.behaviour.holding.on {
            Whereabouts::Held(held)
        } else {
            Whereabouts::Content
        }
    }

    fn channel(&self, aspiration: &Aspiration, view: View<'_>, country: usize) -> usize {
        let chosen = aspiration.channel(view, country);
        if self.fault != Fault::ChannelsSwapped {
            return chosen;
        }
        let pair = match self.world.channels_of[country][..] {
            [first, second, ..] => (first, second),
            _ => return chosen,
        };
        let other = match pair {
            (first, second) if chosen == first => second,
            (first, second) if chosen == second => first,
            _ => return chosen,
        };
        if view
            .usable_channels(country)
            .any(|channel| channel == other)
        {
            other
        } else {
            chosen
        }
    }

    /// A content person has decided to go.
    fn decide(
        &mut self,
        person: &Person,
        aspiration: Aspiration,
        country: usize,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        if self.world.rule_sets[NOW].channels[channel].permission {
            return self.attempt(person, aspiration, Vec::new(), country, channel, time);
        }
        let delay = delay_days(&self.scenario.behaviour, aspiration.motive, self.rng);
        let date = time + delay;
        if date < self.end() {
            self.attempt(person, aspiration, Vec::new(), country, channel, date)
        } else {
            Whereabouts::Departing {
                aspiration,
                country,
                channel,
                date,
            }
        }
    }

    /// An attempt to leave home by a channel.
    pub fn attempt(
        &mut self,
        person: &Person,
        aspiration: Aspiration,
        mut refusals: Vec<(usize, f64)>,
        country: usize,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        let rule = &self.world.rule_sets[NOW].channels[channel];
        let view = self.view(person, Place::Home, &[]);
        let gates_hold = view.admitted_by_policy(channel) && view.has_documents(rule);
        // Who finds a gate closed has not applied: applications are granted or refused.
        if rule.permission && gates_hold {
            self.flow(person, person.origin, country, channel, FlowEvent::Applied);
        }
        let outcome = if !gates_hold {
            FlowEvent::TurnedBack
        } else if self.rng.random::<f64>() < rule.grant {
            FlowEvent::Left
        } else {
            FlowEvent::Refused
        };
        if outcome == FlowEvent::Left && rule.permission {
            self.flow(person, person.origin, country, channel, FlowEvent::Granted);
        }
        self.flow(person, person.origin, country, channel, outcome);
        if outcome == FlowEvent::Left {
            self.count_leaver(person, &aspiration);
            return self.arrive(person, person.origin, country, channel, time);
        }
        refusals.push((channel, time));
        self.hold(Held {
            by: Hold::Barred,
            aspiration,
            refusals,
        })
    }

    fn count_leaver(&mut self, person: &Person, aspiration: &Aspiration) {
        let counts = self.counts.segment(person);
        counts.left_by[aspiration.motive as usize] += 1;
        counts.left_age_years += person.age.floor() as u64;
        counts.left_men += u64::from(person.male);
        counts.left_educated += u64::from(person.higher_education);
        counts.left_active += u64::from(person.active);
    }

    /// Held: the wish may fade, or the person goes once it can.
    pub fn live_held(&mut self, person: &Person, mut held: Held) -> Whereabouts {
        let holding = &self.scenario.behaviour.holding;
        if self.fault == Fault::FreshShocks {
            let motive = held.aspiration.motive;
            held.aspiration = Aspiration::draw(self.scenario, motive, self.rng);
        }
        held.refusals
            .retain(|(_, day)| self.start < day + holding.retry.days());
        let refused_by: Vec<usize> = held.refusals.iter().map(|(channel, _)| *channel).collect();
        let view = self.view(person, Place::Home, &refused_by);
        let open_values = view.under(OPEN).values();
        let goes_to = held.aspiration.destination(
            self.scenario.behaviour.choice.lambda,
            &open_values,
            &view.values(),
        );
        let target =
            goes_to.map(|country| (country, self.channel(&held.aspiration, view, country)));
        let fade = Rate::from_per_year(std::f64::consts::LN_2 / holding.fade.years());
        let faded = self.mark_at(fade);
        let released = self.mark_at(holding.release);
        match (target, released) {
            (Some((country, channel)), Some(time)) if time < faded.unwrap_or(f64::INFINITY) => self
                .attempt(
                    person,
                    held.aspiration,
                    held.refusals,
                    country,
                    channel,
                    time,
                ),
            _ if faded.is_some() => {
                self.counts.segment(person).faded += 1;
                Whereabouts::Content
            }
            _ => Whereabouts::Held(held),
        }
    }
}
