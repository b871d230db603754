//! What people see: summaries, comparisons, scores, lives and pages, progress while a command runs, and JSON.

mod calibration;
mod calibration_markdown;
mod columns;
mod difference;
mod estimate;
mod json;
mod number;
mod page;
mod plain;
mod progress;
mod runs;
mod score;
mod score_amount;
mod score_json;
mod score_markdown;
mod screen;
mod sensitivity;
mod sparkline;
mod summary;
mod trace;

pub use calibration::Calibration;
pub use difference::Differences;
pub use estimate::{Estimate, FIXED_BYTES, KEPT_BYTES, Pilot};
pub use json::run_as_json;
pub use number::{duration, figures, grouped, magnitude, percent, size};
pub use page::{
    CalibrationPage, ComparisonPage, SweepPage, calibration_page, comparison_page, sweep_page,
};
pub use plain::plain;
pub use progress::Progress;
pub use runs::{FEW_AGENTS, RunSet};
pub use score::ScoreReport;
pub use screen::Screen;
pub use sensitivity::Sensitivities;
pub use sparkline::sparkline;
pub use summary::Summary;
pub use trace::{Life, Story};
