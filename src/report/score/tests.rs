//! How the scores of a made-up case are shown.

use crate::analyse::{OBSERVED_COLUMNS, Observed, Scores};
use crate::measure::test_support::scenario;
use crate::report::{ScoreReport, Screen};
use crate::scenario::Scenario;
use console::measure_text_width;

const PIPE: Screen = Screen {
    width: 100,
    colour: false,
    unicode: true,
};

fn scores(scenario: &Scenario, runs: usize) -> Scores {
    let rows = "\
A,everybody who left,12,10,14,persons,2022-02-01..2022-02-14,fit,sum(homes.left),,,a survey
B,newcomers in Georgia at the end of the first week,,2,3,persons,2022-02-07,report,last(countries.newcomers where country = GE),s,GE,press
C,newcomers in Georgia at the end,,5,6,persons,2022-02-14,report,last(countries.newcomers where country = GE),,,press
D,share of those who left called up,0.3,0.25,0.355,share,2022-02-01..2022-02-14,fit,sum(homes.left_by_mobilisation) / sum(homes.left),,,a survey
E,net arrivals,,5,9,persons,2022-02-01..2022-02-14,fit,sum(countries.arrivals),,,press
F,permits,,1,2,permits,2022,report,\"not modelled: permits are counted by family, persons are not\",,,press
G,detentions,,1,2,persons,2022-02-01..2022-02-14,report,sum(homes.detentions),,,press
H,rent,1.5,,,ratio,2022-02-14,report,last(countries.rent_index where country = GE),,,press
I,newcomers in Russia,,1,4,persons,2022-02-07,report,last(countries.newcomers where country = RU),s,RU,press
J,newcomers in Armenia,,1,4,persons,2022-02-07,report,not modelled: not built,s,AM,press
";
    let text = format!("{}\n{rows}", OBSERVED_COLUMNS.join(","));
    let observed = Observed::read("observed.csv", &text, scenario)
        .unwrap_or_else(|problems| panic!("{problems}"));
    let run = |shift: f64| {
        let empty = "column homes.detentions is empty: its mechanism is off or not built";
        vec![
            Some(Ok(12.0 + shift)),
            Some(Ok(4.0)),
            Some(Ok(40.0)),
            Some(Ok(0.2531)),
            Some(Ok(-3.0)),
            None,
            Some(Err(empty.to_owned())),
            Some(Ok(1.75)),
            Some(Ok(1.5)),
            None,
        ]
    };
    let runs: Vec<_> = (0..runs).map(|index| run(index as f64)).collect();
    Scores::of(&observed, scenario, &runs)
}

fn with<T>(runs: usize, show: impl Fn(&ScoreReport<'_>) -> T) -> T {
    let scenario = scenario();
    show(&report(&scores(&scenario, runs), &scenario, runs))
}

fn report<'a>(scores: &'a Scores, scenario: &'a Scenario, runs: usize) -> ScoreReport<'a> {
    ScoreReport {
        scores,
        scenario,
        observed: "cases/observed.csv",
        command: "exeunt score cases/two-weeks.toml --markdown",
        seed: 1,
        scale: 2,
        runs,
    }
}

#[test]
fn scores_are_shown_row_by_row() {
    insta::assert_snapshot!(with(1, |report| report.render(&PIPE)));
}

#[test]
fn scores_of_several_runs_are_written_as_markdown() {
    insta::assert_snapshot!(with(3, |report| report.markdown()));
}

#[test]
fn no_line_of_scores_is_wider_than_the_screen() {
    for width in 70..150 {
        let text = with(3, |report| report.render(&Screen { width, ..PIPE }));
        for line in text.lines() {
            assert!(measure_text_width(line) <= width, "{width}: {line}");
        }
    }
}

/// Columns give way to long quantities alone: what short ones leave is for the interval.
#[test]
fn short_quantities_leave_room_for_the_interval() {
    let scenario = scenario();
    let mut scores = scores(&scenario, 3);
    let shown = |scores: &Scores| {
        let text = report(scores, &scenario, 3).render(&PIPE);
        text.contains("Lowest–highest")
    };
    assert!(!shown(&scores));
    for row in &mut scores.rows {
        row.observation.quantity.truncate(8);
    }
    assert!(shown(&scores));
}

#[test]
fn plain_screens_get_plain_signs() {
    let text = with(3, |report| {
        report.render(&Screen {
            unicode: false,
            ..PIPE
        })
    });
    assert!(text.is_ascii(), "{text}");
}

#[test]
fn programs_get_every_number() {
    let json = with(3, |report| report.as_json());
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(10));
    assert_eq!(json["rows"][0]["result"]["mean"], 13.0);
    assert_eq!(json["rows"][0]["result"]["values"][2], 14.0);
    assert_eq!(json["rows"][1]["result"]["verdict"], "above");
    let log = json["rows"][1]["result"]["log_distance"].as_f64().unwrap();
    assert!((log - crate::draw::math::ln(4.0 / 3.0)).abs() < 1e-12);
    assert!(json["rows"][4]["result"]["log_distance"].is_null());
    assert_eq!(json["rows"][4]["result"]["distance"], -8.0);
    assert_eq!(json["rows"][5]["result"]["verdict"], "not modelled");
    assert_eq!(json["rows"][6]["result"]["verdict"], "not computed");
    assert_eq!(json["rows_counted"], 6);
    assert_eq!(json["rows_inside"], 3);
    assert_eq!(json["losses"][0]["to"], "equal split");
    assert_eq!(json["sets"][0]["left_out"][0], "AM");
}
