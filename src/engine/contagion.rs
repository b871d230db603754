//! Departures that bring on others, and ties abroad that draw persons to where they live: who is
//! exposed, the marks that result, and what these are compared with.
//!
//! A person with k ties who left lately has the hazard c H, where c is the factor of k; a person with
//! ties living abroad values their countries more, which changes the hazard as well. The layers draw
//! marks for H as if there were no ties. The rest is an independent process of the exposed, with a mark
//! of its own, so that a person without such ties costs nothing and has the same life. Two independent
//! processes with hazards H and H' - H are equivalent to one with their sum H', whose event is the earlier.

use super::exposed::{Circle, Exposed, Exposure};
use super::extra_marks::{ExtraMark, Marks, Spark};
use super::records::Abroad;
use super::step::BlockStep;
use crate::draw::{Decision, Screen, heads_below};
use crate::model::Menu;
use crate::population::BLOCK;

/// Marks of persons exposed to ties in a step, in order of position.
#[derive(Debug, Default)]
pub struct TieMarks {
    /// The marks of those content at home.
    pub content: Vec<(u32, ExtraMark)>,
}

/// Places in a menu where a person has ties, by their index, each with the factor on its weight.
pub type Kin = Vec<(usize, f64)>;

impl BlockStep<'_, '_> {
    /// How ties affect a person at the beginning of the step; `None` if nothing is known of any tie of
    /// the person.
    fn circle(&self, ties: &[Exposure]) -> Option<Circle> {
        let rules = self.context.ties.filter(|_| !ties.is_empty())?;
        let (day, follows) = (self.context.begin as u32, self.context.kin.is_some());
        Some(Exposed::circle(ties, &rules.contagion, day, follows))
    }

    /// The factor of contagion, and an upper bound on the factor of kin abroad on the hazard of leaving.
    pub(super) fn factors(&self, ties: &[Exposure]) -> (f64, f64) {
        let (Some(rules), Some(circle)) = (self.context.ties, self.circle(ties)) else {
            return (1.0, 1.0);
        };
        let contagion = rules.contagion.factor(circle.left, circle.detained);
        let kin = self.context.kin;
        (
            contagion,
            kin.map_or(1.0, |kin| kin.pull_at_most(circle.most_kin)),
        )
    }

    /// An upper bound on the hazard that ties add, as a multiple of the largest hazard of the layers.
    fn more_by_ties(&self, (contagion, kin): (f64, f64)) -> f64 {
        if kin == 1.0 {
            return contagion - 1.0;
        }
        // Kin make a rush weaker or stronger: the hazard of the layers may exclude it, and the bound includes
        // it.
        contagion * kin - 1.0 / self.rush_at_most()
    }

    /// The largest factor of the rush of the segment's persons in this step.
    pub(super) fn rush_at_most(&self) -> f64 {
        let menu = &self.context.outlook.home[self.class as usize];
        if menu.has_loss_ahead() {
            self.context.scenario.behaviour.belief.rush_max.max(1.0)
        } else {
            1.0
        }
    }

    /// An upper bound on the factor by which ties multiply the hazard of leaving, cases aside.
    pub fn factor_of_ties(&self, position: u32) -> f64 {
        let (contagion, kin) = self.factors(self.state.exposed.of(position));
        contagion * kin
    }

    /// An upper bound on the factor by which ties abroad multiply a hazard, over all persons.
    fn most_by_kin(&self) -> f64 {
        let kin = self.context.kin;
        kin.map_or(1.0, |kin| kin.pull_at_most(usize::MAX))
    }

    /// Finds the marks of the exposed content that may lie below their hazards: nearly all are passed over
    /// after one hash and a comparison of integers.
    pub fn find_marks_of_ties(&mut self) {
        let Some(rules) = self.context.ties else {
            return;
        };
        let most = self.more_by_ties((rules.contagion.largest(), self.most_by_kin()));
        let screen = Screen::new(self.key, self.context.date, Decision::ContagionMarks);
        let mut found = Vec::new();
        let ends = self.people.stratum_ends(self.state.block);
        let limit = |stratum: usize| heads_below(most * self.bounds.strata[stratum].hazard);
        let (mut stratum, mut end, mut below) = (0, 0, 0);
        let all = self.state.exposed.of_all();
        for (number, tie) in all.iter().enumerate() {
            let position = tie.position();
            if position >= end {
                stratum = ends.partition_point(|end| *end <= position);
                (end, below) = (ends[stratum], limit(stratum));
            }
            let head = u64::from(screen.heads(self.index(position))[0]);
            // (Content is checked last, of the few who are left: the bits lie far apart.)
            if head >= below || !self.state.is_content(position) {
                continue;
            }
            // (A person with several ties is handled at the first of them.)
            if number > 0 && all[number - 1].position() == position {
                continue;
            }
            let hazard = self.bounds.strata[stratum].hazard;
            let more = self.more_by_ties(self.factors(Exposed::of_first(&all[number..])));
            let index = self.index(position);
            if screen.mark_at_least(index, 0) < more * hazard {
                let mark = screen.mark(index, 0);
                if mark < more * hazard {
                    found.push((position, ExtraMark::new(mark, more)));
                }
            }
        }
        self.tie_marks = TieMarks { content: found };
    }

    /// Marks of what ties elsewhere add to the hazards of moving on, where they may lie below it, each with
    /// the index of the record abroad, ascending.
    pub fn marks_of_kin(&self, records: &[Abroad]) -> Vec<(usize, f64)> {
        let most = self.most_by_kin() - 1.0;
        if most <= 0.0 || self.state.exposed.of_all().is_empty() {
            return Vec::new();
        }
        let screen = Screen::new(self.key, self.context.date, Decision::KinMarks);
        let channels = &self.context.scenario.channels;
        let records = records.iter().enumerate();
        records
            .filter_map(|(number, record)| {
                let index = self.index(record.position);
                let here = channels[usize::from(record.channel)].country;
                let bound = self.bounds.abroad(here, record).hazards[1];
                if screen.mark_at_least(index, 0) >= most * bound {
                    return None;
                }
                let ties = self.state.exposed.of(record.position);
                let more = self.factors(ties).1 - 1.0;
                let mark = screen.mark(index, 0);
                (mark < more * bound).then_some((number, mark))
            })
            .collect()
    }

    /// Places in a menu where a person has ties, with the factors on their weights; `None` if the person
    /// has no ties abroad that draw.
    #[inline]
    pub fn kin_in(&self, position: u32, menu: &Menu) -> Option<Kin> {
        let kin = self.context.kin?;
        let ties = self.state.exposed.of(position);
        if ties.is_empty() {
            return None;
        }
        let countries = Exposed::countries(ties);
        if countries.is_empty() {
            return None;
        }
        let places = countries.into_iter().filter_map(|(country, number)| {
            let place = menu.position(country)?;
            Some((place, kin.factor(number)))
        });
        Some(places.collect())
    }

    /// The factor on the value of the country where a person is, from ties who live there too.
    pub fn kin_here(&self, position: u32, country: u16) -> f64 {
        self.context.kin.map_or(1.0, |kin| {
            let there = Exposed::countries(self.state.exposed.of(position));
            let place = there.binary_search_by_key(&country, |entry| entry.0);
            place.map_or(1.0, |place| kin.factor(there[place].1))
        })
    }

    /// The share of the step after which a person acts, and from which process; `None` if it does not act.
    /// Contagion and cases aside, its hazard is `alone` without ties and `drawn` with ties abroad. The
    /// process of the layers has the smaller of the two hazards, that of ties the rest, and that of a
    /// case its multiple of both together.
    pub(super) fn first_of(
        &mut self,
        position: u32,
        marks: &Marks,
        (alone, drawn): (f64, f64),
        bound: f64,
    ) -> Option<(f64, Spark)> {
        let factors = self.factors(self.state.exposed.of(position));
        let together = factors.0 * drawn;
        let own = alone.min(together);
        let more = self.more_by_ties(factors);
        if together - own > more * bound * (1.0 + 1e-9) {
            let index = self.index(position);
            self.violated("leaving by ties", index, together - own, more * bound);
            return None;
        }
        let victim = self.context.scenario.behaviour.repression.as_ref();
        let by_case = victim.map_or(0.0, |repression| repression.victim - 1.0) * together;
        let mut first = None;
        for (mark, hazard, spark) in [
            (marks.own, own, Spark::Own),
            (marks.tie.mark, together - own, Spark::Tie),
            (marks.case.mark, by_case, Spark::Case),
        ] {
            let part = mark / hazard;
            if mark < hazard && first.is_none_or(|(earliest, _)| part < earliest) {
                first = Some((part, spark));
            }
        }
        first
    }

    /// Remembers whether a candidate's aspiration came of ties.
    pub fn note_tie(&mut self, position: u32, spark: Spark) {
        self.spark = spark;
        if spark == Spark::Tie {
            self.state.exposed.note(position);
        }
    }

    /// Called once a candidate has been judged: a person who is still content did not aspire.
    pub fn settle_tie(&mut self, position: u32) {
        if self.spark == Spark::Tie && self.state.is_content(position) {
            self.state.exposed.forget(position);
        }
    }
}

/// A position in a block fits into the bits that an [`Exposure`] has for it.
const _: () = assert!(BLOCK <= 1 << 17);

#[cfg(test)]
mod tests;
