//! What a calibration found: prior against posterior, rows against bands, and what the data do not tell.

mod predicted;
mod summary;
mod tables;
mod unmoved;
mod weighted;

pub use predicted::predicted_sets;
pub use summary::{Calibrated, FittedRow, How, ParameterFit, PredictedRow, RowKind, Spread};
pub use tables::write_calibrated;
pub use unmoved::{Unmoved, unmoved};
