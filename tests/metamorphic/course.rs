//! What a run shows, written down by names: indices of countries and channels differ between scenarios
//! that are otherwise the same.

use crate::support::{simulation, watch};
use exeunt::engine::StepReport;
use exeunt::scenario::{Scenario, Status};
use exeunt::world::NO_CHANNEL;
use std::fmt::Write;
use std::sync::Arc;

const STATUSES: [Status; 5] = [
    Status::Protected,
    Status::Legal,
    Status::Temporary,
    Status::Pending,
    Status::Irregular,
];

/// One line a step.
pub fn course(scenario: &Arc<Scenario>, seed: u64, threads: usize) -> Vec<String> {
    let mut lines = Vec::new();
    watch(&mut simulation(scenario, seed, threads), |report| {
        lines.push(line(scenario, report));
    });
    lines
}

/// A step in words. Countries in which nobody is and to which nobody goes leave no trace.
pub fn line(scenario: &Scenario, report: &StepReport<'_>) -> String {
    let mut line = format!("{} {}", report.date, report.days);
    let code = |country: usize| &scenario.countries[country].code;
    for (key, agents) in &report.tally.flows {
        let channel = match key.channel {
            NO_CHANNEL => "",
            channel => &scenario.channels[usize::from(channel)].name,
        };
        let _ = write!(
            line,
            "\n  {} {} {} {channel} {:?} {agents}",
            scenario.segments[usize::from(key.segment)].name,
            code(key.from.into()),
            code(key.to.into()),
            key.event
        );
    }
    for (index, segment) in scenario.segments.iter().enumerate() {
        let _ = write!(
            line,
            "\n  {} {:?} {:?} {:?}",
            segment.name,
            report.tally.segments.get(index),
            report.stocks.segments[index],
            report.confinement.stocks.get(index)
        );
        let applying = report.waiting.applying.get(index);
        let _ = write!(line, " {applying:?}");
    }
    for host in 0..scenario.countries.len() {
        for origin in 0..scenario.countries.len() {
            for status in STATUSES {
                let agents = report.stocks.stay(host, origin, status);
                if agents > 0 {
                    let _ = write!(
                        line,
                        "\n  {} {} {status:?} {agents}",
                        code(host),
                        code(origin)
                    );
                }
            }
        }
        let conditions = &report.countries[host];
        if let Some(rent) = conditions.rent_index {
            let _ = write!(line, "\n  {} rent {:x}", code(host), rent.to_bits());
        }
    }
    line
}

/// Where two courses first part; `None` if they do not.
pub fn parting(one: &[String], other: &[String]) -> Option<String> {
    let differ = |(one, other): &(&String, &String)| one != other;
    match one.iter().zip(other).find(differ) {
        Some((one, other)) => {
            let lines = one.lines().zip(other.lines());
            let first = lines.filter(|(one, other)| one != other).take(3);
            let shown: Vec<String> = first.map(|(a, b)| format!("{a}\n  against\n{b}")).collect();
            let day = one.lines().next().unwrap_or("");
            Some(format!("they part at {day}:\n{}", shown.join("\n")))
        }
        None if one.len() != other.len() => Some("they are not of the same length".to_owned()),
        None => None,
    }
}
