//! Outcomes in measures: which exist, about whom and where.

use super::super::unit::Unit;
use super::bind::Binder;
use super::scan::fault;
use super::syntax::{At, OutcomeSyntax};
use super::{Expression, Fault};
use crate::measure::{ALL, Countries, DEFINITIONS, Definition, Grouping, definition};
use crate::scenario::{Scenario, nearest, one_of};

/// Binds an outcome; `None` if a fault was found in it.
pub(super) fn bind(binder: &mut Binder<'_>, outcome: &OutcomeSyntax) -> Option<(Expression, Unit)> {
    let Some(definition) = definition(&outcome.id.it) else {
        let ids: Vec<&str> = DEFINITIONS.iter().map(|known| known.id).collect();
        binder.faults.push(Fault {
            nearest: nearest(&outcome.id.it, ids.iter().copied()),
            ..fault(
                outcome.id.span.clone(),
                format!("there is no outcome `{}`", outcome.id.it),
                one_of(&ids, false),
                "correct the id; docs/outcomes.md explains each",
            )
        });
        return None;
    };
    let clauses = &outcome.clauses;
    let beyond = [
        clauses.during.as_ref().map(|during| during.span.clone()),
        clauses.per.as_ref().map(|per| per.span.clone()),
    ];
    let mut fits = true;
    for span in beyond.into_iter().flatten() {
        binder.faults.push(fault(
            span,
            "an outcome covers the whole run",
            "an outcome without during or per",
            "take it out, or write a measure of a table, such as sum(homes.left during 2022-03)",
        ));
        fits = false;
    }
    let groups = match definition.grouping {
        Grouping::Everybody => Some(Vec::new()),
        Grouping::Segment => binder.names("segment"),
        Grouping::Motive => binder.names("motive"),
        Grouping::Cause => binder.names("cause"),
        Grouping::Status => binder.names("status"),
        Grouping::Sector => binder.names("sector"),
        Grouping::Activity => binder.names("activity"),
        Grouping::Security => binder.names("security"),
        Grouping::Origin => Some(origins_told_apart(binder.scenario)),
    };
    let countries = match definition.countries {
        Countries::Together => Some(Vec::new()),
        Countries::Both | Countries::Each => binder.names("country"),
    };
    let with_all = |names: Option<Vec<String>>, has_all: bool| {
        let mut names = names.unwrap_or_default();
        if has_all {
            names.push(ALL.to_owned());
        }
        names
    };
    let groups = with_all(groups, definition.grouping.has_everybody());
    let countries = with_all(countries, definition.countries != Countries::Each);
    let mut chosen: [Option<String>; 2] = [None, None];
    for condition in &clauses.conditions {
        let (slot, valid) = match condition.key.it.as_str() {
            "group" => (0, &groups),
            "country" => (1, &countries),
            other => {
                binder.faults.push(fault(
                    condition.key.span.clone(),
                    format!("`{other}` is not a key of outcomes"),
                    "group or country",
                    "write group = NAME or country = NAME, or take the condition out",
                ));
                return None;
            }
        };
        let [name] = condition.names.as_slice() else {
            return refuse_several(binder, &condition.key);
        };
        if !condition.is_one || chosen[slot].is_some() {
            return refuse_several(binder, &condition.key);
        }
        let what = format!("{} of `{}`", condition.key.it, definition.id);
        fits &= binder.known(name, &what, Some(valid));
        chosen[slot] = Some(name.it.clone());
    }
    let [group, country] = chosen;
    if let Some(unsaid) = unsaid(outcome, definition, [&group, &country], &groups) {
        binder.faults.push(unsaid);
        return None;
    }
    let (id, all) = (definition.id, || ALL.to_owned());
    if !definition.crosses()
        && let (Some(group), Some(country)) = (&group, &country)
        && [group, country].iter().all(|name| *name != ALL)
        && fits
    {
        binder.faults.push(fault(
            outcome.id.span.clone(),
            format!("`{id}` has a value for each group and one for each country, and none of a group in a country"),
            "a group or a country",
            format!(
                "write outcome({id} where group = {group}), which is of all countries, or \
                 outcome({id} where country = {country}), which is of everybody"
            ),
        ));
        return None;
    }
    let expression = Expression::Outcome {
        id: id.to_owned(),
        group: group.unwrap_or_else(all),
        country: country.unwrap_or_else(all),
    };
    fits.then(|| (expression, Unit::read(definition.unit)))
}

/// What a measure has to say of an outcome that has no row of all countries, or none of everybody.
fn unsaid(
    outcome: &OutcomeSyntax,
    definition: &Definition,
    [group, country]: [&Option<String>; 2],
    groups: &[String],
) -> Option<Fault> {
    let id = definition.id;
    if country.is_none() && definition.countries == Countries::Each {
        return Some(fault(
            outcome.id.span.clone(),
            format!("`{id}` has a value for each country"),
            "a country",
            format!("write outcome({id} where country = ...)"),
        ));
    }
    if group.is_none() && !definition.grouping.has_everybody() {
        return Some(fault(
            outcome.id.span.clone(),
            format!("`{id}` has a value for each group, and none of everybody"),
            format!("a group: {}", one_of(groups, false)),
            format!("write outcome({id} where group = ...)"),
        ));
    }
    None
}

/// The origins that an outcome has rows for: none if there is only one.
fn origins_told_apart(scenario: &Scenario) -> Vec<String> {
    let origins = scenario.origins();
    let codes = origins
        .iter()
        .map(|origin| scenario.countries[usize::from(*origin)].code.clone());
    if origins.len() > 1 {
        codes.collect()
    } else {
        Vec::new()
    }
}

fn refuse_several<T>(binder: &mut Binder<'_>, key: &At<String>) -> Option<T> {
    binder.faults.push(fault(
        key.span.clone(),
        format!(
            "an outcome has one value: `{}` chooses a single name",
            key.it
        ),
        format!("{} = one name, once", key.it),
        "write an outcome(...) for each name",
    ));
    None
}
