//! What is stored about persons: one bit for each who is content at home, a record for everybody else.

use super::by_position::ByPosition;
use super::claims::Claim;
use super::confinement::Confined;
use super::exposed::Exposed;
use super::held::{Held, Stored};
use super::lists::{give_back, make_room, push};
use super::positions::Positions;
use super::purse::Purse;
use super::refusals::Refusals;
use super::tips::Tips;
use super::visits::Visit;
use crate::population::Block;
use crate::scenario::{Motive, Status};
use crate::world::HOLDS;
use serde::{Deserialize, Serialize};

/// The end of a permitted stay that has none.
pub const WITHOUT_END: u16 = u16::MAX;

/// A person abroad, 12 bytes. Times are whole days since the first day of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abroad {
    /// Position in the block.
    pub position: u32,
    /// Channel of the stay, which determines the country.
    pub channel: u16,
    /// Day of arrival.
    pub since: u16,
    /// Day on which the permitted stay ends; [`WITHOUT_END`] if it does not.
    pub until: u16,
    /// Legal status.
    pub status: Status,
    /// The person's kind (see [`Kinds`](crate::population::Kinds)): the traits on which the bound of moving
    /// on depends.
    pub kind: u8,
}

/// A person who has decided to leave and waits for the departure date.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Departing {
    /// Position in the block.
    pub position: u32,
    /// As in [`Held`].
    pub aspired: u16,
    /// Motive.
    pub motive: Motive,
    /// Channel chosen.
    pub channel: u16,
    /// Date of departure, in days since the first day of the scenario.
    pub due: f64,
}

/// An undecided application, of a person at home or of one who stays abroad
/// meanwhile, 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// Position in the block.
    pub position: u32,
    /// The channel applied for.
    pub channel: u16,
    /// As in [`Held`]; 0 for a person abroad.
    pub aspired: u16,
    /// When it was made, in days since the first day of the scenario.
    pub applied: f64,
    /// When it is decided, in days since the first day of the scenario; [`NO_PLACE`] while there is
    /// no place for it.
    pub decided: f64,
    /// First day of the step in which it was made, in days since the first day of the scenario.
    pub asked: u16,
    /// Motive.
    pub motive: Motive,
    /// Whether the person is abroad and stays there meanwhile.
    pub abroad: bool,
}

/// The date of a decision while there is no place yet.
pub const NO_PLACE: f64 = f64::INFINITY;

impl Application {
    /// Whether it has a place in the quota.
    pub fn has_place(&self) -> bool {
        self.decided < NO_PLACE
    }
}

/// A person on the way who waits for a turn at a border, 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Position in the block.
    pub position: u32,
    /// The channel of the journey.
    pub channel: u16,
    /// As in [`Held`].
    pub aspired: u16,
    /// When the person came to the border, in days since the first day of the scenario.
    pub came: f64,
    /// When the person left home, in days since the first day of the scenario; of no meaning where it still is at home.
    pub left: f64,
    /// Index of the route among those of the channel.
    pub route: u16,
    /// Index of the border on the route; 0 = the person is still at home.
    pub leg: u16,
    /// Motive.
    pub motive: Motive,
}

/// The state of a block's persons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BlockState {
    /// The block: its segment and its range of indices in it.
    #[serde(skip, default = "no_block")]
    pub block: Block,
    /// Who is content at home, one bit per position.
    pub content: Vec<u64>,
    /// Number of bits set in `content`.
    pub content_persons: u32,
    /// The persons abroad.
    pub abroad: Vec<Abroad>,
    /// The money of the persons abroad, in the same order; empty where money is off.
    pub purses: Vec<Purse>,
    /// Visits that have ended and may still count, in order.
    pub visits: Vec<Visit>,
    /// Visits that ended in this step.
    #[serde(skip)]
    pub ended: Vec<Visit>,
    /// By position: the day on which a permit was renewed, for stays whose end an event may change.
    pub renewed: ByPosition<u16>,
    /// By position: claims to asylum that are pending.
    pub claims: ByPosition<Claim>,
    /// The held.
    pub held: Vec<Stored>,
    /// Persons waiting for their departure date.
    pub departing: Vec<Departing>,
    /// Refusals that still count.
    pub refusals: Refusals,
    /// Applications, by position between steps, at most one per person.
    pub applications: Vec<Application>,
    /// Persons waiting at a border.
    pub waiting: Vec<Waiting>,
    /// What is known of ties: who left, who was detained, who lives where.
    pub exposed: Exposed,
    /// What persons have heard about rules from ties.
    pub tips: Tips,
    /// The detained.
    pub detained: Vec<Confined>,
    /// Persons called up and serving.
    pub mobilised: Vec<Confined>,
    /// By position: the day until which a case lasts.
    pub cases: ByPosition<u16>,
    /// By position: the day on which an activist who is abroad left; empty where voice is off.
    pub exiles: ByPosition<u16>,
    /// Positions of persons who were abroad and came home.
    pub been_out: Positions,
    /// Persons chosen for a call-up in the present step.
    #[serde(skip)]
    pub chosen: Vec<Confined>,
    /// Number of held persons, by what holds them.
    pub held_by: [u32; HOLDS],
    /// Number of persons abroad who are active in opposition.
    pub abroad_active: u32,
    /// Positions of persons who become content when the step ends.
    #[serde(skip)]
    pub coming_home: Vec<u32>,
    /// Applications made in the present step.
    #[serde(skip)]
    pub new_applications: Vec<Application>,
}

fn no_block() -> Block {
    Block {
        segment: 0,
        number: 0,
        first: 0,
        length: 0,
    }
}

impl BlockState {
    /// A block in which everybody is content at home.
    pub fn new(block: Block) -> Self {
        let length = block.length as usize;
        let mut content = vec![u64::MAX; length.div_ceil(64)];
        if let Some(last) = content.last_mut()
            && !length.is_multiple_of(64)
        {
            *last = (1 << (length % 64)) - 1;
        }
        Self {
            block,
            content,
            content_persons: block.length,
            abroad: Vec::new(),
            purses: Vec::new(),
            visits: Vec::new(),
            ended: Vec::new(),
            renewed: ByPosition::default(),
            claims: ByPosition::default(),
            held: Vec::new(),
            departing: Vec::new(),
            refusals: Refusals::default(),
            applications: Vec::new(),
            waiting: Vec::new(),
            exposed: Exposed::default(),
            tips: Tips::default(),
            detained: Vec::new(),
            mobilised: Vec::new(),
            cases: ByPosition::default(),
            exiles: ByPosition::default(),
            been_out: Positions::default(),
            chosen: Vec::new(),
            held_by: [0; HOLDS],
            abroad_active: 0,
            coming_home: Vec::new(),
            new_applications: Vec::new(),
        }
    }

    /// Whether records read from outside are valid for this block, whose persons abroad have `kinds` kinds.
    pub fn is_sound(&self, kinds: usize) -> bool {
        let length = self.block.length;
        let positions = (self.abroad.iter().map(|r| r.position))
            .chain(self.held.iter().map(|r| r.position()))
            .chain(self.departing.iter().map(|r| r.position))
            .chain(self.applications.iter().map(|r| r.position))
            .chain(self.waiting.iter().map(|r| r.position))
            .chain(self.visits.iter().map(|r| r.position))
            .chain(self.detained.iter().map(|r| r.position))
            .chain(self.mobilised.iter().map(|r| r.position));
        let kinds_are = |record: &Abroad| usize::from(record.kind) < kinds;
        self.abroad.iter().all(kinds_are)
            && (self.purses.is_empty() || self.purses.len() == self.abroad.len())
            && self.refusals.are_sound(length)
            && self.exposed.is_sound(length)
            && self.tips.are_sound(length)
            && [&self.renewed, &self.cases, &self.exiles]
                .iter()
                .all(|list| list.is_sound(length))
            && self.claims.is_sound(length)
            && self.been_out.is_sound(length)
            && positions.into_iter().all(|position| position < length)
    }

    /// Records that a person came home from abroad.
    pub fn note_homecoming(&mut self, position: u32) {
        self.been_out.insert(position, self.block.length);
    }

    /// Whether a person is content at home.
    #[inline]
    pub fn is_content(&self, position: u32) -> bool {
        self.content[(position >> 6) as usize] & (1 << (position & 63)) != 0
    }

    /// Records that a content person is content no longer.
    #[inline]
    pub fn leave_content(&mut self, position: u32) {
        self.content[(position >> 6) as usize] &= !(1 << (position & 63));
        self.content_persons -= 1;
    }

    /// Ends a pass over the block: those who came home are content again, and what was added or forgotten is put into
    /// the lists or taken out of them.
    pub fn settle_pass(&mut self) {
        self.refusals.settle();
        self.content_persons += self.coming_home.len() as u32;
        for position in self.coming_home.drain(..) {
            self.content[(position >> 6) as usize] |= 1 << (position & 63);
            self.exposed.forget(position);
        }
        self.renewed.settle();
        self.claims.settle();
        self.cases.settle();
        self.exiles.settle();
        self.exposed.settle();
        // (A wrong count stays wrong, so checking now and then is enough.)
        debug_assert!(
            !self.content_persons.is_multiple_of(8)
                || u64::from(self.content_persons) == self.content_count()
        );
    }

    /// Whether no list has pending additions or removals.
    pub fn is_settled(&self) -> bool {
        self.refusals.is_settled()
            && self.renewed.is_settled()
            && self.claims.is_settled()
            && self.cases.is_settled()
            && self.exiles.is_settled()
            && self.exposed.is_settled()
    }

    /// Merges the applications made in a step into the others.
    pub fn file_new_applications(&mut self) {
        if !self.new_applications.is_empty() {
            self.applications.append(&mut self.new_applications);
            // (A sorted run and a short rest, which this sort merges.)
            self.applications
                .sort_by_key(|application| application.position);
        }
    }

    /// Number of persons at home who wait for a decision.
    pub fn applying_at_home(&self) -> u64 {
        let at_home = |application: &&Application| !application.abroad;
        self.applications.iter().filter(at_home).count() as u64
    }

    /// Number of persons on the way who wait at a border abroad.
    pub fn in_transit(&self) -> u64 {
        self.waiting
            .iter()
            .filter(|waiting| waiting.leg > 0)
            .count() as u64
    }

    /// Number of persons content at home, counted bit by bit.
    pub fn content_count(&self) -> u64 {
        self.content
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// Adds a held person, whose position must be one of the block.
    pub fn hold(&mut self, held: Held) {
        self.held_by[held.hold as usize] += 1;
        let stored = Stored::try_from(held).expect("the position is one of the block");
        push(&mut self.held, stored);
    }

    /// Restores the list of the held after a pass over it, followed by those added during the pass.
    pub fn keep_held(&mut self, mut looked_at: Vec<Stored>) {
        make_room(&mut looked_at, self.held.len());
        looked_at.append(&mut self.held);
        self.held = looked_at;
    }

    /// Releases memory that the long lists no longer need at the end of a step.
    pub fn give_back(&mut self) {
        give_back(&mut self.abroad);
        give_back(&mut self.purses);
        give_back(&mut self.held);
        give_back(&mut self.departing);
        give_back(&mut self.visits);
    }

    /// The channels closed to a held person by refusals of earlier steps.
    pub fn refused(&self, position: u32, channels: &mut Vec<u16>) {
        channels.clear();
        channels.extend(self.refusals.of(position));
    }

    /// Forgets the refusals of a person who is no longer held, at the latest when the step ends.
    pub fn forget_refusals(&mut self, position: u32) {
        self.refusals.forget(position);
    }

    /// Forgets refusals that no longer count on `day`, the first day of a step.
    pub fn age_refusals(&mut self, day: f64) {
        self.refusals.age(day);
    }

    /// Bytes that this block occupies.
    pub fn bytes(&self) -> usize {
        self.content.capacity() * 8
            + self.abroad.capacity() * size_of::<Abroad>()
            + self.purses.capacity() * size_of::<Purse>()
            + self.visits.capacity() * size_of::<Visit>()
            + self.renewed.bytes()
            + self.claims.bytes()
            + self.held.capacity() * size_of::<Stored>()
            + self.departing.capacity() * size_of::<Departing>()
            + self.refusals.bytes()
            + self.applications.capacity() * size_of::<Application>()
            + self.waiting.capacity() * size_of::<Waiting>()
            + self.exposed.bytes()
            + self.tips.bytes()
            + (self.detained.capacity() + self.mobilised.capacity()) * size_of::<Confined>()
            + self.cases.bytes()
            + self.exiles.bytes()
            + self.been_out.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::super::exposed::Exposure;
    use super::super::refusals::Refusal;
    use super::*;
    use crate::model::Tip;
    use crate::world::Hold;

    /// `docs/performance.md` states what a person costs, in a table of bytes per record.
    #[test]
    fn records_are_as_small_as_the_documentation_says() {
        let page = include_str!("../../docs/performance.md");
        for (record, bytes) in [
            ("abroad", size_of::<Abroad>()),
            ("its purse, where money is on", size_of::<Purse>()),
            ("a visit that still counts", size_of::<Visit>()),
            ("held", size_of::<Stored>()),
            ("a refusal that still counts", size_of::<Refusal>()),
            ("departing", size_of::<Departing>()),
            ("an application", size_of::<Application>()),
            ("waiting at a border", size_of::<Waiting>()),
            ("detained or called up", size_of::<Confined>()),
            ("has come home again", size_of::<u32>()),
            ("what is known of a tie", size_of::<Exposure>()),
            ("a tie's news of rules", size_of::<Tip>()),
        ] {
            let row = format!("| {record} | {bytes} |");
            assert!(page.contains(&row), "{row}");
        }
    }

    /// Records of positions beyond the block are detected in whichever list they are.
    #[test]
    fn a_position_beyond_the_block_is_not_sound() {
        let with = |change: fn(&mut BlockState, u32), position| {
            let mut state = BlockState::new(Block {
                length: 100,
                ..no_block()
            });
            change(&mut state, position);
            state.is_sound(8)
        };
        fn confined(position: u32) -> Confined {
            let until = 1;
            Confined { position, until }
        }
        let changes: [fn(&mut BlockState, u32); 11] = [
            |state, position| {
                state.hold(Held {
                    position,
                    aspired: 0,
                    motive: Motive::Ordinary,
                    hold: Hold::Means,
                });
            },
            |state, position| {
                state.visits.push(Visit {
                    position,
                    channel: 0,
                    from: 0,
                    to: 1,
                });
            },
            |state, position| {
                state.departing.push(Departing {
                    position,
                    aspired: 0,
                    motive: Motive::Ordinary,
                    channel: 0,
                    due: 1.0,
                });
            },
            |state, position| state.renewed.insert(position, 1),
            |state, position| state.cases.insert(position, 1),
            |state, position| state.exiles.insert(position, 1),
            |state, position| state.note_homecoming(position),
            |state, position| state.exposed.note(position),
            |state, position| state.detained.push(confined(position)),
            |state, position| state.mobilised.push(confined(position)),
            |state, position| {
                let claim = Claim {
                    made: 1.0,
                    channel: 0,
                    on_appeal: false,
                };
                state.claims.insert(position, claim);
            },
        ];
        for change in changes {
            assert!(with(change, 99) && !with(change, 100));
        }
    }

    /// A person at home costs one bit, and blocks are whole words except for the last of a segment.
    #[test]
    fn a_person_at_home_is_a_bit() {
        let state = BlockState::new(Block {
            length: 1 << 17,
            ..no_block()
        });
        assert_eq!(state.bytes(), (1 << 17) / 8);
    }
}
