//! Sweeps: whatever ends them, and however they are divided, they give the same bytes; plans that are wrong are
//! refused with their line.

use super::desk::{Desk, assert_refused, code, names, stderr, stdout};
use rand::{RngExt, SeedableRng};
use std::fs;
use std::process::{Child, Stdio};
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

fn kills() -> usize {
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
        assert_eq!(fs::read_to_string(path).unwrap(), sensitivity);
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
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert_ne!(text, PLAN, "{from}");
        fs::write(desk.path("plan.toml"), text).unwrap();
        let output = desk.output(&["sweep", "plan.toml"]);
        assert_refused(&output, &[]);
        let message = stderr(&output);
        assert!(message.contains(words), "{to}: {message}");
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
