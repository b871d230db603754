//! The rules of behaviour, each pure: persons and the world go in, hazards and choices come out.

mod aspiration;
mod asylum;
mod belief;
mod conditions;
mod constants;
mod contagion;
mod expiry;
mod housing;
mod leaving;
mod menu;
mod money;
mod onward;
mod outlook;
mod place;
mod reach;
mod returning;
mod sheet;

pub use aspiration::{Aspirant, AspirationKey, Bounds, Scratch, Verdict};
pub use asylum::{Prospect, believed, is_well_founded, prospect, worth};
pub use belief::{Belief, Beliefs, Heard, Otherwise};
pub use conditions::meets;
pub use constants::{PieceMap, constants, exits};
pub use contagion::Contagion;
pub use expiry::{Alternative, ExpiryChoice, Here, Occasion};
pub use housing::rent_exposure;
pub use leaving::{Drive, Pulse, exposure, push_terms};
pub use menu::{Exits, Knowledge, Menu, OutOfRange, Prices, Weights};
pub use money::{Ledger, Living, Work, brought, remote_until};
pub use onward::{Host, pick_channel, pick_country};
pub use outlook::Outlook;
pub use place::Place;
pub use reach::{Reach, Worth};
pub use returning::{Covariates, ReturnHazard};
pub use sheet::{Sheet, status_cost};
