//! The tally of persons confined by their state: detained or called up.

/// Who is confined at the end of a step and what happened during it, in agents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confinement {
    /// Whether anybody can be detained.
    pub has_repression: bool,
    /// Whether anybody is ever called up.
    pub has_call_ups: bool,
    /// Persons (not agents) who were to be called up from the first step to the end of this one; those too few to make
    /// up an agent are left out.
    pub called_for: u64,
    /// By segment: what happened in the step.
    pub tally: Vec<ConfinementTally>,
    /// By segment: where persons are at the end of the step.
    pub stocks: Vec<ConfinementStocks>,
}

/// What happened to a segment in one step, in agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConfinementTally {
    /// Detentions at home.
    pub detentions: u64,
    /// Those detentions that took persons who were held, that is, who wanted to leave and could not.
    pub detained_held: u64,
    /// Persons whom a host handed over to their origin, where they are detained.
    pub rendered: u64,
    /// Persons called up.
    pub called_up: u64,
}

impl ConfinementTally {
    /// Adds another count.
    pub fn add(&mut self, other: &Self) {
        self.detentions += other.detentions;
        self.detained_held += other.detained_held;
        self.rendered += other.rendered;
        self.called_up += other.called_up;
    }
}

/// How many of a segment its state confines, in agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConfinementStocks {
    /// Detained.
    pub detained: u64,
    /// Called up and serving.
    pub mobilised: u64,
}
