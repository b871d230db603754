//! Parameters of behaviour, in base units. Their ranges, bases and sources are in the scenario
//! files.

use super::voice::{NarrativeAtHome, Voice};
use crate::units::{Duration, Rate};

/// All parameters of behaviour.
#[derive(Debug, Clone, PartialEq)]
pub struct Behaviour {
    /// When people come to aspire to leave.
    pub leaving: Leaving,
    /// Choice of destination and channel.
    pub choice: Choice,
    /// Disutility of each status, c_status.
    pub status: StatusCost,
    /// Delay between decision and departure.
    pub delay: Delay,
    /// What becomes of those who aspire and cannot go.
    pub holding: Holding,
    /// When people abroad return.
    pub return_: Return,
    /// When people abroad move on to another country.
    pub onward: Onward,
    /// The end of a permitted stay.
    pub expiry: Expiry,
    /// Claims to asylum.
    pub asylum: Claiming,
    /// How hazards change once people are settled.
    pub settled: Settled,
    /// Rents; `None` = switched off, rents stay at their first-day level.
    pub rents: Option<Rents>,
    /// Attitudes of hosts; `None` = switched off, nobody is hostile and nobody hospitable.
    pub attitudes: Option<Attitudes>,
    /// How people learn of changes of rules, and how they rush before a closure.
    pub belief: Belief,
    /// Money abroad; `None` = switched off, savings and income stay at their first-day level.
    pub money: Option<MoneyAbroad>,
    /// Ties between persons; `None` = switched off, nobody knows anybody.
    pub ties: Option<Ties>,
    /// Detention and rendition; `None` = switched off, nobody is detained.
    pub repression: Option<Repression>,
    /// Voice at home and opposition activity; `None` = switched off, nothing is computed.
    pub voice: Option<Voice>,
    /// The narrative at home; `None` = switched off, it moves nobody.
    pub narrative: Option<NarrativeAtHome>,
}

/// Parameters of leaving: the hazard that a person comes to aspire to leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// Quiet hazard of planners, who have a firm intention to leave.
    pub hazard_planner: Rate,
    /// Quiet hazard of everybody else.
    pub hazard_other: Rate,
    /// Spread of ln a, the logarithm of the personal multiplier.
    pub attachment_spread: f64,
    /// Weight of persecution, b_risk.
    pub risk: f64,
    /// g_active: how far being active raises persecution, in the exponent.
    pub risk_active: f64,
    /// g_minority: how far belonging to a minority raises persecution, in the exponent.
    pub risk_minority: f64,
    /// Protection by the community, subtracted from persecution.
    pub community: f64,
    /// Weight of unemployment, b_U.
    pub unemployed: f64,
    /// Weight of lost income, b_Y.
    pub income_loss: f64,
}

/// Parameters of the choice of destination and channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// lambda: dissimilarity of destinations against staying; above 0, at most 0.95.
    pub lambda: f64,
    /// mu: dissimilarity of the channels of one country; above 0, at most 1.
    pub mu: f64,
    /// b_W: weight of ln income there over income at home.
    pub income: f64,
    /// b_D: weight of ln distance, a cost.
    pub distance: f64,
    /// b_L: weight of language.
    pub language: f64,
    /// b_N: weight of ln diaspora.
    pub diaspora: f64,
    /// b_R: weight of ln rent over that of the first day, a cost.
    pub rent: f64,
    /// b_S: weight of safety.
    pub safety: f64,
    /// b_H: weight of the hostility of hosts, a cost.
    pub hostility: f64,
    /// c_visa: cost of having to ask for permission.
    pub visa: f64,
    /// delta: weight of the logarithm of the chance of being admitted.
    pub refusal: f64,
    /// d_0, persons: the diaspora from which it begins to count.
    pub diaspora_scale: f64,
    /// D*, persons: the diaspora at which language counts half.
    pub diaspora_language_scale: f64,
}

/// Disutility of each status, c_status.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusCost {
    /// Protected.
    pub protected: f64,
    /// Legal.
    pub legal: f64,
    /// Temporary.
    pub temporary: f64,
    /// Pending.
    pub pending: f64,
    /// Irregular.
    pub irregular: f64,
}

/// Mean delay between decision and departure, by motive; the delay is gamma-distributed with shape
/// 3.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// For departures after a call-up.
    pub mobilisation: Duration,
    /// For departures out of conscience.
    pub conscience: Duration,
    /// For all other departures.
    pub other: Duration,
}

/// What becomes of those who aspire and cannot go.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Whether they are held. If not, they are counted and return to the pool at once.
    pub on: bool,
    /// Rate of leaving once a way is open.
    pub release: Rate,
    /// Half-life of the wish.
    pub fade: Duration,
    /// How long a channel that refused or turned back stays barred for the person.
    pub retry: Duration,
}

/// Parameters of return.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// h_r0, hazard in the first month at the reference covariates.
    pub hazard: Rate,
    /// Exponent of (1 + months / 6); negative = the hazard falls with time abroad.
    pub duration: f64,
    /// Weight of unemployment.
    pub unemployed: f64,
    /// Weight of rent burden above `burden_threshold`.
    pub rent_burden: f64,
    /// Rent burden above which it counts.
    pub burden_threshold: f64,
    /// Largest rent burden that counts; what exceeds it is borne by others or paid from savings.
    pub burden_max: f64,
    /// Weight of the hostility of hosts.
    pub hostility: f64,
    /// Weight of an expired permit.
    pub expired: f64,
    /// Weight of fear at home, ln(1 + rho); negative = holds back.
    pub fear: f64,
    /// Weight of being active; negative = holds back.
    pub active: f64,
    /// Weight of savings, applied to ln(1 + savings / monthly rent).
    pub savings: f64,
    /// m_return: factor where coming back by the same channel is believed to be barred.
    pub no_reentry: f64,
    /// Covariates at which the hazard is h_r0; they are subtracted from a person's own.
    pub reference: ReturnReference,
}

/// Covariates at which the hazard of return is h_r0.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnReference {
    /// Unemployed share.
    pub unemployed: f64,
    /// (Rent burden - threshold)+.
    pub rent_burden: f64,
    /// Share whose permit expired.
    pub expired: f64,
    /// Fear, ln(1 + rho).
    pub fear: f64,
    /// Active share.
    pub active: f64,
    /// ln(1 + savings / monthly rent).
    pub savings: f64,
}

/// Parameters of onward moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Onward {
    /// h_on: hazard of an onward move at the mean pull.
    pub hazard: Rate,
    /// Weight of ln(1 + months / 6) in the value of staying.
    pub rooting: f64,
}

/// Parameters of the decision at the end of a permitted stay.
#[derive(Debug, Clone, PartialEq)]
pub struct Expiry {
    /// v_home: value of home, relative to the mean value of the host country to newcomers.
    pub home: f64,
    /// c_move: cost of giving up one country for another when a stay ends.
    pub moving: f64,
    /// c_irregular: cost of staying on without permission.
    pub irregular: f64,
}

/// Parameters of claims to asylum: how far ahead people look, and how the evidence errs.
#[derive(Debug, Clone, PartialEq)]
pub struct Claiming {
    /// Z: the time over which a person weighs a claim, above 0.
    pub horizon: Duration,
    /// Loss of value from a removal, compared with staying on irregularly.
    pub removal_loss: f64,
    /// Chance that a well-founded claim without documented evidence is not believed, 0 to 1.
    pub missed: f64,
    /// Chance that a claim without grounds is believed, 0 to 1.
    pub mistaken: f64,
}

/// Settling: after enough time in legal stay, the hazards of return and of onward moves are
/// multiplied.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// Time until settled.
    pub after: Duration,
    /// Factor of both hazards once settled.
    pub factor: f64,
}

/// Parameters of the rental market.
#[derive(Debug, Clone, PartialEq)]
pub struct Rents {
    /// e_short: inverse elasticity of supply, short run.
    pub short: f64,
    /// e_long: inverse elasticity of supply, long run.
    pub long: f64,
    /// tau: memory of a shock.
    pub memory: Duration,
    /// Time over which rents move towards their target.
    pub adjustment: Duration,
}

/// Attitudes of hosts: what moves the share of the public that wants restriction, in log-odds, and
/// what hosts do for newcomers.
#[derive(Debug, Clone, PartialEq)]
pub struct Attitudes {
    /// h_0: log-odds of wanting restriction where nothing moves them.
    pub baseline: f64,
    /// h_1: weight of a sudden rise of newcomers, per percent of the population.
    pub surprise: f64,
    /// Time constant with which surprise fades.
    pub memory: Duration,
    /// h_2: weight of ln rent over that of the first day, where it is higher.
    pub rents: f64,
    /// h_3: weight of international pressure.
    pub pressure: f64,
    /// h_4: weight of legacy.
    pub legacy: f64,
    /// h_c: weight of contact, which lowers the log-odds.
    pub contact: f64,
    /// Share of a newcomer's rent that hosts would bear on arrival if nobody wanted restriction, 0
    /// to 1.
    pub hospitality: f64,
    /// Time abroad in which that share halves.
    pub hospitality_half_life: Duration,
    /// Whether policy reacts: whether events that wait for a public ever act.
    pub reactions: bool,
}

/// How people learn of changes of rules, and how they rush before a closure they have heard of.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// Mean time from the announcement of a change until a person hears of it.
    pub lag: Duration,
    /// The same for a change that only opens.
    pub lag_opening: Duration,
    /// phi: strength of the rush before rules that are announced and worse.
    pub rush: f64,
    /// Largest factor of the rush, 1 or more.
    pub rush_max: f64,
}

/// Parameters of money abroad.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyAbroad {
    /// Share of remote workers who keep their work when they leave, 0 to 1.
    pub remote_kept: f64,
    /// Time in which half of those who kept their work have lost it.
    pub remote_half_life: Duration,
    /// Share of a home's rent that one person who rents pays, 0 to 1.
    pub rent_share: f64,
    /// What families send each month to a person who earns nothing from home, as a share of the
    /// mean net wage of the origin, 0 to 1.
    pub help: f64,
    /// Share of those without the right to work who work anyway, 0 to 1.
    pub informal_work: f64,
}

/// Parameters of ties between persons, through which departures prompt further departures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ties {
    /// Ties to the next persons on each side of the segment's ring: half of a person's near ties.
    pub near: u32,
    /// Far ties, to anybody of the origin.
    pub far: u32,
    /// Factor of the hazard of leaving for each tie that left recently, 1 or more.
    pub contagion: f64,
    /// Largest factor of all ties together, departures and detentions; 1 or more.
    pub contagion_max: f64,
    /// Factor of the hazard of leaving for each tie that was detained recently, 1 or more.
    pub detention: f64,
    /// How long a departure or a detention counts; truncated to whole days.
    pub window: Duration,
    /// b_T: weight of ln(1 + ties who live there) in the value of a place, 0 or more.
    pub kin: f64,
    /// Mean time from the announcement of a change until a person with a tie in the country hears
    /// of it, where that is less than for others.
    pub lag: Duration,
}

impl Ties {
    /// Returns the days for which a departure or a detention counts.
    pub fn window_days(&self) -> u32 {
        self.window.days() as u32
    }
}

/// Parameters of detention at home, and of what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repression {
    /// d_1: hazard of detention of a person not identified as active, at the repression of the
    /// reference scenario's first day.
    pub detention: Rate,
    /// g_det: how far being identified as active raises the hazard, in the exponent.
    pub active: f64,
    /// Share of detentions that are short, 0 to 1.
    pub short_share: f64,
    /// How long a short detention lasts.
    pub short: Duration,
    /// How long the other detentions last.
    pub long: Duration,
    /// How long a case lasts, from the detention on.
    pub case: Duration,
    /// Factor of the hazard of leaving while a case lasts, 1 or more.
    pub victim: f64,
}
