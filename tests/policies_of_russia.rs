//! The policies of Russia 2022-23: each overlay changes what it says and nothing else, and the bundles are sums.

use exeunt::scenario::{Difference, Scenario, Source, check};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A policy and what it changes: paths, each with all that is below it; `*` stands for any one name.
type Policy = (&'static str, &'static [&'static str]);

const OPENING: [Policy; 6] = [
    (
        "no-bans",
        &[
            "country.CY.channel.tourist-visa.decision",
            "event.cyprus-stops-electronic-visas",
            "event.czechia-bars-visitors",
            "event.czechia-stops-visas",
            "event.estonia-bars-its-own-visas",
            "event.estonia-ends-study-and-work",
            "event.estonia-stops-visas",
            "event.finland-closes-all",
            "event.finland-closes-all-but-one",
            "event.finland-closes-crossings",
            "event.finland-cuts-visas",
            "event.finland-tourist-ban",
            "event.four-states-bar-visitors",
            "event.georgia-checks-entries",
            "event.georgia-refuses-activists",
            "event.germany-restricts-visas",
            "event.kazakhstan-asks-for-passports",
            "event.kazakhstan-ends-visa-runs",
            "event.korea-refuses-men",
            "event.latvia-renews-fewer-permits",
            "event.latvia-resumes-visas",
            "event.latvia-stops-visas",
            "event.latvia-suspends-visas",
            "event.lithuania-humanitarian-grounds-only.set.\"country.LT.channel.tourist-visa.open\"",
            "event.lithuania-suspends-permits",
            "event.poland-bars-visitors-by-air",
            "event.poland-stops-tourist-visas",
            "event.serbia-refuses-activists",
            "event.trips-to-finland-end",
            "event.turkey-refuses-permits",
            "event.visa-facilitation-ends",
            "event.visa-guidance",
            "event.visas-are-refused-more",
            "event.visitors-to-finland-stop",
        ],
    ),
    (
        "humanitarian-visas",
        &[
            "country.*.channel.humanitarian-visa",
            "event.the-union-admits-the-endangered",
            "group.european-union.members",
        ],
    ),
    (
        "draft-evasion-a-ground",
        &["country.*.channel.asylum.grounds"],
    ),
    (
        "long-permits",
        &[
            "country.*.channel.visa-free.gives.work",
            "event.kazakhstan-ends-visa-runs",
            "event.long-permits",
            "event.thailand-30-days",
            "event.thailand-45-days",
            "event.thailand-90-days",
            "group.short-stay-hosts.members",
        ],
    ),
    (
        "more-homes",
        &[
            "country.AM.market.rental_share",
            "country.GE.market.rental_share",
        ],
    ),
    (
        "friction-lifted",
        &["event.cards-stop-abroad", "event.mir-stops-abroad"],
    ),
];

const RESTRICTING: [Policy; 2] = [
    ("tourist-bans", &["event.the-union-bars-visitors"]),
    (
        "visas-asked-by-neighbours",
        &[
            "country.AM.channel.contract.decision",
            "country.AM.channel.visa-free.decision",
            "country.GE.channel.visa-free.decision",
            "country.KZ.channel.residence.decision",
            "country.KZ.channel.visa-free.decision",
            "event.neighbours-ask-for-visas",
            "group.neighbours.members",
        ],
    ),
];

const BUNDLES: [(&str, &[Policy]); 2] = [("open", &OPENING), ("restrictive", &RESTRICTING)];

/// Places of the common quota of humanitarian visas.
const PLACES_A_MONTH: u32 = 10_000;

const CASE: &str = "as-it-was";

fn path(name: &str) -> PathBuf {
    Path::new("scenarios/russia-2022").join(format!("{name}.toml"))
}

fn load(name: &str) -> Source {
    Source::load(&path(name), &[]).unwrap_or_else(|problems| panic!("{name}\n{problems}"))
}

/// What a policy changes of the case; what it is called is no change.
fn changes(case: &Source, policy: &Source) -> Vec<Difference> {
    let mut changes = case.diff(policy);
    changes.retain(|change| !["name", "title"].contains(&change.path.as_str()));
    changes
}

/// The changes as values: where they are written differs between a policy and a bundle.
fn values(changes: &[Difference]) -> BTreeSet<(String, Option<String>)> {
    let value = |change: &Difference| (change.path.clone(), change.right.clone());
    changes.iter().map(value).collect()
}

/// Whether a path is one that is listed, or below it.
fn is_of(path: &str, listed: &str) -> bool {
    let below = |rest: &str| rest.is_empty() || rest.starts_with('.');
    match listed.split_once('*') {
        None => path.strip_prefix(listed).is_some_and(below),
        Some((head, tail)) => path
            .strip_prefix(head)
            .and_then(|rest| Some(&rest[rest.find('.')?..]))
            .and_then(|rest| rest.strip_prefix(tail))
            .is_some_and(below),
    }
}

fn singles() -> impl Iterator<Item = Policy> {
    OPENING.into_iter().chain(RESTRICTING)
}

fn names() -> BTreeSet<String> {
    let bundles = BUNDLES.iter().map(|(name, _)| (*name).to_owned());
    singles()
        .map(|(name, _)| name.to_owned())
        .chain(bundles)
        .collect()
}

#[test]
fn every_scenario_of_the_folder_is_the_case_or_a_listed_policy() {
    let folder = std::fs::read_dir("scenarios/russia-2022").expect("it is shipped");
    let files: Vec<PathBuf> = folder
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    let parts = check(&files, &[]).parts;
    let found: BTreeSet<String> = files
        .iter()
        .filter(|file| !parts.contains(file))
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .collect();
    let mut expected = names();
    expected.insert(CASE.to_owned());
    assert_eq!(found, expected);
}

#[test]
fn policies_are_free_of_problems_and_share_the_case() {
    let case = load(CASE);
    let case = case.scenario();
    for name in names() {
        let report = check(&[path(&name)], &[]);
        assert_eq!(report.counts(), (0, 0), "{name}\n{}", report.problems);
        let source = load(&name);
        let policy: &Scenario = source.scenario();
        assert_eq!(policy.name, name);
        assert_ne!(policy.title, case.title, "{name}");
        assert_eq!(policy.calendar, case.calendar, "{name}");
        assert_eq!(policy.segments, case.segments, "{name}");
        assert_eq!(policy.documents, case.documents, "{name}");
        assert_eq!(policy.currency, case.currency, "{name}");
        assert_eq!(policy.behaviour, case.behaviour, "{name}");
        assert_eq!(policy.lifted, case.lifted, "{name}");
        let reference = policy.reference.as_deref();
        assert_eq!(reference, Some(&**case), "{name}");
    }
}

#[test]
fn policies_change_what_is_listed_and_all_of_it() {
    let case = load(CASE);
    for (name, listed) in singles() {
        let changes = changes(&case, &load(name));
        for change in &changes {
            let known = listed.iter().any(|listed| is_of(&change.path, listed));
            assert!(known, "{name} changes more than is listed:\n{change}");
        }
        for listed in listed {
            let happens = changes.iter().any(|change| is_of(&change.path, listed));
            assert!(happens, "{name} changes nothing of {listed}");
        }
    }
}

/// Overlays that extend the same case put back what one of them replaced or dropped, so a bundle has to say
/// that again, and could forget it.
#[test]
fn bundles_are_the_sum_of_their_policies() {
    let case = load(CASE);
    for (name, policies) in BUNDLES {
        let bundle = values(&changes(&case, &load(name)));
        let mut sum = BTreeSet::new();
        for (policy, _) in policies {
            let single = values(&changes(&case, &load(policy)));
            let forgotten: Vec<_> = single.difference(&bundle).collect();
            assert!(
                forgotten.is_empty(),
                "{name} without {policy}: {forgotten:#?}"
            );
            sum.extend(single);
        }
        let more: Vec<_> = bundle.difference(&sum).collect();
        assert!(more.is_empty(), "{name} changes more: {more:#?}");
    }
}

/// The places are shared out by population, rounded by the largest remainder.
#[test]
fn humanitarian_places_come_to_ten_thousand_a_month() {
    let source = load("humanitarian-visas");
    let scenario = source.scenario();
    let mut shares: Vec<(f64, u32)> = Vec::new();
    for channel in &scenario.channels {
        if channel.name != "humanitarian-visa" {
            continue;
        }
        let quota = channel.quota.expect("a quota").size.per_month();
        assert!((quota - quota.round()).abs() < 1e-9, "{quota}");
        let population = scenario.countries[usize::from(channel.country)].population;
        shares.push((population, quota.round() as u32));
    }
    assert_eq!(shares.len(), 11);
    assert_eq!(
        shares.iter().map(|share| share.1).sum::<u32>(),
        PLACES_A_MONTH
    );

    let people: f64 = shares.iter().map(|share| share.0).sum();
    let exact = |population: f64| population / people * f64::from(PLACES_A_MONTH);
    let mut remainders: Vec<(f64, usize)> = shares
        .iter()
        .enumerate()
        .map(|(index, share)| (exact(share.0).fract(), index))
        .collect();
    remainders.sort_by(|left, right| right.0.total_cmp(&left.0));
    let mut expected: Vec<u32> = shares
        .iter()
        .map(|share| exact(share.0).floor() as u32)
        .collect();
    let missing = (PLACES_A_MONTH - expected.iter().sum::<u32>()) as usize;
    for (_, index) in &remainders[..missing] {
        expected[*index] += 1;
    }
    let given: Vec<u32> = shares.iter().map(|share| share.1).collect();
    assert_eq!(given, expected);
}
