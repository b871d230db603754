//! Whether something holds on any day of a scenario: on the first day or after any event.

use super::{Field, NewValue, Scenario};

impl Scenario {
    /// Returns the countries (by index) in which segments live, in ascending order.
    pub fn origins(&self) -> Vec<u16> {
        let mut origins: Vec<u16> = self.segments.iter().map(|s| s.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }

    /// Whether the channel requires permission on any day.
    pub fn ever_needs_permission(&self, channel: usize) -> bool {
        self.channels[channel].permission
            || self
                .new_values(Field::Permission, channel)
                .any(|to| *to == NewValue::Flag(true))
    }

    /// Whether the channel has a quota on any day.
    pub fn ever_has_quota(&self, channel: usize) -> bool {
        self.channels[channel].quota.is_some()
            || self.new_values(Field::QuotaSize, channel).any(is_finite)
    }

    /// Whether stays by the channel have a window on any day. Only then are visits remembered.
    pub fn ever_has_window(&self, channel: usize) -> bool {
        self.channels[channel].stay.within.is_some()
            || self.new_values(Field::StayWithin, channel).any(is_finite)
    }

    /// Whether applicants ever wait, for a place or for a decision.
    pub fn ever_waits(&self, channel: usize) -> bool {
        self.ever_needs_permission(channel)
            && (self.channels[channel].decision.is_some() || self.ever_has_quota(channel))
    }

    /// By channel: whether it refuses anybody by mistake on any day.
    pub fn ever_refuse_by_mistake(&self) -> Vec<bool> {
        let errs = |share: f64| share > 0.0;
        let channels = self.channels.iter();
        let mut ever: Vec<bool> = channels
            .map(|channel| channel.also_refuses.iter().any(|(_, share)| errs(*share)))
            .collect();
        for change in self.events.iter().flat_map(|event| &event.changes) {
            if change.target.field == Field::AlsoRefuses
                && matches!(change.to, NewValue::Number(share) if errs(share))
            {
                ever[usize::from(change.target.index)] = true;
            }
        }
        ever
    }

    /// By channel: whether it bars segments, or has separate chances for some of them, on any day.
    pub fn ever_tell_segments_apart(&self) -> Vec<bool> {
        let channels = self.channels.iter();
        let mut apart: Vec<bool> = channels
            .map(|channel| !channel.bars.is_empty() || !channel.grant_for.is_empty())
            .collect();
        for change in self.events.iter().flat_map(|event| &event.changes) {
            let tells = match (&change.to, change.target.field) {
                (NewValue::Segments(segments), Field::Bars) => !segments.is_empty(),
                (_, Field::GrantFor) => true,
                _ => false,
            };
            if tells {
                apart[usize::from(change.target.index)] = true;
            }
        }
        apart
    }

    /// Returns the values that events give to a field of the thing at an index, in the order of the
    /// events.
    pub(crate) fn new_values(&self, field: Field, index: usize) -> impl Iterator<Item = &NewValue> {
        self.events
            .iter()
            .flat_map(|event| &event.changes)
            .filter(move |change| {
                change.target.field == field && usize::from(change.target.index) == index
            })
            .map(|change| &change.to)
    }
}

fn is_finite(value: &NewValue) -> bool {
    matches!(value, NewValue::Number(number) if number.is_finite())
}
