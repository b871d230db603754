//! Distributions over persons: their form, their support, and whether they can be drawn from.

use super::Checker;
use crate::scenario::Distribution;
use crate::scenario::grammar::{Bounds, UNIT};
use crate::scenario::meaning::{Claim, Meaning};
use crate::scenario::node::{Entry, Node, Table, Value};
use crate::scenario::path;
use crate::scenario::problem::Problem;
use crate::units::Dimension;

/// The forms that a distribution can have, apart from a constant.
const FORMS: [&str; 4] = ["uniform", "beta", "lognormal", "mixture"];
/// Shapes of a beta distribution that can be drawn from.
const SHAPES: Bounds = Bounds::from_to(0.01, 10_000.0);
/// Allowed spreads of a lognormal distribution.
const SPREADS: Bounds = Bounds::above(0.0, 10.0);
/// The least probability that a lognormal distribution must have between its bounds.
const LEAST_MASS: f64 = 1e-6;
/// The most parts of a mixture.
const MOST_PARTS: usize = 100;

/// The trait that a distribution describes.
#[derive(Clone, Copy)]
struct Trait<'a> {
    path: &'a str,
    dimension: Dimension,
    bounds: Bounds,
}

impl Checker<'_> {
    pub(super) fn distribution(
        &mut self,
        path: &str,
        node: &Node,
        dimension: Dimension,
        bounds: Bounds,
    ) -> Option<(Meaning, Option<Claim>)> {
        let of = Trait {
            path,
            dimension,
            bounds,
        };
        let Value::Table(table) = &node.value else {
            let value = self.quantity(path, node, dimension)?;
            self.within(path, node, value, dimension, bounds)?;
            return Some((Meaning::Distribution(Distribution::Constant(value)), None));
        };
        if table.contains_key("value") {
            let (value, claim) = self.number(path, node, dimension, bounds)?;
            return Some((Meaning::Distribution(Distribution::Constant(value)), claim));
        }
        let claim = if table.contains_key("basis") {
            self.basis(path, node, table).map(|basis| Claim {
                basis,
                range: None,
                range_text: None,
                source: match table.get("source").map(|entry| &entry.node.value) {
                    Some(Value::Text(text)) => Some(text.clone()),
                    _ => None,
                },
            })
        } else {
            None
        };
        if let Some(entry) = table.get("source") {
            self.text(&format!("{path}.source"), &entry.node);
        }
        let distribution = self.form(of, node, table, &["basis", "source"])?;
        Some((Meaning::Distribution(distribution), claim))
    }

    /// Reads the single form of a table; `beside` lists the keys allowed next to it.
    fn form(
        &mut self,
        of: Trait<'_>,
        node: &Node,
        table: &Table,
        beside: &[&str],
    ) -> Option<Distribution> {
        let path = of.path;
        let mut forms = table
            .iter()
            .filter(|(name, _)| FORMS.contains(&name.as_str()));
        let (form, entry) = match (forms.next(), forms.next()) {
            (Some((form, entry)), None) => (form.as_str(), entry),
            (None, _) => {
                let near = table
                    .iter()
                    .find_map(|(name, _)| path::nearest(name, FORMS.into_iter()));
                self.report(
                    Problem::error(format!("`{path}` has no form of distribution"))
                        .at(&node.place)
                        .expected(
                            "a quantity, or a table with one of uniform, beta, lognormal, mixture",
                        )
                        .nearest(near)
                        .cure("write { uniform = [low, high] } or another form"),
                );
                return None;
            }
            (Some((first, _)), Some((second, entry))) => {
                self.report(
                    Problem::error(format!("`{path}` has two forms, {first} and {second}"))
                        .at(&entry.key)
                        .expected("one form of distribution")
                        .cure("keep one of them, or write a mixture"),
                );
                return None;
            }
        };
        let cuts: &[&str] = if form == "lognormal" {
            &["min", "max"]
        } else {
            &[]
        };
        for (name, other) in table {
            let name = name.as_str();
            if name != form && !cuts.contains(&name) && !beside.contains(&name) {
                self.report(
                    Problem::error(format!("unknown key `{path}.{name}`"))
                        .at(&other.key)
                        .expected(match form {
                            "lognormal" => "min and max beside lognormal".to_owned(),
                            _ => format!("nothing beside {form}"),
                        })
                        .nearest(path::nearest(name, cuts.iter().copied()))
                        .cure("take it out"),
                );
            }
        }
        match form {
            "uniform" => self.uniform(of, entry),
            "beta" => self.beta(of, entry),
            "lognormal" => self.lognormal(of, entry, table),
            _ => self.mixture(of, entry),
        }
    }

    /// Returns the two entries of a form such as `uniform = [low, high]`.
    fn pair<'a>(
        &mut self,
        of: Trait<'_>,
        entry: &'a Entry,
        names: &str,
    ) -> Option<(&'a Node, &'a Node)> {
        if let Value::Array(items) = &entry.node.value
            && let [first, second] = items.as_slice()
        {
            return Some((first, second));
        }
        self.report(
            Problem::error(format!("`{}` does not have two parameters", of.path))
                .at(&entry.node.place)
                .expected(names)
                .cure(format!("write {names}")),
        );
        None
    }

    fn uniform(&mut self, of: Trait<'_>, entry: &Entry) -> Option<Distribution> {
        let (low_node, high_node) = self.pair(of, entry, "uniform = [low, high]")?;
        let low = self.end(of, low_node);
        let high = self.end(of, high_node);
        let (low, high) = (low?, high?);
        if low > high {
            self.wrong_way_round(of, &entry.node);
            return None;
        }
        Some(Distribution::Uniform { low, high })
    }

    /// Reads a value of the trait, within the bounds of the trait.
    fn end(&mut self, of: Trait<'_>, node: &Node) -> Option<f64> {
        let value = self.quantity(of.path, node, of.dimension)?;
        self.within(of.path, node, value, of.dimension, of.bounds)?;
        Some(value)
    }

    fn wrong_way_round(&mut self, of: Trait<'_>, node: &Node) {
        self.report(
            Problem::error(format!("the ends of `{}` are the wrong way round", of.path))
                .at(&node.place)
                .expected("the lower end first")
                .cure("swap the two ends"),
        );
    }

    fn beta(&mut self, of: Trait<'_>, entry: &Entry) -> Option<Distribution> {
        if !matches!(of.dimension, Dimension::Share | Dimension::Number) {
            self.report(
                Problem::error(format!(
                    "`{}` cannot be beta, which lies between 0 and 1",
                    of.path
                ))
                .at(&entry.key)
                .expected(format!("a distribution of {}", of.dimension.described()))
                .cure("write uniform or lognormal"),
            );
            return None;
        }
        let (alpha, beta) = self.pair(of, entry, "beta = [first shape, second shape]")?;
        let alpha = self.parameter(of, alpha, SHAPES);
        let beta = self.parameter(of, beta, SHAPES);
        Some(Distribution::Beta {
            alpha: alpha?,
            beta: beta?,
        })
    }

    /// Reads a pure number within bounds.
    fn parameter(&mut self, of: Trait<'_>, node: &Node, bounds: Bounds) -> Option<f64> {
        let value = self.quantity(of.path, node, Dimension::Number)?;
        self.within(of.path, node, value, Dimension::Number, bounds)?;
        Some(value)
    }

    fn lognormal(&mut self, of: Trait<'_>, entry: &Entry, table: &Table) -> Option<Distribution> {
        let pair = self.pair(
            of,
            entry,
            "lognormal = [median, standard deviation of the logarithm]",
        );
        let needs_min = !of.bounds.low_included && of.bounds.low == 0.0;
        let min = match table.get("min") {
            Some(entry) => self.end(of, &entry.node),
            None if needs_min => {
                self.missing_cut(
                    of,
                    entry,
                    "min",
                    "a minimum above zero: hardship depends on the logarithm of income",
                );
                None
            }
            None => Some(0.0),
        };
        let max = match table.get("max") {
            Some(entry) => self.end(of, &entry.node),
            None => {
                self.missing_cut(of, entry, "max", "a maximum: every distribution is bounded");
                None
            }
        };
        let (median_node, sigma_node) = pair?;
        let median = self.quantity(of.path, median_node, of.dimension);
        let sigma = self.parameter(of, sigma_node, SPREADS);
        let (median, sigma, min, max) = (median?, sigma?, min?, max?);
        self.within(
            of.path,
            median_node,
            median,
            of.dimension,
            Bounds::above(0.0, of.bounds.high),
        )?;
        if min >= max {
            self.wrong_way_round(of, &entry.node);
            return None;
        }
        let below = |value: f64| {
            let z = libm::log(value / median) / sigma;
            0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
        };
        if below(max) - below(min) < LEAST_MASS {
            self.report(
                Problem::error(format!(
                    "almost nobody lies between min and max of `{}`",
                    of.path
                ))
                .at(&entry.node.place)
                .expected("min and max on either side of the median, or near it")
                .cure("correct the median, min or max"),
            );
            return None;
        }
        Some(Distribution::Lognormal {
            median,
            sigma,
            min,
            max,
        })
    }

    fn missing_cut(&mut self, of: Trait<'_>, entry: &Entry, cut: &str, expected: &str) {
        let unit = of.dimension.usual_unit(self.currency_shown());
        let (title, value) = match (cut, of.dimension) {
            ("min", _) => (format!("`{}` has no min", of.path), 100),
            (_, Dimension::Duration) => (format!("`{}` has no finite max", of.path), 1000),
            _ => (format!("`{}` has no finite max", of.path), 100_000),
        };
        self.report(
            Problem::error(title)
                .at(&entry.key)
                .expected(expected)
                .cure(format!(
                    "write {cut} = \"{value} {unit}\" beside lognormal, or another value"
                )),
        );
    }

    fn mixture(&mut self, of: Trait<'_>, entry: &Entry) -> Option<Distribution> {
        const EXPECTED: &str = "a list such as [{ share = \"80 %\", uniform = [..] }, { share = \"20 %\", beta = [..] }]";
        let Value::Array(items) = &entry.node.value else {
            self.wrong_type(
                of.path,
                &entry.node,
                EXPECTED,
                "write a list of tables".to_owned(),
            );
            return None;
        };
        if items.is_empty() || items.len() > MOST_PARTS {
            self.report(
                Problem::error(format!(
                    "the mixture `{}` has {} parts",
                    of.path,
                    items.len()
                ))
                .at(&entry.node.place)
                .expected(format!("from 1 to {MOST_PARTS} parts"))
                .cure("write the parts, each with its share"),
            );
            return None;
        }
        let mut parts = Vec::new();
        let mut all_good = true;
        for item in items {
            match self.part(of, item) {
                Some(part) => parts.push(part),
                None => all_good = false,
            }
        }
        if !all_good {
            return None;
        }
        let total: f64 = parts.iter().map(|(share, _)| share).sum();
        if (total - 1.0).abs() > 1e-9 {
            self.report(
                Problem::error(format!(
                    "the shares of the mixture `{}` sum to {total}",
                    of.path
                ))
                .at(&entry.node.place)
                .expected("shares that sum to 1")
                .cure("correct the shares"),
            );
            return None;
        }
        Some(Distribution::Mixture(parts))
    }

    fn part(&mut self, of: Trait<'_>, node: &Node) -> Option<(f64, Distribution)> {
        let share = node.table().and_then(|table| table.get("share"));
        let (Some(table), Some(share)) = (node.table(), share) else {
            self.report(
                Problem::error(format!("a part of the mixture `{}` has no share", of.path))
                    .at(&node.place)
                    .expected("a table with a share and one form of distribution")
                    .cure("write { share = \"80 %\", uniform = [low, high] }"),
            );
            return None;
        };
        if table.contains_key("mixture") {
            self.report(
                Problem::error(format!("a part of the mixture `{}` is a mixture", of.path))
                    .at(&node.place)
                    .expected("uniform, beta or lognormal in each part")
                    .cure("write its parts into the outer mixture"),
            );
            return None;
        }
        let share = self
            .quantity(of.path, &share.node, Dimension::Share)
            .filter(|value| {
                self.within(of.path, &share.node, *value, Dimension::Share, UNIT)
                    .is_some()
            });
        let form = if let Some(entry) = table.get("value") {
            self.end(of, &entry.node).map(Distribution::Constant)
        } else {
            self.form(of, node, table, &["share"])
        };
        Some((share?, form?))
    }
}
