//! Text in columns that stay aligned whatever is in them, and that give way if there is too little room.

use console::{Alignment, measure_text_width, pad_str};

/// Blanks between columns.
const GAP: usize = 2;

/// A column: its alignment, and how readily it is left out.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub heading: String,
    pub right: bool,
    /// If there is too little room, columns with the highest number are left out first; those with 0 never are.
    pub expendable: u8,
    pub cells: Vec<String>,
}

impl Column {
    pub fn new(heading: &str, right: bool, expendable: u8) -> Self {
        Self {
            heading: heading.to_owned(),
            right,
            expendable,
            cells: Vec::new(),
        }
    }

    /// The width of its widest cell, or of its heading.
    pub fn width(&self) -> usize {
        let cells = self.cells.iter().map(|cell| measure_text_width(cell));
        cells
            .chain([measure_text_width(&self.heading)])
            .max()
            .unwrap_or(0)
    }
}

/// Leaves out columns until the rest is at most `width` wide, or only those remain that are never left out.
pub(super) fn fit(mut columns: Vec<Column>, width: usize) -> Vec<Column> {
    while total(&columns) > width {
        let least = columns
            .iter()
            .map(|column| column.expendable)
            .max()
            .unwrap_or(0);
        if least == 0 {
            break;
        }
        columns.retain(|column| column.expendable < least);
    }
    columns
}

/// The width of the text, in columns of the terminal.
pub(super) fn total(columns: &[Column]) -> usize {
    let gaps = GAP * columns.len().saturating_sub(1);
    columns.iter().map(Column::width).sum::<usize>() + gaps
}

/// The lines: the headings, passed through `heading`, then the rows, without blanks at the ends.
pub(super) fn lines(columns: &[Column], heading: impl Fn(&str) -> String) -> Vec<String> {
    let rows = columns
        .iter()
        .map(|column| column.cells.len())
        .max()
        .unwrap_or(0);
    let row = |cell: &dyn Fn(&Column) -> String| {
        let cells = columns.iter().map(|column| {
            let side = if column.right {
                Alignment::Right
            } else {
                Alignment::Left
            };
            pad_str(&cell(column), column.width(), side, None).into_owned()
        });
        cells
            .collect::<Vec<_>>()
            .join(&" ".repeat(GAP))
            .trim_end()
            .to_owned()
    };
    let headings = heading(&row(&|column| column.heading.clone()));
    let body =
        (0..rows).map(|index| row(&|column| column.cells.get(index).cloned().unwrap_or_default()));
    std::iter::once(headings).chain(body).collect()
}

/// A blank at which no line is broken.
pub(super) const TIE: &str = "\u{a0}";

/// Breaks a text between words so that each line is at most `width` wide, if its words allow that. Words that belong
/// together are joined by [`TIE`], which becomes a plain blank.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 1 + measure_text_width(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
        .into_iter()
        .map(|line| line.replace(TIE, " "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<Column> {
        let mut country = Column::new("Country", false, 0);
        country.cells = vec!["Georgia".into(), "日本".into()];
        let mut abroad = Column::new("Abroad", true, 0);
        abroad.cells = vec!["88,123".into(), "7".into()];
        let mut rent = Column::new("Rent", true, 1);
        rent.cells = vec!["x1.92".into(), String::new()];
        vec![country, abroad, rent]
    }

    #[test]
    fn columns_line_up_by_what_is_seen() {
        let lines = lines(&example(), str::to_owned);
        assert_eq!(
            lines,
            [
                "Country  Abroad   Rent",
                "Georgia  88,123  x1.92",
                "日本          7"
            ]
        );
    }

    #[test]
    fn the_least_needed_column_goes_first() {
        assert_eq!(fit(example(), 22).len(), 3);
        assert_eq!(fit(example(), 21).len(), 2);
        assert_eq!(fit(example(), 3).len(), 2);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("one two\u{a0}three", 8), ["one", "two three"]);
        assert_eq!(wrap("unbreakable", 4), ["unbreakable"]);
        assert_eq!(wrap("", 4), [""]);
    }
}
