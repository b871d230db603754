//! Journeys from home, past borders.

use crate::belief::Mind;
use crate::faults::Fault;
use crate::measures::Event;
use crate::money;
use crate::persons::Person;
use crate::step::{Life, Step, Subject, Whereabouts, Wish};
use crate::windows::day_of;
use exeunt::units::DAYS_PER_MONTH;
use rand::RngExt;

/// A person on the way who waits at a border.
#[derive(Debug, Clone)]
pub struct Journey {
    wish: Wish,
    channel: usize,
    /// The country where it stands.
    pub at: usize,
    /// The borders ahead, the one where it waits first.
    ahead: Vec<usize>,
    /// When it came to that border, days from the first day.
    came: f64,
    /// The order among those who came on one day.
    draw: u64,
    /// When it left home, if it has.
    pub left_home: Option<f64>,
}

impl Step<'_> {
    /// Sets out from home, admitted by a channel.
    pub fn set_out(
        &mut self,
        who: Subject<'_>,
        wish: Wish,
        channel: usize,
        time: f64,
    ) -> Whereabouts {
        let origin = who.person.origin;
        if self.scenario.channels[channel].routes.is_empty() {
            self.leave(who, &wish, channel, time);
            let savings = self.savings_on_arrival(who.person, channel);
            return self.arrive(who, origin, channel, time, time, savings);
        }
        let Some(ahead) = self.open_way(channel, origin) else {
            return self.send_back(who, wish, origin, channel, time, Event::TurnedBack);
        };
        let journey = Journey {
            wish,
            channel,
            at: origin,
            ahead,
            came: time,
            draw: 0,
            left_home: None,
        };
        self.travel(who, journey, time)
    }

    fn savings_on_arrival(&self, person: &Person, channel: usize) -> f64 {
        money::on_arrival(&self.scenario.behaviour, self.world, person, channel)
    }

    /// The borders ahead, on the first way of a channel that passes a place and is open from there.
    fn open_way(&self, channel: usize, from: usize) -> Option<Vec<usize>> {
        let borders = &self.world.borders;
        self.scenario.channels[channel]
            .routes
            .iter()
            .filter_map(|route| {
                let here = route
                    .iter()
                    .position(|border| usize::from(borders[usize::from(*border)].from) == from)?;
                Some(
                    route[here..]
                        .iter()
                        .map(|border| usize::from(*border))
                        .collect(),
                )
            })
            .find(|ahead: &Vec<usize>| ahead.iter().all(|border| borders[*border].open))
    }

    /// Goes on until the country, a border where one waits, or home.
    fn travel(&mut self, who: Subject<'_>, mut journey: Journey, time: f64) -> Whereabouts {
        while let Some(border) = journey.ahead.first() {
            if self.world.borders[*border].capacity.is_some() {
                journey.came = time;
                journey.draw = self.rng.random();
                return Whereabouts::AtBorder(journey);
            }
            match self.pass(who, journey, time) {
                Ok(passed) => journey = passed,
                Err(home) => return *home,
            }
        }
        let left_home = journey.left_home.expect("who has passed a border has left");
        let savings = self.savings_on_arrival(who.person, journey.channel);
        self.arrive(
            who,
            who.person.origin,
            journey.channel,
            time,
            left_home,
            savings,
        )
    }

    /// Passes the next border, or is sent home.
    fn pass(
        &mut self,
        who: Subject<'_>,
        mut journey: Journey,
        time: f64,
    ) -> Result<Journey, Box<Whereabouts>> {
        let Journey { channel, at, .. } = journey;
        let border = &self.world.borders[journey.ahead.remove(0)];
        let sent_home = if self.rng.random::<f64>() < border.hand_over {
            Some(Event::HandedOver)
        } else if self.rng.random::<f64>() < border.push_back {
            Some(Event::TurnedBack)
        } else {
            None
        };
        if let Some(event) = sent_home {
            let home = self.send_back(who, journey.wish, at, channel, time, event);
            return Err(Box::new(home));
        }
        if journey.left_home.is_none() {
            self.leave(who, &journey.wish, channel, time);
            journey.left_home = Some(time);
        }
        journey.at = usize::from(border.to);
        if !journey.ahead.is_empty() {
            self.flow(who.person, at, journey.at, channel, Event::Transited);
        }
        Ok(journey)
    }

    /// Waiting at a border: another way where one ahead is shut.
    pub fn wait_at_border(&mut self, who: Subject<'_>, mut journey: Journey) -> Whereabouts {
        let is_shut = |border: &usize| !self.world.borders[*border].open;
        if !journey.ahead.iter().any(is_shut) {
            return Whereabouts::AtBorder(journey);
        }
        let Journey { channel, at, .. } = journey;
        let Some(ahead) = self.open_way(channel, at) else {
            return self.send_back(
                who,
                journey.wish,
                at,
                channel,
                self.start,
                Event::TurnedBack,
            );
        };
        let keeps_its_place = ahead.first() == journey.ahead.first();
        journey.ahead = ahead;
        if keeps_its_place {
            Whereabouts::AtBorder(journey)
        } else {
            self.travel(who, journey, self.start)
        }
    }

    /// At the end of a step: the first of those who wait at each border pass; `parts` are those of a person that
    /// capacities leave for the next step.
    pub fn let_pass(
        &mut self,
        parts: &mut [f64],
        persons: &[Person],
        lives: &mut [Life],
        minds: &[Mind],
    ) {
        let queues: Vec<Vec<usize>> = (0..self.world.borders.len())
            .map(|border| self.queue_at(border, lives))
            .collect();
        for (border, queue) in queues.into_iter().enumerate() {
            let places = match self.world.borders[border].capacity {
                Some(capacity) => {
                    // (With a hair for what is given by the week.)
                    let turns = parts[border] + capacity.per_month() / DAYS_PER_MONTH * self.days;
                    let whole = (turns * (1.0 + 1e-9)).floor();
                    parts[border] = turns - whole;
                    whole as usize
                }
                None => queue.len(),
            };
            let places = match self.fault {
                Fault::CapacityExceeded => places + places.div_ceil(10),
                _ => places,
            };
            for index in queue.into_iter().take(places) {
                self.with(
                    &persons[index],
                    &mut lives[index],
                    minds[index],
                    Self::come_through,
                );
            }
        }
    }

    /// Who waits at a border, in order.
    fn queue_at(&self, border: usize, lives: &[Life]) -> Vec<usize> {
        let waits = |index: &usize| match &lives[*index].at {
            Whereabouts::AtBorder(journey) if journey.ahead[0] == border => {
                Some((day_of(journey.came), journey.draw))
            }
            _ => None,
        };
        let mut queue: Vec<usize> = (0..lives.len())
            .filter(|index| waits(index).is_some())
            .collect();
        if self.fault != Fault::CapacityByIdentity {
            queue.sort_by_key(waits);
        }
        queue
    }

    /// A person's turn at the border where it waits.
    fn come_through(&mut self, who: Subject<'_>, at: Whereabouts) -> Whereabouts {
        let Whereabouts::AtBorder(journey) = at else {
            return at;
        };
        let time = journey.came.max(self.start);
        match self.pass(who, journey, time) {
            Ok(journey) => self.travel(who, journey, time),
            Err(home) => *home,
        }
    }
}
