//! Call-ups: who calls up how many, and whether there are enough persons to call up.

use super::Builder;
use crate::scenario::CallUp;
use crate::scenario::problem::Problem;
use crate::units::Duration;

impl Builder<'_> {
    /// Returns the call-up of an event, if it has one.
    pub(super) fn call_up(&mut self, event: &str) -> Option<CallUp> {
        let path = |key: &str| format!("event.{event}.call_up.{key}");
        let persons = self.count(&path("persons"))?;
        let origin = self.calls_up(event)?;
        self.check_eligible(&path("persons"), &origin, persons);
        Some(CallUp {
            origin: self
                .countries
                .get(origin.as_str())
                .copied()
                .unwrap_or_default(),
            persons,
            over: Duration::from_days(self.number(&path("over"))),
            service: self.known(&path("service")).map(Duration::from_days),
        })
    }

    /// Returns the country that calls up: the one that is named, or the only origin.
    fn calls_up(&mut self, event: &str) -> Option<String> {
        let path = format!("event.{event}.call_up.origin");
        let said = self.get(&path);
        let named = said.map(|_| self.word(&path).to_owned());
        let origin = match (&named, self.origins.len()) {
            (Some(origin), _) => Some(origin.clone()),
            (None, 1) => self.origins.first().cloned(),
            (None, _) => None,
        };
        if let Some(origin) = &origin
            && self.origins.contains(origin)
        {
            return Some(origin.clone());
        }
        let title = match &origin {
            Some(origin) => format!("`{path}`: nobody lives in {origin}"),
            None => format!("`{path}` is missing: there are several origins"),
        };
        let place = said.map_or_else(
            || self.place_of(&format!("event.{event}.call_up")),
            |said| said.place.clone(),
        );
        let origins: Vec<String> = self.origins.iter().cloned().collect();
        self.report(
            Problem::error(title)
                .at(&place)
                .expected(format!("an origin, one of {}", origins.join(", ")))
                .cure("add origin = \"...\" to the call-up"),
        );
        None
    }

    /// Checks that there are persons who can be called up, and enough of them.
    fn check_eligible(&mut self, path: &str, origin: &str, persons: u64) {
        let lives_there =
            |segment: &&String| self.word(&format!("segment.{segment}.origin")) == origin;
        let is_eligible =
            |segment: &&String| self.flag(&format!("segment.{segment}.draft_eligible"));
        let segments = self.names.segments.iter().filter(lives_there);
        let eligible: u64 = segments
            .filter(is_eligible)
            .filter_map(|segment| self.count(&format!("segment.{segment}.size")))
            .sum();
        let Some(said) = self.get(path) else { return };
        if eligible == 0 {
            self.report(
                Problem::error(format!("`{path}`: nobody in {origin} can be called up"))
                    .at(&said.place)
                    .expected("a segment of the origin with draft_eligible = true")
                    .cure("add draft_eligible = true to the segments that can be called up"),
            );
        } else if persons > eligible {
            self.report(
                Problem::warning(format!(
                    "`{path}` calls up {persons} persons, but only {eligible} are draft-eligible"
                ))
                .at(&said.place)
                .expected(format!("at most {eligible} persons"))
                .cure("correct the number, or leave it if the shortfall is the question"),
            );
        }
    }
}
