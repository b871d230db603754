//! What the engine can hold, told before anything is computed.

use super::error::EngineError;
use super::options::RunOptions;
use crate::population::agents_of;
use crate::scenario::{MOST_DAYS, Scenario};
use crate::units::days_between;
use crate::world::Rules;

/// What the compact records and sets can hold.
pub(super) fn check_limits(scenario: &Scenario, options: &RunOptions) -> Result<(), EngineError> {
    let refuse = |message: String| Err(EngineError::Unsupported { message });
    if options.scale == 0 {
        return refuse("scale 0: an agent has to stand for at least one person".into());
    }
    if scenario.countries.len() > 256 {
        return refuse(format!(
            "{} countries; the engine takes at most 256: put those few go to together",
            scenario.countries.len()
        ));
    }
    if scenario.channels.len() >= usize::from(u16::MAX) {
        return refuse(format!(
            "{} channels; the engine takes at most 65534: put like ones of a country together",
            scenario.channels.len()
        ));
    }
    if Rules::at(scenario, 0).origins.len() > 64 {
        return refuse(
            "more than 64 origins; the engine takes at most 64: simulate some of them apart".into(),
        );
    }
    let days = days_between(scenario.calendar.start, scenario.calendar.end);
    if days > MOST_DAYS {
        return refuse(format!(
            "{days} days; the engine takes at most {MOST_DAYS} (164 years): let it end earlier"
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
            "segment {} has {} persons, and with {} an agent (the scale) not one agent: nobody of it would be simulated; \
             give --scale {most} or less (scale = {most} in a plan)",
            segment.name,
            segment.size,
            options.scale,
            most = segment.size.max(1)
        ));
    }
    if let Some(reference) = &scenario.reference {
        let codes = |s: &Scenario| {
            s.countries
                .iter()
                .map(|c| c.code.clone())
                .collect::<Vec<_>>()
        };
        let segments = |s: &Scenario| {
            s.segments
                .iter()
                .map(|c| c.name.clone())
                .collect::<Vec<_>>()
        };
        let documents = |s: &Scenario| {
            s.documents
                .iter()
                .map(|document| document.name.clone())
                .collect::<Vec<_>>()
        };
        if codes(reference) != codes(scenario)
            || segments(reference) != segments(scenario)
            || documents(reference) != documents(scenario)
        {
            return refuse(format!(
                "the reference scenario {} has other countries, segments or documents than {}: \
                 the constants of one cannot hold for the other",
                reference.name, scenario.name
            ));
        }
    }
    Ok(())
}
