//! What is told of persons is what happened to them: their events add up to the tables, the odds told
//! are those of the draws, and looking at them changes nothing.

mod support;

use exeunt::draw::math::exp;
use exeunt::engine::{Detail, Notice, RunOptions, Seen, Simulation, Watch};
use exeunt::scenario::{CallUp, Event, Repression, Scenario, Ties};
use exeunt::units::{DAYS_PER_YEAR, Duration, Rate};
use exeunt::world::{FlowEvent, FlowKey, Hold};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use support::{BEHAVIOUR, POLICIES, REFUGE, changed, parse, rich, transcript, watch, with_money};

const SCALE: u64 = 20;

fn simulation(scenario: &Arc<Scenario>, seed: u64) -> Simulation {
    let options = RunOptions {
        seed,
        scale: SCALE,
        threads: Some(2),
        ..RunOptions::default()
    };
    Simulation::new(scenario.clone(), options).unwrap_or_else(|error| panic!("{error}"))
}

fn everybody(simulation: &Simulation) -> Watch {
    let segments = (0u16..).zip(&simulation.population().segments);
    let persons =
        segments.flat_map(|(segment, people)| (0..people.agents).map(move |i| (segment, i)));
    Watch::Lives(persons.collect())
}

/// Detention, rendition, and a call-up for a month.
fn policed() -> Arc<Scenario> {
    changed(&rich(), |scenario| {
        let segment = scenario
            .segments
            .iter()
            .position(|s| s.name == "draft-eligible");
        let segment = segment.unwrap_or_else(|| panic!("no draft-eligible"));
        let origin = scenario.segments[segment].origin;
        scenario.segments[segment].draft_eligible = true;
        scenario.behaviour.repression = Some(Repression {
            detention: Rate::from_per_year(0.02),
            active: 4.0,
            short_share: 0.9,
            short: Duration::from_days(15.0),
            long: Duration::from_days(300.0),
            case: Duration::from_days(200.0),
            victim: 30.0,
        });
        for country in &mut scenario.countries {
            country.rendition = Rate::from_per_year(0.5);
        }
        let step = 20;
        scenario.events.push(Event {
            name: "the-call-up".to_owned(),
            title: String::new(),
            source: String::new(),
            step,
            date: scenario.calendar.steps[step].start,
            when: None,
            announced: None,
            known_at_once: true,
            applies_to: exeunt::scenario::AppliesTo::New,
            changes: Vec::new(),
            departures: None,
            call_up: Some(CallUp {
                origin,
                persons: 2_400,
                over: Duration::from_days(60.0),
                service: Some(Duration::from_days(90.0)),
            }),
        });
        scenario.events.sort_by_key(|event| event.step);
    })
}

/// Ties that draw strongly to where they live.
fn tied() -> Arc<Scenario> {
    changed(&rich(), |scenario| {
        scenario.behaviour.ties = Some(Ties {
            near: 6,
            far: 6,
            contagion: 1.5,
            contagion_max: 4.0,
            detention: 1.0,
            window: Duration::from_days(182.0),
            kin: 2.0,
            lag: Duration::from_days(7.0),
        });
    })
}

fn cases() -> Vec<(&'static str, Arc<Scenario>)> {
    let whole = |name, text: &str, behaviour: &str| parse(name, &format!("{text}\n{behaviour}"));
    vec![
        ("rich", rich()),
        ("policed", policed()),
        ("tied", tied()),
        ("policies", whole("policies", POLICIES, BEHAVIOUR)),
        ("refuge", whole("refuge", REFUGE, BEHAVIOUR)),
        ("money", whole("money", POLICIES, &with_money(BEHAVIOUR))),
    ]
}

/// What a step counted of all persons.
fn add_up(notices: &[Notice]) -> (BTreeMap<FlowKey, u64>, BTreeMap<String, u64>) {
    let (mut flows, mut others) = (BTreeMap::new(), BTreeMap::new());
    for notice in notices {
        let key = match &notice.seen {
            &Seen::Flow {
                event,
                from,
                to,
                channel,
            } => {
                let segment = notice.who.0;
                let key = FlowKey {
                    segment,
                    from,
                    to,
                    channel,
                    event,
                };
                *flows.entry(key).or_insert(0) += 1;
                continue;
            }
            Seen::Aspired(_) => "aspired",
            Seen::Held(Hold::Barred) => "barred",
            Seen::Held(Hold::Deterred) => "deterred",
            Seen::Held(Hold::Means) => "means",
            Seen::Faded => "faded",
            Seen::Detained { .. } => "detained",
            Seen::CalledUp { .. } => "called up",
            _ => continue,
        };
        *others.entry(key.to_owned()).or_insert(0) += 1;
    }
    (flows, others)
}

/// Every event of every person, step by step, is what the tables count.
#[test]
fn the_lives_of_all_add_up_to_the_tables() {
    for (name, scenario) in cases() {
        for light in [false, true] {
            let mut simulation = simulation(&scenario, 5);
            simulation.watch(match light {
                true => Watch::Everybody,
                false => everybody(&simulation),
            });
            let mut events = 0;
            watch(&mut simulation, |report| {
                let (flows, others) = add_up(report.notices);
                let counted = report.tally.flows.iter().copied().collect();
                assert_eq!(flows, counted, "{name}, step {:?}", report.step);
                let sum = |of: &dyn Fn(&exeunt::world::SegmentTally) -> u64| {
                    report.tally.segments.iter().map(of).sum::<u64>()
                };
                let confined = |of: &dyn Fn(&exeunt::world::ConfinementTally) -> u64| {
                    report.confinement.tally.iter().map(of).sum::<u64>()
                };
                for (what, expected) in [
                    ("aspired", sum(&|s| s.aspired)),
                    ("barred", sum(&|s| s.held[0])),
                    ("deterred", sum(&|s| s.held[1])),
                    ("means", sum(&|s| s.held[2])),
                    ("faded", sum(&|s| s.faded)),
                    ("detained", confined(&|s| s.detentions + s.rendered)),
                    ("called up", confined(&|s| s.called_up)),
                ] {
                    let found = others.get(what).copied().unwrap_or(0);
                    assert_eq!(found, expected, "{name}, step {:?}, {what}", report.step);
                    events += found;
                }
            });
            assert!(events > 200, "{name}: {events} events");
        }
    }
}

/// Nothing that is told of a person comes from another: between two steps of a life the person is where
/// the event before left it.
#[test]
fn every_life_hangs_together() {
    use FlowEvent as F;
    for (name, scenario) in cases() {
        let mut simulation = simulation(&scenario, 6);
        simulation.watch(Watch::Everybody);
        let mut places: BTreeMap<(u16, u32), u16> = BTreeMap::new();
        let mut times: BTreeMap<(u16, u32), f64> = BTreeMap::new();
        let mut moves = 0;
        watch(&mut simulation, |report| {
            for notice in report.notices {
                let last = times.insert(notice.who, notice.time).unwrap_or(0.0);
                // (In a run that watches everybody a wish has the date of its step.)
                let slack = f64::from(report.days);
                assert!(
                    notice.time >= last - slack,
                    "{name}: {notice:?} after {last}"
                );
                let Seen::Flow {
                    event, from, to, ..
                } = notice.seen
                else {
                    continue;
                };
                let origin = scenario.segments[usize::from(notice.who.0)].origin;
                let place = places.entry(notice.who).or_insert(origin);
                match event {
                    F::Arrived | F::MovedOn | F::Returned | F::Expelled | F::Rendered => {
                        // (Who moves on is counted as arriving once more.)
                        let here = *place == from || *place == to || event == F::Arrived;
                        assert!(here, "{name}: {notice:?} of who is in {place}");
                        *place = to;
                        moves += 1;
                    }
                    F::Expired
                    | F::Renewed
                    | F::VisaRun
                    | F::Claimed
                    | F::Recognised
                    | F::Rejected => {
                        assert_eq!(*place, from, "{name}: {notice:?}");
                    }
                    _ => {}
                }
            }
        });
        assert!(moves > 200, "{name}: {moves}");
    }
}

#[test]
fn looking_changes_nothing() {
    for (name, scenario) in cases() {
        let plain = transcript(&mut simulation(&scenario, 7));
        let mut light = simulation(&scenario, 7);
        light.watch(Watch::Everybody);
        assert!(transcript(&mut light) == plain, "{name}");
        let mut traced = simulation(&scenario, 7);
        traced.watch(everybody(&traced));
        assert!(transcript(&mut traced) == plain, "{name}");
    }
}

/// A number drawn against what was told of it.
#[derive(Default)]
struct Bet {
    happened: f64,
    expected: f64,
    variance: f64,
}

impl Bet {
    fn add(&mut self, happened: bool, chance: f64) {
        self.happened += f64::from(u8::from(happened));
        self.expected += chance;
        self.variance += chance * (1.0 - chance);
    }

    fn check(&self, what: &str) {
        // (Two more or fewer are no sign of anything where hardly any are expected.)
        let room = 4.5 * self.variance.sqrt() + 2.0;
        let (happened, expected) = (self.happened, self.expected);
        assert!(
            (happened - expected).abs() < room,
            "{what}: {happened}, {expected:.1} expected, within {room:.1}"
        );
    }
}

/// A run of a case with everybody traced.
fn traced(scenario: &Arc<Scenario>) -> Simulation {
    let mut simulation = simulation(scenario, 8);
    simulation.watch(everybody(&simulation));
    simulation
}

/// What a detail says, if a notice is one.
fn detail(notice: &Notice) -> Option<&Detail> {
    match &notice.seen {
        Seen::Detail(detail) => Some(detail),
        _ => None,
    }
}

fn assert_one(chances: impl Iterator<Item = f64>, what: &dyn std::fmt::Debug) {
    let all: f64 = chances.sum();
    assert!((all - 1.0).abs() < 1e-9, "{what:?} add up to {all}");
}

/// What became of a wish: the channel it chose, or what held it.
fn outcome(next: &Seen) -> Result<u16, usize> {
    match next {
        Seen::Held(by) => Err(*by as usize),
        Seen::SetsOut { channel, .. } | Seen::Flow { channel, .. } => Ok(*channel),
        Seen::Detail(detail) => match **detail {
            Detail::Shut { channel, .. } | Detail::Chance { channel, .. } => Ok(channel),
            _ => panic!("{detail:?} after a wish"),
        },
        _ => panic!("{next:?} after a wish"),
    }
}

/// The odds of every decision add up to one, and what was drawn agrees with them.
#[test]
fn the_odds_told_are_those_of_the_draws() {
    for (name, scenario) in cases() {
        let mut bets: BTreeMap<String, Bet> = BTreeMap::new();
        watch(&mut traced(&scenario), |report| {
            let mut bet = |what: &str, happened, chance| {
                let bet = bets.entry(format!("{name}, {what}")).or_default();
                bet.add(happened, chance);
            };
            for (number, notice) in report.notices.iter().enumerate() {
                let rest = &report.notices[number + 1..];
                let mut after = rest.iter().filter(|other| other.who == notice.who);
                match detail(notice) {
                    Some(Detail::Weighed(weighed)) => {
                        let odds = &weighed.odds;
                        let ways = odds.goes.iter().map(|(_, chance)| *chance);
                        assert_one(ways.chain(odds.held), odds);
                        assert_one(odds.wishes.iter().map(|(_, share)| *share), odds);
                        assert_one(weighed.motives.into_iter(), weighed);
                        let Seen::Aspired(motive) = report.notices[number - 1].seen else {
                            panic!("{name}: a wish without its motive");
                        };
                        bet("persecution", motive as usize == 1, weighed.motives[1]);
                        let next = after
                            .next()
                            .unwrap_or_else(|| panic!("{name}: nothing came"));
                        let outcome = outcome(&next.seen);
                        bet("going", outcome.is_ok(), odds.going());
                        for by in 0..3 {
                            bet(&format!("held {by}"), outcome == Err(by), odds.held[by]);
                        }
                        for &(channel, chance) in &odds.goes {
                            bet(&format!("by {channel}"), outcome == Ok(channel), chance);
                        }
                    }
                    Some(Detail::Choice { odds, .. }) => {
                        assert_one(odds.iter().map(|(_, chance)| *chance), odds);
                        let home = exeunt::model::Alternative::Return;
                        let chance = odds.iter().find(|(way, _)| *way == home);
                        let chance = chance.map_or(0.0, |(_, chance)| *chance);
                        bet("return first", odds[0].0 == home, chance);
                    }
                    Some(Detail::Onward(shares)) => {
                        assert_one(shares.iter().map(|(_, share)| *share), shares);
                    }
                    Some(Detail::Chance { grant, .. }) => {
                        let next = after.next().map(|next| &next.seen);
                        let refused = FlowEvent::Refused;
                        let is_refused =
                            matches!(next, Some(Seen::Flow { event, .. }) if *event == refused);
                        bet("grants", !is_refused, *grant);
                    }
                    _ => {}
                }
            }
        });
        assert!(bets.len() > 5, "{name}: {:?}", bets.keys());
        for (what, bet) in bets {
            bet.check(&what);
        }
    }
}

/// So do the hazards of every step, where nothing else competes that the trace does not name.
#[test]
fn the_hazards_told_are_those_of_the_draws() {
    for (name, scenario) in cases() {
        let [mut wishes, mut returns, mut moves] = [(); 3].map(|()| Bet::default());
        watch(&mut traced(&scenario), |report| {
            let chance = |hazard: f64| 1.0 - exp(-hazard);
            let mut aspired = BTreeSet::new();
            let mut returned = BTreeSet::new();
            let mut moved = BTreeSet::new();
            for notice in report.notices {
                if let Some(Detail::Onward(_)) = detail(notice) {
                    moved.insert(notice.who);
                }
                match notice.seen {
                    Seen::Aspired(_) => aspired.insert(notice.who),
                    Seen::Flow {
                        event: FlowEvent::Returned,
                        ..
                    } => returned.insert(notice.who),
                    _ => false,
                };
            }
            let days = f64::from(report.days);
            for notice in report.notices {
                match detail(notice) {
                    // (Who is detained in the step may have had no time for a wish.)
                    Some(Detail::AtHome(home)) if home.detention_per_year.is_none() => {
                        wishes.add(aspired.contains(&notice.who), chance(home.leaving));
                    }
                    Some(Detail::Abroad(stay))
                        if stay.rendition_per_year.is_none() && stay.money.is_none() =>
                    {
                        let ends = stay.until.map_or(f64::INFINITY, f64::from);
                        let both = stay.return_per_year + stay.onward_per_year;
                        if both > 0.0 && ends >= notice.time + days {
                            let first = stay.return_per_year / both;
                            let goes = chance(both * days / DAYS_PER_YEAR);
                            returns.add(returned.contains(&notice.who), goes * first);
                            moves.add(moved.contains(&notice.who), goes * (1.0 - first));
                        }
                    }
                    _ => {}
                }
            }
        });
        wishes.check(&format!("{name}, wishes"));
        returns.check(&format!("{name}, returns"));
        moves.check(&format!("{name}, moves"));
    }
}
