//! From a file to one merged tree: reading, `extends`, `drop`.

use super::grammar::{Branch, Child, GRAMMAR};
use super::node::{self, Entry, Node, Table, Value};
use super::path;
use super::place::{Origin, Place, SourceText};
use super::problem::{Problem, Problems};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A scenario file is a few hundred lines; what is larger than this is something else.
const MOST_BYTES: u64 = 4_000_000;
/// Files that extend files that extend files: more than anybody can follow.
const DEEPEST_EXTENDS: usize = 32;

/// Files that one file extends directly.
const MOST_EXTENDED: usize = 100;

/// A file with all that it extends.
#[derive(Debug, Clone)]
pub(crate) struct Merged {
    /// What all of them say together.
    pub table: Table,
    /// The file itself.
    pub source: Arc<SourceText>,
    /// Whether a part could not be read: what is missing may stand there.
    pub incomplete: bool,
    /// The scenario that the file lies over: what it extends can be run without it.
    pub lies_over: Option<LiesOver>,
}

/// A scenario below an overlay.
#[derive(Debug, Clone)]
pub(crate) struct LiesOver {
    /// The file at the bottom, as it is shown.
    pub file: String,
    /// Where the overlay names what it extends.
    pub place: Place,
}

impl Merged {
    /// What a file that extends this one, at a place, lies over; `None` if this is but a part.
    fn as_base(&self, place: Place) -> Option<LiesOver> {
        let runs = ["time", "segment", "country"].map(|key| self.table.contains_key(key));
        let file = match &self.lies_over {
            Some(below) => below.file.clone(),
            None => self.source.name.clone(),
        };
        (runs == [true; 3]).then_some(LiesOver { file, place })
    }
}

/// Reads files, each once, and collects the problems of all of them.
#[derive(Debug, Default)]
pub(crate) struct Loader {
    pub problems: Problems,
    /// Problems of reading the text itself.
    syntax: Problems,
    /// Places of syntax errors: file and line. What else is wrong there is their consequence.
    broken: HashSet<(String, usize)>,
    done: HashMap<PathBuf, Option<Merged>>,
    open: Vec<PathBuf>,
}

impl Loader {
    /// Reads a file and all that it extends; `None` if the file itself cannot be read.
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

    /// Reads a text and, if it is a file, all that it extends.
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
        let mut lies_over = None;
        if let Some(extends) = own.remove("extends") {
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
        // The name and the title say what this very file is: an overlay is something else.
        table.remove("name");
        table.remove("title");
        let drop = own.remove("drop");
        let dropped = drop.and_then(|entry| self.texts("drop", &entry, "event.tourist-ban"));
        let defined_here = own.clone();
        overlay(&mut table, own, Some(&GRAMMAR));
        for (name, place) in dropped.into_iter().flatten() {
            self.remove(&mut table, &defined_here, &name, &place, incomplete);
        }
        Merged {
            table,
            source: Arc::clone(source),
            incomplete,
            lies_over,
        }
    }

    /// Reads a file that is named in another one, relative to it.
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

    /// Removes what is only a consequence of a syntax error on the same line, sorts, and removes
    /// what was found twice.
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
        // A file that is there has the right name, and another fault, which the title says.
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

    /// The texts of a list under a key, with their places; `None` if it is no list of texts.
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
                    self.problems.push(problem.label("not a text"));
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

/// A folder where a file was expected: the scenarios that it holds.
fn folder_for_file(folder: &Path) -> Problem {
    let names = toml_files(folder);
    let meant = match names.as_slice() {
        [one] => Some(one),
        several => several.iter().find(|name| *name == "scenario.toml"),
    };
    let problem = Problem::error(format!("{} is a folder, not a file", folder.display()))
        .expected("a scenario file");
    match (meant, names.as_slice()) {
        (Some(name), _) => {
            let file = folder.join(name).display().to_string();
            problem
                .nearest(Some(file.clone()))
                .cure(format!("name the file: {file}"))
        }
        (None, []) => problem.cure("name a file; the folder has none whose name ends in .toml"),
        (None, several) => problem.cure(format!(
            "name a file in it: {}",
            path::one_of(several, false)
        )),
    }
}

/// A table of numbers where a scenario was expected.
fn table_for_scenario(path: &Path) -> Problem {
    let problem = Problem::error(format!("{} is a table, not a scenario", path.display()))
        .expected("a scenario file, which ends in .toml");
    match path.file_name().is_some_and(|name| name == "observed.csv") {
        true => problem.cure(
            "check the scenario beside it, which checks the observations too: exeunt check SCENARIO, or exeunt score \
             SCENARIO --check",
        ),
        false => problem.cure(
            "name a scenario; observations are given by exeunt score SCENARIO --observed FILE",
        ),
    }
}

/// Whether a text of so many bytes can be a scenario file; otherwise why not.
pub(crate) fn within_limit(bytes: usize) -> Result<(), String> {
    if bytes as u64 > MOST_BYTES {
        let megabytes = MOST_BYTES / 1_000_000;
        return Err(format!(
            "it is larger than {megabytes} MB, which is no scenario file"
        ));
    }
    Ok(())
}

/// Reads a text of bounded size.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    let describe = |error: std::io::Error| error.to_string();
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    if !std::fs::metadata(path).map_err(describe)?.is_file() {
        return Err("this is not a file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(describe)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(describe)?;
    within_limit(bytes.len())?;
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let line = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
        return Err(format!(
            "line {line} holds a byte of zero, which no text has; save the file as UTF-8"
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..valid]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        format!("line {line} is not UTF-8 text; save the file as UTF-8")
    })
}

/// The file of the most similar name in the same folder.
fn nearest_file(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return None,
    };
    let names = toml_files(folder);
    path::nearest(wanted, names.iter().map(String::as_str))
}

/// The names of the scenario files in a folder, sorted.
fn toml_files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().take(1000);
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort_unstable();
    names
}

/// Removes `.` and resolves `..` where that is only a matter of writing.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(tidied.components().next_back(), Some(Component::Normal(_))) =>
            {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    if tidied.as_os_str().is_empty() && !path.as_os_str().is_empty() {
        tidied.push(".");
    }
    tidied
}

/// Lays one table over another: tables of the grammar are merged, everything else is replaced,
/// so that a claim or a distribution never becomes a mixture of two.
pub(crate) fn overlay(base: &mut Table, over: Table, branch: Option<&Branch>) {
    for (name, entry) in over {
        let deeper = branch
            .and_then(|branch| branch.child(&name))
            .and_then(Child::branch);
        if let (Some(deeper), Some(below)) = (deeper, base.get_mut(&name))
            && let (Value::Table(below_table), Value::Table(_)) =
                (&mut below.node.value, &entry.node.value)
        {
            below.key = entry.key;
            below.node.place = entry.node.place;
            if let Value::Table(over_table) = entry.node.value {
                let over_table = Arc::unwrap_or_clone(over_table);
                overlay(Arc::make_mut(below_table), over_table, Some(deeper));
            }
            continue;
        }
        base.insert(name, entry);
    }
}

/// The entry at a path.
pub(crate) fn find<'a>(table: &'a Table, parts: &[String]) -> Option<&'a Entry> {
    let (first, rest) = parts.split_first()?;
    let entry = table.get(first)?;
    if rest.is_empty() {
        return Some(entry);
    }
    find(entry.node.table()?, rest)
}

/// Removes the entry at a path; otherwise the nearest path that exists.
fn take(table: &mut Table, parts: &[String]) -> Result<(), Option<String>> {
    let Some((first, rest)) = parts.split_first() else {
        return Err(None);
    };
    let names: BTreeMap<&str, ()> = table.keys().map(|name| (name.as_str(), ())).collect();
    let near = path::nearest(first, names.keys().copied());
    let with_rest = |first: String, rest: &[String]| {
        let mut parts = vec![first];
        parts.extend_from_slice(rest);
        path::join(&parts)
    };
    let Some(entry) = table.get_mut(first) else {
        return Err(near.map(|near| with_rest(near, rest)));
    };
    if rest.is_empty() {
        table.remove(first);
        return Ok(());
    }
    match &mut entry.node.value {
        Value::Table(inner) => take(Arc::make_mut(inner), rest)
            .map_err(|near| near.map(|near| format!("{first}.{near}"))),
        _ => Err(None),
    }
}
