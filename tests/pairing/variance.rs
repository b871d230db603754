//! A small difference shows through the chance of single runs.

use crate::everything::{Extent, cells, pairing, run};
use crate::support::{leaving_at, persons_alike};
use exeunt::analyse::comparison::{Comparison, OutcomeKey};
use exeunt::scenario::Source;
use std::fs;

/// Pairing has to be worth this much.
const FACTOR: f64 = 20.0;

/// A million persons and a country with ten ways in, each with even chances.
fn ten_ways() -> String {
    let persons = persons_alike(1_000_000, "1000 EUR/month", "10000 EUR");
    let mut text = format!(
        r#"
currency = "EUR"
reference = "even.toml"
[time]
start = 2030-01-01
end = 2030-12-31
step = "1 month"
{persons}
[country.XA]
name = "Home"
population = "1 million persons"
wage = "1000 EUR/month"
[country.XB]
name = "Host"
population = "10 million persons"
wage = "1500 EUR/month"
safety = 0.5
distance = {{ XA = "1000 km" }}
"#
    );
    for way in 0..10 {
        text += &format!(
            "[country.XB.channel.way-{way}]\npermission = true\ngrant = \"50 %\"\ngives = {{ status = \"legal\" }}\n"
        );
    }
    text + &leaving_at("6 %/year")
}

/// One of the ten grants 45 % instead of 50 %: what becomes of the variance of the difference in leavers, if
/// the runs are paired. The logarithm of a ratio of variances of n runs has a standard error of about
/// 2 / root(n - 1).
#[test]
fn pairing_is_worth_twenty_times_the_runs() {
    let replicates = match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 240,
        _ => 60,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("even.toml"), ten_ways()).expect("written");
    let policy = "extends = [\"even.toml\"]\n[country.XB.channel.way-3]\ngrant = \"45 %\"\n";
    fs::write(path("stricter.toml"), policy).expect("written");
    let sources = ["even.toml", "stricter.toml"]
        .map(|name| Source::load(&path(name), &[]).unwrap_or_else(|problems| panic!("{problems}")));
    let extent = Extent {
        draws: 1,
        replicates,
        scale: 1,
    };
    let pairing = pairing(sources.to_vec(), 1, extent);
    let cells = cells(&run(&pairing, replicates));

    let left = |place: usize| -> Vec<f64> {
        let of_all = |run: &Vec<exeunt::measure::Outcome>| {
            let row = run
                .iter()
                .find(|o| o.id == "left" && o.group == "ALL" && o.country == "ALL");
            row.expect("persons leave").value
        };
        cells
            .iter()
            .map(|cell| of_all(&cell.outcomes[place]))
            .collect()
    };
    let (base, stricter) = (left(0), left(1));
    let differences: Vec<f64> = base
        .iter()
        .zip(&stricter)
        .map(|(base, other)| other - base)
        .collect();
    let unpaired = variance(&base) + variance(&stricter);
    let paired = variance(&differences);
    let factor = unpaired / paired;
    let error = 2.0 / f64::from(replicates - 1).sqrt();
    println!(
        "{replicates} pairs: {:.0} leave, {:.1} fewer; variance of the difference {unpaired:.0} unpaired, {paired:.1} \
         paired: {factor:.0} times less (standard error of its logarithm {error:.2})",
        mean(&base),
        -mean(&differences)
    );
    assert!(mean(&base) > 10_000.0 && mean(&differences) < 0.0);
    // Were it twenty, so much would be found by chance less than once in ten thousand times.
    assert!(factor >= FACTOR * libm::exp(4.0 * error), "{factor}");

    // The table says the same in runs.
    let names = vec!["even".to_owned(), "stricter".to_owned()];
    let comparison = Comparison::of(names, &cells);
    let row = comparison
        .row(1, &OutcomeKey::of_all("left"))
        .expect("persons leave");
    let runs = row.unpaired_runs_equal.expect("it varies");
    assert!(
        (runs / (f64::from(replicates) * factor) - 1.0).abs() < 1e-9,
        "{runs}"
    );
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn variance(numbers: &[f64]) -> f64 {
    let mean = mean(numbers);
    let squares: f64 = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
    squares / (numbers.len() - 1) as f64
}
