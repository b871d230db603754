//! From a file to one merged tree: reading, `extends` and `drop`.

mod text;
mod tree;

pub(crate) use text::{read_text, within_limit};
pub(crate) use tree::find;

use super::grammar::GRAMMAR;
use super::node::{self, Entry, Node, Table, Value};
use super::path;
use super::place::{Origin, Place, SourceText};
use super::problem::{Problem, Problems};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use text::{folder_for_file, nearest_file, table_for_scenario, tidy};
use tree::{overlay, take};

/// The longest chain of files that extend one another; more than anybody can follow.
const DEEPEST_EXTENDS: usize = 32;

/// The most files that one file may extend directly.
const MOST_EXTENDED: usize = 100;

/// A file merged with everything it extends.
#[derive(Debug, Clone)]
pub(crate) struct Merged {
    /// The merged content.
    pub table: Table,
    /// The file itself.
    pub source: Arc<SourceText>,
    /// The file's own `extends` and `drop`, which are not part of the merged content.
    pub of_files: Table,
    /// Whether a part could not be read; something that seems missing may be there.
    pub incomplete: bool,
    /// The scenario that the file overlays, if what it extends can be run without it.
    pub lies_over: Option<LiesOver>,
}

/// A scenario that an overlay extends.
#[derive(Debug, Clone)]
pub(crate) struct LiesOver {
    /// The name of the bottommost file, as displayed.
    pub file: String,
    /// Where the overlay names the file it extends.
    pub place: Place,
}

impl Merged {
    /// Returns what a file lies over if it extends this one at a place; `None` if this is only a
    /// part.
    fn as_base(&self, place: Place) -> Option<LiesOver> {
        let runs = ["time", "segment", "country"].map(|key| self.table.contains_key(key));
        let file = match &self.lies_over {
            Some(below) => below.file.clone(),
            None => self.source.name.clone(),
        };
        (runs == [true; 3]).then_some(LiesOver { file, place })
    }
}

/// Reads each file once and collects the problems of all of them.
#[derive(Debug, Default)]
pub(crate) struct Loader {
    pub problems: Problems,
    /// Problems with reading the text itself.
    syntax: Problems,
    /// Places of syntax errors: file and line. Other problems on the same line are their
    /// consequences.
    broken: HashSet<(String, usize)>,
    done: HashMap<PathBuf, Option<Merged>>,
    open: Vec<PathBuf>,
}

impl Loader {
    /// Reads a file and everything it extends; `None` if the file itself cannot be read.
    pub fn file(&mut self, path: &Path, named_at: Option<&Place>) -> Option<Merged> {
        let shown = tidy(path);
        let identity = match std::fs::canonicalize(path) {
            Ok(identity) => identity,
            Err(error) => {
                self.unreadable(&shown, &error.to_string(), named_at);
                return None;
            }
        };
        if self.open.contains(&identity) {
            self.cycle(&shown, named_at);
            return None;
        }
        if let Some(done) = self.done.get(&identity) {
            return done.clone();
        }
        if path.extension().is_some_and(|extension| extension == "csv") {
            self.report(table_for_scenario(&shown), named_at);
            return None;
        }
        if self.open.len() >= DEEPEST_EXTENDS {
            let title = format!("`extends` goes deeper than {DEEPEST_EXTENDS} files");
            self.report(
                Problem::error(title).cure("let the file extend the others directly"),
                named_at,
            );
            return None;
        }
        let merged = match read_text(path) {
            Ok(text) => {
                let source = Arc::new(SourceText {
                    name: shown.display().to_string(),
                    text,
                    origin: Origin::File {
                        folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
                    },
                });
                self.open.push(identity.clone());
                let merged = self.text(&source);
                self.open.pop();
                Some(merged)
            }
            Err(reason) => {
                self.unreadable(&shown, &reason, named_at);
                None
            }
        };
        self.done.insert(identity, merged.clone());
        merged
    }

    /// Reads a text and, if it is a file, everything it extends.
    pub fn text(&mut self, source: &Arc<SourceText>) -> Merged {
        let mut found = Problems::default();
        let reading = node::read(source, &mut found);
        let (mut own, mut incomplete) = (reading.table, reading.incomplete);
        for problem in &found {
            if let Some(place) = &problem.place {
                self.broken
                    .insert((place.file().to_owned(), place.line().unwrap_or(0)));
            }
        }
        self.syntax.extend(found);
        let mut table = Table::new();
        let mut of_files = Table::new();
        let mut lies_over = None;
        if let Some(extends) = own.remove("extends") {
            of_files.insert("extends".to_owned(), extends.clone());
            let files = self.texts("extends", &extends, "../behaviour.toml");
            incomplete |= files.is_none();
            if files
                .as_ref()
                .is_some_and(|files| files.len() > MOST_EXTENDED)
            {
                self.problems.push(
                    Problem::error(format!("`extends` names more than {MOST_EXTENDED} files"))
                        .at(&extends.node.place)
                        .expected(format!("at most {MOST_EXTENDED} files"))
                        .cure("let some of the files extend others"),
                );
                incomplete = true;
            }
            for (name, place) in files.into_iter().flatten().take(MOST_EXTENDED) {
                match self.beside(&name, &place) {
                    Some(parent) => {
                        incomplete |= parent.incomplete;
                        if lies_over.is_none() {
                            lies_over = parent.as_base(place);
                        }
                        overlay(&mut table, parent.table, Some(&GRAMMAR));
                    }
                    None => incomplete = true,
                }
            }
        }
        // The name and title describe one file only: an overlay does not inherit them.
        table.remove("name");
        table.remove("title");
        let drop = own.remove("drop");
        of_files.extend(drop.clone().map(|entry| ("drop".to_owned(), entry)));
        let dropped = drop.and_then(|entry| self.texts("drop", &entry, "event.tourist-ban"));
        let defined_here = own.clone();
        overlay(&mut table, own, Some(&GRAMMAR));
        for (name, place) in dropped.into_iter().flatten() {
            self.remove(&mut table, &defined_here, &name, &place, incomplete);
        }
        Merged {
            table,
            source: Arc::clone(source),
            of_files,
            incomplete,
            lies_over,
        }
    }

    /// Reads a file that is named in another one, by a path relative to it.
    pub fn beside(&mut self, name: &str, place: &Place) -> Option<Merged> {
        match &place.source.origin {
            Origin::File { folder } => {
                let path = folder.join(name);
                self.file(&path, Some(place))
            }
            Origin::Memory | Origin::Override => {
                self.problems.push(
                    Problem::error("a scenario that is not a file cannot name other files")
                        .at(place)
                        .cure("write it to a file, or put everything into one text"),
                );
                None
            }
        }
    }

    /// Returns all problems, sorted and without duplicates.
    ///
    /// Problems that are mere consequences of a syntax error on the same line are left out.
    pub fn settle(mut self) -> Problems {
        let broken = &self.broken;
        self.problems.retain(|problem| {
            problem.place.as_ref().is_none_or(|place| {
                place
                    .line()
                    .is_none_or(|line| !broken.contains(&(place.file().to_owned(), line)))
            })
        });
        self.problems.extend(self.syntax);
        self.problems.settle();
        self.problems
    }

    fn report(&mut self, problem: Problem, place: Option<&Place>) {
        self.problems.push(match place {
            Some(place) => problem.at(place),
            None => problem,
        });
    }

    fn unreadable(&mut self, path: &Path, reason: &str, named_at: Option<&Place>) {
        if path.is_dir() {
            self.report(folder_for_file(path), named_at);
            return;
        }
        let title = format!("cannot read {}: {reason}", path.display());
        // If the file exists, its name is right and the fault is another one, which the title
        // states.
        let (nearest, cure) = match path.is_file() {
            true => (None, "correct the file, or name another"),
            false => (
                nearest_file(path),
                "check the name; files are named relative to the file that names them",
            ),
        };
        self.report(Problem::error(title).nearest(nearest).cure(cure), named_at);
    }

    fn cycle(&mut self, path: &Path, named_at: Option<&Place>) {
        let title = format!(
            "`extends` goes in a circle: {} extends itself",
            path.display()
        );
        self.report(
            Problem::error(title).cure("take one of the files out of `extends`"),
            named_at,
        );
    }

    /// Returns the texts of a list under a key, with their places; `None` if it is not a list of
    /// texts.
    fn texts(&mut self, key: &str, entry: &Entry, example: &str) -> Option<Vec<(String, Place)>> {
        let wrong = |node: &Node, cure: String| {
            Problem::error(format!("`{key}` is {}", node.value.described()))
                .at(&node.place)
                .expected(format!("a list of texts, such as [\"{example}\"]"))
                .cure(cure)
        };
        let items = match &entry.node.value {
            Value::Array(items) => items,
            other => {
                let text = match other {
                    Value::Text(text) => text,
                    _ => example,
                };
                let cure = format!("write {key} = [{}]", super::text::quoted(text));
                self.problems.push(wrong(&entry.node, cure));
                return None;
            }
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.clone(), item.place.clone())),
                _ => {
                    let problem = wrong(item, "put it in quotes".to_owned());
                    self.problems.push(problem.label("not text"));
                }
            }
        }
        (texts.len() == items.len()).then_some(texts)
    }

    fn remove(
        &mut self,
        table: &mut Table,
        defined_here: &Table,
        name: &str,
        place: &Place,
        incomplete: bool,
    ) {
        let parts = path::split(name);
        if parts.len() > 1 && find(defined_here, &parts).is_some() {
            self.problems.push(
                Problem::error(format!("`{name}` is dropped and given in the same file"))
                    .at(place)
                    .cure("keep one of the two"),
            );
            return;
        }
        match take(table, &parts) {
            Ok(()) => {}
            Err(_) if incomplete => {}
            Err(nearest) => self.problems.push(
                Problem::error(format!("there is no `{name}` to drop"))
                    .at(place)
                    .expected(
                        "the path of a table that this file extends, such as \"event.tourist-ban\"",
                    )
                    .nearest(nearest)
                    .cure("correct the path, or take it out of `drop`"),
            ),
        }
    }
}
