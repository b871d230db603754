//! Border policy, belief and money in scenario files: what is written is what is meant.

mod support;

use exeunt::scenario::{
    AppliesTo, Distribution, Field, NewValue, RenewalKind, Scenario, Source, schema,
};
use exeunt::units::{DAYS_PER_MONTH, PersonFlow};
use support::{BEHAVIOUR, POLICIES};

fn text() -> String {
    format!("{POLICIES}\n{BEHAVIOUR}")
}

fn parse(text: &str) -> Source {
    Source::parse("policies", text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The policies with something in other words.
fn with(old: &str, new: &str) -> Source {
    assert_eq!(text().matches(old).count(), 1, "{old}");
    parse(&text().replace(old, new))
}

fn paths(left: &Source, right: &Source) -> Vec<String> {
    let differences = left.diff(right).into_iter();
    differences.map(|difference| difference.path).collect()
}

#[test]
fn every_key_is_built_as_it_is_written() {
    let source = parse(&text());
    assert!(source.warnings().is_empty(), "{}", source.warnings());
    let scenario: &Scenario = source.scenario();
    let named = |name: &str| {
        let channel = scenario
            .channels
            .iter()
            .find(|channel| channel.name == name);
        channel.unwrap_or_else(|| panic!("no channel {name}"))
    };
    let free = named("visa-free");
    assert_eq!((free.needs, free.needs_any, free.work), (0, 0b011, false));
    let days = |span: Option<exeunt::units::Duration>| span.map(|span| span.days());
    assert_eq!(
        (days(free.stay.length), days(free.stay.within)),
        (Some(90.0), Some(180.0))
    );
    assert_eq!(free.stay.renewal.kind, RenewalKind::ReEntry);
    assert_eq!(free.routes, [[0]]);
    let humanitarian = named("humanitarian");
    assert_eq!(humanitarian.grant_for, [(1, 0.2)]);
    assert_eq!(
        humanitarian.quota.map(|quota| quota.size.per_month()),
        Some(60.0)
    );
    let lognormal = Distribution::Lognormal {
        median: 30.0,
        sigma: 0.6,
        min: 0.0,
        max: 365.25,
    };
    assert_eq!(humanitarian.decision, Some(lognormal));
    let visa = named("visa");
    assert_eq!(
        (&visa.bars, &visa.routes),
        (&vec![0], &vec![vec![2], vec![0, 1]])
    );
    assert_eq!(named("work").decision, Some(Distribution::Constant(20.0)));
    let waits: Vec<bool> = (0..4).map(|channel| scenario.ever_waits(channel)).collect();
    assert_eq!(waits, [false, true, false, true]);
    assert!(scenario.ever_has_window(0) && !scenario.ever_has_window(1));

    let borders: Vec<_> = scenario
        .borders
        .iter()
        .map(|border| (border.from, border.to))
        .collect();
    assert_eq!(borders, [(0, 1), (1, 2), (0, 2)]);
    let per_day = |flow: PersonFlow| flow.per_month() / DAYS_PER_MONTH;
    let capacity = |border: usize| scenario.borders[border].capacity.map(per_day);
    assert_eq!((capacity(0), capacity(1)), (Some(60.0), None));
    let documents = scenario.documents.iter();
    let documents: Vec<_> = documents
        .map(|document| (days(document.valid), document.issued))
        .collect();
    assert_eq!(
        documents,
        [(None, true), (Some(730.5), false), (Some(182.0), true)]
    );
    let trips: Vec<f64> = scenario.countries[1]
        .travel_base
        .iter()
        .map(|flow| flow.per_month())
        .collect();
    assert_eq!(trips, [3000.0, 0.0, 500.0]);
    assert_eq!(scenario.countries[0].friction, 0.1);
    assert_eq!(scenario.countries[1].cost_of_living.per_month(), 250.0);

    let event = |name: &str| {
        let event = scenario.events.iter().find(|event| event.name == name);
        event.unwrap_or_else(|| panic!("no event {name}"))
    };
    assert_eq!(
        event("bars")
            .announced
            .map(|day| day.to_string())
            .as_deref(),
        Some("2030-05-20")
    );
    assert!(!event("bars").known_at_once && event("fewer-places").known_at_once);
    assert_eq!(event("shorter-stays").applies_to, AppliesTo::All);
    let own = event("bars")
        .changes
        .iter()
        .find(|change| change.target.field == Field::GrantFor);
    assert_eq!(
        own.map(|change| (change.target.index, change.target.member)),
        Some((1, 1))
    );
    let changes = |name: &str| {
        event(name)
            .changes
            .iter()
            .map(|change| &change.to)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert!(changes("bars").contains(&NewValue::Segments(vec![1])));
    assert!(changes("shorter-stays").contains(&NewValue::Renewal(RenewalKind::None)));
    assert!(changes("no-more-visas").contains(&NewValue::Flag(false)));
}

#[test]
fn resolved_it_is_the_same_scenario() {
    let source = parse(&text());
    let back = parse(&source.resolved_toml(None));
    assert_eq!(back.scenario(), source.scenario());
    assert!(
        source
            .diff(&back)
            .iter()
            .all(|difference| difference.path == "name")
    );
}

#[test]
fn limits_are_lifted_and_set_by_words() {
    let source = with(
        "set.\"document.visa.issued\" = false",
        "set.\"country.XC.channel.humanitarian.quota.size\" = \"no quota\"\n\
         set.\"country.XB.channel.visa-free.stay.within\" = \"no window\"\n\
         set.\"border.pass.capacity\" = \"unlimited\"\n\
         set.\"country.XC.channel.work.quota.size\" = \"9 persons/month\"\n\
         set.\"country.XC.channel.visa.bars\" = []",
    );
    let event = source
        .scenario()
        .events
        .iter()
        .find(|event| event.name == "no-more-visas");
    let changes = event.map(|event| {
        event
            .changes
            .iter()
            .map(|change| change.to.clone())
            .collect::<Vec<_>>()
    });
    let infinite = || NewValue::Number(f64::INFINITY);
    let expected = [
        infinite(),
        infinite(),
        infinite(),
        NewValue::Segments(Vec::new()),
        NewValue::Number(9.0),
    ];
    assert_eq!(changes.as_deref(), Some(&expected[..]));
    assert!(
        source.scenario().ever_has_quota(3),
        "an event can introduce a quota"
    );
}

#[test]
fn a_difference_is_one_of_meaning() {
    let source = parse(&text());
    for (old, new) in [
        (
            "quota = { size = \"60 persons/month\", order = \"first come\" }",
            "quota = { size = \"720 persons/year\" }",
        ),
        (
            "needs_any = [\"passport\", \"permit\"]",
            "needs_any = [\"permit\", \"passport\"]",
        ),
        (
            "capacity = \"60 persons/day\"",
            "capacity = \"1826.25 persons/month\"",
        ),
        (
            "decision = \"20 days\"",
            "decision = { value = \"20 days\", basis = \"read\", source = \"the law\" }",
        ),
    ] {
        let differences = paths(&source, &with(old, new));
        let basis_counts = new.contains("basis");
        assert_eq!(
            differences.len(),
            usize::from(basis_counts),
            "{new}: {differences:?}"
        );
    }
    for (old, new, path) in [
        (
            "[[\"pass\"], [\"bridge\", \"harbour\"]]",
            "[[\"bridge\", \"harbour\"], [\"pass\"]]",
            "country.XC.channel.visa.routes",
        ),
        (
            "bars = [\"activists\"]",
            "bars = []",
            "country.XC.channel.visa.bars",
        ),
        (
            "grant_for = { others = \"20 %\" }",
            "grant_for = { others = \"21 %\" }",
            "country.XC.channel.humanitarian.grant_for.others",
        ),
        (
            "within = \"180 days\"",
            "within = \"no window\"",
            "country.XB.channel.visa-free.stay.within",
        ),
        (
            "announced = 2030-05-20",
            "announced = 2030-05-21",
            "event.bars.announced",
        ),
        (
            "valid = \"26 weeks\"",
            "valid = \"27 weeks\"",
            "document.visa.valid",
        ),
        (
            "push_back = \"5 %\"",
            "push_back = \"6 %\"",
            "border.harbour.push_back",
        ),
        ("rush = 0", "rush = 1", "behaviour.belief.rush"),
    ] {
        assert_eq!(paths(&source, &with(old, new)), [path]);
    }
}

/// The last of several changes wins: within an event, that of a country, whatever the group is called.
#[test]
fn show_tells_changes_in_the_order_in_which_they_act() {
    let both = "\n[group.both]\nmembers = [\"XB\", \"XC\"]\n[event.both]\ndate = 2030-08-01\n\
                set.\"country.XB.safety\" = 0.4\nset.\"country.both.safety\" = 0.2\n";
    let shown = parse(&(text() + both)).show(Some("country.XB.safety"));
    let shown = shown.unwrap_or_else(|problems| panic!("{problems}"));
    let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{shown}"));
    assert!(place("to 0.2") < place("to 0.4"), "{shown}");
}

#[test]
fn show_tells_values_and_the_events_that_change_them() {
    let source = parse(&text());
    let show = |path: &str| {
        source
            .show(Some(path))
            .unwrap_or_else(|problems| panic!("{problems}"))
    };
    for (path, parts) in [
        (
            "country.XC.channel.humanitarian.quota.size",
            &[
                "60 persons/month",
                "2030-07-01 fewer-places: to \"30 persons/month\"",
            ][..],
        ),
        (
            "country.XC.channel.humanitarian",
            &[
                "grant_for.others",
                "quota.order",
                "event    quota.size: 2030-07-01",
            ],
        ),
        (
            "country.XC.channel.visa.needs_any",
            &["[]", "not given", "2030-06-10 bars"],
        ),
        (
            "country.XB.channel.visa-free.routes",
            &["[[\"bridge\"]]", "Routes from the origin"],
        ),
        (
            "border.bridge.capacity",
            &["60 persons/day", "over 30 days"],
        ),
        (
            "border.harbour",
            &[
                "hand_over = \"0 %\"",
                "event    hand_over: 2030-09-02 pass-shut",
            ],
        ),
        (
            "document.visa.issued",
            &["true", "2030-04-01 no-more-visas: to false"],
        ),
        (
            "country.XB.travel_base.XA",
            &["3000 persons/month", "2030-03-04 sanctions"],
        ),
        (
            "country.XC.channel.humanitarian.grant_for.activists",
            &["is not given"],
        ),
        (
            "behaviour.belief.lag",
            &["0 days", "until a person hears of it"],
        ),
    ] {
        let shown = show(path);
        for part in parts {
            assert!(
                shown.contains(part),
                "{path} does not show {part}:\n{shown}"
            );
        }
    }
    let overview = source
        .show(None)
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert!(overview.contains("XB to XC harbour"), "{overview}");
    let problems = source.show(Some("border.habour")).err().unwrap_or_default();
    assert!(
        problems.to_string().contains("border.harbour"),
        "{problems}"
    );
}

#[test]
fn the_schema_knows_the_keys_that_are_built_and_no_others() {
    let schema = schema("scenario").unwrap_or_default();
    let json: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    let name = "^[a-z0-9][a-z0-9-]*$";
    let channel = &json["properties"]["country"]["patternProperties"]["^[A-Z]{2}$"]["properties"]["channel"]
        ["patternProperties"][name]["properties"];
    assert_eq!(
        channel["quota"]["properties"]["size"]["anyOf"][1]["const"],
        "no quota"
    );
    assert_eq!(channel["routes"]["items"]["items"]["type"], "string");
    assert!(channel["grant_for"]["patternProperties"][name].is_object());
    assert_eq!(
        channel["stay"]["properties"]["renew"]["enum"][2],
        "re-entry"
    );
    assert_eq!(channel["grounds"]["items"]["enum"][2], "draft-evasion");
    assert!(channel["appeal"]["properties"]["grant"].is_object());
    assert!(channel["capacity"].is_null());
    assert!(channel["gives"]["properties"]["extradition_shield"].is_object());
    assert!(channel["stay"]["properties"]["window"].is_null());
    let border = &json["properties"]["border"]["patternProperties"][name]["properties"];
    assert_eq!(
        border["capacity"]["anyOf"][0]["$ref"],
        "#/$defs/persons_per_time"
    );
    assert!(json["$defs"]["persons_per_time"]["anyOf"].is_array());
    let event = &json["properties"]["event"]["patternProperties"][name]["properties"];
    assert_eq!(event["applies_to"]["enum"][1], "all");
    assert!(event["set"]["patternProperties"]["^(country|document|border)\\."].is_object());
}

#[test]
fn overridden_borders_and_issue_are_rules_and_hold_not_in_the_reference() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("base.toml");
    std::fs::write(&path, format!("reference = \"base.toml\"\n{}", text())).expect("written");
    let load = |set: &str| {
        let source = Source::load(&path, &[set.to_owned()]);
        source
            .unwrap_or_else(|problems| panic!("{problems}"))
            .scenario()
            .clone()
    };
    let scenario = load("border.bridge.open=false");
    let reference = scenario.reference.as_ref().expect("the file as it is");
    assert!(!scenario.borders[0].open && reference.borders[0].open);
    let scenario = load("document.visa.issued=false");
    let reference = scenario.reference.as_ref().expect("the file as it is");
    assert!(!scenario.documents[2].issued && reference.documents[2].issued);
    let scenario = load("document.visa.valid=10 weeks");
    assert!(
        scenario.reference.is_none(),
        "a fact holds in the reference too"
    );
}
