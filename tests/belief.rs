//! Documents, groups and belief: who finds a door open, who knows of it, and who hurries.

mod support;

use exeunt::model::{Beliefs, Outlook, Sooner, Tip};
use exeunt::population::{Documents, Population};
use exeunt::scenario::Scenario;
use exeunt::units::{Duration, Rate};
use exeunt::world::{Classes, FlowEvent, Rules, Versions, World};
use std::sync::Arc;
use support::{changed, simulation, transcript, watch};

/// Two segments, an easy country and a dear one; `more` are events and documents.
fn scenario(channel: &str, more: &str, behaviour: &[(&str, &str)]) -> Arc<Scenario> {
    let segment = |name: &str, holds: &str| {
        format!(
            r#"
[segment.{name}]
origin = "XA"
size = 60_000
age = "30 years"
male = "50 %"
higher_education = "50 %"
dissent = 0.5
planner = "0 %"
income = "1000 EUR/month"
savings = "10000 EUR"
renters = "0 %"
holds = {holds}
"#
        )
    };
    let country = |code: &str, name: &str, place: &str, rest: &str| {
        format!(
            r#"
[country.{code}]
name = "{name}"
population = "5 million persons"
wage = "1000 EUR/month"
safety = 0.5
position = {place}
{rest}
"#
        )
    };
    let text = [
        "currency = \"EUR\"\n[time]\nstart = 2030-01-07\nend = 2030-12-29\nstep = \"1 week\"\n".to_owned(),
        segment("first", "{ passport = \"100 %\", own = \"100 %\" }"),
        segment("second", "{ passport = \"100 %\", other = \"100 %\" }"),
        country("XA", "Origin", "[0.0, 0.0]", ""),
        country("XB", "Near", "[1.0, 1.0]", &format!("[country.XB.channel.way]\ngives = {{ status = \"legal\" }}\n{channel}")),
        country(
            "XC",
            "Far",
            "[20.0, 20.0]",
            "[country.XC.channel.dear]\npermission = true\ngrant = \"50 %\"\ngives = { status = \"legal\" }\n",
        ),
        "[document.passport]\n[document.own]\nvalid = \"26 weeks\"\n[document.other]\n".to_owned(),
        more.to_owned(),
        support::BEHAVIOUR.to_owned(),
    ]
    .concat();
    let mut text = text
        .replace("attachment_spread = 0.5", "attachment_spread = 0")
        .replace(
            "hazard_other = \"6 %/year\"",
            "hazard_other = \"60 %/year\"",
        )
        .replace("hazard = \"1.6 %/month\"", "hazard = \"0 %/month\"")
        .replace("hazard = \"1.5 %/month\"", "hazard = \"0 %/month\"");
    for (old, new) in behaviour {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    support::parse("belief", &text)
}

const FIRST: u16 = 0;
const SECOND: u16 = 1;
/// Channels, by country and name.
const WAY: u16 = 0;

/// Persons of a segment (all of them, if `None`) with one fate at a channel, step by step.
fn by_step(scenario: &Arc<Scenario>, of: Option<u16>, channel: u16, event: FlowEvent) -> Vec<u64> {
    let mut list = Vec::new();
    watch(&mut simulation(scenario, 5, 2), |report| {
        if report.step.is_some() {
            list.push(support::flow_of(report, event, |key| {
                key.channel == channel && of.is_none_or(|segment| key.segment == segment)
            }));
        }
    });
    list
}

fn sum(list: &[u64]) -> u64 {
    list.iter().sum()
}

/// No delay between decision and departure, so that what is attempted is what is believed.
const AT_ONCE: (&str, &str) = ("other = \"30 days\"", "other = \"0 days\"");
/// The step of 1 July 2030.
const JULY: usize = 25;

#[test]
fn a_ban_of_own_visas_spares_visas_of_others() {
    let scenario = scenario(
        "needs_any = [\"own\", \"other\"]\n",
        "[event.ban]\ndate = 2030-07-01\nset.\"country.XB.channel.way.needs_any\" = [\"other\"]\n",
        &[AT_ONCE],
    );
    let [own, other] =
        [FIRST, SECOND].map(|segment| by_step(&scenario, Some(segment), WAY, FlowEvent::Left));
    assert!(sum(&own[..JULY]) > 1000);
    assert_eq!(sum(&own[JULY..]), 0);
    assert!(sum(&other[JULY..]) > 1000);
    // Policy holds them, not a lack of documents: both lists were enough on the first day.
    let mut held = [0; 3];
    watch(&mut simulation(&scenario, 5, 2), |report| {
        for (sum, persons) in held.iter_mut().zip(report.tally.segments[0].held) {
            *sum += persons;
        }
    });
    assert!(held[0] > 1000 && held[2] == 0, "{held:?}");
}

#[test]
fn visas_run_out_evenly_after_issue_stops_and_not_before() {
    let scenario = scenario(
        "needs = [\"own\"]\n",
        "[event.no-more]\ndate = 2030-04-01\nset.\"document.own.issued\" = false\n",
        &[AT_ONCE],
    );
    let population = Population::new(&scenario, 5, 1);
    let people = &population.segments[usize::from(FIRST)];
    let mut world = World::first(&scenario);
    let (april, weeks) = (12, [0, 4, 13, 25, 26, 30]);
    for (step, expected) in [(april - 1, 1.0)]
        .into_iter()
        .chain(weeks.map(|week| (april + week, (1.0 - week as f64 / 26.0).max(0.0))))
    {
        world.rules = Rules::at(&scenario, step);
        let documents = Documents::at(&scenario, &world, 7.0 * step as f64);
        let own = 1
            << scenario
                .documents
                .iter()
                .position(|d| d.name == "own")
                .unwrap_or(0);
        let (mut now, mut lifted) = (0_u32, 0_u32);
        for index in 0..people.agents {
            let (held, if_lifted) = people.documents(people.identity(index), &documents);
            now += u32::from(held & own != 0);
            lifted += u32::from(if_lifted & own != 0);
        }
        let n = f64::from(people.agents);
        assert_eq!(lifted, people.agents, "it was issued on the first day");
        let error = (expected * (1.0 - expected) / n).sqrt();
        let share = f64::from(now) / n;
        assert!(
            (share - expected).abs() <= 3.5 * error,
            "step {step}: {share} {expected}"
        );
    }
    let left = by_step(&scenario, Some(FIRST), WAY, FlowEvent::Left);
    assert!(left[april + 20] > 0 && sum(&left[april + 26..]) == 0);
    // Whose visa ran out because issue stopped is barred, not held by means.
    let mut means = 0;
    watch(&mut simulation(&scenario, 5, 2), |report| {
        means += report.tally.segments[usize::from(FIRST)].held[2];
    });
    assert_eq!(means, 0);
}

#[test]
fn a_barred_segment_finds_a_closed_door_and_no_other_does() {
    let scenario = scenario(
        "grant_for = { second = \"50 %\" }\n",
        "[event.bar]\ndate = 2030-07-01\nset.\"country.XB.channel.way.bars\" = [\"first\"]\n",
        &[AT_ONCE],
    );
    assert_eq!(Classes::of(&scenario).count(), 2);
    let left = [FIRST, SECOND].map(|of| by_step(&scenario, Some(of), WAY, FlowEvent::Left));
    assert_eq!(sum(&left[0][JULY..]), 0);
    assert!(sum(&left[0][..JULY]) > 1000 && sum(&left[1][JULY..]) > 500);
    // The second are admitted half of the time, the first always.
    let refused =
        [FIRST, SECOND].map(|of| sum(&by_step(&scenario, Some(of), WAY, FlowEvent::Refused)));
    let left = sum(&left[1]);
    assert_eq!(refused[0], 0);
    let n = (left + refused[1]) as f64;
    assert!(
        (left as f64 / n - 0.5).abs() < 3.5 * 0.5 / n.sqrt(),
        "{left} {refused:?}"
    );
}

const CLOSES: &str =
    "[event.closes]\ndate = 2030-07-01\nset.\"country.XB.channel.way.open\" = false\n";
const OPENS: &str =
    "[event.opens]\ndate = 2030-07-01\nset.\"country.XB.channel.way.open\" = true\n";
const LAG: (&str, &str) = ("lag = \"0 days\"", "lag = \"4 weeks\"");
const LAG_OPENING: (&str, &str) = ("lag_opening = \"0 days\"", "lag_opening = \"1 week\"");
const RUSH: (&str, &str) = ("rush = 0", "rush = 1");

/// The share of persons who have heard of the change of July, week by week after it.
fn share_heard(scenario: &Arc<Scenario>) -> Vec<f64> {
    share_told(scenario, None)
}

/// The same where ties make everybody hear sooner: with another lag, or on a day.
fn share_told(scenario: &Arc<Scenario>, sooner: Option<Sooner>) -> Vec<f64> {
    let population = Population::new(scenario, 5, 1);
    let people = &population.segments[0];
    let versions = Versions::of(scenario);
    let classes = Classes::of(scenario);
    let mut world = World::first(scenario);
    let mut tips: Vec<Option<Tip>> = vec![None; people.agents as usize];
    (JULY..JULY + 20)
        .map(|step| {
            world.rules = Rules::at(scenario, step);
            let rules = versions.during(scenario, step, &world.rules);
            let when = (step, 7.0 * step as f64);
            let beliefs = Beliefs::during(
                scenario,
                &population,
                &world,
                &classes,
                (&versions, &rules),
                when,
            );
            if let (Some(sooner), true) = (sooner, step == JULY) {
                let announced = beliefs.announced(0.0).next();
                let announced = announced.unwrap_or_else(|| panic!("nothing is announced"));
                for (index, tip) in (0..people.agents).zip(&mut tips) {
                    let person = (index, people.identity(index));
                    *tip = announced.tip(people, person, sooner, when.1 as u16);
                }
            }
            let knows = |index: &u32| {
                let identity = people.identity(*index);
                let told = tips[*index as usize].as_slice();
                // (Who was refused knows, whatever it has heard.)
                let refused = beliefs.of_person((0, FIRST), identity, told, &[WAY], false);
                assert!(refused.is_as_it_is());
                beliefs
                    .of_channel((0, FIRST), identity, told, WAY)
                    .is_none()
            };
            (0..people.agents).filter(knows).count() as f64 / f64::from(people.agents)
        })
        .collect()
}

#[test]
fn the_share_who_have_heard_follows_the_exponential() {
    let closing = share_heard(&scenario("", CLOSES, &[LAG]));
    let opening = share_heard(&scenario("open = false\n", OPENS, &[LAG, LAG_OPENING]));
    for (shares, mean) in [(&closing, 4.0), (&opening, 1.0)] {
        for (week, share) in shares.iter().enumerate() {
            // 20 mean lags later everybody has.
            let expected = 1.0 - libm::exp(-(week as f64) / mean);
            let error = (expected * (1.0 - expected) / 60_000.0).sqrt();
            assert!(
                (share - expected).abs() <= 4.0 * error + 1e-9,
                "week {week}: {share} {expected}"
            );
        }
        assert!(
            shares.windows(2).all(|pair| pair[0] <= pair[1]),
            "nobody forgets"
        );
    }
    assert!(
        opening[1] > 2.0 * closing[1],
        "an opening is heard of sooner"
    );
}

/// Ties shorten the mean, and nothing else of the draw; who is told on a day knows from then on.
#[test]
fn who_is_told_by_ties_hears_with_the_shorter_lag() {
    let scenario = scenario("", CLOSES, &[LAG]);
    let alone = share_heard(&scenario);
    let told = share_told(&scenario, Some(Sooner::WithLag(7.0)));
    let day = 7 * JULY as u16 + 21;
    let at_once = share_told(&scenario, Some(Sooner::At(day)));
    for week in 0..alone.len() {
        let expected = 1.0 - libm::exp(-(week as f64));
        let error = (expected * (1.0 - expected) / 60_000.0).sqrt();
        assert!(
            (told[week] - expected).abs() <= 4.0 * error + 1e-9,
            "week {week}: {} {expected}",
            told[week]
        );
        let known = if week >= 3 { 1.0 } else { alone[week] };
        assert_eq!(at_once[week], known, "week {week}");
    }
    assert_eq!(share_told(&scenario, Some(Sooner::WithLag(28.0))), alone);
}

#[test]
fn who_has_not_heard_turns_up_at_a_closed_door() {
    let turned_back = |behaviour: &[(&str, &str)]| {
        by_step(
            &scenario("", CLOSES, behaviour),
            None,
            WAY,
            FlowEvent::TurnedBack,
        )
    };
    assert_eq!(sum(&turned_back(&[AT_ONCE])), 0, "everybody knows");
    let lagging = turned_back(&[AT_ONCE, LAG]);
    assert_eq!(sum(&lagging[..JULY]), 0);
    // In the first step nobody has heard, in the ninth one in nine has not (and who was turned back knows).
    let (at_first, later) = (lagging[JULY], lagging[JULY + 8]);
    assert!(
        at_first > 200 && later > 0 && (later as f64) < 0.3 * at_first as f64,
        "{lagging:?}"
    );
    let known = CLOSES.to_owned() + "known = \"at once\"\n";
    let known = scenario("", &known, &[AT_ONCE, LAG]);
    assert_eq!(sum(&by_step(&known, None, WAY, FlowEvent::TurnedBack)), 0);
}

/// What a person wrongly believes of one channel keeps it from no other of the same country.
#[test]
fn who_has_not_heard_of_one_channel_leaves_by_another() {
    let other = "[country.XB.channel.z-side]\ngives = { status = \"legal\" }\n";
    let scenario = scenario(other, CLOSES, &[AT_ONCE, LAG]);
    let left = by_step(&scenario, None, WAY + 1, FlowEvent::Left);
    // In the first step nobody has heard, and as many choose it as before.
    let (before, after) = (left[JULY - 1], left[JULY]);
    assert!(
        before > 200 && after as f64 > 0.75 * before as f64,
        "{left:?}"
    );
}

/// Abroad as at home: the channel believed in is tried, and whom it turns back stays where it is.
#[test]
fn who_moves_on_without_having_heard_is_turned_back_too() {
    let run = |lag: &[(&str, &str)]| {
        let base = scenario("apply_from = [\"border\"]\n", CLOSES, lag);
        let scenario = changed(&base, |scenario| {
            scenario.behaviour.onward.hazard = Rate::from_per_year(2.0);
        });
        let (mut back, mut after) = (0, 0);
        watch(&mut simulation(&scenario, 5, 2), |report| {
            let flows = report.tally.flows.iter();
            for (key, persons) in flows.filter(|(key, _)| key.from == 2 && key.to == 1) {
                match key.event {
                    FlowEvent::TurnedBack => back += persons,
                    FlowEvent::MovedOn if report.step.is_some_and(|step| step >= JULY) => {
                        after += persons;
                    }
                    _ => {}
                }
            }
        });
        (back, after)
    };
    assert_eq!(run(&[]), (0, 0));
    let (back, after) = run(&[LAG]);
    assert!(back > 20 && after == 0, "{back} {after}");
}

#[test]
fn an_announcement_weeks_ahead_makes_a_rush_and_one_of_the_day_before_does_not() {
    let run = |announced: &str, rush: &[(&str, &str)]| {
        let event = format!("{CLOSES}announced = {announced}\nknown = \"at once\"\n");
        let behaviour: Vec<_> = rush.iter().copied().chain([AT_ONCE]).collect();
        let scenario = scenario("", &event, &behaviour);
        let [left, turned_back] = [FlowEvent::Left, FlowEvent::TurnedBack]
            .map(|event| by_step(&scenario, None, WAY, event));
        (
            left,
            turned_back,
            by_step(&scenario, None, WAY + 1, FlowEvent::Applied),
        )
    };
    let (calm, ..) = run("2030-05-06", &[]);
    let (hurried, turned_back, after) = run("2030-05-06", &[RUSH]);
    let (surprised, _, after_surprise) = run("2030-06-30", &[RUSH]);
    let may = JULY - 8;
    assert_eq!(hurried[..may], calm[..may]);
    let before = [&hurried, &calm].map(|left| sum(&left[may..JULY]));
    assert!(before[0] as f64 > 1.2 * before[1] as f64, "{before:?}");
    // A step begins a week before: nobody can have heard then.
    assert_eq!(surprised[..JULY], calm[..JULY]);
    assert!(
        sum(&after[JULY..]) < sum(&after_surprise[JULY..]),
        "who has gone does not go again"
    );
    assert_eq!(sum(&turned_back), 0);
}

#[test]
fn who_departs_hurries_before_a_door_that_it_knows_will_close() {
    let run = |announced: &str| {
        let event = format!("{CLOSES}{announced}known = \"at once\"\n");
        let scenario = scenario("", &event, &[]);
        [FlowEvent::Left, FlowEvent::TurnedBack].map(|event| by_step(&scenario, None, WAY, event))
    };
    let [left, turned_back] = run("announced = 2030-05-06\n");
    assert_eq!(sum(&turned_back), 0);
    // All whose date lay beyond leave in the last step before.
    assert!(left[JULY - 1] > 2 * left[JULY - 2], "{left:?}");
    let [_, turned_back] = run("");
    assert!(turned_back[JULY] > 0, "who was on the way when it closed");
}

#[test]
fn a_door_that_opens_again_is_waited_for() {
    let run = |reopens: &str| {
        let opens = format!(
            "[event.opens]\ndate = {reopens}\nset.\"country.XB.channel.way.open\" = true\n\
             announced = 2030-05-06\nknown = \"at once\"\n"
        );
        let event = format!("{CLOSES}announced = 2030-05-06\nknown = \"at once\"\n{opens}");
        let left = by_step(&scenario("", &event, &[]), None, WAY, FlowEvent::Left);
        let turned_back = by_step(&scenario("", &event, &[]), None, WAY, FlowEvent::TurnedBack);
        assert_eq!(sum(&turned_back), 0, "{reopens}");
        left
    };
    // Closed for a week only those hurry whose date falls into it; closed for the rest of the year all do.
    let week = run("2030-07-08");
    let half = run("2030-12-23");
    assert_eq!(week[..JULY - 1], half[..JULY - 1]);
    let usual = week[JULY - 2];
    assert!(
        week[JULY - 1] < 3 * usual && week[JULY - 1] < half[JULY - 1],
        "{week:?} {half:?}"
    );
    assert!(week[JULY + 1] * 2 > usual, "{week:?}");
}

#[test]
fn an_announced_rule_of_which_nobody_hears_changes_nothing_before_it_acts() {
    let event = CLOSES.replace("2030-07-01", "2030-12-23");
    let announced = format!("{event}announced = 2030-01-07\n");
    let [with, without] = [announced, String::new()].map(|event| {
        let scenario = changed(&scenario("", &event, &[LAG, RUSH]), |scenario| {
            scenario.behaviour.belief.lag = Duration::from_days(1e300);
        });
        let text = transcript(&mut simulation(&scenario, 5, 2));
        text.lines().take(51).collect::<Vec<_>>().join("\n")
    });
    assert!(with == without);
}

#[test]
fn threads_and_snapshots_do_not_matter_to_belief() {
    let event = format!("{CLOSES}announced = 2030-05-06\n");
    let scenario = scenario("", &event, &[LAG, RUSH]);
    let one = transcript(&mut simulation(&scenario, 5, 1));
    assert!(one == transcript(&mut simulation(&scenario, 5, 3)));
    let mut run = simulation(&scenario, 5, 2);
    for _ in 0..JULY + 2 {
        run.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let resumed = exeunt::engine::Simulation::resume(scenario.clone(), &run.snapshot());
    let mut resumed = resumed.unwrap_or_else(|error| panic!("{error}"));
    // The opening of a resumed run has no step behind it: compare what follows.
    let [straight, resumed] = [&mut run, &mut resumed].map(|run| {
        let text = transcript(run);
        text.split_once('\n').map(|(_, rest)| rest.to_owned())
    });
    assert!(straight == resumed);
}

/// Segments that no rule tells apart share their menus.
#[test]
fn there_is_one_menu_an_origin_unless_rules_tell_segments_apart() {
    let plain = scenario("", CLOSES, &[]);
    assert_eq!(Outlook::new(&plain, &World::first(&plain)).home.len(), 1);
    let later = "[event.bar]\ndate = 2030-07-01\nset.\"country.XB.channel.way.grant_for.second\" = \"50 %\"\n";
    let apart = scenario("", later, &[]);
    let outlook = Outlook::new(&apart, &World::first(&apart));
    assert_eq!(outlook.home.len(), 2);
    assert_ne!(outlook.class_of(FIRST), outlook.class_of(SECOND));
}
