//! Differences as JSON, for programs.

use super::Differences;
use crate::analyse::comparison::{
    BreakEvenRow, ComparedRow, FlipRow, Spread, Substituted, headlines,
};
use serde_json::{Value, json};

impl Differences<'_> {
    /// The differences as one JSON value, with columns named as in the tables.
    pub fn as_json(&self) -> Value {
        let about = self.description;
        let scenarios: Vec<Value> = (1..self.comparison.names.len())
            .map(|scenario| self.scenario(scenario))
            .collect();
        json!({
            "base": self.comparison.names.first(),
            "title": self.title(0),
            "start": about.start,
            "end": about.end,
            "draft": about.draft,
            "seed": about.seed,
            "scale": about.scale,
            "draws": about.draws,
            "replicates": about.replicates,
            "design": about.design,
            "warnings": about.warnings,
            "failed": about.failed,
            "folder": self.folder.display().to_string(),
            "scenarios": scenarios,
        })
    }

    fn scenario(&self, scenario: usize) -> Value {
        let headlines = headlines(self.comparison);
        let outcomes = self.comparison.of_scenario(scenario);
        let outcomes = outcomes.map(|row| outcome(row, headlines.contains(&row.key)));
        let flows = self
            .substitution
            .iter()
            .filter(|row| row.scenario == scenario);
        let flips = self
            .flips
            .rows
            .iter()
            .filter(|row| row.scenario == scenario);
        let weights = self
            .break_evens
            .rows
            .iter()
            .filter(|row| row.scenario == scenario);
        json!({
            "scenario": self.comparison.names.get(scenario),
            "title": self.title(scenario),
            "changes": self.described(scenario).map_or(0, |one| one.changes.len()),
            "outcomes": outcomes.collect::<Vec<_>>(),
            "substitution": flows.map(flow).collect::<Vec<_>>(),
            "flips": flips.map(flip).collect::<Vec<_>>(),
            "break_even": weights.map(weight).collect::<Vec<_>>(),
        })
    }
}

fn outcome(row: &ComparedRow, is_headline: bool) -> Value {
    let spread = |spread: Option<Spread>| {
        let (low, high) = spread.and_then(|spread| spread.interval).unzip();
        json!({ "mean": spread.map(|spread| spread.mean), "low": low, "high": high })
    };
    json!({
        "outcome": row.key.outcome,
        "group": row.key.group,
        "country": row.key.country,
        "unit": row.unit,
        "headline": is_headline,
        "base": spread(row.base),
        "scenario": spread(row.compared),
        "difference": spread(row.difference),
        "draws": row.draws,
        "draws_lower": row.draws_lower,
        "draws_higher": row.draws_higher,
        "verdict": row.verdict().map(|verdict| verdict.to_string()),
        "sd_parameters": row.sd_parameters,
        "sd_chance": row.sd_chance,
        "unpaired_runs_equal": row.unpaired_runs_equal,
    })
}

fn flow(row: &Substituted) -> Value {
    let fates = row
        .fates
        .iter()
        .map(|(fate, share)| (fate.name().to_owned(), json!(share)));
    json!({
        "origin": row.flow.origin,
        "country": row.flow.country,
        "channel": row.flow.channel,
        "direction": row.flow.direction.name(),
        "persons": row.persons,
        "shares": fates.collect::<serde_json::Map<_, _>>(),
    })
}

fn flip(row: &FlipRow) -> Value {
    let [run_at_low, run_at_high] = row.at_ends.unwrap_or_default();
    json!({
        "outcome": row.key.outcome,
        "group": row.key.group,
        "country": row.key.country,
        "rank": row.rank,
        "path": row.parameter.as_ref().map(|one| &one.path),
        "low": row.parameter.as_ref().map(|one| &one.low),
        "high": row.parameter.as_ref().map(|one| &one.high),
        "difference_at_low": row.line.map(|line| line.at_low),
        "difference_at_high": row.line.map(|line| line.at_high),
        "correlation": row.line.map(|line| line.correlation),
        "chance": row.line.map(|line| line.chance),
        "run_at_low": run_at_low,
        "run_at_high": run_at_high,
        "verdict": row.verdict.words(),
    })
}

fn weight(row: &BreakEvenRow) -> Value {
    let (low, high) = row.interval.unzip();
    json!({
        "activity": row.activity,
        "origin": row.origin,
        "difference_abroad": row.abroad,
        "difference_at_home": row.at_home,
        "weight": row.weight,
        "weight_low": low,
        "weight_high": high,
        "draws": row.draws,
        "draws_with_weight": row.draws_with_weight,
        "below": row.below.word(),
        "verdict": row.verdict(),
    })
}
