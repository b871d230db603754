//! A step in the life of a person at home.

use crate::choice::{View, inclusive_value};
use crate::faults::Fault;
use crate::leaving::{Aspiration, Drive, delay_days};
use crate::measures::Event;
use crate::persons::Person;
use crate::replay::start_of;
use crate::rules::{NOW, OPEN};
use crate::step::{Held, Step, Subject, Whereabouts, Wish};
use exeunt::scenario::Motive;
use exeunt::units::{DAYS_PER_YEAR, Rate};
use exeunt::world::Hold;
use rand::RngExt;

impl Step<'_> {
    /// Content: an aspiration may come.
    pub fn live_content(&mut self, who: Subject<'_>) -> Whereabouts {
        let view = self.view(who, &[]).under(OPEN);
        let open_values = view.values();
        let reference = self.constants.inclusive_value[who.person.segment];
        let drive = Drive::over_step(self.scenario, self.index, view, &open_values, reference);
        let victim = match &self.scenario.behaviour.repression {
            Some(repression) if who.prosecuted => repression.victim,
            _ => 1.0,
        };
        let hazard = drive.total * who.contagion * self.rush(who) * victim;
        match self.aspiration_time(hazard) {
            Some(time) if self.acts_first(time) => {
                self.aspire(who, &drive, &open_values, (time, victim))
            }
            _ => Whereabouts::Content,
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

    /// The factor of who hurries before rules that it expects to be worse.
    pub fn rush(&self, who: Subject<'_>) -> f64 {
        let belief = &self.scenario.behaviour.belief;
        let Some(anticipated) = self.minds.anticipated(who.mind) else {
            return 1.0;
        };
        if belief.rush == 0.0 || self.fault == Fault::NoRush {
            return 1.0;
        }
        let view = self.view(who, &[]);
        let now = inclusive_value(&view.values());
        let expected = View {
            rules: &anticipated[NOW],
            sets: anticipated,
            ..view
        };
        let then = inclusive_value(&expected.values());
        if now == f64::NEG_INFINITY {
            1.0
        } else if then == f64::NEG_INFINITY {
            belief.rush_max
        } else {
            let loss = (now - then).max(0.0);
            (belief.rush * self.scenario.behaviour.choice.lambda * loss)
                .exp()
                .min(belief.rush_max)
        }
    }

    fn aspire(
        &mut self,
        who: Subject<'_>,
        drive: &Drive,
        open_values: &[f64],
        (time, victim): (f64, f64),
    ) -> Whereabouts {
        self.counts.segment(who.person).aspired += 1;
        // What the case adds is persecution.
        let motive = if self.rng.random::<f64>() * victim > 1.0 {
            Motive::Persecution
        } else {
            drive.motive(self.rng)
        };
        let aspiration = Aspiration::draw(self.scenario, motive, self.rng);
        let view = self.view(who, &[]);
        let lambda = self.scenario.behaviour.choice.lambda;
        let goes_to = |rule_set: usize| {
            aspiration.destination(lambda, open_values, &view.under(rule_set).values())
        };
        let destination = goes_to(NOW);
        let by = [(1, Hold::Barred), (2, Hold::Deterred), (OPEN, Hold::Means)]
            .into_iter()
            .find(|(rule_set, _)| goes_to(*rule_set).is_some())
            .map(|(_, hold)| hold)
            .expect("who aspires goes in the open world");
        let channel = destination.map(|country| self.channel(&aspiration, view, country));
        let wish = Wish {
            aspiration,
            refusals: Vec::new(),
        };
        if let Some(channel) = channel {
            return self.decide(who, wish, channel, time);
        }
        self.counts.segment(who.person).held[by as usize] += 1;
        self.hold(Held { by, wish })
    }

    /// Keeps a person as held, or sends it back to the pool.
    pub fn hold(&self, held: Held) -> Whereabouts {
        if self.scenario.behaviour.holding.on {
            Whereabouts::Held(held)
        } else {
            Whereabouts::Content
        }
    }

    /// Refused by policy.
    pub fn hold_barred(&self, wish: Wish) -> Whereabouts {
        self.hold(Held {
            by: Hold::Barred,
            wish,
        })
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
    fn decide(&mut self, who: Subject<'_>, wish: Wish, channel: usize, time: f64) -> Whereabouts {
        if self.minds.sets(who.mind)[NOW].channels[channel].permission {
            return self.attempt(who, wish, channel, time);
        }
        let behaviour = &self.scenario.behaviour;
        let delay = delay_days(behaviour, wish.aspiration.motive, self.rng);
        let date = self.brought_forward(who, channel, time + delay, time);
        self.depart(who, wish, channel, date)
    }

    /// The date of a departure, brought forward to the last step before the channel closes if it is closed to the
    /// person on that date as far as it has heard, but not before some time.
    pub fn brought_forward(
        &self,
        who: Subject<'_>,
        channel: usize,
        date: f64,
        earliest: f64,
    ) -> f64 {
        let person = who.person;
        if self.fault == Fault::DatesKept {
            return date;
        }
        let to_come = self
            .minds
            .to_come(who.hearing, channel, person.segment, person.origin);
        let mut closed_from = None;
        for (step, takes) in to_come.filter(|(step, _)| start_of(self.scenario, *step) <= date) {
            closed_from = match closed_from {
                _ if takes => None,
                None => Some(step),
                since => since,
            };
        }
        let last = closed_from.map(|step| start_of(self.scenario, step - 1).max(earliest));
        last.map_or(date, |last| last.min(date))
    }

    /// Departs on a date, if it is in this step.
    pub fn depart(
        &mut self,
        who: Subject<'_>,
        wish: Wish,
        channel: usize,
        date: f64,
    ) -> Whereabouts {
        if date < self.end() {
            return self.attempt(who, wish, channel, date);
        }
        Whereabouts::Departing {
            wish,
            channel,
            date,
        }
    }

    /// An attempt to leave home by a channel.
    fn attempt(&mut self, who: Subject<'_>, wish: Wish, channel: usize, time: f64) -> Whereabouts {
        let view = self.view(who, &[]).meeting(time);
        let origin = who.person.origin;
        // Who finds a gate closed has not applied: applications are granted or refused.
        if !(view.admitted_by_policy(channel) && view.has_documents(channel)) {
            return self.send_back(who, wish, origin, channel, time, Event::TurnedBack);
        }
        if self.world.now.channels[channel].permission {
            return self.apply(who, wish, channel, time);
        }
        let grant = view.grant(channel);
        if self.is_admitted(who.person, origin, channel, grant) {
            self.set_out(who, wish, channel, time)
        } else {
            self.send_back(who, wish, origin, channel, time, Event::Refused)
        }
    }

    /// One draw of a grant; who would be admitted may be refused by mistake, which is counted here, and
    /// the refusal elsewhere.
    pub fn is_admitted(
        &mut self,
        person: &Person,
        from: usize,
        channel: usize,
        grant: f64,
    ) -> bool {
        if self.rng.random::<f64>() >= grant {
            return false;
        }
        let caught = match self.fault {
            Fault::MistakesFresh => self.rng.random(),
            _ => person.mistaken_above[channel],
        };
        let shares = &self.world.now.channels[channel].also_refuses;
        let of_segment = |(segment, _): &&(u16, f64)| usize::from(*segment) == person.segment;
        let share = shares
            .iter()
            .find(of_segment)
            .map_or(0.0, |(_, share)| *share);
        let is_mistaken = caught < share && self.fault != Fault::NoMistakes;
        if is_mistaken {
            self.flow(
                person,
                from,
                self.country_of(channel),
                channel,
                Event::WronglyRefused,
            );
        }
        !is_mistaken
    }

    /// Refused, turned back or handed over: held at home, and the channel is barred for a while.
    pub fn send_back(
        &mut self,
        who: Subject<'_>,
        mut wish: Wish,
        from: usize,
        channel: usize,
        time: f64,
        event: Event,
    ) -> Whereabouts {
        self.flow(who.person, from, self.country_of(channel), channel, event);
        wish.refusals.push((channel, time));
        self.turned_away.push(channel);
        self.hold_barred(wish)
    }

    /// Counts a departure from home.
    pub fn leave(&mut self, who: Subject<'_>, wish: &Wish, channel: usize, time: f64) {
        self.left = Some(time);
        let person = who.person;
        let country = self.country_of(channel);
        self.flow(person, person.origin, country, channel, Event::Left);
        let counts = self.counts.segment(person);
        counts.left_by[wish.aspiration.motive as usize] += 1;
        counts.left_age_years += person.age.floor() as u64;
        counts.left_men += u64::from(person.male);
        counts.left_educated += u64::from(person.higher_education);
        counts.left_active += u64::from(person.active);
    }

    /// Held: the wish may fade, or the person goes once it can.
    pub fn live_held(&mut self, who: Subject<'_>, mut held: Held) -> Whereabouts {
        let holding = &self.scenario.behaviour.holding;
        if self.fault == Fault::FreshShocks {
            let motive = held.wish.aspiration.motive;
            held.wish.aspiration = Aspiration::draw(self.scenario, motive, self.rng);
        }
        let wish = &mut held.wish;
        let retry = holding.retry.days();
        wish.refusals.retain(|(_, day)| self.start < day + retry);
        let refused_by = wish.refused_by(self.start, retry);
        let fade =
            Rate::from_per_year(std::f64::consts::LN_2 / (holding.fade.days() / DAYS_PER_YEAR));
        let faded = self.mark_at(fade);
        let released = self.mark_at(holding.release);
        // (What the person would do is asked for only at its release, which few have in a step.)
        let target = released.and_then(|_| {
            let view = self.view(who, &refused_by);
            let open_values = view.under(OPEN).values();
            let lambda = self.scenario.behaviour.choice.lambda;
            let country = wish
                .aspiration
                .destination(lambda, &open_values, &view.values())?;
            Some(self.channel(&wish.aspiration, view, country))
        });
        match (target, released) {
            (Some(channel), Some(time))
                if time < faded.unwrap_or(f64::INFINITY) && self.acts_first(time) =>
            {
                self.attempt(who, held.wish, channel, time)
            }
            _ if faded.is_some_and(|time| self.acts_first(time)) => {
                self.counts.segment(who.person).faded += 1;
                Whereabouts::Content
            }
            _ => Whereabouts::Held(held),
        }
    }
}
