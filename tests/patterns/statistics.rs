//! Means over seeds, and how sure they are.

/// All seeds of a pattern, unless it names its own.
pub const ALL_SEEDS: std::ops::Range<u64> = 1..31;

/// Seeds of a pattern: [`ALL_SEEDS`] where `EXEUNT_FULL_TESTS` asks for them, the first twenty by default.
pub fn seeds() -> std::ops::Range<u64> {
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => ALL_SEEDS,
        _ => 1..21,
    }
}

/// Mean and variance.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    (mean, squares / (count - 1.0))
}

/// Mean and half of the width of its 95 % interval, by Student's t.
pub fn interval(values: &[f64]) -> (f64, f64) {
    let t = match values.len() {
        20 => 2.093,
        30 => 2.045,
        other => panic!("no t for {other} seeds"),
    };
    let (mean, variance) = moments(values);
    (mean, t * (variance / values.len() as f64).sqrt())
}

/// Mean over [`seeds`] of what a run gives, and half of the width of its 95 % interval.
pub fn over_seeds(run: impl Fn(u64) -> f64) -> (f64, f64) {
    interval(&seeds().map(run).collect::<Vec<f64>>())
}

/// The same over [`ALL_SEEDS`], whatever is asked for: where twenty do not tell.
pub fn over_all_seeds(run: impl Fn(u64) -> f64) -> (f64, f64) {
    interval(&ALL_SEEDS.map(run).collect::<Vec<f64>>())
}

/// Whether an interval, as a mean and half of its width, lies inside a band.
pub fn inside((mean, half): (f64, f64), band: std::ops::RangeInclusive<f64>) -> bool {
    band.contains(&(mean - half)) && band.contains(&(mean + half))
}
