//! What the page shows, in order: the outcomes, and for each what the tables say about every axis in every scenario.

use super::SweepPage;
use super::axes::readable;
use crate::analyse::comparison_tables::MeanAndBand;
use crate::analyse::labels;
use crate::analyse::sensitivity_tables::{AxisEffect, NoiseRow, ResponsePart};
use crate::analyse::swept::{Gap, SweptKey};
use crate::experiment::sweep::{Shape, SweepSpec};
use crate::measure::ALL;
use crate::store::Manifest;
use std::collections::BTreeMap;

/// The most numbers that a page may contain. Outcomes beyond that are only in the tables, so that no page grows
/// without end.
const MOST_NUMBERS: usize = 250_000;
/// Numbers that an axis has in the estimates of an outcome, and in a response curve.
const NUMBERS: (usize, usize) = (12, 24);
/// Number of axes whose response curves are drawn.
pub(super) const CURVES: usize = 6;

/// The measure by which axes are ranked, which depends on the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Yardstick {
    /// The total index.
    Total,
    /// The mean size of elementary effects.
    MuStar,
    /// The size of the partial rank correlation.
    Rank,
    /// How far the response goes up and down.
    Swing,
}

/// Everything that is shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub spec: &'a SweepSpec,
    /// What the runs warn of.
    pub warnings: &'a [String],
    pub gaps: &'a [Gap],
    pub manifest: &'a Manifest,
    pub yardstick: Yardstick,
    /// The names of the axes in readable form, in the order of the plan.
    pub axes: Vec<String>,
    /// Outcomes for everybody everywhere first, then by group, then by country.
    pub outcomes: Vec<Outcome<'a>>,
    /// Number of outcomes that the page has no room for.
    pub left_out: usize,
    /// Number of points of the design.
    pub points: u64,
}

/// An outcome.
#[derive(Debug)]
pub(super) struct Outcome<'a> {
    pub id: &'a str,
    pub group: &'a str,
    pub country: &'a str,
    /// Its name in words.
    pub label: String,
    pub unit: &'a str,
    /// The outcome in each scenario, in the order of the plan.
    pub cases: Vec<Case<'a>>,
}

/// An outcome in a scenario.
#[derive(Debug, Clone, Default)]
pub(super) struct Case<'a> {
    /// The estimates for each axis.
    pub effects: Vec<Option<&'a AxisEffect>>,
    /// The response curve for each axis, from low to high.
    pub curves: Vec<Vec<&'a ResponsePart>>,
    pub noise: Option<&'a NoiseRow>,
}

impl<'a> View<'a> {
    pub fn of(page: &SweepPage<'a>) -> Self {
        let SweepPage {
            description,
            tables,
            ..
        } = *page;
        let spec = &description.spec;
        let axis: BTreeMap<&str, usize> = spec
            .axes
            .iter()
            .enumerate()
            .map(|(at, axis)| (axis.name.as_str(), at))
            .collect();
        let empty = Case {
            effects: vec![None; spec.axes.len()],
            curves: vec![Vec::new(); spec.axes.len()],
            noise: None,
        };
        let mut found: BTreeMap<[&str; 3], (&str, Vec<Case<'a>>)> = BTreeMap::new();
        let mut fill = |key: &'a SweptKey, unit: &'a str, with: &mut dyn FnMut(&mut Case<'a>)| {
            let of_one = [key.outcome.as_str(), &key.group, &key.country];
            let new = || (unit, vec![empty.clone(); spec.scenarios.len()]);
            let (_, cases) = found.entry(of_one).or_insert_with(new);
            let mut scenarios = spec.scenarios.iter();
            if let Some(at) = scenarios.position(|one| one.name == key.scenario) {
                with(&mut cases[at]);
            }
        };
        for row in &tables.effects {
            if let Some(&at) = axis.get(row.path.as_str()) {
                fill(&row.key, &row.unit, &mut |case| {
                    case.effects[at] = Some(row)
                });
            }
        }
        for row in &tables.noise {
            fill(&row.key, &row.unit, &mut |case| case.noise = Some(row));
        }
        for row in &tables.responses {
            if let Some(&at) = axis.get(row.path.as_str()) {
                fill(&row.key, "", &mut |case| case.curves[at].push(row));
            }
        }
        let mut outcomes: Vec<Outcome<'a>> = found
            .into_iter()
            .map(|([id, group, country], (unit, cases))| Outcome {
                label: labels::label(id, group, country_name(spec, country)),
                id,
                group,
                country,
                unit,
                cases,
            })
            .collect();
        outcomes.sort_by_key(|outcome| (outcome.part(), labels::place(outcome.id)));
        let curves = spec.axes.len().min(CURVES);
        let numbers = NUMBERS.0 * spec.axes.len() + NUMBERS.1 * curves;
        let room = (MOST_NUMBERS / (numbers * spec.scenarios.len()).max(1)).max(1);
        let left_out = outcomes.len().saturating_sub(room);
        outcomes.truncate(room);
        Self {
            spec,
            warnings: &description.warnings,
            gaps: page.gaps,
            manifest: page.manifest,
            yardstick: Yardstick::of(spec.shape),
            axes: spec.axes.iter().map(|axis| readable(axis, spec)).collect(),
            outcomes,
            left_out,
            points: spec.layout().map_or(0, |layout| layout.points()),
        }
    }

    /// The name and the title of each scenario; the name twice if there is no title.
    pub fn titles(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.spec.scenarios.iter().map(|scenario| {
            let title = match scenario.title.as_str() {
                "" => scenario.name.as_str(),
                title => title,
            };
            (scenario.name.as_str(), title)
        })
    }

    /// The title of a scenario, given its index.
    pub fn title(&self, scenario: usize) -> &'a str {
        self.titles().nth(scenario).map_or("", |(_, title)| title)
    }

    /// The label of the outcome that a gap is about.
    pub fn label_of(&self, gap: &Gap) -> String {
        labels::label(
            &gap.outcome,
            &gap.group,
            country_name(self.spec, &gap.country),
        )
    }

    /// Outcomes for everybody everywhere.
    pub fn of_all(&self) -> impl Iterator<Item = &Outcome<'a>> {
        self.outcomes.iter().filter(|outcome| outcome.part() == 0)
    }

    /// Whether the design tells chance apart from what the axes do.
    ///
    /// One run of a point says nothing of the chance in it, which then passes for an effect. Ranks need no second run:
    /// the points were drawn independently and lie off the ranks of an axis by chance as by all else, and by how far
    /// they do, p is told.
    pub fn chance_is_told(&self) -> bool {
        self.spec.replicates > 1 || self.yardstick == Yardstick::Rank
    }

    /// The axes, ordered by how much they move an outcome in any scenario, the strongest first.
    pub fn order(&self, outcome: &Outcome<'_>) -> Vec<usize> {
        let size = |axis: usize| {
            let sizes = outcome.cases.iter();
            let sizes = sizes.filter_map(|case| self.yardstick.size(case, axis));
            sizes.fold(f64::NEG_INFINITY, f64::max)
        };
        let mut order: Vec<usize> = (0..self.axes.len()).collect();
        order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
        order
    }

    /// The axes, ordered by how much they move an outcome in one scenario, without axes of which nothing is known.
    pub fn order_in(&self, case: &Case<'_>) -> Vec<usize> {
        let size = |axis: usize| self.yardstick.size(case, axis);
        let mut order: Vec<usize> = (0..self.axes.len())
            .filter(|axis| size(*axis).is_some())
            .collect();
        order.sort_by(|a, b| {
            let sizes = [*b, *a].map(|axis| size(axis).unwrap_or_default());
            sizes[0].total_cmp(&sizes[1])
        });
        order
    }
}

/// The name of a country, `ALL` for all of them, or the code if no scenario names it.
fn country_name<'s>(spec: &'s SweepSpec, code: &'s str) -> &'s str {
    let mut named = spec.scenarios.iter().flat_map(|one| &one.countries);
    named
        .find(|(other, _)| other == code)
        .map_or(code, |(_, name)| name)
}

impl Outcome<'_> {
    /// The part of the page: 0 for everybody everywhere, 1 for a group, 2 for a country.
    pub fn part(&self) -> usize {
        match (self.group == ALL, self.country == ALL) {
            (true, true) => 0,
            (false, true) => 1,
            (_, false) => 2,
        }
    }
}

impl Yardstick {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::Saltelli(_) => Self::Total,
            Shape::Morris(..) => Self::MuStar,
            Shape::LatinHypercube(_) | Shape::Sobol(_) => Self::Rank,
            Shape::Grid => Self::Swing,
        }
    }

    /// The name of the measure.
    pub fn name(self) -> &'static str {
        match self {
            Self::Total => "total index",
            Self::MuStar => "mean size of effects (mu*)",
            Self::Rank => "partial rank correlation",
            Self::Swing => "highest mean minus lowest",
        }
    }

    /// The number for an axis, with its interval.
    pub fn value(self, case: &Case<'_>, axis: usize) -> Option<MeanAndBand> {
        let effect = || case.effects.get(axis).copied().flatten();
        match self {
            Self::Total => effect()?.total,
            Self::MuStar => effect()?.mu_star,
            Self::Rank => effect()?.rank,
            Self::Swing => {
                let means = || case.curves.get(axis).into_iter().flatten();
                let means = || means().map(|part| part.mean.mean);
                let highest = means().max_by(f64::total_cmp)?;
                let lowest = means().min_by(f64::total_cmp)?;
                Some(MeanAndBand {
                    mean: highest - lowest,
                    band: None,
                })
            }
        }
    }

    /// The size by which axes are ranked; a total index below 0 counts as 0, because only error puts it there.
    pub fn size(self, case: &Case<'_>, axis: usize) -> Option<f64> {
        let value = self.value(case, axis)?.mean;
        Some(match self {
            Self::Total => value.max(0.0),
            _ => value.abs(),
        })
    }

    /// A strength from 0 to 1: the total index, the size of the correlation, or the share of an axis in the sum over
    /// all axes.
    pub fn heat(self, case: &Case<'_>, axis: usize) -> Option<f64> {
        let size = self.size(case, axis)?;
        Some(match self {
            Self::Total | Self::Rank => size.min(1.0),
            Self::MuStar | Self::Swing => {
                let each = (0..case.effects.len()).filter_map(|axis| self.size(case, axis));
                let sum: f64 = each.sum();
                if sum > 0.0 { size / sum } else { 0.0 }
            }
        })
    }
}
