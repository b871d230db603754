//! From the rules of the first day to those of a step: applies every event that acts by then, in order.

use super::{BorderRules, ChannelRules, CountryFacts, DocumentRules, Grants, Rules};
use crate::scenario::{Event, Field, NewValue, Scenario, Target};
use crate::units::days_between;

/// Returns the rules after every event that acts by step `until`, with ramps at their value in the middle of step `at`
/// (not before `until`).
pub(in crate::world) fn replay(scenario: &Scenario, until: usize, at: usize) -> Rules {
    let mut replay = Replay::first_day(scenario);
    for event in scenario.events.iter().filter(|event| event.step <= until) {
        replay.act(event, at);
    }
    replay.finish()
}

/// Like [`replay`], up to each of several steps, ascending, with ramps at their value in the middle of step `at`.
///
/// One pass over the events serves all steps, provided the events are in the order of their steps.
pub(in crate::world) fn replay_each(
    scenario: &Scenario,
    untils: &[usize],
    at: usize,
) -> Vec<Rules> {
    if !scenario.events.is_sorted_by_key(|event| event.step) {
        // (`replay` takes events in the order of the list, whatever their steps.)
        let each = untils.iter().map(|&until| replay(scenario, until, at));
        return each.collect();
    }
    let mut replay = Replay::first_day(scenario);
    let mut events = scenario.events.iter().peekable();
    let each = untils.iter().map(|&until| {
        while let Some(event) = events.next_if(|event| event.step <= until) {
            replay.act(event, at);
        }
        replay.clone().finish()
    });
    each.collect()
}

/// Whether the rules of a step can differ from those of the step before.
pub(super) fn may_change(scenario: &Scenario, step: usize) -> bool {
    scenario.events.iter().any(|event| {
        event.step == step
            || (event.step < step
                && event.changes.iter().any(|change| {
                    change.over.is_some_and(|over| {
                        step == 0 || ramp_part(scenario, event, step - 1, over.days()) < 1.0
                    })
                }))
    })
}

/// How far a ramp has come by the middle of a step, 0 to 1.
fn ramp_part(scenario: &Scenario, event: &Event, step: usize, over_days: f64) -> f64 {
    let steps = &scenario.calendar.steps;
    let (Some(begun), Some(now)) = (steps.get(event.step), steps.get(step)) else {
        return 1.0;
    };
    let days = days_between(begun.start, now.start) as f64 + 0.5 * f64::from(now.days);
    if over_days > 0.0 {
        (days / over_days).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

/// A set of countries as bits, one for each slot of an origin.
pub(super) fn slots(countries: &[u16], origins: &[u16]) -> u64 {
    countries.iter().fold(0, |set, country| {
        origins
            .binary_search(country)
            .map_or(set, |slot| set | (1 << slot))
    })
}

/// What a channel says of each segment.
#[derive(Clone)]
struct Told {
    barred: Vec<bool>,
    /// A chance of admission in place of the channel's.
    own: Vec<Option<f64>>,
}

/// The rules while events are being applied to them.
#[derive(Clone)]
struct Replay<'a> {
    scenario: &'a Scenario,
    /// The step whose events are being applied.
    step: usize,
    rules: Rules,
    /// By channel, where it ever distinguishes segments.
    told: Vec<Option<Told>>,
    /// By channel, where it ever refuses by mistake: the share of each segment.
    mistakes: Vec<Option<Vec<f64>>>,
    /// By document: whether it was issued before the events of this step.
    issued_before: Vec<bool>,
    /// Persons per month, as `trips[country * countries + origin]`.
    trips: Vec<f64>,
}

impl<'a> Replay<'a> {
    fn first_day(scenario: &'a Scenario) -> Self {
        let origins = scenario.origins();
        let rules = Rules {
            channels: scenario
                .channels
                .iter()
                .map(|channel| ChannelRules::of(channel, &origins))
                .collect(),
            grants: Grants::default(),
            mistakes: Grants::default(),
            countries: scenario.countries.iter().map(CountryFacts::of).collect(),
            exit_shares: scenario.exit_gates.iter().map(|gate| gate.share).collect(),
            documents: scenario.documents.iter().map(DocumentRules::of).collect(),
            borders: scenario.borders.iter().map(BorderRules::of).collect(),
            origins,
        };
        let apart = scenario.ever_tell_segments_apart();
        let told = (0..scenario.channels.len())
            .map(|channel| apart[channel].then(|| Told::of(scenario, channel)))
            .collect();
        let errs = scenario.ever_refuse_by_mistake();
        let mistakes = (0..scenario.channels.len())
            .map(|channel| errs[channel].then(|| first_mistakes(scenario, channel)))
            .collect();
        let trips = scenario
            .countries
            .iter()
            .flat_map(|country| country.travel_base.iter().map(|flow| flow.per_month()))
            .collect();
        let mut replay = Self {
            scenario,
            step: 0,
            rules,
            told,
            mistakes,
            issued_before: Vec::new(),
            trips,
        };
        replay.begin_step();
        replay
    }

    /// Applies an event, with ramps at their value in the middle of step `at`.
    fn act(&mut self, event: &Event, at: usize) {
        if event.step != self.step {
            self.step = event.step;
            self.begin_step();
        }
        for change in &event.changes {
            let part = change
                .over
                .map_or(1.0, |over| ramp_part(self.scenario, event, at, over.days()));
            self.apply(event, change.target, &change.to, part);
        }
    }

    fn begin_step(&mut self) {
        self.issued_before.clear();
        let documents = self.rules.documents.iter();
        self.issued_before
            .extend(documents.map(|document| document.issued));
    }

    fn apply(&mut self, event: &Event, target: Target, to: &NewValue, part: f64) {
        let index = usize::from(target.index);
        match to {
            NewValue::Number(number) => {
                if let Some(now) = self.number(target) {
                    // At the end of the ramp, exactly the number whatever the start was (also if one of the two is
                    // infinite).
                    *now = if part >= 1.0 {
                        *number
                    } else {
                        *now + part * (*number - *now)
                    };
                }
            }
            NewValue::Flag(flag) => match target.field {
                Field::Open => self.rules.channels[index].open = *flag,
                Field::Permission => self.rules.channels[index].permission = *flag,
                Field::BorderOpen => self.rules.borders[index].open = *flag,
                Field::Issued => self.issue(event, index, *flag),
                _ => {}
            },
            NewValue::Bits(bits) => match target.field {
                Field::Needs => self.rules.channels[index].needs = *bits,
                Field::NeedsAny => self.rules.channels[index].needs_any = *bits,
                Field::Requires => self.rules.channels[index].requires = *bits as u8,
                _ => {}
            },
            NewValue::Countries(countries) => {
                self.rules.channels[index].origins = slots(countries, &self.rules.origins);
            }
            NewValue::Segments(segments) => {
                if let Some(told) = &mut self.told[index] {
                    told.bar(segments);
                }
            }
            NewValue::Status(status) => self.rules.channels[index].status = *status,
            NewValue::Renewal(kind) => self.rules.channels[index].renewal = *kind,
        }
    }

    /// Sets whether a document is issued. Documents run out from the step in which issue stopped; stopping and
    /// restarting at the same instant has no effect.
    fn issue(&mut self, event: &Event, index: usize, issued: bool) {
        let document = &mut self.rules.documents[index];
        document.issued = issued;
        if !issued && self.issued_before[index] {
            let calendar = &self.scenario.calendar;
            document.stopped = calendar.steps.get(event.step).map_or(0.0, |step| {
                f64::from(days_between(calendar.start, step.start))
            });
        }
    }

    /// The number that a change blends; `None` for fields that are not numbers.
    fn number(&mut self, target: Target) -> Option<&mut f64> {
        let index = usize::from(target.index);
        let member = usize::from(target.member);
        let rules = &mut self.rules;
        Some(match target.field {
            Field::Grant => &mut rules.channels[index].grant,
            Field::GrantFor => {
                let common = rules.channels[index].grant;
                self.told[index].as_mut()?.own[member].get_or_insert(common)
            }
            Field::AlsoRefuses => self.mistakes[index].as_mut()?.get_mut(member)?,
            Field::Fee => &mut rules.channels[index].fee,
            Field::QuotaSize => &mut rules.channels[index].quota,
            Field::StayLength => &mut rules.channels[index].stay_days,
            Field::StayWithin => &mut rules.channels[index].window_days,
            Field::RenewCost => &mut rules.channels[index].renew_cost,
            Field::RenewSuccess => &mut rules.channels[index].renew_success,
            Field::Wage => &mut rules.countries[index].wage,
            Field::RealIncome => &mut rules.countries[index].real_income,
            Field::Unemployment => &mut rules.countries[index].unemployment,
            Field::Safety => &mut rules.countries[index].safety,
            Field::Repression => &mut rules.countries[index].repression,
            Field::Crackdown => &mut rules.countries[index].crackdown,
            Field::Surveillance => &mut rules.countries[index].surveillance,
            Field::PoliceCapacity => &mut rules.countries[index].police_capacity,
            Field::Rendition => &mut rules.countries[index].rendition,
            Field::ReturnPull => &mut rules.countries[index].return_pull,
            Field::Travel => &mut rules.countries[index].travel,
            Field::TravelBase => &mut self.trips[index * rules.countries.len() + member],
            Field::PriceIndex => &mut rules.countries[index].price_index,
            Field::Friction => &mut rules.countries[index].friction,
            Field::Legacy => &mut rules.countries[index].legacy,
            Field::Pressure => &mut rules.countries[index].pressure,
            Field::Contact => &mut rules.countries[index].contact,
            Field::ExitShare => &mut rules.exit_shares[index],
            Field::BorderCapacity => &mut rules.borders[index].capacity,
            Field::BorderPushBack => &mut rules.borders[index].push_back,
            Field::BorderHandOver => &mut rules.borders[index].hand_over,
            Field::Open
            | Field::Origins
            | Field::Needs
            | Field::NeedsAny
            | Field::Bars
            | Field::Requires
            | Field::Permission
            | Field::ChannelStatus
            | Field::Renew
            | Field::Issued
            | Field::BorderOpen => return None,
        })
    }

    fn finish(mut self) -> Rules {
        for (channel, told) in self.rules.channels.iter().zip(&self.told) {
            let chances = told.as_ref().map(|told| told.chances(channel.grant));
            self.rules.grants.push(chances.as_deref());
        }
        for shares in &self.mistakes {
            self.rules.mistakes.push(shares.as_deref());
        }
        let countries = self.rules.countries.len();
        for (index, facts) in self.rules.countries.iter_mut().enumerate() {
            let trips = self.trips.iter().skip(index * countries).take(countries);
            facts.trips = trips.sum();
        }
        self.rules
    }
}

/// The share of each segment that a channel refuses by mistake on the first day.
fn first_mistakes(scenario: &Scenario, channel: usize) -> Vec<f64> {
    let mut shares = vec![0.0; scenario.segments.len()];
    for (segment, share) in &scenario.channels[channel].also_refuses {
        shares[usize::from(*segment)] = *share;
    }
    shares
}

impl Told {
    fn of(scenario: &Scenario, channel: usize) -> Self {
        let segments = scenario.segments.len();
        let mut told = Self {
            barred: Vec::new(),
            own: vec![None; segments],
        };
        told.barred.resize(segments, false);
        told.bar(&scenario.channels[channel].bars);
        for (segment, grant) in &scenario.channels[channel].grant_for {
            told.own[usize::from(*segment)] = Some(*grant);
        }
        told
    }

    fn bar(&mut self, segments: &[u16]) {
        self.barred.fill(false);
        for segment in segments {
            self.barred[usize::from(*segment)] = true;
        }
    }

    /// The chance of each segment, given the common one.
    fn chances(&self, common: f64) -> Vec<f64> {
        let own = self.own.iter().zip(&self.barred);
        own.map(|(own, barred)| if *barred { 0.0 } else { own.unwrap_or(common) })
            .collect()
    }
}
