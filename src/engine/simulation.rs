//! A simulation: the world, the persons, and the clock that moves them.

use super::bounds::{ClassSums, SegmentBounds};
use super::call_up::CallUps;
use super::counter::Counter;
use super::detention::RepressionStep;
use super::error::EngineError;
use super::exiles;
use super::narrative;
use super::news::{TieRules, spread};
use super::notice::{Notice, Watch};
use super::observer::{Conditions, Observer, StepReport};
use super::options::RunOptions;
use super::pool::Pool;
use super::prepared::{Prepared, Shared};
use super::procedures::Procedures;
use super::range;
use super::reactions::Reactions;
use super::records::BlockState;
use super::settlement::{Allotted, Places};
use super::snapshot::Snapshot;
use super::step::{BlockStep, ReachSums, Reaches, StepContext, channel_labels};
use super::visits::{Memory, memories};
use super::voice::Speakers;
use super::waiting;
use super::whereabouts::Whereabouts;
use crate::draw::Key;
use crate::draw::math::exp;
use crate::model::{
    Beliefs, ClassWays, HeardByClass, KinPull, Ledger, Menu, Outlook, Reach, ReturnHazard,
};
use crate::population::{Documents, Population, SegmentPopulation, blocks_of};
use crate::scenario::{Constants, Scenario};
use crate::units::{DAYS_PER_MONTH, day_number, days_between};
use crate::world::{
    Classes, Confinement, ConfinementStocks, ConfinementTally, Exiles, PlacesTaken, Reproduction,
    RuleSet, Rules, STATUSES, SegmentStocks, SegmentTally, Stocks, Tally, VersionRules, Versions,
    Voice, Waited, Waiting, World,
};
use std::sync::Arc;

/// A running simulation of one scenario with one seed.
#[derive(Debug)]
pub struct Simulation {
    pub(super) scenario: Arc<Scenario>,
    options: RunOptions,
    pub(super) population: Arc<Population>,
    constants: Arc<Constants>,
    pub(super) pool: Pool,
    keys: Vec<Key>,
    channel_labels: Vec<u32>,
    classes: Classes,
    /// The versions of the rules; `None` where everybody knows what holds and nothing of what will.
    versions: Option<Versions>,
    /// The rules of every version, as they are while `world.rules` are.
    version_rules: Option<VersionRules>,
    memories: Vec<Memory>,
    /// What there was to hear of in the last step that was computed.
    heard: Option<Arc<HeardByClass>>,
    /// By class: the ways out in it,
    ways: Vec<Arc<ClassWays>>,
    /// and what their channels were worth.
    reach_sums: Vec<ReachSums>,
    /// By segment: the same to its classes.
    class_sums: Vec<Arc<ClassSums>>,
    /// Steps done.
    pub(super) done: usize,
    pub(super) world: World,
    /// What those abroad have met; empty where money is off.
    ledger: Ledger,
    /// By country: ordinary trips to it so far, persons, before and at the end of the last step.
    trips: Vec<[f64; 2]>,
    pub(super) blocks: Vec<BlockState>,
    tally: Tally,
    pub(super) stocks: Stocks,
    procedures: Procedures,
    places: Places,
    waiting: Waiting,
    /// What ties tell each other of; `None` where nobody has any.
    ties: Option<TieRules>,
    /// How ties abroad draw to where they live; `None` where they do not.
    kin: Option<KinPull>,
    reproduction: Reproduction,
    /// By segment: active agents, at home and abroad.
    pub(super) active: Vec<u64>,
    call_ups: CallUps,
    pub(super) confinement: Confinement,
    /// The classes whose voice is told; `None` where it is off.
    pub(super) speakers: Option<Speakers>,
    pub(super) exiles: Exiles,
    pub(super) voice: Voice,
    reactions: Reactions,
    /// Whether gates may have shut since the persons were moved last.
    rules_changed: bool,
    conditions: Vec<Conditions>,
    warnings: Vec<String>,
    watch: Watch,
    notices: Vec<Notice>,
}

impl Simulation {
    /// Prepares a run: traits, strata, constants, everybody content at home.
    ///
    /// # Errors
    /// [`EngineError::Unsupported`] for a scenario beyond the engine's limits, with the limit;
    /// [`EngineError::OutOfRange`] if the constants of its first day cannot be computed;
    /// [`EngineError::Threads`] if threads cannot be started.
    pub fn new(scenario: Arc<Scenario>, options: RunOptions) -> Result<Self, EngineError> {
        let pool = Pool::new(options.threads)?;
        let prepared = Prepared::with(&pool, scenario, &options, Shared::default())?;
        Ok(Self::prepared(&prepared, options, pool))
    }

    /// A run of what has been prepared for its seed and scale: everybody content at home.
    pub(super) fn prepared(prepared: &Prepared, options: RunOptions, pool: Pool) -> Self {
        let scenario = Arc::clone(prepared.scenario());
        let population = Arc::clone(prepared.population());
        let constants = Arc::clone(prepared.constants());
        let blocks = (0u16..)
            .zip(&population.segments)
            .flat_map(|(segment, people)| blocks_of(segment, people.agents))
            .map(BlockState::new)
            .collect();
        let keys = scenario
            .segments
            .iter()
            .map(|segment| {
                Key::of_run(options.seed, options.draw, options.replicate, &segment.name)
            })
            .collect();
        let world = World::first(&scenario);
        let ties = scenario.behaviour.ties.as_ref();
        let mut simulation = Self {
            channel_labels: channel_labels(&scenario),
            classes: Classes::of(&scenario),
            versions: versions_to_hear_of(&scenario),
            version_rules: None,
            memories: memories(&scenario),
            heard: None,
            ways: Vec::new(),
            reach_sums: Vec::new(),
            class_sums: Vec::new(),
            options,
            constants,
            pool,
            keys,
            done: 0,
            world,
            ledger: Ledger::default(),
            trips: vec![[0.0; 2]; scenario.countries.len()],
            blocks,
            tally: Tally {
                segments: vec![SegmentTally::default(); scenario.segments.len()],
                ..Tally::default()
            },
            stocks: Stocks {
                countries: scenario.countries.len(),
                abroad: vec![0; scenario.countries.len().pow(2) * STATUSES],
                segments: Vec::new(),
            },
            procedures: Procedures::of(&scenario),
            places: Places::new(scenario.channels.len(), scenario.borders.len()),
            waiting: Waiting::default(),
            ties: ties.map(|ties| TieRules::new(&scenario, ties)),
            kin: ties.and_then(|ties| KinPull::new(ties.kin, scenario.behaviour.choice.lambda)),
            reproduction: Reproduction::default(),
            active: population
                .segments
                .iter()
                .map(SegmentPopulation::active_agents)
                .collect(),
            call_ups: CallUps::default(),
            confinement: Confinement::default(),
            speakers: (scenario.behaviour.voice).map(|_| Speakers::of(&population)),
            exiles: Exiles::default(),
            voice: Voice::default(),
            reactions: Reactions::of(&scenario),
            rules_changed: true,
            conditions: Vec::new(),
            warnings: Vec::new(),
            watch: Watch::default(),
            notices: Vec::new(),
            population,
            scenario,
        };
        simulation.count_confinement(Vec::new());
        simulation.stocks.segments = simulation.count_segments();
        simulation.waiting = simulation.count_waiting(&[], Default::default());
        simulation.voice = simulation.count_voice(None, 0.0);
        simulation.conditions = simulation.conditions();
        simulation.warnings = simulation.shut_in();
        simulation
    }

    /// Segments whose constant says that nobody of them had a way out on the first day: an empty set of choices
    /// means that none of them ever wishes to leave, which is rarely meant.
    fn shut_in(&self) -> Vec<String> {
        let values = self.constants.inclusive_value.iter();
        let segments = self.scenario.segments.iter().zip(values);
        segments
            .filter(|(segment, value)| **value == f64::NEG_INFINITY && segment.size > 0)
            .map(|(segment, _)| {
                format!(
                    "segment {}: on the day from which constants are taken nobody of it can go anywhere (ways that are \
                     open, documents, conditions, savings), so nobody of it ever wishes to leave",
                    segment.name
                )
            })
            .collect()
    }

    /// Moves by one step; `false` when the last is done.
    ///
    /// # Errors
    /// [`EngineError::OutOfRange`] where numbers of the scenario together cannot be computed;
    /// [`EngineError::BoundExceeded`] or [`EngineError::NotConserved`]: a fault of the engine. All
    /// are found before the step is recorded.
    pub fn step(&mut self) -> Result<bool, EngineError> {
        let Some(step) = self.scenario.calendar.steps.get(self.done).copied() else {
            return Ok(false);
        };
        if Rules::may_change(&self.scenario, self.done) {
            self.world.rules = Rules::at(&self.scenario, self.done);
            self.version_rules = None;
            self.rules_changed = true;
        }
        let (tally, stays, chances) = self.move_persons()?;
        self.rules_changed = false;
        self.tally = tally;
        self.count_reproduction(step.days);
        self.add_stays(&stays);
        self.stocks.segments = self.count_segments();
        self.check_conservation()?;
        self.move_world(f64::from(step.days));
        range::check_rents(&self.scenario, &self.world, self.done)?;
        self.done += 1;
        self.voice = self.count_voice(chances.as_deref(), self.day());
        Ok(self.done < self.scenario.calendar.steps.len())
    }

    /// Shows the present state to the observer, then every step to the end.
    ///
    /// # Errors
    /// As [`Simulation::step`].
    pub fn run(&mut self, observer: &mut dyn Observer) -> Result<(), EngineError> {
        observer.record(&self.report());
        while self.done < self.scenario.calendar.steps.len() {
            self.step()?;
            observer.record(&self.report());
        }
        Ok(())
    }

    /// The step that was done last; the opening before the first.
    pub fn report(&self) -> StepReport<'_> {
        let calendar = &self.scenario.calendar;
        let last = self.done.checked_sub(1);
        let (date, days) = last.and_then(|last| calendar.steps.get(last)).map_or(
            (calendar.start.yesterday().unwrap_or(calendar.start), 0),
            |step| {
                let span = jiff::Span::new().days(i64::from(step.days) - 1);
                (
                    step.start.checked_add(span).unwrap_or(calendar.end),
                    step.days,
                )
            },
        );
        StepReport {
            step: last,
            date,
            days,
            scale: self.options.scale,
            countries: &self.conditions,
            tally: &self.tally,
            stocks: &self.stocks,
            waiting: &self.waiting,
            confinement: &self.confinement,
            notices: &self.notices,
            voice: self.speakers.as_ref().map(|_| &self.voice),
        }
    }

    /// Says of whom what happens is noticed from now on ([`StepReport::notices`]): of nobody unless this
    /// is called. It changes no life, and no table.
    pub fn watch(&mut self, watch: Watch) {
        self.watch = watch;
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// The persons.
    pub fn population(&self) -> &Population {
        &self.population
    }

    /// Seed, scale and the rest.
    pub fn options(&self) -> &RunOptions {
        &self.options
    }

    /// The constants of normalisation.
    pub fn constants(&self) -> &Constants {
        &self.constants
    }

    /// Steps done so far.
    pub fn steps_done(&self) -> usize {
        self.done
    }

    /// What deserves attention in this run.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Bytes that the stored persons occupy now.
    pub fn stored_bytes(&self) -> usize {
        self.blocks.iter().map(BlockState::bytes).sum()
    }

    /// A copy of the state after the last step, from which runs can go on or branch.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::take(
            &self.scenario,
            self.options,
            &self.constants,
            self.done,
            (&self.world, &self.places),
            (&self.ledger, &self.trips),
            (&self.reproduction, &self.reactions, &self.call_ups),
            self.voice.shares(),
            &self.blocks,
            &self.stocks,
        )
    }

    /// Goes on from a snapshot under this scenario: the one it was taken of, or another with the
    /// same time grid, population, countries and documents (a branch from a common past).
    ///
    /// # Errors
    /// [`EngineError::Snapshot`] names what differs.
    pub fn resume(scenario: Arc<Scenario>, snapshot: &Snapshot) -> Result<Self, EngineError> {
        snapshot.check(&scenario)?;
        let options = snapshot.options();
        let pool = Pool::new(options.threads)?;
        let shared = Shared {
            constants: Some(Arc::new(snapshot.constants())),
            population: None,
        };
        let prepared = Prepared::with(&pool, scenario, &options, shared)?;
        let mut simulation = Self::prepared(&prepared, options, pool);
        simulation.done = snapshot.steps_done();
        simulation.world.rents = snapshot.rents().to_vec();
        if simulation.done > 0 {
            simulation.world.attitudes = snapshot.attitudes().to_vec();
            simulation.world.narratives = snapshot.narratives().to_vec();
        }
        simulation.reactions = simulation.reactions.resumed(snapshot.reactions());
        simulation.react();
        simulation.ledger = snapshot.ledger().clone();
        simulation.trips = snapshot.trips().to_vec();
        simulation.reproduction = snapshot.reproduction().clone();
        snapshot.restore_blocks(&simulation.scenario, &mut simulation.blocks)?;
        simulation.stocks = snapshot.stocks().clone();
        simulation.places = snapshot.places(&simulation.scenario);
        simulation.call_ups = snapshot.call_ups().clone();
        simulation.count_confinement(Vec::new());
        let rules = &simulation.world.rules;
        simulation.exiles = exiles::count(&simulation.scenario, rules, &simulation.blocks);
        simulation.waiting = simulation.count_waiting(&[], Default::default());
        if let Some(last) = simulation.done.checked_sub(1) {
            simulation.world.rules = Rules::at(&simulation.scenario, last);
            simulation.voice = simulation.count_voice(None, simulation.day());
            simulation.voice.resume(snapshot.voice_shares());
        }
        simulation.conditions = simulation.conditions();
        Ok(simulation)
    }

    /// Moves every block, and tells the voice of every class.
    fn move_persons(&mut self) -> Result<Moved, EngineError> {
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
        let whereabouts = Whereabouts::of_segments(scenario, &self.blocks);
        let bounds = self.pool.map(scenario.segments.len(), |segment| {
            SegmentBounds::new(
                scenario,
                &self.population,
                &self.world,
                &outlook,
                &self.constants,
                scenario.behaviour.money.as_ref().map(|_| &self.ledger),
                segment,
                self.done,
                &whereabouts[segment],
                self.class_sums.get(segment),
            )
        });
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
            &self.world,
            (&self.stocks.segments, &self.active),
            (days, self.options.scale),
        );
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
        // Who is granted at the end of a step may still pass a border in it.
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

    /// Tables of what ways out are worth to a class in this step.
    fn reaches<'a>(&self, outlook: &'a Outlook, class: u32, menu: &'a Menu) -> Reaches<'a> {
        let member = usize::from(self.classes.member(class as usize));
        let origin = self.population.segments[member].origin;
        let (least, most) = self.population.income_range(origin);
        let facts = &self.world.rules.countries;
        let real = facts[usize::from(origin)].real_income;
        let before = |number: usize| Some(&self.reach_sums.get(class as usize)?[number]);
        let at_home =
            |set, number| Reach::new(menu, set, (least * real, most * real), before(number));
        // Who works from afar goes on earning what it did; others earn what the country pays.
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

    /// Counts who waits, given what was decided and which places were given.
    fn count_waiting(
        &self,
        allotted: &[Allotted],
        answers: (Vec<Waited>, Vec<PlacesTaken>),
    ) -> Waiting {
        waiting::count(
            &self.scenario,
            &self.procedures,
            &self.blocks,
            allotted,
            answers,
        )
    }

    /// What can be believed of the rules in the step that begins `begin` days after the first day.
    fn beliefs(&mut self, begin: f64) -> Beliefs {
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

    fn add_stays(&mut self, changes: &[i64]) {
        let origins = &self.world.rules.origins;
        let countries = self.stocks.countries;
        for (place, change) in changes
            .iter()
            .enumerate()
            .filter(|(_, change)| **change != 0)
        {
            let (rest, status) = (place / STATUSES, place % STATUSES);
            let (country, slot) = (rest / origins.len(), rest % origins.len());
            let origin = usize::from(origins[slot]);
            let stock = &mut self.stocks.abroad[(country * countries + origin) * STATUSES + status];
            *stock = stock.wrapping_add_signed(*change);
        }
    }

    /// Counts whom the state confines; `tally` by segment, empty at the opening.
    fn count_confinement(&mut self, tally: Vec<ConfinementTally>) {
        let scenario = &*self.scenario;
        let segments = scenario.segments.len();
        let mut stocks = vec![ConfinementStocks::default(); segments];
        for state in &self.blocks {
            let here = &mut stocks[usize::from(state.block.segment)];
            here.detained += state.detained.len() as u64;
            here.mobilised += state.mobilised.len() as u64;
        }
        let step = scenario.calendar.steps.get(self.done);
        let called_for = match step.filter(|_| !tally.is_empty()) {
            Some(step) => {
                let begin = f64::from(days_between(scenario.calendar.start, step.start));
                CallUps::called_for(scenario, self.done, begin + f64::from(step.days))
            }
            None => self.confinement.called_for,
        };
        self.confinement = Confinement {
            has_repression: scenario.behaviour.repression.is_some(),
            has_call_ups: scenario.events.iter().any(|event| event.call_up.is_some()),
            called_for,
            tally: if tally.is_empty() {
                vec![ConfinementTally::default(); segments]
            } else {
                tally
            },
            stocks,
        };
    }

    fn count_segments(&self) -> Vec<SegmentStocks> {
        let mut segments = vec![SegmentStocks::default(); self.scenario.segments.len()];
        for state in &self.blocks {
            let stocks = &mut segments[usize::from(state.block.segment)];
            stocks.persons += u64::from(state.block.length);
            let abroad = state.abroad.len() as u64 + state.in_transit();
            let at_borders = state.waiting.len() as u64 - state.in_transit();
            let confined = (state.detained.len() + state.mobilised.len()) as u64;
            stocks.at_home +=
                u64::from(state.block.length) - abroad - state.applying_at_home() - confined;
            stocks.departing += state.departing.len() as u64 + at_borders;
            stocks.abroad += abroad;
            stocks.abroad_active += u64::from(state.abroad_active);
            for (sum, held) in stocks.held.iter_mut().zip(state.held_by) {
                *sum += u64::from(held);
            }
        }
        segments
    }

    /// Every person is in one state, and stays agree with records.
    fn check_conservation(&self) -> Result<(), EngineError> {
        let lost = |segment: usize, expected: u64, counted: u64| EngineError::NotConserved {
            segment: self.scenario.segments[segment].name.clone(),
            expected,
            counted,
        };
        // Bit by bit at the end of a run (and, in debug builds, of every step of a block).
        let last = self.done + 1 == self.scenario.calendar.steps.len();
        debug_assert!(
            !last || self.exiles == exiles::count(&self.scenario, &self.world.rules, &self.blocks)
        );
        let mut content = vec![0; self.scenario.segments.len()];
        for state in &self.blocks {
            content[usize::from(state.block.segment)] += if last {
                state.content_count()
            } else {
                u64::from(state.content_persons)
            };
        }
        for (segment, stocks) in self.stocks.segments.iter().enumerate() {
            let held: u64 = stocks.held.iter().sum();
            let applying = self.waiting.applying[segment];
            let confined = self.confinement.stocks[segment];
            let counted = content[segment]
                + held
                + stocks.departing
                + applying
                + confined.detained
                + confined.mobilised
                + stocks.abroad;
            let expected = u64::from(self.population.segments[segment].agents);
            if counted != expected {
                return Err(lost(segment, expected, counted));
            }
        }
        let abroad: u64 = self
            .stocks
            .segments
            .iter()
            .map(|stocks| stocks.abroad)
            .sum();
        let stays: u64 = self
            .stocks
            .abroad
            .iter()
            .fold(0_u64, |sum, stay| sum.wrapping_add(*stay))
            .wrapping_add(self.waiting.in_transit.iter().sum::<u64>());
        if abroad != stays {
            return Err(lost(0, abroad, stays));
        }
        Ok(())
    }

    /// Counts how many further departures one brings on, and warns where it is more than one.
    fn count_reproduction(&mut self, days: u16) {
        let Some(ties) = &self.scenario.behaviour.ties else {
            return;
        };
        let window = ties.window_days();
        let left = self.tally.segments.iter().flat_map(|tally| tally.left_by);
        let counts = (left.sum(), self.tally.left_by_ties);
        let so_far = &mut self.reproduction;
        so_far.record(days, counts, window);
        let runs_away = so_far.further() >= WARN_AGENTS
            && so_far.number(window).is_some_and(|number| number > 1.0);
        if runs_away && !self.warnings.iter().any(|warning| warning == RUNS_AWAY) {
            self.warnings.push(RUNS_AWAY.to_owned());
        }
    }

    fn move_world(&mut self, days: f64) {
        for (trips, facts) in self.trips.iter_mut().zip(&self.world.rules.countries) {
            *trips = [trips[1], trips[1] + facts.trips * days / DAYS_PER_MONTH];
        }
        for country in 0..self.scenario.countries.len() {
            let newcomers = self.stocks.newcomers(country) * self.options.scale;
            let rent = &mut self.world.rents[country];
            let before = rent.pressure;
            rent.advance(&self.scenario, country, newcomers as f64, days);
            if before <= WARN_PRESSURE && rent.pressure > WARN_PRESSURE {
                let warning = format!(
                    "{}: newcomers come to fill more than {WARN_PRESSURE} of the rented homes; the rent \
                     response is not founded on experience beyond that (rent_index in the table countries)",
                    self.scenario.countries[country].name
                );
                if !self.warnings.contains(&warning) {
                    self.warnings.push(warning);
                }
            }
            if let Some(attitude) = self.world.attitudes.get_mut(country) {
                attitude.advance(&self.scenario, country, newcomers as f64, days);
            }
        }
        let happened = (&self.tally, &self.stocks);
        narrative::tell(&self.scenario, &mut self.world, happened, days);
        self.conditions = self.conditions();
        let next = self.done + 1;
        let acting = self
            .reactions
            .advance(&self.scenario, &self.world, days, next);
        if let (Some(step), false) = (self.scenario.calendar.steps.get(next), acting.is_empty()) {
            // (Worth a word: no table says when a reaction came.)
            for event in &acting {
                let says = format!(
                    "event {event} acts from {}: its public has wanted restriction for long enough",
                    step.start
                );
                self.warnings.push(says);
            }
            self.react();
        }
    }

    /// Lets events whose step has come to be known act, and be heard of.
    fn react(&mut self) {
        if self.reactions.is_empty() {
            return;
        }
        self.reactions.date(Arc::make_mut(&mut self.scenario));
        self.versions = versions_to_hear_of(&self.scenario);
        (self.version_rules, self.heard) = (None, None);
    }

    fn conditions(&self) -> Vec<Conditions> {
        let (scenario, world) = (&*self.scenario, &self.world);
        let mut hosts = vec![false; scenario.countries.len()];
        for channel in &scenario.channels {
            hosts[usize::from(channel.country)] = true;
        }
        (0..scenario.countries.len())
            .map(|country| {
                let market = self.scenario.countries[country].market.as_ref();
                let moving = market.and(self.scenario.behaviour.rents.as_ref());
                let rent = &self.world.rents[country];
                let facts = &self.world.rules.countries[country];
                let [before, after] = self.trips[country].map(|trips| trips as u64);
                let share = world.share_wanting_restriction(scenario, country);
                let share = share.filter(|_| hosts[country]);
                Conditions {
                    trips: after - before,
                    rent_index: moving.map(|_| rent.index()),
                    rent_pressure: moving.map(|_| rent.pressure),
                    share_wanting_restriction: share,
                    hostility: share.map(|_| world.hostility(scenario, country)),
                    narrative_shift: world.narrative_shift(country),
                    rent_burden: market.map(|_| {
                        self.world.monthly_rent(&self.scenario, country)
                            / (facts.wage * facts.real_income)
                    }),
                }
            })
            .collect()
    }
}

/// What a step has counted: the tally, the change of stays, the chances of voice where it is on.
type Moved = (Tally, Vec<i64>, Option<Vec<[f64; 2]>>);

/// The versions of the rules of which people hear; `None` where everybody knows what holds and nothing
/// of what will.
fn versions_to_hear_of(scenario: &Scenario) -> Option<Versions> {
    Some(Versions::of(scenario)).filter(|versions| !versions.are_known_when_they_act(scenario))
}

/// Newcomers' homes over rented homes above which the rent response is beyond experience.
const WARN_PRESSURE: f64 = 0.6;

/// Departures that came of ties from which their number over all departures says something.
const WARN_AGENTS: u64 = 30;
/// What is said where contagion is beyond its critical point.
const RUNS_AWAY: &str = "departures feed themselves: one has brought on more than one further \
    departure through ties (outcome reproduction_number), so that a wave grows until the exposed \
    have left; lower behaviour.ties.contagion, contagion_max, near or far";
