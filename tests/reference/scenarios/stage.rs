//! A stage for scenarios of border policy: one origin, four destinations, three segments.

use super::{behaviour, calendar, country, segment, set_distances};
use exeunt::scenario::{Distribution, Lifted, Scenario, Segment};
use exeunt::units::{Duration, Money, MoneyFlow, Rate};

pub const AM: u16 = 0;
pub const FI: u16 = 1;
pub const GE: u16 = 2;
pub const KZ: u16 = 3;
pub const RU: u16 = 4;

pub const ACTIVISTS: u16 = 0;
pub const OTHERS: u16 = 1;
pub const OFFICIALS: u16 = 2;

/// Nobody can go anywhere yet.
pub fn stage(name: &str, title: &str, lengths: &[u16]) -> Scenario {
    let mut countries: Vec<_> = ["AM", "FI", "GE", "KZ", "RU"]
        .into_iter()
        .map(|code| country(code, 5))
        .collect();
    let facts = [
        (3e6, 400.0, 0.10, 0.3, 60.0),
        (5.5e6, 2000.0, 0.08, -1.0, 200.0),
        (3.7e6, 450.0, 0.15, 0.2, 80.0),
        (19e6, 500.0, 0.05, -1.0, 50.0),
        (146e6, 600.0, 0.05, 0.0, 0.0),
    ];
    for (country, (population, wage, unemployment, constant, travel)) in
        countries.iter_mut().zip(facts)
    {
        country.population = population;
        country.wage = MoneyFlow::from_per_month(wage);
        country.unemployment = unemployment;
        country.constant = constant;
        country.travel = Money::new(travel);
    }
    countries[usize::from(RU)].repression = 0.2;
    let distances = [
        (0, 1, 2500.0),
        (0, 2, 170.0),
        (0, 3, 2300.0),
        (0, 4, 1800.0),
        (1, 2, 2400.0),
        (1, 3, 3600.0),
        (1, 4, 890.0),
        (2, 3, 2550.0),
        (2, 4, 1650.0),
        (3, 4, 3100.0),
    ];
    set_distances(&mut countries, &distances);
    let mut behaviour = behaviour();
    behaviour.leaving.hazard_other = Rate::from_per_year(1.5);
    behaviour.return_.hazard = Rate::from_per_year(0.8);
    behaviour.onward.hazard = Rate::from_per_year(0.5);
    behaviour.delay.other = Duration::from_days(15.0);
    Scenario {
        name: name.to_owned(),
        title: title.to_owned(),
        currency: "USD".to_owned(),
        calendar: calendar(lengths),
        documents: Vec::new(),
        segments: segments(),
        countries,
        channels: Vec::new(),
        exit_gates: Vec::new(),
        borders: Vec::new(),
        events: Vec::new(),
        behaviour,
        lifted: Lifted::AsBefore,
        reference: None,
        constants: None,
    }
}

fn segments() -> Vec<Segment> {
    let traits = |name, size| Segment {
        age: Distribution::Uniform {
            low: 18.0,
            high: 60.0,
        },
        minority: 0.1,
        income: Distribution::Lognormal {
            median: 500.0,
            sigma: 0.5,
            min: 200.0,
            max: 4000.0,
        },
        savings: Distribution::Lognormal {
            median: 2500.0,
            sigma: 0.9,
            min: 0.0,
            max: 50_000.0,
        },
        remote: 0.3,
        renters: 0.8,
        ..segment(name, RU, size, 5, 0)
    };
    vec![
        Segment {
            active: 0.5,
            evidence: 0.6,
            ..traits("activists", 900)
        },
        traits("everyone-else", 2600),
        traits("officials", 700),
    ]
}
