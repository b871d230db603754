//! Problems of a scenario, described for the person who wrote it.

use super::place::{Origin, Place};
use super::syntax::boundary;
use annotate_snippets::{AnnotationKind, Level, Origin as Arrow, Renderer, Snippet};
use std::fmt;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be run.
    Error,
    /// The scenario can be run, but probably does not mean what was intended.
    Warning,
}

/// A problem: what is wrong, where, what was expected, and what to type instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub title: String,
    /// Where it is; `None` if it has no place, such as a file that does not exist.
    pub place: Option<Place>,
    /// What the marked text is.
    pub label: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// The nearest name that would be valid here.
    pub nearest: Option<String>,
    /// What to type instead.
    pub cure: Option<String>,
}

impl Problem {
    /// Creates an error with a title.
    pub(crate) fn error(title: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            title: title.into(),
            place: None,
            label: None,
            expected: None,
            nearest: None,
            cure: None,
        }
    }

    /// Creates a warning with a title.
    pub(crate) fn warning(title: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(title)
        }
    }

    pub(crate) fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    pub(crate) fn nearest(mut self, nearest: Option<impl Into<String>>) -> Self {
        self.nearest = nearest.map(Into::into);
        self
    }

    pub(crate) fn cure(mut self, cure: impl Into<String>) -> Self {
        self.cure = Some(cure.into());
        self
    }

    /// Renders the problem with its source line.
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = annotate_snippets::Group::with_title(level.primary_title(&self.title));
        if let Some(place) = &self.place {
            group = match excerpt(place) {
                Some(excerpt) => group.element(
                    Snippet::source(excerpt.line)
                        .line_start(excerpt.number)
                        .path(place.file())
                        .annotation(
                            AnnotationKind::Primary
                                .span(excerpt.start..excerpt.end)
                                .label(self.label.as_deref()),
                        ),
                ),
                None => group.element(Arrow::path(place.file())),
            };
        }
        if let Some(expected) = &self.expected {
            group = group.element(Level::NOTE.with_name("expected").message(expected));
        }
        if let Some(nearest) = &self.nearest {
            group = group.element(Level::HELP.with_name("nearest").message(nearest));
        }
        if let Some(cure) = &self.cure {
            group = group.element(Level::HELP.with_name("cure").message(cure));
        }
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }
}

/// The line to show, with the marked part of it.
struct Excerpt<'a> {
    line: &'a str,
    number: usize,
    start: usize,
    end: usize,
}

/// The most bytes of a line shown on either side of the marked place.
const SHOWN_BYTES: usize = 160;

/// Cuts out the first line of a place, so that the cost of rendering does not depend on the size of
/// the file.
fn excerpt(place: &Place) -> Option<Excerpt<'_>> {
    if place.source.origin == Origin::Override {
        return None;
    }
    let text = &place.source.text;
    let number = place.line()?;
    let line_start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[place.start..]
        .find('\n')
        .map_or(text.len(), |at| place.start + at);
    let from = boundary(
        text,
        line_start.max(place.start.saturating_sub(SHOWN_BYTES)),
    );
    let until = boundary(text, line_end.min(place.start + SHOWN_BYTES));
    let line = text.get(from..until)?.trim_end_matches('\r');
    let start = (place.start - from).min(line.len());
    let end = (place.end.max(place.start + 1) - from).clamp(start, line.len());
    Some(Excerpt {
        line,
        number,
        start,
        end: boundary(line, end),
    })
}

/// All problems found in one pass, in the order of files and lines, without duplicates.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems {
    list: Vec<Problem>,
    omitted: usize,
}

/// More problems than anybody reads; any beyond are only counted.
const MOST_PROBLEMS: usize = 1000;

impl Problems {
    /// Adds a problem.
    pub(crate) fn push(&mut self, problem: Problem) {
        if self.list.len() < MOST_PROBLEMS {
            self.list.push(problem);
        } else {
            self.omitted += 1;
        }
    }

    /// Counts problems that are not described individually.
    pub(crate) fn omit(&mut self, count: usize) {
        self.omitted += count;
    }

    /// Adds all problems of another list.
    pub(crate) fn extend(&mut self, other: Problems) {
        self.omitted += other.omitted;
        for problem in other.list {
            self.push(problem);
        }
    }

    /// Sorts by place and removes duplicates.
    pub(crate) fn settle(&mut self) {
        self.list.sort_by(|a, b| match (&a.place, &b.place) {
            (Some(left), Some(right)) => left.order(right),
            (None, Some(_)) => std::cmp::Ordering::Less,
            (Some(_), None) => std::cmp::Ordering::Greater,
            (None, None) => std::cmp::Ordering::Equal,
        });
        self.list.dedup();
    }

    /// Keeps the problems for which a predicate holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Problem) -> bool) {
        self.list.retain(keep);
    }

    /// Splits into errors and warnings.
    pub(crate) fn split(self) -> (Problems, Problems) {
        let (errors, warnings) = self
            .list
            .into_iter()
            .partition(|problem| problem.severity == Severity::Error);
        let errors = Problems {
            list: errors,
            omitted: self.omitted,
        };
        let warnings = Problems {
            list: warnings,
            omitted: 0,
        };
        (errors, warnings)
    }

    /// Returns an iterator over the problems, without those that were only counted.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }

    /// Returns the number of problems, including those that were only counted.
    pub fn len(&self) -> usize {
        self.list.len() + self.omitted
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any problem keeps the scenario from running.
    pub fn has_errors(&self) -> bool {
        self.omitted > 0
            || self
                .list
                .iter()
                .any(|problem| problem.severity == Severity::Error)
    }

    /// Renders all problems, each with its source line, with or without colour.
    pub fn render(&self, colour: bool) -> String {
        let mut text = self
            .list
            .iter()
            .map(|problem| problem.render(colour))
            .collect::<Vec<_>>()
            .join("\n\n");
        if self.omitted > 0 {
            text.push_str(&format!("\n\nand {} more problems", self.omitted));
        }
        text
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Converts a problem into a list of one.
impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self {
            list: vec![problem],
            omitted: 0,
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
