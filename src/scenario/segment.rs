//! Segments: parts of an origin's population, each with its own distributions of traits.

use super::Distribution;

/// A segment: a part of an origin's population.
///
/// Traits are independent of each other within a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Name; part of the identity of each of its persons.
    pub name: String,
    /// Index of the origin in `countries`.
    pub origin: u16,
    /// Number of persons.
    pub size: u64,
    /// Age on the first day, years.
    pub age: Distribution,
    /// Share of men, 0 to 1.
    pub male: f64,
    /// Share with higher education, 0 to 1.
    pub higher_education: f64,
    /// Dissent, 0 to 1.
    pub dissent: Distribution,
    /// Share active in opposition, 0 to 1.
    pub active: f64,
    /// Share belonging to a persecuted minority, 0 to 1.
    pub minority: f64,
    /// Share of the active who hold evidence of persecution, 0 to 1; they are *at risk*.
    pub evidence: f64,
    /// Share with a firm intention to leave, 0 to 1 (from the behaviour unless the segment gives
    /// it).
    pub planner: f64,
    /// The multiplier a of every hazard of leaving, mean 1.
    ///
    /// `None` = exp(-attachment), with attachment normal with spread `leaving.attachment_spread`,
    /// truncated at two spreads, then scaled to mean 1.
    pub propensity: Option<Distribution>,
    /// Income on the first day, currency units a month, above 0.
    pub income: Distribution,
    /// Savings, currency units.
    pub savings: Distribution,
    /// Share whose income is earned remotely and moves with them, 0 to 1.
    pub remote: f64,
    /// Share who would rent, 0 to 1; their exposure to rents is 1, that of others 0.
    pub renters: f64,
    /// By country index: share who speak the country's language well, 0 to 1.
    pub speaks: Vec<f64>,
    /// By country index: share with close kin there, 0 to 1.
    pub kin: Vec<f64>,
    /// By country index: share with the ancestry that the country's law of return asks for, 0 to 1.
    pub ancestry: Vec<f64>,
    /// By country index: share with an employer who would move them there, 0 to 1.
    pub employer: Vec<f64>,
    /// Share who hold a call-up paper, 0 to 1.
    pub draft_notice: f64,
    /// Whether its persons can be called up.
    pub draft_eligible: bool,
    /// Sector in which its persons work.
    pub sector: Sector,
    /// By document index: share who hold the document, 0 to 1; documents are independent of each
    /// other.
    pub holds: Vec<f64>,
}

/// A sector of work, as distinguished by a state at war.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Sector {
    /// Military industry: makers of arms and their suppliers.
    MilitaryIndustry = 0,
    /// Information technology.
    InformationTechnology = 1,
    /// Everything else.
    #[default]
    Other = 2,
}
