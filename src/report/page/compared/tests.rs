//! What the page says of small comparisons that are written out here.

use super::ComparisonPage;
use crate::analyse::comparison_tables::{ComparisonTables, FateOfFlow, MeanAndBand, OutcomeRow};
use crate::measure::ALL;
use crate::report::page::figure::Figures;
use crate::report::page::test_support::manifest;
use crate::store::{Claims, Described, Description, Failed, Manifest, Place};
use serde_json::{Value, json};

fn description(draws: u32, replicates: u32) -> Description {
    let scenario = |name: &str| Described {
        name: name.into(),
        title: format!("Title of {name}"),
        changes: Vec::new(),
        events: Vec::new(),
    };
    let place = |code: &str, name: &str, origin| Place {
        code: code.into(),
        name: name.into(),
        origin,
        city: None,
    };
    Description {
        draft: false,
        seed: 1,
        scale: 100,
        draws,
        replicates,
        design: "latin-hypercube".into(),
        start: "2031-01-01".into(),
        end: "2031-12-31".into(),
        currency: "EUR".into(),
        scenarios: vec![scenario("base"), scenario("other")],
        countries: vec![
            place("XA", "Inland", true),
            place("XB", "Coastia", false),
            place("XC", "Hillia", false),
        ],
        segments: Vec::new(),
        observed: Vec::new(),
        claims: Claims::default(),
        varied: Vec::new(),
        warnings: Vec::new(),
        failed: None,
    }
}

/// Passes the page to `look`, which adds charts, and returns what is drawn in these.
fn charts(
    description: &Description,
    tables: &ComparisonTables,
    look: impl FnOnce(&ComparisonPage<'_>, &mut Figures),
) -> Vec<Value> {
    let manifest = Manifest {
        compared: vec!["other".into()],
        ..manifest()
    };
    let mut figures = Figures::default();
    let page = ComparisonPage {
        description,
        tables,
        manifest: &manifest,
    };
    look(&page, &mut figures);
    figures.into_specifications()
}

/// Persons whom the scenario loses as visitors of Coastia, by draw, replicate and fate.
fn lost(rows: &[(u64, u64, &str, f64)]) -> ComparisonTables {
    let row = |(draw, replicate, fate, persons): &(u64, u64, &str, f64)| FateOfFlow {
        scenario: "other".into(),
        draw: *draw,
        replicate: *replicate,
        origin: "XA".into(),
        country: "XB".into(),
        channel: "visit".into(),
        direction: "lost".into(),
        fate: (*fate).into(),
        persons: *persons,
    };
    ComparisonTables {
        fates: rows.iter().map(row).collect(),
        ..ComparisonTables::default()
    }
}

/// The chart of the flows that are lost.
fn flows(description: &Description, tables: &ComparisonTables) -> Value {
    let mut charts = charts(description, tables, |page, figures| {
        assert!(page.substitution(figures).is_some());
    });
    charts.remove(0)
}

/// Its sentence.
fn told(description: &Description, tables: &ComparisonTables) -> String {
    let chart = flows(description, tables);
    chart["statement"].as_str().unwrap().to_owned()
}

#[test]
fn persons_of_a_flow_are_a_mean_over_all_pairs_that_were_run() {
    // In three of four pairs nobody did otherwise, so these have no row.
    let tables = lost(&[(1, 0, "barred", 9_000.0), (1, 0, "later", 3_000.0)]);
    let mut described = description(2, 2);
    let chart = flows(&described, &tables);
    assert_eq!(chart["bars"][0]["persons"], json!(3_000.0));
    assert_eq!(chart["table"]["rows"][0][1], json!(3_000.0));
    let said = chart["statement"].as_str().unwrap();
    assert!(said.starts_with("Of 3,000 persons who left for Coastia"));
    // A pair that failed counts nowhere.
    described.failed = Some(Failed {
        failed: 1,
        runs: 8,
        pairs: 4,
        pairs_finished: vec![3],
    });
    assert!(told(&described, &tables).starts_with("Of 4,000 persons"));
}

#[test]
fn a_share_of_a_flow_has_the_interval_of_the_draws_that_have_it() {
    let draw = |draw, barred| {
        [
            (draw, 0, "barred", barred),
            (draw, 0, "later", 1.0 - barred),
        ]
    };
    let of = |draws, rows: &[(u64, u64, &str, f64)]| told(&description(draws, 1), &lost(rows));
    let one = of(2, &draw(1, 0.75));
    assert!(one.ends_with(" 75.0 % are barred by a rule"), "{one}");
    // The least and the largest: two draws are too few to leave some out.
    let two = [draw(1, 0.5), draw(2, 0.75)].concat();
    assert!(
        of(2, &two).ends_with(" 62.5 % (all draws: 50.0 to 75.0 %) are barred by a rule"),
        "{}",
        of(2, &two)
    );
    let of_three = of(3, &two);
    assert!(
        of_three.contains(" 62.5 % (the 2 draws with the flow: 50.0 to 75.0 %) "),
        "{of_three}"
    );
    // Of 39 numbers 2 lie at or below the 5 % point, and as many at or above the other.
    let many: Vec<_> = (1..=39)
        .flat_map(|n| draw(n, 0.5 + 0.01 * n as f64))
        .collect();
    let (all, some) = (of(39, &many), of(40, &many));
    assert!(all.contains(" (5–95\u{a0}%: 52.0 to 88.0 %) "), "{all}");
    assert!(
        some.contains(" (5–95\u{a0}% of the 39 draws with the flow: 52.0 to 88.0 %) "),
        "{some}"
    );
}

#[test]
fn replicates_of_a_draw_are_one_number_of_its_interval() {
    let tables = lost(&[
        (1, 0, "barred", 10.0),
        (1, 1, "later", 10.0),
        (2, 0, "barred", 30.0),
    ]);
    let said = told(&description(2, 2), &tables);
    assert!(
        said.contains(" 80.0 % (all draws: 50.0 to 100.0 %) "),
        "{said}"
    );
}

#[test]
fn motives_of_one_draw_are_drawn_without_an_interval() {
    let span = |mean, band| Some(MeanAndBand { mean, band });
    let row = |band| OutcomeRow {
        scenario: "other".into(),
        outcome: "left_by_motive".into(),
        group: "hardship".into(),
        country: ALL.into(),
        unit: "persons".into(),
        base: span(300.0, band),
        compared: span(200.0, band),
        difference: span(-100.0, None),
        draws: 1,
        lower: 1,
        higher: 0,
        sd_parameters: None,
        sd_chance: None,
        unpaired_runs: None,
    };
    let marks = |band| {
        let tables = ComparisonTables {
            outcomes: vec![row(band)],
            ..ComparisonTables::default()
        };
        let charts = charts(&description(1, 1), &tables, |page, figures| {
            assert!(page.motives(figures).is_some());
        });
        charts[0]["lines"][1]["values"][0].clone()
    };
    assert_eq!(marks(None), json!([200.0, null, null]));
    assert_eq!(marks(Some((150.0, 250.0))), json!([200.0, 150.0, 250.0]));
}
