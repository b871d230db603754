//! A simulation: the world, the persons, and the clock that moves them.

mod counting;
mod moving;
mod surroundings;

use super::bounds::ClassSums;
use super::call_up::CallUps;
use super::error::EngineError;
use super::exiles;
use super::news::TieRules;
use super::notice::{Notice, Watch};
use super::observer::{Conditions, Observer, StepReport};
use super::options::RunOptions;
use super::pool::Pool;
use super::prepared::{Prepared, Shared};
use super::procedures::Procedures;
use super::range;
use super::reactions::Reactions;
use super::records::BlockState;
use super::settlement::Places;
use super::snapshot::{Snapshot, damaged};
use super::step::{ReachSums, channel_labels};
use super::visits::{Memory, memories};
use super::voice::Speakers;
use crate::draw::Key;
use crate::model::{ClassWays, HeardByClass, KinPull, Ledger};
use crate::population::{Population, SegmentPopulation, blocks_of};
use crate::scenario::{Constants, Scenario};
use crate::world::{
    Classes, Confinement, Exiles, Reproduction, Rules, STATUSES, SegmentTally, Stocks, Tally,
    VersionRules, Versions, Voice, Waiting, World,
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
    /// The versions of the rules; `None` where everybody knows what holds and nothing of what is to come.
    versions: Option<Versions>,
    /// The rules of every version, valid as long as `world.rules` do not change.
    version_rules: Option<VersionRules>,
    memories: Vec<Memory>,
    /// What there was to hear of in the last step computed.
    heard: Option<Arc<HeardByClass>>,
    /// By class: the ways out in that step.
    ways: Vec<Arc<ClassWays>>,
    /// By class: what the channels of these ways were worth.
    reach_sums: Vec<ReachSums>,
    /// By segment: upper bounds on what channels were worth to its classes.
    class_sums: Vec<Arc<ClassSums>>,
    /// Steps done.
    pub(super) done: usize,
    pub(super) world: World,
    /// By country: repression on the first day of the reference, relative to which detentions are computed.
    first_repression: Vec<f64>,
    /// What incomes and costs persons abroad have met, by step; empty where money is off.
    ledger: Ledger,
    /// By country: ordinary trips to it, persons, cumulative before the last step and at its end.
    trips: Vec<[f64; 2]>,
    pub(super) blocks: Vec<BlockState>,
    tally: Tally,
    pub(super) stocks: Stocks,
    procedures: Procedures,
    places: Places,
    waiting: Waiting,
    /// Which news ties tell each other; `None` where nobody has ties.
    ties: Option<TieRules>,
    /// How ties abroad draw to where they live; `None` where they do not draw.
    kin: Option<KinPull>,
    reproduction: Reproduction,
    /// By segment: active agents, at home and abroad.
    pub(super) active: Vec<u64>,
    call_ups: CallUps,
    pub(super) confinement: Confinement,
    /// The classes whose voice is computed; `None` where voice is off.
    pub(super) speakers: Option<Speakers>,
    pub(super) exiles: Exiles,
    pub(super) voice: Voice,
    reactions: Reactions,
    /// Whether gates may have shut since persons were last moved.
    rules_changed: bool,
    conditions: Vec<Conditions>,
    warnings: Vec<String>,
    watch: Watch,
    notices: Vec<Notice>,
}

impl Simulation {
    /// Prepares a run: traits, strata and constants, with everybody content at home.
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

    /// A run from what has been prepared for its seed and scale, with everybody content at home.
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
        let reference = scenario.reference.as_deref().unwrap_or(&scenario);
        let first_repression = Rules::at(reference, 0).countries;
        let first_repression = first_repression.iter().map(|facts| facts.repression);
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
            first_repression: first_repression.collect(),
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
        simulation.warnings.extend(simulation.rounded_off());
        simulation.warnings.extend(simulation.of_another_scale());
        simulation
    }

    /// Warns of segments whose constant says that nobody had a way out on the first day: with an empty choice set,
    /// none of them ever wishes to leave, which is rarely intended.
    fn shut_in(&self) -> Vec<String> {
        let values = self.constants.inclusive_value.iter();
        let segments = self.scenario.segments.iter().zip(values);
        segments
            .filter(|(segment, value)| **value == f64::NEG_INFINITY && segment.size > 0)
            .map(|(segment, _)| {
                format!(
                    "segment {}: on the day from which constants are taken, none of its persons can go anywhere (open \
                     channels, documents, conditions, savings), so none of them ever wishes to leave",
                    segment.name
                )
            })
            .collect()
    }

    /// Warns of segments of so few agents that rounding to whole agents changes their size by more than a tenth.
    fn rounded_off(&self) -> Vec<String> {
        let scale = self.options.scale;
        let segments = self.scenario.segments.iter().zip(&self.population.segments);
        segments
            .filter(|(segment, people)| {
                let simulated = u64::from(people.agents) * scale;
                simulated.abs_diff(segment.size) > segment.size / 10
            })
            .map(|(segment, people)| {
                let agents = match people.agents {
                    1 => "one agent".to_owned(),
                    agents => format!("{agents} agents"),
                };
                format!(
                    "segment {}: its {} persons are simulated as {agents} of {scale} persons each, and count as {}; a \
                     lower --scale (scale = N in a plan) comes nearer",
                    segment.name,
                    segment.size,
                    u64::from(people.agents) * scale
                )
            })
            .collect()
    }

    /// Warns of constants given by the file that are means over other agents than these.
    fn of_another_scale(&self) -> Option<String> {
        let scale = self.scenario.constants.as_ref()?.scale?;
        (scale != self.options.scale).then(|| {
            format!(
                "the [constants] of {} were computed at --scale {scale}, and this run is at --scale {}: results are not \
                 those of the files it was made from; run those, or give --scale {scale} (scale = {scale} in a plan)",
                self.scenario.name, self.options.scale
            )
        })
    }

    /// Advances by one step. Returns whether steps remain.
    ///
    /// # Errors
    /// [`EngineError::OutOfRange`] if numbers of the scenario together cannot be computed;
    /// [`EngineError::BoundExceeded`] or [`EngineError::NotConserved`] for a fault of the engine. All
    /// are found before the step is recorded, but some persons may have moved: a simulation must not be used
    /// after an error.
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

    /// Shows the observer the present state, then every step to the end.
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

    /// A report of the last step done, or of the opening before the first.
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
            channels: &self.world.rules.channels,
            tally: &self.tally,
            stocks: &self.stocks,
            waiting: &self.waiting,
            confinement: &self.confinement,
            notices: &self.notices,
            voice: self.speakers.as_ref().map(|_| &self.voice),
        }
    }

    /// Sets the persons of whom events are noticed from now on ([`StepReport::notices`]); by default nobody.
    /// Watching changes no life and no table.
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

    /// The options of the run: seed, scale and the rest.
    pub fn options(&self) -> &RunOptions {
        &self.options
    }

    /// The constants of normalisation.
    pub fn constants(&self) -> &Constants {
        &self.constants
    }

    /// The number of steps done so far.
    pub fn steps_done(&self) -> usize {
        self.done
    }

    /// Warnings: what deserves attention in this run.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The bytes that stored persons occupy now.
    pub fn stored_bytes(&self) -> usize {
        self.blocks.iter().map(BlockState::bytes).sum()
    }

    /// Takes a copy of the state after the last step, from which runs can continue or branch.
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

    /// Resumes from a snapshot under this scenario: the one it was taken from, or another with the
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
        if !snapshot.is_whole(&simulation.world, &simulation.stocks) {
            return Err(damaged());
        }
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
}

/// What moving persons has counted: the tally, the changes of stays, and the chances of voice where it is on.
type Moved = (Tally, Vec<i64>, Option<Vec<[f64; 2]>>);

/// The versions of the rules that people hear of; `None` where everybody knows what holds and nothing
/// of what is to come.
fn versions_to_hear_of(scenario: &Scenario) -> Option<Versions> {
    Some(Versions::of(scenario)).filter(|versions| !versions.are_known_when_they_act(scenario))
}
