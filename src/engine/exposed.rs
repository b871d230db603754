//! What a block keeps about the ties of its persons: who left, who was detained, who lives where.

use super::by_position::ByPosition;
use super::lists::{give_back, make_room};
use crate::model::Contagion;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is known of one tie of a person, 8 bytes. It is a single number because sorting these is most of
/// the work of spreading news. From the highest bit: position of the person in its block (17 bits), number
/// of the tie among those of the person (6), whether it is about a detention (1), country (16), six unused
/// bits, whether the tie lives there (1), whether the day counts (1), day (16).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Exposure(u64);

const DETAINED: u64 = 1 << 40;
const LIVES: u64 = 1 << 17;
const DATED: u64 = 1 << 16;

/// What has happened to a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The tie now lives in a country or, if `None`, no longer lives abroad; with the day on which it left
    /// home, if it has just left.
    Moved(Option<u16>, Option<u16>),
    /// The tie was detained on a day.
    Detained(u16),
}

impl Exposure {
    /// An event of the tie with a number among those of the person at a position in the block. Days are
    /// whole days since the first day of the scenario.
    pub fn new(position: u32, number: u8, event: Event) -> Self {
        let tie = (u64::from(position) << 47) | (u64::from(number) << 41);
        let dated = |day: Option<u16>| day.map_or(0, |day| DATED | u64::from(day));
        Self(
            tie | match event {
                Event::Moved(country, left) => {
                    let lives = country.map_or(0, |country| LIVES | (u64::from(country) << 24));
                    lives | dated(left)
                }
                Event::Detained(day) => DETAINED | dated(Some(day)),
            },
        )
    }

    /// The person's position in its block.
    pub fn position(self) -> u32 {
        (self.0 >> 47) as u32
    }

    /// Position, number and matter (a move or a detention): news replaces what is known of the same subject.
    fn subject(self) -> u64 {
        self.0 >> 40
    }

    fn is_detention(self) -> bool {
        self.0 & DETAINED != 0
    }

    fn country(self) -> Option<u16> {
        (self.0 & LIVES != 0).then_some((self.0 >> 24) as u16)
    }

    /// Whether the event of its day still counts on the later day `day`.
    fn counts(self, contagion: &Contagion, day: u32) -> bool {
        // (`&` and not `&&`, for one branch instead of two: which of them fails is unpredictable.)
        (self.0 & DATED != 0) & contagion.counts(self.0 as u16, day)
    }

    /// Combines it with later news of the same subject: a departure stays known while its tie moves on.
    fn followed_by(self, later: Self) -> Self {
        let known = DATED | u64::from(u16::MAX);
        if later.0 & DATED != 0 {
            later
        } else {
            Self(later.0 | (self.0 & known))
        }
    }
}

impl fmt::Debug for Exposure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, day) = ((self.0 >> 41) & 63, self.0 as u16);
        let matter = if self.is_detention() { "detained" } else { "" };
        let dated = if self.0 & DATED != 0 { "" } else { "undated " };
        write!(f, "{} {number} {matter}", self.position())?;
        write!(f, "{dated}{day} {:?}", self.country())
    }
}

/// How ties affect a person on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circle {
    /// Ties that left lately.
    pub left: usize,
    /// Ties that were detained lately.
    pub detained: usize,
    /// Ties in the country where most of them live.
    pub most_kin: usize,
}

/// What a block keeps about ties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposed {
    /// In order, at most one per tie and matter.
    list: Vec<Exposure>,
    /// Positions of persons whose present aspiration came of ties.
    moved: ByPosition<()>,
    /// Events of the present step that happened to persons of the block, in order of time for each.
    #[serde(skip)]
    pub events: Vec<(u32, Event)>,
    /// Events of the present step that happened to ties of persons of the block.
    #[serde(skip)]
    pub news: Vec<Exposure>,
}

impl Exposed {
    /// Whether the contents are valid for a block of `length` persons.
    pub fn is_sound(&self, length: u32) -> bool {
        let mut known = self.list.iter().map(|tie| tie.position());
        known.all(|position| position < length) && self.moved.is_sound(length)
    }

    /// Notes that a person's aspiration came of ties.
    pub fn note(&mut self, position: u32) {
        self.moved.insert(position, ());
    }

    /// Forgets a person's aspiration: the person is content again, or has left. Returns whether it came of ties.
    pub fn forget(&mut self, position: u32) -> bool {
        self.moved.remove(position)
    }

    /// Settles the list of aspirations at the end of a pass over the block.
    pub fn settle(&mut self) {
        self.moved.settle();
    }

    /// Whether no aspiration has been noted or forgotten since the last [`settle`](Self::settle).
    pub fn is_settled(&self) -> bool {
        self.moved.is_settled()
    }

    /// What is known of the ties of each person about whom anything is, in order of position.
    pub fn of_each(&self) -> impl Iterator<Item = (u32, &[Exposure])> {
        let of_one = |a: &Exposure, b: &Exposure| a.position() == b.position();
        let persons = self.list.chunk_by(of_one);
        persons.map(|ties| (ties[0].position(), ties))
    }

    /// What is known of all ties, in order of the positions of their persons.
    pub fn of_all(&self) -> &[Exposure] {
        &self.list
    }

    /// What is known of the ties of a person.
    #[inline]
    pub fn of(&self, position: u32) -> &[Exposure] {
        if self.list.is_empty() {
            return &[];
        }
        let begin = self.list.partition_point(|tie| tie.position() < position);
        let rest = &self.list[begin..];
        let end = rest.iter().position(|tie| tie.position() != position);
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The leading ties in `ties` that belong to the same person as the first one.
    pub fn of_first(ties: &[Exposure]) -> &[Exposure] {
        let of_one = |a: &Exposure, b: &Exposure| a.position() == b.position();
        ties.chunk_by(of_one).next().unwrap_or_default()
    }

    /// How these ties affect their person on a day; `follows` says whether it matters where they live.
    #[inline]
    pub fn circle(ties: &[Exposure], contagion: &Contagion, day: u32, follows: bool) -> Circle {
        let mut circle = Circle {
            left: 0,
            detained: 0,
            most_kin: 0,
        };
        for (number, tie) in ties.iter().enumerate() {
            if tie.counts(contagion, day) {
                if tie.is_detention() {
                    circle.detained += 1;
                } else {
                    circle.left += 1;
                }
            }
            if let Some(country) = tie.country().filter(|_| follows) {
                let there = |tie: &&Exposure| tie.country() == Some(country);
                let before = ties[..number].iter().filter(there).count();
                circle.most_kin = circle.most_kin.max(before + 1);
            }
        }
        circle
    }

    /// The countries where these ties live, ascending, each with the number of ties there.
    pub fn countries(ties: &[Exposure]) -> Vec<(u16, usize)> {
        let mut countries: Vec<(u16, usize)> = Vec::new();
        for country in ties.iter().filter_map(|tie| tie.country()) {
            match countries.binary_search_by_key(&country, |entry| entry.0) {
                Ok(place) => countries[place].1 += 1,
                Err(place) => countries.insert(place, (country, 1)),
            }
        }
        countries
    }

    /// Whether one of these ties lives in a country.
    pub fn lives_in(ties: &[Exposure], country: u16) -> bool {
        ties.iter().any(|tie| tie.country() == Some(country))
    }

    /// Merges the news of a step that ended on `day`, and drops what no longer counts. `merged` is a buffer: allocating
    /// a new list for every block in every step would fragment memory.
    pub fn take_news(&mut self, contagion: &Contagion, day: u32, merged: &mut Vec<Exposure>) {
        // (The memory is released: a wave brings many events, and every block has such a list.)
        self.events = Vec::new();
        let mut news = std::mem::take(&mut self.news);
        // (A step may be longer than the window.)
        let says = |tie: &Exposure| (tie.0 & LIVES != 0) | tie.counts(contagion, day);
        self.list.retain(says);
        if news.is_empty() {
            return;
        }
        // There is at most one item per subject, so numerical order is the order of subjects.
        news.sort_unstable();
        // News is small compared with what is known, which is therefore copied in runs.
        merged.clear();
        let mut rest = self.list.as_slice();
        for tie in news {
            let before = rest.partition_point(|known| known.subject() < tie.subject());
            merged.extend_from_slice(&rest[..before]);
            rest = &rest[before..];
            let known = rest
                .first()
                .filter(|known| known.subject() == tie.subject());
            let tie = known.map_or(tie, |known| {
                rest = &rest[1..];
                known.followed_by(tie)
            });
            merged.extend(Some(tie).filter(says));
        }
        merged.extend_from_slice(rest);
        self.list.clear();
        make_room(&mut self.list, merged.len());
        self.list.extend_from_slice(merged);
        give_back(&mut self.list);
    }

    /// Bytes occupied.
    pub fn bytes(&self) -> usize {
        self.list.capacity() * size_of::<Exposure>() + self.moved.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Duration;

    fn rule() -> Contagion {
        Contagion::new(&crate::scenario::Ties {
            near: 1,
            far: 0,
            contagion: 2.0,
            contagion_max: 8.0,
            detention: 1.5,
            window: Duration::from_days(30.0),
            kin: 0.6,
            lag: Duration::from_days(7.0),
        })
    }

    /// The departure of a tie who does not live abroad yet.
    fn left(position: u32, number: u8, day: u16) -> Exposure {
        Exposure::new(position, number, Event::Moved(None, Some(day)))
    }

    fn moved(position: u32, number: u8, to: Option<u16>) -> Exposure {
        Exposure::new(position, number, Event::Moved(to, None))
    }

    #[test]
    fn a_tie_that_left_twice_counts_once_and_from_its_last_departure() {
        let rule = rule();
        let mut exposed = Exposed::default();
        exposed.news.extend([left(7, 1, 3), left(2, 0, 1)]);
        exposed.take_news(&rule, 10, &mut Vec::new());
        exposed.news.extend([left(7, 1, 12), left(7, 0, 11)]);
        exposed.take_news(&rule, 20, &mut Vec::new());
        assert_eq!(
            exposed.list,
            [left(2, 0, 1), left(7, 0, 11), left(7, 1, 12)]
        );
        exposed.take_news(&rule, 31, &mut Vec::new());
        assert_eq!(exposed.list, [left(7, 0, 11), left(7, 1, 12)]);
        exposed.take_news(&rule, 42, &mut Vec::new());
        assert!(exposed.list.is_empty());
        // A step may end so long after a departure that it no longer counts.
        exposed.news.extend([left(3, 0, 50), left(4, 0, 75)]);
        exposed.take_news(&rule, 90, &mut Vec::new());
        assert_eq!(exposed.list, [left(4, 0, 75)]);
    }

    #[test]
    fn who_lives_abroad_is_known_as_long_as_it_does() {
        let rule = rule();
        let mut exposed = Exposed::default();
        let circle = |exposed: &Exposed, day| {
            let circle = Exposed::circle(exposed.of(7), &rule, day, true);
            (circle.left, circle.detained, circle.most_kin)
        };
        let to = |country, day| Event::Moved(Some(country), Some(day));
        exposed.news.extend([
            Exposure::new(7, 3, to(300, 4)),
            Exposure::new(7, 2, to(300, 5)),
            Exposure::new(7, 2, Event::Detained(6)),
            Exposure::new(131_071, 63, to(9, 6)),
        ]);
        exposed.take_news(&rule, 7, &mut Vec::new());
        assert_eq!(circle(&exposed, 7), (2, 1, 2));
        assert_eq!(Exposed::countries(exposed.of(7)), [(300, 2)]);
        assert_eq!(Exposed::countries(exposed.of(131_071)), [(9, 1)]);
        assert!(exposed.of(6).is_empty() && exposed.of(8).is_empty());
        // One moves on. Both departures expire with their window, but where the ties live does not.
        exposed.news.push(moved(7, 3, Some(2)));
        exposed.take_news(&rule, 34, &mut Vec::new());
        assert_eq!(circle(&exposed, 34), (1, 1, 1));
        assert_eq!(circle(&exposed, 37), (0, 0, 1));
        assert_eq!(Exposed::countries(exposed.of(7)), [(2, 1), (300, 1)]);
        // One tie is home again and is forgotten at once; the other still lives abroad and is not.
        exposed.news.push(moved(7, 3, None));
        exposed.take_news(&rule, 50, &mut Vec::new());
        assert_eq!(exposed.list.len(), 2);
        assert!(Exposed::lives_in(exposed.of(7), 300) && !Exposed::lives_in(exposed.of(7), 2));
        // A tie that arrives after waiting on the way for longer than the window left at no known time.
        exposed.news.push(moved(7, 5, Some(1)));
        exposed.take_news(&rule, 51, &mut Vec::new());
        assert_eq!(circle(&exposed, 51), (0, 0, 1));
    }
}
