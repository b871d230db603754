//! Sentences, positions on the scale of a band, and correlations.

use super::bands::{axis, place};
use super::priors::bars;
use super::view::{View, standing};
use super::{CalibrationPage, calibration_page};
use crate::analyse::calibrated::{RowKind, Spread};
use crate::analyse::calibration_tables::{
    CalibrationTables, FitRow, GenerationRow, ParameterRow, ValueRow,
};
use crate::experiment::calibration::{
    CalibrationDescription, CalibrationSpec, Ended, Prior, Target,
};
use crate::experiment::sweep::Swept;
use crate::report::page::test_support::manifest;

fn spread(p25: f64, p75: f64) -> Spread {
    let p50 = 0.5 * (p25 + p75);
    Spread {
        mean: p50,
        p05: p25 - 1.0,
        p25,
        p50,
        p75,
        p95: p75 + 1.0,
    }
}

fn row(id: &str, how: &str, band: Option<(f64, f64)>, (p25, p75): (f64, f64)) -> FitRow {
    let meets = band.map(|(low, high)| p25 <= high && p75 >= low);
    FitRow {
        row: id.into(),
        quantity: "what was <seen>".into(),
        how: how.into(),
        unit: "persons".into(),
        band,
        runs: Some(spread(p25, p75)),
        meets,
    }
}

fn parameter(path: &str, sampled: bool, shrinkage: f64, informed: bool) -> ParameterRow {
    ParameterRow {
        path: path.into(),
        sampled,
        unit: "1/year".into(),
        prior: [0.0, 1.0, 3.0],
        posterior: spread(0.8, 1.4),
        shrinkage: sampled.then_some(shrinkage),
        informed,
    }
}

fn tables() -> CalibrationTables {
    let sets = [(0.1, 0.2), (0.4, 0.5), (0.7, 0.6), (0.9, 1.0)];
    let value = |path: &'static str, of: fn((f64, f64)) -> f64| {
        sets.iter().enumerate().map(move |(set, set_of)| ValueRow {
            particle: set as u64,
            path: path.into(),
            value: 3.0 * of(*set_of),
            quantile: Some(of(*set_of)),
        })
    };
    let generation = |generation, accepted, tolerance| GenerationRow {
        generation,
        attempts: 100,
        failed: generation,
        accepted,
        acceptance: accepted as f64 / 100.0,
        tolerance,
        effective_size: 3.6,
    };
    CalibrationTables {
        generations: vec![generation(0, 4, 0.5), generation(1, 30, 0.25)],
        parameters: vec![
            parameter("a.loose", true, 0.02, false),
            parameter("b.some", true, 0.3, true),
            parameter("c.most", true, 0.8, true),
            parameter("country.XB.constant", false, 0.0, false),
        ],
        fits: vec![
            row("P10", "fitted", Some((10.0, 20.0)), (12.0, 14.0)),
            row("P2", "fitted", Some((10.0, 20.0)), (25.0, 27.0)),
            row("Q", "constants", Some((10.0, 20.0)), (1.0, 2.0)),
            row("R", "not fitted", None, (1.0, 2.0)),
            row("S", "input", Some((10.0, 20.0)), (12.0, 14.0)),
        ],
        left_out: vec![row("P10", "attempts", Some((10.0, 20.0)), (30.0, 40.0))],
        weights: vec![0.4, 0.1, 0.1, 0.4],
        values: value("a.loose", |(x, _)| x)
            .chain(value("b.some", |(_, y)| y))
            .chain(value("c.most", |(x, _)| 1.0 - x))
            .collect(),
    }
}

fn spec() -> CalibrationSpec {
    let target = |id: &str| Target {
        id: id.into(),
        quantity: String::new(),
        measure: "sum(homes.left)".into(),
        unit: "persons".into(),
        band: Some((10.0, 20.0)),
        fitted: true,
    };
    CalibrationSpec {
        exeunt: "0.1.0".into(),
        stream_version: 1,
        name: "plan".into(),
        title: "A <b>case</b>".into(),
        scenario: Swept {
            name: "base".into(),
            sha256: "abc".into(),
            currency: "EUR".into(),
            title: "The base".into(),
            countries: vec![("XB".into(), "Coastia".into())],
        },
        priors: vec![Prior {
            path: "a.loose".into(),
            ends: [0.0, 1.0, 3.0],
        }],
        targets: ["P10", "P2", "Q"].map(target).into(),
        left_out: Vec::new(),
        inner: None,
        particles: 4,
        proposals: 100,
        generations: 5,
        least_acceptance: 0.05,
        seed: 1,
        scale: 100,
    }
}

fn description() -> CalibrationDescription {
    CalibrationDescription {
        spec: spec(),
        warnings: vec!["homes are <full> (in all runs)".into()],
    }
}

/// Passes the page of these tables to `look`.
fn with<T>(tables: &CalibrationTables, look: impl FnOnce(&View<'_>) -> T) -> T {
    let (description, manifest) = (description(), manifest());
    look(&View::of(&CalibrationPage {
        description: &description,
        tables,
        manifest: &manifest,
    }))
}

#[test]
fn sentences_say_what_the_tables_say() {
    with(&tables(), |view| {
        assert_eq!(
            view.fitted(),
            "For “The base”, 3 parameters were sampled over the ranges of the plan and 1 destination constant moved, so that runs come \
             near the bands of 3 rows of observations."
        );
        assert_eq!(
            view.how_it_ended()[0],
            "It ended after 2 generations (200 sets were tried) because the plan asks for no more generations."
        );
        assert_eq!(
            view.how_it_ended()[2],
            "4 sets were kept; with their weights, they are worth 4 of equal weight."
        );
        assert_eq!(
            view.met(RowKind::Fitted, "fitted by parameters").unwrap(),
            "1 of 2 rows fitted by parameters have a band that meets the middle half of the runs. Not met: P2 (above)."
        );
        let constants = view.met(RowKind::Constants, "fitted by destination constants");
        assert!(constants.unwrap().ends_with("Not met: Q (below)."));
        assert_eq!(view.met(RowKind::NotFitted, "not fitted"), None, "no band");
        assert!(view.predicted().unwrap().starts_with("0 of 1 fitted rows"));
        let short = view.short().into_string();
        assert!(!short.contains("input"), "{short}");
        assert_eq!(
            view.informed(),
            [
                "The data inform 2 of 3 parameters. The variance of the prior shrinks most for c.most (80 %) and b.some (30 %).",
                "The data do not inform 1 of 3 parameters: a.loose. Their spread is that of the range in the file.",
            ]
        );
        let notes = view.notes();
        assert_eq!(
            notes.len(),
            3,
            "generations, few sets, a failed run: {notes:?}"
        );
        assert!(notes[2].starts_with("1 of 200 runs failed"), "{notes:?}");
    });
}

#[test]
fn why_it_ended_is_read_off_the_generations() {
    let ended = |tables: &CalibrationTables| with(tables, |view| view.ended);
    let mut tables = tables();
    assert_eq!(ended(&tables), Ended::Generations);
    tables.generations[1].accepted = 4;
    assert_eq!(ended(&tables), Ended::Acceptance);
    tables.generations[1].tolerance = 0.0;
    assert_eq!(ended(&tables), Ended::Inside);
    tables.weights.pop();
    assert_eq!(
        ended(&tables),
        Ended::Acceptance,
        "fewer sets than asked for"
    );
    tables.weights.clear();
    assert_eq!(ended(&tables), Ended::Nothing);
}

#[test]
fn a_band_goes_from_nought_to_one() {
    let band = (10.0, 20.0);
    let at = |value| place(value, band).unwrap();
    assert_eq!([at(10.0), at(15.0), at(20.0)], [0.0, 0.5, 1.0]);
    assert_eq!([at(0.0), at(25.0), at(30.0)], [-1.0, 1.5, 2.0]);
    let far = at(120.0);
    assert!(
        (far - (2.0 + crate::draw::math::ln(10.0))).abs() < 1e-12,
        "{far}"
    );
    assert!(at(-5.0) < -1.0 && at(1e12) == at(1e9));
    assert_eq!(place(1.0, (3.0, 3.0)), None);
    let (from, to, marks) = axis(&[[-1.2, 0.0, 0.5, 1.0, 1.2]]);
    let names: Vec<&str> = marks.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["−1", "low", "high"]);
    assert!(from < -1.2 && to > 1.2);
    assert_eq!(standing(&tables().fits[1]), Some("above its band"));
}

#[test]
fn weights_count_in_bars_and_correlations() {
    with(&tables(), |view| {
        let order: Vec<&str> = view
            .sampled
            .iter()
            .map(|one| one.row.path.as_str())
            .collect();
        assert_eq!(order, ["c.most", "b.some", "a.loose"]);
        let [most, _, loose] = &view.sampled[..] else {
            panic!("three are sampled");
        };
        // One parameter is the other upside down.
        let r = most.correlation(loose, &view.tables.weights).unwrap();
        assert!((r + 1.0).abs() < 1e-12, "{r}");
        assert_eq!(view.strongest()[0].2, r);
        assert_eq!(loose.correlation(loose, &[]), None);
        let bars = bars(loose, &view.tables.weights);
        assert_eq!(bars.len(), 12);
        let sum: f64 = bars.iter().map(|bar| bar.posterior).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        // The lower half of the prior goes from 0 to 1, the upper from 1 to 3.
        assert_eq!(
            (bars[1].posterior, bars[5].to, bars[11].to),
            (0.4, 1.0, 3.0)
        );
    });
}

#[test]
fn titles_and_quantities_stay_text() {
    let (description, manifest, tables) = (description(), manifest(), tables());
    let page = CalibrationPage {
        description: &description,
        tables: &tables,
        manifest: &manifest,
    };
    let drawn = calibration_page(&page).unwrap();
    assert!(!drawn.contains("<b>case") && !drawn.contains("<seen>"));
    assert!(drawn.contains("A &lt;b&gt;case&lt;/b&gt;") && drawn.contains("what was &lt;seen&gt;"));
    // The page shows what runs warn of, too.
    assert!(drawn.contains("homes are &lt;full&gt; (in all runs)"));
    assert_eq!(drawn, calibration_page(&page).unwrap());
}
