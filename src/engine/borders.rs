//! The way from home across borders: routes, waiting for a turn, push-back, hand-over, transit.

use super::journey::Decided;
use super::notice::{Detail, Seen};
use super::queue::{Cut, Turn};
use super::records::Waiting;
use super::step::{BlockStep, StepContext};
use crate::draw::Decision;
use crate::population::Block;
use crate::scenario::Scenario;
use crate::world::FlowEvent;

/// A point on a way: the number of borders of a channel's route that have been passed (`leg`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    channel: u16,
    route: u16,
    leg: u16,
}

/// The border before which a person waits.
pub fn border_before(scenario: &Scenario, record: &Waiting) -> u16 {
    let channel = &scenario.channels[usize::from(record.channel)];
    channel.routes[usize::from(record.route)][usize::from(record.leg)]
}

/// The turn of a person at its border.
pub fn turn(context: &StepContext<'_>, block: Block, record: &Waiting) -> Turn {
    let index = block.first + record.position;
    let date = context.date - context.begin as i32 + record.came as i32;
    let key = context.keys[usize::from(block.segment)];
    let words = key.words(index, date, Decision::BorderQueue, 0);
    Turn {
        day: record.came as u32,
        draw: words.first(),
        person: (block.segment, index),
    }
}

impl BlockStep<'_, '_> {
    /// Sets off from home at `time` by a channel that admits the person: by the first open route, or
    /// directly where the channel names no route.
    pub fn set_off(&mut self, decided: Decided<'_>, channel: u16, time: f64) {
        if self.context.scenario.channels[usize::from(channel)]
            .routes
            .is_empty()
        {
            self.leave(&decided, channel, time);
            self.settle_in(&decided, channel, (time, time));
            return;
        }
        match self.open_way(channel, self.people.origin) {
            Some(place) => self.travel(decided, place, (time, time), false),
            None => {
                self.counter.own_flow(channel, FlowEvent::TurnedBack);
                self.hold_back(decided, channel, time);
            }
        }
    }

    /// The first route that passes through a country and is open from there on.
    fn open_way(&self, channel: u16, country: u16) -> Option<Place> {
        let scenario = self.context.scenario;
        let routes = &scenario.channels[usize::from(channel)].routes;
        (0u16..).zip(routes).find_map(|(route, borders)| {
            let from = |border: &u16| scenario.borders[usize::from(*border)].from == country;
            let leg = borders.iter().position(from)?;
            self.is_open(&borders[leg..]).then_some(Place {
                channel,
                route,
                leg: leg as u16,
            })
        })
    }

    fn is_open(&self, borders: &[u16]) -> bool {
        let rules = &self.context.world.rules.borders;
        borders
            .iter()
            .all(|border| rules[usize::from(*border)].open)
    }

    /// Travels on at `time` from a place on a route to the next border with a capacity, or to the end. `left` is when
    /// the person left home, if it has; `turn` says that its turn at the border ahead has come.
    fn travel(
        &mut self,
        decided: Decided<'_>,
        place: Place,
        (time, mut left): (f64, f64),
        turn: bool,
    ) {
        self.attend(decided.position, time);
        let scenario = self.context.scenario;
        let channel = &scenario.channels[usize::from(place.channel)];
        let route = &channel.routes[usize::from(place.route)];
        let segment = self.segment();
        let index = decided.person.index;
        for leg in place.leg..route.len() as u16 {
            let border = usize::from(route[usize::from(leg)]);
            let rules = self.context.world.rules.borders[border];
            let has_turn = turn && leg == place.leg;
            if rules.capacity.is_finite() && !has_turn {
                self.state.waiting.push(Waiting {
                    position: decided.position,
                    channel: place.channel,
                    aspired: decided.aspired,
                    came: time,
                    left,
                    route: place.route,
                    leg,
                    motive: decided.motive,
                });
                self.note(|| Seen::Waits {
                    border: border as u16,
                });
                return;
            }
            let way = &scenario.borders[border];
            let label = self.context.procedures.border_labels[border];
            let words = self
                .key
                .words(index, self.context.date, Decision::BorderCrossing, label);
            let [handed, pushed] = words.uniforms();
            self.detail(|| Detail::Crossing {
                border: border as u16,
                hand_over: rules.hand_over,
                push_back: rules.push_back,
            });
            let failed = if handed < rules.hand_over {
                Some(FlowEvent::HandedOver)
            } else if pushed < rules.push_back {
                Some(FlowEvent::TurnedBack)
            } else {
                None
            };
            if let Some(event) = failed {
                let ends = (way.from, channel.country);
                self.counter.flow(segment, ends, place.channel, event);
                self.come_back(decided, place.channel, leg, time);
                return;
            }
            if leg == 0 {
                self.leave(&decided, place.channel, time);
                left = time;
            }
            if way.to != channel.country {
                let passed = (way.from, way.to);
                self.counter
                    .flow(segment, passed, place.channel, FlowEvent::Transited);
            }
        }
        self.settle_in(&decided, place.channel, (time, left));
    }

    /// Brings a person home from the border of a leg; it is held, like anybody who is turned back.
    fn come_back(&mut self, decided: Decided<'_>, channel: u16, leg: u16, time: f64) {
        if leg > 0 {
            self.end_exile(decided.position, decided.person.active);
            // (It had left, and its income is not lost.)
            let (segment, income) = (self.segment(), self.first_income(decided.person.index));
            self.counter.segments[usize::from(segment)].returned_income += income;
        }
        self.hold_back(decided, channel, time);
    }

    /// Sends those who wait on a route that has been shut, at the beginning of the step, by another route
    /// from the same place, or turns them back.
    pub fn waiting_persons(&mut self) {
        if !self.context.rules_changed || self.state.waiting.is_empty() {
            return;
        }
        let scenario = self.context.scenario;
        let mut stopped = Vec::new();
        let mut waiting = std::mem::take(&mut self.state.waiting);
        waiting.retain_mut(|record| {
            let routes = &scenario.channels[usize::from(record.channel)].routes;
            let ahead = |route: u16, leg: u16| &routes[usize::from(route)][usize::from(leg)..];
            let rest = ahead(record.route, record.leg);
            if self.is_open(rest) {
                return true;
            }
            let stands = scenario.borders[usize::from(rest[0])].from;
            let other = self.open_way(record.channel, stands);
            if let Some(place) = other
                && ahead(place.route, place.leg)[0] == rest[0]
            {
                // It is the same queue, and the person keeps its turn.
                (record.route, record.leg) = (place.route, place.leg);
                return true;
            }
            stopped.push((*record, other, stands));
            false
        });
        self.state.waiting = waiting;
        let begin = self.context.begin;
        for (record, other, stands) in stopped {
            self.with_decided(&record, |block, decided| match other {
                Some(place) => block.travel(decided, place, (begin, record.left), false),
                None => {
                    let to = scenario.channels[usize::from(record.channel)].country;
                    let segment = block.segment();
                    let ends = (stands, to);
                    block
                        .counter
                        .flow(segment, ends, record.channel, FlowEvent::TurnedBack);
                    block.come_back(decided, record.channel, record.leg, begin);
                }
            });
        }
    }

    fn with_decided(&mut self, record: &Waiting, act: impl FnOnce(&mut Self, Decided<'_>)) {
        self.attend(record.position, self.context.begin);
        let index = self.index(record.position);
        let person = self.chooser(index);
        let decided = Decided {
            person: &person,
            position: record.position,
            aspired: record.aspired,
            motive: record.motive,
        };
        act(self, decided);
    }

    /// Lets those before the cuts of the borders' queues pass at the end of a step. Whoever then comes to
    /// another border with a capacity waits there for the next step.
    pub fn pass_borders(&mut self, cuts: &[Cut]) {
        let mut waiting = std::mem::take(&mut self.state.waiting);
        let mut passing = Vec::new();
        waiting.retain(|record| {
            let cut = &cuts[usize::from(border_before(self.context.scenario, record))];
            let passes = cut.serves(record.came as u32, || {
                turn(self.context, self.state.block, record)
            });
            if passes {
                passing.push(*record);
            }
            !passes
        });
        self.state.waiting = waiting;
        for record in passing {
            let place = Place {
                channel: record.channel,
                route: record.route,
                leg: record.leg,
            };
            let time = record.came.max(self.context.begin);
            self.with_decided(&record, |block, decided| {
                block.travel(decided, place, (time, record.left), true);
            });
        }
        self.state.settle_pass();
    }
}
