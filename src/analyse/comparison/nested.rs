//! Numbers of runs, nested: draws of the parameters and, within each draw, replicates.

use super::super::points;

/// One number from each run, by draw.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::analyse) struct Nested {
    /// The draws that have numbers: the draw, and its numbers in the order of the replicates.
    draws: Vec<(u32, Vec<f64>)>,
}

/// The result of a one-way analysis of variance, with draws as the groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::analyse) struct Variances {
    /// Mean square between draws; `None` for one draw.
    pub between: Option<f64>,
    /// Mean square within draws; `None` where no draw has two numbers.
    pub within: Option<f64>,
    /// Replicates per draw; if draws differ in size, (N - sum of n_i^2 / N) / (k - 1), which leaves the mean
    /// square between draws unbiased. `None` for one draw.
    pub replicates: Option<f64>,
}

impl Nested {
    /// Groups numbers by draw; those of a draw must be adjacent, as they are once sorted.
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

    /// Number of draws that have a number.
    pub fn draws(&self) -> usize {
        self.draws.len()
    }

    /// Count of all numbers.
    pub fn runs(&self) -> usize {
        self.draws.iter().map(|(_, numbers)| numbers.len()).sum()
    }

    /// The mean of each draw, with the draw's number.
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

    /// The interval in which the mean of one more draw lies nine times in ten, from the means of these draws
    /// ([`points::of_the_next`]); `None` with fewer than two draws.
    pub fn interval(&self) -> Option<(f64, f64)> {
        points::of_the_next(&self.means())
    }

    /// The mean squares, from which the contributions of parameters and of chance follow.
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
    /// Standard deviation between draws due to the parameters: the root of what remains of the mean square
    /// between draws after subtracting that within them, per replicate; at least 0. `None` with one draw or
    /// one replicate.
    pub fn sd_parameters(&self) -> Option<f64> {
        let (between, within) = self.between.zip(self.within)?;
        let part = (between - within) / self.replicates?;
        Some(part.max(0.0).sqrt())
    }

    /// Standard deviation of one number within a draw, due to chance. `None` with one replicate.
    pub fn sd_chance(&self) -> Option<f64> {
        self.within.map(f64::sqrt)
    }

    /// Unbiased variance of one run whose parameters and chance are both drawn anew: the mean square within
    /// draws plus what the parameters add to it (which may be below zero by chance). For one draw, the mean
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

/// The mean of numbers, added in their order; `None` if there are none. The mean of equal numbers is that
/// number to the bit, so that what does not vary has no variance.
pub(super) fn mean(numbers: &[f64]) -> Option<f64> {
    let first = *numbers.first()?;
    if numbers.iter().all(|number| *number == first) {
        return Some(first);
    }
    Some(numbers.iter().sum::<f64>() / numbers.len() as f64)
}

/// The sample variance of numbers; `None` for fewer than two.
pub(super) fn variance(numbers: &[f64]) -> Option<f64> {
    let mean = mean(numbers).filter(|_| numbers.len() > 1)?;
    Some(squares(numbers, mean) / (numbers.len() - 1) as f64)
}

fn squares(numbers: &[f64], mean: f64) -> f64 {
    numbers.iter().map(|x| (x - mean) * (x - mean)).sum()
}
