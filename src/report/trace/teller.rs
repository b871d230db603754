//! Goes through what was seen of a person and turns it into entries, by day.

use super::odds::tied;
use super::sentences;
use super::words::Words;
use super::{Entry, Life, Line};
use crate::draw::math::exp;
use crate::engine::{AtHome, Detail, Seen, Stay, Weighed};
use crate::model::Hurdle;
use crate::world::{FlowEvent, Hold};
use jiff::civil::Date;

/// Where a person is in their life.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum State {
    /// Content at home.
    Content,
    /// Wants to leave but cannot.
    Held(Hold),
    /// Has decided to leave and set a date.
    Departing,
    /// Waits for a decision, at home.
    Applying,
    /// Waits at a border.
    AtBorder,
    /// In a country.
    Abroad(u16),
    /// Detained or serving.
    Confined,
}

/// Tests of a wish that were in vain: how many, when the last one was, and what stood in the way then.
#[derive(Debug)]
struct Vain {
    times: usize,
    time: f64,
    hurdles: Vec<(u16, Vec<Hurdle>)>,
}

/// Tells a life.
#[derive(Debug)]
pub(super) struct Teller<'a> {
    pub words: Words<'a>,
    pub origin: u16,
    pub state: State,
    /// The hazards told or seen last.
    pub home: Option<AtHome>,
    pub stay: Option<Stay>,
    /// Whether the person is choosing what to do at the end of a stay or of savings.
    pub choosing: bool,
    /// What was weighed when the present wish arose.
    pub weighed: Option<Weighed>,
    entries: Vec<Entry>,
    /// The hazard of leaving that was told last, per year.
    told: Option<f64>,
    /// Hazards at home: integrated so far, and the highest per year with its date.
    sum: f64,
    highest: Option<(f64, Date)>,
    first: Option<f64>,
    /// Tests of the wish in vain that have not been told yet.
    vain: Option<Vain>,
}

/// The entries of a life, up to the last day of the run.
pub(super) fn tell(life: &Life<'_>) -> Vec<Entry> {
    let words = Words(life.scenario);
    let mut teller = Teller {
        words,
        origin: life.scenario.segments[usize::from(life.who.0)].origin,
        state: State::Content,
        home: None,
        stay: None,
        choosing: false,
        weighed: None,
        entries: Vec::new(),
        told: None,
        sum: 0.0,
        highest: None,
        first: None,
        vain: None,
    };
    let mut happened = false;
    for notice in life.notices {
        happened |= !matches!(notice.seen, Seen::Detail(_));
        teller.see(notice.time, &notice.seen);
    }
    teller.close(happened);
    teller.entries
}

/// The chance of an event within a year, from its hazard per year.
pub(super) fn within_a_year(hazard: f64) -> String {
    tied(1.0 - exp(-hazard))
}

impl Teller<'_> {
    /// Adds a line on a day.
    pub fn say(&mut self, time: f64, line: Line) {
        self.tell_vain();
        let date = self.words.date(time);
        self.put(date, line);
    }

    fn put(&mut self, date: Date, line: Line) {
        match self.entries.last_mut() {
            Some(entry) if entry.date == date => entry.lines.push(line),
            _ => self.entries.push(Entry {
                date,
                lines: vec![line],
            }),
        }
    }

    fn tell_vain(&mut self) {
        if let Some(vain) = self.vain.take() {
            let date = self.words.date(vain.time);
            let text = match vain.times {
                1 => "The wish is tested again, in vain: the person still cannot go.".to_owned(),
                times => {
                    format!("By then the wish has been tested {times} times, in vain.")
                }
            };
            self.put(date, Line::of("tested", text));
            if let Some(line) = sentences::in_the_way(self, vain.time, &vain.hurdles) {
                self.put(date, line);
            }
        }
    }

    fn see(&mut self, time: f64, seen: &Seen) {
        if let Seen::Detail(detail) = seen {
            match &**detail {
                Detail::AtHome(home) => return self.at_home(time, home),
                Detail::Abroad(stay) => {
                    self.stay = Some(*stay);
                    self.choosing = false;
                    return;
                }
                Detail::Tested {
                    goes: None,
                    hurdles,
                } => {
                    self.vain = Some(Vain {
                        times: 1 + self.vain.as_ref().map_or(0, |vain| vain.times),
                        time,
                        hurdles: hurdles.clone(),
                    });
                    return;
                }
                Detail::Choice { .. } => self.choosing = true,
                Detail::Weighed(weighed) => self.weighed = Some((**weighed).clone()),
                _ => {}
            }
        }
        for line in sentences::lines(self, time, seen) {
            self.say(time, line);
        }
        self.follow(seen);
    }

    /// At home and content: tells the chance of leaving at first, and whenever the hazard has doubled or fallen to a
    /// quarter.
    fn at_home(&mut self, time: f64, home: &AtHome) {
        let date = self.words.date(time);
        let hazard = home.leaving_per_year;
        self.sum += home.leaving;
        self.first.get_or_insert(hazard);
        if self.highest.is_none_or(|(highest, _)| hazard > highest) {
            self.highest = Some((hazard, date));
        }
        let changed = match self.told {
            None => true,
            Some(told) => hazard > 2.0 * told || 4.0 * hazard < told,
        };
        if changed {
            let what = match self.told {
                Some(told) if hazard > told => "rises to",
                Some(_) => "falls to",
                None => "is",
            };
            let chance = within_a_year(hazard);
            let text = format!(
                "At home; the chance of a wish to leave within a year, all else equal, {what} {chance}."
            );
            self.say(time, Line::of("at_home", text));
            let mut why = Vec::new();
            if home.ties > 1.0 {
                why.push(format!(
                    "ties who left lately multiply it by {:.1}",
                    home.ties
                ));
            }
            if home.case > 1.0 {
                why.push(format!(
                    "a case against the person multiplies it by {:.0}",
                    home.case
                ));
            }
            if let Some(detention) = home.detention_per_year.filter(|hazard| *hazard > 0.0) {
                why.push(format!("chance of detention {}", within_a_year(detention)));
            }
            let events = self.words.events_of(time);
            if !events.is_empty() && self.told.is_some() {
                why.push(format!("in the same step: {}", events.join("; ")));
            }
            if !why.is_empty() {
                self.say(time, Line::why(sentence(&why.join("; "))));
            }
            self.told = Some(hazard);
        }
        self.home = Some(*home);
        self.state = State::Content;
    }

    /// Updates where the person is after something has happened.
    fn follow(&mut self, seen: &Seen) {
        self.state = match *seen {
            Seen::Held(hold) => State::Held(hold),
            Seen::HeldBack => State::Held(Hold::Barred),
            Seen::SetsOut { .. } => State::Departing,
            Seen::Detained { .. } | Seen::CalledUp { .. } => State::Confined,
            Seen::Released | Seen::Faded => State::Content,
            Seen::Waits { .. } => State::AtBorder,
            Seen::Flow { event, to, .. } => match event {
                FlowEvent::Applied if !matches!(self.state, State::Abroad(_)) => State::Applying,
                FlowEvent::Arrived | FlowEvent::MovedOn => State::Abroad(to),
                FlowEvent::Returned | FlowEvent::Expelled => State::Content,
                _ => return,
            },
            _ => return,
        };
        if self.state == State::Content {
            // At home once more, so the chance is told anew.
            self.told = None;
        }
    }

    /// Tells the end of the story on the last day.
    fn close(&mut self, happened: bool) {
        self.tell_vain();
        let calendar = &self.words.0.calendar;
        let (start, end) = (calendar.start, calendar.end);
        let mut lines = Vec::new();
        if !happened {
            let text = format!("Nothing happened to this person from {start} to {end}.");
            lines.push(Line::of("nothing", text));
        } else {
            lines.push(Line::of(
                "end",
                format!("At the end: {}.", self.whereabouts()),
            ));
        }
        if let (State::Abroad(_), Some(stay)) = (self.state, self.stay) {
            lines.push(Line::why(chances_abroad(self.words, &stay)));
        }
        if let (Some(first), Some(home), Some((highest, date))) =
            (self.first, self.home, self.highest)
        {
            if matches!(self.state, State::Content) {
                lines.push(Line::why(format!(
                    "Chance of a wish to leave within a year: {} at the start, {} at the end, the \
                     highest {} from {date}.",
                    within_a_year(first),
                    within_a_year(home.leaving_per_year),
                    within_a_year(highest),
                )));
            }
            if !happened {
                lines.push(Line::why(format!(
                    "Over the whole time there was a chance of {} that a wish to leave would arise.",
                    tied(1.0 - exp(-self.sum))
                )));
            }
        }
        for line in lines {
            self.put(end, line);
        }
    }

    fn whereabouts(&self) -> String {
        let origin = self.words.country(self.origin);
        match self.state {
            State::Content => format!("at home in {origin}, without a wish to leave"),
            State::Held(hold) => {
                format!("at home in {origin}, held: {}", sentences::held_by(hold))
            }
            State::Departing => format!("at home in {origin}, about to leave"),
            State::Applying => format!("at home in {origin}, waiting for a decision"),
            State::AtBorder => "waiting at a border".to_owned(),
            State::Abroad(country) => format!("in {}", self.words.country(country)),
            State::Confined => format!("in {origin}, detained or in service"),
        }
    }
}

/// A sentence such as "Chance within a year, all else equal: return 4 %, a wish to move on 12 %.", and money if it is
/// followed.
pub(super) fn chances_abroad(words: Words<'_>, stay: &Stay) -> String {
    let mut text = format!(
        "Chance within a year, all else equal: return {}, a wish to move on {}",
        within_a_year(stay.return_per_year),
        within_a_year(stay.onward_per_year)
    );
    if let Some(hazard) = stay.rendition_per_year.filter(|hazard| *hazard > 0.0) {
        text.push_str(&format!(
            ", being handed over to the origin {}",
            within_a_year(hazard)
        ));
    }
    text.push('.');
    if let Some([savings, income, left]) = stay.money {
        text.push_str(&format!(
            " Savings {}; of an income of {} a month, {} are left over.",
            words.money(savings),
            words.money(income),
            words.money(left)
        ));
    }
    text
}

/// The text with a capital at the beginning and a full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}
