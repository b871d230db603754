//! Outcomes: what each means, in what unit, about whom.

mod definitions;

pub use definitions::{DEFINITIONS, definition};

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
