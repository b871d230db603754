use super::*;
use crate::analyse::sensitivity::Sampled;
use crate::experiment::Morris;
use crate::experiment::sweep::{Axis, Levels, Shape, SweepSpec, Swept, Variant};
use crate::measure::comparison_schema::RUNS;
use crate::measure::schema::OUTCOMES;
use crate::measure::{ALL, Cell, Sink, Table};
use crate::units::Dimension;

fn axis(name: &str, levels: Levels) -> Axis {
    Axis {
        name: name.into(),
        levels,
        meaning: String::new(),
    }
}

fn range(whole: bool) -> Levels {
    Levels::Range {
        low: 1.0,
        high: 3.0,
        steps: None,
        dimension: Dimension::Number,
        whole,
    }
}

fn spec(shape: Shape, replicates: u32, axes: Vec<Axis>) -> SweepSpec {
    SweepSpec {
        exeunt: "0".into(),
        stream_version: 0,
        name: "plan".into(),
        title: "A plan".into(),
        scenarios: vec![Swept {
            name: "case".into(),
            sha256: String::new(),
            currency: "EUR".into(),
            title: String::new(),
            countries: Vec::new(),
        }],
        axes,
        shape,
        replicates,
        seed: 1,
        scale: 1,
        outcomes: Vec::new(),
        sets: Vec::new(),
    }
}

/// A list of dates as text and a list of variants, beside numbers.
fn lists() -> Vec<Axis> {
    let variant = |name: &str| Variant {
        name: name.into(),
        sets: Vec::new(),
    };
    vec![
        axis("a.number", range(false)),
        axis("a.people", range(true)),
        axis(
            "event.asks.date",
            Levels::Values(
                ["2022-12-01", "2022-09-19", "2023-03-01"]
                    .map(str::to_owned)
                    .into(),
            ),
        ),
        axis(
            "regime",
            Levels::Variants(vec![variant("as-it-was"), variant("harsher")]),
        ),
    ]
}

/// An outcome is asked for whose mechanism is off, so that it has no rows.
#[test]
fn what_no_run_has_is_said_of_each_scenario() {
    let mut spec = spec(Shape::Sobol(16), 1, vec![axis("a.number", range(false))]);
    spec.outcomes = vec!["claims".into(), "left".into()];
    let findings = found(&spec, |point, _| Some(point[0]));
    let names: Vec<&str> = findings
        .iter()
        .map(|one| one.key.outcome.as_str())
        .collect();
    assert_eq!(names, ["claims", "left"]);
    let gaps = gaps(&findings);
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!(gaps[0].what, Lacking::Everything);
    assert!(gaps[0].reason.contains("no run has it"), "{gaps:?}");
}

/// The findings about an outcome that is a function of the quantiles and the replicate.
fn found(spec: &SweepSpec, value: impl Fn(&[f64], u32) -> Option<f64>) -> Vec<Finding> {
    let layout = spec.layout().unwrap();
    let mut outcomes = SweptOutcomes::default();
    for point in 0..layout.points() {
        for replicate in 0..spec.replicates {
            let quantiles = layout.point(point).unwrap();
            let Some(value) = value(&quantiles, replicate) else {
                continue;
            };
            let texts = ["left", ALL, ALL, "persons"].map(Cell::Text);
            let mut row = vec![
                Cell::Text("case"),
                Cell::Whole(point),
                Cell::Whole(replicate.into()),
            ];
            row.extend(texts);
            row.push(Cell::Number(value));
            outcomes.row(&OUTCOMES, &row);
        }
    }
    analyse(spec, &layout, &outcomes)
}

/// Path, from and to of every part, as written.
#[derive(Default)]
struct Parts(Vec<[String; 3]>);

impl Sink for Parts {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        if table.name != "responses" {
            return;
        }
        let text = |at: usize| match cells[at] {
            Cell::Text(text) => text.to_owned(),
            _ => panic!("{at}"),
        };
        self.0.push([text(4), text(6), text(7)]);
    }
}

#[test]
fn each_entry_of_a_list_is_one_part_with_its_label() {
    let spec = spec(Shape::Sobol(32), 1, lists());
    let findings = found(&spec, |at, _| Some(at.iter().sum()));
    let mut parts = Parts::default();
    write_findings(&spec, &findings, &mut parts);
    let of = |path: &str| -> Vec<(&str, &str)> {
        let own = parts.0.iter().filter(|part| part[0] == path);
        own.map(|part| (part[1].as_str(), part[2].as_str()))
            .collect()
    };
    let once = |labels: &[&'static str]| -> Vec<(&str, &str)> {
        labels.iter().map(|label| (*label, *label)).collect()
    };
    assert_eq!(
        of("event.asks.date"),
        once(&["2022-12-01", "2022-09-19", "2023-03-01"])
    );
    assert_eq!(of("regime"), once(&["as-it-was", "harsher"]));
    assert_eq!(of("a.people"), once(&["1", "2", "3"]));
    assert_eq!(of("a.number").len(), 8);
}

#[test]
fn ranks_know_entries_and_not_where_in_their_part_a_point_lies() {
    let spec = spec(Shape::LatinHypercube(60), 1, lists());
    let entry = |at: f64| (at * 3.0).floor();
    let findings = found(&spec, |at, _| Some(entry(at[2])));
    let rank = findings[0].axes[2].ranks.unwrap();
    assert!(rank.correlation > 1.0 - 1e-9, "{rank:?}");
}

#[test]
fn what_could_not_be_said_is_said() {
    let few = spec(Shape::LatinHypercube(6), 1, lists());
    let findings = found(&few, |at, _| Some(at[0]));
    let (what, reason) = &findings[0].lacking[0];
    assert_eq!(*what, Lacking::Ranks);
    assert!(
        reason.contains("6 points are too few, 7 are needed"),
        "{reason}"
    );
    assert!(!findings[0].axes[0].response.is_empty());
    let gap = &gaps(&findings)[0];
    assert_eq!((gap.outcome.as_str(), gap.what), ("left", Lacking::Ranks));

    // If the points have only one entry of a list, the list is reported by its name.
    let lopsided = vec![
        axis("a.number", range(false)),
        axis("b.list", Levels::Values(vec!["same".into(), "same".into()])),
    ];
    let findings = found(&spec(Shape::LatinHypercube(9), 1, lopsided), |at, _| {
        Some(at[0])
    });
    let reason = &findings[0].lacking[0].1;
    assert!(reason.contains("`b.list` is the same"), "{reason}");

    let holes = found(&spec(Shape::Sobol(8), 1, lists()), |at, _| {
        (at[0] > 0.5).then_some(1.0)
    });
    let (what, reason) = &holes[0].lacking[0];
    assert_eq!(*what, Lacking::Everything);
    assert!(
        reason.starts_with("it has no value in 4 of 8 runs: point ")
            && reason.ends_with("and 1 more"),
        "{reason}"
    );
    assert!(holes[0].axes.is_empty());

    // Nothing but chance: there are no indices, but chance is still estimated.
    let base = spec(Shape::Saltelli(8), 2, lists());
    let findings = found(&base, |_, replicate| Some(f64::from(replicate)));
    assert_eq!(findings[0].lacking[0].0, Lacking::Indices);
    assert!(findings[0].noise.is_some() && !findings[0].axes[0].response.is_empty());
}

/// A sum of quantiles on four levels has the variance 5/36 per quantile, and chance that of -0.1 and +0.1.
#[test]
fn trajectories_do_not_make_points_look_more_alike_than_they_are() {
    let (mut by_steps, mut of_all) = (Vec::new(), Vec::new());
    for seed in 0..400 {
        let design = Morris::new(seed, 3, 4, &["a", "b", "c", "d"]).unwrap();
        let points = design.quantiles();
        let runs = points.iter().enumerate().flat_map(|(point, row)| {
            let value: f64 = row.iter().sum();
            [(point, 0, value - 0.1), (point, 1, value + 0.1)]
        });
        let sampled = Sampled::of(points.len(), 2, runs).unwrap();
        by_steps.push(Noise::of_trajectories(&sampled, 5).unwrap().unwrap());
        of_all.push(Noise::of(&sampled).unwrap().unwrap());
    }
    let mean =
        |found: &[Noise]| found.iter().map(|noise| noise.between).sum::<f64>() / found.len() as f64;
    let exact = 4.0 * 5.0 / 36.0;
    let (by_steps, of_all) = (mean(&by_steps), mean(&of_all));
    assert!(
        (by_steps / exact - 1.0).abs() < 0.05,
        "{by_steps} for {exact}"
    );
    // Planted fault: the points of all trajectories are treated as independent.
    assert!(of_all / exact < 0.93, "{of_all} for {exact}");
}

/// A step from one variant of two to the other is the whole effect, though it is two thirds of 0 to 1; so is
/// a step from one whole number of two to the next, and a step between neighbours of three is half of it.
#[test]
fn effects_of_lists_and_whole_numbers_are_those_of_the_whole_axis() {
    let mut axes = lists();
    if let Levels::Range { high, .. } = &mut axes[1].levels {
        *high = 2.0;
    }
    let known = axes.clone();
    let spec = spec(Shape::Morris(20, 4), 2, axes);
    let whole = [10.0, 20.0, 30.0, 40.0];
    let found = found(&spec, |at, replicate| {
        let places = known.iter().zip(at).map(|(axis, at)| axis.place(*at));
        let places: Vec<f64> = places.collect();
        let parts = [at[0], places[1] - 1.0, places[2] / 2.0, places[3]];
        let sum: f64 = whole
            .iter()
            .zip(parts)
            .map(|(whole, part)| whole * part)
            .sum();
        // Chance that no step cancels: the second replicate is larger by an amount that depends on the point.
        Some(sum + f64::from(replicate) * at.iter().sum::<f64>())
    });
    for (place, axis) in found[0].axes.iter().enumerate() {
        let effect = axis.morris.unwrap();
        // Half of what the second replicate adds, as a fraction of the axis: a step is 2/3, or 1/2 or 1 of
        // three entries.
        let (low, high) = [
            (0.5, 0.5),
            (1.0 / 3.0, 1.0 / 3.0),
            (1.0 / 3.0, 2.0 / 3.0),
            (1.0 / 3.0, 1.0 / 3.0),
        ][place];
        let error = 1e-9;
        for mean in [effect.mu, effect.mu_star.value] {
            let more = mean - whole[place];
            assert!(
                low - error <= more && more <= high + error,
                "{place}: {effect:?}"
            );
        }
        // Two replicates whose effects differ by d have a mean of variance d squared over four.
        let sd = effect.noise.unwrap().sd;
        assert!(
            low - error <= sd && sd <= high + error,
            "{place}: {effect:?}"
        );
    }
}

#[test]
fn an_analysis_of_trajectories_tells_chance_by_steps() {
    let axes = || vec![axis("a", range(false)), axis("b", range(false))];
    let spec = spec(Shape::Morris(4, 4), 2, axes());
    let value = |at: &[f64], replicate| at[0] + at[1] + 0.1 * f64::from(replicate);
    let finding = &found(&spec, |at, replicate| Some(value(at, replicate)))[0];
    let layout = spec.layout().unwrap();
    let runs = (0..layout.points()).flat_map(|point| {
        let at = layout.point(point).unwrap();
        [0, 1].map(|replicate| (point as usize, replicate, value(&at, replicate)))
    });
    let sampled = Sampled::of(12, 2, runs).unwrap();
    let wanted = Noise::of_trajectories(&sampled, 3).unwrap().unwrap();
    assert_eq!(finding.noise, Some((12, wanted)));
}

#[test]
fn failed_and_missing_runs_are_told_apart() {
    let spec = spec(Shape::Sobol(4), 1, lists());
    let mut runs = SweptRuns::default();
    for (point, state, reason) in [
        (0, "done", None),
        (2, "failed", Some("too large")),
        (3, "done", None),
    ] {
        let run = spec.run(4, point);
        let reason = reason.map_or(Cell::Empty, Cell::Text);
        runs.row(
            &RUNS,
            &[
                Cell::Whole(run.number()),
                Cell::Text("case"),
                Cell::Whole(point),
                Cell::Whole(point),
                Cell::Whole(0),
                Cell::Whole(1),
                Cell::Text(state),
                reason,
            ],
        );
    }
    assert_eq!(runs.missing(&spec, 4), Some((spec.run(4, 1), 1)));
    let failed: Vec<_> = runs.failed().collect();
    assert_eq!(failed, [(spec.run(4, 2), "too large")]);
}
