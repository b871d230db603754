//! Which columns are flows, counted over a step, and which are stocks, found at its end.
//!
//! Whoever adds up a column over time must know: the departures of two weeks add up, the persons
//! abroad at the ends of two weeks do not.

use super::table::Table;

/// The time to which a column's number refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Counted over the days of the step.
    Flow,
    /// As it is at the end of the step.
    Stock,
}

/// Columns that are flows, by table.
const FLOWS: &[(&str, &[&str])] = &[
    (
        "countries",
        &[
            "arrivals",
            "entries_counted",
            "departures_onward",
            "departures_return",
            "refused",
            "turned_back",
            "handed_over",
        ],
    ),
    (
        "homes",
        &[
            "left",
            "returned",
            "returned_involuntarily",
            "left_by_ordinary",
            "left_by_persecution",
            "left_by_mobilisation",
            "left_by_hardship",
            "left_by_conscience",
            "detentions",
        ],
    ),
    ("flows", &["persons"]),
    ("queues", &["decided", "quota", "used"]),
];

/// Columns that are stocks, by table.
const STOCKS: &[(&str, &[&str])] = &[
    (
        "countries",
        &[
            "newcomers",
            "in_transit",
            "applying",
            "rent_index",
            "rent_burden",
            "hostility",
            "share_wanting_visas",
        ],
    ),
    ("stays", &["persons"]),
    (
        "homes",
        &[
            "persons",
            "at_home",
            "barred",
            "deterred",
            "held_by_means",
            "applying",
            "detained",
            "mobilised",
            "abroad",
            "voicing",
        ],
    ),
    ("queues", &["waiting", "median_wait_days"]),
];

/// Returns whether a column of a step's table is a flow or a stock; `None` for keys and for tables
/// without steps.
pub fn timing(table: &Table, column: &str) -> Option<Timing> {
    let lists = |list: &[(&str, &[&str])]| {
        list.iter()
            .any(|(name, columns)| *name == table.name && columns.contains(&column))
    };
    match (lists(FLOWS), lists(STOCKS)) {
        (true, _) => Some(Timing::Flow),
        (false, true) => Some(Timing::Stock),
        (false, false) => None,
    }
}

/// Whether a table leaves out rows in which nobody is counted, so that a missing row means zero.
pub fn leaves_out_nobody(table: &Table) -> bool {
    matches!(table.name, "stays" | "flows")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::schema::TABLES;
    use crate::measure::{Keys, Kind};

    #[test]
    fn every_number_of_a_step_is_a_flow_or_a_stock() {
        let steps = TABLES.iter().filter(|table| table.keys == Keys::Step);
        for table in steps.clone() {
            for column in table.own.iter().filter(|column| !column.key) {
                if matches!(column.kind, Kind::Whole | Kind::Number) {
                    assert!(
                        timing(table, column.name).is_some(),
                        "add {}.{} to FLOWS or STOCKS in src/measure/timing.rs",
                        table.name,
                        column.name
                    );
                }
            }
        }
        for (name, columns) in FLOWS.iter().chain(STOCKS) {
            let table = steps.clone().find(|table| table.name == *name);
            for column in *columns {
                let found = table.is_some_and(|table| table.own.iter().any(|c| c.name == *column));
                assert!(found, "there is no {name}.{column}");
            }
        }
    }
}
