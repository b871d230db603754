//! The input of `exeunt compare`: scenarios that can be compared, and sets of parameters. Everything that is wrong
//! with it is reported at once, before anything is computed.

use super::args::CompareArguments;
use super::compare_reference;
use super::draws_from::{heading, idle, refuse_set_ones, text_of_draws, too_few};
use super::ending::Failure;
use super::kinds::{Kind, plan_of_another};
use crate::analyse::comparison::DRAWS_FOR_VERDICT;
use crate::experiment::{Design, Draws, Head, Varied, same_persons, varied};
use crate::scenario::{Problems, Source};
use crate::store::{check_names, same_file, shell_word};
use std::path::Path;

/// Sets of parameters and replicates if none are asked for.
const USUAL: (u32, u32) = (16, 2);
/// Sets, replicates and persons per agent of `--quick`.
const QUICK: (u32, u32, u64) = (12, 1, 100);

/// The most sets of parameters: as many as the Sobol' sequence has points.
const MOST_DRAWS: u32 = 65_536;

/// How many runs there are, and of what size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub draws: u32,
    pub replicates: u32,
    pub scale: u64,
}

impl Extent {
    /// The extent that was asked for, with defaults where nothing was.
    pub fn of(arguments: &CompareArguments) -> Self {
        let (draws, replicates, scale) = match arguments.quick {
            true => QUICK,
            false => (USUAL.0, USUAL.1, 1),
        };
        Self {
            draws: arguments.draws.unwrap_or(draws),
            replicates: arguments.replicates.unwrap_or(replicates),
            scale: arguments.scale.unwrap_or(scale),
        }
    }
}

/// Reads the scenarios, the base first, and collects warnings about them.
///
/// # Errors
/// If a scenario cannot be read, or the scenarios cannot be compared.
pub(super) fn sources(arguments: &CompareArguments) -> Result<(Vec<Source>, Vec<String>), Failure> {
    let paths: Vec<&Path> = std::iter::once(&arguments.base)
        .chain(&arguments.scenarios)
        .map(AsRef::as_ref)
        .collect();
    let mut faults = Vec::new();
    if paths.len() == 1 {
        faults.push(format!(
            "only one scenario: there is nothing to compare `{}` with; name another after it, such as a \
             policy that extends it: exeunt compare {} OTHER.toml",
            paths[0].display(),
            shell_word(paths[0])
        ));
    }
    for (place, path) in paths.iter().enumerate() {
        if paths[..place].iter().any(|other| same_file(other, path)) {
            faults.push(format!(
                "`{}` is named twice; name each scenario once",
                path.display()
            ));
        }
    }
    if !faults.is_empty() {
        return Err(Failure::Asked(faults.join("\nerror: ")));
    }
    let mut problems = Problems::default();
    let mut sources = Vec::new();
    for path in &paths {
        match Source::load(path, &arguments.sets) {
            Ok(source) => sources.push(source),
            Err(found) => match plan_of_another(path, Kind::Scenario) {
                Some(why) => return Err(Failure::Asked(why)),
                None => problems.extend(found),
            },
        }
    }
    problems.settle();
    if !problems.is_empty() {
        return Err(problems.into());
    }
    for source in &sources {
        check_names(source.scenario())?;
    }
    check_comparable(&paths, &sources)?;
    compare_reference::alike(&paths, sources)
}

/// Checks that names differ, and that persons and days are the same.
fn check_comparable(paths: &[&Path], sources: &[Source]) -> Result<(), Failure> {
    let Some((base, others)) = sources.split_first() else {
        return Ok(());
    };
    let mut faults = Vec::new();
    for (place, other) in others.iter().enumerate() {
        let path = paths[place + 1].display();
        let name = &other.scenario().name;
        if sources[..=place]
            .iter()
            .any(|before| before.scenario().name == *name)
        {
            faults.push(format!(
                "`{path}`: another scenario is called {name} too, and tables tell scenarios apart by name; \
                 give it a `name` of its own"
            ));
        }
        for unlike in same_persons(base.scenario(), other.scenario()) {
            faults.push(format!(
                "`{path}`: {} is {} and {} in `{}`; only scenarios with the same persons on the same days can be \
                 compared, so take it out of the file",
                unlike.path,
                unlike.other,
                unlike.base,
                paths[0].display()
            ));
        }
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Failure::Asked(faults.join("\nerror: "))),
    }
}

/// Reads or draws the sets of parameters, and collects warnings about them.
///
/// # Errors
/// If there is nothing to draw, or the file of draws is wrong.
pub(super) fn draws(
    arguments: &CompareArguments,
    sources: &[Source],
    extent: Extent,
) -> Result<(Draws, Vec<String>), Failure> {
    let Some(base) = sources.first() else {
        return Ok((Draws::as_in_files(), Vec::new()));
    };
    let asked = &arguments.vary;
    let below = match asked.is_empty() {
        // A file states itself what it draws, which may include facts and events.
        true if arguments.draws_from.is_some() => vec![String::new()],
        true => vec!["behaviour".to_owned()],
        false => asked.clone(),
    };
    let mut all = varied(base, &below);
    for path in asked {
        let is_drawn = all.iter().any(|varied| is_below(varied.path(), path));
        if let (false, Some(set)) = (is_drawn, base.overridden(path)) {
            return Err(Failure::Asked(format!(
                "--vary {path}: {} gives it one value; leave one of the two out",
                set.file()
            )));
        }
        if !is_drawn {
            return Err(Failure::Asked(format!(
                "--vary {path}: there is no number with a range at or below it; exeunt show {} {} shows what is there",
                shell_word(&arguments.base),
                shell_word(path)
            )));
        }
    }
    let differing = differing(base, sources);
    let (fixed, drawn): (Vec<Varied>, Vec<Varied>) = all
        .drain(..)
        .partition(|varied| differing.iter().any(|path| path == varied.path()));
    let drawn_at_all = extent.draws > 1 || arguments.draws_from.is_some();
    let resolved = sources
        .iter()
        .find(|source| source.scenario().constants.is_some());
    if let Some(resolved) = resolved.filter(|_| drawn_at_all) {
        return Err(Failure::Asked(format!(
            "{} brings along the constants of its first day, which were computed with the parameters of its files and \
             do not hold for others; compare the files it was made from, or give --draws 1",
            resolved.scenario().name
        )));
    }
    let varied = (fixed.as_slice(), drawn);
    match &arguments.draws_from {
        Some(path) => from_file(arguments, extent, (base, sources), path, varied),
        None => from_design(arguments, sources, extent, &below, varied),
    }
}

/// Refuses to look for what flips a result if too few sets are run to tell.
///
/// # Errors
/// If `--flips` asks for that.
pub(super) fn refuse_idle_flips(arguments: &CompareArguments, draws: usize) -> Result<(), Failure> {
    let flips = arguments.flips.unwrap_or(0);
    if flips == 0 || draws >= DRAWS_FOR_VERDICT as usize {
        return Ok(());
    }
    let cure = match arguments.draws_from {
        Some(_) if arguments.draws.is_some() => {
            format!("leave --draws out or give {DRAWS_FOR_VERDICT} or more")
        }
        Some(_) => format!("give a file of {DRAWS_FOR_VERDICT} sets or more"),
        None => format!("give --draws {DRAWS_FOR_VERDICT} or more"),
    };
    Err(Failure::Asked(format!(
        "--flips {flips}: looking for what flips a result takes at least {DRAWS_FOR_VERDICT} draws of parameters, and \
         here there would be {draws}; {cure}, or --flips 0"
    )))
}

/// The sets of parameters of a file. `fixed` are the numbers in which the scenarios differ, `drawn` all others.
fn from_file(
    arguments: &CompareArguments,
    extent: Extent,
    (base, sources): (&Source, &[Source]),
    path: &Path,
    (fixed, drawn): (&[Varied], Vec<Varied>),
) -> Result<(Draws, Vec<String>), Failure> {
    let (idle, _) = idle(&drawn, sources, "not drawn");
    let (text, mut warnings) = text_of_draws(path, base)?;
    let name = path.display().to_string();
    refuse_set_ones(&name, &text, base)?;
    let heading = heading(&text);
    let heads = |varied: &&Varied| heading.iter().any(|path| path == varied.path());
    if let Some(varied) = fixed.iter().find(heads) {
        return Err(Failure::Asked(format!(
            "{name}:1: the scenarios differ in `{}`, so it cannot be drawn for all of them alike; take its \
             column out of the file",
            varied.path()
        )));
    }
    // (A file may have columns that change nothing, but need not.)
    let is_idle = |varied: &Varied| idle.iter().any(|path| path == varied.path());
    let mut known = drawn;
    known.retain(|varied| heads(&varied) || !is_idle(varied));
    let head = match arguments.vary.is_empty() {
        true => Head::Compared,
        false => Head::Vary,
    };
    let draws = Draws::read(&name, &text, &known, head)?.without(&idle);
    known.retain(|varied| heads(&varied));
    let (_, why) = self::idle(&known, sources, "not drawn");
    if draws.varied.is_empty() {
        return Err(Failure::Asked(format!(
            "{name}:1: nothing in these scenarios uses any parameter of the file ({why}); switch on what uses one, \
             or leave --draws-from out to draw what they do use"
        )));
    }
    if !why.is_empty() {
        warnings.push(format!("{name}: {why}"));
    }
    let draws = match arguments.draws {
        Some(first) if (first as usize) > draws.len() => {
            return Err(too_few(first, &name, draws.len()));
        }
        Some(first) => draws.first(first as usize),
        // (`--quick` takes as many as it would draw without a file, or all if there are fewer.)
        None if arguments.quick => draws.first(extent.draws as usize),
        None => draws,
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    Ok((
        Draws {
            design: file.into_owned(),
            ..draws
        },
        warnings,
    ))
}

/// Sets of parameters drawn evenly from the ranges at or below the paths `below`; `fixed` and `drawn` as for a file.
fn from_design(
    arguments: &CompareArguments,
    sources: &[Source],
    extent: Extent,
    below: &[String],
    (fixed, drawn): (&[Varied], Vec<Varied>),
) -> Result<(Draws, Vec<String>), Failure> {
    let mut warnings = Vec::new();
    if !fixed.is_empty() {
        let paths: Vec<&str> = fixed.iter().map(Varied::path).collect();
        warnings.push(format!(
            "not drawn, because the scenarios differ in it: {}",
            paths.join(", ")
        ));
    }
    let (idle, why) = idle(&drawn, sources, "not drawn");
    if extent.draws == 1 {
        if let Some(path) = arguments.vary.first() {
            return Err(Failure::Asked(format!(
                "--vary {path}: --draws 1 runs the scenarios as their files say and draws nothing; leave --vary out, \
                 or give --draws 2 or more"
            )));
        }
        if let Some(design) = &arguments.design {
            return Err(Failure::Asked(format!(
                "--design {design}: --draws 1 runs the scenarios as their files say and draws nothing; leave --design \
                 out, or give --draws 2 or more"
            )));
        }
        return Ok((Draws::as_in_files(), Vec::new()));
    }
    if !why.is_empty() {
        warnings.push(why);
    }
    if drawn.len() == idle.len() {
        let but = match warnings.is_empty() {
            true => String::new(),
            false => format!(" ({})", warnings.join("; ")),
        };
        return Err(Failure::Asked(format!(
            "`{}` has no number with a range at or below {} to draw{but}; give --draws 1 without --vary to run it \
             as the files say",
            arguments.base.display(),
            below.join(", ")
        )));
    }
    if extent.draws > MOST_DRAWS {
        return Err(Failure::Asked(format!(
            "--draws {}: a comparison takes at most {MOST_DRAWS} sets of parameters; give fewer, or sweep over them: \
             exeunt sweep PLAN",
            extent.draws
        )));
    }
    let design = match arguments.design.as_deref() {
        Some("sobol") => Design::Sobol,
        _ => Design::LatinHypercube,
    };
    let draws = Draws::designed(design, arguments.seed, extent.draws, drawn).without(&idle);
    Ok((draws, warnings))
}

fn is_below(path: &str, above: &str) -> bool {
    path == above
        || path
            .strip_prefix(above)
            .is_some_and(|rest| rest.starts_with('.'))
}

/// The paths in which any scenario differs from the base.
fn differing(base: &Source, sources: &[Source]) -> Vec<String> {
    let mut paths: Vec<String> = sources
        .iter()
        .flat_map(|source| base.diff(source))
        .map(|difference| difference.path)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}
