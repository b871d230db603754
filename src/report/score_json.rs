//! Scores as JSON, for programs.

use super::ScoreReport;
use crate::analyse::{Ard, Distance, Finding, Measured, Score, SetScore, Simulated, Verdict};
use serde_json::{Value, json};

impl ScoreReport<'_> {
    /// The scores as one JSON value.
    pub fn as_json(&self) -> Value {
        let (inside, counted) = self.scores.inside();
        let (mean, without_logarithm) = self.scores.mean_log_distance();
        let losses = self.scores.losses();
        let losses = losses.iter().map(|loss| {
            json!({
                "to": loss.to,
                "on": loss.on,
                "in_terms_of": loss.in_terms_of,
                "model": loss.model,
                "rule": loss.rule,
            })
        });
        json!({
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "observed": self.observed,
            "seed": self.seed,
            "scale": self.scale,
            "runs": self.runs,
            "rows": self.scores.rows.iter().map(row).collect::<Vec<_>>(),
            "rows_counted": counted,
            "rows_inside": inside,
            "mean_log_distance": mean,
            "rows_without_logarithm": without_logarithm,
            "sets": self.scores.sets.iter().map(set).collect::<Vec<_>>(),
            "losses": losses.collect::<Vec<_>>(),
        })
    }
}

fn row(score: &Score) -> Value {
    let row = &score.observation;
    let (result, reason) = match &score.finding {
        Finding::Simulated(found) => (simulated(found), Value::Null),
        Finding::NotComputed(reason) => (json!({ "verdict": "not computed" }), json!(reason)),
        Finding::NotModelled(reason) => (json!({ "verdict": "not modelled" }), json!(reason)),
    };
    let measure = match &row.measured {
        Measured::By { text, .. } => Some(text),
        Measured::NotModelled(_) => None,
    };
    let last = score
        .last_value
        .as_ref()
        .map(|last| json!({ "id": last.id, "value": last.value, "log_error": last.log_error }));
    json!({
        "id": row.id,
        "quantity": row.quantity,
        "unit": row.unit,
        "period": row.period.to_string(),
        "use": row.usage.word(),
        "value": row.value,
        "low": row.band.map(|band| band.0),
        "high": row.band.map(|band| band.1),
        "measure": measure,
        "set": row.member.as_ref().map(|member| &member.set),
        "country": row.member.as_ref().map(|member| &member.country),
        "source": row.source,
        "result": result,
        "reason": reason,
        "last_value": last,
    })
}

fn simulated(found: &Simulated) -> Value {
    let (verdict, distance) = match found.verdict {
        None => ("no band", None),
        Some(Verdict::Inside) => ("inside", None),
        Some(Verdict::Below(distance)) => ("below", Some(distance)),
        Some(Verdict::Above(distance)) => ("above", Some(distance)),
    };
    json!({
        "values": found.values,
        "mean": found.mean,
        "interval": found.interval,
        "verdict": verdict,
        "log_distance": distance.and_then(|Distance { log, .. }| log),
        "distance": distance.map(|distance| distance.absolute),
        "log_error": found.log_error,
    })
}

fn set(set: &SetScore) -> Value {
    let ard = |ard: &Ard| json!({ "ard": ard.counts, "ard_of_shares": ard.shares });
    let contests = set.contests.iter().map(|contest| {
        json!({
            "country": contest.country,
            "id": contest.id,
            "observed": contest.observed,
            "simulated": contest.simulated,
        })
    });
    let baselines = set
        .baselines
        .iter()
        .map(|baseline| match &baseline.forecast {
            Ok((forecast, of)) => json!({
                "rule": baseline.name,
                "forecast": forecast,
                "ard": of.counts,
                "ard_of_shares": of.shares,
            }),
            Err(reason) => json!({ "rule": baseline.name, "none": reason }),
        });
    json!({
        "set": set.set,
        "unit": set.unit,
        "countries": contests.collect::<Vec<_>>(),
        "left_out": set.left_out,
        "model": ard(&set.model),
        "baselines": baselines.collect::<Vec<_>>(),
    })
}
