//! Building countries and exit gates.

use super::Builder;
use crate::scenario::problem::Problem;
use crate::scenario::{BarredOnly, Country, ExitGate, Market};
use crate::units::{Money, MoneyFlow, PersonFlow, Rate};

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
                    crackdown: self.number(&path("crackdown")),
                    surveillance: self.number(&path("surveillance")),
                    police_capacity: self
                        .known(&path("police_capacity"))
                        .map(PersonFlow::from_per_month),
                    rendition: Rate::from_per_year(self.number(&path("rendition"))),
                    return_pull: self.number(&path("return_pull")),
                    legacy: self.number(&path("legacy")),
                    pressure: self.number(&path("pressure")),
                    contact: self.number(&path("contact")),
                    constant: self.number(&path("constant")),
                    travel: Money::new(self.number(&path("travel"))),
                    travel_base: self
                        .by_country(&path("travel_base"))
                        .into_iter()
                        .map(PersonFlow::from_per_month)
                        .collect(),
                    cost_of_living: MoneyFlow::from_per_month(self.number(&path("cost_of_living"))),
                    price_index: self.number(&path("price_index")),
                    friction: self.number(&path("friction")),
                    distance,
                    diaspora: self.by_country(&path("diaspora")),
                    language: self.by_country(&path("language")),
                    market: self.market(code),
                }
            })
            .collect()
    }

    /// Checks that a country serves a purpose, and that it gives what this purpose requires.
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
                    .cure("write safety = 0.5, or the known value"),
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
                            "`{}` names segments that do not live in {code}: {}",
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
            only: self.barred_only(&path("only")),
            share: self.number(&path("share")),
        }
    }

    /// Returns which persons of its segments an exit gate concerns. Warns if it concerns those who
    /// have a case while detention, from which cases arise, is off.
    fn barred_only(&mut self, path: &str) -> BarredOnly {
        let words = self.names_at(path).unwrap_or_default();
        let only = BarredOnly {
            summoned: words.contains(&"draft-notice"),
            prosecuted: words.contains(&"case"),
        };
        let is_off =
            self.get("behaviour.repression.on").is_some() && !self.flag("behaviour.repression.on");
        if let (true, true, Some(said)) = (only.prosecuted, is_off, self.get(path)) {
            self.report(
                Problem::warning(format!(
                    "`{path}` bars persons with a case, but nobody has one: behaviour.repression.on is off"
                ))
                .at(&said.place)
                .expected("repression that is on, where a bar concerns persons with a case")
                .cure("write behaviour.repression.on = true, or take \"case\" out"),
            );
        }
        only
    }
}
