//! Calibrations: whatever ends them, and however they are divided, they give the same bytes, and tell what was found.

mod plans;
mod posterior;

use super::desk::{Desk, assert_refused, code, names, stderr, stdout};
use exeunt::store::Ledger;
use rand::{RngExt, SeedableRng};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PLAN: &str = r#"
title = "A calibration for tests"
scenario = "base.toml"
scale = 300
particles = 12
proposals = 12
generations = 4
least_acceptance = 0
leave_out = ["back"]

[prior]
"behaviour.leaving.planner" = {}
"behaviour.return.hazard" = { range = ["1.2 %/month", "2.4 %/month"] }

[constants]
iterations = 1
rows = { plainia = ["XC"], coastia = ["XB"] }
"#;
const OBSERVED: &str = "id,quantity,value,low,high,unit,period,use,measure,set,country,source
left,left in all,,18000,20000,persons,2030-01-01..2031-12-31,fit,sum(homes.left),,,invented
back,returned of those who left,,0.26,0.30,share,2030-01-01..2031-12-31,fit,sum(homes.returned) / sum(homes.left),,,invented
coastia,in Coastia at the end,,2900,3400,persons,2031-12-31,fit,last(countries.newcomers where country = XB),,,invented
plainia,in Plainia at the end,,9000,11000,persons,2031-12-31,fit,last(countries.newcomers where country = XC),,,invented
rest,at home,2900000,,,persons,2031-12-31,report,last(homes.at_home),,,invented
";
/// A third country to go to.
const ISLANDIA: &str = include_str!("../support/islandia.toml");
/// Attempts of four generations.
const ATTEMPTS: usize = 24 + 3 * 12;

fn desk() -> Desk {
    let desk = Desk::with_pair();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    let constants = "[country.XB]\nconstant = { value = 0.0, range = [-2.0, 2.0], basis = \"assumption\" }\n\
                     [country.XC]\nconstant = { value = 0.0, range = [-2.0, 2.0], basis = \"assumption\" }\n";
    desk.write("base.toml", &(base + constants));
    desk.write("plan.toml", PLAN);
    desk.write("observed.csv", OBSERVED);
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

fn assert_same(found: &[(String, Vec<u8>)], whole: &[(String, Vec<u8>)]) {
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(found), names(whole));
    for ((name, found), (_, wanted)) in found.iter().zip(whole) {
        assert!(found == wanted, "{name} differs");
    }
}

fn undisturbed(desk: &Desk) -> (Vec<(String, Vec<u8>)>, Duration) {
    let begin = Instant::now();
    let output = desk.output(&["calibrate", "plan.toml", "--out", "whole"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(
        text.contains("4 generations, 60 attempts, 12 kept"),
        "{text}"
    );
    (results(desk, "whole"), begin.elapsed())
}

fn start(desk: &Desk, more: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
        .current_dir(desk.folder.path())
        .args(["calibrate", "plan.toml"])
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A sweep into the folder of a calibration, or the other way round, touches nothing and says what is there, finished
/// or not.
#[test]
fn work_of_another_kind_is_left_alone() {
    let desk = desk();
    undisturbed(&desk);
    let before = results(&desk, "whole");
    desk.write(
        "sweep.toml",
        "scenarios = [\"base.toml\"]\nscale = 1000\ndesign = { kind = \"sobol\", points = 2 }\n\
         [vary.\"behaviour.choice.lambda\"]\n",
    );
    let said = |arguments: &[&str]| {
        let output = desk.output(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", stderr(&output));
        stderr(&output).to_owned()
    };
    let is_of = |what: &str, said: String| {
        assert!(said.contains(&format!("holds {what}")), "{said}");
        assert!(!said.contains("remove it"), "{said}");
    };
    is_of(
        "a calibration",
        said(&["sweep", "sweep.toml", "--out", "whole"]),
    );
    is_of("a calibration", said(&["merge", "whole"]));
    for name in ["calibration.json", "manifest.json"] {
        fs::remove_file(desk.path("whole").join(name)).unwrap();
    }
    is_of(
        "a calibration",
        said(&["sweep", "sweep.toml", "--out", "whole"]),
    );
    is_of("a calibration", said(&["merge", "whole"]));
    let output = desk.output(&["sweep", "sweep.toml", "--out", "swept"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    is_of(
        "a sweep",
        said(&["calibrate", "plan.toml", "--out", "swept"]),
    );
    // What was finished is written again, the same.
    let output = desk.output(&["calibrate", "plan.toml", "--out", "whole"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_same(&results(&desk, "whole"), &before);
}

fn kills() -> usize {
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => 20,
        _ => 4,
    }
}

#[test]
fn killed_at_any_moment_a_calibration_gives_the_same_bytes() {
    let desk = desk();
    let (whole, time) = undisturbed(&desk);
    let mut rng = rand_pcg::Pcg64::seed_from_u64(8);
    for kill in 0..kills() {
        let out = format!("killed-{}", kill / 4);
        let threads = ["1", "3"][kill / 4 % 2];
        let mut child = start(&desk, &["--out", &out, "--threads", threads]);
        std::thread::sleep(time.mul_f64(rng.random::<f64>() * 0.5));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    for out in 0..kills().div_ceil(4) {
        let out = format!("killed-{out}");
        let output = desk.output(&["calibrate", "plan.toml", "--out", &out]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_same(&results(&desk, &out), &whole);
    }
}

#[test]
fn shards_take_turns_and_end_with_the_same_bytes() {
    let desk = desk();
    let (whole, _) = undisturbed(&desk);
    let mut waited = 0;
    for _ in 0..20 {
        for shard in ["2/3", "0/3", "1/3"] {
            let output =
                desk.output(&["calibrate", "plan.toml", "--out", "three", "--shard", shard]);
            assert_eq!(code(&output), 0, "{}", stderr(&output));
            waited += usize::from(stderr(&output).contains("has made its part of generation"));
        }
        if desk.path("three/manifest.json").exists() {
            break;
        }
    }
    assert!(waited >= 4, "{waited}");
    assert_same(&results(&desk, "three"), &whole);
    // A shard of another plan is not gone on with.
    desk.write("plan.toml", &PLAN.replace("scale = 300", "scale = 400"));
    let output = desk.output(&["calibrate", "plan.toml", "--out", "three"]);
    assert_refused(&output, &["scale: 300 there, 400 now"]);
}

/// The folder of a shard that another command is just making holds no ledger yet.
#[test]
fn shards_that_are_started_together_are_in_nobodys_way() {
    let desk = desk();
    fs::create_dir_all(desk.path("three/shards/2-of-3")).unwrap();
    for shard in ["0/3", "2/3", "1/3"] {
        let output = desk.output(&["calibrate", "plan.toml", "--out", "three", "--shard", shard]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    }
}

/// A country about which nothing is known stands where the others do, in every run that is kept.
#[test]
fn the_countries_of_a_row_of_constants_that_is_left_out_get_the_mean_of_the_others() {
    let desk = desk();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    // (A country more is a case of its own, measured from its own first day.)
    let base = format!("reference = \"base.toml\"\n{base}{ISLANDIA}");
    desk.write("base.toml", &base);
    let row = "islandia,in Islandia at the end,,100,40000,persons,2031-12-31,fit,\
               last(countries.newcomers where country = XD),,,invented\n";
    desk.write("observed.csv", &format!("{OBSERVED}{row}"));
    let plan = PLAN.replace("[\"back\"]", "[\"islandia\"]");
    let plan = plan.replace("rows = {", "rows = { islandia = [\"XD\"],");
    desk.write("plan.toml", &plan);
    let output = desk.output(&["calibrate", "plan.toml", "--leave-one-out"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let read = |name: &str| {
        let text = fs::read_to_string(desk.path("results/plan").join(name)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let rows = lines.map(|line| line.split(',').map(str::to_owned).collect());
        rows.collect::<Vec<Vec<String>>>()
    };
    let posterior = read("posterior.csv");
    assert_eq!(posterior.len(), 1 + 12);
    let [known, other, left_out] = ["XB", "XC", "XD"].map(|country| {
        let path = format!("country.{country}.constant");
        let column = posterior[0].iter().position(|head| *head == path).unwrap();
        let numbers = posterior[1..]
            .iter()
            .map(|row| row[column].parse().unwrap());
        numbers.collect::<Vec<f64>>()
    });
    let moved = known.iter().zip(&other);
    assert!(moved.clone().all(|(known, other)| known != other));
    for ((known, other), mean) in moved.zip(left_out) {
        assert!(
            (0.5 * (known + other) - mean).abs() < 1e-9,
            "{known} {other} {mean}"
        );
    }
    let is_of_row = |row: &&Vec<String>| row[0] == "islandia";
    let fits = read("fits.csv");
    let fit = fits.iter().find(is_of_row).unwrap();
    assert!(fit.iter().any(|cell| cell == "left out"), "{fit:?}");
    // Of rows that are fitted it is asked what the fit would be without them; this one it never knew.
    let without = read("left_out.csv");
    assert_eq!(
        (without.len(), without.iter().any(|row| is_of_row(&row))),
        (1 + 4, false)
    );
}

#[test]
fn a_row_that_no_parameter_moves_ends_it_with_a_cure() {
    let desk = desk();
    let still =
        "still,whom nothing moves,,10,20,persons,2030-01-31,fit,last(homes.barred),,,invented\n";
    desk.write("observed.csv", &(OBSERVED.to_owned() + still));
    let output = desk.output(&["calibrate", "plan.toml", "--quiet"]);
    assert_refused(&output, &["row still", "leave_out = [\"still\"]"]);
    // The attempts are kept: without the row they would be made anew, since it is another plan.
    assert!(desk.path("results/plan/shards").exists());
}

#[test]
fn what_was_counted_is_what_was_done() {
    let desk = desk();
    let output = desk.output(&["calibrate", "plan.toml", "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let found: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(found["generations"], 4);
    let rows = found["rows"].as_array().unwrap();
    let how: Vec<&str> = rows
        .iter()
        .map(|row| row["how"].as_str().unwrap())
        .collect();
    assert_eq!(
        how,
        ["fitted", "left out", "constants", "constants", "not fitted"]
    );
    let generations = fs::read_to_string(desk.path("results/plan/generations.csv")).unwrap();
    let attempts: usize = generations
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(attempts, ATTEMPTS);
}

/// A city without homes: what the runs warn of is told at the end, and again where nothing is run any more.
#[test]
fn what_its_runs_warn_of_is_told_with_how_many_do() {
    let desk = desk();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    let small = "[country.XB]\nmarket.city_population = \"900 persons\"\n";
    desk.write("base.toml", &base.replace("[country.XB]\n", small));
    let plan = PLAN.replace("generations = 4", "generations = 1");
    desk.write("plan.toml", &plan);
    let warning = "newcomers come to fill more than 0.6 of the rented homes";
    let output = desk.output(&["calibrate", "plan.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stderr(&output);
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(warning)).collect();
    assert_eq!(lines.len(), 1, "{said}");
    let told = lines[0].strip_prefix("warning: ").unwrap();
    assert!(told.ends_with("(in all runs)"), "{told}");
    let again = desk.output(&["calibrate", "plan.toml", "--json"]);
    let again: serde_json::Value = serde_json::from_str(stdout(&again)).unwrap();
    assert_eq!(again["warnings"], serde_json::json!([told]));
    let quiet = desk.output(&["calibrate", "plan.toml", "--quiet"]);
    assert_eq!(stderr(&quiet), "");
    // Who is handed the folder alone reads it there, and on the page.
    let folder = desk.path(again["folder"].as_str().unwrap());
    let kept = fs::read_to_string(folder.join("calibration.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept["warnings"], again["warnings"]);
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    assert!(page.contains(told), "{told}");
}

/// Of a prior that is wider than what can be computed most attempts fail: it is told at the end, and again where nothing is run.
#[test]
fn how_many_attempts_failed_is_told_with_the_reason() {
    let desk = desk();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    let wide = "[behaviour]\nchoice.visa = { value = 1.2, range = [0.4, 1000.0], basis = \"assumption\" }\n";
    desk.write("base.toml", &(base + wide));
    let prior = "[prior]\n\"behaviour.choice.visa\" = { range = [0.4, 1000.0] }";
    let plan = PLAN
        .replacen("[prior]", prior, 1)
        .replace("generations = 4", "generations = 1");
    desk.write("plan.toml", &plan);
    let output = desk.output(&["calibrate", "plan.toml"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stderr(&output);
    let failed = (0..24).filter(|attempt| said.contains(&format!("attempt {attempt} failed: ")));
    let failed = failed.count();
    assert!(failed > 0 && failed < 24, "{said}");
    let words = format!("{failed} of 24 attempts failed, most of them because: in the step from ");
    let last = said.lines().last().unwrap();
    assert!(last.starts_with(&format!("warning: {words}")), "{said}");
    let again = desk.output(&["calibrate", "plan.toml", "--json"]);
    let again: serde_json::Value = serde_json::from_str(stdout(&again)).unwrap();
    assert_eq!(
        (&again["attempts"], &again["failed"]),
        (&24.into(), &failed.into())
    );
    let why = again["failed_because"].as_str().unwrap();
    assert!(
        why.starts_with("in the step from ") && last.ends_with(why),
        "{why}"
    );
}

/// Attempts that were kept before they said what their runs warn of end without that field: hours of them are not lost.
#[test]
fn attempts_that_were_kept_before_they_warned_are_gone_on_with() {
    let desk = desk();
    undisturbed(&desk);
    let shard = desk.path("whole/shards/0-of-1");
    let plan = fs::read_to_string(shard.join("plan.json")).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let (mut ledger, entries) = Ledger::reading(&shard).unwrap();
    let before = desk.path("before/shards/0-of-1");
    let (mut kept, none) = Ledger::open(&before, &plan).unwrap();
    assert!(none.is_empty());
    for entry in &entries {
        let bytes = ledger.read(entry).unwrap();
        let (warnings, attempt) = bytes.split_last().unwrap();
        assert_eq!(*warnings, 0, "it warns of something");
        kept.append(entry.number, attempt).unwrap();
    }
    drop((ledger, kept));
    let output = desk.output(&["calibrate", "plan.toml", "--out", "before"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let said = stderr(&output);
    assert!(
        said.contains("continuing: 60 attempts are finished"),
        "{said}"
    );
    assert_same(&results(&desk, "before"), &results(&desk, "whole"));
}

#[test]
fn a_prior_that_is_half_one_value_is_warned_of() {
    let desk = desk();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    let parameter =
        "[behaviour.rents]\nshort = { value = 1.0, range = [1.0, 9.0], basis = \"assumption\" }\n";
    desk.write("base.toml", &(base + parameter));
    let plan = PLAN.replace("[prior]", "[prior]\n\"behaviour.rents.short\" = {}");
    desk.write("plan.toml", &plan);
    let told =
        |desk: &Desk| stderr(&desk.output(&["calibrate", "plan.toml", "--dry-run"])).to_owned();
    let text = told(&desk);
    assert!(
        text.contains("half of the prior of `behaviour.rents.short` lies on the single value"),
        "{text}"
    );
    desk.write(
        "plan.toml",
        &plan.replace("short\" = {}", "short\" = { range = [1.0, 9.0] }"),
    );
    assert!(!told(&desk).contains("half of the prior"));
}

#[test]
fn results_are_written_into_a_readme_between_its_lines() {
    let desk = desk();
    let observed = OBSERVED
        .replace("country = XB),,,", "country = XB),stocks,XB,")
        .replace("country = XC),,,", "country = XC),stocks,XC,")
        .replace("31,report,", "31,input,")
        .replace("at home,2900000,,,", "at home,2900000,2800000,3000000,");
    desk.write("observed.csv", &observed);
    let plan = PLAN.replace("leave_out = [\"back\"]\n", "");
    desk.write("plan.toml", &plan);
    desk.write(
        "README.md",
        "before\n<!-- calibration: begin -->\nold\n<!-- calibration: end -->\nafter\n",
    );
    let command = [
        "calibrate",
        "plan.toml",
        "--leave-one-out",
        "--update",
        "README.md",
    ];
    let output = desk.output(&command);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "",
        "what is written into a file is not shown as well"
    );
    let first = fs::read_to_string(desk.path("README.md")).unwrap();
    assert!(first.starts_with("before\n<!-- calibration: begin -->\n\nWritten by `exeunt calibrate plan.toml --leave-one-out`: "));
    assert!(first.ends_with("\n<!-- calibration: end -->\nafter\n") && !first.contains("old"));
    for wanted in [
        "2 parameters are sampled and 2 destination constants moved, against 4 fitted rows.",
        "| left | left in all | persons | 18,000–20,000 | ",
        " | an input: not counted | not fitted | | |",
        "Of 4 rows that are counted, ",
        "stocks, persons in 2 countries: XB, XC.",
        "| equal split | ",
        "| `behaviour.leaving.planner` |  | 0.003–0.02 | ",
    ] {
        assert!(first.contains(wanted), "{wanted} in {first}");
    }
    // A calibration that has ended is described again without a run, in the same words.
    desk.output(&command);
    assert_eq!(fs::read_to_string(desk.path("README.md")).unwrap(), first);
    // What leave-one-out has found stays in the folder when it is not asked for again.
    let left_out = || fs::read(desk.path("results/plan/left_out.csv")).unwrap();
    let before = left_out();
    assert!(before.split(|byte| *byte == b'\n').count() > 3);
    desk.output(&["calibrate", "plan.toml", "--quiet"]);
    assert!(left_out() == before);
    desk.write("README.md", "no lines");
    assert_refused(&desk.output(&command), &["calibration: begin"]);
    // It is refused before anything is computed.
    let elsewhere = [&command[..], &["--out", "elsewhere"]].concat();
    assert_refused(&desk.output(&elsewhere), &["calibration: begin"]);
    assert!(!desk.path("elsewhere").exists());
}

/// The posterior that is shipped is one of the case as it stands, and small.
#[test]
fn the_shipped_posterior_is_of_the_case_as_it_stands() {
    let desk = desk();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/russia-2022");
    let of = |name: &str| folder.join(name).display().to_string();
    let (scenario, posterior) = (of("as-it-was.toml"), of("posterior.csv"));
    assert!(fs::metadata(&posterior).unwrap().len() < 1_000_000);
    let output = desk.output(&[
        "run",
        &scenario,
        "--draws-from",
        &posterior,
        "--draws",
        "1",
        "--scale",
        "5000",
        "--out",
        "fitted",
    ]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        !stderr(&output).contains("changed since"),
        "{}",
        stderr(&output)
    );
}
