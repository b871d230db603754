//! The limits of the engine, checked before anything is computed.

use super::error::EngineError;
use super::options::RunOptions;
use crate::population::agents_of;
use crate::scenario::{MOST_DAYS, Scenario};
use crate::units::days_between;
use crate::world::Rules;

/// Checks the limits of the compact records and sets.
pub(super) fn check_limits(scenario: &Scenario, options: &RunOptions) -> Result<(), EngineError> {
    let refuse = |message: String| Err(EngineError::Unsupported { message });
    if options.scale == 0 {
        return refuse("scale 0: an agent has to stand for at least one person".into());
    }
    if scenario.countries.len() > 256 {
        return refuse(format!(
            "{} countries; the engine takes at most 256: combine those that few go to",
            scenario.countries.len()
        ));
    }
    if scenario.channels.len() >= usize::from(u16::MAX) {
        return refuse(format!(
            "{} channels; the engine takes at most 65534: combine similar ones of a country",
            scenario.channels.len()
        ));
    }
    if Rules::at(scenario, 0).origins.len() > 64 {
        return refuse(
            "more than 64 origins; the engine takes at most 64: simulate some of them separately"
                .into(),
        );
    }
    let days = days_between(scenario.calendar.start, scenario.calendar.end);
    if days > MOST_DAYS {
        return refuse(format!(
            "{days} days; the engine takes at most {MOST_DAYS} (164 years): let the run end earlier"
        ));
    }
    if let Some(segment) = scenario
        .segments
        .iter()
        .find(|segment| segment.size / options.scale >= u64::from(u32::MAX))
    {
        return refuse(format!(
            "segment {} has {} persons; a segment takes at most 4294967294 agents: raise the scale or split it",
            segment.name, segment.size
        ));
    }
    if let Some(segment) = scenario
        .segments
        .iter()
        .filter(|segment| agents_of(segment.size, options.scale) == 0)
        .min_by_key(|segment| segment.size)
    {
        return refuse(format!(
            "segment {} has {} persons, which at {} persons per agent (the scale) is not one agent: nobody in it would \
             be simulated; give --scale {most} or less (scale = {most} in a plan)",
            segment.name,
            segment.size,
            options.scale,
            most = segment.size.max(1)
        ));
    }
    match &scenario.reference {
        Some(reference) => check_reference(scenario, reference),
        None => Ok(()),
    }
}

/// Checks that a scenario and its reference list the same things in the same order, as shared constants require.
fn check_reference(scenario: &Scenario, reference: &Scenario) -> Result<(), EngineError> {
    let Some(unlike) = scenario.lists_otherwise(reference) else {
        return Ok(());
    };
    Err(EngineError::Unsupported {
        message: format!(
            "the reference scenario {} has {unlike} than {}, and constants of one cannot hold for the other: let `extends` \
             and `reference` of {} name the same file, or list in both what stands in one alone",
            reference.name, scenario.name, scenario.name,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;

    #[test]
    fn a_reference_that_lists_other_things_is_refused_with_what_stands_in_one_alone() {
        let text = concat!(
            include_str!("../../tests/support/rich.toml"),
            include_str!("../../tests/support/behaviour.toml")
        );
        let source = Source::parse("policy", text).unwrap_or_else(|problems| panic!("{problems}"));
        let scenario = source.scenario();
        let refused = |change: &dyn Fn(&mut Scenario)| {
            let mut reference = Scenario::clone(scenario);
            reference.name = "base".into();
            change(&mut reference);
            let checked = check_reference(scenario, &reference);
            checked.err().map(|error| error.to_string())
        };
        assert_eq!(refused(&|_| {}), None);
        let said = refused(&|reference| {
            reference.countries[1].code = "XZ".into();
            reference.segments.swap(0, 1);
        });
        let said = said.unwrap();
        let code = &scenario.countries[1].code;
        let expected = format!(
            "base has other countries ({code} in {} alone; XZ in base alone) and the same segments in another order than",
            scenario.name
        );
        assert!(said.contains(&expected), "{said}");
        assert!(said.contains("name the same file"), "{said}");
    }
}
