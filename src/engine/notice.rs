//! What can be seen of a person who is watched: each event of its life, and of a traced person also
//! what was weighed, with which odds, and what the rules made of it.

use super::extra_marks::Spark;
use crate::model::{Alternative, Hurdle, Occasion, Odds};
use crate::scenario::{Motive, Status};
use crate::world::{FlowEvent, Hold, MOTIVES};

/// Of whom what is seen while a simulation runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Watch {
    /// Of nobody: it costs nothing.
    #[default]
    Nobody,
    /// Of everybody: events alone, without details.
    Everybody,
    /// Of these persons (segment index, index in it), in ascending order: events and details.
    Lives(Vec<(u16, u32)>),
}

impl Watch {
    /// Whether a person is watched.
    pub fn includes(&self, who: (u16, u32)) -> bool {
        match self {
            Self::Nobody => false,
            Self::Everybody => true,
            Self::Lives(list) => list.binary_search(&who).is_ok(),
        }
    }
}

/// Something seen of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Segment index, index in it.
    pub who: (u16, u32),
    /// When, days since the first day of the scenario.
    pub time: f64,
    /// What.
    pub seen: Seen,
}

/// What is seen. Countries, channels and borders are indices of the scenario, days count from its first
/// day; an `until` of `None` has no end.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// What the table `flows` counts.
    Flow {
        /// What happened.
        event: FlowEvent,
        /// Where the person was.
        from: u16,
        /// Where it went or would have gone.
        to: u16,
        /// The channel sought, or of the stay.
        channel: u16,
    },
    /// A wish to leave arose.
    Aspired(Motive),
    /// It was held at once, by what.
    Held(Hold),
    /// Refused or turned back: held from then on.
    HeldBack,
    /// The wish to leave faded.
    Faded,
    /// Decided for a channel and set a date.
    SetsOut {
        /// The channel.
        channel: u16,
        /// The date, days.
        due: f64,
    },
    /// Detained by the state of the origin.
    Detained {
        /// Day of release.
        until: Option<u16>,
    },
    /// Called up.
    CalledUp {
        /// Day of release.
        until: Option<u16>,
    },
    /// Released from detention or service.
    Released,
    /// Got another status in the same country.
    Became(Status),
    /// A claim was rejected once and goes on in appeal.
    Appealed {
        /// Day of the decision.
        until: Option<u16>,
    },
    /// Waits at a border for its turn.
    Waits {
        /// The border.
        border: u16,
    },
    /// Of a traced person only.
    Detail(Box<Detail>),
}

/// What is seen of a traced person besides its events.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// At home and content at the beginning of a step.
    AtHome(AtHome),
    /// A wish to leave has arisen, and what could come of it.
    Weighed(Box<Weighed>),
    /// The wish of a held person was tested again with the draws it arose with.
    Tested {
        /// The channel by which it would go now.
        goes: Option<u16>,
        /// What stands in the way, by channel.
        hurdles: Vec<(u16, Vec<Hurdle>)>,
    },
    /// An attempt failed at the rules that hold.
    Shut {
        /// The channel.
        channel: u16,
        /// What stood in the way.
        hurdles: Vec<Hurdle>,
    },
    /// One draw decided on being admitted.
    Chance {
        /// The channel.
        channel: u16,
        /// The chance, 0 to 1.
        grant: f64,
    },
    /// An application has a place and is decided on a day; `None` = it waits for a place.
    Place {
        /// The channel.
        channel: u16,
        /// When, days.
        decided: Option<f64>,
    },
    /// A draw at a border.
    Crossing {
        /// The border.
        border: u16,
        /// Chance of being handed over, 0 to 1.
        hand_over: f64,
        /// Chance of being pushed back if not, 0 to 1.
        push_back: f64,
    },
    /// A stay began.
    Permitted {
        /// The status it gave.
        status: Status,
        /// Day on which it ends.
        until: Option<u16>,
    },
    /// Abroad at the beginning of a step.
    Abroad(Stay),
    /// A wish to move on arose; by country the chance that it is where to.
    Onward(Vec<(u16, f64)>),
    /// A stay or savings came to an end; the alternatives with the chance to be tried first.
    Choice {
        /// What came to an end.
        occasion: Occasion,
        /// The alternatives in the order in which they are tried; [`Alternative::Move`] names a country.
        odds: Vec<(Alternative, f64)>,
    },
    /// A draw decided on a renewal.
    Renewal {
        /// Its chance, 0 to 1.
        success: f64,
        /// Its price, currency units.
        price: f64,
    },
    /// A draw decided on a claim to asylum.
    Claim {
        /// Whether the office would believe it, 0 to 1.
        believed: f64,
        /// Share recognised of the claims that it believes, 0 to 1.
        grant: f64,
        /// Whether it was the appeal.
        on_appeal: bool,
        /// Chance of removal if it is rejected for good, 0 to 1.
        removal: f64,
    },
    /// A change of the rules reached a stay that was running.
    Recalled {
        /// Status from then on.
        status: Status,
        /// Day on which it ends from then on.
        until: Option<u16>,
    },
}

/// A person content at home at the beginning of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtHome {
    /// Integrated hazard of a wish to leave in the step.
    pub leaving: f64,
    /// The same by year.
    pub leaving_per_year: f64,
    /// By what ties who left lately multiply it; 1 = by nothing.
    pub ties: f64,
    /// By what a case against the person multiplies it; 1 = by nothing.
    pub case: f64,
    /// Hazard of detention by year; `None` where nobody is detained.
    pub detention_per_year: Option<f64>,
}

/// A wish to leave, and what could come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// What its mark came of.
    pub spark: Spark,
    /// Chances of the motives (`Motive as usize`).
    pub motives: [f64; MOTIVES],
    /// By what the hazard was multiplied because of a loss known to come; 1 = by nothing.
    pub rush: f64,
    /// The chances.
    pub odds: Odds,
    /// What stands in the way, by channel, under the rules as the person believes them to be.
    pub hurdles: Vec<(u16, Vec<Hurdle>)>,
    /// Channels of which the person believes something else than holds.
    pub mistaken: Vec<u16>,
    /// Income, currency units a month.
    pub income: f64,
}

/// A person abroad at the beginning of a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// The country.
    pub country: u16,
    /// The channel of the stay.
    pub channel: u16,
    /// Its status.
    pub status: Status,
    /// Months since arrival, at the middle of the step.
    pub months: f64,
    /// Day on which it ends.
    pub until: Option<u16>,
    /// Hazard of return by year.
    pub return_per_year: f64,
    /// Hazard of moving on by year.
    pub onward_per_year: f64,
    /// Hazard of rendition by year; `None` where nobody is detained.
    pub rendition_per_year: Option<f64>,
    /// Savings (currency units), income and what is left of it (currency units a month); `None` where
    /// money does not move.
    pub money: Option<[f64; 3]>,
}
