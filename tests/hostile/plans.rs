//! Plans of sweeps and calibrations.

use super::case::{CALIBRATION, Case, Ends, PLAN, refused};

const DESIGN: &str = "{ kind = \"sobol\", points = 4 }";

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let here = || refused(&["f.toml:"]);
    let with = |old: &str, new: &str| {
        assert!(PLAN.contains(old), "{old}");
        PLAN.replace(old, new)
    };
    let lambda = "[vary.\"behaviour.choice.lambda\"]";
    let grid = |axes: usize, steps: &str| {
        let axes: String = ["lambda", "mu", "visa"][..axes]
            .iter()
            .map(|name| {
                format!("[vary.\"behaviour.choice.{name}\"]\nrange = [0.4, 0.5]\nsteps = {steps}\n")
            })
            .collect();
        format!("scenarios = [\"base.toml\"]\ndesign = {{ kind = \"grid\" }}\n{axes}")
    };
    let variants: String = (0..2_000).map(|n| format!("v{n} = [], ")).collect();
    let sweeps = vec![
        ("nothing", String::new(), here()),
        ("no scenario", with("\"base.toml\"", ""), here()),
        ("a scenario of another kind", with("\"base.toml\"", "\"plan.toml\""), refused(&["plan.toml:"])),
        ("itself as a scenario", with("\"base.toml\"", "\"f.toml\""), here()),
        ("a scenario that is not there", with("\"base.toml\"", "\"none.toml\""), refused(&["none.toml"])),
        ("a scenario twice", with("\"base.toml\"", "\"base.toml\", \"base.toml\""), here()),
        ("300 times a scenario", with("\"base.toml\"", &"\"base.toml\",".repeat(300)), here()),
        ("a scale of 0", with("scale = 1000", "scale = 0"), here()),
        ("a scale below 0", with("scale = 1000", "scale = -5"), here()),
        ("the largest scale", with("scale = 1000", "scale = 9223372036854775807"), refused(&["scale"])),
        ("a scale in a text", with("scale = 1000", "scale = \"1000\""), here()),
        ("a scale that is no number", with("scale = 1000", "scale = nan"), here()),
        ("a seed below 0", with("scale = 1000", "scale = 1000\nseed = -1"), here()),
        ("10^18 replicates", with("scale = 1000", "scale = 1000\nreplicates = 1000000000000000000"), here()),
        ("the most replicates", with("scale = 1000", "scale = 1000\nreplicates = 65536"), Ends::Accepted),
        ("no points", with("points = 4", "points = 0"), here()),
        ("points below 0", with("points = 4", "points = -4"), here()),
        ("10^18 points", with("points = 4", "points = 1000000000000000000"), here()),
        ("points that are no number", with("points = 4", "points = inf"), here()),
        ("ten million points of a Latin hypercube", with("\"sobol\", points = 4", "\"latin-hypercube\", points = 10000000"), Ends::Either),
        ("ten million points over four axes", with("\"sobol\", points = 4", "\"latin-hypercube\", points = 10000000").replace(lambda, &format!("{lambda}\n[vary.\"behaviour.choice.mu\"]\n[vary.\"behaviour.leaving.hazard_other\"]")), here()),
        ("the largest base of Saltelli", with("\"sobol\", points = 4", "\"saltelli\", base = 65536"), Ends::Accepted),
        ("10^18 trajectories of Morris", with("\"sobol\", points = 4", "\"morris\", trajectories = 1000000000000000000"), here()),
        ("a million trajectories of Morris", with("\"sobol\", points = 4", "\"morris\", trajectories = 1000000"), Ends::Either),
        ("a billion levels of Morris", with("\"sobol\", points = 4", "\"morris\", trajectories = 4, levels = 1000000000"), here()),
        ("a design that is none", with("sobol", "<script>"), here()),
        ("a design as a text", with(DESIGN, "\"sobol\""), here()),
        ("a grid of 10^18 points", grid(3, "1000000"), here()),
        ("a grid of 10^12 points", grid(2, "1000000"), here()),
        ("a grid of a million points", grid(1, "1000000"), Ends::Accepted),
        ("a grid of 10^18 steps", grid(1, "1000000000000000000"), here()),
        ("a range of nothing", with(lambda, &format!("{lambda}\nrange = [0.5, 0.5]")), here()),
        ("a range that is turned round", with(lambda, &format!("{lambda}\nrange = [0.9, 0.3]")), here()),
        ("a range to infinity", with(lambda, &format!("{lambda}\nrange = [0.5, inf]")), here()),
        ("a range from what is no number", with(lambda, &format!("{lambda}\nrange = [nan, 0.5]")), here()),
        ("a range of 10^308", with(lambda, &format!("{lambda}\nrange = [-1e308, 1e308]")), here()),
        ("a range of three", with(lambda, &format!("{lambda}\nrange = [0.1, 0.2, 0.3]")), here()),
        ("a range in another currency", with(lambda, "[vary.\"country.XB.wage\"]\nrange = [\"500 USD/month\", \"900 USD/month\"]"), here()),
        ("a range of texts", with(lambda, &format!("{lambda}\nrange = [\"a\", \"b\"]")), here()),
        ("a path that leads nowhere", with(lambda, "[vary.\"behaviour.choice.lamda\"]"), here()),
        ("an empty path", with(lambda, "[vary.\"\"]"), here()),
        ("a path of 10,000 parts", with(lambda, &format!("[vary.\"{}a\"]", "a.".repeat(10_000))), here()),
        ("a path to all", with(lambda, "[vary.behaviour]"), here()),
        ("no variants", with("{ as-it-is = [], dearer = [\"behaviour.choice.visa=1.2\"] }", "{}"), here()),
        ("2,000 variants", with("as-it-is = [],", &variants), Ends::Either),
        ("a variant that is no override", with("behaviour.choice.visa=1.2", "rm -rf /"), here()),
        ("a variant that extends", with("behaviour.choice.visa=1.2", "extends=[\\\"/etc/passwd\\\"]"), here()),
        ("an outcome that is none", with("\"left\"", "\"lef\""), here()),
        ("100,000 outcomes", with("\"left\"", &"\"left\",".repeat(100_000)), Ends::Either),
        ("a file of draws that is a folder", with("scale = 1000", "scale = 1000\ndraws_from = \"/\""), here()),
        ("a file of draws without an end", with("scale = 1000", "scale = 1000\ndraws_from = \"/dev/zero\""), here()),
        ("10^18 draws", with("scale = 1000", "scale = 1000\ndraws_from = \"draws.csv\"\ndraws = 1000000000000000000"), here()),
    ];
    for (name, text, ends) in sweeps {
        cases.push(Case::file(
            format!("a plan of a sweep with {name}"),
            &["sweep", "f.toml", "--dry-run"],
            ends,
            "f.toml",
            text,
        ));
    }
    let with = |old: &str, new: &str| {
        assert!(CALIBRATION.contains(old), "{old}");
        CALIBRATION.replace(old, new)
    };
    let planner = "\"behaviour.leaving.planner\" = {}";
    let calibrations = vec![
        ("nothing", String::new(), here()),
        ("only a prior", "[prior]".to_owned(), here()),
        (
            "a scenario that is a pipe",
            with("base.toml", "/dev/zero"),
            here(),
        ),
        ("itself as a scenario", with("base.toml", "f.toml"), here()),
        (
            "observations without an end",
            with("scale = 1000", "scale = 1000\nobserved = \"/dev/zero\""),
            refused(&["/dev/zero"]),
        ),
        (
            "no particle",
            with("particles = 8", "particles = 0"),
            here(),
        ),
        (
            "10^18 particles",
            with("particles = 8", "particles = 1000000000000000000"),
            here(),
        ),
        (
            "a million generations",
            with("generations = 2", "generations = 1000000"),
            here(),
        ),
        ("a scale of 0", with("scale = 1000", "scale = 0"), here()),
        (
            "an acceptance beyond all",
            with("scale = 1000", "scale = 1000\nleast_acceptance = 7"),
            here(),
        ),
        (
            "an acceptance that is no number",
            with("scale = 1000", "scale = 1000\nleast_acceptance = nan"),
            here(),
        ),
        (
            "a prior of nothing",
            with(
                planner,
                "\"behaviour.leaving.planner\" = { range = [\"1 %\", \"1 %\"] }",
            ),
            here(),
        ),
        (
            "a prior beyond all",
            with(
                planner,
                "\"behaviour.leaving.planner\" = { range = [\"-1e300 %\", \"1e300 %\"] }",
            ),
            here(),
        ),
        ("a prior on a text", with(planner, "\"title\" = {}"), here()),
        (
            "a prior on a path of 10,000 parts",
            with(planner, &format!("\"{}a\" = {{}}", "a.".repeat(10_000))),
            here(),
        ),
        ("no prior", with(planner, ""), here()),
        (
            "a row that is not observed",
            with("scale = 1000", "scale = 1000\nleave_out = [\"none\"]"),
            here(),
        ),
        (
            "constants of no row",
            format!("{CALIBRATION}[constants]\nrows = {{ none = [\"XB\"] }}\n"),
            here(),
        ),
        (
            "10^18 iterations",
            format!(
                "{CALIBRATION}[constants]\niterations = 1000000000000000000\nrows = {{ left = [\"XB\"] }}\n"
            ),
            here(),
        ),
        (
            "a damping that is no number",
            format!("{CALIBRATION}[constants]\ndamping = nan\nrows = {{ left = [\"XB\"] }}\n"),
            here(),
        ),
    ];
    for (name, text, ends) in calibrations {
        cases.push(Case::file(
            format!("a plan of a calibration with {name}"),
            &["calibrate", "f.toml", "--dry-run"],
            ends,
            "f.toml",
            text,
        ));
    }
    cases
}
