//! How exact differences are: what of them is rounding, and how many unpaired runs would be as precise.

use super::nested::{Nested, variance};

/// Differences that spread by less than this fraction of the numbers themselves differ by rounding only:
/// person-months that differ by the same whole number of days in each pair differ in their last digits.
const ROUNDING: f64 = 1e-12;

/// The second number minus the first, or 0 if they differ by rounding alone.
pub(super) fn difference_of(base: f64, scenario: f64) -> f64 {
    unless_rounding(scenario - base, base, scenario)
}

/// A difference, or 0 if it is rounding beside the numbers of which it is one. Its sign is counted, so that two sums of
/// the same terms in another order must not differ.
pub(super) fn unless_rounding(difference: f64, base: f64, scenario: f64) -> f64 {
    let is_rounding = difference.abs() <= ROUNDING * base.abs().max(scenario.abs());
    if is_rounding { 0.0 } else { difference }
}

/// Runs of each scenario that would give the mean difference as precisely as the pairs did, if every run had
/// parameters and chance of its own.
///
/// With S_b² and S_s² the variances of one run of the base and of the scenario (parameters and chance
/// together), n unpaired runs of each give the difference of means a variance of (S_b² + S_s²) / n. The pairs
/// gave it V: the variance of the draws' mean differences over the number of draws, since it is draws that
/// are independent; for one draw, the variance of its pairs' differences over the number of pairs. So
///
/// n = (S_b² + S_s²) / V.
///
/// With equal numbers of replicates in the draws and no effect of the parameters this is
/// N (S_b² + S_s²) / S_D² for N pairs, where S_D² is the variance of a pair's difference; with equal
/// variances and a correlation c within pairs it is N / (1 - c). `base` and `scenario` are of the same runs
/// as `difference`. `None` if the difference does not vary, or for one pair.
pub(super) fn unpaired_runs_equal(
    base: &Nested,
    scenario: &Nested,
    difference: &Nested,
) -> Option<f64> {
    let achieved = match difference.draws() {
        0 | 1 => difference.variances().within? / difference.runs() as f64,
        draws => variance(&difference.means())? / draws as f64,
    };
    let one_run = base.variances().of_one_run()? + scenario.variances().of_one_run()?;
    let rounding = ROUNDING * base.mean()?.abs().max(scenario.mean()?.abs());
    let varies = achieved > rounding * rounding;
    varies.then(|| one_run / achieved)
}
