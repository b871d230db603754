//! A run's summary for programs.

use super::summary::Summary;
use serde_json::{Value, json};

/// The summary as one JSON value. Outcomes stand as in `outcomes.csv`, with a value for each
/// finished replicate.
pub fn run_as_json(summary: &Summary<'_>, replicates: &[u32], failures: &[String]) -> Value {
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
                "values": summary.runs.values(id, group, country),
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
        "failures": failures,
        "folder": summary.folder.display().to_string(),
        "threads": summary.threads,
        "seconds": summary.seconds,
        "person_steps_per_second": summary.person_steps_per_second(),
        "outcomes": outcomes,
    })
}
