//! What a sweep runs, checked: what it says of itself, and what is needed to run it.

use super::axis::Axis;
use super::layout::{Layout, Shape};
use crate::experiment::DesignError;
use crate::experiment::differences::Differences;
use crate::scenario::Source;
use crate::store::of_text;
use serde::{Deserialize, Serialize};

/// A sweep that can be run.
#[derive(Debug, Clone)]
pub struct SweepPlan {
    /// What it says.
    pub spec: SweepSpec,
    /// The scenarios, in the order of the plan.
    pub sources: Vec<Source>,
    /// Where the points lie.
    pub layout: Layout,
    /// What deserves attention about its sets of parameters, each with a cure.
    pub notes: Vec<[String; 2]>,
}

impl SweepPlan {
    /// What varies and changes nothing in any of the scenarios, each with why: a mechanism that is off, and that nothing in the
    /// plan switches on.
    pub fn idle(&self) -> Vec<(&str, &'static str)> {
        let axes = self.spec.axes.iter();
        axes.filter_map(|axis| {
            let why = idle_because(&axis.name, &self.sources, &self.spec.axes)?;
            Some((axis.name.as_str(), why))
        })
        .collect()
    }
}

/// Why a parameter changes nothing in any of the scenarios, by its path: a mechanism that is off, and that no axis switches on.
pub(super) fn idle_because(path: &str, sources: &[Source], axes: &[Axis]) -> Option<&'static str> {
    let mut reasons = sources.iter();
    let first = reasons.next()?.scenario().idle_because(path)?;
    let in_all = reasons.all(|source| source.scenario().idle_because(path).is_some());
    let switch = first.split(" = ").next().unwrap_or(first);
    let switches = |axis: &Axis| sources.iter().any(|source| axis.sets_path(switch, source));
    (in_all && !axes.iter().any(switches)).then_some(first)
}

/// Everything that decides what the runs of a sweep give. It is kept beside finished runs, and only under an
/// equal one are they continued or merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepSpec {
    /// Version of the program.
    pub exeunt: String,
    /// Version of the stream of draws.
    pub stream_version: u32,
    /// Name: the stem of the plan's file.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// The scenarios, in the order of the plan.
    pub scenarios: Vec<Swept>,
    /// What varies, by name.
    pub axes: Vec<Axis>,
    /// Which design.
    pub shape: Shape,
    /// Repetitions of each point with other chance.
    pub replicates: u32,
    /// Overrides of sets of parameters: repetition r of a point is run with set r, after the last the first again;
    /// none if points are run as the files say.
    #[serde(default)]
    pub sets: Vec<Vec<String>>,
    /// Seed.
    pub seed: u64,
    /// Persons that an agent stands for.
    pub scale: u64,
    /// Ids of the outcomes to keep; all if there is none.
    pub outcomes: Vec<String>,
}

/// `sweep.json` of a finished sweep and of its analysis: what was swept, and what its runs warn of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepDescription {
    /// What was swept.
    #[serde(flatten)]
    pub spec: SweepSpec,
    /// Each once, with how many runs of each scenario say it.
    pub warnings: Vec<String>,
}

/// A scenario of a sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// Its name.
    pub name: String,
    /// Digest of all that it says, resolved.
    pub sha256: String,
    /// The currency in which it counts.
    pub currency: String,
    /// One line for people; empty if there is none.
    #[serde(default)]
    pub title: String,
    /// Codes of countries that have a name, each with it.
    #[serde(default)]
    pub countries: Vec<(String, String)>,
}

impl Swept {
    /// What is kept of a scenario.
    pub fn of(source: &Source) -> Self {
        let scenario = source.scenario();
        let named = scenario.countries.iter();
        let named = named.filter(|country| !country.name.is_empty());
        Self {
            name: scenario.name.clone(),
            sha256: of_text(&source.resolved_toml(None)),
            currency: scenario.currency.clone(),
            title: scenario.title.clone(),
            countries: named
                .map(|country| (country.code.clone(), country.name.clone()))
                .collect(),
        }
    }
}

/// One run of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId {
    /// Place of the scenario in the plan.
    pub scenario: u32,
    /// Number of the point, from 0.
    pub point: u64,
    /// Number of the repetition, from 0.
    pub replicate: u32,
}

/// Bits of a run's number for the scenario and for the repetition; the rest is the point's.
const SCENARIO_BITS: u32 = 8;
const REPLICATE_BITS: u32 = 16;

/// The most scenarios and repetitions of one sweep.
pub(super) const MOST: (usize, u32) = (1 << SCENARIO_BITS, 1 << REPLICATE_BITS);

impl RunId {
    /// The number under which the run is kept: it stays when points or repetitions are added.
    pub fn number(self) -> u64 {
        (self.point << (SCENARIO_BITS + REPLICATE_BITS))
            | (u64::from(self.scenario) << REPLICATE_BITS)
            | u64::from(self.replicate)
    }

    /// The run of a number.
    pub fn of_number(number: u64) -> Self {
        let low = |bits: u32| (1_u64 << bits) - 1;
        Self {
            scenario: ((number >> REPLICATE_BITS) & low(SCENARIO_BITS)) as u32,
            point: number >> (SCENARIO_BITS + REPLICATE_BITS),
            replicate: (number & low(REPLICATE_BITS)) as u32,
        }
    }
}

impl SweepSpec {
    /// How many sets of parameters the runs of a point differ by: 1 where they differ by chance alone.
    pub fn sets_of_a_point(&self) -> usize {
        self.sets.len().min(self.replicates as usize).max(1)
    }

    /// Where its points lie.
    ///
    /// # Errors
    /// If they cannot be laid out.
    pub fn layout(&self) -> Result<Layout, DesignError> {
        Layout::new(self.shape, self.seed, &self.axes)
    }

    /// A run by its place in the order in which they are made: all points with the first chance before any
    /// with the second, and at each point one scenario after another.
    pub fn run(&self, points: u64, place: u64) -> RunId {
        let scenarios = self.scenarios.len() as u64;
        RunId {
            scenario: (place % scenarios) as u32,
            point: place / scenarios % points,
            replicate: (place / scenarios / points) as u32,
        }
    }

    /// How many runs there are over so many points.
    pub fn runs(&self, points: u64) -> u64 {
        // Saturates: a plan may come from a file that nobody has checked.
        points
            .saturating_mul(self.scenarios.len() as u64)
            .saturating_mul(u64::from(self.replicates))
    }

    /// In what another sweep differs, in words; empty if they are equal.
    pub fn differences<'a>(&'a self, other: &'a Self) -> Vec<String> {
        let program = |plan: &'a Self| (plan.exeunt.as_str(), plan.stream_version);
        let mut found = Differences::of_programs(program(self), program(other));
        found.of("seed", self.seed, other.seed);
        found.of("scale", self.scale, other.scale);
        found.of("replicates", self.replicates, other.replicates);
        found.of("design", self.shape, other.shape);
        let names = |spec: &'a Self| spec.scenarios.iter().map(|swept| swept.name.as_str());
        found.of_list("scenarios", names(self), names(other));
        let outcomes = |spec: &'a Self| spec.outcomes.iter().map(String::as_str);
        found.of_list("outcomes", outcomes(self), outcomes(other));
        let axes = |spec: &'a Self| spec.axes.iter().map(|axis| axis.name.as_str());
        found.of_list("what varies", axes(self), axes(other));
        found.note(self.sets != other.sets, "the sets of parameters");
        for there in &self.scenarios {
            let here = other.scenarios.iter().find(|s| s.name == there.name);
            let differs = here.is_some_and(|here| here.sha256 != there.sha256);
            found.note(differs, format!("what {} says", there.name));
        }
        for there in &self.axes {
            let here = other.axes.iter().find(|axis| axis.name == there.name);
            let differs = here.is_some_and(|here| here.levels != there.levels);
            found.note(differs, format!("the levels of {}", there.name));
        }
        found.or(self != other, "name or title")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_run() {
        for (scenario, point, replicate) in [(0, 0, 0), (255, 3, 65_535), (7, 50_000_000, 1)] {
            let run = RunId {
                scenario,
                point,
                replicate,
            };
            assert_eq!(RunId::of_number(run.number()), run);
        }
    }
}
