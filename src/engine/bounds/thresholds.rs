//! Bounds for persons abroad as integers, with which marks are compared without being computed.

use super::host::{AbroadBound, NOBODY};
use super::largest;
use crate::draw::threshold;

/// The thresholds of the bounds of everybody abroad, and the largest values.
pub(super) struct Thresholds {
    /// In the order of the bounds: the thresholds of the heads of both marks.
    pub of_bounds: Vec<[u32; 2]>,
    /// The largest of the thresholds, for each mark.
    pub highest: [u32; 2],
    /// The largest hazards of return and of moving on; NaN if any of them is.
    pub most: [f64; 2],
}

impl Thresholds {
    /// The thresholds of bounds in order of country, status, kind.
    pub fn of(abroad: &[AbroadBound]) -> Self {
        let limit = |hazard: f64| if hazard > 0.0 { threshold(hazard) } else { 0 };
        let mut of_bounds = Vec::with_capacity(abroad.len());
        let (mut most, mut highest) = ([0.0; 2], [0; 2]);
        // (All kinds of a country and status have the same hazard of return.)
        let mut going_back = (0.0, 0);
        for bound in abroad {
            if *bound == NOBODY {
                of_bounds.push([0; 2]);
                continue;
            }
            let hazards = bound.hazards;
            most = [0, 1].map(|process| largest(most[process], hazards[process]));
            if hazards[0] != going_back.0 {
                going_back = (hazards[0], limit(hazards[0]));
            }
            let limits = [going_back.1, limit(hazards[1])];
            highest = [0, 1].map(|process| limits[process].max(highest[process]));
            of_bounds.push(limits);
        }
        Self {
            of_bounds,
            highest,
            most,
        }
    }
}
