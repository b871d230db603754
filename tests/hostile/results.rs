//! Folders that are read back: those of sweeps, their shards and analyses, and comparisons.

use super::case::{Case, Ends, made, refused};
use exeunt::store::of_file;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Puts the folders of a finished sweep, its analysis and a comparison onto the desk.
fn lay(desk: &Path) {
    let copied = Command::new("cp")
        .arg("-r")
        .arg(made().join("."))
        .arg(desk)
        .status()
        .unwrap();
    assert!(copied.success());
}

/// Files that commands read back, and the command.
const READ: [(&str, &[&str]); 13] = [
    ("swept/manifest.json", &["analyse", "swept", "--out", "a"]),
    ("swept/sweep.json", &["analyse", "swept", "--out", "a"]),
    ("swept/run.json", &["analyse", "swept", "--out", "a"]),
    ("swept/runs.csv", &["analyse", "swept", "--out", "a"]),
    ("swept/outcomes.csv", &["analyse", "swept", "--out", "a"]),
    ("swept/shards/0-of-1/plan.json", &["merge", "swept"]),
    ("swept/shards/0-of-1/ledger", &["merge", "swept"]),
    (
        "swept/analysis/analysis.json",
        &["report", "swept/analysis"],
    ),
    ("compared/manifest.json", &["report", "compared"]),
    ("compared/comparison.json", &["report", "compared"]),
    ("compared/comparison.csv", &["report", "compared"]),
    ("packed/manifest.json", &["analyse", "packed", "--out", "a"]),
    (
        "packed/outcomes.parquet",
        &["analyse", "packed", "--out", "a"],
    ),
];

/// Puts bytes in place of a file.
fn with(file: &'static str, change: impl Fn(Vec<u8>) -> Vec<u8> + 'static) -> impl Fn(&Path) {
    move |desk| {
        lay(desk);
        let path = desk.join(file);
        let bytes = change(fs::read(&path).unwrap());
        fs::write(&path, bytes).unwrap();
    }
}

/// Puts what is no file in its place.
fn instead(file: &'static str, by: &'static str) -> impl Fn(&Path) {
    move |desk| {
        lay(desk);
        let path = desk.join(file);
        fs::remove_file(&path).unwrap();
        match by {
            "a pipe" => assert!(
                Command::new("mkfifo")
                    .arg(&path)
                    .status()
                    .unwrap()
                    .success()
            ),
            "a folder" => fs::create_dir(&path).unwrap(),
            "nothing" => {}
            other => std::os::unix::fs::symlink(other, &path).unwrap(),
        }
    }
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, arguments) in READ {
        // What is torn off or damaged in a shard is known for damage, with an exit code of its own.
        let ends = || match file.contains("shards") || file.ends_with("run.json") {
            true => Ends::Any,
            false => Ends::Either,
        };
        let gone = || match ends() {
            Ends::Either => refused(&[]),
            any => any,
        };
        for by in ["a pipe", "a folder", "nothing", "/dev/zero"] {
            cases.push(Case::new(
                format!("{file} is {by}"),
                arguments,
                gone(),
                instead(file, by),
            ));
        }
        cases.push(Case::new(
            format!("{file} is empty"),
            arguments,
            gone(),
            with(file, |_| Vec::new()),
        ));
        cases.push(Case::new(
            format!("{file} is half"),
            arguments,
            ends(),
            with(file, |bytes| bytes[..bytes.len() / 2].to_vec()),
        ));
        cases.push(Case::new(
            format!("{file} is of zeros"),
            arguments,
            gone(),
            with(file, |bytes| vec![0; bytes.len()]),
        ));
        for part in 1..5 {
            let struck = move |mut bytes: Vec<u8>| {
                let at = bytes.len() * part / 5;
                bytes[at] ^= 1 << part;
                bytes
            };
            cases.push(Case::new(
                format!("{file} has another bit at {part} fifths"),
                arguments,
                ends(),
                with(file, struck),
            ));
        }
        if file.ends_with(".json") {
            let deep = |_| "[".repeat(100_000).into_bytes();
            cases.push(Case::new(
                format!("{file} is 100,000 brackets"),
                arguments,
                gone(),
                with(file, deep),
            ));
        }
        if file.ends_with(".csv") || file.ends_with("manifest.json") {
            let long = |bytes: Vec<u8>| [bytes, vec![b'9'; 100_000_000]].concat();
            cases.push(Case::new(
                format!("{file} goes on for 100 MB"),
                arguments,
                gone(),
                with(file, long),
            ));
        }
    }
    // Of some of these the library that reads Parquet would make a panic.
    for seed in 0..20 {
        let change = move |mut bytes: Vec<u8>| {
            let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
            let at = rng.random_range(0..bytes.len());
            bytes[at] ^= 1 << rng.random_range(0..8);
            bytes
        };
        let (file, arguments) = READ[12];
        cases.push(Case::new(
            format!("{file} has another bit by seed {seed}"),
            arguments,
            refused(&["outcomes.parquet", "manifest.json"]),
            with(file, change),
        ));
    }
    // The same where the manifest was written anew, so that the digest says nothing.
    for seed in 0..40 {
        let (file, arguments) = READ[12];
        cases.push(Case::new(
            format!("{file} has another bit by seed {seed}, of which its manifest knows"),
            arguments,
            Ends::Any,
            move |desk: &Path| {
                lay(desk);
                let (path, manifest) = (desk.join(file), desk.join("packed/manifest.json"));
                let digest = of_file(&path).unwrap();
                let mut bytes = fs::read(&path).unwrap();
                let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
                let at = rng.random_range(0..bytes.len());
                bytes[at] ^= 1 << rng.random_range(0..8);
                fs::write(&path, bytes).unwrap();
                let text = fs::read_to_string(&manifest).unwrap();
                assert!(text.contains(&digest), "{text}");
                fs::write(&manifest, text.replace(&digest, &of_file(&path).unwrap())).unwrap();
            },
        ));
    }
    // Numbers of a plan that nobody has checked.
    for (old, new) in [
        ("\"replicates\": 1", "\"replicates\": 4294967295"),
        ("\"replicates\": 1", "\"replicates\": 0"),
        ("\"seed\": 1", "\"seed\": 9223372036854775808"),
        ("\"replicates\": 1", "\"replicates\": -1"),
        ("\"Sobol\": 4", "\"Sobol\": 4294967295"),
        ("\"Sobol\": 4", "\"LatinHypercube\": 4294967295"),
        ("\"Sobol\": 4", "\"Saltelli\": 4294967295"),
        ("\"Sobol\": 4", "\"Sobol\": 0"),
    ] {
        for (file, arguments) in [READ[1], READ[5]] {
            let change = move |bytes: Vec<u8>| {
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.contains(old), "{old} in {text}");
                text.replace(old, new).into_bytes()
            };
            cases.push(Case::new(
                format!("{new} in {file}"),
                arguments,
                Ends::Any,
                with(file, change),
            ));
        }
    }
    cases.extend(swapped());
    for (name, column, cell) in [
        ("a number that is none", 6, "nan"),
        ("a number to infinity", 6, "inf"),
        ("a number of 10^308", 6, "1e308"),
        ("a formula", 4, "=1+1"),
        ("a command for a terminal", 3, "\u{1b}]0;x\u{7}"),
        ("an outcome that is none", 3, "nobody"),
        ("a point beyond all", 1, "18446744073709551615"),
        ("a replicate beyond all", 2, "4294967296"),
    ] {
        let change = move |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let mut cells: Vec<&str> = lines[1].split(',').collect();
            let at = column.min(cells.len() - 1);
            cells[at] = cell;
            lines[1] = cells.join(",");
            (lines.join("\n") + "\n").into_bytes()
        };
        let (file, arguments) = READ[4];
        cases.push(Case::new(
            format!("{name} in {file}"),
            arguments,
            Ends::Either,
            with(file, change),
        ));
    }
    cases
}

/// Values anywhere in descriptions replaced by others, or left out: by fixed seeds, so that what fails once fails again.
fn swapped() -> Vec<Case> {
    let mut cases = Vec::new();
    for (file, arguments) in READ.into_iter().filter(|(file, _)| file.ends_with(".json")) {
        for seed in 0..12 {
            let swap = move |bytes: Vec<u8>| {
                let mut rng = rand_pcg::Pcg64::seed_from_u64(seed);
                let mut whole: Value = serde_json::from_slice(&bytes).unwrap();
                exchange(&mut whole, &mut rng);
                whole.to_string().into_bytes()
            };
            cases.push(Case::new(
                format!("{file} with another value {seed}"),
                arguments,
                Ends::Any,
                with(file, swap),
            ));
        }
    }
    cases
}

/// Puts another value in place of this one or, mostly, of one within it.
fn exchange(value: &mut Value, rng: &mut rand_pcg::Pcg64) {
    let deeper = rng.random_range(0..8) > 0;
    let mut within: Vec<&mut Value> = match value {
        Value::Object(members) => members.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    if deeper && !within.is_empty() {
        let place = rng.random_range(0..within.len());
        exchange(within[place], rng);
    } else {
        *value = strange(rng);
    }
}

fn strange(rng: &mut rand_pcg::Pcg64) -> Value {
    let values = [
        json!(0),
        json!(-1),
        json!(1),
        json!(4_294_967_295_u32),
        json!(u64::MAX),
        json!(1e308),
        json!(-1e308),
        json!(1.5),
        json!(null),
        json!(true),
        json!(""),
        json!("x"),
        json!([]),
        json!({}),
    ];
    values[rng.random_range(0..values.len())].clone()
}
