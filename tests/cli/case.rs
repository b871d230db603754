//! Two scenarios to compare: the shipped example, and the same with a border that closes half a year earlier.

use super::desk::{Desk, EXAMPLE, shipped};
use std::fs;

/// Files of the two, and what makes the runs short.
pub const PAIR: [&str; 5] = ["compare", "base.toml", "policy.toml", "--scale", "300"];

/// A policy that extends the base.
pub const POLICY: &str = "extends = [\"base.toml\"]\n[event.coastia-closes]\ndate = 2031-01-01\n";

impl Desk {
    /// A desk with `base.toml` and `policy.toml`.
    pub fn with_pair() -> Self {
        let desk = Self::new();
        let example = shipped(EXAMPLE).display().to_string().replace('\\', "/");
        desk.write("base.toml", &format!("extends = [{example:?}]\n"));
        desk.write("policy.toml", POLICY);
        desk
    }

    /// Puts a file there.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }
}
