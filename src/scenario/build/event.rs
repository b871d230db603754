//! Building events: when they act, what they change, whom their pulses concern.

use super::Builder;
use super::channel::{conditions, renewal, status};
use super::segment::largest;
use crate::scenario::grammar::{Key, Kind};
use crate::scenario::meaning::{ConcernedNames, Meaning, Said, TargetNames};
use crate::scenario::problem::Problem;
use crate::scenario::{
    AppliesTo, Calendar, Change, Concerned, Departures, Event, Field, Motive, NewValue, Target,
    Trigger,
};
use crate::units::Duration;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An event that acts more than this many days after its date is worth a warning.
const LATE_DAYS: i32 = 3;

/// A change as a file gives it.
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
        let mut ramped: BTreeMap<Target, (String, &'a Said)> = BTreeMap::new();
        let mut endless: Vec<Target> = Vec::new();
        let mut events: Vec<Event> = names
            .events
            .iter()
            .filter_map(|name| self.event(name, calendar, &mut ramped, &mut endless))
            .collect();
        for target in endless {
            if let Some((path, said)) = ramped.get(&target) {
                self.report(
                    Problem::error(format!("`{path}` has no number to ramp from or to"))
                        .at(&said.place)
                        .expected(
                            "a number before the ramp and after it: a straight line needs both",
                        )
                        .cure("set the number instead of ramping it"),
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
        ramped: &mut BTreeMap<Target, (String, &'a Said)>,
        endless: &mut Vec<Target>,
    ) -> Option<Event> {
        let path = |key: &str| format!("event.{name}.{key}");
        let lines = self.lines(name);
        let mut changes = Vec::new();
        let mut taken: BTreeMap<(Target, bool), String> = BTreeMap::new();
        for line in &lines {
            let by_group = !self.names.is_of_one_thing(&line.path);
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
                    ramped.insert(target, (line.path.clone(), line.said));
                }
                let before = self.get(&names.path(line.key));
                let unlimited = |meaning: &Meaning| *meaning == Meaning::Unlimited;
                let may_be_unlimited = matches!(line.key.kind, Kind::NumberOr(..));
                if may_be_unlimited
                    && (unlimited(line.to) || before.is_none_or(|said| unlimited(&said.meaning)))
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
        self.check_purpose(name);
        let when = self.trigger(name);
        let (date, step) = match when {
            Some(_) => (calendar.end, Event::NOT_YET),
            None => self.acts(name, calendar)?,
        };
        Some(Event {
            name: name.to_owned(),
            title: self.text(&path("title")).unwrap_or(name).to_owned(),
            source: self.text(&path("source")).unwrap_or_default().to_owned(),
            date,
            step,
            when,
            announced: self.date(&path("announced")),
            known_at_once: self.word(&path("known")) == "at once",
            applies_to: match self.word(&path("applies_to")) {
                "all" => AppliesTo::All,
                _ => AppliesTo::New,
            },
            changes,
            departures,
            call_up: self.call_up(name),
        })
    }

    /// Returns what an event sets and ramps, by path: changes for groups before those for single
    /// countries, so that the exception wins.
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
        lines.sort_by_key(|line| {
            let of_one = self.names.is_of_one_thing(&line.path);
            (of_one, line.path.clone(), line.over.is_some())
        });
        lines
    }

    /// Returns the field that a change acts on, if it exists.
    fn target(&self, line: &Line<'_>, names: &TargetNames) -> Option<Target> {
        let field = line.key.field?;
        let (index, member) = match names {
            TargetNames::Alone(name) => {
                let of_kind = match field {
                    Field::Issued => &self.documents,
                    _ => &self.borders,
                };
                (of_kind.get(name.as_str()), None)
            }
            TargetNames::OfCountry {
                country,
                thing,
                member,
            } => {
                let country = country.as_str();
                let index = match thing {
                    None => self.countries.get(country),
                    Some(thing) if field == Field::ExitShare => {
                        self.exits.get(&(thing.as_str(), country))
                    }
                    Some(thing) => self.channels.get(&(country, thing.as_str())),
                };
                (index, member.as_deref())
            }
        };
        let member = match member {
            Some(name) if matches!(field, Field::GrantFor | Field::AlsoRefuses) => {
                *self.segments.get(name)?
            }
            Some(name) => *self.countries.get(name)?,
            None => 0,
        };
        Some(Target {
            field,
            index: *index?,
            member,
        })
    }

    fn new_value(&self, key: &Key, to: &Meaning) -> NewValue {
        match to {
            Meaning::Flag(flag) => NewValue::Flag(*flag),
            Meaning::Word(word) => match key.field {
                Some(Field::Renew) => NewValue::Renewal(renewal(word)),
                _ => NewValue::Status(status(word)),
            },
            Meaning::Unlimited => NewValue::Number(f64::INFINITY),
            Meaning::Number(number) => NewValue::Number(*number),
            Meaning::Names(names) => {
                let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
                match key.field {
                    Some(Field::Origins) => NewValue::Countries(self.country_set(words)),
                    Some(Field::Needs | Field::NeedsAny) => {
                        NewValue::Bits(self.documents_as_bits(&words))
                    }
                    Some(Field::Bars) => NewValue::Segments(self.segment_set(&words)),
                    _ => NewValue::Bits(u32::from(conditions(words))),
                }
            }
            // Events can change no other kind of key.
            _ => NewValue::Number(0.0),
        }
    }

    /// Reports an event that does nothing.
    fn check_purpose(&mut self, name: &str) {
        let place = self.place_of(&format!("event.{name}"));
        let says = |key: &str| {
            crate::scenario::load::find(
                self.table,
                &["event".to_owned(), name.to_owned(), key.to_owned()],
            )
            .is_some()
        };
        if !["departures", "call_up", "set", "ramp"]
            .into_iter()
            .any(says)
        {
            self.report(
                Problem::error(format!("the event `{name}` does nothing"))
                    .at(&place)
                    .expected("set, ramp, departures or call_up")
                    .cure("write set.\"PATH\" = value, or take the event out"),
            );
        }
    }

    /// Returns what an event waits for in place of a date. An event must have exactly one of the
    /// two.
    fn trigger(&mut self, name: &str) -> Option<Trigger> {
        let path = |key: &str| format!("event.{name}.{key}");
        let says = |key: &str| {
            let parts = ["event".to_owned(), name.to_owned(), key.to_owned()];
            crate::scenario::load::find(self.table, &parts).map(|entry| entry.key.clone())
        };
        let (date, when) = (says("date"), says("when"));
        match (&date, &when) {
            (None, None) => {
                let place = self.place_of(&format!("event.{name}"));
                self.report(
                    Problem::error(format!("`{}` is missing", path("date")))
                        .at(&place)
                        .expected("the day from which the event acts, or `when`: what it waits for")
                        .cure("write date = 2022-02-01"),
                );
            }
            (Some(_), Some(place)) => self.report(
                Problem::error(format!(
                    "the event `{name}` has a date, but also waits for a public"
                ))
                .at(place)
                .expected("`date` or `when`, not both")
                .cure("take one of them out, or make two events"),
            ),
            _ => {}
        }
        let place = when?;
        if let Some(said) = self.get(&path("announced")) {
            self.report(
                Problem::error(format!(
                    "the event `{name}` has a day of announcement, but no date"
                ))
                .at(&said.place)
                .expected("an event with a date; one that waits is announced when it acts")
                .cure("take `announced` out"),
            );
        }
        let code = self.word(&path("when.country"));
        let things = self.names.countries.get(code);
        if things.is_some_and(|things| things.channels.is_empty()) {
            self.report(
                Problem::error(format!(
                    "the event `{name}` waits for the public of {code}, but nobody can go there"
                ))
                .at(&place)
                .expected("a country that has channels")
                .cure("name another country"),
            );
        }
        let on = ["attitudes.on", "attitudes.reactions"].map(|key| format!("behaviour.{key}"));
        if let Some(off) = on
            .iter()
            .find(|key| self.get(key).is_some() && !self.flag(key))
        {
            self.report(
                Problem::warning(format!("the event `{name}` never acts: {off} is off"))
                    .at(&place)
                    .expected(
                        "attitudes and reactions that are on, for an event that waits for a public",
                    )
                    .cure(format!(
                        "write {off} = true, or leave it if policy is not to react"
                    )),
            );
        }
        Some(Trigger {
            country: self.countries.get(code).copied().unwrap_or_default(),
            wanting_restriction: self.number(&path("when.wanting_restriction")),
            lasting: Duration::from_days(self.number(&path("when.for"))),
        })
    }

    /// Returns the date of an event and the step from which it acts.
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
                Problem::error(format!(
                    "the event `{name}` would act after the end of the period"
                ))
                .at(&said.place)
                .expected("a step that begins on or after the date of an event")
                .cure("end the period later, write finer steps, or take the event out"),
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

    /// Reports departures in proportion to a dissent that nobody has, which would silently be none.
    fn check_dissent(&mut self, origin: &str, path: &str, said: &Said) {
        let dissents = self.names.segments.iter().filter(|segment| {
            let lives_there = self.word(&format!("segment.{segment}.origin")) == origin;
            lives_there
                && match self.get(&format!("segment.{segment}.dissent")) {
                    Some(Said {
                        meaning: Meaning::Distribution(distribution),
                        ..
                    }) => largest(distribution) > 0.0,
                    // Missing or unreadable, which was already reported.
                    _ => true,
                }
        });
        if dissents.count() == 0 {
            self.report(
                Problem::error(format!("`{path}`: nobody in {origin} has any dissent"))
                    .at(&said.place)
                    .expected("a segment with dissent above zero")
                    .cure(
                        "give a segment of the origin some dissent, or name the segments concerned",
                    ),
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

/// Returns a cure: the window of finer steps that would let an event act on its date, in place of
/// the step before the one from which it acts now.
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
    window.unwrap_or_else(|| "add finer steps around the date to time.fine".to_owned())
}
