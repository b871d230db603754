//! Chances of admission, or of refusal by mistake, that differ between segments.

/// Chances by row and segment, for the few rows (channels, or versions of one) that distinguish segments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grants {
    /// By row: where its chances begin in `chances`; `None` if they are the same for every segment.
    starts: Vec<Option<u32>>,
    chances: Vec<f64>,
}

impl Grants {
    /// The chance of a segment, if the row distinguishes segments.
    #[inline]
    pub fn get(&self, row: usize, segment: usize) -> Option<f64> {
        let start = self.starts[row]? as usize;
        Some(self.chances[start + segment])
    }

    /// Whether a row distinguishes segments.
    pub fn tells_apart(&self, row: usize) -> bool {
        self.starts[row].is_some()
    }

    /// Adds a row, with a chance for every segment if they differ.
    pub(in crate::world) fn push(&mut self, chances: Option<&[f64]>) {
        self.starts.push(chances.map(|chances| {
            let start = self.chances.len() as u32;
            self.chances.extend_from_slice(chances);
            start
        }));
    }

    /// The chances of a row by segment, if they differ; `segments` is the number of segments.
    pub(in crate::world) fn row(&self, row: usize, segments: usize) -> Option<&[f64]> {
        let start = self.starts[row]? as usize;
        self.chances.get(start..start + segments)
    }
}
