//! The analysis of a sweep: its outcomes by run, what each axis does to them, and the rows of its tables.

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
    /// Its shares of the variance; only for a Saltelli design.
    pub sobol: Option<SobolIndex>,
    /// Its elementary effects; only for a Morris design.
    pub morris: Option<ElementaryEffect>,
    /// Its partial rank correlation, if the points are independent and enough.
    pub ranks: Option<PartialRank>,
    /// The response along the axis; each entry of a list is a part of its own.
    pub response: Vec<ResponseBin>,
}

impl AxisFinding {
    /// The size by which axes are ranked: the total index, or else mu*, or else the absolute correlation, or
    /// else the swing of the response.
    pub fn size(&self) -> f64 {
        let total = self.sobol.map(|index| index.total.value);
        let effect = || self.morris.map(|effect| effect.mu_star.value);
        let rank = || self.ranks.map(|rank| rank.correlation.abs());
        total.or_else(effect).or_else(rank).unwrap_or(self.swing())
    }

    /// The swing of the response: its highest mean minus its lowest.
    pub fn swing(&self) -> f64 {
        let means = || self.response.iter().map(|part| part.mean);
        let highest = means().fold(f64::NEG_INFINITY, f64::max);
        let lowest = means().fold(f64::INFINITY, f64::min);
        (highest - lowest).max(0.0)
    }
}

/// What was found about one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which outcome of which scenario.
    pub key: SweptKey,
    /// Its unit.
    pub unit: String,
    /// The number of points that chance was estimated from, and the estimate; `None` with one replicate.
    pub noise: Option<(usize, Noise)>,
    /// By axis, in the order of the plan; empty if the outcome could not be analysed or no run has it.
    pub axes: Vec<AxisFinding>,
    /// What could not be said about it, and why.
    pub lacking: Vec<(Lacking, String)>,
}
