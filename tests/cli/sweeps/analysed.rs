//! What a sweep is made for: which parameters matter.

use super::{DEFAULT, desk, tables};
use crate::desk::{assert_refused, code, stderr, stdout};
use std::fs;

/// A plan of two parameters, of which one does much and the other nothing: nobody is active in this case.
fn two_parameters(design: &str) -> String {
    format!(
        "scenarios = [\"base.toml\"]\nscale = 30\nreplicates = 2\noutcomes = [\"left\"]\ndesign = {design}\n\
         [vary.\"behaviour.leaving.hazard_planner\"]\n[vary.\"behaviour.delay.mobilisation\"]\n"
    )
}

#[test]
fn an_analysis_finds_what_matters() {
    let desk = desk();
    for (name, design, words) in [
        ("saltelli", "{ kind = \"saltelli\", base = 32 }", "total "),
        ("morris", "{ kind = \"morris\", trajectories = 8 }", "mu* "),
        (
            "latin",
            "{ kind = \"latin-hypercube\", points = 40 }",
            "rank correlation ",
        ),
    ] {
        let plan = format!("{name}.toml");
        fs::write(desk.path(&plan), two_parameters(design)).unwrap();
        let swept = desk.output(&["sweep", &plan, "--out", name, "--quiet"]);
        assert_eq!(code(&swept), 0, "{}", stderr(&swept));
        assert_eq!(
            tables(&desk, name),
            ["outcomes", "points", "runs"].map(|table| format!("{table}.{DEFAULT}"))
        );
        let found = desk.output(&["analyse", name]);
        assert_eq!(code(&found), 0, "{}", stderr(&found));
        // The strongest stands first.
        let text = stdout(&found);
        let first = text.find("behaviour.leaving.hazard_planner").unwrap();
        let second = text.find("behaviour.delay.mobilisation").unwrap();
        assert!(first < second, "{text}");
        assert!(text.contains(words) && text.contains("is chance"), "{text}");
        let sensitivity =
            fs::read_to_string(desk.path(&format!("{name}/analysis/sensitivity.csv"))).unwrap();
        // A heading; two parameters of everybody and of each of two segments.
        assert_eq!(sensitivity.lines().count(), 1 + 2 * 3, "{sensitivity}");
        // Once more only if asked to replace it; the same sweep gives the same bytes.
        assert_refused(&desk.output(&["analyse", name]), &["--force"]);
        let again = desk.output(&["analyse", name, "--force", "--quiet"]);
        assert_eq!(code(&again), 0, "{}", stderr(&again));
        let path = desk.path(&format!("{name}/analysis/sensitivity.csv"));
        assert_eq!(fs::read_to_string(&path).unwrap(), sensitivity);
        // Nor does it matter how the tables are written; what an earlier merge wrote otherwise is gone.
        for format in ["csv", "csv,parquet", "parquet"] {
            let merged = desk.output(&["merge", name, "--format", format, "--quiet"]);
            assert_eq!(code(&merged), 0, "{}", stderr(&merged));
            assert_eq!(tables(&desk, name).len(), 3 * format.split(',').count());
            let again = desk.output(&["analyse", name, "--force", "--quiet"]);
            assert_eq!(code(&again), 0, "{format}: {}", stderr(&again));
            assert_eq!(fs::read_to_string(&path).unwrap(), sensitivity, "{format}");
        }
    }
    let nothing = desk.output(&["analyse", "nowhere"]);
    assert_refused(&nothing, &["nowhere"]);
}
