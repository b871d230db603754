//! The summary of a run as JSON, for programs.

use super::summary::Summary;
use serde_json::{Value, json};

/// The summary as one JSON value. Outcomes are as in `outcomes.csv`, with a value for each of the finished `runs`
/// (set of parameters and replicate) in their order: `null` if a run has none.
pub fn run_as_json(
    summary: &Summary<'_>,
    runs: &[(u32, u32)],
    failures: &[String],
    warnings: &[String],
) -> Value {
    let mut replicates: Vec<u32> = runs.iter().map(|(_, replicate)| *replicate).collect();
    replicates.sort_unstable();
    replicates.dedup();
    let runs: Vec<Value> = runs
        .iter()
        .map(|(draw, replicate)| json!({ "draw": draw, "replicate": replicate }))
        .collect();
    let outcomes: Vec<Value> = summary
        .runs
        .keys()
        .into_iter()
        .map(|(id, group, country, unit)| {
            json!({
                "outcome": id,
                "group": group,
                "country": country,
                "unit": unit,
                "values": summary.runs.value_of_each(id, group, country),
            })
        })
        .collect();
    json!({
        "scenario": summary.scenario.name,
        "title": summary.scenario.title,
        "start": summary.scenario.calendar.start.to_string(),
        "end": summary.scenario.calendar.end.to_string(),
        "steps": summary.scenario.calendar.steps.len(),
        "seed": summary.seed,
        "scale": summary.scale,
        "replicates_finished": replicates,
        "runs": runs,
        "failures": failures,
        "warnings": warnings,
        "folder": summary.folder.display().to_string(),
        "threads": summary.threads,
        "seconds": summary.seconds,
        "person_steps_per_second": summary.person_steps_per_second(),
        "outcomes": outcomes,
    })
}
