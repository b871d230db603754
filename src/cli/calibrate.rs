//! `exeunt calibrate`: fits parameters to observed bands, generation by generation.

use super::args::CalibrateArguments;
use super::calibrate_results::{describe, write_results};
use super::course::Course;
use super::ending::{Ending, Failure};
use super::keeping::{SHORT, keep_all, read_by, say_damage, threads};
use super::kinds::Kind;
use super::memory::{BYTES_OF_RUN, require_memory};
use super::output::{print, print_json, say};
use super::report::draw_calibration;
use super::{calibrate_message, calibrate_plan, interrupt, kinds};
use crate::analyse::Observed;
use crate::analyse::calibrated::{predicted_sets, unmoved};
use crate::engine::RunOptions;
use crate::experiment::calibration::{
    Attempt, Attempts, CalibrationDescription, CalibrationPlan, CalibrationSpec, Ended, Fit,
    Generation, Next, Planned, Stopped, missing_of_left_out, next,
};
use crate::report::{Progress, Screen, duration};
use crate::store::{
    CALIBRATED, Ledger, Shard, StoreError, Sweep, plan_of, replace_passage, require_passage,
    shell_word,
};
use std::collections::HashMap;
use std::collections::hash_map::Entry::Vacant;
use std::io::ErrorKind::NotFound;
use std::path::Path;
use std::time::Instant;

/// The lines between which `--update` writes the result.
const PASSAGE: [&str; 2] = ["<!-- calibration: begin -->", "<!-- calibration: end -->"];

/// Runs `exeunt calibrate`.
pub(super) fn calibrate(arguments: &CalibrateArguments) -> Result<Ending, Failure> {
    let (plan, observed) = calibrate_plan::load(&arguments.plan)
        .map_err(|found| kinds::refused(&arguments.plan, Kind::Calibration, found))?;
    if !arguments.quiet {
        let idle = calibrate_message::of_idle(&plan);
        for warning in calibrate_message::of_priors(&plan.varied)
            .iter()
            .chain(&idle)
        {
            say(&format!("warning: {warning}"));
        }
    }
    if arguments.dry_run {
        return estimate(arguments, &plan, &observed);
    }
    let path = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(&plan.spec.name));
    let folder = Sweep::at(&path, CALIBRATED)?;
    if let Some(file) = &arguments.update {
        require_passage(file, PASSAGE[0], PASSAGE[1])?;
    }
    check_plans(&folder, &plan.spec)?;
    let options = RunOptions {
        seed: plan.spec.seed,
        scale: plan.spec.scale,
        ..RunOptions::default()
    };
    require_memory(
        &[plan.source.scenario()],
        options,
        (threads(arguments.threads), BYTES_OF_RUN),
    )?;
    interrupt::listen();
    let course = Course::begin(threads(arguments.threads));
    let mut work = Work::open(arguments, &plan, &observed, &folder)?;
    match work.generations()? {
        Reached::Interrupted => {
            say(&format!(
                "interrupted: {} attempts are finished and kept in `{}`; run the same command to continue",
                work.done.len(),
                path.display()
            ));
            Ok(Ending::Interrupted)
        }
        Reached::Waiting { what } => {
            say(&format!(
                "shard {} has made its part of {what}; once all other shards have too, run the same \
                 command to continue with the next",
                work.shard
            ));
            Ok(Ending::Done)
        }
        Reached::End(fit) => {
            let done = std::mem::take(&mut work.done);
            let ended = finish(arguments, (&plan, &observed), &folder, &fit, &done, &course);
            // The ledger stays open until here, so that another shard that looks in meanwhile waits and does not write
            // the same tables at the same time.
            drop(work);
            ended
        }
    }
}

/// How far the generations have come.
enum Reached {
    Interrupted,
    /// Other shards still have to make their attempts.
    Waiting {
        what: String,
    },
    End(Fit),
}

struct Work<'a> {
    arguments: &'a CalibrateArguments,
    plan: &'a CalibrationPlan,
    observed: &'a Observed,
    folder: &'a Sweep,
    shard: Shard,
    ledger: Ledger,
    done: HashMap<u64, Attempt>,
}

impl<'a> Work<'a> {
    /// Opens the ledger of this shard and reads the finished attempts of all shards.
    fn open(
        arguments: &'a CalibrateArguments,
        plan: &'a CalibrationPlan,
        observed: &'a Observed,
        folder: &'a Sweep,
    ) -> Result<Self, Failure> {
        let shard = arguments.shard.unwrap_or(Shard { number: 0, of: 1 });
        let (mut ledger, entries) = folder.open(shard, &plan.spec)?;
        say_damage(&ledger);
        let mut done = HashMap::new();
        for entry in &entries {
            done.insert(
                entry.number,
                read_by(&mut ledger, entry, Attempt::of_record)?,
            );
        }
        let mut work = Self {
            arguments,
            plan,
            observed,
            folder,
            shard,
            ledger,
            done,
        };
        work.read_others()?;
        if !work.done.is_empty() && !arguments.quiet {
            say(&format!(
                "continuing: {} attempts are finished",
                work.done.len()
            ));
        }
        Ok(work)
    }

    /// Reads the attempts that the other shards have finished.
    fn read_others(&mut self) -> Result<(), Failure> {
        for shard in self.folder.shards()? {
            if shard == self.shard {
                continue;
            }
            let (mut ledger, entries) = match Ledger::reading(&self.folder.shard(shard)) {
                Ok(found) => found,
                // The shard is at work; its attempts are read once it has ended.
                Err(StoreError::Locked { .. }) => continue,
                // The shard has just begun: its folder exists, but no ledger yet.
                Err(StoreError::NotRead { source, .. }) if source.kind() == NotFound => continue,
                Err(error) => return Err(error.into()),
            };
            for entry in &entries {
                if let Vacant(place) = self.done.entry(entry.number) {
                    place.insert(read_by(&mut ledger, entry, Attempt::of_record)?);
                }
            }
        }
        Ok(())
    }

    fn generations(&mut self) -> Result<Reached, Failure> {
        let mut told = 0;
        loop {
            let (generation, missing) = match next(&self.plan.spec, &self.done) {
                Next::Done(fit) => {
                    if told == 0 {
                        self.check_first()?;
                    }
                    self.tell(&fit.generations, &mut told);
                    return self.leave_one_out(fit);
                }
                Next::Attempts {
                    generation,
                    missing,
                    so_far,
                } => {
                    if told == 0 && !so_far.is_empty() {
                        self.check_first()?;
                    }
                    self.tell(&so_far, &mut told);
                    (generation, missing)
                }
            };
            let is_mine = |planned: &&Planned| self.shard.has(planned.number);
            let mine: Vec<Planned> = missing.iter().filter(is_mine).cloned().collect();
            if mine.is_empty() {
                let before = self.done.len();
                self.read_others()?;
                match self.done.len() == before {
                    true => {
                        return Ok(Reached::Waiting {
                            what: format!("generation {generation}"),
                        });
                    }
                    false => continue,
                }
            }
            if !self.make(&format!("generation {generation}"), &mine)? {
                return Ok(Reached::Interrupted);
            }
        }
    }

    /// Makes the runs that leave-one-out needs, if it was asked for.
    fn leave_one_out(&mut self, fit: Fit) -> Result<Reached, Failure> {
        let spec = &self.plan.spec;
        if !self.arguments.leave_one_out || fit.ended == Ended::Nothing {
            return Ok(Reached::End(fit));
        }
        self.read_others()?;
        let missing = missing_of_left_out(spec, &fit, &self.done);
        let is_mine = |planned: &&Planned| self.shard.has(planned.number);
        let mine: Vec<Planned> = missing.iter().filter(is_mine).cloned().collect();
        if !mine.is_empty() && !self.make("leave-one-out", &mine)? {
            return Ok(Reached::Interrupted);
        }
        match mine.len() == missing.len() {
            true => Ok(Reached::End(fit)),
            false => Ok(Reached::Waiting {
                what: "leave-one-out runs".to_owned(),
            }),
        }
    }

    /// Reports the generations that have not been reported yet.
    fn tell(&self, generations: &[Generation], told: &mut usize) {
        if !self.arguments.quiet {
            for generation in &generations[*told..] {
                say(&calibrate_message::of_generation(generation));
            }
        }
        *told = generations.len();
    }

    /// Checks, after the first generation, for rows that no sampled parameter moves.
    fn check_first(&self) -> Result<(), Failure> {
        let first = match next(&self.plan.spec, &HashMap::new()) {
            Next::Attempts { missing, .. } => missing,
            Next::Done(_) => Vec::new(),
        };
        let (faults, warnings) = calibrate_message::of_unmoved(
            &unmoved(&self.plan.spec, &first, &self.done),
            first.len(),
        );
        if !self.arguments.quiet {
            for warning in warnings {
                say(&format!("warning: {warning}"));
            }
        }
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Failure::Asked(faults.join("\nerror: "))),
        }
    }

    /// Makes attempts and keeps them; returns `false` if interrupted.
    fn make(&mut self, what: &str, mine: &[Planned]) -> Result<bool, Failure> {
        let unicode = Screen::of_stderr().unicode;
        let progress = Progress::of_runs(mine.len() as u64, self.arguments.quiet, unicode);
        progress.preparing(what);
        let attempts = Attempts::new(self.plan, self.observed);
        let numbers: Vec<u64> = mine.iter().map(|planned| planned.number).collect();
        let done = &mut self.done;
        let kept = keep_all(
            &mut self.ledger,
            &numbers,
            (threads(self.arguments.threads), SHORT),
            |job| attempts.run(&mine[job], &interrupt::asked),
            |job, attempt: Attempt| {
                if let Err(reason) = &attempt.values {
                    progress.note(&format!("attempt {} failed: {reason}", numbers[job]));
                }
                done.insert(numbers[job], attempt);
                progress.runs(1);
            },
        );
        progress.clear();
        Ok(kept? == mine.len())
    }
}

/// Refuses to continue from the attempts of another plan.
fn check_plans(folder: &Sweep, spec: &CalibrationSpec) -> Result<(), Failure> {
    for shard in folder.shards()? {
        let path = folder.shard(shard);
        let Some(there) = plan_of::<CalibrationSpec>(&path)? else {
            continue;
        };
        let differences = there.differences(spec);
        if !differences.is_empty() {
            return Err(StoreError::OtherPlan {
                path,
                differences,
                anew: "remove it",
            }
            .into());
        }
    }
    Ok(())
}

fn finish(
    arguments: &CalibrateArguments,
    (plan, observed): (&CalibrationPlan, &Observed),
    folder: &Sweep,
    fit: &Fit,
    done: &HashMap<u64, Attempt>,
    course: &Course,
) -> Result<Ending, Failure> {
    if fit.ended == Ended::Nothing {
        return Err(Failure::Asked(calibrate_message::of_nothing(done)));
    }
    let described = CalibrationDescription {
        spec: plan.spec.clone(),
        warnings: calibrate_message::of_runs(&plan.spec, fit, done),
    };
    let result = (fit, done, &described);
    let found = write_results(arguments, (plan, observed), folder, result, course)?;
    let warnings = &described.warnings;
    let failed = calibrate_message::of_failed(fit, done);
    draw_calibration(folder.path())?;
    let sets = predicted_sets(observed, plan.source.scenario(), &found);
    let shown = crate::report::Calibration {
        spec: &plan.spec,
        fit,
        found: &found,
        sets: &sets,
        folder: folder.path(),
    };
    if let Some(file) = &arguments.update {
        let text = format!("\n{}\n", shown.markdown(&command(arguments)));
        replace_passage(file, PASSAGE[0], PASSAGE[1], &text)?;
    }
    if arguments.json {
        let why = calibrate_message::reason(fit, done);
        print_json(&describe(plan, (fit, why), &found, folder.path(), warnings));
    } else if !arguments.quiet {
        if arguments.update.is_none() {
            print(&shown.render(&Screen::of_stdout()));
        }
        for warning in warnings.iter().chain(&failed) {
            say(&format!("warning: {warning}"));
        }
    }
    Ok(Ending::Done)
}

/// The command that reproduces this result.
fn command(arguments: &CalibrateArguments) -> String {
    let leave_one_out = match arguments.leave_one_out {
        true => " --leave-one-out",
        false => "",
    };
    format!(
        "exeunt calibrate {}{leave_one_out}",
        shell_word(&arguments.plan)
    )
}

/// `--dry-run`: runs one attempt and estimates how long all attempts will take.
fn estimate(
    arguments: &CalibrateArguments,
    plan: &CalibrationPlan,
    observed: &Observed,
) -> Result<Ending, Failure> {
    interrupt::listen();
    let first = match next(&plan.spec, &HashMap::new()) {
        Next::Attempts { missing, .. } => missing,
        Next::Done(_) => Vec::new(),
    };
    let Some(planned) = first.into_iter().next() else {
        return Err(Failure::Asked("the plan makes no attempts".to_owned()));
    };
    let clock = Instant::now();
    match Attempts::new(plan, observed).run(&planned, &interrupt::asked) {
        Ok(_) => {}
        Err(Stopped::Interrupted) => return Ok(Ending::Interrupted),
        Err(Stopped::Engine(error)) => return Err(error.into()),
        Err(Stopped::Failed(reason)) => return Err(Failure::Asked(reason)),
    }
    let one = clock.elapsed().as_secs_f64();
    let threads = threads(arguments.threads);
    let spec = &plan.spec;
    let most: u64 = (0..spec.generations)
        .map(|g| u64::from(spec.attempts(g)))
        .sum();
    let shards = arguments.shard.map_or(1, |shard| shard.of);
    let seconds = most as f64 * one / threads as f64 / f64::from(shards);
    let targets = spec.targets.iter().filter(|target| target.fitted).count();
    if arguments.json {
        print_json(&serde_json::json!({
            "parameters": spec.priors.len(), "constants": plan.constants.len(), "rows": targets,
            "attempts_at_most": most, "shards": shards, "threads": threads, "seconds_of_an_attempt": one,
            "seconds_at_most": seconds,
        }));
    } else {
        let of_shards = match shards {
            1 => String::new(),
            shards => format!(" for each of {shards} shards"),
        };
        print(&format!(
            "{}: {} parameters and {} constants, {targets} rows; at most {most} attempts of about {} each, {threads} at a \
             time: at most about {}{of_shards}\n",
            spec.title,
            spec.priors.len(),
            plan.constants.len(),
            duration(one),
            duration(seconds),
        ));
    }
    Ok(Ending::Done)
}
