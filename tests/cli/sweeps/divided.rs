//! However a sweep is divided, the shards merge to the same bytes.

use super::{assert_same, desk, results, undisturbed};
use crate::desk::{assert_refused, code, stderr, stdout};
use rand::{RngExt, SeedableRng};
use std::fs;

/// Runs that parts of another division hold would be made again, and the merge of a plan that has grown would find two plans.
#[test]
fn a_folder_keeps_to_its_division() {
    let desk = desk();
    let part = [
        "sweep",
        "plan.toml",
        "--out",
        "parts",
        "--shard",
        "1/2",
        "--json",
    ];
    let output = desk.output(&part);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let told: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    let expected = serde_json::json!({
        "shard": "1/2", "runs": 16, "failed": 0, "folder": "parts",
    });
    assert_eq!(told, expected);
    let whole = ["sweep", "plan.toml", "--out", "parts"];
    for more in [&[][..], &["--shard", "0/3"], &["--extend"]] {
        let refused = desk.output(&[&whole[..], more].concat());
        assert_refused(
            &refused,
            &[
                "divided into shards I/2",
                "exeunt sweep plan.toml --out parts --shard 1/2",
                "--out",
            ],
        );
        assert_eq!(stderr(&refused).contains("--extend"), more == ["--extend"]);
    }
    assert_eq!(fs::read_dir(desk.path("parts/shards")).unwrap().count(), 1);
}

/// A name that is no text can be told as JSON too.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_may_have_a_name_that_is_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = desk();
    for more in [&["--shard", "1/2"][..], &[]] {
        let mut command = desk.command(&["sweep", "plan.toml", "--json", "--quiet", "--out"]);
        let name = [&b"bad\xff"[..], &[b'0' + more.len() as u8]].concat();
        let output = command.arg(OsStr::from_bytes(&name)).args(more).output();
        let output = output.unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let told: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert!(
            told["folder"].as_str().unwrap().starts_with("bad"),
            "{told}"
        );
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
