//! What each value of a scenario means, key by key, before the scenario is put together.

use super::Distribution;
use super::grammar::{Key, Preset, Slot};
use super::path;
use super::place::Place;
use jiff::civil::Date;

/// A value, read according to the kind of its key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meaning {
    Text(String),
    Flag(bool),
    Date(Date),
    Word(String),
    /// A list of words, countries, groups, documents or segments.
    Names(Vec<(String, Place)>),
    /// Routes, each a list of borders.
    Routes(Vec<Vec<(String, Place)>>),
    /// A number in the base unit.
    Number(f64),
    Count(u64),
    /// No limit.
    Unlimited,
    Distribution(Distribution),
    Position {
        latitude: f64,
        longitude: f64,
    },
    Step(StepLength),
    Windows(Vec<Window>),
    Concerned(ConcernedNames),
    /// A new value, or the end of a ramp, for everything that a path names.
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
    /// A thing of a country, or the country itself.
    OfCountry {
        country: String,
        /// The channel or exit gate; `None` if the field belongs to the country itself.
        thing: Option<String>,
        /// The segment or origin that the field is about, if any.
        member: Option<String>,
    },
    /// A document or a border.
    Alone(String),
}

impl TargetNames {
    /// Returns the path of the value that a change of a key acts on: where its first-day value is
    /// written.
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

/// What a number rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Read in a named source.
    Read,
    /// Recalled; the source was not looked up.
    Recalled,
    /// Derived from other numbers.
    Derived,
    /// Assumed.
    Assumption,
}

impl Basis {
    /// The words used in files.
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

    /// Returns the word used in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Recalled => "recalled",
            Self::Derived => "derived",
            Self::Assumption => "assumption",
        }
    }
}

/// What a claim states in addition to its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claim {
    pub basis: Basis,
    /// Lower and upper end, in the base unit.
    pub range: Option<(f64, f64)>,
    /// Both ends as written in the file, without quotes.
    pub range_text: Option<(String, String)>,
    pub source: Option<String>,
}

/// One value of the scenario.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub key: &'static Key,
    pub meaning: Meaning,
    pub claim: Option<Claim>,
    /// The place of the value, or of the table that leaves it out.
    pub place: Place,
    /// Whether the file leaves the value out, so that the preset applies.
    pub preset: bool,
    /// The value as TOML; for a claim, the value alone.
    pub text: String,
}

/// Returns the meaning of a preset; `place` is that of the table that leaves the key out.
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
