//! Calibrations: whatever ends them, and however they are divided, they give the same bytes; what is wrong is refused
//! with its line; the posterior goes into other commands.

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
const ISLANDIA: &str = r#"
[country.XD]
name = "Islandia"
population = "2 million persons"
wage = "1200 EUR/month"
unemployment = "7 %"
safety = 0.8
travel = "50 EUR"
position = [44.0, 18.0]
market = { city = "Landing", rent = "400 EUR/month", city_population = "300000 persons", rental_share = "30 %", city_share = "60 %" }
constant = { value = 0.7, range = [-2.0, 2.0], basis = "assumption" }
[country.XD.channel.visa-free]
title = "A year without a visa"
stay = { length = "365 days", renew = "in country", renew_cost = "50 EUR", renew_success = "95 %" }
gives = { status = "temporary" }
"#;
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
        assert!(said.contains(&format!("is of {what}")), "{said}");
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

#[test]
fn plans_that_are_wrong_are_refused_with_their_line() {
    let desk = desk();
    let checked = desk.output(&["check", "plan.toml", "base.toml"]);
    assert_eq!(code(&checked), 0, "{}", stderr(&checked));
    let words = "a calibration of 2 parameters to 3 rows, no errors";
    assert!(stdout(&checked).contains(words), "{}", stdout(&checked));
    for (from, to, words) in [
        (
            "scenario = \"base.toml\"",
            "scenario = \"no.toml\"",
            "no.toml",
        ),
        ("scenario = \"base.toml\"", "", "names no scenario"),
        (
            "leaving.planner\"",
            "leaving.planer\"",
            "behaviour.leaving.planer",
        ),
        (
            "\"behaviour.leaving.planner\"",
            "\"country.XA.name\"",
            "no number with a range",
        ),
        (
            "[\"1.2 %/month\", \"2.4 %/month\"]",
            "[\"1.2 %/month\", \"1.2 %/month\"]",
            "has no width",
        ),
        (
            "[\"1.2 %/month\", \"2.4 %/month\"]",
            "[\"0.1 %/month\", \"2.4 %/month\"]",
            "leaves its range",
        ),
        ("[\"back\"]", "[\"bakc\"]", "has no row `bakc`"),
        ("[\"back\"]", "[\"rest\"]", "its use is `report`"),
        (
            "plainia = [\"XC\"]",
            "left-out = [\"XC\"]",
            "no row that moves constants",
        ),
        ("coastia = [\"XB\"]", "coastia = [\"XC\"]", "twice"),
        ("coastia = [\"XB\"]", "coastia = []", "names no country"),
        (
            "coastia = [\"XB\"]",
            "rest = [\"XB\"]",
            "row `rest` moves no constants: its use is `report`",
        ),
        (
            "particles = 12",
            "particles = 5",
            "5 particles for 2 parameters",
        ),
        ("particles = 12", "particle = 12", "no key `particle`"),
        (
            "least_acceptance = 0",
            "least_acceptance = 2",
            "`least_acceptance`",
        ),
        ("[prior]", "[priors]", "samples nothing"),
        ("rows = {", "row = {", "take [constants] out"),
        ("particles = 12", "particles = 2", "write particles = 4"),
        (
            "{ plainia = [\"XC\"], coastia = [\"XB\"] }",
            "{}",
            "plan.toml:17:1\n",
        ),
        (
            "{ plainia = [\"XC\"], coastia = [\"XB\"] }",
            "{}",
            "[constants] names no rows",
        ),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert_ne!(text, PLAN, "{from}");
        desk.write("plan.toml", &text);
        let output = desk.output(&["calibrate", "plan.toml"]);
        assert_refused(&output, &[]);
        let message = stderr(&output);
        assert!(message.contains(words), "{to}: {message}");
        let has_cure = message.contains("= cure: ") || message.contains("= nearest: ");
        assert!(has_cure, "{to}: {message}");
        assert!(!desk.path("results").exists());
    }
    desk.write("plan.toml", PLAN);
    desk.write(
        "observed.csv",
        &OBSERVED.replace("18000,20000", "18000,18000"),
    );
    let output = desk.output(&["calibrate", "plan.toml", "--dry-run"]);
    assert_eq!(
        code(&output),
        0,
        "a row without width is not fitted: {}",
        stderr(&output)
    );
    desk.write(
        "plan.toml",
        &PLAN.replace("leave_out = [\"back\"]", "rows = [\"left\"]"),
    );
    assert_refused(
        &desk.output(&["calibrate", "plan.toml"]),
        &["row `left` cannot be fitted: its band has no width"],
    );
}

/// Constants are moved by shares among rows: of one row, or of none that is fitted, nothing would ever move.
#[test]
fn constants_that_nothing_would_move_are_refused() {
    let desk = desk();
    let both = "plainia = [\"XC\"], coastia = [\"XB\"]";
    let alone = "`plainia` is its only row that is fitted";
    for (left_out, rows, words) in [
        (
            "back",
            "plainia = [\"XC\"]",
            [alone, "name another row of use `fit`"],
        ),
        (
            "back",
            "plainia = [\"XC\", \"XB\"]",
            [alone, "name another row of use `fit`"],
        ),
        ("coastia", both, [alone, "take them out of leave_out"]),
        (
            "coastia\", \"plainia",
            both,
            ["none of its rows is fitted", "take them out of leave_out"],
        ),
    ] {
        let text = PLAN.replace("[\"back\"]", &format!("[\"{left_out}\"]"));
        let text = text.replace(both, rows);
        let line = text.lines().position(|line| line.starts_with("rows = {"));
        let line = format!("plan.toml:{}", line.unwrap() + 1);
        desk.write("plan.toml", &text);
        for command in ["calibrate", "check"] {
            let output = desk.output(&[command, "plan.toml"]);
            assert_eq!(code(&output), 2, "{left_out}: {}", stderr(&output));
            let said = format!("{}{}", stdout(&output), stderr(&output));
            for words in [
                &words[..],
                &["[constants] moves nothing", &line, "below [prior]"],
            ]
            .concat()
            {
                assert!(said.contains(words), "no {words:?} in: {said}");
            }
        }
    }
}

/// What is offered for a row that is misspelt is one that can move constants.
#[test]
fn rows_that_move_no_constants_are_not_offered() {
    let desk = desk();
    for (id, nearest) in [("rst", None), ("coast", Some("coastia"))] {
        desk.write("plan.toml", &PLAN.replace("coastia =", &format!("{id} =")));
        let output = desk.output(&["check", "plan.toml"]);
        assert_eq!(code(&output), 2, "{}", stderr(&output));
        let said = format!("{}{}", stdout(&output), stderr(&output));
        assert!(
            said.contains(&format!("`{id}` is no row that moves constants")),
            "{said}"
        );
        let offered = said
            .split_once("= nearest: ")
            .map(|(_, rest)| rest.lines().next().unwrap());
        assert_eq!(offered, nearest, "{said}");
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
fn the_posterior_goes_into_runs_and_comparisons() {
    let desk = desk();
    let (_, _) = undisturbed(&desk);
    let posterior = fs::read_to_string(desk.path("whole/posterior.csv")).unwrap();
    assert!(posterior.starts_with("# posterior of base "), "{posterior}");
    assert_eq!(posterior.lines().count(), 2 + 12);
    let draws = ["--draws-from", "whole/posterior.csv", "--scale", "300"];
    let with = |command: &[&str]| desk.output(&[command, &draws].concat());
    let run = with(&[
        "run",
        "base.toml",
        "--draws",
        "5",
        "--replicates",
        "2",
        "--out",
        "five",
    ]);
    assert_eq!(code(&run), 0, "{}", stderr(&run));
    let ten = "mean of 10 runs with 5 sets of parameters (lowest";
    assert!(
        stdout(&run).replace('\n', " ").contains(ten),
        "{}",
        stdout(&run)
    );
    let outcomes = fs::read_to_string(desk.path("five/outcomes.csv")).unwrap();
    let draw = |line: &str| line.split(',').nth(1).map(str::to_owned);
    let mut drawn: Vec<String> = outcomes.lines().skip(1).filter_map(draw).collect();
    drawn.dedup();
    assert_eq!(drawn, ["1", "2", "3", "4", "5"]);
    // `points` says with which values: those of the file.
    let points = fs::read_to_string(desk.path("five/points.csv")).unwrap();
    assert_eq!(points.lines().count(), 1 + 5 * 4, "{points}");
    let first: Vec<&str> = posterior.lines().nth(2).unwrap().split(',').collect();
    for cell in first {
        assert!(points.contains(cell), "{cell} in {points}");
    }
    let scored = desk.output(&["score", "base.toml", "--from", "five"]);
    assert_eq!(code(&scored), 0, "{}", stderr(&scored));
    assert!(
        stdout(&scored).contains("mean of 10 runs"),
        "{}",
        stdout(&scored)
    );
    let compared = with(&[
        "compare",
        "base.toml",
        "policy.toml",
        "--flips",
        "0",
        "--out",
        "pair",
    ]);
    assert_eq!(code(&compared), 0, "{}", stderr(&compared));
    let swept = desk.output(&["run", "base.toml", "--draws", "3"]);
    assert_eq!(code(&swept), 2, "draws of nothing");
    // A scenario that has nothing to do with it, and one that has changed.
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    desk.write("other.toml", &base);
    assert_refused(
        &with(&["run", "other.toml"]),
        &["posterior.csv:1", "the posterior of base"],
    );
    let changed = with(&[
        "run",
        "base.toml",
        "--draws",
        "2",
        "--set",
        "behaviour.choice.visa=1.2",
    ]);
    assert_eq!(code(&changed), 0, "{}", stderr(&changed));
    assert!(
        stderr(&changed).contains("has changed since"),
        "{}",
        stderr(&changed)
    );
    assert_refused(
        &with(&["run", "base.toml", "--draws", "13", "--out", "thirteen"]),
        &["has 12 sets"],
    );
}

/// Of every set that is kept, where it comes from, how near it is and what it weighs: those that the posterior and the
/// tables of values and rows are about.
#[test]
fn particles_are_those_of_the_posterior() {
    let desk = desk();
    undisturbed(&desk);
    let table = |name: &str| -> Vec<Vec<String>> {
        let text = fs::read_to_string(desk.path("whole").join(name)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        lines
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    };
    let particles = table("particles.csv");
    assert_eq!(particles.len(), 12);
    let number = |cell: &String| cell.parse::<f64>().unwrap();
    let tolerance = number(&table("generations.csv").last().unwrap()[5]);
    let mut weights = 0.0;
    for (place, row) in particles.iter().enumerate() {
        let [particle, generation, draw, distance, weight] = &row[..] else {
            panic!("{row:?}")
        };
        assert_eq!(number(particle), place as f64);
        assert!(number(generation) < 4.0, "{row:?}");
        // Draws are counted within their generation.
        let draw = number(draw) as usize;
        assert_eq!((draw >> 20) as f64, number(generation), "{row:?}");
        assert!(draw & 0xf_ffff < ATTEMPTS, "{row:?}");
        assert!((0.0..=tolerance).contains(&number(distance)), "{row:?}");
        weights += number(weight);
    }
    assert!((weights - 1.0).abs() < 1e-9, "{weights}");
    assert_eq!(table("posterior.csv").len(), 12);
}

#[test]
fn sweeps_draw_from_it_repetition_by_repetition() {
    let desk = desk();
    undisturbed(&desk);
    let plan = "scenarios = [\"base.toml\", \"policy.toml\"]\nscale = 300\nreplicates = 3\noutcomes = [\"left\"]\n\
                design = { kind = \"grid\" }\n[vary.\"behaviour.choice.visa\"]\nvalues = [0.5, 1.0]\n";
    desk.write("sweep.toml", plan);
    let sweep =
        |more: &[&str]| desk.output(&[&["sweep", "sweep.toml", "--format", "csv"], more].concat());
    let drawn = sweep(&[
        "--draws-from",
        "whole/posterior.csv",
        "--draws",
        "3",
        "--out",
        "drawn",
    ]);
    assert_eq!(code(&drawn), 0, "{}", stderr(&drawn));
    let plain = sweep(&["--out", "plain"]);
    assert_eq!(code(&plain), 0, "{}", stderr(&plain));
    let outcomes = |out: &str| fs::read_to_string(desk.path(out).join("outcomes.csv")).unwrap();
    assert_eq!(
        outcomes("drawn").lines().count(),
        outcomes("plain").lines().count()
    );
    assert_ne!(outcomes("drawn"), outcomes("plain"));
    // The same by the plan itself; and a run of one set alone has the numbers of its repetition.
    let by_plan = plan.replace(
        "replicates = 3",
        "replicates = 3\ndraws_from = \"whole/posterior.csv\"\ndraws = 3",
    );
    desk.write("sweep.toml", &by_plan);
    let named = sweep(&["--out", "named"]);
    assert_eq!(code(&named), 0, "{}", stderr(&named));
    assert_eq!(outcomes("named"), outcomes("drawn"));
    assert_eq!(
        stderr(&named).matches("warning").count(),
        0,
        "{}",
        stderr(&named)
    );
    // Sets that are not used, or not as often as others, are told of; so is a scenario that is another by now.
    desk.write(
        "sweep.toml",
        &by_plan.replace("replicates = 3", "replicates = 2"),
    );
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    desk.write("base.toml", &base.replacen("value = 0.0", "value = 0.1", 1));
    let checked = desk.output(&["check", "sweep.toml"]);
    let few = sweep(&["--out", "few"]);
    assert_eq!(code(&few), 0, "{}", stderr(&few));
    for said in [
        stderr(&few),
        &format!("{}{}", stdout(&checked), stderr(&checked)),
    ] {
        for part in [
            "only the first 2 of the 3 sets of parameters",
            "base has changed since the posterior",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    desk.write("base.toml", &base);
    let twice = by_plan
        .replace("choice.visa", "leaving.planner")
        .replace("[0.5, 1.0]", "[\"1 %\"]");
    desk.write("sweep.toml", &twice);
    assert_refused(
        &sweep(&["--out", "twice"]),
        &["varied by the plan and drawn from"],
    );
    let variant = "[vary.\"behaviour.choice.visa\"]\nvalues = [0.5, 1.0]";
    assert!(by_plan.contains(variant));
    let variants =
        "[vary.pace]\nvariants = { as-it-is = [], slow = [\"behaviour.leaving.planner=1 %\"] }";
    desk.write("sweep.toml", &by_plan.replace(variant, variants));
    assert_refused(
        &sweep(&["--out", "twice"]),
        &[
            "`behaviour.leaving.planner` is varied by the plan (by variants of `pace`) and drawn from",
        ],
    );
    desk.write("sweep.toml", &by_plan.replace("draws = 3", "draws = 30"));
    assert_refused(
        &sweep(&["--out", "many"]),
        &["has 12 sets of parameters, not 30"],
    );
    desk.write(
        "sweep.toml",
        &by_plan.replace("draws_from = \"whole/posterior.csv\"\n", ""),
    );
    assert_refused(&sweep(&["--out", "none"]), &["`draws` says how many"]);
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
        said.contains("going on: 60 attempts are finished"),
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
        text.contains("half of the prior of `behaviour.rents.short` is the one value"),
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
