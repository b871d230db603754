//! Numbers of runs, nested: draws of the parameters, and in each draw repetitions with other chance.

use super::super::points;

/// A number of each run, by draw.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::analyse) struct Nested {
    /// The draws that have numbers, by their number, and the numbers in the order of the replicates.
    draws: Vec<(u32, Vec<f64>)>,
}

/// What a one-way analysis of variance gives, draws being the groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::analyse) struct Variances {
    /// Mean square between draws; `None` for one draw.
    pub between: Option<f64>,
    /// Mean square within draws; `None` where no draw has two numbers.
    pub within: Option<f64>,
    /// Replicates a draw; where draws have unequal numbers, (N - sum of n_i^2 / N) / (k - 1), by which the
    /// mean square between draws is without bias. `None` for one draw.
    pub replicates: Option<f64>,
}

impl Nested {
    /// Numbers with their draws; those of a draw stand together, as they do once sorted.
    pub fn of(numbers: impl IntoIterator<Item = (u32, f64)>) -> Self {
        let mut draws: Vec<(u32, Vec<f64>)> = Vec::new();
        for (draw, number) in numbers {
            match draws.last_mut() {
                Some((last, numbers)) if *last == draw => numbers.push(number),
                _ => draws.push((draw, vec![number])),
            }
        }
        Self { draws }
    }

    /// Draws that have a number.
    pub fn draws(&self) -> usize {
        self.draws.len()
    }

    /// All numbers.
    pub fn runs(&self) -> usize {
        self.draws.iter().map(|(_, numbers)| numbers.len()).sum()
    }

    /// The mean of each draw, with the number of the draw.
    pub fn by_draw(&self) -> Vec<(u32, f64)> {
        let draws = self.draws.iter();
        draws
            .filter_map(|(draw, numbers)| Some((*draw, mean(numbers)?)))
            .collect()
    }

    /// The means of the draws.
    pub fn means(&self) -> Vec<f64> {
        self.by_draw().into_iter().map(|(_, mean)| mean).collect()
    }

    /// The mean of the draws' means; `None` without numbers.
    pub fn mean(&self) -> Option<f64> {
        mean(&self.means())
    }

    /// The interval in which the mean of one more draw lies nine times in ten, from the means of these
    /// ([`points::of_the_next`]); `None` with fewer than two draws.
    pub fn interval(&self) -> Option<(f64, f64)> {
        points::of_the_next(&self.means())
    }

    /// The mean squares, from which the parts of parameters and of chance follow.
    pub fn variances(&self) -> Variances {
        let (draws, runs) = (self.draws() as f64, self.runs() as f64);
        let all: Vec<f64> = self
            .draws
            .iter()
            .flat_map(|(_, numbers)| numbers.clone())
            .collect();
        let grand = mean(&all).unwrap_or(0.0);
        let (mut between, mut within, mut sizes) = (0.0, 0.0, 0.0);
        for (_, numbers) in &self.draws {
            let count = numbers.len() as f64;
            let Some(mean) = mean(numbers) else { continue };
            between += count * (mean - grand) * (mean - grand);
            within += squares(numbers, mean);
            sizes += count * count;
        }
        let several = self.draws() > 1;
        Variances {
            between: several.then(|| between / (draws - 1.0)),
            within: (runs > draws).then(|| within / (runs - draws)),
            replicates: several.then(|| (runs - sizes / runs) / (draws - 1.0)),
        }
    }
}

impl Variances {
    /// Standard deviation between draws that the parameters bring: what is left of the mean square between
    /// draws once that within them is taken off, at least 0. `None` with one draw or one replicate.
    pub fn sd_parameters(&self) -> Option<f64> {
        let (between, within) = self.between.zip(self.within)?;
        let part = (between - within) / self.replicates?;
        Some(part.max(0.0).sqrt())
    }

    /// Standard deviation of one number within a draw. `None` with one replicate.
    pub fn sd_chance(&self) -> Option<f64> {
        self.within.map(f64::sqrt)
    }

    /// Variance of one run whose parameters and chance are both drawn anew, without bias: the mean square
    /// within, and what the parameters add to it (which may be below zero by chance). Of one draw, the mean
    /// square within. `None` for one number.
    pub fn of_one_run(&self) -> Option<f64> {
        match (self.between, self.within, self.replicates) {
            (Some(between), within, Some(replicates)) => {
                let of_within = 1.0 - 1.0 / replicates;
                Some(between / replicates + of_within * within.unwrap_or(0.0))
            }
            (_, within, _) => within,
        }
    }
}

/// The mean of numbers, added up in their order; `None` of none. Of equal numbers it is that number to the
/// bit, so that what does not vary has no variance.
pub(super) fn mean(numbers: &[f64]) -> Option<f64> {
    let first = *numbers.first()?;
    if numbers.iter().all(|number| *number == first) {
        return Some(first);
    }
    Some(numbers.iter().sum::<f64>() / numbers.len() as f64)
}

/// The variance of numbers taken for a sample; `None` of fewer than two.
pub(super) fn variance(numbers: &[f64]) -> Option<f64> {
    let mean = mean(numbers).filter(|_| numbers.len() > 1)?;
    Some(squares(numbers, mean) / (numbers.len() - 1) as f64)
}

fn squares(numbers: &[f64], mean: f64) -> f64 {
    numbers.iter().map(|x| (x - mean) * (x - mean)).sum()
}
