//! The channels that persons of one kind may be able to use, as they hold. They are listed once, because persons are
//! weighed by the hundred thousand and most of them can use few channels.

use super::Ways;
use super::kinds::Asked;
use super::offer::Offer;
use crate::world::RuleSet;
use std::sync::OnceLock;

/// The list of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Usable {
    /// Whether the list has only the channels for which the kind has the documents and conditions; not if all
    /// persons are of one kind.
    pub is_told_apart: bool,
    list: Vec<Offer>,
    /// The places that have any channel, ascending: the position in [`Menu::places`], and where its channels end.
    places: Vec<(u32, u32)>,
}

/// The lists under one rule set, each made on first use.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct UsableByKind {
    /// `None` if there are more kinds than are distinguished: all persons are then of one kind.
    asked: Option<Asked>,
    kinds: Box<[OnceLock<Usable>]>,
}

impl UsableByKind {
    /// Prepares the lists for these channels.
    pub fn of(offers: &[Offer]) -> Self {
        let asked = Asked::by(offers.iter());
        let kinds = asked.kinds();
        Self {
            asked: kinds.map(|_| asked),
            kinds: (0..kinds.unwrap_or(1)).map(|_| OnceLock::new()).collect(),
        }
    }
}

impl Usable {
    /// Each place with its channels.
    pub fn by_place(&self) -> impl Iterator<Item = (usize, &[Offer])> {
        let mut begin = 0;
        self.places.iter().map(move |&(place, end)| {
            let channels = &self.list[begin..end as usize];
            begin = end as usize;
            (place as usize, channels)
        })
    }
}

impl Ways {
    /// The channels that a person who holds these documents (bits) and meets these conditions in some country may
    /// be able to use under a rule set.
    pub(super) fn usable(&self, set: RuleSet, (holds, conditions): (u32, u8)) -> &Usable {
        let by_kind = &self.usable[set as usize];
        let kind = by_kind
            .asked
            .map_or(0, |asked| asked.kind((holds, conditions)));
        by_kind.kinds[kind].get_or_init(|| {
            let offers = &self.offers[set as usize];
            let is_told_apart = by_kind.asked.is_some();
            let mut usable = Usable {
                is_told_apart,
                list: Vec::new(),
                places: Vec::new(),
            };
            for (place, ends) in offers.starts.windows(2).enumerate() {
                let channels = &offers.list[ends[0] as usize..ends[1] as usize];
                let of_use = (channels.iter())
                    .filter(|offer| !is_told_apart || offer.may_be_for(holds, conditions));
                let before = usable.list.len();
                usable.list.extend(of_use.copied());
                if usable.list.len() > before {
                    let end = usable.list.len() as u32;
                    usable.places.push((place as u32, end));
                }
            }
            usable
        })
    }
}
