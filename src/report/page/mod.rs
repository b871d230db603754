//! Pages: each one file that needs no network, drawn from a results folder alone: of a comparison [`compared`], of
//! the analysis of a sweep [`swept`], of a calibration [`calibrated`]. Figures, words, style and the document around
//! them are those of all.
//!
//! Everything that is words or arithmetic is made here; the script in `script/` only draws what it is
//! given. What is drawn travels compressed in the page, and so does Apache ECharts, which build.rs takes
//! from the crate `charming`.

mod calibrated;
mod compared;
mod figure;
mod making;
mod pack;
mod section;
mod shell;
mod swept;
mod words;

pub use calibrated::{CalibrationPage, calibration_page};
pub use compared::{ComparisonPage, comparison_page};
pub use swept::{SweepPage, sweep_page};
