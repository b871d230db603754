//! The table of countries.

use super::super::columns::{self, Column};
use super::super::number::{grouped, percent};
use super::super::{Screen, sparkline};
use super::{INDENT, Summary};
use crate::measure::ALL;

/// The most and the least number of columns that a sparkline takes.
const SPARK: (usize, usize) = (40, 12);

impl Summary<'_> {
    /// A row for each country, the fullest first, with a picture of its newcomers through time.
    pub(super) fn countries(&self, screen: &Screen) -> Vec<String> {
        let mut rows: Vec<(usize, f64)> = (0..self.scenario.countries.len())
            .filter_map(|index| {
                let code = &self.scenario.countries[index].code;
                self.mean("abroad_at_end", ALL, code)
                    .map(|persons| (index, persons))
            })
            .collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));

        let mut country = Column::new("Country", false, 0);
        let mut abroad = Column::new("Abroad at end", true, 0);
        let mut arrivals = Column::new("Arrived", true, 2);
        let mut moved_on = Column::new("Moved on", true, 3);
        let mut returned = Column::new("Returned", true, 2);
        let mut refused = Column::new("Refused", true, 4);
        let mut turned_back = Column::new("Turned back", true, 5);
        let mut rent = Column::new("Rent, peak", true, 3);
        for &(index, persons) in &rows {
            let of = &self.scenario.countries[index];
            let mean = |id: &str| self.mean(id, ALL, &of.code);
            country.cells.push(
                if of.name.is_empty() {
                    &of.code
                } else {
                    &of.name
                }
                .clone(),
            );
            abroad.cells.push(grouped(persons));
            arrivals
                .cells
                .push(mean("arrivals").map(grouped).unwrap_or_default());
            moved_on
                .cells
                .push(mean("moved_on").map(grouped).unwrap_or_default());
            returned
                .cells
                .push(mean("returned").map(grouped).unwrap_or_default());
            let rate = |id: &str| {
                mean(id)
                    .map(|rate| percent(rate / 1000.0))
                    .unwrap_or_default()
            };
            refused.cells.push(rate("refused_per_1000_attempts"));
            turned_back
                .cells
                .push(rate("turned_back_per_1000_attempts"));
            let times = screen.sign("×", "x");
            rent.cells.push(
                mean("rent_index_peak")
                    .map(|r| format!("{times}{r:.2}"))
                    .unwrap_or_default(),
            );
        }
        let mut table = vec![
            country,
            abroad,
            arrivals,
            returned,
            refused,
            turned_back,
            rent,
        ];
        if self.someone_moved_on() {
            table.insert(3, moved_on);
        }
        let width = screen.width.saturating_sub(INDENT.len());
        let mut table = columns::fit(table, width.saturating_sub(SPARK.1 + 2));
        let room = width
            .saturating_sub(columns::total(&table) + 2)
            .min(SPARK.0);
        if room >= SPARK.1 {
            let mut picture = Column::new("Abroad through time", false, 1);
            for &(index, _) in &rows {
                let drawn = sparkline(&self.newcomers(index), room, screen.unicode);
                picture.cells.push(screen.accent(&drawn));
            }
            table.push(picture);
        }
        let lines = columns::lines(&columns::fit(table, width), |heading| screen.dim(heading));
        lines
            .into_iter()
            .map(|line| format!("{INDENT}{line}"))
            .collect()
    }

    /// Days since the opening, and persons in a country, as a mean over the runs.
    pub(super) fn newcomers(&self, country: usize) -> Vec<(f64, f64)> {
        let Some(first) = self.trajectories.first() else {
            return Vec::new();
        };
        let mut days = 0.0;
        let series = first.points().iter().enumerate().map(|(step, point)| {
            days += f64::from(point.days);
            // (All runs have the same steps.)
            let of_step = self.trajectories.iter();
            let of_step = of_step.filter_map(|run| run.points().get(step));
            let persons: f64 = of_step.map(|point| point.newcomers[country] as f64).sum();
            (days, persons / self.trajectories.len() as f64)
        });
        series.collect()
    }
}
