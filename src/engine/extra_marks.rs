//! Marks in addition to those of the layers, for persons whose hazard of leaving is multiplied.
//!
//! A person whose hazard H is multiplied by c has, in addition to the mark of the layers, one of a process
//! of its own with the hazard (c - 1) H. Its mark X' counts as X' / (c - 1) against H, and the earlier of
//! the two decides. A person whose hazard is not multiplied costs nothing and has the same life. Where the
//! surplus is no multiple of H known beforehand, because ties draw to some places, c - 1 is an upper
//! bound, and both hazards are judged when the person is.

use super::step::{BlockStep, Buffers};

/// The process from which the mark of an aspiration came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spark {
    /// The person's own hazard.
    #[default]
    Own,
    /// Ties who left, were detained or live abroad.
    Tie,
    /// A case against the person.
    Case,
}

/// A mark of an extra process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExtraMark {
    /// The mark itself.
    pub mark: f64,
    /// The mark as it counts against the hazard of the layers.
    scaled: f64,
}

impl ExtraMark {
    const NONE: Self = Self {
        mark: f64::INFINITY,
        scaled: f64::INFINITY,
    };

    /// A mark of a process whose hazard is at most `more` times that of the layers.
    pub fn new(mark: f64, more: f64) -> Self {
        Self {
            mark,
            scaled: mark / more,
        }
    }
}

/// The marks of one person in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marks {
    /// The mark of the layers; infinite if they did not hit the person.
    pub own: f64,
    /// The mark of ties.
    pub tie: ExtraMark,
    /// The mark of a case.
    pub case: ExtraMark,
}

impl Marks {
    /// The mark of the layers, without extra marks.
    pub fn of(own: f64) -> Self {
        Self {
            own,
            tie: ExtraMark::NONE,
            case: ExtraMark::NONE,
        }
    }

    /// The smallest mark, as it counts against the hazard of the layers, and the process it came from.
    #[inline]
    pub fn least(&self) -> (f64, Spark) {
        let mut least = (self.own, Spark::Own);
        for (extra, spark) in [(self.tie, Spark::Tie), (self.case, Spark::Case)] {
            if extra.scaled < least.0 {
                least = (extra.scaled, spark);
            }
        }
        least
    }
}

/// Extra marks that may lie below the hazards of their persons, in order of position.
#[derive(Debug, Default)]
pub struct ExtraMarks(Vec<(u32, Marks)>);

impl ExtraMarks {
    /// Merges the marks of ties and those of cases, each in order of position.
    pub fn of(ties: Vec<(u32, ExtraMark)>, cases: Vec<(u32, ExtraMark)>) -> Self {
        let none = Marks::of(f64::INFINITY);
        let of_case = |(position, case): (u32, ExtraMark)| (position, Marks { case, ..none });
        let mut list = Vec::with_capacity(ties.len() + cases.len());
        let mut cases = cases.into_iter().peekable();
        for (position, tie) in ties {
            while let Some(before) = cases.next_if(|case| case.0 < position) {
                list.push(of_case(before));
            }
            let own = cases.next_if(|case| case.0 == position);
            let case = own.map_or(ExtraMark::NONE, |(_, case)| case);
            list.push((position, Marks { tie, case, ..none }));
        }
        list.extend(cases.map(of_case));
        Self(list)
    }

    /// A cursor to be advanced alongside a layer, whose hits come in order of position as well.
    pub fn beside(&self) -> Beside<'_> {
        Beside(&self.0)
    }
}

/// The extra marks from the last hit of a layer onwards.
#[derive(Debug)]
pub struct Beside<'m>(&'m [(u32, Marks)]);

impl Beside<'_> {
    /// All marks of a person whom the layer hits with the mark `own`; positions must be asked for in order.
    #[inline]
    pub fn with(&mut self, position: u32, own: f64) -> Marks {
        while let [(first, marks), rest @ ..] = self.0 {
            if *first == position {
                return Marks { own, ..*marks };
            }
            if *first > position {
                break;
            }
            self.0 = rest;
        }
        Marks::of(own)
    }
}

impl BlockStep<'_, '_> {
    /// The extra marks of content persons that may lie below their hazards.
    pub fn extra_marks(&mut self) -> ExtraMarks {
        let of_ties = std::mem::take(&mut self.tie_marks.content);
        ExtraMarks::of(of_ties, self.marks_of_cases())
    }

    /// Considers the content persons with an extra mark whom no layer has hit.
    pub fn content_by_extra_marks(&mut self, marks: &ExtraMarks, buffers: &mut Buffers) {
        let ends = self.people.stratum_ends(self.state.block);
        for &(position, marks) in &marks.0 {
            if self.state.is_content(position) {
                let stratum = ends.partition_point(|end| *end <= position);
                self.consider(stratum, position, marks, buffers);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_ties_and_of_cases_stand_together_in_order_of_position() {
        let mark = |position: u32, more| (position, ExtraMark::new(f64::from(position), more));
        let ties = [3, 7, 9].map(|position| mark(position, 2.0)).to_vec();
        let cases = [1, 3, 8, 9, 12, 13]
            .map(|position| mark(position, 4.0))
            .to_vec();
        let extra = ExtraMarks::of(ties.clone(), cases.clone());
        let mut positions: Vec<u32> = ties.iter().chain(&cases).map(|mark| mark.0).collect();
        positions.sort_unstable();
        positions.dedup();
        assert_eq!(
            positions,
            extra.0.iter().map(|entry| entry.0).collect::<Vec<_>>()
        );
        for &(position, marks) in &extra.0 {
            let of = |list: &[(u32, ExtraMark)]| {
                let found = list.iter().find(|mark| mark.0 == position);
                found.map_or(ExtraMark::NONE, |mark| mark.1)
            };
            let (tie, case) = (of(&ties), of(&cases));
            assert_eq!(
                marks,
                Marks {
                    tie,
                    case,
                    ..Marks::of(f64::INFINITY)
                }
            );
        }
    }

    /// Persons with and without an extra mark, asked for in order, and not all of them.
    #[test]
    fn a_layer_meets_persons_with_their_other_marks() {
        let of = |positions: &[u32]| {
            let mark = |&position: &u32| (position, ExtraMark::new(f64::from(position), 2.0));
            positions.iter().map(mark).collect::<Vec<_>>()
        };
        let extra = ExtraMarks::of(of(&[2, 3, 7, 9, 40]), of(&[3, 8]));
        for hits in [vec![0, 2, 3, 4, 9, 41], vec![3, 3, 8], vec![40], vec![]] {
            let mut beside = extra.beside();
            for position in hits {
                let found = beside.with(position, 0.5);
                let known = extra.0.iter().find(|entry| entry.0 == position);
                let expected =
                    known.map_or(Marks::of(0.5), |&(_, marks)| Marks { own: 0.5, ..marks });
                assert_eq!(found, expected, "{position}");
            }
        }
    }
}
