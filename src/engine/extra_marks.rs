//! Marks beside those of the layers: of persons whose hazard of leaving something multiplies.
//!
//! A person whose hazard H is multiplied by c has, beside the mark of the layers, one of a process of
//! its own with the hazard (c - 1) H; the mark X' counts as X' / (c - 1) against H, and the earlier of
//! the two decides. Whom nothing multiplies costs nothing and has the same life.

use super::step::{BlockStep, Buffers};

/// What the mark of an aspiration came of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spark {
    /// The person's own hazard.
    #[default]
    Own,
    /// Ties who left.
    Tie,
    /// A case against the person.
    Case,
}

/// Marks that may lie below the hazards of their persons, in order of position, one a person.
#[derive(Debug, Default)]
pub struct ExtraMarks(Vec<(u32, f64, Spark)>);

impl ExtraMarks {
    /// Puts the earliest of each person in order.
    pub fn of(mut marks: Vec<(u32, f64, Spark)>) -> Self {
        marks.sort_by(|one, other| {
            (one.0, one.1)
                .partial_cmp(&(other.0, other.1))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        marks.dedup_by_key(|entry| entry.0);
        Self(marks)
    }

    /// The earlier of a person's mark and its extra one, and what that came of.
    #[inline]
    pub fn earliest(&self, position: u32, mark: f64) -> (f64, Spark) {
        if self.0.is_empty() {
            return (mark, Spark::Own);
        }
        match self.0.binary_search_by_key(&position, |entry| entry.0) {
            Ok(place) if self.0[place].1 < mark => (self.0[place].1, self.0[place].2),
            _ => (mark, Spark::Own),
        }
    }
}

impl BlockStep<'_, '_> {
    /// Extra marks of the content that may lie below their hazards.
    pub fn extra_marks(&self) -> ExtraMarks {
        let mut marks = Vec::new();
        self.marks_of_ties(&mut marks);
        self.marks_of_cases(&mut marks);
        ExtraMarks::of(marks)
    }

    /// Those with an extra mark whom no layer has met.
    pub fn content_by_extra_marks(&mut self, marks: &ExtraMarks, buffers: &mut Buffers) {
        let ends = self.people.stratum_ends(self.state.block);
        for &(position, mark, spark) in &marks.0 {
            if self.state.is_content(position) {
                let stratum = ends.partition_point(|end| *end <= position);
                self.consider(stratum, position, (mark, spark), buffers);
            }
        }
    }
}
