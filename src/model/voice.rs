//! Voice at home, computed for a class of persons together, and what activists abroad can do.

use crate::draw::math::{exp, exp2};
use crate::scenario::{Status, Voice};

/// What moves a class of persons to voice opposition.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mood {
    /// Mean of dissent and hardship.
    pub grievance: f64,
    /// Share of the origin's citizens at home who voiced opposition in the step before, 0 to 1.
    pub others: f64,
    /// Mean exposure to persecution, rho.
    pub exposure: f64,
    /// What leaving is worth: the hazard of leaving from what can be chosen, relative to that of the first day of the
    /// reference, less 1; -1 where nobody can go.
    pub exit: f64,
}

/// The chance that a person of the class voices opposition in a step, 0 to 1.
pub fn voice_chance(parameters: &Voice, mood: &Mood) -> f64 {
    let log_odds = parameters.baseline
        + parameters.grievance * mood.grievance
        + parameters.others * mood.others
        - parameters.fear * mood.exposure
        - parameters.exit * mood.exit;
    1.0 / (1.0 + exp(-log_odds))
}

/// Whether an activist abroad need not fear for the stay: a protected or legal one.
pub fn is_secure(status: Status) -> bool {
    matches!(status, Status::Protected | Status::Legal)
}

/// Publishing by an activist abroad, `days` days after leaving home, relative to one who has just reached
/// safety: 0 to 1. There is no street activity abroad.
pub fn activity_abroad(parameters: &Voice, status: Status, days: f64) -> f64 {
    parameters.security.of(status) * exp2(-days.max(0.0) / parameters.half_life.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Security;
    use crate::units::Duration;

    const VOICE: Voice = Voice {
        baseline: -4.0,
        grievance: 2.0,
        others: 1.5,
        fear: 0.5,
        exit: 0.8,
        critical_mass: None,
        publishing_home: 0.02,
        half_life: Duration::from_days(600.0),
        security: Security {
            protected: 1.0,
            legal: 0.8,
            temporary: 0.5,
            pending: 0.4,
            irregular: 0.2,
        },
    };

    fn log_odds(mood: Mood) -> f64 {
        let chance = voice_chance(&VOICE, &mood);
        crate::draw::math::ln(chance / (1.0 - chance))
    }

    #[test]
    fn every_driver_has_its_weight_and_its_sign() {
        let quiet = Mood::default();
        assert!((log_odds(quiet) + 4.0).abs() < 1e-12);
        let by = |mood| log_odds(mood) + 4.0;
        let grievance = 0.7;
        assert!((by(Mood { grievance, ..quiet }) - 1.4).abs() < 1e-12);
        let others = 0.2;
        assert!((by(Mood { others, ..quiet }) - 0.3).abs() < 1e-12);
        let exposure = 3.0;
        assert!((by(Mood { exposure, ..quiet }) + 1.5).abs() < 1e-12);
        // A closed way out: voice rises where exit is a valve.
        assert!(
            (by(Mood {
                exit: -1.0,
                ..quiet
            }) - 0.8)
                .abs()
                < 1e-12
        );
    }

    #[test]
    fn chances_stay_chances_however_far() {
        let chance = |exit| {
            voice_chance(
                &VOICE,
                &Mood {
                    exit,
                    ..Mood::default()
                },
            )
        };
        assert_eq!(chance(1e300), 0.0);
        assert_eq!(chance(-1e300), 1.0);
    }

    #[test]
    fn activity_abroad_follows_status_and_halves() {
        let at = |status, days| activity_abroad(&VOICE, status, days);
        assert_eq!(at(Status::Protected, 0.0), 1.0);
        assert_eq!(at(Status::Legal, 600.0), 0.4);
        assert_eq!(at(Status::Irregular, 1200.0), 0.05);
    }
}
