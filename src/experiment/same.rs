//! Whether scenarios have the same persons on the same days, so that their lives can be compared.

use crate::scenario::Scenario;

/// A difference between two scenarios that must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// What differs, as the path of a value.
    pub path: String,
    /// What it is in the base.
    pub base: String,
    /// What it is in the scenario.
    pub other: String,
}

/// Compares grid, currency and population: the origin, size, age, sex, education, dissent, activity and
/// minority of each segment. What persons hold, earn and save on the first day may differ, since visas and
/// money given out are a policy.
pub fn same_persons(base: &Scenario, other: &Scenario) -> Vec<Unlike> {
    let mut found = Vec::new();
    let mut note = |path: &str, base: String, other: String| {
        if base != other {
            let path = path.to_owned();
            found.push(Unlike { path, base, other });
        }
    };
    let (grid, other_grid) = (&base.calendar, &other.calendar);
    note(
        "time.start",
        grid.start.to_string(),
        other_grid.start.to_string(),
    );
    note("time.end", grid.end.to_string(), other_grid.end.to_string());
    if (grid.start, grid.end) == (other_grid.start, other_grid.end)
        && grid.steps != other_grid.steps
    {
        let steps =
            |scenario: &Scenario| format!("a grid of {} steps", scenario.calendar.steps.len());
        let differs = grid
            .steps
            .iter()
            .zip(&other_grid.steps)
            .find(|(a, b)| a != b);
        let from = differs.map_or(String::new(), |(step, _)| {
            format!(" (others from {} on)", step.start)
        });
        note("time.step", steps(base), steps(other) + &from);
    }
    note("currency", base.currency.clone(), other.currency.clone());
    let names = |scenario: &Scenario| {
        let names: Vec<&str> = scenario.segments.iter().map(|s| s.name.as_str()).collect();
        names.join(", ")
    };
    note("segment", names(base), names(other));
    for segment in &base.segments {
        let Some(there) = other.segments.iter().find(|s| s.name == segment.name) else {
            continue;
        };
        let path = |key: &str| format!("segment.{}.{key}", segment.name);
        let code =
            |scenario: &Scenario, index: u16| scenario.countries[usize::from(index)].code.clone();
        note(
            &path("origin"),
            code(base, segment.origin),
            code(other, there.origin),
        );
        note(
            &path("size"),
            segment.size.to_string(),
            there.size.to_string(),
        );
        let traits = [
            (
                "age",
                format!("{:?}", segment.age),
                format!("{:?}", there.age),
            ),
            ("male", segment.male.to_string(), there.male.to_string()),
            (
                "higher_education",
                segment.higher_education.to_string(),
                there.higher_education.to_string(),
            ),
            (
                "dissent",
                format!("{:?}", segment.dissent),
                format!("{:?}", there.dissent),
            ),
            (
                "active",
                segment.active.to_string(),
                there.active.to_string(),
            ),
            (
                "minority",
                segment.minority.to_string(),
                there.minority.to_string(),
            ),
        ];
        for (key, base, other) in traits {
            note(&path(key), base, other);
        }
    }
    found
}
