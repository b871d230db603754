//! Every mistake in a scenario file is reported with its line, what was expected and a cure.
//!
//! Each file in `tests/bad_input` has a mistake; what is said about it is a snapshot. After a change
//! of messages: `INSTA_UPDATE=always cargo test --test bad_input`, then read the difference.

use exeunt::scenario::{Problems, Source, check, starter};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("tests/bad_input")
        .expect("the folder of bad files is part of the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    files
}

/// What is said about a file: its errors, or its warnings if it can be run.
fn said(path: &Path) -> Problems {
    match Source::load(path, &[]) {
        Ok(source) => source.warnings().clone(),
        Err(problems) => problems,
    }
}

fn stem(path: &Path) -> &str {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("")
}

#[test]
fn every_message_is_as_it_was() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/bad_input");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut changed = Vec::new();
    for path in files() {
        let said = said(&path).to_string();
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(stem(&path), said));
        }));
        if result.is_err() {
            changed.push(stem(&path).to_owned());
        }
    }
    assert!(changed.is_empty(), "messages changed: {changed:?}");
}

#[test]
fn every_problem_has_a_place_and_a_cure() {
    let files = files();
    assert!(files.len() >= 60, "only {} bad files", files.len());
    for path in files {
        let problems = said(&path);
        assert!(!problems.is_empty(), "{} passes", path.display());
        for problem in &problems {
            let place = problem.place.as_ref();
            assert!(
                place.is_some(),
                "{}: {problem:?} has no place",
                path.display()
            );
            assert!(
                problem.cure.is_some(),
                "{}: {problem:?} has no cure",
                path.display()
            );
        }
    }
}

#[test]
fn check_finds_the_same_problems_in_all_files_at_once() {
    let files = files();
    let together = check(&files, &[]).problems;
    for path in &files {
        let alone = check(std::slice::from_ref(path), &[]).problems;
        for problem in &alone {
            assert!(
                together.iter().any(|other| other == problem),
                "{}: {} is lost",
                path.display(),
                problem.title
            );
        }
    }
}

#[test]
fn overrides_go_through_the_same_checks() {
    let good = Path::new("tests/bad_input/base/good.toml");
    let sets = [
        "country.XB.wage=900",
        "country.XB.wagee=900 EUR/month",
        "country.XD.wage=900 EUR/month",
        "country.XB=7",
        "extends=[]",
        "no equals sign",
        "segment.people.male=130 %",
        "event.call-up.set.\"country.XB.channel.visa-free.opne\"=false",
        "behaviour.leaving.risk=nan",
    ];
    let mut text = String::new();
    for set in sets {
        let problems = Source::load(good, &[set.to_owned()])
            .err()
            .unwrap_or_default();
        assert!(!problems.is_empty(), "--set {set} passes");
        text.push_str(&format!("{problems}\n\n"));
    }
    insta::with_settings!({ snapshot_path => "snapshots/bad_input", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("overrides", text);
    });
}

#[test]
fn overrides_that_are_right_are_applied() {
    let good = Path::new("tests/bad_input/base/good.toml");
    let sets = [
        "segment.people.size=5000",
        "country.XB.wage=950 EUR/month",
        "country.XB.name=\"Next door\"",
        "country.abroad.unemployment=\"7 %\"",
        "event.call-up.date=2025-09-10",
    ]
    .map(str::to_owned);
    let source = Source::load(good, &sets).unwrap_or_else(|problems| panic!("{problems}"));
    let scenario = source.scenario();
    assert_eq!(scenario.segments[0].size, 5000);
    assert_eq!(scenario.countries[1].wage.per_month(), 950.0);
    assert_eq!(scenario.countries[1].name, "Next door");
    assert_eq!(scenario.countries[1].unemployment, 0.07);
    assert_eq!(scenario.countries[2].unemployment, 0.07);
    assert_eq!(scenario.events[0].date.to_string(), "2025-09-10");
}

/// Detentions are measured against the first day of the reference as it is, events of that day included.
#[test]
fn repression_may_begin_by_an_event_of_the_first_day() {
    let rises = Path::new("tests/bad_input/repression-from-nothing.toml");
    for (date, is_right) in [("2025-01-01", true), ("2025-01-02", false)] {
        let read = Source::load(rises, &[format!("event.crackdown.date={date}")]);
        assert_eq!(read.is_ok(), is_right, "{date}: {:?}", read.err());
    }
}

/// Texts that are meant to hang or crash a reader.
#[test]
fn hostile_texts_are_refused_in_a_moment() {
    let nested_tables = format!("[{}]\n", "a.".repeat(50_000) + "a");
    let nested_inline = "a = { ".repeat(50_000);
    let many_keys: String = (0..20_000).map(|key| format!("key{key} = 1\n")).collect();
    let texts = [
        "[".repeat(1_000_000),
        "a = ".to_owned() + &"[".repeat(1_000_000),
        nested_tables,
        nested_inline,
        many_keys,
        format!("name = \"{}\"", "x".repeat(3_000_000)),
        format!("{} = 1", "k".repeat(3_000_000)),
        "a = 1\n".repeat(50_000),
        "\u{0}\u{1}\u{2}".to_owned(),
        "\u{feff}title = 1".to_owned(),
        "=".repeat(100_000),
        "size = 1e999999999\n[segment.a]\nsize = \"1e999999999 persons\"".to_owned(),
        "[time]\nstart = 0000-01-01\nend = 9999-12-31\nstep = \"1 day\"".to_owned(),
        "[time]\nstart = 1900-01-01\nend = 2200-12-31\nstep = \"4294967295 weeks\"".to_owned(),
        "\"\\u0000\" = 1\n\"a\nb\" = 2".to_owned(),
        "[country.\"\u{202e}AB\"]\nname = \"\\u001b[31m\"".to_owned(),
    ];
    for text in texts {
        let begin = Instant::now();
        let problems = Source::parse("hostile", &text).err().unwrap_or_default();
        let shown = problems.to_string();
        assert!(!shown.is_empty());
        let spent = begin.elapsed();
        let start: String = text.chars().take(30).collect();
        assert!(spent < Duration::from_secs(20), "{start}: {spent:?}");
    }
}

#[test]
fn what_is_no_scenario_file_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let huge = folder.path().join("huge.toml");
    let file = std::fs::File::create(&huge).expect("a file can be made");
    file.set_len(100_000_000).expect("a file can grow");
    let binary = folder.path().join("binary.toml");
    std::fs::write(&binary, [0x61, 0x0a, 0xff, 0xfe]).expect("a file can be written");
    for (path, expected) in [
        (huge.as_path(), "larger than"),
        (&binary, "line 2 is not UTF-8"),
        (folder.path(), "not a file"),
        (&folder.path().join("none.toml"), "cannot read"),
    ] {
        let problems = Source::load(path, &[]).err().unwrap_or_default();
        assert!(problems.to_string().contains(expected), "{problems}");
    }
    // A chain of files, each extending the one before, ends in an error and not in a crash.
    for link in 0..100 {
        let text = format!("extends = [\"{}.toml\", \"{}.toml\"]", link + 1, link + 1);
        std::fs::write(folder.path().join(format!("{link}.toml")), text).expect("written");
    }
    let problems = Source::load(&folder.path().join("0.toml"), &[])
        .err()
        .unwrap_or_default();
    assert!(problems.to_string().contains("deeper than"), "{problems}");
}

/// Things that are put into a good file in place of something else.
const SPLINTERS: [&str; 24] = [
    "",
    "\"",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "#",
    "\n",
    "-",
    "0",
    "1e400",
    "nan",
    "true",
    "2025-02-30",
    "\"\"",
    "[]",
    "{}",
    "\u{e9}",
    "\u{0}",
    "drop = [\"country\"]\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to a good file, reading it ends in a scenario or in problems that can be shown.
    #[test]
    fn no_spoiled_file_makes_reading_panic(
        wounds in prop::collection::vec((0.0_f64..1.0, 0_usize..30, 0..SPLINTERS.len()), 1..6)
    ) {
        // (The policy says again what the scenario says.)
        let files = starter().into_iter().filter(|(name, _)| *name != "policy.toml");
        let mut text: Vec<char> = files.flat_map(|(_, text)| text.chars()).collect();
        for (at, length, splinter) in wounds {
            let at = (at * text.len() as f64) as usize;
            let end = (at + length).min(text.len());
            text.splice(at..end, SPLINTERS[splinter].chars());
        }
        let text: String = text.into_iter().collect();
        let text = text.replace("extends = [\"behaviour.toml\"]", "");
        let text = text.replace("reference = \"scenario.toml\"", "");
        match Source::parse("spoiled", &text) {
            Ok(source) => {
                let back = Source::parse("resolved", &source.resolved_toml(None));
                prop_assert!(back.is_ok(), "{}", back.err().unwrap_or_default());
            }
            Err(problems) => prop_assert!(!problems.to_string().is_empty()),
        }
    }
}
