//! Whether what is said of detention and rendition can mean anything.

use super::Builder;
use crate::scenario::problem::Problem;
use crate::scenario::{Field, NewValue, Scenario};

impl Builder<'_> {
    /// Detentions are measured against the repression of the first day, of which nothing is no
    /// measure; and whom nobody detains no limit of the police concerns.
    pub(super) fn check_repression(&mut self, scenario: &Scenario) {
        if scenario.behaviour.repression.is_none() {
            return;
        }
        for (index, country) in scenario.countries.iter().enumerate() {
            if country.repression > 0.0 || !self.origins.contains(&country.code) {
                continue;
            }
            let mut rises = scenario.new_values(Field::Repression, index);
            if !rises.any(|to| matches!(to, NewValue::Number(number) if *number > 0.0)) {
                continue;
            }
            let path = format!("country.{}.repression", country.code);
            let place = match self.get(&path) {
                Some(said) => said.place.clone(),
                None => self.place_of(&format!("country.{}", country.code)),
            };
            self.report(
                Problem::error(format!(
                    "`{path}` is 0 on the first day, and an event raises it"
                ))
                .at(&place)
                .expected(
                    "repression above 0 on the first day: detentions are measured against it \
                     (behaviour.repression.on)",
                )
                .cure("write a small number, such as 0.01, or turn behaviour.repression off"),
            );
        }
    }
}
