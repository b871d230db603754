//! A small case to calibrate, and what is needed to do so here.

use exeunt::analyse::Observed;
use exeunt::analyse::calibrated::Calibrated;
use exeunt::experiment::calibration::{
    Attempt, Attempts, CalibrationPlan, Fit, Next, Planned, next,
};
use exeunt::experiment::jobs;
use std::collections::HashMap;
use std::path::Path;

/// What is sampled: two parameters that the rows inform, and one of a mechanism that is off.
pub const PARAMETERS: [&str; 3] = [
    "behaviour.leaving.planner",
    "behaviour.return.hazard",
    "behaviour.voice.half_life",
];

/// Rows without bands: id, unit and measure.
const ROWS: [(&str, &str, &str); 3] = [
    ("left", "persons", "sum(homes.left)"),
    ("back", "share", "sum(homes.returned) / sum(homes.left)"),
    (
        "coastia",
        "persons",
        "last(countries.newcomers where country = XB)",
    ),
];

/// Observations with these bands.
pub fn observed(bands: &[(f64, f64); 3]) -> String {
    let mut text =
        "id,quantity,value,low,high,unit,period,use,measure,set,country,source\n".to_owned();
    for ((id, unit, measure), (low, high)) in ROWS.iter().zip(bands) {
        text += &format!(
            "{id},{id},,{low},{high},{unit},2030-01-01..2030-12-31,fit,{measure},,,invented\n"
        );
    }
    text
}

/// The plan over the first year of the example with a border that closes, before it does, with these observations and
/// other lines.
pub fn plan(folder: &Path, bands: &[(f64, f64); 3], lines: &str) -> (CalibrationPlan, Observed) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = root.join("scenarios/examples/border-closes.toml");
    let scenario = format!(
        "extends = [{:?}]\ndrop = [\"event.law-on-assemblies\", \"event.coastia-closes\"]\n[time]\nend = 2030-12-31\n",
        example.display().to_string()
    );
    std::fs::write(folder.join("case.toml"), scenario).unwrap();
    std::fs::write(folder.join("observed.csv"), observed(bands)).unwrap();
    let priors: Vec<String> = PARAMETERS
        .iter()
        .map(|path| format!("\"{path}\" = {{}}"))
        .collect();
    let text = format!(
        "scenario = \"case.toml\"\nscale = 20\n{lines}\n[prior]\n{}\n",
        priors.join("\n")
    );
    let path = folder.join("plan.toml");
    std::fs::write(&path, text).unwrap();
    let mut found = None;
    let plan = CalibrationPlan::load(&path, |file, source| {
        let text = std::fs::read_to_string(file).unwrap();
        let observed = Observed::read("observed.csv", &text, source.scenario())?;
        let targets = observed.as_targets();
        found = Some(observed);
        Ok(targets)
    });
    let plan = plan.unwrap_or_else(|problems| panic!("{}", problems.render(false)));
    (plan, found.unwrap())
}

/// Runs attempts until all is there.
pub fn fit(
    plan: &CalibrationPlan,
    observed: &Observed,
    threads: usize,
) -> (Fit, HashMap<u64, Attempt>) {
    let attempts = Attempts::new(plan, observed);
    let mut done = HashMap::new();
    loop {
        let missing = match next(&plan.spec, &done) {
            Next::Done(fit) => return (fit, done),
            Next::Attempts { missing, .. } => missing,
        };
        jobs(
            missing.len(),
            threads,
            |job| attempts.run(&missing[job], &|| false).unwrap(),
            |job, attempt| {
                done.insert(missing[job].number, attempt);
                true
            },
        );
    }
}

/// A run with parameters at these quantiles, with chance that no attempt has: the values of the rows.
pub fn run_at(
    plan: &CalibrationPlan,
    observed: &Observed,
    quantiles: &[f64],
    number: u32,
) -> [f64; 3] {
    let planned = Planned {
        // A generation that no calibration comes to.
        number: (2000 << 32) | u64::from(number),
        iterations: 0,
        quantiles: Some(quantiles.to_vec()),
        constants: Vec::new(),
    };
    let attempt = Attempts::new(plan, observed)
        .run(&planned, &|| false)
        .unwrap();
    let values = attempt.values.unwrap();
    [0, 1, 2].map(|row| values[row].unwrap())
}

/// What was found.
pub fn calibrated(
    plan: &CalibrationPlan,
    observed: &Observed,
    found: &(Fit, HashMap<u64, Attempt>),
) -> Calibrated {
    Calibrated::of(plan, observed, &found.0, &found.1)
}
