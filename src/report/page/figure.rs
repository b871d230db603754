//! A chart of the page: its sentence, the place where it is drawn, its table, and what can be saved of it.

use crate::analyse::comparison_tables::MeanAndBand;
use maud::{Markup, html};
use serde_json::{Value, json};

/// The charts of a page, in order.
#[derive(Debug, Default)]
pub(super) struct Figures {
    specifications: Vec<Value>,
}

/// A chart.
#[derive(Debug)]
pub(super) struct Figure {
    /// Level of its heading, 3 to 5.
    pub level: u8,
    /// What it shows: one sentence with a number and an interval, or the name of a panel.
    pub statement: String,
    /// What is drawn, and in which unit.
    pub note: String,
    /// How much of the page's width it takes: `wide`, `half` or `panel`.
    pub size: &'static str,
    /// What the script draws, by its `kind`.
    pub drawn: Value,
    /// What is put below it; may be empty.
    pub below: Markup,
}

impl Figures {
    /// Adds a chart and returns the element in which it is drawn.
    pub fn add(&mut self, figure: Figure) -> Markup {
        let number = self.specifications.len();
        let id = format!("figure-{number}");
        let Figure {
            level,
            statement,
            note,
            size,
            mut drawn,
            below,
        } = figure;
        if let Some(fields) = drawn.as_object_mut() {
            fields.insert("statement".into(), json!(statement));
            fields.insert("note".into(), json!(note));
        }
        self.specifications.push(drawn);
        let told = format!("{statement}. {note}. The table below the chart has its numbers.");
        html! {
            figure class={ "figure " (size) } id=(id) {
                figcaption {
                    (heading(level, &statement))
                    @if !note.is_empty() { p class="note" { (note) } }
                }
                div class="chart" role="img" aria-label=(told) data-figure=(number) {}
                (below)
                div class="behind" {
                    details class="table" data-figure=(number) {
                        summary { "Table" span class="unseen" { ": " (statement) } }
                        div class="scroll" tabindex="0" role="region" aria-label={ "Table: " (statement) } {}
                    }
                    @for (kind, label) in [("csv", "CSV"), ("svg", "SVG"), ("png", "PNG")] {
                        button type="button" class="save" data-save=(kind) data-figure=(number)
                            aria-label={ "Save as " (label) ": " (statement) } { (label) }
                    }
                }
            }
        }
    }

    /// The number of charts.
    pub fn count(&self) -> usize {
        self.specifications.len()
    }

    /// The specifications of the charts, for the script.
    pub fn into_specifications(self) -> Vec<Value> {
        self.specifications
    }
}

/// A heading of a given level.
pub(super) fn heading(level: u8, text: &str) -> Markup {
    match level {
        3 => html! { h3 { (text) } },
        4 => html! { h4 { (text) } },
        _ => html! { h5 { (text) } },
    }
}

/// A number with the ends of its interval, each empty where it has none.
pub(super) fn mark(value: Option<MeanAndBand>) -> Value {
    value.map_or(Value::Null, |value| {
        let (low, high) = value.band.unzip();
        json!([value.mean, low, high])
    })
}

/// The table behind a chart: columns, each with a label and a form, and rows of values.
pub(super) fn table(columns: &[(&str, &str)], rows: Vec<Vec<Value>>) -> Value {
    let columns: Vec<Value> = columns
        .iter()
        .map(|(label, form)| json!({ "label": label, "form": form }))
        .collect();
    json!({ "columns": columns, "rows": rows })
}
