//! `exeunt merge`: makes the tables of a sweep from its shards.

use super::args::MergeArguments;
use super::course::Course;
use super::ending::{Ending, Failure};
use super::keeping::{read, say_damage};
use super::output::{print, print_json, say};
use super::run_warnings::RunWarnings;
use crate::experiment::sweep::{
    RunId, SweepDescription, SweepRecord, SweepSpec, write_points, write_run, write_run_outcomes,
};
use crate::measure::comparison_schema::SWEEP_TABLES;
use crate::store::{
    Entry, FORMAT, Formats, Ledger, Manifest, SWEPT, Shard, StoreError, Sweep, Tables, plan_of,
    shell_word,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most missing runs that are counted shard by shard.
const MOST_LISTED: u64 = 50_000_000;
/// The most failed runs that are reported one by one; the tables hold all of them.
const MOST_TOLD: usize = 5;

/// Runs `exeunt merge`.
pub(super) fn merge(arguments: &MergeArguments) -> Result<Ending, Failure> {
    let sweep = Sweep::begun(&arguments.folder)?;
    merge_sweep(
        &sweep,
        &arguments.tables.formats,
        (arguments.quiet, arguments.json),
        &Course::begin(1),
        &HashSet::new(),
    )
}

/// Why a sweep without tables cannot be used yet, with the command that continues from what there is.
pub(super) fn why_unfinished(sweep: &Sweep) -> Failure {
    match find_all(sweep) {
        Err(missing) => missing,
        Ok(()) => Failure::Asked(format!(
            "all runs of the sweep are in `{}`, but its tables have not been made yet: exeunt merge {}",
            sweep.path().display(),
            shell_word(sweep.path())
        )),
    }
}

/// Refuses a sweep with missing runs.
fn find_all(sweep: &Sweep) -> Result<(), Failure> {
    let found = find(sweep)?;
    let layout = found
        .spec
        .layout()
        .map_err(|error| Failure::Asked(error.to_string()))?;
    complete(sweep, &found, layout.points())
}

/// Every finished run, wherever it is kept.
struct Found {
    spec: SweepSpec,
    ledgers: Vec<Ledger>,
    /// By number of the run: the index of its ledger, and its entry there.
    runs: HashMap<u64, (usize, Entry)>,
}

/// Writes the tables of a sweep whose runs are all there, as part of the command that `course` belongs to. Failed runs
/// with the numbers `told` have been reported already.
pub(super) fn merge_sweep(
    sweep: &Sweep,
    formats: &Formats,
    (quiet, json): (bool, bool),
    course: &Course,
    told: &HashSet<u64>,
) -> Result<Ending, Failure> {
    let mut found = find(sweep)?;
    let layout = found
        .spec
        .layout()
        .map_err(|error| Failure::Asked(error.to_string()))?;
    let points = layout.points();
    complete(sweep, &found, points)?;
    let order = order(&found.spec, points);
    let kept = |error| unmerged(sweep, error);
    let folder = sweep.begin().map_err(kept)?;
    let mut tables = Tables::create_these(folder.path(), SWEEP_TABLES, formats).map_err(kept)?;
    let (failures, warnings) = write_runs(&mut found, &order, &mut tables).map_err(kept)?;
    write_points(&found.spec, &layout, &mut tables);
    let files = tables.close().map_err(kept)?;
    let described = SweepDescription {
        spec: found.spec.clone(),
        warnings,
    };
    let text = serde_json::to_string_pretty(&described).map_err(|error| StoreError::Io {
        path: folder.path().join(SWEPT),
        source: error.into(),
    })?;
    let warnings = described.warnings;
    let all = failures.iter().map(|(_, failure)| failure.clone());
    let record = course.record(all.collect());
    let texts = [(SWEPT.to_owned(), text + "\n")];
    let path = sweep
        .finish(
            folder,
            &texts,
            manifest(&found.spec, points),
            files,
            &record,
        )
        .map_err(kept)?;
    let runs = order.len();
    if json {
        print_json(&serde_json::json!({
            "folder": path.display().to_string(), "points": points, "runs": runs, "failed": failures.len(), "warnings": warnings,
        }));
    } else if !quiet {
        print(&format!(
            "{}: {points} points, {runs} runs, {} failed; tables in {}\n",
            found.spec.title,
            failures.len(),
            path.display()
        ));
        for warning in &warnings {
            say(&format!("warning: {warning}"));
        }
        let untold = failures.iter().filter(|(run, _)| !told.contains(run));
        for (_, failure) in untold.take(MOST_TOLD) {
            say(&format!("error: {failure}"));
        }
    }
    Ok(if failures.is_empty() {
        Ending::Done
    } else {
        Ending::SomeFailed
    })
}

/// Turns a failed write into an error that says that no run is lost.
fn unmerged(sweep: &Sweep, error: StoreError) -> StoreError {
    match error {
        StoreError::Io { source, .. } | StoreError::Unwritable { source, .. } => {
            StoreError::NotMerged {
                path: sweep.path().to_owned(),
                source,
            }
        }
        error => error,
    }
}

/// Reads the ledgers of all shards.
fn find(sweep: &Sweep) -> Result<Found, Failure> {
    let mut spec: Option<(Shard, SweepSpec)> = None;
    let (mut ledgers, mut runs) = (Vec::new(), HashMap::new());
    for shard in sweep.shards()? {
        let folder = sweep.shard(shard);
        let Some(there) = plan_of::<SweepSpec>(&folder)? else {
            return Err(Failure::Asked(format!(
                "shard {shard} in `{}` has no plan: it was cut off before it began; run it again",
                folder.display()
            )));
        };
        if i64::try_from(there.seed).is_err() {
            return Err(Failure::Asked(format!(
                "the plan.json in `{}` is damaged: no plan has the seed {}; remove the folder and run the shard again",
                folder.display(),
                there.seed
            )));
        }
        match &spec {
            None => spec = Some((shard, there)),
            Some((first, spec)) => {
                let differences = spec.differences(&there);
                if !differences.is_empty() {
                    return Err(Failure::Asked(format!(
                        "shards {first} and {shard} are of different plans: {}; merge only shards of the same plan",
                        differences.join("; ")
                    )));
                }
            }
        }
        let (ledger, entries) = Ledger::reading(&folder)?;
        say_damage(&ledger);
        for entry in entries {
            // A later record of a run is a later attempt, which replaces the earlier one.
            runs.insert(entry.number, (ledgers.len(), entry));
        }
        ledgers.push(ledger);
    }
    match spec {
        Some((_, spec)) => Ok(Found {
            spec,
            ledgers,
            runs,
        }),
        None => Err(Failure::Asked(format!(
            "`{}` holds no shard of a sweep; run exeunt sweep PLAN --out {} first",
            sweep.path().display(),
            shell_word(sweep.path())
        ))),
    }
}

/// Refuses a sweep with missing runs, and names the shards that would make them.
fn complete(sweep: &Sweep, found: &Found, points: u64) -> Result<(), Failure> {
    let all = found.spec.runs(points);
    let there = found.runs.len() as u64;
    if all.saturating_sub(there) > MOST_LISTED {
        return Err(Failure::Asked(format!(
            "`{}` holds {there} runs of a plan of {all}: too few to make tables from; continue the sweep, or remove the \
             folder if the plan.json of a shard is damaged",
            sweep.path().display()
        )));
    }
    let missing: Vec<u64> = (0..all)
        .filter(|place| {
            !found
                .runs
                .contains_key(&found.spec.run(points, *place).number())
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    // The shards usually belong to one division; those that are there say into how many.
    let of = sweep
        .shards()?
        .iter()
        .map(|shard| shard.of)
        .max()
        .unwrap_or(1);
    let mut lacking: BTreeMap<u32, u64> = BTreeMap::new();
    for place in &missing {
        *lacking.entry((place % u64::from(of)) as u32).or_insert(0) += 1;
    }
    let named: Vec<String> = lacking
        .iter()
        .map(|(number, runs)| {
            let shard = Shard {
                number: *number,
                of,
            };
            let share = all / u64::from(of) + u64::from(all % u64::from(of) > u64::from(*number));
            match sweep.has(shard) {
                true => format!("shard {shard} lacks {runs} of {share} runs"),
                false => format!("shard {shard} is missing"),
            }
        })
        .collect();
    let (path, plan) = (sweep.path().display(), format!("{}.toml", found.spec.name));
    let out = shell_word(sweep.path());
    if of == 1 {
        return Err(Failure::Asked(format!(
            "{} of {all} runs are missing in `{path}`; exeunt sweep PLAN --out {out} makes them and the tables, where PLAN \
             is {plan}",
            missing.len()
        )));
    }
    Err(Failure::Asked(format!(
        "{} of {all} runs are missing in `{path}`: {}; run exeunt sweep PLAN --shard I/{of} --out {out} for each, where \
         PLAN is {plan}, then exeunt merge {out}",
        missing.len(),
        named.join(", ")
    )))
}

/// The runs in the order of the tables: by the scenario's name, point and replicate.
fn order(spec: &SweepSpec, points: u64) -> Vec<RunId> {
    let mut runs: Vec<RunId> = (0..spec.runs(points))
        .map(|place| spec.run(points, place))
        .collect();
    let name = |run: &RunId| {
        spec.scenarios
            .get(run.scenario as usize)
            .map(|s| s.name.as_str())
    };
    runs.sort_by(|a, b| (name(a), a.point, a.replicate).cmp(&(name(b), b.point, b.replicate)));
    runs
}

/// Failed runs: their numbers, and why each failed.
type Failures = Vec<(u64, String)>;

/// A run as messages name it.
pub(super) fn named(spec: &SweepSpec, run: RunId) -> String {
    let scenario = spec.scenarios.get(run.scenario as usize);
    format!(
        "{}, point {}, replicate {}",
        scenario.map_or("", |scenario| scenario.name.as_str()),
        run.point,
        run.replicate
    )
}

/// Writes runs and outcomes; returns which runs failed, and what runs warn of.
fn write_runs(
    found: &mut Found,
    order: &[RunId],
    tables: &mut Tables,
) -> Result<(Failures, Vec<String>), StoreError> {
    let names = found.spec.scenarios.iter();
    let mut warnings = RunWarnings::new(names.map(|scenario| scenario.name.as_str()).collect());
    let mut failures = Vec::new();
    // Outcomes that the plan asks for and that no run has had so far.
    let mut missed: Vec<&str> = found.spec.outcomes.iter().map(String::as_str).collect();
    let mut are_done = false;
    for run in order {
        let Some((place, entry)) = found.runs.get(&run.number()) else {
            continue;
        };
        let ledger = &mut found.ledgers[*place];
        let record: SweepRecord = read(ledger, entry)?;
        write_run(&found.spec, *run, &record, tables);
        match &record {
            Ok(record) => {
                missed.retain(|id| !record.outcomes().iter().any(|outcome| outcome.id == *id));
                are_done = true;
                write_run_outcomes(&found.spec, *run, record, tables);
                warnings.hear(run.scenario as usize, &record.warnings);
            }
            Err(reason) => failures.push((
                run.number(),
                format!("{}: {reason}", named(&found.spec, *run)),
            )),
        }
        tables.check()?;
    }
    let mut warnings = warnings.tell();
    if are_done {
        warnings.extend(missed.iter().map(|id| {
            format!(
                "no run has the outcome `{id}` that the plan asks for: its mechanism is off in all scenarios, or they have \
                 nothing of the kind; take it out of outcomes, or switch its mechanism on"
            )
        }));
    }
    Ok((failures, warnings))
}

fn manifest(spec: &SweepSpec, points: u64) -> Manifest {
    let mut names = spec.scenarios.iter().map(|scenario| scenario.name.clone());
    Manifest {
        exeunt: spec.exeunt.clone(),
        format: FORMAT,
        stream_version: spec.stream_version,
        scenario: names.next().unwrap_or_default(),
        compared: names.collect(),
        scenario_sha256: String::new(),
        seed: spec.seed,
        scale: spec.scale,
        draws: u32::try_from(points).unwrap_or(u32::MAX),
        replicates: spec.replicates,
        replicates_finished: (0..spec.replicates).collect(),
        runs_finished: Vec::new(),
        files: BTreeMap::new(),
    }
}
