//! What pairing is worth: how many unpaired runs would tell as much.

use super::nested::{Nested, variance};

/// A spread of differences below this part of the numbers themselves is rounding: person-months that differ
/// by the same whole number of days in each pair differ in their last digits.
const ROUNDING: f64 = 1e-12;

/// Runs of each scenario that would give the mean difference as precisely as the pairs did, if each run of
/// each scenario had parameters and chance of its own.
///
/// With S_b² and S_s² the variances of one run of the base and of the scenario (parameters and chance
/// together), n unpaired runs of each give the difference of means a variance of (S_b² + S_s²) / n. The
/// pairs gave it V: the variance of the draws' mean differences over the number of draws, since draws are
/// what is independent; of one draw, the variance of its pairs' differences over the number of pairs. So
///
/// n = (S_b² + S_s²) / V.
///
/// With the same number of replicates in each draw and no effect of the parameters it is
/// N (S_b² + S_s²) / S_D² for N pairs, S_D² being the variance of a pair's difference; equal variances with
/// a correlation c within pairs make it N / (1 - c). `base` and `scenario` are of the same runs as
/// `difference`. `None` where the difference does not vary, or for one pair.
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
