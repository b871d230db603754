//! Tables in every format: Parquet says what the CSV says, cell by cell, in the same bytes for the
//! same run, and a disk that takes no more leaves nothing behind.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// The shipped example in which every table has rows.
fn scenario() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/examples/queue.toml")
}

/// Runs two replicates of it far below full scale, in a folder, with more arguments.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("exeunt").unwrap();
    command.current_dir(folder).arg("run").arg(scenario());
    command.args(["--scale", "30", "--replicates", "2", "--quiet"]);
    command.args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The command that a disk fails, or rather a limit on the length of files, which acts like it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing() {
    let here = tempfile::tempdir().unwrap();
    let formats = match cfg!(feature = "parquet") {
        true => &["csv", "parquet", "csv,parquet"][..],
        false => &["csv"],
    };
    let program = Command::cargo_bin("exeunt").unwrap();
    for format in formats {
        let output = Command::new("sh")
            .current_dir(here.path())
            .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
            .arg(program.get_program())
            .arg("run")
            .arg(scenario())
            .args(["--scale", "30", "--format", format])
            .output()
            .unwrap();
        let message = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{format}: {message}");
        assert!(message.contains("could not be written"), "{message}");
        assert!(message.contains("no results are kept"), "{message}");
        // The folder above is made before anything is computed.
        let left: Vec<_> = fs::read_dir(here.path().join("results")).unwrap().collect();
        assert!(left.is_empty(), "{format}: {left:?}");
    }
}

/// A sweep can have millions of rows; a run is looked at.
#[test]
fn a_sweep_is_parquet_where_that_can_be_written_and_a_run_is_csv() {
    let here = tempfile::tempdir().unwrap();
    let plan = format!(
        "scenarios = [{:?}]\nscale = 300\noutcomes = [\"left\"]\ndesign = {{ kind = \"sobol\", points = 2 }}\n\
         [vary.\"behaviour.choice.lambda\"]\n",
        scenario().display().to_string().replace('\\', "/")
    );
    fs::write(here.path().join("plan.toml"), plan).unwrap();
    let mut command = Command::cargo_bin("exeunt").unwrap();
    command.current_dir(here.path());
    command.args(["sweep", "plan.toml", "--out", "swept", "--quiet"]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(run(here.path(), &["--out", "run"]).status.success());
    let has = |folder: &str, ending: &str| {
        let name = format!("{folder}/outcomes.{ending}");
        here.path().join(name).exists()
    };
    let parquet = cfg!(feature = "parquet");
    assert_eq!(
        [has("swept", "parquet"), has("swept", "csv")],
        [parquet, !parquet]
    );
    assert_eq!([has("run", "parquet"), has("run", "csv")], [false, true]);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_refuses_it() {
    let here = tempfile::tempdir().unwrap();
    let output = run(here.path(), &["--format", "csv,parquet"]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    for words in [
        "cannot write Parquet",
        "--features parquet",
        "leave --format out",
    ] {
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(fs::read_dir(here.path()).unwrap().count(), 0);
}

/// Tables that another build has written: the manifest lists them, and no CSV is there.
#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_why_it_cannot_score_it() {
    let here = tempfile::tempdir().unwrap();
    assert!(run(here.path(), &["--out", "results"]).status.success());
    let manifest = here.path().join("results/manifest.json");
    let listed = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, listed.replace(".csv", ".parquet")).unwrap();
    let heading = exeunt::analyse::OBSERVED_COLUMNS.join(",");
    let row = "A,abroad,,1,2,persons,2032-12-31,report,last(homes.abroad),,,s";
    fs::write(
        here.path().join("observed.csv"),
        format!("{heading}\n{row}\n"),
    )
    .unwrap();
    let mut command = Command::cargo_bin("exeunt").unwrap();
    command
        .current_dir(here.path())
        .arg("score")
        .arg(scenario());
    command.args(["--observed", "observed.csv", "--from", "results"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    for words in ["homes.parquet", "cannot read Parquet", "--format csv"] {
        assert!(message.contains(words), "{message}");
    }
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use super::*;
    use exeunt::measure::schema::TABLES;
    use exeunt::store::{Format, Formats, estimate_bytes, of_file};
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    /// What a cell of CSV would say.
    fn text(field: &Field) -> String {
        let epoch = jiff::civil::date(1970, 1, 1);
        match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Date(days) => (epoch + jiff::Span::new().days(*days)).to_string(),
            Field::Long(whole) => whole.to_string(),
            Field::Double(number) => number.to_string(),
            other => panic!("{other:?} is in no table"),
        }
    }

    fn done(folder: &Path, arguments: &[&str]) {
        let output = run(folder, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }

    #[test]
    fn every_cell_is_that_of_the_csv() {
        let here = tempfile::tempdir().unwrap();
        done(here.path(), &["--format", "csv,parquet", "--out", "both"]);
        for table in TABLES {
            let path = |format: &str| here.path().join(format!("both/{}.{format}", table.name));
            let mut csv = csv::Reader::from_path(path("csv")).unwrap();
            let file = fs::File::open(path("parquet")).unwrap();
            let parquet = SerializedFileReader::new(file).unwrap();
            let heading = csv.headers().unwrap().clone();
            let mut rows = parquet.get_row_iter(None).unwrap();
            let mut count = 0;
            for record in csv.records() {
                let (record, row) = (record.unwrap(), rows.next().unwrap().unwrap());
                let (names, cells): (Vec<_>, Vec<_>) = row
                    .get_column_iter()
                    .map(|(name, field)| (name.as_str(), text(field)))
                    .unzip();
                assert!(heading.iter().eq(names), "{}", table.name);
                assert!(
                    record.iter().eq(&cells),
                    "{}: {record:?} {cells:?}",
                    table.name
                );
                count += 1;
            }
            assert!(rows.next().is_none(), "{} has more rows", table.name);
            assert!(count > 20, "{} has {count} rows", table.name);
        }
    }

    #[test]
    fn the_same_run_gives_the_same_bytes() {
        let here = tempfile::tempdir().unwrap();
        done(
            here.path(),
            &["--format", "parquet", "--out", "one", "--threads", "1"],
        );
        done(
            here.path(),
            &[
                "--format",
                "parquet,csv",
                "--out",
                "deep/two",
                "--threads",
                "3",
            ],
        );
        for table in TABLES {
            let name = format!("{}.parquet", table.name);
            let read = |folder: &str| fs::read(here.path().join(folder).join(&name)).unwrap();
            assert!(read("one") == read("deep/two"), "{name} differs");
        }
        let csv = here.path().join("one/homes.csv");
        assert!(!csv.exists(), "CSV was not asked for");
    }

    #[test]
    fn the_manifest_has_every_file_in_every_format() {
        let here = tempfile::tempdir().unwrap();
        done(here.path(), &["--format", "csv,parquet", "--out", "both"]);
        let folder = here.path().join("both");
        let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        let files = manifest["files"].as_object().unwrap();
        for table in TABLES {
            let record = |format: &str| &files[&format!("{}.{format}", table.name)];
            assert_eq!(record("csv")["rows"], record("parquet")["rows"]);
        }
        for (name, record) in files {
            let digest = of_file(&folder.join(name)).unwrap();
            assert_eq!(record["sha256"], digest, "{name}");
        }
        assert_eq!(files.len(), 2 * TABLES.len() + 1);
    }

    #[test]
    fn the_estimate_of_room_covers_the_formats_asked_for() {
        let here = tempfile::tempdir().unwrap();
        let scenario = exeunt::Scenario::load(scenario()).unwrap();
        let mut estimates = Vec::new();
        for (names, formats) in [
            ("csv", vec![Format::Csv]),
            ("parquet", vec![Format::Parquet]),
            ("csv,parquet", vec![Format::Csv, Format::Parquet]),
        ] {
            done(here.path(), &["--format", names, "--out", names]);
            let files = fs::read_dir(here.path().join(names)).unwrap();
            let bytes: u64 = files.map(|f| f.unwrap().metadata().unwrap().len()).sum();
            // Without what is set aside for other things than rows, which is far more.
            let formats = Formats::new(formats).unwrap();
            let [all, fixed] = [2, 0].map(|runs| estimate_bytes(&scenario, runs, &formats));
            let estimate = all - fixed;
            assert!(bytes <= estimate, "{names}: {bytes} of {estimate}");
            estimates.push(estimate);
        }
        assert!(
            estimates[2] > estimates[0].max(estimates[1]),
            "{estimates:?}"
        );
    }
}
