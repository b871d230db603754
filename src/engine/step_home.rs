//! Persons at home: aspirations of the content, departures.

use super::extra_marks::{Marks, Spark};
use super::held::Held;
use super::journey::Decided;
use super::notice::Seen;
use super::step::{BlockStep, Buffers};
use crate::draw::math::pow;
use crate::draw::{Decision, Layers, Walk};
use crate::model::{Aspirant, AspirationKey, Exits, Knowledge, Scratch, Verdict, Weights, exits};
use crate::population::Person;
use crate::scenario::Motive;
use crate::world::{Hold, RuleSet};

impl BlockStep<'_, '_> {
    /// Moves the content: candidates are drawn from the layers of marks, and each is judged by bounds
    /// that are increasingly tight and costly, then in full.
    pub fn content_persons(&mut self, buffers: &mut Buffers) {
        let context = self.context;
        let bounds = self.bounds;
        let people = self.people;
        let ends = people.stratum_ends(self.state.block);
        let extra = self.extra_marks();
        let mut candidates = std::mem::take(&mut buffers.candidates);
        let mut begin = 0;
        for (number, group) in people.strata.groups().iter().enumerate() {
            let ends = &ends[group.clone()];
            let end = ends.last().copied().unwrap_or(begin);
            let length = end - begin;
            let highest = bounds.strata[group.clone()]
                .iter()
                .fold(0.0, |most: f64, bound| most.max(bound.hazard));
            let name = (self.state.block.number, number as u32);
            for layer in Layers::below(if length > 0 { highest } else { 0.0 }) {
                // A layer need not continue past the last stratum whose bound is above its lower end: strata with
                // large hazards come first.
                let (_, low, _) = layer;
                let reached = bounds.strata[group.clone()]
                    .iter()
                    .rposition(|bound| bound.hazard > low);
                let length = reached.map_or(0, |last| ends[last] - begin);
                let (mut stratum, mut beside) = (group.start, extra.beside());
                for hit in Walk::new(self.key, name, context.date, layer, length) {
                    let position = begin + hit.position;
                    // Hits come in order of position, and so do strata.
                    while ends[stratum - group.start] <= position {
                        stratum += 1;
                    }
                    let marks = beside.with(position, hit.mark);
                    // (Pushed and then truncated, without a branch: whether a mark lies below the bound is
                    // unpredictable, and a mispredicted branch costs more than the push.)
                    let is_above = marks.least().0 >= bounds.strata[stratum].hazard;
                    candidates.push((stratum, position, marks));
                    candidates.truncate(candidates.len() - usize::from(is_above));
                }
                // (Checked for all before anybody is considered: their bits lie far apart, and so memory
                // latency is paid once and not each time.)
                candidates.retain(|&(_, position, _)| self.state.is_content(position));
                for (stratum, position, marks) in candidates.drain(..) {
                    self.consider(stratum, position, marks, buffers);
                }
            }
            begin = end;
        }
        buffers.candidates = candidates;
        self.content_by_extra_marks(&extra, buffers);
    }

    /// Considers a content person of a stratum whose least mark lies below the bound.
    pub fn consider(&mut self, stratum: usize, position: u32, marks: Marks, buffers: &mut Buffers) {
        let (mark, _) = marks.least();
        let (context, bounds, people) = (self.context, self.bounds, self.people);
        let bound = bounds.strata[stratum];
        self.counter.candidates += 1;
        let index = self.index(position);
        let stratum = &people.strata.list()[stratum];
        let identity = people.identity(index);
        let asked = bounds.asked;
        let known = people.attachment_and_dissent(identity, stratum, asked);
        let most = bounds
            .drive
            .propensity_at_most(bound.quiet, known.0, known.1);
        if mark >= most * bound.pull {
            return;
        }
        let who = (self.segment(), index);
        let mut person = people.driven(who, identity, stratum, known, asked);
        let propensity = bounds.drive.propensity(&person);
        if mark >= propensity * bound.pull {
            return;
        }
        // Where the choice is the same for all, it depends on no further trait, unless days of stay are
        // used up; and where money moves, a leaver's money is needed.
        if bounds.uniform_pull.is_none()
            || context.scenario.behaviour.money.is_some()
            || !self.state.visits.is_empty()
        {
            people.complete(identity, context.documents, &mut person);
        }
        self.spark = Spark::Own;
        let hazard = (propensity, bound.hazard);
        self.candidate(&person, position, &marks, hazard, buffers);
        self.settle_tie(position);
    }

    /// Judges a candidate in full: computes its hazard, and carries out what follows if a mark lies below it.
    fn candidate(
        &mut self,
        person: &Person,
        position: u32,
        marks: &Marks,
        (propensity, bound): (f64, f64),
        buffers: &mut Buffers,
    ) {
        let (mark, spark) = marks.least();
        let context = self.context;
        let exits = self.exits(person.index);
        if exits.barred(RuleSet::Open) {
            return;
        }
        let menu = &context.outlook.home[self.class as usize];
        let income = self.income(person);
        let scale = propensity * self.bounds.inverse_pull;
        // (A rush makes the hazard larger, never smaller.)
        let rush = self.rush_at_most();
        let reaches = &context.reaches[self.class as usize];
        let lambda = context.scenario.behaviour.choice.lambda;
        let most = reaches.open.at_most(person, income);
        let pull = most.map(|most| most.pull(person, lambda, &mut buffers.bounds));
        // (Checked for a fourth of candidates, different ones in each step, because it weighs all places.)
        debug_assert!(
            !(person.index + u32::from(context.step)).is_multiple_of(4)
                || pull.is_none_or(
                    |most| self.open_pull(person, position, income) <= most * (1.0 + 1e-9)
                ),
            "the open world of person {} is worth more than its bound",
            person.index
        );
        if pull.is_some_and(|pull| mark >= scale * pull * rush) {
            return;
        }
        let spent = self.spent(position);
        let kin = self.kin_in(position, menu);
        if spent.lifted.is_empty()
            && kin.is_none()
            && !self.seizures.seizes(position)
            && let Some(least) = reaches.open.at_least(income)
            && mark < scale * least.pull(person, lambda, &mut buffers.bounds)
            && self.is_short_of_means(person, income, context.date, buffers)
        {
            self.note_tie(position, spark);
            self.count_aspiration(person, position, (mark, None));
            self.hold_aspirant(person, position, Hold::Means);
            return;
        }
        let belief = self.belief(person.index, &[], true);
        if pull.is_some_and(|pull| belief.is_as_it_is() && mark >= scale * pull) {
            return;
        }
        if !menu.is_uniform() {
            menu.prices(income, &mut buffers.prices);
        }
        let mut aspirant = Aspirant {
            menu,
            person,
            prices: &buffers.prices,
            income,
            exits,
            // Only the held remember refusals.
            refused: &spent.now,
            spent: &spent.lifted,
            belief: &belief,
            kin: &[],
            lambda,
            draws: AspirationKey {
                key: self.key,
                index: person.index,
                date: context.date,
            },
        };
        let scratch = &mut buffers.scratch;
        let least = if kin.is_some() { 0.0 } else { mark };
        let (mut total, hazard) = self.hazard_of(&aspirant, propensity, least, None, scratch);
        if hazard > bound {
            self.violated("leaving", person.index, hazard, bound);
            return;
        }
        let first = if let Some(kin) = &kin {
            aspirant.kin = kin;
            let drawn;
            let weighed = self.bounds.uniform_pull.is_none().then_some(total);
            (total, drawn) = self.hazard_of(&aspirant, propensity, least, weighed, scratch);
            self.first_of(position, marks, (hazard, drawn), bound)
        } else {
            (mark < hazard).then(|| (mark / hazard, spark))
        };
        let Some((part, spark)) = first else { return };
        self.note_tie(position, spark);
        if !self.acts_first(position, part) {
            return;
        }
        self.count_aspiration(person, position, (mark, Some(part)));
        let time = context.begin + context.days * part;
        self.decide(&aspirant, position, (total, time), scratch);
    }

    /// Decides on an aspiration that arose at `time`: the person sets out, or is held. The open weights are in the
    /// buffers, and `total` is their sum.
    fn decide(
        &mut self,
        aspirant: &Aspirant<'_>,
        position: u32,
        (total, time): (f64, f64),
        scratch: &mut Scratch,
    ) {
        let person = aspirant.person;
        match aspirant.judge(total, scratch) {
            Verdict::Goes(place) => {
                let Some(channel) = aspirant.channel(place) else {
                    return;
                };
                let channel = aspirant.menu.channels()[channel].0;
                let decided = self.decided(person, position);
                self.state.leave_content(position);
                self.set_out(decided, channel, time, aspirant.exits.barred_now);
            }
            Verdict::Held(hold) => self.hold_aspirant(person, position, hold),
        }
    }

    /// Counts an aspiration; `came` is its mark, and the share of the step after which it arose, if known.
    fn count_aspiration(&mut self, person: &Person, position: u32, came: (f64, Option<f64>)) {
        let segment = usize::from(self.segment());
        self.counter.segments[segment].aspired += 1;
        self.note_aspiration(person, position, came);
    }

    /// exp(lambda I) of a person in the open world, for which the tables give bounds.
    fn open_pull(&self, person: &Person, position: u32, income: f64) -> f64 {
        let menu = &self.context.outlook.home[self.class as usize];
        let belief = self.belief(person.index, &[], true);
        let spent = self.spent(position);
        let knowledge = Knowledge {
            refused: &spent.lifted,
            ..Knowledge::of(&belief)
        };
        let mut weights = Weights::default();
        let total = menu.weigh_as(person, income, RuleSet::Open, knowledge, &mut weights);
        pow(total, self.context.scenario.behaviour.choice.lambda)
    }

    /// exp(I_open) of a candidate (1 where all weigh alike) and its hazard of leaving, contagion and cases
    /// aside; a hazard that is below `mark` even with the largest rush is returned without the rush. The open
    /// weights remain in the buffers. `weighed` is the sum of the open weights of the same person without
    /// ties, if these are in the buffers already.
    fn hazard_of(
        &self,
        aspirant: &Aspirant<'_>,
        propensity: f64,
        mark: f64,
        weighed: Option<f64>,
        scratch: &mut Scratch,
    ) -> (f64, f64) {
        let (total, pull) = match self.bounds.uniform_pull {
            // Where all weigh alike, nobody needs to weigh anything.
            Some(pull)
                if !aspirant.exits.barred_now
                    && aspirant.refused.is_empty()
                    && aspirant.kin.is_empty() =>
            {
                (1.0, pull)
            }
            _ => {
                let total = match weighed {
                    Some(total) => aspirant.draw_open(total, scratch),
                    None => aspirant.weigh_open(scratch),
                };
                let lambda = aspirant.lambda;
                (total, pow(total * self.bounds.inverse_reference, lambda))
            }
        };
        let mut hazard = propensity * pull;
        let belief = &self.context.scenario.behaviour.belief;
        if aspirant.menu.has_loss_ahead()
            && !aspirant.belief.is_as_it_is()
            && mark < hazard * belief.rush_max
        {
            hazard *= aspirant.rush((belief.rush, belief.rush_max), scratch);
        }
        (total, hazard)
    }

    /// Holds a content person who aspires and cannot go.
    fn hold_aspirant(&mut self, person: &Person, position: u32, hold: Hold) {
        let segment = usize::from(self.segment());
        self.counter.segments[segment].held[hold as usize] += 1;
        self.note(|| Seen::Held(hold));
        self.state.leave_content(position);
        if !self.context.scenario.behaviour.holding.on {
            // Content again, but only from the end of the step: a higher layer may hit the person once
            // more, and only its least mark counts.
            self.state.coming_home.push(position);
            return;
        }
        let Decided {
            aspired, motive, ..
        } = self.decided(person, position);
        self.state.hold(Held {
            position,
            aspired,
            motive,
            hold,
        });
    }

    /// A person who aspires in this step, with its motive.
    pub(super) fn decided<'p>(&self, person: &'p Person, position: u32) -> Decided<'p> {
        let context = self.context;
        let motive = if self.spark == Spark::Case {
            Motive::Persecution
        } else if self.bounds.only_ordinary {
            Motive::Ordinary
        } else {
            let [_, u] = self
                .key
                .words(person.index, context.date, Decision::AspirationThreshold, 0)
                .uniforms();
            self.bounds.drive.motive(person, u)
        };
        Decided {
            person,
            position,
            aspired: context.begin as u16,
            motive,
        }
    }

    /// Moves the departing whose departure date falls into this step.
    pub fn departing_persons(&mut self) {
        let (begin, end) = (self.context.begin, self.context.begin + self.context.days);
        if self.context.beliefs.closing_ahead(self.class) {
            let mut departing = std::mem::take(&mut self.state.departing);
            for record in &mut departing {
                let index = self.index(record.position);
                record.due = self.brought_forward(index, record.channel, record.due, begin);
            }
            self.state.departing = departing;
        }
        let mut due = Vec::new();
        let seizures = &mut self.seizures;
        let days = self.context.days;
        self.state.departing.retain(|record| {
            let part = (record.due - begin).max(0.0) / days;
            let goes = record.due < end && seizures.acts_first(record.position, part);
            if goes {
                due.push(*record);
            }
            !goes
        });
        for record in due {
            let index = self.index(record.position);
            let person = self.chooser(index);
            let exits = self.exits(index);
            let decided = Decided {
                person: &person,
                position: record.position,
                aspired: record.aspired,
                motive: record.motive,
            };
            let time = record.due.max(self.context.begin);
            self.try_to_leave(decided, record.channel, time, exits.barred_now);
        }
    }

    /// Whether exit gates bar a person, under each set of rules.
    pub fn exits(&self, index: u32) -> Exits {
        exits(
            self.context.scenario,
            self.context.population,
            self.context.world,
            (self.segment(), index),
            || self.is_prosecuted(index - self.state.block.first),
        )
    }

    /// A person's monthly income at home now.
    pub(super) fn income(&self, person: &Person) -> f64 {
        let origin = usize::from(self.people.origin);
        person.income * self.context.world.rules.countries[origin].real_income
    }
}
