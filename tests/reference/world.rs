//! The world at a step: what holds, rents, and how hosts receive newcomers.

use crate::attitudes::{Public, Reception};
use crate::replay::{Facts, start_of};
use crate::rules::{Rules, rule_sets};
use exeunt::scenario::{Behaviour, Border, Country, Scenario};
use exeunt::units::Duration;

/// What everybody meets during one step.
#[derive(Debug, Clone)]
pub struct World {
    /// Days from the first day to the beginning of the step.
    pub time: f64,
    pub countries: Vec<Country>,
    /// The rules that hold.
    pub now: Rules,
    /// The rules of the first day.
    pub first: Rules,
    pub borders: Vec<Border>,
    /// By country: rent now over rent on the first day; 1 without a market.
    pub rent_ratio: Vec<f64>,
    /// By country.
    pub receptions: Vec<Reception>,
    /// By country: shift of the logarithm of the hazard of leaving by the story told there.
    pub shifts: Vec<f64>,
    /// By country: wage times real-income index on the first day.
    pub first_income: Vec<f64>,
    /// By country: the indices of its channels.
    pub channels_of: Vec<Vec<usize>>,
    /// Of places, taken once a step: thousands of persons look at each of them.
    pub logarithms: Logarithms,
}

/// The logarithms in what a place is worth that are the same for whoever looks at it.
#[derive(Debug, Clone, Default)]
pub struct Logarithms {
    /// By country: the mean income there over that of the first day, by origin.
    pub income: Vec<Vec<f64>>,
    /// By country: 1 and the diaspora over its scale, by origin.
    pub diaspora: Vec<Vec<f64>>,
    /// By country: kilometres, by the country from which it is seen.
    pub distance: Vec<Vec<f64>>,
    /// By country: millions of inhabitants.
    pub population: Vec<f64>,
    /// By country: rent now over rent on the first day.
    pub rent: Vec<f64>,
}

impl Logarithms {
    fn of(world: &World, scale: f64) -> Self {
        let countries = &world.countries;
        let by_other = |of: &dyn Fn(&Country, usize) -> f64| {
            let others = |there| {
                (0..countries.len())
                    .map(|other| of(there, other).ln())
                    .collect()
            };
            countries.iter().map(others).collect()
        };
        Self {
            income: by_other(&|there, origin| {
                there.wage.per_month() * there.real_income / world.first_income[origin]
            }),
            diaspora: by_other(&|there, origin| 1.0 + there.diaspora[origin] / scale),
            distance: by_other(&|there, from| there.distance[from].kilometres()),
            population: countries
                .iter()
                .map(|there| (there.population / 1e6).ln())
                .collect(),
            rent: world.rent_ratio.iter().map(|ratio| ratio.ln()).collect(),
        }
    }
}

impl World {
    /// The world of the first step, with the rents of the first day.
    pub fn first_day(scenario: &Scenario) -> Self {
        Self::at(scenario, 0, vec![1.0; scenario.countries.len()])
    }

    /// How each country receives newcomers, given what its public has seen and its rents; the facts
    /// are those of now.
    pub fn receptions(
        &self,
        scenario: &Scenario,
        publics: &[Public],
        rent_ratio: &[f64],
    ) -> Vec<Reception> {
        let Some(attitudes) = &scenario.behaviour.attitudes else {
            return vec![Reception::default(); publics.len()];
        };
        let first = Facts::at(scenario, 0).countries;
        let reception = |index: usize| {
            let now = publics[index].wanting(&self.countries[index], rent_ratio[index], attitudes);
            let then = Public::default().wanting(&first[index], 1.0, attitudes);
            Reception {
                wanting: now,
                hostility: now - then,
                eased: attitudes.hospitality * (1.0 - now),
            }
        };
        (0..publics.len()).map(reception).collect()
    }

    /// The world of a step, in which no public has seen a newcomer.
    pub fn at(scenario: &Scenario, step: usize, rent_ratio: Vec<f64>) -> Self {
        let first = Facts::at(scenario, 0);
        let now = Facts::at(scenario, step);
        let of_country = |index: usize| {
            let is_here =
                |channel: &usize| usize::from(scenario.channels[*channel].country) == index;
            (0..scenario.channels.len()).filter(is_here).collect()
        };
        let mut world = Self {
            time: start_of(scenario, step),
            receptions: Vec::new(),
            shifts: vec![0.0; scenario.countries.len()],
            first_income: first
                .countries
                .iter()
                .map(|country| country.wage.per_month() * country.real_income)
                .collect(),
            first: first.rules,
            countries: now.countries,
            now: now.rules,
            borders: now.borders,
            rent_ratio,
            channels_of: (0..scenario.countries.len()).map(of_country).collect(),
            logarithms: Logarithms::default(),
        };
        world.logarithms = Logarithms::of(&world, scenario.behaviour.choice.diaspora_scale);
        let publics = vec![Public::default(); scenario.countries.len()];
        world.receptions = world.receptions(scenario, &publics, &world.rent_ratio);
        world
    }

    /// The sets of rules for who knows the rules as they hold.
    pub fn rule_sets(&self, scenario: &Scenario) -> [Rules; 4] {
        rule_sets(&self.now, &self.first, &self.now, scenario.lifted)
    }

    /// What of a rent now a renter bears so many days after arriving, currency units a month.
    pub fn rent_borne(&self, behaviour: &Behaviour, country: usize, days: f64) -> f64 {
        let eased = match &behaviour.attitudes {
            Some(attitudes) => {
                let half_life: Duration = attitudes.hospitality_half_life;
                self.receptions[country].eased * 0.5_f64.powf(days / half_life.days())
            }
            None => 0.0,
        };
        self.rent(country) * (1.0 - eased)
    }

    /// Rent of a home now, currency units a month; 0 without a market.
    pub fn rent(&self, country: usize) -> f64 {
        match &self.countries[country].market {
            Some(market) => market.rent.per_month() * self.rent_ratio[country],
            None => 0.0,
        }
    }
}
