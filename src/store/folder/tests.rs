//! Folders: what is refused, what is replaced, what is left behind.

use crate::measure::schema::TABLES;
use crate::store::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn texts(scenario: &str) -> [(String, String); 1] {
    [(SCENARIO.to_owned(), scenario.to_owned())]
}

fn manifest() -> Manifest {
    Manifest {
        exeunt: "0".into(),
        format: FORMAT,
        stream_version: 1,
        scenario: "s".into(),
        compared: Vec::new(),
        scenario_sha256: String::new(),
        seed: 1,
        scale: 1,
        draws: 1,
        replicates: 1,
        replicates_finished: vec![0],
        runs_finished: Vec::new(),
        files: BTreeMap::new(),
    }
}

fn run_record() -> RunRecord {
    RunRecord {
        host: "here".into(),
        platform: "any".into(),
        threads: 1,
        started: "2022-02-01T00:00:00Z".into(),
        seconds: 0.5,
        command: vec!["exeunt".into()],
        failures: Vec::new(),
    }
}

fn write(path: &Path, replace: bool, scenario: &str) -> Result<(), StoreError> {
    let folder = Folder::create(Destination::check(path, replace)?)?;
    let tables = Tables::create_these(folder.path(), TABLES, &Formats::default())?.close()?;
    folder
        .finish(&texts(scenario), manifest(), tables, &run_record())
        .map(drop)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_finished_folder_is_whole_and_alone() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("results/run");
    write(&path, false, "name = 's'\n").unwrap();
    assert_eq!(names(&here.path().join("results")), ["run"]);
    assert_eq!(
        names(&path),
        [
            "countries.csv",
            "flows.csv",
            "homes.csv",
            "manifest.json",
            "outcomes.csv",
            "queues.csv",
            "run.json",
            "scenario.toml",
            "stays.csv"
        ]
    );
    let text = fs::read_to_string(path.join("manifest.json")).unwrap();
    let manifest: Manifest = serde_json::from_str(&text).unwrap();
    for (name, record) in &manifest.files {
        assert_eq!(record.sha256, of_file(&path.join(name)).unwrap(), "{name}");
    }
    assert_eq!(manifest.files.len(), 7);
    assert_eq!(manifest.scenario_sha256, of_text("name = 's'\n"));
}

#[test]
fn an_unfinished_folder_goes_away() {
    let here = tempfile::tempdir().unwrap();
    let folder =
        Folder::create(Destination::check(&here.path().join("run"), false).unwrap()).unwrap();
    let _tables = Tables::create_these(folder.path(), TABLES, &Formats::default()).unwrap();
    assert_eq!(names(here.path()).len(), 1);
    drop(folder);
    assert!(names(here.path()).is_empty());
}

#[test]
fn results_are_replaced_only_on_demand_and_nothing_else_ever() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("run");
    write(&path, false, "a = 1\n").unwrap();
    let refused = write(&path, false, "a = 2\n").unwrap_err().to_string();
    assert!(refused.contains("--force"), "{refused}");
    write(&path, true, "a = 2\n").unwrap();
    assert_eq!(
        fs::read_to_string(path.join("scenario.toml")).unwrap(),
        "a = 2\n"
    );
    assert_eq!(names(here.path()), ["run"]);

    let other = here.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("manifest.json"), "{}").unwrap();
    assert!(matches!(
        write(&other, true, ""),
        Err(StoreError::NotOurs { .. })
    ));
    assert!(matches!(
        write(&other, false, ""),
        Err(StoreError::Exists {
            replaceable: false,
            ..
        })
    ));
    assert_eq!(names(&other), ["manifest.json"]);
}

/// Notes beside the tables, or a scenario kept there, are somebody's work.
#[test]
fn a_results_folder_with_more_in_it_is_not_replaced() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("run");
    write(&path, false, "a = 1\n").unwrap();
    fs::write(path.join("notes.md"), "mine").unwrap();
    match write(&path, true, "a = 2\n") {
        Err(StoreError::HoldsMore { names, .. }) => assert_eq!(names, ["notes.md"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read_to_string(path.join("notes.md")).unwrap(), "mine");
    assert_eq!(names(here.path()), ["run"]);
}

#[test]
fn a_path_through_a_file_or_without_a_name_is_refused() {
    let here = tempfile::tempdir().unwrap();
    let file = here.path().join("file");
    fs::write(&file, "").unwrap();
    for below in ["run", "a/run"] {
        let error = Destination::check(&file.join(below), true).unwrap_err();
        assert!(matches!(error, StoreError::BelowFile { .. }), "{error}");
    }
    assert!(matches!(
        Destination::check(&file, true),
        Err(StoreError::NotOurs { .. })
    ));
    assert!(matches!(
        Destination::check(Path::new(".."), false),
        Err(StoreError::NoName { .. })
    ));
    assert!(matches!(
        Destination::check(Path::new(""), false),
        Err(StoreError::NoName { .. })
    ));
}

#[cfg(unix)]
#[test]
fn a_link_is_neither_followed_nor_replaced() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("run");
    write(&path, false, "a = 1\n").unwrap();
    let link = here.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert!(matches!(
        write(&link, true, ""),
        Err(StoreError::NotOurs { .. })
    ));
    assert_eq!(names(here.path()), ["link", "run"]);
}

#[test]
fn what_is_put_there_meanwhile_is_spared_and_the_results_kept() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("run");
    let folder = Folder::create(Destination::check(&path, false).unwrap()).unwrap();
    let tables = Tables::create_these(folder.path(), TABLES, &Formats::default())
        .unwrap()
        .close()
        .unwrap();
    fs::write(&path, "mine").unwrap();
    let error = folder
        .finish(&texts(""), manifest(), tables, &run_record())
        .unwrap_err();
    let StoreError::Rename { kept, .. } = error else {
        panic!("{error}")
    };
    assert!(kept.join("manifest.json").exists());
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
}

/// Results that were put there while others were made stay there, unless results were to be replaced; and those of an
/// interrupted command go beside what is there in any case.
#[test]
fn what_came_meanwhile_and_what_is_whole_stays() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("results");
    let finish = |folder: Folder, scenario: &str| {
        let tables = Tables::create_these(folder.path(), TABLES, &Formats::default()).unwrap();
        let tables = tables.close().unwrap();
        folder.finish(&texts(scenario), manifest(), tables, &run_record())
    };
    let says = |path: &Path| fs::read_to_string(path.join(SCENARIO)).unwrap();
    // (Two commands are two processes: what is unfinished of one is not in the way of the other.)
    let elsewhere = here.path().join("elsewhere");
    write(&elsewhere, false, "first").unwrap();
    let slow = Folder::create(Destination::check(&path, false).unwrap()).unwrap();
    fs::rename(&elsewhere, &path).unwrap();
    let refused = finish(slow, "slow").unwrap_err().to_string();
    assert!(
        refused.contains("other results were put there meanwhile"),
        "{refused}"
    );
    assert_eq!(says(&path), "first");
    // What the slow one made is kept beside it; its process would have ended by now.
    let kept = format!(".results.unfinished-{}", std::process::id());
    assert_eq!(says(&here.path().join(&kept)), "slow");
    fs::remove_dir_all(here.path().join(kept)).unwrap();
    for place in ["results-interrupted", "results-interrupted-2"] {
        let mut part = Folder::create(Destination::check(&path, true).unwrap()).unwrap();
        part.spare_what_is_there();
        let spared = finish(part, "part").unwrap();
        assert_eq!(spared, here.path().join(place));
        assert_eq!(
            (says(&path).as_str(), says(&spared).as_str()),
            ("first", "part")
        );
    }
    // Where nothing is it goes to its own place.
    let other = here.path().join("other");
    let mut part = Folder::create(Destination::check(&other, false).unwrap()).unwrap();
    part.spare_what_is_there();
    assert_eq!(finish(part, "part").unwrap(), other);
}
