//! The menus of a step: what going to each country is worth, from home and from abroad.

use super::belief::{Beliefs, Heard};
use super::housing::rent_exposure;
use super::menu::{Menu, Ways};
use super::place::Place;
use super::sheet::Sheet;
use crate::draw::math::{exp, ln, ln_1p};
use crate::draw::{label, label_within};
use crate::scenario::Scenario;
use crate::world::{ChannelRules, Classes, World};
use std::ops::Range;
use std::sync::Arc;

/// The menus of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// From home, by class of segments; see [`Outlook::class_of`].
    pub home: Vec<Menu>,
    /// From abroad, as `abroad[class * countries + here]`.
    abroad: Vec<Menu>,
    classes: Classes,
    countries: usize,
    /// By class.
    ways: Vec<Arc<ClassWays>>,
}

/// The ways out of a class of segments, with everything that they were made from: they serve the next step too
/// if all of that is the same there.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassWays {
    made_from: MadeFrom,
    home: ChannelsByCountry,
    abroad: ChannelsByCountry,
}

/// What can make the ways out of a class differ from one step to the next.
#[derive(Debug, Clone, PartialEq)]
struct MadeFrom {
    /// The rules of every channel as they hold for the class.
    channels: Vec<ChannelRules>,
    /// By country: the cost of the journey, currency units.
    travel: Vec<f64>,
    /// The channels about which the persons of the class differ.
    heard: Vec<Heard>,
}

/// Channels, and by place the range of those that lead to it.
type ChannelsByCountry = (Arc<Ways>, Vec<Range<usize>>);

impl MadeFrom {
    fn of(world: &World, member: u16, heard: &[Heard]) -> Self {
        let rules = &world.rules;
        let channels = 0..rules.channels.len();
        Self {
            channels: channels
                .map(|channel| rules.channel(channel, usize::from(member)))
                .collect(),
            travel: rules.countries.iter().map(|facts| facts.travel).collect(),
            heard: heard.to_vec(),
        }
    }

    /// Whether it equals that of a step, without building the latter.
    fn is_of(&self, world: &World, member: u16, heard: &[Heard]) -> bool {
        let rules = &world.rules;
        let travel = rules.countries.iter().map(|facts| &facts.travel);
        let mut channels = self.channels.iter().enumerate();
        travel.eq(&self.travel)
            && self.heard == heard
            && channels.all(|(channel, known)| *known == rules.channel(channel, member.into()))
    }
}

impl Outlook {
    /// Builds the menus of a world in which everybody knows what holds and nothing of what will.
    pub fn new(scenario: &Scenario, world: &World) -> Self {
        Self::with(scenario, world, Classes::of(scenario), &Beliefs::default())
    }

    /// Builds the menus of a world, including the effect of beliefs.
    pub fn with(scenario: &Scenario, world: &World, classes: Classes, beliefs: &Beliefs) -> Self {
        Self::after(&[], scenario, world, classes, beliefs)
    }

    /// Like [`Outlook::with`], but reuses the ways out of an earlier step (by class) where they are the same.
    pub fn after(
        before: &[Arc<ClassWays>],
        scenario: &Scenario,
        world: &World,
        classes: Classes,
        beliefs: &Beliefs,
    ) -> Self {
        let countries = scenario.countries.len();
        let channels = channels_of(scenario);
        let hosts: Vec<Hosts> = (0..countries)
            .map(|country| Hosts::of(scenario, world, country))
            .collect();
        // (Every menu of every class needs it.)
        let least_savings = least_savings(scenario);
        let mut home = Vec::with_capacity(classes.count());
        let mut abroad = Vec::with_capacity(classes.count() * countries);
        let mut ways = Vec::with_capacity(classes.count());
        for class in 0..classes.count() {
            let member = classes.member(class);
            let origin = scenario.segments[usize::from(member)].origin;
            let heard = beliefs.of_class(class as u32);
            let maker = MenuMaker {
                scenario,
                channels: &channels,
                hosts: &hosts,
                attractions: (0..countries)
                    .map(|country| {
                        Attraction::of(scenario, world, &hosts[country], origin, country)
                    })
                    .collect(),
                origin,
                least_savings: least_savings[usize::from(origin)],
            };
            let known = before.get(class);
            let known = known.filter(|known| known.made_from.is_of(world, member, heard));
            let of_class = known.cloned().unwrap_or_else(|| {
                let slot = world.rules.slot(origin).unwrap_or(0);
                let sheet = Sheet::new(scenario, world, (slot, member), heard);
                Arc::new(ClassWays {
                    made_from: MadeFrom::of(world, member, heard),
                    home: maker.ways(&sheet, false),
                    abroad: maker.ways(&sheet, true),
                })
            });
            home.push(maker.menu(&of_class.home, None).with_means());
            let hosts = 0..countries as u16;
            abroad.extend(hosts.map(|here| maker.menu(&of_class.abroad, Some(here))));
            ways.push(of_class);
        }
        Self {
            home,
            abroad,
            classes,
            countries,
            ways,
        }
    }

    /// The ways out by class, to be passed to [`Outlook::after`].
    pub fn ways(&self) -> &[Arc<ClassWays>] {
        &self.ways
    }

    /// The class of a segment; segments that share every rule of every day share their menus.
    pub fn class_of(&self, segment: u16) -> u32 {
        self.classes.of_segment(usize::from(segment))
    }

    /// The menu of persons of a class of segments who are in a host country.
    pub fn from_abroad(&self, class: u32, here: u16) -> &Menu {
        &self.abroad[class as usize * self.countries + usize::from(here)]
    }

    /// A host country as a place, at its distance from the origin.
    pub fn host(&self, class: u32, here: u16) -> Option<&Place> {
        self.home[class as usize]
            .places
            .iter()
            .find(|place| place.country == here)
    }
}

/// By country: the indices of its channels, with the key of draws about each.
fn channels_of(scenario: &Scenario) -> Vec<Vec<(u16, u32)>> {
    let mut channels = vec![Vec::new(); scenario.countries.len()];
    for (index, channel) in (0u16..).zip(&scenario.channels) {
        let country = usize::from(channel.country);
        let key = label_within(&scenario.countries[country].code, &channel.name);
        channels[country].push((index, key));
    }
    channels
}

/// What all menus of a class are made from.
struct MenuMaker<'a> {
    scenario: &'a Scenario,
    channels: &'a [Vec<(u16, u32)>],
    hosts: &'a [Hosts],
    /// By country.
    attractions: Vec<Attraction>,
    origin: u16,
    /// The least savings of anybody of the origin, currency units.
    least_savings: f64,
}

/// How the hosts of a country receive newcomers.
struct Hosts {
    hostility: f64,
    /// What a renter needs on arrival for two months' rent, in currency units.
    two_rents: f64,
}

impl Hosts {
    fn of(scenario: &Scenario, world: &World, country: usize) -> Self {
        let hospitality = world.hospitality(scenario, country);
        let borne = rent_exposure(scenario, hospitality, 0.0);
        Self {
            hostility: world.hostility(scenario, country),
            two_rents: 2.0 * world.monthly_rent(scenario, country) * borne,
        }
    }
}

impl MenuMaker<'_> {
    /// Every country except the origin.
    fn countries(&self) -> impl Iterator<Item = u16> + use<'_> {
        let countries = 0..self.scenario.countries.len() as u16;
        countries.filter(|&country| country != self.origin)
    }

    /// The channels from home, or from host countries (for these, only under the rules as they are).
    fn ways(&self, sheet: &Sheet, abroad: bool) -> ChannelsByCountry {
        let scenario = self.scenario;
        let mut ways = Ways::new(sheet, if abroad { 1 } else { 4 });
        let mut ranges = Vec::with_capacity(scenario.countries.len());
        for country in self.countries() {
            let begin = ways.channels.len();
            for &(channel, key) in &self.channels[usize::from(country)] {
                let from = scenario.channels[usize::from(channel)].apply_from;
                if from.border || (if abroad { from.abroad } else { from.home }) {
                    ways.push_channel(sheet, (channel, key));
                }
            }
            ranges.push(begin..ways.channels.len());
        }
        ways.finish(sheet, &self.places(self.origin, &ranges));
        (Arc::new(ways), ranges)
    }

    /// The places with their channels, for a person who starts from a country.
    fn places(&self, from: u16, ranges: &[Range<usize>]) -> Vec<Place> {
        let places = self.countries().zip(ranges).map(|(country, channels)| {
            let (index, channels) = (usize::from(country), channels.clone());
            let there = &self.attractions[index];
            let distance = self.scenario.countries[index].distance[usize::from(from)];
            if from == country || channels.is_empty() && distance.kilometres() <= 0.0 {
                // Worth nothing: the country where the person is, and one to which no way leads from anywhere. A
                // scenario need not give a distance between such a country and others.
                let two_rents = self.hosts[index].two_rents;
                return Place::nowhere((country, there.label), two_rents, channels);
            }
            Place::new(
                (country, there.label),
                there.utility(self.scenario, (from, country)),
                (there.language, there.rent, there.factors),
                self.hosts[index].two_rents,
                channels,
            )
        });
        places.collect()
    }

    /// The menu from home, or from a host country.
    fn menu(&self, (ways, ranges): &ChannelsByCountry, here: Option<u16>) -> Menu {
        let from = here.unwrap_or(self.origin);
        let places = self.places(from, ranges);
        let position = places.iter().position(|place| Some(place.country) == here);
        let moves = here.is_some() && self.scenario.behaviour.money.is_some();
        // (Where money moves, savings abroad may come to nothing.)
        let least = if moves { 0.0 } else { self.least_savings };
        Menu::new(places, ways, position, least)
    }
}

/// By country, as an origin: the smallest savings of anybody, currency units.
fn least_savings(scenario: &Scenario) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; scenario.countries.len()];
    for segment in &scenario.segments {
        let of_origin = &mut least[usize::from(segment.origin)];
        *of_origin = of_origin.min(segment.savings.least());
    }
    least
}

/// What a country is worth to persons of an origin, wherever they start from: everything but the distance.
struct Attraction {
    label: u32,
    /// The parts of u, in the order in which they are added: before the distance and after it.
    before: f64,
    after: [f64; 4],
    /// The same as [`Place::language`].
    language: [f64; 2],
    /// The same as [`Place::rent`].
    rent: f64,
    /// exp of the parts for language and rent.
    factors: ([f64; 2], f64),
}

impl Attraction {
    fn of(scenario: &Scenario, world: &World, hosts: &Hosts, origin: u16, country: usize) -> Self {
        let choice = &scenario.behaviour.choice;
        let facts = &world.rules.countries[country];
        let there = &scenario.countries[country];
        let diaspora = there.diaspora[usize::from(origin)];
        let income = facts.wage * facts.real_income / world.reference_income(usize::from(origin));
        let use_of_language =
            choice.language * (1.0 - 0.5 * (diaspora / choice.diaspora_language_scale).min(1.0));
        let shared = there.language[usize::from(origin)];
        let language = [use_of_language * shared, use_of_language * shared.max(1.0)];
        let rent = -weighted(choice.rent, world.rents[country].log_index);
        Self {
            label: label(&there.code),
            before: weighted(choice.income, ln(income))
                + weighted(choice.diaspora, ln_1p(diaspora / choice.diaspora_scale)),
            after: [
                choice.safety * facts.safety,
                ln(there.population / 1e6),
                there.constant,
                -weighted(choice.hostility, hosts.hostility),
            ],
            language,
            rent,
            factors: (language.map(exp), exp(rent)),
        }
    }

    /// u, without language and rent, for a person who starts from a country.
    fn utility(&self, scenario: &Scenario, (from, country): (u16, u16)) -> f64 {
        let there = &scenario.countries[usize::from(country)];
        let kilometres = there.distance[usize::from(from)].kilometres();
        let before = self.before - weighted(scenario.behaviour.choice.distance, ln(kilometres));
        self.after.iter().fold(before, |sum, part| sum + part)
    }
}

/// A value times its weight; 0 if the weight is 0, whatever the value.
fn weighted(weight: f64, value: f64) -> f64 {
    if weight == 0.0 { 0.0 } else { weight * value }
}
