//! The hazard of an aspiration, its motive, and its judgement under sets of rules.

use crate::choice::{View, inclusive_value};
use crate::persons::{Person, mean};
use crate::replay::start_of;
use crate::world::World;
use exeunt::scenario::{Behaviour, Concerned, Departures, Motive, Scenario};
use exeunt::units::DAYS_PER_YEAR;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1, Gamma};

/// Shape of the delay between decision and departure.
const DELAY_SHAPE: f64 = 3.0;

/// rho: persecution of a person beyond what its community shields.
pub fn persecution(behaviour: &Behaviour, world: &World, person: &Person) -> f64 {
    let leaving = &behaviour.leaving;
    let weight = leaving.risk_active * f64::from(u8::from(person.active))
        + leaving.risk_minority * f64::from(u8::from(person.minority));
    (world.countries[person.origin].repression * weight.exp() - leaving.community).max(0.0)
}

/// The hardship of a person at home, as it raises the quiet hazard.
pub fn hardship(view: View<'_>) -> f64 {
    Push::of(view).hardship
}

/// The terms that raise the quiet hazard.
#[derive(Debug, Clone, Copy)]
struct Push {
    persecution: f64,
    hardship: f64,
}

impl Push {
    fn of(view: View<'_>) -> Self {
        let leaving = &view.behaviour.leaving;
        let person = view.person;
        let origin = &view.world.countries[person.origin];
        let unemployed = person.unemployed_above < origin.unemployment;
        let lost_income = (view.world.first_income[person.origin] / view.income).ln();
        Self {
            persecution: leaving.risk
                * (1.0 + persecution(view.behaviour, view.world, person)).ln(),
            hardship: leaving.unemployed * f64::from(u8::from(unemployed))
                + leaving.income_loss * lost_income.max(0.0),
        }
    }

    fn total(self) -> f64 {
        self.persecution + self.hardship
    }
}

/// The hazard of an aspiration, integrated over a step, by what drives it.
#[derive(Debug, Clone)]
pub struct Drive {
    /// All of it.
    pub total: f64,
    parts: Vec<(Motive, f64)>,
}

impl Drive {
    /// H of a person over a step; `view` must look at the open world.
    pub fn over_step(
        scenario: &Scenario,
        step: usize,
        view: View<'_>,
        open_values: &[f64],
        reference: f64,
    ) -> Self {
        let behaviour = view.behaviour;
        let open = inclusive_value(open_values);
        if open == f64::NEG_INFINITY || reference == f64::NEG_INFINITY {
            return Self {
                total: 0.0,
                parts: Vec::new(),
            };
        }
        let attraction = (behaviour.choice.lambda * (open - reference)).exp();
        let story = view.world.shifts[view.person.origin].exp();
        let common = attraction * view.person.propensity * story;
        let rate = if view.person.planner {
            behaviour.leaving.hazard_planner
        } else {
            behaviour.leaving.hazard_other
        };
        let days = f64::from(scenario.calendar.steps[step].days);
        let push = Push::of(view);
        let quiet = common * rate.per_year() * (days / DAYS_PER_YEAR) * push.total().exp();
        let ordinary = (-push.total()).exp();
        let pushed = |term: f64| {
            if push.total() > 0.0 {
                quiet * (1.0 - ordinary) * term / push.total()
            } else {
                0.0
            }
        };
        let mut parts = vec![
            (Motive::Ordinary, quiet * ordinary),
            (Motive::Persecution, pushed(push.persecution)),
            (Motive::Hardship, pushed(push.hardship)),
        ];
        for event in scenario.events.iter().filter(|event| event.step <= step) {
            if let Some(pulse) = &event.departures {
                let since = start_of(scenario, step) - start_of(scenario, event.step);
                let half_lives = |days: f64| days / pulse.half_life.days();
                let excess = pulse.excess
                    * ((-half_lives(since)).exp2() - (-half_lives(since + days)).exp2());
                let share = share_concerned(scenario, pulse, view.person);
                parts.push((pulse.motive, common * share * excess));
            }
        }
        Self {
            total: parts.iter().map(|(_, part)| part).sum(),
            parts,
        }
    }

    /// The motive of an aspiration, in proportion to what each part adds.
    pub fn motive(&self, rng: &mut impl Rng) -> Motive {
        let mut left = rng.random::<f64>() * self.total;
        for (motive, part) in &self.parts {
            if left < *part {
                return *motive;
            }
            left -= part;
        }
        Motive::Ordinary
    }
}

fn share_concerned(scenario: &Scenario, pulse: &Departures, person: &Person) -> f64 {
    match &pulse.concerned {
        Concerned::Segments(segments) => {
            let concerned = segments
                .iter()
                .any(|segment| usize::from(*segment) == person.segment);
            f64::from(u8::from(concerned))
        }
        Concerned::InProportionToDissent(origin) if usize::from(*origin) == person.origin => {
            let of_origin = scenario
                .segments
                .iter()
                .filter(|segment| segment.origin == *origin);
            let persons: f64 = of_origin.clone().map(|segment| segment.size as f64).sum();
            let dissent: f64 = of_origin
                .map(|segment| segment.size as f64 * mean(&segment.dissent))
                .sum();
            person.dissent / (dissent / persons)
        }
        Concerned::InProportionToDissent(_) => 0.0,
    }
}

/// The delay between a decision and its departure, days.
pub fn delay_days(behaviour: &Behaviour, motive: Motive, rng: &mut impl Rng) -> f64 {
    let mean = match motive {
        Motive::Mobilisation => behaviour.delay.mobilisation,
        Motive::Conscience => behaviour.delay.conscience,
        Motive::Ordinary | Motive::Persecution | Motive::Hardship => behaviour.delay.other,
    };
    Gamma::new(DELAY_SHAPE, mean.days() / DELAY_SHAPE)
        .expect("a mean delay above zero")
        .sample(rng)
}

/// The draws with which one aspiration is judged, now and for as long as it is held.
#[derive(Debug, Clone)]
pub struct Aspiration {
    pub motive: Motive,
    /// A, by country.
    first: Vec<f64>,
    /// B, by country.
    further: Vec<f64>,
    /// Y.
    urgency: f64,
    /// U.
    threshold: f64,
    /// E, by channel.
    channel: Vec<f64>,
}

impl Aspiration {
    /// Fresh draws.
    pub fn draw(scenario: &Scenario, motive: Motive, rng: &mut impl Rng) -> Self {
        let mut exponentials =
            |number: usize| -> Vec<f64> { (0..number).map(|_| Exp1.sample(rng)).collect() };
        let countries = scenario.countries.len();
        Self {
            motive,
            first: exponentials(countries),
            further: exponentials(countries),
            channel: exponentials(scenario.channels.len()),
            urgency: Gamma::new(1.0 - scenario.behaviour.choice.lambda, 1.0)
                .expect("lambda below one")
                .sample(rng),
            threshold: rng.random(),
        }
    }

    /// The country to which the person goes under a set of rules, if it goes.
    pub fn destination(&self, lambda: f64, open_values: &[f64], values: &[f64]) -> Option<usize> {
        let open_to = |country: &usize| open_values[*country] > f64::NEG_INFINITY;
        let favourite = (0..open_values.len())
            .filter(open_to)
            .min_by(|left, right| {
                let when = |country: usize| self.first[country] * (-open_values[country]).exp();
                when(*left).total_cmp(&when(*right))
            })?;
        let soonest = self.urgency * (-inclusive_value(open_values)).exp();
        let time_of = |country: usize| {
            if country == favourite {
                soonest
            } else {
                soonest + self.further[country] * (-open_values[country]).exp()
            }
        };
        let (best, merit) = (0..values.len())
            .filter(|country| values[*country] > f64::NEG_INFINITY)
            .map(|country| {
                let merit = values[country] - open_values[country] - time_of(country).ln();
                (country, merit)
            })
            .max_by(|left, right| left.1.total_cmp(&right.1))?;
        let goes = self.threshold < (lambda * (merit + soonest.ln())).exp();
        goes.then_some(best)
    }

    /// The channel the person takes into a country.
    pub fn channel(&self, view: View<'_>, country: usize) -> usize {
        let mu = view.behaviour.choice.mu;
        let score = |channel: usize| self.channel[channel] * (view.cost(channel) / mu).exp();
        view.usable_channels(country)
            .min_by(|left, right| score(*left).total_cmp(&score(*right)))
            .expect("a country with a value has a channel")
    }
}
