//! A checked calibration: its description, and what is needed to run it.

use super::{Inner, Target};
use crate::experiment::Varied;
use crate::experiment::differences::Differences;
use crate::experiment::sweep::Swept;
use crate::scenario::Source;
use serde::{Deserialize, Serialize};

/// A calibration that can be run.
#[derive(Debug, Clone)]
pub struct CalibrationPlan {
    /// Its description.
    pub spec: CalibrationSpec,
    /// The scenario.
    pub source: Source,
    /// The sampled parameters, each over its prior, in the order of the plan's priors.
    pub varied: Vec<Varied>,
    /// The destination constants that the inner contraction moves, in its order.
    pub constants: Vec<Varied>,
}

/// Everything that determines the result of a calibration. It is kept beside finished attempts, which are
/// continued only under an equal one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationSpec {
    /// Version of the program.
    pub exeunt: String,
    /// Version of the stream of draws.
    pub stream_version: u32,
    /// Name: the stem of the plan's file name.
    pub name: String,
    /// One-line title for people.
    pub title: String,
    /// The scenario.
    pub scenario: Swept,
    /// The prior of each sampled parameter.
    pub priors: Vec<Prior>,
    /// The rows that have a measure, with those that are fitted marked, in the order of the file of observations.
    pub targets: Vec<Target>,
    /// Ids of rows that could be fitted but are left out.
    pub left_out: Vec<String>,
    /// The inner contraction, if there is one.
    pub inner: Option<Inner>,
    /// Number of sets of parameters that are kept.
    pub particles: u32,
    /// New attempts in each generation after the first, which has `particles` more.
    pub proposals: u32,
    /// The largest number of generations.
    pub generations: u32,
    /// The calibration ends after a generation in which a smaller share of attempts came nearer than the
    /// tolerance before.
    pub least_acceptance: f64,
    /// Seed.
    pub seed: u64,
    /// Persons that one agent stands for.
    pub scale: u64,
}

/// `calibration.json` of a finished calibration: what was asked for, and the warnings of its runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalibrationDescription {
    /// What was asked for.
    #[serde(flatten)]
    pub spec: CalibrationSpec,
    /// Each warning once, with how many runs gave it.
    pub warnings: Vec<String>,
}

/// The prior of a parameter: half of it lies evenly between the lower end and the middle, half evenly between
/// the middle and the upper end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// The path of the parameter.
    pub path: String,
    /// Lower end, middle and upper end, in the base unit.
    pub ends: [f64; 3],
}

impl CalibrationSpec {
    /// Number of attempts in a generation; generations are counted from 0.
    pub fn attempts(&self, generation: u32) -> u32 {
        match generation {
            0 => self.particles + self.proposals,
            _ => self.proposals,
        }
    }

    /// How another calibration differs, in words; empty if the two are equal.
    pub fn differences<'a>(&'a self, other: &'a Self) -> Vec<String> {
        let program = |plan: &'a Self| (plan.exeunt.as_str(), plan.stream_version);
        let mut found = Differences::of_programs(program(self), program(other));
        found.of("seed", self.seed, other.seed);
        found.of("scale", self.scale, other.scale);
        found.of("scenario", &self.scenario.name, &other.scenario.name);
        found.of("particles", self.particles, other.particles);
        found.of("proposals", self.proposals, other.proposals);
        found.of("generations", self.generations, other.generations);
        found.of(
            "least_acceptance",
            self.least_acceptance,
            other.least_acceptance,
        );
        let left_out = |spec: &'a Self| spec.left_out.iter().map(String::as_str);
        found.of_list("left_out", left_out(self), left_out(other));
        let paths = |spec: &'a Self| spec.priors.iter().map(|prior| prior.path.as_str());
        found.of_list("what is sampled", paths(self), paths(other));
        let ids = |spec: &'a Self| spec.targets.iter().map(|target| target.id.as_str());
        found.of_list("rows", ids(self), ids(other));
        let same_name = self.scenario.name == other.scenario.name;
        found.note(
            same_name && self.scenario != other.scenario,
            format!("what {} says", self.scenario.name),
        );
        for there in &self.priors {
            let here = other.priors.iter().find(|prior| prior.path == there.path);
            let differs = here.is_some_and(|here| here.ends != there.ends);
            found.note(differs, format!("the prior of {}", there.path));
        }
        for there in &self.targets {
            let here = other.targets.iter().find(|target| target.id == there.id);
            let differs = here.is_some_and(|here| here != there);
            found.note(differs, format!("the measure or band of row {}", there.id));
        }
        found.note(self.inner != other.inner, "the constants");
        found.or(self != other, "name or title")
    }
}
