//! The outcomes of several runs of one scenario, side by side.

use crate::measure::Outcome;

/// An outcome that is counted from fewer agents than this is mostly chance.
pub const FEW_AGENTS: u64 = 30;

/// The outcomes of the finished runs, in the order of their replicates.
#[derive(Debug, Clone, Copy)]
pub struct RunSet<'a> {
    runs: &'a [Vec<Outcome>],
}

impl<'a> RunSet<'a> {
    /// Makes a set of the outcomes of each run.
    pub fn new(runs: &'a [Vec<Outcome>]) -> Self {
        Self { runs }
    }

    /// The number of runs.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Whether there are no runs.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The value of an outcome in every run; `None` for a run without it.
    pub fn value_of_each(&self, id: &str, group: &str, country: &str) -> Vec<Option<f64>> {
        let of_run = |run: &'a Vec<Outcome>| {
            run.iter()
                .find(|o| o.id == id && o.group == group && o.country == country)
                .map(|outcome| outcome.value)
        };
        self.runs.iter().map(of_run).collect()
    }

    /// The values of an outcome in those runs that have it.
    pub fn values(&self, id: &str, group: &str, country: &str) -> Vec<f64> {
        let each = self.value_of_each(id, group, country).into_iter();
        each.flatten().collect()
    }

    /// The mean over the runs that have the outcome; `None` if none has it.
    pub fn mean(&self, id: &str, group: &str, country: &str) -> Option<f64> {
        let values = self.values(id, group, country);
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// The lowest and highest values over the runs; `None` unless several have the outcome.
    pub fn span(&self, id: &str, group: &str, country: &str) -> Option<(f64, f64)> {
        let values = self.values(id, group, country);
        let low = values.iter().copied().reduce(f64::min)?;
        let high = values.iter().copied().reduce(f64::max)?;
        (values.len() > 1).then_some((low, high))
    }

    /// Every (id, group, country) that any run has, in the order of the table, with its unit.
    pub fn keys(&self) -> Vec<(&'a str, &'a str, &'a str, &'a str)> {
        let mut keys: Vec<_> = self
            .runs
            .iter()
            .flatten()
            .map(|o| (o.id, o.group.as_str(), o.country.as_str(), o.unit))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The ids of outcomes that rest on at least one agent, but on fewer than [`FEW_AGENTS`], with the number of
    /// their rows for which that is so.
    pub fn weak(&self) -> Vec<(&'a str, usize)> {
        let mut weak: Vec<(&str, usize)> = Vec::new();
        for outcome in self.runs.iter().flatten() {
            if outcome
                .agents
                .is_some_and(|agents| (1..FEW_AGENTS).contains(&agents))
            {
                match weak.iter_mut().find(|(id, _)| *id == outcome.id) {
                    Some((_, rows)) => *rows += 1,
                    None => weak.push((outcome.id, 1)),
                }
            }
        }
        weak.sort_unstable();
        weak
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(value: f64, agents: u64) -> Outcome {
        Outcome {
            id: "left",
            group: "ALL".into(),
            country: "ALL".into(),
            unit: "persons",
            value,
            agents: Some(agents),
        }
    }

    #[test]
    fn runs_are_averaged_and_spanned() {
        let runs = [vec![outcome(10.0, 10)], vec![outcome(20.0, 40)], vec![]];
        let set = RunSet::new(&runs);
        assert_eq!(set.mean("left", "ALL", "ALL"), Some(15.0));
        assert_eq!(set.span("left", "ALL", "ALL"), Some((10.0, 20.0)));
        assert_eq!(set.mean("left", "ALL", "GE"), None);
        assert_eq!(RunSet::new(&runs[..1]).span("left", "ALL", "ALL"), None);
        assert_eq!(
            set.value_of_each("left", "ALL", "ALL"),
            [Some(10.0), Some(20.0), None]
        );
        assert_eq!(set.weak(), [("left", 1)]);
        assert_eq!(set.keys().len(), 1);
    }
}
