//! A crowd of which each person is a segment, so that what becomes of each can be seen: nobody returns or
//! moves on, wishes do not fade, rents do not move, everybody leaves on the day of the decision and nobody
//! learns of rules late.

use crate::support::{leaving_at, parse, simulation, watch};
use exeunt::scenario::{Constants, Event, Scenario};
use exeunt::world::{FlowEvent, HOLDS};
use proptest::prelude::*;
use rand::{Rng, RngExt, SeedableRng};
use std::fmt::Write;
use std::sync::Arc;

/// Persons.
pub const PERSONS: usize = 150;
/// The step of which rules can be others.
pub const TURN: usize = 3;
const CODES: [&str; 4] = ["XB", "XC", "XD", "XE"];

/// What a crowd is made of.
#[derive(Debug, Clone)]
pub struct Crowd {
    /// Of traits and rules.
    pub traits: u64,
    /// Of the run.
    pub seed: u64,
    /// 2 to 4.
    pub hosts: usize,
    /// How many times as rich as it is.
    pub riches: u32,
}

/// Any crowd.
pub fn any() -> impl Strategy<Value = Crowd> {
    (1_u64..1_000_000, 1_u64..1_000_000, 2_usize..=4).prop_map(|(traits, seed, hosts)| Crowd {
        traits,
        seed,
        hosts,
        riches: 1,
    })
}

impl Crowd {
    /// The scenario, with more in its file.
    pub fn with(&self, more: &str) -> Arc<Scenario> {
        let mut rng = rand_pcg::Pcg64::seed_from_u64(self.traits);
        let mut text = String::from(
            "currency = \"EUR\"\n[time]\nstart = 2030-01-07\nend = 2030-05-26\nstep = \"2 weeks\"\n\
             [document.passport]\n[country.XA]\nname = \"Home\"\npopulation = \"1 million persons\"\n\
             wage = \"800 EUR/month\"\nrepression = 0.12\n[country.XA.exit.debtors]\nshare = \"0 %\"\n",
        );
        for number in 0..PERSONS {
            person(&mut text, number, f64::from(self.riches), &mut rng);
        }
        for (number, code) in CODES.iter().take(self.hosts).enumerate() {
            host(&mut text, number, code, &mut rng);
        }
        let behaviour = leaving_at("300 %/year")
            .replace("release = \"25 %/month\"", "release = \"0 %/month\"")
            .replace("fade = \"12 months\"", "fade = \"1000 years\"")
            .replace("attachment_spread = 0", "attachment_spread = 0.5")
            .replace(
                "[behaviour.rents]\non = true",
                "[behaviour.rents]\non = false",
            );
        let scenario = parse("crowd", &format!("{text}\n{behaviour}\n{more}"));
        // The same for everybody: who could not go on the first day would not aspire otherwise.
        crate::support::changed(&scenario, |scenario| {
            scenario.constants = Some(Constants {
                inclusive_value: vec![-5.0; PERSONS],
                onward_pull: 0.0,
                host_value: 0.0,
                scale: None,
            });
        })
    }
}

fn yes(rng: &mut impl Rng, share: f64) -> &'static str {
    if rng.random::<f64>() < share {
        "100 %"
    } else {
        "0 %"
    }
}

fn person(text: &mut String, number: usize, riches: f64, rng: &mut impl Rng) {
    let income = 300.0 + 1500.0 * rng.random::<f64>();
    let savings = 2500.0 * rng.random::<f64>() * riches;
    let _ = write!(
        text,
        "[segment.p{number:03}]\norigin = \"XA\"\nsize = 1\nage = \"30 years\"\nmale = \"50 %\"\n\
         higher_education = \"30 %\"\ndissent = 0.5\nplanner = \"0 %\"\nincome = \"{income:.0} EUR/month\"\n\
         savings = \"{savings:.0} EUR\"\nrenters = \"{}\"\nactive = \"{}\"\nevidence = \"50 %\"\n\
         employer = {{ XB = \"{}\" }}\nholds = {{ passport = \"{}\" }}\n",
        yes(rng, 0.7),
        yes(rng, 0.1),
        yes(rng, 0.3),
        yes(rng, 0.6),
    );
}

fn host(text: &mut String, number: usize, code: &str, rng: &mut impl Rng) {
    let _ = write!(
        text,
        "[country.{code}]\nname = \"Host {code}\"\npopulation = \"{} million persons\"\nwage = \"{:.0} EUR/month\"\n\
         safety = 0.5\ntravel = \"{:.0} EUR\"\nposition = [{}.0, {}.0]\n\
         market = {{ city = \"City\", rent = \"{:.0} EUR/month\", city_population = \"900000 persons\", rental_share = \"40 %\", city_share = \"60 %\" }}\n",
        1 + number,
        600.0 + 1500.0 * rng.random::<f64>(),
        300.0 * rng.random::<f64>(),
        48 - number,
        10 + 4 * number,
        100.0 + 500.0 * rng.random::<f64>(),
    );
    // Country XA has no position: by distance.
    let _ = writeln!(
        text,
        "distance = {{ XA = \"{:.0} km\" }}",
        300.0 + 2000.0 * rng.random::<f64>()
    );
    let rules = [
        "needs = [\"passport\"]\n",
        "requires = [\"employer\"]\npermission = true\n",
        "fee = \"120 EUR\"\n",
    ];
    for (way, rules) in rules.into_iter().enumerate().skip(number % 2) {
        let _ = write!(
            text,
            "[country.{code}.channel.way-{way}]\n{rules}grant = \"{:.0} %\"\ngives = {{ status = \"{}\" }}\n",
            50.0 + 50.0 * rng.random::<f64>(),
            ["temporary", "legal", "irregular"][way],
        );
    }
}

/// What became of a person's first aspiration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct First {
    /// The step, counted from 0.
    pub step: usize,
    /// The country that it set out for, admitted or not.
    pub to: Option<u16>,
    /// Whether it got there.
    pub left: bool,
    /// Whether it was refused by mistake.
    pub mistaken: bool,
    /// What held it, if it did not set out.
    pub held: [bool; HOLDS],
}

impl First {
    /// Whether it stayed behind, held at once.
    pub fn is_held(&self) -> bool {
        self.held.contains(&true)
    }
}

/// By person: what became of its first aspiration; `None` where it had none.
pub fn firsts(scenario: &Arc<Scenario>, seed: u64) -> Vec<Option<First>> {
    let mut firsts: Vec<Option<First>> = vec![None; scenario.segments.len()];
    watch(&mut simulation(scenario, seed, 2), |report| {
        let Some(step) = report.step else { return };
        let mut new = vec![false; firsts.len()];
        for (index, tally) in report.tally.segments.iter().enumerate() {
            if tally.aspired > 0 && firsts[index].is_none() {
                new[index] = true;
                firsts[index] = Some(First {
                    step,
                    held: tally.held.map(|held| held > 0),
                    ..First::default()
                });
            }
        }
        for (key, _) in &report.tally.flows {
            let index = usize::from(key.segment);
            let sets_out = matches!(
                key.event,
                FlowEvent::Applied | FlowEvent::Refused | FlowEvent::TurnedBack | FlowEvent::Left
            );
            let mistaken = key.event == FlowEvent::WronglyRefused;
            if let Some(first) = &mut firsts[index]
                && new[index]
            {
                first.mistaken |= mistaken;
                first.left |= key.event == FlowEvent::Left;
                if sets_out {
                    first.to = Some(key.to);
                }
            }
        }
    });
    firsts
}

/// The scenario with an event that acts from [`TURN`] on.
pub fn turned(crowd: &Crowd, name: &str, what: &str) -> Arc<Scenario> {
    let days = 14 * TURN as i8;
    let date = crate::recipe::FIRST_DAY
        .checked_add(jiff::Span::new().days(i32::from(days)))
        .unwrap_or_else(|error| panic!("{error}"));
    let scenario = crowd.with(&format!(
        "[event.{name}]\ndate = {date}\nknown = \"at once\"\n{what}"
    ));
    let acts = |event: &&Event| event.name == name;
    assert!(
        scenario
            .events
            .iter()
            .find(acts)
            .is_some_and(|event| event.step == TURN)
    );
    scenario
}
