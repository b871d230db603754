//! The first line of a posterior, which says what it is a posterior of.

use crate::scenario::Source;
use crate::store::of_text;

/// How the line begins; the name and the digest of the scenario follow.
const MARK: &str = "# posterior of ";

/// The scenario that a posterior was fitted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PosteriorOf {
    /// Name of the scenario.
    pub scenario: String,
    /// SHA-256 digest of the resolved scenario.
    pub sha256: String,
}

impl PosteriorOf {
    /// Reads it from the first line of a file of draws; `None` if the file does not say.
    pub fn read(text: &str) -> Option<Self> {
        let line = text.lines().next()?.strip_prefix(MARK)?;
        let (of, _) = line.split_once(';')?;
        let (scenario, sha256) = of.trim().rsplit_once(' ')?;
        Some(Self {
            scenario: scenario.to_owned(),
            sha256: sha256.to_owned(),
        })
    }

    /// Checks whether a scenario can be run with the posterior: it must be the same scenario, or be measured
    /// from its first day. Returns a warning if the scenario has changed since.
    ///
    /// # Errors
    /// Says why it cannot, and what to do.
    pub fn fits(&self, source: &Source) -> Result<Option<String>, [String; 2]> {
        let scenario = source.scenario();
        let is_it = scenario.name == self.scenario;
        let reference = scenario
            .reference
            .as_ref()
            .map(|scenario| scenario.name.as_str());
        if !is_it && reference != Some(self.scenario.as_str()) {
            return Err([
                format!(
                    "this is the posterior of {}, but {} is neither that scenario nor measured from its first day",
                    self.scenario, scenario.name
                ),
                format!(
                    "calibrate {} itself, or, to draw from the file anyway, take the first line out of a copy \
                     of it",
                    scenario.name
                ),
            ]);
        }
        let changed = is_it && of_text(&source.resolved_toml(None)) != self.sha256;
        Ok(changed.then(|| {
            format!(
                "{} has changed since the posterior was fitted to it (or values are set): the fit may no longer hold",
                scenario.name
            )
        }))
    }

    /// Writes the line, with `more` as a remark for people.
    pub fn line(&self, more: &str) -> String {
        format!("{MARK}{} {}; {more}\n", self.scenario, self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let of = PosteriorOf {
            scenario: "as-it-was".into(),
            sha256: "0f".into(),
        };
        let text = of.line("plan p, seed 1") + "a,b\n1,2\n";
        assert_eq!(PosteriorOf::read(&text), Some(of));
        for other in [
            "",
            "a,b\n1,2\n",
            "# a remark\na\n1\n",
            "# posterior of nothing\n",
        ] {
            assert_eq!(PosteriorOf::read(other), None, "{other}");
        }
    }
}
