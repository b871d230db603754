//! Building segments, and checking that they fit into their countries.

use super::Builder;
use crate::scenario::meaning::Meaning;
use crate::scenario::problem::Problem;
use crate::scenario::{Country, Distribution, Sector, Segment};

impl Builder<'_> {
    pub(super) fn segments(&mut self) -> Vec<Segment> {
        let names = self.names;
        names
            .segments
            .iter()
            .map(|name| self.segment(name))
            .collect()
    }

    fn segment(&mut self, name: &str) -> Segment {
        let path = |key: &str| format!("segment.{name}.{key}");
        let origin = self.word(&path("origin"));
        let holds = self.below(&path("holds"));
        let holds = self
            .documents
            .keys()
            .map(|document| {
                holds
                    .iter()
                    .find_map(|(held, said)| match said.meaning {
                        Meaning::Number(share) if held == document => Some(share),
                        _ => None,
                    })
                    .unwrap_or(0.0)
            })
            .collect();
        Segment {
            name: name.to_owned(),
            origin: self.countries.get(origin).copied().unwrap_or_default(),
            size: self.count(&path("size")).unwrap_or(0),
            age: self.distribution(&path("age")),
            male: self.number(&path("male")),
            higher_education: self.number(&path("higher_education")),
            dissent: self.distribution(&path("dissent")),
            active: self.number(&path("active")),
            minority: self.number(&path("minority")),
            evidence: self.number(&path("evidence")),
            planner: self
                .known(&path("planner"))
                .unwrap_or_else(|| self.number("behaviour.leaving.planner")),
            propensity: self.propensity(&path("propensity")),
            income: self.distribution(&path("income")),
            savings: self.distribution(&path("savings")),
            remote: self.number(&path("remote")),
            renters: self.number(&path("renters")),
            speaks: self.by_country(&path("speaks")),
            kin: self.by_country(&path("kin")),
            ancestry: self.by_country(&path("ancestry")),
            employer: self.by_country(&path("employer")),
            draft_notice: self.number(&path("draft_notice")),
            draft_eligible: self.flag(&path("draft_eligible")),
            sector: match self.word(&path("sector")) {
                "military-industry" => Sector::MilitaryIndustry,
                "it" => Sector::InformationTechnology,
                _ => Sector::Other,
            },
            holds,
        }
    }

    fn distribution(&self, path: &str) -> Distribution {
        match self.get(path).map(|said| &said.meaning) {
            Some(Meaning::Distribution(distribution)) => distribution.clone(),
            _ => Distribution::Constant(0.0),
        }
    }

    /// Returns the multiplier of leaving. It is divided by its mean, which must not be zero.
    fn propensity(&mut self, path: &str) -> Option<Distribution> {
        let said = self.get(path)?;
        let Meaning::Distribution(distribution) = &said.meaning else {
            return None;
        };
        if largest(distribution) <= 0.0 {
            self.report(
                Problem::error(format!("`{path}` is zero for everybody"))
                    .at(&said.place)
                    .expected("a multiplier with a mean above zero: it is scaled to mean 1")
                    .cure("write { uniform = [0.5, 1.5] }, or lower the segment's hazards instead"),
            );
        }
        Some(distribution.clone())
    }

    /// Warns if the segments of a country hold more persons than the country.
    pub(super) fn check_populations(&mut self, segments: &[Segment], countries: &[Country]) {
        for (index, country) in (0..u16::MAX).zip(countries) {
            let here = segments.iter().filter(|segment| segment.origin == index);
            let persons: f64 = here.map(|segment| segment.size as f64).sum();
            let path = format!("country.{}.population", country.code);
            if let Some(said) = self.get(&path)
                && persons > country.population
            {
                self.report(
                    Problem::warning(format!(
                        "the segments of {} hold {persons} persons, more than its population",
                        country.code
                    ))
                    .at(&said.place)
                    .expected(format!("at most {} persons", country.population))
                    .cure("correct the sizes of the segments or the population"),
                );
            }
        }
    }
}

/// Returns the upper end of the support.
pub(super) fn largest(distribution: &Distribution) -> f64 {
    match distribution {
        Distribution::Constant(value) => *value,
        Distribution::Uniform { high, .. } => *high,
        Distribution::Beta { .. } => 1.0,
        Distribution::Lognormal { max, .. } => *max,
        Distribution::Mixture(parts) => parts
            .iter()
            .filter(|(share, _)| *share > 0.0)
            .map(|(_, part)| largest(part))
            .fold(0.0, f64::max),
    }
}
