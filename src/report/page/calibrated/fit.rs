//! Each observed row against the runs that are kept.

use super::bands::{axis, places};
use super::short::{KINDS, counted};
use super::view::{View, between, form, number, standing, unit_after};
use crate::analyse::calibrated::{RowKind, Spread};
use crate::analyse::calibration_tables::FitRow;
use crate::report::page::figure::{Figure, Figures, table};
use maud::{Markup, html};
use serde_json::{Value, json};

impl View<'_> {
    /// A chart for each kind of row with a band, and a table of all rows.
    pub(super) fn fit(&self, figures: &mut Figures) -> Markup {
        html! {
            p class="note" {
                "Each row is drawn on the scale of its own band, the shaded column: from its low end to its high end, then in band widths to "
                "either side, evenly up to one width and logarithmically beyond. Dot: median of the kept runs; thick line: the middle half; "
                "thin line: from 5 to 95 %, chance included. A row is met where its thick line touches the column."
                @if !self.tables.left_out.is_empty() { " Open, below it: the same, as predicted by the fit without the row." }
            }
            @for (kind, called) in KINDS { (self.chart(kind, called, figures)) }
            h3 { "Every row in its unit" }
            (self.all_rows())
        }
    }

    fn chart(&self, kind: RowKind, called: &str, figures: &mut Figures) -> Markup {
        let rows = in_order(self.rows(kind));
        let on_scale = |row: &FitRow| places(row.runs?, row.band?);
        let drawn: Vec<(&FitRow, [f64; 5], Option<&FitRow>)> = rows
            .iter()
            .filter_map(|row| Some((*row, on_scale(row)?, self.without(row))))
            .collect();
        if drawn.is_empty() {
            return html! {};
        }
        let others: Vec<Option<[f64; 5]>> = drawn
            .iter()
            .map(|(_, _, without)| without.and_then(on_scale))
            .collect();
        let mut marks: Vec<[f64; 5]> = drawn.iter().map(|(_, marks, _)| *marks).collect();
        marks.extend(others.iter().flatten());
        let (from, to, ticks) = axis(&marks);
        let lines: Vec<Value> = drawn
            .iter()
            .zip(&others)
            .map(|((row, marks, without), other)| {
                json!({
                    "name": name(row), "marks": marks, "told": told(row), "other": other, "strong": row.meets == Some(false),
                    "toldOther": without.filter(|_| other.is_some()).map(told),
                })
            })
            .collect();
        let (met, of) = drawn
            .iter()
            .filter_map(|(row, _, _)| row.meets)
            .fold((0, 0), |(met, of), meets| {
                (met + usize::from(meets), of + 1)
            });
        figures.add(Figure {
            level: 3,
            statement: format!("Rows {called}: {met} of {of} meet their band"),
            note: "Scale of each row: its band, then band widths outside it".to_owned(),
            size: "wide",
            drawn: json!({
                "kind": "whiskers", "rows": lines, "ticks": ticks, "from": from, "to": to, "band": [0, 1], "table": behind(&drawn),
            }),
            below: html! {},
        })
    }

    /// A table of the numbers of every row, including rows that have no place in a chart.
    fn all_rows(&self) -> Markup {
        let has_other = !self.tables.left_out.is_empty();
        html! {
            div class="scroll" tabindex="0" role="region" aria-label="Every row in its unit" {
                table class="fits" {
                    thead { tr {
                        @for heading in ["Row", "Band", "Median", "Middle half", "5 to 95 %", "Unit"] { th scope="col" { (heading) } }
                        th scope="col" { "Against its band" }
                        @if has_other { th scope="col" { "Predicted without it" } }
                    } }
                    @for (kind, called) in KINDS {
                        @let rows = in_order(self.rows(kind));
                        @if !rows.is_empty() {
                            tbody {
                                tr class="subject" { th scope="colgroup" colspan=(if has_other { 8 } else { 7 }) { (counted(rows.len(), "row")) " " (called) } }
                                @for row in rows { (self.line(row, has_other)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn line(&self, row: &FitRow, has_other: bool) -> Markup {
        let unit = row.unit.as_str();
        let runs = row.runs;
        let of = |part: fn(Spread) -> f64| runs.map(part);
        html! {
            tr data-row=(row.row) data-meets=(row.meets.map_or("", |meets| if meets { "yes" } else { "no" })) {
                th scope="row" { (row.row) @if !row.quantity.is_empty() { span class="place" { (row.quantity) } } }
                (pair(row.band.unzip(), unit))
                (one(of(|runs| runs.p50), unit))
                (pair((of(|runs| runs.p25), of(|runs| runs.p75)), unit))
                (pair((of(|runs| runs.p05), of(|runs| runs.p95)), unit))
                td { (unit) }
                td { @match (standing(row), row.runs) {
                    (Some(standing), _) => (standing),
                    (None, None) => "no run gave a value",
                    (None, Some(_)) => "has no band",
                } }
                @if has_other {
                    td { @if let Some((without, runs)) = self.without(row).and_then(|without| Some((without, without.runs?))) {
                        (between(runs.p25, runs.p75, unit)) @if let Some(standing) = standing(without) { ": " (standing) }
                    } }
                }
            }
        }
    }
}

/// The table behind a chart.
fn behind(drawn: &[(&FitRow, [f64; 5], Option<&FitRow>)]) -> Value {
    let texts = ["Row", "Quantity", "Runs", "Unit"].map(|label| (label, "text"));
    let numbers = [
        "Band from",
        "Band to",
        "Mean",
        "5 %",
        "25 %",
        "Median",
        "75 %",
        "95 %",
    ]
    .map(|label| (label, "by row"));
    let columns = [&texts[..], &numbers[..], &[("Against its band", "text")]].concat();
    let (mut rows, mut forms) = (Vec::new(), Vec::new());
    for (row, _, without) in drawn {
        for (fit, what) in [(Some(*row), "kept"), (*without, "without the row")] {
            let Some(fit) = fit else { continue };
            let (low, high) = fit.band.unzip();
            let of = |part: fn(Spread) -> f64| json!(fit.runs.map(part));
            rows.push(vec![
                json!(fit.row),
                json!(row.quantity),
                json!(what),
                json!(fit.unit),
                json!(low),
                json!(high),
                of(|runs| runs.mean),
                of(|runs| runs.p05),
                of(|runs| runs.p25),
                of(|runs| runs.p50),
                of(|runs| runs.p75),
                of(|runs| runs.p95),
                json!(standing(fit)),
            ]);
            forms.push(form(&fit.unit));
        }
    }
    let mut made = table(&columns, rows);
    if let Some(fields) = made.as_object_mut() {
        fields.insert("forms".into(), json!(forms));
    }
    made
}

/// The name of a row in a chart, with what it misses in words.
fn name(row: &FitRow) -> String {
    let quantity = match row.quantity.as_str() {
        "" => String::new(),
        quantity if quantity == row.row => String::new(),
        quantity => format!(" · {quantity}"),
    };
    match (row.meets, standing(row)) {
        (Some(false), Some(standing)) => format!("{} ({standing}){quantity}", row.row),
        _ => format!("{}{quantity}", row.row),
    }
}

/// What is shown about a row, in its unit.
fn told(row: &FitRow) -> Vec<String> {
    let (Some(runs), Some((low, high))) = (row.runs, row.band) else {
        return Vec::new();
    };
    let unit = row.unit.as_str();
    let mut lines = vec![
        format!("band {}", between(low, high, unit)),
        format!("median {}{}", number(runs.p50, unit), unit_after(unit)),
        format!("middle half {}", between(runs.p25, runs.p75, unit)),
        format!("5 to 95 % {}", between(runs.p05, runs.p95, unit)),
    ];
    lines.extend(standing(row).map(str::to_owned));
    lines
}

/// Rows in natural order: P2 before P10.
fn in_order<'r>(rows: impl Iterator<Item = &'r FitRow>) -> Vec<&'r FitRow> {
    let mut rows: Vec<&FitRow> = rows.collect();
    rows.sort_by_key(|row| natural(&row.row));
    rows
}

/// A key that sorts names by the size of the number at their end.
fn natural(id: &str) -> (String, u64, String) {
    let stem = id.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let number = id[stem.len()..].parse().unwrap_or_default();
    (stem.to_owned(), number, id.to_owned())
}

fn one(value: Option<f64>, unit: &str) -> Markup {
    html! {
        td class="number" { @match value {
            Some(value) => span data-value=(value) { (number(value, unit)) },
            None => "–",
        } }
    }
}

fn pair(ends: (Option<f64>, Option<f64>), unit: &str) -> Markup {
    html! {
        td class="number" { @match ends {
            (Some(low), Some(high)) => {
                span data-value=(low) { (number(low, unit).trim_end_matches(" %")) } " to " span data-value=(high) { (number(high, unit)) }
            },
            _ => "–",
        } }
    }
}
