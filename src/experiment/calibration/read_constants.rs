//! Reads which destination constants move, and which rows move them.

use super::read::{ObservedRow, Reader};
use super::{Inner, InnerRow, Target};
use crate::experiment::Varied;
use crate::scenario::{Entry, Place, Problem, Source, Table, Value, nearest};

const KEYS: [&str; 3] = ["rows", "iterations", "damping"];

impl Reader {
    /// Reads the inner contraction and its constants.
    pub(super) fn inner(
        &mut self,
        table: &Table,
        (observed, targets): (&[ObservedRow], &[Target]),
        source: &Source,
        sampled: &[Varied],
    ) -> (Option<Inner>, Vec<Varied>) {
        let Some(entry) = table.get("constants") else {
            return (None, Vec::new());
        };
        let Some(constants) = entry.node.table() else {
            self.file.wrong(
                &entry.node,
                "constants",
                "a table with rows",
                "write [constants], and below it rows = { ROW = [\"COUNTRY\"] }",
            );
            return (None, Vec::new());
        };
        self.file.known(constants, &KEYS, "[constants]");
        let iterations = self.file.whole_number(constants, "iterations", 0, 100);
        let damping = self.share(constants, "damping", 0.8);
        let named = constants.get("rows");
        let rows = named.and_then(|entry| Some((entry, entry.node.table()?)));
        let Some((named, rows)) = rows.filter(|(_, rows)| !rows.is_empty()) else {
            self.file.problems.push(
                Problem::error("[constants] names no rows")
                    .at(named.map_or(&entry.key, |named| &named.key))
                    .expected("rows = { P1 = [\"GE\"] }: for each row of shares, the countries whose constants it moves")
                    .cure("write a row's id and its countries, or take [constants] out to keep them as they are"),
            );
            return (None, Vec::new());
        };
        let (mut inner, mut all) = (Vec::new(), Vec::new());
        for (id, entry) in rows {
            let Some(target) = self.row_of(id, entry, (observed, targets)) else {
                continue;
            };
            let moved = self.constants_of(id, entry, source, (sampled, &all));
            inner.push(InnerRow {
                target,
                paths: moved.iter().map(|one| one.path().to_owned()).collect(),
                ends: moved.iter().map(Varied::ends).collect(),
            });
            all.extend(moved);
        }
        // A wrong line has to be put right before this can be judged.
        if inner.len() == rows.len() {
            self.nothing_to_share(&inner, targets, &named.key);
        }
        let inner = Inner {
            rows: inner,
            iterations: iterations.and_then(|n| u32::try_from(n).ok()).unwrap_or(2),
            damping,
        };
        (Some(inner), all)
    }

    /// The index among the targets of a row that moves constants: `Some(None)` if the row is not fitted,
    /// `None`, with a problem, if it moves none.
    fn row_of(
        &mut self,
        id: &str,
        entry: &Entry,
        (observed, targets): (&[ObservedRow], &[Target]),
    ) -> Option<Option<usize>> {
        if let Some(problem) = cannot_move(id, observed, targets) {
            self.file.problems.push(problem.at(&entry.key));
            return None;
        }
        if matches!(&entry.node.value, Value::Array(items) if items.is_empty()) {
            self.file.problems.push(
                Problem::error(format!(
                    "row `{id}` moves no constants: it names no country"
                ))
                .at(&entry.node.place)
                .expected("the countries whose constants it moves, such as [\"GE\"]")
                .cure("name them, or take the line out"),
            );
            return None;
        }
        let place = targets.iter().position(|target| target.id == id);
        Some(place.filter(|place| targets[*place].fitted))
    }

    /// The constants that a row moves; one that is already moved or sampled is reported and skipped.
    fn constants_of(
        &mut self,
        id: &str,
        entry: &Entry,
        source: &Source,
        (sampled, moved): (&[Varied], &[Varied]),
    ) -> Vec<Varied> {
        let mut found: Vec<Varied> = Vec::new();
        for (country, place) in self.file.texts(id, &entry.node) {
            let path = format!("country.{country}.constant");
            let mut taken = sampled.iter().chain(moved).chain(&found);
            if taken.any(|other| other.path() == path) {
                self.file.problems.push(
                    Problem::error(format!("`{path}` is moved or sampled twice"))
                        .at(&place)
                        .cure("name each constant once"),
                );
                continue;
            }
            found.extend(self.ranged(&path, &place, source));
        }
        found
    }

    /// Reports fewer than two fitted rows: constants are moved by shares among the fitted rows, and one row
    /// alone is always all of them.
    fn nothing_to_share(&mut self, inner: &[InnerRow], targets: &[Target], place: &Place) {
        let mut fitted = inner.iter().filter_map(|row| row.target);
        let (first, second) = (fitted.next(), fitted.next());
        if second.is_some() {
            return;
        }
        let title = match first.and_then(|place| targets.get(place)) {
            Some(target) => format!(
                "[constants] moves nothing: `{}` is its only fitted row, and shares are taken among fitted rows",
                target.id
            ),
            None => "[constants] moves nothing: none of its rows is fitted".to_owned(),
        };
        let left_out = match inner.iter().any(|row| row.target.is_none()) {
            true => "fit the others too (take them out of leave_out, name them in rows)",
            false => "name another row with use `fit`, and its countries",
        };
        self.file.problems.push(
            Problem::error(title)
                .at(place)
                .expected("two or more fitted rows, with the countries whose constants each moves")
                .cure(format!(
                    "{left_out}, or take [constants] out and sample: \"country.CODE.constant\" = {{}} below [prior]"
                )),
        );
    }
}

/// The problem that keeps a row from moving constants; `None` if it can move them.
fn cannot_move(id: &str, observed: &[ObservedRow], targets: &[Target]) -> Option<Problem> {
    let Some(row) = observed.iter().find(|row| row.target.id == id) else {
        // Only rows that can move constants are suggested; any other would be the next error.
        let can = observed.iter();
        let can = can.filter(|row| why_not(row, targets).is_none());
        return Some(
            Problem::error(format!("`{id}` is not a row that can move constants"))
                .expected("the id of a row with a measure and a band above zero")
                .nearest(nearest(id, can.map(|row| row.target.id.as_str())))
                .cure("correct the id, or take the line out"),
        );
    };
    let reason = why_not(row, targets)?;
    Some(
        Problem::error(format!("row `{id}` moves no constants: {reason}"))
            .expected("a row with use `fit`, a measure and a band above zero")
            .cure("take the line out, which leaves its constants as the scenario has them, or give the row what it lacks"),
    )
}

/// Why a row cannot move constants, in words; `None` if it can.
fn why_not<'a>(row: &'a ObservedRow, targets: &[Target]) -> Option<&'a str> {
    if let Some(reason) = &row.reason {
        return Some(reason);
    }
    let target = targets.iter().find(|target| target.id == row.target.id);
    let has_band = target.is_some_and(|target| target.band.is_some_and(|(low, _)| low > 0.0));
    (!has_band).then_some("its band is not above zero")
}
