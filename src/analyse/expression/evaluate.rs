//! The value of a measure in one run.

use super::super::period::Period;
use super::super::tables::{Frame, RunTables, Series};
use super::grid::Grid;
use super::syntax::{Function, Operator};
use super::{Expression, Term};
use crate::measure::{Timing, leaves_out_nobody, schema};
use crate::units::TimeUnit;

/// Evaluates an expression for a row with the given period.
///
/// # Errors
/// Says why there is no number: a column is empty, no row fits, a denominator is zero.
pub fn evaluate(
    expression: &Expression,
    period: Period,
    run: &RunTables,
    grid: &Grid,
) -> Result<f64, String> {
    let inner = |expression: &Expression| evaluate(expression, period, run, grid);
    let value = match expression {
        Expression::Number(number) => *number,
        Expression::Term(term) => {
            let threshold = term.above.as_ref().map(inner).transpose()?;
            let series = Steps::of(term, run, grid)?;
            series.value(term, term.during.unwrap_or(period), threshold)?
        }
        Expression::Outcome { id, group, country } => outcome(run, id, group, country)?,
        Expression::Negative(part) => -inner(part)?,
        Expression::Joined(operator, left, right) => {
            let (left, right) = (inner(left)?, inner(right)?);
            match operator {
                Operator::Plus => left + right,
                Operator::Minus => left - right,
                Operator::Times => left * right,
                Operator::Over if right == 0.0 => return Err("it divides by zero".to_owned()),
                Operator::Over => left / right,
            }
        }
    };
    match value.is_finite() {
        true => Ok(value),
        false => Err("it is too large to compute".to_owned()),
    }
}

/// The value of an outcome in the run.
fn outcome(run: &RunTables, id: &str, group: &str, country: &str) -> Result<f64, String> {
    let missing = || {
        format!(
            "the run has no outcome {id}: its mechanism is off, or it is a share or a mean of nobody"
        )
    };
    let frame = run.frame(&schema::OUTCOMES).ok_or_else(missing)?;
    let wanted = [("outcome", id), ("group", group), ("country", country)];
    let mut keys = Vec::new();
    for (column, name) in wanted {
        let position = frame.position(name).ok_or_else(missing)?;
        keys.push((names(frame, column), position));
    }
    let fits = |row: usize| {
        keys.iter()
            .all(|(column, position)| column.get(row) == Some(position))
    };
    let row = (0..frame.rows())
        .find(|row| fits(*row))
        .ok_or_else(missing)?;
    let value = frame.table.own.iter().position(|c| c.name == "value");
    match value.map(|value| &frame.columns[value]) {
        Some(Series::Numbers(numbers)) => numbers[row].ok_or_else(missing),
        _ => Err(missing()),
    }
}

/// The names in a column; empty if there is no such column.
fn names<'a>(frame: &'a Frame, column: &str) -> &'a [u32] {
    let index = frame.table.own.iter().position(|c| c.name == column);
    match index.map(|index| &frame.columns[index]) {
        Some(Series::Names(names)) => names,
        _ => &[],
    }
}

/// A term's value in every step.
struct Steps<'a> {
    grid: &'a Grid,
    /// The sum over the rows that fit; `None` where no row does.
    values: Vec<Option<f64>>,
    /// Whether, in each step, a cell of a row that fits is empty.
    blank: Vec<bool>,
    /// What is measured, for messages.
    columns: String,
}

impl<'a> Steps<'a> {
    fn of(term: &Term, run: &RunTables, grid: &'a Grid) -> Result<Self, String> {
        let table = term.table;
        let name = |index: usize| format!("{}.{}", table.name, table.own[index].name);
        let columns: Vec<String> = term.columns.iter().map(|(index, _)| name(*index)).collect();
        let frame = run
            .frame(table)
            .ok_or_else(|| format!("there is no table {}", table.name))?;
        let mut numbers = Vec::new();
        for &(index, negative) in &term.columns {
            let Series::Numbers(cells) = &frame.columns[index] else {
                return Err(format!("{} holds no numbers", name(index)));
            };
            if !cells.is_empty() && cells.iter().all(Option::is_none) {
                return Err(format!(
                    "column {} is empty: its mechanism is off or not built",
                    name(index)
                ));
            }
            numbers.push((cells, if negative { -1.0 } else { 1.0 }));
        }
        let nobody = leaves_out_nobody(table).then_some(0.0);
        let mut steps = Self {
            grid,
            values: vec![nobody; grid.ends.len()],
            blank: vec![false; grid.ends.len()],
            columns: columns.join(", "),
        };
        let filters = filters(term, frame);
        for row in 0..frame.rows() {
            let fits = |(column, positions, is_one): &(&[u32], Vec<u32>, bool)| {
                positions.contains(&column[row]) == *is_one
            };
            if !filters.iter().all(fits) {
                continue;
            }
            let date = frame.dates[row];
            let Some(step) = grid.index(date) else {
                return Err(format!("no step of the scenario ends on {date}"));
            };
            for (cells, sign) in &numbers {
                match cells[row] {
                    Some(number) => {
                        *steps.values[step].get_or_insert(0.0) += sign * number;
                    }
                    None => steps.blank[step] = true,
                }
            }
        }
        Ok(steps)
    }

    fn get(&self, step: usize) -> Result<f64, String> {
        let date = self.grid.ends[step];
        match self.values[step] {
            _ if self.blank[step] => Err(format!(
                "{} is empty there on {date}: its mechanism is off or absent",
                self.columns
            )),
            Some(value) => Ok(value),
            None => Err(format!("no row of {} matches on {date}", self.columns)),
        }
    }

    fn value(&self, term: &Term, window: Period, threshold: Option<f64>) -> Result<f64, String> {
        match (term.function, term.timing) {
            (Function::DaysToLast, _) => self.days_to_last(term, window, threshold),
            (Function::Last, _) => self.last(window),
            (Function::Sum, _) => self.total(window),
            (Function::Mean, Timing::Flow) => {
                let unit = term.per.unwrap_or(TimeUnit::Day);
                Ok(self.total(window)? / window.length(unit))
            }
            (Function::Mean, Timing::Stock) => {
                let mut sum = (0.0, 0.0);
                for (step, days, _) in self.grid.overlaps(&window) {
                    sum = (sum.0 + self.get(step)? * days, sum.1 + days);
                }
                if sum.1 > 0.0 {
                    Ok(sum.0 / sum.1)
                } else {
                    self.last(window)
                }
            }
            (Function::Max, _) => self.extreme(term, window, f64::max),
            (Function::Min, _) => self.extreme(term, window, f64::min),
        }
    }

    /// The total of a flow in the window; a step cut by the window contributes in proportion to its days.
    fn total(&self, window: Period) -> Result<f64, String> {
        let mut sum = 0.0;
        for (step, days, of) in self.grid.overlaps(&window) {
            sum += self.get(step)? * days / of;
        }
        Ok(sum)
    }

    /// The value of a stock at the last step that ends on or before the window's last day.
    fn last(&self, window: Period) -> Result<f64, String> {
        match self.grid.last_by(window.last) {
            Some(step) => self.get(step),
            None => Err(format!("no step ends by {}", window.last)),
        }
    }

    /// The values that count in a window, with their steps: for flows the rate in every step with a day in
    /// the window, for stocks the value at each step end within it.
    fn within(&self, term: &Term, window: Period) -> Result<Vec<(usize, f64)>, String> {
        let mut values = Vec::new();
        for (step, _, of) in self.grid.overlaps(&window) {
            match term.timing {
                Timing::Flow => {
                    let unit = term.per.unwrap_or(TimeUnit::Day).days();
                    values.push((step, self.get(step)? / of * unit));
                }
                Timing::Stock if self.grid.ends[step] <= window.last => {
                    values.push((step, self.get(step)?));
                }
                Timing::Stock => {}
            }
        }
        Ok(values)
    }

    fn extreme(
        &self,
        term: &Term,
        window: Period,
        better: fn(f64, f64) -> f64,
    ) -> Result<f64, String> {
        let values = self.within(term, window)?;
        let best = values.into_iter().map(|(_, value)| value).reduce(better);
        best.map_or_else(|| self.last(window), Ok)
    }

    /// Days from the first day of the window to the last on which the threshold is exceeded; 0 if it never is.
    fn days_to_last(
        &self,
        term: &Term,
        window: Period,
        threshold: Option<f64>,
    ) -> Result<f64, String> {
        let threshold = threshold.unwrap_or(0.0);
        let mut days = 0.0;
        for (step, value) in self.within(term, window)? {
            if value > threshold {
                let until = Period {
                    first: window.first,
                    last: self.grid.ends[step].min(window.last),
                };
                days = f64::from(until.days());
            }
        }
        Ok(days)
    }
}

/// Each filter's column, the positions of its names, and whether the cell must be among them.
fn filters<'a>(term: &Term, frame: &'a Frame) -> Vec<(&'a [u32], Vec<u32>, bool)> {
    let filters = term.filters.iter().map(|filter| {
        let column = frame.table.own[filter.column].name;
        let positions = filter.names.iter().filter_map(|name| frame.position(name));
        (names(frame, column), positions.collect(), filter.is_one)
    });
    filters.collect()
}
