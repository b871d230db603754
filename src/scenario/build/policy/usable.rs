//! Checks for things that are of no use: channels whose conditions nobody meets, documents that
//! nothing asks for.

use super::super::Builder;
use super::Under;
use crate::scenario::problem::Problem;
use crate::scenario::{Condition, Field, NewValue, Scenario, Segment};
use std::collections::BTreeSet;

/// The conditions with their words and the keys through which a segment meets them.
const CONDITIONS: [(Condition, &str, &str); 5] = [
    (Condition::AtRisk, "at-risk", "active and evidence"),
    (Condition::Ancestry, "ancestry", "ancestry"),
    (Condition::Kin, "kin", "kin"),
    (Condition::Employer, "employer", "employer"),
    (Condition::DraftNotice, "draft-notice", "draft_notice"),
];

impl Builder<'_> {
    /// Warns of a channel that nobody can use on any day, whatever else changes.
    pub(super) fn check_usable(&mut self, channel: &Under<'_>) {
        let rules = channel.rules();
        let origins = channel.origins();
        let barred_for_good = |segment: u16| {
            rules.bars.contains(&segment) && channel.changes(Field::Bars).next().is_none()
        };
        let segments: Vec<&Segment> = (0u16..)
            .zip(&channel.scenario.segments)
            .filter(|(number, segment)| {
                origins.contains(&segment.origin) && !barred_for_good(*number)
            })
            .map(|(_, segment)| segment)
            .collect();
        let requires = bits(channel, Field::Requires, rules.requires.into());
        let needs = bits(channel, Field::Needs, rules.needs);
        let needs_any = bits(channel, Field::NeedsAny, rules.needs_any);
        let usable = |segment: &&Segment| {
            let meets = |bits: &u32| meets_all(segment, *bits, rules.country);
            let holds = |bits: &u32| documents(*bits).all(|one| held(segment, one));
            let holds_any =
                |bits: &u32| *bits == 0 || documents(*bits).any(|one| held(segment, one));
            requires.iter().any(meets) && needs.iter().any(holds) && needs_any.iter().any(holds_any)
        };
        if segments.is_empty() || segments.iter().any(usable) {
            return;
        }
        // The first single requirement that nobody meets; if there is none, nobody meets them all
        // together.
        let condition = CONDITIONS.iter().find(|(condition, _, _)| {
            let bit = 1 << *condition as u32;
            requires.iter().all(|bits| bits & bit != 0)
                && !segments
                    .iter()
                    .any(|segment| meets_all(segment, bit, rules.country))
        });
        let document = documents(rules.needs).find(|one| {
            needs.iter().all(|bits| bits & (1 << one) != 0)
                && !segments.iter().any(|segment| held(segment, *one))
        });
        let (key, why, cure) = match (condition, document) {
            (Some((_, word, key)), _) => (
                "requires",
                format!("nobody whom it is for meets its condition `{word}`"),
                format!("give a segment {key}"),
            ),
            (None, Some(document)) => {
                let name = &channel.scenario.documents[document].name;
                (
                    "needs",
                    format!("nobody whom it is for holds `{name}`"),
                    format!(
                        "add holds = {{ {name} = \"10 %\" }}, or the known value, to a segment"
                    ),
                )
            }
            (None, None) => (
                "requires",
                "nobody whom it is for meets all its requirements together".to_owned(),
                "require less, or let a segment meet all of it".to_owned(),
            ),
        };
        let path = channel.path(key);
        let thing = format!("country.{}.channel.{}", channel.code, channel.name);
        let place = self.place_of_value(&path, &thing);
        self.report(
            Problem::warning(format!(
                "nobody can ever use {}: {why}",
                channel.described()
            ))
            .at(&place)
            .expected("somebody whom the channel is for and who meets all its requirements")
            .cure(format!("{cure}, or take the channel out")),
        );
    }

    /// Warns of a document that no channel asks for on any day: it changes nothing.
    pub(super) fn check_asked_for(&mut self, scenario: &Scenario) {
        let on_the_first_day = scenario
            .channels
            .iter()
            .fold(0, |bits, channel| bits | channel.needs | channel.needs_any);
        let changes = scenario.events.iter().flat_map(|event| &event.changes);
        let asked = changes.fold(on_the_first_day, |bits, change| {
            match (change.target.field, &change.to) {
                (Field::Needs | Field::NeedsAny, NewValue::Bits(more)) => bits | more,
                _ => bits,
            }
        });
        let names: Vec<String> = scenario
            .documents
            .iter()
            .enumerate()
            // Documents beyond the bits of a set were already reported.
            .take(32)
            .filter(|(index, _)| asked & (1 << index) == 0)
            .map(|(_, document)| document.name.clone())
            .collect();
        for name in names {
            let place = self.place_of(&format!("document.{name}"));
            self.report(
                Problem::warning(format!("no channel ever needs the document `{name}`"))
                    .at(&place)
                    .expected("a document among `needs` or `needs_any` of a channel, on the first day or by an event")
                    .cure(format!(
                        "write needs = [\"{name}\"] into a channel; leave it where a policy that extends this needs it, \
                         or take it out"
                    )),
            );
        }
    }
}

/// Returns the values that a field of bits takes on any day.
fn bits(channel: &Under<'_>, field: Field, first: u32) -> BTreeSet<u32> {
    let later = channel
        .changes(field)
        .filter_map(|(_, change)| match change.to {
            NewValue::Bits(bits) => Some(bits),
            _ => None,
        });
    std::iter::once(first).chain(later).collect()
}

/// Returns the documents of a set, by index.
fn documents(bits: u32) -> impl Iterator<Item = usize> {
    (0..32).filter(move |index| bits & (1 << index) != 0)
}

fn held(segment: &Segment, document: usize) -> bool {
    segment
        .holds
        .get(document)
        .is_some_and(|share| *share > 0.0)
}

/// Whether anybody of a segment may meet all conditions of a set, for a country.
fn meets_all(segment: &Segment, bits: u32, country: u16) -> bool {
    let there = |shares: &[f64]| {
        shares
            .get(usize::from(country))
            .is_some_and(|share| *share > 0.0)
    };
    CONDITIONS
        .iter()
        .filter(|(condition, _, _)| bits & (1 << *condition as u32) != 0)
        .all(|(condition, _, _)| match condition {
            Condition::AtRisk => segment.active > 0.0 && segment.evidence > 0.0,
            Condition::Ancestry => there(&segment.ancestry),
            Condition::Kin => there(&segment.kin),
            Condition::Employer => there(&segment.employer),
            Condition::DraftNotice => segment.draft_notice > 0.0,
        })
}
