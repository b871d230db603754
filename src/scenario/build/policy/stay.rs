//! Checks of stays: windows and renewals.

use super::super::Builder;
use super::Under;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{Field, NewValue, RenewalKind};
use crate::units::{Dimension, print};

impl Builder<'_> {
    /// Checks on every day that a window is at least as long as the stay, and that both are whole
    /// days.
    pub(super) fn check_window(&mut self, channel: &Under<'_>) {
        if !channel.scenario.ever_has_window(channel.index) {
            return;
        }
        let stay = &channel.rules().stay;
        let days = |span: Option<crate::units::Duration>| span.map_or(f64::INFINITY, |s| s.days());
        let (mut length, mut window) = (days(stay.length), days(stay.within));
        let thing = format!("country.{}.channel.{}", channel.code, channel.name);
        let of_length = self.place_of_value(&channel.path("stay.length"), &thing);
        let of_window = self.place_of_value(&channel.path("stay.within"), &thing);
        self.check_whole_days(&channel.path("stay.length"), &of_length, length);
        self.check_whole_days(&channel.path("stay.within"), &of_window, window);
        self.check_holds(&channel.path("stay.within"), &of_window, length, window);
        let changes = channel.scenario.events.iter().flat_map(|event| {
            let changes = event.changes.iter().map(move |change| (event, change));
            changes.filter(|(_, change)| {
                let target = change.target;
                usize::from(target.index) == channel.index
                    && matches!(target.field, Field::StayLength | Field::StayWithin)
            })
        });
        // Changes in the same step are taken together, for a window may change along with its
        // length.
        let mut changes = changes.peekable();
        while let Some((event, change)) = changes.next() {
            let NewValue::Number(number) = change.to else {
                continue;
            };
            match change.target.field {
                Field::StayLength => length = number,
                _ => window = number,
            }
            let place = self.place_of_change(event, change);
            self.check_whole_days(&change.path, &place, number);
            let goes_on = changes
                .peek()
                .is_some_and(|(next, _)| next.step == event.step);
            if !goes_on {
                self.check_holds(&change.path, &place, length, window);
            }
        }
    }

    fn check_holds(&mut self, path: &str, place: &Place, length: f64, window: f64) {
        if window.is_infinite() || length <= window {
            return;
        }
        let days = |days: f64| print(days, Dimension::Duration, "");
        let window = days(window);
        let (title, cure) = if length.is_infinite() {
            (
                format!("`{path}`: a window of {window} and a stay without end"),
                format!(
                    "write length = \"90 days\" beside within = \"{window}\", or \"no window\""
                ),
            )
        } else {
            (
                format!(
                    "`{path}`: a window of {window} is shorter than the stay of {}",
                    days(length)
                ),
                "swap the two, or correct one of them".to_owned(),
            )
        };
        self.report(
            Problem::error(title)
                .at(place)
                .expected("a length of at most the window, such as 90 days within 180 days")
                .cure(cure),
        );
    }

    /// Reports a number of days that is not whole: the days within a window are counted one by one.
    fn check_whole_days(&mut self, path: &str, place: &Place, days: f64) {
        if days.is_infinite() || days == days.trunc() {
            return;
        }
        self.report(
            Problem::error(format!("`{path}` is {days} days, not a whole number"))
                .at(place)
                .expected("whole days where days within a window are counted")
                .cure(format!("write \"{} days\"", days.round())),
        );
    }

    /// Reports prices and chances of a renewal that no day allows.
    pub(super) fn check_renewal(&mut self, channel: &Under<'_>) {
        let ever = channel.rules().stay.renewal.kind != RenewalKind::None
            || channel
                .scenario
                .new_values(Field::Renew, channel.index)
                .any(|to| *to != NewValue::Renewal(RenewalKind::None));
        // A value that could not be read may allow renewals.
        if ever || self.get(&channel.path("stay.renew")).is_none() {
            return;
        }
        let cure = "write renew = \"in country\" or renew = \"re-entry\", or take it out";
        for key in ["stay.renew_cost", "stay.renew_success"] {
            if let Some(said) = self.get(&channel.path(key))
                && !said.preset
            {
                self.report(
                    Problem::warning(format!("`{}` has no effect", channel.path(key)))
                        .at(&said.place)
                        .expected("a price or chance only where the stay can be renewed")
                        .cure(cure),
                );
            }
        }
        for field in [Field::RenewCost, Field::RenewSuccess] {
            for (event, change) in channel.changes(field) {
                let place = self.place_of_change(event, change);
                self.report(
                    Problem::error(format!(
                        "stays by {} in {} cannot be renewed: there is nothing to change",
                        channel.name, channel.code
                    ))
                    .at(&place)
                    .expected("a channel whose stay can be renewed on some day")
                    .cure(format!(
                        "add renew = \"in country\" or \"re-entry\" to the stay of country.{}.channel.{}",
                        channel.code, channel.name
                    )),
                );
            }
        }
    }
}
