//! The results folder of a comparison: its tables, its description and its page.

use super::report::draw_page;
use crate::analyse::comparison::{BreakEvens, Comparison, FateRow, Flips, Substituted};
use crate::analyse::{Course, write_courses};
use crate::engine::STREAM_VERSION;
use crate::experiment::{
    CellId, CellRecord, Made, Pairing, Plan, write_outcomes, write_points, write_runs,
    write_substitution,
};
use crate::measure::Flow;
use crate::measure::comparison_schema::COMPARISON_TABLES;
use crate::report::Differences;
use crate::store::{
    Description, Destination, FORMAT, Folder, Formats, Manifest, RunRecord, StoreError, Tables,
};
use std::collections::BTreeMap;
use std::path::Path;

/// All that a comparison has made.
pub(super) struct Finished<'a> {
    pub pairing: &'a Pairing,
    pub plan: &'a Plan,
    /// Finished cells, by number.
    pub made: &'a BTreeMap<u64, (CellId, CellRecord)>,
    pub description: &'a Description,
    pub comparison: &'a Comparison,
    pub flips: &'a Flips,
}

/// What the terminal shows.
pub(super) struct Shown<'a> {
    comparison: &'a Comparison,
    flips: &'a Flips,
    break_evens: BreakEvens,
    substitution: Vec<Substituted>,
}

impl Shown<'_> {
    /// The differences in readable form.
    pub fn differences<'b>(
        &'b self,
        description: &'b Description,
        folder: &'b Path,
    ) -> Differences<'b> {
        Differences {
            comparison: self.comparison,
            description,
            substitution: &self.substitution,
            flips: self.flips,
            break_evens: &self.break_evens,
            folder,
        }
    }
}

/// Writes the results folder.
pub(super) fn write<'a>(
    finished: &Finished<'a>,
    destination: Destination,
    formats: &Formats,
    record: &RunRecord,
) -> Result<Shown<'a>, StoreError> {
    let Finished {
        pairing,
        plan,
        made,
        description,
        comparison,
        flips,
    } = finished;
    let folder = Folder::create(destination)?;
    let mut tables = Tables::create_these(folder.path(), COMPARISON_TABLES, formats)?;
    let made: Vec<Made<'_>> = made
        .values()
        .map(|(cell, record)| (*cell, record))
        .collect();
    let draws = pairing.draws();
    let break_evens = BreakEvens::of(comparison);
    comparison.write(&mut tables);
    flips.write(&mut tables);
    break_evens.write(&mut tables);
    courses(pairing, &made, &mut tables);
    write_outcomes(plan, draws, &made, &mut tables);
    write_substitution(plan, draws, &made, &mut tables);
    write_runs(plan, draws, &made, &mut tables);
    write_points(draws, &made, &mut tables);
    let mut texts: Vec<(String, String)> = pairing
        .sources()
        .iter()
        .map(|source| {
            (
                format!("{}.toml", source.scenario().name),
                source.resolved_toml(None),
            )
        })
        .collect();
    let described = serde_json::to_string_pretty(description).map_err(|error| StoreError::Io {
        path: folder.path().join("comparison.json"),
        source: error.into(),
    })?;
    texts.push(("comparison.json".to_owned(), described + "\n"));
    let files = tables.close()?;
    folder.finish_with(&texts, manifest(plan), files, record, |path| {
        draw_page(path).map(|_| ())
    })?;
    Ok(Shown {
        comparison,
        flips,
        break_evens,
        substitution: substituted(plan, draws, &made),
    })
}

fn manifest(plan: &Plan) -> Manifest {
    let mut names = plan.scenarios.iter().map(|(name, _)| name.clone());
    Manifest {
        exeunt: plan.exeunt.clone(),
        format: FORMAT,
        stream_version: STREAM_VERSION,
        scenario: names.next().unwrap_or_default(),
        compared: names.collect(),
        scenario_sha256: String::new(),
        seed: plan.seed,
        scale: plan.scale,
        draws: u32::try_from(plan.draws.len()).unwrap_or(u32::MAX),
        replicates: plan.replicates,
        replicates_finished: (0..plan.replicates).collect(),
        runs_finished: Vec::new(),
        files: BTreeMap::new(),
    }
}

fn courses(pairing: &Pairing, made: &[Made<'_>], tables: &mut Tables) {
    let mut scenarios: Vec<(usize, &str)> = (0..)
        .zip(
            pairing
                .sources()
                .iter()
                .map(|source| source.scenario().name.as_str()),
        )
        .collect();
    scenarios.sort_by_key(|(_, name)| *name);
    for (place, _) in scenarios {
        let mut runs: Vec<((u32, u32), Course<'_>)> = Vec::new();
        for &(cell, record) in made {
            let CellId::Drawn { draw, replicate } = cell else {
                continue;
            };
            let number = pairing.draws().numbers.get(draw).copied().unwrap_or(0);
            if let Some(Ok(run)) = record.runs.get(place) {
                runs.push(((number, replicate), (number, &run.courses)));
            }
        }
        // Sums of floating-point numbers depend on the order of their terms.
        runs.sort_by_key(|(key, _)| *key);
        let runs: Vec<Course<'_>> = runs.into_iter().map(|(_, run)| run).collect();
        if let Some(source) = pairing.sources().get(place) {
            write_courses(source.scenario(), &runs, tables);
        }
    }
}

/// What became of the same persons, as a mean over pairs.
fn substituted(
    plan: &Plan,
    draws: &crate::experiment::Draws,
    made: &[Made<'_>],
) -> Vec<Substituted> {
    let mut pairs = vec![0; plan.scenarios.len()];
    let mut rows = Vec::new();
    for &(cell, record) in made {
        let CellId::Drawn { draw, replicate } = cell else {
            continue;
        };
        for (place, of_scenario) in record.substitution.iter().enumerate() {
            let both = [0, place + 1]
                .iter()
                .all(|run| matches!(record.runs.get(*run), Some(Ok(_))));
            // (A record with more scenarios than the plan does not belong to it.)
            let Some(pair) = pairs.get_mut(place + 1) else {
                continue;
            };
            *pair += usize::from(both);
            rows.extend(of_scenario.iter().map(|row| FateRow {
                scenario: place + 1,
                draw: draws.numbers.get(draw).copied().unwrap_or(0),
                replicate,
                flow: Flow {
                    origin: row.origin.clone(),
                    country: row.country.clone(),
                    channel: row.channel.clone(),
                    direction: row.direction(),
                },
                fate: row.fate(),
                persons: row.agents * plan.scale,
            }));
        }
    }
    Substituted::of(&rows, &pairs)
}
