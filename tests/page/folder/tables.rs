//! The rows of each table of a comparison that nobody has computed.

use super::{Made, NAMES, PLACES, SEGMENTS};
use exeunt::measure::{Countries, DEFINITIONS, Grouping};
use std::f64::consts::TAU;

/// Numbers that look drawn by chance and are the same each time.
struct Dice(u64);

impl Dice {
    /// From -1 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }
}

impl Made {
    pub(super) fn comparison(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for (scenario, effect) in self.others() {
            let mut dice = Dice(scenario.len() as u64);
            for definition in DEFINITIONS {
                let groups: Vec<&str> = match definition.grouping {
                    Grouping::Everybody | Grouping::Origin => vec![],
                    Grouping::Segment => SEGMENTS.iter().map(|segment| segment.0).collect(),
                    Grouping::Motive => vec![
                        "ordinary",
                        "persecution",
                        "mobilisation",
                        "hardship",
                        "conscience",
                    ],
                    Grouping::Cause => vec!["barred", "deterred", "means"],
                    Grouping::Status => {
                        vec!["protected", "legal", "temporary", "pending", "irregular"]
                    }
                    Grouping::Sector => vec!["military-industry", "it", "other"],
                    Grouping::Activity => vec!["publishing", "street"],
                    Grouping::Security => vec!["secure", "insecure"],
                };
                let mut keys: Vec<(&str, &str)> =
                    groups.iter().map(|group| (*group, "ALL")).collect();
                // An outcome that is split by its groups alone has no row of everybody.
                if !matches!(
                    definition.grouping,
                    Grouping::Motive | Grouping::Cause | Grouping::Sector
                ) {
                    keys.push(("ALL", "ALL"));
                }
                match definition.countries {
                    Countries::Together => {}
                    Countries::Both => {
                        keys.extend(PLACES[1..].iter().map(|place| ("ALL", place.0)))
                    }
                    Countries::Each => {
                        keys = PLACES[1..].iter().map(|place| ("ALL", place.0)).collect()
                    }
                }
                keys.sort_unstable();
                for (group, country) in keys {
                    rows.push(self.compared(
                        scenario,
                        effect,
                        definition.id,
                        group,
                        country,
                        definition.unit,
                        &mut dice,
                    ));
                }
            }
        }
        rows
    }

    #[allow(clippy::too_many_arguments)]
    fn compared(
        &self,
        scenario: &str,
        effect: f64,
        id: &str,
        group: &str,
        country: &str,
        unit: &str,
        dice: &mut Dice,
    ) -> Vec<String> {
        let of_country = PLACES
            .iter()
            .find(|place| place.0 == country)
            .map(|place| place.3 / 1_600_000.0);
        let share = of_country.unwrap_or(1.0);
        let level = match (id, group) {
            ("left", "ALL") => 877_844.0,
            ("held_at_end", "ALL") => 4_633_160.0,
            ("held_by_cause_at_end", "barred") => 21_518.0,
            ("held_by_cause_at_end", "deterred") => 5_575.0,
            ("held_by_cause_at_end", "means") => 4_606_067.0,
            ("abroad_at_end", "ALL") => 712_534.0,
            ("arrivals", "ALL") => 1_600_000.0,
            ("left_for", "ALL") => 877_844.0,
            _ => match unit {
                "persons" => 60_000.0 * (1.2 + dice.roll()),
                "person-months" => 900_000.0 * (1.2 + dice.roll()),
                "share" => 0.3 * (1.2 + dice.roll()),
                "ratio" => 1.3 + 0.4 * dice.roll(),
                _ => 40.0 * (1.2 + dice.roll()),
            },
        };
        let counts = matches!(unit, "persons" | "person-months");
        let level = if counts { level * share } else { level };
        // What a scenario holds back is held, so those held move the other way.
        let sign = if id.contains("held") { -0.3 } else { 1.0 };
        let difference = level * effect * sign * (1.0 + 0.6 * dice.roll());
        let spread = level * 0.09 + difference.abs() * 0.3;
        let mut cells: Vec<String> = ["as-it-was", scenario, id, group, country, unit]
            .map(str::to_owned)
            .to_vec();
        let band = |mean: f64, spread: f64| {
            [mean, mean - spread, mean + spread * 1.2].map(|value| value.to_string())
        };
        // Some outcomes are only in the base, some only in the scenario.
        let (in_base, in_scenario) = (id != "wrongly_refused", id != "top_risk_wrongly_refused");
        let draws = if in_base && in_scenario {
            self.draws
        } else {
            0
        };
        let lower = match difference + spread * 0.9 < 0.0 {
            true => draws,
            false if difference < 0.0 => draws * 3 / 4,
            false if difference > spread * 0.5 => 0,
            false => draws / 4,
        };
        let empty = || vec![String::new(); 3];
        cells.extend(if in_base {
            band(level, level * 0.12).to_vec()
        } else {
            empty()
        });
        cells.extend(if in_scenario {
            band(level + difference, level * 0.14).to_vec()
        } else {
            empty()
        });
        cells.extend(if draws > 0 {
            band(difference, spread * 0.6).to_vec()
        } else {
            empty()
        });
        cells.extend([draws, lower, draws - lower].map(|count| count.to_string()));
        cells.extend(match draws {
            0 => empty(),
            _ => [spread * 0.3, spread * 0.1, 400.0 + 90.0 * dice.roll()]
                .map(|value| value.to_string())
                .to_vec(),
        });
        cells
    }

    pub(super) fn substitution(&self) -> Vec<Vec<String>> {
        let fates = [
            ("another-country", 0.44),
            ("another-channel", 0.16),
            ("later", 0.07),
            ("applying", 0.03),
            ("barred", 0.14),
            ("deterred", 0.05),
            ("means", 0.06),
            ("detained", 0.01),
            ("mobilised", 0.01),
            ("no-wish", 0.03),
        ];
        let mut rows = Vec::new();
        for (scenario, effect) in self.others() {
            for draw in 0..self.draws {
                for replicate in 0..2 {
                    let mut dice = Dice(u64::from(draw * 7 + replicate) + scenario.len() as u64);
                    for (country, _, _, arrivals) in
                        PLACES[1..].iter().filter(|place| place.3 > 9_000.0)
                    {
                        for (channel, of) in [("tourist", 0.12), ("visa-free", 0.05)] {
                            for (direction, much) in [("gained", 0.4), ("lost", 1.0)] {
                                let total =
                                    arrivals * effect.abs() * of * much * (1.0 + 0.2 * dice.roll());
                                let parts: Vec<f64> = fates
                                    .iter()
                                    .map(|(_, share)| {
                                        (total * share * (1.0 + 0.7 * dice.roll())).round()
                                    })
                                    .collect();
                                let sum: f64 = parts.iter().sum();
                                for ((fate, _), persons) in fates
                                    .iter()
                                    .zip(&parts)
                                    .filter(|(_, persons)| **persons > 0.0)
                                {
                                    let numbers = [draw.to_string(), replicate.to_string()];
                                    let mut row = vec!["as-it-was".to_owned(), scenario.to_owned()];
                                    row.extend(numbers);
                                    row.extend(
                                        ["RU", country, channel, direction, fate]
                                            .map(str::to_owned),
                                    );
                                    row.extend([persons.to_string(), (persons / sum).to_string()]);
                                    rows.push(row);
                                }
                            }
                        }
                    }
                }
            }
        }
        rows
    }

    pub(super) fn flips(&self) -> Vec<Vec<String>> {
        let outcomes = [
            "abroad_at_end",
            "held_at_end",
            "left",
            "person_months_held",
            "returned",
            "top_risk_got_out",
        ];
        let paths = [
            ("behaviour.choice.lambda", "0.3", "0.9"),
            ("behaviour.belief.lag", "0 weeks", "12 weeks"),
            ("behaviour.choice.mu", "0.3", "0.8"),
            ("behaviour.returning.base", "0.010 /month", "0.025 /month"),
        ];
        let mut rows = Vec::new();
        for (scenario, effect) in self.others() {
            for (place, outcome) in outcomes.iter().enumerate() {
                let key = ["as-it-was", scenario, outcome, "ALL", "ALL"].map(str::to_owned);
                let scale = if *outcome == "top_risk_got_out" {
                    0.2
                } else {
                    600_000.0
                } * effect;
                if place == 5 {
                    let mut row = key.to_vec();
                    row.push("0".into());
                    row.extend(vec![String::new(); 9]);
                    row.push("no flip".into());
                    rows.push(row);
                    continue;
                }
                for (rank, (path, low, high)) in paths.iter().enumerate() {
                    let swing =
                        scale * (1.5 - 0.35 * rank as f64) * if place % 2 == 0 { 1.0 } else { 0.4 };
                    let (at_low, at_high) = (scale - swing, scale + swing);
                    let crosses = at_low * at_high < 0.0;
                    let verdict = match (crosses, rank) {
                        (false, _) => "no flip",
                        (_, 0) => "flips",
                        (_, 1) => "not confirmed",
                        _ => "suspected",
                    };
                    let mut row = key.to_vec();
                    row.extend([
                        (rank + 1).to_string(),
                        (*path).into(),
                        (*low).into(),
                        (*high).into(),
                    ]);
                    row.extend(
                        [
                            at_low,
                            at_high,
                            0.8 - 0.1 * rank as f64,
                            0.01 + 0.2 * rank as f64,
                        ]
                        .map(|value| value.to_string()),
                    );
                    row.extend(match (crosses, rank) {
                        (true, 0) => [at_low * 0.9, at_high * 0.95].map(|value| value.to_string()),
                        (true, 1) => {
                            [at_low.abs() * 0.2, at_high.abs() * 0.8].map(|value| value.to_string())
                        }
                        _ => [String::new(), String::new()],
                    });
                    row.push(verdict.into());
                    rows.push(row);
                }
            }
        }
        rows
    }

    pub(super) fn break_even(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for (scenario, effect) in self.others() {
            for (activity, home) in [("publishing", -40.0 * effect), ("street", -900.0 * effect)] {
                for origin in ["ALL", "RU"] {
                    let abroad = 310.0 * effect;
                    let weight = -home / abroad;
                    let found = (0.1..10.0).contains(&weight);
                    let mut row = ["as-it-was", scenario, activity, origin]
                        .map(str::to_owned)
                        .to_vec();
                    row.extend([abroad, home].map(|value| value.to_string()));
                    row.extend(match found && scenario != "humanitarian" {
                        true => [weight, weight * 0.6, weight * 1.5]
                            .map(|value| value.to_string())
                            .to_vec(),
                        false => vec![String::new(); 3],
                    });
                    row.extend([self.draws, self.draws * 3 / 4].map(|count| count.to_string()));
                    row.extend(
                        [
                            "base",
                            if found && scenario != "humanitarian" {
                                "flip"
                            } else {
                                "no flip"
                            },
                        ]
                        .map(str::to_owned),
                    );
                    rows.push(row);
                }
            }
        }
        rows
    }

    pub(super) fn courses(&self) -> Vec<Vec<String>> {
        let dates = dates();
        let mut rows = Vec::new();
        let effects: Vec<f64> = std::iter::once(0.0)
            .chain(self.others().map(|other| other.1))
            .collect();
        for ((scenario, _), effect) in NAMES.iter().zip(effects) {
            let mut dice = Dice(7);
            let mut add = |series: &str, country: &str, unit: &str, value: &dyn Fn(f64) -> f64| {
                let wobble = 0.04 * dice.roll();
                for (index, date) in dates.iter().enumerate() {
                    let time = index as f64 / (dates.len() - 1) as f64;
                    let mean = value(time);
                    let extra = if unit == "ratio" { mean - 1.0 } else { mean };
                    let (low, high) = (
                        mean - extra * (0.1 + wobble),
                        mean + extra * (0.16 + wobble),
                    );
                    let mut row = [*scenario, series, country, date, unit]
                        .map(str::to_owned)
                        .to_vec();
                    row.extend([mean, low, high].map(|value| value.to_string()));
                    rows.push(row);
                }
            };
            // Two waves, the second larger, and a slow decline; a policy acts from a quarter of the time on.
            let rise = |time: f64| {
                1.0 - libm::exp(-6.0 * time) + 0.8 / (1.0 + libm::exp(-60.0 * (time - 0.35)))
            };
            let acts = move |time: f64| 1.0 + effect * ((time - 0.25) * 3.0).clamp(0.0, 1.0);
            let stock = move |time: f64| {
                rise(time) * (1.0 - 0.25 * time) * acts(time)
                    + 0.01 * libm::sin(TAU * 6.0 * time) * time
            };
            add("abroad", "ALL", "persons", &|time| 520_000.0 * stock(time));
            for (code, _, city, arrivals) in &PLACES[1..] {
                add("newcomers", code, "persons", &|time| {
                    arrivals * 0.35 * stock(time)
                });
                if city.is_some() {
                    let most = arrivals / 272_000.0;
                    add("rent_index", code, "ratio", &|time| {
                        1.0 + 1.1 * most * stock(time)
                    });
                }
            }
        }
        let mut sorted = rows;
        sorted.sort_by(|a, b| a[..4].cmp(&b[..4]));
        sorted
    }
}

/// The day before the first and the last of each step, with two windows of days.
fn dates() -> Vec<String> {
    let mut date = jiff::civil::date(2022, 1, 31);
    let end = jiff::civil::date(2023, 12, 31);
    let mut dates = vec![date.to_string()];
    while date < end {
        let fine =
            (date.year(), date.month()) == (2022, 3) || (date.year(), date.month()) == (2022, 10);
        let days = if fine { 1 } else { 7 };
        date = date
            .checked_add(jiff::Span::new().days(days))
            .unwrap()
            .min(end);
        dates.push(date.to_string());
    }
    dates
}
