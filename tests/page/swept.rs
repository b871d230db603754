//! The page of the analysis of a sweep, from real sweeps of a shipped example: every chart is drawn for every outcome that can
//! be chosen, its numbers are those of the tables, nothing is fetched, markup in titles stays text, and it fits a phone, a
//! screen and paper.

use super::browser::Browser;
use super::folder::MARKUP;
use super::looks::{
    charts_have_tables, fits, headings_go_in_steps, markup_stays_text, names_files, prints, rows,
    same, texts, unfold,
};
use super::{browser, refused, report};
use assert_cmd::Command;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SALTELLI: &str = "{ kind = \"saltelli\", base = 4 }";
const MORRIS: &str = "{ kind = \"morris\", trajectories = 3 }";
const LATIN: &str = "{ kind = \"latin-hypercube\", points = 12 }";
const GRID: &str = "{ kind = \"grid\" }";

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios/examples")
        .join(name)
}

fn run(place: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("exeunt").unwrap();
    command.current_dir(place).args(arguments).output().unwrap()
}

/// A sweep of two scenarios over a number, a list of texts and variants, not analysed; with titles that are markup if asked.
fn swept(design: &str, title: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let base = example("border-closes.toml");
    let other = format!(
        "extends = ['{}']\nname = \"other\"\ntitle = '''{title}'''\n",
        example("queue.toml").display()
    );
    fs::write(place.path().join("other.toml"), other).unwrap();
    let plan = format!(
        "title = '''{title}'''\nscenarios = ['{}', \"other.toml\"]\nscale = 2000\nreplicates = 2\n\
         outcomes = [\"left\", \"abroad_at_end\", \"rent_index_peak\", \"share_returned\"]\ndesign = {design}\n\
         [vary.\"behaviour.leaving.hazard_planner\"]\nsteps = 3\n\
         [vary.\"event.coastia-closes.date\"]\nvalues = [\"2031-03-01\", \"2031-09-01\", \"2031-12-01\"]\n\
         [vary.regime]\nvariants = {{ as-it-is = [], dearer = [\"behaviour.choice.visa=1.2\"] }}\n",
        base.display()
    );
    fs::write(place.path().join("plan.toml"), plan).unwrap();
    let output = run(
        place.path(),
        &[
            "sweep",
            "plan.toml",
            "--out",
            "swept",
            "--format",
            "csv",
            "--quiet",
        ],
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    place
}

/// The same analysed, with its page.
fn analysed(design: &str, title: &str) -> (TempDir, PathBuf) {
    let place = swept(design, title);
    let output = run(place.path(), &["analyse", "swept", "--quiet"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = place.path().join("swept/analysis/report.html");
    assert!(page.is_file());
    (place, page)
}

/// Chooses an outcome, by its place in the list.
fn choose(browser: &mut Browser, place: &str) {
    browser.evaluate(&format!(
        "{{ const choice = document.getElementById('outcome'); choice.value = '{place}'; choice.dispatchEvent(new Event('change')); }}"
    ));
}

#[test]
fn a_sweep_is_drawn_again_from_its_folder_or_that_of_its_analysis() {
    let place = swept(MORRIS, "A title");
    let folder = place.path().join("swept");
    refused(&folder, &["not been analysed", "exeunt analyse"]);
    assert!(
        run(place.path(), &["analyse", "swept", "--quiet"])
            .status
            .success()
    );
    let page = folder.join("analysis/report.html");
    let first = fs::read(&page).unwrap();
    assert!(first.len() < 2_000_000, "{} bytes", first.len());
    for from in [&folder, &folder.join("analysis")] {
        fs::remove_file(&page).unwrap();
        let output = report(from);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(fs::read(&page).unwrap() == first, "drawn again it differs");
    }
    // Elsewhere too, without the sweep.
    assert!(
        run(
            place.path(),
            &["analyse", "swept", "--out", "elsewhere", "--quiet"]
        )
        .status
        .success()
    );
    fs::remove_dir_all(&folder).unwrap();
    let elsewhere = place.path().join("elsewhere");
    assert!(report(&elsewhere).status.success());
    assert!(fs::read(elsewhere.join("report.html")).unwrap() == first);
    fs::write(elsewhere.join("analysis.json"), "[{]").unwrap();
    fs::remove_file(elsewhere.join("report.html")).unwrap();
    refused(&elsewhere, &["analysis.json"]);
}

#[test]
fn the_charts_of_every_design_are_drawn_and_nothing_is_fetched() {
    let Some(mut browser) = browser() else { return };
    // Estimates of the design, and a response along each of three things.
    for (design, charts) in [(SALTELLI, 5), (MORRIS, 5), (LATIN, 4), (GRID, 3)] {
        let (_place, page) = analysed(design, "A title");
        for (width, scheme) in [(1280, "light"), (390, "dark")] {
            browser.open(&page, width, scheme);
            fits(&mut browser, (width, scheme), design);
            let drawn = "[...document.querySelectorAll('.chart svg')].filter((svg) => svg.querySelectorAll('path').length > 2).length";
            assert_eq!(
                browser.evaluate("Number(document.body.dataset.charts)"),
                json!(charts)
            );
            assert_eq!(
                browser.evaluate(drawn),
                json!(charts),
                "{design} at {width}"
            );
            // What is chosen is drawn in place of what was there.
            let first = browser.evaluate("document.querySelector('.chart svg').outerHTML");
            choose(&mut browser, "1");
            assert_ne!(
                browser.evaluate("document.querySelector('.chart svg').outerHTML"),
                first
            );
            assert_eq!(
                browser.evaluate(drawn),
                json!(charts),
                "{design} at {width}"
            );
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn every_number_is_that_of_the_tables() {
    let Some(mut browser) = browser() else { return };
    for (design, column, table_columns) in [
        (
            SALTELLI,
            "total",
            [
                "first",
                "first_low",
                "first_high",
                "total",
                "total_low",
                "total_high",
            ],
        ),
        (
            MORRIS,
            "mu_star",
            [
                "mu",
                "mu_star",
                "mu_star_low",
                "mu_star_high",
                "sigma",
                "mu_star_of_chance",
            ],
        ),
    ] {
        let (_place, page) = analysed(design, "A title");
        browser.open(&page, 1280, "light");
        let sensitivity = rows(&page, "sensitivity");
        let found = |scenario: &str, outcome: &str, path: &str, name: &str| -> String {
            let row = sensitivity.iter().find(|row| {
                [
                    &row["scenario"],
                    &row["outcome"],
                    &row["group"],
                    &row["country"],
                    &row["path"],
                ] == [scenario, outcome, "ALL", "ALL", path]
            });
            row.map(|row| row[name].clone()).unwrap_or_default()
        };
        let cells = browser.evaluate(
            "[...document.querySelectorAll('.heat td')].map((cell) => [cell.closest('table').dataset.scenario, \
             cell.closest('tr').dataset.outcome, cell.dataset.path, cell.dataset.value])",
        );
        // Outcomes of everybody, things that vary, scenarios.
        let cells = cells.as_array().unwrap();
        assert_eq!(cells.len(), 3 * 3 * 2, "{cells:?}");
        for cell in cells {
            let cell = texts(cell);
            let number = found(&cell[0], &cell[1], &cell[2], column);
            assert!(same(&cell[3], &number), "{cell:?}: {number}");
        }
        let noise = rows(&page, "noise");
        let shares = browser.evaluate(
            "[...document.querySelectorAll('.noise tr[data-outcome]')].map((row) => [row.dataset.scenario, row.dataset.outcome, \
             row.dataset.group, row.dataset.country, row.querySelector('[data-value]').dataset.value])",
        );
        let shares = shares.as_array().unwrap();
        assert_eq!(shares.len(), noise.len());
        for share in shares {
            let share = texts(share);
            let keys = ["scenario", "outcome", "group", "country"];
            let row = noise.iter().find(|row| {
                keys.map(|key| &row[key]) == [&share[0], &share[1], &share[2], &share[3]]
            });
            assert!(
                same(&share[4], &row.unwrap()["share_of_chance"]),
                "{share:?}"
            );
        }
        // The tables behind the first chart and behind the response curves, for every outcome that can be chosen.
        let outcomes = browser.evaluate(
            "[...document.querySelectorAll('#outcome option')].map((one) => [one.value, one.dataset.outcome, one.dataset.group, one.dataset.country])",
        );
        let mut compared = 0;
        unfold(&mut browser, "details.table");
        for outcome in outcomes.as_array().unwrap() {
            let outcome = texts(outcome);
            choose(&mut browser, &outcome[0]);
            let tables = browser.evaluate(
                "[...document.querySelectorAll('.figure')].map((figure) => [...figure.querySelectorAll('tbody tr')].map((row) => \
                 [...row.children].map((cell) => cell.dataset.value ?? cell.textContent)))",
            );
            let is_row = |row: &&BTreeMap<String, String>| {
                [&row["outcome"], &row["group"], &row["country"]]
                    == [&outcome[1], &outcome[2], &outcome[3]]
            };
            let own: Vec<_> = sensitivity.iter().filter(is_row).collect();
            let shown = tables[0].as_array().unwrap();
            assert_eq!(shown.len(), own.len(), "{outcome:?}");
            for cells in shown {
                let cells = texts(cells);
                let scenario = ["border-closes", "other"][usize::from(cells[2] == "A title")];
                let row = own
                    .iter()
                    .find(|row| row["scenario"] == scenario && row["path"] == cells[1])
                    .unwrap();
                for (cell, name) in cells[3..].iter().zip(table_columns) {
                    assert!(
                        same(cell.trim_matches('–'), &row[name]),
                        "{outcome:?} {name}: {cell} for {}",
                        row[name]
                    );
                    compared += 1;
                }
            }
            let responses = rows(&page, "responses");
            let own: Vec<_> = responses.iter().filter(is_row).collect();
            let parts: Vec<Vec<String>> = tables.as_array().unwrap()[2..]
                .iter()
                .flat_map(|table| table.as_array().unwrap().iter().map(texts))
                .collect();
            assert_eq!(parts.len(), own.len(), "{outcome:?}");
            for part in parts {
                let scenario = ["border-closes", "other"][usize::from(part[2] == "A title")];
                let row = own.iter().find(|row| {
                    row["scenario"] == scenario
                        && row["from"] == part[0]
                        && same(&part[4], &row["mean"])
                });
                let row = row.unwrap_or_else(|| panic!("{outcome:?}: no row of {part:?}"));
                assert!(
                    same(part[5].trim_matches('–'), &row["mean_low"]) && part[1] == row["to"],
                    "{part:?}"
                );
                compared += 1;
            }
        }
        assert!(compared > 100, "only {compared} were compared");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn an_interval_is_drawn_where_the_table_has_one_and_nowhere_else() {
    let Some(mut browser) = browser() else { return };
    // A bootstrap of four base samples has some that do not vary, and three trajectories are too few for one.
    let four = MORRIS.replace('3', "4");
    let designs = [
        (SALTELLI, &["first", "total"][..]),
        (MORRIS, &["mu_star"]),
        (four.as_str(), &["mu_star"]),
    ];
    let (mut with, mut without) = (0, 0);
    for (design, estimates) in designs {
        let (_place, page) = analysed(design, "A title");
        browser.open(&page, 1280, "light");
        let sensitivity = rows(&page, "sensitivity");
        let outcomes = browser.evaluate(
            "[...document.querySelectorAll('#outcome option')].map((one) => [one.value, one.dataset.outcome, one.dataset.group, one.dataset.country])",
        );
        for outcome in outcomes.as_array().unwrap() {
            let outcome = texts(outcome);
            choose(&mut browser, &outcome[0]);
            let whiskers = browser.evaluate(
                "document.querySelectorAll('#figure-0 .chart svg path[stroke-linecap=round]').length",
            );
            let own = sensitivity.iter().filter(|row| {
                ["outcome", "group", "country"].map(|key| &row[key])
                    == [&outcome[1], &outcome[2], &outcome[3]]
            });
            let marks: Vec<bool> = own
                .flat_map(|row| estimates.iter().map(move |name| (row, name)))
                .filter(|(row, name)| !row[**name].is_empty())
                .map(|(row, name)| !row[&format!("{name}_low")].is_empty())
                .collect();
            let known = marks.iter().filter(|known| **known).count();
            assert_eq!(whiskers, json!(known), "{design}: {outcome:?}");
            with += known;
            without += marks.len() - known;
        }
    }
    assert!(
        with > 0 && without > 0,
        "{with} with an interval, {without} without"
    );
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn markup_in_titles_of_plans_and_scenarios_stays_text() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = analysed(SALTELLI, MARKUP);
    markup_stays_text(&mut browser, &page, |browser| {
        choose(browser, "1");
        let key = browser.evaluate("document.querySelector('.key').textContent");
        assert!(key.as_str().unwrap().contains(MARKUP), "{key}");
    });
}

#[test]
fn the_page_of_an_analysis_is_read_without_seeing_and_on_paper() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = analysed(MORRIS, "A title");
    browser.open(&page, 1280, "dark");
    headings_go_in_steps(&mut browser);
    unfold(&mut browser, "details.table");
    charts_have_tables(&mut browser);
    assert_eq!(
        browser.evaluate("document.querySelector('label[for=outcome]').control.id"),
        json!("outcome")
    );
    names_files(&mut browser, &page, 3);
    browser.evaluate(
        "document.querySelectorAll('details.table').forEach((one) => { one.open = false; })",
    );
    prints(&mut browser);
    let across = browser.evaluate("document.documentElement.scrollWidth");
    assert!(across.as_u64() <= Some(695), "{across} across on paper");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
