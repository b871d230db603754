//! Building borders and documents.

use super::Builder;
use crate::scenario::{Border, Document};
use crate::units::{Duration, PersonFlow};

impl Builder<'_> {
    pub(super) fn borders(&self) -> Vec<Border> {
        let names = self.names;
        names.borders.iter().map(|name| self.border(name)).collect()
    }

    fn border(&self, name: &str) -> Border {
        let path = |key: &str| format!("border.{name}.{key}");
        let country = |key: &str| {
            let code = self.word(&path(key));
            self.countries.get(code).copied().unwrap_or_default()
        };
        Border {
            name: name.to_owned(),
            from: country("from"),
            to: country("to"),
            open: self.flag(&path("open")),
            capacity: self
                .known(&path("capacity"))
                .map(PersonFlow::from_per_month),
            push_back: self.number(&path("push_back")),
            hand_over: self.number(&path("hand_over")),
        }
    }

    pub(super) fn documents(&self) -> Vec<Document> {
        let names = self.names;
        names
            .documents
            .iter()
            .map(|name| {
                let path = |key: &str| format!("document.{name}.{key}");
                Document {
                    name: name.clone(),
                    valid: self.known(&path("valid")).map(Duration::from_days),
                    issued: self.flag(&path("issued")),
                }
            })
            .collect()
    }
}
