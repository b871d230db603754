//! Sets of rows, one row per country: where people went, beside what naive rules would have forecast.

use super::baselines::{self, Forecast};
use super::observed::{Observation, Observed};
use super::score::{Loss, Score};
use crate::scenario::Scenario;

/// The score of a set of rows of one kind, one row per country.
#[derive(Debug, Clone, PartialEq)]
pub struct SetScore {
    /// Its name.
    pub set: String,
    /// Unit of its rows.
    pub unit: String,
    /// The countries that could be compared.
    pub contests: Vec<Contest>,
    /// Codes of the countries of the set that could not: no measure, or none computed.
    pub left_out: Vec<String>,
    /// The model's distance.
    pub model: Ard,
    /// The naive rules.
    pub baselines: Vec<Baseline>,
}

/// One country of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// Code.
    pub country: String,
    /// Id of the row.
    pub id: String,
    /// The value, or the geometric mean of the band.
    pub observed: f64,
    /// The mean of the runs.
    pub simulated: f64,
}

/// The averaged relative difference: the sum over j of |forecast_j - observed_j| over the sum of observed_j.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ard {
    /// Of the forecasts as they are, in numbers.
    pub counts: f64,
    /// Of the forecasts scaled to the observed total, so of the shares alone; infinite if the forecast has nobody.
    pub shares: f64,
}

/// What a naive rule would have forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// The rule.
    pub name: &'static str,
    /// Its forecast by country, in the order of the contests, with its distance; or why there is none.
    pub forecast: Result<(Vec<f64>, Ard), String>,
}

impl Ard {
    /// The distance of forecasts from what was observed; `None` unless both totals are above zero.
    pub fn of(forecast: &[f64], observed: &[f64]) -> Option<Self> {
        let total: f64 = observed.iter().sum();
        let forecast_total: f64 = forecast.iter().sum();
        if !(total > 0.0 && forecast_total > 0.0) {
            return None;
        }
        Some(Self {
            counts: relative_difference(forecast, observed, 1.0),
            shares: relative_difference(forecast, observed, total / forecast_total),
        })
    }

    /// The distance of forecasts whose total is not above zero although somebody was observed: they have no
    /// shares, and lose to any forecast that has. `None` if nobody was observed.
    fn of_nobody(forecast: &[f64], observed: &[f64]) -> Option<Self> {
        (observed.iter().sum::<f64>() > 0.0).then(|| Self {
            counts: relative_difference(forecast, observed, 1.0),
            shares: f64::INFINITY,
        })
    }
}

/// The averaged relative difference of forecasts times `factor`; somebody must have been observed.
fn relative_difference(forecast: &[f64], observed: &[f64], factor: f64) -> f64 {
    let pairs = forecast.iter().zip(observed);
    let difference = pairs.map(|(f, o)| (f * factor - o).abs()).sum::<f64>();
    difference / observed.iter().sum::<f64>()
}

impl SetScore {
    /// The rules that come closer than the model, in numbers or in shares.
    pub fn losses(&self) -> Vec<Loss> {
        let mut losses = Vec::new();
        for baseline in &self.baselines {
            let Ok((_, ard)) = &baseline.forecast else {
                continue;
            };
            let pairs = [
                ("ARD", self.model.counts, ard.counts),
                ("ARD of shares", self.model.shares, ard.shares),
            ];
            for (in_terms_of, model, rule) in pairs {
                if model > rule {
                    losses.push(Loss {
                        to: baseline.name,
                        on: self.set.clone(),
                        in_terms_of,
                        model,
                        rule,
                    });
                }
            }
        }
        losses
    }
}

/// Scores every set in which at least two countries have numbers, in the order of the file.
pub(super) fn score(rows: &[Score], observed: &Observed, scenario: &Scenario) -> Vec<SetScore> {
    let mut names: Vec<&str> = Vec::new();
    for member in observed.rows.iter().filter_map(|row| row.member.as_ref()) {
        if !names.contains(&member.set.as_str()) {
            names.push(&member.set);
        }
    }
    let sets = names.into_iter();
    sets.filter_map(|set| score_set(set, rows, observed, scenario))
        .collect()
}

fn score_set(
    set: &str,
    rows: &[Score],
    observed: &Observed,
    scenario: &Scenario,
) -> Option<SetScore> {
    let mut contests = Vec::new();
    let mut members: Vec<&Observation> = Vec::new();
    let mut left_out = Vec::new();
    for row in rows {
        let observation = &row.observation;
        let Some(member) = observation
            .member
            .as_ref()
            .filter(|member| member.set == set)
        else {
            continue;
        };
        match (row.simulated(), observation.point()) {
            (Some(simulated), Some(point)) => {
                members.push(observation);
                contests.push(Contest {
                    country: member.country.clone(),
                    id: observation.id.clone(),
                    observed: point,
                    simulated: simulated.mean,
                });
            }
            _ => left_out.push(member.country.clone()),
        }
    }
    if contests.len() < 2 {
        return None;
    }
    let unit = members[0].unit.clone();
    let of_observed: Vec<f64> = contests.iter().map(|contest| contest.observed).collect();
    let of_model: Vec<f64> = contests.iter().map(|contest| contest.simulated).collect();
    let model =
        Ard::of(&of_model, &of_observed).or_else(|| Ard::of_nobody(&of_model, &of_observed))?;
    let countries: Vec<&str> = contests
        .iter()
        .map(|contest| contest.country.as_str())
        .collect();
    let total = of_observed.iter().sum();
    let judged = |(name, forecast): (&'static str, Forecast)| {
        let forecast = forecast.and_then(|forecast| {
            let ard = Ard::of(&forecast, &of_observed);
            let ard = ard.ok_or_else(|| "nobody anywhere".to_owned())?;
            Ok((forecast, ard))
        });
        Baseline { name, forecast }
    };
    let mut baselines: Vec<Baseline> = baselines::by_country(&countries, total, scenario)
        .into_iter()
        .map(judged)
        .collect();
    baselines.push(judged((
        baselines::LAST_VALUE,
        baselines::last_values(&members, observed),
    )));
    Some(SetScore {
        set: set.to_owned(),
        unit,
        contests,
        left_out,
        model,
        baselines,
    })
}

#[cfg(test)]
mod tests {
    use super::super::score::Scores;
    use super::super::test_support::{observed, scenario_of_three};
    use super::*;

    #[test]
    fn the_averaged_relative_difference_by_hand() {
        // |60 - 50| + |20 - 30| + |20 - 20| = 20 of 100.
        let ard = Ard::of(&[60.0, 20.0, 20.0], &[50.0, 30.0, 20.0]).unwrap();
        assert!((ard.counts - 0.2).abs() < 1e-12 && (ard.shares - 0.2).abs() < 1e-12);
        // Twice as many, in the right shares.
        let ard = Ard::of(&[100.0, 60.0], &[50.0, 30.0]).unwrap();
        assert!((ard.counts - 1.0).abs() < 1e-12 && ard.shares.abs() < 1e-12);
        assert_eq!(Ard::of(&[0.0, 0.0], &[1.0, 2.0]), None);
        assert_eq!(Ard::of(&[1.0, 2.0], &[0.0, 0.0]), None);
    }

    #[test]
    fn a_set_is_scored_beside_naive_rules() {
        // Observed: the value 50, the geometric mean of 10 and 40 = 20, and a row that has no measure.
        let text = "A,a,50,40,60,persons,2022-02-14,fit,last(countries.newcomers where country = AM),s1,AM,s\n\
                    B,b,,10,40,persons,2022-02-14,fit,last(countries.newcomers where country = GE),s1,GE,s\n\
                    C,c,,10,40,persons,2022,fit,not modelled: not built,s1,KZ,s\n";
        let observed = observed_three(text);
        let run = vec![Some(Ok(35.0)), Some(Ok(35.0)), None];
        let scores = Scores::of(&observed, &scenario_of_three(), &[run]);
        let set = &scores.sets[0];
        assert_eq!(set.left_out, ["KZ"]);
        assert_eq!(set.contests[1].observed, 20.0);
        // |35 - 50| + |35 - 20| = 30 of 70; the equal split says the same.
        assert!((set.model.counts - 30.0 / 70.0).abs() < 1e-12);
        let forecast = |index: usize| set.baselines[index].forecast.as_ref().unwrap();
        assert_eq!(forecast(0).0, [35.0, 35.0]);
        // Populations 1 and 4 million.
        assert!((forecast(1).0[0] - 14.0).abs() < 1e-9 && (forecast(1).0[1] - 56.0).abs() < 1e-9);
        // Population over distance: 1 / 500 and 4 / 1000, so a third of 70 and two thirds.
        assert!((forecast(2).0[0] - 70.0 / 3.0).abs() < 1e-9);
        assert!(
            set.baselines[3]
                .forecast
                .as_ref()
                .is_err_and(|why| why.contains("no earlier"))
        );
        // The equal split is as close; the others are farther off.
        assert_eq!(set.losses(), []);
        let worse = vec![Some(Ok(10.0)), Some(Ok(60.0)), None];
        let scores = Scores::of(&observed, &scenario_of_three(), &[worse]);
        let beaten: Vec<_> = scores
            .losses()
            .iter()
            .map(|loss| (loss.to, loss.in_terms_of))
            .collect();
        assert_eq!(
            beaten,
            [
                ("equal split", "ARD"),
                ("equal split", "ARD of shares"),
                ("population share", "ARD"),
                ("population share", "ARD of shares"),
                ("gravity without policy", "ARD"),
                ("gravity without policy", "ARD of shares"),
            ]
        );
    }

    /// A regression test: such a set used to be left out, so that the model lost to no rule.
    #[test]
    fn a_set_in_which_the_model_has_nobody_is_scored() {
        let text = "A,a,50,40,60,persons,2022-02-14,fit,last(countries.newcomers where country = AM),s1,AM,s\n\
                    B,b,,10,40,persons,2022-02-14,fit,last(countries.newcomers where country = GE),s1,GE,s\n";
        let run = vec![Some(Ok(0.0)), Some(Ok(0.0))];
        let scores = Scores::of(&observed_three(text), &scenario_of_three(), &[run]);
        let model = scores.sets[0].model;
        assert_eq!((model.counts, model.shares), (1.0, f64::INFINITY));
        assert_eq!(
            (scores.losses().len(), scores.mean_log_distance()),
            (5, (None, 2))
        );
    }

    fn observed_three(text: &str) -> Observed {
        let heading = super::super::observed::COLUMNS.join(",");
        let text = format!("{heading}\n{text}");
        Observed::read("observed.csv", &text, &scenario_of_three())
            .unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn one_country_is_no_set() {
        let text = "A,a,50,40,60,persons,2022-02-14,fit,last(countries.newcomers where country = GE),s1,GE,s\n";
        let run = vec![Some(Ok(35.0))];
        let scores = Scores::of(
            &observed(text),
            &super::super::test_support::scenario(),
            &[run],
        );
        assert_eq!(scores.sets, []);
    }
}
