//! How much a full-time activist abroad must count, against one at home, for two scenarios to be equal.
//!
//! Capacity is activity at home + w times activity abroad. A scenario differs from the base by
//! dHome + w dAbroad, which is zero at w* = -dHome / dAbroad: one of the two has more below w*, the other above it.

use super::headlines::{ABROAD, AT_HOME, origins};
use super::{ComparedRow, Comparison, OutcomeKey, points};
use crate::measure::comparison_schema::BREAK_EVEN;
use crate::measure::{ALL, Cell, Sink};
use std::collections::BTreeMap;

/// The range of weights considered, both ends included.
const WEIGHTS: std::ops::RangeInclusive<f64> = 0.1..=10.0;
/// Kinds of activity at home.
const ACTIVITIES: [&str; 2] = ["publishing", "street"];

/// Which of the two has more opposition capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The base.
    Base,
    /// The scenario.
    Scenario,
    /// Neither.
    Equal,
}

impl Side {
    /// The word for it in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Scenario => "scenario",
            Self::Equal => "equal",
        }
    }

    /// The side that has more if the scenario differs from the base by `difference`.
    fn of(difference: f64) -> Self {
        match difference {
            more if more > 0.0 => Self::Scenario,
            less if less < 0.0 => Self::Base,
            _ => Self::Equal,
        }
    }
}

/// The break-even weight of a scenario: a row of the table `break_even`.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEvenRow {
    /// The scenario, as an index into the names.
    pub scenario: usize,
    /// The activity that counts at home: publishing or street.
    pub activity: &'static str,
    /// Code of the origin, or [`ALL`].
    pub origin: String,
    /// Mean difference abroad, in full-time activists.
    pub abroad: f64,
    /// Mean difference at home, in full-time activists.
    pub at_home: f64,
    /// Weight at which the two cancel; `None` unless it lies from 0.1 to 10.
    pub weight: Option<f64>,
    /// 5 % and 95 % points of the weights of the draws that have one from 0.1 to 10, computed as for
    /// differences; `None` with fewer than two such draws.
    pub interval: Option<(f64, f64)>,
    /// Number of draws.
    pub draws: u32,
    /// Number of draws with a weight from 0.1 to 10.
    pub draws_with_weight: u32,
    /// Which side has more below the weight; if there is no weight, at every weight from 0.1 to 10.
    pub below: Side,
}

/// The rows of the table `break_even`.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEvens {
    /// The scenarios, the base first.
    pub names: Vec<String>,
    /// Sorted by scenario name, activity and origin.
    pub rows: Vec<BreakEvenRow>,
}

impl BreakEvens {
    /// The rows of every scenario and origin and, with several origins, of all together. Empty if voice is off.
    pub fn of(comparison: &Comparison) -> Self {
        let mut origins: Vec<String> = origins(comparison).into_iter().collect();
        if origins.len() > 1 {
            origins.push(ALL.to_owned());
            origins.sort();
        }
        let mut scenarios: Vec<usize> = (1..comparison.names.len()).collect();
        scenarios.sort_by_key(|scenario| (&comparison.names[*scenario], *scenario));
        let mut rows = Vec::new();
        for scenario in scenarios {
            for activity in ACTIVITIES {
                for origin in &origins {
                    let row =
                        |id, group| comparison.row(scenario, &OutcomeKey::new(id, group, origin));
                    let both = row(ABROAD, ALL).zip(row(AT_HOME, activity));
                    rows.extend(
                        both.and_then(|(abroad, at_home)| {
                            BreakEvenRow::of(activity, abroad, at_home)
                        }),
                    );
                }
            }
        }
        Self {
            names: comparison.names.clone(),
            rows,
        }
    }

    /// Writes the rows of the table `break_even`.
    pub fn write(&self, sink: &mut impl Sink) {
        for row in &self.rows {
            let names = (self.names.first(), self.names.get(row.scenario));
            let (Some(base), Some(scenario)) = names else {
                continue;
            };
            sink.row(
                &BREAK_EVEN,
                &[
                    Cell::Text(base),
                    Cell::Text(scenario),
                    Cell::Text(row.activity),
                    Cell::Text(&row.origin),
                    Cell::Number(row.abroad),
                    Cell::Number(row.at_home),
                    Cell::number(row.weight),
                    Cell::number(row.interval.map(|ends| ends.0)),
                    Cell::number(row.interval.map(|ends| ends.1)),
                    Cell::Whole(row.draws.into()),
                    Cell::Whole(row.draws_with_weight.into()),
                    Cell::Text(row.below.word()),
                    Cell::Text(row.verdict()),
                ],
            );
        }
    }
}

impl BreakEvenRow {
    fn of(activity: &'static str, abroad: &ComparedRow, at_home: &ComparedRow) -> Option<Self> {
        let by_draw: BTreeMap<u32, f64> = at_home.by_draw.iter().copied().collect();
        let weights: Vec<Option<f64>> = abroad
            .by_draw
            .iter()
            .filter_map(|(draw, abroad)| Some(weight(*abroad, *by_draw.get(draw)?)))
            .collect();
        let with_weight: Vec<f64> = weights.iter().copied().flatten().collect();
        let (of_abroad, of_home) = (abroad.difference?.mean, at_home.difference?.mean);
        let found = weight(of_abroad, of_home);
        Some(Self {
            scenario: abroad.scenario,
            activity,
            origin: abroad.key.country.clone(),
            abroad: of_abroad,
            at_home: of_home,
            weight: found,
            interval: points::of_the_next(&with_weight),
            draws: weights.len() as u32,
            draws_with_weight: with_weight.len() as u32,
            below: match found {
                // At weight 0 only activity at home counts, and the sign stays the same up to the break-even.
                Some(_) => Side::of(of_home),
                // No sign change from 0.1 to 10: the sign at weight 1 is the sign at all of them.
                None => Side::of(of_home + of_abroad),
            },
        })
    }

    /// `flip` if there is a break-even weight from 0.1 to 10, otherwise `no flip`.
    pub fn verdict(&self) -> &'static str {
        match self.weight {
            Some(_) => "flip",
            None => "no flip",
        }
    }
}

/// The break-even weight of two differences, if it lies within `WEIGHTS`.
fn weight(abroad: f64, at_home: f64) -> Option<f64> {
    let weight = -at_home / abroad;
    WEIGHTS.contains(&weight).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{Rows, cells, names, outcome};
    use super::*;
    use crate::measure::Outcome;

    /// Differences of one origin: abroad, publishing at home, in the street.
    type Differences = [f64; 3];

    fn run(origins: &[(&str, Differences)]) -> Vec<Outcome> {
        let rows = origins
            .iter()
            .flat_map(|(origin, [abroad, publishing, street])| {
                [
                    outcome(ABROAD, ALL, origin, 1000.0 + abroad),
                    outcome(AT_HOME, "publishing", origin, 1000.0 + publishing),
                    outcome(AT_HOME, "street", origin, 1000.0 + street),
                ]
            });
        rows.collect()
    }

    fn of(draws: &[Differences]) -> Vec<BreakEvenRow> {
        let run = |scenario, draw: u32, _| match scenario {
            0 => run(&[("RU", [0.0; 3]), (ALL, [0.0; 3])]),
            _ => run(&[("RU", draws[draw as usize]), (ALL, draws[draw as usize])]),
        };
        let cells = cells(2, draws.len() as u32, 1, run);
        BreakEvens::of(&Comparison::of(names(2), &cells)).rows
    }

    #[test]
    fn a_constructed_case_flips_at_its_weight() {
        let rows = of(&[[12.0, -3.0, -30.0]]);
        assert_eq!(rows.len(), 2, "one origin stands for all");
        let said = |row: &BreakEvenRow| (row.activity, row.weight, row.below, row.verdict());
        assert_eq!(
            said(&rows[0]),
            ("publishing", Some(0.25), Side::Base, "flip")
        );
        assert_eq!(said(&rows[1]), ("street", Some(2.5), Side::Base, "flip"));
        assert_eq!((rows[1].abroad, rows[1].at_home), (12.0, -30.0));
        let other_way = of(&[[-12.0, 3.0, 30.0]]);
        assert_eq!(
            said(&other_way[1]),
            ("street", Some(2.5), Side::Scenario, "flip")
        );
    }

    #[test]
    fn one_built_without_says_no_flip_and_who_has_more() {
        let below = |differences: Differences| {
            let rows = of(&[differences]);
            assert!(
                rows.iter()
                    .all(|row| row.weight.is_none() && row.verdict() == "no flip")
            );
            (rows[0].below, rows[1].below)
        };
        assert_eq!(below([5.0, 1.0, 1.0]), (Side::Scenario, Side::Scenario));
        assert_eq!(below([-5.0, -1.0, 0.0]), (Side::Base, Side::Base));
        assert_eq!(below([0.0, 0.0, 0.0]), (Side::Equal, Side::Equal));
        // The signs differ, but the weight lies outside 0.1 to 10: 0.01 and 20.
        assert_eq!(below([100.0, -1.0, -2000.0]), (Side::Scenario, Side::Base));
        assert_eq!(below([0.0, -1.0, 1.0]), (Side::Base, Side::Scenario));
    }

    #[test]
    fn draws_have_weights_of_their_own() {
        let rows = of(&[
            [1.0, 0.0, -1.0],
            [1.0, 0.0, -2.0],
            [1.0, 0.0, -3.0],
            [1.0, 0.0, 9.0],
        ]);
        let street = &rows[1];
        assert_eq!((street.draws, street.draws_with_weight), (4, 3));
        let (low, high) = street.interval.unwrap();
        assert_eq!((low, high), (1.0, 3.0));
        // From the mean differences, not the mean of the weights: 3 / 4 at home against 1 abroad.
        assert_eq!((street.weight, street.below), (None, Side::Scenario));
        assert_eq!((rows[0].draws_with_weight, rows[0].interval), (0, None));
    }

    #[test]
    fn several_origins_stand_apart_and_together() {
        let run = |scenario, _, _| match scenario {
            0 => run(&[("BY", [0.0; 3]), ("RU", [0.0; 3]), (ALL, [0.0; 3])]),
            _ => run(&[
                ("BY", [1.0, -1.0, -1.0]),
                ("RU", [4.0, 1.0, 1.0]),
                (ALL, [5.0, 0.0, 0.0]),
            ]),
        };
        let all = BreakEvens::of(&Comparison::of(names(2), &cells(2, 1, 1, run)));
        let mut rows = Rows::default();
        all.write(&mut rows);
        let said: Vec<String> = rows
            .0
            .iter()
            .map(|row| row[2..4].join(" ") + " " + &row[12])
            .collect();
        assert_eq!(
            said,
            [
                "publishing ALL no flip",
                "publishing BY flip",
                "publishing RU no flip",
                "street ALL no flip",
                "street BY flip",
                "street RU no flip",
            ]
        );
    }

    #[test]
    fn there_is_nothing_where_voice_is_off() {
        let run = |_, _, _| vec![outcome("left", ALL, ALL, 5.0)];
        let comparison = Comparison::of(names(2), &cells(2, 1, 1, run));
        assert_eq!(BreakEvens::of(&comparison).rows, []);
    }
}
