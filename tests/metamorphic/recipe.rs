//! Scenarios of every kind, small enough to run in a moment: one or two origins, up to three hosts, a few
//! channels and events, every mechanism on or off.

use crate::support::{BEHAVIOUR, parse};
use exeunt::scenario::Scenario;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::fmt::Write;
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

    fn head(&self) -> String {
        let end = self.day(self.days() - 1);
        let fine = if self.fine {
            format!(
                "fine = [{{ from = {}, to = {}, step = \"1 day\" }}]\n",
                self.day(28),
                self.day(41)
            )
        } else {
            String::new()
        };
        let lifted = if self.switches.all_open {
            "all_open"
        } else {
            "as_before"
        };
        format!(
            "currency = \"EUR\"\n[model]\nlifted = \"{lifted}\"\n[time]\nstart = {FIRST_DAY}\nend = {end}\n\
             step = \"1 week\"\n{fine}[document.passport]\n[document.visa]\nvalid = \"15 weeks\"\n"
        )
    }

    fn people(&self) -> String {
        let mut text = segment(
            "activists",
            "XA",
            700,
            "active = \"70 %\"\nevidence = \"50 %\"\nminority = \"20 %\"\ndraft_notice = \"10 %\"",
        );
        text.push_str(&segment(
            "others",
            "XA",
            2500,
            "draft_eligible = true\nactive = \"2 %\"\nplanner = \"5 %\"\nsector = \"it\"",
        ));
        if self.neighbours {
            text.push_str(&segment("neighbours", "XB", 1500, "planner = \"0 %\""));
        }
        text
    }

    fn places(&self) -> String {
        let mut text = String::from(
            "[country.XA]\nname = \"Uplandia\"\npopulation = \"3 million persons\"\nwage = \"900 EUR/month\"\n\
             unemployment = \"8 %\"\nrepression = 0.2\nfriction = \"5 %\"\ncost_of_living = \"200 EUR/month\"\n\
             position = [48.0, 16.0]\n[country.XA.exit.debtors]\nshare = \"4 %\"\n",
        );
        if self.neighbours {
            text.push_str(
                "[country.XB]\nname = \"Valley\"\npopulation = \"1 million persons\"\nwage = \"700 EUR/month\"\n\
                 unemployment = \"12 %\"\nrepression = 0.1\nsafety = 0.4\ncost_of_living = \"150 EUR/month\"\n\
                 position = [47.0, 20.0]\nlanguage = { XA = \"50 %\" }\n\
                 [country.XB.channel.next-door]\norigins = [\"XA\"]\nstay = { length = \"60 days\" }\n\
                 gives = { status = \"temporary\" }\n",
            );
        }
        for (number, code) in HOSTS.iter().take(self.hosts).enumerate() {
            let _ = write!(
                text,
                "[country.{code}]\nname = \"Host {code}\"\npopulation = \"{} thousand persons\"\n\
                 wage = \"{} EUR/month\"\nunemployment = \"6 %\"\nsafety = 0.{}\ntravel = \"{} EUR\"\n\
                 cost_of_living = \"{} EUR/month\"\nrendition = \"20 %/year\"\nposition = [{}.0, {}.0]\n\
                 diaspora = {{ XA = \"{} persons\" }}\nlegacy = 0.{number}\ntravel_base = {{ XA = \"40 persons/month\" }}\n\
                 market = {{ city = \"City\", rent = \"{} EUR/month\", city_population = \"9000 persons\", rental_share = \"40 %\", city_share = \"60 %\" }}\n\
                 [country.{code}.channel.open]\nneeds = [\"passport\"]\nstay = {{ length = \"90 days\", renew = \"in country\", renew_cost = \"30 EUR\", renew_success = \"80 %\" }}\n\
                 gives = {{ status = \"temporary\", extradition_shield = \"50 %\" }}\n",
                150 + 100 * number,
                1000 + 500 * number,
                9 - number,
                40 + 60 * number,
                400 + 200 * number,
                46 - 2 * number,
                13 + 6 * number,
                4000 + 9000 * number,
                300 + 100 * number,
            );
        }
        if self.switches.asylum {
            text.push_str(
                "[country.XC.channel.z-asylum]\nrequires = [\"presence\"]\ngrounds = [\"activism\"]\ngrant = \"70 %\"\n\
                 decision = \"40 days\"\nappeal = { grant = \"20 %\", decision = \"30 days\" }\nremoval = \"30 %\"\n\
                 stay = { length = \"1 year\" }\ngives = { status = \"protected\", extradition_shield = \"100 %\" }\n",
            );
        }
        text
    }

    fn host(&self, way: &Way) -> &'static str {
        HOSTS[way.host % self.hosts]
    }

    fn channel(&self, number: usize, way: &Way) -> String {
        let code = self.host(way);
        let mut text = format!(
            "[country.{code}.channel.way-{number}]\npermission = {}\ngrant = \"{} %\"\nfee = \"{} EUR\"\nneeds = {}\n",
            way.permission,
            way.grant,
            way.fee,
            ["[]", "[\"passport\"]", "[\"passport\", \"visa\"]"][way.needs as usize],
        );
        if way.permission {
            if let Some(places) = way.quota {
                let _ = writeln!(text, "quota = {{ size = \"{places} persons/month\" }}");
            }
            if let Some(days) = way.decision {
                let _ = writeln!(text, "decision = \"{days} days\"");
            }
        }
        if let Some((days, within, renew)) = way.stay {
            let within = if within {
                format!(", within = \"{} days\"", 2 * days)
            } else {
                String::new()
            };
            let renew = ["none", "in country", "re-entry"][renew as usize];
            let cost = if renew == "none" {
                ""
            } else {
                ", renew_cost = \"40 EUR\", renew_success = \"85 %\""
            };
            let _ = writeln!(
                text,
                "stay = {{ length = \"{days} days\"{within}, renew = \"{renew}\"{cost} }}"
            );
        }
        // (Who is barred is refused by no mistake.)
        if let Some(percent) = way.mistaken
            && !matches!(way.special, 1 | 5)
        {
            let _ = writeln!(text, "also_refuses = {{ activists = \"{percent} %\" }}");
        }
        let status = ["legal", "temporary", "protected"][number % 3];
        let special = match way.special {
            1 => "bars = [\"activists\"]\n".to_owned(),
            2 => "grant_for = { others = \"35 %\" }\n".to_owned(),
            3 => "requires = [\"employer\"]\n".to_owned(),
            4 => format!("origins = [\"XA\"]\nroutes = [[\"pass-{number}\"]]\n"),
            5 if self.neighbours => "origins = [\"XB\"]\n".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(text, "{special}gives = {{ status = \"{status}\" }}");
        if way.special == 4 {
            let _ = write!(
                text,
                "[border.pass-{number}]\nfrom = \"XA\"\nto = \"{code}\"\ncapacity = \"{} persons/day\"\npush_back = \"5 %\"\nhand_over = \"2 %\"\n",
                1 + number
            );
        }
        text
    }

    /// What an event does: a path and a value, and whether a ramp can lead there.
    fn deed(&self, act: &Act) -> Option<(String, String, bool)> {
        let number = act.index % self.channels.len();
        let way = &self.channels[number];
        let channel = format!("country.{}.channel.way-{number}", self.host(way));
        let host = HOSTS[act.index % self.hosts];
        let percent = |from: f64, to: f64| format!("\"{:.0} %\"", from + act.level * (to - from));
        let (path, value, ramps) = match act.kind {
            0 => (
                format!("country.{host}.channel.open.open"),
                "false".to_owned(),
                false,
            ),
            1 => (
                format!("{channel}.open"),
                (act.level < 0.3).to_string(),
                false,
            ),
            2 => (format!("{channel}.grant"), percent(0.0, 100.0), true),
            3 => (
                format!("{channel}.permission"),
                (act.level < 0.5).to_string(),
                false,
            ),
            4 => (
                format!("{channel}.fee"),
                format!("\"{:.0} EUR\"", 300.0 * act.level),
                true,
            ),
            5 if way.stay.is_some_and(|(_, within, _)| !within) => (
                format!("{channel}.stay.length"),
                format!("\"{:.0} days\"", 10.0 + 90.0 * act.level),
                false,
            ),
            6 => (
                "country.XA.repression".to_owned(),
                format!("{:.3}", 0.1 + 0.5 * act.level),
                true,
            ),
            7 => (
                "country.XA.real_income".to_owned(),
                format!("{:.3}", 0.5 + 0.5 * act.level),
                true,
            ),
            8 => ("document.visa.issued".to_owned(), "false".to_owned(), false),
            9 if !matches!(way.special, 1 | 5) => (
                format!("{channel}.also_refuses.activists"),
                percent(0.0, 80.0),
                true,
            ),
            10 => (
                "country.XA.exit.debtors.share".to_owned(),
                percent(0.0, 60.0),
                true,
            ),
            11 => (
                format!("country.{host}.wage"),
                format!("\"{:.0} EUR/month\"", 500.0 + 2000.0 * act.level),
                true,
            ),
            12 => (
                format!("country.{host}.channel.open.stay.length"),
                format!("\"{:.0} days\"", 20.0 + 60.0 * act.level),
                false,
            ),
            _ => return None,
        };
        Some((path, value, ramps))
    }

    fn event(&self, number: usize, act: &Act) -> Option<String> {
        // (Not before the second step: the first day is the base of all.)
        let day = ((self.days() as f64 * act.part) as i64).clamp(8, self.days() - 7);
        let date = self.day(day);
        let mut text = format!("[event.e{number}]\ndate = {date}\n");
        match act.kind {
            13 | 14 => {
                let _ = writeln!(
                    text,
                    "departures = {{ excess = {:.3}, half_life = \"10 days\", concerned = \"others\", motive = \"mobilisation\" }}",
                    0.02 + 0.2 * act.level
                );
                return Some(text);
            }
            15 => {
                let _ = writeln!(
                    text,
                    "call_up = {{ persons = {:.0}, over = \"20 days\", service = \"60 days\" }}",
                    20.0 + 200.0 * act.level
                );
                if self.neighbours {
                    text = text.replace("call_up = { ", "call_up = { origin = \"XA\", ");
                }
                return Some(text);
            }
            _ => {}
        }
        let (path, value, ramps) = self.deed(act)?;
        if let Some(days) = act.announced
            && act.kind < 5
        {
            let _ = writeln!(text, "announced = {}", self.day(day - i64::from(days)));
        }
        if act.at_once {
            text.push_str("known = \"at once\"\n");
        }
        if act.for_all && matches!(act.kind, 0 | 1 | 5 | 12) {
            text.push_str("applies_to = \"all\"\n");
        }
        if act.ramp && ramps {
            let _ = writeln!(
                text,
                "ramp.\"{path}\" = {{ to = {value}, over = \"40 days\" }}"
            );
        } else {
            let _ = writeln!(text, "set.\"{path}\" = {value}");
        }
        Some(text)
    }

    fn behaviour(&self) -> String {
        let Switches {
            holding,
            rents,
            attitudes,
            money,
            ties,
            repression,
            lag,
            rush,
            ..
        } = self.switches;
        let mut text = BEHAVIOUR.to_owned();
        let mut switch = |table: &str, on: bool| {
            let begin = text
                .find(&format!("[behaviour.{table}]\non = "))
                .unwrap_or_else(|| panic!("no switch of {table}"));
            let at = begin + format!("[behaviour.{table}]\non = ").len();
            let end = at + text[at..].find('\n').unwrap_or_default();
            text.replace_range(at..end, &on.to_string());
        };
        switch("holding", holding);
        switch("rents", rents);
        switch("attitudes", attitudes);
        switch("money", money);
        switch("ties", ties);
        switch("repression", repression);
        let mut replacements = vec![
            (
                "hazard_other = \"6 %/year\"",
                "hazard_other = \"80 %/year\"",
            ),
            (
                "hazard_planner = \"60 %/year\"",
                "hazard_planner = \"200 %/year\"",
            ),
            ("hazard = \"1.6 %/month\"", "hazard = \"6 %/month\""),
            ("hazard = \"1.5 %/month\"", "hazard = \"6 %/month\""),
            ("retry = \"6 months\"", "retry = \"1 month\""),
            ("after = \"12 months\"", "after = \"4 months\""),
            ("detention = \"0.01 %/year\"", "detention = \"2 %/year\""),
            ("short_share = \"97 %\"", "short_share = \"80 %\""),
        ];
        if lag {
            replacements.push(("lag = \"0 days\"", "lag = \"28 days\""));
            replacements.push(("lag_opening = \"0 days\"", "lag_opening = \"7 days\""));
        }
        if rush {
            replacements.push(("rush = 0", "rush = 1"));
        }
        for (old, new) in replacements {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        }
        text
    }
}

fn segment(name: &str, origin: &str, size: u32, more: &str) -> String {
    format!(
        "[segment.{name}]\norigin = \"{origin}\"\nsize = {size}\nage = {{ uniform = [\"18 years\", \"60 years\"] }}\n\
         male = \"50 %\"\nhigher_education = \"30 %\"\ndissent = {{ beta = [2.0, 5.0] }}\n\
         income = {{ lognormal = [\"800 EUR/month\", 0.5], min = \"300 EUR/month\", max = \"8000 EUR/month\" }}\n\
         savings = {{ lognormal = [\"2500 EUR\", 1.0], max = \"80000 EUR\" }}\nrenters = \"80 %\"\nremote = \"20 %\"\n\
         speaks = {{ XC = \"20 %\" }}\nemployer = {{ XC = \"10 %\" }}\nholds = {{ passport = \"60 %\", visa = \"20 %\" }}\n{more}\n"
    )
}
