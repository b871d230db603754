//! Distributions of traits over persons.

/// A distribution with bounded support, in the base unit of its trait (years for ages, currency
/// units for savings, currency units per month for income).
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// The same value for everybody.
    Constant(f64),
    /// Uniform between two ends.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Beta on 0 to 1.
    Beta {
        /// First shape, above 0.
        alpha: f64,
        /// Second shape, above 0.
        beta: f64,
    },
    /// Lognormal, truncated (conditioned) to `min`..=`max`.
    Lognormal {
        /// Median before truncation.
        median: f64,
        /// Standard deviation of the natural logarithm before truncation.
        sigma: f64,
        /// Lower bound, 0 or more.
        min: f64,
        /// Upper bound, finite.
        max: f64,
    },
    /// A mixture of distributions with their shares, which sum to one.
    Mixture(Vec<(f64, Distribution)>),
}

impl Distribution {
    /// Returns the least value that anybody can have.
    pub fn least(&self) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Uniform { low, .. } => *low,
            Self::Beta { .. } => 0.0,
            Self::Lognormal { min, .. } => *min,
            Self::Mixture(parts) => parts
                .iter()
                .map(|(_, part)| part.least())
                .fold(f64::INFINITY, f64::min),
        }
    }
}
