//! One step of one block: a pure function of the block and the world.

use super::bounds::SegmentBounds;
use super::confinement::Seizures;
use super::contagion::TieMarks;
use super::counter::Counter;
use super::detention::RepressionStep;
use super::error::EngineError;
use super::extra_marks::{Marks, Spark};
use super::news::TieRules;
use super::procedures::Procedures;
use super::records::BlockState;
use super::visits::Memory;
use crate::draw::{Key, label_within};
use crate::model::{
    Belief, Beliefs, KinPull, Ledger, Outlook, Prices, Reach, ReturnHazard, Scratch, Sums, Tip,
    Weights,
};
use crate::population::{Documents, Person, Population, SegmentPopulation};
use crate::scenario::Scenario;
use crate::world::{Recall, World};
use std::sync::Arc;

/// Everything that is the same for all persons in a step.
#[derive(Debug)]
pub struct StepContext<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The population.
    pub population: &'a Population,
    /// The world at the beginning of the step.
    pub world: &'a World,
    /// What going to each country is worth.
    pub outlook: &'a Outlook,
    /// By class: bounds on what ways out are worth.
    pub reaches: &'a [Reaches<'a>],
    /// What persons can believe about the rules.
    pub beliefs: &'a Beliefs,
    /// Documents and their expiry, at the beginning of the step.
    pub documents: &'a Documents,
    /// exp(s_0), where s_0 is the onward pull of the constants.
    pub onward_pull: f64,
    /// exp(host value + v_home).
    pub home_weight: f64,
    /// By segment: bounds on the hazards.
    pub bounds: &'a [SegmentBounds],
    /// By slot of the origin: the hazard of return.
    pub returns: &'a [ReturnHazard<'a>],
    /// By segment: the key of the run's draws.
    pub keys: &'a [Key],
    /// By channel: the key of the draws about it.
    pub channel_labels: &'a [u32],
    /// By channel: what has to be remembered about stays.
    pub memories: &'a [Memory],
    /// Changes of this step that affect those who are in a country already, by channel.
    pub recalls: &'a [Recall],
    /// What incomes and costs persons abroad have met, this step's page last; empty where money is off.
    pub ledger: &'a Ledger,
    /// By country: whether living has become dearer than the looks at purses were planned for.
    pub dearer: &'a [bool],
    /// Which news ties tell each other; `None` where nobody has ties.
    pub ties: Option<&'a TieRules>,
    /// How ties abroad draw to where they live; `None` where they do not draw.
    pub kin: Option<&'a KinPull>,
    /// Detention and rendition; `None` where nobody is detained.
    pub repression: Option<&'a RepressionStep<'a>>,
    /// Index of the step; no draw depends on it.
    pub step: u16,
    /// How applications are decided, and how borders are named in draws.
    pub procedures: &'a Procedures,
    /// Channels that require permission now and do not decide on it at once, by index.
    pub not_at_once: &'a [u16],
    /// Whether gates may have shut since the step before.
    pub rules_changed: bool,
    /// First day of the step, in days since 1970: its date in every draw.
    pub date: i32,
    /// First day of the step, in days since the first day of the scenario.
    pub begin: f64,
    /// Days in the step.
    pub days: f64,
}

/// Bounds on what ways out are worth to persons of a class.
#[derive(Debug)]
pub struct Reaches<'a> {
    /// From home, under the present rules.
    pub now: Reach<'a>,
    /// From home, with policy lifted: both gates and costs.
    pub policy_lifted: Reach<'a>,
    /// From home, in the open world.
    pub open: Reach<'a>,
    /// From anywhere abroad, under the present rules.
    pub abroad: Reach<'a>,
}

/// What the channels of a [`Reaches`] are worth, in the order of its fields.
pub type ReachSums = [Arc<Sums>; 4];

impl Reaches<'_> {
    /// The part that is kept for the next step.
    pub fn sums(&self) -> ReachSums {
        [&self.now, &self.policy_lifted, &self.open, &self.abroad]
            .map(|reach| Arc::clone(reach.sums()))
    }
}

/// The keys of the draws about each channel.
pub fn channel_labels(scenario: &Scenario) -> Vec<u32> {
    scenario
        .channels
        .iter()
        .map(|channel| {
            let code = &scenario.countries[usize::from(channel.country)].code;
            label_within(code, &channel.name)
        })
        .collect()
}

/// Buffers reused within a block's step.
#[derive(Debug, Default)]
pub struct Buffers {
    /// Scratch space for aspirations.
    pub scratch: Scratch,
    /// Weights of countries from abroad.
    pub others: Weights,
    /// How much fees reduce what channels are worth to a person.
    pub prices: Prices,
    /// Channels that refused a person.
    pub refused: Vec<u16>,
    /// Bounds on the weights of countries.
    pub bounds: Vec<f64>,
    /// Places to which a person might go.
    pub places: Vec<u32>,
    /// Candidates of a layer: stratum, position, marks.
    pub candidates: Vec<(usize, u32, Marks)>,
}

/// A block being moved through a step.
#[derive(Debug)]
pub struct BlockStep<'a, 'c> {
    /// The step.
    pub context: &'a StepContext<'a>,
    /// The block's segment.
    pub people: &'a SegmentPopulation,
    /// The segment's bounds.
    pub bounds: &'a SegmentBounds,
    /// The segment's key.
    pub key: Key,
    /// Slot of the segment's origin.
    pub slot: u32,
    /// The segment's class.
    pub class: u32,
    /// The block's persons.
    pub state: &'a mut BlockState,
    /// The counts of the step.
    pub counter: &'a mut Counter<'c>,
    /// Persons the state will take in this step unless they act first.
    pub seizures: Seizures,
    /// Marks that come of ties.
    pub tie_marks: TieMarks,
    /// The process from which the current candidate's mark came.
    pub spark: Spark,
}

impl<'a, 'c> BlockStep<'a, 'c> {
    /// Prepares a block for a step.
    pub fn new(
        context: &'a StepContext<'a>,
        state: &'a mut BlockState,
        counter: &'a mut Counter<'c>,
    ) -> Self {
        let segment = usize::from(state.block.segment);
        let people = &context.population.segments[segment];
        counter.begin(state.block);
        Self {
            context,
            people,
            bounds: &context.bounds[segment],
            key: context.keys[segment],
            slot: context.world.rules.slot(people.origin).unwrap_or(0),
            class: context.outlook.class_of(state.block.segment),
            state,
            counter,
            seizures: Seizures::default(),
            tie_marks: TieMarks::default(),
            spark: Spark::Own,
        }
    }

    /// Moves every person of the block through the step, each by one transition at most.
    ///
    /// Persons abroad come first, and those who come home wait until the end, so that nobody who
    /// moves in this step is looked at again in it.
    pub fn run(&mut self) {
        let mut buffers = Buffers::default();
        debug_assert!(self.state.is_settled());
        self.state.age_refusals(self.context.begin);
        self.close_cases();
        self.hear_from_ties();
        self.release_the_confined();
        self.carry_out_call_ups();
        self.find_seizures();
        self.look_at_the_traced();
        self.find_marks_of_ties();
        self.persons_abroad(&mut buffers);
        self.held_persons(&mut buffers);
        self.departing_persons();
        self.applicants_at_home();
        self.waiting_persons();
        self.content_persons(&mut buffers);
        self.carry_out_detentions();
        self.state.settle_pass();
        self.state.file_new_applications();
        let end = self.context.begin + self.context.days;
        self.state.keep_visits(self.context.memories, end);
        self.state.give_back();
    }

    /// The segment index.
    pub fn segment(&self) -> u16 {
        self.state.block.segment
    }

    /// The index in the segment of the person at a position of the block.
    #[inline]
    pub fn index(&self, position: u32) -> u32 {
        self.state.block.first + position
    }

    /// The traits on which choices and hazards of return depend, with documents as at the beginning of
    /// the step.
    pub fn chooser(&self, index: u32) -> Person {
        let who = (self.segment(), index);
        self.people.chooser(who, self.context.documents)
    }

    /// What a person believes that differs from what holds (`refused` channels have told it what holds),
    /// including what it knows to be coming only if `anticipating`.
    pub fn belief(&self, index: u32, refused: &[u16], anticipating: bool) -> Belief {
        let who = (self.class, self.segment());
        let identity = self.people.identity(index);
        let beliefs = self.context.beliefs;
        let tips = self.tips_of(index);
        beliefs.of_person(who, identity, tips, refused, anticipating)
    }

    /// What a person has heard from ties.
    #[inline]
    pub fn tips_of(&self, index: u32) -> &[Tip] {
        self.state.tips.of(index - self.state.block.first)
    }

    /// When a person at home sets out by a channel, if it would otherwise do so on `due` (days since the
    /// first day), decided or reconsidered at `time`: earlier if the person knows that the channel will be
    /// closed to it by then.
    pub fn brought_forward(&self, index: u32, channel: u16, due: f64, time: f64) -> f64 {
        let who = (self.class, self.segment());
        let identity = self.people.identity(index);
        let last =
            self.context
                .beliefs
                .last_chance(who, identity, self.tips_of(index), (channel, due));
        last.map_or(due, |last| last.max(time))
    }

    /// Records that a hazard lies above its bound, which stops the run at the end of the step.
    pub fn violated(&mut self, rule: &'static str, person: u32, hazard: f64, bound: f64) {
        let segment = self.segment();
        let error = EngineError::BoundExceeded {
            rule,
            segment: self.context.scenario.segments[usize::from(segment)]
                .name
                .clone(),
            person,
            hazard,
            bound,
        };
        self.counter.violated(segment, person, error);
    }
}
