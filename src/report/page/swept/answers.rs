//! A sentence on what moves each outcome most.

use super::opening::swatch;
use super::view::{Case, Outcome, View, Yardstick};
use crate::draw::normal_quantile;
use crate::experiment::sweep::Shape;
use crate::report::page::words::{amount, interval};
use maud::{Markup, html};

/// Number of outcomes that are shown at once; the others are folded.
const SHOWN: usize = 8;
/// How often chance may produce something that is said to stand out.
const CHANCE: f64 = 0.05;

impl View<'_> {
    /// What moves the outcomes for everybody most, and how much is chance.
    pub(super) fn answers(&self) -> Markup {
        let outcomes: Vec<&Outcome<'_>> = self.of_all().collect();
        let (shown, folded) = outcomes.split_at(outcomes.len().min(SHOWN));
        html! {
            p class="note" { (self.how_told()) " " (self.criterion()) }
            @if outcomes.is_empty() { p { "No outcome for everybody could be analysed." } }
            dl class="answers" { @for outcome in shown { (self.answer(outcome)) } }
            @if !folded.is_empty() {
                details class="fold" {
                    summary { "The other " (folded.len()) " of " (outcomes.len()) " outcomes" }
                    dl class="answers" { @for outcome in folded { (self.answer(outcome)) } }
                }
            }
        }
    }

    /// Says what the numbers in the sentences are.
    fn how_told(&self) -> &'static str {
        match self.yardstick {
            Yardstick::Total => {
                "Each number is a total index: the part of the variance that would remain if all others were known, \
                 including its interplay with them. In brackets: the middle 90 % of its bootstrap."
            }
            Yardstick::MuStar => {
                "Each number is mu*: how far the outcome moves on average, up or down, when the thing that varies moves over \
                 its whole range. In brackets: the middle 90 % of its bootstrap."
            }
            Yardstick::Rank => {
                "Each number is a partial rank correlation, from −1 to 1, with the others held fixed. In brackets: its 90 % \
                 interval and p, how often chance alone gives one this strong among everything that varies."
            }
            Yardstick::Swing => {
                "Each number is the distance between the highest and the lowest mean, over all combinations of the others."
            }
        }
    }

    /// Says what stands out, or why nothing is said to.
    fn criterion(&self) -> &'static str {
        if !self.chance_is_told() {
            return "Each point was run once (replicates = 1), so chance was not told apart from effects: every number includes it, \
                    and something without any effect may have the largest. Two runs of each point (replicates = 2) would tell chance apart.";
        }
        match self.yardstick {
            Yardstick::Total => {
                "A thing whose interval reaches 0, or that has none, does not stand out."
            }
            Yardstick::MuStar => {
                "A number that chance alone would give any of all things more often than one time in twenty does not stand out."
            }
            Yardstick::Rank => "A thing stands out where p is below 0.05.",
            Yardstick::Swing => {
                "A thing stands out where the intervals of these two means do not overlap. With many means, the highest and the lowest may do so by chance."
            }
        }
    }

    fn answer(&self, outcome: &Outcome<'_>) -> Markup {
        html! {
            div {
                dt { (outcome.label) @if !bare(outcome.unit) { " " span class="unit" { (outcome.unit) } } }
                @for (scenario, told) in self.told(outcome) {
                    dd { @if self.spec.scenarios.len() > 1 { (swatch(scenario)) } (told) }
                }
            }
        }
    }

    /// What moves an outcome most: for each scenario its index and a sentence.
    pub(super) fn told(&self, outcome: &Outcome<'_>) -> Vec<(usize, String)> {
        let cases = outcome.cases.iter().enumerate();
        cases
            .map(|(scenario, case)| {
                let most = self.most(outcome, case, scenario);
                let chance = case.noise.map_or_else(String::new, |noise| {
                    format!(
                        " Chance makes up {} of the variance of a run.",
                        amount(noise.share, "share")
                    )
                });
                (scenario, format!("{most}{chance}"))
            })
            .collect()
    }

    fn most(&self, outcome: &Outcome<'_>, case: &Case<'_>, scenario: usize) -> String {
        let order = self.order_in(case);
        let Some(&first) = order.first() else {
            let name = self
                .spec
                .scenarios
                .get(scenario)
                .map_or("", |one| one.name.as_str());
            let mut lacking = self.lacking(name, [outcome.id, outcome.group, outcome.country]);
            return match lacking.next() {
                Some((what, reason)) => format!("{}: {reason}.", capital(&what.to_string())),
                None => "This scenario does not have this outcome.".to_owned(),
            };
        };
        let ranked = |second: Option<&usize>| self.ranked(outcome, case, first, second);
        if !self.chance_is_told() {
            let nothing = self.yardstick.size(case, first) == Some(0.0);
            return match nothing {
                true => "All its numbers are 0.".to_owned(),
                false => format!(
                    "Chance was not told apart from effects; the largest number is that of {}.",
                    ranked(order.get(1))
                ),
            };
        }
        if !self.stands_out(case, first) {
            let (name, size) = (&self.axes[first], self.size_in_words(outcome, case, first));
            return format!("Nothing stands out from chance; the strongest is {name}, {size}.");
        }
        let second = order.get(1).filter(|axis| self.stands_out(case, **axis));
        format!("Moved most by {}.", ranked(second))
    }

    /// The first of the axes with its number and its response, and the second, if it is to be named.
    fn ranked(
        &self,
        outcome: &Outcome<'_>,
        case: &Case<'_>,
        first: usize,
        second: Option<&usize>,
    ) -> String {
        let then = second.map_or_else(String::new, |axis| {
            format!(
                "; then {} ({})",
                self.axes[*axis],
                self.short(outcome, case, *axis)
            )
        });
        format!(
            "{}, {}{}{then}",
            self.axes[first],
            self.size_in_words(outcome, case, first),
            self.curve_in_words(outcome, case, first)
        )
    }

    /// Whether an axis does more than chance seems to; [`View::criterion`] tells the reader by which rule. With one
    /// run of each point only the rule of ranks says anything, see [`View::chance_is_told`].
    pub(super) fn stands_out(&self, case: &Case<'_>, axis: usize) -> bool {
        let effect = case.effects.get(axis).copied().flatten();
        match self.yardstick {
            // Without an interval, the sample is too small to tell.
            Yardstick::Total => effect
                .and_then(|effect| effect.total?.band)
                .is_some_and(|(low, _)| low > 0.0),
            Yardstick::MuStar => {
                let least = self.least_mu_star(case);
                effect
                    .and_then(|effect| effect.mu_star)
                    .is_some_and(|mu_star| mu_star.mean > least)
            }
            Yardstick::Rank => effect
                .and_then(|effect| effect.p_of_all)
                .is_some_and(|p| p < CHANCE),
            Yardstick::Swing => {
                let parts = || {
                    case.curves
                        .get(axis)
                        .into_iter()
                        .flatten()
                        .map(|part| part.mean)
                };
                let highest = parts().max_by(|a, b| a.mean.total_cmp(&b.mean));
                let lowest = parts().min_by(|a, b| a.mean.total_cmp(&b.mean));
                let bands = highest
                    .and_then(|high| high.band)
                    .zip(lowest.and_then(|low| low.band));
                bands.is_some_and(|((low, _), (_, high))| low > high)
            }
        }
    }

    /// The mu* that chance alone exceeds for at least one of all axes one time in twenty; 0 if it is not known.
    ///
    /// The sizes of normal chance have a standard deviation of sqrt(pi / 2 - 1) times their mean, and mu* is the mean
    /// of one size from each trajectory. What chance does is the same for every axis, so it is estimated from all of
    /// them together.
    fn least_mu_star(&self, case: &Case<'_>) -> f64 {
        let effects = || case.effects.iter().flatten();
        let known: Vec<f64> = effects()
            .filter_map(|effect| effect.mu_star_of_chance)
            .collect();
        let Shape::Morris(trajectories, _) = self.spec.shape else {
            return 0.0;
        };
        if known.is_empty() {
            return 0.0;
        }
        let count = known.len() as f64;
        let of_chance = (known.iter().map(|one| one * one).sum::<f64>() / count).sqrt();
        let spread = (core::f64::consts::FRAC_PI_2 - 1.0).sqrt() / f64::from(trajectories).sqrt();
        of_chance * (1.0 + normal_quantile(1.0 - CHANCE / count) * spread)
    }

    /// The number for an axis, without its interval.
    pub(super) fn short(&self, outcome: &Outcome<'_>, case: &Case<'_>, axis: usize) -> String {
        let value = self
            .yardstick
            .value(case, axis)
            .map_or(0.0, |value| value.mean);
        match self.yardstick {
            Yardstick::Total | Yardstick::Rank => amount(value, "ratio"),
            Yardstick::MuStar | Yardstick::Swing => {
                in_unit(&amount(value, outcome.unit), outcome.unit)
            }
        }
    }

    fn size_in_words(&self, outcome: &Outcome<'_>, case: &Case<'_>, axis: usize) -> String {
        let short = self.short(outcome, case, axis);
        let band = self
            .yardstick
            .value(case, axis)
            .and_then(|value| value.band);
        let unit = match self.yardstick {
            Yardstick::Total | Yardstick::Rank => "ratio",
            _ => outcome.unit,
        };
        let band = band.map_or_else(String::new, |band| interval(band, unit));
        let p = case
            .effects
            .get(axis)
            .copied()
            .flatten()
            .and_then(|effect| effect.p_of_all);
        match (self.yardstick, p) {
            (Yardstick::Rank, Some(p)) => format!("{short} ({band}; p {})", probability(p)),
            _ if band.is_empty() => short,
            _ => format!("{short} ({band})"),
        }
    }

    /// Where the response begins and ends; for a list, its lowest and its highest entry.
    fn curve_in_words(&self, outcome: &Outcome<'_>, case: &Case<'_>, axis: usize) -> String {
        let parts = case.curves.get(axis).map(Vec::as_slice).unwrap_or_default();
        let mean = |value: f64| amount(value, outcome.unit);
        let is_list = self
            .spec
            .axes
            .get(axis)
            .is_some_and(|axis| axis.entries().is_some());
        if is_list {
            let highest = parts
                .iter()
                .max_by(|a, b| a.mean.mean.total_cmp(&b.mean.mean));
            let lowest = parts
                .iter()
                .min_by(|a, b| a.mean.mean.total_cmp(&b.mean.mean));
            return match lowest.zip(highest) {
                Some((low, high)) => format!(
                    ": {} on average with {}, {} with {}",
                    mean(low.mean.mean),
                    low.ends.0,
                    mean(high.mean.mean),
                    high.ends.0
                ),
                None => String::new(),
            };
        }
        match parts {
            [first, .., last] => format!(
                ": {} on average at its lower end, {} at its upper end",
                mean(first.mean.mean),
                mean(last.mean.mean)
            ),
            _ => String::new(),
        }
    }
}

/// Whether a unit appears in the number itself, or is none.
pub(super) fn bare(unit: &str) -> bool {
    matches!(unit, "share" | "ratio")
}

/// A number with its unit.
pub(super) fn in_unit(number: &str, unit: &str) -> String {
    match bare(unit) {
        true => number.to_owned(),
        false => format!("{number} {unit}"),
    }
}

/// A probability, for how often something comes by chance.
pub(super) fn probability(p: f64) -> String {
    match p < 0.001 {
        true => "below 0.001".to_owned(),
        false => format!("{p:.3}"),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
