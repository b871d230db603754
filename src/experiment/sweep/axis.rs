//! What a sweep varies: one axis of its design.

use super::layout::Layout;
use crate::experiment::varied::base_unit;
use crate::scenario::Source;
use crate::units::{Dimension, print};
use serde::{Deserialize, Serialize};

/// One axis of a design: what varies, and over what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// The path of a value, or the name of variants.
    pub name: String,
    /// The levels it can take.
    pub levels: Levels,
    /// What the number means, in a sentence; empty if the scenario does not say.
    #[serde(default)]
    pub meaning: String,
}

/// The levels that an axis can take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Levels {
    /// Any number from `low` to `high`.
    Range {
        /// Lower end, in the base unit.
        low: f64,
        /// Upper end, in the base unit.
        high: f64,
        /// Number of levels in a grid: both ends and even steps between.
        steps: Option<u32>,
        /// What it measures.
        dimension: Dimension,
        /// Whether the number must be whole.
        whole: bool,
    },
    /// One of a list of values, each as written in a file.
    Values(Vec<String>),
    /// One of a list of variants.
    Variants(Vec<Variant>),
}

/// A named set of overrides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Overrides, `PATH=VALUE`.
    pub sets: Vec<String>,
}

/// The value of an axis at one point.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisValue {
    /// The number in the base unit of its dimension. For values that are not numbers, and for variants, the
    /// index from 0.
    pub number: f64,
    /// The value as written in a file; for a variant its name.
    pub text: String,
    /// The overrides that set it.
    pub sets: Vec<String>,
}

impl Axis {
    /// Number of distinct levels; `None` for a range without steps.
    pub fn count(&self) -> Option<u32> {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match &self.levels {
            Levels::Range { steps, .. } => *steps,
            Levels::Values(values) => Some(count(values.len())),
            Levels::Variants(variants) => Some(count(variants.len())),
        }
    }

    /// Whether it sets, at some level, the value at a path of a scenario: directly, or for all countries of a group.
    pub fn sets_path(&self, path: &str, source: &Source) -> bool {
        let sets = |set: &String| source.paths_of(set).iter().any(|set| set == path);
        match &self.levels {
            Levels::Variants(variants) => {
                variants.iter().any(|variant| variant.sets.iter().any(sets))
            }
            Levels::Range { .. } | Levels::Values(_) => sets(&self.name),
        }
    }

    /// The unit of its numbers; empty for plain numbers and for lists.
    pub fn unit(&self, currency: &str) -> String {
        match &self.levels {
            Levels::Range { dimension, .. } => base_unit(*dimension, currency),
            Levels::Values(_) | Levels::Variants(_) => String::new(),
        }
    }

    /// The value at a quantile, 0 to 1: in a range the number that far along it; in a list, which divides 0
    /// to 1 into equal parts, the entry whose part holds the quantile.
    pub fn at(&self, quantile: f64, currency: &str) -> AxisValue {
        let entry =
            |length: usize| ((quantile * length as f64) as usize).min(length.saturating_sub(1));
        match &self.levels {
            Levels::Range {
                low,
                high,
                dimension,
                whole,
                ..
            } => {
                let exact = match quantile {
                    1.0 => *high,
                    _ => low + (high - low) * quantile,
                };
                let number = if *whole { exact.round() } else { exact };
                let text = print(number, *dimension, currency);
                AxisValue {
                    number,
                    sets: vec![format!("{}={text}", self.name)],
                    text,
                }
            }
            Levels::Values(values) => {
                let place = entry(values.len());
                let text = values.get(place).cloned().unwrap_or_default();
                AxisValue {
                    number: text.parse().unwrap_or(place as f64),
                    sets: vec![format!("{}={text}", self.name)],
                    text,
                }
            }
            Levels::Variants(variants) => {
                let place = entry(variants.len());
                let variant = variants.get(place);
                AxisValue {
                    number: place as f64,
                    text: variant
                        .map(|variant| variant.name.clone())
                        .unwrap_or_default(),
                    sets: variant
                        .map(|variant| variant.sets.clone())
                        .unwrap_or_default(),
                }
            }
        }
    }
}

impl Axis {
    /// Where a quantile lies along the axis, for looking at outcomes along it: in a range the quantile
    /// itself, for whole numbers the number, in a list the index of the entry from 0. All quantiles that give
    /// one value lie at one place. Entries are ordered by number if all are plain numbers, otherwise as in
    /// the plan.
    pub fn place(&self, quantile: f64) -> f64 {
        let value = self.at(quantile, "");
        match &self.levels {
            Levels::Range { whole: true, .. } => value.number,
            Levels::Range { .. } => quantile,
            Levels::Values(values) => {
                let order = rising(values);
                let entry = order.iter().position(|at| values[*at] == value.text);
                entry.unwrap_or_default() as f64
            }
            Levels::Variants(_) => value.number,
        }
    }

    /// How far along the whole axis a quantile lies, 0 to 1, measured by its [`Self::place`]: a step between
    /// two quantiles changes the value by that fraction of the axis, which for lists and whole numbers
    /// differs from the step in quantiles. 0 if there is only one value.
    pub fn part(&self, quantile: f64) -> f64 {
        let (first, last) = match &self.levels {
            Levels::Range { whole: true, .. } => (self.place(0.0), self.place(1.0)),
            Levels::Range { .. } => return quantile,
            Levels::Values(_) | Levels::Variants(_) => {
                (0.0, self.entries().unwrap_or(0) as f64 - 1.0)
            }
        };
        match last > first {
            true => (self.place(quantile) - first) / (last - first),
            false => 0.0,
        }
    }

    /// The value at a place along the axis, as written in a file; for a variant its name.
    pub fn written(&self, place: f64, currency: &str) -> String {
        let entry = place.max(0.0) as usize;
        match &self.levels {
            Levels::Range {
                whole: true,
                dimension,
                ..
            } => print(place, *dimension, currency),
            Levels::Range { .. } => self.at(place, currency).text,
            Levels::Values(values) => {
                let at = rising(values).get(entry).copied();
                at.map(|at| values[at].clone()).unwrap_or_default()
            }
            Levels::Variants(variants) => {
                let variant = variants.get(entry);
                variant
                    .map(|variant| variant.name.clone())
                    .unwrap_or_default()
            }
        }
    }

    /// Number of entries in a list; `None` for a range.
    pub fn entries(&self) -> Option<usize> {
        match &self.levels {
            Levels::Range { .. } => None,
            Levels::Values(values) => Some(values.len()),
            Levels::Variants(variants) => Some(variants.len()),
        }
    }
}

/// Indices of the values in ascending order of their numbers, or in their given order if any is not a plain number.
fn rising(values: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let numbers: Option<Vec<f64>> = values.iter().map(|value| value.parse().ok()).collect();
    if let Some(numbers) = numbers {
        order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    }
    order
}

/// The value of each axis at a point of a design.
pub fn values(axes: &[Axis], layout: &Layout, point: u64, currency: &str) -> Vec<AxisValue> {
    let quantiles = layout.point(point).unwrap_or_default();
    axes.iter()
        .zip(quantiles)
        .map(|(axis, quantile)| axis.at(quantile, currency))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quantile_is_a_level() {
        let range = Axis {
            name: "behaviour.rents.short".into(),
            levels: Levels::Range {
                low: 1.0,
                high: 9.0,
                steps: Some(5),
                dimension: Dimension::Number,
                whole: false,
            },
            meaning: String::new(),
        };
        let numbers = [0.0, 0.25, 1.0].map(|quantile| range.at(quantile, "EUR").number);
        assert_eq!((numbers, range.count()), ([1.0, 3.0, 9.0], Some(5)));
        assert_eq!(range.at(0.25, "EUR").sets, ["behaviour.rents.short=3"]);
        let values = Axis {
            name: "country.GE.wage".into(),
            levels: Levels::Values(vec!["400 USD/month".into(), "500 USD/month".into()]),
            meaning: String::new(),
        };
        let texts = [0.0, 0.49, 0.5, 1.0].map(|quantile| values.at(quantile, "USD").text);
        assert_eq!(texts[0], texts[1]);
        assert_eq!(texts[2], "500 USD/month");
        assert_eq!(texts[2], texts[3]);
        let variant = |name: &str, sets: &[&str]| Variant {
            name: name.into(),
            sets: sets.iter().map(|set| (*set).to_owned()).collect(),
        };
        let variants = Axis {
            name: "regime".into(),
            levels: Levels::Variants(vec![
                variant("as-it-was", &[]),
                variant("closed", &["a=1", "b=2"]),
            ]),
            meaning: String::new(),
        };
        assert_eq!(variants.at(0.9, "USD").sets.len(), 2);
        assert!(variants.at(0.1, "USD").sets.is_empty());
    }

    #[test]
    fn all_quantiles_of_a_value_lie_at_one_place() {
        let axis = |levels| Axis {
            name: "a.b".into(),
            levels,
            meaning: String::new(),
        };
        let places = |axis: &Axis| [0.1, 0.4, 0.6, 0.9].map(|quantile| axis.place(quantile));
        let values = |values: &[&str]| {
            axis(Levels::Values(
                values.iter().map(|value| (*value).to_owned()).collect(),
            ))
        };
        let texts = values(&["2022-12-01", "2022-09-19"]);
        assert_eq!(places(&texts), [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(texts.written(0.0, "EUR"), "2022-12-01");
        // Numbers are ordered by size.
        let numbers = values(&["9", "2.7"]);
        assert_eq!(places(&numbers), [1.0, 1.0, 0.0, 0.0]);
        assert_eq!(numbers.written(0.0, "EUR"), "2.7");
        let whole = axis(Levels::Range {
            low: 1.0,
            high: 2.0,
            steps: None,
            dimension: Dimension::Number,
            whole: true,
        });
        assert_eq!(places(&whole), [1.0, 1.0, 2.0, 2.0]);
        assert_eq!(whole.written(2.0, "EUR"), "2");
        assert_eq!((texts.entries(), whole.entries()), (Some(2), None));
        let parts = |axis: &Axis| [0.1, 0.4, 0.6, 0.9].map(|quantile| axis.part(quantile));
        for axis in [&texts, &whole] {
            assert_eq!(parts(axis), [0.0, 0.0, 1.0, 1.0]);
        }
        assert_eq!(parts(&numbers), [1.0, 1.0, 0.0, 0.0]);
        assert_eq!(
            parts(&values(&["b", "c", "a", "d", "e"])),
            [0.0, 0.5, 0.75, 1.0]
        );
        assert_eq!(parts(&values(&["alone"])), [0.0; 4]);
    }
}
