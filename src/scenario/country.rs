//! Countries, their channels of entry, and bars on leaving.

use super::Distribution;
use crate::units::{Distance, Duration, Money, MoneyFlow, PersonFlow, Rate};
use serde::{Deserialize, Serialize};

/// A country: an origin, a destination or both.
///
/// Values are those of the first day; events change some of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166 alpha-2 code, upper case; the key of its draws.
    pub code: String,
    /// Name for display.
    pub name: String,
    /// Population, persons.
    pub population: f64,
    /// Mean net wage, currency units per month.
    pub wage: MoneyFlow,
    /// Real income relative to the first day (1 on the first day unless given).
    pub real_income: f64,
    /// Share unemployed, 0 to 1.
    pub unemployment: f64,
    /// Safety, 0 (none) to 1 (full).
    pub safety: f64,
    /// Repression of its own citizens, 0 or more (1 = about the level of a country at war with its
    /// opposition).
    pub repression: f64,
    /// Crackdown: a factor applied to the detentions that repression brings, 0 or more (1 = none).
    pub crackdown: f64,
    /// Share of the active whom the authorities have identified, 0 to 1.
    ///
    /// A person is identified if a fixed draw lies below this share, so a rising share only adds
    /// persons.
    pub surveillance: f64,
    /// Persons whom the police can detain per unit of time; `None` = no limit.
    pub police_capacity: Option<PersonFlow>,
    /// As a host: hazard with which a wanted person who stays here is handed over to their origin.
    pub rendition: Rate,
    /// Return campaigns and amnesties: a term added to the exponent of its citizens' hazard of
    /// return.
    pub return_pull: f64,
    /// Effect of the country's past on its attitude towards newcomers.
    ///
    /// 0 = none, 1 = that of Georgia towards newcomers from Russia in 2022, negative = a past that
    /// speaks for them.
    pub legacy: f64,
    /// International pressure to restrict entry, 0 = none, 1 = strong.
    pub pressure: f64,
    /// Share of the public in contact with newcomers on equal terms, 0 to 1.
    pub contact: f64,
    /// Fitted destination constant kappa, in log-utility.
    pub constant: f64,
    /// Cost of the journey from the origin, currency units.
    pub travel: Money,
    /// By country index of origin: ordinary trips of its citizens to this country.
    ///
    /// They are added to counts of entries and to nothing else.
    pub travel_base: Vec<PersonFlow>,
    /// Cost of living of one person on the first day, excluding rent.
    pub cost_of_living: MoneyFlow,
    /// Prices of living relative to the first day, above 0.
    pub price_index: f64,
    /// As an origin: share lost of money sent or brought abroad from it, 0 to 1.
    pub friction: f64,
    /// By country index: great-circle distance between receiving cities; 0 to itself.
    pub distance: Vec<Distance>,
    /// By country index of origin: persons born there who live here.
    pub diaspora: Vec<f64>,
    /// By country index of origin: share of daily life that is possible in that origin's language,
    /// 0 to 1.
    pub language: Vec<f64>,
    /// The rental market of the receiving city; `None` = rents never move and cost nothing.
    pub market: Option<Market>,
}

/// The rental market of a country's receiving city.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Name of the city.
    pub city: String,
    /// Rent of one home on the first day.
    pub rent: MoneyFlow,
    /// Population of the city, persons.
    pub city_population: f64,
    /// Share of the city's homes that are rented, above 0, at most 1.
    pub rental_share: f64,
    /// Share of newcomers who live in the city, 0 to 1.
    pub city_share: f64,
}

/// A channel: a way into a country, with its rules on the first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// Name, unique within the country.
    pub name: String,
    /// Index of the country.
    pub country: u16,
    /// Whether the channel admits anybody.
    pub open: bool,
    /// Indices of the origins whose citizens may use the channel, sorted.
    pub origins: Vec<u16>,
    /// Documents needed, all of them: bit *n* = document *n*.
    pub needs: u32,
    /// Documents of which at least one is needed, as bits; 0 = none needed.
    pub needs_any: u32,
    /// Indices of the segments that are barred, sorted.
    pub bars: Vec<u16>,
    /// Conditions required, all of them: bit = `Condition as u8`.
    pub requires: u8,
    /// Whether permission must be asked for in advance.
    pub permission: bool,
    /// Chance that an attempt is admitted, 0 to 1, drawn once per attempt.
    pub grant: f64,
    /// Segments (by index) with a chance of their own in place of `grant`, sorted.
    pub grant_for: Vec<(u16, f64)>,
    /// Segments (by index) of which the channel refuses persons by mistake, with the share caught,
    /// 0 to 1; sorted.
    ///
    /// A person is caught if a fixed draw per person and channel lies below this share, so a rising
    /// share only adds persons.
    pub also_refuses: Vec<(u16, f64)>,
    /// Fee, paid at the attempt.
    pub fee: Money,
    /// Places per calendar month; `None` = no limit.
    pub quota: Option<Quota>,
    /// Time from obtaining a place in the quota to the decision, days; `None` = decided at once.
    pub decision: Option<Distribution>,
    /// Where people may apply from or set out from.
    pub apply_from: ApplyFrom,
    /// The routes from the origin, each a list of border indices in the order in which they are
    /// crossed; empty = direct, crossing no border.
    pub routes: Vec<Vec<u16>>,
    /// The permitted stay.
    pub stay: Stay,
    /// The status that the channel gives.
    pub status: Status,
    /// Whether the channel gives the right to work.
    pub work: bool,
    /// How far it protects from rendition, 0 (not at all) to 1.
    pub extradition_shield: f64,
    /// How claims to asylum are decided, for a channel of claims, by which nobody enters the
    /// country.
    ///
    /// `grant` is then the share recognised among the claims that the office believes, and
    /// `decision` the time from the claim to the decision.
    pub asylum: Option<Asylum>,
}

/// How claims to asylum are decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Asylum {
    /// Grounds that the country accepts: bit = `Ground as u8`.
    pub grounds: u8,
    /// What follows a first rejection; `None` = the rejection is final.
    pub appeal: Option<Appeal>,
    /// Chance that a person whose claim is finally rejected is removed to the origin, 0 to 1.
    pub removal: f64,
}

/// The second instance, which decides on a rejected claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Appeal {
    /// Share recognised among the claims that it believes, 0 to 1.
    pub grant: f64,
    /// Time from the rejection to the decision, days; `None` = decided in the next step.
    pub decision: Option<Distribution>,
}

/// A ground on which asylum may be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Ground {
    /// Being active in opposition.
    Activism = 0,
    /// Belonging to a persecuted minority.
    Minority = 1,
    /// Holding a call-up paper.
    DraftEvasion = 2,
}

/// A quota of places, given to applicants in the order in which they applied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    /// Places per calendar month, regardless of its length.
    pub size: PersonFlow,
}

/// Where a channel may be used from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplyFrom {
    /// From the origin.
    pub home: bool,
    /// From a third country.
    pub abroad: bool,
    /// At the border itself, whether one comes from home or from a third country.
    pub border: bool,
}

/// A condition of the person that a channel may require.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Condition {
    /// Holding evidence of persecution.
    AtRisk = 0,
    /// Having the ancestry that the country's law of return asks for.
    Ancestry = 1,
    /// Having close kin there.
    Kin = 2,
    /// Having an employer who would move the person there.
    Employer = 3,
    /// Holding a call-up paper.
    DraftNotice = 4,
}

/// A permitted stay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// Length; `None` = unlimited.
    pub length: Option<Duration>,
    /// Window of days within which days spent by the channel count towards `length`; at least as
    /// long as `length`. `None` = every entry gets the whole length.
    pub within: Option<Duration>,
    /// How the stay may be renewed when it ends.
    pub renewal: Renewal,
}

/// The renewal of a stay, with its price and chance of success.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewal {
    /// The kind of renewal.
    pub kind: RenewalKind,
    /// Price.
    pub cost: Money,
    /// Chance of success, 0 to 1.
    pub success: f64,
}

impl Renewal {
    /// No renewal: not possible, with neither price nor chance.
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
    /// From within the country.
    InCountry,
    /// By leaving and re-entering: a visa run.
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
    /// Pending: a claim not yet decided.
    Pending = 3,
    /// Irregular: no permission to stay.
    Irregular = 4,
}

/// A bar on leaving a country.
#[derive(Debug, Clone, PartialEq)]
pub struct ExitGate {
    /// Name; the key of its draws.
    pub name: String,
    /// Index of the country that bars its people from leaving.
    pub country: u16,
    /// Indices of the segments that the gate concerns, sorted.
    pub segments: Vec<u16>,
    /// Which of their persons it concerns.
    pub only: BarredOnly,
    /// Share of these persons who are barred, 0 to 1.
    ///
    /// A person is barred if a fixed draw per person and gate lies below this share, so a rising
    /// share only adds persons.
    pub share: f64,
}

/// Which persons of its segments an exit gate concerns: everybody if neither is set, otherwise
/// those to whom at least one applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BarredOnly {
    /// Those who hold a call-up paper.
    pub summoned: bool,
    /// Those who have a case against them.
    pub prosecuted: bool,
}

impl BarredOnly {
    /// Whether the gate concerns a person. Each question is asked only if its answer matters.
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
