//! Checks of when an event is announced, and to whom it applies.

use super::super::Builder;
use crate::scenario::problem::Problem;
use crate::scenario::{AppliesTo, Change, Event, Field, NewValue};

impl Builder<'_> {
    pub(super) fn check_announced(&mut self, event: &Event) {
        let path = format!("event.{}.announced", event.name);
        let (Some(announced), Some(said)) = (event.announced, self.get(&path)) else {
            return;
        };
        if announced > event.date {
            self.report(
                Problem::error(format!(
                    "the event `{}` is announced on {announced}, after its date",
                    event.name
                ))
                .at(&said.place)
                .expected(format!("a day on or before {}", event.date))
                .cure("correct one of the two dates, or take `announced` out: then it is announced when it acts"),
            );
            return;
        }
        let is_believed = event
            .changes
            .iter()
            .any(|change| change.target.field.is_believed());
        if !is_believed {
            self.report(
                Problem::warning(format!("`{path}` has no effect"))
                    .at(&said.place)
                    .expected("an event that changes who a channel admits, and how: open, origins, needs, needs_any, bars, requires, permission, grant, grant_for or fee; everything else is known when it acts")
                    .cure("take it out, or set one of these rules"),
            );
        }
    }

    pub(super) fn check_applies_to(&mut self, event: &Event) {
        let path = format!("event.{}.applies_to", event.name);
        let Some(said) = self
            .get(&path)
            .filter(|_| event.applies_to == AppliesTo::All)
        else {
            return;
        };
        let concerns_stays = |change: &Change| match change.target.field {
            Field::Open
            | Field::Bars
            | Field::StayLength
            | Field::StayWithin
            | Field::ChannelStatus => true,
            // A smaller grant concerns only those who ask; a grant of zero closes the channel.
            Field::Grant | Field::GrantFor => change.to == NewValue::Number(0.0),
            _ => false,
        };
        let mut concerned = event
            .changes
            .iter()
            .filter(|change| concerns_stays(change))
            .peekable();
        if concerned.peek().is_none() {
            self.report(
                Problem::error(format!(
                    "`{path}`: nothing that the event `{}` changes concerns those already in the country",
                    event.name
                ))
                .at(&said.place)
                .expected("a change of open, bars, stay.length, stay.within or gives.status of a channel, or of its grant to nothing")
                .cure("set one of these as well, or write applies_to = \"new\""),
            );
        }
        for change in concerned.filter(|change| change.over.is_some()) {
            let place = self.place_of_change(event, change);
            self.report(
                Problem::error(format!(
                    "`{}` ramps, but applies to all who are already in the country",
                    change.path
                ))
                .at(&place)
                .expected("a change at once: stays are judged anew on a single day")
                .cure(format!(
                    "write set.\"{}\" = ... instead, or applies_to = \"new\"",
                    change.path
                )),
            );
        }
    }
}
