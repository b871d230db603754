//! How a made-up comparison is shown.

use super::*;
use crate::analyse::comparison::test_support::{cells, names, normal, outcome};
use crate::analyse::comparison::{FateRow, Movers, Varied, Verified};
use crate::measure::{ALL, Direction, Fate, Flow, Outcome};
use crate::store::{Changed, Claims, Place};
use console::measure_text_width;

const PIPE: Screen = Screen {
    width: 140,
    colour: false,
    unicode: true,
};

fn run(scenario: usize, shift: f64, opposition: f64) -> Vec<Outcome> {
    let change = if scenario == 0 { 0.0 } else { shift };
    let voice = if scenario == 0 { 0.0 } else { opposition };
    vec![
        outcome("left", ALL, ALL, 877_844.0 - 1_000.0 * change),
        outcome("held_at_end", ALL, ALL, 4_633_160.0 + 1_000.0 * change),
        outcome("top_risk_got_out", ALL, ALL, 0.0123 - 0.001 * change),
        outcome("person_months_held", ALL, ALL, 5e7 + change),
        outcome("rent_index_peak", ALL, "GE", 1.93 - 0.01 * change),
        outcome("opposition_abroad_mean", ALL, "RU", 4_000.0 - 12.0 * voice),
        outcome(
            "opposition_at_home_mean",
            "publishing",
            "RU",
            300.0 + 3.0 * voice,
        ),
        outcome(
            "opposition_at_home_mean",
            "street",
            "RU",
            30_000.0 - 30.0 * voice,
        ),
    ]
}

fn description(draws: u32, scenarios: usize) -> Description {
    let described = |name: String| Described {
        title: match name.as_str() {
            "base" => "Two years as they were".to_owned(),
            _ => "Tourist bans in all of the Schengen area, from 30 September on".to_owned(),
        },
        changes: match name.as_str() {
            "base" => Vec::new(),
            _ => vec![Changed {
                path: "country.FI.channel.tourist.open".to_owned(),
                base: Some("true".to_owned()),
                scenario: Some("false".to_owned()),
                base_place: None,
                scenario_place: None,
            }],
        },
        events: Vec::new(),
        name,
    };
    let place = |code: &str, name: &str| Place {
        code: code.to_owned(),
        name: name.to_owned(),
        origin: code == "RU",
        city: None,
    };
    Description {
        failed: None,
        draft: false,
        seed: 1,
        scale: 20,
        draws,
        replicates: 2,
        design: "latin-hypercube".to_owned(),
        start: "2022-02-01".to_owned(),
        end: "2023-12-31".to_owned(),
        currency: "EUR".to_owned(),
        scenarios: names(scenarios).into_iter().map(described).collect(),
        countries: vec![
            place("RU", "Russia"),
            place("GE", "Georgia"),
            place("FI", ""),
        ],
        segments: Vec::new(),
        observed: Vec::new(),
        claims: Claims::default(),
        varied: Vec::new(),
        warnings: Vec::new(),
    }
}

fn with<T>(draws: u32, show: impl Fn(&Differences<'_>) -> T) -> T {
    let places: Vec<Vec<f64>> = (0..draws)
        .map(|draw| {
            [1, 5, 7]
                .map(|step| f64::from(draw * step % draws) / 16.0)
                .to_vec()
        })
        .collect();
    let run_one = |scenario, draw: u32, replicate| {
        let noise = normal(0, draw, replicate, scenario as u32);
        let shift = 2.0 + 5.0 * (places[draw as usize][1] - 0.6);
        run(scenario, 3.0 * shift + 0.1 * noise, 1.0 + 0.1 * noise)
    };
    let comparison = Comparison::of(names(2), &cells(2, draws, 2, run_one));
    let varied = [
        "behaviour.choice.lambda",
        "behaviour.return.rate",
        "behaviour.voice.half-life",
    ];
    let varied = varied.map(|path| Varied {
        path: path.to_owned(),
        low: "0.3 /year".to_owned(),
        high: "0.9 /year".to_owned(),
    });
    let numbers: Vec<u32> = (0..draws).collect();
    let movers = Movers::of(&comparison, &varied, &numbers, &places);
    let at = |shift| {
        Comparison::of(
            names(2),
            &cells(2, 1, 1, |scenario, _, _| run(scenario, shift, 1.0)),
        )
    };
    let verified = Verified {
        parameter: 1,
        low: at(-3.0),
        high: at(12.0),
    };
    let fate = |fate, persons| FateRow {
        scenario: 1,
        draw: 0,
        replicate: 0,
        flow: Flow {
            origin: "RU".to_owned(),
            country: "FI".to_owned(),
            channel: "tourist".to_owned(),
            direction: Direction::Lost,
        },
        fate,
        persons,
    };
    let fates = [
        fate(Fate::Barred, 30_000),
        fate(Fate::AnotherCountry, 50_000),
        fate(Fate::NoWish, 0),
    ];
    show(&Differences {
        comparison: &comparison,
        description: &description(draws, 2),
        substitution: &Substituted::of(&fates, &[0, 2 * draws as usize]),
        flips: &movers.settle(&if draws < 12 {
            Vec::new()
        } else {
            vec![verified]
        }),
        break_evens: &BreakEvens::of(&comparison),
        folder: Path::new("results/as-it-was-compared"),
    })
}

#[test]
fn differences_are_shown_outcome_by_outcome() {
    insta::assert_snapshot!(with(16, |shown| shown.render(&PIPE)));
}

#[test]
fn narrow_screens_get_interval_and_verdict_in_a_line_of_their_own() {
    insta::assert_snapshot!(with(16, |shown| shown.render(&Screen {
        width: 80,
        colour: false,
        unicode: false,
    })));
}

#[test]
fn few_draws_get_no_verdict() {
    let text = with(5, |shown| shown.render(&PIPE));
    assert!(text.contains("Fewer than 12 draws: no verdict"), "{text}");
    assert!(!text.contains(" of 5 draws\n"), "{text}");
    assert!(text.contains("Not looked at"), "{text}");
}

#[test]
fn what_is_equal_in_every_draw_gets_no_interval() {
    let same = |_, _, _| vec![outcome("left", ALL, ALL, 877_844.0)];
    let comparison = Comparison::of(names(2), &cells(2, 16, 2, same));
    let row = comparison.row(1, &OutcomeKey::of_all("left")).unwrap();
    let note = with(16, |shown| shown.note(row, &PIPE));
    assert_eq!(note, "equal in 16 of 16 draws");
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for width in 72..180 {
        let text = with(16, |shown| shown.render(&Screen { width, ..PIPE }));
        for line in text.lines() {
            assert!(measure_text_width(line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn signs_and_colours_are_used_only_where_they_show() {
    let plain = with(16, |shown| {
        shown.render(&Screen {
            unicode: false,
            ..PIPE
        })
    });
    assert!(plain.is_ascii(), "{plain}");
    for width in [80, 140] {
        let screen = Screen { width, ..PIPE };
        let coloured = with(16, |shown| {
            shown.render(&Screen {
                colour: true,
                ..screen
            })
        });
        assert!(coloured.contains('\u{1b}'));
        let stripped = console::strip_ansi_codes(&coloured).into_owned();
        assert_eq!(stripped, with(16, |shown| shown.render(&screen)));
    }
}

#[test]
fn programs_get_every_number() {
    let json = with(16, |shown| shown.as_json());
    assert_eq!(json["base"], "base");
    let scenario = &json["scenarios"][0];
    let left = scenario["outcomes"].as_array().unwrap();
    let left = left.iter().find(|row| row["outcome"] == "left").unwrap();
    assert_eq!(left["headline"], true);
    assert_eq!(left["base"]["mean"], 877_844.0);
    assert_eq!(left["draws"], 16);
    assert!(left["difference"]["low"].as_f64() < left["difference"]["high"].as_f64());
    assert_eq!(scenario["substitution"][0]["shares"]["barred"], 0.375);
    assert_eq!(scenario["break_even"][0]["verdict"], "flip");
    assert!(
        scenario["flips"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["verdict"] == "flips")
    );
    assert_eq!(scenario["changes"], 1);
}
