//! Pages, each a single file that needs no network and is drawn from a results folder alone: of a comparison
//! ([`compared`]), of the analysis of a sweep ([`swept`]), and of a calibration ([`calibrated`]). They share figures,
//! words, style and the document around them.
//!
//! All words and all arithmetic are made here; the script in `script/` only draws what it is given. The data of the
//! charts are compressed within the page, and so is Apache ECharts, which `build.rs` takes from the crate `charming`.

mod calibrated;
mod compared;
mod figure;
mod making;
mod pack;
mod section;
mod shell;
mod swept;
#[cfg(test)]
mod test_support;
mod words;

pub use calibrated::{CalibrationPage, calibration_page};
pub use compared::{ComparisonPage, comparison_page};
pub use swept::{SweepPage, sweep_page};
