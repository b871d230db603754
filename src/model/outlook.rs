//! The menus of a step: what going to each country is worth, from home and from abroad.

use super::menu::{Menu, Place};
use crate::draw::math::{ln, ln_1p};
use crate::draw::{label, label_within};
use crate::scenario::{Scenario, Status};
use crate::world::{ChannelRules, RuleSet, World};

/// The menus of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// From home, by slot of the origin.
    pub home: Vec<Menu>,
    /// From abroad: `abroad[slot * countries + here]`.
    abroad: Vec<Menu>,
    countries: usize,
}

impl Outlook {
    /// Builds the menus of a world.
    pub fn new(scenario: &Scenario, world: &World) -> Self {
        let countries = scenario.countries.len();
        let origins = world.rules.origins.clone();
        let home = origins
            .iter()
            .enumerate()
            .map(|(slot, &origin)| menu(scenario, world, slot as u32, origin, None))
            .collect();
        let mut abroad = Vec::with_capacity(origins.len() * countries);
        for (slot, &origin) in origins.iter().enumerate() {
            for here in 0..countries as u16 {
                abroad.push(menu(scenario, world, slot as u32, origin, Some(here)));
            }
        }
        Self {
            home,
            abroad,
            countries,
        }
    }

    /// The menu of citizens of the origin in this slot who are in a host country.
    pub fn from_abroad(&self, slot: u32, here: u16) -> &Menu {
        &self.abroad[slot as usize * self.countries + usize::from(here)]
    }

    /// A host country as a place, with the distance from the origin.
    pub fn host(&self, slot: u32, here: u16) -> Option<&Place> {
        self.home[slot as usize]
            .places
            .iter()
            .find(|place| place.country == here)
    }
}

/// c_status.
pub fn status_cost(scenario: &Scenario, status: Status) -> f64 {
    let cost = &scenario.behaviour.status;
    match status {
        Status::Protected => cost.protected,
        Status::Legal => cost.legal,
        Status::Temporary => cost.temporary,
        Status::Pending => cost.pending,
        Status::Irregular => cost.irregular,
    }
}

fn menu(scenario: &Scenario, world: &World, slot: u32, origin: u16, here: Option<u16>) -> Menu {
    let sets: &[RuleSet] = match here {
        None => &RuleSet::ALL,
        Some(_) => &RuleSet::ALL[..1],
    };
    let mut menu = Menu::new(scenario.behaviour.choice.mu, sets.len());
    for country in 0..scenario.countries.len() as u16 {
        if country == origin || Some(country) == here {
            continue;
        }
        let begin = menu.channels.len();
        for (index, channel) in scenario.channels.iter().enumerate() {
            let from = channel.apply_from;
            let reachable = from.border
                || if here.is_some() {
                    from.abroad
                } else {
                    from.home
                };
            if channel.country != country || !reachable {
                continue;
            }
            let now = &world.rules.channels[index];
            let first = &world.first.channels[index];
            let rules: Vec<(ChannelRules, f64)> = sets
                .iter()
                .map(|&set| {
                    let rules = now.under(set, first, scenario.lifted);
                    (rules, channel_cost(scenario, &rules))
                })
                .collect();
            let key = label_within(
                &scenario.countries[usize::from(country)].code,
                &channel.name,
            );
            let travel = world.rules.countries[usize::from(country)].travel;
            menu.push_channel((index as u16, key), slot, &rules, travel);
        }
        let end = menu.channels.len();
        let place = place(
            scenario,
            world,
            origin,
            here.unwrap_or(origin),
            country,
            begin..end,
        );
        menu.places.push(place);
    }
    let of_origin = scenario
        .segments
        .iter()
        .filter(|segment| segment.origin == origin);
    let least = of_origin.map(|segment| segment.savings.least());
    let least = match here {
        // Abroad savings may come to nothing where money moves.
        Some(_) if scenario.behaviour.money.is_some() => 0.0,
        _ => least.fold(f64::INFINITY, f64::min),
    };
    menu.finish(least);
    menu
}

/// c without the fee.
fn channel_cost(scenario: &Scenario, rules: &ChannelRules) -> f64 {
    let choice = &scenario.behaviour.choice;
    let visa = if rules.permission { choice.visa } else { 0.0 };
    let refusal = if rules.grant > 0.0 {
        -choice.refusal * ln(rules.grant)
    } else {
        0.0
    };
    visa + refusal + status_cost(scenario, rules.status)
}

fn place(
    scenario: &Scenario,
    world: &World,
    origin: u16,
    from: u16,
    country: u16,
    channels: std::ops::Range<usize>,
) -> Place {
    let choice = &scenario.behaviour.choice;
    let index = usize::from(country);
    let facts = &world.rules.countries[index];
    let there = &scenario.countries[index];
    let diaspora = there.diaspora[usize::from(origin)];
    let weighted = |weight: f64, value: f64| if weight == 0.0 { 0.0 } else { weight * value };
    let income = facts.wage * facts.real_income / world.reference_income(usize::from(origin));
    let utility = weighted(choice.income, ln(income))
        + weighted(choice.diaspora, ln_1p(diaspora / choice.diaspora_scale))
        - weighted(
            choice.distance,
            ln(there.distance[usize::from(from)].kilometres()),
        )
        + choice.safety * facts.safety
        + ln(there.population / 1e6)
        + there.constant;
    let use_of_language =
        choice.language * (1.0 - 0.5 * (diaspora / choice.diaspora_language_scale).min(1.0));
    let shared = there.language[usize::from(origin)];
    let language = [use_of_language * shared, use_of_language * shared.max(1.0)];
    let rent = -weighted(choice.rent, world.rents[index].log_index);
    let two_rents = 2.0 * world.monthly_rent(scenario, index);
    let code = label(&there.code);
    Place::new(
        country,
        code,
        (utility, language, rent),
        two_rents,
        channels,
    )
}
