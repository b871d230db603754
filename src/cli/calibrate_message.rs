//! The messages that `exeunt calibrate` prints while it works.

use super::run_warnings::RunWarnings;
use crate::analyse::calibrated::Unmoved;
use crate::experiment::Varied;
use crate::experiment::calibration::{Attempt, CalibrationPlan, CalibrationSpec, Fit, Generation};
use crate::report::grouped;
use std::collections::HashMap;

/// One line on how a generation went.
pub(super) fn of_generation(generation: &Generation) -> String {
    let failed = match generation.failed {
        0 => String::new(),
        failed => format!(", {failed} runs failed"),
    };
    let accepted = match (generation.number, generation.accepted) {
        (0, kept) => format!("{kept} kept"),
        // This is then the last generation; the result says what to make of it.
        (_, 0) => "none came nearer".to_owned(),
        (_, nearer) => format!("{nearer} came nearer"),
    };
    format!(
        "generation {}: {} attempts{failed}, {accepted}; tolerance {:.4}, effective sample size {}",
        generation.number,
        generation.attempts,
        generation.tolerance,
        grouped(generation.effective_size.round())
    )
}

/// Warns of priors with an empty half: the value in the file is at an end of the range.
pub(super) fn of_priors(sampled: &[Varied]) -> Vec<String> {
    let halved = sampled.iter().filter(|varied| {
        let [low, value, high] = varied.ends();
        low == value || value == high
    });
    halved
        .map(|varied| {
            format!(
                "half of the prior of `{0}` lies on the single value in the file, which is an end of its \
                 range: give \"{0}\" = {{ range = [..., ...] }} for a prior that is even over the range",
                varied.path()
            )
        })
        .collect()
}

/// Faults for rows that no parameter moves, and warnings for rows that are merely odd, after `attempts` attempts all
/// over the priors.
pub(super) fn of_unmoved(unmoved: &[Unmoved], attempts: usize) -> (Vec<String>, Vec<String>) {
    let (mut faults, mut warnings) = (Vec::new(), Vec::new());
    for found in unmoved {
        match found {
            Unmoved::Nothing { row } => faults.push(format!(
                "row {row} has no value in any of {attempts} runs: its mechanism is off, or nothing happens in its period; \
                 exeunt score says which; take it out with leave_out = [\"{row}\"]"
            )),
            Unmoved::Constant {
                row,
                value,
                inside: false,
            } => faults.push(format!(
                "row {row} is {} in each of {attempts} runs all over the priors, outside its band: nothing that is sampled \
                 moves it; sample what moves it, or take it out with leave_out = [\"{row}\"]",
                grouped(*value)
            )),
            Unmoved::Constant {
                row,
                value,
                inside: true,
            } => warnings.push(format!(
                "row {row} is {} in each of {attempts} runs all over the priors, within its band: it tells nothing",
                grouped(*value)
            )),
            Unmoved::Chance { row } => warnings.push(format!(
                "row {row} follows no parameter more than chance would over {attempts} runs: it may tell nothing"
            )),
        }
    }
    (faults, warnings)
}

/// The warnings of the attempts of all generations, with the number of attempts that give each. (Runs of leave-one-out
/// use sets of parameters that are among these.)
pub(super) fn of_runs(
    spec: &CalibrationSpec,
    fit: &Fit,
    done: &HashMap<u64, Attempt>,
) -> Vec<String> {
    let mut warnings = RunWarnings::new(vec![&spec.scenario.name]);
    for particle in &fit.tried {
        if let Some(attempt) = done.get(&particle.attempt) {
            warnings.hear(0, &attempt.warnings);
        }
    }
    warnings.tell()
}

/// Warns of priors that move nothing because their mechanism is off in the scenario.
pub(super) fn of_idle(plan: &CalibrationPlan) -> Vec<String> {
    let scenario = plan.source.scenario();
    let idle = plan.varied.iter().filter_map(|varied| {
        let why = scenario.idle_because(varied.path())?;
        Some(format!(
            "`{}` is sampled but changes nothing in this scenario, because of {why}",
            varied.path()
        ))
    });
    idle.collect()
}

/// The number of attempts in all generations, and how many of them failed.
pub(super) fn attempts(fit: &Fit) -> (u64, u64) {
    let sum = |of: fn(&Generation) -> u32| fit.generations.iter().map(|g| u64::from(of(g))).sum();
    (sum(|g| g.attempts), sum(|g| g.failed))
}

/// How many attempts failed, and why most of them did; `None` if none failed.
pub(super) fn of_failed(fit: &Fit, done: &HashMap<u64, Attempt>) -> Option<String> {
    let (attempts, failed) = attempts(fit);
    let why = reason(fit, done)?;
    Some(format!(
        "{} of {} attempts failed, most of them because: {why}",
        grouped(failed as f64),
        grouped(attempts as f64)
    ))
}

/// Why most of the failed attempts of the generations failed; `None` if none failed.
pub(super) fn reason<'d>(fit: &Fit, done: &'d HashMap<u64, Attempt>) -> Option<&'d str> {
    (attempts(fit).1 > 0).then(|| most_frequent(done))
}

/// The most frequent reason for failure. (This counts runs of leave-one-out too; they are few and use sets of
/// parameters whose runs had finished.)
fn most_frequent(done: &HashMap<u64, Attempt>) -> &str {
    let mut reasons: HashMap<&str, usize> = HashMap::new();
    for attempt in done.values() {
        if let Err(reason) = &attempt.values {
            *reasons.entry(reason).or_insert(0) += 1;
        }
    }
    let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
    reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    reasons.first().map_or("", |(reason, _)| reason)
}

/// The message for when no run of the first generation finished.
pub(super) fn of_nothing(done: &HashMap<u64, Attempt>) -> String {
    let first = most_frequent(done);
    format!(
        "all {} runs of the first generation failed, most of them because: {first}; narrow the priors to what the \
         scenario takes",
        done.len()
    )
}
