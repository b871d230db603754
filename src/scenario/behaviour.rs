//! Parameters of behaviour, in base units. Their ranges, bases and sources stand in the files.

use super::voice::{NarrativeAtHome, Voice};
use crate::units::{Duration, Rate};

/// All parameters of behaviour.
#[derive(Debug, Clone, PartialEq)]
pub struct Behaviour {
    /// Leaving.
    pub leaving: Leaving,
    /// Choice of destination and channel.
    pub choice: Choice,
    /// Disutility by status, c_status.
    pub status: StatusCost,
    /// Delay between decision and departure.
    pub delay: Delay,
    /// Those who aspire and cannot go.
    pub holding: Holding,
    /// Return.
    pub return_: Return,
    /// Onward moves.
    pub onward: Onward,
    /// The end of a permitted stay.
    pub expiry: Expiry,
    /// Claims to asylum.
    pub asylum: Claiming,
    /// Settling.
    pub settled: Settled,
    /// Rents; `None` = switched off, rents stay as on the first day.
    pub rents: Option<Rents>,
    /// Attitudes of hosts; `None` = switched off, nobody is hostile and nobody hospitable.
    pub attitudes: Option<Attitudes>,
    /// How people learn of rules, and hurry before they close.
    pub belief: Belief,
    /// Money abroad; `None` = switched off, savings and income stay as on the first day.
    pub money: Option<MoneyAbroad>,
    /// Ties between persons; `None` = switched off, nobody knows anybody.
    pub ties: Option<Ties>,
    /// Detention and rendition; `None` = switched off, nobody is detained.
    pub repression: Option<Repression>,
    /// Voice at home and opposition activity; `None` = switched off, nothing is computed.
    pub voice: Option<Voice>,
    /// The story told at home; `None` = switched off, it moves nobody.
    pub narrative: Option<NarrativeAtHome>,
}

/// Leaving (the hazard of an aspiration).
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// Quiet hazard of planners.
    pub hazard_planner: Rate,
    /// Quiet hazard of others.
    pub hazard_other: Rate,
    /// Spread of ln a.
    pub attachment_spread: f64,
    /// Weight of persecution, b_risk.
    pub risk: f64,
    /// g_active.
    pub risk_active: f64,
    /// g_minority.
    pub risk_minority: f64,
    /// Protection by the community.
    pub community: f64,
    /// Weight of unemployment, b_U.
    pub unemployed: f64,
    /// Weight of lost income, b_Y.
    pub income_loss: f64,
}

/// Choice of destination and channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// lambda, above 0, at most 0.95.
    pub lambda: f64,
    /// mu, above 0, at most 1.
    pub mu: f64,
    /// b_W, ln income.
    pub income: f64,
    /// b_D, ln distance.
    pub distance: f64,
    /// b_L, language.
    pub language: f64,
    /// b_N, ln diaspora.
    pub diaspora: f64,
    /// b_R, ln rent.
    pub rent: f64,
    /// b_S, safety.
    pub safety: f64,
    /// b_H, hostility of hosts.
    pub hostility: f64,
    /// c_visa.
    pub visa: f64,
    /// delta, expected refusal.
    pub refusal: f64,
    /// d_0, persons.
    pub diaspora_scale: f64,
    /// D*, persons.
    pub diaspora_language_scale: f64,
}

/// c_status: disutility of each status.
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

/// Mean delay between decision and departure; gamma with shape 3.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// After a call-up.
    pub mobilisation: Duration,
    /// Out of conscience.
    pub conscience: Duration,
    /// Otherwise.
    pub other: Duration,
}

/// Those who aspire and cannot go.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Whether they are kept; if not, they are counted and return to the pool at once.
    pub on: bool,
    /// Rate of leaving once possible.
    pub release: Rate,
    /// Half-life of the wish.
    pub fade: Duration,
    /// How long a channel that refused or turned back stays barred for the person.
    pub retry: Duration,
}

/// Return.
#[derive(Debug, Clone, PartialEq)]
pub struct Return {
    /// h_r0, hazard in the first month at the reference covariates.
    pub hazard: Rate,
    /// Exponent of (1 + months / 6); negative = falling.
    pub duration: f64,
    /// Weight of unemployment.
    pub unemployed: f64,
    /// Weight of rent burden above `burden_threshold`.
    pub rent_burden: f64,
    /// Burden above which it counts.
    pub burden_threshold: f64,
    /// Largest burden that counts: what is above is borne by others or by savings.
    pub burden_max: f64,
    /// Weight of hostility.
    pub hostility: f64,
    /// Weight of a permit that ran out.
    pub expired: f64,
    /// Weight of fear, ln(1 + rho) (negative = holds back).
    pub fear: f64,
    /// Weight of being active (negative = holds back).
    pub active: f64,
    /// Weight of savings, on ln(1 + savings / monthly rent).
    pub savings: f64,
    /// m_return: factor where coming back in by the same channel is believed barred.
    pub no_reentry: f64,
    /// Constants subtracted from the covariates.
    pub reference: ReturnReference,
}

/// Covariates at which the hazard of return is h_r0.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnReference {
    /// Unemployed (share).
    pub unemployed: f64,
    /// (Burden - threshold)+.
    pub rent_burden: f64,
    /// Permit expired (share).
    pub expired: f64,
    /// Fear, ln(1 + rho).
    pub fear: f64,
    /// Active (share).
    pub active: f64,
    /// ln(1 + savings / monthly rent).
    pub savings: f64,
}

/// Onward moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Onward {
    /// h_on.
    pub hazard: Rate,
    /// Weight of ln(1 + months / 6) in the value of staying.
    pub rooting: f64,
}

/// The end of a permitted stay.
#[derive(Debug, Clone, PartialEq)]
pub struct Expiry {
    /// v_home: value of home, measured from the mean value of the host country to newcomers.
    pub home: f64,
    /// c_move: cost of giving up a country for another when a stay ends.
    pub moving: f64,
    /// c_irregular: cost of staying on without permission.
    pub irregular: f64,
}

/// Claims to asylum: how far they look ahead, and how the evidence errs.
#[derive(Debug, Clone, PartialEq)]
pub struct Claiming {
    /// Z: the time over which a claim is weighed, above 0.
    pub horizon: Duration,
    /// What a removal costs in value, against staying on irregularly.
    pub removal_loss: f64,
    /// Chance that a well-founded claim without documented evidence is not believed, 0 to 1.
    pub missed: f64,
    /// Chance that a claim without grounds is believed, 0 to 1.
    pub mistaken: f64,
}

/// Settling: after so long in legal stay both hazards abroad are multiplied.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// Time until settled.
    pub after: Duration,
    /// Factor of both hazards from then on.
    pub factor: f64,
}

/// The rental market.
#[derive(Debug, Clone, PartialEq)]
pub struct Rents {
    /// e_short: inverse elasticity of supply, short run.
    pub short: f64,
    /// e_long: inverse elasticity of supply, long run.
    pub long: f64,
    /// tau: memory of the shock.
    pub memory: Duration,
    /// Time in which rents move towards their target.
    pub adjustment: Duration,
}

/// Attitudes of hosts: what moves the share of the public that wants restriction, in log-odds, and
/// what hosts do for newcomers.
#[derive(Debug, Clone, PartialEq)]
pub struct Attitudes {
    /// a: log-odds where nothing moves them.
    pub baseline: f64,
    /// h_1: weight of a sudden rise of newcomers, for each percent of the population.
    pub surprise: f64,
    /// Time constant with which surprise fades.
    pub memory: Duration,
    /// h_2: weight of ln rent over that of the first day.
    pub rents: f64,
    /// h_3: weight of international pressure.
    pub pressure: f64,
    /// h_4: weight of legacy.
    pub legacy: f64,
    /// h_c: weight of contact, which lowers them.
    pub contact: f64,
    /// Share of a newcomer's rent that hosts would bear on arrival if nobody wanted restriction, 0
    /// to 1.
    pub hospitality: f64,
    /// Time abroad in which it halves.
    pub hospitality_half_life: Duration,
    /// Whether policy reacts: whether events that wait for a public ever act.
    pub reactions: bool,
}

/// How people learn of changes of rules, and hurry before what they have heard of.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// Mean time from the announcement of a change until a person hears of it.
    pub lag: Duration,
    /// The same for a change that only opens.
    pub lag_opening: Duration,
    /// Strength of the rush before rules that are announced and worse, phi.
    pub rush: f64,
    /// Largest factor of the rush, 1 or more.
    pub rush_max: f64,
}

/// Money abroad.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyAbroad {
    /// Share of remote workers who keep their work on leaving, 0 to 1.
    pub remote_kept: f64,
    /// Time in which half of those who kept it have lost it.
    pub remote_half_life: Duration,
    /// Share of the rent of a home that one person who rents pays, 0 to 1.
    pub rent_share: f64,
    /// What families send each month to who earns nothing from home, as a share of the mean net wage of
    /// the origin, 0 to 1.
    pub help: f64,
    /// Share of those without the right to work who work all the same, 0 to 1.
    pub informal_work: f64,
}

/// Ties between persons, and departures that bring on others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ties {
    /// Ties to the next persons of the segment, to each side of its ring: half of the near ties.
    pub near: u32,
    /// Ties to anybody of the origin.
    pub far: u32,
    /// Factor of the hazard of leaving for each tie that left lately, 1 or more.
    pub contagion: f64,
    /// Largest factor, 1 or more.
    pub contagion_max: f64,
    /// Factor of the hazard of leaving for each tie that was detained lately, 1 or more.
    pub detention: f64,
    /// How long a departure or a detention counts, cut to whole days.
    pub window: Duration,
    /// b_T: weight of ln(1 + ties who live there) in the value of a place, 0 or more.
    pub kin: f64,
    /// Mean time from the announcement of a change until who has a tie in the country hears of it,
    /// where that is less than for others.
    pub lag: Duration,
}

impl Ties {
    /// Days for which a departure or a detention counts.
    pub fn window_days(&self) -> u32 {
        self.window.days() as u32
    }
}

/// Detention at home, and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repression {
    /// d_1: hazard of detention, at the repression of the reference scenario's first day, of who is
    /// not identified as active.
    pub detention: Rate,
    /// g_det: how far being identified as active raises it, in the exponent.
    pub active: f64,
    /// Share of detentions that are short, 0 to 1.
    pub short_share: f64,
    /// How long a short detention lasts.
    pub short: Duration,
    /// How long the others last.
    pub long: Duration,
    /// How long a case lasts, from the detention on.
    pub case: Duration,
    /// Factor of the hazard of leaving while a case lasts, 1 or more.
    pub victim: f64,
}
