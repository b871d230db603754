//! The pages show what their commands give: each command is run, and the lines shown beneath it stand in its output;
//! the tables are written from what was run.
//!
//!     EXEUNT_UPDATE_DOCUMENTS=1 cargo test --test teaching pages     writes the tables anew

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A page, a desk with the shipped examples to run its commands at, and what it shows.
pub struct Page {
    path: PathBuf,
    text: String,
    desk: TempDir,
}

/// A command and the lines shown of its output; `...` stands for any lines.
struct Shown {
    line: usize,
    arguments: Vec<String>,
    lines: Vec<String>,
}

impl Page {
    /// Reads a page of docs/teaching, writes the files that it tells the reader to write, and runs all its commands.
    pub fn run(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = root.join(format!("docs/teaching/{name}.md"));
        let text = fs::read_to_string(&path).expect("the page is there");
        let desk = tempfile::tempdir().expect("a folder");
        for folder in ["scenarios", "scenarios/examples"] {
            fs::create_dir_all(desk.path().join(folder)).expect("a folder");
            for entry in fs::read_dir(root.join(folder)).expect("it is shipped") {
                let from = entry.expect("an entry").path();
                if from
                    .extension()
                    .is_some_and(|extension| extension == "toml")
                {
                    let to = desk
                        .path()
                        .join(folder)
                        .join(from.file_name().expect("a name"));
                    fs::copy(&from, to).expect("copied");
                }
            }
        }
        let page = Self { path, text, desk };
        page.write_files();
        for shown in page.commands() {
            page.check(&shown);
        }
        page
    }

    /// Blocks of TOML that begin with the name of a file.
    fn write_files(&self) {
        for block in self.text.split("```toml\n# ").skip(1) {
            let (block, _) = block.split_once("```").expect("a block has an end");
            let (name, text) = block.split_once('\n').expect("a file has lines");
            fs::write(self.desk.path().join(name), text).expect("written");
        }
    }

    fn commands(&self) -> Vec<Shown> {
        let mut found: Vec<Shown> = Vec::new();
        let mut lines = self.text.lines().enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            let Some(command) = line.strip_prefix("    $ exeunt ") else {
                continue;
            };
            let mut command = command.to_owned();
            while let Some(begun) = command.strip_suffix('\\') {
                let (_, rest) = lines.next().expect("a command goes on");
                command = format!("{begun} {}", rest.trim());
            }
            let mut output = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with("    ")) {
                output.push(line["    ".len()..].trim_end().to_owned());
            }
            found.push(Shown {
                line: number + 1,
                arguments: words(&command),
                lines: output,
            });
        }
        found
    }

    fn check(&self, shown: &Shown) {
        let mut command = Command::cargo_bin("exeunt").expect("the program is built");
        command.current_dir(self.desk.path()).args(&shown.arguments);
        let output = command.output().expect("it runs");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let at = format!("{}:{}", self.path.display(), shown.line);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{at}\n{errors}");
        assert!(!shown.lines.is_empty(), "{at}: nothing is shown");
        if let Err(line) = stand_in(&shown.lines, &printed) {
            panic!("{at}: the output has no `{line}` where the page has it\n{printed}");
        }
    }

    /// A table of what the commands have written.
    pub fn rows(&self, table: &str) -> Vec<Vec<String>> {
        let text = fs::read_to_string(self.desk.path().join(table)).expect("it was run");
        text.lines().map(cells).collect()
    }

    /// The table between the marks of the page is this one.
    pub fn has(&self, table: &str) {
        let name = self.path.file_stem().expect("a name").to_string_lossy();
        let (begin, end) = (
            format!("<!-- numbers: begin {name} -->\n"),
            "<!-- numbers: end -->",
        );
        let (before, rest) = self.text.split_once(&begin).expect("the first mark");
        let (found, after) = rest.split_once(end).expect("the last mark");
        if std::env::var_os("EXEUNT_UPDATE_DOCUMENTS").is_some() {
            fs::write(&self.path, format!("{before}{begin}{table}{end}{after}")).expect("written");
            return;
        }
        assert!(
            found == table,
            "the table of {name} is stale: EXEUNT_UPDATE_DOCUMENTS=1 cargo test --test teaching pages \
             writes it anew\n{table}"
        );
    }
}

/// Words of a command line, with quotes as a shell takes them.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in command.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut().expect("there is one").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Cells of a row of CSV.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in row.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().expect("there is one").push(letter),
        }
    }
    cells
}

/// Whether the lines stand in the output in their order, side by side but for `...`; else the first that does not.
fn stand_in(lines: &[String], output: &str) -> Result<(), String> {
    let output: Vec<&str> = output
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    let mut at = 0;
    let mut anywhere = false;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        if line == "..." {
            anywhere = true;
            continue;
        }
        let found = output[at..].iter().position(|printed| printed == line);
        match found {
            Some(0) => at += 1,
            Some(further) if anywhere => at += further + 1,
            _ => return Err(line.clone()),
        }
        anywhere = false;
    }
    if at < output.len() && !anywhere {
        return Err("...".to_owned());
    }
    Ok(())
}

#[test]
fn lines_that_are_not_printed_are_noticed() {
    let output = "one\n\ntwo   \nthree\n";
    let stands = |lines: &[&str]| {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        stand_in(&lines, output).is_ok()
    };
    assert!(
        stands(&["one", "two", "three"])
            && stands(&["...", "two", "..."])
            && stands(&["one", "...", "three"])
    );
    for wrong in [
        &["two", "..."][..],
        &["one", "three"],
        &["one", "...", "four"],
        &["...", "two", "...", "one", "..."],
        &["one"],
    ] {
        assert!(!stands(wrong), "{wrong:?}");
    }
}
