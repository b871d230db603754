//! Means over seeds, and how sure they are.

/// Seeds of a pattern, unless it names its own.
pub const SEEDS: std::ops::Range<u64> = 1..21;
/// Student's t for a 95 % interval over thirty seeds.
const T: f64 = 2.093;

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

/// Mean over [`SEEDS`] and half of the width of its 95 % interval.
pub fn interval(values: &[f64]) -> (f64, f64) {
    assert_eq!(values.len() as u64, SEEDS.end - SEEDS.start);
    let (mean, variance) = moments(values);
    (mean, T * (variance / values.len() as f64).sqrt())
}

/// Mean over [`SEEDS`] of what a run gives, and half of the width of its 95 % interval.
pub fn over_seeds(run: impl Fn(u64) -> f64) -> (f64, f64) {
    interval(&SEEDS.map(run).collect::<Vec<f64>>())
}

/// Whether an interval, as a mean and half of its width, lies inside a band.
pub fn inside((mean, half): (f64, f64), band: std::ops::RangeInclusive<f64>) -> bool {
    band.contains(&(mean - half)) && band.contains(&(mean + half))
}
