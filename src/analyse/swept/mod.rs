//! The analysis of a sweep: its outcomes by run, what each axis does to them, and the rows that say so.

mod find;
mod gap;
mod runs;
#[cfg(test)]
mod tests;
mod write;

pub use find::analyse;
pub use gap::{Gap, Lacking, gaps};
pub use runs::{SweptKey, SweptOutcomes, SweptRuns};
pub use write::write_findings;

use super::sensitivity::{ElementaryEffect, Noise, PartialRank, ResponseBin, SobolIndex};

/// What an axis does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisFinding {
    /// Its shares of the variance; only of a design of Saltelli.
    pub sobol: Option<SobolIndex>,
    /// Its elementary effects; only of a design of Morris.
    pub morris: Option<ElementaryEffect>,
    /// Its partial rank correlation, where points are independent and enough.
    pub ranks: Option<PartialRank>,
    /// The response along the axis; of a list each entry is a part of its own.
    pub response: Vec<ResponseBin>,
}

impl AxisFinding {
    /// By which axes are ranked: the total index, else mu*, else the size of the correlation, else how far the
    /// response goes up and down.
    pub fn size(&self) -> f64 {
        let total = self.sobol.map(|index| index.total.value);
        let effect = || self.morris.map(|effect| effect.mu_star.value);
        let rank = || self.ranks.map(|rank| rank.correlation.abs());
        total.or_else(effect).or_else(rank).unwrap_or(self.swing())
    }

    /// How far the response goes up and down: its highest mean less its lowest.
    pub fn swing(&self) -> f64 {
        let means = || self.response.iter().map(|part| part.mean);
        let highest = means().fold(f64::NEG_INFINITY, f64::max);
        let lowest = means().fold(f64::INFINITY, f64::min);
        (highest - lowest).max(0.0)
    }
}

/// What was found of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which.
    pub key: SweptKey,
    /// Its unit.
    pub unit: String,
    /// How many points chance was told from, and chance apart; `None` with one replicate.
    pub noise: Option<(usize, Noise)>,
    /// By axis, in the order of the plan; empty if it could not be analysed, or no run has it.
    pub axes: Vec<AxisFinding>,
    /// What could not be said of it, and why.
    pub lacking: Vec<(Lacking, String)>,
}
