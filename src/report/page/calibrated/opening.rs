//! The title, what was fitted, and what a reader has to know before anything else.

use super::view::View;
use crate::experiment::calibration::Ended;
use crate::report::grouped;
use crate::report::page::section::{self, agent, contents, note};
use maud::{Markup, html};

/// Below this effective sample size, the ends of intervals rest on only a few sets.
const FEW_SETS: f64 = 40.0;

impl View<'_> {
    /// The question that the page answers.
    pub(super) fn headline(&self) -> String {
        format!(
            "What does “{}” say about the parameters?",
            match self.spec.title.as_str() {
                "" => &self.spec.name,
                title => title,
            }
        )
    }

    /// The beginning of the page; `sections` are the sections that follow, by id and title.
    pub(super) fn opening(&self, sections: &[(&str, &str)]) -> Markup {
        let spec = self.spec;
        let facts = [
            ("Parameters sampled", self.sampled.len().to_string()),
            ("Destination constants", self.moved.len().to_string()),
            (
                "Rows fitted",
                grouped(spec.targets.iter().filter(|one| one.fitted).count() as f64),
            ),
            ("Sets tried", grouped(self.attempts().0 as f64)),
            ("Sets kept", grouped(self.tables.weights.len() as f64)),
            (
                "Effective sample size",
                grouped(self.effective_size().round()),
            ),
            agent(spec.scale),
            ("Seed", spec.seed.to_string()),
        ];
        html! {
            div class="opening" {
                h1 { (self.headline()) }
                p class="lead" {
                    "A calibration looks for sets of parameters whose runs agree with what was observed. This page shows how near they "
                    "come and what that says about each parameter. A fit is not proof: fitted rows lie near their bands because they were fitted."
                }
                (section::facts(&facts))
                @for about in self.notes() { (note(&about)) }
                @for warning in self.warnings { (note(warning)) }
                (contents(sections))
            }
        }
    }

    /// What a reader has to know before anything else.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.ended == Ended::Generations {
            notes.push(
                "It ended because the plan asks for no more generations: sets that come nearer may still be found, and the posterior \
                 may become narrower."
                    .to_owned(),
            );
        }
        let size = self.effective_size();
        if size < FEW_SETS {
            notes.push(format!(
                "The kept sets are worth {} equally weighted sets: the 5 % and 95 % points rest on two or fewer of them.",
                grouped(size.round())
            ));
        }
        let (attempts, failed) = self.attempts();
        if failed > 0 {
            notes.push(format!(
                "{} of {} runs failed; their sets are not among those kept.",
                grouped(failed as f64),
                grouped(attempts as f64)
            ));
        }
        notes
    }
}
