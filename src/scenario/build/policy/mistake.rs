//! Checks of refusals by mistake: whom they can catch.

use super::super::Builder;
use super::Under;
use crate::scenario::Field;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;

impl Builder<'_> {
    pub(super) fn check_mistakes(&mut self, channel: &Under<'_>) {
        let told = self.told_of_mistakes(channel);
        if channel.rules().asylum.is_some() {
            for (path, place, _) in told {
                self.report_mistaken_claim(channel, &path, &place);
            }
            return;
        }
        for (path, place, segment) in told {
            self.check_of_origin(channel, &path, &place, &[segment]);
            self.check_not_barred(channel, &path, &place, segment);
        }
    }

    /// Returns what files and events give for refusals by mistake: path, place and segment.
    fn told_of_mistakes(&self, channel: &Under<'_>) -> Vec<(String, Place, u16)> {
        let mut told = Vec::new();
        for (segment, _) in &channel.rules().also_refuses {
            let name = &channel.scenario.segments[usize::from(*segment)].name;
            let path = channel.path(&format!("also_refuses.{name}"));
            let place = self.place_of(&path);
            told.push((path, place, *segment));
        }
        for (event, change) in channel.changes(Field::AlsoRefuses) {
            let place = self.place_of_change(event, change);
            told.push((change.path.clone(), place, change.target.member));
        }
        told
    }

    fn report_mistaken_claim(&mut self, channel: &Under<'_>, path: &str, place: &Place) {
        self.report(
            Problem::error(format!(
                "`{path}` has no meaning for {}: nobody gets in by it",
                channel.described()
            ))
            .at(place)
            .expected("a way in; how far offices err about claims to asylum is behaviour.asylum.missed and behaviour.asylum.mistaken")
            .cure("take it out, or move it to the channel by which these persons come"),
        );
    }

    /// Warns of mistakes about a segment that is barred on every day: its persons are refused on
    /// purpose.
    fn check_not_barred(&mut self, channel: &Under<'_>, path: &str, place: &Place, segment: u16) {
        let barred_for_good = channel.rules().bars.contains(&segment)
            && channel.changes(Field::Bars).next().is_none();
        if !barred_for_good {
            return;
        }
        let name = &channel.scenario.segments[usize::from(segment)].name;
        self.report(
            Problem::warning(format!("`{path}` has no effect: {name} is barred"))
                .at(place)
                .expected("a share for a segment that is not among `bars`")
                .cure("take it out, or take the segment out of `bars`: barred persons are refused on purpose"),
        );
    }
}
