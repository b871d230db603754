//! Compares the tables and outcomes of a run made by hand with values computed by hand.

use super::test_support::{GE, RU, run, scenario};
use super::*;
use crate::engine::Observer;
use crate::scenario::Quota;
use crate::units::PersonFlow;
use crate::world::{FlowEvent, FlowKey, PlacesTaken, Waited};
use std::collections::HashMap;

/// Rows as text, by table.
#[derive(Default)]
struct Kept(HashMap<&'static str, Vec<String>>);

impl Sink for Kept {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        assert_eq!(cells.len(), table.width(), "{}", table.name);
        for (cell, column) in cells.iter().zip(table.columns()) {
            assert!(
                cell.fits(column),
                "{}.{}: {cell:?}",
                table.name,
                column.name
            );
        }
        let words: Vec<String> = cells
            .iter()
            .map(|cell| match cell {
                Cell::Empty => String::new(),
                Cell::Text(text) => (*text).to_owned(),
                Cell::Date(date) => date.to_string(),
                Cell::Whole(whole) => whole.to_string(),
                Cell::Number(number) => number.to_string(),
            })
            .collect();
        self.0.entry(table.name).or_default().push(words.join(","));
    }
}

fn recorded() -> (Kept, Vec<Outcome>) {
    let scenario = scenario();
    let mut kept = Kept::default();
    let key = RunKey {
        draw: 0,
        replicate: 3,
    };
    let mut recorder = Recorder::new(&scenario, key, &mut kept);
    for owned in run() {
        recorder.record(&owned.report());
    }
    let outcomes = recorder.finish();
    (kept, outcomes)
}

/// The outcomes of the same run, except that the activists are of another origin, the channel has a
/// quota, and one of the refused was refused by mistake.
fn shared() -> Vec<Outcome> {
    let mut scenario = scenario();
    scenario.segments[0].origin = GE;
    scenario.channels[0].also_refuses = vec![(1, 0.2)];
    scenario.channels[0].quota = Some(Quota {
        size: PersonFlow::from_per_month(10.0),
    });
    let mut kept = Kept::default();
    let mut recorder = Recorder::new(&scenario, RunKey::default(), &mut kept);
    for mut owned in run() {
        if owned.step == Some(1) {
            let key = FlowKey {
                segment: 1,
                from: RU,
                to: GE,
                channel: 0,
                event: FlowEvent::WronglyRefused,
            };
            owned.tally.flows.insert(0, (key, 1));
            let after = |days, agents| Waited {
                channel: 0,
                days,
                origin: RU,
                agents,
            };
            owned.waiting.decided.extend([after(9, 2), after(30, 1)]);
            owned.waiting.places.push(PlacesTaken {
                channel: 0,
                origin: RU,
                agents: 2,
            });
        }
        recorder.record(&owned.report());
    }
    recorder.finish()
}

fn value(outcomes: &[Outcome], id: &str, group: &str, country: &str) -> f64 {
    let mut found = outcomes
        .iter()
        .filter(|o| (o.id, o.group.as_str(), o.country.as_str()) == (id, group, country));
    let outcome = found
        .next()
        .unwrap_or_else(|| panic!("no {id} {group} {country}"));
    assert!(found.next().is_none(), "{id} {group} {country} twice");
    outcome.value
}

#[test]
fn agents_become_whole_persons_and_what_is_not_built_is_empty() {
    let (kept, _) = recorded();
    assert_eq!(
        kept.0["countries"][2],
        "two-weeks,0,3,2022-02-07,7,GE,12,,,12,12,0,0,2,0,,2,1.5,0.35,0.7"
    );
    assert_eq!(
        kept.0["homes"][3],
        "two-weeks,0,3,2022-02-07,7,RU,others,9000,8990,4,2,0,,0,0,10,10,0,0,4,0,6,0,0,0,400"
    );
    assert_eq!(
        kept.0["stays"][0],
        "two-weeks,0,3,2022-02-07,7,RU,GE,temporary,12"
    );
    assert_eq!(
        kept.0["flows"].last().unwrap(),
        "two-weeks,0,3,2022-02-14,7,RU,others,GE,RU,visa-free,returned,2"
    );
}

#[test]
fn the_opening_has_stocks_and_no_days() {
    let (kept, _) = recorded();
    assert_eq!(
        kept.0["homes"][0],
        "two-weeks,0,3,2022-01-31,0,RU,activists,1000,1000,0,0,0,,0,0,0,0,0,0,0,0,0,0,0,0,"
    );
    assert!(
        kept.0["flows"]
            .iter()
            .all(|row| !row.contains("2022-01-31"))
    );
}

#[test]
fn holds_are_empty_where_nobody_is_kept() {
    let mut scenario = scenario();
    scenario.behaviour.holding.on = false;
    let mut kept = Kept::default();
    let mut recorder = Recorder::new(&scenario, RunKey::default(), &mut kept);
    for owned in run() {
        recorder.record(&owned.report());
    }
    let outcomes = recorder.finish();
    assert!(outcomes.iter().all(|outcome| !outcome.id.contains("held")));
    assert!(
        kept.0["homes"][0].starts_with("two-weeks,0,0,2022-01-31,0,RU,activists,1000,1000,,,,,")
    );
}

#[test]
fn outcomes_are_those_of_the_hand() {
    let (kept, outcomes) = recorded();
    let get = |id, group, country| value(&outcomes, id, group, country);
    assert_eq!(get("left", ALL, ALL), 12.0);
    assert_eq!(get("left", "others", ALL), 10.0);
    assert_eq!(get("left_by_motive", "mobilisation", ALL), 6.0);
    assert_eq!(get("leavers_mean_age", ALL, ALL), 30.0);
    assert_eq!(get("leavers_men", ALL, ALL), 0.5);
    // A share rests on those counted in its numerator, out of six leavers.
    for (id, agents) in [
        ("leavers_mean_age", 6),
        ("leavers_men", 3),
        ("leavers_higher_education", 2),
        ("activists_among_leavers", 1),
    ] {
        let found = outcomes.iter().find(|outcome| outcome.id == id);
        assert_eq!(found.unwrap().agents, Some(agents), "{id}");
    }
    // One leaver in six is active, but one person in ten.
    assert!((get("activists_among_leavers", ALL, ALL) - 10.0 / 6.0).abs() < 1e-12);
    // Three of six, who had half of their window before the end.
    assert_eq!(get("reproduction_number", ALL, ALL), 1.0);
    assert_eq!(get("returned", ALL, "GE"), 2.0);
    assert_eq!(get("returned_involuntarily", ALL, ALL), 2.0);
    assert_eq!(get("returned_voluntarily", ALL, ALL), 0.0);
    assert!((get("share_returned", ALL, ALL) - 1.0 / 6.0).abs() < 1e-12);
    assert_eq!(get("held_by_cause_at_end", "barred", ALL), 4.0);
    assert_eq!(get("held_at_end", ALL, ALL), 4.0);
    // Persons held: 0 to 6 in the first week, 6 to 4 in the second.
    let person_days = (0.0 + 6.0) / 2.0 * 7.0 + (6.0 + 4.0) / 2.0 * 7.0;
    assert!((get("person_months_held", ALL, ALL) - person_days / 30.4375).abs() < 1e-12);
    assert_eq!(get("abroad_at_end", ALL, "GE"), 10.0);
    assert_eq!(get("abroad_by_status_at_end", "irregular", "GE"), 2.0);
    assert!((get("irregular_person_months", ALL, ALL) - 7.0 / 30.4375).abs() < 1e-12);
    assert!((get("refused_per_1000_attempts", ALL, "GE") - 1000.0 / 7.0).abs() < 1e-9);
    assert_eq!(get("rent_index_peak", ALL, "GE"), 2.0);
    assert_eq!(get("rent_index_at_end", ALL, "GE"), 1.5);
    // Two claims, decided after 5 and 7 days, one of them positively.
    assert_eq!(get("claims", ALL, "GE"), 4.0);
    assert_eq!(get("claims_pending_at_end", ALL, ALL), 0.0);
    assert_eq!(get("recognition_rate", ALL, "GE"), 0.5);
    assert_eq!(get("claim_median_wait", ALL, ALL), 5.0);
    assert_eq!(get("expelled", ALL, ALL), 0.0);
    // The share of the public: 35 % at the beginning, 70 % after a week, 52.5 % after two.
    assert_eq!(get("wanting_restriction_peak", ALL, "GE"), 0.7);
    assert!((get("wanting_restriction_at_end", ALL, "GE") - 0.525).abs() < 1e-12);
    assert!((get("months_most_want_restriction", ALL, "GE") - 7.0 / 30.4375).abs() < 1e-12);
    assert_eq!(get("detentions", "others", ALL), 2.0);
    assert_eq!(get("detained_among_held", ALL, ALL), 2.0);
    assert_eq!(get("called_up", "activists", ALL), 0.0);
    assert_eq!(get("called_up", ALL, ALL), 4.0);
    assert_eq!(get("call_up_shortfall", ALL, ALL), 2.0);
    // Of 4,500 agents, four are abroad, one is detained and two serve.
    assert_eq!(get("draft_eligible_at_home_at_end", ALL, ALL), 8_986.0);
    // Persons abroad: 0 to 10 in the first week, 10 to 8 in the second.
    let person_days = (0.0 + 10.0) / 2.0 * 7.0 + (10.0 + 8.0) / 2.0 * 7.0;
    let months = get("draft_eligible_abroad_person_months", ALL, ALL);
    assert!((months - person_days / 30.4375).abs() < 1e-12);
    assert_eq!(get("left_by_sector", "it", ALL), 2.0);
    assert_eq!(get("abroad_by_sector_at_end", "other", ALL), 8.0);
    assert_eq!(
        get("abroad_by_sector_at_end", "military-industry", ALL),
        0.0
    );
    // Activists at home, in agents: 500 to 499 to 497. Each can publish a fiftieth of what is
    // possible.
    let street = 2.0 * (999.0 + 996.0) / 4.0;
    assert_eq!(get("opposition_at_home_mean", "street", "RU"), street);
    assert!((get("opposition_at_home_mean", "publishing", ALL) - 0.02 * street).abs() < 1e-9);
    assert!((get("opposition_at_home_mean", ALL, ALL) - 1.02 * street).abs() < 1e-9);
    assert_eq!(get("opposition_at_home_at_end", "street", ALL), 994.0);
    // Active abroad, in full-time agents: 0 to 0.5 to 0.25.
    assert_eq!(get("opposition_abroad_mean", "insecure", ALL), 2.0 * 0.3125);
    assert_eq!(get("opposition_abroad_mean", "secure", "RU"), 0.0);
    assert_eq!(get("opposition_abroad_at_end", ALL, ALL), 0.5);
    // One activist agent is abroad from the end of the first week on.
    let months = get("activist_person_months_abroad", "activists", ALL);
    assert!((months - 2.0 * (3.5 + 7.0) / 30.4375).abs() < 1e-12);
    // 4 % in the first week, 1 % in the second; the critical mass is 3 %.
    assert_eq!(get("weeks_above_critical_mass", ALL, "RU"), 1.0);
    assert_eq!(get("refusals_seen_at_home", ALL, "RU"), 2.0);
    assert!((get("narrative_shift_modelled_at_end", ALL, "RU") + 0.05).abs() < 1e-12);
    let mean = get("narrative_shift_modelled_mean", ALL, "RU");
    assert!((mean + 0.0625).abs() < 1e-12);
    // Six agents left and two were refused. All activists are in the top tenth, which is just as
    // large.
    assert_eq!(get("leavers_mean_dissent", ALL, ALL), 0.5);
    assert_eq!(get("refused_mean_dissent", ALL, ALL), 0.65);
    assert_eq!(get("top_risk_got_out", ALL, ALL), 1.0 / 500.0);
    assert_eq!(get("top_risk_median_days", ALL, ALL), 7.0);
    assert_eq!(get("top_risk_wrongly_refused", ALL, ALL), 0.0);
    assert_eq!(kept.0["outcomes"].len(), outcomes.len());
}

#[test]
fn outcomes_are_sorted_and_every_definition_is_met() {
    let outcomes = shared();
    let keys: Vec<_> = outcomes
        .iter()
        .map(|o| (o.id, &o.group, &o.country))
        .collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "sorted, no key twice");
    for definition in DEFINITIONS {
        assert!(
            outcomes.iter().any(|o| o.id == definition.id),
            "{} never written",
            definition.id
        );
    }
    assert!(DEFINITIONS.is_sorted_by(|a, b| a.id < b.id));
}

/// Which rows a measure may ask for, and the page's sentence on `_by_`, against the rows that are written.
#[test]
fn rows_of_everybody_and_of_groups_in_a_country_are_where_definitions_say() {
    let outcomes = shared();
    for definition in DEFINITIONS {
        let has = |wanted: &dyn Fn(&Outcome) -> bool| {
            let mut rows = outcomes.iter().filter(|o| o.id == definition.id);
            rows.any(wanted)
        };
        let everybody = has(&|o| o.group == ALL);
        assert_eq!(
            definition.grouping.has_everybody(),
            everybody,
            "{}",
            definition.id
        );
        assert_eq!(
            !definition.id.contains("_by_"),
            everybody,
            "{}",
            definition.id
        );
        let crosses = has(&|o| o.group != ALL && o.country != ALL);
        let may = definition.crosses() && definition.grouping != Grouping::Everybody;
        assert_eq!(may, crosses, "{}", definition.id);
    }
}

#[test]
fn outcomes_by_origin_are_of_several_origins_alone() {
    let outcomes = shared();
    let get = |id, group, country| value(&outcomes, id, group, country);
    assert_eq!(get("arrivals", ALL, "GE"), 12.0);
    assert_eq!(get("arrivals", "GE", ALL), 2.0);
    assert_eq!(get("arrivals", "RU", "GE"), 10.0);
    assert!((get("refused_per_1000_attempts", "RU", "GE") - 1000.0 / 6.0).abs() < 1e-9);
    assert_eq!(get("refused_per_1000_attempts", "GE", ALL), 0.0);
    assert_eq!(get("places_taken", "RU", "GE"), 4.0);
    assert_eq!(get("places_taken", "GE", ALL), 0.0);
    assert_eq!(get("places_taken", ALL, ALL), 4.0);
    assert_eq!(get("application_median_wait", "RU", ALL), 9.0);
    assert_eq!(get("application_median_wait", ALL, "GE"), 9.0);
    // Rents are three quarters of the wage at first, and half as high again at the end.
    assert_eq!(get("rent_burden_lived_with", "RU", ALL), 1.125);
    assert_eq!(get("wrongly_refused", ALL, "GE"), 2.0);
    assert_eq!(get("wrongly_refused", "others", ALL), 2.0);
    assert_eq!(get("wrongly_refused", "activists", ALL), 0.0);
    // Nobody of the other origin is abroad or applied; and a single origin has no outcomes by
    // origin.
    let (_, alone) = recorded();
    let has = |outcomes: &[Outcome], id: &str, group: &str| {
        outcomes.iter().any(|o| o.id == id && o.group == group)
    };
    assert!(!has(&outcomes, "rent_burden_lived_with", "GE"));
    assert!(!has(&outcomes, "application_median_wait", "GE"));
    assert!(!has(&alone, "arrivals", "RU") && !has(&alone, "rent_burden_lived_with", ALL));
    assert!(!has(&alone, "wrongly_refused", ALL) && !has(&alone, "places_taken", ALL));
}

#[test]
fn the_page_of_outcomes_says_what_the_code_does() {
    let page = include_str!("../../docs/outcomes.md");
    for definition in DEFINITIONS {
        let row = definition.row();
        assert!(page.contains(&row), "docs/outcomes.md lacks:\n{row}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(
        rows,
        DEFINITIONS.len(),
        "docs/outcomes.md has a row too many"
    );
}

#[test]
fn the_page_of_results_lists_every_column() {
    let page = include_str!("../../docs/results.md");
    for table in schema::TABLES {
        for column in table.columns() {
            let row = column.row();
            assert!(
                page.contains(&row),
                "docs/results.md, {}, lacks:\n{row}",
                table.name
            );
        }
    }
}

#[test]
fn the_page_of_comparisons_lists_every_column() {
    let page = include_str!("../../docs/compare.md");
    let tables = super::comparison_schema::COMPARISON_TABLES.iter();
    // The outcomes of several runs are the same table as that of a single run.
    for table in tables.filter(|table| table.name != "outcomes") {
        let mut section = format!("### `{}`\n\n{}\n\n{HEADING}\n", table.name, table.doc);
        for column in table.columns() {
            section += &(column.row() + "\n");
        }
        assert!(page.contains(&section), "docs/compare.md lacks:\n{section}");
    }
}

#[test]
fn the_page_of_sweeps_lists_every_column_of_an_analysis() {
    let page = include_str!("../../docs/sweep.md");
    for table in super::sensitivity_schema::ANALYSIS_TABLES {
        let mut section = format!("### `{}`\n\n{}\n\n{HEADING}\n", table.name, table.doc);
        for column in table.columns() {
            section += &(column.row() + "\n");
        }
        assert!(page.contains(&section), "docs/sweep.md lacks:\n{section}");
    }
}

#[test]
fn the_page_of_calibrations_lists_every_column() {
    let page = include_str!("../../docs/calibrate.md");
    for table in super::calibration_schema::CALIBRATION_TABLES {
        let mut section = format!("### `{}`\n\n{}\n\n{HEADING}\n", table.name, table.doc);
        for column in table.columns() {
            section += &(column.row() + "\n");
        }
        assert!(
            page.contains(&section),
            "docs/calibrate.md lacks:\n{section}"
        );
    }
}

const HEADING: &str = "| column | type | unit | | meaning |\n|---|---|---|---|---|";

#[test]
fn a_trajectory_keeps_the_course_in_persons() {
    let mut trajectory = Trajectory::new();
    for owned in run() {
        trajectory.record(&owned.report());
    }
    assert_eq!(trajectory.left(), 12);
    assert_eq!(trajectory.returned(), 2);
    let newcomers: Vec<u64> = trajectory.points().iter().map(|p| p.newcomers[0]).collect();
    assert_eq!(newcomers, [0, 12, 10]);
    assert_eq!(trajectory.points()[1].arrivals, [12, 0]);
}
