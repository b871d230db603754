//! Observed rows as the yardstick by which a calibration measures runs.

use super::{Observation, Observed, Usage};
use crate::analyse::expression::Grid;
use crate::analyse::tables::Kept;
use crate::engine::Observer;
use crate::experiment::calibration::{ObservedRow, Stopped, Target, Yardstick};
use crate::measure::{Recorder, RunKey};
use crate::scenario::Scenario;
use std::sync::Arc;

impl Observed {
    /// Every row as a target of a calibration, in the order of the file.
    pub fn as_targets(&self) -> Vec<ObservedRow> {
        self.rows.iter().map(Observation::as_target).collect()
    }
}

impl Observation {
    fn as_target(&self) -> ObservedRow {
        let measure = self.measure_text().unwrap_or_default();
        let reason = if measure.is_empty() {
            Some("it has no measure".to_owned())
        } else if self.usage != Usage::Fit {
            Some(format!("its use is `{}`, not `fit`", self.usage.word()))
        } else {
            match self.band {
                None => Some("it has no band".to_owned()),
                Some((low, high)) if low >= high => Some("its band has no width".to_owned()),
                Some(_) => None,
            }
        };
        ObservedRow {
            target: Target {
                id: self.id.clone(),
                quantity: self.quantity.clone(),
                measure: measure.to_owned(),
                unit: self.unit.clone(),
                band: self.band,
                fitted: reason.is_none(),
            },
            reason,
        }
    }

    /// The measure as written.
    fn measure_text(&self) -> Option<&str> {
        match &self.measured {
            super::Measured::By { text, .. } => Some(text),
            super::Measured::NotModelled(_) => None,
        }
    }
}

impl Yardstick for Observed {
    fn measure(
        &self,
        scenario: &Arc<Scenario>,
        drive: &mut dyn FnMut(&mut dyn Observer) -> Result<(), Stopped>,
    ) -> Result<Vec<Option<f64>>, Stopped> {
        let mut kept = Kept::new(self.tables());
        let key = RunKey::default();
        let mut recorder = Recorder::new(scenario, key, &mut kept);
        drive(&mut recorder)?;
        recorder.finish();
        let grid = Grid::of(&scenario.calendar);
        let values = self.evaluate(kept.run_tables(key), &grid);
        // Rows without a measure are not targets.
        let numbers = values.into_iter().flatten();
        Ok(numbers
            .map(|value| value.ok().filter(|value| value.is_finite()))
            .collect())
    }
}
