//! The table of keys as a tree, along which a file is walked.

use super::{Key, Kind, behaviour, border, channel, country, event, segment, top, voice};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The kind of names that may replace a word in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The code of a country, defined here.
    Code,
    /// A group, defined here.
    Group,
    /// A document, defined here.
    Document,
    /// A segment, defined here.
    Segment,
    /// A channel, defined here.
    Channel,
    /// An exit gate, defined here.
    Exit,
    /// A border, defined here.
    Border,
    /// An event, defined here.
    Event,
    /// A country defined elsewhere.
    Origin,
    /// A country or a group defined elsewhere.
    Place,
    /// A document defined elsewhere.
    Held,
    /// A segment defined elsewhere.
    Concerned,
    /// A border defined elsewhere.
    Passed,
    /// A path that an event changes.
    Path,
}

impl Slot {
    const ALL: [(&'static str, Self); 14] = [
        ("CODE", Self::Code),
        ("GROUP", Self::Group),
        ("DOCUMENT", Self::Document),
        ("SEGMENT", Self::Segment),
        ("CHANNEL", Self::Channel),
        ("EXIT", Self::Exit),
        ("BORDER", Self::Border),
        ("PASSED", Self::Passed),
        ("EVENT", Self::Event),
        ("ORIGIN", Self::Origin),
        ("PLACE", Self::Place),
        ("HELD", Self::Held),
        ("CONCERNED", Self::Concerned),
        ("PATH", Self::Path),
    ];

    /// Returns the slot that a word in capitals stands for.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, slot)| *slot)
    }

    /// Returns what the slot holds, for messages, with its article.
    pub fn described(self) -> &'static str {
        match self {
            Self::Code | Self::Origin => "a country",
            Self::Group => "a group",
            Self::Document | Self::Held => "a document",
            Self::Segment | Self::Concerned => "a segment",
            Self::Channel => "a channel",
            Self::Exit => "an exit gate",
            Self::Border | Self::Passed => "a border",
            Self::Event => "an event",
            Self::Place => "a country or group",
            Self::Path => "a path",
        }
    }
}

/// A table of the grammar.
#[derive(Debug, Default)]
pub(crate) struct Branch {
    /// Its own entry, where it has one.
    pub key: Option<&'static Key>,
    /// Keys with a fixed word.
    pub words: BTreeMap<&'static str, Child>,
    /// What any other name leads to.
    pub slot: Option<(Slot, Box<Child>)>,
}

/// What a key of a table leads to.
#[derive(Debug)]
pub(crate) enum Child {
    /// A value.
    Leaf(&'static Key),
    /// A table.
    Branch(Branch),
}

impl Child {
    /// Returns the branch, if it is one.
    pub fn branch(&self) -> Option<&Branch> {
        match self {
            Self::Branch(branch) => Some(branch),
            Self::Leaf(_) => None,
        }
    }
}

/// The whole grammar.
pub(crate) static GRAMMAR: LazyLock<Branch> = LazyLock::new(|| {
    let mut root = Branch::default();
    for key in keys() {
        let words: Vec<&'static str> = key.path.split('.').collect();
        root.insert(key, &words);
    }
    root
});

/// Returns every key, in the order of the documentation.
pub(crate) fn keys() -> impl Iterator<Item = &'static Key> {
    [
        top::KEYS,
        segment::KEYS,
        country::KEYS,
        channel::KEYS,
        border::KEYS,
        event::KEYS,
        behaviour::KEYS,
        voice::KEYS,
    ]
    .into_iter()
    .flatten()
}

impl Branch {
    /// Returns what a name in this table leads to.
    pub fn child(&self, name: &str) -> Option<&Child> {
        self.words
            .get(name)
            .or(self.slot.as_ref().map(|(_, child)| child.as_ref()))
    }

    fn insert(&mut self, key: &'static Key, words: &[&'static str]) {
        let Some((word, rest)) = words.split_first() else {
            self.key = Some(key);
            return;
        };
        let is_leaf = rest.is_empty() && !matches!(key.kind, Kind::Table);
        let fresh = || {
            if is_leaf {
                Child::Leaf(key)
            } else {
                Child::Branch(Branch::default())
            }
        };
        let child = match Slot::read(word) {
            Some(slot) => {
                let (_, child) = self.slot.get_or_insert_with(|| (slot, Box::new(fresh())));
                child.as_mut()
            }
            None => self.words.entry(word).or_insert_with(fresh),
        };
        if let Child::Branch(branch) = child {
            branch.insert(key, rest);
        }
    }
}
