//! The plan that is shipped can be run: its paths, rows and countries exist.

use exeunt::analyse::Observed;
use exeunt::experiment::calibration::CalibrationPlan;
use std::path::Path;

#[test]
fn the_plan_of_russia_is_right() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/calibrations/russia-2022.toml");
    let plan = CalibrationPlan::load(&path, |file, source| {
        let text = std::fs::read_to_string(file).unwrap();
        Ok(Observed::read("observed.csv", &text, source.scenario())?.as_targets())
    });
    let plan = plan.unwrap_or_else(|problems| panic!("{}", problems.render(false)));
    let inner = plan.spec.inner.as_ref().unwrap();
    // Fifteen countries, and eleven states of the European Union by one row.
    assert_eq!((inner.rows.len(), inner.start().len()), (16, 26));
    // Detentions are an input level: reported, not fitted.
    let detentions = plan
        .spec
        .targets
        .iter()
        .find(|target| target.id == "S2")
        .unwrap();
    assert!(!detentions.fitted && detentions.band.is_some());
}
