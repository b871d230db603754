//! Building channels.

use super::Builder;
use crate::scenario::meaning::Meaning;
use crate::scenario::place::Place;
use crate::scenario::problem::Problem;
use crate::scenario::{
    Appeal, ApplyFrom, Asylum, Channel, Condition, Distribution, Ground, Quota, Renewal,
    RenewalKind, Status, Stay,
};
use crate::units::{Duration, Money, PersonFlow};

/// The condition that makes a channel a channel of claims to asylum.
pub(super) const PRESENCE: &str = "presence";

/// Returns the status that a word of the grammar stands for.
pub(super) fn status(word: &str) -> Status {
    match word {
        "protected" => Status::Protected,
        "legal" => Status::Legal,
        "temporary" => Status::Temporary,
        "pending" => Status::Pending,
        _ => Status::Irregular,
    }
}

/// Returns conditions as bits.
pub(super) fn conditions<'b>(words: impl IntoIterator<Item = &'b str>) -> u8 {
    words
        .into_iter()
        .filter_map(|word| match word {
            "at-risk" => Some(Condition::AtRisk),
            "ancestry" => Some(Condition::Ancestry),
            "kin" => Some(Condition::Kin),
            "employer" => Some(Condition::Employer),
            "draft-notice" => Some(Condition::DraftNotice),
            _ => None,
        })
        .fold(0, |bits, condition| bits | (1 << condition as u8))
}

/// Returns grounds as bits.
fn grounds<'b>(words: impl IntoIterator<Item = &'b str>) -> u8 {
    let ground = |word| match word {
        "activism" => Ground::Activism,
        "minority" => Ground::Minority,
        _ => Ground::DraftEvasion,
    };
    words
        .into_iter()
        .fold(0, |bits, word| bits | (1 << ground(word) as u8))
}

/// Returns the kind of renewal that a word of the grammar stands for.
pub(super) fn renewal(word: &str) -> RenewalKind {
    match word {
        "in country" => RenewalKind::InCountry,
        "re-entry" => RenewalKind::ReEntry,
        _ => RenewalKind::None,
    }
}

impl Builder<'_> {
    pub(super) fn channels(&mut self) -> Vec<Channel> {
        let keys: Vec<(&str, &str)> = self.channels.keys().copied().collect();
        keys.into_iter()
            .map(|(code, name)| self.channel(code, name))
            .collect()
    }

    fn channel(&mut self, code: &str, name: &str) -> Channel {
        let path = |key: &str| format!("country.{code}.channel.{name}.{key}");
        let origins = match self.names_at(&path("origins")) {
            Some(names) => self.country_set(names),
            None => self.country_set(self.origins.iter().map(String::as_str)),
        };
        let own = self.countries.get(code);
        if !origins.is_empty() && origins.iter().all(|origin| Some(origin) == own) {
            let place = self.place_of(&format!("country.{code}.channel.{name}"));
            self.report(
                Problem::warning(format!("the channel {name} of {code} is for nobody but its own citizens"))
                    .at(&place)
                    .expected("citizens of another country in which a segment lives: nobody enters their own country by a channel")
                    .cure("correct `origins`, or take the channel out"),
            );
        }
        let requires = self.names_at(&path("requires")).unwrap_or_default();
        let asylum = requires
            .contains(&PRESENCE)
            .then(|| self.asylum(&format!("country.{code}.channel.{name}")));
        let mut from = self.names_at(&path("apply_from")).unwrap_or_default();
        if from.is_empty()
            && let Some(said) = self.get(&path("apply_from"))
        {
            self.report(
                Problem::error(format!("`{}` is empty", path("apply_from")))
                    .at(&said.place)
                    .expected("one or more of \"home\", \"abroad\", \"border\"")
                    .cure("write open = false to close the channel"),
            );
        }
        if asylum.is_some() {
            // Nobody enters by it: those who claim are in the country already.
            from.clear();
        }
        Channel {
            name: name.to_owned(),
            country: self.countries.get(code).copied().unwrap_or_default(),
            open: self.flag(&path("open")),
            origins,
            needs: self.documents_as_bits(&self.names_at(&path("needs")).unwrap_or_default()),
            needs_any: self
                .documents_as_bits(&self.names_at(&path("needs_any")).unwrap_or_default()),
            bars: self.segment_set(&self.names_at(&path("bars")).unwrap_or_default()),
            requires: conditions(requires),
            permission: self.flag(&path("permission")),
            grant: self.number(&path("grant")),
            grant_for: self.by_segment(&path("grant_for")),
            also_refuses: self.by_segment(&path("also_refuses")),
            fee: Money::new(self.number(&path("fee"))),
            quota: self.known(&path("quota.size")).map(|size| Quota {
                size: PersonFlow::from_per_month(size),
            }),
            decision: self.decision(&path("decision")),
            apply_from: ApplyFrom {
                home: from.contains(&"home"),
                abroad: from.contains(&"abroad"),
                border: from.contains(&"border"),
            },
            routes: self.routes(&path("routes")),
            stay: Stay {
                length: self.known(&path("stay.length")).map(Duration::from_days),
                within: self.known(&path("stay.within")).map(Duration::from_days),
                renewal: Renewal {
                    kind: renewal(self.word(&path("stay.renew"))),
                    cost: Money::new(self.number(&path("stay.renew_cost"))),
                    success: self.number(&path("stay.renew_success")),
                },
            },
            status: status(self.word(&path("gives.status"))),
            work: self.flag(&path("gives.work")),
            extradition_shield: self.number(&path("gives.extradition_shield")),
            asylum,
        }
    }

    /// Returns how claims by a channel are decided.
    fn asylum(&self, channel: &str) -> Asylum {
        let path = |key: &str| format!("{channel}.{key}");
        Asylum {
            grounds: grounds(self.names_at(&path("grounds")).unwrap_or_default()),
            appeal: self.known(&path("appeal.grant")).map(|grant| Appeal {
                grant,
                decision: self.decision(&path("appeal.decision")),
            }),
            removal: self.known(&path("removal")).unwrap_or(0.0),
        }
    }

    /// Returns the numbers given by segment, sorted by segment.
    fn by_segment(&self, path: &str) -> Vec<(u16, f64)> {
        let mut numbers: Vec<(u16, f64)> = self
            .below(path)
            .into_iter()
            .filter_map(|(name, said)| match said.meaning {
                Meaning::Number(number) => Some((*self.segments.get(name)?, number)),
                _ => None,
            })
            .collect();
        numbers.sort_by_key(|(segment, _)| *segment);
        numbers
    }

    /// Returns the time until a decision; `None` if it is zero or not given.
    fn decision(&self, path: &str) -> Option<Distribution> {
        match &self.get(path)?.meaning {
            Meaning::Distribution(Distribution::Constant(0.0)) => None,
            Meaning::Distribution(distribution) => Some(distribution.clone()),
            _ => None,
        }
    }

    fn routes(&self, path: &str) -> Vec<Vec<u16>> {
        let Some(Meaning::Routes(ways)) = self.get(path).map(|said| &said.meaning) else {
            return Vec::new();
        };
        let index = |(name, _): &(String, Place)| self.borders.get(name.as_str()).copied();
        ways.iter()
            .map(|way| way.iter().filter_map(index).collect())
            .collect()
    }

    /// Returns documents as bits.
    pub(super) fn documents_as_bits(&self, names: &[&str]) -> u32 {
        names
            .iter()
            .filter_map(|name| self.documents.get(name))
            .filter_map(|index| 1_u32.checked_shl(u32::from(*index)))
            .fold(0, |bits, bit| bits | bit)
    }
}
