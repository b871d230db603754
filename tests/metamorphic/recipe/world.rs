//! Who lives where, when, and how they decide.

use super::{FIRST_DAY, HOSTS, Recipe, Switches};
use crate::support::BEHAVIOUR;
use std::fmt::Write;

impl Recipe {
    pub(super) fn head(&self) -> String {
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

    pub(super) fn people(&self) -> String {
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

    pub(super) fn places(&self) -> String {
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

    pub(super) fn behaviour(&self) -> String {
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
