//! Documents that a person can hold.

use crate::units::Duration;

/// A document that a person can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Name; the key of its draws.
    pub name: String,
    /// How long it is valid; `None` = its holders keep it for good.
    pub valid: Option<Duration>,
    /// Whether it is issued on the first day, so that its holders renew it.
    pub issued: bool,
}

impl Document {
    /// Returns a document that its holders keep for good.
    pub fn lasting(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            valid: None,
            issued: true,
        }
    }
}
