//! `exeunt sweep`: scenarios over a design of points, in parts that survive whatever ends them.

use super::args::SweepArguments;
use super::course::Course;
use super::ending::{Ending, Failure};
use super::keeping::{SHORT, keep_all, say_damage, threads};
use super::kinds::Kind;
use super::memory::{BYTES_OF_RUN, require_memory};
use super::output::{print, print_json, say};
use super::{interrupt, kinds, merge};
use crate::engine::RunOptions;
use crate::experiment::Stop;
use crate::experiment::sweep::{DrawsAsked, RunId, SweepPlan, SweepRecord, SweepSpec, Sweeper};
use crate::report::{Progress, Screen, duration, size};
use crate::scenario::Source;
use crate::store::{
    Entry, Ledger, SWEPT, Shard, Sweep, available, plan_of, require_space, shell_word,
};
use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

/// Bytes that a run may take: its outcomes in a shard and in the tables.
const RUN_BYTES: u64 = 150_000;

/// Sweeps.
pub(super) fn sweep(arguments: &SweepArguments) -> Result<Ending, Failure> {
    let asked = DrawsAsked {
        from: arguments.draws_from.as_deref(),
        first: arguments.draws,
    };
    let plan = SweepPlan::load(&arguments.plan, asked)
        .map_err(|found| kinds::refused(&arguments.plan, Kind::Sweep, found))?;
    if !arguments.quiet {
        warn(&plan);
    }
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(&plan.spec.name));
    let shard = arguments.shard.unwrap_or(Shard { number: 0, of: 1 });
    let sweep = Sweep::at(&path, SWEPT)?;
    let points = plan.layout.points();
    let runs = plan.spec.runs(points);
    let at_once = threads(arguments.threads).min(usize::try_from(runs).unwrap_or(usize::MAX));
    let scenarios: Vec<_> = plan.sources.iter().map(Source::scenario).collect();
    let options = RunOptions {
        seed: plan.spec.seed,
        scale: plan.spec.scale,
        ..RunOptions::default()
    };
    require_memory(&scenarios, options, (at_once, BYTES_OF_RUN))?;
    if arguments.dry_run {
        return estimate(arguments, &plan, runs);
    }
    check_division(arguments, &sweep, shard)?;
    check_plans(arguments, &sweep, &plan.spec)?;
    let folder = sweep.shard(shard);
    require_space(
        &path,
        (runs / u64::from(shard.of)).saturating_mul(RUN_BYTES),
        available(&path)?,
    )?;
    interrupt::listen();
    let course = Course::begin(threads(arguments.threads));
    let (mut ledger, entries) = sweep.open(shard, &plan.spec)?;
    say_damage(&ledger);
    if arguments.extend {
        ledger.replace_plan(&plan.spec)?;
    }
    let (done, failed_before) = finished(arguments, &mut ledger, &entries, shard)?;
    let missing: Vec<RunId> = (0..runs)
        .filter(|place| shard.has(*place))
        .map(|place| plan.spec.run(points, place))
        .filter(|run| !done.contains(&run.number()))
        .collect();
    let outcome = make(arguments, &plan, &mut ledger, &missing, done.len() as u64)?;
    drop(ledger);
    match outcome {
        Made::Interrupted(kept) => {
            say(&format!(
                "interrupted: {} of {} runs are finished and kept in `{}`; run the same command to continue",
                done.len() as u64 + kept,
                done.len() + missing.len(),
                folder.display()
            ));
            Ok(Ending::Interrupted)
        }
        Made::All { failed } if shard.of > 1 => {
            let runs = done.len() + missing.len();
            let failed = failed.len() + failed_before;
            tell_shard(arguments, (shard, &path), runs, failed);
            Ok(if failed == 0 {
                Ending::Done
            } else {
                Ending::SomeFailed
            })
        }
        Made::All { failed } => merge::merge_sweep(
            &sweep,
            &arguments.tables.formats,
            (arguments.quiet, arguments.json),
            &course,
            &failed,
        ),
    }
}

/// Says what deserves attention about a plan.
fn warn(plan: &SweepPlan) {
    for [what, cure] in &plan.notes {
        say(&format!("warning: {what}; {cure}"));
    }
    for (name, why) in plan.idle() {
        say(&format!(
            "warning: `{name}` varies but changes nothing in these scenarios, because of {why}"
        ));
    }
}

/// Says that a shard is complete.
fn tell_shard(
    arguments: &SweepArguments,
    (shard, path): (Shard, &Path),
    runs: usize,
    failed: usize,
) {
    if arguments.json {
        print_json(&serde_json::json!({
            "shard": shard.to_string(), "runs": runs, "failed": failed,
            "folder": path.display().to_string(),
        }));
    } else if !arguments.quiet {
        print(&format!(
            "shard {shard} is complete: {runs} runs, {failed} failed; when all shards are: exeunt merge {}\n",
            shell_word(path)
        ));
    }
}

/// Refuses to divide a sweep anew: runs that shards of another division hold would be made again, and these would be in the
/// way of a merge once the plan has grown.
fn check_division(arguments: &SweepArguments, sweep: &Sweep, shard: Shard) -> Result<(), Failure> {
    let shards = sweep.shards()?;
    let Some(other) = shards.iter().find(|other| other.of != shard.of) else {
        return Ok(());
    };
    let extend = if arguments.extend { " --extend" } else { "" };
    // (The command as it has to be typed: without its folder it would begin a sweep elsewhere.)
    let out = arguments.out.as_ref();
    let out = out.map_or_else(String::new, |out| format!(" --out {}", shell_word(out)));
    Err(Failure::Asked(format!(
        "`{}` is divided into shards I/{}, and this is shard {shard}; continue with those, exeunt sweep {}{out} --shard \
         {other}{extend} and so on for each, or give another folder with --out",
        sweep.path().display(),
        other.of,
        arguments.plan_in_words(),
    )))
}

/// Refuses to go on with the runs of another plan.
fn check_plans(arguments: &SweepArguments, sweep: &Sweep, spec: &SweepSpec) -> Result<(), Failure> {
    for shard in sweep.shards()? {
        let folder = sweep.shard(shard);
        let Some(there) = plan_of::<SweepSpec>(&folder)? else {
            continue;
        };
        let mut wanted = spec.clone();
        if arguments.extend {
            if !there.shape.grows_to(spec.shape) {
                return Err(Failure::Asked(format!(
                    "--extend: a {} does not begin with the points of the existing {}; only Sobol', Saltelli and \
                     Morris designs can grow, by a larger number: write such a design in the plan, or give another \
                     folder with --out",
                    spec.shape, there.shape
                )));
            }
            if there.replicates > spec.replicates {
                return Err(Failure::Asked(format!(
                    "--extend: there are {there} replicates already and the plan says {}, but replicates can only \
                     be added; write replicates = {there} or more, or give another folder with --out",
                    spec.replicates,
                    there = there.replicates
                )));
            }
            (wanted.shape, wanted.replicates) = (there.shape, there.replicates);
        }
        let differences = there.differences(&wanted);
        if !differences.is_empty() {
            return Err(Failure::Asked(format!(
                "`{}` holds runs of another plan ({}); give the plan that began it to continue, --extend if only \
                 points or replicates were added, or another folder with --out",
                folder.display(),
                differences.join("; ")
            )));
        }
    }
    Ok(())
}

/// The numbers of runs that need not be made, and how many of them failed: told of a shard alone, for a merge tells
/// of all. (A sweep in one part is merged at once, and its records are not read twice.)
fn finished(
    arguments: &SweepArguments,
    ledger: &mut Ledger,
    entries: &[Entry],
    shard: Shard,
) -> Result<(HashSet<u64>, usize), Failure> {
    let (mut done, mut failed) = (HashSet::with_capacity(entries.len()), HashSet::new());
    for entry in entries {
        let number = entry.number;
        if arguments.retry_failed || shard.of > 1 {
            let bytes = ledger.read(entry)?;
            // The last attempt counts.
            if matches!(postcard::from_bytes::<SweepRecord>(&bytes), Ok(Ok(_))) {
                failed.remove(&number);
            } else {
                failed.insert(number);
            }
        }
        done.insert(number);
    }
    if arguments.retry_failed {
        done.retain(|number| !failed.contains(number));
        failed.clear();
    }
    Ok((done, failed.len()))
}

/// How making runs ended.
enum Made {
    /// All of them are there; these failed now, by their numbers.
    All { failed: HashSet<u64> },
    /// Somebody asked to stop after so many.
    Interrupted(u64),
}

fn make(
    arguments: &SweepArguments,
    plan: &SweepPlan,
    ledger: &mut Ledger,
    missing: &[RunId],
    before: u64,
) -> Result<Made, Failure> {
    let threads = threads(arguments.threads);
    let all = before + missing.len() as u64;
    let progress = Progress::of_runs(all, arguments.quiet, Screen::of_stderr().unicode);
    progress.preparing("runs");
    if before > 0 {
        progress.skip(before);
        if !arguments.quiet {
            say(&format!("continuing: {before} of {all} runs are finished"));
        }
    }
    let sweeper = Sweeper::new(plan);
    let numbers: Vec<u64> = missing.iter().map(|run| run.number()).collect();
    let mut failed = HashSet::new();
    let kept = keep_all(
        ledger,
        &numbers,
        (threads, SHORT),
        |job| sweeper.run(missing[job], interrupt::asked),
        |job, record: SweepRecord| {
            if let Err(reason) = record {
                failed.insert(numbers[job]);
                progress.note(&format!(
                    "error: {}: {reason}",
                    merge::named(&plan.spec, missing[job])
                ));
            }
            progress.runs(1);
        },
    );
    progress.clear();
    match kept? {
        kept if kept < missing.len() => Ok(Made::Interrupted(kept as u64)),
        _ => Ok(Made::All { failed }),
    }
}

/// `--dry-run`: one run, and how long all will take.
fn estimate(arguments: &SweepArguments, plan: &SweepPlan, runs: u64) -> Result<Ending, Failure> {
    interrupt::listen();
    let clock = Instant::now();
    let points = plan.layout.points();
    match Sweeper::new(plan).run(plan.spec.run(points, 0), interrupt::asked) {
        Ok(_) => {}
        Err(Stop::Interrupted) => return Ok(Ending::Interrupted),
        Err(Stop::Engine(error)) => return Err(error.into()),
        Err(Stop::Scenario(problems)) => return Err(Failure::Scenario(problems)),
    }
    let one = clock.elapsed().as_secs_f64();
    let threads = threads(arguments.threads);
    let shards = arguments.shard.map_or(1, |shard| shard.of);
    let seconds = runs as f64 * one / threads as f64 / f64::from(shards);
    let bytes = runs.saturating_mul(RUN_BYTES);
    if arguments.json {
        print_json(&serde_json::json!({
            "points": points, "runs": runs, "shards": shards, "threads": threads,
            "seconds_of_a_run": one, "seconds": seconds, "bytes_at_most": bytes,
        }));
    } else {
        print(&format!(
            "{}: {points} points, {runs} runs of about {} each; {threads} at a time, {shards} shard(s): about {} \
             per shard; at most {} on disk\n",
            plan.spec.title,
            duration(one),
            duration(seconds),
            size(bytes as f64)
        ));
    }
    Ok(Ending::Done)
}
