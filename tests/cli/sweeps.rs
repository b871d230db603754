//! Sweeps: whatever ends them, and however they are divided, they give the same bytes; plans that are wrong are
//! refused with their line.

use super::desk::{Desk, assert_refused, code, names, shipped, stderr, stdout};
use exeunt::experiment::sweep::{SweepPlan, SweepRecord};
use exeunt::store::Ledger;
use rand::{RngExt, SeedableRng};
use std::fs;
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

const PLAN: &str = r#"
title = "A sweep for tests"
scenarios = ["base.toml", "policy.toml"]
scale = 300
replicates = 2
outcomes = ["left", "abroad_at_end", "held_at_end"]
design = { kind = "sobol", points = 8 }

[vary."behaviour.choice.lambda"]

[vary."behaviour.leaving.hazard_other"]

[vary.regime]
variants = { as-it-is = [], dearer = ["behaviour.choice.visa=1.2"] }
"#;
/// Scenarios, points and replicates.
const RUNS: usize = 2 * 8 * 2;

fn desk() -> Desk {
    let desk = Desk::with_pair();
    fs::write(desk.path("plan.toml"), PLAN).unwrap();
    desk
}

/// Every file of the folder that may not differ.
fn results(desk: &Desk, out: &str) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(desk.path(out).join(name)).unwrap());
    let files = names(&desk.path(out)).into_iter();
    files
        .filter(|name| !["run.json", "shards"].contains(&name.as_str()))
        .map(read)
        .collect()
}

/// How a sweep writes its tables where nobody says how.
const DEFAULT: &str = "parquet";

/// The tables of a folder.
fn tables(desk: &Desk, out: &str) -> Vec<String> {
    let names = names(&desk.path(out)).into_iter();
    names
        .filter(|name| name.ends_with(".csv") || name.ends_with(".parquet"))
        .collect()
}

fn undisturbed(desk: &Desk) -> (Vec<(String, Vec<u8>)>, Duration) {
    let begin = Instant::now();
    let output = desk.output(&[
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--format",
        "csv,parquet",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("8 points, 32 runs, 0 failed"),
        "{}",
        stdout(&output)
    );
    (results(desk, "whole"), begin.elapsed())
}

fn assert_same(found: &[(String, Vec<u8>)], whole: &[(String, Vec<u8>)]) {
    assert_eq!(found.len(), whole.len());
    for ((name, found), (wanted_name, wanted)) in found.iter().zip(whole) {
        assert_eq!(name, wanted_name);
        assert!(found == wanted, "{name} differs");
    }
}

fn start(desk: &Desk, more: &[&str]) -> Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
        .current_dir(desk.folder.path())
        .args(["sweep", "plan.toml", "--format", "csv,parquet"])
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The numbers of the runs in a shard's ledger.
fn records(desk: &Desk, out: &str, shard: &str) -> Vec<u64> {
    let path = desk.path(out).join("shards").join(shard).join("ledger");
    let bytes = fs::read(path).unwrap_or_default();
    let word = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
    let (mut numbers, mut at) = (Vec::new(), 8);
    while let (Some(number), Some(length)) = (word(at), word(at + 8)) {
        at += 16 + length as usize + 8;
        if at <= bytes.len() {
            numbers.push(number);
        }
    }
    numbers
}

/// How often a sweep is killed: `EXEUNT_KILLS` times if that is set.
fn kills() -> usize {
    let asked = std::env::var("EXEUNT_KILLS").ok();
    if let Some(kills) = asked.and_then(|kills| kills.parse().ok()) {
        return kills;
    }
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 30,
        _ => 6,
    }
}

#[test]
fn killed_at_any_moment_a_sweep_gives_the_same_bytes() {
    let desk = desk();
    let (whole, time) = undisturbed(&desk);
    let mut rng = rand_pcg::Pcg64::seed_from_u64(6);
    let mut at_work = 0;
    for kill in 0..kills() {
        let out = format!("killed-{}", kill / 5);
        let threads = ["1", "3"][kill / 5 % 2];
        let before = records(&desk, &out, "0-of-1").len();
        let mut child = start(&desk, &["--out", &out, "--threads", threads]);
        std::thread::sleep(time.mul_f64(rng.random::<f64>() * 0.4));
        child.kill().unwrap();
        child.wait().unwrap();
        let numbers = records(&desk, &out, "0-of-1");
        let mut once = numbers.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), numbers.len(), "a finished run was made again");
        assert!(numbers.len() >= before, "a finished run is gone");
        at_work += usize::from(numbers.len() > before);
    }
    assert!(at_work > 0, "no kill came while runs were made");
    for out in 0..kills().div_ceil(5) {
        let out = format!("killed-{out}");
        let output = desk.output(&[
            "sweep",
            "plan.toml",
            "--out",
            &out,
            "--format",
            "csv,parquet",
        ]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(records(&desk, &out, "0-of-1").len(), RUNS);
        assert_same(&results(&desk, &out), &whole);
    }
}

#[test]
fn shards_in_any_order_merge_to_the_same_bytes() {
    let desk = desk();
    let (whole, _) = undisturbed(&desk);
    let mut rng = rand_pcg::Pcg64::seed_from_u64(7);
    for of in [2_usize, 3, 7, 50] {
        let out = format!("of-{of}");
        let mut order: Vec<usize> = (0..of).collect();
        for place in (1..of).rev() {
            order.swap(place, rng.random_range(0..=place));
        }
        for (made, number) in order.iter().enumerate() {
            let shard = format!("{number}/{of}");
            let arguments = [
                "sweep",
                "plan.toml",
                "--out",
                &out,
                "--shard",
                &shard,
                "--quiet",
            ];
            let output = desk.output(&arguments);
            assert_eq!(code(&output), 0, "{}", stderr(&output));
            if made == 0 && of == 3 {
                // Once more does nothing, and what is missing is named.
                assert_eq!(code(&desk.output(&arguments)), 0);
                let merged = desk.output(&["merge", &out]);
                assert_refused(&merged, &[]);
                let missing = order[1];
                let words = format!("shard {missing}/3 is missing");
                assert!(stderr(&merged).contains(&words), "{}", stderr(&merged));
            }
        }
        let torn = desk
            .path(&out)
            .join(format!("shards/{}-of-{of}/ledger", order[0]));
        if of == 2 {
            // A shard that is torn is named, and completed by its own command.
            let bytes = fs::read(&torn).unwrap();
            fs::write(&torn, &bytes[..bytes.len() - 5]).unwrap();
            let merged = desk.output(&["merge", &out]);
            let words = format!("shard {}/2 lacks 1 of 16 runs", order[0]);
            assert!(stderr(&merged).contains(&words), "{}", stderr(&merged));
            let shard = format!("{}/2", order[0]);
            desk.output(&[
                "sweep",
                "plan.toml",
                "--out",
                &out,
                "--shard",
                &shard,
                "--quiet",
            ]);
        }
        let merged = desk.output(&["merge", &out, "--format", "csv,parquet"]);
        assert_eq!(code(&merged), 0, "{}", stderr(&merged));
        assert_same(&results(&desk, &out), &whole);
    }
}

#[test]
fn only_the_same_plan_goes_on_and_it_can_grow() {
    let desk = desk();
    undisturbed(&desk);
    let other = |from: &str, to: &str| {
        let text = PLAN.replace(from, to);
        assert_ne!(text, PLAN);
        fs::write(desk.path("plan.toml"), text).unwrap();
    };
    for (from, to, words) in [
        ("scale = 300", "scale = 400", "scale: 300 there, 400 now"),
        (
            "points = 8",
            "points = 16",
            "design: 8 Sobol' points there, 16 Sobol' points now",
        ),
        (
            "dearer = [\"behaviour.choice.visa=1.2\"]",
            "dearer = [\"behaviour.choice.visa=1.3\"]",
            "the levels of regime",
        ),
        (
            "\"base.toml\", \"policy.toml\"",
            "\"base.toml\"",
            "scenarios: ",
        ),
    ] {
        other(from, to);
        let output = desk.output(&["sweep", "plan.toml", "--out", "whole"]);
        assert_refused(&output, &[]);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
        // Nothing is advised that this command does not take.
        assert!(stderr(&output).contains("--extend") && !stderr(&output).contains("--force"));
    }
    // More points and more repetitions, of which only the new ones are run.
    let larger = PLAN
        .replace("points = 8", "points = 16")
        .replace("replicates = 2", "replicates = 3");
    fs::write(desk.path("plan.toml"), larger).unwrap();
    let grown = [
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--extend",
        "--format",
        "csv,parquet",
    ];
    let output = desk.output(&grown);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("going on: 32 of 96"),
        "{}",
        stderr(&output)
    );
    let fresh = desk.output(&[
        "sweep",
        "plan.toml",
        "--out",
        "fresh",
        "--format",
        "csv,parquet",
    ]);
    assert_eq!(code(&fresh), 0, "{}", stderr(&fresh));
    assert_same(&results(&desk, "whole"), &results(&desk, "fresh"));
    // None is taken away, and it is said how many to write.
    fs::write(desk.path("plan.toml"), PLAN).unwrap();
    let fewer = desk.output(&grown);
    assert_refused(&fewer, &["such a design in the plan", "--out"]);
    let fewer = PLAN.replace("points = 8", "points = 16");
    fs::write(desk.path("plan.toml"), fewer).unwrap();
    assert_refused(
        &desk.output(&grown),
        &["3 replicates are there", "write replicates = 3 or more"],
    );
}

/// A plan of two parameters, of which one does much and the other nothing: nobody is active in this case.
fn two_parameters(design: &str) -> String {
    format!(
        "scenarios = [\"base.toml\"]\nscale = 30\nreplicates = 2\noutcomes = [\"left\"]\ndesign = {design}\n\
         [vary.\"behaviour.leaving.hazard_planner\"]\n[vary.\"behaviour.delay.mobilisation\"]\n"
    )
}

#[test]
fn an_analysis_finds_what_matters() {
    let desk = desk();
    for (name, design, words) in [
        ("saltelli", "{ kind = \"saltelli\", base = 32 }", "total "),
        ("morris", "{ kind = \"morris\", trajectories = 8 }", "mu* "),
        (
            "latin",
            "{ kind = \"latin-hypercube\", points = 40 }",
            "rank correlation ",
        ),
    ] {
        let plan = format!("{name}.toml");
        fs::write(desk.path(&plan), two_parameters(design)).unwrap();
        let swept = desk.output(&["sweep", &plan, "--out", name, "--quiet"]);
        assert_eq!(code(&swept), 0, "{}", stderr(&swept));
        assert_eq!(
            tables(&desk, name),
            ["outcomes", "points", "runs"].map(|table| format!("{table}.{DEFAULT}"))
        );
        let found = desk.output(&["analyse", name]);
        assert_eq!(code(&found), 0, "{}", stderr(&found));
        // The strongest stands first.
        let text = stdout(&found);
        let first = text.find("behaviour.leaving.hazard_planner").unwrap();
        let second = text.find("behaviour.delay.mobilisation").unwrap();
        assert!(first < second, "{text}");
        assert!(text.contains(words) && text.contains("is chance"), "{text}");
        let sensitivity =
            fs::read_to_string(desk.path(&format!("{name}/analysis/sensitivity.csv"))).unwrap();
        // A heading; two parameters of everybody and of each of two segments.
        assert_eq!(sensitivity.lines().count(), 1 + 2 * 3, "{sensitivity}");
        // Once more only if asked to replace it; the same sweep gives the same bytes.
        assert_refused(&desk.output(&["analyse", name]), &["--force"]);
        let again = desk.output(&["analyse", name, "--force", "--quiet"]);
        assert_eq!(code(&again), 0, "{}", stderr(&again));
        let path = desk.path(&format!("{name}/analysis/sensitivity.csv"));
        assert_eq!(fs::read_to_string(&path).unwrap(), sensitivity);
        // Nor does it matter how the tables are written; what an earlier merge wrote otherwise is gone.
        for format in ["csv", "csv,parquet", "parquet"] {
            let merged = desk.output(&["merge", name, "--format", format, "--quiet"]);
            assert_eq!(code(&merged), 0, "{}", stderr(&merged));
            assert_eq!(tables(&desk, name).len(), 3 * format.split(',').count());
            let again = desk.output(&["analyse", name, "--force", "--quiet"]);
            assert_eq!(code(&again), 0, "{format}: {}", stderr(&again));
            assert_eq!(fs::read_to_string(&path).unwrap(), sensitivity, "{format}");
        }
    }
    let nothing = desk.output(&["analyse", "nowhere"]);
    assert_refused(&nothing, &["nowhere"]);
}

#[test]
fn plans_that_are_wrong_are_refused_with_their_line() {
    let desk = desk();
    for (from, to, words) in [
        ("choice.lambda", "choice.lamda", "behaviour.choice.lamda"),
        (
            "kind = \"sobol\", points = 8",
            "kind = \"grid\"",
            "range without steps in a grid",
        ),
        (
            "kind = \"sobol\"",
            "kind = \"sobal\"",
            "`sobal` is no design",
        ),
        ("\"left\"", "\"lef\"", "`lef` is no outcome"),
        ("scale = 300", "scale = 0", "`scale`"),
        ("scale = 300", "scales = 300", "no key `scales`"),
        ("\"policy.toml\"", "\"nowhere.toml\"", "nowhere.toml"),
        ("visa=1.2", "visa=much", "regime"),
        (
            "[vary.\"behaviour.choice.lambda\"]",
            "[vary.\"behaviour.choice.lambda\"]\nrange = [0.9, 0.3]",
            "is empty",
        ),
        ("design = ", "designs = ", "no design"),
        (
            "[vary.\"behaviour.choice.lambda\"]",
            "[vary.\"country.XB.wage\"]\nrange = [\"500 USD/month\", \"900 USD/month\"]",
            "write it like \"600 EUR/month\"",
        ),
        (
            "[vary.\"behaviour.choice.lambda\"]",
            "[vary.\"country.XB.wage\"]",
            "write a range around",
        ),
        (
            "replicates = 2",
            "replicates = \"2\"",
            "write replicates = 2",
        ),
        (
            "scenarios = [\"base.toml\", \"policy.toml\"]",
            "scenarios = \"base.toml\"",
            "write scenarios = [\"base.toml\"]",
        ),
        (
            "kind = \"sobol\", points = 8",
            "kind = \"morris\", trajectories = 2, levels = 5",
            "write levels = 4",
        ),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert_ne!(text, PLAN, "{from}");
        fs::write(desk.path("plan.toml"), text).unwrap();
        let output = desk.output(&["sweep", "plan.toml"]);
        assert_refused(&output, &[]);
        let message = stderr(&output);
        assert!(message.contains(words), "{to}: {message}");
        assert!(message.contains("= cure: "), "{to}: {message}");
        assert!(!desk.path("results").exists());
    }
    let huge = PLAN
        .replace("kind = \"sobol\", points = 8", "kind = \"grid\"")
        .replace("lambda\"]", "lambda\"]\nsteps = 1000000")
        .replace("hazard_other\"]", "hazard_other\"]\nsteps = 1000000");
    fs::write(desk.path("plan.toml"), huge).unwrap();
    let output = desk.output(&["sweep", "plan.toml"]);
    let message = stderr(&output);
    assert!(message.contains("2000000000000 points"), "{message}");
    for shard in ["3/3", "0/0", "x"] {
        let output = desk.output(&["sweep", "plan.toml", "--shard", shard]);
        assert_refused(&output, &[]);
        assert!(stderr(&output).contains("I/N"), "{}", stderr(&output));
    }
}

/// The plan sweeps on under a limit on the length of files, which acts like a full disk.
fn sweep_with_room(desk: &Desk, out: &str, blocks: u32) -> Output {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    std::process::Command::new("sh")
        .current_dir(desk.folder.path())
        .args(["-c", &limited])
        .arg(assert_cmd::cargo::cargo_bin("exeunt"))
        .args([
            "sweep",
            "plan.toml",
            "--format",
            "csv,parquet",
            "--out",
            out,
        ])
        .output()
        .unwrap()
}

/// A disk that is full while runs are made, and one that is full while tables are: nothing finished is lost.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_a_sweep_that_can_go_on() {
    let desk = desk();
    let (whole, _) = undisturbed(&desk);
    let length = |out: &str| {
        let ledger = desk.path(out).join("shards/0-of-1/ledger");
        fs::metadata(ledger).unwrap().len()
    };
    // Blocks of 512 bytes.
    let half = length("whole") / 2 / 512;
    let output = sweep_with_room(&desk, "full", half as u32);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let message = stderr(&output);
    for words in [
        "ledger",
        "could not be written",
        "is kept",
        "goes on from there",
    ] {
        assert!(message.contains(words), "no {words:?} in: {message}");
    }
    let kept = records(&desk, "full", "0-of-1").len();
    assert!(kept > 0 && kept < RUNS, "{kept} runs are kept");
    assert!(length("full") <= half * 512);
    assert!(tables(&desk, "full").is_empty());
    let rest = [
        "sweep",
        "plan.toml",
        "--out",
        "full",
        "--format",
        "csv,parquet",
    ];
    let output = desk.output(&rest);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let words = format!("going on: {kept} of {RUNS} runs");
    assert!(stderr(&output).contains(&words), "{}", stderr(&output));
    assert_same(&results(&desk, "full"), &whole);

    // Room for all runs, and not for the largest table.
    let table = fs::metadata(desk.path("whole/outcomes.csv")).unwrap().len();
    assert!(table > length("whole") + 1024, "nothing lies between them");
    let output = sweep_with_room(&desk, "merged", length("whole").div_ceil(512) as u32);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let message = stderr(&output);
    for words in [
        "could not be written",
        "all runs are kept",
        "exeunt merge merged",
    ] {
        assert!(message.contains(words), "no {words:?} in: {message}");
    }
    assert_eq!(names(&desk.path("merged")), ["shards"]);
    let output = desk.output(&["merge", "merged", "--format", "csv,parquet"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_same(&results(&desk, "merged"), &whole);
}

fn signal(child: &Child, signal: &str) {
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args([signal, &id])
        .status();
    assert!(sent.unwrap().success());
}

#[test]
fn two_at_once_do_not_get_in_each_others_way() {
    let desk = desk();
    let (whole, _) = undisturbed(&desk);
    let mut first = start(&desk, &["--out", "shared", "--threads", "1"]);
    let begin = Instant::now();
    while records(&desk, "shared", "0-of-1").is_empty() {
        assert!(begin.elapsed() < Duration::from_secs(60), "no run came");
        std::thread::sleep(Duration::from_millis(2));
    }
    // The first waits meanwhile, so that it cannot be done before.
    signal(&first, "-STOP");
    let made = records(&desk, "shared", "0-of-1").len();
    let second = desk.output(&["sweep", "plan.toml", "--out", "shared"]);
    let merged = desk.output(&["merge", "shared"]);
    let kept = records(&desk, "shared", "0-of-1").len();
    signal(&first, "-CONT");
    assert_eq!(kept, made);
    assert!(made < RUNS, "the first was done before the second came");
    assert_refused(
        &second,
        &[
            "0-of-1",
            "is being written by another exeunt",
            "wait for it",
        ],
    );
    assert_refused(&merged, &["is being written by another exeunt"]);
    assert!(first.wait().unwrap().success());
    assert_eq!(records(&desk, "shared", "0-of-1").len(), RUNS);
    assert_same(&results(&desk, "shared"), &whole);
}

/// Runs fail whose values together cannot be computed; others may have failed for a reason that is gone.
#[test]
fn failed_runs_are_made_anew_if_asked_and_no_others() {
    let desk = desk();
    let plan = PLAN.replace("visa=1.2", "visa=900");
    fs::write(desk.path("plan.toml"), plan).unwrap();
    let sweep = |more: &[&str]| {
        let all = [
            "sweep",
            "plan.toml",
            "--out",
            "some",
            "--format",
            "csv,parquet",
        ];
        desk.output(&[&all, more].concat())
    };
    let output = sweep(&[]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("32 runs, 16 failed"),
        "{}",
        stdout(&output)
    );
    let runs = super::rows::table(&desk.path("some"), "runs");
    let mut failed: Vec<u64> = runs
        .iter()
        .filter(|row| {
            row["state"] == "failed" && row["reason"].contains("lower behaviour.choice.visa")
        })
        .map(|row| row["run"].parse().unwrap())
        .collect();
    failed.sort_unstable();
    assert_eq!(failed.len(), 16);
    let before = results(&desk, "some");
    // The same once more: the plan has not changed, nor has what it gives.
    assert_eq!(code(&sweep(&[])), 1);
    assert_eq!(records(&desk, "some", "0-of-1").len(), RUNS);
    assert_eq!(code(&sweep(&["--retry-failed", "--threads", "1"])), 1);
    let mut anew = records(&desk, "some", "0-of-1").split_off(RUNS);
    anew.sort_unstable();
    assert_eq!(anew, failed);
    assert_same(&results(&desk, "some"), &before);

    // Such as another machine's lack of memory would leave.
    fs::write(desk.path("plan.toml"), PLAN).unwrap();
    let (whole, _) = undisturbed(&desk);
    let numbers = records(&desk, "whole", "0-of-1");
    let plan = SweepPlan::load(
        &desk.path("plan.toml"),
        exeunt::experiment::sweep::DrawsAsked::default(),
    )
    .unwrap();
    let (mut ledger, _) = Ledger::open(&desk.path("whole/shards/0-of-1"), &plan.spec).unwrap();
    let lost: SweepRecord = Err("no memory".to_owned());
    let lost = postcard::to_stdvec(&lost).unwrap();
    let (one, other) = (numbers[3], numbers[20]);
    ledger.append(one, &lost).unwrap();
    ledger.append(other, &lost).unwrap();
    drop(ledger);
    let merged = desk.output(&["merge", "whole", "--format", "csv,parquet"]);
    assert_eq!(code(&merged), 1);
    assert!(stdout(&merged).contains("2 failed"), "{}", stdout(&merged));
    assert_refused(
        &desk.output(&["analyse", "whole"]),
        &["2 runs", "no memory", "--retry-failed"],
    );
    let retry = [
        "sweep",
        "plan.toml",
        "--out",
        "whole",
        "--format",
        "csv,parquet",
        "--retry-failed",
    ];
    let output = desk.output(&retry);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let mut anew = records(&desk, "whole", "0-of-1").split_off(RUNS + 2);
    anew.sort_unstable();
    let mut lost = [one, other];
    lost.sort_unstable();
    assert_eq!(anew, lost);
    assert_same(&results(&desk, "whole"), &whole);
}

/// The plans that are shipped, and one that is wrong in several ways.
#[test]
fn check_reads_plans() {
    let desk = desk();
    let mut shipped_plans: Vec<String> = fs::read_dir(shipped("scenarios/sweeps"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    shipped_plans.sort_unstable();
    assert!(!shipped_plans.is_empty());
    let mut arguments = vec!["check", "base.toml", "plan.toml"];
    arguments.extend(shipped_plans.iter().map(String::as_str));
    let output = desk.output(&arguments);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let words = stdout(&output);
    assert!(
        words.contains("plan.toml: a plan of 8 points, 32 runs, no errors"),
        "{words}"
    );
    assert_eq!(
        words.matches(": a plan of ").count(),
        1 + shipped_plans.len()
    );
    assert!(words.contains(" claims: "), "{words}");
    // A plan makes none of its own.
    let output = desk.output(&["check", "plan.toml"]);
    let alone = stdout(&output);
    assert!(!alone.contains("claims"), "{alone}");

    let wrong = PLAN
        .replace("scale = 300", "scale = 0")
        .replace("choice.lambda", "choice.lamda")
        .replace("\"left\"", "\"lef\"");
    desk.write("wrong.toml", &wrong);
    desk.write("bad.toml", "titel = \"A\"\n");
    let output = desk.output(&["check", "wrong.toml", "bad.toml", "plan.toml"]);
    assert_eq!(code(&output), 2);
    let words = stderr(&output);
    for found in [
        "`scale`",
        "behaviour.choice.lamda",
        "`lef` is no outcome",
        "bad.toml:1",
    ] {
        assert!(words.contains(found), "no {found:?} in: {words}");
    }
    let output = desk.output(&["check", "plan.toml", "--set", "behaviour.choice.lambda=0.5"]);
    assert_refused(&output, &["--set", "plan.toml"]);
    let schema = desk.output(&["schema", "plan"]);
    let schema: serde_json::Value = serde_json::from_str(stdout(&schema)).unwrap();
    assert_eq!(schema["title"], "Exeunt plan of a sweep");
    assert_refused(&desk.output(&["schema", "plans"]), &["scenario and plan"]);
}
