//! Reads which destination constants move, and by which rows.

use super::read::{ObservedRow, Reader};
use super::{Inner, InnerRow, Target};
use crate::experiment::Varied;
use crate::scenario::{Place, Problem, Source, Table, Value, nearest};

const KEYS: [&str; 3] = ["rows", "iterations", "damping"];

impl Reader {
    /// The inner contraction and its constants.
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
        let Some((named, rows)) = named.and_then(|entry| Some((entry, entry.node.table()?))) else {
            self.file.problems.push(
                Problem::error("[constants] names no rows")
                    .at(&entry.key)
                    .expected("rows = { P1 = [\"GE\"] }: for each row of shares the countries whose constants it moves")
                    .cure("write a row's id and its countries, or take [constants] out to keep them as they are"),
            );
            return (None, Vec::new());
        };
        let (mut inner, mut all) = (Vec::new(), Vec::new());
        for (id, entry) in rows {
            let place = targets.iter().position(|target| target.id == *id);
            if let Some(problem) = cannot_move(id, place.map(|place| &targets[place]), observed) {
                self.file.problems.push(problem.at(&entry.key));
                continue;
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
                continue;
            }
            let countries = self.file.texts(id, &entry.node);
            let mut row = InnerRow {
                target: place.filter(|place| targets[*place].fitted),
                paths: Vec::new(),
                ends: Vec::new(),
            };
            for (country, place) in countries {
                let path = format!("country.{country}.constant");
                let twice = |other: &&Varied| other.path() == path;
                if all.iter().chain(sampled).any(|other| twice(&other)) {
                    self.file.problems.push(
                        Problem::error(format!("`{path}` is moved or sampled twice"))
                            .at(&place)
                            .cure("name each constant once"),
                    );
                    continue;
                }
                if let Some(found) = self.ranged(&path, &place, source) {
                    row.paths.push(path);
                    row.ends.push(found.ends());
                    all.push(found);
                }
            }
            inner.push(row);
        }
        // Where a line is wrong, that is what has to be put right first.
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

    /// Constants are moved by the shares among the rows that are fitted: one alone is always all of them.
    fn nothing_to_share(&mut self, inner: &[InnerRow], targets: &[Target], place: &Place) {
        let mut fitted = inner.iter().filter_map(|row| row.target);
        let (first, second) = (fitted.next(), fitted.next());
        if second.is_some() {
            return;
        }
        let title = match first.and_then(|place| targets.get(place)) {
            Some(target) => format!(
                "[constants] moves nothing: `{}` is its only row that is fitted, and shares are taken among such rows",
                target.id
            ),
            None => "[constants] moves nothing: none of its rows is fitted".to_owned(),
        };
        let left_out = match inner.iter().any(|row| row.target.is_none()) {
            true => "fit the others too (take them out of leave_out, name them in rows)",
            false => "name another row of use `fit` with its countries",
        };
        self.file.problems.push(
            Problem::error(title)
                .at(place)
                .expected("two rows or more that are fitted, with the countries whose constants each moves")
                .cure(format!(
                    "{left_out}, or take [constants] out and sample: \"country.CODE.constant\" = {{}} below [prior]"
                )),
        );
    }
}

/// Why a row moves no constants; `None` if it can.
fn cannot_move(id: &str, target: Option<&Target>, observed: &[ObservedRow]) -> Option<Problem> {
    let Some(row) = observed.iter().find(|row| row.target.id == id) else {
        let known = observed.iter().filter(|row| row.reason.is_none());
        return Some(
            Problem::error(format!("`{id}` is no row that moves constants"))
                .expected("the id of a row with a measure and a band above zero")
                .nearest(nearest(id, known.map(|row| row.target.id.as_str())))
                .cure("correct the id, or take the line out"),
        );
    };
    let has_band = target.is_some_and(|target| target.band.is_some_and(|(low, _)| low > 0.0));
    let reason = match &row.reason {
        Some(reason) => reason,
        None if has_band => return None,
        None => "its band is not above zero",
    };
    Some(
        Problem::error(format!("row `{id}` moves no constants: {reason}"))
            .expected("a row of use `fit` with a measure and a band above zero")
            .cure("take the line out, which leaves its constants as the scenario has them, or give the row what it lacks"),
    )
}
