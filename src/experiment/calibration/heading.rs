//! The first line of a posterior: what it is a posterior of.

/// How it begins; the name and the digest of its scenario follow.
const MARK: &str = "# posterior of ";

/// What a posterior was fitted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PosteriorOf {
    /// Name of the scenario.
    pub scenario: String,
    /// Digest of all that it said, resolved.
    pub sha256: String,
}

impl PosteriorOf {
    /// Of a file of draws that says so; `None` of any other.
    pub fn read(text: &str) -> Option<Self> {
        let line = text.lines().next()?.strip_prefix(MARK)?;
        let (of, _) = line.split_once(';')?;
        let (scenario, sha256) = of.trim().rsplit_once(' ')?;
        Some(Self {
            scenario: scenario.to_owned(),
            sha256: sha256.to_owned(),
        })
    }

    /// The line, with something to add for people.
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
