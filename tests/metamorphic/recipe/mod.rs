//! Scenarios of every kind, small enough to run in a moment: one or two origins, up to three hosts, a few
//! channels and events, every mechanism on or off.

mod rules;
mod world;

use crate::support::parse;
use exeunt::scenario::Scenario;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::Arc;

/// The first day of every scenario here.
pub const FIRST_DAY: Date = date(2030, 1, 7);

/// Codes of hosts.
const HOSTS: [&str; 3] = ["XC", "XD", "XE"];

/// What a scenario is made of.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Of the run.
    pub seed: u64,
    /// Whether a second origin shares the hosts, and is one.
    pub neighbours: bool,
    /// 1 to 3.
    pub hosts: usize,
    pub channels: Vec<Way>,
    pub events: Vec<Act>,
    pub switches: Switches,
    /// Of a week each.
    pub steps: u16,
    /// Whether some weeks are run by day.
    pub fine: bool,
}

/// A channel.
#[derive(Debug, Clone)]
pub struct Way {
    pub host: usize,
    pub permission: bool,
    /// Places a month.
    pub quota: Option<u32>,
    /// Days.
    pub decision: Option<u32>,
    /// Percent.
    pub grant: u32,
    /// 0 nothing, 1 a passport, 2 a visa too.
    pub needs: u32,
    /// EUR.
    pub fee: u32,
    /// Days, whether within a window, how it is renewed (0 not, 1 in the country, 2 by a run).
    pub stay: Option<(u32, bool, u32)>,
    /// Percent of activists refused by mistake.
    pub mistaken: Option<u32>,
    /// 0 nothing special, 1 bars activists, 2 a chance of its own for others, 3 asks for an employer, 4 by
    /// a border with a capacity, 5 for neighbours alone.
    pub special: u32,
}

/// An event.
#[derive(Debug, Clone)]
pub struct Act {
    /// In the period: 0 its beginning, 1 its end.
    pub part: f64,
    /// Days ahead.
    pub announced: Option<u32>,
    pub at_once: bool,
    pub for_all: bool,
    pub ramp: bool,
    pub kind: u32,
    /// Which channel or host, of as many as there are.
    pub index: usize,
    /// 0 to 1: to what.
    pub level: f64,
}

/// Mechanisms.
#[derive(Debug, Clone)]
pub struct Switches {
    pub holding: bool,
    pub rents: bool,
    pub attitudes: bool,
    pub money: bool,
    pub ties: bool,
    pub repression: bool,
    pub lag: bool,
    pub rush: bool,
    pub asylum: bool,
    pub all_open: bool,
}

/// Any recipe.
pub fn any() -> impl Strategy<Value = Recipe> {
    (
        1_u64..1_000_000,
        any_bool(),
        1_usize..=3,
        prop::collection::vec(way(), 1..=4),
        prop::collection::vec(act(), 0..=6),
        switches(),
        10_u16..=40,
        any_bool(),
    )
        .prop_map(
            |(seed, neighbours, hosts, channels, events, switches, steps, fine)| Recipe {
                seed,
                neighbours,
                hosts,
                channels,
                events,
                switches,
                steps,
                fine,
            },
        )
}

fn any_bool() -> impl Strategy<Value = bool> {
    prop::bool::ANY
}

fn way() -> impl Strategy<Value = Way> {
    let rules = (
        any_bool(),
        prop::option::of(5_u32..80),
        prop::option::of(0_u32..70),
        30_u32..=100,
        0_u32..3,
        0_u32..150,
    );
    let stay = prop::option::of((15_u32..120, any_bool(), 0_u32..3));
    let mistaken = prop::option::of(5_u32..70);
    (0_usize..3, rules, stay, mistaken, 0_u32..6).prop_map(
        |(host, (permission, quota, decision, grant, needs, fee), stay, mistaken, special)| Way {
            host,
            permission,
            quota,
            decision,
            grant,
            needs,
            fee,
            stay,
            mistaken,
            special,
        },
    )
}

fn act() -> impl Strategy<Value = Act> {
    let when = (
        0.05_f64..0.95,
        prop::option::of(1_u32..60),
        any_bool(),
        any_bool(),
        any_bool(),
    );
    (when, 0_u32..16, 0_usize..12, 0.0_f64..1.0).prop_map(
        |((part, announced, at_once, for_all, ramp), kind, index, level)| Act {
            part,
            announced,
            at_once,
            for_all,
            ramp,
            kind,
            index,
            level,
        },
    )
}

fn switches() -> impl Strategy<Value = Switches> {
    let first = (any_bool(), any_bool(), any_bool(), any_bool(), any_bool());
    let others = (any_bool(), any_bool(), any_bool(), any_bool(), any_bool());
    (first, others).prop_map(
        |((holding, rents, attitudes, money, ties), (repression, lag, rush, asylum, all_open))| {
            Switches {
                holding,
                rents,
                attitudes,
                money,
                ties,
                repression,
                lag,
                rush,
                asylum,
                all_open,
            }
        },
    )
}

impl Recipe {
    /// The scenario.
    pub fn scenario(&self) -> Arc<Scenario> {
        parse("generated", &self.text())
    }

    /// The scenario with more in its file.
    pub fn with(&self, more: &str) -> Arc<Scenario> {
        parse("generated", &format!("{}\n{more}", self.text()))
    }

    /// Its file.
    pub fn text(&self) -> String {
        let mut text = self.head();
        text.push_str(&self.people());
        text.push_str(&self.places());
        for (number, way) in self.channels.iter().enumerate() {
            text.push_str(&self.channel(number, way));
        }
        for (number, act) in self.events.iter().enumerate() {
            text.push_str(&self.event(number, act).unwrap_or_default());
        }
        text.push_str(&self.behaviour());
        text
    }

    /// A day of the period, 0 the first.
    pub fn day(&self, number: i64) -> Date {
        FIRST_DAY
            .checked_add(number.days())
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// How many days the period has.
    pub fn days(&self) -> i64 {
        7 * i64::from(self.steps)
    }
}
