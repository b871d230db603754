//! The tables of an analysis, read back row by row into the data that its page is drawn from.

use super::comparison_tables::{Cells, MeanAndBand};
use super::swept::SweptKey;
use crate::measure::{Cell, Sink, Table};

/// The tables of an analysis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SensitivityTables {
    /// The rows of `sensitivity`.
    pub effects: Vec<AxisEffect>,
    /// The rows of `noise`.
    pub noise: Vec<NoiseRow>,
    /// The rows of `responses`, those of a curve together.
    pub responses: Vec<ResponsePart>,
}

/// What an axis does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisEffect {
    /// Which outcome of which scenario.
    pub key: SweptKey,
    /// The name of the axis.
    pub path: String,
    /// Unit of the outcome.
    pub unit: String,
    /// First-order index.
    pub first: Option<MeanAndBand>,
    /// Total index.
    pub total: Option<MeanAndBand>,
    /// Mean elementary effect.
    pub mu: Option<f64>,
    /// Mean size of the elementary effects.
    pub mu_star: Option<MeanAndBand>,
    /// Standard deviation of the elementary effects.
    pub sigma: Option<f64>,
    /// The mean size that chance alone would give.
    pub mu_star_of_chance: Option<f64>,
    /// Partial rank correlation.
    pub rank: Option<MeanAndBand>,
    /// How often chance gives one as strong.
    pub p: Option<f64>,
    /// The same for all axes together.
    pub p_of_all: Option<f64>,
}

/// How much of the variance of a run is chance.
#[derive(Debug, Clone, PartialEq)]
pub struct NoiseRow {
    /// Which outcome of which scenario.
    pub key: SweptKey,
    /// Unit of the outcome.
    pub unit: String,
    /// Points that the estimate rests on.
    pub points: u64,
    /// Variance of runs at one point.
    pub of_chance: f64,
    /// Variance of the points' expectations.
    pub of_points: f64,
    /// Share of the variance of a run that is chance.
    pub share: f64,
}

/// The mean of an outcome over a part of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponsePart {
    /// Which outcome of which scenario.
    pub key: SweptKey,
    /// The name of the axis.
    pub path: String,
    /// Ends of the part, as written in a file.
    pub ends: (String, String),
    /// Number of points in it.
    pub points: u64,
    /// Mean of the outcome, and its interval.
    pub mean: MeanAndBand,
}

impl Sink for SensitivityTables {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        let cells = Cells(cells);
        match table.name {
            "sensitivity" => self.effects.push(effect(&cells)),
            "noise" => self.noise.push(noise(&cells)),
            "responses" => self.responses.extend(response(&cells)),
            _ => {}
        }
    }
}

fn key(cells: &Cells<'_, '_>) -> SweptKey {
    SweptKey {
        scenario: cells.text(0),
        outcome: cells.text(1),
        group: cells.text(2),
        country: cells.text(3),
    }
}

fn effect(cells: &Cells<'_, '_>) -> AxisEffect {
    AxisEffect {
        key: key(cells),
        path: cells.text(4),
        unit: cells.text(5),
        first: cells.band(6),
        total: cells.band(9),
        mu: cells.number(12),
        mu_star: cells.band(13),
        sigma: cells.number(16),
        mu_star_of_chance: cells.number(17),
        rank: cells.band(18),
        p: cells.number(21),
        p_of_all: cells.number(22),
    }
}

fn noise(cells: &Cells<'_, '_>) -> NoiseRow {
    let number = |at| cells.number(at).unwrap_or_default();
    NoiseRow {
        key: key(cells),
        unit: cells.text(4),
        points: cells.whole(5),
        of_chance: number(6),
        of_points: number(7),
        share: number(8),
    }
}

fn response(cells: &Cells<'_, '_>) -> Option<ResponsePart> {
    Some(ResponsePart {
        key: key(cells),
        path: cells.text(4),
        ends: (cells.text(6), cells.text(7)),
        points: cells.whole(9),
        mean: cells.band(10)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::sensitivity_schema::{RESPONSES, SENSITIVITY};

    /// Each field is read from the column of its name.
    #[test]
    fn columns_are_where_they_are_looked_for() {
        let mut tables = SensitivityTables::default();
        let cells = |table: &Table| -> Vec<Cell<'static>> {
            let texts = [
                "scenario", "outcome", "group", "country", "path", "unit", "from", "to",
            ];
            let cell = |(at, name): (usize, &'static str)| match name {
                "bin" | "points" => Cell::Whole(at as u64),
                name if texts.contains(&name) => Cell::Text(name),
                _ => Cell::Number(at as f64),
            };
            table
                .columns()
                .map(|column| column.name)
                .enumerate()
                .map(cell)
                .collect()
        };
        tables.row(&SENSITIVITY, &cells(&SENSITIVITY));
        tables.row(&RESPONSES, &cells(&RESPONSES));
        let at = |table: &Table, name: &str| {
            table
                .columns()
                .position(|column| column.name == name)
                .unwrap() as f64
        };
        let row = &tables.effects[0];
        let of = |name: &str| Some(at(&SENSITIVITY, name));
        assert_eq!(row.key.country, "country");
        assert_eq!((row.path.as_str(), row.unit.as_str()), ("path", "unit"));
        assert_eq!(row.first.map(|first| first.mean), of("first"));
        assert_eq!(
            row.total.and_then(|total| total.band).map(|band| band.1),
            of("total_high")
        );
        assert_eq!((row.mu, row.sigma), (of("mu"), of("sigma")));
        assert_eq!(row.mu_star.map(|mu| mu.mean), of("mu_star"));
        assert_eq!(row.mu_star_of_chance, of("mu_star_of_chance"));
        assert_eq!(row.rank.map(|rank| rank.mean), of("rank_correlation"));
        assert_eq!((row.p, row.p_of_all), (of("p"), of("p_of_all")));
        let part = &tables.responses[0];
        assert_eq!(part.ends, ("from".to_owned(), "to".to_owned()));
        assert_eq!(part.points as f64, at(&RESPONSES, "points"));
        assert_eq!(part.mean.mean, at(&RESPONSES, "mean"));
    }
}
