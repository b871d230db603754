//! What the page says and draws of small analyses that are written out here.

use super::SweepPage;
use super::view::View;
use crate::analyse::comparison_tables::MeanAndBand;
use crate::analyse::sensitivity_tables::{AxisEffect, ResponsePart, SensitivityTables};
use crate::analyse::swept::SweptKey;
use crate::experiment::sweep::{Axis, Levels, Shape, SweepDescription, SweepSpec, Swept, Variant};
use crate::measure::ALL;
use crate::report::page::test_support::manifest;
use crate::store::Manifest;
use crate::units::Dimension;
use serde_json::{Value, json};

const SALTELLI: Shape = Shape::Saltelli(8);
const MORRIS: Shape = Shape::Morris(10, 4);
const SOBOL: Shape = Shape::Sobol(64);

/// An interval from 0.2 to 0.8, about 0.5.
const WIDE: Option<(f64, f64)> = Some((0.2, 0.8));

fn description(shape: Shape, replicates: u32) -> SweepDescription {
    let variant = |name: &str| Variant {
        name: name.into(),
        sets: Vec::new(),
    };
    let axis = |name: &str, levels| Axis {
        name: name.into(),
        levels,
        meaning: String::new(),
    };
    SweepDescription {
        spec: SweepSpec {
            exeunt: "0.1.0".into(),
            stream_version: 1,
            name: "plan".into(),
            title: "A plan".into(),
            scenarios: vec![Swept {
                name: "base".into(),
                sha256: String::new(),
                currency: "EUR".into(),
                title: String::new(),
                countries: Vec::new(),
            }],
            axes: vec![
                axis(
                    "hazard",
                    Levels::Range {
                        low: 0.0,
                        high: 1.0,
                        steps: Some(2),
                        dimension: Dimension::Number,
                        whole: false,
                    },
                ),
                axis(
                    "regime",
                    Levels::Variants(vec![variant("mild"), variant("harsh")]),
                ),
            ],
            shape,
            replicates,
            sets: Vec::new(),
            seed: 1,
            scale: 100,
            outcomes: Vec::new(),
        },
        warnings: Vec::new(),
    }
}

fn key() -> SweptKey {
    SweptKey {
        scenario: "base".into(),
        outcome: "share_returned".into(),
        group: ALL.into(),
        country: ALL.into(),
    }
}

/// What each axis does to an outcome, by every measure: 0.5 to 0.6, with this interval.
fn tables(band: Option<(f64, f64)>, of_chance: Option<f64>) -> SensitivityTables {
    let effect = |path: &str, mean: f64| {
        let value = Some(MeanAndBand { mean, band });
        AxisEffect {
            key: key(),
            path: path.into(),
            unit: "share".into(),
            first: value,
            total: value,
            mu: Some(mean),
            mu_star: value,
            sigma: Some(0.1),
            mu_star_of_chance: of_chance,
            rank: value,
            p: Some(0.001),
            p_of_all: Some(0.002),
        }
    };
    let part = |path: &str, ends: [&str; 2], mean: f64| ResponsePart {
        key: key(),
        path: path.into(),
        ends: (ends[0].into(), ends[1].into()),
        points: 4,
        mean: MeanAndBand { mean, band },
    };
    SensitivityTables {
        effects: vec![effect("hazard", 0.5), effect("regime", 0.6)],
        noise: Vec::new(),
        responses: vec![
            part("hazard", ["0", "0"], 0.1),
            part("hazard", ["1", "1"], 0.6),
            part("regime", ["mild", "mild"], 0.1),
            part("regime", ["harsh", "harsh"], 0.7),
        ],
    }
}

/// Passes the page of a sweep to `look`.
fn with<T>(
    (shape, replicates): (Shape, u32),
    tables: &SensitivityTables,
    look: impl FnOnce(&View<'_>) -> T,
) -> T {
    let description = description(shape, replicates);
    let manifest = Manifest {
        scenario: "plan".into(),
        replicates,
        ..manifest()
    };
    look(&View::of(&SweepPage {
        description: &description,
        tables,
        gaps: &[],
        manifest: &manifest,
    }))
}

/// The sentence on what moves the outcome, and all that the section with it says.
fn told(sweep: (Shape, u32), tables: &SensitivityTables) -> (String, String) {
    with(sweep, tables, |view| {
        let told = view.told(&view.outcomes[0]).remove(0).1;
        (told, view.answers().into_string())
    })
}

#[test]
fn with_one_run_of_each_point_nothing_is_said_to_move_an_outcome_most() {
    for (shape, ranked) in [
        (
            SALTELLI,
            "regime, 0.60 (0.20 to 0.80): 10.0 % on average with mild, 70.0 % with harsh; then hazard (0.50).",
        ),
        (
            MORRIS,
            "regime, 60.0 % (20.0 to 80.0 %): 10.0 % on average with mild, 70.0 % with harsh; then hazard (50.0 %).",
        ),
    ] {
        let (said, section) = told((shape, 1), &tables(WIDE, None));
        assert_eq!(
            said,
            format!(
                "Chance was not told apart from effects; the largest number is that of {ranked}"
            )
        );
        assert!(
            section.contains("replicates = 1") && section.contains("replicates = 2"),
            "{section}"
        );
        assert!(!section.contains("stand out"), "{section}");
        let (said, section) = told((shape, 2), &tables(WIDE, Some(0.01)));
        assert_eq!(said, format!("Moved most by {ranked}"));
        assert!(!section.contains("replicates"), "{section}");
        assert!(section.contains("does not stand out"), "{section}");
    }
}

#[test]
fn on_a_grid_chance_is_not_told_apart_by_one_run_of_each_point_either() {
    let narrow = |band: &SensitivityTables| {
        let mut tables = band.clone();
        for part in &mut tables.responses {
            part.mean.band = Some((part.mean.mean - 0.05, part.mean.mean + 0.05));
        }
        tables
    };
    let tables = narrow(&tables(None, None));
    let ranked =
        "regime, 60.0 %: 10.0 % on average with mild, 70.0 % with harsh; then hazard (50.0 %).";
    let (said, _) = told((Shape::Grid, 1), &tables);
    assert_eq!(
        said,
        format!("Chance was not told apart from effects; the largest number is that of {ranked}")
    );
    let (said, section) = told((Shape::Grid, 2), &tables);
    assert_eq!(said, format!("Moved most by {ranked}"));
    // The farthest two of many may lie apart by chance alone, however often each point was run.
    assert!(section.contains("may do so by chance"), "{section}");
}

#[test]
fn what_moves_nothing_is_not_ranked() {
    let mut tables = tables(Some((0.0, 0.0)), None);
    for effect in &mut tables.effects {
        effect.mu_star = effect
            .mu_star
            .map(|value| MeanAndBand { mean: 0.0, ..value });
    }
    let (said, _) = told((MORRIS, 1), &tables);
    assert_eq!(said, "All its numbers are 0.");
}

/// Correlations of ranks come with how often chance brings one so strong, also where each point was run once.
#[test]
fn ranks_are_told_apart_from_chance_by_their_probability() {
    let (said, section) = told((SOBOL, 1), &tables(WIDE, None));
    assert!(
        said.starts_with("Moved most by regime, 0.60 (0.20 to 0.80; p 0.002)"),
        "{said}"
    );
    assert!(!section.contains("replicates"), "{section}");
}

#[test]
fn what_ranks_first_is_named_alike_all_over_the_page() {
    let whole = |replicates| {
        with((MORRIS, replicates), &tables(WIDE, None), |view| {
            let mut figures = crate::report::page::figure::Figures::default();
            let (chosen, _) = view.one_outcome(&mut figures).unwrap();
            let matrix = view.matrix().unwrap();
            format!("{}{}", chosen.into_string(), matrix.into_string())
        })
    };
    let (once, twice) = (whole(1), whole(2));
    assert!(!once.contains("moves it most") && once.contains("Chance is included"));
    assert!(twice.contains("moves it most") && !twice.contains("Chance is included"));
}

#[test]
fn a_number_without_an_interval_is_drawn_without_one() {
    let drawn = |shape, band| -> Vec<Value> {
        with((shape, 2), &tables(band, None), |view| {
            let outcome = &view.outcomes[0];
            let charts = view
                .estimates(outcome)
                .into_iter()
                .chain(view.curves(outcome));
            charts.map(|(drawn, ..)| drawn).collect()
        })
    };
    for (band, ends) in [
        (None, [Value::Null, Value::Null]),
        (WIDE, [json!(0.2), json!(0.8)]),
    ] {
        let [low, high] = ends;
        let mark = |mean: f64| json!([mean, low, high]);
        let charts = drawn(SALTELLI, band);
        // Indices, ranks, then the responses along the two axes, the larger first.
        for part in ["main", "more"] {
            assert_eq!(charts[0]["lines"][0][part], json!([mark(0.6), mark(0.5)]));
        }
        assert_eq!(charts[1]["lines"][0]["main"], json!([mark(0.6), mark(0.5)]));
        assert_eq!(
            charts[2]["lines"][0]["values"],
            json!([mark(0.1), mark(0.7)])
        );
        assert_eq!(
            charts[3]["lines"][0]["marks"],
            json!([[0.0, mark(0.1)], [1.0, mark(0.6)]])
        );
        assert_eq!(
            drawn(MORRIS, band)[0]["lines"][0]["main"],
            json!([mark(0.6), mark(0.5)])
        );
    }
}
