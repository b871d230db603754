//! Channels, and what events make of them.

use super::{Act, HOSTS, Recipe, Way};
use std::fmt::Write;

impl Recipe {
    fn host(&self, way: &Way) -> &'static str {
        HOSTS[way.host % self.hosts]
    }

    pub(super) fn channel(&self, number: usize, way: &Way) -> String {
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
                "[border.pass-{number}]\nfrom = \"XA\"\nto = \"{code}\"\ncapacity = \"{} persons/week\"\npush_back = \"5 %\"\nhand_over = \"2 %\"\n",
                7 + 5 * number
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

    pub(super) fn event(&self, number: usize, act: &Act) -> Option<String> {
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
}
