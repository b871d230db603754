//! Money abroad: what persons bring, earn and spend.

use crate::population::Person;
use crate::scenario::{MoneyAbroad, Scenario, Status};
use crate::units::DAYS_PER_MONTH;
use crate::world::World;
use serde::{Deserialize, Serialize};

/// What living in a country pays and costs in a step, in currency units per month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Living {
    /// Mean net wage.
    pub wage: f64,
    /// Share of the unemployed.
    pub unemployment: f64,
    /// Rent of a home; 0 where there is no market.
    pub rent: f64,
    /// Share of the rent that hosts bear on arrival.
    pub hospitality: f64,
    /// Everything else, at present prices.
    pub living: f64,
}

/// What a person's income depends on in a stay: the right to work, the status, and work from home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// Whether the channel gives the right to work, or the person works without it.
    pub right: bool,
    /// Legal position.
    pub status: Status,
    /// Whether the person still earns the income from home.
    pub remote: bool,
}

impl Living {
    /// What living in a country pays and costs in a world.
    pub fn new(scenario: &Scenario, world: &World, country: usize) -> Self {
        let facts = &world.rules.countries[country];
        Self {
            wage: facts.wage * facts.real_income,
            unemployment: facts.unemployment,
            rent: world.monthly_rent(scenario, country),
            hospitality: world.hospitality(scenario, country),
            living: facts.cost_of_living * facts.price_index,
        }
    }

    /// The monthly income of a person; `friction` is that of the origin.
    pub fn income(&self, person: &Person, work: Work, friction: f64) -> f64 {
        if work.remote {
            return person.income * (1.0 - friction);
        }
        let allowed = match work.status {
            Status::Irregular => true,
            Status::Pending => false,
            _ => work.right,
        };
        if allowed && person.unemployment >= self.unemployment {
            self.wage
        } else {
            0.0
        }
    }

    /// Income less expenses, per month; `exposure` is the part of the rent that the person bears, 0 to 1.
    pub fn flow(&self, income: f64, exposure: f64) -> f64 {
        income - exposure * self.rent - self.living
    }

    /// The most that anybody spends per month.
    pub fn most_spent(&self) -> f64 {
        self.rent + self.living
    }
}

/// Savings on arrival from home, currency units.
pub fn brought(savings: f64, fee: f64, travel: f64, friction: f64) -> f64 {
    (savings - fee - travel).max(0.0) * (1.0 - friction)
}

/// When a person who left at `left` (days since the first day) stops earning its income from home; below 0 if
/// it does so from the start. `kept` and `lost` are its draws, a uniform and an exponential.
pub fn remote_until(money: &MoneyAbroad, remote: bool, left: f64, [kept, lost]: [f64; 2]) -> f32 {
    if remote && kept < money.remote_kept {
        let mean = money.remote_half_life.days() / core::f64::consts::LN_2;
        (left + mean * lost) as f32
    } else {
        -1.0
    }
}

/// What everybody who has been abroad has encountered, step by step. What anybody has left follows from it
/// whenever it is asked for, so that nobody's savings need updating before then.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// One page per step.
    pub pages: Vec<Page>,
    /// By country: a bound on what anybody spends per month, by which looks at purses are planned.
    pub ceilings: Vec<f64>,
    /// A bound on what anybody has earned by local work or received as help, in currency units.
    pub most_wages: f64,
    /// The months of all pages together.
    pub months: f64,
}

/// The page of one step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// First day of the step, in days since the first day of the scenario.
    pub begin: f64,
    /// Length of the step, in months.
    pub months: f64,
    /// By country.
    pub countries: Vec<Living>,
    /// By slot of the origin.
    pub friction: Vec<f64>,
    /// By slot of the origin: what families send to a person who earns nothing from home, in currency units per month.
    pub help: Vec<f64>,
}

impl Ledger {
    /// Opens the page of a step; returns the countries where living has become dearer than was planned for.
    pub fn open(&mut self, scenario: &Scenario, world: &World, begin: f64, days: f64) -> Vec<bool> {
        let countries: Vec<Living> = (0..scenario.countries.len())
            .map(|country| Living::new(scenario, world, country))
            .collect();
        self.ceilings.resize(countries.len(), 0.0);
        let dearer = countries
            .iter()
            .zip(&mut self.ceilings)
            .map(|(living, ceiling)| {
                let rises = living.most_spent() > *ceiling;
                if rises {
                    *ceiling = 2.0 * living.most_spent();
                }
                rises
            })
            .collect();
        let months = days / DAYS_PER_MONTH;
        let origins = world.rules.origins.iter();
        let origins = origins.map(|&origin| &world.rules.countries[usize::from(origin)]);
        let share = scenario
            .behaviour
            .money
            .as_ref()
            .map_or(0.0, |money| money.help);
        let help = origins
            .clone()
            .map(|origin| share * origin.wage * origin.real_income * (1.0 - origin.friction));
        let help: Vec<f64> = help.collect();
        let friction = origins.map(|origin| origin.friction).collect();
        let wage = countries
            .iter()
            .map(|living| living.wage)
            .fold(0.0, f64::max);
        self.most_wages += months * (wage + help.iter().copied().fold(0.0, f64::max));
        self.months += months;
        self.pages.push(Page {
            begin,
            months,
            countries,
            friction,
            help,
        });
        dearer
    }

    /// A bound on what anybody abroad can have who brought `savings` and earns at most `income` per month.
    pub fn most_saved(&self, savings: f64, income: f64) -> f64 {
        (savings + income * self.months + self.most_wages) * (1.0 + 1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Duration;

    const HERE: Living = Living {
        wage: 800.0,
        unemployment: 0.1,
        rent: 300.0,
        hospitality: 0.0,
        living: 250.0,
    };

    fn income(work: Work, unemployment: f64) -> f64 {
        let person = Person {
            income: 1000.0,
            unemployment,
            ..Person::default()
        };
        HERE.income(&person, work, 0.2)
    }

    #[test]
    fn income_by_status_and_right_to_work() {
        let work = |right, status, remote| Work {
            right,
            status,
            remote,
        };
        for (work, employed) in [
            (work(true, Status::Temporary, false), 800.0),
            (work(false, Status::Temporary, false), 0.0),
            (work(true, Status::Pending, false), 0.0),
            (work(false, Status::Irregular, false), 800.0),
            (work(true, Status::Protected, false), 800.0),
        ] {
            assert_eq!(income(work, 0.5), employed, "{work:?}");
            assert_eq!(income(work, 0.05), 0.0, "without work: {work:?}");
        }
        // Work from home requires neither the right to work nor local work.
        assert_eq!(income(work(false, Status::Pending, true), 0.05), 800.0);
        assert_eq!(HERE.flow(800.0, 1.0), 250.0);
        assert_eq!(HERE.flow(800.0, 0.5), 400.0);
        assert_eq!(HERE.flow(800.0, 0.0), 550.0);
    }

    #[test]
    fn savings_and_work_move_abroad() {
        assert_eq!(brought(1000.0, 150.0, 50.0, 0.25), 600.0);
        assert_eq!(brought(100.0, 150.0, 50.0, 0.25), 0.0);
        let money = MoneyAbroad {
            remote_kept: 0.6,
            remote_half_life: Duration::from_days(100.0),
            rent_share: 1.0,
            help: 0.0,
            informal_work: 0.0,
        };
        assert!(remote_until(&money, false, 7.0, [0.0, 1.0]) < 0.0);
        assert!(remote_until(&money, true, 7.0, [0.6, 1.0]) < 0.0);
        let half = core::f64::consts::LN_2;
        assert_eq!(remote_until(&money, true, 7.0, [0.5, half]), 107.0);
    }
}
