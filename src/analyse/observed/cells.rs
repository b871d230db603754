//! Where the cells of a line of CSV are, so that a problem can be shown in its place.

use std::ops::Range;

/// The byte order mark, which some programs write at the start of a file.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The byte range of each cell of the record that begins at `begin`, without the quotes around it.
pub fn locate(text: &str, begin: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = begin.min(bytes.len());
    loop {
        let rest = &bytes[at..];
        at += match rest.first() {
            Some(b'\n' | b'\r') => 1,
            // Compared as a whole: its first byte alone may begin other characters too.
            _ if rest.starts_with(BYTE_ORDER_MARK) => BYTE_ORDER_MARK.len(),
            _ => break,
        };
    }
    let mut cells = Vec::new();
    loop {
        let (cell, end) = if bytes.get(at) == Some(&b'"') {
            let mut end = at + 1;
            loop {
                match (bytes.get(end), bytes.get(end + 1)) {
                    (Some(b'"'), Some(b'"')) => end += 2,
                    (Some(b'"'), _) | (None, _) => break,
                    _ => end += 1,
                }
            }
            let end = end.min(bytes.len());
            (at + 1..end.max(at + 1), (end + 1).min(bytes.len()))
        } else {
            let rest = &bytes[at..];
            let length = rest
                .iter()
                .position(|byte| matches!(byte, b',' | b'\n' | b'\r'));
            let end = at + length.unwrap_or(rest.len());
            (at..end, end)
        };
        cells.push(cell);
        match bytes.get(end) {
            Some(b',') => at = end + 1,
            _ => return cells,
        }
    }
}

/// Where a byte of a cell's content lies in the text, in which quotes within quotes are doubled.
pub fn in_text(text: &str, cell: &Range<usize>, offset: usize) -> usize {
    let bytes = text.as_bytes();
    let quoted = cell.start > 0 && bytes.get(cell.start - 1) == Some(&b'"');
    let mut at = cell.start;
    for _ in 0..offset {
        let doubled = quoted && bytes.get(at) == Some(&b'"') && bytes.get(at + 1) == Some(&b'"');
        at += if doubled { 2 } else { 1 };
    }
    at.min(cell.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_where_they_stand() {
        let text = "a,b\n1,\"x \"\"y\"\", z\",,end\nlast";
        let words = |begin: usize| -> Vec<&str> {
            locate(text, begin)
                .into_iter()
                .map(|cell| &text[cell])
                .collect()
        };
        assert_eq!(words(0), ["a", "b"]);
        assert_eq!(words(3), ["1", "x \"\"y\"\", z", "", "end"]);
        assert_eq!(words(text.len() - 4), ["last"]);
        assert_eq!(words(text.len()), [""]);
        assert_eq!(locate("\"open", 0).first(), Some(&(1..5)));
        assert_eq!(locate("\u{feff}\r\na", 0).first(), Some(&(5..6)));
        assert_eq!(locate("\u{fef8},a", 0), [0..3, 4..5]);
    }

    #[test]
    fn doubled_quotes_count_once() {
        let text = "\"a \"\"b\"\" c\"";
        let cell = &locate(text, 0)[0];
        // The content is: a "b" c
        assert_eq!(&text[in_text(text, cell, 3)..][..1], "b");
        assert_eq!(&text[in_text(text, cell, 6)..][..1], "c");
        assert_eq!(in_text(text, cell, 99), cell.end);
    }
}
