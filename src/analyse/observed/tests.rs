//! Bad rows are refused, all at once, each with its file and line.

use super::super::test_support::{kept, scenario};
use super::*;
use crate::scenario::Problems;

const GOOD: &str =
    "C1,leavers,12,10,14,persons,2022-02-01..2022-02-14,fit,sum(homes.left),,,a survey";

fn read(rows: &str) -> Result<Observed, Problems> {
    let text = format!("{}\n{rows}\n", COLUMNS.join(","));
    Observed::read("cases/observed.csv", &text, &scenario())
}

/// Asserts that the row is refused with one problem, in line 3, with these words.
fn assert_refused(row: &str, words: &[&str]) {
    let problems = read(&format!("{GOOD}\n{row}")).expect_err(row);
    let text = problems.to_string();
    assert_eq!(problems.len(), 1, "{text}");
    assert!(text.contains("cases/observed.csv:3"), "{text}");
    assert!(text.contains("= cure: "), "{text}");
    for word in words {
        assert!(text.contains(word), "no {word:?} in:\n{text}");
    }
}

#[test]
fn a_row_is_read_as_it_stands() {
    let rows = "C1, leavers ,12,10,14,persons,2022-02-01..2022-02-14,fit,sum(homes.left),,,\"a, b\"\n\
                C2,permits,,1,2,permits,2021,report,not modelled: they include residents,,,c";
    let observed = read(rows).unwrap();
    let first = &observed.rows[0];
    assert_eq!(
        (first.quantity.as_str(), first.source.as_str()),
        ("leavers", "a, b")
    );
    assert_eq!(
        (first.value, first.band, first.usage),
        (Some(12.0), Some((10.0, 14.0)), Usage::Fit)
    );
    assert_eq!(first.point(), Some(12.0));
    let reason = "they include residents".to_owned();
    assert_eq!(observed.rows[1].measured, Measured::NotModelled(reason));
    assert!((observed.rows[1].point().unwrap() - 2.0_f64.sqrt()).abs() < 1e-12);
    let grid = Grid::of(&scenario().calendar);
    assert_eq!(
        observed.evaluate(&kept().runs()[0], &grid),
        [Some(Ok(12.0)), None]
    );
    let names: Vec<&str> = observed.tables().iter().map(|table| table.name).collect();
    assert_eq!(names, ["homes"]);
}

#[test]
fn the_order_of_columns_and_a_mark_of_byte_order_do_not_matter() {
    let text = "\u{feff}source,id,quantity,value,low,high,unit,period,use,measure,set,country\r\n\
                s,C1,leavers,,10,14,persons,2022-02-01..2022-02-14,fit,sum(homes.left),,\r\n\r\n";
    let observed = Observed::read("o.csv", text, &scenario()).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(
        (observed.rows.len(), observed.rows[0].id.as_str()),
        (1, "C1")
    );
}

#[test]
fn bad_numbers_are_refused() {
    let row = |value: &str, low: &str, high: &str, usage: &str| {
        format!(
            "C2,q,{value},{low},{high},persons,2022-02-01..2022-02-14,{usage},sum(homes.left),,,s"
        )
    };
    assert_refused(&row("", "14", "10", "fit"), &["low, 14, is above high, 10"]);
    assert_refused(&row("9", "10", "14", "fit"), &["outside its own band"]);
    assert_refused(&row("", "10", "", "fit"), &["without its high"]);
    assert_refused(&row("", "", "14", "fit"), &["without its low"]);
    assert_refused(&row("", "", "", "fit"), &["neither a value nor a band"]);
    assert_refused(&row("12", "", "", "fit"), &["without a band", "report"]);
    assert!(read(&row("12", "", "", "report")).is_ok());
    assert_refused(&row("", "ten", "14", "fit"), &["`ten` is not a number"]);
    assert_refused(&row("", "NaN", "14", "fit"), &["`NaN` is not a number"]);
    assert_refused(
        &row("", "\"1,000\"", "2000", "fit"),
        &["write 1,234.5 as 1234.5"],
    );
    let share = |low: &str| {
        format!("C2,q,,{low},0.9,share,2022-02-07,fit,sum(homes.returned)/sum(homes.left),,,s")
    };
    assert_refused(&share("29 %"), &["write 29 % as 0.29"]);
    assert_refused(&share("-0.2"), &["a share of -0.2"]);
}

#[test]
fn bad_words_are_refused() {
    assert_refused(GOOD, &["two rows are called `C1`", "observed.csv:2"]);
    assert_refused(&GOOD.replace("C1", ""), &["no id"]);
    assert_refused(&GOOD.replace("C1,leavers", "C2,"), &["no quantity"]);
    assert_refused(
        &GOOD.replace("C1", "C2").replace("a survey", ""),
        &["no source"],
    );
    assert_refused(
        &GOOD.replace("C1", "C2").replace("leavers", "=1+2"),
        &["quantity begins with a character that makes spreadsheets run"],
    );
    assert_refused(
        &GOOD
            .replace("C1", "C2")
            .replace("leavers", "leavers\u{202e}"),
        &["quantity contains an invisible character"],
    );
    // A source goes into no table.
    assert!(read(&GOOD.replace("a survey", "=1+2")).is_ok());
    assert_refused(
        &GOOD.replace("C1", "C2").replace("fit", "fitt"),
        &["there is no use", "nearest: fit"],
    );
    let period = |period: &str| {
        GOOD.replace("C1", "C2")
            .replace("2022-02-01..2022-02-14", period)
    };
    assert_refused(&period("February"), &["not a day, month or year"]);
    assert_refused(&period("2022-02-14..2022-02-01"), &["is after"]);
    assert_refused(
        &period("2022"),
        &["outside the scenario", "2022-02-01 to 2022-02-14", "during"],
    );
    let other = GOOD.replace("C1", "C2").replace("persons", "persons/day");
    assert_refused(
        &other,
        &["the measure gives persons, but the row says persons/day"],
    );
}

#[test]
fn bad_measures_are_refused_at_their_place() {
    let with = |measure: &str| GOOD.replace("C1", "C2").replace("sum(homes.left)", measure);
    assert_refused(&with(""), &["no measure", "not modelled"]);
    assert_refused(&with("not modelled"), &["no reason"]);
    assert_refused(
        &with("sum(homes.lefft)"),
        &["no column `lefft`", "nearest: left", "^^^^^\n"],
    );
    // The mark stands under the word even though quotes are doubled in the file.
    let text = read(&with("\"sum(homes.left where segment = \"\"othrs\"\")\""))
        .unwrap_err()
        .to_string();
    let lines: Vec<&str> = text.lines().collect();
    let marks = lines.iter().position(|line| line.contains('^')).unwrap();
    let column = lines[marks].find('^').unwrap();
    assert_eq!(&lines[marks - 1][column..column + 7], "\"\"othrs", "{text}");
}

#[test]
fn a_period_counts_only_where_the_measure_looks_at_it() {
    let row =
        "C2,q,,10,14,persons,2023..2024,fit,sum(homes.left during 2022-02-01..2022-02-14),,,s";
    assert!(read(row).is_ok());
    let row = "C2,q,,10,14,persons,2023..2024,fit,outcome(left),,,s";
    assert!(read(row).is_ok());
    // The day before the first has stocks but no flows.
    let row = "C2,q,,0,14,persons,2022-01-31,fit,last(homes.abroad),,,s";
    assert!(read(row).is_ok());
    let row = "C2,q,,0,14,persons,2022-01-31,fit,sum(homes.left),,,s";
    assert!(read(row).is_err());
}

#[test]
fn bad_sets_are_refused() {
    let row = |set: &str, country: &str, unit: &str| {
        format!("{set}{country},q,,10,14,{unit},2022,fit,not modelled: no,{set},{country},s")
    };
    assert_refused(&row("s", "", "persons"), &["without its country"]);
    assert_refused(&row("", "GE", "persons"), &["without a set"]);
    let two = |second: &str| format!("{}\n{second}", row("s", "GE", "persons"));
    let problems = read(&two(&row("s", "GE", "persons").replace("sGE", "x"))).unwrap_err();
    assert!(
        problems
            .to_string()
            .contains("GE appears twice in the set s"),
        "{problems}"
    );
    let problems = read(&two(&row("s", "AM", "share").replace("10,14", "0,1"))).unwrap_err();
    assert!(
        problems.to_string().contains("share in a set of persons"),
        "{problems}"
    );
    let measured = "C2,q,,10,14,persons,2022-02-07,fit,sum(homes.left),s,GF,s";
    assert_refused(measured, &["no country `GF`", "nearest: GE"]);
    // A country that is not in the scenario may stand in a row that is not modelled.
    assert!(read(&row("s", "ZZ", "persons")).is_ok());
}

#[test]
fn bad_headings_and_lines_are_refused() {
    let read = |text: &str| {
        Observed::read("o.csv", text, &scenario())
            .unwrap_err()
            .to_string()
    };
    let heading = COLUMNS.join(",");
    let text = read(&heading.replace(",period", "").replace("measure", "mesure"));
    for words in [
        "o.csv:1",
        "no columns period, measure",
        "no column `mesure`",
        "nearest: measure",
    ] {
        assert!(text.contains(words), "{text}");
    }
    assert!(read(&heading.replace("set", "id")).contains("the column `id` appears twice"));
    assert!(read("").contains("o.csv is empty"));
    assert!(read(&heading).contains("o.csv has no rows"));
    let text = read(&format!("{heading}\n{GOOD},too much\n"));
    assert!(
        text.contains("13 cells where the heading has 12") && text.contains("o.csv:2"),
        "{text}"
    );
    let text = read(&format!("{heading}\n\"open,{GOOD}\n"));
    assert!(text.contains("1 cell where the heading has 12"), "{text}");
}

/// A file as spreadsheets save it where the comma is the decimal sign: reported once, not as missing columns.
#[test]
fn other_signs_between_cells_are_told_once() {
    for (sign, word) in [(";", "semicolons"), ("\t", "tabs")] {
        let text = format!("{}\nA{sign}b\n", COLUMNS.join(sign));
        let problems = Observed::read("o.csv", &text, &scenario()).unwrap_err();
        assert_eq!(problems.len(), 1, "{problems}");
        assert!(problems.to_string().contains(word), "{problems}");
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let rows = format!(
        "{}\n{}\n{}",
        GOOD.replace("10,14", "14,10").replace("fit", "fitt"),
        GOOD.replace("C1", "C2").replace("homes", "home"),
        GOOD.replace("C1", "C3").replace("persons", "share"),
    );
    let problems = read(&rows).unwrap_err();
    let text = problems.to_string();
    // From the third row: the unit, and three numbers that are not shares.
    assert_eq!(problems.len(), 7, "{text}");
    for line in 2..=4 {
        assert!(
            text.contains(&format!("cases/observed.csv:{line}")),
            "{text}"
        );
    }
}
