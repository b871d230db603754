//! A hostile file, a command that meets it, and how that has to end.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::available_parallelism;

/// Address space of the program, KiB: a tenth of it is used by a run of the examples. Each thread takes some of it
/// for its stack and its own heap, used or not.
const MEMORY_KIB: usize = 1_400_000;
const MEMORY_KIB_OF_THREAD: usize = 100_000;
/// Seconds of processor time that a case may take, with the checks of debug builds, and seconds by the clock, which
/// end what waits for something that never comes.
const PROCESSOR_SECONDS: u32 = 20;
const SECONDS: u32 = 120;

/// How a command has to end.
#[derive(Debug, Clone)]
pub enum Ends {
    /// With exit code 2 and these words among what it says.
    Refused(Vec<String>),
    /// With exit code 0.
    Accepted,
    /// Either way: of files damaged at random nobody knows which.
    Either,
    /// Either way, or with exit code 1: what is kept of unfinished work is damaged.
    Any,
}

/// A case.
pub struct Case {
    pub name: String,
    arguments: Vec<String>,
    files: Box<dyn Fn(&Path)>,
    ends: Ends,
}

impl Case {
    /// A command that has to end so, in a folder with the files of [`desk`] and those that `files` makes.
    pub fn new(
        name: impl Into<String>,
        arguments: &[&str],
        ends: Ends,
        files: impl Fn(&Path) + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
            files: Box::new(files),
            ends,
        }
    }

    /// A command that meets one file of these bytes.
    pub fn file(
        name: impl Into<String>,
        arguments: &[&str],
        ends: Ends,
        file: &'static str,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        let bytes = bytes.into();
        Self::new(name, arguments, ends, move |desk| {
            fs::write(desk.join(file), &bytes).unwrap();
        })
    }

    /// Runs it; what is wrong with how it ends, if anything is.
    pub fn judge(&self) -> Result<(), String> {
        let desk = desk();
        (self.files)(desk.path());
        let output = self.run(desk.path());
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        let failed = |why: String| {
            let start = |text: &str| text.chars().take(1500).collect::<String>();
            Err(format!(
                "{}: {why}\nexeunt {}\nstandard output: {}\nstandard error: {}",
                self.name,
                self.arguments.join(" "),
                start(&out),
                start(&err)
            ))
        };
        if let Some(signal) = output.status.signal() {
            return failed(format!("ended by signal {signal}"));
        }
        let code = output.status.code();
        if err.contains("panicked") || code == Some(101) {
            return failed("panicked".to_owned());
        }
        if err.contains("bug in exeunt") {
            return failed("blamed on the program".to_owned());
        }
        let command = |letter: &char| letter.is_control() && !['\n', '\t'].contains(letter);
        let turns = |letter: &char| ('\u{202a}'..='\u{202e}').contains(letter);
        if let Some(letter) = out
            .chars()
            .chain(err.chars())
            .find(|l| command(l) || turns(l))
        {
            return failed(format!("{letter:?} reached the terminal"));
        }
        match &self.ends {
            Ends::Refused(words) => {
                if code != Some(2) {
                    return failed(format!("exit code {code:?} in place of 2"));
                }
                if let Some(word) = words.iter().find(|word| !err.contains(word.as_str())) {
                    return failed(format!("{word:?} is not said"));
                }
                match without_cure(&err) {
                    Some(problem) => failed(format!("no cure is said for: {problem}")),
                    None => Ok(()),
                }
            }
            Ends::Accepted if code != Some(0) => {
                failed(format!("exit code {code:?} in place of 0"))
            }
            Ends::Either if !matches!(code, Some(0 | 2)) => failed(format!("exit code {code:?}")),
            Ends::Any if !matches!(code, Some(0..=2)) => failed(format!("exit code {code:?}")),
            Ends::Accepted | Ends::Either | Ends::Any => Ok(()),
        }
    }

    /// Runs it, and hands over a file that it has written.
    pub fn keep(&self, file: &str) -> String {
        let desk = desk();
        (self.files)(desk.path());
        let output = self.run(desk.path());
        assert!(output.status.success(), "{}", text(&output.stderr));
        fs::read_to_string(desk.path().join(file)).unwrap()
    }

    /// With limits on memory and time that end the program when it passes them.
    fn run(&self, desk: &Path) -> Output {
        let threads = available_parallelism().map_or(1, usize::from);
        let memory = MEMORY_KIB + threads * MEMORY_KIB_OF_THREAD;
        let limited = format!(
            "ulimit -v {memory} -t {PROCESSOR_SECONDS} -c 0; exec timeout --signal KILL {SECONDS} \"$0\" \"$@\""
        );
        Command::new("bash")
            .args(["-c", &limited])
            .arg(assert_cmd::cargo::cargo_bin("exeunt"))
            .args(&self.arguments)
            .current_dir(desk)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
}

/// It has to be refused with these words.
pub fn refused(words: &[&str]) -> Ends {
    Ends::Refused(words.iter().map(|word| (*word).to_owned()).collect())
}

/// The first problem with a place for which nothing is said that could be typed instead.
fn without_cure(said: &str) -> Option<&str> {
    said.split("\n\n").find(|problem| {
        let placed = problem.starts_with("error: ") && problem.contains("--> ");
        placed && !problem.contains("= cure: ")
    })
}

/// What a program said. What is not UTF-8 counts as having reached the terminal.
fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| "\u{1b}".to_owned())
}

fn shipped(path: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The shipped example, alone in its folder.
pub fn base() -> String {
    let text = shipped("scenarios/examples/border-closes.toml");
    let text = text.replace("\"../behaviour.toml\"", "\"behaviour.toml\"");
    text.replace("\"border-closes.toml\"", "\"base.toml\"")
}

/// A plan of a sweep over it.
pub const PLAN: &str = r#"title = "A sweep"
scenarios = ["base.toml"]
scale = 1000
outcomes = ["left"]
design = { kind = "sobol", points = 4 }
[vary."behaviour.choice.lambda"]
[vary.regime]
variants = { as-it-is = [], dearer = ["behaviour.choice.visa=1.2"] }
"#;

/// A plan of a calibration of it.
pub const CALIBRATION: &str = r#"title = "A calibration"
scenario = "base.toml"
scale = 1000
particles = 8
generations = 2
[prior]
"behaviour.leaving.planner" = {}
"#;

/// What was observed of it.
pub const OBSERVED: &str = "id,quantity,value,low,high,unit,period,use,measure,set,country,source
left,left in all,,18000,20000,persons,2030-01-01..2031-12-31,fit,sum(homes.left),,,invented
back,returned of those who left,,0.26,0.30,share,2030-01-01..2031-12-31,fit,sum(homes.returned) / sum(homes.left),,,invented
";

/// Sets of its parameters.
pub const DRAWS: &str = "behaviour.choice.lambda,behaviour.choice.mu\n0.5,0.5\n0.6,0.4\n";

/// A folder with those of a finished sweep (`swept`, with its analysis; `packed` the same as Parquet) and of a
/// comparison (`compared`), made once.
pub fn made() -> &'static Path {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let desk = desk();
        fs::write(desk.path().join("policy.toml"), "extends = [\"base.toml\"]\n").unwrap();
        for arguments in [
            "sweep plan.toml --out swept --format csv",
            "sweep plan.toml --out packed --format parquet",
            "analyse swept --out swept/analysis",
            "compare base.toml policy.toml --scale 1000 --draws 2 --replicates 1 --out compared --format csv",
        ] {
            let arguments: Vec<&str> = arguments.split(' ').collect();
            let case = Case::new("made", &arguments, Ends::Accepted, |_| {});
            let output = case.run(desk.path());
            assert!(output.status.success(), "{}", text(&output.stderr));
        }
        desk
    });
    made.path()
}

/// A folder with all of these, each in order.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let behaviour = shipped("scenarios/behaviour.toml");
    for (name, text) in [
        ("base.toml", base().as_str()),
        ("behaviour.toml", &behaviour),
        ("plan.toml", PLAN),
        ("calibration.toml", CALIBRATION),
        ("observed.csv", OBSERVED),
        ("draws.csv", DRAWS),
    ] {
        fs::write(desk.path().join(name), text).unwrap();
    }
    desk
}
