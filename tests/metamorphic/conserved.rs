//! What holds in every run: persons are somewhere once, places and capacities are never exceeded, parts
//! add up to the whole.

use crate::cases::{ensure, hold, number};
use crate::recipe::any;
use crate::support::{flow, flow_of, simulation, watch};
use exeunt::engine::StepReport;
use exeunt::scenario::Scenario;
use exeunt::units::DAYS_PER_MONTH;
use exeunt::world::{FlowEvent, Rules, Stocks};
use std::collections::BTreeMap;

/// Where every person is, and how many came and went.
fn persons_are_somewhere(
    scenario: &Scenario,
    report: &StepReport<'_>,
    before: Option<&Stocks>,
) -> Result<(), String> {
    let mut abroad = 0;
    for (index, stocks) in report.stocks.segments.iter().enumerate() {
        let confined = report
            .confinement
            .stocks
            .get(index)
            .copied()
            .unwrap_or_default();
        let applying = report.waiting.applying[index];
        let somewhere =
            stocks.at_home + applying + confined.detained + confined.mobilised + stocks.abroad;
        ensure(
            somewhere == stocks.persons && stocks.persons == scenario.segments[index].size,
            || {
                format!(
                    "{}: {somewhere} of {stocks:?}, {confined:?}",
                    scenario.segments[index].name
                )
            },
        )?;
        ensure(
            stocks.held.iter().sum::<u64>() + stocks.departing <= stocks.at_home,
            || format!("more are held or departing than are at home: {stocks:?}"),
        )?;
        abroad += stocks.abroad;
    }
    let stays: u64 = report.stocks.abroad.iter().sum();
    let in_transit: u64 = report.waiting.in_transit.iter().sum();
    ensure(stays + in_transit == abroad, || {
        format!("{stays} stay and {in_transit} are in transit, of {abroad} abroad")
    })?;
    let Some(before) = before else { return Ok(()) };
    for (country, facts) in scenario.countries.iter().enumerate() {
        let here = country as u16;
        let arrived = flow_of(report, FlowEvent::Arrived, |key| key.to == here);
        let gone: u64 = [
            FlowEvent::MovedOn,
            FlowEvent::Returned,
            FlowEvent::Expelled,
            FlowEvent::Rendered,
        ]
        .into_iter()
        .map(|event| flow_of(report, event, |key| key.from == here))
        .sum();
        ensure(
            report.stocks.newcomers(country) + gone == before.newcomers(country) + arrived,
            || format!("{}: {arrived} arrived, {gone} went", facts.code),
        )?;
    }
    Ok(())
}

#[test]
fn persons() {
    hold(number(12, 80), &any(), |recipe| {
        let scenario = recipe.scenario();
        let mut before: Option<Stocks> = None;
        let mut found = Ok(());
        let mut away = 0;
        watch(&mut simulation(&scenario, recipe.seed, 2), |report| {
            if found.is_ok() {
                found = persons_are_somewhere(&scenario, report, before.as_ref())
                    .map_err(|how| format!("{}: {how}", report.date));
            }
            away = report.stocks.newcomers(scenario.countries.len() - 1);
            before = Some(report.stocks.clone());
        });
        found?;
        // Those of a country left out, it would not add up.
        Ok(away > 0)
    });
}

/// Places of quotas by calendar month, of steps that lie in one month; capacities of borders.
#[test]
fn quotas_and_capacities_are_never_exceeded() {
    hold(number(16, 80), &any(), |recipe| {
        let scenario = recipe.scenario();
        let mut used: BTreeMap<(u16, i16, i8), u64> = BTreeMap::new();
        // By channel: how many have passed its border so far, and how many it might have let pass.
        let mut passes: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
        let mut found = Ok(());
        let mut full = false;
        watch(&mut simulation(&scenario, recipe.seed, 2), |report| {
            let Some(step) = report.step else { return };
            let rules = Rules::at(&scenario, step);
            for queue in &report.waiting.queues {
                let taken = report.waiting.places.iter();
                let taken: u64 = taken
                    .filter(|places| places.channel == queue.channel)
                    .map(|places| places.agents)
                    .sum();
                if taken != queue.used && found.is_ok() {
                    found = Err(format!("{}: {taken} of {queue:?} by origin", report.date));
                }
                let size = rules.channels[usize::from(queue.channel)].quota;
                if !size.is_finite() || queue.quota.is_none() {
                    continue;
                }
                // A step over the end of a month takes from both.
                let first = scenario.calendar.steps[step].start;
                let months = 1 + u64::from(first.month() != report.date.month());
                let of_month = (queue.channel, report.date.year(), report.date.month());
                let sum = used.entry(of_month).or_default();
                if months == 1 {
                    *sum += queue.used;
                }
                if found.is_ok()
                    && (*sum > size.ceil() as u64 || queue.used > months * size.ceil() as u64)
                {
                    found = Err(format!(
                        "{}: {sum} of {size} places, {queue:?}",
                        report.date
                    ));
                }
                full |= queue.used > 0 && queue.waiting > 0;
            }
            for (channel, rule) in scenario.channels.iter().enumerate() {
                let [[border]] = rule.routes.iter().map(Vec::as_slice).collect::<Vec<_>>()[..]
                else {
                    continue;
                };
                let passed: u64 = [FlowEvent::Left, FlowEvent::HandedOver]
                    .into_iter()
                    .map(|event| flow_of(report, event, |key| usize::from(key.channel) == channel))
                    .sum();
                let a_day = rules.borders[usize::from(*border)].capacity / DAYS_PER_MONTH;
                let most = a_day * f64::from(report.days);
                let [so_far, turns] = passes.entry(channel).or_insert([0.0; 2]);
                (*so_far, *turns) = (*so_far + passed as f64, *turns + most);
                // (Parts of a person are made up for; a capacity that comes out at a whole number may be off by a
                // rounding.)
                let exceeded = passed as f64 > (most - 1e-6).ceil() || *so_far > *turns + 1e-6;
                if found.is_ok() && exceeded {
                    found = Err(format!(
                        "{}: {passed} past a border for {most}",
                        report.date
                    ));
                }
                full |= passed > 0 && passed as f64 >= most.floor();
            }
        });
        found?;
        Ok(full)
    });
}

/// Who is refused by mistake is among the refused, on the same way; who is not caught never is.
#[test]
fn mistakes_are_refusals() {
    hold(number(12, 60), &any(), |recipe| {
        let scenario = recipe.scenario();
        let mut found = Ok(());
        let mut mistaken = 0;
        watch(&mut simulation(&scenario, recipe.seed, 2), |report| {
            for (key, agents) in &report.tally.flows {
                if key.event != FlowEvent::WronglyRefused {
                    continue;
                }
                mistaken += agents;
                let refused = flow_of(report, FlowEvent::Refused, |other| {
                    (other.segment, other.from, other.to, other.channel)
                        == (key.segment, key.from, key.to, key.channel)
                });
                let channel = usize::from(key.channel);
                let caught = scenario.ever_refuse_by_mistake()[channel]
                    && scenario.segments[usize::from(key.segment)].name == "activists";
                if *agents > refused || !caught {
                    found = Err(format!("{}: {key:?} {agents} of {refused}", report.date));
                }
            }
            if flow(report, FlowEvent::Granted) > flow(report, FlowEvent::Applied) + waiting(report)
            {
                found = Err(format!("{}: more granted than applied", report.date));
            }
        });
        found?;
        Ok(mistaken > 0)
    });
}

/// Persons on whom offices may decide in a step besides those who applied in it: no more than have ever
/// applied.
fn waiting(report: &StepReport<'_>) -> u64 {
    report
        .waiting
        .queues
        .iter()
        .map(|queue| queue.decided)
        .sum()
}
