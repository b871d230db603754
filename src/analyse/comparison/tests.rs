use super::test_support::{Rows, cells, left, mean_and_error, names, normal, outcome};
use super::*;
use crate::measure::ALL;
use proptest::prelude::*;

fn row(cells: &[Cell]) -> ComparedRow {
    let comparison = Comparison::of(names(2), cells);
    comparison.row(1, &left()).unwrap().clone()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1.0)
}

fn square(x: f64) -> f64 {
    x * x
}

/// Two scenarios with the outcome `left` alone: `runs[draw][replicate] = (base, scenario)`.
fn of_left(runs: &[&[(f64, f64)]]) -> Vec<Cell> {
    let mut made = Vec::new();
    for (draw, replicates) in runs.iter().enumerate() {
        for (replicate, (base, other)) in replicates.iter().enumerate() {
            made.push(Cell {
                draw: draw as u32,
                replicate: replicate as u32,
                outcomes: vec![
                    vec![outcome("left", ALL, ALL, *base)],
                    vec![outcome("left", ALL, ALL, *other)],
                ],
            });
        }
    }
    made
}

#[test]
fn a_small_case_is_what_it_is_by_hand() {
    let row = row(&of_left(&[
        &[(10.0, 8.0), (14.0, 10.0)],
        &[(20.0, 21.0), (20.0, 19.0)],
        &[(30.0, 24.0), (30.0, 24.0)],
    ]));
    // Draws' means: base 12, 20, 30; scenario 9, 20, 24; differences -3, 0, -6.
    let spread = |mean, low, high| Spread {
        mean,
        interval: Some((low, high)),
    };
    let near = |found: Option<Spread>, wanted: Spread| {
        let (found, ends) = (found.unwrap(), wanted.interval.unwrap());
        let interval = found.interval.unwrap();
        close(found.mean, wanted.mean) && close(interval.0, ends.0) && close(interval.1, ends.1)
    };
    assert!(near(row.base, spread(62.0 / 3.0, 12.0, 30.0)));
    assert!(near(row.compared, spread(53.0 / 3.0, 9.0, 24.0)));
    assert!(near(row.difference, spread(-3.0, -6.0, 0.0)));
    assert_eq!((row.draws, row.draws_lower, row.draws_higher), (3, 2, 0));
    assert_eq!(row.verdict(), None);
    assert_eq!(row.by_draw, [(0, -3.0), (1, 0.0), (2, -6.0)]);
    // Differences -2 -4 | 1 -1 | -6 -6: mean squares within (2 + 2 + 0) / 3, between 2 (0 + 9 + 9) / 2.
    let within = 4.0 / 3.0;
    assert!(close(row.sd_chance.unwrap(), f64::sqrt(within)));
    assert!(close(
        row.sd_parameters.unwrap(),
        f64::sqrt((18.0 - within) / 2.0)
    ));
    // One run of the base: between 2 (8.667² + 0.667² + 9.333²) / 2 = 162.667, within 8 / 3;
    // of the scenario 2 (8.667² + 2.333² + 6.333²) / 2 = 120.667, within (2 + 2 + 0) / 3.
    let base = 488.0 / 3.0 / 2.0 + 8.0 / 3.0 / 2.0;
    let other = 362.0 / 3.0 / 2.0 + 4.0 / 3.0 / 2.0;
    assert!(close(
        row.unpaired_runs_equal.unwrap(),
        (base + other) / (9.0 / 3.0)
    ));
}

#[test]
fn where_no_pair_has_both_each_mean_is_over_its_own_runs() {
    let mut cells = of_left(&[&[(10.0, 13.0)], &[(90.0, 7.0)]]);
    cells[0].outcomes[0].clear();
    cells[1].outcomes[1].clear();
    let row = row(&cells);
    let means = [row.base, row.compared].map(|spread| spread.unwrap().mean);
    assert_eq!(means, [90.0, 13.0]);
    assert_eq!((row.difference, row.draws), (None, 0));
}

/// The same terms summed in another order differ in their last digits, and so do replicates that cancel.
#[test]
fn rounding_has_no_sign() {
    let (one, other) = (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1);
    assert_ne!(one, other);
    let found = row(&of_left(&[
        &[(one, other)],
        &[(other, one)],
        &[(0.5, 0.5 + 1e-9)],
        &[(1.0, 1.0 + 0.1), (1.0, 1.0 - 0.1)],
    ]));
    assert_eq!(
        (found.draws, found.draws_lower, found.draws_higher),
        (4, 0, 1)
    );
    assert_eq!(found.by_draw[0], (0, 0.0));
    assert_eq!(found.by_draw[3], (3, 0.0));
}

#[test]
fn what_was_not_varied_is_empty() {
    let one = row(&of_left(&[&[(10.0, 8.0)]]));
    assert_eq!(
        one.difference,
        Some(Spread {
            mean: -2.0,
            interval: None
        })
    );
    assert_eq!((one.sd_parameters, one.sd_chance), (None, None));
    assert_eq!(one.unpaired_runs_equal, None);

    let one_draw = row(&of_left(&[&[(10.0, 8.0), (14.0, 10.0)]]));
    assert_eq!(one_draw.difference.unwrap().interval, None);
    assert_eq!(
        (one_draw.sd_parameters, one_draw.sd_chance),
        (None, Some(f64::sqrt(2.0)))
    );
    // Variances of a run 8 and 2, of a pair's difference 2; two pairs.
    assert!(close(
        one_draw.unpaired_runs_equal.unwrap(),
        10.0 / (2.0 / 2.0)
    ));

    let one_replicate = row(&of_left(&[&[(10.0, 8.0)], &[(14.0, 10.0)]]));
    assert_eq!(
        (one_replicate.sd_parameters, one_replicate.sd_chance),
        (None, None)
    );
    assert!(close(
        one_replicate.unpaired_runs_equal.unwrap(),
        10.0 / (2.0 / 2.0)
    ));

    // Differences that are all alike: nothing to divide by, and rounding is not taken for variance.
    let alike = row(&of_left(&[
        &[(0.1, 0.4), (0.1, 0.4), (0.1, 0.4)],
        &[(0.1, 0.4)],
    ]));
    assert_eq!(
        (alike.sd_parameters, alike.sd_chance),
        (Some(0.0), Some(0.0))
    );
    assert_eq!(alike.unpaired_runs_equal, None);
    let rounded = row(&of_left(&[&[
        (1e6 + 0.1, 1e6 + 3.2),
        (2e6 + 0.1, 2e6 + 3.2),
    ]]));
    assert_eq!(rounded.unpaired_runs_equal, None);
    // What is zero in every run varies by nothing, and its rounding is nothing too.
    let nothing = row(&of_left(&[&[(0.0, 0.0), (0.0, 0.0)], &[(0.0, 0.0)]]));
    assert_eq!(nothing.unpaired_runs_equal, None);
}

#[test]
fn no_policy_is_no_difference() {
    let row = row(&of_left(&[&[(10.0, 10.0), (14.0, 14.0)], &[(20.0, 20.0)]]));
    let zero = Spread {
        mean: 0.0,
        interval: Some((0.0, 0.0)),
    };
    assert_eq!(row.difference, Some(zero));
    assert_eq!((row.draws_lower, row.draws_higher), (0, 0));
    assert_eq!(row.unpaired_runs_equal, None);
}

#[test]
fn a_pair_counts_where_both_have_the_outcome() {
    let mut cells = of_left(&[
        &[(10.0, 8.0), (14.0, 10.0)],
        &[(20.0, 21.0)],
        &[(30.0, 24.0)],
    ]);
    cells[1].outcomes[1].clear(); // a run that failed
    cells[2].outcomes[0] = vec![outcome("held_at_end", ALL, ALL, 5.0)];
    let comparison = Comparison::of(names(2), &cells);
    let row = comparison.row(1, &left()).unwrap();
    // (Over the same pairs, or the one less the other would not be the difference.)
    assert_eq!(row.base.unwrap().mean, (10.0 + 30.0) / 2.0);
    assert_eq!(row.compared.unwrap().mean, (8.0 + 24.0) / 2.0);
    assert_eq!(row.difference.unwrap().mean, (-2.0 - 6.0) / 2.0);
    assert_eq!(row.by_draw, [(0, -2.0), (2, -6.0)]);
    let held = comparison
        .row(1, &OutcomeKey::of_all("held_at_end"))
        .unwrap();
    assert_eq!(held.base.unwrap().mean, 5.0);
    assert_eq!(
        (held.compared, held.difference, held.draws),
        (None, None, 0)
    );
}

#[test]
fn rows_are_those_of_the_table_in_its_order() {
    let run = |scenario: usize, draw: u32, replicate: u32| {
        let number = f64::from(7 * draw + 3 * replicate) + (scenario * scenario) as f64 + 0.5;
        let mut run = vec![
            outcome("left", ALL, ALL, number),
            outcome("left", "draft-eligible", ALL, number),
            outcome("abroad_at_end", ALL, "GE", number),
        ];
        if scenario == 2 {
            run.push(outcome("held_at_end", ALL, ALL, number));
        }
        run
    };
    let mut named = names(3);
    named.swap(1, 2);
    let comparison = Comparison::of(named, &cells(3, 3, 2, run));
    let mut rows = Rows::default();
    comparison.write(&mut rows);
    let begins: Vec<String> = rows.0.iter().map(|row| row[1..6].join(" ")).collect();
    assert_eq!(
        begins,
        [
            "policy-1 abroad_at_end ALL GE persons",
            "policy-1 held_at_end ALL ALL persons",
            "policy-1 left ALL ALL persons",
            "policy-1 left draft-eligible ALL persons",
            "policy-2 abroad_at_end ALL GE persons",
            "policy-2 left ALL ALL persons",
            "policy-2 left draft-eligible ALL persons",
        ]
    );
    // policy-1 is the third scenario here: 4 more than the base everywhere.
    assert_eq!(rows.0[2][12], "4");
    assert_eq!(rows.0[2][15..18], ["3", "0", "3"]);
    assert_eq!(rows.0[1][6..9], ["", "", ""]);
}

/// The contributions of parameters and of chance are recovered from made-up data, whether or not draws are of
/// equal size.
#[test]
fn variances_are_divided_without_bias() {
    let (of_parameters, of_chance) = (4.0, 1.5);
    for unequal in [false, true] {
        let (mut parameters, mut chance, mut one_run) = (Vec::new(), Vec::new(), Vec::new());
        for data_set in 0..600 {
            let number = |draw, replicate| {
                f64::sqrt(of_parameters) * normal(data_set, draw, 0, 1)
                    + f64::sqrt(of_chance) * normal(data_set, draw, replicate, 2)
            };
            let size = |draw: u32| if unequal { 1 + draw % 4 } else { 3 };
            let numbers = (0..16).flat_map(|draw| (0..size(draw)).map(move |other| (draw, other)));
            let numbers = numbers.map(|(draw, other)| (draw, number(draw, other)));
            let variances = nested::Nested::of(numbers).variances();
            parameters.push(square(variances.sd_parameters().unwrap()));
            chance.push(square(variances.sd_chance().unwrap()));
            one_run.push(variances.of_one_run().unwrap());
        }
        for (found, wanted) in [
            (parameters, of_parameters),
            (chance, of_chance),
            (one_run, of_parameters + of_chance),
        ] {
            let (mean, error) = mean_and_error(&found);
            assert!(
                (mean - wanted).abs() < 4.0 * error,
                "{mean} is not {wanted} (error {error})"
            );
        }
    }
}

/// Runs of base and scenario that share part of their chance, as much as `correlation` says.
fn correlated(draws: u32, replicates: u32, of_parameters: f64, correlation: f64) -> Vec<Cell> {
    cells(2, draws, replicates, |scenario, draw, replicate| {
        let own = normal(0, draw, replicate, 10 + scenario as u32);
        let shared = normal(0, draw, replicate, 9);
        let chance = correlation.sqrt() * shared + (1.0 - correlation).sqrt() * own;
        let value = of_parameters * normal(0, draw, 0, 8) + chance + scenario as f64;
        vec![outcome("left", ALL, ALL, 100.0 + value)]
    })
}

#[test]
fn pairing_is_worth_what_the_correlation_says() {
    // One set of parameters: N / (1 - c).
    for correlation in [0.0, 0.5, 0.96] {
        let pairs = 4000;
        let found = row(&correlated(1, pairs, 0.0, correlation))
            .unpaired_runs_equal
            .unwrap();
        let wanted = f64::from(pairs) / (1.0 - correlation);
        // The ratio of two variances of 4,000 numbers has a relative error of about 3 %.
        assert!(
            (found / wanted - 1.0).abs() < 0.1,
            "{found} is not {wanted}"
        );
    }
    // Parameters that move both alike cost unpaired runs precision, but not pairs: 2 (9 + 1) / (2 (1 - c) / N).
    let found = row(&correlated(2000, 2, 3.0, 0.75))
        .unpaired_runs_equal
        .unwrap();
    let wanted = 4000.0 * (9.0 + 1.0) / 0.25;
    assert!(
        (found / wanted - 1.0).abs() < 0.15,
        "{found} is not {wanted}"
    );
}

proptest! {
    #[test]
    fn the_order_of_cells_is_nothing(
        values in prop::collection::vec((-1e6_f64..1e6, -1e6_f64..1e6), 12),
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let parts: Vec<&[(f64, f64)]> = values.chunks(3).collect();
        let sorted = of_left(&parts);
        let shuffled: Vec<Cell> = order.iter().map(|place| sorted[*place].clone()).collect();
        let text = |cells: &[Cell]| {
            let mut rows = Rows::default();
            Comparison::of(names(2), cells).write(&mut rows);
            rows.0
        };
        prop_assert_eq!(text(&sorted), text(&shuffled));
    }

    #[test]
    fn swapped_scenarios_negate_the_difference(
        values in prop::collection::vec((-1e6_f64..1e6, -1e6_f64..1e6), 12),
    ) {
        let swapped: Vec<(f64, f64)> = values.iter().map(|(base, other)| (*other, *base)).collect();
        let of = |values: &[(f64, f64)]| row(&of_left(&values.chunks(3).collect::<Vec<_>>()));
        let (one, other) = (of(&values), of(&swapped));
        prop_assert_eq!(one.base, other.compared);
        prop_assert_eq!(one.sd_parameters, other.sd_parameters);
        prop_assert_eq!(one.sd_chance, other.sd_chance);
        prop_assert_eq!((one.draws_lower, one.draws_higher), (other.draws_higher, other.draws_lower));
        let (forth, back) = (one.difference.unwrap(), other.difference.unwrap());
        prop_assert_eq!(forth.mean, -back.mean);
        let ((low, high), (back_low, back_high)) = (forth.interval.unwrap(), back.interval.unwrap());
        prop_assert!((low + back_high).abs() < 1e-6 && (high + back_low).abs() < 1e-6);
        prop_assert!(close(one.unpaired_runs_equal.unwrap(), other.unpaired_runs_equal.unwrap()));
    }
}
