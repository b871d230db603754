//! What `exeunt calibrate` writes: tables, the posterior as a file of draws, a description, the manifest.

use super::args::CalibrateArguments;
use super::calibrate_message;
use super::course::Course;
use super::ending::Failure;
use crate::analyse::Observed;
use crate::analyse::calibrated::{Calibrated, How, RowKind, write_calibrated};
use crate::experiment::calibration::{
    Attempt, CalibrationDescription, CalibrationPlan, CalibrationSpec, Ended, Fit, Posterior,
    left_out, missing_of_left_out,
};
use crate::measure::calibration_schema::CALIBRATION_TABLES;
use crate::store::{CALIBRATED, FORMAT, Manifest, StoreError, Sweep, Tables};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// File name of the posterior, beside the tables.
const POSTERIOR: &str = "posterior.csv";

/// Writes the results folder and returns what was found.
pub(super) fn write_results(
    arguments: &CalibrateArguments,
    (plan, observed): (&CalibrationPlan, &Observed),
    folder: &Sweep,
    (fit, done, described): (&Fit, &HashMap<u64, Attempt>, &CalibrationDescription),
    course: &Course,
) -> Result<Calibrated, Failure> {
    let found = Calibrated::of(plan, observed, fit, done);
    // (Once its runs exist, leave-one-out stays in the results, whatever else is asked for.)
    let needs_runs = plan.spec.inner.is_some();
    let are_known = needs_runs && missing_of_left_out(&plan.spec, fit, done).is_empty();
    let found = match arguments.leave_one_out || are_known {
        true => found.with_left_out(plan, &left_out(&plan.spec, fit, done)),
        false => found,
    };
    let merging = folder.begin()?;
    let mut tables = Tables::create_these(
        merging.path(),
        CALIBRATION_TABLES,
        &arguments.tables.formats,
    )?;
    write_calibrated(plan, fit, &found, done, &mut tables);
    let files = tables.close()?;
    let posterior = Posterior::of(&fit.population, plan.spec.seed);
    let spec = serde_json::to_string_pretty(described).map_err(|error| StoreError::Io {
        path: merging.path().join(CALIBRATED),
        source: error.into(),
    })?;
    let texts = [
        (CALIBRATED.to_owned(), spec + "\n"),
        (
            POSTERIOR.to_owned(),
            posterior.text(plan, &fit.population, done),
        ),
    ];
    let record = course.record(Vec::new());
    folder.finish(
        merging,
        &texts,
        manifest(&plan.spec, posterior.places.len()),
        files,
        &record,
    )?;
    Ok(found)
}

fn manifest(spec: &CalibrationSpec, sets: usize) -> Manifest {
    Manifest {
        exeunt: spec.exeunt.clone(),
        format: FORMAT,
        stream_version: spec.stream_version,
        scenario: spec.scenario.name.clone(),
        compared: Vec::new(),
        scenario_sha256: String::new(),
        seed: spec.seed,
        scale: spec.scale,
        draws: u32::try_from(sets).unwrap_or(u32::MAX),
        replicates: 1,
        replicates_finished: vec![0],
        runs_finished: Vec::new(),
        files: BTreeMap::new(),
    }
}

/// The result as JSON; `why` is why most of the failed attempts failed.
pub(super) fn describe(
    plan: &CalibrationPlan,
    (fit, why): (&Fit, Option<&str>),
    found: &Calibrated,
    folder: &Path,
    warnings: &[String],
) -> serde_json::Value {
    let last = fit.generations.last();
    let (attempts, failed) = calibrate_message::attempts(fit);
    let uninformed: Vec<&str> = found
        .parameters
        .iter()
        .filter(|parameter| {
            matches!(
                parameter.how,
                How::Sampled {
                    informed: false,
                    ..
                }
            )
        })
        .map(|parameter| parameter.path.as_str())
        .collect();
    let rows: Vec<serde_json::Value> = found
        .rows
        .iter()
        .map(|row| {
            serde_json::json!({
                "row": row.target.id, "how": row.kind.word(), "band": row.target.band,
                "p25": row.posterior.map(|spread| spread.p25), "p75": row.posterior.map(|spread| spread.p75),
                "meets": row.meets(),
            })
        })
        .collect();
    let met = |kind: RowKind| {
        let (met, of) = found.met(kind);
        serde_json::json!({ "met": met, "of": of })
    };
    serde_json::json!({
        "folder": folder.display().to_string(),
        "posterior": folder.join(POSTERIOR),
        "ended": match fit.ended {
            Ended::Inside => "inside",
            Ended::Acceptance => "acceptance",
            Ended::Generations => "generations",
            Ended::Nothing => "nothing",
        },
        "generations": fit.generations.len(),
        "attempts": attempts,
        "failed": failed,
        "failed_because": why,
        "tolerance": last.map(|generation| generation.tolerance),
        "effective_size": last.map(|generation| generation.effective_size),
        "parameters": plan.varied.len(),
        "constants": plan.constants.len(),
        "uninformed": uninformed,
        "fitted": met(RowKind::Fitted),
        "fitted_by_constants": met(RowKind::Constants),
        "rows": rows,
        "warnings": warnings,
    })
}
