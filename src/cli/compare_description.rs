//! Describes a comparison in words; its page is drawn from this description.

use super::compare_inputs::Extent;
use crate::analyse::{Observation, Observed};
use crate::experiment::{Draws, Varied};
use crate::scenario::{Difference, Event, Scenario, Source};
use crate::store::{
    Assumption, Changed, Claims, Dated, Described, Description, People, Place, Point,
};
use std::collections::BTreeSet;

/// Describes the scenarios that are compared, the base first.
pub(super) fn describe(
    sources: &[Source],
    draws: &Draws,
    seed: u64,
    extent: Extent,
    draft: bool,
    observed: Option<&Observed>,
    warnings: Vec<String>,
) -> Option<Description> {
    let base = sources.first()?;
    let scenario = base.scenario();
    let claims = base.claims();
    Some(Description {
        draft,
        seed,
        scale: extent.scale,
        draws: u32::try_from(draws.len()).unwrap_or(u32::MAX),
        replicates: extent.replicates,
        design: draws.design.clone(),
        start: scenario.calendar.start.to_string(),
        end: scenario.calendar.end.to_string(),
        currency: scenario.currency.clone(),
        scenarios: sources
            .iter()
            .map(|source| described(base, source))
            .collect(),
        countries: countries(scenario),
        segments: scenario
            .segments
            .iter()
            .map(|segment| People {
                name: segment.name.clone(),
                origin: code(scenario, segment.origin),
                size: segment.size,
            })
            .collect(),
        observed: observed
            .map(|observed| {
                observed
                    .rows
                    .iter()
                    .filter_map(|row| point(row, scenario))
                    .collect()
            })
            .unwrap_or_default(),
        claims: Claims {
            read: claims.read,
            recalled: claims.recalled,
            derived: claims.derived,
            assumption: claims.assumption,
            unmarked: claims.unmarked,
        },
        varied: draws.varied.iter().map(assumption).collect(),
        warnings,
        failed: None,
    })
}

fn described(base: &Source, source: &Source) -> Described {
    let scenario = source.scenario();
    let events = &base.scenario().events;
    let is_own = |event: &Event| !events.iter().any(|other| other.name == event.name);
    Described {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        changes: base.diff(source).iter().map(changed).collect(),
        events: scenario
            .events
            .iter()
            .map(|event| dated(scenario, event, is_own(event)))
            .collect(),
    }
}

fn changed(difference: &Difference) -> Changed {
    Changed {
        path: difference.path.clone(),
        base: difference.left.clone(),
        scenario: difference.right.clone(),
        base_place: difference.left_place.as_deref().map(without_folders),
        scenario_place: difference.right_place.as_deref().map(without_folders),
    }
}

/// A place as file name and line, without the folders, which belong to one machine.
fn without_folders(place: &str) -> String {
    match place.starts_with("--set") {
        true => place.to_owned(),
        false => place.rsplit(['/', '\\']).next().unwrap_or(place).to_owned(),
    }
}

fn dated(scenario: &Scenario, event: &Event, own: bool) -> Dated {
    let countries: BTreeSet<String> = event
        .changes
        .iter()
        .filter_map(|change| change.country(&scenario.channels))
        .map(|index| code(scenario, index))
        .collect();
    Dated {
        name: event.name.clone(),
        title: event.title.clone(),
        date: event.date.to_string(),
        source: event.source.clone(),
        countries: countries.into_iter().collect(),
        own,
    }
}

fn countries(scenario: &Scenario) -> Vec<Place> {
    let origins: BTreeSet<u16> = scenario
        .segments
        .iter()
        .map(|segment| segment.origin)
        .collect();
    (0u16..)
        .zip(&scenario.countries)
        .map(|(index, country)| Place {
            code: country.code.clone(),
            name: match country.name.is_empty() {
                true => country.code.clone(),
                false => country.name.clone(),
            },
            origin: origins.contains(&index),
            city: country.market.as_ref().map(|market| market.city.clone()),
        })
        .collect()
}

fn code(scenario: &Scenario, index: u16) -> String {
    let country = scenario.countries.get(usize::from(index));
    country
        .map(|country| country.code.clone())
        .unwrap_or_default()
}

fn point(row: &Observation, scenario: &Scenario) -> Option<Point> {
    let place = row.on_course(scenario.calendar.start)?;
    Some(Point {
        id: row.id.clone(),
        quantity: row.quantity.clone(),
        series: place.series.to_owned(),
        country: place.country,
        date: place.date.to_string(),
        value: row.value,
        band: row.band,
        unit: row.unit.clone(),
        source: row.source.clone(),
    })
}

fn assumption(varied: &Varied) -> Assumption {
    let [low, high] = varied.range_text();
    Assumption {
        path: varied.path().to_owned(),
        meaning: varied.parameter.meaning.to_owned(),
        value: varied.parameter.value.clone(),
        low,
        high,
        basis: varied.basis().to_owned(),
        source: varied.parameter.source.clone(),
    }
}
