//! Checks of the words in a row: its name, use, period, measure and set.

use super::super::expression::{Measure, inside};
use super::super::period::{CURE, FORMS, Period};
use super::super::unit::Unit;
use super::line::Line;
use super::{Measured, Member, Usage};
use crate::scenario::{Problem, Scenario, hidden, nearest, one_of};
use crate::store::is_formula;

/// How the cell of a measure begins if the quantity is not modelled.
const NOT_MODELLED: &str = "not modelled";

/// Reads a text that must not be empty.
pub(super) fn text(line: &mut Line<'_>, column: &str, expected: &str) -> String {
    let text = line.cell(column);
    if text.is_empty() {
        line.report(
            column,
            Problem::error(format!("no {column}"))
                .expected(expected)
                .cure(format!("fill in {column}")),
        );
    }
    if text.contains(hidden) {
        line.report(
            column,
            Problem::error(format!("{column} contains an invisible character"))
                .expected(expected)
                .cure("take the character out; retyping the text does that"),
        );
    }
    // The source goes into no table.
    if column != "source" && is_formula(text) {
        line.report(
            column,
            Problem::error(format!(
                "{column} begins with a character that makes spreadsheets run a cell as a formula"
            ))
            .expected(expected)
            .cure("begin it with a letter or a digit"),
        );
    }
    text.to_owned()
}

/// Reads the use of a row.
pub(super) fn usage(line: &mut Line<'_>) -> Option<Usage> {
    let word = line.cell("use");
    let found = Usage::WORDS.iter().find(|(known, _)| *known == word);
    if found.is_none() {
        let words = Usage::WORDS.map(|(word, _)| word);
        line.report(
            "use",
            Problem::error(format!("there is no use `{word}`"))
                .expected(one_of(&words, false))
                .nearest(nearest(word, words.into_iter()))
                .cure("write fit if anything was fitted to the row, input if a parameter says the same, otherwise report"),
        );
    }
    found.map(|(_, usage)| *usage)
}

/// Reads the period of a row.
pub(super) fn period(line: &mut Line<'_>) -> Option<Period> {
    match Period::read(line.cell("period")) {
        Ok(period) => Some(period),
        Err(reason) => {
            line.report("period", Problem::error(reason).expected(FORMS).cure(CURE));
            None
        }
    }
}

/// Reads the measure, and checks its unit against the row's and its period against the scenario's.
pub(super) fn measured(
    line: &mut Line<'_>,
    scenario: &Scenario,
    period: Option<Period>,
) -> Option<Measured> {
    let text = line.cell("measure");
    if let Some(rest) = text.strip_prefix(NOT_MODELLED) {
        let reason = rest.trim_start_matches([':', ' ']);
        if reason.is_empty() {
            line.report(
                "measure",
                Problem::error("not modelled, but no reason is given")
                    .expected("why the tables cannot give it")
                    .cure("write `not modelled:` and the reason"),
            );
        }
        return Some(Measured::NotModelled(reason.to_owned()));
    }
    if text.is_empty() {
        line.report(
            "measure",
            Problem::error("no measure")
                .expected("an expression such as sum(homes.left), or not modelled: with the reason")
                .cure("docs/score.md explains what can be written"),
        );
        return None;
    }
    let measure = match Measure::read(text, scenario) {
        Ok(measure) => measure,
        Err(faults) => {
            for fault in faults {
                line.report_fault("measure", fault);
            }
            return None;
        }
    };
    let unit = line.cell("unit");
    if !unit.is_empty() && Unit::read(unit) != measure.unit {
        line.report(
            "unit",
            Problem::error(format!(
                "the measure gives {}, but the row says {unit}",
                measure.unit
            ))
            .expected(measure.unit.to_string())
            .cure("correct the unit, or divide the measure so that it has the unit of the row"),
        );
    }
    if let Some(period) = period
        && measure.terms_of_row() > 0
        && let Err(expected) = inside(&period, scenario, measure.has_flow_of_row())
    {
        line.report(
            "period",
            Problem::error(format!("the period {period} lies outside the scenario"))
                .expected(expected)
                .cure("shorten the period, or say in the measure which days of the run count: during 2022-02..2022-12"),
        );
    }
    Some(Measured::By {
        text: text.to_owned(),
        measure,
    })
}

/// Reads the set of a row and its country; `None` if it belongs to no set.
pub(super) fn member(
    line: &mut Line<'_>,
    scenario: &Scenario,
    is_measured: bool,
) -> Option<Member> {
    let (set, country) = (line.cell("set"), line.cell("country"));
    match (set.is_empty(), country.is_empty()) {
        (true, true) => return None,
        (false, false) => {}
        (false, true) => {
            line.report(
                "country",
                Problem::error("a row of a set without its country")
                    .expected("the code of the country that the row is about")
                    .cure("fill in country, or empty set"),
            );
            return None;
        }
        (true, false) => {
            line.report(
                "set",
                Problem::error("a country without a set")
                    .expected(
                        "the name of the set of rows, one for each country, to which it belongs",
                    )
                    .cure("fill in set, or empty country"),
            );
            return None;
        }
    }
    let mut codes = scenario.countries.iter().map(|known| known.code.as_str());
    if is_measured && !codes.any(|code| code == country) {
        let codes: Vec<&str> = scenario
            .countries
            .iter()
            .map(|known| known.code.as_str())
            .collect();
        line.report(
            "country",
            Problem::error(format!("there is no country `{country}` in the scenario"))
                .expected(one_of(&codes, false))
                .nearest(nearest(country, codes.iter().copied()))
                .cure("correct the code, or take the row out of its set"),
        );
    }
    Some(Member {
        set: set.to_owned(),
        country: country.to_owned(),
    })
}
