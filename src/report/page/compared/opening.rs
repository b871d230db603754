//! The title, the question, and what was run.

use super::ComparisonPage;
use crate::report::grouped;
use crate::report::page::section::{self, agent, contents, note};
use crate::report::page::words::{ends, listed};
use maud::{Markup, html};

/// The most scenarios that the question names; of more, only the number is given.
const NAMED: usize = 3;

impl ComparisonPage<'_> {
    /// The question that the page answers, in one sentence.
    pub(super) fn headline(&self) -> String {
        let base = self.base().map_or("", |base| base.title.as_str());
        let titles: Vec<String> = self
            .others()
            .map(|(_, one)| format!("“{}”", one.title))
            .collect();
        let named: Vec<&str> = titles.iter().map(String::as_str).collect();
        match named.len() {
            0..=NAMED => format!(
                "What changes under {} compared with “{base}”?",
                listed(&named)
            ),
            many => {
                format!("What changes under each of {many} other scenarios compared with “{base}”?")
            }
        }
    }

    /// The beginning of the page; `sections` are the sections that follow, by id and title.
    pub(super) fn opening(&self, sections: &[(&str, &str)]) -> Markup {
        let description = self.description;
        let (draws, replicates) = (description.draws, description.replicates);
        let pairs = grouped(description.pairs() as f64);
        let pairs = match &description.failed {
            Some(failed) => format!("{} of {pairs}", failed.pairs_in_words()),
            None => pairs,
        };
        let people: u64 = description.segments.iter().map(|people| people.size).sum();
        let facts = [
            (
                "Period",
                format!(
                    "{} to {}",
                    unbroken(&description.start),
                    unbroken(&description.end)
                ),
            ),
            ("Persons", grouped(people as f64)),
            agent(description.scale),
            (
                "Sets of parameters",
                format!("{draws} ({})", description.design),
            ),
            ("Runs per set", replicates.to_string()),
            ("Pairs of runs per difference", pairs),
            ("Seed", description.seed.to_string()),
        ];
        html! {
            div class="opening" {
                @if description.draft {
                    p class="draft" role="note" {
                        strong { "DRAFT" }
                        " Made with --quick: a first look, not numbers to rely on."
                    }
                }
                h1 { (self.headline()) }
                p class="lead" {
                    "The same persons are simulated under each scenario with the same random draws, so that any difference "
                    "comes from the scenarios. Each number is a mean over sets of parameters. Each interval runs "
                    @if ends(draws) == ends(u32::MAX) { "from their 5 % point to their 95 % point." }
                    @else { "from the smallest to the largest of them, because there are too few sets to leave any out." }
                }
                (section::facts(&facts))
                (self.key())
                (contents(sections))
                @if let Some(failed) = &description.failed { (note(&failed.in_words())) }
                @for warning in &description.warnings { (note(warning)) }
            }
        }
    }
}

/// A date that is never broken across lines.
fn unbroken(date: &str) -> String {
    date.replace('-', "\u{2011}")
}
