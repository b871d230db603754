//! Quantile functions of trait distributions: a trait is its quantile at the person's uniform.

use crate::draw::math::{exp, ln};
use crate::draw::{BetaQuantiles, normal_below, normal_quantile};
use crate::scenario::Distribution;

/// A distribution prepared to be evaluated at any share.
#[derive(Debug, Clone)]
pub struct Quantiles {
    form: Form,
    scale: f64,
}

#[derive(Debug, Clone)]
enum Form {
    Constant(f64),
    Uniform(f64, f64),
    Beta(Box<BetaQuantiles>, f64),
    Lognormal(Box<Lognormal>),
    /// Parts side by side: the cumulated share at which a part begins, its share, and the part.
    Mixture(Vec<(f64, f64, Quantiles)>),
}

/// exp(location + sigma z), with z between the normal shares `from` and `from + span`.
///
/// In the middle, and in the tails down to a share of 1/256, the quantile is read from tables with linear interpolation
/// between their knots, which is several times faster than the exact function and within (12 s + 8 s^2) millionths of
/// it, s being the spread of the logarithm; beyond that it is exact. The tables are small enough to stay in the caches
/// of a core.
#[derive(Debug, Clone)]
struct Lognormal {
    location: f64,
    sigma: f64,
    from: f64,
    span: f64,
    low: f64,
    high: f64,
    knots: Vec<f64>,
    /// The table of the shares below [`TAIL`], and that of the shares above its complement, counted downwards.
    tails: [Vec<f64>; 2],
}

/// Knots of the tables of a lognormal distribution.
const KNOTS: usize = 1024;
const TAIL_KNOTS: usize = 1024;
/// Shares below this and above its complement have tables of their own.
const TAIL: f64 = 1.0 / 16.0;
/// Shares below this and above its complement are computed exactly.
const END: f64 = 1.0 / 256.0;

impl Lognormal {
    fn exact(&self, u: f64) -> f64 {
        let z = normal_quantile(self.from + u * self.span);
        exp(self.location + self.sigma * z).clamp(self.low, self.high)
    }

    fn mean(&self) -> f64 {
        let Self {
            location,
            sigma,
            from,
            span,
            ..
        } = *self;
        let below = |share: f64| normal_below(normal_quantile(share) - sigma);
        exp(location + 0.5 * sigma * sigma) * (below(from + span) - below(from)) / span
    }

    fn at(&self, u: f64) -> f64 {
        let between = |knots: &[f64], place: f64| {
            let knot = place as usize;
            let (below, above) = (knots[knot], knots[knot + 1]);
            below + (place - knot as f64) * (above - below)
        };
        if (TAIL..=1.0 - TAIL).contains(&u) {
            return between(&self.knots, u * KNOTS as f64);
        }
        let (tail, share) = if u < 0.5 { (0, u) } else { (1, 1.0 - u) };
        if share < END {
            return self.exact(u);
        }
        between(&self.tails[tail], share * (TAIL_KNOTS as f64 / TAIL))
    }
}

impl Quantiles {
    /// Prepares a distribution.
    pub fn new(distribution: &Distribution) -> Self {
        let form = match distribution {
            Distribution::Constant(value) => Form::Constant(*value),
            Distribution::Uniform { low, high } => Form::Uniform(*low, *high),
            Distribution::Beta { alpha, beta } => Form::Beta(
                Box::new(BetaQuantiles::new(*alpha, *beta)),
                alpha / (alpha + beta),
            ),
            Distribution::Lognormal {
                median,
                sigma,
                min,
                max,
            } => lognormal(*median, *sigma, *min, *max),
            Distribution::Mixture(parts) => {
                let mut begin = 0.0;
                let parts = parts
                    .iter()
                    .map(|(share, part)| {
                        let entry = (begin, *share, Quantiles::new(part));
                        begin += share;
                        entry
                    })
                    .collect();
                Form::Mixture(parts)
            }
        };
        Self { form, scale: 1.0 }
    }

    /// The distribution of exp(-attachment), attachment being normal with this spread and cut at two spreads.
    pub fn attachment(spread: f64) -> Self {
        let cut = exp(2.0 * spread);
        let form = if spread > 0.0 {
            lognormal(1.0, spread, 1.0 / cut, cut)
        } else {
            Form::Constant(1.0)
        };
        Self { form, scale: 1.0 }
    }

    /// Scales the distribution to mean 1.
    pub fn with_mean_one(mut self) -> Self {
        let mean = self.mean();
        if mean > 0.0 {
            self.scale /= mean;
        }
        self
    }

    /// The value at the share `u`, 0 to 1.
    pub fn at(&self, u: f64) -> f64 {
        self.scale
            * match &self.form {
                Form::Constant(value) => *value,
                Form::Uniform(low, high) => low + u * (high - low),
                Form::Beta(table, _) => table.at(u),
                Form::Lognormal(lognormal) => lognormal.at(u),
                Form::Mixture(parts) => {
                    let place = parts.partition_point(|(begin, _, _)| *begin <= u);
                    let (begin, share, part) = &parts[place.saturating_sub(1)];
                    part.at(((u - begin) / share).clamp(0.0, 1.0))
                }
            }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.scale
            * match &self.form {
                Form::Constant(value) => *value,
                Form::Uniform(low, high) => 0.5 * (low + high),
                Form::Beta(_, mean) => *mean,
                Form::Lognormal(lognormal) => lognormal.mean(),
                Form::Mixture(parts) => parts
                    .iter()
                    .map(|(_, share, part)| share * part.mean())
                    .sum(),
            }
    }

    /// The smallest and largest value between the shares `from` and `to`, with a small margin for rounding.
    pub fn range(&self, from: f64, to: f64) -> (f64, f64) {
        let (low, high) = self.exact_range(from, to);
        (low - low.abs() * 1e-12, high + high.abs() * 1e-12)
    }

    fn exact_range(&self, from: f64, to: f64) -> (f64, f64) {
        let Form::Mixture(parts) = &self.form else {
            return (self.at(from), self.at(to));
        };
        let mut range = (f64::INFINITY, f64::NEG_INFINITY);
        for (begin, share, part) in parts {
            let low = ((from - begin) / share).max(0.0);
            let high = ((to - begin) / share).min(1.0);
            if low <= high && *share > 0.0 {
                let (least, most) = part.exact_range(low, high);
                range = (
                    range.0.min(self.scale * least),
                    range.1.max(self.scale * most),
                );
            }
        }
        range
    }

    /// Whether everybody has the same value.
    pub fn is_constant(&self) -> bool {
        match &self.form {
            Form::Constant(_) => true,
            Form::Uniform(low, high) => low == high,
            _ => false,
        }
    }
}

fn lognormal(median: f64, sigma: f64, min: f64, max: f64) -> Form {
    if sigma <= 0.0 || min >= max {
        return Form::Constant(median.clamp(min, max));
    }
    let location = ln(median);
    let share = |value: f64| {
        if value > 0.0 {
            normal_below((ln(value) - location) / sigma)
        } else {
            0.0
        }
    };
    let from = share(min);
    let span = share(max) - from;
    if span <= 0.0 {
        // The cut lies so far out in a tail that no share is left within it: everybody is at its near end.
        return Form::Constant(median.clamp(min, max));
    }
    let mut lognormal = Lognormal {
        location,
        sigma,
        from,
        span,
        low: min,
        high: max,
        knots: Vec::new(),
        tails: [Vec::new(), Vec::new()],
    };
    lognormal.knots = (0..=KNOTS)
        .map(|knot| lognormal.exact(knot as f64 / KNOTS as f64))
        .collect();
    // (One knot more than there are intervals: a share may be rounded up to the end.)
    let shares = (0..=TAIL_KNOTS + 1).map(|knot| knot as f64 * (TAIL / TAIL_KNOTS as f64));
    lognormal.tails = [
        shares.clone().map(|share| lognormal.exact(share)).collect(),
        shares.map(|share| lognormal.exact(1.0 - share)).collect(),
    ];
    Form::Lognormal(Box::new(lognormal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_by_sum(quantiles: &Quantiles) -> f64 {
        let n = 200_000;
        (0..n)
            .map(|i| quantiles.at((f64::from(i) + 0.5) / f64::from(n)) / f64::from(n))
            .sum()
    }

    #[test]
    fn the_table_is_as_good_as_the_function() {
        let Form::Lognormal(lognormal) = lognormal(900.0, 1.2, 0.0, 1e6) else {
            panic!("not a lognormal");
        };
        for i in 0..100_003 {
            let u = f64::from(i) / 100_003.0;
            let exact = lognormal.exact(u);
            // A chord is off by its second derivative over eight times the knots squared.
            let allowed = (12.0 * 1.2 + 8.0 * 1.2 * 1.2) * 1e-6;
            assert!((lognormal.at(u) / exact - 1.0).abs() < allowed, "{u}");
        }
    }

    #[test]
    fn means_and_ranges() {
        let lognormal = Distribution::Lognormal {
            median: 900.0,
            sigma: 1.2,
            min: 0.0,
            max: 20_000.0,
        };
        let cases = [
            Distribution::Constant(4.0),
            Distribution::Uniform {
                low: 18.0,
                high: 49.0,
            },
            Distribution::Beta {
                alpha: 2.0,
                beta: 5.0,
            },
            lognormal.clone(),
            Distribution::Mixture(vec![
                (0.8, Distribution::Constant(1.0)),
                (0.2, lognormal.clone()),
            ]),
        ];
        for case in cases {
            let quantiles = Quantiles::new(&case);
            let mean = mean_by_sum(&quantiles);
            assert!(
                (mean / quantiles.mean() - 1.0).abs() < 1e-3,
                "{case:?}: {mean}"
            );
            for (from, to) in [(0.0, 1.0), (0.1, 0.35), (0.5, 0.9), (0.79, 0.81)] {
                let (low, high) = quantiles.range(from, to);
                for i in 0..=1000 {
                    let value = quantiles.at(from + (to - from) * f64::from(i) / 1000.0);
                    assert!(
                        low <= value && value <= high,
                        "{case:?} {value} {low} {high}"
                    );
                }
            }
        }
        let attachment = Quantiles::attachment(0.5).with_mean_one();
        assert!((mean_by_sum(&attachment) - 1.0).abs() < 1e-6);
        assert!(attachment.at(0.2) < attachment.at(0.8));
    }
}
