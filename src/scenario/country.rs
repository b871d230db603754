//! Countries, their channels of entry, and bars on leaving.

use super::Distribution;
use crate::units::{Distance, Duration, Money, MoneyFlow, PersonFlow, Rate};
use serde::{Deserialize, Serialize};

/// A country: an origin, a destination or both. Values are those of the first day; events change
/// some of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166 alpha-2 code, upper case; the key of its draws.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Population, persons.
    pub population: f64,
    /// Mean net wage, currency units a month.
    pub wage: MoneyFlow,
    /// Real income now over real income on the first day (1 on the first day unless said).
    pub real_income: f64,
    /// Unemployed share, 0 to 1.
    pub unemployment: f64,
    /// Safety, 0 (none) to 1 (full).
    pub safety: f64,
    /// Repression towards its own citizens, 0 or more (1 = about the level of a country at war
    /// with its opposition).
    pub repression: f64,
    /// Crackdowns: a factor of detentions over what repression brings, 0 or more (1 = none).
    pub crackdown: f64,
    /// Share of the active whom the authorities have identified, 0 to 1: a fixed draw per person
    /// below this share, so that a rising share only adds persons.
    pub surveillance: f64,
    /// Detentions for which there are police; `None` = as many as come.
    pub police_capacity: Option<PersonFlow>,
    /// Of a host: hazard with which a wanted person who stays here is handed over to its origin.
    pub rendition: Rate,
    /// Return campaigns and amnesties: added to the exponent of the hazard of return of its
    /// citizens.
    pub return_pull: f64,
    /// What the past of a country makes of its attitude towards newcomers: 0 = nothing, 1 = that of
    /// Georgia towards those from Russia in 2022; negative = a past that speaks for them.
    pub legacy: f64,
    /// International pressure to restrict entry, 0 = none, 1 = strong.
    pub pressure: f64,
    /// Share of the public in contact with newcomers on equal terms, 0 to 1.
    pub contact: f64,
    /// Fitted destination constant kappa, log-utility.
    pub constant: f64,
    /// Cost of the journey from the origin, currency units.
    pub travel: Money,
    /// By country index of origin: ordinary trips of its citizens to this country. They are added
    /// to counts of entries and to nothing else.
    pub travel_base: Vec<PersonFlow>,
    /// Cost of living of one person on the first day, rent apart.
    pub cost_of_living: MoneyFlow,
    /// Prices of living now over those on the first day, above 0.
    pub price_index: f64,
    /// Of an origin: share that is lost of money sent or brought abroad from it, 0 to 1.
    pub friction: f64,
    /// By country index: great-circle distance between receiving cities; 0 to itself.
    pub distance: Vec<Distance>,
    /// By country index of origin: persons born there who live here.
    pub diaspora: Vec<f64>,
    /// By country index of origin: share of daily life possible in that origin's language, 0 to 1.
    pub language: Vec<f64>,
    /// The rental market of the receiving city; `None` = rents do not move and cost nothing.
    pub market: Option<Market>,
}

/// The rental market of a country's receiving city.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Name of the city.
    pub city: String,
    /// Rent of one home on the first day.
    pub rent: MoneyFlow,
    /// Persons in the city.
    pub city_population: f64,
    /// Rented share of the city's homes, above 0, to 1.
    pub rental_share: f64,
    /// Share of newcomers who live in the city, 0 to 1.
    pub city_share: f64,
}

/// A way into a country, with its rules on the first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Name, unique within the country.
    pub name: String,
    /// Index of the country.
    pub country: u16,
    /// Whether it takes anybody.
    pub open: bool,
    /// Indices of the origins whose citizens it is for, sorted.
    pub origins: Vec<u16>,
    /// Documents needed, all of them: bit *n* = document *n*.
    pub needs: u32,
    /// Documents of which one is needed, as bits; 0 = none is.
    pub needs_any: u32,
    /// Indices of the segments that are not admitted, sorted.
    pub bars: Vec<u16>,
    /// Conditions required, all of them: bit = `Condition as u8`.
    pub requires: u8,
    /// Whether permission has to be asked for beforehand.
    pub permission: bool,
    /// Chance that an attempt is admitted, 0 to 1, drawn once at the attempt.
    pub grant: f64,
    /// Segments (index) with a chance of their own in place of `grant`, sorted.
    pub grant_for: Vec<(u16, f64)>,
    /// Segments (index) of which the channel refuses persons by mistake, with the share caught, 0 to
    /// 1, sorted: a fixed draw per person and channel below this share, so that a rising share only
    /// adds persons.
    pub also_refuses: Vec<(u16, f64)>,
    /// Fee, paid at the attempt.
    pub fee: Money,
    /// Places to be had in a calendar month; `None` = as many as apply.
    pub quota: Option<Quota>,
    /// Time from a place in the quota to the decision, days; `None` = decided at once.
    pub decision: Option<Distribution>,
    /// Where one may apply from or set out from.
    pub apply_from: ApplyFrom,
    /// The ways from the origin, each as indices of borders in the order in which they are passed;
    /// empty = direct, past no border.
    pub routes: Vec<Vec<u16>>,
    /// The permitted stay.
    pub stay: Stay,
    /// The status it gives.
    pub status: Status,
    /// Whether it gives the right to work.
    pub work: bool,
    /// How far it protects from rendition, 0 (not at all) to 1.
    pub extradition_shield: f64,
    /// For a channel of claims to asylum, which no way leads in by: how they are decided. `grant` is
    /// then the share recognised of claims that the office believes, and `decision` the time from the
    /// claim to the decision.
    pub asylum: Option<Asylum>,
}

/// How claims to asylum are decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Asylum {
    /// Grounds that the country accepts: bit = `Ground as u8`.
    pub grounds: u8,
    /// What follows a first rejection; `None` = nothing, it is final.
    pub appeal: Option<Appeal>,
    /// Chance that who is rejected is removed to the origin, 0 to 1.
    pub removal: f64,
}

/// The second instance of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Appeal {
    /// Share recognised of claims that it believes, 0 to 1.
    pub grant: f64,
    /// Time from the rejection to its decision, days; `None` = decided in the next step.
    pub decision: Option<Distribution>,
}

/// A ground on which asylum may be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Ground {
    /// Is active in opposition.
    Activism = 0,
    /// Belongs to a persecuted minority.
    Minority = 1,
    /// Holds a call-up paper.
    DraftEvasion = 2,
}

/// A quota of places for those who apply, in the order in which they applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    /// Places: so many in each calendar month, whatever its length.
    pub size: PersonFlow,
}

/// Where a channel may be used from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplyFrom {
    /// From the origin.
    pub home: bool,
    /// From a third country.
    pub abroad: bool,
    /// At the border itself, wherever one comes from: home or a third country.
    pub border: bool,
}

/// A condition of the person that a channel may require.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Condition {
    /// Holds evidence of persecution.
    AtRisk = 0,
    /// Has the ancestry of the country's law of return.
    Ancestry = 1,
    /// Has close kin there.
    Kin = 2,
    /// Has an employer who moves them there.
    Employer = 3,
    /// Holds a call-up paper.
    DraftNotice = 4,
}

/// A permitted stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// Length; `None` = without end.
    pub length: Option<Duration>,
    /// The window of days within which the days spent by the channel count towards `length`, not
    /// shorter than it; `None` = every entry has the whole length.
    pub within: Option<Duration>,
    /// What may be done when it ends.
    pub renewal: Renewal,
}

/// A renewal, with its price and chance where there is one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewal {
    /// How a stay is renewed.
    pub kind: RenewalKind,
    /// Its price.
    pub cost: Money,
    /// Chance of success, 0 to 1.
    pub success: f64,
}

impl Renewal {
    /// No renewal.
    pub const NONE: Self = Self {
        kind: RenewalKind::None,
        cost: Money::new(0.0),
        success: 1.0,
    };
}

/// How a stay is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalKind {
    /// Not at all.
    None,
    /// In the country.
    InCountry,
    /// By leaving and coming back in: a visa run.
    ReEntry,
}

/// Legal position of a person abroad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Status {
    /// Protected: asylum, humanitarian admission.
    Protected = 0,
    /// Legal: residence, citizenship.
    Legal = 1,
    /// Temporary: visa-free or short stay.
    Temporary = 2,
    /// Pending: a claim not decided.
    Pending = 3,
    /// Irregular: no permission to stay.
    Irregular = 4,
}

/// A bar on leaving a country.
#[derive(Debug, Clone, PartialEq)]
pub struct ExitGate {
    /// Name; the key of its draws.
    pub name: String,
    /// Index of the country that bars.
    pub country: u16,
    /// Indices of the segments it concerns, sorted.
    pub segments: Vec<u16>,
    /// Whom of them it concerns.
    pub only: BarredOnly,
    /// Share of the persons of these segments who are barred, 0 to 1: a fixed draw per person and
    /// gate below this share, so that a rising share only adds persons.
    pub share: f64,
}

/// Whom of its segments an exit gate concerns: everybody where neither is set, else who meets one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BarredOnly {
    /// Who holds a call-up paper.
    pub summoned: bool,
    /// Who has a case against them.
    pub prosecuted: bool,
}

impl BarredOnly {
    /// Whether the gate concerns a person; both questions are asked only if they matter.
    pub fn concerns(
        self,
        is_summoned: impl FnOnce() -> bool,
        is_prosecuted: impl FnOnce() -> bool,
    ) -> bool {
        self == Self::default()
            || (self.summoned && is_summoned())
            || (self.prosecuted && is_prosecuted())
    }
}
