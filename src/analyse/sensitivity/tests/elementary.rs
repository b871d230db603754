//! Elementary effects.

use super::super::test_functions::*;
use super::super::{ElementaryEffects, Sampled, SensitivityError};
use crate::experiment::Morris;

/// Morris's test function of twenty inputs (Technometrics 33, 1991, section 4): coefficients 20, -15, -10 and 5 for
/// the first ten, six, five and four inputs, standard normal ones for the rest of first and second order.
struct Twenty {
    one: Vec<f64>,
    two: Vec<Vec<f64>>,
}

impl Twenty {
    fn new(data_set: u32) -> Self {
        let random = |i: usize, j: usize| normal(data_set, i as u32, 100 + j as u32);
        let one = |i: usize| if i < 10 { 20.0 } else { random(i, 99) };
        let two = |i: usize, j: usize| if i < 6 && j < 6 { -15.0 } else { random(i, j) };
        Self {
            one: (0..20).map(one).collect(),
            two: (0..20)
                .map(|i| {
                    (0..20)
                        .map(|j| if i < j { two(i, j) } else { 0.0 })
                        .collect()
                })
                .collect(),
        }
    }

    /// The input w of a quantile; the third, fifth and seventh are nonlinear.
    fn input(place: usize, q: f64) -> f64 {
        match place {
            2 | 4 | 6 => 2.0 * (1.1 * q / (q + 0.1) - 0.5),
            _ => 2.0 * (q - 0.5),
        }
    }

    /// The outcome; it is linear in each w, and so holds for expectations of independent inputs as well.
    fn of_inputs(&self, w: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..20 {
            sum += self.one[i] * w[i];
            for j in i + 1..20 {
                sum += self.two[i][j] * w[i] * w[j];
                for l in j + 1..5 {
                    sum += -10.0 * w[i] * w[j] * w[l];
                    for s in l + 1..4 {
                        sum += 5.0 * w[i] * w[j] * w[l] * w[s];
                    }
                }
            }
        }
        sum
    }

    fn at(&self, quantiles: &[f64]) -> f64 {
        let inputs = quantiles.iter().enumerate();
        let w: Vec<f64> = inputs.map(|(place, q)| Self::input(place, *q)).collect();
        self.of_inputs(&w)
    }

    /// The expected effect of an input on four levels: over both steps, with all others at their mean.
    fn mu(&self, place: usize) -> f64 {
        let levels = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0];
        let average = |i: usize| levels.iter().map(|q| Self::input(i, *q)).sum::<f64>() / 4.0;
        let mut w: Vec<f64> = (0..20).map(average).collect();
        let mut of = |q: f64| {
            w[place] = Self::input(place, q);
            self.of_inputs(&w)
        };
        let up = of(levels[2]) - of(levels[0]) + of(levels[3]) - of(levels[1]);
        0.5 * up / (2.0 / 3.0)
    }
}

fn names() -> Vec<String> {
    (1..=20).map(|place| format!("x{place}")).collect()
}

fn effects(twenty: &Twenty, seed: u64, trajectories: u32) -> ElementaryEffects {
    let names = names();
    let paths: Vec<&str> = names.iter().map(String::as_str).collect();
    let design = Morris::new(seed, trajectories, 4, &paths).unwrap();
    let points = design.quantiles();
    let values: Vec<f64> = points.iter().map(|row| twenty.at(row)).collect();
    ElementaryEffects::of(&points, &points, &Sampled::single(&values).unwrap()).unwrap()
}

/// Figure 1 of Morris (1991), from four trajectories as in the paper: inputs 1 to 10 stand out from the
/// others; 8, 9 and 10 have effects near 40 with little spread, 1 to 6 have large spreads. With four effects
/// each, one of the ten may still hide among the others.
#[test]
fn four_trajectories_tell_what_morris_found() {
    for seed in 0..10 {
        let found = effects(&Twenty::new(seed as u32), seed, 4).parameters;
        let sigma = |place: usize| found[place].sigma.unwrap();
        let size = |place: usize| found[place].mu_star.value.max(sigma(place));
        let of_others = (10..20).map(size).fold(0.0, f64::max);
        let out = (0..10).filter(|place| size(*place) > of_others).count();
        assert!(out >= 9, "seed {seed}: {out}");
        for straight in &found[7..10] {
            assert!(
                (straight.mu - 40.0).abs() < 20.0,
                "seed {seed}: {straight:?}"
            );
            assert!(
                straight.sigma.unwrap() < 0.5 * straight.mu,
                "seed {seed}: {straight:?}"
            );
        }
        let pooled = |places: std::ops::Range<usize>| {
            let count = places.len() as f64;
            (places.map(|place| sigma(place) * sigma(place)).sum::<f64>() / count).sqrt()
        };
        assert!(pooled(0..6) > 3.0 * pooled(7..10), "seed {seed}");
    }
}

/// The same figure, without the error that few trajectories bring.
#[test]
fn many_trajectories_part_the_inputs_cleanly() {
    for seed in 0..3 {
        let found = effects(&Twenty::new(seed as u32), seed, 1000).parameters;
        let within = |places: std::ops::Range<usize>, sizes: (f64, f64), spreads: (f64, f64)| {
            for effect in &found[places] {
                let (size, spread) = (effect.mu_star.value, effect.sigma.unwrap());
                assert!(sizes.0 < size && size < sizes.1, "seed {seed}: {effect:?}");
                assert!(
                    spreads.0 < spread && spread < spreads.1,
                    "seed {seed}: {effect:?}"
                );
            }
        };
        within(0..6, (30.0, 90.0), (40.0, 90.0));
        within(6..7, (20.0, 50.0), (15.0, 40.0));
        within(7..10, (30.0, 50.0), (3.0, 13.0));
        within(10..20, (0.0, 15.0), (0.0, 15.0));
    }
}

#[test]
fn many_trajectories_have_the_exact_means() {
    let twenty = Twenty::new(7);
    let found = effects(&twenty, 1, 1000);
    let mut inside = 0;
    for (place, effect) in found.parameters.iter().enumerate() {
        let error = effect.sigma.unwrap() / 1000f64.sqrt();
        assert!(
            (effect.mu - twenty.mu(place)).abs() < 4.0 * error,
            "{place}"
        );
        inside += u32::from((effect.mu - twenty.mu(place)).abs() < 1.645 * error);
        assert!(effect.mu_star.value >= effect.mu.abs() && effect.noise.is_none());
        let (low, high) = effect.mu_star.interval.unwrap();
        assert!(low < effect.mu_star.value && effect.mu_star.value < high);
    }
    assert!(inside >= 13, "{inside} of 20 within 90 %");
}

/// How often the interval of mu* contains what it estimates, which very many trajectories give.
#[test]
fn intervals_of_mean_sizes_contain_them() {
    let twenty = Twenty::new(7);
    let exact = effects(&twenty, 99, 20_000).parameters;
    let covered = |trajectories: u32| {
        let mut hits = 0;
        for seed in 1000..1100 {
            let found = effects(&twenty, seed, trajectories).parameters;
            for (effect, exact) in found.iter().zip(&exact) {
                let (low, high) = effect.mu_star.interval.unwrap();
                hits += u32::from((low..=high).contains(&exact.mu_star.value));
            }
        }
        f64::from(hits) / 2000.0
    };
    let (few, many) = (covered(10), covered(50));
    println!("coverage of 90 % intervals of mu*: {few} with 10 trajectories, {many} with 50");
    // Percentile intervals are too narrow for few trajectories: with ten, by sqrt(9/10) and the tails of t.
    assert!((0.78..0.92).contains(&few), "{few}");
    assert!((0.86..0.93).contains(&many), "{many}");
}

#[test]
fn planted_faults_are_found() {
    let twenty = Twenty::new(7);
    let names = names();
    let paths: Vec<&str> = names.iter().map(String::as_str).collect();
    let points = Morris::new(1, 200, 4, &paths).unwrap().quantiles();
    let values: Vec<f64> = points.iter().map(|row| twenty.at(row)).collect();
    let passes = |values: &[f64]| {
        let found =
            ElementaryEffects::of(&points, &points, &Sampled::single(values).unwrap()).unwrap();
        let near = |(place, effect): (usize, &super::super::ElementaryEffect)| {
            let error = effect.sigma.unwrap() / 200f64.sqrt();
            (effect.mu - twenty.mu(place)).abs() < 4.0 * error
        };
        found.parameters.iter().enumerate().all(near)
    };
    assert!(passes(&values));
    // Values shifted by one point: effects go to the previous parameter.
    let mut moved = values.clone();
    moved.rotate_left(1);
    assert!(!passes(&moved));
    // Steps with their direction lost.
    let away: Vec<f64> = values.iter().map(|value| -value).collect();
    assert!(!passes(&away));
    // The points themselves in another order form no trajectories.
    let mut wrong = points.clone();
    wrong.swap(3, 8);
    let outcome = Sampled::single(&values).unwrap();
    let error = ElementaryEffects::of(&wrong, &wrong, &outcome).unwrap_err();
    assert_eq!(error, SensitivityError::NoTrajectory { point: 3 });
}

#[test]
fn what_is_no_trajectory_is_refused() {
    let of = |points: &[[f64; 2]]| {
        let points: Vec<Vec<f64>> = points.iter().map(|row| row.to_vec()).collect();
        let outcome = Sampled::single(&vec![1.0; points.len()]).unwrap();
        ElementaryEffects::of(&points, &points, &outcome)
    };
    let none = |point| Err(SensitivityError::NoTrajectory { point });
    assert_eq!(of(&[[0.0, 0.0], [0.0, 0.0], [0.0, 1.0]]), none(1));
    assert_eq!(of(&[[0.0, 0.0], [1.0, 1.0], [0.0, 1.0]]), none(1));
    assert_eq!(of(&[[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]), none(2));
    assert!(matches!(
        of(&[[0.0, 0.0], [1.0, 0.0]]),
        Err(SensitivityError::Shape { .. })
    ));
    // One trajectory has effects, but no spread and no interval.
    let found = of(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
        .unwrap()
        .parameters;
    assert_eq!(
        (found[0].mu, found[0].sigma, found[0].mu_star.interval),
        (0.0, None, None)
    );
}
