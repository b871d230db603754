//! What a decision comes to where all persons are alike: the nested choice of docs/model.md, sections 2 and 3,
//! written out for persons whom nothing tells apart but a document or an employer. It knows no more than the
//! teaching cases need: no diaspora, no language, no rents, no push to leave, means for every fee.

use exeunt::scenario::{Channel, Condition, Lifted, Scenario, Status};
use exeunt::world::{ChannelRules, Rules};
use libm::{exp, log, pow};

/// Who can use the same channels.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Their share in the population.
    pub share: f64,
    documents: u32,
    conditions: u8,
}

/// The kinds of persons of the one segment: with or without the first document, with or without an employer.
pub fn kinds(scenario: &Scenario) -> Vec<Kind> {
    let segment = &scenario.segments[0];
    let passport = segment.holds.first().copied().unwrap_or(0.0);
    let employer = segment.employer.iter().copied().fold(0.0, f64::max);
    let mut kinds = Vec::new();
    for (held, documents) in [(passport, 1), (1.0 - passport, 0)] {
        for (has, conditions) in [
            (employer, 1 << Condition::Employer as u8),
            (1.0 - employer, 0),
        ] {
            if held * has > 0.0 {
                kinds.push(Kind {
                    share: held * has,
                    documents,
                    conditions,
                });
            }
        }
    }
    kinds
}

/// What is lifted: nothing, the gates of policy, its costs too, a want of documents too.
const SETS: usize = 4;

/// What follows for one kind of persons from the rules of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    /// Wishes to leave, a person at home and year.
    pub wishes: f64,
    /// By what is lifted: the chance that who wishes to leave goes.
    pub goes: [f64; SETS],
    /// By channel: exp(V) of its country times its share there, under the rules as they are.
    pub weights: Vec<f64>,
}

impl Odds {
    /// By channel: its share among those who go.
    pub fn ways(&self) -> Vec<f64> {
        let all: f64 = self.weights.iter().sum();
        self.weights.iter().map(|weight| weight / all).collect()
    }
}

/// The odds of a kind in a step, all measured from the first day of `reference`.
pub fn odds(scenario: &Scenario, step: usize, kind: Kind) -> Odds {
    let (first, now) = (Rules::at(scenario, 0), Rules::at(scenario, step));
    let lambda = scenario.behaviour.choice.lambda;
    let under = |set| weights(scenario, (&first, &now), kind, set);
    let total = |set| under(set).iter().sum::<f64>();
    let open = total(3);
    let reference = scenario.reference.as_deref().unwrap_or(scenario);
    let then = Rules::at(reference, 0);
    // exp(lambda I_ref): the mean of who can go how easily on that day.
    let usual: f64 = kinds(scenario)
        .into_iter()
        .map(|kind| {
            let weights = weights(scenario, (&then, &then), kind, 0);
            kind.share * pow(weights.iter().sum(), lambda)
        })
        .sum();
    Odds {
        wishes: scenario.behaviour.leaving.hazard_other.per_year() * pow(open, lambda) / usual,
        goes: [0, 1, 2, 3].map(|set| pow(total(set) / open, lambda)),
        weights: under(0),
    }
}

/// By channel: exp(V) of its country times its share there.
fn weights(
    scenario: &Scenario,
    (first, now): (&Rules, &Rules),
    kind: Kind,
    set: usize,
) -> Vec<f64> {
    let mu = scenario.behaviour.choice.mu;
    let of_channels: Vec<f64> = (0..scenario.channels.len())
        .map(|index| {
            let rules = lifted(
                &now.channels[index],
                &first.channels[index],
                set,
                scenario.lifted,
            );
            let may = rules.open
                && (set == 3 || rules.needs & !kind.documents == 0)
                && rules.requires & !kind.conditions == 0;
            if may {
                exp(-cost(scenario, &rules) / mu)
            } else {
                0.0
            }
        })
        .collect();
    let channel = |index: usize| -> &Channel { &scenario.channels[index] };
    (0..of_channels.len())
        .map(|index| {
            let country = channel(index).country;
            let nest: f64 = (0..of_channels.len())
                .filter(|other| channel(*other).country == country)
                .map(|other| of_channels[other])
                .sum();
            // A country that nobody may enter weighs nothing.
            if nest == 0.0 {
                return 0.0;
            }
            let value = value(scenario, usize::from(country)) + mu * log(nest);
            exp(value) * of_channels[index] / nest
        })
        .collect()
}

/// Rules with so much lifted, of the fields that the cases use.
fn lifted(now: &ChannelRules, first: &ChannelRules, set: usize, lifted: Lifted) -> ChannelRules {
    let mut rules = *now;
    let all = lifted == Lifted::AllOpen;
    if set >= 1 {
        rules.open = all || now.open || first.open;
        rules.requires = if all {
            0
        } else {
            now.requires & first.requires
        };
        rules.needs = if all {
            now.needs
        } else {
            now.needs & first.needs
        };
    }
    if set >= 2 {
        rules.permission = !all && now.permission && first.permission;
        rules.fee = if all { 0.0 } else { now.fee.min(first.fee) };
        rules.grant = if all { 1.0 } else { now.grant.max(first.grant) };
    }
    rules
}

/// u of a country.
fn value(scenario: &Scenario, country: usize) -> f64 {
    let choice = &scenario.behaviour.choice;
    let origin = usize::from(scenario.segments[0].origin);
    let (here, home) = (&scenario.countries[country], &scenario.countries[origin]);
    choice.income * log(here.wage.per_month() / home.wage.per_month())
        - choice.distance * log(here.distance[origin].kilometres())
        + choice.safety * here.safety
        + log(here.population / 1e6)
        + here.constant
}

/// c of a channel. Incomes are those of the wage at home.
fn cost(scenario: &Scenario, rules: &ChannelRules) -> f64 {
    let behaviour = &scenario.behaviour;
    let origin = usize::from(scenario.segments[0].origin);
    let income = scenario.countries[origin].wage.per_month();
    let status = match rules.status {
        Status::Protected => behaviour.status.protected,
        Status::Legal => behaviour.status.legal,
        Status::Temporary => behaviour.status.temporary,
        Status::Pending => behaviour.status.pending,
        Status::Irregular => behaviour.status.irregular,
    };
    f64::from(u8::from(rules.permission)) * behaviour.choice.visa + rules.fee / income
        - behaviour.choice.refusal * log(rules.grant)
        + status
}
