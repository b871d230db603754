//! From checked values to the typed [`Scenario`], with the checks that need several values.

mod behaviour;
mod border;
mod calendar;
mod call_up;
mod channel;
mod country;
mod distance;
mod event;
mod policy;
pub(super) mod repression;
mod segment;
mod voice;

pub(crate) use behaviour::TIES;

use super::check::SaidByPath;
use super::load;
use super::meaning::{Meaning, Said};
use super::names::Names;
use super::node::Table;
use super::path;
use super::place::Place;
use super::problem::{Problem, Problems};
use super::{Constants, Lifted, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// Documents in one set of bits.
const MOST_DOCUMENTS: usize = 32;
/// Countries, which persons keep in one byte, and countries in which segments live.
const MOST_COUNTRIES: usize = 256;
const MOST_ORIGINS: usize = 64;
/// Things of one kind: what is more is a mistake, and indices have sixteen bits.
const MOST_THINGS: usize = 10_000;

/// Builds the scenario. Where a value is missing, which was reported, zero stands in its place:
/// with any error the result is thrown away.
pub(crate) fn build(
    said: &SaidByPath,
    names: &Names,
    table: &Table,
    place: &Place,
    stem: &str,
    problems: &mut Problems,
) -> Scenario {
    let mut builder = Builder::new(said, names, table, place, problems);
    builder.check_names();
    // Everything has a number by country, and every two countries a distance: far too many would
    // take minutes and gigabytes to build, only to be thrown away.
    if builder.names.countries.len() > MOST_COUNTRIES {
        builder.countries.clear();
    }
    let calendar = builder.calendar();
    let behaviour = builder.behaviour();
    let segments = builder.segments();
    let countries = builder.countries();
    let channels = builder.channels();
    let exit_gates = builder.exit_gates();
    let borders = builder.borders();
    let documents = builder.documents();
    let events = builder.events(&calendar);
    builder.check_populations(&segments, &countries);
    let name = builder
        .text("name")
        .map_or_else(|| path::to_label(stem), str::to_owned);
    let scenario = Scenario {
        title: builder.text("title").unwrap_or(&name).to_owned(),
        currency: builder.text("currency").unwrap_or_default().to_owned(),
        documents,
        lifted: match builder.word("model.lifted") {
            "all_open" => Lifted::AllOpen,
            _ => Lifted::AsBefore,
        },
        constants: builder.constants(),
        reference: None,
        name,
        calendar,
        segments,
        countries,
        channels,
        exit_gates,
        borders,
        events,
        behaviour,
    };
    builder.check_ties();
    builder.check_narrative();
    builder.check_policy(&scenario);
    scenario
}

/// What is needed to build: values, names with their indices, and where problems go.
struct Builder<'a> {
    said: &'a SaidByPath,
    names: &'a Names,
    table: &'a Table,
    /// Where what stands nowhere is reported.
    place: &'a Place,
    problems: &'a mut Problems,
    countries: BTreeMap<&'a str, u16>,
    segments: BTreeMap<&'a str, u16>,
    documents: BTreeMap<&'a str, u16>,
    borders: BTreeMap<&'a str, u16>,
    /// By (country, name), as the list of channels is sorted.
    channels: BTreeMap<(&'a str, &'a str), u16>,
    /// By (name, country), as the list of exit gates is sorted.
    exits: BTreeMap<(&'a str, &'a str), u16>,
    /// Countries in which segments live.
    origins: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    fn new(
        said: &'a SaidByPath,
        names: &'a Names,
        table: &'a Table,
        place: &'a Place,
        problems: &'a mut Problems,
    ) -> Self {
        let of_countries = |pick: fn(&'a super::names::Things) -> &'a BTreeSet<String>| {
            names.countries.iter().flat_map(move |(code, things)| {
                pick(things)
                    .iter()
                    .map(move |name| (code.as_str(), name.as_str()))
            })
        };
        let origins = names
            .segments
            .iter()
            .filter_map(|segment| word_of(said, &format!("segment.{segment}.origin")))
            .map(str::to_owned)
            .collect();
        Self {
            countries: indices(names.countries.keys().map(String::as_str)),
            segments: indices(names.segments.iter().map(String::as_str)),
            documents: indices(names.documents.iter().map(String::as_str)),
            borders: indices(names.borders.iter().map(String::as_str)),
            channels: indices(of_countries(|things| &things.channels)),
            exits: indices(of_countries(|things| &things.exits).map(|(code, name)| (name, code))),
            said,
            names,
            table,
            place,
            problems,
            origins,
        }
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn get(&self, path: &str) -> Option<&'a Said> {
        self.said.get(path)
    }

    /// A number, if it is there and was read.
    fn known(&self, path: &str) -> Option<f64> {
        match self.get(path)?.meaning {
            Meaning::Number(number) => Some(number),
            _ => None,
        }
    }

    fn number(&self, path: &str) -> f64 {
        self.known(path).unwrap_or(0.0)
    }

    fn flag(&self, path: &str) -> bool {
        matches!(
            self.get(path).map(|said| &said.meaning),
            Some(Meaning::Flag(true))
        )
    }

    fn count(&self, path: &str) -> Option<u64> {
        match self.get(path)?.meaning {
            Meaning::Count(count) => Some(count),
            _ => None,
        }
    }

    fn text(&self, path: &str) -> Option<&'a str> {
        match &self.get(path)?.meaning {
            Meaning::Text(text) => Some(text),
            _ => None,
        }
    }

    fn word(&self, path: &str) -> &'a str {
        word_of(self.said, path).unwrap_or_default()
    }

    fn names_at(&self, path: &str) -> Option<Vec<&'a str>> {
        match &self.get(path)?.meaning {
            Meaning::Names(names) => Some(names.iter().map(|(name, _)| name.as_str()).collect()),
            _ => None,
        }
    }

    /// The values directly below a path, with their names.
    fn below(&self, path: &str) -> Vec<(&'a str, &'a Said)> {
        let prefix = format!("{path}.");
        self.said
            .range(prefix.clone()..)
            .take_while(|(path, _)| path.starts_with(&prefix))
            .filter_map(|(path, said)| Some((path.get(prefix.len()..)?, said)))
            .collect()
    }

    /// Where a thing is defined.
    fn place_of(&self, path: &str) -> Place {
        load::find(self.table, &path::split(path))
            .map_or_else(|| self.place.clone(), |entry| entry.key.clone())
    }

    /// The indices of the countries that names stand for, sorted.
    fn country_set<'b>(&self, names: impl IntoIterator<Item = &'b str>) -> Vec<u16> {
        let indices: BTreeSet<u16> = names
            .into_iter()
            .flat_map(|name| self.names.countries_of(name))
            .filter_map(|code| self.countries.get(code.as_str()).copied())
            .collect();
        indices.into_iter().collect()
    }

    fn segment_set(&self, names: &[&str]) -> Vec<u16> {
        let indices: BTreeSet<u16> = names
            .iter()
            .filter_map(|name| self.segments.get(name).copied())
            .collect();
        indices.into_iter().collect()
    }

    /// A number by country: for each country what is said for it, else for a group it is in.
    fn by_country(&mut self, path: &str) -> Vec<f64> {
        let mut values = vec![0.0; self.countries.len()];
        let mut from_group: BTreeMap<u16, (&str, f64)> = BTreeMap::new();
        let below = self.below(path);
        for (name, said) in &below {
            let Meaning::Number(number) = said.meaning else {
                continue;
            };
            if self.names.countries.contains_key(*name) {
                continue;
            }
            for index in self.country_set([*name]) {
                if let Some((other, earlier)) = from_group.insert(index, (name, number))
                    && earlier != number
                {
                    let code = self.names.countries.keys().nth(usize::from(index));
                    let code = code.map_or("", String::as_str);
                    let is_said = below.iter().any(|(name, _)| *name == code);
                    if !is_said {
                        self.problems.push(
                            Problem::error(format!(
                                "`{path}` gives {code} two values: as a member of {other} and of {name}"
                            ))
                            .at(&said.place)
                            .expected("one value for each country")
                            .cure(format!("write a value for {code} itself, which overrides those of groups")),
                        );
                    }
                }
            }
        }
        for (index, (_, number)) in from_group {
            values[usize::from(index)] = number;
        }
        for (name, said) in below {
            if let (Some(index), Meaning::Number(number)) =
                (self.countries.get(name), &said.meaning)
            {
                values[usize::from(*index)] = *number;
            }
        }
        values
    }

    /// Names that stand for two things, and more things than can be counted.
    fn check_names(&mut self) {
        for group in self.names.groups.keys() {
            let as_code = group.to_ascii_uppercase();
            if self.names.countries.contains_key(&as_code) {
                let place = self.place_of(&format!("group.{group}"));
                self.report(
                    Problem::error(format!("a group and a country are both called {as_code}"))
                        .at(&place)
                        .expected("a name that is not a country code of the scenario")
                        .cure(format!(
                            "give the group another name, such as {group}-group"
                        )),
                );
            }
        }
        let excess = self.names.documents.iter().nth(MOST_DOCUMENTS);
        if let Some(document) = excess {
            let place = self.place_of(&format!("document.{document}"));
            let count = self.names.documents.len();
            self.report(
                Problem::error(format!("there are {count} documents"))
                    .at(&place)
                    .expected(format!("at most {MOST_DOCUMENTS} documents"))
                    .cure("use one document for several that are held by the same persons"),
            );
        }
        let counts = [
            ("countries", self.names.countries.len(), MOST_COUNTRIES),
            ("origins", self.origins.len(), MOST_ORIGINS),
            ("segments", self.segments.len(), MOST_THINGS),
            ("channels", self.channels.len(), MOST_THINGS),
            ("exit gates", self.exits.len(), MOST_THINGS),
            ("borders", self.borders.len(), MOST_THINGS),
            ("events", self.names.events.len(), MOST_THINGS),
        ];
        for (things, count, most) in counts {
            if count > most {
                let place = self.place.clone();
                self.report(
                    Problem::error(format!("there are {count} {things}"))
                        .at(&place)
                        .expected(format!("at most {most}"))
                        .cure("write fewer; perhaps a program wrote them twice"),
                );
            }
        }
    }

    fn constants(&self) -> Option<Constants> {
        self.get("constants.onward_pull")?;
        Some(Constants {
            inclusive_value: self
                .names
                .segments
                .iter()
                .map(|segment| {
                    self.known(&format!("constants.inclusive_value.{segment}"))
                        .unwrap_or(f64::NEG_INFINITY)
                })
                .collect(),
            onward_pull: self.number("constants.onward_pull"),
            host_value: self.number("constants.host_value"),
            scale: self.count("constants.scale"),
        })
    }
}

fn word_of<'a>(said: &'a SaidByPath, path: &str) -> Option<&'a str> {
    match &said.get(path)?.meaning {
        Meaning::Word(word) => Some(word),
        _ => None,
    }
}

/// Consecutive indices by name, in the order of names; those beyond sixteen bits are reported
/// elsewhere.
fn indices<T: Ord>(names: impl Iterator<Item = T>) -> BTreeMap<T, u16> {
    let sorted: BTreeSet<T> = names.collect();
    (0..u16::MAX)
        .zip(sorted)
        .map(|(index, name)| (name, index))
        .collect()
}
