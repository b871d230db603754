//! Steps of half the length.

use crate::support::{simulation, watch};
use exeunt::scenario::Scenario;
use std::sync::Arc;

/// Leaving, return, onward moves, expiry, rents, over eighteen months, by steps of so many weeks.
fn by_steps_of(weeks: u32, returns: &str) -> Arc<Scenario> {
    let text = crate::support::RICH
        .replace("step = \"1 week\"", &format!("step = \"{weeks} weeks\""))
        .replace(
            "fine = [{ from = 2030-09-02, to = 2030-09-29, step = \"1 day\" }]",
            "",
        );
    let behaviour = crate::support::BEHAVIOUR
        .replace(
            "hazard_other = \"6 %/year\"",
            "hazard_other = \"40 %/year\"",
        )
        .replace(
            "hazard = \"1.6 %/month\"",
            &format!("hazard = \"{returns}\""),
        );
    crate::support::parse("steps", &format!("{text}\n{behaviour}"))
}

/// Mean of persons abroad over all ends of four weeks, by seed.
fn stocks(scenario: &Arc<Scenario>, seeds: std::ops::Range<u64>) -> Vec<f64> {
    seeds
        .map(|seed| {
            let (mut sum, mut count, mut days) = (0.0, 0.0, 0);
            watch(&mut simulation(scenario, seed, 2), |report| {
                days += u32::from(report.days);
                if days > 0 && days.is_multiple_of(28) {
                    let abroad: u64 = report.stocks.segments.iter().map(|s| s.abroad).sum();
                    sum += abroad as f64;
                    count += 1.0;
                }
            });
            sum / count
        })
        .collect()
}

/// The relative difference, and its standard error over pairs of seeds.
fn difference(one: &[f64], other: &[f64]) -> (f64, f64) {
    let parts: Vec<f64> = one.iter().zip(other).map(|(a, b)| a / b - 1.0).collect();
    let n = parts.len() as f64;
    let mean = parts.iter().sum::<f64>() / n;
    let squares: f64 = parts.iter().map(|part| (part - mean) * (part - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

#[test]
fn half_the_step_leaves_stocks_within_a_percent() {
    let seeds = 1..1 + u64::from(crate::cases::number(4, 8));
    let whole = stocks(&by_steps_of(2, "1.6 %/month"), seeds.clone());
    let half = stocks(&by_steps_of(1, "1.6 %/month"), seeds.clone());
    let (off, error) = difference(&whole, &half);
    println!(
        "{:+.2} %, standard error {:.2} %",
        100.0 * off,
        100.0 * error
    );
    assert!(error < 0.003, "too few persons to tell: {error}");
    assert!(off.abs() < 0.01, "{off} ± {error}");
    // With a tenth more returns it is more than that.
    let other = stocks(&by_steps_of(1, "2.2 %/month"), seeds);
    let (off, _) = difference(&whole, &other);
    assert!(off > 0.01, "{off}");
}
