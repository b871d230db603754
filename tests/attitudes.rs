//! Attitudes of hosts: off without a trace, on with the effects that they are said to have.

mod support;

use exeunt::draw::math::exp;
use exeunt::engine::{EngineError, Simulation, Snapshot};
use exeunt::scenario::{Scenario, Source};
use exeunt::world::FlowEvent;
use std::sync::Arc;
use support::{BEHAVIOUR, RICH, changed, simulation, transcript, watch};

const OFF: &str = "[behaviour.attitudes]\non = false";
const ON: &str = "[behaviour.attitudes]\non = true";
/// Countries of the rich scenario, by index.
const COASTIA: usize = 2;
const PLAINIA: usize = 3;

/// The rich scenario with attitudes on and other changes of the text, `(old, new)`.
fn moody(changes: &[(&str, &str)]) -> Arc<Scenario> {
    let mut text = format!("{RICH}\n{BEHAVIOUR}").replace(OFF, ON);
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    match Source::parse("rich", &text) {
        Ok(source) => source.scenario().clone(),
        Err(problems) => panic!("{problems}"),
    }
}

/// Pressure on Coastia from the middle of the year on.
const PRESSED: (&str, &str) = (
    "[behaviour.leaving]",
    "[event.pressed]\ndate = 2030-07-01\nset.\"country.XC.pressure\" = 6\n[behaviour.leaving]",
);

/// A run without what its lines say of attitudes.
fn lives(scenario: &Arc<Scenario>) -> String {
    let whole = transcript(&mut simulation(scenario, 7, 2));
    let lines = whole.lines().map(|line| {
        let mut rest = line;
        let mut lives = String::new();
        while let Some((before, after)) = rest.split_once(" attitude ") {
            lives.push_str(before);
            rest = after.trim_start_matches(|digit: char| digit.is_ascii_digit());
        }
        lives + rest
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn switched_off_they_leave_no_trace() {
    let without = support::rich();
    let with = changed(&without, |scenario| {
        scenario.behaviour.choice.hostility = 100.0;
        scenario.behaviour.return_.hostility = 100.0;
        for country in &mut scenario.countries {
            (country.legacy, country.pressure, country.contact) = (3.0, 2.0, 0.5);
        }
    });
    assert!(lives(&without) == lives(&with));
}

#[test]
fn without_weights_they_are_only_watched() {
    let watched = moody(&[
        (
            "safety = 0.5\nhostility = 1.0",
            "safety = 0.5\nhostility = 0",
        ),
        (
            "burden_max = 1.0\nhostility = 0.5",
            "burden_max = 1.0\nhostility = 0",
        ),
        ("hospitality = \"20 %\"", "hospitality = \"0 %\""),
    ]);
    assert!(lives(&watched) == lives(&support::rich()));
    let moved = transcript(&mut simulation(&watched, 7, 2));
    assert!(moved.contains(" attitude "));
}

/// Arrivals in and returns from a country after the pressure, and persons there on average.
fn after_the_pressure(scenario: &Arc<Scenario>, country: usize) -> (f64, f64) {
    let (mut arrived, mut returned, mut persons) = (0, 0, 0);
    watch(&mut simulation(scenario, 7, 2), |report| {
        if report.step.is_none_or(|step| step < 30) {
            return;
        }
        persons += report.stocks.newcomers(country) * u64::from(report.days);
        for (key, agents) in &report.tally.flows {
            match key.event {
                FlowEvent::Arrived if usize::from(key.to) == country => arrived += agents,
                FlowEvent::Returned if usize::from(key.from) == country => returned += agents,
                _ => {}
            }
        }
    });
    (arrived as f64, returned as f64 / persons as f64)
}

#[test]
fn hostility_keeps_away_diverts_and_sends_back() {
    let (calm, pressed) = (moody(&[]), moody(&[PRESSED]));
    let [calm_there, pressed_there] =
        [&calm, &pressed].map(|scenario| after_the_pressure(scenario, COASTIA));
    let [calm_beside, pressed_beside] =
        [&calm, &pressed].map(|scenario| after_the_pressure(scenario, PLAINIA));
    // A share of .86 instead of .23 is worth exp(-.63) of the choices of those who leave and exp(.31) of
    // the returns; arrivals have also those whom onward moves bring.
    assert!(
        pressed_there.0 < 0.8 * calm_there.0,
        "{pressed_there:?} {calm_there:?}"
    );
    assert!(
        pressed_there.1 > 1.15 * calm_there.1,
        "{pressed_there:?} {calm_there:?}"
    );
    assert!(
        pressed_beside.0 > 1.02 * calm_beside.0,
        "{pressed_beside:?} {calm_beside:?}"
    );
}

#[test]
fn facts_move_the_public_in_the_step_in_which_they_act() {
    let scenario = moody(&[
        PRESSED,
        ("hazard_other = \"6 %/year\"", "hazard_other = \"0 %/year\""),
        (
            "hazard_planner = \"60 %/year\"",
            "hazard_planner = \"0 %/year\"",
        ),
    ]);
    let logistic = |log_odds: f64| 1.0 / (1.0 + exp(-log_odds));
    let (before, after) = (logistic(-1.22), logistic(-1.22 + 3.0));
    let acts = scenario.events.iter().find(|event| event.name == "pressed");
    let acts = acts.map_or(0, |event| event.step);
    watch(&mut simulation(&scenario, 7, 1), |report| {
        if report.step.is_some_and(|step| step > acts) {
            return;
        }
        let acting = report.step == Some(acts);
        let expected = if acting { after } else { before };
        let there = &report.countries[COASTIA];
        let share = there.share_wanting_restriction.unwrap_or(f64::NAN);
        let hostility = there.hostility.unwrap_or(f64::NAN);
        // (Pulses of departures have brought a few newcomers by then.)
        assert!(
            (share - expected).abs() < 0.02,
            "{:?}: {share}",
            report.step
        );
        assert!(
            (hostility - (expected - before)).abs() < 0.02,
            "{hostility}"
        );
        // Nobody can go to Uplandia.
        assert_eq!(report.countries[0].share_wanting_restriction, None);
    });
}

#[test]
fn a_snapshot_carries_them_and_a_branch_has_to_have_them() {
    let scenario = moody(&[PRESSED]);
    let mut straight = simulation(&scenario, 7, 2);
    for _ in 0..40 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let bytes = straight.snapshot().to_bytes();
    let snapshot = Snapshot::from_bytes(&bytes.unwrap_or_else(|error| panic!("{error}")));
    let snapshot = snapshot.unwrap_or_else(|error| panic!("{error}"));
    let mut resumed =
        Simulation::resume(scenario, &snapshot).unwrap_or_else(|error| panic!("{error}"));
    // The first line of the resumed run has no tally behind it.
    let after = |text: String| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    let (on, again) = (transcript(&mut straight), transcript(&mut resumed));
    assert!(after(on) == after(again));
    let without = changed(&support::rich(), |_| {});
    match Simulation::resume(without, &snapshot) {
        Err(EngineError::Snapshot { message }) => {
            assert!(message.contains("behaviour.attitudes.on"), "{message}");
        }
        other => panic!("{:?}", other.map(|_| ())),
    }
}

/// Coastia shuts its visa-free channel when 55 % want restriction for four weeks; people hear late.
const REACTS: [(&str, &str); 3] = [
    ("reactions = false", "reactions = true"),
    ("lag = \"0 days\"", "lag = \"4 weeks\""),
    (
        "[behaviour.leaving]",
        "[event.coastia-reacts]\nWHEN\napplies_to = \"all\"\nset.\"country.XC.channel.visa-free.open\" = false\n[behaviour.leaving]",
    ),
];
const WHEN: &str = "when = { country = \"XC\", wanting_restriction = \"55 %\", for = \"4 weeks\" }";

/// The rich scenario under pressure, with a reaction that waits for the public or has a date.
fn reacting(when: &str, changes: &[(&str, &str)]) -> Arc<Scenario> {
    let changes = [&[PRESSED][..], &REACTS, &[("WHEN", when)], changes].concat();
    moody(&changes)
}

/// The first day of the step from which the reaction has to act, by the shares at the ends of steps.
fn first_day_of_reaction(scenario: &Arc<Scenario>) -> String {
    let (mut days, mut acts) = (0, None);
    watch(&mut simulation(scenario, 7, 2), |report| {
        let share = report.countries[COASTIA].share_wanting_restriction;
        days = match share.is_some_and(|share| share >= 0.55) {
            true => days + report.days,
            false => 0,
        };
        if days >= 28 && acts.is_none() {
            acts = report.step.map(|step| step + 1);
        }
    });
    let step = acts.and_then(|step| scenario.calendar.steps.get(step));
    step.map(|step| step.start.to_string()).unwrap_or_default()
}

#[test]
fn policy_reacts_as_if_the_date_had_been_known() {
    let waiting = reacting(WHEN, &[]);
    let date = first_day_of_reaction(&waiting);
    // The pressure of the first of July is enough: the fourth step that ends so is the last before.
    assert_eq!(date, "2030-07-29");
    let dated = reacting(&format!("date = {date}"), &[]);
    let whole = |scenario| transcript(&mut simulation(scenario, 7, 2));
    let reacted = whole(&waiting);
    assert!(reacted == whole(&dated));
    // Switched off, the event is as if it were not there.
    let off = reacting(WHEN, &[("reactions = true", "reactions = false")]);
    let without = reacting("date = 2031-06-23", &[]);
    let without = changed(&without, |scenario| {
        scenario
            .events
            .retain(|event| event.name != "coastia-reacts");
    });
    assert!(whole(&off) == whole(&without));
    assert!(whole(&off) != reacted);
}

#[test]
fn a_snapshot_remembers_how_long_a_public_has_waited() {
    let scenario = reacting(WHEN, &[]);
    let mut straight = simulation(&scenario, 7, 2);
    let whole = transcript(&mut simulation(&scenario, 7, 2));
    let last = |text: &str| text.lines().last().map(str::to_owned);
    for step in 0..60 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
        // Before the public wants restriction, while it does, and after the reaction.
        if step % 3 == 0 {
            let snapshot = straight.snapshot();
            let resumed = Simulation::resume(scenario.clone(), &snapshot);
            let mut resumed = resumed.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(last(&whole), last(&transcript(&mut resumed)), "step {step}");
        }
    }
}

#[test]
fn show_says_what_an_event_waits_for() {
    let text = format!("{RICH}\n{BEHAVIOUR}").replace(OFF, ON).replace(
        "[behaviour.leaving]",
        &format!("[event.waits]\n{WHEN}\nset.\"country.XC.safety\" = 0.8\n[behaviour.leaving]"),
    );
    let source = Source::parse("rich", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let shown = source.show(Some("country.XC.safety"));
    let shown = shown.unwrap_or_else(|problems| panic!("{problems}"));
    let when = "when 55 % of XC want restriction for 28 days, waits: to 0.8";
    assert!(shown.contains(when), "{shown}");
    let overview = source
        .show(None)
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert!(overview.contains("when 55 % of XC"), "{overview}");
    let warnings = source.warnings().to_string();
    assert!(warnings.contains("`waits` never acts"), "{warnings}");
}
