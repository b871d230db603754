//! Every combination of some levels.

use super::DesignError;

/// A full factorial design: every combination of the levels of the parameters, with the last parameter
/// changing fastest. The levels are quantiles or values, as the caller likes; nothing is drawn. It cannot be
/// extended: with another level, points change their numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    levels: Vec<Vec<f64>>,
    points: u64,
}

impl Grid {
    /// The grid over the levels of each parameter, with at most `most` points.
    ///
    /// # Errors
    /// No parameter; a parameter without a level; a level that is not a finite number or appears twice; more
    /// points than `most`.
    pub fn new(levels: Vec<Vec<f64>>, most: u64) -> Result<Self, DesignError> {
        if levels.is_empty() {
            return Err(DesignError::NoParameter);
        }
        for (parameter, levels) in levels.iter().enumerate() {
            check_levels(parameter, levels)?;
        }
        let points = levels
            .iter()
            .map(|levels| levels.len() as u128)
            .try_fold(1_u128, u128::checked_mul);
        let few = points
            .and_then(|points| u64::try_from(points).ok())
            .filter(|points| *points <= most);
        match few {
            Some(points) => Ok(Self { levels, points }),
            None => Err(DesignError::TooManyPoints { points, most }),
        }
    }

    /// `count` evenly spaced levels from 0 to 1, both ends included; a single level lies in the middle.
    pub fn even_levels(count: u32) -> Vec<f64> {
        match count {
            1 => vec![0.5],
            _ => (0..count)
                .map(|level| f64::from(level) / f64::from(count - 1))
                .collect(),
        }
    }

    /// Number of points: the product of the numbers of levels.
    pub fn points(&self) -> u64 {
        self.points
    }

    /// The levels of a point; `None` beyond the last.
    pub fn point(&self, point: u64) -> Option<Vec<f64>> {
        if point >= self.points {
            return None;
        }
        let mut rest = point;
        let mut found = Vec::with_capacity(self.levels.len());
        for levels in self.levels.iter().rev() {
            let size = levels.len() as u64;
            found.push(levels[(rest % size) as usize]);
            rest /= size;
        }
        found.reverse();
        Some(found)
    }

    /// The levels of all points.
    pub fn quantiles(&self) -> Vec<Vec<f64>> {
        (0..self.points)
            .filter_map(|point| self.point(point))
            .collect()
    }
}

fn check_levels(parameter: usize, levels: &[f64]) -> Result<(), DesignError> {
    if levels.is_empty() {
        return Err(DesignError::NoLevel { parameter });
    }
    if let Some(&level) = levels.iter().find(|level| !level.is_finite()) {
        return Err(DesignError::LevelNotFinite { parameter, level });
    }
    let mut sorted = levels.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(DesignError::LevelTwice {
            parameter,
            level: pair[0],
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_once_the_last_fastest() {
        let grid = Grid::new(vec![vec![1.0, 2.0], vec![5.0], vec![0.1, 0.2, 0.3]], 6).unwrap();
        assert_eq!(grid.points(), 6);
        assert_eq!(
            grid.quantiles(),
            [
                [1.0, 5.0, 0.1],
                [1.0, 5.0, 0.2],
                [1.0, 5.0, 0.3],
                [2.0, 5.0, 0.1],
                [2.0, 5.0, 0.2],
                [2.0, 5.0, 0.3]
            ]
        );
        assert_eq!(grid.point(6), None);
        assert_eq!(Grid::even_levels(5), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!(Grid::even_levels(1), [0.5]);
        assert!(Grid::even_levels(0).is_empty());
    }

    #[test]
    fn products_beyond_any_number_are_refused_with_the_number() {
        let error = |parameters: usize, levels: u32, most| {
            Grid::new(vec![Grid::even_levels(levels); parameters], most).unwrap_err()
        };
        let points = Some(1024);
        assert_eq!(
            error(10, 2, 1000),
            DesignError::TooManyPoints { points, most: 1000 }
        );
        // 10^30 is beyond u64, 10^40 beyond u128.
        let text = error(30, 10, u64::MAX).to_string();
        assert!(text.contains(&format!("1{}", "0".repeat(30))), "{text}");
        let points = None;
        let most = 1_000_000;
        assert_eq!(
            error(40, 10, most),
            DesignError::TooManyPoints { points, most }
        );
    }

    #[test]
    fn levels_that_cannot_be_are_refused() {
        let error = |levels| Grid::new(levels, 100).unwrap_err();
        assert_eq!(error(vec![]), DesignError::NoParameter);
        let parameter = 1;
        assert_eq!(
            error(vec![vec![1.0], vec![]]),
            DesignError::NoLevel { parameter }
        );
        let level = 0.5;
        assert_eq!(
            error(vec![vec![1.0], vec![0.5, 0.1, 0.5]]),
            DesignError::LevelTwice { parameter, level }
        );
        // 0 and -0 are one level.
        assert!(matches!(
            error(vec![vec![0.0, -0.0]]),
            DesignError::LevelTwice { .. }
        ));
        assert!(matches!(
            error(vec![vec![f64::NAN]]),
            DesignError::LevelNotFinite { parameter: 0, .. }
        ));
    }
}
