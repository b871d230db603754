//! One step of all persons: what they know and what they meet is prepared for all of them, then each block is moved.

use super::{Moved, Simulation};
use crate::draw::math::exp;
use crate::engine::bounds::SegmentBounds;
use crate::engine::counter::Counter;
use crate::engine::detention::RepressionStep;
use crate::engine::error::EngineError;
use crate::engine::news::spread;
use crate::engine::pool::Shares;
use crate::engine::range;
use crate::engine::step::{BlockStep, Reaches, StepContext};
use crate::engine::whereabouts::Whereabouts;
use crate::model::{Beliefs, Menu, Outlook, Reach, ReturnHazard};
use crate::population::Documents;
use crate::units::{day_number, days_between};
use crate::world::{RuleSet, Rules};
use std::sync::Arc;

impl Simulation {
    /// Moves every block, and computes the voice of every class.
    pub(super) fn move_persons(&mut self) -> Result<Moved, EngineError> {
        let step = self.scenario.calendar.steps[self.done];
        let begin = f64::from(days_between(self.scenario.calendar.start, step.start));
        let beliefs = self.beliefs(begin);
        let scenario = &*self.scenario;
        let days = f64::from(step.days);
        let dearer = match scenario.behaviour.money {
            Some(_) => self.ledger.open(scenario, &self.world, begin, days),
            None => Vec::new(),
        };
        let recalls = Rules::recalls(scenario, self.done);
        let documents = Documents::at(scenario, &self.world, begin);
        let classes = self.classes.clone();
        let outlook = Outlook::after(&self.ways, scenario, &self.world, classes, &beliefs);
        self.ways = outlook.ways().to_vec();
        range::check_outlook(scenario, &outlook, self.done)?;
        let bounds = self.bounds_of_segments(&outlook);
        self.class_sums = bounds
            .iter()
            .map(|bounds| Arc::clone(&bounds.sums))
            .collect();
        range::check_hazards(scenario, &bounds, self.done)?;
        let returns: Vec<ReturnHazard<'_>> = self
            .world
            .rules
            .origins
            .iter()
            .map(|&origin| ReturnHazard::new(scenario, &self.world, origin))
            .collect();
        let reaches: Vec<Reaches<'_>> = (0..)
            .zip(&outlook.home)
            .map(|(class, menu)| self.reaches(&outlook, class, menu))
            .collect();
        self.reach_sums = reaches.iter().map(Reaches::sums).collect();
        let repression = RepressionStep::new(
            scenario,
            (&self.world, &self.first_repression),
            || self.at_large(),
            (days, self.options.scale),
        );
        range::check_detention(scenario, repression.as_ref(), self.done)?;
        let constants = &self.constants;
        let context = StepContext {
            scenario,
            population: &self.population,
            world: &self.world,
            outlook: &outlook,
            reaches: &reaches,
            beliefs: &beliefs,
            documents: &documents,
            onward_pull: exp(constants.onward_pull),
            home_weight: exp(constants.host_value + scenario.behaviour.expiry.home),
            bounds: &bounds,
            returns: &returns,
            keys: &self.keys,
            channel_labels: &self.channel_labels,
            memories: &self.memories,
            recalls: &recalls,
            ledger: &self.ledger,
            dearer: &dearer,
            ties: self.ties.as_ref(),
            kin: self.kin.as_ref(),
            repression: repression.as_ref(),
            step: self.done as u16,
            procedures: &self.procedures,
            not_at_once: &self.procedures.not_at_once(&self.world.rules),
            rules_changed: self.rules_changed,
            date: day_number(step.start),
            begin,
            days,
        };
        let chances = self.voice_chances(&context);
        let slots = self.world.rules.origins.len();
        let start = || Counter::new(scenario, slots, &self.watch);
        let scale = self.options.scale;
        self.call_ups
            .choose(&self.pool, &mut self.blocks, &context, scale);
        let counter = self.pool.fold(
            &mut self.blocks,
            Shares::Small,
            start,
            |counter, state| BlockStep::new(&context, state, counter).run(),
            Counter::join,
        );
        let (granting, allotted) = self.places.settle_quotas(
            &self.pool,
            &mut self.blocks,
            &context,
            (step, scale),
            &start,
        );
        // A person granted an application at the end of a step may still pass a border in it.
        let passing =
            self.places
                .settle_borders(&self.pool, &mut self.blocks, &context, scale, &start);
        if let Some(rules) = &self.ties {
            let (pool, people) = (&self.pool, &self.population);
            spread(
                pool,
                &mut self.blocks,
                people,
                rules,
                &beliefs,
                begin + days,
            );
        }
        let mut counter = counter.join(granting).join(passing);
        let answers = (counter.take_decisions(), counter.take_places());
        self.notices = counter.witness.take();
        let confinement = std::mem::take(&mut counter.confinement);
        self.exiles.change(counter.take_exiles());
        let (tally, stays) = counter.finish()?;
        self.count_confinement(confinement);
        self.waiting = self.count_waiting(&allotted, answers);
        Ok((tally, stays, chances))
    }

    /// The bounds of every segment's hazards in this step.
    fn bounds_of_segments(&self, outlook: &Outlook) -> Vec<SegmentBounds> {
        let scenario = &*self.scenario;
        let whereabouts = Whereabouts::of_segments(scenario, &self.blocks);
        self.pool.map(scenario.segments.len(), |segment| {
            SegmentBounds::new(
                scenario,
                &self.population,
                &self.world,
                outlook,
                &self.constants,
                scenario.behaviour.money.as_ref().map(|_| &self.ledger),
                segment,
                self.done,
                &whereabouts[segment],
                self.class_sums.get(segment),
            )
        })
    }

    /// Tables of bounds on what ways out are worth to a class in this step.
    pub(super) fn reaches<'a>(
        &self,
        outlook: &'a Outlook,
        class: u32,
        menu: &'a Menu,
    ) -> Reaches<'a> {
        let member = usize::from(self.classes.member(class as usize));
        let origin = self.population.segments[member].origin;
        let (least, most) = self.population.income_range(origin);
        let facts = &self.world.rules.countries;
        let real = facts[usize::from(origin)].real_income;
        let before = |number: usize| Some(&self.reach_sums.get(class as usize)?[number]);
        let at_home =
            |set, number| Reach::new(menu, set, (least * real, most * real), before(number));
        // Remote workers go on earning what they did, everybody else earns what the country pays.
        let wages = facts.iter().map(|facts| facts.wage * facts.real_income);
        let range = wages.fold((least, most), |(least, most), wage| {
            (least.min(wage), most.max(wage))
        });
        Reaches {
            now: at_home(RuleSet::Now, 0),
            policy_lifted: at_home(RuleSet::CostsLifted, 1),
            open: at_home(RuleSet::Open, 2),
            abroad: Reach::new(
                outlook.from_abroad(class, origin),
                RuleSet::Now,
                range,
                before(3),
            ),
        }
    }

    /// What can be believed about the rules in the step that begins `begin` days after the first day.
    pub(super) fn beliefs(&mut self, begin: f64) -> Beliefs {
        let Some(versions) = &self.versions else {
            return Beliefs::default();
        };
        let (scenario, step) = (&*self.scenario, self.done);
        let rules = self
            .version_rules
            .get_or_insert_with(|| versions.during(scenario, step, &self.world.rules));
        let beliefs = Beliefs::after(
            self.heard.as_ref(),
            scenario,
            &self.population,
            &self.world,
            &self.classes,
            (versions, rules),
            (step, begin),
        );
        self.heard = beliefs.heard().cloned();
        beliefs
    }
}
