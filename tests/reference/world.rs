//! The world at a step: dated changes, rule sets, rents.

use crate::rules::{self, Rules};
use exeunt::scenario::{Change, Country, Field, NewValue, Scenario, Target};
use exeunt::units::{Duration, Money, MoneyFlow};

/// What everybody sees during one step.
#[derive(Debug, Clone)]
pub struct World {
    pub countries: Vec<Country>,
    /// Rules as they are, policy gates lifted, policy costs lifted, open.
    pub rule_sets: [Rules; 4],
    /// By country: rent now over rent on the first day; 1 without a market.
    pub rent_ratio: Vec<f64>,
    /// By country: wage times real-income index on the first day.
    pub first_income: Vec<f64>,
    /// By country: the indices of its channels.
    pub channels_of: Vec<Vec<usize>>,
}

impl World {
    /// The world before any event, with the rents of the first day.
    pub fn first_day(scenario: &Scenario) -> Self {
        let rents = vec![1.0; scenario.countries.len()];
        Self::with_changes(scenario, &[], rents)
    }

    /// The world of a step.
    pub fn at(scenario: &Scenario, step: usize, rent_ratio: Vec<f64>) -> Self {
        Self::with_changes(scenario, &values_at(scenario, step), rent_ratio)
    }

    fn with_changes(
        scenario: &Scenario,
        changes: &[(Target, NewValue)],
        rent_ratio: Vec<f64>,
    ) -> Self {
        let first = Rules::standing(scenario.channels.clone(), scenario.exit_gates.clone());
        let mut now = first.clone();
        let mut countries = scenario.countries.clone();
        for (target, value) in changes {
            set(&mut countries, &mut now, *target, value);
        }
        let of_country = |index: usize| {
            let is_here = |channel: &usize| usize::from(first.channels[*channel].country) == index;
            (0..first.channels.len()).filter(is_here).collect()
        };
        Self {
            countries,
            rule_sets: rules::rule_sets(&first, &now, scenario.lifted),
            rent_ratio,
            first_income: scenario
                .countries
                .iter()
                .map(|country| country.wage.per_month() * country.real_income)
                .collect(),
            channels_of: (0..scenario.countries.len()).map(of_country).collect(),
        }
    }

    /// Rent of a home now, currency units a month; 0 without a market.
    pub fn rent(&self, country: usize) -> f64 {
        match &self.countries[country].market {
            Some(market) => market.rent.per_month() * self.rent_ratio[country],
            None => 0.0,
        }
    }
}

/// Days from the first day to the beginning of a step.
pub fn start_of(scenario: &Scenario, step: usize) -> f64 {
    scenario.calendar.steps[..step]
        .iter()
        .map(|step| f64::from(step.days))
        .sum()
}

/// Every field that events have changed by a step, with its value at the middle of the step.
fn values_at(scenario: &Scenario, step: usize) -> Vec<(Target, NewValue)> {
    let middle = start_of(scenario, step) + f64::from(scenario.calendar.steps[step].days) / 2.0;
    let mut acting: Vec<_> = scenario
        .events
        .iter()
        .filter(|event| event.step <= step)
        .collect();
    acting.sort_by_key(|event| (event.step, event.date, event.name.clone()));
    let mut histories: Vec<(Target, Vec<(f64, &Change)>)> = Vec::new();
    for event in acting {
        let begins = start_of(scenario, event.step);
        for change in &event.changes {
            match histories.iter_mut().find(|(of, _)| *of == change.target) {
                Some((_, history)) => history.push((begins, change)),
                None => histories.push((change.target, vec![(begins, change)])),
            }
        }
    }
    histories
        .into_iter()
        .map(|(target, history)| (target, value_of(scenario, target, &history, middle)))
        .collect()
}

/// The value of a field at a time, after a history of changes (in order).
fn value_of(
    scenario: &Scenario,
    target: Target,
    history: &[(f64, &Change)],
    time: f64,
) -> NewValue {
    let Some(((begins, change), earlier)) = history.split_last() else {
        return NewValue::Number(first_number(scenario, target));
    };
    match (change.over, &change.to) {
        (Some(over), NewValue::Number(to)) => {
            let NewValue::Number(before) = value_of(scenario, target, earlier, *begins) else {
                unreachable!("only numbers are ramped");
            };
            let part = ((time - begins) / over.days()).min(1.0);
            NewValue::Number(before + (to - before) * part)
        }
        (_, to) => to.clone(),
    }
}

fn first_number(scenario: &Scenario, target: Target) -> f64 {
    let index = usize::from(target.index);
    let country = || &scenario.countries[index];
    let channel = || &scenario.channels[index];
    match target.field {
        Field::Grant => channel().grant,
        Field::Fee => channel().fee.amount(),
        Field::StayLength => channel().stay.length.map_or(f64::INFINITY, Duration::days),
        Field::RenewSuccess => channel().stay.renewal.success,
        Field::RenewCost => channel().stay.renewal.cost.amount(),
        Field::Wage => country().wage.per_month(),
        Field::RealIncome => country().real_income,
        Field::Unemployment => country().unemployment,
        Field::Safety => country().safety,
        Field::Repression => country().repression,
        Field::ReturnPull => country().return_pull,
        Field::Travel => country().travel.amount(),
        Field::ExitShare => scenario.exit_gates[index].share,
        field => unreachable!("{field:?} does not ramp in these scenarios"),
    }
}

fn set(countries: &mut [Country], rules: &mut Rules, target: Target, value: &NewValue) {
    let index = usize::from(target.index);
    match (target.field, value) {
        (Field::Open, NewValue::Flag(flag)) => rules.channels[index].open = *flag,
        (Field::Permission, NewValue::Flag(flag)) => rules.channels[index].permission = *flag,
        (Field::Origins, NewValue::Countries(origins)) => {
            rules.channels[index].origins = origins.clone();
        }
        (Field::Needs, NewValue::Bits(bits)) => rules.channels[index].needs = *bits,
        (Field::Requires, NewValue::Bits(bits)) => {
            rules.channels[index].requires =
                u8::try_from(*bits).expect("conditions fit into eight bits");
        }
        (Field::ChannelStatus, NewValue::Status(status)) => rules.channels[index].status = *status,
        (field, NewValue::Number(number)) => {
            set_number(countries, rules, field, index, *number);
        }
        (field, value) => unreachable!("{field:?} cannot become {value:?}"),
    }
}

fn set_number(
    countries: &mut [Country],
    rules: &mut Rules,
    field: Field,
    index: usize,
    number: f64,
) {
    match field {
        Field::Grant => rules.channels[index].grant = number,
        Field::Fee => rules.channels[index].fee = Money::new(number),
        Field::StayLength => {
            rules.channels[index].stay.length =
                number.is_finite().then(|| Duration::from_days(number));
        }
        Field::RenewSuccess => {
            rules.channels[index].stay.renewal.success = number;
        }
        Field::RenewCost => {
            rules.channels[index].stay.renewal.cost = Money::new(number);
        }
        Field::Wage => countries[index].wage = MoneyFlow::from_per_month(number),
        Field::RealIncome => countries[index].real_income = number,
        Field::Unemployment => countries[index].unemployment = number,
        Field::Safety => countries[index].safety = number,
        Field::Repression => countries[index].repression = number,
        Field::ReturnPull => countries[index].return_pull = number,
        Field::Travel => countries[index].travel = Money::new(number),
        Field::ExitShare => rules.exit_gates[index].share = number,
        field => unreachable!("{field:?} is no number of these scenarios"),
    }
}
