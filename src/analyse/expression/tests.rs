//! Measures of the two hand-made weeks, checked against values computed by hand.

use super::super::period::Period;
use super::super::test_support::{kept, scenario};
use super::*;

fn read(text: &str) -> Measure {
    Measure::read(text, &scenario()).unwrap_or_else(|faults| panic!("{text}: {faults:?}"))
}

fn value_in(text: &str, period: &str) -> Result<f64, String> {
    let period = Period::read(period).unwrap();
    let grid = Grid::of(&scenario().calendar);
    let kept = kept();
    evaluate(&read(text).expression, period, &kept.runs()[0], &grid)
}

fn value(text: &str) -> f64 {
    value_in(text, "2022-02-01..2022-02-14").unwrap()
}

fn faults(text: &str) -> Vec<Fault> {
    Measure::read(text, &scenario()).expect_err(text)
}

/// Asserts that the first fault marks this part of the text and has these words in its title, expectation,
/// nearest name or cure.
fn assert_fault(text: &str, marked: &str, words: &[&str]) {
    let fault = &faults(text)[0];
    assert_eq!(&text[fault.span.clone()], marked, "{fault:?}");
    let all = format!("{fault:?}");
    for word in words {
        assert!(all.contains(word), "no {word:?} in {all}");
    }
}

#[test]
fn flows_add_up_and_a_step_that_is_cut_gives_its_share() {
    assert_eq!(value("sum(homes.left)"), 12.0);
    assert_eq!(value("sum(homes.left where segment = others)"), 10.0);
    assert_eq!(value("sum(homes.left where segment != others)"), 2.0);
    // Three of the seven days in which 12 left, three of those in which nobody did.
    let cut = value_in("sum(homes.left)", "2022-02-05..2022-02-10").unwrap();
    assert!((cut - 12.0 * 3.0 / 7.0).abs() < 1e-12);
    assert_eq!(value("mean(homes.left per day)"), 12.0 / 14.0);
    assert_eq!(value("mean(homes.left per week)"), 6.0);
    assert!((value("max(homes.left per day)") - 12.0 / 7.0).abs() < 1e-12);
    assert!((value("max(homes.left per week)") - 12.0).abs() < 1e-12);
    assert_eq!(value("min(homes.left per day)"), 0.0);
}

#[test]
fn net_flows_are_columns_with_signs() {
    let net = "countries.arrivals - countries.departures_onward - countries.departures_return";
    assert_eq!(value(&format!("sum({net} where country = GE)")), 10.0);
    assert_eq!(value("sum(-homes.returned + homes.left)"), 10.0);
}

#[test]
fn a_stock_is_taken_at_the_last_step_that_has_ended() {
    let newcomers = "last(countries.newcomers where country = \"GE\")";
    for (date, persons) in [
        ("2022-01-31", 0.0),
        ("2022-02-06", 0.0),
        ("2022-02-07", 12.0),
        ("2022-02-13", 12.0),
        ("2022-02-14", 10.0),
        ("2022-02-01..2022-02-14", 10.0),
    ] {
        assert_eq!(value_in(newcomers, date), Ok(persons), "{date}");
    }
    assert_eq!(
        value("last(countries.newcomers where country = 'GE' during 2022-02-08)"),
        12.0
    );
    assert_eq!(value("max(countries.rent_index where country = GE)"), 2.0);
    assert_eq!(value("min(countries.rent_index where country = GE)"), 1.5);
    assert_eq!(value("mean(countries.rent_index where country = GE)"), 1.75);
    // No step ends within these days, so the last one before them counts.
    let between = value_in(
        "max(countries.rent_index where country = GE)",
        "2022-02-09..2022-02-10",
    );
    assert_eq!(between, Ok(2.0));
}

#[test]
fn no_row_of_nobody_is_a_zero_and_no_other() {
    assert_eq!(
        value("sum(flows.persons where event = left and to = GE)"),
        12.0
    );
    assert_eq!(
        value("sum(flows.persons where event in (left, refused) and channel = visa-free)"),
        14.0
    );
    assert_eq!(value("sum(flows.persons where event = granted)"), 0.0);
    assert_eq!(
        value("last(stays.persons where country = GE and status = irregular)"),
        2.0
    );
    let irregular = "last(stays.persons where status = irregular)";
    assert_eq!(value_in(irregular, "2022-02-07"), Ok(0.0));
    let none = value_in(
        "sum(homes.left where origin = GE)",
        "2022-02-01..2022-02-14",
    );
    assert!(none.unwrap_err().contains("no row of homes.left"));
}

#[test]
fn an_empty_column_is_never_a_zero() {
    let period = "2022-02-01..2022-02-14";
    let why = value_in("last(homes.applying)", period).unwrap_err();
    assert!(why.contains("homes.applying is empty"), "{why}");
    // Russia has no rental market: its cells are empty, but those of Georgia are not.
    let why = value_in("last(countries.rent_index where country = RU)", period).unwrap_err();
    assert!(why.contains("empty there on 2022-02-14"), "{why}");
}

#[test]
fn days_are_counted_to_the_last_that_exceeds() {
    assert_eq!(value("days_to_last(homes.left per day > 1)"), 7.0);
    assert_eq!(value("days_to_last(homes.left per day > 2)"), 0.0);
    assert_eq!(
        value("days_to_last(homes.left per day > max(homes.left per day) / 6)"),
        7.0
    );
    assert_eq!(
        value("days_to_last(countries.rent_index where country = GE > 1)"),
        14.0
    );
    let cut = value_in(
        "days_to_last(homes.left per day > 1)",
        "2022-02-03..2022-02-05",
    );
    assert_eq!(cut, Ok(3.0));
    assert_eq!(
        read("days_to_last(homes.left per day > 1)").unit,
        Unit::read("days")
    );
}

#[test]
fn outcomes_are_taken_by_id() {
    assert_eq!(value("outcome(left)"), 12.0);
    assert_eq!(
        value("outcome(left_by_motive where group = mobilisation)"),
        6.0
    );
    assert_eq!(
        value("outcome(abroad_by_status_at_end where group = irregular and country = GE)"),
        2.0
    );
    assert_eq!(value("outcome(leavers_mean_age)"), 30.0);
    let none = value_in("outcome(rent_index_peak where country = RU)", "2022-02-07");
    assert!(none.unwrap_err().contains("no outcome rent_index_peak"));
}

#[test]
fn numbers_are_joined_as_in_school() {
    assert_eq!(value("1 + 2 * 3 - 4 / 2"), 5.0);
    assert_eq!(value("-(2 - 5) * 1_000.5"), 3001.5);
    assert_eq!(value("7 - 3 - 2"), 2.0);
    let share = value("sum(homes.left_by_mobilisation) / sum(homes.left)");
    assert_eq!(share, 0.5);
    let why = value_in(
        "sum(homes.left) / sum(homes.returned)",
        "2022-02-01..2022-02-07",
    );
    assert_eq!(why, Err("it divides by zero".to_owned()));
}

#[test]
fn units_follow_from_the_columns() {
    for (text, unit) in [
        ("sum(homes.left)", "persons"),
        ("max(homes.left per day)", "persons/day"),
        ("mean(homes.left per month) * 2", "persons/month"),
        ("sum(homes.left) / sum(homes.returned)", "share"),
        ("last(countries.rent_index where country = GE)", "ratio"),
        ("outcome(leavers_mean_age)", "years"),
        ("outcome(person_months_held)", "person-months"),
    ] {
        assert_eq!(read(text).unit, Unit::read(unit), "{text}");
    }
    assert_fault(
        "sum(homes.left) + 3",
        "sum(homes.left) + 3",
        &["persons and share or ratio cannot be added"],
    );
}

#[test]
fn wrong_names_are_told_with_the_nearest() {
    assert_fault(
        "summ(homes.left)",
        "summ",
        &["no function `summ`", "Some(\"sum\")"],
    );
    assert_fault(
        "sum(home.left)",
        "home",
        &["no table `home`", "Some(\"homes\")"],
    );
    assert_fault(
        "sum(homes.lefts)",
        "lefts",
        &["no column `lefts`", "Some(\"left\")"],
    );
    assert_fault("sum(homes.segment)", "segment", &["holds names"]);
    assert_fault("sum(outcomes.value)", "outcomes", &["write outcome("]);
    assert_fault(
        "sum(homes.left where segmet = others)",
        "segmet",
        &["not a key", "Some(\"segment\")"],
    );
    assert_fault(
        "sum(homes.left where segment = other)",
        "other",
        &["Some(\"others\")"],
    );
    assert_fault(
        "sum(countries.arrivals where country in (GE, GF))",
        "GF",
        &["Some(\"GE\")"],
    );
    assert_fault(
        "sum(flows.persons where event = arived)",
        "arived",
        &["no event", "Some(\"arrived\")"],
    );
    assert_fault(
        "last(stays.persons where status = 'legl')",
        "'legl'",
        &["Some(\"legal\")"],
    );
    assert_fault("outcome(lefts)", "lefts", &["no outcome", "Some(\"left\")"]);
    assert_fault(
        "outcome(left where group = othrs)",
        "othrs",
        &["Some(\"others\")"],
    );
    assert_fault(
        "outcome(left where country = GE)",
        "GE",
        &["no country of `left`"],
    );
    assert_fault(
        "outcome(rent_index_peak)",
        "rent_index_peak",
        &["where country = ..."],
    );
    // Where an outcome divides another one by its groups, it has no row of everybody.
    assert_fault(
        "outcome(left_by_motive)",
        "left_by_motive",
        &["none of everybody", "conscience", "where group = ..."],
    );
    assert_fault(
        "outcome(left_by_motive where group = ALL)",
        "ALL",
        &["no group of `left_by_motive`"],
    );
    // Segments are not told apart by country.
    assert_fault(
        "outcome(abroad_at_end where group = others and country = GE)",
        "abroad_at_end",
        &[
            "none of a group in a country",
            "where group = others)",
            "where country = GE)",
        ],
    );
    assert_fault("outcome(left during 2022-02)", "2022-02", &["whole run"]);
    // All faults of names and units are reported at once.
    assert_eq!(
        faults("sum(home.left) + sum(homes.lefts where segmet = x)").len(),
        3
    );
}

#[test]
fn senseless_terms_are_refused() {
    assert_fault("sum(homes.abroad)", "sum", &["stock", "write last"]);
    assert_fault("last(homes.left)", "last", &["flow", "write sum"]);
    assert_fault("max(homes.left)", "max", &["differ in length", "per day"]);
    assert_fault("sum(homes.left per day)", "day", &["write mean"]);
    assert_fault("last(homes.abroad per day)", "day", &["take per out"]);
    assert_fault(
        "last(countries.rent_index)",
        "countries.rent_index",
        &["where country = ..."],
    );
    assert_fault(
        "sum(homes.left - countries.arrivals)",
        "countries",
        &["two tables"],
    );
    assert_fault(
        "last(homes.left - homes.abroad)",
        "abroad",
        &["do not go together"],
    );
    assert_fault(
        "sum(homes.left during 2022)",
        "2022",
        &["outside", "2022-02-01 to 2022-02-14"],
    );
    assert_fault(
        "days_to_last(homes.left per day > sum(homes.left))",
        "sum(homes.left)",
        &["cannot exceed"],
    );
}

#[test]
fn what_cannot_be_read_is_told_where() {
    for (text, marked, words) in [
        ("", "", &["the end"][..]),
        ("sum(homes.left", "", &["the end", ") at the end"]),
        ("sum(homes.left))", ")", &["the end of the measure"]),
        ("sum homes.left", "homes", &["( after"]),
        ("sum(left)", ")", &["homes.left"]),
        ("sum(homes.left where segment)", ")", &["in (...)"]),
        ("sum(homes.left where segment = )", ")", &["a name"]),
        (
            "sum(homes.left where segment in (a b))",
            "b",
            &[") after the last name"],
        ),
        (
            "sum(homes.left during 2022-14)",
            "2022-14",
            &["not a day, month or year"],
        ),
        ("max(homes.left per hour)", "hour", &["not a unit of time"]),
        (
            "max(homes.left per day per day)",
            "per day",
            &["`per` twice"],
        ),
        ("1.2.3", "1.2.3", &["not a number"]),
        ("1 + ", "", &["a function"]),
        ("days_to_last(homes.left per day)", ")", &["> and what"]),
        ("sum(homes.left where segment = 'x)", "'", &["a name"]),
    ] {
        assert_fault(text, marked, words);
    }
    let deep = format!("{}1{}", "(".repeat(500), ")".repeat(500));
    assert!(faults(&deep)[0].title.contains("deeper"));
    let long = format!("1{}", " + 1".repeat(600));
    assert!(faults(&long)[0].title.contains("characters"));
}

#[test]
fn no_text_makes_reading_fail_in_another_way() {
    let pieces = [
        "sum", "(", ")", "homes", ".", "left", " where ", "segment", "=", "others", "-", "+",
        "per ", "day", "during ", "2022-02", "..", "\"", "é", "1", "/", "in", ",", "outcome", ">",
        "not ",
    ];
    // Every text of three pieces, alone and after a beginning that parses.
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}{second}{third}");
                for text in [text.clone(), format!("sum(homes.left {text}")] {
                    if let Err(faults) = Measure::read(&text, &scenario()) {
                        assert!(!faults.is_empty(), "{text}");
                        for fault in faults {
                            assert!(text.get(fault.span).is_some(), "{text}");
                        }
                    }
                }
            }
        }
    }
}
