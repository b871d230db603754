//! What a change of rules does to each person, seen one by one (see [`crowd`](super::crowd)): a rule that
//! tightens sends nobody where it tightens, and keeps nobody from going elsewhere; means and fear work
//! one way alone.

use crate::cases::{ensure, hold, number};
use crate::crowd::{Crowd, First, PERSONS, TURN, any, firsts, turned};
use crate::support::{changed, simulation, watch};
use exeunt::scenario::Scenario;
use exeunt::world::{FlowEvent, Hold};
use std::sync::Arc;

/// Pairs of first aspirations from the turn on, under both scenarios; an error where others aspire or on
/// another day.
fn pairs(
    base: &Arc<Scenario>,
    other: &Arc<Scenario>,
    seed: u64,
) -> Result<Vec<(First, First)>, String> {
    let (one, two) = (firsts(base, seed), firsts(other, seed));
    let mut pairs = Vec::new();
    for (index, (one, two)) in one.into_iter().zip(two).enumerate() {
        let step = |first: Option<First>| first.map(|first| first.step);
        ensure(step(one) == step(two), || {
            format!("person {index} aspires otherwise: {one:?} and {two:?}")
        })?;
        pairs.extend(one.zip(two).filter(|(one, _)| one.step >= TURN));
    }
    Ok(pairs)
}

/// Ways in which one host can tighten.
const TIGHTER: [&str; 4] = [
    "set.\"country.XB.channel.way-0.open\" = false\nset.\"country.XB.channel.way-2.open\" = false",
    "set.\"country.XB.channel.way-2.fee\" = \"900 EUR\"\nset.\"country.XB.channel.way-0.fee\" = \"300 EUR\"",
    "set.\"country.XB.channel.way-0.permission\" = true\nset.\"country.XB.channel.way-2.requires\" = [\"ancestry\"]",
    "set.\"country.XB.channel.way-1.needs\" = [\"passport\"]\nset.\"country.XB.channel.way-2.grant\" = \"10 %\"",
];

#[test]
fn tightening_one_country_sends_nobody_there_and_keeps_nobody_from_elsewhere() {
    hold(number(8, 60), &any(), |crowd| {
        let what = TIGHTER[crowd.traits as usize % TIGHTER.len()];
        let base = crowd.with("");
        let tight = turned(crowd, "tightens", what);
        let host = Some(1);
        let (mut elsewhere, mut loosened) = (0, false);
        for (before, after) in pairs(&base, &tight, crowd.seed)? {
            if before.to != host {
                ensure(after.to == before.to, || {
                    format!("{what}: {before:?} becomes {after:?}")
                })?;
                elsewhere += u32::from(before.to.is_some());
            }
        }
        // The other way round it is a loosening, under which some who went elsewhere do go there.
        for (before, after) in pairs(&tight, &base, crowd.seed)? {
            loosened |= before.to != host && after.to == host;
        }
        Ok(elsewhere > 0 && loosened)
    });
}

#[test]
fn tightening_everywhere_leaves_the_same_aspirants_fewer_of_whom_go() {
    hold(number(8, 60), &any(), |crowd| {
        let codes = ["XB", "XC", "XD", "XE"];
        let mut what = String::new();
        for code in &codes[..crowd.hosts] {
            what.push_str(&format!(
                "set.\"country.{code}.channel.way-1.open\" = false\nset.\"country.{code}.channel.way-2.fee\" = \"500 EUR\"\n"
            ));
        }
        what.push_str("set.\"country.XA.exit.debtors.share\" = \"20 %\"\n");
        let base = crowd.with("");
        let tight = turned(crowd, "tightens", &what);
        let mut held = 0;
        for (before, after) in pairs(&base, &tight, crowd.seed)? {
            ensure(before.to.is_some() || after.to.is_none(), || {
                format!("who did not set out does: {before:?} becomes {after:?}")
            })?;
            ensure(!before.is_held() || after.is_held(), || {
                format!("who was held is not: {before:?} becomes {after:?}")
            })?;
            held += u32::from(after.is_held() && !before.is_held());
        }
        // The other way round more are held: what would be wrong to expect of a loosening.
        Ok(held > 0)
    });
}

/// A rule that catches more persons by mistake catches whom the narrower one did, sends nobody elsewhere,
/// and refuses nobody whom it does not catch.
#[test]
fn a_wider_mistake_adds_persons_and_drops_none() {
    hold(number(6, 40), &any(), |crowd| {
        let catching = |percent: u32| {
            let everybody = (0..PERSONS).map(|person| {
                format!(
                    "set.\"country.XB.channel.way-0.also_refuses.p{person:03}\" = \"{percent} %\"\n\
                     set.\"country.XB.channel.way-2.also_refuses.p{person:03}\" = \"{percent} %\"\n"
                )
            });
            turned(crowd, "looks-closely", &everybody.collect::<String>())
        };
        let (base, narrow, wide) = (crowd.with(""), catching(30), catching(70));
        let caught = |pairs: Vec<(First, First)>| {
            let mut caught = 0;
            for (before, after) in pairs {
                ensure(after.to == before.to, || {
                    format!("{before:?} becomes {after:?}")
                })?;
                ensure(after.mistaken || !before.mistaken, || {
                    format!("not caught any more: {before:?} becomes {after:?}")
                })?;
                // Who is not caught is let in as before.
                ensure(after.mistaken || after.left == before.left, || {
                    format!("refused on no ground: {before:?} becomes {after:?}")
                })?;
                ensure(!(after.mistaken && after.left), || {
                    format!("let in: {after:?}")
                })?;
                caught += u32::from(after.mistaken && !before.mistaken);
            }
            Ok::<u32, String>(caught)
        };
        let by_narrow = caught(pairs(&base, &narrow, crowd.seed)?)?;
        let by_wide = caught(pairs(&narrow, &wide, crowd.seed)?)?;
        Ok(by_narrow > 0 && by_wide > 0 && caught(pairs(&wide, &narrow, crowd.seed)?).is_err())
    });
}

/// With every rule open, no lag and no queue nobody is held by policy.
#[test]
fn opening_everything_leaves_nobody_held_by_policy() {
    let held_by_policy = |scenario: &Arc<Scenario>, seed| {
        let mut held = [0, 0];
        watch(&mut simulation(scenario, seed, 2), |report| {
            for tally in &report.tally.segments {
                let by = |hold: Hold| tally.held[hold as usize];
                held[0] += by(Hold::Barred) + by(Hold::Deterred);
                held[1] += by(Hold::Means);
            }
        });
        held
    };
    hold(number(6, 40), &any(), |crowd| {
        let all_open = |scenario: &Arc<Scenario>| {
            changed(scenario, |s| s.lifted = exeunt::scenario::Lifted::AllOpen)
        };
        let base = all_open(&crowd.with(""));
        let open = changed(&base, |scenario| {
            for channel in &mut scenario.channels {
                channel.open = true;
                channel.permission = false;
                channel.grant = 1.0;
                channel.requires = 0;
                channel.fee = exeunt::units::Money::new(0.0);
                channel.origins = vec![0];
            }
        });
        let [policy, means] = held_by_policy(&open, crowd.seed);
        ensure(policy == 0, || format!("{policy} are held by policy"))?;
        Ok(means > 0 && held_by_policy(&base, crowd.seed)[0] > 0)
    });
}

#[test]
fn with_more_savings_fewer_are_held_in_all_and_by_means() {
    hold(number(8, 60), &any(), |crowd| {
        let rich = Crowd {
            riches: 3,
            ..crowd.clone()
        };
        let (base, rich) = (crowd.with(""), rich.with(""));
        let means = |first: &First| first.held[Hold::Means as usize];
        let mut freed = 0;
        for (poor, rich) in pairs(&base, &rich, crowd.seed)? {
            ensure(!rich.is_held() || poor.is_held(), || {
                format!("held with more: {poor:?} becomes {rich:?}")
            })?;
            ensure(!means(&rich) || means(&poor), || {
                format!("held by means with more: {poor:?} becomes {rich:?}")
            })?;
            freed += u32::from(means(&poor) && !means(&rich));
        }
        Ok(freed > 0)
    });
}

#[test]
fn with_more_repression_nobody_aspires_later() {
    hold(number(8, 60), &any(), |crowd| {
        let base = firsts(&crowd.with(""), crowd.seed);
        let more = turned(crowd, "law", "set.\"country.XA.repression\" = 0.4\n");
        let more = firsts(&more, crowd.seed);
        let mut earlier = 0;
        for (index, (before, after)) in base.iter().zip(&more).enumerate() {
            let step = |first: &Option<First>| first.map_or(usize::MAX, |first| first.step);
            ensure(step(after) <= step(before), || {
                format!("person {index}: {before:?} becomes {after:?}")
            })?;
            earlier += u32::from(step(after) < step(before));
        }
        Ok(earlier > 0)
    });
}

/// By person: the steps in which it left and returned.
fn journeys(scenario: &Arc<Scenario>, seed: u64) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut journeys = vec![(Vec::new(), Vec::new()); scenario.segments.len()];
    watch(&mut simulation(scenario, seed, 2), |report| {
        let Some(step) = report.step else { return };
        for (key, _) in &report.tally.flows {
            let (left, returned) = &mut journeys[usize::from(key.segment)];
            match key.event {
                FlowEvent::Left => left.push(step),
                FlowEvent::Returned => returned.push(step),
                _ => {}
            }
        }
    });
    journeys
}

/// Closing entry everywhere changes nothing of who is abroad and when they return, where a closed way
/// back in makes nobody stay (`no_reentry` 1).
#[test]
fn closing_entry_never_blocks_return() {
    hold(number(8, 60), &any(), |crowd| {
        let returning = |no_reentry: f64| {
            move |scenario: &mut Scenario| {
                scenario.behaviour.return_.hazard = exeunt::units::Rate::from_per_year(4.0);
                scenario.behaviour.return_.no_reentry = no_reentry;
            }
        };
        let closes: String = ["XB", "XC", "XD", "XE"][..crowd.hosts]
            .iter()
            .enumerate()
            .flat_map(|(number, code)| (number % 2..3).map(move |way| (code, way)))
            .map(|(code, way)| format!("set.\"country.{code}.channel.way-{way}.open\" = false\n"))
            .collect();
        let closed = turned(crowd, "closes", &closes);
        let base = journeys(&changed(&crowd.with(""), returning(1.0)), crowd.seed);
        let shut = journeys(&changed(&closed, returning(1.0)), crowd.seed);
        let kept = journeys(&changed(&closed, returning(0.0)), crowd.seed);
        // Of who was abroad as it closed: the first return from then on.
        let back = |(left, returned): &(Vec<usize>, Vec<usize>)| {
            let before = |steps: &[usize]| steps.iter().filter(|step| **step < TURN).count();
            (before(left) > before(returned))
                .then(|| returned.iter().find(|step| **step >= TURN).copied())
        };
        let mut noticed = false;
        for (index, ((base, shut), kept)) in base.iter().zip(&shut).zip(&kept).enumerate() {
            ensure(back(base) == back(shut), || {
                format!("person {index}: {base:?} becomes {shut:?}")
            })?;
            noticed |= back(base) != back(kept);
        }
        Ok(noticed)
    });
}
