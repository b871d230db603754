//! The hazard of an aspiration to leave.

use crate::draw::math::exp;
use crate::draw::math::{exp2, ln, ln_1p, pow};
use crate::population::{Asked, Extremes, Person, Population, Stratum};
use crate::scenario::{Concerned, Motive, Scenario};
use crate::world::{MOTIVES, World};

/// A pulse of departures within a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulse {
    /// Integrated hazard in the step, per person concerned in the reference regime.
    pub integrated: f64,
    /// Whether it is in proportion to dissent (the integrated hazard is then per unit of dissent).
    pub by_dissent: bool,
    /// The motive it gives.
    pub motive: Motive,
}

/// What drives persons of one segment to leave in a step, apart from where they could go.
#[derive(Debug, Clone, PartialEq)]
pub struct Drive {
    /// Integrated quiet hazards, of others and of planners.
    quiet: [f64; 2],
    /// The persecution term of the push, by active and minority.
    persecution: [[f64; 2]; 2],
    /// exp of the persecution term.
    persecution_factor: [[f64; 2]; 2],
    /// b_U, and its exponential.
    unemployed: (f64, f64),
    unemployment: f64,
    /// b_Y.
    income_loss: f64,
    /// The reference income, in terms of income on the first day.
    reference_income: f64,
    some_minority: bool,
    pulses: Vec<Pulse>,
    common_pulses: f64,
    dissent_pulses: f64,
}

/// Returns the two terms of the push: persecution and hardship.
pub fn push_terms(drive: &Drive, person: &Person) -> (f64, f64) {
    let persecution = drive.persecution[usize::from(person.active)][usize::from(person.minority)];
    let unemployed = if person.unemployment < drive.unemployment {
        drive.unemployed.0
    } else {
        0.0
    };
    let loss = if drive.income_loss == 0.0 {
        0.0
    } else {
        drive.income_loss * ln(drive.reference_income / person.income).max(0.0)
    };
    (persecution, unemployed + loss)
}

/// The exposure to persecution rho at a level of `repression`, by active and minority.
pub fn exposure(scenario: &Scenario, repression: f64, active: bool, minority: bool) -> f64 {
    let leaving = &scenario.behaviour.leaving;
    let visibility = leaving.risk_active * f64::from(u8::from(active))
        + leaving.risk_minority * f64::from(u8::from(minority));
    (repression * exp(visibility) - leaving.community).max(0.0)
}

impl Drive {
    /// Prepares the drive of a segment in a step.
    pub fn new(
        scenario: &Scenario,
        population: &Population,
        world: &World,
        segment: usize,
        step: usize,
    ) -> Self {
        let leaving = &scenario.behaviour.leaving;
        let days = f64::from(scenario.calendar.steps[step].days);
        let origin = scenario.segments[segment].origin;
        let facts = &world.rules.countries[usize::from(origin)];
        let term = |active, minority| {
            leaving.risk * ln_1p(exposure(scenario, facts.repression, active, minority))
        };
        let persecution = [
            [term(false, false), term(false, true)],
            [term(true, false), term(true, true)],
        ];
        // The narrative told at home shifts attachment, and so everything that attachment multiplies.
        let story = world.narrative_factor(usize::from(origin));
        let mut pulses = pulses(scenario, population, segment, step);
        for pulse in &mut pulses {
            pulse.integrated *= story;
        }
        let sum = |by_dissent: bool| {
            pulses
                .iter()
                .filter(|pulse| pulse.by_dissent == by_dissent)
                .map(|pulse| pulse.integrated)
                .sum()
        };
        Self {
            quiet: [
                leaving.hazard_other.per_day() * days * story,
                leaving.hazard_planner.per_day() * days * story,
            ],
            persecution,
            persecution_factor: persecution.map(|row| row.map(exp)),
            unemployed: (leaving.unemployed, exp(leaving.unemployed)),
            unemployment: facts.unemployment,
            income_loss: leaving.income_loss,
            reference_income: world.reference_income(usize::from(origin)) / facts.real_income,
            some_minority: scenario.segments[segment].minority > 0.0,
            common_pulses: sum(false),
            dissent_pulses: sum(true),
            pulses,
        }
    }

    /// The traits that the drive depends on; choices that depend on income ask for it as well.
    pub fn asks_for(&self, choices_ask_for_income: bool) -> Asked {
        Asked {
            dissent: self.dissent_pulses > 0.0,
            income: choices_ask_for_income || self.income_loss != 0.0,
        }
    }

    /// Whether everybody leaves for ordinary reasons, so that no motive has to be drawn.
    pub fn is_only_ordinary(&self) -> bool {
        self.pulses.is_empty()
            && self.persecution == [[0.0; 2]; 2]
            && (self.unemployed.0 == 0.0 || self.unemployment <= 0.0)
            && self.income_loss == 0.0
    }

    /// The propensity a (q exp(push) dt + pulses): the integrated hazard of an aspiration in the reference regime.
    pub fn propensity(&self, person: &Person) -> f64 {
        person.attachment * (self.quiet_part(person) + self.pulse_part(person))
    }

    /// An upper bound of the propensity of a person of whom only the multiplier a and dissent are known: cheaper
    /// than all traits, and nearly as tight. `quiet` is the bound of the quiet part in the person's stratum.
    pub fn propensity_at_most(&self, quiet: f64, attachment: f64, dissent: f64) -> f64 {
        attachment * (quiet + self.common_pulses + self.dissent_pulses * dissent) * (1.0 + 1e-9)
    }

    /// Upper bounds over a stratum, of the quiet part and of the whole propensity.
    pub fn bounds(&self, stratum: &Stratum, extremes: &Extremes) -> (f64, f64) {
        let row = self.persecution_factor[usize::from(stratum.active)];
        let persecution = if self.some_minority {
            row[0].max(row[1])
        } else {
            row[0]
        };
        let unemployed = if self.unemployment > 0.0 {
            self.unemployed.1.max(1.0)
        } else {
            1.0
        };
        let loss = pow(
            (self.reference_income / extremes.income).max(1.0),
            self.income_loss,
        );
        let room = 1.0 + 1e-9;
        let quiet =
            self.quiet[usize::from(stratum.planner)] * persecution * unemployed * loss * room;
        let all = extremes.attachment
            * (quiet + self.common_pulses + self.dissent_pulses * extremes.dissent)
            * room;
        (quiet, all)
    }

    /// The motive of an aspiration, from one uniform.
    pub fn motive(&self, person: &Person, u: f64) -> Motive {
        let quiet = self.quiet_part(person);
        let mut left = u * (quiet + self.pulse_part(person));
        for pulse in &self.pulses {
            let share = if pulse.by_dissent {
                person.dissent
            } else {
                1.0
            };
            left -= pulse.integrated * share;
            if left < 0.0 {
                return pulse.motive;
            }
        }
        // The quiet part: ordinary with share exp(-push), the rest in proportion to the terms of the push.
        let (persecution, hardship) = push_terms(self, person);
        let push = persecution + hardship;
        left -= quiet * exp(-push);
        if left < 0.0 || push <= 0.0 {
            return Motive::Ordinary;
        }
        let pushed = quiet * (1.0 - exp(-push));
        if left < pushed * persecution / push {
            Motive::Persecution
        } else if hardship > 0.0 {
            Motive::Hardship
        } else {
            Motive::Persecution
        }
    }

    /// The chances of the motives of an aspiration, indexed by `Motive as usize`; they add up to 1.
    pub fn motive_odds(&self, person: &Person) -> [f64; MOTIVES] {
        let quiet = self.quiet_part(person);
        let all = quiet + self.pulse_part(person);
        let (persecution, hardship) = push_terms(self, person);
        let push = persecution + hardship;
        let mut odds = [0.0; MOTIVES];
        for pulse in &self.pulses {
            let share = if pulse.by_dissent {
                person.dissent
            } else {
                1.0
            };
            odds[pulse.motive as usize] += pulse.integrated * share / all;
        }
        let calm = if push > 0.0 { exp(-push) } else { 1.0 };
        odds[Motive::Ordinary as usize] += quiet * calm / all;
        if push > 0.0 {
            let pushed = quiet * (1.0 - calm) / all;
            odds[Motive::Persecution as usize] += pushed * persecution / push;
            odds[Motive::Hardship as usize] += pushed * hardship / push;
        }
        odds
    }

    fn quiet_part(&self, person: &Person) -> f64 {
        let mut factor =
            self.persecution_factor[usize::from(person.active)][usize::from(person.minority)];
        if person.unemployment < self.unemployment {
            factor *= self.unemployed.1;
        }
        if self.income_loss != 0.0 && person.income < self.reference_income {
            factor *= pow(self.reference_income / person.income, self.income_loss);
        }
        self.quiet[usize::from(person.planner)] * factor
    }

    fn pulse_part(&self, person: &Person) -> f64 {
        self.common_pulses + self.dissent_pulses * person.dissent
    }
}

/// The pulses that reach a segment in a step.
fn pulses(scenario: &Scenario, population: &Population, segment: usize, step: usize) -> Vec<Pulse> {
    let steps = &scenario.calendar.steps;
    let origin = scenario.segments[segment].origin;
    let mut pulses = Vec::new();
    for event in scenario.events.iter().filter(|event| event.step <= step) {
        let Some(departures) = &event.departures else {
            continue;
        };
        let begun = crate::units::days_between(steps[event.step].start, steps[step].start);
        let from = f64::from(begun);
        let to = from + f64::from(steps[step].days);
        let half_life = departures.half_life.days();
        let integrated = departures.excess * (exp2(-from / half_life) - exp2(-to / half_life));
        let (by_dissent, share) = match &departures.concerned {
            Concerned::Segments(segments) => (
                false,
                f64::from(u8::from(segments.contains(&(segment as u16)))),
            ),
            Concerned::InProportionToDissent(of) if *of == origin => {
                let mean = population.mean_dissent(scenario, origin);
                (true, if mean > 0.0 { 1.0 / mean } else { 0.0 })
            }
            Concerned::InProportionToDissent(_) => (true, 0.0),
        };
        let integrated = integrated * share;
        // A pulse long past is dropped: it causes fewer than one departure per ten billion persons and step.
        if integrated > 1e-12 {
            pulses.push(Pulse {
                integrated,
                by_dissent,
                motive: departures.motive,
            });
        }
    }
    pulses
}
