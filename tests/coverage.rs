//! Intervals of comparisons hold what they say they hold: the known effect of a closed border lies in them as
//! often as it should.
//!
//! Everybody is alike, and half of them would go to the country that closes. By the closed form the others
//! leave at F^lambda of the rate, F = 1/2 (docs/model.md), so that
//!
//! effect = N (exp(-h T) - exp(-h T F^lambda))
//!
//! in the time T, h being the hazard of leaving. Lambda and h are drawn from their ranges.
//!
//! Two things can be asked of a table of differences, and they have different intervals:
//!
//! - *What does the policy do, if the parameters are some others of these ranges?* `difference_low` and
//!   `difference_high`. Of n independent draws, n < 19, they hold the effect of one more with probability
//!   (n - 1) / (n + 1): 88.2 % of 16. A Latin hypercube spreads draws more evenly: with one parameter the ends
//!   lie in the outermost of n equal parts, and hold 1 - 1/n: 93.8 %.
//! - *What does it do with these parameters?* The mean over replicates, with `sd_chance`.
//!
//! `EXEUNT_FULL_TESTS=1` makes all 200 experiments of each.

#![cfg(feature = "cli")]

mod support;

use exeunt::analyse::comparison::{self, ComparedRow, Comparison, OutcomeKey};
use exeunt::experiment::{CellId, Design, Draws, Pairing, Varied, jobs, varied};
use exeunt::scenario::Source;
use rand::{RngExt, SeedableRng};
use std::fs;

/// Persons, and the share that would go where the border closes.
const PERSONS: u64 = 10_000;
const SHARE: f64 = 0.5;
const LAMBDA: &str = "behaviour.choice.lambda";
const HAZARD: &str = "behaviour.leaving.hazard_other";

/// The effect of the closing on leavers, persons. The scenario has 365 days; a year has a quarter more.
fn effect(lambda: f64, hazard: f64) -> f64 {
    let hazard = hazard * 365.0 / 365.25;
    let kept = libm::exp(lambda * libm::log(1.0 - SHARE));
    PERSONS as f64 * (libm::exp(-hazard) - libm::exp(-hazard * kept))
}

/// Three hosts to which half, a quarter and a quarter would go.
fn scenario() -> String {
    let persons = support::persons_alike(PERSONS, "1000 EUR/month", "10000 EUR");
    let mut text = format!(
        r#"
currency = "EUR"
reference = "open.toml"
[time]
start = 2030-01-01
end = 2030-12-31
step = "1 month"
{persons}
[country.XA]
name = "Origin"
population = "1 million persons"
wage = "1000 EUR/month"
"#
    );
    let hosts = [("XB", core::f64::consts::LN_2), ("XC", 0.0), ("XD", 0.0)];
    for (place, (code, constant)) in hosts.into_iter().enumerate() {
        text += &format!(
            r#"
[country.{code}]
name = "{code}"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.0
constant = {constant:?}
distance = {{ XA = "1000 km" }}
position = [0.0, {place}.0]
[country.{code}.channel.way]
gives = {{ status = "protected" }}
"#
        );
    }
    let behaviour = [
        ("[behaviour.holding]\non = true", "[behaviour.holding]\non = false"),
        (
            "lambda = 0.6\n",
            "lambda = { value = 0.6, range = [0.3, 0.9], basis = \"assumption\" }\n",
        ),
        (
            "hazard_other = \"20 %/year\"\n",
            "hazard_other = { value = \"20 %/year\", range = [\"10 %/year\", \"40 %/year\"], basis = \"assumption\" }\n",
        ),
    ]
    .iter()
    .fold(support::leaving_at("20 %/year"), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    text + &behaviour
}

/// The base, and the same with the border closed from the first day on.
fn sources() -> Vec<Source> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("open.toml"), scenario()).expect("written");
    let policy = "extends = [\"open.toml\"]\n[country.XB.channel.way]\nopen = false\n";
    fs::write(path("closed.toml"), policy).expect("written");
    ["open.toml", "closed.toml"]
        .map(|name| Source::load(&path(name), &[]).unwrap_or_else(|problems| panic!("{problems}")))
        .to_vec()
}

/// Who leaves, in the row of the table.
fn compare(pairing: &Pairing, replicates: u32) -> ComparedRow {
    let mut cells = Vec::new();
    for draw in 0..pairing.draws().len() {
        for replicate in 0..replicates {
            let record = pairing.run(CellId::Drawn { draw, replicate }, || false);
            let record = record.unwrap_or_else(|stop| panic!("{stop:?}"));
            let runs = record.runs.iter().map(|run| match run {
                Ok(run) => run.outcomes(),
                Err(reason) => panic!("{reason}"),
            });
            cells.push(comparison::Cell {
                draw: draw as u32,
                replicate,
                outcomes: runs.collect(),
            });
        }
    }
    let names = vec!["open".to_owned(), "closed".to_owned()];
    let comparison = Comparison::of(names, &cells);
    comparison
        .row(1, &OutcomeKey::of_all("left"))
        .expect("persons leave")
        .clone()
}

/// Experiments with seeds of their own, two at a time, in their order.
fn experiments<T: Send>(make: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let count = match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 200,
        _ => 40,
    };
    let mut made: Vec<(usize, T)> = Vec::new();
    jobs(
        count,
        2,
        |job| make(1000 + job as u64),
        |job, result| {
            made.push((job, result));
            true
        },
    );
    made.sort_by_key(|(job, _)| *job);
    made.into_iter().map(|(_, result)| result).collect()
}

fn share(hits: impl Iterator<Item = bool>) -> f64 {
    let (mut all, mut hit) = (0, 0);
    for is_hit in hits {
        all += 1;
        hit += i32::from(is_hit);
    }
    f64::from(hit) / f64::from(all)
}

/// Between 85 and 95 % of all 200; of fewer, no further off than chance takes 19 of 20 from there.
fn assert_covers(what: &str, coverage: f64, experiments: usize) {
    let error = (0.9 * 0.1 / experiments as f64).sqrt();
    println!(
        "{what}: {:.1} % of {experiments} experiments (standard error {:.1})",
        100.0 * coverage,
        100.0 * error
    );
    let slack = match experiments {
        200.. => 0.0,
        _ => 2.0 * error,
    };
    assert!(
        (0.85 - slack..=0.95 + slack).contains(&coverage),
        "{what}: {coverage}"
    );
}

/// The ends that type 7 of Hyndman and Fan gives, the default of R and NumPy.
fn of_the_sample(row: &ComparedRow) -> (f64, f64) {
    let mut numbers: Vec<f64> = row.by_draw.iter().map(|(_, number)| *number).collect();
    numbers.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (numbers.len() - 1) as f64;
        let below = numbers[place as usize];
        below + (numbers[(place as usize + 1).min(numbers.len() - 1)] - below) * place.fract()
    };
    (at(0.05), at(0.95))
}

fn holds((low, high): (f64, f64), number: f64) -> bool {
    low <= number && number <= high
}

/// The effect under parameters that were not run lies in the interval of the draws.
#[test]
fn the_effect_under_other_parameters_lies_in_the_interval_of_the_draws() {
    const DRAWS: u32 = 16;
    let sources = sources();
    let parameters = varied(&sources[0], &["behaviour".to_owned()]);
    assert_eq!(parameters.len(), 2);
    let of = |path: &str| -> &Varied {
        let found = parameters.iter().find(|varied| varied.path() == path);
        found.expect("it has a range")
    };
    let (lambda, hazard) = (of(LAMBDA), of(HAZARD));
    let made = experiments(|seed| {
        let draws = Draws::designed(Design::LatinHypercube, seed, DRAWS, parameters.clone());
        let at = |of: &Varied| {
            let column = parameters
                .iter()
                .position(|varied| varied.path() == of.path());
            column.expect("it is drawn")
        };
        let (first, second) = (at(lambda), at(hazard));
        let of_draws = draws
            .values
            .iter()
            .map(|set| effect(set[first], set[second]));
        let of_draws: Vec<f64> = of_draws.collect();
        let row = compare(&Pairing::new(sources.clone(), draws, seed, 1), 1);
        // The closed form is that of this scenario: chance alone takes a draw away from it. As many persons
        // as the effect has either stay because of it or not, which has at most its binomial variance.
        for ((_, difference), effect) in row.by_draw.iter().zip(of_draws) {
            let persons = PERSONS as f64;
            let chance = (-effect * (1.0 + effect / persons)).sqrt();
            assert!(
                (difference - effect).abs() < 5.0 * chance,
                "{difference} {effect}"
            );
        }
        // One more set of parameters from the same ranges, whose effect is known.
        let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
        let effect = effect(lambda.at(rng.random()), hazard.at(rng.random()));
        (row, effect)
    });
    let count = made.len();
    let interval = |row: &ComparedRow| {
        row.difference
            .and_then(|spread| spread.interval)
            .expect("16 draws")
    };
    let held = share(
        made.iter()
            .map(|(row, effect)| holds(interval(row), *effect)),
    );
    let of_sample = share(
        made.iter()
            .map(|(row, effect)| holds(of_the_sample(row), *effect)),
    );
    println!(
        "the points of the sample itself would hold {:.1} %",
        100.0 * of_sample
    );
    assert_covers("a known effect under other parameters", held, count);
    // And an interval that is half as wide is found out.
    let narrow = share(made.iter().map(|(row, effect)| {
        let (low, high) = interval(row);
        let (middle, reach) = ((low + high) / 2.0, (high - low) / 4.0);
        holds((middle - reach, middle + reach), *effect)
    }));
    assert!(narrow < 0.75, "{narrow}");
}

/// With parameters as in the files the effect lies about the mean as chance allows: t sd_chance / root(n).
#[test]
fn the_effect_under_these_parameters_lies_about_the_mean() {
    const REPLICATES: u32 = 12;
    // 95 % point of Student's t of 11 degrees of freedom.
    const STUDENT: f64 = 1.7959;
    let sources = sources();
    let known = effect(0.6, 0.2);
    let made = experiments(|seed| {
        let pairing = Pairing::new(sources.clone(), Draws::as_in_files(), seed, 1);
        compare(&pairing, REPLICATES)
    });
    let count = made.len();
    let about_the_mean = |row: &ComparedRow| {
        let mean = row.difference.expect("both leave").mean;
        let chance = row.sd_chance.expect("replicates");
        let reach = STUDENT * chance / f64::from(REPLICATES).sqrt();
        (mean - reach, mean + reach)
    };
    let held = share(made.iter().map(|row| holds(about_the_mean(row), known)));
    assert_covers("a known effect under these parameters", held, count);
    let means: Vec<f64> = made
        .iter()
        .map(|row| row.difference.expect("both leave").mean)
        .collect();
    let mean = means.iter().sum::<f64>() / count as f64;
    let squares: f64 = means.iter().map(|one| (one - mean) * (one - mean)).sum();
    let error = (squares / (count - 1) as f64 / count as f64).sqrt();
    println!(
        "known {known:.2}, mean of all experiments {mean:.2} with a standard error of {error:.2}"
    );
    assert!((mean - known).abs() < 4.0 * error);
    // A mistake of a twentieth would be found out.
    let wrong = share(
        made.iter()
            .map(|row| holds(about_the_mean(row), 1.05 * known)),
    );
    assert!(wrong < 0.5, "{wrong}");
}
