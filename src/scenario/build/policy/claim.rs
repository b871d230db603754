//! Checks of channels of claims to asylum: what they must give, what has no meaning for them, and
//! what only they may give.

use super::super::Builder;
use super::super::channel::PRESENCE;
use super::Under;
use crate::scenario::meaning::{Meaning, Said};
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Field, NewValue, Status, load, path};

/// Keys about entering or asking in advance, which those who are already in the country do not do.
const OF_WAYS_IN: [&str; 8] = [
    "permission",
    "fee",
    "apply_from",
    "needs",
    "needs_any",
    "quota.size",
    "routes",
    "stay.within",
];

/// The same keys as fields of events, as far as events can change them.
const FIELDS_OF_WAYS_IN: [Field; 6] = [
    Field::Permission,
    Field::Fee,
    Field::Needs,
    Field::NeedsAny,
    Field::QuotaSize,
    Field::StayWithin,
];

/// Keys that only channels of claims have.
const OF_CLAIMS: [&str; 3] = ["grounds", "appeal.grant", "removal"];

/// Whether a new list of conditions makes a channel a channel of claims.
fn names_presence(said: &Said) -> bool {
    let Meaning::Change { to, .. } = &said.meaning else {
        return false;
    };
    matches!(to.as_ref(), Meaning::Names(names) if names.iter().any(|(name, _)| name == PRESENCE))
}

impl Builder<'_> {
    pub(super) fn check_claims(&mut self, channel: &Under<'_>) {
        self.check_presence_by_events(channel);
        if channel.rules().asylum.is_some() {
            self.check_channel_of_claims(channel);
        } else {
            self.check_channel_without_claims(channel);
        }
    }

    /// Reports events that turn a channel into a channel of claims, or one of claims into another.
    fn check_presence_by_events(&mut self, channel: &Under<'_>) {
        let is_of_claims = channel.rules().asylum.is_some();
        for (event, change) in channel.changes(Field::Requires) {
            let says = self.said_of(event, change).is_some_and(names_presence);
            if says == is_of_claims {
                continue;
            }
            let place = self.place_of_change(event, change);
            let (title, cure) = if says {
                (
                    "an event cannot turn an entry channel into a channel of claims",
                    "give the country a channel of claims of its own, closed until the event opens it",
                )
            } else {
                (
                    "an event cannot turn a channel of claims into an entry channel",
                    "add \"presence\", or set `open` to false to end claims",
                )
            };
            self.report(
                Problem::error(format!("`{}`: {title}", change.path))
                    .at(&place)
                    .expected("\"presence\" on every day or on none")
                    .cure(cure),
            );
        }
    }

    fn check_channel_of_claims(&mut self, channel: &Under<'_>) {
        let described = channel.described();
        let thing = channel.path("requires");
        let grounds = path::split(&channel.path("grounds"));
        if load::find(self.table, &grounds).is_none() {
            let place = self.place_of(&thing);
            self.report(
                Problem::error(format!("{described} does not say which grounds it accepts"))
                    .at(&place)
                    .expected("`grounds`: which of \"activism\", \"minority\" and \"draft-evasion\" the country accepts")
                    .cure("write grounds = [\"activism\", \"minority\"], or grounds = [] if it accepts none"),
            );
        }
        self.check_status_of_claims(channel);
        for key in OF_WAYS_IN {
            let path = channel.path(key);
            if let Some(said) = self.get(&path)
                && !said.preset
            {
                self.report_way_in(&described, &path, &said.place.clone());
            }
        }
        for field in FIELDS_OF_WAYS_IN {
            for (event, change) in channel.changes(field) {
                let place = self.place_of_change(event, change);
                self.report_way_in(&described, &change.path, &place);
            }
        }
        let renew = channel.path("stay.renew");
        if self.word(&renew) == "re-entry"
            && let Some(said) = self.get(&renew)
        {
            self.report(
                Problem::error(format!("`{renew}`: nobody enters by {described}"))
                    .at(&said.place)
                    .expected("\"none\" or \"in country\"")
                    .cure("write renew = \"in country\""),
            );
        }
    }

    /// Reports a channel of claims that on any day gives a status that those recognised cannot
    /// have.
    fn check_status_of_claims(&mut self, channel: &Under<'_>) {
        let not_recognised = |status| matches!(status, Status::Pending | Status::Irregular);
        let mut told: Vec<(String, Place)> = Vec::new();
        let status = channel.path("gives.status");
        if let Some(said) = self.get(&status)
            && not_recognised(channel.rules().status)
        {
            told.push((status, said.place.clone()));
        }
        for (event, change) in channel.changes(Field::ChannelStatus) {
            if matches!(change.to, NewValue::Status(to) if not_recognised(to)) {
                told.push((change.path.clone(), self.place_of_change(event, change)));
            }
        }
        for (path, place) in told {
            self.report(
                Problem::error(format!(
                    "`{path}`: {} cannot give the status of a person who is not recognised",
                    channel.described()
                ))
                .at(&place)
                .expected("the status of a person who is recognised; until then it is pending")
                .cure("write \"protected\""),
            );
        }
    }

    fn report_way_in(&mut self, described: &str, path: &str, place: &Place) {
        self.report(
            Problem::error(format!(
                "`{path}` has no meaning for {described}: people who claim asylum are already in the country"
            ))
            .at(place)
            .expected("`open`, `origins`, `bars`, `requires`, `grounds`, `grant`, `decision`, `appeal`, `removal`, `stay` or `gives`")
            .cure("take it out; other channels say how people get into the country"),
        );
    }

    fn check_channel_without_claims(&mut self, channel: &Under<'_>) {
        // If the conditions could not be read, the channel may be one of claims.
        if self.get(&channel.path("requires")).is_none() {
            return;
        }
        for key in OF_CLAIMS {
            let path = channel.path(key);
            if self.get(&path).is_none() {
                continue;
            }
            let place = self.place_of(&path);
            self.report(
                Problem::error(format!(
                    "`{path}`: {} takes no claims to asylum",
                    channel.described()
                ))
                .at(&place)
                .expected("requires = [\"presence\"] in a channel of claims, which are made in the country")
                .cure(format!(
                    "add \"presence\" to `requires` of country.{}.channel.{}, or give the country a channel of claims",
                    channel.code, channel.name
                )),
            );
        }
    }
}
