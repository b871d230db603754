//! The hazard of return.

use super::leaving::exposure;
use crate::draw::math::{exp, ln_1p, pow};
use crate::population::{Person, SegmentPopulation};
use crate::scenario::{Return, Scenario};
use crate::units::DAYS_PER_MONTH;
use crate::world::World;

/// What the hazard of return depends on, for one person at the middle of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Covariates {
    /// Index of the host country.
    pub here: u16,
    /// Months since arrival.
    pub months: f64,
    /// Whether the person is without work here.
    pub unemployed: bool,
    /// The rent that the person bears over income; 0 for a person who pays none.
    pub burden: f64,
    /// Whether the person is without permission to stay.
    pub irregular: bool,
    /// ln(1 + savings / monthly rent); 0 for a person who pays no rent.
    pub cushion: f64,
    /// Whether, as the person believes, re-entry by the same channel is barred.
    pub no_reentry: bool,
}

/// The hazard of return of citizens of one origin, prepared for a step.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnHazard<'a> {
    rule: &'a Return,
    /// Everything that is the same for all: h_r0, the constants and the pull. Per year.
    level: f64,
    /// exp of the terms of fear and activity, by active and minority.
    exposed: [[f64; 2]; 2],
    unemployed: f64,
    irregular: f64,
    /// exp of the term of hostility by host country; 1 where attitudes are off.
    hosts: Vec<f64>,
}

impl<'a> ReturnHazard<'a> {
    /// Prepares the hazard for an origin in a step.
    pub fn new(scenario: &'a Scenario, world: &World, origin: u16) -> Self {
        let rule = &scenario.behaviour.return_;
        let reference = &rule.reference;
        let facts = &world.rules.countries[usize::from(origin)];
        let constant = rule.unemployed * reference.unemployed
            + rule.rent_burden * reference.rent_burden
            + rule.expired * reference.expired
            + rule.fear * reference.fear
            + rule.active * reference.active
            + rule.savings * reference.savings;
        let term = |active: bool, minority: bool| {
            let fear = ln_1p(exposure(scenario, facts.repression, active, minority));
            exp(rule.fear * fear + rule.active * f64::from(u8::from(active)))
        };
        Self {
            rule,
            level: rule.hazard.per_year() * exp(facts.return_pull - constant),
            exposed: [
                [term(false, false), term(false, true)],
                [term(true, false), term(true, true)],
            ],
            unemployed: exp(rule.unemployed),
            irregular: exp(rule.expired),
            hosts: (0..scenario.countries.len())
                .map(|country| match scenario.behaviour.attitudes {
                    Some(_) => exp(rule.hostility * world.hostility(scenario, country)),
                    None => 1.0,
                })
                .collect(),
        }
    }

    /// The hazard per year, before settling.
    pub fn of(&self, person: &Person, covariates: &Covariates) -> f64 {
        let rule = self.rule;
        let mut hazard = self.level
            * self.exposed[usize::from(person.active)][usize::from(person.minority)]
            * self.duration(covariates.months)
            * self.hosts[usize::from(covariates.here)];
        if covariates.unemployed {
            hazard *= self.unemployed;
        }
        if covariates.irregular {
            hazard *= self.irregular;
        }
        if covariates.no_reentry {
            hazard *= rule.no_reentry;
        }
        let excess = (covariates.burden.min(rule.burden_max) - rule.burden_threshold).max(0.0);
        let exponent = rule.rent_burden * excess + rule.savings * covariates.cushion;
        if exponent == 0.0 {
            hazard
        } else {
            hazard * exp(exponent)
        }
    }

    /// The factor of the time since arrival.
    pub fn duration(&self, months: f64) -> f64 {
        if self.rule.duration == 0.0 {
            1.0
        } else {
            pow(1.0 + months / 6.0, self.rule.duration)
        }
    }

    /// The largest factor of duration over any stay up to the longest that a record can hold.
    pub fn longest_lasting(&self) -> f64 {
        let longest = f64::from(u16::MAX) / DAYS_PER_MONTH;
        self.duration(0.0).max(self.duration(longest))
    }

    /// The factor of duration relative to the largest one, with a small margin for rounding.
    pub fn duration_part(&self, months: f64) -> f64 {
        self.duration(months) / self.longest_lasting() * (1.0 + 1e-9)
    }

    /// The largest factor of fear and activity in a segment.
    pub fn most_exposed(&self, population: &SegmentPopulation) -> f64 {
        let strata = population.strata.list().iter();
        let rows = strata.map(|stratum| self.exposed[usize::from(stratum.active)]);
        rows.fold(0.0, |most, row| row[0].max(row[1]).max(most))
    }

    /// An upper bound per year over all persons of a segment in one country (index) with one status, for a duration
    /// factor of at most `duration` and a factor of fear and activity of at most `exposed`; `rent` is the present
    /// monthly rent here, `least_income` the smallest monthly income of anybody here, and `savings` are the least
    /// and the most that anybody has.
    pub fn at_most(
        &self,
        population: &SegmentPopulation,
        here: u16,
        (some_unemployed, irregular, no_reentry): (bool, bool, bool),
        (rent, least_income): (f64, f64),
        savings: (f64, f64),
        (duration, exposed): (f64, f64),
    ) -> f64 {
        let rule = self.rule;
        let mut bound = self.level * exposed * duration * self.hosts[usize::from(here)];
        if some_unemployed {
            bound *= self.unemployed.max(1.0);
        }
        if irregular {
            bound *= self.irregular;
        }
        if no_reentry {
            bound *= rule.no_reentry;
        }
        let (some_rent, some_own) = population.rents_vary();
        if rent > 0.0 && some_rent {
            let burden = (rent / least_income).min(rule.burden_max);
            let excess = (burden - rule.burden_threshold).max(0.0);
            let cushions =
                [savings.0, savings.1].map(|savings| rule.savings * ln_1p(savings / rent));
            let exponent = (rule.rent_burden * excess).max(0.0) + cushions[0].max(cushions[1]);
            bound *= exp(if some_own {
                exponent.max(0.0)
            } else {
                exponent
            });
        }
        bound * (1.0 + 1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::population::Population;
    use crate::scenario::Source;

    /// Nobody's hazard lies above the bound, and somebody's comes near, where everybody has some savings: whether
    /// savings keep persons away or bring them home, the bound is at the end of their range that it has to be.
    #[test]
    fn the_bound_is_that_of_the_least_or_the_most_savings() {
        for weight in ["-0.2", "0.5"] {
            let people = "savings = { uniform = [\"1000 EUR\", \"5000 EUR\"] }\n";
            let rich = include_str!("../../tests/support/rich.toml")
                .lines()
                .map(|line| {
                    let is_savings = line.starts_with("savings = ");
                    if is_savings {
                        people.to_owned()
                    } else {
                        format!("{line}\n")
                    }
                });
            let behaviour = include_str!("../../tests/support/behaviour.toml")
                .replace("savings = -0.1", &format!("savings = {weight}"));
            let source = Source::parse("test", &format!("{}{behaviour}", rich.collect::<String>()));
            let source = source.unwrap_or_else(|problems| panic!("{problems}"));
            let scenario = source.scenario();
            let population = Population::new(scenario, 12, 100);
            let people = &population.segments[0];
            let returns = ReturnHazard::new(scenario, &World::first(scenario), people.origin);
            let (here, rent, months) = (1, 400.0, 3.0);
            let exposed = returns.most_exposed(people);
            let bound = returns.at_most(
                people,
                here,
                (false, false, false),
                (rent, 300.0),
                people.savings.range(0.0, 1.0),
                (returns.duration(months), exposed),
            );
            let closest = (0..people.agents).fold(0.0, |closest: f64, index| {
                let person = people.person(0, index);
                let covariates = Covariates {
                    here,
                    months,
                    unemployed: false,
                    burden: rent / 300.0,
                    irregular: false,
                    cushion: ln_1p(person.savings / rent),
                    no_reentry: false,
                };
                closest.max(returns.of(&person, &covariates) / bound)
            });
            assert!(closest > 0.9 && closest <= 1.0, "{weight}: {closest}");
        }
    }
}
