//! Whether what is said of detention can mean anything.

use crate::scenario::check::SaidByPath;
use crate::scenario::load;
use crate::scenario::node::Table;
use crate::scenario::path;
use crate::scenario::place::Place;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::{Field, NewValue, Scenario};

/// Detentions are measured against the repression of the reference's first day, of which nothing is no measure: nobody
/// would be detained, whatever the repression later. `place` is where what stands nowhere is reported.
pub fn check(
    scenario: &Scenario,
    (said, table): (&SaidByPath, &Table),
    place: &Place,
    problems: &mut Problems,
) {
    if scenario.behaviour.repression.is_none() {
        return;
    }
    let first = scenario.reference.as_deref().unwrap_or(scenario);
    for (index, country) in scenario.countries.iter().enumerate() {
        let mut segments = scenario.segments.iter();
        let is_origin = segments.any(|segment| usize::from(segment.origin) == index);
        let mut of_first = first.countries.iter();
        // (Whether the reference has the same countries is asked elsewhere.)
        let of_first = of_first.position(|of_first| of_first.code == country.code);
        if !is_origin || of_first.is_none_or(|index| represses_at_first(first, index)) {
            continue;
        }
        let mut events = scenario.new_values(Field::Repression, index);
        let is_raised = events.any(|to| matches!(to, NewValue::Number(number) if *number > 0.0));
        if !represses_at_first(scenario, index) && !is_raised {
            continue;
        }
        let path = format!("country.{}.repression", country.code);
        let (of_which, later, where_to) = match &scenario.reference {
            Some(reference) => (
                format!(" of the reference, {}", reference.name),
                "above 0 here",
                format!(" into {}", reference.name),
            ),
            None => (String::new(), "an event raises it", String::new()),
        };
        let key = || load::find(table, &path::split(&format!("country.{}", country.code)));
        let place = match said.get(&path).filter(|said| !said.preset) {
            Some(said) => &said.place,
            None => key().map_or(place, |entry| &entry.key),
        };
        problems.push(
            Problem::error(format!(
                "`{path}` is 0 on the first day{of_which}, but {later}"
            ))
            .at(place)
            .expected(format!(
                "repression above 0 on the first day{of_which}: detentions are measured against it \
                     (behaviour.repression.on)"
            ))
            .cure(format!(
                "write a small number{where_to}, such as 0.01, or write behaviour.repression.on = false"
            )),
        );
    }
}

/// Whether a country represses on the first day: by what is said of it, or by an event of that day.
fn represses_at_first(scenario: &Scenario, country: usize) -> bool {
    let events = scenario.events.iter().filter(|event| event.step == 0);
    let changes = events.flat_map(|event| &event.changes).filter(|change| {
        change.target.field == Field::Repression && usize::from(change.target.index) == country
    });
    let mut first = scenario.countries[country].repression;
    for change in changes {
        if let NewValue::Number(to) = change.to {
            // (A ramp has left where it began by the middle of the first step.)
            first = if change.over.is_some() {
                first.max(to)
            } else {
                to
            };
        }
    }
    first > 0.0
}
