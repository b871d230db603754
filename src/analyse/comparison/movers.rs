//! Which parameters move a headline difference, as told by lines through the draws.

use super::chance::{Chance, correlation, standardised};
use super::nested::mean;
use super::{Comparison, DRAWS_FOR_VERDICT, OutcomeKey, headlines};
use std::collections::BTreeMap;

/// A parameter that the draws vary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Varied {
    /// Its path.
    pub path: String,
    /// Lower end of its range, with unit.
    pub low: String,
    /// Upper end of its range, with unit.
    pub high: String,
}

/// What a parameter does to a headline difference, by the least-squares line through the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Expected difference at the lower end of the range (place 0), the other parameters as drawn.
    pub at_low: f64,
    /// Expected difference at the upper end (place 1).
    pub at_high: f64,
    /// Correlation of the draws' mean differences with the parameter's value.
    pub correlation: f64,
    /// How often the strongest correlation of all parameters is at least as strong by chance alone, 0 to 1.
    pub chance: f64,
}

impl Line {
    /// Whether its ends have different signs.
    pub fn crosses(&self) -> bool {
        differ_in_sign(self.at_low, self.at_high)
    }

    /// How far it moves the difference along the range.
    pub fn size(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// What every parameter does to every headline difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Movers {
    /// The scenarios, the base first.
    pub names: Vec<String>,
    /// The parameters.
    pub varied: Vec<Varied>,
    /// The headlines.
    pub(super) headlines: Vec<OutcomeKey>,
    /// A line for each parameter, by scenario and headline; `None` for a parameter that the draws do not
    /// vary. Only headlines with a difference in at least twelve draws have lines.
    pub(super) lines: BTreeMap<(usize, OutcomeKey), Vec<Option<Line>>>,
    /// The standard deviation of a pair's difference due to chance, by scenario and headline, where it is known.
    pub(super) sd_chance: BTreeMap<(usize, OutcomeKey), f64>,
}

impl Movers {
    /// Fits lines for the headlines of every scenario.
    ///
    /// `numbers` are the numbers of the sets of parameters, as in the cells. `places` says how far along its
    /// range each value lies, 0 to 1, by set and parameter. These are values, not quantiles: against
    /// quantiles, what is straight along the range bends at the file's value. There are no lines with fewer
    /// than [`DRAWS_FOR_VERDICT`] draws.
    pub fn of(
        comparison: &Comparison,
        varied: &[Varied],
        numbers: &[u32],
        places: &[Vec<f64>],
    ) -> Self {
        let sets: BTreeMap<u32, &Vec<f64>> = numbers
            .iter()
            .copied()
            .zip(places)
            .filter(|(_, set)| set.len() == varied.len())
            .collect();
        let headlines = headlines(comparison);
        let (mut lines, mut sd_chance) = (BTreeMap::new(), BTreeMap::new());
        for scenario in 1..comparison.names.len() {
            for key in &headlines {
                let Some(row) = comparison.row(scenario, key) else {
                    continue;
                };
                if let Some(sd) = row.sd_chance {
                    sd_chance.insert((scenario, key.clone()), sd);
                }
                let draws = row.by_draw.iter();
                let (differences, sets): (Vec<f64>, Vec<&Vec<f64>>) = draws
                    .filter_map(|(draw, difference)| Some((*difference, *sets.get(draw)?)))
                    .unzip();
                if !varied.is_empty() && differences.len() >= DRAWS_FOR_VERDICT as usize {
                    let found = lines_of(varied.len(), &differences, &sets);
                    lines.insert((scenario, key.clone()), found);
                }
            }
        }
        Self {
            names: comparison.names.clone(),
            varied: varied.to_vec(),
            headlines,
            lines,
            sd_chance,
        }
    }

    /// The line of a parameter, by its index in `varied`, through the differences of a headline.
    pub fn line(&self, scenario: usize, key: &OutcomeKey, parameter: usize) -> Option<Line> {
        *self.lines.get(&(scenario, key.clone()))?.get(parameter)?
    }

    /// The parameters most worth running at both ends, as indices into `varied`, at most `most` of them:
    /// those whose lines change sign, by their strongest correlation with a headline of any scenario. None is
    /// left out because chance could explain it: that is for the runs to decide.
    pub fn candidates(&self, most: usize) -> Vec<usize> {
        let mut strongest: BTreeMap<usize, f64> = BTreeMap::new();
        for lines in self.lines.values() {
            for (parameter, line) in lines.iter().enumerate() {
                if let Some(line) = line.filter(Line::crosses) {
                    let known = strongest.entry(parameter).or_insert(0.0);
                    *known = known.max(line.correlation.abs());
                }
            }
        }
        let mut order: Vec<(usize, f64)> = strongest.into_iter().collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order
            .into_iter()
            .take(most)
            .map(|(parameter, _)| parameter)
            .collect()
    }
}

/// Whether one number is below zero and the other above it.
pub fn differ_in_sign(one: f64, other: f64) -> bool {
    (one < 0.0 && other > 0.0) || (one > 0.0 && other < 0.0)
}

fn lines_of(parameters: usize, differences: &[f64], sets: &[&Vec<f64>]) -> Vec<Option<Line>> {
    let places: Vec<Vec<f64>> = (0..parameters)
        .map(|parameter| sets.iter().map(|set| set[parameter]).collect())
        .collect();
    let Some((values, average)) = standardised(differences).zip(mean(differences)) else {
        return vec![None; parameters];
    };
    let standard: Vec<Option<Vec<f64>>> = places.iter().map(|one| standardised(one)).collect();
    let present: Vec<Vec<f64>> = standard.iter().flatten().cloned().collect();
    let chance = Chance::of(&present, &values);
    let line = |(places, standard): (&Vec<f64>, &Option<Vec<f64>>)| {
        let found = correlation(standard.as_ref()?, &values);
        let slope = found * norm(differences) / norm(places);
        let middle = mean(places)?;
        Some(Line {
            at_low: average - slope * middle,
            at_high: average + slope * (1.0 - middle),
            correlation: found,
            chance: chance.of_correlation(found),
        })
    };
    places.iter().zip(&standard).map(line).collect()
}

/// Root of the sum of squared deviations from the mean.
fn norm(numbers: &[f64]) -> f64 {
    let mean = mean(numbers).unwrap_or(0.0);
    let squares = numbers
        .iter()
        .map(|number| (number - mean) * (number - mean));
    squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::differ_in_sign;

    #[test]
    fn what_is_zero_has_no_sign() {
        assert!(differ_in_sign(-1.0, 1.0) && differ_in_sign(1.0, -1.0));
        for (one, other) in [(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 0.0)] {
            assert!(!differ_in_sign(one, other), "{one} {other}");
        }
        assert!(!differ_in_sign(1.0, 2.0) && !differ_in_sign(-1.0, -2.0));
    }
}
