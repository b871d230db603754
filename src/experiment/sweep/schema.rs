//! The JSON Schema of a sweep's plan, with which editors complete and check a plan while it is typed.

use super::read::DESIGNS;
use crate::measure::DEFINITIONS;
use serde_json::{Value, json};

/// The JSON Schema of a plan.
///
/// It knows keys, types and words. Only reading the plan tells whether paths exist and values fit the scenarios.
pub fn schema() -> Value {
    let outcomes: Vec<&str> = DEFINITIONS.iter().map(|outcome| outcome.id).collect();
    let whole = |least: u64, meaning: &str| json!({ "description": meaning, "type": "integer", "minimum": least });
    let texts = |meaning: &str| json!({ "description": meaning, "type": "array", "items": { "type": "string" } });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Exeunt plan of a sweep",
        "type": "object",
        "properties": {
            "title": { "description": "Title, in one line. Default: the stem of the file.", "type": "string" },
            "scenarios": texts("Scenario files, relative to this one. Required."),
            "vary": {
                "description": "What varies, by the path of a value or by a name for variants. Required.",
                "type": "object",
                "additionalProperties": axis(&whole(2, "Levels of the range in a grid."), &texts("Overrides, PATH=VALUE.")),
            },
            "design": {
                "description": "Where the points lie. Required.",
                "type": "object",
                "properties": {
                    "kind": { "description": "The kind of design. Required.", "enum": DESIGNS },
                    "points": whole(1, "Points of a latin-hypercube or sobol design."),
                    "base": whole(1, "Base samples of a saltelli design."),
                    "trajectories": whole(1, "Trajectories of a morris design."),
                    "levels": whole(2, "Levels of a morris design. Default: 4."),
                },
                "required": ["kind"],
                "additionalProperties": false,
            },
            "replicates": whole(1, "Runs of each point, each with its own chance. Default: 1."),
            "seed": whole(0, "Seed of all random draws. Default: 1."),
            "scale": whole(1, "Persons that each agent stands for. Default: 1."),
            "outcomes": {
                "description": "Outcomes to keep, by their ids in docs/outcomes.md. Default: all.",
                "type": "array",
                "items": { "enum": outcomes },
            },
            "draws_from": { "description": "A CSV file of sets of parameters, relative to this one. Default: none.", "type": "string" },
            "draws": whole(1, "How many sets of that file to use, from the first. Default: all."),
        },
        "required": ["scenarios", "vary", "design"],
        "additionalProperties": false,
    })
}

/// The schema of one axis.
fn axis(steps: &Value, overrides: &Value) -> Value {
    json!({
        "type": "object",
        "properties": {
            "range": {
                "description": "Lower and upper end. Default: the range in the scenario.",
                "type": "array",
                "items": { "type": ["number", "string"] },
                "minItems": 2,
                "maxItems": 2,
            },
            // A TOML date has no type in JSON.
            "values": { "description": "Values of any kind, numbers or not.", "type": "array", "minItems": 1 },
            "variants": {
                "description": "Several values at once, by the name of the variant.",
                "type": "object",
                "additionalProperties": overrides,
                "minProperties": 1,
            },
            "steps": steps,
        },
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::sweep::read::{AXIS_KEYS, DESIGN_KEYS, KEYS};

    #[test]
    fn it_has_the_keys_that_a_plan_is_read_by() {
        let schema = schema();
        for (at, keys) in [
            ("/properties", &KEYS[..]),
            ("/properties/design/properties", &DESIGN_KEYS),
            (
                "/properties/vary/additionalProperties/properties",
                &AXIS_KEYS,
            ),
        ] {
            let members = schema.pointer(at).and_then(Value::as_object).unwrap();
            let mut keys: Vec<&str> = keys.to_vec();
            keys.sort_unstable();
            let mut found: Vec<&str> = members.keys().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, keys, "{at}");
        }
        let outcomes = schema.pointer("/properties/outcomes/items/enum").unwrap();
        assert!(outcomes.as_array().unwrap().contains(&json!("left")));
    }
}
