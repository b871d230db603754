//! Binds syntax: looks up every name and works out every unit, so that the measure can be evaluated.

use super::super::period::Period;
use super::super::unit::Unit;
use super::bind_outcome;
use super::scan::fault;
use super::syntax::{At, ColumnSyntax, Condition, Function, Kind, Node, Operator, TermSyntax};
use super::{Expression, Fault, Filter, Measure, Term};
use crate::measure::{Keys, Table, Timing, schema::TABLES, timing, words};
use crate::scenario::{Scenario, nearest, one_of};
use crate::units::TimeUnit;
use std::ops::Range;

/// Binds a measure to the tables and a scenario.
///
/// # Errors
/// Every name that does not exist and every unit that does not fit.
pub fn bind(tree: &Node, scenario: &Scenario) -> Result<Measure, Vec<Fault>> {
    let mut binder = Binder {
        scenario,
        faults: Vec::new(),
    };
    match binder.node(tree) {
        Some((expression, unit)) if binder.faults.is_empty() => Ok(Measure { expression, unit }),
        _ => Err(binder.faults),
    }
}

pub(super) struct Binder<'a> {
    pub scenario: &'a Scenario,
    pub faults: Vec<Fault>,
}

impl Binder<'_> {
    /// Binds a node; `None` if a fault was found in it.
    fn node(&mut self, node: &Node) -> Option<(Expression, Unit)> {
        match &node.it {
            Kind::Number(number) => Some((Expression::Number(*number), Unit::default())),
            Kind::Negative(inner) => {
                let (inner, unit) = self.node(inner)?;
                Some((Expression::Negative(Box::new(inner)), unit))
            }
            Kind::Joined(operator, left, right) => {
                let (bound_left, bound_right) = (self.node(left), self.node(right));
                let ((left, left_unit), (right, right_unit)) = (bound_left?, bound_right?);
                let unit = match operator {
                    Operator::Times => left_unit.times(&right_unit),
                    Operator::Over => left_unit.over(&right_unit),
                    Operator::Plus | Operator::Minus if left_unit == right_unit => left_unit,
                    Operator::Plus | Operator::Minus => {
                        self.faults.push(fault(
                            node.span.clone(),
                            format!("{left_unit} and {right_unit} cannot be added or subtracted"),
                            "the same unit on both sides of + and -",
                            "divide or multiply one of the two so that the units agree, or make two rows of them",
                        ));
                        return None;
                    }
                };
                let joined = Expression::Joined(*operator, Box::new(left), Box::new(right));
                Some((joined, unit))
            }
            Kind::Outcome(outcome) => bind_outcome::bind(self, outcome),
            Kind::Term(term) => self.term(term),
        }
    }

    fn term(&mut self, term: &TermSyntax) -> Option<(Expression, Unit)> {
        let table = self.table(&term.columns)?;
        let columns: Vec<Option<(usize, bool)>> = term
            .columns
            .iter()
            .map(|column| Some((self.column(table, column)?, column.negative)))
            .collect();
        let filters: Vec<Option<Filter>> = term
            .clauses
            .conditions
            .iter()
            .map(|condition| self.filter(table, condition))
            .collect();
        let above = term.above.as_ref().map(|above| (above, self.node(above)));
        let columns: Vec<(usize, bool)> = columns.into_iter().collect::<Option<_>>()?;
        let filters: Vec<Filter> = filters.into_iter().collect::<Option<_>>()?;
        let (kind, column_unit) = self.kind(table, &columns, &term.columns)?;
        self.adds_up(table, &column_unit, &filters, term);
        let unit = self.unit(term, kind, &column_unit)?;
        if let Some(during) = &term.clauses.during {
            self.within_scenario(during, kind);
        }
        let (above, unit) = match above {
            None => (None, unit),
            Some((_, None)) => return None,
            Some((at, Some((above, of_above)))) => {
                let plain = matches!(above, Expression::Number(_));
                if !plain && of_above != unit {
                    self.faults.push(fault(
                        at.span.clone(),
                        format!("{unit} cannot exceed {of_above}"),
                        format!("a plain number, or something in {unit}"),
                        format!("write the number of {unit} alone"),
                    ));
                    return None;
                }
                (Some(above), Unit::read("days"))
            }
        };
        let bound = Term {
            function: term.function.it,
            table,
            columns,
            timing: kind,
            filters,
            during: term.clauses.during.as_ref().map(|during| during.it),
            per: term.clauses.per.as_ref().map(|per| per.it),
            above,
        };
        Some((Expression::Term(Box::new(bound)), unit))
    }

    /// The one table that all columns of a term belong to.
    fn table(&mut self, columns: &[ColumnSyntax]) -> Option<&'static Table> {
        let by_step = || TABLES.iter().filter(|table| table.keys == Keys::Step);
        let mut found: Option<&'static Table> = None;
        for column in columns {
            let name = &column.table;
            let Some(table) = by_step().find(|table| table.name == name.it) else {
                let names: Vec<&str> = by_step().map(|table| table.name).collect();
                let cure = match name.it.as_str() {
                    "outcomes" => "write outcome(left) for an outcome",
                    _ => "correct the name; docs/results.md shows which table has which column",
                };
                self.faults.push(Fault {
                    nearest: nearest(&name.it, names.iter().copied()),
                    ..fault(
                        name.span.clone(),
                        format!("there is no table `{}` of steps", name.it),
                        one_of(&names, false),
                        cure,
                    )
                });
                return None;
            };
            if found.is_some_and(|first| first.name != table.name) {
                self.faults.push(fault(
                    name.span.clone(),
                    "columns of two tables in one function",
                    "columns of one table",
                    "combine tables outside, as in sum(homes.left) - sum(countries.arrivals)",
                ));
                return None;
            }
            found = Some(table);
        }
        found
    }

    fn column(&mut self, table: &'static Table, column: &ColumnSyntax) -> Option<usize> {
        let name = &column.column;
        let is_number = |of: &str| timing(table, of).is_some();
        let position = table.own.iter().position(|own| own.name == name.it);
        if let Some(position) = position.filter(|_| is_number(&name.it)) {
            return Some(position);
        }
        let numbers: Vec<&str> = table
            .own
            .iter()
            .map(|own| own.name)
            .filter(|own| is_number(own))
            .collect();
        let title = match position {
            Some(_) => format!("{}.{} holds names, not numbers", table.name, name.it),
            None => format!("there is no column `{}` in {}", name.it, table.name),
        };
        self.faults.push(Fault {
            nearest: nearest(&name.it, numbers.iter().copied()),
            ..fault(
                name.span.clone(),
                title,
                one_of(&numbers, false),
                "correct the name; docs/results.md says what each column counts",
            )
        });
        None
    }

    /// The timing and unit that all columns of a term share.
    fn kind(
        &mut self,
        table: &'static Table,
        columns: &[(usize, bool)],
        written: &[ColumnSyntax],
    ) -> Option<(Timing, Unit)> {
        let of = |index: usize| {
            let column = &table.own[index];
            Some((
                timing(table, column.name)?,
                Unit::read(column.unit.unwrap_or_default()),
            ))
        };
        let first = of(columns.first()?.0)?;
        for ((index, _), column) in columns.iter().zip(written) {
            if of(*index).as_ref() != Some(&first) {
                self.faults.push(fault(
                    column.column.span.clone(),
                    "columns that do not go together",
                    "columns of one unit, all flows or all stocks",
                    "give each a function of its own, and combine the results",
                ));
                return None;
            }
        }
        Some(first)
    }

    /// Checks that every key is fixed if values do not add up, such as the rents of two countries.
    fn adds_up(&mut self, table: &Table, unit: &Unit, filters: &[Filter], term: &TermSyntax) {
        if unit.adds_up() {
            return;
        }
        let is_fixed = |index: usize| {
            filters
                .iter()
                .any(|filter| filter.column == index && filter.is_one && filter.names.len() == 1)
        };
        let open = table
            .own
            .iter()
            .enumerate()
            .find(|(index, column)| column.key && !is_fixed(*index));
        if let (Some((_, key)), Some(column)) = (open, term.columns.first()) {
            let title = format!(
                "{}.{} of several rows cannot be added up",
                table.name, column.column.it
            );
            self.faults.push(fault(
                column.table.span.start..column.column.span.end,
                title,
                format!("one {}", key.name),
                format!("add where {} = ...", key.name),
            ));
        }
    }

    /// The unit of a term; `None`, with a fault, if its function does not fit its columns.
    fn unit(&mut self, term: &TermSyntax, timing: Timing, unit: &Unit) -> Option<Unit> {
        let function = &term.function;
        let word = function.it.word();
        let per = term.clauses.per.as_ref();
        let mut refuse = |span: &Range<usize>, title: String, expected: &str, cure: String| {
            self.faults.push(fault(span.clone(), title, expected, cure));
            None
        };
        match (function.it, timing, per) {
            (Function::Sum, Timing::Stock, _) => refuse(
                &function.span,
                "a stock cannot be added up over steps".to_owned(),
                "last, mean, max or min of a stock",
                "write last(...) for the stock at the end of the period".to_owned(),
            ),
            (Function::Last, Timing::Flow, _) => refuse(
                &function.span,
                "a flow has no value at a date".to_owned(),
                "sum, or mean, max or min with per day",
                "write sum(...) for all of the period".to_owned(),
            ),
            (Function::Sum, Timing::Flow, None) => Some(unit.clone()),
            (Function::Sum, Timing::Flow, Some(per)) => refuse(
                &per.span,
                "a sum cannot be per unit of time".to_owned(),
                "sum without per",
                format!("write mean(... per {})", per.it.word()),
            ),
            (_, Timing::Stock, None) => Some(unit.clone()),
            (_, Timing::Stock, Some(per)) => refuse(
                &per.span,
                "a stock cannot be per unit of time".to_owned(),
                "a stock without per",
                "take per out".to_owned(),
            ),
            (_, Timing::Flow, Some(per)) => Some(unit.per(per.it)),
            (_, Timing::Flow, None) => refuse(
                &function.span,
                format!("{word} of a flow without `per`: steps differ in length"),
                "per day, per week, per month or per year",
                format!("write {word}(... per {})", TimeUnit::Day.word()),
            ),
        }
    }

    fn within_scenario(&mut self, during: &At<Period>, timing: Timing) {
        if let Err(expected) = inside(&during.it, self.scenario, timing == Timing::Flow) {
            self.faults.push(fault(
                during.span.clone(),
                format!("{} lies outside the scenario", during.it),
                expected,
                "correct the days, or leave during out for all of the row's period",
            ));
        }
    }

    pub(super) fn filter(
        &mut self,
        table: &'static Table,
        condition: &Condition,
    ) -> Option<Filter> {
        let key = &condition.key;
        let keys: Vec<&str> = table
            .own
            .iter()
            .filter(|column| column.key)
            .map(|column| column.name)
            .collect();
        let position = table
            .own
            .iter()
            .position(|own| own.name == key.it && own.key);
        let Some(column) = position else {
            self.faults.push(Fault {
                nearest: nearest(&key.it, keys.iter().copied()),
                ..fault(
                    key.span.clone(),
                    format!("`{}` is not a key of {}", key.it, table.name),
                    one_of(&keys, false),
                    "correct the key, or take the condition out",
                )
            });
            return None;
        };
        let valid = self.names(&key.it);
        let mut all_known = true;
        for name in &condition.names {
            all_known &= self.known(name, &key.it, valid.as_deref());
        }
        all_known.then(|| Filter {
            column,
            names: condition.names.iter().map(|name| name.it.clone()).collect(),
            is_one: condition.is_one,
        })
    }

    /// Whether a name is among the valid ones; if not, adds a fault.
    pub(super) fn known(
        &mut self,
        name: &At<String>,
        what: &str,
        valid: Option<&[String]>,
    ) -> bool {
        let Some(valid) = valid.filter(|valid| !valid.contains(&name.it)) else {
            return true;
        };
        self.faults.push(Fault {
            nearest: nearest(&name.it, valid.iter().map(String::as_str)),
            ..fault(
                name.span.clone(),
                format!("there is no {what} `{}`", name.it),
                one_of(valid, false),
                "correct the name, or take the condition out",
            )
        });
        false
    }

    /// The names that are valid in a key column; `None` if any name is.
    pub(super) fn names(&self, key: &str) -> Option<Vec<String>> {
        let scenario = self.scenario;
        let texts = |names: &mut dyn Iterator<Item = &String>| {
            let mut names: Vec<String> = names.cloned().collect();
            names.sort();
            names.dedup();
            Some(names)
        };
        match key {
            "country" | "from" | "to" | "origin" => {
                texts(&mut scenario.countries.iter().map(|country| &country.code))
            }
            "segment" => texts(&mut scenario.segments.iter().map(|segment| &segment.name)),
            "channel" => texts(&mut scenario.channels.iter().map(|channel| &channel.name)),
            key => words(key).map(|words| words.into_iter().map(str::to_owned).collect()),
        }
    }
}

/// Checks that a period lies within a scenario. For stocks, the day before the scenario's first day, which
/// has the opening row, counts as within.
///
/// # Errors
/// Says which days were expected.
pub(in crate::analyse) fn inside(
    period: &Period,
    scenario: &Scenario,
    is_flow: bool,
) -> Result<(), String> {
    let calendar = &scenario.calendar;
    let opening = calendar.start.yesterday().unwrap_or(calendar.start);
    let first = if is_flow { calendar.start } else { opening };
    if period.first >= first && period.last <= calendar.end {
        return Ok(());
    }
    Err(format!("days from {first} to {}", calendar.end))
}
