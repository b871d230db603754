//! The page of a calibration, from a real one of a shipped example: every chart is drawn, its numbers are those of the tables,
//! nothing is fetched, markup in titles stays text, and it fits a phone and a screen.

use super::browser::Browser;
use super::folder::MARKUP;
use super::looks::{
    charts_have_tables, fits, headings_go_in_steps, markup_stays_text, names_files, rows, same,
    texts, unfold,
};
use super::{browser, report};
use assert_cmd::Command;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PLAN: &str = r#"
scenario = "base.toml"
scale = 1000
particles = 16
proposals = 16
generations = 3
least_acceptance = 0
leave_out = ["islandia"]

[prior]
"behaviour.leaving.hazard_planner" = {}
"behaviour.leaving.hazard_other" = {}
"behaviour.return.hazard" = {}

[constants]
iterations = 1
rows = { plainia = ["XC"], coastia = ["XB"], islandia = ["XD"] }
"#;

const OBSERVED: &str = "id,quantity,value,low,high,unit,period,use,measure,set,country,source
left,QUANTITY,,18000,20000,persons,2030-01-01..2031-12-31,fit,sum(homes.left),,,invented
back,returned of those who left,,0.26,0.30,share,2030-01-01..2031-12-31,fit,sum(homes.returned) / sum(homes.left),,,invented
coastia,in Coastia at the end,,2900,3400,persons,2031-12-31,fit,last(countries.newcomers where country = XB),,,invented
plainia,in Plainia at the end,,9000,11000,persons,2031-12-31,fit,last(countries.newcomers where country = XC),,,invented
islandia,in Islandia at the end,,100,40000,persons,2031-12-31,fit,last(countries.newcomers where country = XD),,,invented
rest,at home,2900000,,,persons,2031-12-31,report,last(homes.at_home),,,invented
";

/// A third country to go to, of which nothing is taken to be known.
const ISLANDIA: &str = include_str!("../support/islandia.toml");

/// A calibration with its page; `title` stands in what people write.
fn calibrated(title: &str) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/examples");
    let constant = "constant = { value = 0.0, range = [-2.0, 2.0], basis = \"assumption\" }";
    let base = format!(
        "extends = ['{}']\nname = \"base\"\nreference = \"base.toml\"\ntitle = '''{title}'''\n[country.XB]\n{constant}\n[country.XC]\n{constant}\n{ISLANDIA}",
        example.join("border-closes.toml").display()
    );
    fs::write(place.path().join("base.toml"), base).unwrap();
    let quantity = format!("\"{}\"", title.replace('"', "\"\""));
    let observed = OBSERVED.replace("QUANTITY", &quantity);
    fs::write(place.path().join("observed.csv"), observed).unwrap();
    let plan = format!("title = '''{title}'''\n{PLAN}");
    fs::write(place.path().join("plan.toml"), plan).unwrap();
    let mut command = Command::cargo_bin("exeunt").unwrap();
    let output = command
        .current_dir(place.path())
        .args(["calibrate", "plan.toml", "--out", "fitted", "--quiet"])
        .args(["--leave-one-out", "--format", "csv"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = place.path().join("fitted/report.html");
    assert!(page.is_file());
    (place, page)
}

#[test]
fn a_calibration_is_drawn_again_from_its_folder() {
    let (_place, page) = calibrated("A title");
    let first = fs::read(&page).unwrap();
    fs::remove_file(&page).unwrap();
    let output = report(page.parent().unwrap());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(fs::read(&page).unwrap() == first, "drawn again it differs");
    assert!(first.len() < 2_000_000, "{} bytes", first.len());
}

#[test]
fn every_chart_of_a_calibration_is_drawn_with_the_numbers_of_the_tables() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = calibrated("A title");
    let parameters = rows(&page, "parameters");
    let sampled = parameters.iter().filter(|row| row["how"] == "sampled");
    let sampled = sampled.count();
    assert_eq!((sampled, parameters.len()), (3, 6));
    // Three kinds of rows with a band, the parameters, the constants, their pairs, and how it went.
    let wanted = 3 + sampled + 1 + 3 + 3;
    for (width, scheme) in [(1280, "light"), (390, "dark")] {
        browser.open(&page, width, scheme);
        unfold(&mut browser, "details");
        fits(&mut browser, (width, scheme), "a calibration");
        let promised = browser.evaluate("Number(document.body.dataset.charts)");
        assert_eq!(promised, json!(wanted));
        let drawn = browser.evaluate(
            "[...document.querySelectorAll('.chart svg')].filter((svg) => svg.querySelectorAll('path').length > 1 && svg.getBoundingClientRect().width > 100).length",
        );
        assert_eq!(drawn, promised, "at {width}");
        charts_have_tables(&mut browser);
        numbers_are_those_of_the_tables(&mut browser, &page);
    }
    headings_go_in_steps(&mut browser);
    names_files(&mut browser, &page, 8);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

fn numbers_are_those_of_the_tables(browser: &mut Browser, page: &Path) {
    let kept = rows(page, "fits");
    let shown = browser.evaluate(
        "[...document.querySelectorAll('.fits tr[data-row]')].map((row) => [row.dataset.row, row.dataset.meets, \
         ...[...row.querySelectorAll('[data-value]')].map((cell) => cell.dataset.value)])",
    );
    let shown = shown.as_array().unwrap();
    assert_eq!((shown.len(), kept.len()), (6, 6));
    for cells in shown {
        let cells = texts(cells);
        let row = kept.iter().find(|row| row["row"] == cells[0]).unwrap();
        assert_eq!(row["meets"], cells[1]);
        let names = ["low", "high", "p50", "p25", "p75", "p05", "p95"];
        let numbers = names
            .iter()
            .map(|name| &row[*name])
            .filter(|number| !number.is_empty());
        let numbers: Vec<&String> = numbers.collect();
        assert_eq!(numbers.len(), cells.len() - 2, "{cells:?}");
        for (number, cell) in numbers.iter().zip(&cells[2..]) {
            assert!(same(cell, number), "{}: {cell} for {number}", cells[0]);
        }
    }
    // The tables behind the charts have each row twice where it was predicted without itself.
    let behind = browser.evaluate(
        "[...document.querySelectorAll('#fit .behind tbody tr')].map((row) => [...row.children].map((cell) => cell.dataset.value ?? cell.textContent))",
    );
    let left_out = rows(page, "left_out");
    let behind = behind.as_array().unwrap();
    assert_eq!((behind.len(), left_out.len()), (5 + 4, 4));
    for cells in behind {
        let cells = texts(cells);
        let from = if cells[2] == "kept" { &kept } else { &left_out };
        let row = from.iter().find(|row| row["row"] == cells[0]).unwrap();
        let names = ["low", "high", "mean", "p05", "p25", "p50", "p75", "p95"];
        for (name, cell) in names.iter().zip(&cells[4..]) {
            assert!(same(cell, &row[*name]), "{cells:?} {name}: {}", row[*name]);
        }
    }
    let generations = rows(page, "generations");
    let course = browser.evaluate(
        "[...document.querySelectorAll('#course .figure:first-of-type tbody tr')].map((row) => [...row.children].map((cell) => cell.dataset.value ?? cell.textContent))",
    );
    let course = course.as_array().unwrap();
    assert_eq!(course.len(), generations.len());
    for (cells, row) in course.iter().zip(&generations) {
        let cells = texts(cells);
        assert!(same(&cells[5], &row["tolerance"]), "{cells:?}");
    }
}

#[test]
fn markup_in_what_a_calibration_names_stays_text() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = calibrated(MARKUP);
    markup_stays_text(&mut browser, &page, |_| {});
}
