use super::*;
use crate::engine::Observer as _;
use crate::measure::test_support::{run, scenario};
use crate::measure::{Outcome, Outcomes};
use console::measure_text_width;

fn outcomes(scenario: &Scenario) -> Vec<Outcome> {
    let mut outcomes = Outcomes::new(scenario);
    for owned in run() {
        outcomes.record(&owned.report());
    }
    outcomes.finish()
}

fn render(replicates: usize, screen: &Screen) -> String {
    render_sets(replicates, None, screen)
}

fn render_sets(replicates: usize, sets: Option<usize>, screen: &Screen) -> String {
    let scenario = scenario();
    let runs = vec![outcomes(&scenario); replicates];
    let mut trajectory = Trajectory::new();
    for owned in run() {
        trajectory.record(&owned.report());
    }
    let summary = Summary {
        scenario: &scenario,
        seed: 1,
        scale: 2,
        runs: RunSet::new(&runs),
        sets,
        trajectories: &vec![&trajectory; replicates],
        threads: 2,
        seconds: 0.1,
        folder: Path::new("results/two-weeks"),
    };
    summary.render(screen)
}

const PIPE: Screen = Screen {
    width: 100,
    colour: false,
    unicode: true,
};

#[test]
fn a_summary_says_what_happened() {
    insta::assert_snapshot!(render(1, &PIPE));
}

#[test]
fn several_replicates_show_their_span() {
    let text = render(3, &Screen { width: 200, ..PIPE });
    assert!(
        text.contains("mean of 3 replicates") && text.contains("(12 – 12)"),
        "{text}"
    );
}

/// The course through time is that of all runs, like the numbers beside it.
#[test]
fn the_course_is_a_mean_over_the_runs() {
    let scenario = scenario();
    let [mut once, mut twice] = [Trajectory::new(), Trajectory::new()];
    for mut owned in run() {
        once.record(&owned.report());
        owned.scale *= 2;
        twice.record(&owned.report());
    }
    let of = |trajectories: &[&Trajectory]| {
        let summary = Summary {
            scenario: &scenario,
            seed: 1,
            scale: 2,
            runs: RunSet::new(&[]),
            sets: None,
            trajectories,
            threads: 2,
            seconds: 0.1,
            folder: Path::new("results"),
        };
        let countries = 0..scenario.countries.len();
        let persons = countries.flat_map(|country| summary.newcomers(country));
        persons.map(|(_, persons)| persons).sum::<f64>()
    };
    assert!(of(&[&once]) > 0.0);
    assert_eq!(of(&[&once, &twice]), 1.5 * of(&[&once]));
}

/// Runs that differ in their sets of parameters are not replicates of each other.
#[test]
fn sets_of_parameters_are_called_so() {
    let wide = Screen { width: 200, ..PIPE };
    for (runs, sets, words) in [
        (1, 1, "seed 1, 1 set of parameters\n"),
        (3, 1, "mean of 3 runs with 1 set of parameters (lowest"),
        (3, 3, "mean of 3 sets of parameters (lowest"),
        (6, 3, "mean of 6 runs with 3 sets of parameters (lowest"),
    ] {
        let text = render_sets(runs, Some(sets), &wide);
        assert!(text.contains(words), "{words}: {text}");
        assert!(!text.contains("replicates"), "{text}");
    }
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for width in 60..140 {
        for line in render(3, &Screen { width, ..PIPE }).lines() {
            assert!(measure_text_width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn signs_and_colours_are_used_only_where_they_show() {
    let plain = render(
        2,
        &Screen {
            unicode: false,
            ..PIPE
        },
    );
    assert!(plain.is_ascii(), "{plain}");
    let coloured = render(
        1,
        &Screen {
            colour: true,
            ..PIPE
        },
    );
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(console::strip_ansi_codes(&coloured), render(1, &PIPE));
}
