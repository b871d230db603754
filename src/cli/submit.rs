//! `exeunt submit slurm`: prints a job for a cluster, without submitting it.

use super::args::SubmitArguments;
use super::ending::{Ending, Failure};
use super::kinds::{self, Kind};
use super::output::print;
use crate::experiment::sweep::{DrawsAsked, SweepPlan};
use crate::store::quoted;
use std::path::{Path, PathBuf};

/// Prints the job of a sweep: an array of shards, and a merge once all of them have ended.
pub(super) fn submit(arguments: &SubmitArguments) -> Result<Ending, Failure> {
    let plan = SweepPlan::load(&arguments.plan, DrawsAsked::default())
        .map_err(|found| kinds::refused(&arguments.plan, Kind::Sweep, found))?;
    let runs = plan.spec.runs(plan.layout.points());
    let shards = u64::from(arguments.shards);
    if shards > runs {
        return Err(Failure::Asked(format!(
            "--shards {shards}: the sweep has {runs} runs, so some shards would be empty; give {runs} or fewer, ideally \
             few enough that each takes minutes"
        )));
    }
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| Path::new("results").join(&plan.spec.name));
    // (A slash at the end would put the log into the folder.)
    let out: PathBuf = out.components().collect();
    let places = [Some(&arguments.plan), Some(&out), arguments.exeunt.as_ref()];
    for place in places.into_iter().flatten() {
        let text = place.display().to_string();
        // (A line break in a name would begin a new line of the job.)
        if text.chars().any(char::is_control) {
            return Err(Failure::Asked(format!(
                "`{}`: a line break or another control character cannot stand in a job; give the file or folder a name \
                 without it",
                text.escape_debug()
            )));
        }
    }
    print(&job(arguments, &job_name(&plan.spec.name), &out));
    Ok(Ending::Done)
}

/// A name for the job: the plan's name, with `-` for every character that Slurm may not take as part of one word.
fn job_name(plan: &str) -> String {
    let plain = |letter: char| match letter {
        letter if letter.is_alphanumeric() || "-_.".contains(letter) => letter,
        _ => '-',
    };
    plan.chars().map(plain).collect()
}

fn job(arguments: &SubmitArguments, name: &str, out: &Path) -> String {
    let plan = quoted(&arguments.plan);
    // The log lies beside the folder, because the sweep refuses a folder with anything else in it.
    let mut log = out.as_os_str().to_owned();
    log.push("-log");
    let (log, out) = (quoted(Path::new(&log)), quoted(out));
    let SubmitArguments {
        shards,
        cpus,
        time,
        exeunt,
        ..
    } = arguments;
    let program = quoted(exeunt.as_deref().unwrap_or(&PathBuf::from("exeunt")));
    let last = shards - 1;
    format!(
        r#"#!/bin/bash
# Submits a sweep as an array of {shards} shards, and the merge that follows them. Read it, then: bash THIS.
# A shard whose time runs out keeps what it has finished and is queued again; so is one whose node fails.
set -euo pipefail
mkdir -p {log}

array=$(sbatch --parsable <<'JOB'
#!/bin/bash
#SBATCH --job-name={name}
#SBATCH --array=0-{last}
#SBATCH --cpus-per-task={cpus}
#SBATCH --time={time}
#SBATCH --signal=B:USR1@60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=/dev/null
exec >>{log}/shard-$SLURM_ARRAY_TASK_ID.log 2>&1
again() {{
  kill -TERM "$sweep" 2>/dev/null
  wait "$sweep"
  scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}"
  exit 0
}}
trap again USR1
{program} sweep {plan} --shard "$SLURM_ARRAY_TASK_ID/{shards}" --out {out} --threads {cpus} --quiet &
sweep=$!
wait "$sweep"
JOB
)
echo "shards: job $array"

# The merge starts whatever became of the shards: runs that failed do not keep the tables from being made, and where runs are
# missing, it says which and makes nothing.
sbatch --dependency="afterany:$array" <<'JOB'
#!/bin/bash
#SBATCH --job-name={name}-merge
#SBATCH --output=/dev/null
exec >>{log}/merge.log 2>&1
{program} merge {out}
JOB
"#
    )
}
