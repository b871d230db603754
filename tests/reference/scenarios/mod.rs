//! Small scenarios, built by hand so that no reader of files stands between the engines.

mod border;
mod circles;
mod crossroads;
mod custody;
mod hosts;
mod kindred;
mod mistakes;
mod moods;
mod offices;
mod passes;
mod plain;
mod pool;
mod purses;
mod refuge;
mod rumours;
mod stage;
mod visitors;
mod voices;
mod wave;

pub use border::border;
pub use circles::circles;
pub use crossroads::crossroads;
pub use custody::custody;
pub use hosts::hosts;
pub use kindred::kindred;
pub use mistakes::mistakes;
pub use moods::moods;
pub use offices::offices;
pub use passes::passes;
pub use plain::{alike, behaviour};
pub use pool::pool;
pub use purses::purses;
pub use refuge::refuge;
pub use rumours::rumours;
pub use visitors::visitors;
pub use voices::voices;
pub use wave::wave;

use exeunt::scenario::{
    AppliesTo, ApplyFrom, Calendar, CallUp, Change, Channel, Country, Departures, Distribution,
    Event, Field, Market, NewValue, Renewal, RenewalKind, Scenario, Sector, Segment, Status, Stay,
    Step, Target,
};
use exeunt::units::{Distance, Duration, Money, MoneyFlow, PersonFlow, Rate};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Scenarios about which both engines agree, each by a test of its own in `agreement.rs`.
pub fn enrolled() -> Vec<Scenario> {
    vec![
        border(),
        hosts(),
        pool(),
        wave(),
        visitors(),
        offices(),
        rumours(),
        passes(),
        purses(),
        moods(),
        crossroads(),
        circles(),
        kindred(),
        custody(),
        refuge(),
        voices(),
        mistakes(),
    ]
}

/// The first day of every scenario here.
pub const FIRST_DAY: Date = date(2022, 2, 1);

/// A grid of steps of the given lengths in days.
pub fn calendar(lengths: &[u16]) -> Calendar {
    let mut steps = Vec::new();
    let mut start = FIRST_DAY;
    for days in lengths {
        steps.push(Step { start, days: *days });
        start = start
            .checked_add(i64::from(*days).days())
            .expect("a day of this century");
    }
    Calendar {
        start: FIRST_DAY,
        end: start.yesterday().expect("a day of this century"),
        steps,
    }
}

/// A country where nothing is special, with no distance to any of so many countries yet.
pub fn country(code: &str, countries: usize) -> Country {
    Country {
        code: code.to_owned(),
        name: code.to_owned(),
        population: 5e6,
        wage: MoneyFlow::from_per_month(500.0),
        real_income: 1.0,
        unemployment: 0.0,
        safety: 0.5,
        repression: 0.0,
        crackdown: 1.0,
        surveillance: 1.0,
        police_capacity: None,
        rendition: Rate::from_per_year(0.0),
        return_pull: 0.0,
        legacy: 0.0,
        pressure: 0.0,
        contact: 0.0,
        constant: 0.0,
        travel: Money::new(0.0),
        travel_base: vec![PersonFlow::from_per_month(0.0); countries],
        cost_of_living: MoneyFlow::from_per_month(0.0),
        price_index: 1.0,
        friction: 0.0,
        distance: vec![Distance::from_kilometres(0.0); countries],
        diaspora: vec![0.0; countries],
        language: vec![0.0; countries],
        market: None,
    }
}

/// Fills in distances in kilometres by pairs of indices.
pub fn set_distances(countries: &mut [Country], pairs: &[(usize, usize, f64)]) {
    for (left, right, kilometres) in pairs {
        let distance = Distance::from_kilometres(*kilometres);
        countries[*left].distance[*right] = distance;
        countries[*right].distance[*left] = distance;
    }
}

/// The rental market of a city.
pub fn market(rent: f64, city_population: f64, rental_share: f64, city_share: f64) -> Market {
    Market {
        city: "the city".to_owned(),
        rent: MoneyFlow::from_per_month(rent),
        city_population,
        rental_share,
        city_share,
    }
}

/// A channel that takes everybody of some origins, without permission, fee or end of stay.
pub fn channel(country: u16, name: &str, origins: &[u16]) -> Channel {
    Channel {
        name: name.to_owned(),
        country,
        open: true,
        origins: origins.to_vec(),
        needs: 0,
        needs_any: 0,
        bars: Vec::new(),
        requires: 0,
        permission: false,
        grant: 1.0,
        grant_for: Vec::new(),
        also_refuses: Vec::new(),
        fee: Money::new(0.0),
        quota: None,
        decision: None,
        apply_from: ApplyFrom {
            home: true,
            abroad: true,
            border: true,
        },
        routes: Vec::new(),
        stay: Stay {
            length: None,
            within: None,
            renewal: Renewal::NONE,
        },
        status: Status::Temporary,
        work: true,
        extradition_shield: 0.0,
        asylum: None,
    }
}

/// A stay of so many days that may be renewed in the country.
pub fn renewable(days: f64, cost: f64, success: f64) -> Stay {
    Stay {
        length: Some(Duration::from_days(days)),
        within: None,
        renewal: Renewal {
            kind: RenewalKind::InCountry,
            cost: Money::new(cost),
            success,
        },
    }
}

/// A stay of so many days that cannot be renewed.
pub fn ending(days: f64) -> Stay {
    Stay {
        length: Some(Duration::from_days(days)),
        within: None,
        renewal: Renewal::NONE,
    }
}

/// A segment of persons who are all alike.
pub fn segment(name: &str, origin: u16, size: u64, countries: usize, documents: usize) -> Segment {
    Segment {
        name: name.to_owned(),
        origin,
        size,
        age: Distribution::Constant(30.0),
        male: 0.5,
        higher_education: 0.3,
        dissent: Distribution::Constant(0.3),
        active: 0.0,
        minority: 0.0,
        evidence: 0.5,
        planner: 0.0,
        propensity: Some(Distribution::Constant(1.0)),
        income: Distribution::Constant(500.0),
        savings: Distribution::Constant(5000.0),
        remote: 0.0,
        renters: 0.0,
        speaks: vec![0.0; countries],
        kin: vec![0.0; countries],
        ancestry: vec![0.0; countries],
        employer: vec![0.0; countries],
        draft_notice: 0.0,
        draft_eligible: false,
        sector: Sector::Other,
        holds: vec![0.0; documents],
    }
}

/// An event that acts from the beginning of a step.
pub fn event(calendar: &Calendar, step: usize, name: &str, changes: Vec<Change>) -> Event {
    Event {
        name: name.to_owned(),
        title: name.to_owned(),
        source: "made up".to_owned(),
        date: calendar.steps[step].start,
        step,
        when: None,
        announced: None,
        known_at_once: true,
        applies_to: AppliesTo::New,
        changes,
        departures: None,
        call_up: None,
    }
}

/// An event that adds departures.
pub fn pulse(calendar: &Calendar, step: usize, name: &str, departures: Departures) -> Event {
    Event {
        departures: Some(departures),
        ..event(calendar, step, name, Vec::new())
    }
}

/// An event that calls up.
pub fn call_up(calendar: &Calendar, step: usize, name: &str, call_up: CallUp) -> Event {
    Event {
        call_up: Some(call_up),
        ..event(calendar, step, name, Vec::new())
    }
}

/// A field set at once.
pub fn set(field: Field, index: u16, to: NewValue) -> Change {
    Change {
        path: format!("{field:?} {index}"),
        target: Target::of(field, index),
        to,
        over: None,
    }
}

/// A number set at once.
pub fn set_number(field: Field, index: u16, to: f64) -> Change {
    set(field, index, NewValue::Number(to))
}

/// A number that moves in a straight line over some days.
pub fn ramp(field: Field, index: u16, to: f64, days: f64) -> Change {
    Change {
        over: Some(Duration::from_days(days)),
        ..set_number(field, index, to)
    }
}

/// Events in the order in which a scenario holds them.
pub fn in_order(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| (event.step, event.name.clone()));
    events
}
