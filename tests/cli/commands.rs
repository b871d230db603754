//! Commands that are shown work as they are typed: with their overrides, and in folders with a space.

use super::case::{PAIR, POLICY};
use super::desk::{Desk, EXAMPLE, assert_refused, code, shipped, stderr, stdout};
use std::fs;

/// A desk with the pair in a folder whose name has a space.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("my case")).unwrap();
    let example = shipped(EXAMPLE).display().to_string().replace('\\', "/");
    desk.write("my case/base.toml", &format!("extends = [{example:?}]\n"));
    desk.write("my case/policy.toml", POLICY);
    desk
}

#[test]
fn a_scenario_that_deserves_a_look_is_checked_with_its_overrides() {
    let desk = desk();
    let scale = ["--scale", "3000"];
    let run = ["run", "my case/base.toml", "--out", "my case/out"];
    assert_eq!(code(&desk.output(&[&run[..], &scale].concat())), 0);
    let resolved = "my case/out/scenario.toml";
    let set = ["--set", "behaviour.choice.lambda=0.5"];
    let words = "warning: the scenario has a warning, shown by exeunt check \
                 'my case/out/scenario.toml' --set behaviour.choice.lambda=0.5";
    desk.write(
        "observed.csv",
        "id,quantity,value,low,high,unit,period,use,measure,set,country,source\n\
         A,abroad,,1,2,persons,2031-12-31,report,last(homes.abroad),,,s\n",
    );
    for command in [
        &["run", resolved, "--dry-run"][..],
        &["trace", resolved, "--find", "left"],
        &["score", resolved, "--observed", "observed.csv"],
    ] {
        let output = desk.output(&[command, &set, &scale].concat());
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    let output = desk.output(&[&["check", resolved], &set[..]].concat());
    assert!(stderr(&output).contains("warning"), "{}", stderr(&output));
}

#[test]
fn paths_in_commands_are_words_of_a_shell() {
    let desk = desk();
    assert_refused(
        &desk.output(&["compare", "my case/base.toml"]),
        &["exeunt compare 'my case/base.toml' OTHER.toml"],
    );
    let vary = "event.\"law\"";
    let pair = ["compare", "my case/base.toml", "my case/policy.toml"];
    assert_refused(
        &desk.output(&[&pair[..], &["--vary", vary]].concat()),
        &["exeunt show 'my case/base.toml' 'event.\"law\"' shows what is there"],
    );
}

/// The parts of a divided sweep are made with the draws of which it consists.
#[test]
fn the_parts_of_a_sweep_are_gone_on_with_its_draws() {
    let desk = desk();
    desk.write("sets.csv", "behaviour.choice.lambda\n0.5\n0.6\n");
    desk.write(
        "my case/plan.toml",
        "title = \"two\"\nscenarios = [\"base.toml\"]\nscale = 3000\nreplicates = 2\n\
         outcomes = [\"left\"]\ndesign = { kind = \"grid\" }\n\
         [vary.\"behaviour.choice.mu\"]\nvalues = [0.5, 0.6]\n",
    );
    let sweep = [
        "sweep",
        "my case/plan.toml",
        "--draws-from",
        "sets.csv",
        "--out",
        "my sweep",
        "--shard",
    ];
    let first = desk.output(&[&sweep[..], &["0/2"]].concat());
    assert_eq!(code(&first), 0, "{}", stderr(&first));
    assert!(
        stdout(&first).contains("exeunt merge 'my sweep'"),
        "{}",
        stdout(&first)
    );
    assert_refused(
        &desk.output(&[&sweep[..], &["0/3"]].concat()),
        &["exeunt sweep 'my case/plan.toml' --draws-from sets.csv --out 'my sweep' --shard 0/2"],
    );
}

#[test]
fn a_folder_that_cannot_be_made_is_refused_without_options_that_new_has_not() {
    let desk = Desk::new();
    desk.write("file", "");
    let output = desk.output(&["new", "file/case"]);
    assert_refused(&output, &["`file` is a file", "exeunt new my-case"]);
    assert!(!stderr(&output).contains("--out"), "{}", stderr(&output));
}

/// A plan of a sweep and one of a calibration, each where something else is wanted: what it is, and no cure that would make
/// another kind of file of it.
#[test]
fn plans_are_sent_to_the_commands_that_take_them() {
    let desk = Desk::with_pair();
    desk.write(
        "sweep.toml",
        "scenarios = [\"base.toml\"]\ndesign = { kind = \"grid\" }\n\
         [vary.\"behaviour.choice.mu\"]\nvalues = [0.5, 0.6]\n",
    );
    desk.write(
        "fit.toml",
        "scenario = \"base.toml\"\n[prior]\n\"behaviour.choice.mu\" = {}\n",
    );
    let sweep = "`sweep.toml` is the plan of a sweep; run exeunt sweep sweep.toml";
    let fit = "`fit.toml` is the plan of a calibration; run exeunt calibrate fit.toml";
    for (command, words) in [
        (&["calibrate", "sweep.toml"][..], sweep),
        (&["sweep", "fit.toml"], fit),
        (&["submit", "slurm", "fit.toml"], fit),
        (&["run", "sweep.toml"], sweep),
        (&["run", "fit.toml"], fit),
        (&["trace", "sweep.toml", "--find", "left"], sweep),
        (&["show", "fit.toml"], fit),
        (&["score", "sweep.toml"], sweep),
        (&["compare", "base.toml", "sweep.toml"], sweep),
    ] {
        let output = desk.output(command);
        assert_refused(&output, &[words]);
        assert!(!stderr(&output).contains("cure"), "{}", stderr(&output));
    }
}

#[test]
fn score_takes_the_results_of_a_run_alone() {
    let desk = Desk::with_pair();
    let compared = [&PAIR[..], &["--draws", "1", "--out", "pair"]].concat();
    assert_eq!(code(&desk.output(&compared)), 0);
    desk.write(
        "observed.csv",
        "id,quantity,value,low,high,unit,period,use,measure,set,country,source\n\
         A,abroad,,1,2,persons,2031-12-31,report,last(homes.abroad),,,s\n",
    );
    assert_refused(
        &desk.output(&["score", "base.toml", "--from", "pair"]),
        &[
            "`pair` is the folder of a comparison",
            "exeunt run base.toml",
        ],
    );
}

/// What would be ignored is refused, with what to type instead.
#[test]
fn flips_and_designs_of_too_few_draws_are_refused() {
    let desk = Desk::with_pair();
    let refused = |more: &[&str], words: &[&str]| {
        assert_refused(&desk.output(&[&PAIR[..], more].concat()), words);
    };
    refused(
        &["--draws", "3", "--flips", "2"],
        &[
            "--flips 2",
            "here there would be 3; give --draws 12 or more, or --flips 0",
        ],
    );
    desk.write("sets.csv", "behaviour.choice.mu\n0.5\n0.6\n");
    refused(
        &["--draws-from", "sets.csv", "--flips", "2"],
        &["give a file of 12 sets or more, or --flips 0"],
    );
    let many = "behaviour.choice.mu\n".to_owned() + &"0.5\n".repeat(14);
    desk.write("many.csv", &many);
    refused(
        &["--draws-from", "many.csv", "--draws", "3", "--flips", "2"],
        &["leave --draws out or give 12 or more, or --flips 0"],
    );
    refused(
        &["--draws", "1", "--design", "sobol"],
        &["leave --design out, or give --draws 2 or more"],
    );
    let dry = ["--draws", "3", "--flips", "0", "--dry-run"];
    let output = desk.output(&[&PAIR[..], &dry].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(!stdout(&output).contains("on top"), "{}", stdout(&output));
}

#[test]
fn a_first_look_takes_the_first_twelve_sets_of_a_file() {
    let desk = Desk::with_pair();
    let sets: String = (0..14).map(|set| format!("0.{}\n", 50 + set)).collect();
    desk.write("sets.csv", &format!("behaviour.choice.mu\n{sets}"));
    let quick = ["--quick", "--draws-from", "sets.csv", "--flips", "0"];
    let output = desk.output(&[&PAIR[..], &quick, &["--json"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("\"draws\": 12,"));
    // Of a file without so many all that are there.
    let two = "behaviour.choice.mu\n0.5\n0.6\n";
    desk.write("sets.csv", two);
    let output = desk.output(&[&PAIR[..], &quick, &["--json", "--out", "two"]].concat());
    assert!(stdout(&output).contains("\"draws\": 2,"));
}

#[test]
fn no_set_of_a_file_is_none_at_all() {
    let desk = Desk::with_pair();
    for command in [&["run", "base.toml"][..], &["sweep", "plan.toml"]] {
        let none = ["--draws-from", "sets.csv", "--draws", "0"];
        let words = "leave --draws out for all sets of the file";
        assert_refused(&desk.output(&[command, &none].concat()), &[words]);
    }
}

#[test]
fn cures_of_small_slips_can_be_taken() {
    let desk = Desk::with_pair();
    let find = ["trace", "base.toml", "--scale", "3000", "--find"];
    assert_refused(
        &desk.output(&[&find[..], &["later activist"]].concat()),
        &[
            "expected what happens to a person after `later`",
            "write `activist` without `later`",
        ],
    );
    for (years, months) in [("10 years", "120 months"), ("1 year", "12 months")] {
        let set = format!("time.step={years}");
        let output = desk.output(&["run", "base.toml", "--set", &set]);
        assert_refused(&output, &[&format!("write \"{months}\"")]);
    }
}

/// A disk that is full (a file that may grow no further does as well) leaves the text as it was, and nothing beside it.
#[cfg(target_os = "linux")]
#[test]
fn an_update_that_cannot_be_written_leaves_nothing() {
    let desk = Desk::with_pair();
    desk.write(
        "observed.csv",
        "id,quantity,value,low,high,unit,period,use,measure,set,country,source\n\
         A,abroad,,1,2,persons,2031-12-31,report,last(homes.abroad),,,s\n",
    );
    let filled = "filled\n".repeat(2_000);
    let text = format!("{filled}<!-- score: begin -->\n<!-- score: end -->\n");
    desk.write("README.md", &text);
    let update = ["--scale", "3000", "--update", "README.md"];
    let output = std::process::Command::new("sh")
        .current_dir(desk.folder.path())
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
        .arg(assert_cmd::cargo::cargo_bin("exeunt"))
        .args(["score", "base.toml"])
        .args(update)
        .output()
        .unwrap();
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert_eq!(fs::read_to_string(desk.path("README.md")).unwrap(), text);
    let names = ["README.md", "base.toml", "observed.csv", "policy.toml"];
    assert_eq!(desk.names(), names);
}
