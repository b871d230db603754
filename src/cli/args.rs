//! The words of the command line.

mod values;

use super::format::{LongTableArguments, TableArguments};
use crate::engine::RunOptions;
use crate::measure::VOCABULARY;
use crate::store::{Shard, shell_word};
use clap::{ArgGroup, Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// Simulates emigration under border policies: who leaves, where and how, who stays, moves on,
/// returns or is held.
#[derive(Debug, Parser)]
#[command(
    name = "exeunt",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run one scenario: write a results folder and print a summary
    Run(RunArguments),
    /// Compare scenarios with a base, life by life: differences with intervals, and a page
    Compare(CompareArguments),
    /// Run scenarios over a design of points, in parts that can be interrupted and spread over machines
    Sweep(SweepArguments),
    /// Make the tables of a sweep from its shards
    Merge(MergeArguments),
    /// Find what moves the outcomes of a finished sweep
    Analyse(AnalyseArguments),
    /// Print a job script for a cluster: a sweep in shards, and their merge
    Submit(SubmitArguments),
    /// Fit parameters to observations: a posterior that other commands can draw from
    Calibrate(CalibrateArguments),
    /// Compare the results of a scenario with observations, beside naive rules
    Score(ScoreArguments),
    /// Tell the life of one person: what happened, and the odds of each decision
    Trace(TraceArguments),
    /// Redraw the page of a comparison, an analysed sweep or a calibration from its folder
    Report(ReportArguments),
    /// Report problems in scenario files, plans of sweeps and calibrations, and observations; run nothing
    Check(CheckArguments),
    /// Show what a scenario says: a value, its range, basis, source and place
    Show(ShowArguments),
    /// Show what differs between two scenarios
    Diff(DiffArguments),
    /// Write a commented scenario that runs, to start from
    New(NewArguments),
    /// Print the JSON schema of a kind of file, for editors
    Schema(SchemaArguments),
    /// Print completions for a shell
    Completions(CompletionsArguments),
}

/// Which runs are made, and with how many threads.
#[derive(Debug, Args)]
pub(super) struct Runs {
    /// Random seed: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Number of runs, which have the same persons and differ only in chance
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::replicates, allow_negative_numbers = true)]
    pub replicates: u32,
    /// Persons that each agent stands for; 1 = everybody is simulated
    #[arg(long, value_name = "PERSONS", default_value_t = 1, value_parser = values::scale, allow_negative_numbers = true)]
    pub scale: u64,
    /// Set a value of the scenario, for example --set 'behaviour.choice.lambda=0.5' (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<String>,
    /// Number of threads; never changes a result [default: all processors]
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,
}

impl Runs {
    /// The options of one of the runs.
    pub fn options(&self, replicate: u32) -> RunOptions {
        RunOptions {
            seed: self.seed,
            draw: 0,
            replicate,
            scale: self.scale,
            threads: self.threads,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    #[command(flatten)]
    pub runs: Runs,
    /// Run the scenario with each set of parameters in a CSV file, such as a posterior from `exeunt calibrate`
    #[arg(long, value_name = "FILE")]
    pub draws_from: Option<PathBuf>,
    /// Use only the first N sets of that file [default: all]
    #[arg(long, value_name = "N", value_parser = values::sets_of_file, requires = "draws_from", allow_negative_numbers = true)]
    pub draws: Option<u32>,
    /// Results folder [default: results/<scenario's name>; the name of its file unless it gives one]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: TableArguments,
    /// Estimate time, memory, events and disk space; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
    /// Replace an existing results folder
    #[arg(long)]
    pub force: bool,
    /// Show no progress, warnings or summary; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// The scenario that the others are compared with
    #[arg(value_name = "BASE")]
    pub base: PathBuf,
    /// The scenarios to compare with it
    #[arg(value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// A first look, marked DRAFT: 12 sets of parameters, one run each, one agent per 100 persons
    #[arg(long)]
    pub quick: bool,
    /// Number of sets of parameters, drawn from the ranges in the files; 1 = as the files say [default: 16];
    /// with --draws-from, the first N of the file [default: all; with --quick, 12]
    #[arg(long, value_name = "N", value_parser = values::draws, allow_negative_numbers = true)]
    pub draws: Option<u32>,
    /// How sets are spread over the ranges [default: latin-hypercube]
    #[arg(long, value_name = "DESIGN", value_parser = ["latin-hypercube", "sobol"], conflicts_with = "draws_from")]
    pub design: Option<String>,
    /// Take the sets of parameters from a CSV file: one column per parameter, one row per set
    #[arg(long, value_name = "FILE")]
    pub draws_from: Option<PathBuf>,
    /// Draw all numbers at or below this path that have a range (repeatable) [default: behaviour]
    #[arg(long, value_name = "PATH")]
    pub vary: Vec<String>,
    /// Runs of each set, which differ only in chance [default: 2]
    #[arg(long, value_name = "N", value_parser = values::replicates, allow_negative_numbers = true)]
    pub replicates: Option<u32>,
    /// Number of parameters to run at both ends of their range, to see what flips a result; takes at least
    /// 12 draws; 0 = none [default: 4]
    #[arg(long, value_name = "N")]
    pub flips: Option<usize>,
    /// Random seed: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Persons that each agent stands for [default: 1, everybody is simulated]
    #[arg(long, value_name = "PERSONS", value_parser = values::scale, allow_negative_numbers = true)]
    pub scale: Option<u64>,
    /// Set a value of every scenario (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<String>,
    /// Number of runs at a time, one thread each; never changes a result [default: all processors]
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Observations to draw over the curves of the page [default: observed.csv beside the base]
    #[arg(long, value_name = "FILE")]
    pub observed: Option<PathBuf>,
    /// Results folder [default: results/<base's name>-compared]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: TableArguments,
    /// Estimate time; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the differences as JSON
    #[arg(long)]
    pub json: bool,
    /// Replace an existing results folder and start over
    #[arg(long)]
    pub force: bool,
    /// Show no progress, warnings or table; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct SweepArguments {
    /// The plan: scenarios, what varies, the design
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    /// Make only shard I of N, counted from 0; `exeunt merge` puts the shards together
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Take sets of parameters from a CSV file, such as a posterior: replicate r of a point takes set r
    #[arg(long, value_name = "FILE")]
    pub draws_from: Option<PathBuf>,
    /// Use only the first N sets of the file [default: all]
    #[arg(long, value_name = "N", value_parser = values::sets_of_file, allow_negative_numbers = true)]
    pub draws: Option<u32>,
    /// Continue a sweep whose plan now has more points or replicates
    #[arg(long)]
    pub extend: bool,
    /// Make failed runs again
    #[arg(long)]
    pub retry_failed: bool,
    /// Number of runs at a time, one thread each; never changes a result [default: all processors]
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Folder of the sweep; an existing one is continued [default: results/<plan's file name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: LongTableArguments,
    /// Estimate runs, time and disk space; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
    /// Show no progress or result; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

impl SweepArguments {
    /// The plan, and the draws where they were asked for: the words of a command that goes on with this sweep.
    pub fn plan_in_words(&self) -> String {
        let mut words = shell_word(&self.plan);
        if let Some(file) = &self.draws_from {
            words += &format!(" --draws-from {}", shell_word(file));
        }
        if let Some(draws) = self.draws {
            words += &format!(" --draws {draws}");
        }
        words
    }
}

#[derive(Debug, Args)]
pub(super) struct CalibrateArguments {
    /// The plan: a scenario, what is sampled, the rows to fit
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    /// Afterwards, predict each fitted row from the fit as it would be without it
    #[arg(long)]
    pub leave_one_out: bool,
    /// Make only shard I of N of each generation, counted from 0
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Number of attempts at a time, one thread each; never changes a result [default: all processors]
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,
    /// Folder of the calibration; an existing one is continued [default: results/<plan's file name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: TableArguments,
    /// Estimate attempts and time; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the result as Markdown into FILE, between the lines <!-- calibration: begin --> and
    /// <!-- calibration: end -->
    #[arg(long, value_name = "FILE")]
    pub update: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
    /// Show no progress, warnings or result; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    /// Folder of the sweep
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub tables: LongTableArguments,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
    /// Show no result; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct AnalyseArguments {
    /// Folder of the sweep
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Folder of the analysis [default: DIR/analysis]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub tables: TableArguments,
    /// Replace an existing analysis
    #[arg(long)]
    pub force: bool,
    /// Print where the analysis is as JSON
    #[arg(long)]
    pub json: bool,
    /// Show no table; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct SubmitArguments {
    /// The queueing system that the job is for
    #[arg(value_name = "QUEUE", value_parser = ["slurm"])]
    pub queue: String,
    /// The plan of the sweep
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    /// Number of shards, one task of the array each: few enough that each takes minutes
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = values::shards, allow_negative_numbers = true)]
    pub shards: u32,
    /// Processors per task
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::cpus, allow_negative_numbers = true)]
    pub cpus: u32,
    /// Time limit per task, as Slurm writes it; a task that reaches it is queued again
    #[arg(long, value_name = "TIME", default_value = "01:00:00", value_parser = values::time)]
    pub time: String,
    /// Folder of the sweep, as seen from where the job runs [default: results/<plan's file name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The program, as seen from where the job runs [default: exeunt]
    #[arg(long, value_name = "FILE")]
    pub exeunt: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ScoreArguments {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// The file of observations [default: observed.csv beside the scenario]
    #[arg(long, value_name = "FILE")]
    pub observed: Option<PathBuf>,
    /// Score the tables of a results folder of this scenario; run nothing
    #[arg(long, value_name = "DIR", conflicts_with_all = ["seed", "replicates", "scale", "threads"])]
    pub from: Option<PathBuf>,
    /// Check the observations against the scenario; run nothing
    #[arg(long, conflicts_with_all = ["from", "json", "markdown", "update"])]
    pub check: bool,
    #[command(flatten)]
    pub runs: Runs,
    /// Print the scores as JSON
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// Print the scores as a Markdown table
    #[arg(long)]
    pub markdown: bool,
    /// Write the Markdown table into FILE, between the lines `<!-- score: begin -->` and `<!-- score: end -->`
    #[arg(long, value_name = "FILE")]
    pub update: Option<PathBuf>,
    /// Show no progress or warnings; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

/// Which run a person is looked for in.
#[derive(Debug, Args)]
pub(super) struct OneRun {
    /// Random seed: the same seed gives the same lives
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Number of the replicate to look in, from 0; replicates differ only in chance
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = values::replicate, allow_negative_numbers = true)]
    pub replicate: u32,
    /// Persons that each agent stands for; 1 = everybody is simulated
    #[arg(long, value_name = "PERSONS", default_value_t = 1, value_parser = values::scale, allow_negative_numbers = true)]
    pub scale: u64,
    /// Set a value of the scenario, for example --set 'behaviour.choice.lambda=0.5' (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<String>,
    /// Number of threads; never changes a result [default: all processors]
    #[arg(long, value_name = "N", value_parser = values::threads, allow_negative_numbers = true)]
    pub threads: Option<usize>,
}

impl OneRun {
    /// The options of the run.
    pub fn options(&self) -> RunOptions {
        RunOptions {
            seed: self.seed,
            draw: 0,
            replicate: self.replicate,
            scale: self.scale,
            threads: self.threads,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_long_help = VOCABULARY)]
#[command(group(ArgGroup::new("who").required(true).args(["agent", "find"])))]
pub(super) struct TraceArguments {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// The person: a segment and an index in it, for example --agent draft-eligible:1024
    #[arg(long, value_name = "SEGMENT:INDEX")]
    pub agent: Option<String>,
    /// Find persons by what they are and what happens to them, for example
    /// --find 'activist, barred, later left by visa-free'; --help lists the words
    #[arg(long, value_name = "CONDITIONS")]
    pub find: Option<String>,
    /// How many of the persons found to tell of, the first by segment and index
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = values::limit, conflicts_with = "agent", allow_negative_numbers = true)]
    pub limit: u32,
    #[command(flatten)]
    pub run: OneRun,
    /// Print the lives as JSON
    #[arg(long)]
    pub json: bool,
    /// Show no progress or warnings; errors are still shown
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// Folder of a comparison, an analysed sweep or a calibration
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Do not print where the page is
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Scenario files, and plans of sweeps and calibrations
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Set a value of every scenario before checking it (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<String>,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    /// Show only problems
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowArguments {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// Path of a value or a table, for example country.GE.wage [default: the whole scenario]
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
    /// Set a value of the scenario first (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// One scenario file
    #[arg(value_name = "A")]
    pub left: PathBuf,
    /// The other
    #[arg(value_name = "B")]
    pub right: PathBuf,
    /// Print the differences as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// The folder to create
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// Kind of file: scenario, or plan (of a sweep)
    #[arg(value_name = "KIND", default_value = "scenario")]
    pub kind: String,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}
