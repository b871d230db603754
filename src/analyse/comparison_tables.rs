//! The tables of a comparison, read back row by row into the data that a page is drawn from.

use crate::measure::comparison_schema::{BREAK_EVEN, COMPARISON, COURSES, FLIPS, SUBSTITUTION};
use crate::measure::{Cell, Sink, Table};

/// The tables that are read back.
pub const READ_BACK: &[&Table] = &[&COMPARISON, &SUBSTITUTION, &FLIPS, &BREAK_EVEN, &COURSES];

/// The tables of a comparison.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ComparisonTables {
    /// The rows of `comparison`.
    pub outcomes: Vec<OutcomeRow>,
    /// The rows of `substitution`.
    pub fates: Vec<FateOfFlow>,
    /// The rows of `flips`.
    pub flips: Vec<ParameterEffect>,
    /// The rows of `break_even`.
    pub weights: Vec<BreakEvenWeight>,
    /// The rows of `courses`, those of a series together.
    pub courses: Vec<DrawnCourse>,
}

/// A mean over draws and its 5 % and 95 % points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanAndBand {
    /// Mean.
    pub mean: f64,
    /// The 5 % and 95 % points, where there are any.
    pub band: Option<(f64, f64)>,
}

/// An outcome in the base and in a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeRow {
    /// Name of the scenario.
    pub scenario: String,
    /// Id of the outcome.
    pub outcome: String,
    /// Whom it is about, or ALL.
    pub group: String,
    /// Code of the country, or ALL.
    pub country: String,
    /// Unit of all its numbers except counts.
    pub unit: String,
    /// In the base.
    pub base: Option<MeanAndBand>,
    /// In the scenario.
    pub compared: Option<MeanAndBand>,
    /// Scenario minus base.
    pub difference: Option<MeanAndBand>,
    /// Draws in which both have it.
    pub draws: u64,
    /// Of them, those in which the scenario has less.
    pub lower: u64,
    /// Of them, those in which the scenario has more.
    pub higher: u64,
    /// Standard deviation of the difference due to the parameters.
    pub sd_parameters: Option<f64>,
    /// Standard deviation of the difference due to chance.
    pub sd_chance: Option<f64>,
    /// Unpaired runs that would be as precise.
    pub unpaired_runs: Option<f64>,
}

/// Persons of a flow with one fate in one pair of runs.
#[derive(Debug, Clone, PartialEq)]
pub struct FateOfFlow {
    /// Name of the scenario.
    pub scenario: String,
    /// Number of the set of parameters.
    pub draw: u64,
    /// Number of the replicate.
    pub replicate: u64,
    /// Code of the origin.
    pub origin: String,
    /// Code of the country they left for.
    pub country: String,
    /// Channel they left by.
    pub channel: String,
    /// `lost` or `gained`.
    pub direction: String,
    /// What became of them in the other run.
    pub fate: String,
    /// Persons.
    pub persons: f64,
}

/// What a parameter does to a headline difference along its range.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterEffect {
    /// Name of the scenario.
    pub scenario: String,
    /// Id of the outcome.
    pub outcome: String,
    /// Whom it is about.
    pub group: String,
    /// Code of the country, or ALL.
    pub country: String,
    /// 1 = moves the difference most; 0 = no parameter flips it.
    pub rank: u64,
    /// Path of the parameter; empty where none flips the sign.
    pub path: String,
    /// Ends of its range, with unit.
    pub ends: (String, String),
    /// Expected difference at the lower end.
    pub at_low: Option<f64>,
    /// Expected difference at the upper end.
    pub at_high: Option<f64>,
    /// Correlation of the difference with the parameter.
    pub correlation: Option<f64>,
    /// How often chance alone brings a correlation this strong.
    pub chance: Option<f64>,
    /// Mean difference of pairs run at the lower end.
    pub run_at_low: Option<f64>,
    /// Mean difference of pairs run at the upper end.
    pub run_at_high: Option<f64>,
    /// `flips`, `suspected`, `undecided`, `not confirmed` or `no flip`.
    pub verdict: String,
}

/// The weight at which a scenario equals the base in opposition capacity.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEvenWeight {
    /// Name of the scenario.
    pub scenario: String,
    /// `publishing` or `street`.
    pub activity: String,
    /// Code of the origin, or ALL.
    pub origin: String,
    /// Mean difference abroad, full-time activists.
    pub abroad: f64,
    /// Mean difference at home, full-time activists.
    pub at_home: f64,
    /// The weight, if there is one from 0.1 to 10, with the points of the draws that have one.
    pub weight: Option<MeanAndBand>,
    /// Number of draws.
    pub draws: u64,
    /// Number of draws with a weight from 0.1 to 10.
    pub draws_with_weight: u64,
    /// `base`, `scenario` or `equal`: which has more below the weight.
    pub below: String,
    /// `flip` or `no flip`.
    pub verdict: String,
}

/// A series through time.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnCourse {
    /// Name of the scenario.
    pub scenario: String,
    /// What is counted.
    pub series: String,
    /// Code of the country, or ALL.
    pub country: String,
    /// Unit of the numbers.
    pub unit: String,
    /// Dates, `YYYY-MM-DD`, ascending.
    pub dates: Vec<String>,
    /// Mean, 5 % point and 95 % point at each date.
    pub values: Vec<[f64; 3]>,
}

impl ComparisonTables {
    /// The row of an outcome in a scenario.
    pub fn outcome(
        &self,
        scenario: &str,
        id: &str,
        group: &str,
        country: &str,
    ) -> Option<&OutcomeRow> {
        self.outcomes.iter().find(|row| {
            row.scenario == scenario
                && row.outcome == id
                && row.group == group
                && row.country == country
        })
    }

    /// A series of a scenario.
    pub fn course(&self, scenario: &str, series: &str, country: &str) -> Option<&DrawnCourse> {
        self.courses.iter().find(|course| {
            course.scenario == scenario && course.series == series && course.country == country
        })
    }

    fn add_course(&mut self, cells: &Cells<'_, '_>) {
        let [scenario, series, country] = [0, 1, 2].map(|at| cells.text(at));
        let same = |course: &DrawnCourse| {
            course.scenario == scenario && course.series == series && course.country == country
        };
        // Rows are sorted by these, so those of a series are adjacent.
        if !self.courses.last().is_some_and(same) {
            self.courses.push(DrawnCourse {
                scenario,
                series,
                country,
                unit: cells.text(4),
                dates: Vec::new(),
                values: Vec::new(),
            });
        }
        if let Some(course) = self.courses.last_mut() {
            course.dates.push(cells.text(3));
            let value = |at| cells.number(at).unwrap_or_default();
            course.values.push([value(5), value(6), value(7)]);
        }
    }
}

impl Sink for ComparisonTables {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        let cells = Cells(cells);
        match table.name {
            "comparison" => self.outcomes.push(outcome(&cells)),
            "substitution" => self.fates.push(fate(&cells)),
            "flips" => self.flips.push(effect(&cells)),
            "break_even" => self.weights.push(weight(&cells)),
            "courses" => self.add_course(&cells),
            _ => {}
        }
    }
}

/// The cells of a row. Whoever reads the table has checked that they fit their columns.
pub(super) struct Cells<'r, 'c>(pub &'r [Cell<'c>]);

impl Cells<'_, '_> {
    pub fn text(&self, at: usize) -> String {
        match self.0.get(at) {
            Some(Cell::Text(text)) => (*text).to_owned(),
            Some(Cell::Date(date)) => date.to_string(),
            _ => String::new(),
        }
    }

    pub fn whole(&self, at: usize) -> u64 {
        match self.0.get(at) {
            Some(Cell::Whole(whole)) => *whole,
            _ => 0,
        }
    }

    pub fn number(&self, at: usize) -> Option<f64> {
        match self.0.get(at) {
            Some(Cell::Number(number)) => Some(*number),
            Some(Cell::Whole(whole)) => Some(*whole as f64),
            _ => None,
        }
    }

    /// A mean and the two points after it.
    pub fn band(&self, at: usize) -> Option<MeanAndBand> {
        Some(MeanAndBand {
            mean: self.number(at)?,
            band: self.number(at + 1).zip(self.number(at + 2)),
        })
    }
}

fn outcome(cells: &Cells<'_, '_>) -> OutcomeRow {
    OutcomeRow {
        scenario: cells.text(1),
        outcome: cells.text(2),
        group: cells.text(3),
        country: cells.text(4),
        unit: cells.text(5),
        base: cells.band(6),
        compared: cells.band(9),
        difference: cells.band(12),
        draws: cells.whole(15),
        lower: cells.whole(16),
        higher: cells.whole(17),
        sd_parameters: cells.number(18),
        sd_chance: cells.number(19),
        unpaired_runs: cells.number(20),
    }
}

fn fate(cells: &Cells<'_, '_>) -> FateOfFlow {
    FateOfFlow {
        scenario: cells.text(1),
        draw: cells.whole(2),
        replicate: cells.whole(3),
        origin: cells.text(4),
        country: cells.text(5),
        channel: cells.text(6),
        direction: cells.text(7),
        fate: cells.text(8),
        persons: cells.number(9).unwrap_or_default(),
    }
}

fn effect(cells: &Cells<'_, '_>) -> ParameterEffect {
    ParameterEffect {
        scenario: cells.text(1),
        outcome: cells.text(2),
        group: cells.text(3),
        country: cells.text(4),
        rank: cells.whole(5),
        path: cells.text(6),
        ends: (cells.text(7), cells.text(8)),
        at_low: cells.number(9),
        at_high: cells.number(10),
        correlation: cells.number(11),
        chance: cells.number(12),
        run_at_low: cells.number(13),
        run_at_high: cells.number(14),
        verdict: cells.text(15),
    }
}

fn weight(cells: &Cells<'_, '_>) -> BreakEvenWeight {
    BreakEvenWeight {
        scenario: cells.text(1),
        activity: cells.text(2),
        origin: cells.text(3),
        abroad: cells.number(4).unwrap_or_default(),
        at_home: cells.number(5).unwrap_or_default(),
        weight: cells.band(6),
        draws: cells.whole(9),
        draws_with_weight: cells.whole(10),
        below: cells.text(11),
        verdict: cells.text(12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn rows_of_a_series_are_gathered() {
        let mut tables = ComparisonTables::default();
        for (country, day, mean) in [("AM", 6, 1.0), ("AM", 13, 2.0), ("GE", 6, 3.0)] {
            tables.row(
                &COURSES,
                &[
                    Cell::Text("a"),
                    Cell::Text("newcomers"),
                    Cell::Text(country),
                    Cell::Date(date(2022, 2, day)),
                    Cell::Text("persons"),
                    Cell::Number(mean),
                    Cell::Number(mean - 0.5),
                    Cell::Number(mean + 0.5),
                ],
            );
        }
        assert_eq!(tables.courses.len(), 2);
        let course = tables.course("a", "newcomers", "AM").unwrap();
        assert_eq!(course.dates, ["2022-02-06", "2022-02-13"]);
        assert_eq!(course.values, [[1.0, 0.5, 1.5], [2.0, 1.5, 2.5]]);
    }

    #[test]
    fn an_outcome_without_a_difference_has_none() {
        let mut cells = vec![Cell::Text("x"); 6];
        cells.extend([Cell::Number(2.0), Cell::Empty, Cell::Empty]);
        cells.extend([Cell::Empty; 6]);
        cells.extend([Cell::Whole(0); 3]);
        cells.extend([Cell::Empty; 3]);
        assert!(cells.len() == COMPARISON.width());
        let mut tables = ComparisonTables::default();
        tables.row(&COMPARISON, &cells);
        let row = &tables.outcomes[0];
        let base = MeanAndBand {
            mean: 2.0,
            band: None,
        };
        assert_eq!(
            (row.base, row.compared, row.difference),
            (Some(base), None, None)
        );
    }
}
