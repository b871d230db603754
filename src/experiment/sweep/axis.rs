//! What a sweep varies: one axis of its design.

use super::layout::Layout;
use crate::experiment::varied::base_unit;
use crate::scenario::Source;
use crate::units::{Dimension, print};
use serde::{Deserialize, Serialize};

/// One thing that varies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// The path of a value, or the name of variants.
    pub name: String,
    /// What it can be.
    pub levels: Levels,
    /// What the number means, in a sentence; empty where the scenario has none.
    #[serde(default)]
    pub meaning: String,
}

/// What an axis can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Levels {
    /// Any number from one to another.
    Range {
        /// Lower end, in the base unit.
        low: f64,
        /// Upper end, in the base unit.
        high: f64,
        /// Levels of a grid: the ends and even steps between.
        steps: Option<u32>,
        /// What it measures.
        dimension: Dimension,
        /// Whether it has to be a whole number.
        whole: bool,
    },
    /// One of some values, each as a file would write it.
    Values(Vec<String>),
    /// One of some sets of overrides, each with its name.
    Variants(Vec<Variant>),
}

/// A variant: what it is called, and what it sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// Overrides, `PATH=VALUE`.
    pub sets: Vec<String>,
}

/// What an axis is at one point.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisValue {
    /// The number in the base unit of its dimension; of values and variants their place from 0 where they are
    /// no numbers.
    pub number: f64,
    /// As a file would write it; of a variant its name.
    pub text: String,
    /// The overrides that bring it about.
    pub sets: Vec<String>,
}

impl Axis {
    /// How many different levels there are; `None` of a range without steps.
    pub fn count(&self) -> Option<u32> {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match &self.levels {
            Levels::Range { steps, .. } => *steps,
            Levels::Values(values) => Some(count(values.len())),
            Levels::Variants(variants) => Some(count(variants.len())),
        }
    }

    /// Whether it sets the value of a path of a scenario, at some level: by itself, or for all countries of a group.
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

    /// What it is at a quantile, 0 to 1: of a range the number that far along it, of a list the entry in
    /// whose equal part of 0 to 1 the quantile lies.
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
    /// Where a quantile lies along it, for whatever looks at outcomes along an axis: of a range the quantile, of whole
    /// numbers the number, of a list the place of the entry from 0. All quantiles that give one value lie at one place.
    /// Entries stand in the order of their numbers where all are plain numbers, else in that of the plan.
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

    /// How far along all of it a quantile lies, 0 to 1, by its [`Self::place`]: a step between two quantiles changes
    /// the value by that part of the axis, which of a list and of whole numbers is another than that of the quantiles.
    /// 0 where there is one value only.
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

    /// What stands at a place along it, as a file would write it; of a variant its name.
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

    /// How many entries a list has; `None` of a range.
    pub fn entries(&self) -> Option<usize> {
        match &self.levels {
            Levels::Range { .. } => None,
            Levels::Values(values) => Some(values.len()),
            Levels::Variants(variants) => Some(variants.len()),
        }
    }
}

/// The places of values in the order of their numbers, or as they stand if any is no plain number.
fn rising(values: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let numbers: Option<Vec<f64>> = values.iter().map(|value| value.parse().ok()).collect();
    if let Some(numbers) = numbers {
        order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    }
    order
}

/// What each axis is at a point of a design.
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
        // Numbers stand in their own order.
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
