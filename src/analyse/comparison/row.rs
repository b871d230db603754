//! One outcome in the base and in a scenario.

use super::key::OutcomeKey;
use super::nested::Nested;
use super::precision::{difference_of, unless_rounding, unpaired_runs_equal};
use super::verdict::Agreement;
use crate::measure::comparison_schema::COMPARISON;
use crate::measure::{Cell as TableCell, Sink};

/// An outcome in the base and in a scenario, and their difference pair by pair: a row of the table
/// `comparison`.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedRow {
    /// The scenario, as an index into [`Comparison::names`](super::Comparison::names); the base is 0.
    pub scenario: usize,
    /// The outcome, about whom and where.
    pub key: OutcomeKey,
    /// Unit of all its numbers.
    pub unit: String,
    /// The outcome in the base, over the pairs of `difference`; where there are none, over all runs that have it; `None`
    /// if no run has it.
    pub base: Option<Spread>,
    /// The outcome in the scenario, likewise.
    pub compared: Option<Spread>,
    /// Scenario minus base, over pairs in which both have the outcome; `None` if there is no such pair.
    pub difference: Option<Spread>,
    /// Number of draws that have such a pair.
    pub draws: u32,
    /// Of them, those whose mean difference is below zero.
    pub draws_lower: u32,
    /// Of them, those whose mean difference is above zero.
    pub draws_higher: u32,
    /// Standard deviation of the difference between draws that is due to the parameters.
    pub sd_parameters: Option<f64>,
    /// Standard deviation of one pair's difference that is due to chance.
    pub sd_chance: Option<f64>,
    /// Unpaired runs of each scenario that would be as precise.
    pub unpaired_runs_equal: Option<f64>,
    /// The mean difference of each draw, with the draw's number. Not in the table.
    pub by_draw: Vec<(u32, f64)>,
}

/// A mean over draws and their spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean over draws of the mean over their replicates.
    pub mean: f64,
    /// The 5 % and 95 % points of the draws' means: the mean of one more draw lies between them nine times in
    /// ten. With n < 19 draws they are the least and the largest, and the probability is (n - 1) / (n + 1).
    /// `None` with fewer than two draws.
    pub interval: Option<(f64, f64)>,
}

/// The draw of a pair of runs, and the numbers of the base and of the scenario; `None` for a run without the outcome.
pub(super) type Run = (u32, Option<f64>, Option<f64>);

impl ComparedRow {
    /// The row of an outcome from its numbers in both scenarios, run by run, sorted by draw and replicate.
    pub(super) fn of(scenario: usize, key: OutcomeKey, unit: &str, runs: &[Run]) -> Self {
        let pairs: Vec<(u32, f64, f64)> = runs
            .iter()
            .filter_map(|&(draw, base, other)| Some((draw, base?, other?)))
            .collect();
        let all = |pick: fn(&Run) -> Option<f64>| {
            Spread::of(&Nested::of(
                runs.iter().filter_map(|run| Some((run.0, pick(run)?))),
            ))
        };
        let paired = |pick: fn(&(u32, f64, f64)) -> f64| {
            Nested::of(pairs.iter().map(|pair| (pair.0, pick(pair))))
        };
        let (base, other) = (paired(|pair| pair.1), paired(|pair| pair.2));
        let difference = paired(|(_, base, other)| difference_of(*base, *other));
        let variances = difference.variances();
        // (Replicates may cancel but for rounding.)
        let means = base.means().into_iter().zip(other.means());
        let by_draw: Vec<(u32, f64)> = difference
            .by_draw()
            .into_iter()
            .zip(means)
            .map(|((draw, mean), (base, other))| (draw, unless_rounding(mean, base, other)))
            .collect();
        let count = |is: fn(f64) -> bool| by_draw.iter().filter(|(_, mean)| is(*mean)).count();
        Self {
            scenario,
            key,
            unit: unit.to_owned(),
            base: Spread::of(&base).or_else(|| all(|run| run.1)),
            compared: Spread::of(&other).or_else(|| all(|run| run.2)),
            difference: Spread::of(&difference),
            draws: difference.draws() as u32,
            draws_lower: count(|mean| mean < 0.0) as u32,
            draws_higher: count(|mean| mean > 0.0) as u32,
            sd_parameters: variances.sd_parameters(),
            sd_chance: variances.sd_chance(),
            unpaired_runs_equal: unpaired_runs_equal(&base, &other, &difference),
            by_draw,
        }
    }

    /// In how many draws the scenario has less or more; `None` with fewer draws than
    /// [`DRAWS_FOR_VERDICT`](super::DRAWS_FOR_VERDICT).
    pub fn verdict(&self) -> Option<Agreement> {
        Agreement::of(self.draws_lower, self.draws_higher, self.draws)
    }

    /// Writes the row, in the columns of the table.
    pub(super) fn write(&self, base: &str, scenario: &str, sink: &mut impl Sink) {
        let mut cells = vec![
            TableCell::Text(base),
            TableCell::Text(scenario),
            TableCell::Text(&self.key.outcome),
            TableCell::Text(&self.key.group),
            TableCell::Text(&self.key.country),
            TableCell::Text(&self.unit),
        ];
        for spread in [self.base, self.compared, self.difference] {
            let interval = spread.and_then(|spread| spread.interval);
            cells.push(TableCell::number(spread.map(|spread| spread.mean)));
            cells.push(TableCell::number(interval.map(|ends| ends.0)));
            cells.push(TableCell::number(interval.map(|ends| ends.1)));
        }
        for count in [self.draws, self.draws_lower, self.draws_higher] {
            cells.push(TableCell::Whole(count.into()));
        }
        for number in [self.sd_parameters, self.sd_chance, self.unpaired_runs_equal] {
            cells.push(TableCell::number(number));
        }
        sink.row(&COMPARISON, &cells);
    }
}

impl Spread {
    fn of(numbers: &Nested) -> Option<Self> {
        Some(Self {
            mean: numbers.mean()?,
            interval: numbers.interval(),
        })
    }
}
