//! What is asked for beyond what there is, files that are not as they were written, and output that nobody can take.

use super::case::PAIR;
use super::desk::{Desk, assert_refused, code, stderr, stdout};
use std::fs;

/// A plan of so few runs that shards can be more.
const PLAN: &str = r#"
scenarios = ["base.toml"]
scale = 300
design = { kind = "sobol", points = 2 }

[vary."behaviour.choice.lambda"]
"#;

#[test]
fn more_than_there_can_be_is_refused_at_once() {
    let desk = Desk::with_pair();
    let draws = [&PAIR[..], &["--draws", "4294967295", "--dry-run"]].concat();
    assert_refused(
        &desk.output(&draws),
        &["at most 65536 sets of parameters", "exeunt sweep PLAN"],
    );
}

#[test]
fn a_job_is_not_written_with_names_that_would_break_it() {
    let desk = Desk::with_pair();
    desk.write("plan of mine.toml", PLAN);
    let submit = |out: &str| {
        let plan = [
            "submit",
            "slurm",
            "plan of mine.toml",
            "--shards",
            "2",
            "--time",
            "01:00:00",
        ];
        desk.output(&[&plan[..], &["--out", out]].concat())
    };
    assert_refused(&submit("a\nJOB"), &["cannot stand in a job"]);
    // A slash at the end of the folder, as completion of names leaves it, does not put the log into the folder.
    let job = submit("results/mine/");
    // A shard with a failed run ends with 1: the merge comes all the same.
    assert!(stdout(&job).contains("--dependency=\"afterany:$array\""));
    assert!(
        stdout(&job).contains("mkdir -p 'results/mine-log'\n"),
        "{}",
        stdout(&job)
    );
    let job = submit("results");
    assert_eq!(code(&job), 0, "{}", stderr(&job));
    let job = String::from_utf8(job.stdout).unwrap();
    assert!(job.contains("#SBATCH --job-name=plan-of-mine\n"), "{job}");
}

/// What is no sweep is not merged, and what is there is not begun anew; each says what to type to this very command.
#[test]
fn folders_of_something_else_are_refused_with_a_cure_that_can_be_typed() {
    let desk = Desk::with_pair();
    for other in [".", "nowhere", "base.toml"] {
        let merged = desk.output(&["merge", other]);
        assert_refused(
            &merged,
            &["is not a sweep", "the folder that exeunt sweep wrote"],
        );
        assert!(!stderr(&merged).contains("--out"), "{}", stderr(&merged));
    }
    for there in [".", "base.toml", "my case"] {
        std::fs::create_dir_all(desk.path("my case/something")).unwrap();
        let begun = desk.output(&["new", there]);
        assert_refused(&begun, &["exeunt new my-case"]);
        assert!(!stderr(&begun).contains("--"), "{}", stderr(&begun));
    }
    // The cure is a command that works, whatever is there.
    std::fs::create_dir_all(desk.path("my-case/something")).unwrap();
    let again = desk.output(&["new", "my-case"]);
    assert_refused(&again, &["exeunt new my-case-2\n"]);
    let begun = desk.output(&["new", "my-case-2"]);
    assert_eq!(code(&begun), 0, "{}", stderr(&begun));
    let begun = desk.output(&["new", "another case"]);
    assert_eq!(code(&begun), 0, "{}", stderr(&begun));
    let said = String::from_utf8(begun.stdout).unwrap();
    assert!(
        said.contains("exeunt check 'another case/scenario.toml'\n"),
        "{said}"
    );
}

/// A number that somebody has changed is not drawn.
#[test]
fn a_table_that_was_changed_is_refused() {
    let desk = Desk::with_pair();
    let draws = [
        "--draws",
        "2",
        "--replicates",
        "1",
        "--flips",
        "0",
        "--out",
        "compared",
    ];
    let compared = desk.output(&[&PAIR[..], &draws].concat());
    assert_eq!(code(&compared), 0, "{}", stderr(&compared));
    for name in ["comparison.csv", "comparison.json"] {
        let path = desk.path("compared").join(name);
        let text = fs::read_to_string(&path).unwrap();
        let changed = text.replacen("base", "best", 1);
        assert_ne!(text, changed);
        fs::write(&path, changed).unwrap();
        let report = desk.output(&["report", "compared"]);
        assert_ne!(code(&report), 0, "{name}");
        let said = stderr(&report);
        assert!(said.contains(name), "{said}");
        fs::write(&path, text).unwrap();
    }
    let digits = desk.path("compared/comparison.csv");
    let text = fs::read_to_string(&digits).unwrap();
    let last = text
        .trim_end()
        .rfind(|letter: char| letter.is_ascii_digit() && letter != '9');
    let mut changed = text.clone();
    let place = last.unwrap();
    changed.replace_range(place..=place, "9");
    fs::write(&digits, changed).unwrap();
    let report = desk.output(&["report", "compared"]);
    assert_refused(&report, &["its digest is not the one in manifest.json"]);
    fs::write(&digits, text).unwrap();
    assert_eq!(code(&desk.output(&["report", "compared"])), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_is_not_written_is_no_success() {
    let desk = Desk::with_pair();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let shown = std::process::Command::new(assert_cmd::cargo::cargo_bin("exeunt"))
        .current_dir(desk.folder.path())
        .args(["check", "base.toml"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(code(&shown), 1);
    assert!(stderr(&shown).contains("standard output could not be written"));
}
