//! Checks of admission: segments, documents, permission, quotas and decisions.

use super::super::Builder;
use super::Under;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Field, NewValue, Scenario};
use std::collections::BTreeSet;

impl Builder<'_> {
    /// Reports rules for segments that the channel is not for.
    pub(super) fn check_segments(&mut self, channel: &Under<'_>) {
        let bars = &channel.rules().bars;
        let own = channel.rules().grant_for.iter();
        let barred_later = channel.changes(Field::Bars).next().is_some();
        let mut told: Vec<(String, Place, Vec<u16>)> = Vec::new();
        let thing = channel.path("bars");
        told.push((
            thing.clone(),
            self.place_of_value(&thing, &thing),
            bars.clone(),
        ));
        for (segment, _) in own.clone() {
            let name = &channel.scenario.segments[usize::from(*segment)].name;
            let path = channel.path(&format!("grant_for.{name}"));
            told.push((path.clone(), self.place_of(&path), vec![*segment]));
        }
        for (event, change) in channel.changes(Field::Bars) {
            if let NewValue::Segments(segments) = &change.to {
                let place = self.place_of_change(event, change);
                told.push((change.path.clone(), place, segments.clone()));
            }
        }
        for (event, change) in channel.changes(Field::GrantFor) {
            let place = self.place_of_change(event, change);
            told.push((change.path.clone(), place, vec![change.target.member]));
        }
        for (path, place, segments) in told {
            self.check_of_origin(channel, &path, &place, &segments);
        }
        for (segment, _) in own {
            if bars.contains(segment) && !barred_later {
                let name = &channel.scenario.segments[usize::from(*segment)].name;
                let path = channel.path(&format!("grant_for.{name}"));
                let place = self.place_of(&path);
                self.report(
                    Problem::warning(format!("`{path}` has no effect: {name} is barred"))
                        .at(&place)
                        .expected("a chance for a segment that is not among `bars`")
                        .cure("take it out, or take the segment out of `bars`"),
                );
            }
        }
    }

    pub(super) fn check_of_origin(
        &mut self,
        channel: &Under<'_>,
        path: &str,
        place: &Place,
        segments: &[u16],
    ) {
        let origins = channel.origins();
        let strangers: Vec<&str> = segments
            .iter()
            .map(|segment| &channel.scenario.segments[usize::from(*segment)])
            .filter(|segment| !origins.contains(&segment.origin))
            .map(|segment| segment.name.as_str())
            .collect();
        if strangers.is_empty() || origins.is_empty() {
            return;
        }
        let codes = self.codes(&origins);
        self.report(
            Problem::error(format!(
                "`{path}` names segments that cannot use {} anyway: {}",
                channel.described(),
                strangers.join(", ")
            ))
            .at(place)
            .expected(format!(
                "segments that live in {codes}, whose citizens the channel is for"
            ))
            .cure("name segments of these origins, or correct `origins` of the channel"),
        );
    }

    /// Warns of a choice of documents that is settled by a document needed anyway.
    pub(super) fn check_documents_needed(&mut self, channel: &Under<'_>) {
        let both = channel.rules().needs & channel.rules().needs_any;
        let changes = [Field::Needs, Field::NeedsAny]
            .into_iter()
            .any(|field| channel.changes(field).next().is_some());
        if both == 0 || changes {
            return;
        }
        let documents = channel.scenario.documents.iter().enumerate();
        let names: Vec<&str> = documents
            .filter(|(index, _)| both & (1 << index) != 0)
            .map(|(_, document)| document.name.as_str())
            .collect();
        let path = channel.path("needs_any");
        let place = self.place_of(&path);
        self.report(
            Problem::warning(format!(
                "`{path}` has no effect: {} is needed anyway",
                names.join(", ")
            ))
            .at(&place)
            .expected("documents that are not among `needs`")
            .cure("take it out, or take the document out of `needs`"),
        );
    }

    /// Reports quotas and decisions of a channel that never needs permission: they are for
    /// applications, and without permission nobody applies.
    pub(super) fn check_permission(&mut self, channel: &Under<'_>) {
        // A claim to asylum needs no permission but waits for a decision all the same.
        let is_of_claims = channel.rules().asylum.is_some();
        if is_of_claims || channel.scenario.ever_needs_permission(channel.index) {
            return;
        }
        let mut without: Vec<(String, Place)> = Vec::new();
        for key in ["quota.size", "decision"] {
            let path = channel.path(key);
            if self.get(&path).is_some() {
                without.push((path.clone(), self.place_of(&path)));
            }
        }
        for (event, change) in channel.changes(Field::QuotaSize) {
            without.push((change.path.clone(), self.place_of_change(event, change)));
        }
        for (path, place) in without {
            self.report(
                Problem::error(format!(
                    "`{path}`: nobody applies, because {} never needs permission",
                    channel.described()
                ))
                .at(&place)
                .expected("permission = true on the first day or by an event")
                .cure(format!(
                    "add permission = true to [country.{}.channel.{}], or take it out",
                    channel.code, channel.name
                )),
            );
        }
    }

    /// Reports the issue of documents that never expire, for which it makes no difference.
    pub(super) fn check_documents(&mut self, scenario: &Scenario) {
        for (index, document) in scenario.documents.iter().enumerate() {
            if document.valid.is_some() {
                continue;
            }
            let name = &document.name;
            let path = format!("document.{name}.issued");
            let mut places: BTreeSet<String> = BTreeSet::new();
            let mut told: Vec<Place> = Vec::new();
            if let Some(said) = self.get(&path).filter(|said| !said.preset) {
                told.push(said.place.clone());
            }
            for event in &scenario.events {
                for change in &event.changes {
                    let target = change.target;
                    if target.field == Field::Issued && usize::from(target.index) == index {
                        told.push(self.place_of_change(event, change));
                    }
                }
            }
            for place in told {
                if !places.insert(place.describe()) {
                    continue;
                }
                self.report(
                    Problem::error(format!(
                        "`{path}` makes no difference: holders of the document keep it for good"
                    ))
                    .at(&place)
                    .expected("a document that says how long it is valid")
                    .cure(format!(
                        "add valid = \"26 weeks\", or the known value, to [document.{name}]"
                    )),
                );
            }
        }
    }
}
