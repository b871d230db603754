//! The analysis of a sweep in a terminal: what moves each outcome most.

use super::Screen;
use super::number::of_agents;
use crate::analyse::labels::label;
use crate::analyse::swept::{AxisFinding, Finding};
use crate::experiment::sweep::SweepSpec;
use crate::measure::ALL;
use std::path::Path;

/// Number of axes shown for an outcome; the tables have all of them.
const MOST_AXES: usize = 6;
/// Width of a bar.
const BAR: usize = 20;

/// The findings of a sweep as the terminal shows them.
#[derive(Debug)]
pub struct Sensitivities<'a> {
    /// What was swept.
    pub spec: &'a SweepSpec,
    /// What was found.
    pub findings: &'a [Finding],
    /// Where the tables are.
    pub folder: &'a Path,
}

impl Sensitivities<'_> {
    /// The text, ending in a line break: outcomes of everybody in all countries, by scenario.
    pub fn render(&self, screen: &Screen) -> String {
        let mut lines = vec![
            screen.bold(&self.spec.title),
            format!(
                "{}; {}{}; {}, seed {}",
                self.spec.shape,
                match self.spec.replicates {
                    1 => "1 replicate".to_owned(),
                    several => format!("{several} replicates"),
                },
                self.sets_in_words(),
                of_agents(self.spec.scale),
                self.spec.seed
            ),
        ];
        let shown = |finding: &&Finding| finding.key.group == ALL && finding.key.country == ALL;
        for finding in self.findings.iter().filter(shown) {
            lines.push(String::new());
            lines.extend(self.outcome(finding, screen));
        }
        lines.push(String::new());
        let hidden = |finding: &&Finding| !shown(finding) && !finding.lacking.is_empty();
        let lacking = self.findings.iter().filter(hidden).count();
        if lacking > 0 {
            lines.push(format!(
                "For {lacking} outcomes by group and country, something could not be said; analysis.json says what and why"
            ));
        }
        lines.push(format!(
            "Outcomes by group and country, and the page report.html, are in {}",
            screen.bold(&self.folder.display().to_string())
        ));
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }

    fn sets_in_words(&self) -> String {
        match self.spec.sets_of_a_point() {
            1 => String::new(),
            sets => format!(" with {sets} sets of parameters"),
        }
    }

    /// What makes the runs of one point differ.
    fn what_is_chance(&self) -> &'static str {
        match self.spec.sets_of_a_point() {
            1 => "chance",
            _ => "chance and sets of parameters",
        }
    }

    fn outcome(&self, finding: &Finding, screen: &Screen) -> Vec<String> {
        let key = &finding.key;
        let chance = finding.noise.map_or(String::new(), |(_, noise)| {
            format!(
                ", {:.1} % of the variance of a run is {}",
                noise.share * 100.0,
                self.what_is_chance()
            )
        });
        let head = format!(
            "{}, {} ({}){chance}",
            key.scenario,
            label(&key.outcome, ALL, ALL),
            finding.unit
        );
        let mut lines = vec![screen.bold(&head)];
        for (what, reason) in &finding.lacking {
            lines.push(format!("  {what}: {reason}"));
        }
        let mut order: Vec<usize> = (0..finding.axes.len()).collect();
        order.sort_by(|a, b| finding.axes[*b].size().total_cmp(&finding.axes[*a].size()));
        let names = order
            .iter()
            .take(MOST_AXES)
            .map(|at| &self.spec.axes[*at].name);
        let width = names.map(|name| name.chars().count()).max().unwrap_or(0);
        let largest = order.first().map_or(0.0, |at| finding.axes[*at].size());
        for &at in order.iter().take(MOST_AXES) {
            let (axis, found) = (&self.spec.axes[at], &finding.axes[at]);
            let part = if largest > 0.0 {
                (found.size() / largest).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let sign = if screen.unicode { "█" } else { "#" };
            let bar = sign.repeat((part * BAR as f64).round() as usize);
            lines.push(format!(
                "  {:width$}  {bar:BAR$}  {}",
                axis.name,
                in_words(found)
            ));
        }
        if order.len() > MOST_AXES {
            lines.push(format!("  ... and {} more", order.len() - MOST_AXES));
        }
        lines
    }
}

/// The estimates for an axis, in a line.
fn in_words(found: &AxisFinding) -> String {
    let interval = |ends: Option<(f64, f64)>| {
        ends.map_or(String::new(), |(low, high)| {
            format!(" ({low:.2} to {high:.2})")
        })
    };
    if let Some(index) = found.sobol {
        let (first, total) = (index.first, index.total);
        return format!(
            "total {:.2}{}, first {:.2}{}",
            total.value,
            interval(total.interval),
            first.value,
            interval(first.interval)
        );
    }
    if let Some(effect) = found.morris {
        let figures = super::figures;
        let ends = effect
            .mu_star
            .interval
            .map_or(String::new(), |(low, high)| {
                format!(" ({} to {})", figures(low), figures(high))
            });
        let sigma = effect
            .sigma
            .map_or(String::new(), |sigma| format!(", sigma {}", figures(sigma)));
        return format!(
            "mu* {}{ends}, mu {}{sigma}",
            figures(effect.mu_star.value),
            figures(effect.mu)
        );
    }
    if let Some(rank) = found.ranks {
        let ends = interval(Some(rank.interval));
        return format!(
            "rank correlation {:.2}{ends}, p of all {}",
            rank.correlation,
            chance(rank.p_of_all)
        );
    }
    let means = found.response.iter().map(|bin| super::figures(bin.mean));
    means.collect::<Vec<_>>().join(" · ")
}

/// A probability with three decimals; one too small for them is shown as `<0.001` and not as zero.
fn chance(p: f64) -> String {
    match p < 0.001 {
        true => "<0.001".to_owned(),
        false => format!("{p:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::chance;

    #[test]
    fn a_small_chance_is_not_nothing() {
        let shown = [0.0, 0.000_4, 0.000_999, 0.001, 0.049_6, 1.0].map(chance);
        assert_eq!(
            shown,
            ["<0.001", "<0.001", "<0.001", "0.001", "0.050", "1.000"]
        );
    }
}
