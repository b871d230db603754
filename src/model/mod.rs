//! The rules of behaviour, each pure: persons and the world go in, hazards and choices come out.

mod aspiration;
mod constants;
mod expiry;
mod leaving;
mod menu;
mod money;
mod onward;
mod outlook;
mod returning;

pub use aspiration::{Aspirant, AspirationKey, Scratch, Verdict};
pub use constants::{PieceMap, constants, exits};
pub use expiry::{Alternative, ExpiryChoice, Occasion};
pub use leaving::{Drive, Pulse, exposure, push_terms};
pub use menu::{Exits, Menu, OutOfRange, Place, Prices, Weights, meets};
pub use money::{Ledger, Living, Work, brought, remote_until};
pub use onward::{Host, pick_channel, pick_country};
pub use outlook::{Outlook, status_cost};
pub use returning::{Covariates, ReturnHazard};
