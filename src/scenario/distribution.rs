//! Distributions of traits over persons.

/// A distribution with bounded support, in the base unit of its trait (years for ages, currency
/// units for savings, currency units a month for income).
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Everybody the same.
    Constant(f64),
    /// Even between the two ends.
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
    /// Lognormal, cut (conditioned) to `min`..=`max`.
    Lognormal {
        /// Median before the cut.
        median: f64,
        /// Standard deviation of the natural logarithm before the cut.
        sigma: f64,
        /// Lower cut, 0 or more.
        min: f64,
        /// Upper cut, finite.
        max: f64,
    },
    /// One of several, with shares that sum to one.
    Mixture(Vec<(f64, Distribution)>),
}

impl Distribution {
    /// The least value that anybody can have.
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
