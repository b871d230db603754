//! The slow engine against closed forms.

use crate::choice::{View, inclusive_value};
use crate::constants::channel_shares;
use crate::faults::Fault;
use crate::leaving::Aspiration;
use crate::measures::Event;
use crate::persons::population;
use crate::rules::NOW;
use crate::scenarios::{alike, border};
use crate::step::run;
use crate::world::World;
use exeunt::scenario::{Document, Motive, Scenario};
use exeunt::units::Money;
use rand::SeedableRng;
use rand_pcg::Pcg64;

/// Persons who have left, by country and channel, over a whole run.
fn left(scenario: &Scenario, seed: u64, fault: Fault) -> Vec<u64> {
    let mut by_channel = vec![0; scenario.channels.len()];
    for record in run(scenario, seed, fault) {
        for (flow, persons) in record.flows {
            if flow.event == Event::Left {
                by_channel[flow.channel] += persons;
            }
        }
    }
    by_channel
}

/// Asserts that a count is within 3.5 standard errors of a binomial one.
pub fn assert_binomial(successes: u64, trials: u64, chance: f64, what: &str) {
    if chance < 1e-12 {
        assert_eq!(successes, 0, "{what}");
        return;
    }
    if chance > 1.0 - 1e-12 {
        assert_eq!(successes, trials, "{what}");
        return;
    }
    let trials = trials as f64;
    let error = (trials * chance * (1.0 - chance)).sqrt();
    let distance = (successes as f64 - trials * chance) / error;
    assert!(
        distance.abs() < 3.5,
        "{what}: {successes} of {trials}, expected {:.0}, {distance:.1} standard errors",
        trials * chance
    );
}

/// Integrated hazard 1 in one step, and 2 in four: the share that leaves is 1 - exp(-H).
#[test]
fn survival_under_a_constant_hazard() {
    let persons = 100_000;
    let per_day = 1.0 / 30.0 * exeunt::units::DAYS_PER_YEAR;
    for (steps, hazard) in [(vec![30], 1.0_f64), (vec![10, 5, 20, 25], 2.0)] {
        let scenario = alike(persons, per_day, &steps);
        let leavers = left(&scenario, 1, Fault::None).iter().sum();
        assert_binomial(leavers, persons, 1.0 - (-hazard).exp(), "leavers");
    }
}

/// Accepting a hit of a bounding process in proportion to the hazard is found by the same test.
#[test]
fn accepting_in_proportion_to_the_hazard_is_found() {
    let persons: u64 = 100_000;
    let bound = 1.5_f64;
    let scenario = alike(persons, exeunt::units::DAYS_PER_YEAR / 30.0, &[30]);
    let fault = Fault::AcceptedInProportion { bound };
    let leavers: u64 = left(&scenario, 1, fault).iter().sum();
    let wrong = (1.0 - (-bound).exp()) / bound;
    assert_binomial(leavers, persons, wrong, "leavers by the fault's own form");
    let sound = 1.0 - (-1.0_f64).exp();
    let error = (persons as f64 * sound * (1.0 - sound)).sqrt();
    let distance = (leavers as f64 - persons as f64 * sound) / error;
    assert!(
        distance < -10.0,
        "the fault is {distance} standard errors away"
    );
}

/// Destinations by exp(V), channels by exp(-c / mu), with a value and a cost that differ.
#[test]
fn shares_of_the_nested_logit() {
    let mut scenario = alike(100_000, 3.0, &[30, 30]);
    scenario.countries[1].constant = 0.7;
    scenario.channels[0].fee = Money::new(300.0);
    scenario.channels[3].permission = true;
    scenario.channels[3].grant = 1.0;
    let behaviour = &scenario.behaviour;
    let mu = behaviour.choice.mu;
    // A fee of 0.6 monthly incomes; a permission.
    let costs = [0.6, 0.0, 0.0, behaviour.choice.visa, 0.0, 0.0, 0.0, 0.0];
    let constants = [0.0, 0.7, 0.0, 0.0];
    let weights: Vec<f64> = costs.iter().map(|cost: &f64| (-cost / mu).exp()).collect();
    let sums: Vec<f64> = weights.chunks(2).map(|pair| pair.iter().sum()).collect();
    let worth: Vec<f64> = sums
        .iter()
        .zip(constants)
        .map(|(sum, constant): (&f64, f64)| constant.exp() * sum.powf(mu))
        .collect();
    let found = left(&scenario, 2, Fault::None);
    let all: u64 = found.iter().sum();
    for (channel, leavers) in found.iter().enumerate() {
        let country = channel / 2;
        let share = worth[country] / worth.iter().sum::<f64>() * weights[channel] / sums[country];
        assert_binomial(*leavers, all, share, &format!("channel {channel}"));
    }
}

/// Closing a destination of share s multiplies the hazard of leaving by (1 - s)^lambda and the
/// hazards to the others by (1 - s)^(lambda - 1); a value lowered by d has the general form.
#[test]
fn closing_and_lowering_a_destination() {
    let persons = 100_000;
    let open = alike(persons, 2.0, &[30]);
    let share: f64 = 0.25;
    let lambda = open.behaviour.choice.lambda;
    let reference = std::sync::Arc::new(open.clone());
    let step = 30.0 / exeunt::units::DAYS_PER_YEAR;

    let mut closed = open.clone();
    closed.reference = Some(reference.clone());
    closed.channels[0].open = false;
    closed.channels[1].open = false;
    let mut lowered = open;
    lowered.reference = Some(reference);
    lowered.countries[0].constant = -1.0;

    for (scenario, drop) in [(closed, f64::INFINITY), (lowered, 1.0)] {
        let factor = 1.0 - share + share * (-drop).exp();
        let found = left(&scenario, 3, Fault::None);
        let all = 2.0 * step * factor.powf(lambda);
        let left_any = 1.0 - (-all).exp();
        assert_binomial(found.iter().sum(), persons, left_any, "leavers");
        let to_others = 3.0 * share * 2.0 * step * factor.powf(lambda - 1.0);
        let others = left_any * to_others / all;
        assert_binomial(found[2..].iter().sum(), persons, others, "to the others");
        let own = left_any * (1.0 - to_others / all);
        assert_binomial(found[..2].iter().sum(), persons, own, "to this one");
    }
}

/// Given an aspiration, the chance to go to j under rules r is exp(lambda (I_r - I_open)) P_r(j),
/// and by channel k its nested share; and opening a rule never loses a goer.
#[test]
fn one_aspiration_has_the_marginals_of_every_rule_set() {
    let mut scenario = border();
    scenario.channels[3].fee = Money::new(900.0);
    scenario.exit_gates[1].share = 0.0;
    let mut rng = Pcg64::seed_from_u64(4);
    let persons = population(&scenario, &mut rng);
    let first = World::first_day(&scenario);
    let mut sets = first.rule_sets(&scenario);
    for rules in &mut sets[..2] {
        rules.channels[8].fee = Money::new(250.0);
        rules.channels[9].permission = true;
    }
    sets[NOW].channels[6].open = false;
    let lambda = scenario.behaviour.choice.lambda;
    let trials = 60_000;
    for person in persons.iter().filter(|person| person.segment == 2).take(6) {
        let view = View::at_home(&scenario.behaviour, &first, &sets, person);
        let values: Vec<Vec<f64>> = (0..4).map(|set| view.under(set).values()).collect();
        let open = &values[3];
        let mut went = vec![vec![0; scenario.channels.len()]; 4];
        for _ in 0..trials {
            let aspiration = Aspiration::draw(&scenario, Motive::Ordinary, &mut rng);
            let mut went_before = false;
            for (set, count) in went.iter_mut().enumerate() {
                let goes = aspiration.destination(lambda, open, &values[set]);
                assert!(goes.is_some() || !went_before, "an opener rule lost a goer");
                went_before |= goes.is_some();
                if let Some(country) = goes {
                    count[aspiration.channel(view.under(set), country)] += 1;
                }
            }
        }
        for (set, count) in went.iter().enumerate() {
            let inclusive = inclusive_value(&values[set]);
            let goes = (lambda * (inclusive - inclusive_value(open))).exp();
            for (country, value) in values[set].iter().enumerate() {
                let there = goes * (value - inclusive).exp();
                for (channel, share) in channel_shares(view.under(set), country) {
                    let what = format!("rule set {set}, channel {channel}");
                    assert_binomial(count[channel], trials, there * share, &what);
                }
            }
        }
    }
}

/// A held person under unchanged rules is not released; one whose rules open is.
#[test]
fn only_changed_rules_release_the_held() {
    let mut scenario = alike(20_000, 2.0, &[30, 30, 30, 30]);
    scenario.behaviour.holding.on = true;
    scenario.behaviour.holding.fade = exeunt::units::Duration::from_days(1e9);
    for channel in &mut scenario.channels[..2] {
        channel.needs = 1;
    }
    scenario.documents = vec![Document::lasting("passport")];
    scenario.segments[0].holds = vec![0.0];
    let records = run(&scenario, 5, Fault::None);
    let mut held = 0;
    for record in &records {
        let segment = &record.segments[0];
        held += segment.held[2];
        assert_eq!(record.stocks.segments[0].held, [0, 0, held]);
    }
    assert!(held > 500, "{held} held by means");
}
