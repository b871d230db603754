//! What became of the same persons.

use super::super::Screen;
use super::super::columns::TIE;
use super::super::number::percent;
use super::{Differences, INDENT, amount, paragraph};
use crate::analyse::comparison::Substituted;
use crate::measure::{Direction, Fate};

/// Number of flows that are shown for a scenario.
const SHOWN: usize = 5;

impl Differences<'_> {
    /// The largest flows of a scenario, each with the shares of its fates.
    pub(super) fn flows(&self, scenario: usize, screen: &Screen) -> Vec<String> {
        let flows = self
            .substitution
            .iter()
            .filter(|one| one.scenario == scenario);
        let flows: Vec<&Substituted> = flows.collect();
        if flows.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![format!(
            "{INDENT}{}",
            screen.dim("What became of the same persons")
        )];
        for flow in flows.iter().take(SHOWN) {
            lines.extend(paragraph(&self.flow(flow, screen), INDENT.len(), screen));
        }
        if flows.len() > SHOWN {
            let text = format!("... and {} smaller flows", flows.len() - SHOWN);
            lines.extend(paragraph(&text, INDENT.len(), screen));
        }
        lines
    }

    fn flow(&self, flow: &Substituted, screen: &Screen) -> String {
        let origins = self
            .description
            .countries
            .iter()
            .filter(|place| place.origin);
        let from = match origins.count() {
            0 | 1 => String::new(),
            _ => format!("{} to ", self.country(&flow.flow.origin)),
        };
        let (only, other) = match flow.flow.direction {
            Direction::Lost => ("base", "scenario"),
            Direction::Gained => ("scenario", "base"),
        };
        let share = |(fate, share): &(Fate, f64)| {
            format!("{} {}", in_words(*fate), percent(*share)).replace(' ', TIE)
        };
        let mut fates = flow.fates.clone();
        fates.retain(|(_, share)| *share > 0.0);
        fates.sort_by(|a, b| b.1.total_cmp(&a.1));
        let fates: Vec<String> = fates.iter().map(share).collect();
        format!(
            "{from}{} by {}, in the {only} only: {} persons; in the {other} {}",
            self.country(&flow.flow.country),
            flow.flow.channel,
            amount::level(flow.persons, "persons"),
            fates.join(&format!(" {} ", screen.sign("·", "|")))
        )
    }
}

/// A fate in everyday words.
fn in_words(fate: Fate) -> &'static str {
    match fate {
        Fate::AnotherCountry => "to another country",
        Fate::AnotherChannel => "by another way",
        Fate::Later => "the same way later",
        Fate::Earlier => "the same way earlier",
        Fate::Applying => "applying",
        Fate::Barred => "barred by a rule",
        Fate::Deterred => "deterred by a cost",
        Fate::Means => "short of means",
        Fate::Detained => "detained",
        Fate::Mobilised => "called up",
        Fate::NotYet => "not left yet",
        Fate::NoWish => "no wish to leave",
    }
}
