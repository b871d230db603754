//! The tables of the pages: what is found by hand, by counting day by day, and by the runs that the page shows.

use crate::course::{Course, expected};
use crate::pages::Page;
use crate::statistics::{less, scenario};
use exeunt::scenario::Scenario;
use exeunt::units::DAYS_PER_YEAR;
use libm::{exp, pow};
use std::fmt::Write as _;

/// A row: what it is, the sum by hand, its name among the counts of a course, and its outcome and country in `comparison`.
struct Row {
    policy: &'static str,
    meaning: &'static str,
    sum: &'static str,
    by_hand: f64,
    count: &'static str,
    outcome: [&'static str; 3],
}

/// Of those who are held through a year and wish less and less, the part that is held at its end.
fn kept(scenario: &Scenario) -> f64 {
    let fade = core::f64::consts::LN_2 / (scenario.behaviour.holding.fade.days() / DAYS_PER_YEAR);
    (1.0 - exp(-fade)) / fade
}

/// Wishes that lead somewhere on the first day, a year.
fn a_year(scenario: &Scenario) -> f64 {
    scenario.segments[0].size as f64 * scenario.behaviour.leaving.hazard_other.per_year()
}

fn number(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "+" };
    if digits == "0" {
        digits
    } else {
        format!("{sign}{text}")
    }
}

fn table(page: &Page, base: &str, policies: &[&str], rows: &[Row]) -> String {
    let usual = expected(&scenario(base, &[]));
    let compared = page.rows(&format!("results/{base}-compared/comparison.csv"));
    let head = &compared[0];
    let column = |name: &str| head.iter().position(|cell| cell == name).expect("a column");
    let mut text = String::new();
    for policy in policies {
        let scenario = scenario(policy, &[]);
        let changed: Course = less(&expected(&scenario), &usual);
        let counts = changed.numbers(&scenario);
        writeln!(
            text,
            "\n| {} | | by hand | day by day | in eight pairs of runs |\n|---|---|---|---|---|",
            scenario.title.trim_end_matches(" (invented)")
        )
        .expect("a string takes all");
        for row in rows.iter().filter(|row| row.policy == *policy) {
            let found = compared.iter().find(|cells| {
                let key =
                    ["scenario", "outcome", "group", "country"].map(|name| &*cells[column(name)]);
                key == [policy, row.outcome[0], row.outcome[1], row.outcome[2]]
            });
            let found = found.unwrap_or_else(|| panic!("{:?} was compared", row.outcome));
            let value = |name: &str| -> f64 { found[column(name)].parse().expect("a number") };
            let (mean, error) = (value("difference"), value("sd_chance") / 8_f64.sqrt());
            let (_, by_day) = counts
                .iter()
                .find(|(name, _)| name == row.count)
                .expect("a count");
            writeln!(
                text,
                "| {} | {} | {} | {} | {} ± {error:.0} |",
                row.meaning,
                row.sum,
                number(row.by_hand),
                number(*by_day),
                number(mean),
            )
            .expect("a string takes all");
        }
    }
    text.push('\n');
    text
}

/// Their commands are some two hundred whole runs: they are run where all tests are at full count (`.ci/run`), and where
/// the tables are written anew.
fn are_run() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some();
    set("EXEUNT_FULL_TESTS") || set("EXEUNT_UPDATE_DOCUMENTS")
}

#[test]
fn pages_a_border_closes() {
    if !are_run() {
        return;
    }
    let page = Page::run("a-border-closes");
    let base = scenario("three-neighbours", &[]);
    let (wishes, kept) = (a_year(&base), kept(&base));
    let lambda = base.behaviour.choice.lambda;
    let (closing, visa) = ("three-neighbours-closing", "three-neighbours-visa");
    let mut rows = Vec::new();
    let size = |country: usize| base.countries[country].population;
    let share = |country: usize| size(country) / (size(1) + size(2) + size(3));
    let cost = base.behaviour.choice.visa + 350.0 / 1000.0;
    for (policy, left, held) in [(closing, 0.0, "barred"), (visa, exp(-cost), "deterred")] {
        let factor = 1.0 - share(1) + share(1) * left;
        let (leave, others) = (pow(factor, lambda), pow(factor, lambda - 1.0));
        let mut row = |meaning, sum, by_hand: f64, count, outcome| {
            rows.push(Row {
                policy,
                meaning,
                sum,
                by_hand: wishes * by_hand,
                count,
                outcome,
            });
        };
        row(
            "Leave",
            "20,000 (F^0.6 - 1)",
            leave - 1.0,
            "left",
            ["left", "ALL", "ALL"],
        );
        let own = if left > 0.0 {
            "10,000 (e F^-0.4 - 1)"
        } else {
            "-10,000"
        };
        row(
            "For Coastia",
            own,
            share(1) * (left * others - 1.0),
            "XB by visa-free",
            ["left_for", "ALL", "XB"],
        );
        row(
            "For Plainia",
            "6,000 (F^-0.4 - 1)",
            share(2) * (others - 1.0),
            "XC by visa-free",
            ["left_for", "ALL", "XC"],
        );
        row(
            "For Lakeland",
            "4,000 (F^-0.4 - 1)",
            share(3) * (others - 1.0),
            "XD by visa-free",
            ["left_for", "ALL", "XD"],
        );
        let meaning = if left > 0.0 {
            "Deterred at the end"
        } else {
            "Barred at the end"
        };
        row(
            meaning,
            "20,000 (1 - F^0.6) 0.721",
            (1.0 - leave) * kept,
            held,
            ["held_by_cause_at_end", held, "ALL"],
        );
    }
    page.has(&table(&page, "three-neighbours", &[closing, visa], &rows));
}

#[test]
fn pages_a_legal_channel_opens() {
    if !are_run() {
        return;
    }
    let page = Page::run("a-legal-channel-opens");
    let base = scenario("irregular-way", &[]);
    let behaviour = &base.behaviour;
    let (wishes, kept) = (a_year(&base), kept(&base));
    let (lambda, mu) = (behaviour.choice.lambda, behaviour.choice.mu);
    let [irregular, permit] = [
        behaviour.status.irregular,
        behaviour.status.legal + behaviour.choice.visa + 200.0 / 1000.0,
    ]
    .map(|cost| exp(-cost / mu));
    let coastia = base.countries[1].population * pow(irregular, mu);
    let plainia = base.countries[2].population * exp(-behaviour.status.temporary);
    let share = coastia / (coastia + plainia);
    let factor = 1.0 - share + share * pow((irregular + permit) / irregular, mu);
    let (leave, others) = (pow(factor, lambda), pow(factor, lambda - 1.0));
    let still = irregular / (irregular + permit);
    let (release, fade) = (
        behaviour.holding.release.per_year(),
        core::f64::consts::LN_2 / (behaviour.holding.fade.days() / DAYS_PER_YEAR),
    );
    let both = release + fade;
    let released = (leave - 1.0) * kept * release / both * (1.0 - exp(-both));
    // Who would be held at the end if the gate stayed shut: two years' wishes.
    let barred = (leave - 1.0) * (kept + kept * exp(-fade));
    let new = share * pow((irregular + permit) / irregular, mu) * others;
    let permits = "irregular-way-permits";
    let mut rows = Vec::new();
    let mut row = |policy, meaning, sum, by_hand: f64, count, outcome| {
        rows.push(Row {
            policy,
            meaning,
            sum,
            by_hand: wishes * by_hand,
            count,
            outcome,
        });
    };
    let by_status = "abroad_by_status_at_end";
    row(
        permits,
        "Leave",
        "20,000 (F^0.6 - 1) + 2,153",
        leave - 1.0 + released,
        "left",
        ["left", "ALL", "ALL"],
    );
    row(
        permits,
        "To Coastia with a permit",
        "3/4 (11,879 + 2,153)",
        (new + released) * (1.0 - still),
        "XB by permit",
        [by_status, "legal", "XB"],
    );
    row(
        permits,
        "To Coastia without permission",
        "1/4 (11,879 + 2,153) - 6,660",
        (new + released) * still - share,
        "XB by irregular",
        ["irregular_entries", "ALL", "XB"],
    );
    row(
        permits,
        "To Plainia",
        "13,340 (F^-0.4 - 1)",
        (1.0 - share) * (others - 1.0),
        "XC by visa-free",
        ["left_for", "ALL", "XC"],
    );
    row(
        permits,
        "Barred at the end",
        "2,718 exp(-3 - ln 2) - 4,078",
        (leave - 1.0) * kept * exp(-both) - barred,
        "barred",
        ["held_by_cause_at_end", "barred", "ALL"],
    );
    page.has(&table(&page, "irregular-way", &[permits], &rows));
}
