//! Whom the state takes: exact numbers, the same on any threads and from a snapshot, nothing where
//! it is off, and everybody somewhere once.

mod support;

use exeunt::engine::{RunOptions, Simulation};
use exeunt::scenario::{CallUp, Event, Repression, Scenario};
use exeunt::units::{DAYS_PER_MONTH, Duration, PersonFlow, Rate};
use exeunt::world::FlowEvent;
use std::sync::Arc;
use support::{
    changed, days, digest, flow, leaving_at, parse, persons_alike, resumed, rich, saved,
    simulation, transcript, watch,
};

const REPRESSION: Repression = Repression {
    detention: Rate::from_per_year(0.01),
    active: 4.0,
    short_share: 0.9,
    short: Duration::from_days(15.0),
    long: Duration::from_days(300.0),
    case: Duration::from_days(200.0),
    victim: 30.0,
};

/// Index of the origin that calls up, and of its draft-eligible segment.
fn eligible(scenario: &Scenario) -> (u16, usize) {
    let segment = scenario
        .segments
        .iter()
        .position(|segment| segment.name == "draft-eligible")
        .unwrap_or_else(|| unreachable!());
    (scenario.segments[segment].origin, segment)
}

/// The rich scenario with detention, rendition, and a call-up of so many over so many days.
fn policed(persons: u64, over: f64, service: Option<f64>) -> Arc<Scenario> {
    changed(&rich(), |scenario| {
        let (origin, segment) = eligible(scenario);
        scenario.segments[segment].draft_eligible = true;
        scenario.behaviour.repression = Some(REPRESSION);
        for country in &mut scenario.countries {
            country.rendition = Rate::from_per_year(0.5);
        }
        scenario.events.push(event(
            scenario,
            CallUp {
                origin,
                persons,
                over: Duration::from_days(over),
                service: service.map(Duration::from_days),
            },
        ));
        scenario.events.sort_by_key(|event| event.step);
    })
}

/// The same with fewer police than they would need, so that who is at large counts in every step.
fn short_of_police() -> Arc<Scenario> {
    changed(&policed(3_000, 40.0, Some(60.0)), |scenario| {
        for country in &mut scenario.countries {
            country.police_capacity = Some(PersonFlow::from_per_month(80.0));
        }
    })
}

fn event(scenario: &Scenario, call_up: CallUp) -> Event {
    let step = 20;
    Event {
        name: "the-call-up".to_owned(),
        step,
        date: scenario.calendar.steps[step].start,
        changes: Vec::new(),
        departures: None,
        call_up: Some(call_up),
        ..scenario.events[0].clone()
    }
}

/// A transcript with what it leaves out.
fn whole(simulation: &mut Simulation) -> String {
    let mut text = String::new();
    let mut look = |report: &exeunt::engine::StepReport<'_>| {
        text.push_str(&format!(
            "{:?} {:?} {:?} {:?}\n",
            report.step, report.tally, report.stocks, report.confinement
        ));
    };
    watch(simulation, &mut look);
    text
}

#[test]
fn threads_do_not_matter() {
    let scenario = short_of_police();
    let one = whole(&mut simulation(&scenario, 7, 1));
    for threads in [2, 7] {
        assert!(
            one == whole(&mut simulation(&scenario, 7, threads)),
            "{threads} threads"
        );
    }
}

#[test]
fn a_snapshot_carries_who_is_taken() {
    let scenario = short_of_police();
    let mut straight = simulation(&scenario, 7, 2);
    // In the middle of the call-up.
    for _ in 0..22 {
        straight.step().unwrap_or_else(|error| panic!("{error}"));
    }
    let snapshot = saved(&straight);
    let mut other = resumed(&scenario, &snapshot);
    straight.step().unwrap_or_else(|error| panic!("{error}"));
    other.step().unwrap_or_else(|error| panic!("{error}"));
    assert!(whole(&mut straight) == whole(&mut other));
}

/// Repression that detains nobody, and a call-up of nobody, leave every life as it is.
#[test]
fn nobody_taken_is_as_good_as_off() {
    let idle = changed(&policed(0, 40.0, None), |scenario| {
        scenario.behaviour.repression = Some(Repression {
            detention: Rate::from_per_year(0.0),
            ..REPRESSION
        });
        for country in &mut scenario.countries {
            country.rendition = Rate::from_per_year(0.0);
        }
    });
    let without = digest(&transcript(&mut simulation(&rich(), 7, 2)));
    assert_eq!(without, digest(&transcript(&mut simulation(&idle, 7, 2))));
}

/// A case drives persons out while it lasts and no longer.
#[test]
fn a_case_that_is_over_drives_nobody_out() {
    let left = |case: f64| {
        let scenario = changed(&rich(), |scenario| {
            scenario.behaviour.repression = Some(Repression {
                detention: Rate::from_per_year(0.3),
                short_share: 1.0,
                case: Duration::from_days(case),
                ..REPRESSION
            });
        });
        let mut left = 0;
        watch(&mut simulation(&scenario, 7, 2), |report| {
            let tallies = report.tally.segments.iter();
            left += tallies.flat_map(|tally| tally.left_by).sum::<u64>();
        });
        left
    };
    let [none, short, long] = [1.0, 60.0, 2_000.0].map(left);
    assert!(
        10 * short > 11 * none && 10 * long > 11 * short,
        "{none} {short} {long}"
    );
}

/// Everybody is somewhere once, and every kind of taking happens.
#[test]
fn persons_are_conserved() {
    let scenario = policed(3_000, 40.0, Some(60.0));
    let origin = &scenario.countries[usize::from(eligible(&scenario).0)];
    assert!(origin.repression > 0.0);
    let (mut detained_before, mut mobilised_before) = (0, 0);
    let mut seen = [0; 4];
    watch(&mut simulation(&scenario, 3, 2), |report| {
        let (mut detained, mut mobilised) = (0, 0);
        let stocks = report.stocks.segments.iter();
        for (stocks, confined) in stocks.zip(&report.confinement.stocks) {
            assert_eq!(
                stocks.persons,
                stocks.at_home + stocks.abroad + confined.detained + confined.mobilised
            );
            detained += confined.detained;
            mobilised += confined.mobilised;
        }
        let mut taken = [0; 4];
        for tally in &report.confinement.tally {
            taken[0] += tally.detentions;
            taken[1] += tally.detained_held;
            taken[2] += tally.rendered;
            taken[3] += tally.called_up;
            assert!(tally.detained_held <= tally.detentions);
        }
        assert_eq!(taken[2], flow(report, FlowEvent::Rendered));
        let returned: u64 = report
            .tally
            .segments
            .iter()
            .map(|tally| tally.returned)
            .sum();
        assert_eq!(returned, flow(report, FlowEvent::Returned) + taken[2]);
        // Who is confined more than before has been taken in this step.
        assert!(detained <= detained_before + taken[0] + taken[2]);
        assert!(mobilised <= mobilised_before + taken[3]);
        (detained_before, mobilised_before) = (detained, mobilised);
        for (sum, taken) in seen.iter_mut().zip(taken) {
            *sum += taken;
        }
    });
    for (what, number) in ["detained", "held", "rendered", "called up"]
        .iter()
        .zip(seen)
    {
        assert!(number >= 20, "{what}: {number}");
    }
}

/// Whoever is handed over and leaves again has got out once.
#[test]
fn who_is_rendered_and_leaves_again_has_got_out_once() {
    let persons = 2000;
    let text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2031-12-31
step = "1 week"
{}
[country.XA]
name = "Origin"
population = "1 million persons"
wage = "1000 EUR/month"
repression = 0.5
[country.XB]
name = "Host"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.5
distance = {{ XA = "1000 km" }}
[country.XB.channel.way]
gives = {{ status = "legal" }}
{}"#,
        persons_alike(persons, "1000 EUR/month", "10000 EUR"),
        leaving_at("1000 %/year")
    );
    let scenario = changed(&parse("handed-over", &text), |scenario| {
        scenario.segments[0].active = 1.0;
        scenario.countries[1].rendition = Rate::from_per_year(6.0);
        scenario.behaviour.repression = Some(Repression {
            detention: Rate::from_per_year(0.0),
            long: Duration::from_days(20.0),
            ..REPRESSION
        });
    });
    let (mut left, mut out, mut back, mut rendered) = (0, 0, 0, 0);
    watch(&mut simulation(&scenario, 3, 2), |report| {
        left += flow(report, FlowEvent::Left);
        rendered += flow(report, FlowEvent::Rendered);
        back += flow(report, FlowEvent::Returned);
        let segments = report.tally.segments.iter();
        out += segments.flat_map(|tally| tally.got_out).sum::<u64>();
    });
    assert_eq!(back, 0, "nobody comes back in any other way");
    assert!(
        left > 2 * persons && rendered > persons,
        "{left} {rendered}"
    );
    assert_eq!(out, persons);
}

/// Persons called up by the end of each step, with how many were to be.
fn called_up(scenario: &Arc<Scenario>, options: RunOptions) -> Vec<(u64, u64)> {
    let mut simulation = Simulation::new(scenario.clone(), options);
    let simulation = simulation
        .as_mut()
        .unwrap_or_else(|error| panic!("{error}"));
    let (mut sum, mut list) = (0, Vec::new());
    watch(simulation, |report| {
        let tally = report.confinement.tally.iter();
        sum += tally.map(|tally| tally.called_up).sum::<u64>() * report.scale;
        list.push((sum, report.confinement.called_for));
    });
    list
}

/// A call-up takes exactly who is due in every step, and never more; at another scale whole agents.
#[test]
fn a_call_up_is_exact() {
    let scenario = policed(1_234, 40.0, None);
    for (seed, scale) in [(1, 1), (2, 1), (3, 20)] {
        let options = RunOptions {
            seed,
            scale,
            ..RunOptions::default()
        };
        let list = called_up(&scenario, options);
        for (called, due) in &list {
            assert_eq!(called, due);
        }
        let all = 1_234 / scale * scale;
        assert_eq!(list.last().map(|(_, due)| *due), Some(all));
        assert!(list.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }
}

/// Who calls up more than there are gets all who are at home, and a shortfall.
#[test]
fn a_call_up_of_more_than_there_are_falls_short() {
    let scenario = policed(1_000_000, 0.0, None);
    let (_, segment) = eligible(&scenario);
    let mut at_home = None;
    let mut called = 0;
    watch(&mut simulation(&scenario, 5, 2), |report| {
        let stocks = &report.stocks.segments[segment];
        called += report.confinement.tally[segment].called_up;
        if report.step == Some(20) {
            at_home = Some(stocks.at_home - stocks.departing);
        }
    });
    // Who came home, was released or gave up in the step itself is all that is left.
    let size = scenario.segments[segment].size;
    assert!(called < size && called > size / 2, "{called} of {size}");
    assert!(at_home.is_some_and(|left| left < size / 20), "{at_home:?}");
}

/// The same persons are called up whether or not a country elsewhere changes its rules: departures
/// of others do not move the marks.
#[test]
fn a_crackdown_adds_detentions_and_takes_none_away() {
    let detentions = |crackdown: f64| {
        let scenario = changed(&policed(0, 0.0, None), |scenario| {
            for country in &mut scenario.countries {
                country.crackdown = crackdown;
            }
        });
        let mut sum = 0;
        watch(&mut simulation(&scenario, 7, 2), |report| {
            let tally = report.confinement.tally.iter();
            sum += tally.map(|tally| tally.detentions).sum::<u64>();
        });
        sum
    };
    let (quiet, harsh) = (detentions(1.0), detentions(3.0));
    assert!(harsh > 2 * quiet && harsh < 4 * quiet, "{quiet} {harsh}");
}

/// A capacity that binds is used up, whoever is detained or called up already: they are no longer citizens whom the
/// police could detain.
#[test]
fn a_capacity_that_binds_is_used_up() {
    let a_month = 500.0;
    let scenario = changed(&policed(30_000, 0.0, None), |scenario| {
        let repression = scenario.behaviour.repression.as_mut().unwrap();
        (repression.detention, repression.active) = (Rate::from_per_year(30.0), 0.0);
        repression.short_share = 0.0;
        repression.long = Duration::from_days(3000.0);
        for country in &mut scenario.countries {
            country.rendition = Rate::from_per_year(0.0);
            country.police_capacity = Some(PersonFlow::from_per_month(a_month));
        }
    });
    let origin = scenario.segments[0].origin;
    let mut detained = 0;
    watch(&mut simulation(&scenario, 7, 2), |report| {
        let by_segment = report.confinement.tally.iter().zip(&scenario.segments);
        let here = by_segment.filter(|(_, segment)| segment.origin == origin);
        detained += here.map(|(tally, _)| tally.detentions).sum::<u64>();
    });
    let places = a_month / DAYS_PER_MONTH * days(&scenario);
    let off = (detained as f64 - places) / places.sqrt();
    assert!(off.abs() < 4.0, "{detained} of {places}");
}
