//! Persons whom a change does not touch live the same life, to the bit. That holds where nothing carries the
//! change from one person to another: where rents do, it is seen.

use crate::everything::replaced;
use crate::support::{BEHAVIOUR, RICH, parse, simulation, watch};
use exeunt::engine::{Notice, Seen, Watch};
use exeunt::measure::Who;
use exeunt::scenario::Scenario;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Lives = BTreeMap<Who, Vec<Notice>>;

/// All that happens to everybody.
fn lives(scenario: &Arc<Scenario>) -> Lives {
    let mut simulation = simulation(scenario, 11, 2);
    simulation.watch(Watch::Everybody);
    let mut lives = Lives::new();
    watch(&mut simulation, |report| {
        for notice in report.notices {
            lives.entry(notice.who).or_default().push(notice.clone());
        }
    });
    lives
}

fn same_to_the_bit(one: Option<&Vec<Notice>>, other: Option<&Vec<Notice>>) -> bool {
    let bits = |life: Option<&Vec<Notice>>| -> Vec<u64> {
        let notices = life.into_iter().flatten();
        notices.map(|notice| notice.time.to_bits()).collect()
    };
    one == other && bits(one) == bits(other)
}

/// Those to whom something happens in one of two runs, and of them those whose lives differ.
fn differing(one: &Lives, other: &Lives) -> (BTreeSet<Who>, BTreeSet<Who>) {
    let all: BTreeSet<Who> = one.keys().chain(other.keys()).copied().collect();
    let differs = |who: &Who| !same_to_the_bit(one.get(who), other.get(who));
    let differing = all.iter().copied().filter(differs).collect();
    (all, differing)
}

fn rents(on: bool) -> String {
    match on {
        true => BEHAVIOUR.to_owned(),
        false => replaced(
            BEHAVIOUR,
            "[behaviour.rents]\non = true",
            "[behaviour.rents]\non = false",
        ),
    }
}

/// One segment is barred from a channel: the others do what they did, returning, moving on, renewing and all.
#[test]
fn a_rule_for_one_segment_is_nothing_to_the_others() {
    let bars = "[event.a-bar]\ndate = 2030-05-06\nset.\"country.XD.channel.visa-free.bars\" = [\"neighbours\"]\n";
    let run = |on: bool| {
        let text = format!("{RICH}{}", rents(on));
        let base = parse("rich", &text);
        let barred = base.segments.iter().position(|s| s.name == "neighbours");
        let barred = barred.expect("it is there") as u16;
        let other = parse("rich", &format!("{text}{bars}"));
        let (all, differing) = differing(&lives(&base), &lives(&other));
        let of_others = |lives: &BTreeSet<Who>| lives.iter().filter(|who| who.0 != barred).count();
        println!(
            "rents {on}: {} lives, {} differ, {} of other segments",
            all.len(),
            differing.len(),
            of_others(&differing)
        );
        assert!(of_others(&all) > 10_000 && differing.len() > of_others(&differing));
        of_others(&differing)
    };
    assert_eq!(run(false), 0);
    // Whoever is kept out does not raise rents for the others.
    assert!(run(true) > 0);
}

/// One channel is closed: whoever had nothing to do with its country does what it did. (Of those abroad any
/// country is of interest as long as they may move on; so they stay, without a date, until they return.)
#[test]
fn a_closed_channel_is_nothing_to_who_goes_elsewhere() {
    let closes = "[event.a-closing]\ndate = 2030-05-06\nknown = \"at once\"\nset.\"country.XC.channel.visa-free.open\" = false\n";
    let run = |on: bool| {
        let people: Vec<&str> = RICH
            .lines()
            .filter(|line| !line.starts_with("stay ="))
            .collect();
        let behaviour = replaced(
            &rents(on),
            "hazard = \"1.5 %/month\"",
            "hazard = \"0 %/month\"",
        );
        let text = format!("{}\n{behaviour}", people.join("\n"));
        let (base, other) = (
            parse("rich", &text),
            parse("rich", &format!("{text}{closes}")),
        );
        let country = base.countries.iter().position(|c| c.code == "XC");
        let country = country.expect("it is there") as u16;
        let (one, two) = (lives(&base), lives(&other));
        let (all, differing) = differing(&one, &two);
        let went = |lives: &Lives, who: &Who| {
            let notices = lives.get(who).into_iter().flatten();
            notices
                .into_iter()
                .any(|notice| names(&base, notice, country))
        };
        let untouched = |who: &&Who| !went(&one, who);
        let (others, moved) = (
            all.iter().filter(untouched).count(),
            differing.iter().filter(untouched).count(),
        );
        println!(
            "rents {on}: {} lives, {} differ; {others} never went there, {moved} of them differ",
            all.len(),
            differing.len()
        );
        assert!(others > 10_000 && differing.len() > moved + 100);
        // Nobody goes there because it is closed.
        if !on {
            assert!(two.keys().all(|who| went(&one, who) || !went(&two, who)));
        }
        moved
    };
    assert_eq!(run(false), 0);
    assert!(run(true) > 0);
}

/// Whether something that happens has to do with a country.
fn names(scenario: &Scenario, notice: &Notice, country: u16) -> bool {
    let leads_there = |channel: u16| scenario.channels[usize::from(channel)].country == country;
    match notice.seen {
        Seen::Flow {
            from, to, channel, ..
        } => from == country || to == country || leads_there(channel),
        Seen::SetsOut { channel, .. } => leads_there(channel),
        _ => false,
    }
}
