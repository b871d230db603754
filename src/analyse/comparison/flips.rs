//! Which parameters flip the sign of a headline difference: lines through the draws, settled by runs at both ends.

use super::movers::{Line, Movers, Varied, differ_in_sign};
use super::{Comparison, OutcomeKey};
use crate::measure::comparison_schema::FLIPS;
use crate::measure::{Cell, Sink};
use std::collections::BTreeSet;

/// How many parameters of a headline are kept whatever their verdict: those that move it most.
const STRONGEST: usize = 8;
/// A line is suspected only if chance makes one as strong at most this often.
const CHANCE_TO_SUSPECT: f64 = 0.1;
/// Standard deviations beyond which a normal number lies, on a given side of zero, one time in twenty.
const BEYOND_CHANCE: f64 = 1.645;

/// Runs with one parameter at each end of its range and everything else as in the files.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// The parameter, as an index into the varied ones.
    pub parameter: usize,
    /// The scenarios with it at the lower end.
    pub low: Comparison,
    /// The scenarios with it at the upper end.
    pub high: Comparison,
}

/// Whether a parameter flips the sign of a headline difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlipVerdict {
    /// Runs at both ends differ in sign, each by more than chance gives a single pair of runs one time in
    /// twenty.
    Flips,
    /// Runs at both ends differ in sign, and one replicate does not tell whether chance parted them.
    Possible,
    /// The line does, and chance makes one as strong at most one time in ten; no runs were made.
    Suspected,
    /// The line does, but chance alone may make one as strong, and no runs were made; or a run at an end failed.
    Undecided,
    /// The line does, but the runs do not.
    NotConfirmed,
    /// Neither the line nor the runs do.
    NoFlip,
}

impl FlipVerdict {
    /// The words for it in tables.
    pub fn words(self) -> &'static str {
        match self {
            Self::Flips => "flips",
            Self::Possible => "possible",
            Self::Suspected => "suspected",
            Self::Undecided => "undecided",
            Self::NotConfirmed => "not confirmed",
            Self::NoFlip => "no flip",
        }
    }

    /// Judges a line and the differences at both ends (`None` if they were not run; an end whose run failed has none).
    /// `sd_chance` is the standard deviation of one pair's difference due to chance, `None` if unknown.
    fn of(line: Option<Line>, at_ends: Option<[Option<f64>; 2]>, sd_chance: Option<f64>) -> Self {
        let crosses = line.filter(Line::crosses);
        let Some([low, high]) = at_ends else {
            return match crosses {
                Some(line) if line.chance <= CHANCE_TO_SUSPECT => Self::Suspected,
                Some(_) => Self::Undecided,
                None => Self::NoFlip,
            };
        };
        // (Plain conditions: one match over line and runs, with guards, gave wrong verdicts where rustc 1.95 optimised it,
        // and right ones where it did not. The tests below tell.)
        let Some((low, high)) = low.zip(high) else {
            // The end that was run says more than the line, and not enough.
            return if crosses.is_some() {
                Self::Undecided
            } else {
                Self::NoFlip
            };
        };
        if differ_in_sign(low, high) {
            let Some(sd) = sd_chance else {
                return Self::Possible;
            };
            if low.abs().min(high.abs()) > BEYOND_CHANCE * sd {
                return Self::Flips;
            }
        }
        if crosses.is_some() {
            Self::NotConfirmed
        } else {
            Self::NoFlip
        }
    }
}

/// What a parameter does to a headline difference.
#[derive(Debug, Clone, PartialEq)]
pub struct FlipRow {
    /// The scenario, as an index into the names.
    pub scenario: usize,
    /// The headline.
    pub key: OutcomeKey,
    /// 1 = moves the difference most; 0 = no parameter flips it.
    pub rank: u32,
    /// The parameter; `None` with rank 0.
    pub parameter: Option<Varied>,
    /// The line through the draws; `None` if there were too few or they do not vary the parameter.
    pub line: Option<Line>,
    /// Mean differences of pairs run at the lower and the upper end, each `None` if its run failed or lacks the outcome;
    /// `None` if they were not run.
    pub at_ends: Option<[Option<f64>; 2]>,
    /// Whether it flips the sign.
    pub verdict: FlipVerdict,
}

/// The rows of the table `flips`.
#[derive(Debug, Clone, PartialEq)]
pub struct Flips {
    /// The scenarios, the base first.
    pub names: Vec<String>,
    /// Sorted by scenario name, headline key and rank.
    pub rows: Vec<FlipRow>,
}

impl Movers {
    /// Settles what the lines suggest by the runs at both ends.
    ///
    /// For each headline the table keeps every parameter that is suspected or was run, and the eight that
    /// move it most, ranked by how far the line (the runs, if there is no line) moves the difference along
    /// the range. A headline that no parameter flips or is suspected to flip also has one row of rank 0.
    pub fn settle(&self, verified: &[Verified]) -> Flips {
        let mut looked: BTreeSet<(usize, OutcomeKey)> = self.lines.keys().cloned().collect();
        for ends in verified {
            for scenario in 1..self.names.len() {
                let run = self
                    .headlines
                    .iter()
                    .filter(|key| ends.of(scenario, key).iter().any(Option::is_some));
                looked.extend(run.map(|key| (scenario, key.clone())));
            }
        }
        let mut looked: Vec<(usize, OutcomeKey)> = looked.into_iter().collect();
        let name = |scenario: usize| self.names.get(scenario);
        looked.sort_by(|a, b| (name(a.0), a).cmp(&(name(b.0), b)));
        let rows = looked
            .into_iter()
            .flat_map(|(scenario, key)| self.of_headline(scenario, &key, verified));
        Flips {
            rows: rows.collect(),
            names: self.names.clone(),
        }
    }

    fn of_headline(
        &self,
        scenario: usize,
        key: &OutcomeKey,
        verified: &[Verified],
    ) -> Vec<FlipRow> {
        let sd_chance = self.sd_chance.get(&(scenario, key.clone()));
        let sd_chance = sd_chance.copied();
        let row = |(parameter, varied): (usize, &Varied)| {
            let line = self.line(scenario, key, parameter);
            let ends = verified.iter().find(|ends| ends.parameter == parameter);
            let at_ends = ends.map(|ends| ends.of(scenario, key));
            let verdict = FlipVerdict::of(line, at_ends, sd_chance);
            let has_one = at_ends.is_some_and(|ends| ends.iter().any(Option::is_some));
            (line.is_some() || has_one).then(|| FlipRow {
                scenario,
                key: key.clone(),
                rank: 0,
                parameter: Some(varied.clone()),
                line,
                at_ends,
                verdict,
            })
        };
        let mut rows: Vec<FlipRow> = self.varied.iter().enumerate().filter_map(row).collect();
        rows.sort_by(|a, b| b.size().total_cmp(&a.size()));
        let mut place = 0;
        rows.retain(|row| {
            place += 1;
            place <= STRONGEST || row.at_ends.is_some() || row.verdict == FlipVerdict::Suspected
        });
        for (rank, row) in (1..).zip(&mut rows) {
            row.rank = rank;
        }
        let claimed = |row: &FlipRow| {
            use FlipVerdict::{Flips, Possible, Suspected};
            matches!(row.verdict, Flips | Possible | Suspected)
        };
        if !rows.iter().any(claimed) {
            let none = FlipRow {
                scenario,
                key: key.clone(),
                rank: 0,
                parameter: None,
                line: None,
                at_ends: None,
                verdict: FlipVerdict::NoFlip,
            };
            rows.insert(0, none);
        }
        rows
    }
}

impl Verified {
    /// Mean differences of a scenario at the lower and the upper end; `None` where a run failed or lacks the outcome.
    fn of(&self, scenario: usize, key: &OutcomeKey) -> [Option<f64>; 2] {
        [&self.low, &self.high].map(|end| Some(end.row(scenario, key)?.difference?.mean))
    }
}

impl FlipRow {
    /// The mean differences of pairs run at the lower and the upper end, if both were.
    pub fn runs(&self) -> Option<(f64, f64)> {
        let [low, high] = self.at_ends?;
        low.zip(high)
    }

    /// How far the parameter moves the difference.
    fn size(&self) -> f64 {
        match (self.line, self.runs()) {
            (Some(line), _) => line.size(),
            (None, Some((low, high))) => (high - low).abs(),
            (None, None) => 0.0,
        }
    }
}

impl Flips {
    /// Writes the rows of the table `flips`.
    pub fn write(&self, sink: &mut impl Sink) {
        for row in &self.rows {
            let names = (self.names.first(), self.names.get(row.scenario));
            let (Some(base), Some(scenario)) = names else {
                continue;
            };
            let text = |pick: fn(&Varied) -> &str| {
                let text = row.parameter.as_ref().map(pick);
                text.map_or(Cell::Empty, Cell::Text)
            };
            let [run_at_low, run_at_high] = row.at_ends.unwrap_or_default();
            let of_line = |pick: fn(&Line) -> f64| Cell::number(row.line.as_ref().map(pick));
            sink.row(
                &FLIPS,
                &[
                    Cell::Text(base),
                    Cell::Text(scenario),
                    Cell::Text(&row.key.outcome),
                    Cell::Text(&row.key.group),
                    Cell::Text(&row.key.country),
                    Cell::Whole(row.rank.into()),
                    text(|varied| &varied.path),
                    text(|varied| &varied.low),
                    text(|varied| &varied.high),
                    of_line(|line| line.at_low),
                    of_line(|line| line.at_high),
                    of_line(|line| line.correlation),
                    of_line(|line| line.chance),
                    Cell::number(run_at_low),
                    Cell::number(run_at_high),
                    Cell::Text(row.verdict.words()),
                ],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{Rows, cells, left, names, normal, outcome};
    use super::*;
    use crate::experiment::{self, Design, Draws};
    use crate::measure::{ALL, Outcome};
    use crate::scenario::Source;
    use std::path::Path;

    const DRAWS: u32 = 16;
    /// The parameter, of six, that moves how many left.
    const MOVES: usize = 2;

    fn varied() -> Vec<Varied> {
        let varied = |number| Varied {
            path: format!("behaviour.{number}"),
            low: "1".to_owned(),
            high: "3".to_owned(),
        };
        (0..6).map(varied).collect()
    }

    /// Places spread evenly, in a different order for each parameter; the last parameter is never varied.
    fn places(draws: u32) -> Vec<Vec<f64>> {
        let set = |draw: u32| {
            let of = |step: u32| f64::from(draw * step % draws) / f64::from(draws - 1);
            let mut set: Vec<f64> = [1, 3, 5, 7, 9].map(of).to_vec();
            set.push(0.5);
            set
        };
        (0..draws).map(set).collect()
    }

    fn run(scenario: usize, left: f64, abroad: f64) -> Vec<Outcome> {
        let with = |value| {
            if scenario == 0 {
                1000.0
            } else {
                1000.0 + value
            }
        };
        vec![
            outcome("left", ALL, ALL, with(left)),
            outcome("abroad_at_end", ALL, ALL, with(abroad)),
        ]
    }

    fn movers(draws: u32, noise: f64) -> Movers {
        replicated(draws, 1, noise)
    }

    fn replicated(draws: u32, replicates: u32, noise: f64) -> Movers {
        let sets = places(draws);
        let run = |scenario, draw: u32, replicate| {
            let place = sets[draw as usize][MOVES];
            let chance = normal(0, draw, replicate, 1);
            run(
                scenario,
                10.0 * place - 4.0 + noise * chance,
                100.0 + chance,
            )
        };
        let comparison = Comparison::of(names(2), &cells(2, draws, replicates, run));
        let numbers: Vec<u32> = (0..draws).collect();
        Movers::of(&comparison, &varied(), &numbers, &sets)
    }

    fn ends(parameter: usize, low: f64, high: f64) -> Verified {
        let at = |left| {
            let run = |scenario, _, _| run(scenario, left, 100.0);
            Comparison::of(names(2), &cells(2, 1, 1, run))
        };
        Verified {
            parameter,
            low: at(low),
            high: at(high),
        }
    }

    /// Rank, path and verdict of the rows about who left.
    fn of_left(flips: &Flips) -> Vec<(u32, Option<&str>, &'static str)> {
        let rows = flips.rows.iter().filter(|row| row.key == left());
        rows.map(|row| {
            let path = row.parameter.as_ref().map(|one| one.path.as_str());
            (row.rank, path, row.verdict.words())
        })
        .collect()
    }

    #[test]
    fn a_line_says_what_is_expected_at_the_ends() {
        let movers = movers(DRAWS, 0.0);
        let line = movers.line(1, &left(), MOVES).unwrap();
        assert!((line.at_low + 4.0).abs() < 1e-9 && (line.at_high - 6.0).abs() < 1e-9);
        assert!((line.correlation - 1.0).abs() < 1e-9);
        assert!(line.chance <= 0.002 && line.crosses(), "{line:?}");
        assert_eq!(movers.line(1, &left(), 5), None);
        assert_eq!(movers.line(0, &left(), MOVES), None);
    }

    /// Half of the sets lie at the value in the file: what is straight along the range must stay straight.
    #[test]
    fn a_line_is_right_where_the_file_says_an_end_of_the_range() {
        let path = Path::new("scenarios/examples/border-closes.toml");
        let source = Source::load(path, &[]).unwrap();
        let known = experiment::varied(&source, &["behaviour".to_owned()]);
        let at_end = |one: &&experiment::Varied| one.ends()[0] == one.ends()[1];
        let one = known.iter().find(at_end).unwrap().clone();
        let draws = Draws::designed(Design::LatinHypercube, 3, DRAWS, vec![one.clone()]);
        let [low, _, high] = one.ends();
        let run = |scenario, draw: u32, _| {
            let value = draws.values[draw as usize][0];
            run(scenario, 10.0 * (value - low) / (high - low) - 4.0, 0.0)
        };
        let comparison = Comparison::of(names(2), &cells(2, DRAWS, 1, run));
        let numbers: Vec<u32> = (0..DRAWS).collect();
        let movers = Movers::of(&comparison, &varied()[..1], &numbers, &draws.places());
        let line = movers.line(1, &left(), 0).unwrap();
        let ends = (line.at_low + 4.0).abs() < 1e-9 && (line.at_high - 6.0).abs() < 1e-9;
        assert!(ends && line.correlation > 1.0 - 1e-9, "{line:?}");
    }

    #[test]
    fn what_flips_is_settled_by_runs() {
        let movers = movers(DRAWS, 0.2);
        assert_eq!(movers.candidates(1), [MOVES]);
        let first = |verified: &[Verified]| {
            let flips = movers.settle(verified);
            let rows = of_left(&flips);
            let first = *rows.iter().find(|row| row.0 == 1).unwrap();
            assert_eq!(first.1, Some("behaviour.2"));
            (rows[0].0, first.2)
        };
        // A row of rank 0 comes first where nothing flips or is suspected.
        assert_eq!(first(&[]), (1, "suspected"));
        assert_eq!(first(&[ends(MOVES, -3.0, 5.0)]), (1, "possible"));
        assert_eq!(first(&[ends(MOVES, -3.0, -1.0)]), (0, "not confirmed"));
        // A flip that only the runs show still counts.
        let others = movers.settle(&[ends(5, 2.0, -2.0)]);
        let others = of_left(&others);
        let last = others.iter().find(|row| row.1 == Some("behaviour.5"));
        assert_eq!(last.map(|row| row.2), Some("possible"));
    }

    /// The end that was run is told, and says more than a line that suspects a flip.
    #[test]
    fn where_a_run_at_an_end_failed_nothing_is_suspected() {
        let movers = movers(DRAWS, 0.2);
        let mut failed = ends(MOVES, -3.0, 5.0);
        failed.high = Comparison::of(names(2), &[]);
        let flips = movers.settle(&[failed]);
        assert_eq!(of_left(&flips)[1], (1, Some("behaviour.2"), "undecided"));
        let row = flips
            .rows
            .iter()
            .find(|row| row.key == left() && row.rank == 1);
        assert_eq!(row.unwrap().at_ends, Some([Some(-3.0), None]));
    }

    #[test]
    fn runs_that_chance_may_have_parted_flip_nothing() {
        // Chance gives a pair a standard deviation of about 2: ends within 3.3 of zero prove nothing.
        let movers = replicated(DRAWS, 2, 2.0);
        let sd = movers.sd_chance[&(1, left())];
        assert!((1.5..2.5).contains(&sd), "{sd}");
        let verdict = |low, high| {
            let flips = movers.settle(&[ends(MOVES, low, high)]);
            let rows = of_left(&flips);
            let row = rows.iter().find(|row| row.1 == Some("behaviour.2"));
            row.unwrap().2
        };
        // (One replicate tells nothing of chance: then not even these are more than possible, as above.)
        assert_eq!(verdict(-2.0, 6.0), "not confirmed");
        assert_eq!(verdict(-5.0, 6.0), "flips");
    }

    #[test]
    fn nothing_is_claimed_by_luck() {
        let flips = movers(DRAWS, 0.2).settle(&[]);
        let mut rows = Rows::default();
        flips.write(&mut rows);
        // The number abroad does not flip: a row without a path, then the parameters that move it most, for the bars.
        assert_eq!(rows.0[0][2..7], ["abroad_at_end", "ALL", "ALL", "0", ""]);
        assert_eq!(rows.0[0][15], "no flip");
        assert!(
            rows.0[1..6]
                .iter()
                .all(|row| row[2] == "abroad_at_end" && row[15] == "no flip")
        );
        // Pure noise crosses zero but is not suspected.
        let noise = movers(DRAWS, 1e4).settle(&[]);
        let rows = of_left(&noise);
        assert_eq!(rows[0], (0, None, "no flip"));
        assert!(rows.iter().any(|row| row.2 == "undecided"), "{rows:?}");
        assert!(rows.iter().all(|row| row.2 != "suspected"), "{rows:?}");
    }

    #[test]
    fn few_draws_say_nothing_and_runs_say_it_alone() {
        let movers = movers(11, 0.2);
        assert!(movers.candidates(9).is_empty());
        assert_eq!(movers.settle(&[]).rows, []);
        let flips = movers.settle(&[ends(MOVES, -3.0, 5.0)]);
        assert_eq!(of_left(&flips), [(1, Some("behaviour.2"), "possible")]);
        // The parameter that moves the difference most comes first, wherever the difference lies.
        let both = movers.settle(&[ends(1, 9.0, 10.0), ends(MOVES, -3.0, 5.0)]);
        let order: Vec<_> = of_left(&both).iter().map(|row| row.1).collect();
        assert_eq!(order, [Some("behaviour.2"), Some("behaviour.1")]);
        let abroad: Vec<_> = flips.rows.iter().filter(|row| row.key != left()).collect();
        assert_eq!(
            (abroad[0].rank, abroad[0].verdict),
            (0, FlipVerdict::NoFlip)
        );
        assert_eq!(abroad[1].runs(), Some((100.0, 100.0)));
    }
}
