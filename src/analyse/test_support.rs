//! The two hand-made weeks from the tests of `measure`, and what was observed in them.

use super::observed::{COLUMNS, Observed};
use super::tables::Kept;
use crate::engine::Observer as _;
use crate::measure::schema::TABLES;
use crate::measure::test_support::run;
use crate::measure::{Recorder, RunKey};
use crate::scenario::{Country, Scenario};
use crate::units::Distance;

pub use crate::measure::test_support::scenario;

/// The scenario with Armenia beside Georgia: 1 and 4 million people, 500 and 1,000 km from Russia.
pub fn scenario_of_three() -> Scenario {
    let mut scenario = scenario();
    let kilometres = |numbers: [f64; 3]| numbers.map(Distance::from_kilometres).to_vec();
    let georgia = scenario.countries[0].clone();
    let armenia = Country {
        code: "AM".into(),
        population: 1e6,
        ..georgia
    };
    scenario.countries.insert(0, armenia);
    for country in &mut scenario.countries {
        country.distance = kilometres([500.0, 1000.0, 0.0]);
    }
    for segment in &mut scenario.segments {
        segment.origin = 2;
    }
    scenario
}

/// Reads rows of observations about the two weeks.
pub fn observed(rows: &str) -> Observed {
    let text = format!("{}\n{rows}", COLUMNS.join(","));
    Observed::read("observed.csv", &text, &scenario())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The tables of the two weeks.
pub fn kept() -> Kept {
    let scenario = scenario();
    let mut kept = Kept::new(TABLES.to_vec());
    let mut recorder = Recorder::new(&scenario, RunKey::default(), &mut kept);
    for owned in run() {
        recorder.record(&owned.report());
    }
    recorder.finish();
    kept
}
