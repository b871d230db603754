//! The estimates for an outcome, by axis, drawn with their intervals.

use super::answers::in_unit;
use super::view::{Case, Outcome, View, Yardstick};
use crate::analyse::comparison_tables::MeanAndBand;
use crate::analyse::sensitivity_tables::AxisEffect;
use crate::report::page::figure::{mark, table};
use crate::report::page::words::{Form, amount};
use serde_json::{Value, json};

/// Number of rows that are drawn; the table has all of them.
const ROWS: usize = 12;

/// A chart with the words that belong to it: what the script draws, its statement and its note.
pub(super) type Drawn = (Value, String, String);

/// How an estimate is taken from a row.
type Taken = fn(&AxisEffect) -> Option<MeanAndBand>;

impl View<'_> {
    /// The charts of the estimates that the design allows for one outcome; every outcome has the same number of charts.
    pub(super) fn estimates(&self, outcome: &Outcome<'_>) -> Vec<Drawn> {
        match self.yardstick {
            Yardstick::Total => vec![self.sobol(outcome), self.ranks(outcome)],
            Yardstick::MuStar => vec![self.effects(outcome), self.scatter(outcome)],
            Yardstick::Rank => vec![self.ranks(outcome)],
            Yardstick::Swing => Vec::new(),
        }
    }

    fn sobol(&self, outcome: &Outcome<'_>) -> Drawn {
        let columns = [
            ("First", "ratio"),
            ("5 %", "ratio"),
            ("95 %", "ratio"),
            ("Total", "ratio"),
            ("5 %", "ratio"),
            ("95 %", "ratio"),
        ];
        let rows = |effect: &AxisEffect| [numbers(effect.first), numbers(effect.total)].concat();
        let drawn = json!({
            "kind": "indices", "form": "ratio", "from": 0, "to": 1,
            "rows": self.rows(outcome), "lines": self.lines(outcome, |effect| effect.total, Some(|effect| effect.first)),
            "names": ["total", "first"], "table": self.table(outcome, &columns, rows),
        });
        (
            drawn,
            self.statement(outcome, "the part of its variance that depends on each"),
            "Filled: total index, with all interplay; open: first-order index, without it. Lines are 90 % intervals; a mark \
             without a line has none"
                .to_owned(),
        )
    }

    fn ranks(&self, outcome: &Outcome<'_>) -> Drawn {
        let columns = [
            ("Rank correlation", "ratio"),
            ("5 %", "ratio"),
            ("95 %", "ratio"),
            ("p", "odds"),
            ("p of all", "odds"),
        ];
        let rows = |effect: &AxisEffect| {
            [
                numbers(effect.rank),
                vec![json!(effect.p), json!(effect.p_of_all)],
            ]
            .concat()
        };
        let drawn = json!({
            "kind": "indices", "form": "ratio", "from": -1, "to": 1,
            "rows": self.rows(outcome), "lines": self.lines(outcome, |effect| effect.rank, None),
            "names": ["rank correlation", ""], "table": self.table(outcome, &columns, rows),
        });
        (
            drawn,
            self.statement(outcome, "how consistently it rises or falls with each"),
            "Partial rank correlation, the others held fixed, with its 90 % interval. Pale: chance alone gives one this strong \
             at least one time in twenty, among everything that varies"
                .to_owned(),
        )
    }

    fn effects(&self, outcome: &Outcome<'_>) -> Drawn {
        let form = Form::of(outcome.unit).name();
        let columns = [
            ("mu", form),
            ("mu*", form),
            ("5 %", form),
            ("95 %", form),
            ("sigma", form),
            ("mu* of chance alone", form),
        ];
        let rows = |effect: &AxisEffect| {
            let mut cells = vec![json!(effect.mu)];
            cells.extend(numbers(effect.mu_star));
            cells.extend([json!(effect.sigma), json!(effect.mu_star_of_chance)]);
            cells
        };
        let drawn = json!({
            "kind": "indices", "form": form, "from": 0, "to": null,
            "rows": self.rows(outcome), "lines": self.lines(outcome, |effect| effect.mu_star, None),
            "names": ["mu*", ""], "table": self.table(outcome, &columns, rows),
        });
        (
            drawn,
            self.statement(outcome, "how far it moves over the whole range of each"),
            format!(
                "{}Mean size of effects, mu*, with its 90 % interval{}",
                unit_first(outcome.unit),
                self.if_told(". Upright bar: what chance alone would show")
            ),
        )
    }

    fn scatter(&self, outcome: &Outcome<'_>) -> Drawn {
        let form = Form::of(outcome.unit).name();
        let points: Vec<Value> = self
            .each(outcome)
            .filter_map(|(scenario, axis, effect)| {
                Some(json!({
                    "s": scenario, "name": self.axes[axis], "x": effect.mu_star?.mean, "y": effect.sigma?,
                }))
            })
            .collect();
        let levels = outcome
            .cases
            .iter()
            .enumerate()
            .filter_map(|(scenario, case)| {
                let known = case
                    .effects
                    .iter()
                    .flatten()
                    .filter_map(|effect| effect.mu_star_of_chance);
                let highest = known.fold(f64::NAN, f64::max);
                highest
                    .is_finite()
                    .then(|| json!({ "s": scenario, "at": highest }))
            });
        let columns = [
            ("mu*", form),
            ("sigma", form),
            ("mu* of chance alone", form),
        ];
        let rows = |effect: &AxisEffect| {
            let mu_star = effect.mu_star.map(|mu_star| mu_star.mean);
            vec![
                json!(mu_star),
                json!(effect.sigma),
                json!(effect.mu_star_of_chance),
            ]
        };
        let drawn = json!({
            "kind": "scatter", "form": form, "points": points, "chance": levels.collect::<Vec<_>>(),
            "table": self.table(outcome, &columns, rows),
        });
        (
            drawn,
            format!("{}: size of effects, and how much they vary", outcome.label),
            format!(
                "{}Across: mu*, how far it moves on average; up: sigma, how much effects vary, where they bend or depend on the \
                 others{}",
                unit_first(outcome.unit),
                self.if_told(". Dashed: the highest mu* that chance alone would show")
            ),
        )
    }

    /// Words on a mark of chance; none where chance was not told apart, and no such mark is drawn.
    fn if_told(&self, words: &'static str) -> &'static str {
        if self.chance_is_told() { words } else { "" }
    }

    fn statement(&self, outcome: &Outcome<'_>, what: &str) -> String {
        format!("{}: {what}", outcome.label)
    }

    /// The names of the rows that are drawn.
    fn rows(&self, outcome: &Outcome<'_>) -> Vec<&str> {
        let order = self.order(outcome).into_iter().take(ROWS);
        order.map(|axis| self.axes[axis].as_str()).collect()
    }

    /// Marks for each scenario, in the order of the rows.
    fn lines(&self, outcome: &Outcome<'_>, main: Taken, more: Option<Taken>) -> Vec<Value> {
        let order: Vec<usize> = self.order(outcome).into_iter().take(ROWS).collect();
        let cases = outcome.cases.iter().enumerate();
        cases
            .map(|(scenario, case)| {
                let effects = || order.iter().map(|axis| case.effects[*axis]);
                let marks = |taken: Taken| -> Vec<Value> {
                    effects()
                        .map(|effect| mark(effect.and_then(taken)))
                        .collect()
                };
                json!({
                    "s": scenario, "main": marks(main), "more": more.map(marks),
                    "chance": effects().map(|effect| effect?.mu_star_of_chance).collect::<Vec<_>>(),
                    "weak": order.iter().map(|axis| self.is_weak(case, *axis)).collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    /// Whether an estimate may be chance; only correlations come with a probability that says so.
    fn is_weak(&self, case: &Case<'_>, axis: usize) -> bool {
        self.yardstick == Yardstick::Rank && !self.stands_out(case, axis)
    }

    /// Every row of an outcome as scenario, axis and estimates, with the axes that move it most first.
    fn each<'s>(
        &'s self,
        outcome: &'s Outcome<'_>,
    ) -> impl Iterator<Item = (usize, usize, &'s AxisEffect)> {
        let order = self.order(outcome).into_iter();
        order.flat_map(move |axis| {
            let cases = outcome.cases.iter().enumerate();
            cases.filter_map(move |(scenario, case)| Some((scenario, axis, case.effects[axis]?)))
        })
    }

    /// The table behind a chart: the axis, its path, the scenario, and the numbers.
    fn table(
        &self,
        outcome: &Outcome<'_>,
        numbers: &[(&str, &str)],
        row: impl Fn(&AxisEffect) -> Vec<Value>,
    ) -> Value {
        let mut columns = vec![
            ("What varies", "text"),
            ("Path", "text"),
            ("Scenario", "text"),
        ];
        columns.extend(numbers);
        let rows = self.each(outcome).map(|(scenario, axis, effect)| {
            let names = [&self.axes[axis], effect.path.as_str(), self.title(scenario)];
            let names = names.map(|name: &str| json!(name)).into_iter();
            names.chain(row(effect)).collect()
        });
        table(&columns, rows.collect())
    }

    /// A value of an outcome in words, with its unit.
    pub(super) fn told_amount(&self, value: f64, unit: &str) -> String {
        in_unit(&amount(value, unit), unit)
    }
}

/// The unit of what is drawn, as the beginning of a note; empty for units that appear in the numbers.
pub(super) fn unit_first(unit: &str) -> String {
    match super::answers::bare(unit) {
        true => String::new(),
        false => format!("In {unit}. "),
    }
}

fn numbers(value: Option<MeanAndBand>) -> Vec<Value> {
    let (low, high) = value.and_then(|value| value.band).unzip();
    vec![
        json!(value.map(|value| value.mean)),
        json!(low),
        json!(high),
    ]
}
