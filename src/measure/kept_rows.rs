//! Rows of a run that are kept until it is the run's turn to be written, when several runs go on at
//! a time.

use super::table::{Cell, Sink, Table};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// A cell that owns its value. A name is stored by its number, since a few names recur in most
/// cells.
#[derive(Debug, Clone, Copy)]
enum KeptCell {
    Empty,
    Text(u32),
    Date(Date),
    Whole(u64),
    Number(f64),
}

/// Cells per piece. One growing list would double, and take up to twice the memory.
const PIECE: usize = 1 << 16;

/// Rows in the order in which they came, at 16 bytes per cell.
#[derive(Debug, Default)]
pub struct KeptRows {
    tables: Vec<&'static Table>,
    /// The cells of all rows, one after another. A row has as many cells as its table has columns,
    /// and never spans two pieces.
    pieces: Vec<Vec<KeptCell>>,
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl KeptRows {
    /// Passes all rows to a sink, in their order.
    pub fn hand_on(&self, sink: &mut impl Sink) {
        let mut pieces = self.pieces.iter();
        let mut rest: &[KeptCell] = &[];
        for table in &self.tables {
            if rest.is_empty() {
                rest = pieces.next().map_or(&[], Vec::as_slice);
            }
            let (row, others) = rest.split_at(table.width().min(rest.len()));
            rest = others;
            let cells: Vec<Cell<'_>> = row.iter().map(|cell| self.cell(*cell)).collect();
            sink.row(table, &cells);
        }
    }

    fn cell(&self, cell: KeptCell) -> Cell<'_> {
        match cell {
            KeptCell::Empty => Cell::Empty,
            KeptCell::Text(number) => Cell::Text(&self.names[number as usize]),
            KeptCell::Date(date) => Cell::Date(date),
            KeptCell::Whole(whole) => Cell::Whole(whole),
            KeptCell::Number(number) => Cell::Number(number),
        }
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

impl Sink for KeptRows {
    fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), table.width(), "{}", table.name);
        self.tables.push(table);
        let has_room = |piece: &Vec<KeptCell>| piece.len() + cells.len() <= PIECE;
        let mut piece = match self.pieces.pop() {
            Some(last) if has_room(&last) => last,
            full => {
                self.pieces.extend(full);
                Vec::with_capacity(PIECE.max(cells.len()))
            }
        };
        for cell in cells {
            let kept = match *cell {
                Cell::Empty => KeptCell::Empty,
                Cell::Text(name) => KeptCell::Text(self.name(name)),
                Cell::Date(date) => KeptCell::Date(date),
                Cell::Whole(whole) => KeptCell::Whole(whole),
                Cell::Number(number) => KeptCell::Number(number),
            };
            piece.push(kept);
        }
        self.pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::schema::{COUNTRIES, OUTCOMES};
    use crate::measure::table::Kind;

    /// A sink that keeps every row as text.
    #[derive(Default)]
    struct Told(Vec<String>);

    impl Sink for Told {
        fn row(&mut self, table: &'static Table, cells: &[Cell<'_>]) {
            self.0.push(format!("{} {cells:?}", table.name));
        }
    }

    #[test]
    fn rows_are_handed_on_as_they_came() {
        let (mut kept, mut told, mut later) =
            (KeptRows::default(), Told::default(), Told::default());
        // More cells than one piece holds.
        for number in 0..10_000_u64 {
            let table = if number % 3 == 0 {
                &OUTCOMES
            } else {
                &COUNTRIES
            };
            let name = format!("name {}", number % 7);
            let cells: Vec<Cell<'_>> = table
                .columns()
                .map(|column| match column.kind {
                    _ if column.may_be_empty && number % 5 == 0 => Cell::Empty,
                    Kind::Text => Cell::Text(&name),
                    Kind::Date => Cell::Date(jiff::civil::date(2022, 2, 1 + (number % 28) as i8)),
                    Kind::Whole => Cell::Whole(number),
                    Kind::Number => Cell::Number(number as f64 / 3.0),
                })
                .collect();
            kept.row(table, &cells);
            told.row(table, &cells);
        }
        kept.hand_on(&mut later);
        assert_eq!(later.0, told.0);
    }
}
