//! `exeunt trace`: tells the life of one person, found by name or by what happens to them.

use super::args::TraceArguments;
use super::ending::{Ending, Failure};
use super::memory::{BYTES_OF_RUN, require_memory};
use super::output::{print, print_json, say};
use super::{interrupt, read, say_places};
use crate::engine::{Notice, Observer, RunOptions, Simulation, StepReport, Watch};
use crate::measure::{Conditions, Search};
use crate::population::Population;
use crate::report::{Life, Progress, Screen, Story, grouped};
use crate::scenario::Scenario;
use serde_json::json;
use std::sync::Arc;

/// A person: the index of the segment, and the index in it.
type Who = (u16, u32);

/// Runs `exeunt trace`.
pub(super) fn trace(arguments: &TraceArguments) -> Result<Ending, Failure> {
    let source = read(&arguments.scenario, &arguments.run.sets)?;
    if !arguments.quiet {
        say_places(&source, &arguments.scenario, &arguments.run.sets);
    }
    let scenario = source.scenario();
    interrupt::listen();
    let sought = match (&arguments.agent, &arguments.find) {
        (Some(name), _) => Sought::Agent(name),
        (None, Some(text)) => Sought::Found(text, conditions(text, scenario)?),
        // (The command line requires one of the two.)
        (None, None) => {
            return Err(Failure::Asked(
                "no person is named: give --agent SEGMENT:INDEX or --find CONDITIONS".into(),
            ));
        }
    };
    let mut work = Work::new(scenario, arguments, &sought)?;
    let (lives, matches) = match &sought {
        Sought::Agent(name) => (vec![work.identity(name)?], None),
        Sought::Found(text, conditions) => {
            let Some(found) = work.find(conditions)? else {
                return Ok(interrupted());
            };
            if found.is_empty() {
                work.progress.clear();
                return nobody(text, arguments);
            }
            let told = found.iter().take(arguments.limit as usize).copied();
            (told.collect(), Some(found.len()))
        }
    };
    let Some(notices) = work.watch(&lives)? else {
        return Ok(interrupted());
    };
    work.progress.clear();
    if !arguments.quiet {
        for warning in &work.warnings {
            say(&format!("warning: {warning}"));
        }
    }
    let stories: Vec<Story> = lives.iter().map(|who| work.story(*who, &notices)).collect();
    show(&stories, matches, arguments);
    Ok(Ending::Done)
}

/// Whom to look for.
enum Sought<'a> {
    Agent(&'a str),
    Found(&'a str, Conditions),
}

fn conditions(text: &str, scenario: &Scenario) -> Result<Conditions, Failure> {
    Conditions::parse(text, scenario).map_err(|faults| {
        Failure::Asked(format!(
            "--find '{text}':\n  {}\n`exeunt trace --help` lists all conditions",
            faults.join("\n  ")
        ))
    })
}

fn interrupted() -> Ending {
    say("interrupted before there was anything to show");
    Ending::Interrupted
}

/// Reports that nobody meets the conditions, which is an answer and not a fault.
fn nobody(text: &str, arguments: &TraceArguments) -> Result<Ending, Failure> {
    if arguments.json {
        print_json(&json!({ "matches": 0, "lives": [] }));
    } else {
        print(&format!(
            "No person meets '{text}' in this run (seed {}, replicate {}).\n",
            arguments.run.seed, arguments.run.replicate
        ));
        if !arguments.quiet {
            say(
                "Leave out the last condition to see how far anybody gets, or try another \
                 --replicate or --seed.",
            );
        }
    }
    Ok(Ending::Done)
}

fn show(stories: &[Story], matches: Option<usize>, arguments: &TraceArguments) {
    if arguments.json {
        let lives: Vec<_> = stories.iter().map(Story::as_json).collect();
        print_json(&match matches {
            Some(matches) => json!({ "matches": matches, "lives": lives }),
            None => json!({ "lives": lives }),
        });
        return;
    }
    let screen = Screen::of_stdout();
    let mut texts: Vec<String> = stories.iter().map(|story| story.render(&screen)).collect();
    if let Some(matches) = matches {
        let shown = match stories.len() {
            all if all == matches => String::new(),
            1 => ", of whom this is the first".to_owned(),
            some => format!(", of whom these are the first {some}"),
        };
        let (matches, word) = match matches {
            1 => ("One".to_owned(), "agent meets"),
            matches => (grouped(matches as f64), "agents meet"),
        };
        texts.push(format!("{matches} {word} the conditions{shown}.\n"));
    }
    print(&texts.join("\n"));
}

/// The runs that tracing takes.
struct Work<'a> {
    scenario: Arc<Scenario>,
    arguments: &'a TraceArguments,
    population: Arc<Population>,
    progress: Progress,
    warnings: Vec<String>,
}

impl<'a> Work<'a> {
    fn new(
        scenario: &Arc<Scenario>,
        arguments: &'a TraceArguments,
        sought: &Sought<'_>,
    ) -> Result<Self, Failure> {
        let options = RunOptions {
            seed: arguments.run.seed,
            scale: arguments.run.scale,
            ..RunOptions::default()
        };
        require_memory(&[scenario], options, (1, BYTES_OF_RUN))?;
        let runs = match sought {
            Sought::Found(_, conditions) if !conditions.events.is_empty() => 2,
            _ => 1,
        };
        let steps = scenario.calendar.steps.len() as u64 * runs;
        let persons: u64 = scenario.segments.iter().map(|segment| segment.size).sum();
        let screen = Screen::of_stderr();
        let agents = persons / arguments.run.scale;
        let progress = Progress::new(steps, agents, arguments.quiet, screen.unicode);
        progress.preparing("preparing");
        let (seed, scale) = (arguments.run.seed, arguments.run.scale);
        let population = Population::new(scenario, seed, scale);
        Ok(Self {
            scenario: Arc::clone(scenario),
            arguments,
            population: Arc::new(population),
            progress,
            warnings: Vec::new(),
        })
    }

    /// Finds a person by name, `SEGMENT:INDEX`.
    fn identity(&self, name: &str) -> Result<Who, Failure> {
        let refuse = |message: String| {
            self.progress.clear();
            Err(Failure::Asked(format!("--agent {name}: {message}")))
        };
        let expected = "expected SEGMENT:INDEX";
        let Some((segment, index)) = name.rsplit_once(':') else {
            return refuse(format!("{expected}, for example {}", self.example()));
        };
        let names: Vec<&str> = self
            .scenario
            .segments
            .iter()
            .map(|s| s.name.as_str())
            .collect();
        let Some(number) = names.iter().position(|name| *name == segment) else {
            let near = crate::scenario::nearest(segment, names.iter().copied());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let names = crate::scenario::one_of(&names, false);
            return refuse(format!(
                "there is no segment `{segment}`{near}; expected {names}"
            ));
        };
        let agents = self.population.segments[number].agents;
        if agents == 0 {
            return refuse(format!(
                "at --scale {} segment {segment} has no agents; a lower --scale gives more",
                self.arguments.run.scale
            ));
        }
        match index.parse::<u32>() {
            Ok(index) if index < agents => Ok((number as u16, index)),
            _ => {
                let scale = match self.arguments.run.scale {
                    1 => String::new(),
                    scale => format!(" at --scale {scale}"),
                };
                let last = agents - 1;
                refuse(format!("segment {segment} has agents 0 to {last}{scale}"))
            }
        }
    }

    fn example(&self) -> String {
        let segments = self.scenario.segments.iter().zip(&self.population.segments);
        let mut some = segments.filter(|(_, people)| people.agents > 0);
        some.next().map_or("SEGMENT:0".to_owned(), |(s, people)| {
            format!("{}:{}", s.name, people.agents / 2)
        })
    }

    /// Runs to the end with a watch; returns `false` if interrupted.
    fn run(&mut self, watch: Watch, observer: &mut dyn Observer) -> Result<bool, Failure> {
        let result = self.run_quietly(watch, observer);
        if !matches!(result, Ok(true)) {
            self.progress.clear();
        }
        result
    }

    fn run_quietly(&mut self, watch: Watch, observer: &mut dyn Observer) -> Result<bool, Failure> {
        let options = self.arguments.run.options();
        let mut simulation = Simulation::new(Arc::clone(&self.scenario), options)?;
        simulation.watch(watch);
        while simulation.steps_done() < self.scenario.calendar.steps.len() {
            if interrupt::asked() {
                return Ok(false);
            }
            simulation.step()?;
            observer.record(&simulation.report());
            self.progress.step(simulation.report().date);
        }
        // The next run need not compute again what this one has computed of the scenario.
        if self.scenario.constants.is_none() {
            let mut scenario = Scenario::clone(&self.scenario);
            scenario.constants = Some(simulation.constants().clone());
            self.scenario = Arc::new(scenario);
        }
        self.warnings = simulation.warnings().to_vec();
        Ok(true)
    }

    /// The persons who meet the conditions, in order; `None` if interrupted.
    fn find(&mut self, conditions: &Conditions) -> Result<Option<Vec<Who>>, Failure> {
        let population = Arc::clone(&self.population);
        let scenario = Arc::clone(&self.scenario);
        let mut search = Search::new(&scenario, &population, conditions);
        // (Persons sought by traits alone are found without a run.)
        if !conditions.events.is_empty() && !self.run(Watch::Everybody, &mut search)? {
            return Ok(None);
        }
        Ok(Some(search.found()))
    }

    /// What is seen of some persons, given in ascending order; `None` if interrupted.
    fn watch(&mut self, lives: &[Who]) -> Result<Option<Vec<Notice>>, Failure> {
        let mut seen = Lives(Vec::new());
        let run = self.run(Watch::Lives(lives.to_vec()), &mut seen)?;
        Ok(run.then_some(seen.0))
    }

    fn story(&self, who: Who, notices: &[Notice]) -> Story {
        let of_person = notices.iter().filter(|notice| notice.who == who);
        let notices: Vec<Notice> = of_person.cloned().collect();
        let life = Life {
            scenario: &self.scenario,
            population: &self.population,
            seed: self.arguments.run.seed,
            replicate: self.arguments.run.replicate,
            who,
            notices: &notices,
        };
        life.story()
    }
}

/// Keeps all notices.
struct Lives(Vec<Notice>);

impl Observer for Lives {
    fn record(&mut self, report: &StepReport<'_>) {
        self.0.extend_from_slice(report.notices);
    }
}
