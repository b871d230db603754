//! Detention at home and rendition from abroad: whose marks lie below the hazard, and what follows.
//!
//! Marks come from layers of their own streams, separately for the active and for the others, whose hazards
//! are far apart. So few persons are hit that everything else can be looked up for each of them.

use super::confinement::{Confined, Seizures};
use super::journey::{end_of, until};
use super::notice::Seen;
use super::records::Abroad;
use super::step::BlockStep;
use crate::draw::{Decision, Layers, Walk};
use crate::model::{Detention, detention_days, rendition_hazard};
use crate::scenario::{Repression, Scenario};
use crate::world::{FlowEvent, World};

/// Marks of detention below this lie in the first layer; typically one in 100,000 is detained in a week.
/// Part of the stream version.
const LOWEST: f64 = 1.0 / 262_144.0;

/// Up to this many persons of a block hit by marks are each searched for; for more, a map of all is built.
const FEW: usize = 8;

/// Detention and rendition in a step.
#[derive(Debug)]
pub struct RepressionStep<'a> {
    parameters: &'a Repression,
    /// By slot of the origin: the hazards of detention.
    pub(super) detention: Vec<Detention>,
    /// The largest integrated hazard of rendition over all hosts, without protection.
    rendition: f64,
}

impl<'a> RepressionStep<'a> {
    /// Prepares a step of `days` days; `first` is the repression by country on the first day of the reference, `at_large`
    /// gives the agents at the beginning of the step who may be detained, by segment, those who are not active and those
    /// who are; it is asked only where some police capacity may bind. `None` if nobody is detained.
    pub fn new(
        scenario: &'a Scenario,
        (world, first): (&World, &[f64]),
        at_large: impl FnOnce() -> Vec<[u64; 2]>,
        (days, scale): (f64, u64),
    ) -> Option<Self> {
        let parameters = scenario.behaviour.repression.as_ref()?;
        let capacity = |origin: &u16| world.rules.countries[usize::from(*origin)].police_capacity;
        let may_bind = world
            .rules
            .origins
            .iter()
            .any(|origin| capacity(origin).is_finite());
        let at_large = if may_bind { at_large() } else { Vec::new() };
        let detention = world.rules.origins.iter().map(|&origin| {
            let mut at_home = [0; 2];
            for (here, agents) in scenario.segments.iter().zip(&at_large) {
                if here.origin == origin {
                    at_home = [0, 1].map(|part| at_home[part] + agents[part] * scale);
                }
            }
            let at_home = at_home.map(|persons| persons as f64);
            let first = first[usize::from(origin)];
            Detention::new(parameters, world, (origin, first), at_home, days)
        });
        let rates = world.rules.countries.iter().map(|facts| facts.rendition);
        let status = crate::scenario::Status::Irregular;
        let most = rates.fold(0.0, f64::max);
        Some(Self {
            parameters,
            detention: detention.collect(),
            rendition: rendition_hazard(most, 0.0, status, days),
        })
    }
}

impl BlockStep<'_, '_> {
    /// Finds the persons the state will take in this step unless they act first.
    pub fn find_seizures(&mut self) {
        let Some(repression) = self.context.repression else {
            return;
        };
        let detention = repression.detention[self.slot as usize];
        let mut found = Vec::new();
        for range in self.people.ranges_by_activity(self.state.block) {
            let most = detention.at_most(range.active);
            let hits = self
                .hits(Decision::DetentionLayer, &range, most)
                .into_iter();
            let met: Vec<(u32, f64)> = hits
                .filter_map(|(position, mark)| {
                    let identified = range.active && self.is_identified(position);
                    let hazard = detention.hazard(identified);
                    (mark < hazard).then_some((position, mark / hazard))
                })
                .collect();
            // (Searching the held for one person takes as long as building a map of all within reach.)
            let map = (met.len() > FEW).then(|| self.state.within_reach());
            found.extend(met.into_iter().filter(|&(position, _)| match &map {
                Some(map) => map[(position >> 6) as usize] & 1 << (position & 63) != 0,
                None => self.state.is_within_reach(position),
            }));
            if range.active && repression.rendition > 0.0 && !self.state.abroad.is_empty() {
                let hits = self.hits(Decision::RenditionLayer, &range, repression.rendition);
                self.find_renditions(&hits, &mut found);
            }
        }
        self.seizures = Seizures::of(found);
    }

    /// The persons of a range hit by its layers with a mark below `most`: position, mark.
    fn hits(
        &self,
        decision: Decision,
        range: &crate::population::ActivityRange,
        most: f64,
    ) -> Vec<(u32, f64)> {
        let (begin, length) = (
            range.positions.start,
            range.positions.end - range.positions.start,
        );
        let name = (self.state.block.number, range.number);
        let mut hits = Vec::new();
        for layer in Layers::from(LOWEST, most) {
            let walk = Walk::of(decision, self.key, name, self.context.date, layer, length);
            hits.extend(walk.map(|hit| (begin + hit.position, hit.mark)));
        }
        hits
    }

    /// Whether the authorities of the origin have identified an active person.
    pub(super) fn is_identified(&self, position: u32) -> bool {
        let surveillance = self.context.repression.map_or(0.0, |repression| {
            repression.detention[self.slot as usize].surveillance()
        });
        self.people
            .is_identified(self.index(position), surveillance)
    }

    /// Adds the persons abroad who will be handed over unless they act first, among those hit by marks of rendition.
    fn find_renditions(&self, hits: &[(u32, f64)], found: &mut Vec<(u32, f64)>) {
        let abroad = &self.state.abroad;
        let mut places: Vec<(u32, usize)> = Vec::new();
        if hits.len() > FEW {
            places.extend(abroad.iter().map(|record| record.position).zip(0..));
            places.sort_unstable();
        }
        for &(position, mark) in hits {
            let record = if places.is_empty() {
                abroad.iter().find(|record| record.position == position)
            } else {
                let place = places.binary_search_by_key(&position, |entry| entry.0);
                place.ok().map(|place| &abroad[places[place].1])
            };
            if let Some(record) = record.filter(|_| self.is_identified(position)) {
                let hazard = self.rendition_hazard(record);
                if mark < hazard {
                    found.push((position, mark / hazard));
                }
            }
        }
    }

    pub(super) fn rendition_hazard(&self, record: &Abroad) -> f64 {
        let context = self.context;
        let channel = &context.scenario.channels[usize::from(record.channel)];
        let rate = context.world.rules.countries[usize::from(channel.country)].rendition;
        let shield = channel.extradition_shield;
        rendition_hazard(rate, shield, record.status, context.days)
    }

    /// Hands over those abroad who have not acted first (`acted`, positions in order); a decision on an
    /// application that falls earlier comes first.
    pub fn carry_out_renditions(&mut self, acted: &[u32]) {
        let Some(repression) = self.context.repression else {
            return;
        };
        if repression.rendition <= 0.0 || self.seizures.is_empty() {
            return;
        }
        let mut rendered = Vec::new();
        for number in 0..self.state.abroad.len() {
            let record = self.state.abroad[number];
            let part = self.seizures.part_of(record.position);
            if part == f64::INFINITY {
                continue;
            }
            let pending = self.pending(record.position).copied();
            let decision = pending.and_then(|pending| self.part_of_decision(&pending));
            self.seizures.cancel(record.position);
            if acted.binary_search(&record.position).is_err()
                && decision.is_none_or(|decision| decision > part)
            {
                rendered.push((number, record, part));
            }
        }
        let places = || rendered.iter().map(|entry| entry.0);
        remove_at(&mut self.state.abroad, places());
        // (There is one purse per record, or none at all.)
        if !self.state.purses.is_empty() {
            remove_at(&mut self.state.purses, places());
        }
        for (_, record, part) in rendered {
            self.render(&record, part);
        }
    }

    fn render(&mut self, record: &Abroad, part: f64) {
        let Some(repression) = self.context.repression else {
            return;
        };
        let time = self.context.begin + self.context.days * part;
        let here = self.context.scenario.channels[usize::from(record.channel)].country;
        self.attend(record.position, time);
        self.counter.own_flow(record.channel, FlowEvent::Rendered);
        self.state.claims.remove(record.position);
        let segment = usize::from(self.segment());
        let income = self.first_income(self.index(record.position));
        self.counter.segments[segment].returned += 1;
        self.counter.segments[segment].returned_income += income;
        self.counter.segments[segment].returned_involuntarily += 1;
        self.counter.confinement[segment].rendered += 1;
        self.depart_from(here, record);
        // Only active persons are wanted.
        self.end_exile(record.position, true);
        self.tell_of_place(record.position, None);
        self.remember_visit(record, time);
        self.state.note_homecoming(record.position);
        self.lapse(record.position);
        self.confine(record.position, time, repression.parameters.long.days());
    }

    /// Detains those at home who have not acted first.
    pub fn carry_out_detentions(&mut self) {
        let Some(repression) = self.context.repression else {
            return;
        };
        let seizures = self.seizures.take();
        if seizures.is_empty() {
            return;
        }
        let positions: Vec<u32> = seizures.iter().map(|(position, _)| *position).collect();
        let held = self.state.take_from_home(&positions);
        let tally = &mut self.counter.confinement[usize::from(self.state.block.segment)];
        tally.detentions += positions.len() as u64;
        tally.detained_held += held;
        for (position, part) in seizures {
            let (index, date) = (self.index(position), self.context.date);
            let words = self.key.words(index, date, Decision::Sentence, 0);
            let days = detention_days(repression.parameters, words.uniforms()[0]);
            self.confine(
                position,
                self.context.begin + self.context.days * part,
                days,
            );
        }
    }

    /// Detains a person for `days` days from `time`, and opens a case.
    fn confine(&mut self, position: u32, time: f64, days: f64) {
        let Some(repression) = self.context.repression else {
            return;
        };
        let released = until(time, days);
        self.attend(position, time);
        self.note(|| Seen::Detained {
            until: end_of(released),
        });
        self.tell_of_detention(position, time);
        self.state.detained.push(Confined {
            position,
            until: released,
        });
        let case = until(time, repression.parameters.case.days());
        let open = self.state.cases.get_or_insert(position, case);
        *open = case.max(*open);
    }
}

/// Removes the entries at some indices, given in order, from a list.
fn remove_at<T>(list: &mut Vec<T>, places: impl Iterator<Item = usize>) {
    let (mut place, mut places) = (0, places.peekable());
    list.retain(|_| {
        let goes = places.next_if_eq(&place).is_some();
        place += 1;
        !goes
    });
}
