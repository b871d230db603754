//! What one person believes: which version it has heard of, and what follows from that.

use super::Beliefs;
use super::heard::{Heard, Otherwise};
use crate::draw::Identity;
use crate::model::tip::Tip;
use crate::population::CountrySet;
use crate::world::{ChannelRules, RuleSet};

/// What one person believes that differs from what holds, or knows to come. For most persons this is nothing, which
/// takes no more than a word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Belief(Option<Box<Differences>>);

/// Where a belief differs from what holds.
#[derive(Debug, Clone, PartialEq, Default)]
struct Differences {
    /// Number in the list of the class, and option.
    list: Vec<(u16, u16)>,
    /// By rule set: the countries of channels that differ for this person.
    differs: [CountrySet; 4],
    /// Countries of all channels in the list.
    all: CountrySet,
}

static AS_IT_IS: Belief = Belief(None);

impl Belief {
    /// The belief of a person who knows everything that holds and nothing of what will.
    pub fn as_it_is() -> &'static Self {
        &AS_IT_IS
    }

    /// Records a channel of which this person believes or knows something else.
    fn add(&mut self, (number, option): (usize, usize), country: u16, otherwise: &Otherwise) {
        let differences = self.0.get_or_insert_default();
        differences.list.push((number as u16, option as u16));
        differences.all.insert(country);
        for (set, differs) in differences.differs.iter_mut().zip(otherwise.differs) {
            if differs {
                set.insert(country);
            }
        }
    }

    /// Whether the person believes what holds and knows of nothing to come.
    #[inline]
    pub fn is_as_it_is(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a country differs for this person: under a rule set as it is believed to be now, or, if `ahead`, as
    /// it will be.
    #[inline]
    pub fn is_about(&self, country: u16, set: RuleSet, ahead: bool) -> bool {
        self.0.as_ref().is_some_and(|differences| {
            if ahead {
                differences.all.contains(country)
            } else {
                differences.differs[set as usize].contains(country)
            }
        })
    }

    /// The number in the list of the class, and the option, of each channel.
    pub fn list(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let list = self
            .0
            .as_ref()
            .map_or(&[][..], |differences| &differences.list);
        list.iter()
            .map(|(number, option)| (usize::from(*number), usize::from(*option)))
    }
}

impl Beliefs {
    /// What a person believes that differs from what holds, or knows to come (only if `anticipating`); of `refused`
    /// channels it knows what holds. `tips` are those of the person.
    #[inline]
    pub fn of_person(
        &self,
        (class, segment): (u32, u16),
        identity: Identity,
        tips: &[Tip],
        refused: &[u16],
        anticipating: bool,
    ) -> Belief {
        let mut belief = Belief::default();
        for (number, heard) in self.of_class(class).iter().enumerate() {
            let option = self.latest(segment, (number, heard), identity, tips);
            let Some(otherwise) = &heard.options[option] else {
                continue;
            };
            let errs = otherwise.differs.contains(&true);
            if !(errs || anticipating) || refused.contains(&heard.channel) {
                continue;
            }
            belief.add((number, option), heard.country, otherwise);
        }
        belief
    }

    /// What a person believes of a channel, if that differs from what holds.
    pub fn of_channel(
        &self,
        (class, segment): (u32, u16),
        identity: Identity,
        tips: &[Tip],
        channel: u16,
    ) -> Option<&ChannelRules> {
        let (number, heard) = self.find(class, channel)?;
        let option = self.latest(segment, (number, heard), identity, tips);
        heard.options[option]
            .as_ref()
            .map(|otherwise| &otherwise.believed)
    }

    /// Whether somebody of a class knows of a channel that will close to the class.
    pub fn closing_ahead(&self, class: u32) -> bool {
        self.of_class(class)
            .iter()
            .any(|heard| heard.closings.iter().any(|list| !list.is_empty()))
    }

    /// The beginning of the last step (days since the first day) in which a person who has a date of departure can
    /// still leave by a channel, if the person knows that the channel will be closed on that date.
    pub fn last_chance(
        &self,
        (class, segment): (u32, u16),
        identity: Identity,
        tips: &[Tip],
        (channel, due): (u16, f64),
    ) -> Option<f64> {
        let (number, heard) = self.find(class, channel)?;
        let option = self.latest(segment, (number, heard), identity, tips);
        let mut closings = heard.closings[option].iter();
        let closing = closings.find(|closing| closing.acts <= due && due < closing.until)?;
        Some(closing.last)
    }

    /// A channel in the list of a class, and its number there; the lists are sorted by channel.
    fn find(&self, class: u32, channel: u16) -> Option<(usize, &Heard)> {
        let list = self.of_class(class);
        let number = list
            .binary_search_by_key(&channel, |heard| heard.channel)
            .ok()?;
        Some((number, &list[number]))
    }

    /// The option of a person: that of the latest version that it has heard of, on its own or from ties.
    #[inline]
    fn latest(
        &self,
        segment: u16,
        (number, heard): (usize, &Heard),
        identity: Identity,
        tips: &[Tip],
    ) -> usize {
        let hearing = &self.hearing[usize::from(segment)][number];
        let own = hearing
            .iter()
            .position(|(key, chance)| identity.uniform(*key) < *chance)
            .unwrap_or(hearing.len());
        if tips.is_empty() {
            return own;
        }
        let is_known = |version: &u16| {
            let tells = |tip: &Tip| {
                (tip.channel, tip.version) == (heard.channel, *version) && tip.heard <= self.day
            };
            tips.iter().any(tells)
        };
        let told = heard.versions.iter().position(is_known);
        told.map_or(own, |told| told.min(own))
    }
}
