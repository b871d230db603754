//! The parameters of behaviour that the scenarios start from, and a world of persons alike.

use super::{calendar, channel, country, segment, set_distances};
use exeunt::scenario::{
    Behaviour, Belief, Choice, Claiming, Delay, Expiry, Holding, Leaving, Lifted, Onward, Return,
    ReturnReference, Scenario, Settled, StatusCost,
};
use exeunt::units::{Duration, Rate};

/// Behaviour near the defaults, with hazards raised until small populations have many events.
pub fn behaviour() -> Behaviour {
    Behaviour {
        leaving: Leaving {
            hazard_planner: Rate::from_per_year(3.0),
            hazard_other: Rate::from_per_year(0.25),
            attachment_spread: 0.5,
            risk: 1.1,
            risk_active: 3.0,
            risk_minority: 0.7,
            community: 0.10,
            unemployed: 0.4,
            income_loss: 0.7,
        },
        choice: Choice {
            lambda: 0.6,
            mu: 0.5,
            income: 0.7,
            distance: 1.0,
            language: 0.18,
            diaspora: 0.4,
            rent: 0.5,
            safety: 0.5,
            hostility: 1.0,
            visa: 0.65,
            refusal: 0.5,
            diaspora_scale: 10_000.0,
            diaspora_language_scale: 500_000.0,
        },
        status: StatusCost {
            protected: 0.0,
            legal: 0.2,
            temporary: 0.5,
            pending: 1.0,
            irregular: 1.6,
        },
        delay: Delay {
            mobilisation: Duration::from_days(4.0),
            conscience: Duration::from_days(5.0),
            other: Duration::from_days(30.0),
        },
        holding: Holding {
            on: true,
            release: Rate::from_per_year(4.0),
            fade: Duration::from_days(365.25),
            retry: Duration::from_days(60.0),
        },
        return_: Return {
            hazard: Rate::from_per_year(0.4),
            duration: -0.35,
            unemployed: 0.5,
            rent_burden: 0.6,
            burden_threshold: 0.4,
            burden_max: 2.0,
            hostility: 0.5,
            expired: 0.3,
            fear: -0.8,
            active: -1.0,
            savings: 0.0,
            no_reentry: 0.4,
            reference: ReturnReference {
                unemployed: 0.1,
                rent_burden: 0.1,
                expired: 0.05,
                fear: 0.2,
                active: 0.1,
                savings: 0.0,
            },
        },
        onward: Onward {
            hazard: Rate::from_per_year(0.4),
            rooting: 0.3,
        },
        expiry: Expiry {
            home: 0.0,
            moving: 0.4,
            irregular: 1.0,
        },
        asylum: Claiming {
            horizon: Duration::from_days(1826.25),
            removal_loss: 1.0,
            missed: 0.3,
            mistaken: 0.1,
        },
        settled: Settled {
            after: Duration::from_days(730.5),
            factor: 0.5,
        },
        rents: None,
        attitudes: None,
        belief: Belief {
            lag: Duration::from_days(0.0),
            lag_opening: Duration::from_days(0.0),
            rush: 0.0,
            rush_max: 4.0,
        },
        money: None,
        ties: None,
        repression: None,
        voice: None,
        narrative: None,
    }
}

/// One origin (index 4) of persons who are all alike, and four destinations with two channels
/// each, of equal worth; no returns, no onward moves, no holding, no delay to speak of.
pub fn alike(persons: u64, hazard: f64, steps: &[u16]) -> Scenario {
    let mut countries: Vec<_> = ["AM", "FI", "GE", "KZ", "RU"]
        .into_iter()
        .map(|code| country(code, 5))
        .collect();
    let pairs: Vec<_> = (0..5)
        .flat_map(|left| (0..left).map(move |right| (left, right, 1000.0)))
        .collect();
    set_distances(&mut countries, &pairs);
    let channels = (0..4)
        .flat_map(|country| {
            ["border", "permit"]
                .into_iter()
                .map(move |name| channel(country, name, &[4]))
        })
        .collect();
    let mut behaviour = behaviour();
    behaviour.leaving.hazard_other = Rate::from_per_year(hazard);
    behaviour.delay.other = Duration::from_days(1e-6);
    behaviour.holding.on = false;
    behaviour.return_.hazard = Rate::from_per_year(0.0);
    behaviour.onward.hazard = Rate::from_per_year(0.0);
    Scenario {
        name: "alike".to_owned(),
        title: "Persons who are all alike".to_owned(),
        currency: "USD".to_owned(),
        calendar: calendar(steps),
        documents: Vec::new(),
        segments: vec![segment("everyone", 4, persons, 5, 0)],
        countries,
        channels,
        exit_gates: Vec::new(),
        borders: Vec::new(),
        events: Vec::new(),
        behaviour,
        lifted: Lifted::AsBefore,
        reference: None,
        constants: None,
    }
}
