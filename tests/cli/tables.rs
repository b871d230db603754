//! Tables whose numbers agree with each other, in the order of their keys, empty where nothing was
//! computed.

use super::desk::{Desk, code};
use super::rows::{Row, key, persons, sum, sums, table};
use std::collections::HashMap;

#[test]
fn written_tables_agree_with_each_other() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--replicates", "2", "--out", "out"])), 0);
    let read = |name| table(&desk.path("out"), name);
    let (countries, stays, homes, flows) = (
        read("countries"),
        read("stays"),
        read("homes"),
        read("flows"),
    );
    let left_by = [
        "left_by_ordinary",
        "left_by_persecution",
        "left_by_mobilisation",
        "left_by_hardship",
        "left_by_conscience",
    ];
    for row in &homes {
        let where_they_are = ["at_home", "applying", "detained", "mobilised", "abroad"];
        assert_eq!(
            persons(row, "persons"),
            sum(row, &where_they_are),
            "{row:?}"
        );
        assert_eq!(persons(row, "left"), sum(row, &left_by), "{row:?}");
        assert!(sum(row, &["barred", "deterred", "held_by_means"]) <= persons(row, "at_home"));
        assert!(persons(row, "returned_involuntarily") <= persons(row, "returned"));
        assert_eq!(persons(row, "persons") % 30, 0, "whole agents");
    }

    // Everybody abroad is somewhere.
    let moment = ["replicate", "date"];
    let abroad = sums(&homes, &moment, "abroad");
    assert!(abroad.len() > 10);
    assert_eq!(sums(&stays, &moment, "persons"), abroad);
    assert_eq!(sums(&countries, &moment, "newcomers"), abroad);
    assert_eq!(
        sums(&stays, &["replicate", "date", "country"], "persons"),
        sums(&countries, &["replicate", "date", "country"], "newcomers")
    );

    // Flows are the same, however they are counted.
    let of = |event: &str| -> Vec<Row> {
        flows
            .iter()
            .filter(|row| row["event"] == event)
            .cloned()
            .collect()
    };
    let by_segment = ["replicate", "date", "segment"];
    assert_eq!(
        sums(&of("left"), &by_segment, "persons"),
        sums(&homes, &by_segment, "left")
    );
    assert_eq!(
        sums(&of("returned"), &by_segment, "persons"),
        sums(&homes, &by_segment, "returned")
    );
    let country = ["replicate", "date", "country"];
    let to = ["replicate", "date", "to"];
    let from = ["replicate", "date", "from"];
    assert_eq!(
        sums(&of("arrived"), &to, "persons"),
        sums(&countries, &country, "arrivals")
    );
    assert_eq!(
        sums(&of("moved_on"), &from, "persons"),
        sums(&countries, &country, "departures_onward")
    );
    assert_eq!(
        sums(&of("returned"), &from, "persons"),
        sums(&countries, &country, "departures_return")
    );

    // Newcomers change by those who came and went.
    let mut before: HashMap<String, i64> = HashMap::new();
    for row in &countries {
        let place = key(row, &["replicate", "country"]);
        let now = persons(row, "newcomers");
        let change =
            persons(row, "arrivals") - sum(row, &["departures_onward", "departures_return"]);
        match before.insert(place, now) {
            Some(before) => assert_eq!(now - before, change, "{row:?}"),
            None => assert_eq!((row["days"].as_str(), now, change), ("0", 0, 0)),
        }
    }

    // And outcomes are sums of all that.
    let outcome = |id: &str, replicate: &str| -> f64 {
        let row = read("outcomes").into_iter().find(|row| {
            row["outcome"] == id
                && row["replicate"] == replicate
                && row["group"] == "ALL"
                && row["country"] == "ALL"
        });
        row.unwrap()["value"].parse().unwrap()
    };
    for replicate in ["0", "1"] {
        let left: i64 = homes
            .iter()
            .filter(|row| row["replicate"] == replicate)
            .map(|row| persons(row, "left"))
            .sum();
        assert_eq!(outcome("left", replicate), left as f64);
    }
    assert_ne!(outcome("left", "0"), outcome("left", "1"));
}

#[test]
fn rows_are_in_the_order_of_their_keys() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--replicates", "2", "--out", "out"])), 0);
    for (name, columns) in [
        ("countries", &["replicate", "date", "country"][..]),
        ("homes", &["replicate", "date", "origin", "segment"]),
        ("stays", &["replicate", "date", "origin", "country"]),
        (
            "flows",
            &[
                "replicate",
                "date",
                "origin",
                "segment",
                "from",
                "to",
                "channel",
            ],
        ),
        ("outcomes", &["replicate", "outcome", "group", "country"]),
    ] {
        let keys: Vec<String> = table(&desk.path("out"), name)
            .iter()
            .map(|row| key(row, columns).replace(',', "\u{0}"))
            .collect();
        assert!(keys.is_sorted(), "{name}");
    }
}

#[test]
fn what_is_not_built_is_empty_and_never_zero() {
    let desk = Desk::new();
    assert_eq!(code(&desk.run(&["--out", "out"])), 0);
    for (name, columns) in [
        (
            "countries",
            &[
                "in_transit",
                "applying",
                "handed_over",
                "hostility",
                "share_wanting_visas",
            ][..],
        ),
        (
            "homes",
            &["applying", "detained", "mobilised", "detentions", "voicing"],
        ),
    ] {
        for row in table(&desk.path("out"), name) {
            assert!(
                columns.iter().all(|column| row[*column].is_empty()),
                "{name}: {row:?}"
            );
        }
    }
    assert_eq!(
        code(&desk.run(&["--set", "behaviour.rents.on=false", "--out", "still"])),
        0
    );
    assert!(
        table(&desk.path("still"), "countries")
            .iter()
            .all(|row| row["rent_index"].is_empty())
    );
    let outcomes = table(&desk.path("still"), "outcomes");
    assert!(
        outcomes
            .iter()
            .all(|row| !row["outcome"].starts_with("rent_index"))
    );
}
