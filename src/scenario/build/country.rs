//! Countries, channels and exit gates.

use super::Builder;
use crate::scenario::meaning::Meaning;
use crate::scenario::problem::Problem;
use crate::scenario::{
    ApplyFrom, Channel, Condition, Country, ExitGate, Market, Renewal, Status, Stay,
};
use crate::units::{Duration, Money, MoneyFlow};

/// The status of a word of the grammar.
pub(super) fn status(word: &str) -> Status {
    match word {
        "protected" => Status::Protected,
        "legal" => Status::Legal,
        "temporary" => Status::Temporary,
        "pending" => Status::Pending,
        _ => Status::Irregular,
    }
}

/// Conditions as bits.
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

impl Builder<'_> {
    pub(super) fn countries(&mut self) -> Vec<Country> {
        let distances = self.distances();
        let names = self.names;
        names
            .countries
            .keys()
            .zip(distances)
            .map(|(code, distance)| {
                let path = |key: &str| format!("country.{code}.{key}");
                self.check_use(code);
                Country {
                    code: code.clone(),
                    name: self.text(&path("name")).unwrap_or(code).to_owned(),
                    population: self.number(&path("population")),
                    wage: MoneyFlow::from_per_month(self.number(&path("wage"))),
                    real_income: self.number(&path("real_income")),
                    unemployment: self.number(&path("unemployment")),
                    safety: self.number(&path("safety")),
                    repression: self.number(&path("repression")),
                    return_pull: self.number(&path("return_pull")),
                    constant: self.number(&path("constant")),
                    travel: Money::new(self.number(&path("travel"))),
                    distance,
                    diaspora: self.by_country(&path("diaspora")),
                    language: self.by_country(&path("language")),
                    market: self.market(code),
                }
            })
            .collect()
    }

    /// Whether a country is good for anything, and whether it says what it then must.
    fn check_use(&mut self, code: &str) {
        let has_channels = self
            .names
            .countries
            .get(code)
            .is_some_and(|things| !things.channels.is_empty());
        let has_exits = self
            .names
            .countries
            .get(code)
            .is_some_and(|things| !things.exits.is_empty());
        let is_origin = self.origins.contains(code);
        let place = self.place_of(&format!("country.{code}"));
        let says_safety = crate::scenario::load::find(
            self.table,
            &["country".to_owned(), code.to_owned(), "safety".to_owned()],
        )
        .is_some();
        if has_channels && !says_safety {
            self.report(
                Problem::error(format!("`country.{code}.safety` is missing"))
                    .at(&place)
                    .expected("safety from 0 to 1 for a country that has channels")
                    .cure("write safety = 0.5, or what is known"),
            );
        }
        if !has_channels && !is_origin {
            self.report(
                Problem::warning(format!("nobody lives in {code} and nobody can go there"))
                    .at(&place)
                    .expected("a country with segments or with channels")
                    .cure(format!(
                        "add [country.{code}.channel.NAME], or drop = [\"country.{code}\"]"
                    )),
            );
        }
        if has_exits && !is_origin {
            let place = self.place_of(&format!("country.{code}.exit"));
            self.report(
                Problem::warning(format!("the bars on leaving {code} concern nobody"))
                    .at(&place)
                    .expected("exit gates of a country in which a segment lives")
                    .cure("take them out, or add a segment with this origin"),
            );
        }
    }

    fn market(&self, code: &str) -> Option<Market> {
        let path = |key: &str| format!("country.{code}.market.{key}");
        let city = self.text(&path("city"))?;
        Some(Market {
            city: city.to_owned(),
            rent: MoneyFlow::from_per_month(self.number(&path("rent"))),
            city_population: self.number(&path("city_population")),
            rental_share: self.number(&path("rental_share")),
            city_share: self.number(&path("city_share")),
        })
    }

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
        let from = self.names_at(&path("apply_from")).unwrap_or_default();
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
        let length = match self.get(&path("stay.length")).map(|said| &said.meaning) {
            Some(Meaning::Number(days)) => Some(Duration::from_days(*days)),
            _ => None,
        };
        let renewal = (self.word(&path("stay.renew")) == "in country").then(|| Renewal {
            cost: Money::new(self.number(&path("stay.renew_cost"))),
            success: self.number(&path("stay.renew_success")),
        });
        self.check_renewal(&path, renewal.is_some());
        Channel {
            name: name.to_owned(),
            country: self.countries.get(code).copied().unwrap_or_default(),
            open: self.flag(&path("open")),
            origins,
            needs: self.documents_as_bits(&self.names_at(&path("needs")).unwrap_or_default()),
            requires: conditions(self.names_at(&path("requires")).unwrap_or_default()),
            permission: self.flag(&path("permission")),
            grant: self.number(&path("grant")),
            fee: Money::new(self.number(&path("fee"))),
            apply_from: ApplyFrom {
                home: from.contains(&"home"),
                abroad: from.contains(&"abroad"),
                border: from.contains(&"border"),
            },
            stay: Stay { length, renewal },
            status: status(self.word(&path("gives.status"))),
        }
    }

    /// Warns of a price or chance of renewal where there is none.
    fn check_renewal(&mut self, path: &impl Fn(&str) -> String, renewable: bool) {
        for key in ["stay.renew_cost", "stay.renew_success"] {
            if let Some(said) = self.get(&path(key))
                && !said.preset
                && !renewable
            {
                self.report(
                    Problem::warning(format!("`{}` has no effect", path(key)))
                        .at(&said.place)
                        .expected("a price or chance only where the stay can be renewed")
                        .cure("write renew = \"in country\", or take it out"),
                );
            }
        }
    }

    /// Documents as bits.
    pub(super) fn documents_as_bits(&self, names: &[&str]) -> u32 {
        names
            .iter()
            .filter_map(|name| self.documents.get(name))
            .filter_map(|index| 1_u32.checked_shl(u32::from(*index)))
            .fold(0, |bits, bit| bits | bit)
    }

    pub(super) fn exit_gates(&mut self) -> Vec<ExitGate> {
        let keys: Vec<(&str, &str)> = self.exits.keys().copied().collect();
        keys.into_iter()
            .map(|(name, code)| self.exit_gate(code, name))
            .collect()
    }

    fn exit_gate(&mut self, code: &str, name: &str) -> ExitGate {
        let path = |key: &str| format!("country.{code}.exit.{name}.{key}");
        let lives_here = |segment: &str| self.word(&format!("segment.{segment}.origin")) == code;
        let segments: Vec<&str> = match self.names_at(&path("segments")) {
            Some(names) => {
                let elsewhere: Vec<&str> = names
                    .iter()
                    .copied()
                    .filter(|name| !lives_here(name))
                    .collect();
                if let (Some(said), false) = (self.get(&path("segments")), elsewhere.is_empty()) {
                    self.problems.push(
                        Problem::error(format!(
                            "`{}` names who does not live in {code}: {}",
                            path("segments"),
                            elsewhere.join(", ")
                        ))
                        .at(&said.place)
                        .expected(format!("segments with origin = \"{code}\""))
                        .cure("take them out"),
                    );
                }
                names
            }
            None => self
                .segments
                .keys()
                .copied()
                .filter(|segment| lives_here(segment))
                .collect(),
        };
        ExitGate {
            name: name.to_owned(),
            country: self.countries.get(code).copied().unwrap_or_default(),
            segments: self.segment_set(&segments),
            share: self.number(&path("share")),
        }
    }
}
