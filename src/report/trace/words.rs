//! Names of things in stories, and descriptions of what stands in the way.

use crate::model::Hurdle;
use crate::report::grouped;
use crate::scenario::{Condition, Field, Scenario};
use jiff::civil::Date;

/// The words of one scenario.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a>(pub &'a Scenario);

const CONDITIONS: [(Condition, &str); 5] = [
    (Condition::AtRisk, "no evidence of persecution"),
    (Condition::Ancestry, "no ancestry there"),
    (Condition::Kin, "no kin there"),
    (Condition::Employer, "no employer there"),
    (Condition::DraftNotice, "no call-up paper"),
];

impl<'a> Words<'a> {
    pub fn country(self, country: u16) -> &'a str {
        &self.0.countries[usize::from(country)].name
    }

    /// A channel by its country and name, such as "Coastia (visa-free)".
    pub fn way(self, channel: u16) -> String {
        let channel = &self.0.channels[usize::from(channel)];
        format!("{} ({})", self.country(channel.country), channel.name)
    }

    /// An amount of money in whole units of the currency.
    pub fn money(self, amount: f64) -> String {
        format!("{} {}", grouped(amount), self.0.currency)
    }

    /// The date of a time in days since the first day.
    pub fn date(self, time: f64) -> Date {
        let days = jiff::Span::new().try_days(time.floor() as i64);
        let start = self.0.calendar.start;
        days.and_then(|days| start.checked_add(days))
            .unwrap_or(Date::MAX)
    }

    /// Until when something lasts: "until 2031-08-20", or "indefinitely".
    pub fn until(self, day: Option<u16>) -> String {
        match day {
            Some(day) => format!("until {}", self.date(f64::from(day))),
            None => "indefinitely".to_owned(),
        }
    }

    pub fn documents(self, bits: u32) -> Vec<&'a str> {
        let documents = self.0.documents.iter().enumerate();
        documents
            .filter(|(number, _)| bits & (1 << number) != 0)
            .map(|(_, document)| document.name.as_str())
            .collect()
    }

    /// What keeps a person from a channel at `time`, in days since the first day.
    pub fn hurdles(self, channel: u16, list: &[Hurdle], time: f64) -> String {
        let words = list.iter().map(|hurdle| match *hurdle {
            Hurdle::Exit => "leaving is barred".to_owned(),
            Hurdle::Closed => self.since("closed", channel, &[Field::Open], time),
            Hurdle::Origin => self.since(
                "not for the person's citizenship",
                channel,
                &[Field::Origins],
                time,
            ),
            Hurdle::NobodyAdmitted => {
                let fields = [Field::Grant, Field::GrantFor, Field::Bars];
                self.since(
                    "nobody of the person's segment is admitted",
                    channel,
                    &fields,
                    time,
                )
            }
            Hurdle::Documents { all, any } => {
                let mut missing = vec![];
                if all != 0 {
                    missing.push(format!("no {}", self.documents(all).join(", no ")));
                }
                if any != 0 {
                    missing.push(format!("none of {}", self.documents(any).join(", ")));
                }
                let fields = [Field::Needs, Field::NeedsAny];
                self.since(&missing.join(", "), channel, &fields, time)
            }
            Hurdle::Conditions(bits) => {
                let missing = CONDITIONS
                    .iter()
                    .filter(|(c, _)| bits & (1 << *c as u8) != 0);
                let missing: Vec<&str> = missing.map(|(_, words)| *words).collect();
                self.since(&missing.join(", "), channel, &[Field::Requires], time)
            }
            Hurdle::Money(needed) => format!("takes {} in savings", self.money(needed)),
            Hurdle::RefusedLately => "refused the person lately".to_owned(),
            Hurdle::NoDaysLeft => "its days of stay are used up".to_owned(),
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// `what`, with the last event until then that changed one of the fields of a channel.
    fn since(self, what: &str, channel: u16, fields: &[Field], time: f64) -> String {
        let now = self.date(time);
        let last = self.0.events.iter().rfind(|event| {
            event.date <= now
                && event.changes.iter().any(|change| {
                    change.target.index == channel && fields.contains(&change.target.field)
                })
        });
        match last {
            Some(event) => format!("{what} since {} ({})", event.date, title(event)),
            None => what.to_owned(),
        }
    }

    /// Titles of the events that take effect on a day.
    pub fn events_of(self, time: f64) -> Vec<String> {
        let date = self.date(time);
        let steps = &self.0.calendar.steps;
        let acts = |event: &&crate::scenario::Event| {
            steps.get(event.step).is_some_and(|step| step.start == date) && event.step > 0
        };
        self.0.events.iter().filter(acts).map(title).collect()
    }

    /// A person by segment and index.
    pub fn person(self, (segment, index): (u16, u32)) -> String {
        format!("{}:{index}", self.0.segments[usize::from(segment)].name)
    }
}

fn title(event: &crate::scenario::Event) -> String {
    match event.title.is_empty() {
        true => event.name.clone(),
        false => event.title.clone(),
    }
}
