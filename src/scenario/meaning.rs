//! What the values of a scenario mean, key by key, before they are put together.

use super::Distribution;
use super::grammar::{Key, Preset, Slot};
use super::path;
use super::place::Place;
use jiff::civil::Date;

/// A value that was read according to the kind of its key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    Text(String),
    Flag(bool),
    Date(Date),
    Word(String),
    /// A list of words, countries, groups, documents or segments.
    Names(Vec<(String, Place)>),
    /// Ways, each a list of borders.
    Routes(Vec<Vec<(String, Place)>>),
    /// In the base unit.
    Number(f64),
    Count(u64),
    /// There is no limit.
    Unlimited,
    Distribution(Distribution),
    Position {
        latitude: f64,
        longitude: f64,
    },
    Step(StepLength),
    Windows(Vec<Window>),
    Concerned(ConcernedNames),
    /// The end of a ramp, or a new value, for all that a path names.
    Change {
        key: &'static Key,
        to: Box<Meaning>,
        targets: Vec<TargetNames>,
    },
}

/// A length of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepLength {
    Days(u32),
    Months(u32),
}

/// A window of finer steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Window {
    pub from: Date,
    pub to: Date,
    pub step: StepLength,
    pub place: Place,
}

/// Whom a pulse concerns, by name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ConcernedNames {
    Segments(Vec<(String, Place)>),
    InProportionToDissent { origin: Option<String> },
}

/// The thing that a change acts on, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TargetNames {
    /// Something of a country.
    OfCountry {
        country: String,
        /// The channel or exit gate, if the field is not the country's own.
        thing: Option<String>,
        /// The segment or origin that the field is about, if it is about one.
        member: Option<String>,
    },
    /// A document or a border.
    Alone(String),
}

impl TargetNames {
    /// The path of what a change of a key acts on: where its first value stands.
    pub fn path(&self, key: &Key) -> String {
        let names: Vec<&str> = match self {
            Self::Alone(name) => vec![name],
            Self::OfCountry {
                country,
                thing,
                member,
            } => {
                let inner = [thing, member].into_iter().flatten().map(String::as_str);
                std::iter::once(country.as_str()).chain(inner).collect()
            }
        };
        let mut names = names.into_iter();
        let parts: Vec<&str> = key
            .path
            .split('.')
            .map(|word| match Slot::read(word) {
                Some(_) => names.next().unwrap_or(word),
                None => word,
            })
            .collect();
        path::join(&parts)
    }
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Read in a source that is named.
    Read,
    /// Recalled, the source not looked up.
    Recalled,
    /// Derived from other numbers.
    Derived,
    /// Assumed.
    Assumption,
}

impl Basis {
    /// The words in files.
    pub(crate) const WORDS: [&'static str; 4] = ["read", "recalled", "derived", "assumption"];

    pub(crate) fn read(word: &str) -> Option<Self> {
        match word {
            "read" => Some(Self::Read),
            "recalled" => Some(Self::Recalled),
            "derived" => Some(Self::Derived),
            "assumption" => Some(Self::Assumption),
            _ => None,
        }
    }

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Recalled => "recalled",
            Self::Derived => "derived",
            Self::Assumption => "assumption",
        }
    }
}

/// What a claim says beside its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claim {
    pub basis: Basis,
    /// Lower and upper end, in the base unit.
    pub range: Option<(f64, f64)>,
    /// Both as the file writes them, without quotes.
    pub range_text: Option<(String, String)>,
    pub source: Option<String>,
}

/// One value of the scenario.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub key: &'static Key,
    pub meaning: Meaning,
    pub claim: Option<Claim>,
    /// Where the value stands, or the table that leaves it out.
    pub place: Place,
    /// Whether the file leaves it out, so that the preset holds.
    pub preset: bool,
    /// The value as TOML; of a claim the value alone.
    pub text: String,
}

/// What a preset means; `place` is that of the table that leaves the key out.
pub(crate) fn preset(preset: Preset, place: &Place) -> Meaning {
    match preset {
        Preset::Number(number) => Meaning::Number(number),
        Preset::Flag(flag) => Meaning::Flag(flag),
        Preset::Word(word) => Meaning::Word(word.to_owned()),
        Preset::Words(words) => Meaning::Names(
            words
                .iter()
                .map(|word| ((*word).to_owned(), place.clone()))
                .collect(),
        ),
        Preset::Unlimited => Meaning::Unlimited,
    }
}
