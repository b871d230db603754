//! A story as JSON, for programs: the same sentences, with events and odds beside them.

use super::Story;
use crate::report::columns::TIE;
use serde_json::{Value, json};

impl Story {
    /// The story as one JSON value.
    pub fn as_json(&self) -> Value {
        let traits = self.traits.iter();
        let traits = traits.map(|(name, text)| ((*name).to_owned(), Value::from(text.as_str())));
        let entries = self.entries.iter().flat_map(|entry| {
            entry.lines.iter().map(|line| {
                let odds = line.odds.iter();
                let odds = odds.map(|(name, chance)| json!({ "what": name, "chance": chance }));
                json!({
                    "date": entry.date.to_string(),
                    "event": line.event,
                    "text": line.text.replace(TIE, " "),
                    "odds": odds.collect::<Vec<_>>(),
                })
            })
        });
        json!({
            "person": self.identity,
            "scenario": self.title,
            "run": self.run,
            "traits": traits.collect::<serde_json::Map<_, _>>(),
            "life": entries.collect::<Vec<_>>(),
        })
    }
}
