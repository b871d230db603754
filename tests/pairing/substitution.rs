//! What became of the same persons: each of them has one fate, and what a flow loses and gains is its change.

use crate::everything::{Extent, numbers, pairing, run, source, text};
use crate::support::watch;
use exeunt::engine::{RunOptions, Seen, Simulation, Watch};
use exeunt::experiment::{Plan, write_substitution};
use exeunt::measure::{Cell, Direction, Sink, Table, Who};
use exeunt::scenario::Scenario;
use exeunt::world::FlowEvent;
use std::collections::BTreeMap;
use std::sync::Arc;

const EXTENT: Extent = Extent {
    draws: 1,
    replicates: 3,
    scale: 5,
};

/// Coastia admits nobody with a visa, halves its quota and wants no contract any more.
const POLICY: &str = r#"
[event.a-closing]
date = 2030-03-04
set."country.XC.channel.visa.open" = false
set."country.XC.channel.humanitarian.quota.size" = "20 persons/month"

[event.a-grant]
date = 2030-08-05
set."country.XC.channel.work.grant" = "80 %"
"#;

/// Origin, country and channel, by name.
type Way = (String, String, String);

/// Every first departure: by whom, which way and when.
fn first_departures(
    scenario: &Arc<Scenario>,
    seed: u64,
    replicate: u32,
) -> BTreeMap<Who, (Way, f64)> {
    let options = RunOptions {
        seed,
        replicate,
        scale: EXTENT.scale,
        threads: Some(2),
        ..RunOptions::default()
    };
    let mut simulation = Simulation::new(Arc::clone(scenario), options).expect("it can be run");
    simulation.watch(Watch::Everybody);
    let code = |country: u16| scenario.countries[usize::from(country)].code.clone();
    let mut found = BTreeMap::new();
    watch(&mut simulation, |report| {
        for notice in report.notices {
            if let Seen::Flow {
                event: FlowEvent::Left,
                from,
                channel,
                ..
            } = notice.seen
            {
                let way = &scenario.channels[usize::from(channel)];
                let way = (code(from), code(way.country), way.name.clone());
                found.entry(notice.who).or_insert((way, notice.time));
            }
        }
    });
    found
}

#[test]
fn what_a_flow_loses_and_gains_is_its_change() {
    let seed = 5;
    let sources = vec![
        source("base", &text()),
        source("policy", &format!("{}{POLICY}", text())),
    ];
    let scenarios: Vec<Arc<Scenario>> = sources.iter().map(|s| s.scenario().clone()).collect();
    let pairing = pairing(sources, seed, EXTENT);
    let mut changed = 0;
    for (cell, record) in run(&pairing, EXTENT.replicates) {
        let (_, replicate) = numbers(cell);
        let [base, policy] =
            [0, 1].map(|place: usize| first_departures(&scenarios[place], seed, replicate));
        let mut told: BTreeMap<(Way, Direction), u64> = BTreeMap::new();
        for row in &record.substitution[0] {
            let way = (row.origin.clone(), row.country.clone(), row.channel.clone());
            *told.entry((way, row.direction())).or_insert(0) += row.agents;
        }
        // Lost and gained, counted person by person: another way, another day, or not at all.
        let mut counted: BTreeMap<(Way, Direction), u64> = BTreeMap::new();
        for (direction, there, here) in [
            (Direction::Lost, &base, &policy),
            (Direction::Gained, &policy, &base),
        ] {
            for (who, (way, time)) in there {
                let same = here
                    .get(who)
                    .is_some_and(|(other, at)| other == way && (at - time).abs() < 1.0);
                if !same {
                    *counted.entry((way.clone(), direction)).or_insert(0) += 1;
                }
            }
        }
        assert_eq!(told, counted, "{cell:?}");
        // And they add up to the change of each flow.
        let number = |of: &BTreeMap<Who, (Way, f64)>, way: &Way| {
            of.values().filter(|(other, _)| other == way).count() as i64
        };
        let of =
            |way: &Way, direction| told.get(&(way.clone(), direction)).copied().unwrap_or(0) as i64;
        let ways: std::collections::BTreeSet<&Way> = base
            .values()
            .chain(policy.values())
            .map(|(way, _)| way)
            .collect();
        for way in ways {
            let change = number(&policy, way) - number(&base, way);
            assert_eq!(
                of(way, Direction::Gained) - of(way, Direction::Lost),
                change,
                "{way:?}"
            );
            changed += i64::from(change != 0);
        }
    }
    assert!(changed >= 9, "only {changed} flows changed");
}

/// Shares and persons of the table, by flow and direction.
#[derive(Default)]
struct Shares(BTreeMap<Vec<String>, (f64, u64, usize)>);

impl Sink for Shares {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        let (mut key, mut share, mut persons) = (Vec::new(), 0.0, 0);
        for (cell, column) in cells.iter().zip(table.columns()) {
            match (column.name, cell) {
                ("share", Cell::Number(number)) => share = *number,
                ("persons", Cell::Whole(number)) => persons = *number,
                ("fate", _) => {}
                (_, cell) => key.push(format!("{cell:?}")),
            }
        }
        assert!(persons > 0 && share > 0.0);
        let sum = self.0.entry(key).or_default();
        *sum = (sum.0 + share, sum.1 + persons, sum.2 + 1);
    }
}

#[test]
fn the_fates_of_each_flow_are_all_of_it() {
    let sources = vec![
        source("base", &text()),
        source("policy", &format!("{}{POLICY}", text())),
    ];
    let pairing = pairing(sources, 6, EXTENT);
    let made = run(&pairing, EXTENT.replicates);
    let made: Vec<_> = made.iter().map(|(cell, record)| (*cell, record)).collect();
    let plan = Plan {
        exeunt: String::new(),
        stream_version: 0,
        seed: 6,
        scale: EXTENT.scale,
        replicates: EXTENT.replicates,
        design: "files".to_owned(),
        parameters: Vec::new(),
        draws: pairing.draws().numbers.clone(),
        values_sha256: String::new(),
        scenarios: ["base", "policy"]
            .map(|name| (name.to_owned(), String::new()))
            .to_vec(),
    };
    let mut shares = Shares::default();
    write_substitution(&plan, pairing.draws(), &made, &mut shares);
    let agents: u64 = made
        .iter()
        .flat_map(|(_, record)| &record.substitution[0])
        .map(|row| row.agents)
        .sum();
    let persons: u64 = shares.0.values().map(|flow| flow.1).sum();
    assert_eq!(persons, agents * EXTENT.scale);
    for (flow, (share, _, _)) in &shares.0 {
        assert!((share - 1.0).abs() < 1e-12, "{flow:?}: {share}");
    }
    // Fates of several kinds, of several flows.
    let several = shares.0.values().filter(|flow| flow.2 > 2).count();
    assert!(
        shares.0.len() >= 12 && several >= 6,
        "{} flows",
        shares.0.len()
    );
}
