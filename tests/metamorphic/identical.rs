//! Changes that change nothing: the same bytes.

use crate::cases::{ensure, hold, number};
use crate::course::{course, line, parting};
use crate::recipe::{Recipe, any};
use crate::support::{changed, resumed, saved, simulation, watch};
use exeunt::scenario::{Lifted, Scenario};
use exeunt::units::{Duration, MoneyFlow};
use std::sync::Arc;

/// An error unless two scenarios give the same run.
fn same(one: &Arc<Scenario>, other: &Arc<Scenario>, seed: u64) -> Result<(), String> {
    match parting(&course(one, seed, 2), &course(other, seed, 2)) {
        Some(how) => Err(how),
        None => Ok(()),
    }
}

#[test]
fn threads_do_not_matter() {
    hold(number(6, 40), &any(), |recipe| {
        let scenario = recipe.scenario();
        let one = course(&scenario, recipe.seed, 1);
        for threads in [2, 5] {
            if let Some(how) = parting(&one, &course(&scenario, recipe.seed, threads)) {
                return Err(format!("{threads} threads: {how}"));
            }
        }
        // Another seed is another run.
        Ok(parting(&one, &course(&scenario, recipe.seed + 1, 1)).is_some())
    });
}

#[test]
fn a_saved_run_goes_on_as_if_it_had_not_stopped() {
    hold(number(6, 40), &any(), |recipe| {
        let scenario = recipe.scenario();
        let straight = course(&scenario, recipe.seed, 2);
        let mut first = simulation(&scenario, recipe.seed, 2);
        let steps = straight.len() / 2;
        for _ in 0..steps {
            first.step().map_err(|error| error.to_string())?;
        }
        let mut rest = Vec::new();
        watch(&mut resumed(&scenario, &saved(&first)), |report| {
            rest.push(line(&scenario, report));
        });
        // (The opening of a resumed run has no step behind it.)
        let behind = &straight[steps + 1..];
        if let Some(how) = parting(behind, &rest[1..]) {
            return Err(how);
        }
        // A step later the run is elsewhere.
        Ok(straight
            .get(steps)
            .is_some_and(|line| rest.get(1) != Some(line)))
    });
}

/// An event that sets what holds. (Where the recipe closes that channel itself, it would open it again, and
/// tell of the closing.)
#[test]
fn a_policy_that_differs_in_nothing() {
    hold(number(10, 60), &any(), |recipe| {
        if closes_otherwise(recipe) {
            return Ok(false);
        }
        let day = recipe.day(10);
        let same_rules = format!(
            "[event.a-no-change]\ndate = {day}\nknown = \"at once\"\nset.\"country.XC.channel.open.open\" = true\n\
             set.\"country.XC.channel.open.fee\" = \"0 EUR\"\n"
        );
        same(&recipe.scenario(), &recipe.with(&same_rules), recipe.seed)?;
        let other = same_rules.replace("open.open\" = true", "open.open\" = false");
        Ok(same(&recipe.scenario(), &recipe.with(&other), recipe.seed).is_err())
    });
}

/// Facts that an event sets on the first day might as well stand in the file: all that is measured against the first day
/// (wages, repression, what a public wants) is measured against them.
#[test]
fn facts_that_an_event_sets_on_the_first_day() {
    hold(number(10, 60), &any(), |recipe| {
        let event = |day: i64| {
            let country = |code: &str, wage: u32| {
                format!(
                    "set.\"country.{code}.wage\" = \"{wage} EUR/month\"\nset.\"country.{code}.real_income\" = 0.9\n\
                     set.\"country.{code}.repression\" = 0.4\nset.\"country.{code}.unemployment\" = \"11 %\"\n\
                     set.\"country.{code}.safety\" = 0.6\n"
                )
            };
            let facts = [country("XA", 700), country("XC", 2100)].concat();
            recipe.with(&format!(
                "[event.a-facts]\ndate = {}\n{facts}",
                recipe.day(day)
            ))
        };
        let in_the_file = changed(&recipe.scenario(), |scenario| {
            for country in &mut scenario.countries {
                let wage = match country.code.as_str() {
                    "XA" => 700.0,
                    "XC" => 2100.0,
                    _ => continue,
                };
                country.wage = MoneyFlow::from_per_month(wage);
                (country.real_income, country.repression) = (0.9, 0.4);
                (country.unemployment, country.safety) = (0.11, 0.6);
            }
        });
        same(&in_the_file, &event(0), recipe.seed)?;
        Ok(same(&in_the_file, &event(7), recipe.seed).is_err())
    });
}

#[test]
fn closed_and_reopened_at_one_instant() {
    hold(number(10, 60), &any(), |recipe| {
        let day = recipe.day(17);
        let and_back = |last: bool| {
            format!(
                "[event.z-closes]\ndate = {day}\nset.\"country.XC.channel.open.open\" = false\n\
                 [event.z-opens]\ndate = {day}\nset.\"country.XC.channel.open.open\" = {last}\n"
            )
        };
        // With a lag some hear of the one before the other would act: changes of one instant are one.
        let base = recipe.scenario();
        if closes_otherwise(recipe) {
            return Ok(false);
        }
        same(&base, &recipe.with(&and_back(true)), recipe.seed)?;
        Ok(same(&base, &recipe.with(&and_back(false)), recipe.seed).is_err())
    });
}

/// Whether the recipe itself closes the open channel of the first host.
fn closes_otherwise(recipe: &Recipe) -> bool {
    let of_first = |index: usize| index.is_multiple_of(recipe.hosts);
    recipe
        .events
        .iter()
        .any(|act| act.kind == 0 && of_first(act.index))
}

/// A country whose only way in asks for what nobody has, on every day.
#[test]
fn a_country_that_nobody_can_reach() {
    let country = |requires: &str| {
        format!(
            "[country.XF]\nname = \"Afar\"\npopulation = \"40 million persons\"\nwage = \"4000 EUR/month\"\n\
             cost_of_living = \"300 EUR/month\"\nsafety = 1.0\nposition = [44.0, 14.0]\n\
             [country.XF.channel.only]\n{requires}gives = {{ status = \"protected\" }}\n"
        )
    };
    hold(number(10, 60), &any(), |recipe| {
        // (With everything lifted conditions fall too, and it can be reached.)
        let as_before = |scenario: &Scenario| changed(scenario, |s| s.lifted = Lifted::AsBefore);
        let base = as_before(&recipe.scenario());
        let unreachable = as_before(&recipe.with(&country("requires = [\"ancestry\"]\n")));
        same(&base, &unreachable, recipe.seed)?;
        let reachable = as_before(&recipe.with(&country("")));
        Ok(same(&base, &reachable, recipe.seed).is_err())
    });
}

/// A closing that is announced, and of which nobody hears: nothing follows from it until it acts, on the
/// last step. (Scenario files do not have events that act after the end.)
#[test]
fn a_rule_that_is_announced_and_never_acts() {
    hold(number(10, 60), &any(), |recipe| {
        let closes = format!(
            "[event.z-closes]\ndate = {}\nannounced = {}\nset.\"country.XC.channel.open.open\" = false\n",
            recipe.day(recipe.days() - 7),
            recipe.day(9)
        );
        let with_lag = |scenario: &Scenario, days: f64| {
            changed(scenario, |scenario| {
                // (Closing what is closed already counts as opening.)
                scenario.behaviour.belief.lag = Duration::from_days(days);
                scenario.behaviour.belief.lag_opening = Duration::from_days(days);
                if let Some(ties) = &mut scenario.behaviour.ties {
                    ties.lag = Duration::from_days(days);
                }
                scenario.behaviour.belief.rush = 2.0;
            })
        };
        let (base, closing) = (recipe.scenario(), recipe.with(&closes));
        let parting_before = |lag: f64| {
            let [one, other] = [&base, &closing].map(|s| course(&with_lag(s, lag), recipe.seed, 2));
            let before = one.len() - 1;
            parting(&one[..before], &other[..before])
        };
        if let Some(how) = parting_before(1e15) {
            return Err(how);
        }
        // Without a lag people hear in time.
        Ok(parting_before(0.0).is_some())
    });
}

#[test]
fn money_in_another_unit() {
    hold(number(10, 60), &any(), |recipe| {
        let text = recipe.text();
        same(
            &recipe.scenario(),
            &crate::support::parse("generated", &times_a_thousand(&text, &[])),
            recipe.seed,
        )?;
        // All money but what a home costs.
        let but_rents = times_a_thousand(&text, &["market", "travel"]);
        let wrong = crate::support::parse("generated", &but_rents);
        Ok(same(&recipe.scenario(), &wrong, recipe.seed).is_err())
    });
}

/// Every amount times a thousand but those on lines that begin with a word of `but`.
fn times_a_thousand(text: &str, but: &[&str]) -> String {
    let lines = text.lines().map(|line| {
        if but.iter().any(|word| line.starts_with(word)) {
            return line.to_owned();
        }
        let mut parts = line.split(" EUR");
        let mut out = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let digits = out.len() - out.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            if digits > 0 {
                // (Nothing is still nothing.)
                out.push_str("000");
            }
            out.push_str(" EUR");
            out.push_str(part);
        }
        out
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// Where newcomers do not move rents, rents do not move.
#[test]
fn rents_that_no_newcomer_moves() {
    let highest = |scenario: &Arc<Scenario>, seed: u64| {
        let mut off = 0.0_f64;
        watch(&mut simulation(scenario, seed, 2), |report| {
            for country in report.countries {
                off = off.max((country.rent_index.unwrap_or(1.0) - 1.0).abs());
            }
        });
        off
    };
    hold(number(6, 30), &any(), |recipe| {
        let text = recipe.text().replace(
            "[behaviour.rents]\non = false",
            "[behaviour.rents]\non = true",
        );
        let still = text
            .replace("short = 2.7", "short = 0")
            .replace("long = 1.0", "long = 0");
        let of = |text: &str| crate::support::parse("generated", text);
        let off = highest(&of(&still), recipe.seed);
        ensure(off == 0.0, || format!("rents are off by {off}"))?;
        Ok(highest(&of(&text), recipe.seed) > 0.001)
    });
}
