//! Results folders of comparisons that nobody has computed: every table of the schema, with bands, empty
//! cells and titles that are markup, so that a page can be looked at without hours of runs.

mod tables;

use exeunt::measure::Table;
use exeunt::measure::comparison_schema::{BREAK_EVEN, COMPARISON, COURSES, FLIPS, SUBSTITUTION};
use exeunt::store::{
    Assumption, Changed, Claims, Dated, Described, Description, FORMAT, Manifest, People, Place,
    Point,
};
use std::collections::BTreeMap;
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
            runs_finished: Vec::new(),
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
            failed: None,
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
}
