//! Persons and flows add up, at every step, in every count.

mod support;

use exeunt::engine::StepReport;
use exeunt::scenario::Scenario;
use exeunt::world::{FlowEvent, Stocks};
use std::sync::Arc;
use support::{changed, rich, simulation, watch};

fn sum(report: &StepReport<'_>, event: FlowEvent, chosen: impl Fn(u16, u16) -> bool) -> u64 {
    report
        .tally
        .flows
        .iter()
        .filter(|(key, _)| key.event == event && chosen(key.from, key.to))
        .map(|(_, persons)| persons)
        .sum()
}

/// Checks every identity over a run; returns how many flows of each kind there were.
fn check(scenario: &Arc<Scenario>, seed: u64) -> Vec<(FlowEvent, u64)> {
    let mut before: Option<Stocks> = None;
    let mut seen = std::collections::BTreeMap::new();
    watch(&mut simulation(scenario, seed, 2), |report| {
        let countries = scenario.countries.len();
        for (key, persons) in &report.tally.flows {
            assert!(*persons > 0);
            *seen.entry(key.event).or_insert(0) += persons;
        }
        assert!(
            report
                .tally
                .flows
                .windows(2)
                .all(|pair| pair[0].0 < pair[1].0)
        );
        // Every person is somewhere, once.
        for (segment, stocks) in report.stocks.segments.iter().enumerate() {
            assert_eq!(stocks.persons, scenario.segments[segment].size);
            assert_eq!(stocks.persons, stocks.at_home + stocks.abroad);
            assert!(stocks.held.iter().sum::<u64>() + stocks.departing <= stocks.at_home);
            assert!(stocks.abroad_active <= stocks.abroad);
        }
        let abroad: u64 = report
            .stocks
            .segments
            .iter()
            .map(|segment| segment.abroad)
            .sum();
        let stays: u64 = report.stocks.abroad.iter().sum();
        assert_eq!(abroad, stays);
        // Flows by segment.
        for (segment, tally) in report.tally.segments.iter().enumerate() {
            let of = |event| -> u64 {
                let flows = report.tally.flows.iter();
                flows
                    .filter(|(key, _)| key.event == event && usize::from(key.segment) == segment)
                    .map(|(_, persons)| persons)
                    .sum()
            };
            assert_eq!(tally.left_by.iter().sum::<u64>(), of(FlowEvent::Left));
            assert_eq!(tally.returned, of(FlowEvent::Returned));
            assert!(tally.returned_involuntarily <= tally.returned);
            assert_eq!(
                of(FlowEvent::Arrived),
                of(FlowEvent::Left) + of(FlowEvent::MovedOn)
            );
            assert!(of(FlowEvent::Granted) <= of(FlowEvent::Applied));
            assert!(of(FlowEvent::Renewed) <= of(FlowEvent::Expired));
            assert!(tally.left_men <= of(FlowEvent::Left));
            assert!(tally.held.iter().sum::<u64>() <= tally.aspired);
        }
        // Change of newcomers = arrivals - onward - returns.
        if let Some(before) = &before {
            for country in 0..countries {
                let here = country as u16;
                let arrived = sum(report, FlowEvent::Arrived, |_, to| to == here);
                let onward = sum(report, FlowEvent::MovedOn, |from, _| from == here);
                let returned = sum(report, FlowEvent::Returned, |from, _| from == here);
                assert_eq!(
                    report.stocks.newcomers(country) + onward + returned,
                    before.newcomers(country) + arrived,
                    "{} at {}",
                    scenario.countries[country].code,
                    report.date
                );
            }
        } else {
            assert_eq!((report.step, report.days), (None, 0));
            assert_eq!(abroad, 0);
        }
        before = Some(report.stocks.clone());
    });
    seen.into_iter().collect()
}

#[test]
fn with_every_rule_at_work() {
    let seen = check(&rich(), 3);
    // The identities mean little where nothing flows: every kind of flow must have occurred.
    assert_eq!(seen.len(), 10, "{seen:?}");
    for (event, persons) in seen {
        assert!(persons >= 20, "{event:?}: {persons}");
    }
}

#[test]
fn without_holding() {
    let scenario = changed(&rich(), |scenario| scenario.behaviour.holding.on = false);
    check(&scenario, 3);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        for stocks in &report.stocks.segments {
            assert_eq!(stocks.held, [0; 3]);
        }
    });
}

#[test]
fn in_the_fully_open_world_as_the_standard() {
    let scenario = changed(&rich(), |scenario| {
        scenario.lifted = exeunt::scenario::Lifted::AllOpen;
    });
    check(&scenario, 5);
}

#[test]
fn at_another_scale_the_agents_add_up() {
    let scenario = rich();
    let options = exeunt::engine::RunOptions {
        seed: 3,
        scale: 20,
        ..Default::default()
    };
    let mut coarse = exeunt::engine::Simulation::new(scenario.clone(), options)
        .unwrap_or_else(|error| panic!("{error}"));
    watch(&mut coarse, |report| {
        for (segment, stocks) in report.stocks.segments.iter().enumerate() {
            assert_eq!(stocks.persons * 20, scenario.segments[segment].size);
            assert_eq!(stocks.persons, stocks.at_home + stocks.abroad);
        }
    });
}
