//! A scenario with every mechanism at work, and paired runs of such scenarios.

use crate::support::{BEHAVIOUR, POLICIES, with_money};
use exeunt::analyse::comparison;
use exeunt::experiment::{CellId, CellRecord, Design, Draws, Pairing, jobs, varied};
use exeunt::scenario::Source;

/// Border policies of every kind, a right to claim asylum, detention and a call-up.
const MORE: &str = r#"
[country.XB.channel.z-asylum]
requires = ["presence"]
grounds = ["activism"]
grant = "80 %"
decision = "60 days"
removal = "50 %"
stay = { length = "1 year", renew = "in country" }
gives = { status = "protected" }

[event.law]
date = 2030-04-15
title = "Uplandia restricts assemblies"
set."country.XA.repression" = 0.4

[event.law.departures]
excess = 0.01
half_life = "20 days"
concerned = { in_proportion_to = "dissent", origin = "XA" }
motive = "conscience"

[event.mobilisation]
date = 2030-06-03
title = "Uplandia calls up"
call_up = { origin = "XA", persons = 900, over = "5 weeks", service = "6 months" }
departures = { excess = 0.02, half_life = "2 days", concerned = "others", motive = "mobilisation" }
"#;

/// Parameters that are drawn, and their ranges.
const RANGES: [(&str, &str); 6] = [
    ("lambda = 0.6", "[0.3, 0.9]"),
    ("mu = 0.5", "[0.3, 0.8]"),
    ("visa = 0.65", "[0.4, 1.4]"),
    ("short = 2.7", "[1.0, 9.0]"),
    ("contagion = 1.5", "[1.0, 2.0]"),
    ("surprise = 0.55", "[0.25, 1.1]"),
];

/// Replaces a text that must be there.
pub fn replaced(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old}");
    text.replace(old, new)
}

/// A text in which a number, as `lambda = 0.6`, is a claim with a range.
pub fn ranged(text: &str, number: &str, range: &str) -> String {
    let (key, value) = number.split_once(" = ").unwrap_or_default();
    let claim = format!("{key} = {{ value = {value}, range = {range}, basis = \"assumption\" }}");
    replaced(text, &format!("\n{number}\n"), &format!("\n{claim}\n"))
}

/// The text of the scenario; everything is on but that policy reacts to attitudes.
pub fn text() -> String {
    let on = replaced(&with_money(BEHAVIOUR), "on = false", "on = true");
    let behaviour = [
        ("lag = \"0 days\"", "lag = \"4 weeks\""),
        ("rush = 0\n", "rush = 1\n"),
        ("exit = 0\n", "exit = 0.5\n"),
        ("refusals = 0\n", "refusals = 0.3\n"),
        ("contacts = 0\n", "contacts = 0.1\n"),
        ("\"0.01 %/year\"", "\"2 %/year\""),
    ]
    .iter()
    .fold(on, |text, (old, new)| replaced(&text, old, new));
    let ranged = RANGES.iter().fold(behaviour, |text, (number, range)| {
        ranged(&text, number, range)
    });
    let people = replaced(
        POLICIES,
        "[segment.others]\norigin = \"XA\"\n",
        "[segment.others]\norigin = \"XA\"\ndraft_eligible = true\n",
    );
    format!("{people}{MORE}{ranged}")
}

/// A scenario from its text.
pub fn source(name: &str, text: &str) -> Source {
    Source::parse(name, text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// How many of what size.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    pub draws: u32,
    pub replicates: u32,
    pub scale: u64,
}

/// Paired runs, with all parameters that have a range drawn; one draw is as the files say.
pub fn pairing(sources: Vec<Source>, seed: u64, extent: Extent) -> Pairing {
    let draws = match extent.draws {
        1 => Draws::as_in_files(),
        draws => {
            let parameters = varied(&sources[0], &["behaviour".to_owned()]);
            assert!(!parameters.is_empty());
            Draws::designed(Design::LatinHypercube, seed, draws, parameters)
        }
    };
    Pairing::new(sources, draws, seed, extent.scale)
}

/// Runs all cells of paired runs, two at a time.
pub fn run(pairing: &Pairing, replicates: u32) -> Vec<(CellId, CellRecord)> {
    let draws = 0..pairing.draws().len();
    let cells: Vec<CellId> = draws
        .flat_map(|draw| (0..replicates).map(move |replicate| CellId::Drawn { draw, replicate }))
        .collect();
    let mut made = Vec::new();
    jobs(
        cells.len(),
        2,
        |job| pairing.run(cells[job], || false),
        |job, record| {
            let record = record.unwrap_or_else(|stop| panic!("{stop:?}"));
            made.push((cells[job], record));
            true
        },
    );
    made.sort_by_key(|(cell, _)| numbers(*cell));
    made
}

/// Place of the draw, and number of the replicate.
pub fn numbers(cell: CellId) -> (usize, u32) {
    match cell {
        CellId::Drawn { draw, replicate } => (draw, replicate),
        CellId::End { .. } => panic!("no end was asked for"),
    }
}

/// The runs as the analysis takes them.
pub fn cells(made: &[(CellId, CellRecord)]) -> Vec<comparison::Cell> {
    let cell = |(cell, record): &(CellId, CellRecord)| {
        let (draw, replicate) = numbers(*cell);
        let runs = record.runs.iter().map(|run| match run {
            Ok(run) => run.outcomes(),
            Err(reason) => panic!("{reason}"),
        });
        comparison::Cell {
            draw: draw as u32,
            replicate,
            outcomes: runs.collect(),
        }
    };
    made.iter().map(cell).collect()
}
