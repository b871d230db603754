//! A small scenario and its first steps, made by hand, for the tests of this module and the one
//! above it.

use crate::engine::{Conditions, StepReport};
use crate::scenario::{
    ApplyFrom, Asylum, Behaviour, Belief, Calendar, Channel, Choice, Claiming, Country, Delay,
    Distribution, Document, Expiry, Holding, Leaving, Lifted, NarrativeAtHome, Onward, Renewal,
    Rents, Repression, Return, ReturnReference, Scenario, Sector, Security, Segment, Settled,
    Status, StatusCost, Stay, Step, Ties, Voice as VoiceParameters,
};
use crate::units::{Distance, Duration, Money, MoneyFlow, PersonFlow, Rate};
use crate::world::{
    ChannelRules, Confinement, ConfinementStocks, ConfinementTally, FlowEvent, FlowKey, Opposition,
    QueueTally, STATUSES, SegmentStocks, SegmentTally, Stocks, Tally, Voice, Waited, Waiting,
};
use jiff::civil::{Date, date};

/// Index of Georgia.
pub const GE: u16 = 0;
/// Index of Russia.
pub const RU: u16 = 1;

/// Returns a scenario of two weeks: Russia with two segments, Georgia with one channel.
pub fn scenario() -> Scenario {
    Scenario {
        name: "two-weeks".into(),
        title: "Two weeks by hand".into(),
        currency: "USD".into(),
        calendar: Calendar {
            start: date(2022, 2, 1),
            end: date(2022, 2, 14),
            steps: vec![
                Step {
                    start: date(2022, 2, 1),
                    days: 7,
                },
                Step {
                    start: date(2022, 2, 8),
                    days: 7,
                },
            ],
        },
        documents: vec![Document::lasting("passport")],
        segments: vec![
            segment("activists", 1_000, 1.0),
            segment("others", 9_000, 0.0),
        ],
        countries: vec![country("GE", "Georgia"), country("RU", "Russia")],
        channels: vec![channel(), claims()],
        exit_gates: Vec::new(),
        borders: Vec::new(),
        events: Vec::new(),
        behaviour: behaviour(),
        lifted: Lifted::AsBefore,
        reference: None,
        constants: None,
    }
}

fn channel() -> Channel {
    Channel {
        name: "visa-free".into(),
        country: GE,
        open: true,
        origins: vec![RU],
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

/// Returns a channel of claims to asylum.
fn claims() -> Channel {
    Channel {
        name: "z-asylum".into(),
        apply_from: ApplyFrom {
            home: false,
            abroad: false,
            border: false,
        },
        status: Status::Protected,
        asylum: Some(Asylum {
            grounds: 0,
            appeal: None,
            removal: 0.0,
        }),
        ..channel()
    }
}

fn segment(name: &str, size: u64, active: f64) -> Segment {
    Segment {
        name: name.into(),
        origin: RU,
        size,
        age: Distribution::Constant(30.0),
        male: 0.5,
        higher_education: 0.3,
        dissent: Distribution::Constant(0.5),
        active,
        minority: 0.0,
        evidence: 0.0,
        planner: 0.0,
        propensity: None,
        income: Distribution::Constant(500.0),
        savings: Distribution::Constant(500.0),
        remote: 0.0,
        renters: 1.0,
        speaks: vec![0.0; 2],
        kin: vec![0.0; 2],
        ancestry: vec![0.0; 2],
        employer: vec![0.0; 2],
        draft_notice: 0.0,
        draft_eligible: active == 0.0,
        sector: if active > 0.0 {
            Sector::InformationTechnology
        } else {
            Sector::Other
        },
        holds: vec![1.0],
    }
}

fn country(code: &str, name: &str) -> Country {
    Country {
        code: code.into(),
        name: name.into(),
        population: 4e6,
        wage: MoneyFlow::from_per_month(400.0),
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
        travel_base: vec![PersonFlow::from_per_month(0.0); 2],
        cost_of_living: MoneyFlow::from_per_month(0.0),
        price_index: 1.0,
        friction: 0.0,
        distance: vec![Distance::from_kilometres(1_646.0); 2],
        diaspora: vec![0.0; 2],
        language: vec![0.0; 2],
        market: None,
    }
}

fn behaviour() -> Behaviour {
    let days = Duration::from_days;
    let yearly = Rate::from_per_year;
    Behaviour {
        leaving: Leaving {
            hazard_planner: yearly(0.1),
            hazard_other: yearly(0.0003),
            attachment_spread: 0.5,
            risk: 1.1,
            risk_active: 3.0,
            risk_minority: 0.7,
            community: 0.1,
            unemployed: 0.4,
            income_loss: 0.7,
        },
        choice: Choice {
            lambda: 0.6,
            mu: 0.5,
            income: 0.7,
            distance: 1.0,
            language: 0.18,
            diaspora: 0.4,
            rent: 0.5,
            safety: 0.5,
            hostility: 1.0,
            visa: 0.65,
            refusal: 0.5,
            diaspora_scale: 1e4,
            diaspora_language_scale: 5e5,
        },
        status: StatusCost {
            protected: 0.0,
            legal: 0.2,
            temporary: 0.5,
            pending: 1.0,
            irregular: 1.6,
        },
        delay: Delay {
            mobilisation: days(4.0),
            conscience: days(5.0),
            other: days(30.0),
        },
        holding: Holding {
            on: true,
            release: yearly(3.0),
            fade: days(365.0),
            retry: days(180.0),
        },
        return_: Return {
            hazard: yearly(0.2),
            duration: -0.35,
            unemployed: 0.5,
            rent_burden: 0.6,
            burden_threshold: 0.4,
            burden_max: 3.0,
            hostility: 0.5,
            expired: 0.3,
            fear: -0.8,
            active: -1.0,
            savings: 0.0,
            no_reentry: 0.4,
            reference: ReturnReference {
                unemployed: 0.0,
                rent_burden: 0.0,
                expired: 0.0,
                fear: 0.0,
                active: 0.0,
                savings: 0.0,
            },
        },
        onward: Onward {
            hazard: yearly(0.2),
            rooting: 0.3,
        },
        expiry: Expiry {
            home: 0.0,
            moving: 0.0,
            irregular: 1.0,
        },
        asylum: Claiming {
            horizon: Duration::from_days(1826.25),
            removal_loss: 1.0,
            missed: 0.3,
            mistaken: 0.1,
        },
        settled: Settled {
            after: days(730.0),
            factor: 0.5,
        },
        rents: Some(Rents {
            short: 2.7,
            long: 1.0,
            memory: days(730.0),
            adjustment: days(60.0),
        }),
        attitudes: None,
        belief: Belief {
            lag: days(0.0),
            lag_opening: days(0.0),
            rush: 0.0,
            rush_max: 4.0,
        },
        money: None,
        ties: Some(Ties {
            near: 3,
            far: 4,
            contagion: 1.5,
            contagion_max: 4.0,
            detention: 1.0,
            window: days(14.0),
            kin: 0.6,
            lag: Duration::from_days(7.0),
        }),
        repression: Some(Repression {
            detention: yearly(0.0001),
            active: 4.0,
            short_share: 0.97,
            short: days(15.0),
            long: days(1_000.0),
            case: days(365.0),
            victim: 30.0,
        }),
        voice: Some(VoiceParameters {
            baseline: -4.0,
            grievance: 1.0,
            others: 1.0,
            fear: 1.0,
            exit: 0.0,
            critical_mass: Some(0.03),
            publishing_home: 0.02,
            half_life: days(730.0),
            security: Security {
                protected: 1.0,
                legal: 0.8,
                temporary: 0.5,
                pending: 0.4,
                irregular: 0.2,
            },
        }),
        narrative: Some(NarrativeAtHome {
            refusals: 1.0,
            hostility: 0.0,
            contacts: 0.0,
            memory: days(90.0),
            limit: 0.5,
        }),
    }
}

/// An owned version of what a report borrows.
pub struct Owned {
    pub step: Option<usize>,
    pub date: Date,
    pub days: u16,
    pub scale: u64,
    pub countries: Vec<Conditions>,
    pub channels: Vec<ChannelRules>,
    pub tally: Tally,
    pub stocks: Stocks,
    pub waiting: Waiting,
    pub confinement: Confinement,
    pub voice: Voice,
}

impl Owned {
    pub fn report(&self) -> StepReport<'_> {
        StepReport {
            step: self.step,
            date: self.date,
            days: self.days,
            scale: self.scale,
            countries: &self.countries,
            channels: &self.channels,
            tally: &self.tally,
            stocks: &self.stocks,
            waiting: &self.waiting,
            confinement: &self.confinement,
            notices: &[],
            voice: Some(&self.voice),
        }
    }
}

fn conditions(rent_index: f64) -> Vec<Conditions> {
    let none = Conditions {
        trips: 0,
        rent_index: None,
        rent_burden: None,
        rent_pressure: None,
        share_wanting_restriction: None,
        hostility: None,
        // The origin: the more were refused, the lower the shift.
        narrative_shift: Some(-0.1 * (rent_index - 1.0)),
    };
    let market = Conditions {
        trips: 0,
        rent_index: Some(rent_index),
        rent_burden: Some(0.75 * rent_index),
        rent_pressure: Some(0.0),
        share_wanting_restriction: Some(0.35 * rent_index),
        hostility: Some(0.35 * rent_index - 0.35),
        narrative_shift: None,
    };
    vec![market, none]
}

fn at_home(persons: u64) -> SegmentStocks {
    SegmentStocks {
        persons,
        at_home: persons,
        ..SegmentStocks::default()
    }
}

/// The opening of [`scenario`] at a scale of 2: nothing has happened and the tally is empty.
pub fn opening() -> Owned {
    Owned {
        step: None,
        date: date(2022, 1, 31),
        days: 0,
        scale: 2,
        countries: conditions(1.0),
        channels: Vec::new(),
        tally: Tally::default(),
        stocks: Stocks {
            segments: vec![at_home(500), at_home(4_500)],
            abroad: vec![0; 4 * STATUSES],
            countries: 2,
        },
        waiting: nobody_waits(),
        confinement: Confinement {
            has_repression: true,
            has_call_ups: true,
            called_for: 0,
            tally: vec![ConfinementTally::default(); 2],
            stocks: vec![ConfinementStocks::default(); 2],
        },
        voice: voice(&[], 0.0, (500, 0.0)),
    }
}

/// The opposition of Russia: agents who voiced it by segment, the share that they are, activists at
/// home, and publishing in insecure stays abroad.
fn voice(voicing: &[f64], share: f64, (at_home, insecure): (u64, f64)) -> Voice {
    Voice {
        voicing: voicing.to_vec(),
        origins: vec![Opposition {
            origin: RU,
            share,
            at_home,
            secure: 0.0,
            insecure,
        }],
    }
}

/// Among the others, one who was held is detained and two agents are called up: four persons of the
/// six called for.
fn confined() -> Confinement {
    Confinement {
        called_for: 6,
        tally: vec![
            ConfinementTally::default(),
            ConfinementTally {
                detentions: 1,
                detained_held: 1,
                called_up: 2,
                ..ConfinementTally::default()
            },
        ],
        stocks: vec![
            ConfinementStocks::default(),
            ConfinementStocks {
                detained: 1,
                mobilised: 2,
            },
        ],
        ..opening().confinement
    }
}

/// The same, but this many claim asylum and wait; `decided` holds the days after which claims were
/// decided.
fn claimants(waiting: u64, decided: &[u32]) -> Waiting {
    Waiting {
        queues: vec![QueueTally {
            channel: 1,
            waiting,
            decided: decided.len() as u64,
            ..QueueTally::default()
        }],
        decided: decided
            .iter()
            .map(|&days| Waited {
                channel: 1,
                days,
                origin: RU,
                agents: 1,
            })
            .collect(),
        ..nobody_waits()
    }
}

/// Neither queues nor borders, with two countries and two segments.
fn nobody_waits() -> Waiting {
    Waiting {
        applying: vec![0; 2],
        applying_to: vec![0; 2],
        in_transit: vec![0; 2],
        ..Waiting::default()
    }
}

/// Two steps. In the first, six leave (one of them an activist of 40), one is refused, two are held
/// and two claim asylum; in the second, one returns and one of the two is recognised.
pub fn steps() -> Vec<Owned> {
    let flow = |segment, event, from, to, channel, agents| {
        (
            FlowKey {
                segment,
                from,
                to,
                channel,
                event,
            },
            agents,
        )
    };
    let mut abroad = vec![0; 4 * STATUSES];
    let stay = usize::from(GE * 2 + RU) * STATUSES + Status::Temporary as usize;
    abroad[stay] = 6;
    let first = Owned {
        step: Some(0),
        date: date(2022, 2, 7),
        days: 7,
        countries: conditions(2.0),
        channels: Vec::new(),
        tally: Tally {
            flows: vec![
                flow(0, FlowEvent::Left, RU, GE, 0, 1),
                flow(0, FlowEvent::Arrived, RU, GE, 0, 1),
                flow(1, FlowEvent::Claimed, GE, GE, 1, 2),
                flow(1, FlowEvent::Refused, RU, GE, 0, 1),
                flow(1, FlowEvent::Left, RU, GE, 0, 5),
                flow(1, FlowEvent::Arrived, RU, GE, 0, 5),
            ],
            segments: vec![
                SegmentTally {
                    left_by: [0, 1, 0, 0, 0],
                    left_age_years: 40,
                    left_active: 1,
                    got_out: [1, 0, 0],
                    left_dissent: 900,
                    aspired: 1,
                    ..SegmentTally::default()
                },
                SegmentTally {
                    left_by: [2, 0, 3, 0, 0],
                    left_age_years: 140,
                    left_men: 3,
                    left_educated: 2,
                    got_out: [0, 0, 4],
                    left_dissent: 2_100,
                    refused: 2,
                    refused_dissent: 1_300,
                    mistaken: [0, 0, 1],
                    aspired: 8,
                    held: [1, 1, 0],
                    ..SegmentTally::default()
                },
            ],
            left_by_ties: 3,
            candidates: 20,
        },
        stocks: Stocks {
            segments: vec![
                SegmentStocks {
                    at_home: 499,
                    abroad: 1,
                    abroad_active: 1,
                    ..at_home(500)
                },
                SegmentStocks {
                    at_home: 4_495,
                    held: [2, 1, 0],
                    abroad: 5,
                    ..at_home(4_500)
                },
            ],
            abroad,
            countries: 2,
        },
        waiting: claimants(2, &[]),
        voice: voice(&[10.25, 200.0], 0.04, (499, 0.5)),
        ..opening()
    };
    let mut abroad = vec![0; 4 * STATUSES];
    abroad[stay] = 4;
    abroad[stay + 2] = 1;
    let second = Owned {
        step: Some(1),
        date: date(2022, 2, 14),
        days: 7,
        countries: conditions(1.5),
        channels: Vec::new(),
        tally: Tally {
            flows: vec![
                flow(1, FlowEvent::Recognised, GE, GE, 1, 1),
                flow(1, FlowEvent::Rejected, GE, GE, 1, 1),
                flow(1, FlowEvent::Returned, GE, RU, 0, 1),
            ],
            segments: vec![
                SegmentTally::default(),
                SegmentTally {
                    returned: 1,
                    returned_involuntarily: 1,
                    ..SegmentTally::default()
                },
            ],
            left_by_ties: 0,
            candidates: 20,
        },
        stocks: Stocks {
            segments: vec![
                SegmentStocks {
                    at_home: 499,
                    abroad: 1,
                    abroad_active: 1,
                    ..at_home(500)
                },
                SegmentStocks {
                    at_home: 4_493,
                    held: [2, 0, 0],
                    abroad: 4,
                    ..at_home(4_500)
                },
            ],
            abroad,
            countries: 2,
        },
        confinement: confined(),
        waiting: claimants(0, &[5, 7]),
        voice: voice(&[5.0, 40.0], 0.01, (497, 0.25)),
        ..opening()
    };
    vec![first, second]
}

/// The opening and both steps.
pub fn run() -> Vec<Owned> {
    std::iter::once(opening()).chain(steps()).collect()
}
