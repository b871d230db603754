//! Everything that events change, replayed from the first day.

use crate::rules::{DocumentState, Rules};
use exeunt::scenario::{
    Border, Change, Channel, Country, Field, NewValue, Quota, Scenario, Target,
};
use exeunt::units::{Duration, Money, MoneyFlow, PersonFlow, Rate};

/// What holds in a step.
#[derive(Debug, Clone)]
pub struct Facts {
    pub countries: Vec<Country>,
    pub rules: Rules,
    pub borders: Vec<Border>,
}

/// Days from the first day to the beginning of a step.
pub fn start_of(scenario: &Scenario, step: usize) -> f64 {
    scenario.calendar.steps[..step]
        .iter()
        .map(|step| f64::from(step.days))
        .sum()
}

/// Days from the first day to the middle of a step.
fn middle_of(scenario: &Scenario, step: usize) -> f64 {
    start_of(scenario, step) + f64::from(scenario.calendar.steps[step].days) / 2.0
}

impl Facts {
    /// After the events that act by a step, with ramps at the middle of another (later) step.
    pub fn after_events(scenario: &Scenario, acted_by: usize, step: usize) -> Self {
        let time = middle_of(scenario, step);
        let history = History::until(scenario, acted_by);
        let mut countries = scenario.countries.clone();
        let mut channels = scenario.channels.clone();
        let mut exit_gates = scenario.exit_gates.clone();
        let mut borders = scenario.borders.clone();
        for target in history.targets() {
            let index = usize::from(target.index);
            let value = history.value(target, time);
            match target.field {
                Field::Issued | Field::GrantFor | Field::AlsoRefuses => {}
                Field::ExitShare => exit_gates[index].share = number(&value),
                Field::BorderOpen
                | Field::BorderCapacity
                | Field::BorderPushBack
                | Field::BorderHandOver => set_border(&mut borders[index], target.field, &value),
                Field::Wage
                | Field::RealIncome
                | Field::Unemployment
                | Field::Safety
                | Field::Repression
                | Field::Crackdown
                | Field::Surveillance
                | Field::PoliceCapacity
                | Field::Rendition
                | Field::ReturnPull
                | Field::Travel
                | Field::TravelBase
                | Field::PriceIndex
                | Field::Friction
                | Field::Legacy
                | Field::Pressure
                | Field::Contact => set_country(&mut countries[index], target, &value),
                _ => set_channel(&mut channels[index], target.field, &value),
            }
        }
        for (channel, rule) in channels.iter_mut().enumerate() {
            rule.also_refuses = history.mistakes(channel, time);
        }
        let grants = (0..channels.len())
            .map(|channel| history.grants(channel, &channels[channel].bars, time))
            .collect();
        let documents = (0..scenario.documents.len())
            .map(|document| history.document(document))
            .collect();
        Self {
            countries,
            rules: Rules::standing(channels, grants, exit_gates, documents),
            borders,
        }
    }

    /// As they hold in a step.
    pub fn at(scenario: &Scenario, step: usize) -> Self {
        Self::after_events(scenario, step, step)
    }
}

/// The events that act by a step.
struct History<'a> {
    scenario: &'a Scenario,
    acted_by: usize,
    /// Changes in the order in which they act, each with the day.
    changes: Vec<(f64, &'a Change)>,
}

impl<'a> History<'a> {
    fn until(scenario: &'a Scenario, acted_by: usize) -> Self {
        let mut acting: Vec<_> = scenario
            .events
            .iter()
            .filter(|event| event.step <= acted_by)
            .collect();
        acting.sort_by_key(|event| (event.step, event.date, event.name.clone()));
        let changes = acting.into_iter().flat_map(|event| {
            let day = start_of(scenario, event.step);
            event.changes.iter().map(move |change| (day, change))
        });
        Self {
            scenario,
            acted_by,
            changes: changes.collect(),
        }
    }

    fn targets(&self) -> Vec<Target> {
        let mut targets: Vec<Target> = self
            .changes
            .iter()
            .map(|(_, change)| change.target)
            .collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// The value of a field at a time.
    fn value(&self, target: Target, time: f64) -> NewValue {
        let changes: Vec<_> = self
            .changes
            .iter()
            .copied()
            .filter(|(_, change)| change.target == target)
            .collect();
        self.value_after(target, &changes, time)
    }

    fn value_after(&self, target: Target, changes: &[(f64, &Change)], time: f64) -> NewValue {
        let Some(((begins, change), earlier)) = changes.split_last() else {
            return NewValue::Number(self.first_number(target, time));
        };
        match (change.over, &change.to) {
            (Some(over), NewValue::Number(to)) => {
                let before = number(&self.value_after(target, earlier, *begins));
                let part = ((time - begins) / over.days()).min(1.0);
                NewValue::Number(before + (to - before) * part)
            }
            (_, to) => to.clone(),
        }
    }

    /// Chances of being admitted by a channel, by segment; 0 for a segment that is barred.
    fn grants(&self, channel: usize, bars: &[u16], time: f64) -> Vec<f64> {
        let segments = u16::try_from(self.scenario.segments.len()).expect("a number of segments");
        (0..segments)
            .map(|segment| {
                if bars.contains(&segment) {
                    return 0.0;
                }
                let own = Target {
                    field: Field::GrantFor,
                    index: u16::try_from(channel).expect("a channel index"),
                    member: segment,
                };
                number(&self.value(own, time))
            })
            .collect()
    }

    /// Shares refused by mistake by a channel, for every segment.
    fn mistakes(&self, channel: usize, time: f64) -> Vec<(u16, f64)> {
        let segments = u16::try_from(self.scenario.segments.len()).expect("a number of segments");
        let share = |segment| Target {
            field: Field::AlsoRefuses,
            index: u16::try_from(channel).expect("a channel index"),
            member: segment,
        };
        (0..segments)
            .map(|segment| (segment, number(&self.value(share(segment), time))))
            .collect()
    }

    /// Whether a document is issued, and since when it is not.
    fn document(&self, index: usize) -> DocumentState {
        let document = &self.scenario.documents[index];
        let mut state = DocumentState {
            issued: document.issued,
            valid: document.valid.map(Duration::days),
            stopped: 0.0,
        };
        for step in 0..=self.acted_by {
            let day = start_of(self.scenario, step);
            let last = self.changes.iter().rfind(|(acts, change)| {
                let target = change.target;
                *acts == day && target.field == Field::Issued && usize::from(target.index) == index
            });
            if let Some((_, change)) = last {
                let issued = change.to == NewValue::Flag(true);
                if state.issued && !issued {
                    state.stopped = day;
                }
                state.issued = issued;
            }
        }
        state
    }

    fn first_number(&self, target: Target, time: f64) -> f64 {
        let index = usize::from(target.index);
        let country = || &self.scenario.countries[index];
        let channel = || &self.scenario.channels[index];
        let border = || &self.scenario.borders[index];
        let days = |span: Option<Duration>| span.map_or(f64::INFINITY, Duration::days);
        match target.field {
            Field::Grant => channel().grant,
            Field::GrantFor => {
                let own = |(segment, _): &&(u16, f64)| *segment == target.member;
                match channel().grant_for.iter().find(own) {
                    Some((_, grant)) => *grant,
                    None => number(&self.value(Target::of(Field::Grant, target.index), time)),
                }
            }
            Field::AlsoRefuses => {
                let own = |(segment, _): &&(u16, f64)| *segment == target.member;
                let told = channel().also_refuses.iter().find(own);
                told.map_or(0.0, |(_, share)| *share)
            }
            Field::Fee => channel().fee.amount(),
            Field::QuotaSize => channel()
                .quota
                .map_or(f64::INFINITY, |quota| quota.size.per_month()),
            Field::StayLength => days(channel().stay.length),
            Field::StayWithin => days(channel().stay.within),
            Field::RenewSuccess => channel().stay.renewal.success,
            Field::RenewCost => channel().stay.renewal.cost.amount(),
            Field::Wage => country().wage.per_month(),
            Field::RealIncome => country().real_income,
            Field::Unemployment => country().unemployment,
            Field::Safety => country().safety,
            Field::Repression => country().repression,
            Field::Crackdown => country().crackdown,
            Field::Surveillance => country().surveillance,
            Field::PoliceCapacity => country()
                .police_capacity
                .map_or(f64::INFINITY, PersonFlow::per_month),
            Field::Rendition => country().rendition.per_year(),
            Field::ReturnPull => country().return_pull,
            Field::Travel => country().travel.amount(),
            Field::TravelBase => country().travel_base[usize::from(target.member)].per_month(),
            Field::PriceIndex => country().price_index,
            Field::Friction => country().friction,
            Field::Legacy => country().legacy,
            Field::Pressure => country().pressure,
            Field::Contact => country().contact,
            Field::ExitShare => self.scenario.exit_gates[index].share,
            Field::BorderCapacity => border()
                .capacity
                .map_or(f64::INFINITY, PersonFlow::per_month),
            Field::BorderPushBack => border().push_back,
            Field::BorderHandOver => border().hand_over,
            field => unreachable!("{field:?} is no number"),
        }
    }
}

fn number(value: &NewValue) -> f64 {
    match value {
        NewValue::Number(number) => *number,
        other => unreachable!("{other:?} is no number"),
    }
}

fn flag(value: &NewValue) -> bool {
    *value == NewValue::Flag(true)
}

fn set_channel(channel: &mut Channel, field: Field, value: &NewValue) {
    let finite = || Some(number(value)).filter(|number| number.is_finite());
    match (field, value) {
        (Field::Open, _) => channel.open = flag(value),
        (Field::Permission, _) => channel.permission = flag(value),
        (Field::Origins, NewValue::Countries(origins)) => channel.origins.clone_from(origins),
        (Field::Bars, NewValue::Segments(segments)) => channel.bars.clone_from(segments),
        (Field::Needs, NewValue::Bits(bits)) => channel.needs = *bits,
        (Field::NeedsAny, NewValue::Bits(bits)) => channel.needs_any = *bits,
        (Field::Requires, NewValue::Bits(bits)) => {
            channel.requires = u8::try_from(*bits).expect("conditions fit into eight bits");
        }
        (Field::ChannelStatus, NewValue::Status(status)) => channel.status = *status,
        (Field::Renew, NewValue::Renewal(kind)) => channel.stay.renewal.kind = *kind,
        // Chances of being admitted are by segment, beside the channel.
        (Field::Grant, _) => {}
        (Field::Fee, _) => channel.fee = Money::new(number(value)),
        (Field::QuotaSize, _) => {
            channel.quota = finite().map(|size| Quota {
                size: PersonFlow::from_per_month(size),
            });
        }
        (Field::StayLength, _) => channel.stay.length = finite().map(Duration::from_days),
        (Field::StayWithin, _) => channel.stay.within = finite().map(Duration::from_days),
        (Field::RenewSuccess, _) => channel.stay.renewal.success = number(value),
        (Field::RenewCost, _) => channel.stay.renewal.cost = Money::new(number(value)),
        (field, value) => unreachable!("{field:?} cannot become {value:?}"),
    }
}

fn set_country(country: &mut Country, target: Target, value: &NewValue) {
    let number = number(value);
    match target.field {
        Field::Wage => country.wage = MoneyFlow::from_per_month(number),
        Field::RealIncome => country.real_income = number,
        Field::Unemployment => country.unemployment = number,
        Field::Safety => country.safety = number,
        Field::Repression => country.repression = number,
        Field::Crackdown => country.crackdown = number,
        Field::Surveillance => country.surveillance = number,
        Field::PoliceCapacity => {
            let limited = number.is_finite();
            country.police_capacity = limited.then(|| PersonFlow::from_per_month(number));
        }
        Field::Rendition => country.rendition = Rate::from_per_year(number),
        Field::ReturnPull => country.return_pull = number,
        Field::Travel => country.travel = Money::new(number),
        Field::TravelBase => {
            country.travel_base[usize::from(target.member)] = PersonFlow::from_per_month(number);
        }
        Field::PriceIndex => country.price_index = number,
        Field::Friction => country.friction = number,
        Field::Legacy => country.legacy = number,
        Field::Pressure => country.pressure = number,
        Field::Contact => country.contact = number,
        field => unreachable!("{field:?} is nothing of a country"),
    }
}

fn set_border(border: &mut Border, field: Field, value: &NewValue) {
    match field {
        Field::BorderOpen => border.open = flag(value),
        Field::BorderCapacity => {
            border.capacity = Some(number(value))
                .filter(|capacity| capacity.is_finite())
                .map(PersonFlow::from_per_month);
        }
        Field::BorderPushBack => border.push_back = number(value),
        Field::BorderHandOver => border.hand_over = number(value),
        field => unreachable!("{field:?} is nothing of a border"),
    }
}
