//! The hazard of detention at home, and how long a detention lasts.

use crate::draw::math::exp;
use crate::scenario::Repression;
use crate::units::DAYS_PER_MONTH;
use crate::world::World;

/// Detention in a country during one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detention {
    /// Integrated hazards over the step: of others, and of persons identified as active.
    hazards: [f64; 2],
    surveillance: f64,
}

impl Detention {
    /// Prepares detention in an origin over `days` days; `first` is the repression there on the first day of the
    /// reference, and `at_home` are the citizens at home at the beginning of the step who are neither detained nor
    /// mobilised: persons who are not active, and those who are. Only a police capacity asks for them.
    pub fn new(
        parameters: &Repression,
        world: &World,
        (origin, first): (u16, f64),
        at_home: [f64; 2],
        days: f64,
    ) -> Self {
        let facts = &world.rules.countries[usize::from(origin)];
        let level = if first > 0.0 {
            facts.repression / first
        } else {
            0.0
        };
        let others = parameters.detention.per_day() * days * level * facts.crackdown;
        let identified = exp(parameters.active);
        let of_active = 1.0 + facts.surveillance * (identified - 1.0);
        let expected = others * (at_home[0] + at_home[1] * of_active);
        let places = facts.police_capacity / DAYS_PER_MONTH * days;
        let others = if expected > places {
            others * (places / expected)
        } else {
            others
        };
        Self {
            hazards: [others, others * identified],
            surveillance: facts.surveillance,
        }
    }

    /// The share of the active who are identified.
    pub fn surveillance(&self) -> f64 {
        self.surveillance
    }

    /// The integrated hazard of a person, by whether it is identified as active.
    pub fn hazard(&self, identified: bool) -> f64 {
        self.hazards[usize::from(identified)]
    }

    /// The largest integrated hazard of the active, or of the others.
    pub fn at_most(&self, active: bool) -> f64 {
        if active && self.surveillance > 0.0 {
            self.hazards[1]
        } else {
            self.hazards[0]
        }
    }
}

/// The days that a detention lasts, from one uniform.
pub fn detention_days(parameters: &Repression, u: f64) -> f64 {
    if u < parameters.short_share {
        parameters.short.days()
    } else {
        parameters.long.days()
    }
}
