//! Scores of rows: inside the band, or how far outside.

use super::observed::{Measured, Observation, Observed};
use super::points;
use super::sets::{self, SetScore};
use crate::draw::math;
use crate::scenario::Scenario;

/// Fewest runs for which an interval is given.
const RUNS_FOR_INTERVAL: usize = 3;

/// How well runs agree with what was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Every row, in the order of the file.
    pub rows: Vec<Score>,
    /// Every set of countries in which at least two could be compared.
    pub sets: Vec<SetScore>,
}

/// A row, with what the runs gave for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The row.
    pub observation: Observation,
    /// What the runs gave.
    pub finding: Finding,
    /// What the previous observation of the same quantity would have forecast.
    pub last_value: Option<LastValue>,
}

/// What the runs gave for a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// A number from each run.
    Simulated(Simulated),
    /// No number, and why: for example, a mechanism is off or not built.
    NotComputed(String),
    /// The row states that the tables have no such quantity, and why.
    NotModelled(String),
}

/// The numbers from all runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// One per run.
    pub values: Vec<f64>,
    /// Their mean, on which the verdict is based.
    pub mean: f64,
    /// The interval in which one more run lies nine times in ten (of ranks 0.05 (n + 1) and 0.95 (n + 1)): of fewer than
    /// [`FEWEST_FOR_POINTS`](super::comparison::FEWEST_FOR_POINTS) runs the lowest and the highest. `None` with fewer than
    /// three runs.
    pub interval: Option<(f64, f64)>,
    /// Where the mean lies; `None` for a row without a band.
    pub verdict: Option<Verdict>,
    /// ln(simulated / observed value), if both are above zero.
    pub log_error: Option<f64>,
}

/// Where a number lies against a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// In it, ends included.
    Inside,
    /// Below its low end.
    Below(Distance),
    /// Above its high end.
    Above(Distance),
}

/// How far outside a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// ln(simulated / nearest end): negative below, positive above; `None` unless both are above zero.
    pub log: Option<f64>,
    /// Simulated minus the nearest end, in the unit of the row.
    pub absolute: f64,
}

/// The latest earlier observation of the same quantity, taken as a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct LastValue {
    /// Id of the earlier row.
    pub id: String,
    /// Its value.
    pub value: f64,
    /// ln(earlier / observed now).
    pub log_error: f64,
}

/// A naive rule that comes closer to what was observed than the model does.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// The rule.
    pub to: &'static str,
    /// The row or set on which the model lost.
    pub on: String,
    /// The measure of distance.
    pub in_terms_of: &'static str,
    /// The model's distance; infinite if the model has nobody, since that has no logarithm.
    pub model: f64,
    /// The rule's distance.
    pub rule: f64,
}

impl Scores {
    /// Scores rows from their values in each run, as [`Observed::evaluate`] gives them.
    pub fn of(
        observed: &Observed,
        scenario: &Scenario,
        runs: &[Vec<Option<Result<f64, String>>>],
    ) -> Self {
        let rows = observed.rows.iter().enumerate().map(|(index, row)| {
            let values = runs.iter().filter_map(|run| run.get(index)?.clone());
            let values: Result<Vec<f64>, String> = values.collect();
            Score {
                observation: row.clone(),
                finding: finding(row, values),
                last_value: last_value(observed, row),
            }
        });
        let rows: Vec<Score> = rows.collect();
        let sets = sets::score(&rows, observed, scenario);
        Self { rows, sets }
    }

    /// The rows that are counted, each with its verdict: those with a band and numbers that are not inputs.
    pub fn counted(&self) -> impl Iterator<Item = (&Score, Verdict)> {
        self.rows.iter().filter_map(|row| {
            let counts = row.observation.usage != super::observed::Usage::Input;
            let verdict = row.simulated()?.verdict?;
            counts.then_some((row, verdict))
        })
    }

    /// How many of the counted rows lie in their bands, and how many there are.
    pub fn inside(&self) -> (usize, usize) {
        let inside = self
            .counted()
            .filter(|(_, verdict)| *verdict == Verdict::Inside);
        (inside.count(), self.counted().count())
    }

    /// The mean of |ln(simulated / nearest end)| over the counted rows that have it (0 inside the band), and
    /// how many have none.
    pub fn mean_log_distance(&self) -> (Option<f64>, usize) {
        let distances: Vec<f64> = self
            .counted()
            .filter_map(|(_, verdict)| match verdict {
                Verdict::Inside => Some(0.0),
                Verdict::Below(distance) | Verdict::Above(distance) => distance.log.map(f64::abs),
            })
            .collect();
        let count = distances.len();
        let mean = (count > 0).then(|| distances.iter().sum::<f64>() / count as f64);
        (mean, self.counted().count() - count)
    }

    /// Whether there is a naive rule to compare with: for a set of countries, or for a row with an earlier value.
    pub fn has_rules(&self) -> bool {
        self.sets.iter().any(|set| !set.baselines.is_empty())
            || self.rows.iter().any(|row| row.last_value.is_some())
    }

    /// Every naive rule that comes closer than the model, on any row or set.
    pub fn losses(&self) -> Vec<Loss> {
        let of_rows = self.rows.iter().filter_map(|row| {
            let (last, found) = (row.last_value.as_ref()?, row.simulated()?);
            // The earlier value has a logarithmic error, so what was observed is above zero: a model with
            // zero or less is farther off than any rule.
            let model = found.log_error.map_or(f64::INFINITY, f64::abs);
            (model > last.log_error.abs()).then(|| Loss {
                to: super::baselines::LAST_VALUE,
                on: row.observation.id.clone(),
                in_terms_of: "|ln(forecast / observed)|",
                model,
                rule: last.log_error.abs(),
            })
        });
        let of_sets = self.sets.iter().flat_map(SetScore::losses);
        of_sets.chain(of_rows).collect()
    }
}

impl Score {
    /// The numbers, if there are any.
    pub fn simulated(&self) -> Option<&Simulated> {
        match &self.finding {
            Finding::Simulated(simulated) => Some(simulated),
            _ => None,
        }
    }
}

fn finding(row: &Observation, values: Result<Vec<f64>, String>) -> Finding {
    if let Measured::NotModelled(reason) = &row.measured {
        return Finding::NotModelled(reason.clone());
    }
    match values {
        Err(reason) => Finding::NotComputed(reason),
        Ok(values) if values.is_empty() => Finding::NotComputed("no run finished".to_owned()),
        Ok(values) => {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            Finding::Simulated(Simulated {
                mean,
                interval: points::of_the_next(&values)
                    .filter(|_| values.len() >= RUNS_FOR_INTERVAL),
                verdict: row.band.map(|(low, high)| verdict(mean, low, high)),
                log_error: row.point().and_then(|point| log_ratio(mean, point)),
                values,
            })
        }
    }
}

/// Where a number lies against a band.
pub(super) fn verdict(number: f64, low: f64, high: f64) -> Verdict {
    let distance = |end: f64| Distance {
        log: log_ratio(number, end),
        absolute: number - end,
    };
    if number < low {
        Verdict::Below(distance(low))
    } else if number > high {
        Verdict::Above(distance(high))
    } else {
        Verdict::Inside
    }
}

/// ln(a / b), if both are above zero.
fn log_ratio(a: f64, b: f64) -> Option<f64> {
    (a > 0.0 && b > 0.0).then(|| math::ln(a / b))
}

fn last_value(observed: &Observed, row: &Observation) -> Option<LastValue> {
    let earlier = observed.earlier(row)?;
    let value = earlier.point()?;
    Some(LastValue {
        id: earlier.id.clone(),
        value,
        log_error: log_ratio(value, row.point()?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{observed, scenario};
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn a_band_has_its_ends_and_distances_outside() {
        assert_eq!(verdict(5.0, 5.0, 6.0), Verdict::Inside);
        assert_eq!(verdict(6.0, 5.0, 6.0), Verdict::Inside);
        let Verdict::Above(distance) = verdict(9.0, 5.0, 6.0) else {
            panic!("9 is above 6");
        };
        assert!(close(distance.log.unwrap(), math::ln(1.5)) && distance.absolute == 3.0);
        let Verdict::Below(distance) = verdict(2.5, 5.0, 6.0) else {
            panic!("2.5 is below 5");
        };
        assert!(close(distance.log.unwrap(), -(math::ln(2.0))) && distance.absolute == -2.5);
    }

    #[test]
    fn there_is_no_logarithm_of_what_is_not_above_zero() {
        let Verdict::Below(distance) = verdict(-4.0, 5.0, 6.0) else {
            panic!("-4 is below 5");
        };
        assert_eq!(
            distance,
            Distance {
                log: None,
                absolute: -9.0
            }
        );
        let Verdict::Above(distance) = verdict(3.0, -2.0, 0.0) else {
            panic!("3 is above 0");
        };
        assert_eq!(
            distance,
            Distance {
                log: None,
                absolute: 3.0
            }
        );
    }

    #[test]
    fn three_runs_have_an_interval() {
        let interval = |values: &[f64]| {
            let text = "A,a,,10,14,persons,2022-02-01..2022-02-14,fit,sum(homes.left),,,s\n";
            let observed = observed(text);
            let finding = finding(&observed.rows[0], Ok(values.to_vec()));
            let Finding::Simulated(found) = finding else {
                panic!("{finding:?}");
            };
            found.interval
        };
        assert_eq!(interval(&[1.0, 2.0]), None);
        assert_eq!(interval(&[30.0, 10.0, 20.0]), Some((10.0, 30.0)));
        // Of 39 runs the second and the last but one.
        let many: Vec<f64> = (1..=39).map(f64::from).collect();
        let (low, high) = interval(&many).unwrap();
        assert!(close(low, 2.0) && close(high, 38.0));
    }

    #[test]
    fn rows_are_judged_by_the_mean_of_the_runs() {
        let text = "A,a,,10,14,persons,2022-02-01..2022-02-14,fit,sum(homes.left),,,s\n\
                    B,b,,1,2,persons,2022-02-14,fit,last(countries.newcomers where country = GE),,,s\n\
                    C,c,,1,2,persons,2022-02-14,input,last(homes.abroad),,,s\n\
                    D,d,3,,,persons,2022-02-14,report,last(homes.at_home),,,s\n\
                    E,e,,1,2,permits,2022,report,not modelled: no permits,,,s\n\
                    F,f,,1,2,persons,2022-02-14,report,last(countries.in_transit),,,s\n";
        let observed = observed(text);
        let values = |numbers: [f64; 4]| {
            let mut row: Vec<_> = numbers.map(|number| Some(Ok(number))).to_vec();
            row.extend([None, Some(Err("column is empty".to_owned()))]);
            row
        };
        let runs = [values([12.0, 3.0, 9.0, 6.0]), values([20.0, 5.0, 9.0, 6.0])];
        let scores = Scores::of(&observed, &scenario(), &runs);
        let simulated = |index: usize| scores.rows[index].simulated().unwrap();
        assert_eq!(simulated(0).mean, 16.0);
        assert!(matches!(simulated(0).verdict, Some(Verdict::Above(_))));
        assert_eq!(simulated(3).verdict, None);
        assert!(close(simulated(3).log_error.unwrap(), math::ln(2.0)));
        assert_eq!(
            scores.rows[4].finding,
            Finding::NotModelled("no permits".to_owned())
        );
        assert_eq!(
            scores.rows[5].finding,
            Finding::NotComputed("column is empty".to_owned())
        );
        // Neither A nor B is inside; C is an input, D has no band.
        assert_eq!(scores.inside(), (0, 2));
        let mean = (math::ln(16.0 / 14.0) + math::ln(4.0 / 2.0)) / 2.0;
        let (found, without) = scores.mean_log_distance();
        assert!(close(found.unwrap(), mean) && without == 0);
    }

    #[test]
    fn the_last_value_is_the_same_measure_before() {
        let measure = "last(countries.newcomers where country = GE)";
        let text = format!(
            "A,a,10,9,11,persons,2022-02-01,fit,{measure},,,s\n\
             B,b,20,19,21,persons,2022-02-07,fit,{measure},,,s\n\
             C,c,30,29,31,persons,2022-02-14,fit,{measure},,,s\n\
             D,d,30,29,31,persons,2022-02-14,fit,last(homes.abroad),,,s\n"
        );
        let observed = observed(&text);
        let run: Vec<_> = [10.0, 40.0, 30.0, 30.0]
            .map(|number| Some(Ok(number)))
            .to_vec();
        let scores = Scores::of(&observed, &scenario(), &[run]);
        let last = |index: usize| scores.rows[index].last_value.as_ref();
        assert_eq!(last(0), None);
        assert_eq!(
            last(2).map(|last| (last.id.as_str(), last.value)),
            Some(("B", 20.0))
        );
        assert_eq!(last(3), None);
        assert!(scores.has_rules());
        // B: the model is off by ln 2 and so is the last value, so there is no loss. C: the model is exact.
        assert_eq!(scores.losses(), []);
        let worse: Vec<_> = [10.0, 50.0, 30.0, 30.0]
            .map(|number| Some(Ok(number)))
            .to_vec();
        let losses = Scores::of(&observed, &scenario(), &[worse]).losses();
        assert_eq!(losses.len(), 1);
        assert_eq!((losses[0].on.as_str(), losses[0].to), ("B", "last value"));
        assert!(close(losses[0].model, math::ln(2.5)) && close(losses[0].rule, math::ln(2.0)));
        // Nobody where somebody was observed has no logarithm, and is worse than any rule.
        let nobody: Vec<_> = [10.0, 0.0, 30.0, 30.0]
            .map(|number| Some(Ok(number)))
            .to_vec();
        let scores = Scores::of(&observed, &scenario(), &[nobody]);
        assert_eq!(scores.losses()[0].on, "B");
        assert_eq!(scores.losses()[0].model, f64::INFINITY);
        assert_eq!(scores.mean_log_distance(), (Some(0.0), 1));
    }
}
