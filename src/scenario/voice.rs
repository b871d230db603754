//! Parameters of voice and of the narrative at home, in base units. The signs of their effects are
//! contested, so every weight may have either sign.

use super::country::Status;
use crate::units::Duration;

/// Parameters of voice at home, and of opposition activity at home and abroad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Voice {
    /// v_0: log-odds of voicing opposition where nothing moves them.
    pub baseline: f64,
    /// psi: weight of grievance.
    pub grievance: f64,
    /// chi: weight of the share that voiced opposition in the previous step.
    pub others: f64,
    /// omega: weight of exposure to persecution, which lowers voice.
    pub fear: f64,
    /// xi: weight of the value of exit, which lowers voice; above 0, exit is a valve.
    pub exit: f64,
    /// M: share of the citizens at home, 0 to 1, above which voice has a critical mass; `None` =
    /// not given.
    pub critical_mass: Option<f64>,
    /// Publishing by an activist at home, relative to that of one who is safe abroad, 0 to 1.
    pub publishing_home: f64,
    /// T_half: time since leaving in which the activity of an activist abroad halves.
    pub half_life: Duration,
    /// Activity abroad by status.
    pub security: Security,
}

/// Activity of an activist abroad by status, relative to that of one at home who has nothing to
/// fear, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Security {
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

impl Security {
    /// Returns the activity of a status.
    pub fn of(&self, status: Status) -> f64 {
        match status {
            Status::Protected => self.protected,
            Status::Legal => self.legal,
            Status::Temporary => self.temporary,
            Status::Pending => self.pending,
            Status::Irregular => self.irregular,
        }
    }
}

/// Parameters of the narrative at home: the story told there of how those who leave are received.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NarrativeAtHome {
    /// Weight of refusals seen, per thousand citizens; above 0, they bind people to home.
    pub refusals: f64,
    /// Weight of the hostility of hosts; above 0, it too binds people to home.
    pub hostility: f64,
    /// Weight of arrivals admitted, per thousand citizens; above 0, they draw people away.
    pub contacts: f64,
    /// Time constant with which what was seen fades.
    pub memory: Duration,
    /// Largest shift of the logarithm of the hazard of leaving in either direction, above 0.
    pub limit: f64,
}
