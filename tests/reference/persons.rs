//! Persons and their fixed traits, drawn one by one.

use exeunt::scenario::{Distribution, Scenario, Segment};
use rand::{Rng, RngExt};
use rand_distr::{Beta, Distribution as _, Exp1, LogNormal, StandardNormal};

/// Attachment is cut at so many standard deviations.
const ATTACHMENT_CUT: f64 = 2.0;

/// A person with traits that never change.
#[derive(Debug, Clone)]
pub struct Person {
    pub segment: usize,
    pub origin: usize,
    /// a: the multiplier of every hazard of leaving, mean 1 over the segment's distribution.
    pub propensity: f64,
    pub planner: bool,
    pub active: bool,
    pub minority: bool,
    pub at_risk: bool,
    pub male: bool,
    pub higher_education: bool,
    pub remote: bool,
    pub renter: bool,
    pub draft_notice: bool,
    pub dissent: f64,
    /// Currency units a month.
    pub income: f64,
    /// Currency units.
    pub savings: f64,
    /// Years.
    pub age: f64,
    /// Bit n = document n.
    pub documents: u32,
    /// By document: the part of its validity that is left when issue stops.
    pub document_life: Vec<f64>,
    pub speaks: Vec<bool>,
    pub kin: Vec<bool>,
    pub ancestry: Vec<bool>,
    pub employer: Vec<bool>,
    /// Unemployed where the rate is above this.
    pub unemployed_above: f64,
    /// By exit gate: barred where the share is above this.
    pub barred_above: Vec<f64>,
    /// By channel: refused by mistake where the share is above this.
    pub mistaken_above: Vec<f64>,
    /// A remote worker keeps the work on leaving where the share is above this.
    pub work_kept_above: f64,
    /// Works where it has no right to if this is below the share who do.
    pub informal_above: f64,
    /// How long work that is kept lasts after leaving, in mean times.
    pub work_lasts: f64,
    /// Identified by the authorities, if active, where surveillance is above this.
    pub identified_above: f64,
}

/// Everybody, segment by segment.
pub fn population(scenario: &Scenario, rng: &mut impl Rng) -> Vec<Person> {
    let spread = scenario.behaviour.leaving.attachment_spread;
    let mut persons = Vec::new();
    for (index, segment) in scenario.segments.iter().enumerate() {
        let mean_propensity = match &segment.propensity {
            Some(distribution) => mean(distribution),
            None => mean_of_attachment(spread),
        };
        for _ in 0..segment.size {
            let multiplier = match &segment.propensity {
                Some(distribution) => draw(distribution, rng),
                None => (-spread * cut_normal(rng)).exp(),
            };
            let propensity = multiplier / mean_propensity;
            persons.push(person(index, segment, propensity, scenario, rng));
        }
    }
    persons
}

fn person(
    index: usize,
    segment: &Segment,
    propensity: f64,
    scenario: &Scenario,
    rng: &mut impl Rng,
) -> Person {
    let active = yes(segment.active, rng);
    Person {
        segment: index,
        origin: usize::from(segment.origin),
        propensity,
        planner: yes(segment.planner, rng),
        active,
        minority: yes(segment.minority, rng),
        at_risk: yes(segment.evidence, rng) && active,
        male: yes(segment.male, rng),
        higher_education: yes(segment.higher_education, rng),
        remote: yes(segment.remote, rng),
        renter: yes(segment.renters, rng),
        draft_notice: yes(segment.draft_notice, rng),
        dissent: draw(&segment.dissent, rng),
        income: draw(&segment.income, rng),
        savings: draw(&segment.savings, rng),
        age: draw(&segment.age, rng),
        documents: segment
            .holds
            .iter()
            .enumerate()
            .fold(0, |held, (document, share)| {
                held | (u32::from(yes(*share, rng)) << document)
            }),
        document_life: segment.holds.iter().map(|_| rng.random()).collect(),
        speaks: yes_each(&segment.speaks, rng),
        kin: yes_each(&segment.kin, rng),
        ancestry: yes_each(&segment.ancestry, rng),
        employer: yes_each(&segment.employer, rng),
        unemployed_above: rng.random(),
        barred_above: scenario.exit_gates.iter().map(|_| rng.random()).collect(),
        mistaken_above: scenario.channels.iter().map(|_| rng.random()).collect(),
        work_kept_above: rng.random(),
        informal_above: rng.random(),
        work_lasts: Exp1.sample(rng),
        identified_above: rng.random(),
    }
}

fn yes(share: f64, rng: &mut impl Rng) -> bool {
    rng.random::<f64>() < share
}

fn yes_each(shares: &[f64], rng: &mut impl Rng) -> Vec<bool> {
    shares.iter().map(|share| yes(*share, rng)).collect()
}

fn cut_normal(rng: &mut impl Rng) -> f64 {
    loop {
        let z: f64 = StandardNormal.sample(rng);
        if z.abs() <= ATTACHMENT_CUT {
            return z;
        }
    }
}

/// A draw from a distribution of the scenario.
pub fn draw(distribution: &Distribution, rng: &mut impl Rng) -> f64 {
    match distribution {
        Distribution::Constant(value) => *value,
        Distribution::Uniform { low, high } => low + (high - low) * rng.random::<f64>(),
        Distribution::Beta { alpha, beta } => Beta::new(*alpha, *beta)
            .expect("shapes above zero")
            .sample(rng),
        Distribution::Lognormal {
            median,
            sigma,
            min,
            max,
        } => {
            let uncut = LogNormal::new(median.ln(), *sigma).expect("a spread of zero or more");
            loop {
                let value = uncut.sample(rng);
                if (*min..=*max).contains(&value) {
                    return value;
                }
            }
        }
        Distribution::Mixture(parts) => {
            let mut left: f64 = rng.random();
            for (share, part) in parts {
                if left < *share {
                    return draw(part, rng);
                }
                left -= share;
            }
            draw(&parts.last().expect("a mixture of something").1, rng)
        }
    }
}

/// The mean of a distribution of the scenario.
pub fn mean(distribution: &Distribution) -> f64 {
    match distribution {
        Distribution::Constant(value) => *value,
        Distribution::Uniform { low, high } => (low + high) / 2.0,
        Distribution::Beta { alpha, beta } => alpha / (alpha + beta),
        Distribution::Lognormal {
            median,
            sigma,
            min,
            max,
        } => {
            let low = (min.ln() - median.ln()) / sigma;
            let high = (max.ln() - median.ln()) / sigma;
            median * (sigma * sigma / 2.0).exp() * (normal(high - sigma) - normal(low - sigma))
                / (normal(high) - normal(low))
        }
        Distribution::Mixture(parts) => parts.iter().map(|(share, part)| share * mean(part)).sum(),
    }
}

/// The mean of exp(-spread z), z standard normal, cut.
fn mean_of_attachment(spread: f64) -> f64 {
    (spread * spread / 2.0).exp()
        * (normal(ATTACHMENT_CUT + spread) - normal(spread - ATTACHMENT_CUT))
        / (normal(ATTACHMENT_CUT) - normal(-ATTACHMENT_CUT))
}

/// The standard normal distribution function.
fn normal(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_pcg::Pcg64;

    #[test]
    fn means_are_the_means_of_the_draws() {
        let mut rng = Pcg64::seed_from_u64(1);
        let cut = Distribution::Lognormal {
            median: 450.0,
            sigma: 0.9,
            min: 150.0,
            max: 2000.0,
        };
        let mixture = Distribution::Mixture(vec![
            (0.8, cut.clone()),
            (
                0.2,
                Distribution::Uniform {
                    low: 0.0,
                    high: 100.0,
                },
            ),
        ]);
        let beta = Distribution::Beta {
            alpha: 2.0,
            beta: 5.0,
        };
        let open_below = Distribution::Lognormal {
            median: 900.0,
            sigma: 1.2,
            min: 0.0,
            max: 100_000.0,
        };
        for distribution in [cut, mixture, beta, open_below] {
            let draws: Vec<f64> = (0..200_000)
                .map(|_| draw(&distribution, &mut rng))
                .collect();
            assert_mean(&draws, mean(&distribution));
        }
        let attachments: Vec<f64> = (0..200_000)
            .map(|_| (-0.5 * cut_normal(&mut rng)).exp())
            .collect();
        assert_mean(&attachments, mean_of_attachment(0.5));
    }

    fn assert_mean(draws: &[f64], expected: f64) {
        let (mean, error) = crate::statistics::mean_and_error(draws);
        assert!(
            (mean - expected).abs() < 4.0 * error,
            "{mean} drawn, {expected} expected, standard error {error}"
        );
    }
}
