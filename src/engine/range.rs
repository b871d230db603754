//! Checks that numbers within their individual limits do not leave the computable range together: a value
//! of a place of exp(1000), a hazard of 1e50 a week. Such a run is stopped with an explanation; it never
//! continues with infinities, nor with zeros that stand for numbers too small to represent.

use super::bounds::{SegmentBounds, largest};
use super::detention::RepressionStep;
use super::error::EngineError;
use crate::draw::math::ln_1p;
use crate::model::{OutOfRange, Outlook};
use crate::scenario::{Constants, Scenario};
use crate::world::World;

/// The largest integrated hazard allowed in a step: at 30 nobody is left, and far above it marks would be
/// walked through hundreds of layers.
const MOST_HAZARD: f64 = 1e6;
/// The same for persons abroad, where a bound is only compared with a mark.
const MOST_HAZARD_ABROAD: f64 = 1e12;
/// The largest magnitude allowed of a constant of normalisation, log-utility.
const MOST_CONSTANT: f64 = 300.0;
/// The largest magnitude allowed of the logarithm of a rent over that of the first day.
const MOST_LOG_RENT: f64 = 50.0;

fn refuse(scenario: &Scenario, step: usize, what: &str, cure: &str) -> EngineError {
    let date = scenario
        .calendar
        .steps
        .get(step)
        .map_or(scenario.calendar.end, |step| step.start);
    EngineError::OutOfRange {
        message: format!(
            "in the step from {date} {what}, which cannot be computed: {cure}; \
             `exeunt show SCENARIO PATH` shows what a value is and where it comes from"
        ),
    }
}

/// Checks the constants, computed or given.
pub fn check_constants(scenario: &Scenario, constants: &Constants) -> Result<(), EngineError> {
    const CURE: &str = "look at behaviour.choice and at the facts of countries on the first day \
                        (or at [constants], if the file gives them)";
    let within = |value: f64| value.abs() <= MOST_CONSTANT;
    for (segment, value) in scenario.segments.iter().zip(&constants.inclusive_value) {
        // Minus infinity is legitimate: nobody of the segment can go anywhere on the first day.
        if *value != f64::NEG_INFINITY && !within(*value) {
            let what = format!(
                "the value of leaving of segment {} is {value}",
                segment.name
            );
            return Err(refuse(scenario, 0, &what, CURE));
        }
    }
    for (name, value) in [
        ("onward pull", constants.onward_pull),
        ("host value", constants.host_value),
    ] {
        if !within(value) {
            let what = format!("the {name} of newcomers is {value}");
            return Err(refuse(scenario, 0, &what, CURE));
        }
    }
    Ok(())
}

/// Checks what is added to the value of a place or of an alternative abroad, whatever else it is worth.
pub fn check_additions(scenario: &Scenario, constants: &Constants) -> Result<(), EngineError> {
    let behaviour = &scenario.behaviour;
    let expiry = &behaviour.expiry;
    let kin = behaviour.ties.as_ref().map_or(0.0, |ties| {
        // At most, all ties of a person live in one place.
        ties.kin * ln_1p(f64::from(2 * ties.near + ties.far))
    });
    for (path, value) in [
        ("behaviour.expiry.home", constants.host_value + expiry.home),
        ("behaviour.expiry.moving", expiry.moving),
        ("behaviour.expiry.irregular", expiry.irregular),
        ("behaviour.ties.kin", kin),
    ] {
        if value.is_nan() || value.abs() > MOST_CONSTANT {
            let what = format!("{path} can make a value of {value} units of log-odds");
            return Err(refuse(scenario, 0, &what, &format!("look at {path}")));
        }
    }
    Ok(())
}

/// Checks the hazards of detention.
pub fn check_detention(
    scenario: &Scenario,
    repression: Option<&RepressionStep<'_>>,
    step: usize,
) -> Result<(), EngineError> {
    let all = repression.iter().flat_map(|step| &step.detention);
    for hazard in all.flat_map(|detention| [false, true].map(|active| detention.hazard(active))) {
        if hazard.is_nan() || hazard > MOST_HAZARD {
            let what = format!("the hazard of detention may reach {hazard:e}");
            let cure = "look at behaviour.repression, country.ORIGIN.repression (now over that of the first day) and \
                        country.ORIGIN.crackdown";
            return Err(refuse(scenario, step, &what, cure));
        }
    }
    Ok(())
}

/// Checks the values of places and the costs of channels.
pub fn check_outlook(
    scenario: &Scenario,
    outlook: &Outlook,
    step: usize,
) -> Result<(), EngineError> {
    let has_channels = |country: &u16| {
        scenario
            .channels
            .iter()
            .any(|channel| channel.country == *country)
    };
    let hosts: Vec<u16> = (0..scenario.countries.len() as u16)
        .filter(has_channels)
        .collect();
    for (class, home) in (0u32..).zip(&outlook.home) {
        let home = std::iter::once(home);
        let abroad = hosts.iter().map(|&here| outlook.from_abroad(class, here));
        let Some(found) = home.chain(abroad).find_map(|menu| menu.out_of_range()) else {
            continue;
        };
        let code = |country: u16| &scenario.countries[usize::from(country)].code;
        let (what, cure) = match found {
            OutOfRange::Channels { country } => (
                format!("the costs of a channel of {} over behaviour.choice.mu are beyond 575", code(country)),
                "raise behaviour.choice.mu, or lower behaviour.choice.visa, behaviour.choice.refusal or behaviour.status".to_owned(),
            ),
            OutOfRange::Value { country } => (
                format!("the value of {} as a destination is beyond 230 units of log-odds", code(country)),
                format!("look at country.{}.constant, wage, population, distance and market, and at their weights in behaviour.choice", code(country)),
            ),
        };
        return Err(refuse(scenario, step, &what, &cure));
    }
    Ok(())
}

/// Checks the bounds on hazards.
pub fn check_hazards(
    scenario: &Scenario,
    bounds: &[SegmentBounds],
    step: usize,
) -> Result<(), EngineError> {
    for (segment, bounds) in scenario.segments.iter().zip(bounds) {
        let leaving = bounds.strata.iter().map(|stratum| stratum.hazard);
        let rules = [
            (
                "leaving",
                leaving.fold(0.0, largest),
                MOST_HAZARD,
                "behaviour.leaving and country.ORIGIN.repression, and at the choice set",
            ),
            (
                "return",
                bounds.most_abroad[0],
                MOST_HAZARD_ABROAD,
                "behaviour.return and country.ORIGIN.return_pull",
            ),
            (
                "moving on",
                bounds.most_abroad[1],
                MOST_HAZARD_ABROAD,
                "behaviour.onward and behaviour.choice",
            ),
        ];
        for (rule, hazard, most, cure) in rules {
            if hazard.is_nan() || hazard > most {
                let what = format!(
                    "the hazard of {rule} in segment {} may reach {hazard:e}",
                    segment.name
                );
                return Err(refuse(scenario, step, &what, &format!("look at {cure}")));
            }
        }
    }
    Ok(())
}

/// Checks the rents after a step.
pub fn check_rents(scenario: &Scenario, world: &World, step: usize) -> Result<(), EngineError> {
    for (country, rent) in scenario.countries.iter().zip(&world.rents) {
        if rent.log_index.is_nan() || rent.log_index.abs() > MOST_LOG_RENT {
            let what = format!(
                "the rents of {} are exp({}) times those of the first day",
                country.code, rent.log_index
            );
            let cure = format!(
                "look at country.{}.market and behaviour.rents",
                country.code
            );
            return Err(refuse(scenario, step, &what, &cure));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
