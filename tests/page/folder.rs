//! Results folders of comparisons that nobody has computed: every table of the schema, with bands, empty
//! cells and titles that are markup, so that a page can be looked at without hours of runs.

use exeunt::measure::comparison_schema::{BREAK_EVEN, COMPARISON, COURSES, FLIPS, SUBSTITUTION};
use exeunt::measure::{Countries, DEFINITIONS, Grouping, Table};
use exeunt::store::{
    Assumption, Changed, Claims, Dated, Described, Description, FORMAT, Manifest, People, Place,
    Point,
};
use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::fs;
use std::path::Path;

/// What a folder is like.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// Scenarios, the base among them.
    pub scenarios: usize,
    /// Draws; below 12 no verdict is given.
    pub draws: u32,
    /// Whether titles, names and sources are full of markup.
    pub markup: bool,
}

/// Text that would end a script, open a tag or break an attribute.
pub const MARKUP: &str = "<b>&\"' </script><script>window.broken = true</script>";

const PLACES: [(&str, &str, Option<&str>, f64); 28] = [
    ("RU", "Russia", None, 0.0),
    ("KZ", "Kazakhstan", Some("Almaty"), 229_199.0),
    ("GE", "Georgia", Some("Tbilisi"), 164_564.0),
    ("AM", "Armenia", Some("Yerevan"), 137_273.0),
    ("IL", "Israel", Some("Tel Aviv"), 89_930.0),
    ("RS", "Serbia", Some("Belgrade"), 250_357.0),
    ("ME", "Montenegro", Some("Budva"), 271_783.0),
    ("US", "United States", Some("New York"), 55_298.0),
    ("AE", "United Arab Emirates", Some("Dubai"), 169_763.0),
    ("TR", "Turkey", Some("Antalya"), 190_293.0),
    ("DE", "Germany", Some("Berlin"), 51_725.0),
    ("TH", "Thailand", Some("Phuket"), 98_626.0),
    ("UZ", "Uzbekistan", Some("Tashkent"), 112_612.0),
    ("KG", "Kyrgyzstan", Some("Bishkek"), 61_000.0),
    ("TJ", "Tajikistan", Some("Dushanbe"), 18_000.0),
    ("MN", "Mongolia", Some("Ulaanbaatar"), 21_000.0),
    ("FI", "Finland", Some("Helsinki"), 24_000.0),
    ("LV", "Latvia", Some("Riga"), 9_800.0),
    ("LT", "Lithuania", Some("Vilnius"), 11_200.0),
    ("EE", "Estonia", Some("Tallinn"), 8_100.0),
    ("PL", "Poland", Some("Warsaw"), 14_900.0),
    ("CY", "Cyprus", Some("Limassol"), 31_400.0),
    ("ES", "Spain", Some("Barcelona"), 29_700.0),
    ("FR", "France", Some("Paris"), 12_800.0),
    ("GB", "United Kingdom", Some("London"), 10_400.0),
    ("CA", "Canada", Some("Toronto"), 8_700.0),
    ("AR", "Argentina", Some("Buenos Aires"), 22_300.0),
    ("MT", "Malta", Some("Valletta"), 2_400.0),
];

const NAMES: [(&str, &str); 10] = [
    ("as-it-was", "Russia 2022-23 as it was"),
    ("tourist-ban", "Tourist ban in every Schengen state"),
    ("humanitarian", "Humanitarian visas on application"),
    ("no-visa-free", "No visa-free entry in the Caucasus"),
    ("short-stays", "Stays of 90 days everywhere"),
    ("quota", "Quotas by month"),
    ("slow-asylum", "Asylum decided in two years"),
    ("exit-closed", "Exit closed to the draft-eligible"),
    ("restrictive", "Restrictive bundle"),
    ("open", "Open bundle"),
];

const SEGMENTS: [(&str, u64); 4] = [
    ("activists", 190_000),
    ("draft-eligible", 25_000_000),
    ("it-workers", 1_700_000),
    ("others", 118_910_000),
];

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
    /// Writes the folder.
    pub fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let mut files = BTreeMap::new();
        let tables: [(&Table, Vec<Vec<String>>); 5] = [
            (&COMPARISON, self.comparison()),
            (&SUBSTITUTION, self.substitution()),
            (&FLIPS, self.flips()),
            (&BREAK_EVEN, self.break_even()),
            (&COURSES, self.courses()),
        ];
        for (table, rows) in tables {
            let name = format!("{}.csv", table.name);
            let mut writer = csv::Writer::from_path(folder.join(&name)).unwrap();
            writer
                .write_record(table.columns().map(|column| column.name))
                .unwrap();
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            writer.flush().unwrap();
            let record = exeunt::store::FileRecord {
                rows: Some(rows.len() as u64),
                sha256: exeunt::store::of_file(&folder.join(&name)).unwrap(),
            };
            files.insert(name, record);
        }
        let described = folder.join("comparison.json");
        let description = serde_json::to_string_pretty(&self.description()).unwrap();
        fs::write(&described, description).unwrap();
        let record = exeunt::store::FileRecord {
            rows: None,
            sha256: exeunt::store::of_file(&described).unwrap(),
        };
        files.insert("comparison.json".to_owned(), record);
        let manifest = Manifest {
            exeunt: "0.1.0".into(),
            format: FORMAT,
            stream_version: 3,
            scenario: NAMES[0].0.into(),
            compared: self.others().map(|other| other.0.into()).collect(),
            scenario_sha256: "c19b3e4ed624a5b08175e3a7c5c27b62c67ebe12c78a9a9ad89f1093acac72d9"
                .into(),
            seed: 1,
            scale: 20,
            draws: self.draws,
            replicates: 2,
            replicates_finished: vec![0, 1],
            files,
        };
        let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
        write(
            "manifest.json",
            serde_json::to_string_pretty(&manifest).unwrap(),
        );
    }

    fn marked(&self, text: &str) -> String {
        match self.markup {
            true => format!("{text} {MARKUP}"),
            false => text.to_owned(),
        }
    }

    fn description(&self) -> Description {
        let dated = |name: &str, title: &str, date: &str, countries: &[&str], own| Dated {
            name: name.into(),
            title: self.marked(title),
            date: date.into(),
            source: self.marked("example.org/a-report, read in 2026"),
            countries: countries.iter().map(|code| (*code).into()).collect(),
            own,
        };
        let base = vec![
            dated(
                "invasion",
                "Russia invades Ukraine",
                "2022-02-24",
                &["RU"],
                false,
            ),
            dated(
                "estonia",
                "Estonia stops entry on its own visas",
                "2022-08-18",
                &["EE"],
                false,
            ),
            dated(
                "mobilisation",
                "Partial mobilisation is announced",
                "2022-09-21",
                &["RU"],
                false,
            ),
            dated(
                "finland",
                "Finland closes its border to tourists",
                "2022-09-30",
                &["FI"],
                false,
            ),
            dated(
                "kazakhstan",
                "Kazakhstan limits stays to 90 days in 180",
                "2023-01-27",
                &["KZ"],
                false,
            ),
        ];
        let scenarios =
            NAMES
                .iter()
                .take(self.scenarios)
                .enumerate()
                .map(|(index, (name, title))| {
                    let mut events = base.clone();
                    if index > 0 {
                        events.push(dated(
                            "own",
                            "The policy begins in Finland and Georgia",
                            "2022-06-01",
                            &["FI", "GE"],
                            true,
                        ));
                        events.sort_by(|a, b| a.date.cmp(&b.date));
                    }
                    let changes =
                        (0..if index == 0 { 0 } else { 1 + 4 * index }).map(|number| Changed {
                            path: format!(
                                "country.{}.channel.tourist.open",
                                PLACES[1 + number % 27].0
                            ),
                            base: (number % 3 > 0).then(|| "true".to_owned()),
                            scenario: Some(self.marked("false")),
                            base_place: Some("rules.toml:12".to_owned()),
                            scenario_place: Some(format!("{name}.toml:{}", 4 + number)),
                        });
                    Described {
                        name: (*name).into(),
                        title: self.marked(title),
                        changes: changes.collect(),
                        events,
                    }
                });
        let varied = [
            (
                "behaviour.choice.lambda",
                "How alike countries are to who chooses",
                "0.6",
                "0.3",
                "0.9",
            ),
            (
                "behaviour.choice.mu",
                "How alike ways into a country are",
                "0.5",
                "0.3",
                "0.8",
            ),
            (
                "behaviour.belief.lag",
                "Mean time until a change is heard of",
                "4 weeks",
                "0 weeks",
                "12 weeks",
            ),
        ];
        Description {
            draft: self.markup,
            seed: 1,
            scale: 20,
            draws: self.draws,
            replicates: 2,
            design: "latin-hypercube".into(),
            start: "2022-02-01".into(),
            end: "2023-12-31".into(),
            currency: "USD".into(),
            scenarios: scenarios.collect(),
            countries: PLACES
                .iter()
                .map(|(code, name, city, _)| Place {
                    code: (*code).into(),
                    name: match *code {
                        "GE" => self.marked(name),
                        _ => (*name).into(),
                    },
                    origin: *code == "RU",
                    city: city.map(str::to_owned),
                })
                .collect(),
            segments: SEGMENTS
                .iter()
                .map(|(name, size)| People {
                    name: (*name).into(),
                    origin: "RU".into(),
                    size: *size,
                })
                .collect(),
            observed: [
                ("GE", "2022-10-31", 112_700.0),
                ("AM", "2022-12-31", 65_000.0),
                ("IL", "2023-06-30", 61_000.0),
            ]
            .iter()
            .map(|(code, date, value)| Point {
                id: format!("{code}-stock"),
                quantity: self.marked("Citizens of Russia in the country"),
                series: "newcomers".into(),
                country: (*code).into(),
                date: (*date).into(),
                value: (*code != "AM").then_some(*value),
                band: Some((value * 0.8, value * 1.25)),
                unit: "persons".into(),
                source: self.marked("a register"),
            })
            .collect(),
            claims: Claims {
                read: 212,
                recalled: 95,
                derived: 61,
                assumption: 148,
                unmarked: 3,
            },
            varied: varied
                .iter()
                .map(|(path, meaning, value, low, high)| Assumption {
                    path: (*path).into(),
                    meaning: self.marked(meaning),
                    value: (*value).into(),
                    low: (*low).into(),
                    high: (*high).into(),
                    basis: "derived".into(),
                    source: Some(self.marked("a paper")),
                })
                .collect(),
            warnings: vec![self.marked("`rendered` rests on fewer than 30 agents")],
        }
    }

    /// The scenarios after the base, with how much each brings: below zero less, above zero more.
    fn others(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let effects = [-0.14, 0.09, -0.22, -0.05, 0.02, -0.01, -0.3, -0.4, 0.35];
        NAMES
            .iter()
            .skip(1)
            .zip(effects)
            .take(self.scenarios - 1)
            .map(|(name, effect)| (name.0, effect))
    }

    fn comparison(&self) -> Vec<Vec<String>> {
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

    fn substitution(&self) -> Vec<Vec<String>> {
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

    fn flips(&self) -> Vec<Vec<String>> {
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

    fn break_even(&self) -> Vec<Vec<String>> {
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

    fn courses(&self) -> Vec<Vec<String>> {
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
