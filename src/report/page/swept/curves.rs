//! The responses of an outcome along what varies: curves over ranges, marks for the entries of lists.

use super::axes::{ends, number};
use super::indices::{Drawn, unit_first};
use super::view::{CURVES, Outcome, View};
use crate::analyse::sensitivity_tables::ResponsePart;
use crate::report::page::figure::{mark, table};
use crate::report::page::words::Form;
use serde_json::{Value, json};

/// Number of entries of a list that are drawn; the table has all of them.
const ENTRIES: usize = 24;

impl View<'_> {
    /// Responses along the axes that move an outcome most; all panels of an outcome share one scale.
    pub(super) fn curves(&self, outcome: &Outcome<'_>) -> Vec<Drawn> {
        let shown: Vec<usize> = self.order(outcome).into_iter().take(CURVES).collect();
        let parts = || {
            let cases = outcome.cases.iter();
            cases.flat_map(|case| shown.iter().flat_map(|axis| &case.curves[*axis]))
        };
        let low = |part: &&ResponsePart| part.mean.band.map_or(part.mean.mean, |(low, _)| low);
        let high = |part: &&ResponsePart| part.mean.band.map_or(part.mean.mean, |(_, high)| high);
        let lowest = parts().map(low).fold(f64::INFINITY, f64::min);
        let highest = parts().map(high).fold(f64::NEG_INFINITY, f64::max);
        let scale = match lowest < highest {
            true => (lowest, highest),
            // All values are the same, or there are none.
            false if lowest.is_finite() => (lowest - 0.5, lowest + 0.5),
            false => (0.0, 1.0),
        };
        shown
            .iter()
            .map(|axis| self.curve(outcome, *axis, scale))
            .collect()
    }

    fn curve(&self, outcome: &Outcome<'_>, axis: usize, (from, to): (f64, f64)) -> Drawn {
        let form = Form::of(outcome.unit).name();
        let varied = &self.spec.axes[axis];
        let mut drawn = match ends(varied, self.currency()) {
            Some((range, dimension, texts)) => {
                let middle = |part: &ResponsePart| {
                    let [low, high] =
                        [&part.ends.0, &part.ends.1].map(|text| number(text, dimension));
                    Some(0.5 * (low? + high?))
                };
                let lines = outcome.cases.iter().enumerate().map(|(scenario, case)| {
                    let parts = case.curves[axis].iter();
                    let marks: Vec<Value> = parts
                        .filter_map(|part| Some(json!([middle(part)?, mark(Some(part.mean))])))
                        .collect();
                    json!({ "s": scenario, "marks": marks })
                });
                json!({ "kind": "response", "range": range, "ends": texts, "lines": lines.collect::<Vec<_>>() })
            }
            None => {
                let longest = outcome.cases.iter().map(|case| &case.curves[axis]);
                let longest = longest.max_by_key(|parts| parts.len());
                let longest = longest.into_iter().flatten().take(ENTRIES);
                let entries: Vec<&str> = longest.map(|part| part.ends.0.as_str()).collect();
                let lines = outcome.cases.iter().enumerate().map(|(scenario, case)| {
                    let of = |entry: &&str| {
                        let mut parts = case.curves[axis].iter();
                        mark(
                            parts
                                .find(|part| part.ends.0 == **entry)
                                .map(|part| part.mean),
                        )
                    };
                    json!({ "s": scenario, "values": entries.iter().map(of).collect::<Vec<_>>() })
                });
                let lines: Vec<Value> = lines.collect();
                json!({ "kind": "whisker", "as_they_are": true, "categories": entries, "lines": lines })
            }
        };
        if let Some(fields) = drawn.as_object_mut() {
            fields.insert("form".into(), json!(form));
            fields.insert("from".into(), json!(from));
            fields.insert("to".into(), json!(to));
            fields.insert("table".into(), self.parts(outcome, axis, form));
        }
        let statement = format!("{}: {}", self.axes[axis], self.swing(outcome, axis));
        let entries = varied.entries().filter(|entries| *entries > ENTRIES);
        let cut = entries.map_or_else(String::new, |entries| {
            format!("; the first {ENTRIES} of {entries} entries, the table has all")
        });
        let note = format!(
            "{}Mean of {}, with its 90 % interval{cut}",
            unit_first(outcome.unit),
            outcome.label
        );
        (drawn, statement, note)
    }

    /// How far the mean goes up and down: from the scenario where it does so least to the one where it does so most.
    fn swing(&self, outcome: &Outcome<'_>, axis: usize) -> String {
        let swings = outcome.cases.iter().filter_map(|case| {
            let means = || case.curves[axis].iter().map(|part| part.mean.mean);
            Some(means().max_by(f64::total_cmp)? - means().min_by(f64::total_cmp)?)
        });
        let mut swings: Vec<f64> = swings.collect();
        swings.sort_by(f64::total_cmp);
        let told = |value: f64| match Form::of(outcome.unit) {
            Form::Share => format!("{:.1} points", 100.0 * value),
            _ => self.told_amount(value, outcome.unit),
        };
        match swings[..] {
            [] => "no response".to_owned(),
            [only] => format!("means differ by up to {}", told(only)),
            [least, .., most] => format!(
                "means differ by up to {} to {}, by scenario",
                told(least)
                    .trim_end_matches(outcome.unit)
                    .trim_end_matches(" points")
                    .trim_end(),
                told(most)
            ),
        }
    }

    fn parts(&self, outcome: &Outcome<'_>, axis: usize, form: &str) -> Value {
        let columns = [
            ("From", "text"),
            ("To", "text"),
            ("Scenario", "text"),
            ("Points", "whole"),
            ("Mean", form),
            ("5 %", form),
            ("95 %", form),
        ];
        let cases = outcome.cases.iter().enumerate();
        let rows = cases.flat_map(|(scenario, case)| {
            case.curves[axis].iter().map(move |part| {
                let (low, high) = part.mean.band.unzip();
                vec![
                    json!(part.ends.0),
                    json!(part.ends.1),
                    json!(self.title(scenario)),
                    json!(part.points),
                    json!(part.mean.mean),
                    json!(low),
                    json!(high),
                ]
            })
        });
        table(&columns, rows.collect())
    }
}
