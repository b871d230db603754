//! Outcomes: the meaning of each, its unit, and whom it is about.

mod definitions;

pub use definitions::{DEFINITIONS, definition};

/// The group that stands for everybody, and the country that stands for all countries.
///
/// No segment and no country can have this name.
pub const ALL: &str = "ALL";

/// One number about a whole run.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Id of the outcome.
    pub id: &'static str,
    /// The group it is about, or [`ALL`].
    pub group: String,
    /// The country it is about, or [`ALL`].
    pub country: String,
    /// Unit of the value.
    pub unit: &'static str,
    /// The value.
    pub value: f64,
    /// Number of agents that it was counted from: the numerator of a count or a rate, or all that a
    /// mean was taken over. `None` if it is not a count of persons (a rent).
    pub agents: Option<u64>,
}

/// The kind of groups that an outcome has, beside [`ALL`] or in its place ([`Grouping::has_everybody`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// No other groups.
    Everybody,
    /// Segments.
    Segment,
    /// Motives.
    Motive,
    /// What holds a person: barred, deterred, means.
    Cause,
    /// Statuses.
    Status,
    /// Sectors: military-industry, it, other.
    Sector,
    /// Kinds of activity: publishing, street.
    Activity,
    /// Security of the stay abroad: secure, insecure.
    Security,
    /// Origins by code, if there are several.
    Origin,
}

/// The definition of an outcome.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its id.
    pub id: &'static str,
    /// Unit of its value.
    pub unit: &'static str,
    /// The kind of its groups.
    pub grouping: Grouping,
    /// The countries for which it has rows.
    pub countries: Countries,
    /// Its meaning, in a sentence or two.
    pub doc: &'static str,
}

/// The countries for which an outcome has rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countries {
    /// One row for all countries together.
    Together,
    /// One row for all countries together and one for each destination.
    Both,
    /// One row for each country.
    Each,
}

impl Grouping {
    /// Whether there is a row of everybody beside the groups.
    ///
    /// Where an outcome divides another one (`left_by_motive` divides `left`), the other one is that row.
    pub fn has_everybody(self) -> bool {
        !matches!(
            self,
            Self::Motive | Self::Cause | Self::Status | Self::Sector
        )
    }
}

impl Definition {
    /// Whether there are rows of one group in one country, and not only of a group in all countries and of everybody in
    /// one country. Segments are not told apart by country.
    pub fn crosses(&self) -> bool {
        self.countries != Countries::Together && self.grouping != Grouping::Segment
    }

    /// Returns its row in the table of `docs/outcomes.md`.
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
