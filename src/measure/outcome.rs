//! Outcomes: what each means, in what unit, about whom.

/// The group of everybody, and the country of all countries. No segment and no country can have
/// this name.
pub const ALL: &str = "ALL";

/// One number about a whole run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Which outcome.
    pub id: &'static str,
    /// Whom it is about, or [`ALL`].
    pub group: String,
    /// Which country, or [`ALL`].
    pub country: String,
    /// Unit of the value.
    pub unit: &'static str,
    /// The value.
    pub value: f64,
    /// How many agents it was counted from: the numerator of a count or a rate, all that a mean
    /// was taken over. `None` where it is no count of persons (a rent).
    pub agents: Option<u64>,
}

/// What a group of an outcome can be, beside [`ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Only everybody.
    Everybody,
    /// A segment.
    Segment,
    /// A motive.
    Motive,
    /// What holds: barred, deterred, means.
    Cause,
    /// A status.
    Status,
    /// A sector: military-industry, it, other.
    Sector,
    /// A kind of activity: publishing, street.
    Activity,
    /// Whether the stay abroad is: secure, insecure.
    Security,
    /// An origin, by its code, where there are several.
    Origin,
}

/// What an outcome means.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its id.
    pub id: &'static str,
    /// Unit of its value.
    pub unit: &'static str,
    /// What its groups are.
    pub grouping: Grouping,
    /// For which countries it has rows.
    pub countries: Countries,
    /// Meaning, in a sentence or two.
    pub doc: &'static str,
}

/// For which countries an outcome has rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countries {
    /// One row for all countries together.
    Together,
    /// One for all together and one for each destination.
    Both,
    /// One for each country.
    Each,
}

impl Definition {
    /// Its row in the table of `docs/outcomes.md`.
    pub fn row(&self) -> String {
        let group = match self.grouping {
            Grouping::Everybody => "",
            Grouping::Segment => "segment",
            Grouping::Motive => "motive",
            Grouping::Cause => "cause",
            Grouping::Status => "status",
            Grouping::Sector => "sector",
            Grouping::Activity => "activity",
            Grouping::Security => "security",
            Grouping::Origin => "origin",
        };
        let country = match self.countries {
            Countries::Together => "",
            Countries::Both => "all, each",
            Countries::Each => "each",
        };
        format!(
            "| `{}` | {} | {group} | {country} | {} |",
            self.id, self.unit, self.doc
        )
    }
}

/// Finds a definition.
pub fn definition(id: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|definition| definition.id == id)
}

const fn define(
    id: &'static str,
    unit: &'static str,
    grouping: Grouping,
    countries: Countries,
    doc: &'static str,
) -> Definition {
    Definition {
        id,
        unit,
        grouping,
        countries,
        doc,
    }
}

use Countries::{Both, Each, Together};
use Grouping::{Activity, Cause, Everybody, Motive, Origin, Sector, Security, Segment, Status};

/// Every outcome, sorted by id.
pub static DEFINITIONS: &[Definition] = &[
    define(
        "abroad_at_end",
        "persons",
        Segment,
        Both,
        "Persons abroad at the end of the run. By segment over all countries; by country over all segments.",
    ),
    define(
        "abroad_by_sector_at_end",
        "persons",
        Sector,
        Together,
        "Persons abroad at the end of the run by where they worked at home. Only where a segment names a sector.",
    ),
    define(
        "abroad_by_status_at_end",
        "persons",
        Status,
        Both,
        "Persons abroad at the end of the run by status.",
    ),
    define(
        "activist_person_months_abroad",
        "person-months",
        Segment,
        Together,
        "Time that activists spent abroad, in transit included. Only where voice is on.",
    ),
    define(
        "activists_among_leavers",
        "ratio",
        Everybody,
        Together,
        "Share of activists among departures over their share in the population: above 1, activists leave more often than others.",
    ),
    define(
        "application_median_wait",
        "days",
        Origin,
        Both,
        "Whole days from application to decision by which half of the applications decided in the run had been. Only where applicants waited for a place or a decision.",
    ),
    define(
        "arrivals",
        "persons",
        Origin,
        Both,
        "Arrivals, from origins and from other countries.",
    ),
    define(
        "aspired",
        "persons",
        Segment,
        Together,
        "Aspirations: how often a person decided to leave, able to or not.",
    ),
    define(
        "call_up_shortfall",
        "persons",
        Everybody,
        Together,
        "Persons who were to be called up by the end of the run and were not, because too few of the draft-eligible were at home. Only where somebody is called up.",
    ),
    define(
        "called_up",
        "persons",
        Segment,
        Together,
        "Persons called up. Only where somebody is called up.",
    ),
    define(
        "claim_median_wait",
        "days",
        Everybody,
        Both,
        "Whole days from claim to last decision by which half of the claims to asylum decided in the run had been. Only countries that take claims.",
    ),
    define(
        "claims",
        "persons",
        Everybody,
        Both,
        "Claims to asylum. Only countries that take claims.",
    ),
    define(
        "claims_pending_at_end",
        "persons",
        Everybody,
        Both,
        "Claimants who wait for a decision at the end of the run, on appeal or before. Only countries that take claims.",
    ),
    define(
        "detained_among_held",
        "persons",
        Segment,
        Together,
        "Detentions at home of persons who were held when they were detained: who wanted to leave and could not. Only where repression and holding are on.",
    ),
    define(
        "detentions",
        "persons",
        Segment,
        Together,
        "Detentions at home. Who was detained twice counts twice. Only where repression is on.",
    ),
    define(
        "draft_eligible_abroad_person_months",
        "person-months",
        Everybody,
        Together,
        "Time that the draft-eligible spent abroad. Only where a segment is draft-eligible.",
    ),
    define(
        "draft_eligible_at_home_at_end",
        "persons",
        Everybody,
        Together,
        "Draft-eligible persons at home at the end of the run who have not been called up and are not detained. Only where a segment is draft-eligible.",
    ),
    define(
        "expelled",
        "persons",
        Everybody,
        Both,
        "Rejected claimants removed to their origin; they are among those returned involuntarily. Only countries that take claims.",
    ),
    define(
        "expired",
        "persons",
        Everybody,
        Both,
        "Permitted stays that reached their end.",
    ),
    define(
        "held_at_end",
        "persons",
        Segment,
        Together,
        "Persons held at the end of the run, whatever by. No row where holding is off.",
    ),
    define(
        "held_by_cause_at_end",
        "persons",
        Cause,
        Together,
        "Persons held at the end of the run by what held them when they were held: a policy gate (barred), a policy cost (deterred), a missing document or money (means). Always read together.",
    ),
    define(
        "irregular_entries",
        "persons",
        Everybody,
        Both,
        "Arrivals by ways in whose stay is irregular from the first day on.",
    ),
    define(
        "irregular_person_months",
        "person-months",
        Everybody,
        Both,
        "Time that persons spent abroad without permission to stay.",
    ),
    define(
        "leavers_higher_education",
        "share",
        Everybody,
        Together,
        "Share with higher education among departures.",
    ),
    define(
        "leavers_mean_age",
        "years",
        Everybody,
        Together,
        "Mean age of those who departed, in completed years on the first day of the scenario.",
    ),
    define(
        "leavers_mean_dissent",
        "ratio",
        Everybody,
        Together,
        "Mean dissent, 0 to 1, of those who departed.",
    ),
    define(
        "leavers_men",
        "share",
        Everybody,
        Together,
        "Share of men among departures.",
    ),
    define(
        "left",
        "persons",
        Segment,
        Together,
        "Departures from the origin. Who returned and left again counts twice.",
    ),
    define(
        "left_by_motive",
        "persons",
        Motive,
        Together,
        "Departures from the origin by motive.",
    ),
    define(
        "left_by_sector",
        "persons",
        Sector,
        Together,
        "Departures from the origin by where they worked. Only where a segment names a sector.",
    ),
    define(
        "left_for",
        "persons",
        Everybody,
        Both,
        "Departures from an origin by the country that was left for: the first destination, moves on from there not counted. Together they are all who left.",
    ),
    define(
        "months_most_want_restriction",
        "months",
        Everybody,
        Each,
        "Time for which more than 60 % of the public want restriction. Only where attitudes move.",
    ),
    define(
        "moved_on",
        "persons",
        Everybody,
        Both,
        "Moves from one host country to another, by the country left.",
    ),
    define(
        "narrative_shift_modelled_at_end",
        "log-hazard",
        Everybody,
        Each,
        "Shift that the model gives the logarithm of the hazard of leaving by the story told at home, at the end of the run; by origin. A modelled number, not an observed one. Only where the narrative at home is on.",
    ),
    define(
        "narrative_shift_modelled_mean",
        "log-hazard",
        Everybody,
        Each,
        "The same, mean over the run.",
    ),
    define(
        "opposition_abroad_at_end",
        "full-time activists",
        Security,
        Both,
        "Publishing of activists abroad at the end of the run, each by status and time since leaving: secure are the protected and the legal, all others insecure; by origin. Only where voice is on.",
    ),
    define(
        "opposition_abroad_mean",
        "full-time activists",
        Security,
        Both,
        "The same, mean over the run.",
    ),
    define(
        "opposition_at_home_at_end",
        "full-time activists",
        Activity,
        Both,
        "Activity of activists at home at the end of the run, neither detained nor mobilised: in the street 1 each, publishing what is possible at home; by origin. Only where voice is on.",
    ),
    define(
        "opposition_at_home_mean",
        "full-time activists",
        Activity,
        Both,
        "The same, mean over the run.",
    ),
    define(
        "person_months_held",
        "person-months",
        Segment,
        Together,
        "Time that persons spent held, whatever by. No row where holding is off.",
    ),
    define(
        "person_months_held_by_cause",
        "person-months",
        Cause,
        Together,
        "Time that persons spent held by what held them.",
    ),
    define(
        "places_taken",
        "persons",
        Origin,
        Both,
        "Places of quotas that applicants took. Only countries with a quota on some day.",
    ),
    define(
        "recognition_rate",
        "share",
        Everybody,
        Both,
        "Claims recognised over claims decided in the end, appeals included. Only countries that take claims and where claims were decided.",
    ),
    define(
        "refusals_seen_at_home",
        "persons",
        Everybody,
        Each,
        "Citizens refused, turned back or handed over on the way to another country, whom the story at home is about; by origin. Only where the narrative at home is on.",
    ),
    define(
        "refused_mean_dissent",
        "ratio",
        Everybody,
        Together,
        "Mean dissent, 0 to 1, of those refused at home. Only where somebody was.",
    ),
    define(
        "refused_per_1000_attempts",
        "per 1,000 attempts",
        Origin,
        Both,
        "Refusals for every thousand attempts to enter; an attempt ends in an arrival, a refusal or being turned back.",
    ),
    define(
        "rendered",
        "persons",
        Segment,
        Together,
        "Persons handed over to their origin by a host in which they stayed; they are among the involuntary returns. Only where repression is on.",
    ),
    define(
        "renewed",
        "persons",
        Everybody,
        Both,
        "Permitted stays that were renewed in the country.",
    ),
    define(
        "rent_burden_at_end",
        "ratio",
        Everybody,
        Each,
        "Rent of a home over the mean net wage at the end of the run. Only countries with a rental market.",
    ),
    define(
        "rent_burden_lived_with",
        "ratio",
        Origin,
        Together,
        "Rent of a home over the mean net wage where persons are at the end of the run, mean over all who are in a country with a rental market. Only where several origins share hosts.",
    ),
    define(
        "rent_index_at_end",
        "ratio",
        Everybody,
        Each,
        "Rent at the end of the run over rent on the first day. Only where rents move.",
    ),
    define(
        "rent_index_peak",
        "ratio",
        Everybody,
        Each,
        "Highest rent at the end of any step over rent on the first day. Only where rents move.",
    ),
    define(
        "reproduction_number",
        "ratio",
        Everybody,
        Together,
        "Further departures that one departure brings on: those whose aspiration came of ties, over all departures, each by the part of `ties.window` that has gone by since its step. Above 1 departures feed themselves. Only where ties are on.",
    ),
    define(
        "returned",
        "persons",
        Segment,
        Both,
        "Returns to the origin, voluntary and involuntary together; by country, the country returned from.",
    ),
    define(
        "returned_involuntarily",
        "persons",
        Segment,
        Together,
        "Returns at the end of a permitted stay that could not be renewed, while irregular, or by removal after a claim was rejected or rendition.",
    ),
    define(
        "returned_voluntarily",
        "persons",
        Segment,
        Together,
        "All other returns.",
    ),
    define(
        "share_returned",
        "share",
        Segment,
        Together,
        "Returns over departures.",
    ),
    define(
        "skill_weighted_loss",
        "share",
        Everybody,
        Together,
        "Incomes of those who departed, as on the first day, less those of who returned, over the incomes of all citizens: the part of the labour force that is gone, each weighed by what it earned.",
    ),
    define(
        "top_risk_got_out",
        "share",
        Everybody,
        Together,
        "Departures of the tenth of citizens at highest risk of persecution over their number: the active, then members of a minority, then others as far as the tenth has room. Who left twice counts twice.",
    ),
    define(
        "top_risk_median_days",
        "days",
        Everybody,
        Together,
        "Days from the first day to the end of the step by which half of those departures had been.",
    ),
    define(
        "top_risk_wrongly_refused",
        "persons",
        Everybody,
        Together,
        "Of that tenth, those refused by mistake at home. Only where somebody was.",
    ),
    define(
        "turned_back_per_1000_attempts",
        "per 1,000 attempts",
        Origin,
        Both,
        "Persons turned back because their way in was closed, for every thousand attempts to enter.",
    ),
    define(
        "wanting_restriction_at_end",
        "share",
        Everybody,
        Each,
        "Share of the public who want restriction at the end of the run. Only where attitudes move.",
    ),
    define(
        "wanting_restriction_peak",
        "share",
        Everybody,
        Each,
        "Highest share of the public who want restriction at the end of any step, the opening included. Only where attitudes move.",
    ),
    define(
        "weeks_above_critical_mass",
        "weeks",
        Everybody,
        Each,
        "Time for which the share of citizens at home who voiced opposition was above the critical mass; by origin. Only where voice is on and a critical mass is said.",
    ),
    define(
        "wrongly_refused",
        "persons",
        Segment,
        Both,
        "Refusals by mistake of persons who would have been admitted; they are among the refused. Only where a channel refuses by mistake.",
    ),
];
