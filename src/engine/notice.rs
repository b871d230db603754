//! What can be seen of a person who is watched: each event of its life and, for a traced person, also
//! what was weighed, with which odds, and what the rules made of it.

use super::extra_marks::Spark;
use crate::model::{Alternative, Hurdle, Occasion, Odds};
use crate::scenario::{Motive, Status};
use crate::world::{FlowEvent, Hold, MOTIVES};

/// The persons who are watched while a simulation runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Watch {
    /// Nobody: this costs nothing.
    #[default]
    Nobody,
    /// Everybody: events only, without details.
    Everybody,
    /// These persons (segment index, index in the segment), in ascending order: events and details.
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
    /// Segment index, and index in the segment.
    pub who: (u16, u32),
    /// When, in days since the first day of the scenario.
    pub time: f64,
    /// What was seen.
    pub seen: Seen,
}

/// What is seen of a person. Countries, channels and borders are given by their indices in the scenario, days
/// count from its first day, and an `until` of `None` means that there is no end.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// An event that the table `flows` counts.
    Flow {
        /// What happened.
        event: FlowEvent,
        /// Where the person was.
        from: u16,
        /// Where the person went or would have gone.
        to: u16,
        /// The channel attempted, or that of the stay.
        channel: u16,
    },
    /// A wish to leave arose.
    Aspired(Motive),
    /// The person was held at once, by this.
    Held(Hold),
    /// The person was refused or turned back, and is held from then on.
    HeldBack,
    /// The wish to leave faded.
    Faded,
    /// The person decided on a channel and set a departure date.
    SetsOut {
        /// The channel.
        channel: u16,
        /// The departure date, days.
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
    /// The person got another status in the same country.
    Became(Status),
    /// A claim was rejected and continues on appeal.
    Appealed {
        /// Day of the decision.
        until: Option<u16>,
    },
    /// The person waits for its turn at a border.
    Waits {
        /// The border.
        border: u16,
    },
    /// A detail, for traced persons only.
    Detail(Box<Detail>),
}

/// What is seen of a traced person in addition to events.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// At home and content at the beginning of a step.
    AtHome(AtHome),
    /// A wish to leave has arisen, and what could come of it.
    Weighed(Box<Weighed>),
    /// The wish of a held person was tested again, with the draws with which it arose.
    Tested {
        /// The channel by which the person would go now.
        goes: Option<u16>,
        /// What stands in the way, by channel.
        hurdles: Vec<(u16, Vec<Hurdle>)>,
    },
    /// An attempt failed under the rules that hold.
    Shut {
        /// The channel.
        channel: u16,
        /// What stood in the way.
        hurdles: Vec<Hurdle>,
    },
    /// A single draw decided on admission.
    Chance {
        /// The channel.
        channel: u16,
        /// The chance, 0 to 1.
        grant: f64,
    },
    /// An application has a place and is decided on a day; `None` = it still waits for a place.
    Place {
        /// The channel.
        channel: u16,
        /// When it is decided, days.
        decided: Option<f64>,
    },
    /// A draw at a border.
    Crossing {
        /// The border.
        border: u16,
        /// Chance of being handed over, 0 to 1.
        hand_over: f64,
        /// Chance of being pushed back, if not handed over, 0 to 1.
        push_back: f64,
    },
    /// A stay began.
    Permitted {
        /// The status that the stay gives.
        status: Status,
        /// Day on which the stay ends.
        until: Option<u16>,
    },
    /// Abroad at the beginning of a step.
    Abroad(Stay),
    /// A wish to move on arose; by country, the chance that it is the one chosen.
    Onward(Vec<(u16, f64)>),
    /// A stay or savings came to an end; the alternatives, each with its chance of being tried first.
    Choice {
        /// Which of them came to an end.
        occasion: Occasion,
        /// The alternatives in the order in which they are tried; [`Alternative::Move`] names a country.
        odds: Vec<(Alternative, f64)>,
    },
    /// A draw decided on a renewal.
    Renewal {
        /// Its chance of success, 0 to 1.
        success: f64,
        /// Its price, currency units.
        price: f64,
    },
    /// A draw decided on a claim to asylum.
    Claim {
        /// Chance that the office believes it, 0 to 1.
        believed: f64,
        /// Share of the believed claims that are recognised, 0 to 1.
        grant: f64,
        /// Whether it was the appeal.
        on_appeal: bool,
        /// Chance of removal if the claim is finally rejected, 0 to 1.
        removal: f64,
    },
    /// A change of the rules affected a stay that was running.
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
    /// The same per year.
    pub leaving_per_year: f64,
    /// Factor on this hazard from ties who left or were detained lately; 1 = none.
    pub ties: f64,
    /// Factor on this hazard from a case against the person; 1 = none.
    pub case: f64,
    /// Hazard of detention per year; `None` where nobody is detained.
    pub detention_per_year: Option<f64>,
}

/// A wish to leave, and what could come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The process from which its mark came.
    pub spark: Spark,
    /// Chances of the motives (`Motive as usize`).
    pub motives: [f64; MOTIVES],
    /// Factor on the hazard because of a loss known to be coming; 1 = none.
    pub rush: f64,
    /// The chances of what may come of it.
    pub odds: Odds,
    /// What stands in the way, by channel, under the rules as the person believes them to be.
    pub hurdles: Vec<(u16, Vec<Hurdle>)>,
    /// Channels about which the person's beliefs differ from the rules that hold.
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
    /// Day on which the stay ends.
    pub until: Option<u16>,
    /// Hazard of return per year.
    pub return_per_year: f64,
    /// Hazard of moving on per year.
    pub onward_per_year: f64,
    /// Hazard of rendition per year; `None` where nobody is detained.
    pub rendition_per_year: Option<f64>,
    /// Savings (currency units), income and what is left of it (currency units a month); `None` where
    /// money does not move.
    pub money: Option<[f64; 3]>,
}
