//! Events: when they act, what they change, whom their pulses concern.

use super::Builder;
use super::country::{conditions, status};
use super::segment::largest;
use crate::scenario::grammar::Key;
use crate::scenario::meaning::{ConcernedNames, Meaning, Said, TargetNames};
use crate::scenario::problem::Problem;
use crate::scenario::{
    Calendar, Change, Concerned, Departures, Event, Field, Motive, NewValue, Target,
};
use crate::units::Duration;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// From this many days on, an event that acts later than its date is worth a warning.
const LATE_DAYS: i32 = 3;

/// One change as a file says it.
struct Line<'a> {
    path: String,
    key: &'static Key,
    to: &'a Meaning,
    targets: &'a [TargetNames],
    over: Option<Duration>,
    said: &'a Said,
}

impl<'a> Builder<'a> {
    pub(super) fn events(&mut self, calendar: &Calendar) -> Vec<Event> {
        let names = self.names;
        let mut ramped: BTreeMap<Target, &'a Said> = BTreeMap::new();
        let mut endless: Vec<Target> = Vec::new();
        let mut events: Vec<Event> = names
            .events
            .iter()
            .filter_map(|name| self.event(name, calendar, &mut ramped, &mut endless))
            .collect();
        for target in endless {
            if let Some(said) = ramped.get(&target) {
                self.report(
                    Problem::error("a ramp of a stay that is without end")
                        .at(&said.place)
                        .expected("a stay that has a length before the ramp and after it")
                        .cure("set the length instead of ramping it"),
                );
            }
        }
        events.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
        events
    }

    fn event(
        &mut self,
        name: &str,
        calendar: &Calendar,
        ramped: &mut BTreeMap<Target, &'a Said>,
        endless: &mut Vec<Target>,
    ) -> Option<Event> {
        let path = |key: &str| format!("event.{name}.{key}");
        let lines = self.lines(name);
        let mut changes = Vec::new();
        let mut taken: BTreeMap<(Target, bool), String> = BTreeMap::new();
        for line in &lines {
            let by_group = line.targets.len() != 1 || !line.path.contains(&line.targets[0].country);
            for names in line.targets {
                let Some(target) = self.target(line, names) else {
                    continue;
                };
                if let Some(earlier) = taken.insert((target, by_group), line.path.clone()) {
                    self.report(
                        Problem::error(if earlier == line.path {
                            format!("`{earlier}` is both set and ramped")
                        } else {
                            format!("`{}` and `{earlier}` change the same thing", line.path)
                        })
                        .at(&line.said.place)
                        .expected("one change of a thing in one event")
                        .cure("keep one of them, or make two events"),
                    );
                }
                if line.over.is_some() {
                    ramped.insert(target, line.said);
                }
                let before = format!(
                    "country.{}.channel.{}.stay.length",
                    names.country,
                    names.thing.as_deref().unwrap_or("")
                );
                let endless_before = matches!(
                    self.get(&before).map(|said| &said.meaning),
                    Some(Meaning::WithoutEnd)
                );
                if target.field == Field::StayLength
                    && (*line.to == Meaning::WithoutEnd || endless_before)
                {
                    endless.push(target);
                }
                changes.push(Change {
                    path: line.path.clone(),
                    target,
                    to: self.new_value(line.key, line.to),
                    over: line.over,
                });
            }
        }
        let departures = self.departures(name);
        self.check_purpose(name, !lines.is_empty());
        let (date, step) = self.acts(name, calendar)?;
        Some(Event {
            name: name.to_owned(),
            title: self.text(&path("title")).unwrap_or(name).to_owned(),
            source: self.text(&path("source")).unwrap_or_default().to_owned(),
            date,
            step,
            changes,
            departures,
        })
    }

    /// What an event sets and ramps: first what it says of groups, then of single countries, so
    /// that the exception wins; each by path.
    fn lines(&self, name: &str) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        let prefix = format!("event.{name}.");
        for (below, said) in self.below(&format!("event.{name}")) {
            let Meaning::Change { key, to, targets } = &said.meaning else {
                continue;
            };
            let over = below.strip_suffix(".to").and_then(|ramp| {
                self.known(&format!("{prefix}{ramp}.over"))
                    .map(Duration::from_days)
            });
            let path: String = below
                .trim_start_matches("set.")
                .trim_start_matches("ramp.")
                .trim_end_matches(".to")
                .replace('"', "");
            lines.push(Line {
                path,
                key,
                to,
                targets,
                over,
                said,
            });
        }
        let of_country = |line: &Line<'_>| {
            line.path
                .split('.')
                .nth(1)
                .is_some_and(|name| self.names.countries.contains_key(name))
        };
        lines.sort_by_key(|line| (of_country(line), line.path.clone(), line.over.is_some()));
        lines
    }

    /// The field that a change acts on, if it exists.
    fn target(&mut self, line: &Line<'_>, names: &TargetNames) -> Option<Target> {
        let field = line.key.field?;
        let country = names.country.as_str();
        let index = match &names.thing {
            None => *self.countries.get(country)?,
            Some(thing) if field == Field::ExitShare => {
                *self.exits.get(&(thing.as_str(), country))?
            }
            Some(thing) => {
                let renew = format!("country.{country}.channel.{thing}.stay.renew");
                let renewable = self.word(&renew) == "in country";
                if matches!(field, Field::RenewSuccess | Field::RenewCost) && !renewable {
                    self.report(
                        Problem::error(format!("stays by {thing} in {country} cannot be renewed: there is nothing to change"))
                            .at(&line.said.place)
                            .expected("a channel with stay.renew = \"in country\"")
                            .cure(format!("write renew = \"in country\" for country.{country}.channel.{thing}")),
                    );
                }
                *self.channels.get(&(country, thing.as_str()))?
            }
        };
        Some(Target { field, index })
    }

    fn new_value(&self, key: &Key, to: &Meaning) -> NewValue {
        match to {
            Meaning::Flag(flag) => NewValue::Flag(*flag),
            Meaning::Word(word) => NewValue::Status(status(word)),
            Meaning::WithoutEnd => NewValue::Number(f64::INFINITY),
            Meaning::Number(number) => NewValue::Number(*number),
            Meaning::Names(names) => {
                let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
                match key.field {
                    Some(Field::Origins) => NewValue::Countries(self.country_set(words)),
                    Some(Field::Needs) => NewValue::Bits(self.documents_as_bits(&words)),
                    _ => NewValue::Bits(u32::from(conditions(words))),
                }
            }
            // No other kind of key can be changed by events.
            _ => NewValue::Number(0.0),
        }
    }

    /// An event that does nothing, or that does not say how it is known.
    fn check_purpose(&mut self, name: &str, changes: bool) {
        let place = self.place_of(&format!("event.{name}"));
        let says = |key: &str| {
            crate::scenario::load::find(
                self.table,
                &["event".to_owned(), name.to_owned(), key.to_owned()],
            )
            .is_some()
        };
        let (pulses, sets, known) = (
            says("departures"),
            says("set") || says("ramp"),
            says("known"),
        );
        if !pulses && !sets {
            self.report(
                Problem::error(format!("the event `{name}` does nothing"))
                    .at(&place)
                    .expected("set, ramp or departures")
                    .cure("write set.\"PATH\" = value, or take the event out"),
            );
        } else if (sets || changes) && !known {
            self.report(
                Problem::error(format!("the event `{name}` does not say how it is known"))
                    .at(&place)
                    .expected("known = \"at once\": beliefs that lag are not built yet")
                    .cure("write known = \"at once\""),
            );
        }
    }

    /// The date of an event and the step from which it acts.
    fn acts(&mut self, name: &str, calendar: &Calendar) -> Option<(Date, usize)> {
        let said = self.get(&format!("event.{name}.date"))?;
        let Meaning::Date(date) = said.meaning else {
            return None;
        };
        if calendar.steps.is_empty() {
            return None;
        }
        if date < calendar.start || date > calendar.end {
            self.report(
                Problem::error(format!("the event `{name}` lies outside the period"))
                    .at(&said.place)
                    .expected(format!("a day from {} to {}", calendar.start, calendar.end))
                    .cure(format!(
                        "correct the date, or write drop = [\"event.{name}\"]"
                    )),
            );
            return None;
        }
        let step = calendar.steps.partition_point(|step| step.start < date);
        let Some(first) = calendar.steps.get(step) else {
            self.report(
                Problem::error(format!("the event `{name}` would act after the end"))
                    .at(&said.place)
                    .expected("a step that begins on or after the date of an event")
                    .cure("let the period end later, write finer steps, or take the event out"),
            );
            return None;
        };
        let late = date.until(first.start).map_or(0, |span| span.get_days());
        if late > LATE_DAYS {
            self.report(
                Problem::warning(format!(
                    "the event `{name}` acts from {}, {late} days after its date",
                    first.start
                ))
                .at(&said.place)
                .expected("a step that begins within three days")
                .cure(finer_steps(calendar, step)),
            );
        }
        Some((date, step))
    }

    /// Departures in proportion to a dissent that nobody has would silently be none.
    fn check_dissent(&mut self, origin: &str, path: &str, said: &Said) {
        let dissents = self.names.segments.iter().filter(|segment| {
            let lives_there = self.word(&format!("segment.{segment}.origin")) == origin;
            lives_there
                && match self.get(&format!("segment.{segment}.dissent")) {
                    Some(Said {
                        meaning: Meaning::Distribution(distribution),
                        ..
                    }) => largest(distribution) > 0.0,
                    // Missing or unreadable, which was reported.
                    _ => true,
                }
        });
        if dissents.count() == 0 {
            self.report(
                Problem::error(format!("`{path}`: nobody in {origin} has any dissent"))
                    .at(&said.place)
                    .expected("a segment with dissent above zero")
                    .cure("give a segment of the origin dissent, or name the segments concerned"),
            );
        }
    }

    fn departures(&mut self, name: &str) -> Option<Departures> {
        let path = |key: &str| format!("event.{name}.departures.{key}");
        let said = self.get(&path("concerned"))?;
        let Meaning::Concerned(concerned) = &said.meaning else {
            return None;
        };
        let concerned = match concerned {
            ConcernedNames::Segments(names) => {
                let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
                Concerned::Segments(self.segment_set(&names))
            }
            ConcernedNames::InProportionToDissent { origin } => {
                let origin = match (origin, self.origins.len()) {
                    (Some(origin), _) => Some(origin.clone()),
                    (None, 1) => self.origins.first().cloned(),
                    (None, _) => None,
                };
                match origin {
                    Some(origin) if self.origins.contains(&origin) => {
                        self.check_dissent(&origin, &path("concerned"), said);
                        let index = self.countries.get(origin.as_str()).copied();
                        Concerned::InProportionToDissent(index.unwrap_or_default())
                    }
                    other => {
                        let origins: Vec<String> = self.origins.iter().cloned().collect();
                        let title = match other {
                            Some(origin) => format!("nobody lives in {origin}"),
                            None => "there are several origins".to_owned(),
                        };
                        self.report(
                            Problem::error(format!("`{}`: {title}", path("concerned")))
                                .at(&said.place)
                                .expected(format!("an origin, one of {}", origins.join(", ")))
                                .cure("write { in_proportion_to = \"dissent\", origin = \"...\" }"),
                        );
                        return None;
                    }
                }
            }
        };
        Some(Departures {
            excess: self.number(&path("excess")),
            half_life: Duration::from_days(self.number(&path("half_life"))),
            concerned,
            motive: match self.word(&path("motive")) {
                "mobilisation" => Motive::Mobilisation,
                "conscience" => Motive::Conscience,
                "persecution" => Motive::Persecution,
                "hardship" => Motive::Hardship,
                _ => Motive::Ordinary,
            },
        })
    }
}

/// The window of finer steps that would let an event act on its date: the step before the one from
/// which it acts now.
fn finer_steps(calendar: &Calendar, step: usize) -> String {
    let before = step
        .checked_sub(1)
        .and_then(|before| calendar.steps.get(before));
    let window = before
        .zip(calendar.steps.get(step))
        .and_then(|(before, next)| {
            let to = next.start.yesterday().ok()?;
            Some(format!(
                "add {{ from = {}, to = {to}, step = \"1 day\" }} to time.fine",
                before.start
            ))
        });
    window.unwrap_or_else(|| "write finer steps around the date: time.fine".to_owned())
}
