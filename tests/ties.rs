//! Ties: the same on any threads and from a snapshot, nothing where they are off, kin that draw, a
//! warning where a wave would run away.

mod support;

use exeunt::engine::{EngineError, Simulation, Snapshot};
use exeunt::scenario::{Repression, Scenario, Source, Ties};
use exeunt::units::{Duration, Rate};
use exeunt::world::Reproduction;
use std::path::Path;
use std::sync::Arc;
use support::{changed, rich, simulation, transcript, watch};

const DEFAULTS: Ties = Ties {
    near: 3,
    far: 4,
    contagion: 1.5,
    contagion_max: 4.0,
    detention: 1.0,
    window: Duration::from_days(182.0),
    kin: 0.6,
    lag: Duration::from_days(7.0),
};

/// The rich scenario with ties.
fn tied(ties: Ties) -> Arc<Scenario> {
    changed(&rich(), |scenario| scenario.behaviour.ties = Some(ties))
}

/// A scenario in which rules are heard of late and persons are detained, with ties that tell of both.
fn telling() -> Arc<Scenario> {
    let scenario = support::scenario("telling", include_str!("support/policies.toml"));
    changed(&scenario, |scenario| {
        let behaviour = &mut scenario.behaviour;
        behaviour.belief.lag = Duration::from_days(56.0);
        behaviour.belief.lag_opening = Duration::from_days(28.0);
        behaviour.belief.rush = 1.0;
        behaviour.repression = Some(Repression {
            detention: Rate::from_per_year(0.1),
            active: 1.0,
            short_share: 0.97,
            short: Duration::from_days(15.0),
            long: Duration::from_days(300.0),
            case: Duration::from_days(100.0),
            victim: 5.0,
        });
        behaviour.ties = Some(Ties {
            detention: 1.5,
            ..DEFAULTS
        });
    })
}

/// All departures, and those that came of ties.
fn departures(scenario: &Arc<Scenario>, seed: u64) -> (u64, u64) {
    let (mut all, mut of_ties) = (0, 0);
    watch(&mut simulation(scenario, seed, 2), |report| {
        let segments = report.tally.segments.iter();
        all += segments.flat_map(|tally| tally.left_by).sum::<u64>();
        of_ties += report.tally.left_by_ties;
    });
    (all, of_ties)
}

#[test]
fn threads_do_not_matter() {
    for scenario in [tied(DEFAULTS), telling()] {
        let one = transcript(&mut simulation(&scenario, 7, 1));
        for threads in [2, 7] {
            assert!(
                one == transcript(&mut simulation(&scenario, 7, threads)),
                "{} on {threads} threads",
                scenario.name
            );
        }
    }
}

#[test]
fn a_factor_of_one_is_as_good_as_no_ties() {
    let idle = tied(Ties {
        contagion: 1.0,
        kin: 0.0,
        ..DEFAULTS
    });
    let without = transcript(&mut simulation(&rich(), 7, 2));
    assert!(without == transcript(&mut simulation(&idle, 7, 2)));
    assert_eq!(departures(&idle, 7).1, 0);
}

#[test]
fn ties_bring_on_departures_beside_the_others() {
    let (without, none) = departures(&rich(), 7);
    let (with, of_ties) = departures(&tied(DEFAULTS), 7);
    assert_eq!(none, 0);
    assert!(of_ties > 1_000, "{of_ties}");
    // Some of those moved by ties would have left later; nobody who would have left stays.
    assert!(
        with > without && with < without + of_ties,
        "{without} {with} {of_ties}"
    );
}

#[test]
fn kin_draw_to_where_they_live() {
    let without = Ties {
        kin: 0.0,
        ..DEFAULTS
    };
    let (fewer, moved_by_departures) = departures(&tied(without), 7);
    let (more, moved_by_both) = departures(&tied(DEFAULTS), 7);
    assert!(more > fewer, "{fewer} {more}");
    assert!(
        moved_by_both > moved_by_departures,
        "{moved_by_departures} {moved_by_both}"
    );
}

/// Each of what ties tell changes a run, and nothing does while nobody has any to tell of.
#[test]
fn everything_that_ties_tell_counts() {
    let all = telling();
    let run = |change: fn(&mut Ties)| {
        let scenario = changed(&all, |scenario| {
            scenario.behaviour.ties.as_mut().map(change).unwrap_or(());
        });
        transcript(&mut simulation(&scenario, 7, 2))
    };
    let whole = run(|_| {});
    assert!(whole != run(|ties| ties.detention = 1.0), "detentions");
    assert!(whole != run(|ties| ties.kin = 0.0), "kin");
    let slow = run(|ties| ties.lag = Duration::from_days(56.0));
    assert!(whole != slow, "lag");
    // A lag above that of others shortens none.
    assert!(slow == run(|ties| ties.lag = Duration::from_days(100.0)));
    // Nobody who is alone hears anything.
    let alone = run(|ties| (ties.near, ties.far) = (0, 0));
    let none = changed(&all, |scenario| scenario.behaviour.ties = None);
    assert!(alone == transcript(&mut simulation(&none, 7, 2)));
}

#[test]
fn a_snapshot_carries_what_is_known_of_ties() {
    for scenario in [tied(DEFAULTS), telling()] {
        goes_on_from_a_snapshot(&scenario);
    }
}

fn goes_on_from_a_snapshot(scenario: &Arc<Scenario>) {
    let mut straight = simulation(scenario, 7, 2);
    for _ in 0..41 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let bytes = straight.snapshot().to_bytes();
    let bytes = bytes.unwrap_or_else(|error| panic!("{error}"));
    let snapshot = Snapshot::from_bytes(&bytes).unwrap_or_else(|error| panic!("{error}"));
    let mut resumed =
        Simulation::resume(scenario.clone(), &snapshot).unwrap_or_else(|e| panic!("{e}"));
    for _ in 41..50 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
        resumed.step().unwrap_or_else(|error| panic!("{error}"));
    }
    assert!(transcript(&mut straight) == transcript(&mut resumed));
}

#[test]
fn a_snapshot_with_other_ties_is_refused() {
    let mut base = simulation(&tied(DEFAULTS), 7, 1);
    base.step().unwrap_or_else(|error| panic!("{error}"));
    let snapshot = base.snapshot();
    let others = [
        rich(),
        tied(Ties {
            near: 2,
            ..DEFAULTS
        }),
        tied(Ties {
            window: Duration::from_days(90.0),
            ..DEFAULTS
        }),
        tied(Ties {
            kin: 0.0,
            ..DEFAULTS
        }),
        tied(Ties {
            detention: 1.5,
            ..DEFAULTS
        }),
    ];
    for other in others {
        let refused = Simulation::resume(other, &snapshot);
        let message = match refused {
            Err(EngineError::Snapshot { message }) => message,
            other => panic!("not refused: {other:?}"),
        };
        assert!(message.contains("behaviour.ties"), "{message}");
    }
    // A branch may make contagion or the pull of kin stronger: that needs nothing of the past.
    let stronger = tied(Ties {
        contagion: 2.0,
        kin: 1.0,
        ..DEFAULTS
    });
    assert!(Simulation::resume(stronger, &snapshot).is_ok());
}

#[test]
fn a_wave_that_feeds_itself_is_warned_of() {
    let warned = |ties: Ties| {
        let mut simulation = simulation(&tied(ties), 7, 2);
        watch(&mut simulation, |_| {});
        let warnings = simulation.warnings().iter();
        warnings
            .filter(|text| text.contains("feed themselves"))
            .count()
    };
    assert_eq!(warned(DEFAULTS), 0);
    let runaway = Ties {
        contagion: 20.0,
        contagion_max: 400.0,
        ..DEFAULTS
    };
    assert_eq!(warned(runaway), 1);
}

/// What `docs/model.md` states of the defaults, on the example that everybody begins with.
#[test]
fn at_the_defaults_one_departure_brings_on_far_less_than_one() {
    let path = Path::new("scenarios/examples/border-closes.toml");
    let source = Source::load(path, &["behaviour.ties.on=true".to_owned()]);
    let source = source.unwrap_or_else(|problems| panic!("{problems}"));
    let scenario = source.scenario();
    let ties = scenario.behaviour.ties.unwrap_or_else(|| unreachable!());
    let mut counts = Reproduction::default();
    watch(&mut simulation(scenario, 1, 2), |report| {
        let left = report.tally.segments.iter().flat_map(|tally| tally.left_by);
        let step = (left.sum(), report.tally.left_by_ties);
        counts.record(report.days, step, ties.window_days());
    });
    let number = counts.number(ties.window_days()).unwrap_or(0.0);
    println!("reproduction number {number}");
    assert!((number - 0.014).abs() < 0.004, "{number}");
}

#[test]
fn ties_that_do_nothing_are_warned_of() {
    let text = include_str!("support/rich.toml");
    let behaviour = include_str!("support/behaviour.toml").replace(
        "[behaviour.ties]\non = false",
        "[behaviour.ties]\non = true",
    );
    let warnings = |changes: &[(&str, &str)]| {
        let behaviour = changes.iter().fold(behaviour.clone(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replace(old, new)
        });
        let source = Source::parse("ties", &format!("{text}\n{behaviour}"));
        let source = source.unwrap_or_else(|problems| panic!("{problems}"));
        source.warnings().to_string()
    };
    assert_eq!(warnings(&[]), "");
    let nobody = warnings(&[("near = 3", "near = 0"), ("far = 4", "far = 0")]);
    assert!(nobody.contains("nobody has one"), "{nobody}");
    let capped = warnings(&[("contagion_max = 4", "contagion_max = 1.2")]);
    assert!(capped.contains("by 1.2, not by 1.5"), "{capped}");
    let untold = warnings(&[("detention = 1\nwindow", "detention = 1.5\nwindow")]);
    assert!(untold.contains("nobody is detained"), "{untold}");
}
