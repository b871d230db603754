//! Voice is an outcome that moves nobody; the story told at home moves as much as it says, either
//! way. Both are the same on any threads and from a snapshot.

mod support;

use exeunt::engine::{EngineError, Simulation, StepReport};
use exeunt::measure::{Outcome, Outcomes};
use exeunt::scenario::{NarrativeAtHome, Repression, Scenario, Security, Voice};
use exeunt::units::{Duration, Rate};
use std::fmt::Write;
use std::sync::Arc;
use support::{
    changed, digest, leaving_at, parse, persons_alike, resumed, rich, saved, simulation,
    transcript, watch,
};

const VOICE: Voice = Voice {
    baseline: -3.0,
    grievance: 1.0,
    others: 2.0,
    fear: 0.5,
    exit: 1.0,
    critical_mass: Some(0.05),
    publishing_home: 0.02,
    half_life: Duration::from_days(300.0),
    security: Security {
        protected: 1.0,
        legal: 0.8,
        temporary: 0.5,
        pending: 0.4,
        irregular: 0.2,
    },
};

const STORY: NarrativeAtHome = NarrativeAtHome {
    refusals: 0.1,
    hostility: 0.0,
    contacts: 0.02,
    memory: Duration::from_days(90.0),
    limit: 0.8,
};

fn speaking(story: Option<NarrativeAtHome>) -> Arc<Scenario> {
    changed(&rich(), |scenario| {
        scenario.behaviour.voice = Some(VOICE);
        scenario.behaviour.narrative = story;
    })
}

/// The same, with persons detained.
fn policed() -> Arc<Scenario> {
    changed(&speaking(Some(STORY)), |scenario| {
        scenario.behaviour.repression = Some(Repression {
            detention: Rate::from_per_year(0.02),
            active: 3.0,
            short_share: 0.5,
            short: Duration::from_days(15.0),
            long: Duration::from_days(300.0),
            case: Duration::from_days(200.0),
            victim: 10.0,
        });
        for country in &mut scenario.countries {
            country.rendition = Rate::from_per_year(0.5);
        }
    })
}

/// All that a run shows, voice and stories bit by bit.
fn whole(simulation: &mut Simulation) -> String {
    let mut text = String::new();
    watch(simulation, |report: &StepReport<'_>| {
        let bits = |number: &f64| number.to_bits();
        let (tally, stocks) = (report.tally, report.stocks);
        let _ = write!(text, "{:?} {tally:?} {stocks:?}", report.step);
        for country in report.countries {
            let _ = write!(text, " {:?}", country.narrative_shift.as_ref().map(bits));
        }
        if let Some(voice) = report.voice {
            let _ = write!(
                text,
                " {:?}",
                voice.voicing.iter().map(bits).collect::<Vec<_>>()
            );
            for origin in &voice.origins {
                let numbers = [origin.share, origin.secure, origin.insecure];
                let _ = write!(text, " {} {:?}", origin.at_home, numbers.map(f64::to_bits));
            }
        }
        text.push('\n');
    });
    text
}

fn left(scenario: &Arc<Scenario>) -> u64 {
    let mut left = 0;
    watch(&mut simulation(scenario, 7, 2), |report| {
        let segments = report.tally.segments.iter();
        left += segments.flat_map(|tally| tally.left_by).sum::<u64>();
    });
    left
}

fn outcomes(scenario: &Arc<Scenario>) -> Vec<Outcome> {
    let mut outcomes = Outcomes::new(scenario);
    watch(&mut simulation(scenario, 7, 2), |report| {
        outcomes.record(report)
    });
    outcomes.finish()
}

#[test]
fn threads_do_not_matter() {
    let scenario = policed();
    let one = whole(&mut simulation(&scenario, 7, 1));
    for threads in [2, 7] {
        assert!(
            one == whole(&mut simulation(&scenario, 7, threads)),
            "{threads} threads"
        );
    }
}

/// With voice on every life is what it is without it, whatever the weights.
#[test]
fn voice_moves_nobody() {
    let without = digest(&transcript(&mut simulation(&rich(), 7, 2)));
    let with = digest(&transcript(&mut simulation(&speaking(None), 7, 2)));
    assert_eq!(without, with);
}

/// What leaving is worth is counted from the first day of the reference: where all are alike and nothing has changed, it
/// moves nobody's voice. Where the ways out have shut, it does.
#[test]
fn leaving_counts_by_what_has_changed_since_the_first_day() {
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2030-01-28
step = "1 week"
{}
[country.XA]
name = "Origin"
population = "1 million persons"
wage = "1000 EUR/month"
[country.XB]
name = "Host"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.5
distance = {{ XA = "1000 km" }}
[country.XB.channel.way]
gives = {{ status = "legal" }}
[event.shuts]
date = 2030-01-15
set."country.XB.channel.way.open" = false
{}"#,
        persons_alike(2000, "1000 EUR/month", "10000 EUR"),
        leaving_at("6 %/year")
    );
    let shares = |exit: f64| {
        let scenario = changed(&parse("alike", &text), |scenario| {
            let others = 0.0;
            scenario.behaviour.voice = Some(Voice {
                exit,
                others,
                ..VOICE
            });
        });
        let mut shares = Vec::new();
        watch(&mut simulation(&scenario, 7, 2), |report| {
            if let (Some(_), Some(voice)) = (report.step, report.voice) {
                shares.push(voice.origins[0].share);
            }
        });
        shares
    };
    let (with, without) = (shares(1.0), shares(0.0));
    assert!((with[0] - without[0]).abs() < 1e-9 && without[0] > 0.0);
    assert!(with[2] > 1.5 * without[2], "{with:?} {without:?}");
}

/// A story of no weight is as good as none; weights of either sign move lives, each its way.
#[test]
fn the_story_moves_leaving_by_its_weights_alone() {
    let without = digest(&transcript(&mut simulation(&rich(), 7, 2)));
    let idle = NarrativeAtHome {
        refusals: 0.0,
        contacts: 0.0,
        ..STORY
    };
    let told = speaking(Some(idle));
    assert_eq!(without, digest(&transcript(&mut simulation(&told, 7, 2))));
    let with = |refusals| left(&speaking(Some(NarrativeAtHome { refusals, ..idle })));
    let (binds, none, drives) = (with(0.1), left(&rich()), with(-0.1));
    println!("left: {binds} where refusals bind, {none}, {drives} where they drive away");
    assert!(binds < none && none < drives, "{binds} {none} {drives}");
}

#[test]
fn a_snapshot_carries_what_was_said_and_seen() {
    let scenario = policed();
    let mut straight = simulation(&scenario, 7, 2);
    for _ in 0..41 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let mut other = resumed(&scenario, &saved(&straight));
    let opposition = |simulation: &Simulation| {
        let report = simulation.report();
        report.voice.map(|voice| voice.origins.clone())
    };
    assert_eq!(opposition(&straight), opposition(&other));
    straight.step().unwrap_or_else(|error| panic!("{error}"));
    other.step().unwrap_or_else(|error| panic!("{error}"));
    assert!(whole(&mut straight) == whole(&mut other));
}

#[test]
fn a_branch_knows_what_its_past_knew() {
    let mut without = simulation(&rich(), 7, 2);
    without.step().unwrap_or_else(|error| panic!("{error}"));
    let snapshot = saved(&without);
    let silent = changed(&speaking(Some(STORY)), |scenario| {
        scenario.behaviour.voice = None;
    });
    for scenario in [speaking(None), silent] {
        let refused = Simulation::resume(scenario, &snapshot);
        assert!(matches!(refused, Err(EngineError::Snapshot { .. })));
    }
}

/// Every kind of activity is there, and its parts add up.
#[test]
fn the_opposition_adds_up() {
    let outcomes = outcomes(&policed());
    let value = |id: &str, group: &str, country: &str| {
        let mut found = outcomes.iter().filter(|outcome| {
            (outcome.id, outcome.group.as_str(), outcome.country.as_str()) == (id, group, country)
        });
        found.next().map_or(f64::NAN, |outcome| outcome.value)
    };
    let origins: Vec<&str> = outcomes
        .iter()
        .filter(|outcome| outcome.id == "weeks_above_critical_mass")
        .map(|outcome| outcome.country.as_str())
        .collect();
    assert!(origins.len() >= 2, "{origins:?}");
    for (id, parts) in [
        ("opposition_at_home_mean", ["street", "publishing"]),
        ("opposition_at_home_at_end", ["street", "publishing"]),
        ("opposition_abroad_mean", ["secure", "insecure"]),
        ("opposition_abroad_at_end", ["secure", "insecure"]),
    ] {
        let all = value(id, "ALL", "ALL");
        let by_kind: f64 = parts.map(|part| value(id, part, "ALL")).iter().sum();
        let by_origin: f64 = origins.iter().map(|origin| value(id, "ALL", origin)).sum();
        assert!(
            parts.iter().all(|part| value(id, part, "ALL") > 0.0),
            "{id}"
        );
        assert!((all - by_kind).abs() < 1e-9 * all, "{id}");
        assert!((all - by_origin).abs() < 1e-9 * all, "{id}");
    }
    // Who publishes abroad is abroad.
    let months = value("activist_person_months_abroad", "ALL", "ALL");
    let days: f64 = rich()
        .calendar
        .steps
        .iter()
        .map(|s| f64::from(s.days))
        .sum();
    assert!(value("opposition_abroad_mean", "ALL", "ALL") < months / (days / 30.4375));
}
