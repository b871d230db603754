//! Where something is written: a file and a span in it, or an override given at the command line.

use std::path::PathBuf;
use std::sync::Arc;

/// A text that was read: a file, a text in memory or an override.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SourceText {
    /// The name to display: the path as the user would write it, or `--set PATH=VALUE`.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// What kind of source it is.
    pub origin: Origin,
}

/// The kind of a source.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A file; paths in it are relative to this folder.
    File {
        /// The folder of the file.
        folder: PathBuf,
    },
    /// A text given by a program. It cannot name other files.
    Memory,
    /// An override, `--set PATH=VALUE`.
    Override,
}

/// A span of bytes in a source.
#[derive(Debug, Clone)]
pub struct Place {
    pub(crate) source: Arc<SourceText>,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Place {
    /// Creates the place of a span of a source. Ends beyond the text are moved to its end, and
    /// those inside a character to its beginning.
    pub(crate) fn new(source: &Arc<SourceText>, span: std::ops::Range<usize>) -> Self {
        let text = &source.text;
        let start = text.floor_char_boundary(span.start);
        Self {
            source: Arc::clone(source),
            start,
            end: text.floor_char_boundary(span.end.max(start)),
        }
    }

    /// Creates the place of a whole command-line option, as it was typed.
    #[cfg(feature = "cli")]
    pub(crate) fn of_option(option: String) -> Self {
        let end = option.len();
        let source = SourceText {
            name: option.clone(),
            text: option,
            origin: Origin::Override,
        };
        Self::new(&Arc::new(source), 0..end)
    }

    /// Returns the name of the file, or `--set PATH=VALUE` for an override.
    pub fn file(&self) -> &str {
        &self.source.name
    }

    /// Returns the line, counted from 1; `None` for an override, which has none.
    pub fn line(&self) -> Option<usize> {
        match self.source.origin {
            Origin::Override => None,
            Origin::File { .. } | Origin::Memory => {
                let before = &self.source.text.as_bytes()[..self.start];
                Some(1 + before.iter().filter(|byte| **byte == b'\n').count())
            }
        }
    }

    /// Returns `file:line`, or the override.
    pub fn describe(&self) -> String {
        match self.line() {
            Some(line) => format!("{}:{line}", self.file()),
            None => self.file().to_owned(),
        }
    }

    /// Orders places by source and then by position, to tell which comes first.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        (self.file(), self.start, self.end).cmp(&(other.file(), other.start, other.end))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.order(other).is_eq()
    }
}
