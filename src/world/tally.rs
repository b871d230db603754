//! The integer tally: what happened in a step, and how many persons are where at its end.

use crate::scenario::Status;
use serde::{Deserialize, Serialize};

/// Number of motives.
pub const MOTIVES: usize = 5;
/// Number of statuses.
pub const STATUSES: usize = 5;
/// Number of reasons for being held.
pub const HOLDS: usize = 3;
/// Stands for a channel where there is none.
pub const NO_CHANNEL: u16 = u16::MAX;

/// What holds a person who aspires and cannot go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Hold {
    /// A policy gate.
    Barred = 0,
    /// A policy cost.
    Deterred = 1,
    /// A document, a visa or money that is missing.
    Means = 2,
}

/// A kind of flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum FlowEvent {
    /// Applied for a channel that needs permission.
    Applied,
    /// Was granted it.
    Granted,
    /// Was refused, on application or at the border.
    Refused,
    /// Found the channel closed on departure, or was pushed back at a border.
    TurnedBack,
    /// Left the origin.
    Left,
    /// Arrived, from the origin or from another country.
    Arrived,
    /// Renewed a permitted stay.
    Renewed,
    /// Reached the end of a permitted stay.
    Expired,
    /// Left one host country for another.
    MovedOn,
    /// Returned to the origin.
    Returned,
    /// Left a country and re-entered it, which began a new permitted stay.
    VisaRun,
    /// Passed through a country on the way to another.
    Transited,
    /// Was handed over to the origin at a border.
    HandedOver,
    /// Claimed asylum.
    Claimed,
    /// Was recognised: a claim was accepted.
    Recognised,
    /// Had a claim rejected in the end.
    Rejected,
    /// Was removed to the origin after a rejection.
    Expelled,
    /// Was handed over to the origin by the host country during a stay.
    Rendered,
    /// Was refused by mistake; also counted as refused.
    WronglyRefused,
}

/// Number of kinds of flow.
pub const FLOW_EVENTS: usize = 19;

impl FlowEvent {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; FLOW_EVENTS] = [
        Self::Applied,
        Self::Granted,
        Self::Refused,
        Self::TurnedBack,
        Self::Left,
        Self::Arrived,
        Self::Renewed,
        Self::Expired,
        Self::MovedOn,
        Self::Returned,
        Self::VisaRun,
        Self::Transited,
        Self::HandedOver,
        Self::Claimed,
        Self::Recognised,
        Self::Rejected,
        Self::Expelled,
        Self::Rendered,
        Self::WronglyRefused,
    ];
}

/// Which persons flowed where. The derived order is the order of rows in tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FlowKey {
    /// Segment index.
    pub segment: u16,
    /// Country index where the person is.
    pub from: u16,
    /// Country index where the person goes or would go; the same as `from` for what happens within one country.
    pub to: u16,
    /// Channel index: the channel sought; for renewed, expired and returned, the channel of the stay.
    pub channel: u16,
    /// What happened.
    pub event: FlowEvent,
}

/// What happened in one step, in agents (times the scale = persons).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Flows by key, ascending; no key occurs twice and no flow is zero.
    pub flows: Vec<(FlowKey, u64)>,
    /// By segment.
    pub segments: Vec<SegmentTally>,
    /// Departures whose aspiration came of ties.
    pub left_by_ties: u64,
    /// Persons considered as candidates for an event (a measure of work, not of the model).
    pub candidates: u64,
}

/// What happened to a segment in one step, in agents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SegmentTally {
    /// Departures from the origin by motive, indexed by `Motive as usize`.
    pub left_by: [u64; MOTIVES],
    /// Sum of the leavers' ages on the first day, in whole years.
    pub left_age_years: u64,
    /// Men among the leavers.
    pub left_men: u64,
    /// Leavers with higher education.
    pub left_educated: u64,
    /// Leavers active in opposition.
    pub left_active: u64,
    /// Persons who arrived abroad for the first time, by kind of risk: active; of a minority and not active; others.
    pub got_out: [u64; 3],
    /// Sum of the leavers' dissent, in thousandths.
    pub left_dissent: u64,
    /// Sum of the leavers' incomes on the first day, in thousandths of the origin's mean wage on that day.
    pub left_income: u64,
    /// The same sum for those who return.
    pub returned_income: u64,
    /// Persons refused at home.
    pub refused: u64,
    /// Sum of the dissent of persons refused at home, in thousandths.
    pub refused_dissent: u64,
    /// Persons refused by mistake at home, by the same kinds.
    pub mistaken: [u64; 3],
    /// Aspirations.
    pub aspired: u64,
    /// Aspirations that were held at once, by what holds them (`Hold as usize`); the refused and turned back are not
    /// among them.
    pub held: [u64; HOLDS],
    /// Held persons whose wish faded.
    pub faded: u64,
    /// Returns of every kind.
    pub returned: u64,
    /// Involuntary returns among them.
    pub returned_involuntarily: u64,
}

impl SegmentTally {
    /// Adds what happened elsewhere or in another step.
    pub fn add(&mut self, other: &Self) {
        for (sum, part) in self.left_by.iter_mut().zip(other.left_by) {
            *sum += part;
        }
        for (sum, part) in self.held.iter_mut().zip(other.held) {
            *sum += part;
        }
        self.left_age_years += other.left_age_years;
        self.left_men += other.left_men;
        self.left_educated += other.left_educated;
        self.left_active += other.left_active;
        for (sum, part) in self.got_out.iter_mut().zip(other.got_out) {
            *sum += part;
        }
        self.left_dissent += other.left_dissent;
        self.left_income += other.left_income;
        self.returned_income += other.returned_income;
        self.refused += other.refused;
        self.refused_dissent += other.refused_dissent;
        for (sum, part) in self.mistaken.iter_mut().zip(other.mistaken) {
            *sum += part;
        }
        self.aspired += other.aspired;
        self.faded += other.faded;
        self.returned += other.returned;
        self.returned_involuntarily += other.returned_involuntarily;
    }
}

/// How many agents are where at the end of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stocks {
    /// By segment.
    pub segments: Vec<SegmentStocks>,
    /// Persons abroad by country, then origin, both by country index, then status:
    /// `abroad[(country * countries + origin) * STATUSES + status]`.
    pub abroad: Vec<u64>,
    /// Number of countries.
    pub countries: usize,
}

/// Where the persons of a segment are, in agents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SegmentStocks {
    /// All persons of the segment.
    pub persons: u64,
    /// At home: content, held and departing together.
    pub at_home: u64,
    /// Held, by what holds them (`Hold as usize`).
    pub held: [u64; HOLDS],
    /// Decided and waiting for their departure date.
    pub departing: u64,
    /// Abroad.
    pub abroad: u64,
    /// Abroad and active in opposition.
    pub abroad_active: u64,
}

impl Stocks {
    /// Agents of an origin with a status in a country.
    pub fn stay(&self, country: usize, origin: usize, status: Status) -> u64 {
        self.abroad[(country * self.countries + origin) * STATUSES + status as usize]
    }

    /// Agents of an origin in a country, of any status.
    pub fn of_origin(&self, country: usize, origin: usize) -> u64 {
        let begin = (country * self.countries + origin) * STATUSES;
        self.abroad[begin..begin + STATUSES].iter().sum()
    }

    /// Agents in a country, of any origin and status.
    pub fn newcomers(&self, country: usize) -> u64 {
        let width = self.countries * STATUSES;
        self.abroad[country * width..(country + 1) * width]
            .iter()
            .sum()
    }
}
