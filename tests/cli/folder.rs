//! Where results go, and what is never written over.

use super::desk::{Desk, EXAMPLE, assert_refused, code, names, shipped, stderr, stdout};
use std::fs;

pub const FILES: [&str; 9] = [
    "countries.csv",
    "flows.csv",
    "homes.csv",
    "manifest.json",
    "outcomes.csv",
    "queues.csv",
    "run.json",
    "scenario.toml",
    "stays.csv",
];

#[test]
fn a_run_leaves_a_whole_folder_and_nothing_else() {
    let desk = Desk::new();
    let output = desk.run(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(desk.names(), ["results"]);
    assert_eq!(names(&desk.path("results")), ["border-closes"]);
    assert_eq!(names(&desk.path("results/border-closes")), FILES);
    assert!(stdout(&output).contains("Plainia"), "{}", stdout(&output));
    // It has no page; what has one is said with the commands that make it.
    assert_refused(
        &desk.output(&["report", "results/border-closes"]),
        &[
            "exeunt compare BASE",
            "exeunt analyse SWEEP",
            "exeunt calibrate PLAN",
        ],
    );
}

#[test]
fn results_are_not_overwritten() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--out", "here"])), 0);
    let before = fs::read(desk.path("here/manifest.json")).unwrap();
    let again = ["--out", "here", "--seed", "2"];
    assert_refused(&desk.run(&again), &["`here`", "--force", "--out"]);
    // A dry run writes nothing, and says what the run would take.
    assert_eq!(code(&desk.run(&[&again[..], &["--dry-run"]].concat())), 0);
    assert_eq!(fs::read(desk.path("here/manifest.json")).unwrap(), before);
    assert_eq!(
        code(&desk.run(&["--out", "here", "--seed", "2", "--force"])),
        0
    );
    assert_ne!(fs::read(desk.path("here/manifest.json")).unwrap(), before);
    assert_eq!(desk.names(), ["here"]);
}

#[test]
fn force_replaces_nothing_but_results() {
    let desk = Desk::new();
    fs::create_dir(desk.path("thesis")).unwrap();
    fs::write(desk.path("thesis/chapter-1.md"), "It was").unwrap();
    assert_refused(
        &desk.run(&["--out", "thesis", "--force"]),
        &["`thesis`", "manifest.json"],
    );
    assert_eq!(names(&desk.path("thesis")), ["chapter-1.md"]);
}

#[test]
fn a_place_that_cannot_hold_results_is_refused_at_once() {
    let desk = Desk::new();
    fs::write(desk.path("file"), "").unwrap();
    assert_refused(
        &desk.run(&["--out", "file/results"]),
        &["`file` is a file", "--out"],
    );
    assert_refused(
        &desk.run(&["--out", "file/a/b", "--force"]),
        &["`file` is a file"],
    );
    assert_refused(&desk.run(&["--out", ".."]), &["names no folder"]);
    let long = "x".repeat(300);
    assert_refused(
        &desk.run(&["--out", &long]),
        &["cannot be written", "--out"],
    );
    assert_eq!(desk.names(), ["file"]);
}

/// The kernel's own file system has no room at all.
#[cfg(target_os = "linux")]
#[test]
fn too_little_room_is_refused_at_once() {
    let desk = Desk::new();
    let output = desk.run(&["--out", "/proc/results"]);
    assert_refused(
        &output,
        &[
            "the results may take",
            "`/proc` has only 0 bytes free",
            "--out",
        ],
    );
    assert_eq!(desk.names(), [""; 0]);
}

#[test]
fn a_name_that_spreadsheets_would_run_is_refused() {
    let desk = Desk::new();
    let include = shipped(EXAMPLE).display().to_string().replace('\\', "/");
    fs::write(desk.path("=cmd.toml"), format!("extends = [{include:?}]\n")).unwrap();
    let output = desk.output(&["run", "=cmd.toml", "--scale", "1000"]);
    assert_eq!(code(&output), 2, "{}", stdout(&output));
    assert_eq!(desk.names(), ["=cmd.toml"]);
    // Who checks the file first is told so.
    let checked = desk.output(&["check", "=cmd.toml"]);
    assert_eq!(code(&checked), 0, "{}", stderr(&checked));
    let said = stderr(&checked);
    assert!(
        said.contains("warning: the scenario `-cmd` begins"),
        "{said}"
    );
}

/// A name that cannot be one is refused where it stands, with how long one may be in letters and in bytes.
#[test]
fn a_name_that_cannot_be_one_is_refused_at_its_line() {
    let desk = Desk::with_pair();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    for name in ["-x", "ab/c", &"𐐀".repeat(60), &"a".repeat(65)] {
        desk.write("named.toml", &format!("name = '{name}'\n{base}"));
        let output = desk.output(&["check", "named.toml"]);
        assert_eq!(code(&output), 2, "{name}: {}", stderr(&output));
        for words in [
            "--> named.toml:1:8",
            "not beginning with a hyphen or point: at most 64, and at most 192 bytes",
        ] {
            assert!(
                stderr(&output).contains(words),
                "no {words:?} in: {}",
                stderr(&output)
            );
        }
    }
}

/// Two words of Thai that a mark of tone tells apart, each a file of its own.
#[test]
fn words_that_their_marks_tell_apart_are_names_of_two_scenarios() {
    let desk = Desk::with_pair();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    for file in ["ไม่.toml", "ไม้.toml"] {
        desk.write(file, &base);
    }
    let pair = [
        "compare",
        "ไม่.toml",
        "ไม้.toml",
        "--scale",
        "3000",
        "--dry-run",
    ];
    let output = desk.output(&pair);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

/// A file may be called in any alphabet: its results lie under its name, and what reads them finds them there. What
/// parts names, or no system takes, becomes a hyphen.
#[test]
fn a_scenario_is_called_by_its_file_in_any_alphabet() {
    let desk = Desk::with_pair();
    let base = fs::read_to_string(desk.path("base.toml")).unwrap();
    for (file, name) in [
        ("россия-2022.toml", "россия-2022"),
        ("日本 案.toml", "日本-案"),
        ("हिन्दी.toml", "हिन्दी"),
        // (Accents apart from their letters, as some systems write names.)
        ("cafe\u{301} (2).toml", "cafe\u{301}--2-"),
    ] {
        desk.write(file, &base);
        let done = |arguments: &[&str]| {
            let output = desk.output(arguments);
            assert_eq!(code(&output), 0, "{arguments:?}: {}", stderr(&output));
            stdout(&output).to_owned()
        };
        let results = format!("results/{name}");
        let said = done(&["run", file, "--scale", "3000"]);
        assert!(said.contains(&format!("Results in {results}")), "{said}");
        let resolved = desk.path(&results).join("scenario.toml");
        let again = [
            "run",
            resolved.to_str().unwrap(),
            "--scale",
            "3000",
            "--out",
            "again",
        ];
        done(&again);
        let outcomes = |folder: &str| fs::read(desk.path(folder).join("outcomes.csv")).unwrap();
        assert!(outcomes("again") == outcomes(&results));
        let manifest = fs::read_to_string(desk.path("again/manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        assert_eq!(manifest["scenario"], name);
        let policy = format!("extends = ['{file}']\n[event.coastia-closes]\ndate = 2031-01-01\n");
        desk.write("policy.toml", &policy);
        let pair = ["compare", file, "policy.toml", "--scale", "3000"];
        let few = ["--draws", "2", "--replicates", "1", "--flips", "0"];
        done(&[&pair[..], &few, &["--format", "csv,parquet"]].concat());
        done(&["report", &format!("{results}-compared")]);
        let plan = "scale = 3000\noutcomes = [\"left\"]\ndesign = { kind = \"sobol\", points = 4 }\n\
                    [vary.\"behaviour.choice.lambda\"]\n";
        let stem = file.trim_end_matches(".toml");
        let swept = format!("план {stem}");
        desk.write(
            &format!("{swept}.toml"),
            &format!("scenarios = ['{file}']\n{plan}"),
        );
        done(&["sweep", &format!("{swept}.toml")]);
        done(&["merge", &format!("results/{swept}")]);
        done(&["analyse", &format!("results/{swept}")]);
        fs::remove_dir_all(desk.path("again")).unwrap();
    }
    // With what goes before and behind it the name is one that a system takes.
    let long = "案".repeat(80);
    desk.write(&format!("{long}.toml"), &base);
    let output = desk.output(&["run", &format!("{long}.toml"), "--scale", "3000"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(desk.path(&format!("results/{}", "案".repeat(64))).is_dir());
}
