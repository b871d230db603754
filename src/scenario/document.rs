//! Documents that a person can hold.

use crate::units::Duration;

/// A document that a person can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Name; the key of its draws.
    pub name: String,
    /// How long one is valid; `None` = who holds it keeps it.
    pub valid: Option<Duration>,
    /// Whether it is issued on the first day, so that its holders renew it.
    pub issued: bool,
}

impl Document {
    /// A document that is kept for good.
    pub fn lasting(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            valid: None,
            issued: true,
        }
    }
}
