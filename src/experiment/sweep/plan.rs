//! A checked sweep: its description, and what is needed to run it.

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
    /// Its description.
    pub spec: SweepSpec,
    /// The scenarios, in the order of the plan.
    pub sources: Vec<Source>,
    /// Where the points lie.
    pub layout: Layout,
    /// Remarks about its sets of parameters, each with a cure.
    pub notes: Vec<[String; 2]>,
}

impl SweepPlan {
    /// Names of the axes that change nothing in any of the scenarios, each with the reason: a mechanism that
    /// is off and that nothing in the plan switches on.
    pub fn idle(&self) -> Vec<(&str, &'static str)> {
        let axes = self.spec.axes.iter();
        axes.filter_map(|axis| {
            let why = idle_because(&axis.name, &self.sources, &self.spec.axes)?;
            Some((axis.name.as_str(), why))
        })
        .collect()
    }
}

/// Why the parameter at a path changes nothing in any of the scenarios: a mechanism that is off and that no
/// axis switches on. `None` if it does change something.
pub(super) fn idle_because(path: &str, sources: &[Source], axes: &[Axis]) -> Option<&'static str> {
    let mut reasons = sources.iter();
    let first = reasons.next()?.scenario().idle_because(path)?;
    let in_all = reasons.all(|source| source.scenario().idle_because(path).is_some());
    let switch = first.split(" = ").next().unwrap_or(first);
    let switches = |axis: &Axis| sources.iter().any(|source| axis.sets_path(switch, source));
    (in_all && !axes.iter().any(switches)).then_some(first)
}

/// Everything that determines the results of a sweep's runs. It is kept beside finished runs, which are
/// continued or merged only under an equal one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepSpec {
    /// Version of the program.
    pub exeunt: String,
    /// Version of the stream of draws.
    pub stream_version: u32,
    /// Name: the stem of the plan's file name.
    pub name: String,
    /// One-line title for people.
    pub title: String,
    /// The scenarios, in the order of the plan.
    pub scenarios: Vec<Swept>,
    /// The axes, by name.
    pub axes: Vec<Axis>,
    /// The kind and size of the design.
    pub shape: Shape,
    /// Replicates of each point.
    pub replicates: u32,
    /// Overrides of sets of parameters: replicate r of a point is run with set r, starting over after the
    /// last set. Empty if points are run as in the files.
    #[serde(default)]
    pub sets: Vec<Vec<String>>,
    /// Seed.
    pub seed: u64,
    /// Persons that one agent stands for.
    pub scale: u64,
    /// Ids of the outcomes to keep; all if empty.
    pub outcomes: Vec<String>,
}

/// `sweep.json` of a finished sweep and of its analysis: what was swept, and the warnings of its runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepDescription {
    /// What was swept.
    #[serde(flatten)]
    pub spec: SweepSpec,
    /// Each warning once, with how many runs of each scenario gave it.
    pub warnings: Vec<String>,
}

/// A scenario of a sweep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swept {
    /// Its name.
    pub name: String,
    /// SHA-256 digest of the resolved scenario.
    pub sha256: String,
    /// The currency it uses.
    pub currency: String,
    /// One-line title for people; empty if there is none.
    #[serde(default)]
    pub title: String,
    /// Codes and names of the countries that have a name.
    #[serde(default)]
    pub countries: Vec<(String, String)>,
}

impl Swept {
    /// What a sweep keeps of a scenario.
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
    /// Index of the scenario in the plan.
    pub scenario: u32,
    /// Number of the point, from 0.
    pub point: u64,
    /// Number of the replicate, from 0.
    pub replicate: u32,
}

/// Bits of a run's number for the scenario and for the replicate; the rest is for the point.
const SCENARIO_BITS: u32 = 8;
const REPLICATE_BITS: u32 = 16;

/// The most scenarios and replicates of one sweep.
pub(super) const MOST: (usize, u32) = (1 << SCENARIO_BITS, 1 << REPLICATE_BITS);

impl RunId {
    /// The number that the run is kept under; it stays the same when points or replicates are added.
    pub fn number(self) -> u64 {
        (self.point << (SCENARIO_BITS + REPLICATE_BITS))
            | (u64::from(self.scenario) << REPLICATE_BITS)
            | u64::from(self.replicate)
    }

    /// The run with a number.
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
    /// How many sets of parameters the runs of a point use; 1 if they differ by chance alone.
    pub fn sets_of_a_point(&self) -> usize {
        self.sets.len().min(self.replicates as usize).max(1)
    }

    /// Lays out its points.
    ///
    /// # Errors
    /// If they cannot be laid out.
    pub fn layout(&self) -> Result<Layout, DesignError> {
        Layout::new(self.shape, self.seed, &self.axes)
    }

    /// The run at an index in the order in which runs are made: the first replicate of all points before the
    /// second of any, and at each point one scenario after another.
    pub fn run(&self, points: u64, place: u64) -> RunId {
        let scenarios = self.scenarios.len() as u64;
        RunId {
            scenario: (place % scenarios) as u32,
            point: place / scenarios % points,
            replicate: (place / scenarios / points) as u32,
        }
    }

    /// Number of runs over `points` points.
    pub fn runs(&self, points: u64) -> u64 {
        // Saturating, since the plan may come from a file that nobody has checked.
        points
            .saturating_mul(self.scenarios.len() as u64)
            .saturating_mul(u64::from(self.replicates))
    }

    /// How another sweep differs, in words; empty if the two are equal.
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
