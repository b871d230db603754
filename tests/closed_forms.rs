//! What can be known without simulating: survival, shares, diversion, coupling.

mod support;

use exeunt::draw::Key;
use exeunt::engine::Simulation;
use exeunt::model::{Aspirant, AspirationKey, Belief, Outlook, Prices, Scratch, Verdict, Weights};
use exeunt::population::Population;
use exeunt::scenario::Scenario;
use exeunt::world::{FlowEvent, RuleSet, World};
use std::sync::Arc;
use support::{changed, days, rich, simulation, watch};

/// Identical persons, destinations that differ in their constant, every feedback off.
fn plain(destinations: &[f64], hazard_percent_a_year: f64, persons: u64) -> Arc<Scenario> {
    let alike = support::persons_alike(persons, "1000 EUR/month", "10000 EUR");
    let mut text = format!(
        r#"
currency = "EUR"
[time]
start = 2030-01-01
end = 2030-12-31
step = "1 week"
{alike}[country.XA]
name = "Origin"
population = "1 million persons"
wage = "1000 EUR/month"
position = [0.0, 0.0]
"#
    );
    for (number, constant) in destinations.iter().enumerate() {
        let code = ["XB", "XC", "XD", "XE", "XF"][number];
        text += &format!(
            r#"
[country.{code}]
name = "{code}"
population = "1 million persons"
wage = "1000 EUR/month"
safety = 0.0
constant = {constant:?}
distance = {{ XA = "1000 km" }}
position = [1.0, {number}.0]
[country.{code}.channel.way]
gives = {{ status = "protected" }}
[country.{code}.channel.other-way]
permission = true
grant = "50 %"
gives = {{ status = "legal" }}
"#
        );
    }
    let behaviour = support::leaving_at(&format!("{hazard_percent_a_year} %/year"))
        .replace("on = true\nrelease", "on = false\nrelease");
    support::parse("plain", &format!("{text}\n{behaviour}"))
}

/// Attempts by country over a run (leavers plus refused), and persons who aspired.
fn attempts(scenario: &Arc<Scenario>, seed: u64) -> (Vec<u64>, u64) {
    let mut by_country = vec![0; scenario.countries.len()];
    let mut aspired = 0;
    watch(&mut simulation(scenario, seed, 2), |report| {
        for (key, persons) in &report.tally.flows {
            if matches!(key.event, FlowEvent::Left | FlowEvent::Refused) {
                by_country[usize::from(key.to)] += persons;
            }
        }
        aspired += report.tally.segments[0].aspired;
    });
    (by_country, aspired)
}

fn within(name: &str, value: f64, expected: f64, error: f64) {
    println!("{name}: {value} expected {expected} standard error {error}");
    assert!(
        (value - expected).abs() <= 4.0 * error,
        "{name}: {value} {expected} {error}"
    );
}

#[test]
fn survival_under_a_constant_hazard() {
    // Integrated hazards a step of about 0.002 and about 1.
    for hazard in [10.0, 5200.0] {
        let mut scenario = plain(&[0.0], hazard, 400_000);
        scenario = changed(&scenario, |scenario| {
            scenario.channels.retain(|channel| channel.name == "way");
            scenario
                .calendar
                .steps
                .truncate(if hazard > 100.0 { 2 } else { 52 });
        });
        let mut stayed = 0;
        watch(&mut simulation(&scenario, 1, 2), |report| {
            stayed = report.stocks.segments[0].at_home;
        });
        let expected = libm::exp(-hazard / 100.0 * days(&scenario) / 365.25);
        let error = (expected * (1.0 - expected) / 4e5).sqrt();
        within("survival", stayed as f64 / 4e5, expected, error);
    }
}

/// Shares of countries and of channels by the nested logit, written out by hand.
#[test]
fn nested_logit_shares() {
    let constants = [0.0, 0.7, -0.4];
    let scenario = plain(&constants, 60.0, 400_000);
    // Every country offers the same channels: status costs 0 and 0.2, the second with permission
    // (0.65) and expected refusal (0.5 ln 2); mu = 0.5.
    let costs = [0.0, 0.2 + 0.65 + 0.5 * core::f64::consts::LN_2];
    let weights = costs.map(|cost| libm::exp(-cost / 0.5));
    let mut by_country = [0_u64; 4];
    let mut by_channel = [0_u64; 2];
    watch(&mut simulation(&scenario, 2, 2), |report| {
        for (key, persons) in &report.tally.flows {
            if matches!(key.event, FlowEvent::Left | FlowEvent::Refused) {
                by_country[usize::from(key.to)] += persons;
                let second = scenario.channels[usize::from(key.channel)].name == "other-way";
                by_channel[usize::from(second)] += persons;
            }
        }
    });
    let all: f64 = by_country.iter().sum::<u64>() as f64;
    assert!(all > 100_000.0);
    let total: f64 = constants.iter().map(|constant| libm::exp(*constant)).sum();
    for (number, constant) in constants.iter().enumerate() {
        let expected = libm::exp(*constant) / total;
        let error = (expected * (1.0 - expected) / all).sqrt();
        within(
            "country",
            by_country[number + 1] as f64 / all,
            expected,
            error,
        );
    }
    let expected = weights[1] / (weights[0] + weights[1]);
    let error = (expected * (1.0 - expected) / all).sqrt();
    within("channel", by_channel[1] as f64 / all, expected, error);
}

/// F = 1 - s + s exp(-d): others x F^(lambda - 1), leavers x F^lambda, own x exp(-d) F^(lambda - 1).
fn diversion(lowered_by: Option<f64>) {
    // Shares 0.5, 0.25, 0.25 of identical persons.
    let base = plain(&[core::f64::consts::LN_2, 0.0, 0.0], 20.0, 1_000_000);
    let lowered = |scenario: &mut Scenario, by: Option<f64>| match by {
        Some(by) => scenario.countries[1].constant -= by,
        None => {
            for channel in scenario
                .channels
                .iter_mut()
                .filter(|channel| channel.country == 1)
            {
                channel.open = false;
            }
        }
    };
    let other = changed(&base, |scenario| {
        scenario.reference = Some(base.clone());
        lowered(scenario, lowered_by);
    });
    let lambda = base.behaviour.choice.lambda;
    let share = 0.5;
    let kept = lowered_by.map_or(0.0, |by| libm::exp(-by));
    let factor = 1.0 - share + share * kept;
    // Identical persons return to the pool: the hazard is the number of attempts a person.
    let (mut before, mut after) = ([0.0; 4], [0.0; 4]);
    let mut pool = (0.0, 0.0);
    for seed in 0..3 {
        for (scenario, counts, pool) in [
            (&base, &mut before, &mut pool.0),
            (&other, &mut after, &mut pool.1),
        ] {
            let mut at_home = 1e6;
            watch(&mut simulation(scenario, seed, 2), |report| {
                if report.days > 0 {
                    *pool += at_home * f64::from(report.days);
                    for (key, persons) in &report.tally.flows {
                        if matches!(key.event, FlowEvent::Left | FlowEvent::Refused) {
                            counts[usize::from(key.to)] += *persons as f64;
                        }
                    }
                }
                at_home = report.stocks.segments[0].at_home as f64;
            });
        }
    }
    let rate = |counts: &[f64; 4], range: std::ops::Range<usize>, pool: f64| {
        let sum: f64 = counts[range].iter().sum();
        (sum / pool, sum)
    };
    let check = |name: &str, range: std::ops::Range<usize>, expected: f64| {
        let (base_rate, base_count) = rate(&before, range.clone(), pool.0);
        let (other_rate, other_count) = rate(&after, range, pool.1);
        // Independent counts would have this error; the pairing makes it smaller.
        let error = expected * (1.0 / base_count + 1.0 / other_count.max(1.0)).sqrt();
        within(name, other_rate / base_rate, expected, error);
    };
    check("others", 2..4, libm::pow(factor, lambda - 1.0));
    check("leavers", 1..4, libm::pow(factor, lambda));
    check("own", 1..2, kept * libm::pow(factor, lambda - 1.0));
}

#[test]
fn closing_a_destination_diverts_by_the_closed_form() {
    diversion(None);
}

#[test]
fn lowering_a_utility_diverts_by_the_general_form() {
    diversion(Some(0.8));
}

/// Opener rules never lose a goer, and the country share of goers is right, person by person.
#[test]
fn opening_a_rule_never_loses_a_goer() {
    let scenario = rich();
    let population = Population::new(&scenario, 9, 1);
    let last = scenario.calendar.steps.len() - 1;
    let mut world = World::first(&scenario);
    world.rules = exeunt::world::Rules::at(&scenario, last);
    let outlook = Outlook::new(&scenario, &world);
    let (mut scratch, mut prices) = (Scratch::default(), Prices::default());
    let (mut judged, mut lost, mut counts) = (0_u32, 0, [0_u32; 4]);
    for date in 0..8 {
        for segment in 0..2_u16 {
            let people = &population.segments[usize::from(segment)];
            for index in (0..people.agents).take(80_000) {
                let person = people.person(segment, index);
                outlook.home[0].prices(person.income, &mut prices);
                let aspirant = Aspirant {
                    menu: &outlook.home[0],
                    person: &person,
                    prices: &prices,
                    income: person.income,
                    exits: exeunt::model::exits(
                        &scenario,
                        &population,
                        &world,
                        (segment, index),
                        || false,
                    ),
                    refused: &[],
                    belief: Belief::as_it_is(),
                    spent: &[],
                    kin: &[],
                    lambda: scenario.behaviour.choice.lambda,
                    draws: AspirationKey {
                        key: Key::of_run(9, 0, 0, "test"),
                        index,
                        date,
                    },
                };
                let goes = RuleSet::ALL.map(|set| aspirant.goes(set, &mut scratch).is_some());
                judged += 1;
                for (count, goes) in counts.iter_mut().zip(goes) {
                    *count += u32::from(goes);
                }
                lost += u32::from(goes.windows(2).any(|pair| pair[0] && !pair[1]));
            }
        }
    }
    println!("{judged} aspirations; go under each rule set: {counts:?}; lost: {lost}");
    assert!(judged >= 800_000);
    assert_eq!(lost, 0);
    // The sets differ, so that the relation could have failed; in the open world all go who can.
    assert!(counts[0] < counts[1] && counts[1] <= counts[2] && counts[2] < counts[3]);
}

/// The chance that an aspiration leads to j under the rules is exp(lambda (I - I_open)) P(j).
#[test]
fn a_person_goes_with_the_chance_of_the_closed_form() {
    let scenario = rich();
    let population = Population::new(&scenario, 9, 1);
    let last = scenario.calendar.steps.len() - 1;
    let mut world = World::first(&scenario);
    world.rules = exeunt::world::Rules::at(&scenario, last);
    let outlook = Outlook::new(&scenario, &world);
    let mut scratch = Scratch::default();
    let menu = &outlook.home[0];
    let lambda = scenario.behaviour.choice.lambda;
    let places = menu.places.len();
    let (mut went, mut expected, mut variance) =
        (vec![0.0; places], vec![0.0; places], vec![0.0; places]);
    for index in 0..20_000 {
        let person = population.segments[0].person(0, index);
        let exits = exeunt::model::exits(&scenario, &population, &world, (0, index), || false);
        let (mut weights, mut prices) = (Weights::default(), Prices::default());
        menu.prices(person.income, &mut prices);
        let open = menu.weigh_at(&person, person.income, RuleSet::Open, &mut weights);
        let now = menu.weigh_at(&person, person.income, RuleSet::Now, &mut weights);
        for date in 0..20 {
            let aspirant = Aspirant {
                menu,
                person: &person,
                prices: &prices,
                income: person.income,
                exits,
                refused: &[],
                belief: Belief::as_it_is(),
                spent: &[],
                kin: &[],
                lambda,
                draws: AspirationKey {
                    key: Key::of_run(9, 0, 0, "chance"),
                    index,
                    date,
                },
            };
            if exits.barred_lifted {
                continue;
            }
            let total = aspirant.weigh_open(&mut scratch);
            if let Verdict::Goes(place) = aspirant.judge(total, &mut scratch) {
                went[place] += 1.0;
            }
            for place in 0..places {
                let chance = if exits.barred_now || now <= 0.0 {
                    0.0
                } else {
                    libm::pow(now / open, lambda) * weights.values[place] / now
                };
                expected[place] += chance;
                variance[place] += chance * (1.0 - chance);
            }
        }
    }
    for place in 0..places {
        within(
            "went",
            went[place],
            expected[place],
            variance[place].sqrt().max(1e-9),
        );
    }
}

/// Half the step: expected stocks move by less than 1 %.
#[test]
fn halving_the_step_moves_stocks_by_less_than_one_percent() {
    let weekly = changed(&rich(), |scenario| scenario.events.clear());
    let finer = changed(&weekly, |scenario| {
        let steps = std::mem::take(&mut scenario.calendar.steps);
        for step in steps {
            let half = step.days / 2;
            if half == 0 {
                scenario.calendar.steps.push(step);
                continue;
            }
            let middle = step
                .start
                .checked_add(jiff::Span::new().days(i64::from(half)));
            scenario.calendar.steps.push(exeunt::scenario::Step {
                start: step.start,
                days: half,
            });
            scenario.calendar.steps.push(exeunt::scenario::Step {
                start: middle.unwrap_or(step.start),
                days: step.days - half,
            });
        }
    });
    let seeds = if std::env::var_os("EXEUNT_FULL_TESTS").is_some() {
        60
    } else {
        24
    };
    let mut differences = Vec::new();
    for seed in 0..seeds {
        let stock = |scenario: &Arc<Scenario>| {
            let mut stock = 0.0;
            watch(&mut simulation(scenario, seed, 2), |report| {
                stock = report.stocks.abroad.iter().sum::<u64>() as f64;
            });
            stock
        };
        differences.push(stock(&finer) / stock(&weekly) - 1.0);
    }
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences
        .iter()
        .map(|d| (d - mean) * (d - mean))
        .sum::<f64>()
        / (n - 1.0);
    let error = (variance / n).sqrt();
    println!(
        "half the step: {:.3} % of the stock, standard error {:.3} %",
        100.0 * mean,
        100.0 * error
    );
    assert!(error < 0.002, "too few seeds to tell: {error}");
    assert!(mean.abs() + 2.0 * error < 0.01, "{mean} {error}");
}

#[test]
fn simulation_is_a_library_type() {
    fn check<T: Send>() {}
    check::<Simulation>();
    let (_, aspired) = attempts(&plain(&[0.0], 10.0, 10_000), 1);
    assert!(aspired > 0);
}
