//! The design from which elementary effects are estimated.

use super::DesignError;
use super::design_error::check_paths;
use crate::draw::{Decision, Key};

/// Morris's design (Morris 1991, Technometrics 33, 161-174): trajectories through a grid of p levels from 0
/// to 1, each of which moves each of k parameters once, one after another, by p / (2 (p - 1)) up or down.
/// With r trajectories it has r (k + 1) points.
///
/// Where a parameter starts, which way it moves and whether it moves before or after another depends on the
/// seed, the number of the trajectory, p and the parameter's path. Neither r nor the order of the parameters
/// matters, and adding a parameter moves none of the others: a design with more trajectories begins with the
/// points of the smaller one.
#[derive(Debug, Clone, PartialEq)]
pub struct Morris {
    trajectories: u32,
    levels: u32,
    keys: Vec<Key>,
}

/// What one trajectory does with one parameter.
struct Move {
    before: f64,
    after: f64,
    /// The trajectory moves parameters in ascending order of this.
    order: u64,
}

impl Morris {
    /// The design of `trajectories` trajectories (1 or more) on `levels` levels (even; 4 is customary) over
    /// the parameters at `paths`.
    ///
    /// # Errors
    /// No trajectory, no path, a path that appears twice, or levels that are odd or 0.
    pub fn new(
        seed: u64,
        trajectories: u32,
        levels: u32,
        paths: &[&str],
    ) -> Result<Self, DesignError> {
        check_paths(paths)?;
        if trajectories == 0 {
            return Err(DesignError::NothingAsked {
                what: "trajectories",
            });
        }
        if levels == 0 || !levels.is_multiple_of(2) {
            return Err(DesignError::OddLevels { levels });
        }
        Ok(Self {
            trajectories,
            levels,
            keys: paths
                .iter()
                .map(|path| Key::of_identity(seed, path))
                .collect(),
        })
    }

    /// Number of points: r (k + 1).
    pub fn points(&self) -> u64 {
        u64::from(self.trajectories) * self.row()
    }

    /// Number of points in one trajectory.
    fn row(&self) -> u64 {
        self.keys.len() as u64 + 1
    }

    /// The length of each step as a fraction of the range: p / (2 (p - 1)).
    pub fn step(&self) -> f64 {
        f64::from(self.levels) / (2.0 * f64::from(self.levels - 1))
    }

    /// The trajectory that a point belongs to, from 0.
    pub fn group(&self, point: u64) -> u64 {
        point / self.row()
    }

    /// The quantiles of a point, 0 to 1 with both ends; `None` beyond the last. Points are ordered by trajectory.
    pub fn point(&self, point: u64) -> Option<Vec<f64>> {
        if point >= self.points() {
            return None;
        }
        let steps = (point % self.row()) as usize;
        Some(self.trajectory(self.group(point) as u32, steps..steps + 1))
            .and_then(|mut rows| rows.pop())
    }

    /// The quantiles of all points.
    pub fn quantiles(&self) -> Vec<Vec<f64>> {
        (0..self.trajectories)
            .flat_map(|trajectory| self.trajectory(trajectory, 0..self.keys.len() + 1))
            .collect()
    }

    /// The points of a trajectory after these numbers of steps.
    fn trajectory(&self, trajectory: u32, steps: std::ops::Range<usize>) -> Vec<Vec<f64>> {
        let moves: Vec<Move> = self
            .keys
            .iter()
            .map(|key| self.one_move(key, trajectory))
            .collect();
        // If two 64-bit orders are equal, the earlier path goes first.
        let mut order: Vec<usize> = (0..moves.len()).collect();
        order.sort_by_key(|parameter| (moves[*parameter].order, *parameter));
        let mut place = vec![0; moves.len()];
        for (turn, parameter) in order.into_iter().enumerate() {
            place[parameter] = turn;
        }
        let at = |steps: usize| {
            let moved = place.iter().map(|turn| *turn < steps);
            let quantile = |(one, moved): (&Move, bool)| if moved { one.after } else { one.before };
            moves.iter().zip(moved).map(quantile).collect()
        };
        steps.map(at).collect()
    }

    fn one_move(&self, key: &Key, trajectory: u32) -> Move {
        let half = self.levels / 2;
        let [level, way] = key
            .words(trajectory, 0, Decision::TrajectoryMove, 0)
            .uniforms();
        let low = (level * f64::from(half)) as u32;
        let quantile = |level: u32| f64::from(level) / f64::from(self.levels - 1);
        let (low, high) = (quantile(low), quantile(low + half));
        let (before, after) = if way < 0.5 { (low, high) } else { (high, low) };
        let order = key
            .words(trajectory, 0, Decision::TrajectoryOrder, 0)
            .first();
        Move {
            before,
            after,
            order,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(trajectories: u32, levels: u32, paths: &[&str]) -> Morris {
        Morris::new(11, trajectories, levels, paths).unwrap()
    }

    #[test]
    fn a_trajectory_moves_every_parameter_once() {
        for levels in [2, 4, 6, 10] {
            let design = design(50, levels, &["a", "b", "c", "d"]);
            let rows = design.quantiles();
            assert_eq!((design.points(), rows.len()), (250, 250));
            for trajectory in rows.chunks(5) {
                let mut moved = vec![0; 4];
                for pair in trajectory.windows(2) {
                    let steps: Vec<f64> =
                        pair[0].iter().zip(&pair[1]).map(|(a, b)| b - a).collect();
                    let changed: Vec<usize> = (0..4).filter(|k| steps[*k] != 0.0).collect();
                    assert_eq!(changed.len(), 1);
                    assert!((steps[changed[0]].abs() - design.step()).abs() < 1e-15);
                    moved[changed[0]] += 1;
                }
                assert_eq!(moved, [1; 4]);
            }
            let single: Vec<_> = (0..250).map(|point| design.point(point).unwrap()).collect();
            assert_eq!(single, rows);
            assert_eq!(design.point(250), None);
        }
    }

    /// Each level is as likely as any other, up as likely as down, and each parameter is moved first equally often.
    #[test]
    fn levels_ways_and_orders_are_uniform() {
        let trajectories = 8000;
        let rows = design(trajectories, 4, &["a", "b", "c", "d"]).quantiles();
        let (mut levels, mut up, mut first) = ([0_u32; 4], [0_u32; 4], [0_u32; 4]);
        for trajectory in rows.chunks(5) {
            levels[(trajectory[0][1] * 3.0).round() as usize] += 1;
            for parameter in 0..4 {
                up[parameter] += u32::from(trajectory[4][parameter] > trajectory[0][parameter]);
                first[parameter] += u32::from(trajectory[1][parameter] != trajectory[0][parameter]);
            }
        }
        let near = |count: u32, share: f64| {
            let n = f64::from(trajectories);
            (f64::from(count) - share * n).abs() < 4.0 * (n * share * (1.0 - share)).sqrt()
        };
        assert!(levels.iter().all(|count| near(*count, 0.25)), "{levels:?}");
        assert!(up.iter().all(|count| near(*count, 0.5)), "{up:?}");
        assert!(first.iter().all(|count| near(*count, 0.25)), "{first:?}");
    }

    #[test]
    fn more_trajectories_and_more_parameters_move_nothing() {
        let small = design(3, 4, &["a", "b"]).quantiles();
        assert_eq!(small[..], design(9, 4, &["a", "b"]).quantiles()[..9]);
        let beside = design(3, 4, &["b", "new", "a"]).quantiles();
        for (one, other) in small.chunks(3).zip(beside.chunks(4)) {
            let seen = |row: &Vec<f64>| vec![row[2], row[0]];
            let mut other: Vec<_> = other.iter().map(seen).collect();
            other.dedup();
            assert_eq!(one, other);
        }
        assert_ne!(
            small,
            Morris::new(12, 3, 4, &["a", "b"]).unwrap().quantiles()
        );
    }

    #[test]
    fn sizes_that_cannot_be_are_refused() {
        let error = |trajectories, levels, paths: &[&str]| {
            Morris::new(1, trajectories, levels, paths).unwrap_err()
        };
        assert_eq!(error(4, 4, &[]), DesignError::NoParameter);
        assert_eq!(error(4, 5, &["a"]), DesignError::OddLevels { levels: 5 });
        assert_eq!(error(4, 0, &["a"]), DesignError::OddLevels { levels: 0 });
        let what = "trajectories";
        assert_eq!(error(0, 4, &["a"]), DesignError::NothingAsked { what });
        let path = "a".to_owned();
        assert_eq!(
            error(4, 4, &["a", "b", "a"]),
            DesignError::ParameterTwice { path }
        );
    }
}
