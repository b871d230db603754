//! Every shipped scenario checks clean, and resolved it is the same scenario.

mod support;

use exeunt::experiment::sweep::SweepPlan;
use exeunt::experiment::varied;
use exeunt::measure::{Outcome, Outcomes};
use exeunt::scenario::{
    Calendar, Constants, RenewalKind, Scenario, Severity, Source, check, schema, starter,
};
use exeunt::world::QueueTally;
use exeunt::{RunOptions, Simulation};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Every scenario file that is shipped, parts included.
fn shipped() -> Vec<PathBuf> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the folder of scenarios is shipped") {
            let path = entry.expect("its entries can be read").path();
            if path.is_dir() {
                collect(&path, files);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(Path::new("scenarios"), &mut files);
    files.retain(|path| !is_plan(path));
    files.sort();
    files
}

/// Plans of sweeps and of calibrations, which are no scenarios; tests/calibration looks at the latter.
fn is_plan(path: &Path) -> bool {
    let folder = |part: std::path::Component<'_>| part.as_os_str().to_owned();
    path.components()
        .any(|part| folder(part) == "sweeps" || folder(part) == "calibrations")
}

#[test]
fn every_shipped_plan_can_be_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/sweeps");
    let plans: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(!plans.is_empty());
    for path in plans {
        let plan = SweepPlan::load(&path, exeunt::experiment::sweep::DrawsAsked::default());
        let plan = plan.unwrap_or_else(|problems| panic!("{}", problems.render(false)));
        assert!(plan.spec.runs(plan.layout.points()) > 1);
    }
}

/// Those of the shipped files that can be run.
fn runnable() -> Vec<(PathBuf, Source)> {
    let files = shipped();
    let parts = check(&files, &[]).parts;
    files
        .into_iter()
        .filter(|path| !parts.contains(path))
        .map(|path| {
            let source = load(&path, &[]);
            (path, source)
        })
        .collect()
}

fn load(path: &Path, sets: &[&str]) -> Source {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    Source::load(path, &sets).unwrap_or_else(|problems| panic!("{}\n{problems}", path.display()))
}

fn parse(text: &str) -> Source {
    Source::parse("resolved", text).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_shipped_file_checks_clean() {
    let report = check(&shipped(), &[]);
    let errors: Vec<String> = report
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| problem.render(false))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert!(report.scenarios.len() >= 3);
    assert!(report.claims.claims() > 100);
}

#[test]
fn a_resolved_scenario_is_the_same_scenario() {
    for (path, source) in runnable() {
        let resolved = source.resolved_toml(None);
        let back = parse(&resolved);
        assert_eq!(back.scenario(), source.scenario(), "{}", path.display());
        assert_eq!(back.resolved_toml(None), resolved, "{}", path.display());
        // A resolved scenario says its name and title, even where they followed from the file.
        let mut differences = source.diff(&back);
        differences.retain(|difference| !["name", "title"].contains(&difference.path.as_str()));
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

#[test]
fn constants_take_the_place_of_a_reference() {
    for (path, source) in runnable() {
        let segments = source.scenario().segments.len();
        let constants = Constants {
            inclusive_value: (0..segments)
                .map(|segment| match segment {
                    0 => f64::NEG_INFINITY,
                    _ => -1.0 / 3.0 + segment as f64,
                })
                .collect(),
            onward_pull: -0.1,
            host_value: 2.0 / 7.0,
            scale: (segments > 1).then_some(20),
        };
        let back = parse(&source.resolved_toml(Some(&constants)));
        let mut expected = Scenario::clone(source.scenario());
        expected.reference = None;
        expected.constants = Some(constants);
        assert_eq!(**back.scenario(), expected, "{}", path.display());
    }
}

#[test]
fn a_reference_is_another_scenario_with_this_behaviour() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = std::fs::canonicalize("tests/bad_input/base/good.toml").expect("it is there");
    let base = folder.path().join("base.toml");
    let extends = format!("extends = ['{}']\n", good.display());
    std::fs::write(&base, format!("{extends}reference = \"base.toml\"\n")).expect("written");
    let overlay = folder.path().join("overlay.toml");
    let text = "extends = [\"base.toml\"]\n[behaviour.choice]\nlambda = 0.3\n\
                [country.XC.channel.work]\nopen = false\n";
    std::fs::write(&overlay, text).expect("written");

    assert!(load(&base, &[]).scenario().reference.is_none());
    let source = load(&overlay, &[]);
    let scenario = source.scenario();
    let reference = scenario
        .reference
        .as_ref()
        .expect("the base is the reference");
    let work = |scenario: &Scenario| {
        scenario
            .channels
            .iter()
            .any(|channel| channel.name == "work" && channel.open)
    };
    assert_eq!(
        (scenario.name.as_str(), reference.name.as_str()),
        ("overlay", "base")
    );
    assert!(!work(scenario) && work(reference));
    assert_eq!(reference.behaviour, scenario.behaviour);
    assert_eq!(reference.behaviour.choice.lambda, 0.3);
    let back = parse(&source.resolved_toml(None));
    assert_eq!(back.scenario(), scenario);

    // An overridden fact holds in the reference too, an overridden rule does not.
    let source = load(&overlay, &["country.XB.wage=950 EUR/month"]);
    let reference = source.scenario().reference.clone().expect("still the base");
    assert_eq!(reference.countries[1].wage.per_month(), 950.0);
    let source = load(&base, &["country.XB.channel.visa-free.open=false"]);
    let reference = source
        .scenario()
        .reference
        .clone()
        .expect("the base as its file says");
    assert!(reference.channels[0].open && !source.scenario().channels[0].open);
}

#[test]
fn overlays_merge_tables_and_replace_values() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = std::fs::canonicalize("tests/bad_input/base/good.toml").expect("it is there");
    let overlay = folder.path().join("overlay.toml");
    let text = format!(
        "extends = ['{}']\ndrop = [\"event.call-up\"]\n\
         [segment.people]\nsavings = {{ uniform = [\"0 EUR\", \"900 EUR\"] }}\n\
         [country.XB.channel.visa-free]\nneeds = []\nstay.length = \"90 days\"\n",
        good.display()
    );
    std::fs::write(&overlay, text).expect("written");
    let (left, right) = (load(&good, &[]), load(&overlay, &[]));
    let channel = &right.scenario().channels[0];
    assert_eq!(channel.stay.length.map(|length| length.days()), Some(90.0));
    assert_eq!(
        channel.stay.renewal.kind,
        RenewalKind::InCountry,
        "the rest of the stay is kept"
    );
    assert!(right.scenario().events.is_empty());
    let paths: Vec<String> = left
        .diff(&right)
        .into_iter()
        .map(|difference| difference.path)
        .collect();
    assert_eq!(
        paths,
        [
            "country.XB.channel.visa-free.needs",
            "country.XB.channel.visa-free.stay.length",
            "event.call-up.date",
            "event.call-up.known",
            "event.call-up.set.\"country.XB.channel.visa-free.grant\"",
            "segment.people.savings",
        ]
    );
}

#[test]
fn the_order_of_a_file_never_matters() {
    let text = std::fs::read_to_string("tests/bad_input/base/good.toml").expect("it is there");
    let behaviour = std::fs::read_to_string("tests/support/behaviour.toml").expect("it is there");
    let text = text.replace("extends = [\"../../support/behaviour.toml\"]\n", "");
    let text = text.replace("reference = \"good.toml\"\n", "");
    let whole = format!("{text}\n{behaviour}");
    let (head, tables) = whole.split_at(whole.find("\n[").expect("there are tables"));
    let mut tables: Vec<&str> = tables
        .split("\n[")
        .filter(|table| !table.is_empty())
        .collect();
    let forwards = parse(&whole);
    tables.reverse();
    let backwards = format!("{head}\n[{}", tables.join("\n["));
    assert_eq!(parse(&backwards).scenario(), forwards.scenario());
}

#[test]
fn show_tells_a_value_and_where_it_stands() {
    let source = load(Path::new("scenarios/russia-2022/as-it-was.toml"), &[]);
    let overview = source.show(None).expect("an overview always exists");
    for part in [
        "as-it-was",
        "people-of-conscience",
        "Georgia",
        "finland-tourist-ban",
        "claims",
    ] {
        assert!(overview.contains(part), "{overview}");
    }
    let wage = source.show(Some("country.GE.wage")).expect("it is there");
    for part in [
        "country.GE.wage = ",
        "range",
        "basis",
        "scenarios/countries/caucasus.toml:",
    ] {
        assert!(wage.contains(part), "{wage}");
    }
    let table = source
        .show(Some("country.GE.channel.visa-free"))
        .expect("it is there");
    assert!(
        table.contains("stay.length") && table.contains("event"),
        "{table}"
    );
    let problems = source
        .show(Some("country.GE.wagee"))
        .expect_err("there is no such key");
    assert!(
        problems.to_string().contains("country.GE.wage"),
        "{problems}"
    );
}

/// A parameter that is said to change nothing changes no outcome, at either end of its range.
#[test]
fn what_is_idle_changes_nothing() {
    let source = load(Path::new("scenarios/examples/border-closes.toml"), &[]);
    let scenario = source.scenario();
    let mut idle = varied(&source, &["behaviour".to_owned()]);
    idle.retain(|varied| scenario.idle_because(varied.path()).is_some());
    assert!(idle.len() > 40, "{}", idle.len());
    for (path, is_idle) in [
        ("behaviour.ties.kin", true),
        ("behaviour.choice.hostility", true),
        ("behaviour.asylum.missed", true),
        ("behaviour.rents.short", false),
        ("behaviour.choice.lambda", false),
        ("country.XB.wage", false),
    ] {
        assert_eq!(scenario.idle_because(path).is_some(), is_idle, "{path}");
    }
    let outcomes = |source: &Source| -> Vec<Outcome> {
        let options = RunOptions {
            scale: 100,
            ..RunOptions::default()
        };
        let scenario = source.scenario();
        let mut simulation = Simulation::new(scenario.clone(), options).expect("it can be run");
        let mut outcomes = Outcomes::new(scenario);
        outcomes.record(&simulation.report());
        while simulation.steps_done() < scenario.calendar.steps.len() {
            simulation.step().expect("a step can be made");
            outcomes.record(&simulation.report());
        }
        outcomes.finish()
    };
    let as_in_file = outcomes(&source);
    for end in [0.0, 1.0] {
        let sets: Vec<String> = idle
            .iter()
            .map(|varied| varied.set(varied.at(end)))
            .collect();
        let changed = source
            .with(&sets)
            .unwrap_or_else(|problems| panic!("{problems}"));
        assert_ne!(
            changed.number("behaviour.ties.far"),
            source.number("behaviour.ties.far")
        );
        assert_eq!(outcomes(&changed), as_in_file);
    }
}

#[test]
fn the_starter_stands_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in starter() {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let [path, policy] = ["scenario.toml", "policy.toml"].map(|name| folder.path().join(name));
    let report = check(&[path.clone(), policy], &[]);
    assert!(report.problems.is_empty(), "{}", report.problems);
    let [scenario, policy] = &report.scenarios[..] else {
        panic!("two scenarios")
    };
    assert_eq!([scenario.events.len(), policy.events.len()], [1, 1]);
    assert_ne!(scenario.events[0].changes, policy.events[0].changes);
    assert_eq!(
        scenario.events[0].step,
        scenario
            .calendar
            .steps
            .iter()
            .position(|step| { step.start == scenario.events[0].date })
            .expect("a step begins on the day")
    );
}

#[test]
fn the_schema_is_json_and_knows_every_part() {
    let schema = schema("scenario").expect("there is one for scenarios");
    let json: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    let country = &json["properties"]["country"]["patternProperties"]["^[A-Z]{2}$"];
    assert!(country["properties"]["wage"]["description"].is_string());
    assert_eq!(country["additionalProperties"], false);
    assert!(
        json["properties"]["behaviour"]["properties"]["return"]["properties"]["reference"]
            .is_object()
    );
    assert!(exeunt::scenario::schema("nothing").is_none());
}

/// What `scenarios/examples/queue.toml` tells its reader, at full scale.
#[test]
fn the_example_of_a_queue_shows_what_it_says() {
    let source = load(Path::new("scenarios/examples/queue.toml"), &[]);
    let mut months = Vec::new();
    support::watch(
        &mut support::simulation(source.scenario(), 1, 2),
        |report| {
            if report.step.is_some() {
                months.push(report.waiting.queues[0]);
            }
        },
    );
    let (before_the_law, rest) = months.split_at(12);
    let (queueing, more_places) = rest.split_at(12);
    // Enough places, and half are decided on in about two months.
    assert!(before_the_law.iter().all(|month| month.waiting == 0));
    let usual = before_the_law[11].median_wait_days;
    assert!(usual.is_some_and(|days| (40..80).contains(&days)));
    assert!(
        queueing
            .iter()
            .all(|month| month.used == 100 && month.waiting > 900)
    );
    // The border closes in July, and from then on it grows every month.
    let grows = |pair: &[QueueTally]| pair[0].waiting < pair[1].waiting;
    assert!(queueing[5..].windows(2).all(grows));
    let shrinks = |pair: &[QueueTally]| pair[0].waiting > pair[1].waiting;
    assert!(months[23..].windows(2).all(shrinks));
    assert_eq!(months[35].waiting, 0);
    // The wait follows later.
    let waits: Vec<_> = more_places
        .iter()
        .map(|month| month.median_wait_days)
        .collect();
    assert!(waits[0] > queueing[11].median_wait_days && waits[11] < waits[0]);
}

/// What `scenarios/examples/two-origins.toml` tells its reader: a war next door costs exiles places, time and
/// rent, and a check that is meant for others catches some of them.
#[test]
fn the_example_of_two_origins_shows_what_it_says() {
    let path = Path::new("scenarios/examples/two-origins.toml");
    let run = |sets: &[&str]| {
        let source = load(path, sets);
        let mut outcomes = Outcomes::new(source.scenario());
        support::watch(
            &mut support::simulation(source.scenario(), 1, 2),
            |report| outcomes.record(report),
        );
        outcomes.finish()
    };
    let (war, peace) = (run(&[]), run(&["event.war.date=2032-12-01"]));
    let get = |outcomes: &[Outcome], id: &str, group: &str, country: &str| {
        let found = |o: &&Outcome| (o.id, &*o.group, &*o.country) == (id, group, country);
        outcomes.iter().find(found).map_or(f64::NAN, |o| o.value)
    };
    let both = |id, group, country| [&war, &peace].map(|o| get(o, id, group, country));
    let shown = [
        both("places_taken", "XA", "XC"),
        both("places_taken", "XB", "XC"),
        both("application_median_wait", "XA", "XC"),
        both("application_median_wait", "XB", "XC"),
        both("arrivals", "XA", "ALL"),
        both("arrivals", "XB", "ALL"),
        both("rent_burden_lived_with", "XA", "ALL"),
        both("rent_index_peak", "ALL", "XC"),
        both("rent_index_peak", "ALL", "XD"),
        both("wanting_restriction_peak", "ALL", "XC"),
        both("wrongly_refused", "opposition", "ALL"),
        both("wrongly_refused", "everyone-else", "ALL"),
    ];
    println!("{shown:#?}");
    let [war, peace] = both("places_taken", "XA", "XC");
    assert!(war < 0.8 * peace);
    let [war, peace] = both("application_median_wait", "XA", "XC");
    assert!(war > 1.5 * peace);
    let [war, peace] = both("rent_burden_lived_with", "XA", "ALL");
    assert!(war > peace);
    let [war, peace] = both("rent_index_peak", "ALL", "XD");
    assert!(war > 1.3 * peace);
    let [war, peace] = both("wrongly_refused", "opposition", "ALL");
    assert!(war >= 30.0 && peace >= 30.0);
    assert_eq!(both("wrongly_refused", "everyone-else", "ALL"), [0.0, 0.0]);
    assert_eq!(both("wrongly_refused", "valley", "ALL"), [0.0, 0.0]);
}

/// The grid must cover the period without gaps, whatever the steps.
fn assert_covers(calendar: &Calendar) {
    let mut day = calendar.start;
    for step in &calendar.steps {
        assert_eq!(step.start, day);
        assert!(step.days >= 1);
        for _ in 0..step.days {
            day = day.tomorrow().expect("within the calendar");
        }
    }
    assert_eq!(day.yesterday().expect("within the calendar"), calendar.end);
}

#[test]
fn months_are_those_of_the_calendar() {
    let sets = [
        "time.start=2025-01-31",
        "time.end=2025-06-15",
        "time.step=\"1 month\"",
        "event.call-up.date=2025-03-01",
    ];
    let source = load(Path::new("tests/bad_input/base/good.toml"), &sets);
    let calendar = &source.scenario().calendar;
    let starts: Vec<String> = calendar
        .steps
        .iter()
        .map(|step| step.start.to_string())
        .collect();
    assert_eq!(
        starts,
        [
            "2025-01-31",
            "2025-02-28",
            "2025-03-31",
            "2025-04-30",
            "2025-05-31"
        ]
    );
    assert_covers(calendar);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_grid_covers_its_period(
        days in 20_i64..900,
        count in 1_u32..40,
        unit in prop_oneof![Just("days"), Just("weeks"), Just("months")],
    ) {
        let start = jiff::civil::date(2024, 1, 31);
        let end = start.checked_add(jiff::Span::new().days(days)).expect("within the calendar");
        let sets = [
            format!("time.start={start}"),
            format!("time.end={end}"),
            format!("time.step=\"{count} {unit}\""),
            format!("event.call-up.date={start}"),
        ];
        let source = Source::load(Path::new("tests/bad_input/base/good.toml"), &sets);
        let source = source.unwrap_or_else(|problems| panic!("{problems}"));
        assert_covers(&source.scenario().calendar);
    }

    #[test]
    fn numbers_survive_being_resolved(
        wage in 1.0_f64..1e6,
        male in 0.0_f64..1.0,
        size in 1_u64..4_000_000_000,
        constant in -50.0_f64..50.0,
        hazard in 0.0_f64..50.0,
    ) {
        let sets = [
            format!("country.XB.wage={wage} EUR/month"),
            format!("segment.people.male={male:?}"),
            format!("segment.people.size={size}"),
            format!("country.XB.constant={constant:?}"),
            format!("behaviour.return.hazard={hazard} %/month"),
        ];
        let source = Source::load(Path::new("tests/bad_input/base/good.toml"), &sets);
        let source = source.unwrap_or_else(|problems| panic!("{problems}"));
        prop_assert_eq!(source.scenario().segments[0].size, size);
        prop_assert_eq!(source.scenario().segments[0].male.to_bits(), male.to_bits());
        let back = parse(&source.resolved_toml(None));
        prop_assert_eq!(back.scenario(), source.scenario());
    }
}
