//! Abroad: the value of staying, return, onward moves, and the end of a permitted stay.

use crate::applications::Application;
use crate::choice::{View, inclusive_value, part_of_income, status_cost};
use crate::claims::Claim;
use crate::leaving::persecution;
use exeunt::scenario::{Constants, RenewalKind, Status};
use exeunt::units::Duration;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Gumbel};

/// A stay abroad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    pub country: usize,
    pub channel: usize,
    pub status: Status,
    /// Days from the first day of the run to the arrival.
    pub since: f64,
    /// The same to the arrival or the last renewal or run.
    pub permit_from: f64,
    /// The same to the end of the permission; `None` = without end.
    pub until: Option<f64>,
    /// The same to the departure from home.
    pub left_home: f64,
    /// Savings, currency units.
    pub savings: f64,
    /// An application for another country.
    pub pending: Option<Application>,
    /// A claim to asylum by the channel of the stay, not decided yet.
    pub claim: Option<Claim>,
}

/// V of the country where the person is, after some months in a status.
pub fn value_of_staying(view: View<'_>, status: Status, months: f64) -> f64 {
    view.place_value(view.here(), view.person.origin) - status_cost(view.behaviour, status)
        + view.behaviour.onward.rooting * (1.0 + months / 6.0).ln()
}

/// The hazard of return, per year, after some days abroad.
pub fn return_hazard(view: View<'_>, stay: &Stay, days: f64) -> f64 {
    let weights = &view.behaviour.return_;
    let reference = &weights.reference;
    let person = view.person;
    let here = &view.world.countries[stay.country];
    let rent = if person.renter {
        view.world.rent(stay.country)
    } else {
        0.0
    };
    let flag = |yes: bool| f64::from(u8::from(yes));
    let borne = if person.renter {
        view.world.rent_borne(view.behaviour, stay.country, days)
    } else {
        0.0
    };
    let burden = part_of_income(borne, view.income).min(weights.burden_max);
    let savings_in_rents = if rent > 0.0 {
        (1.0 + view.savings / rent).ln()
    } else {
        0.0
    };
    let fear = (1.0 + persecution(view.behaviour, view.world, person)).ln();
    let unemployed = person.unemployed_above < here.unemployment;
    let exponent = weights.unemployed * (flag(unemployed) - reference.unemployed)
        + weights.rent_burden
            * ((burden - weights.burden_threshold).max(0.0) - reference.rent_burden)
        + weights.hostility * view.world.receptions[stay.country].hostility
        + weights.expired * (flag(stay.status == Status::Irregular) - reference.expired)
        + weights.fear * (fear - reference.fear)
        + weights.active * (flag(person.active) - reference.active)
        + weights.savings * (savings_in_rents - reference.savings)
        + view.world.countries[person.origin].return_pull;
    let months = Duration::from_days(days).months();
    let reentry = if view.open_to(stay.channel) {
        1.0
    } else {
        weights.no_reentry
    };
    reentry
        * weights.hazard.per_year()
        * (1.0 + months / 6.0).powf(weights.duration)
        * exponent.exp()
        * settled(view, stay, days)
}

/// The hazard of moving on, per year, after some days abroad.
pub fn onward_hazard(view: View<'_>, stay: &Stay, days: f64, constants: &Constants) -> f64 {
    let outside = inclusive_value(&view.values());
    let months = Duration::from_days(days).months();
    let pull = outside - value_of_staying(view, stay.status, months) - constants.onward_pull;
    view.behaviour.onward.hazard.per_year()
        * (view.behaviour.choice.lambda * pull).exp()
        * settled(view, stay, days)
}

fn settled(view: View<'_>, stay: &Stay, days: f64) -> f64 {
    let settled = &view.behaviour.settled;
    if stay.status != Status::Irregular && days >= settled.after.days() {
        settled.factor
    } else {
        1.0
    }
}

/// A country and a channel for an onward move, by their shares; `None` where there is none.
pub fn onward_target(view: View<'_>, rng: &mut impl Rng) -> Option<usize> {
    let weights: Vec<f64> = view.values().iter().map(|value| value.exp()).collect();
    let country = pick(&weights, rng)?;
    onward_channel(view, country, |_| true, rng)
}

/// A channel into a country, of some kind, by its share; `None` where there is none.
pub fn onward_channel(
    view: View<'_>,
    country: usize,
    is_of_kind: impl Fn(usize) -> bool,
    rng: &mut impl Rng,
) -> Option<usize> {
    let channels: Vec<usize> = view
        .usable_channels(country)
        .filter(|channel| is_of_kind(*channel))
        .collect();
    let mu = view.behaviour.choice.mu;
    let weights: Vec<f64> = channels
        .iter()
        .map(|channel| (-view.cost(*channel) / mu).exp())
        .collect();
    pick(&weights, rng).map(|index| channels[index])
}

fn pick(weights: &[f64], rng: &mut impl Rng) -> Option<usize> {
    let mut left = rng.random::<f64>() * weights.iter().sum::<f64>();
    let possible = weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight > 0.0);
    let mut last = None;
    for (index, weight) in possible {
        last = Some(index);
        if left < *weight {
            break;
        }
        left -= weight;
    }
    last
}

/// What a person may do when a permitted stay ends, or its money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alternative {
    Renew,
    Run,
    /// Claim asylum by a channel.
    Claim(usize),
    MoveTo(usize),
    Return,
    StayIrregularly,
}

/// Return, moves by channels that decide at once, and staying irregularly, with their values.
pub fn ways_out(
    view: View<'_>,
    days: f64,
    constants: &Constants,
    decides_at_once: impl Fn(usize) -> bool,
) -> Vec<(Alternative, f64)> {
    let expiry = &view.behaviour.expiry;
    let months = Duration::from_days(days).months();
    let irregularly = value_of_staying(view, Status::Irregular, months) - expiry.irregular;
    let mut scored = vec![
        (Alternative::Return, constants.host_value + expiry.home),
        (Alternative::StayIrregularly, irregularly),
    ];
    for (country, value) in view.values_by(decides_at_once).into_iter().enumerate() {
        scored.push((Alternative::MoveTo(country), value - expiry.moving));
    }
    scored
}

/// Renewal in the country, or a run if one is to be had, with its value.
pub fn renewal(
    view: View<'_>,
    stay: &Stay,
    days: f64,
    may_run: bool,
) -> Option<(Alternative, f64)> {
    let renewal = view.rules.channels[stay.channel].stay.renewal;
    let alternative = match renewal.kind {
        RenewalKind::InCountry => Alternative::Renew,
        RenewalKind::ReEntry if may_run => Alternative::Run,
        RenewalKind::ReEntry | RenewalKind::None => return None,
    };
    let months = Duration::from_days(days).months();
    let value = value_of_staying(view, stay.status, months)
        - part_of_income(renewal.cost.amount(), view.income)
        + view.behaviour.choice.refusal * renewal.success.ln();
    Some((alternative, value))
}

/// Alternatives in the order in which a person tries them: by value and a standard Gumbel draw.
pub fn in_order(scored: Vec<(Alternative, f64)>, rng: &mut impl Rng) -> Vec<Alternative> {
    let gumbel = Gumbel::new(0.0, 1.0).expect("a standard Gumbel");
    let mut drawn: Vec<(Alternative, f64)> = scored
        .into_iter()
        .filter(|(_, value)| *value > f64::NEG_INFINITY)
        .map(|(alternative, value)| (alternative, value + gumbel.sample(rng)))
        .collect();
    drawn.sort_by(|left, right| right.1.total_cmp(&left.1));
    drawn
        .into_iter()
        .map(|(alternative, _)| alternative)
        .collect()
}
