//! Pages. That of a comparison: what `exeunt report` writes and refuses, and the page in a browser. There every
//! chart is drawn, every number of the table is that of `comparison.csv`, nothing is fetched, markup in titles
//! stays text, and the page fits a phone, a screen and paper.
#![cfg(all(feature = "cli", unix))]

mod browser;
mod calibrated;
mod folder;
mod swept;

use assert_cmd::Command;
use browser::Browser;
use exeunt::store::Destination;
use folder::{MARKUP, Made};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

const THREE: Made = Made {
    scenarios: 3,
    draws: 16,
    markup: false,
};
const TEN: Made = Made {
    scenarios: 10,
    draws: 16,
    markup: false,
};
const HOSTILE: Made = Made {
    scenarios: 3,
    draws: 4,
    markup: true,
};

/// Height of a sheet of A4 between its margins, in the pixels of style sheets.
const SHEET: f64 = (297.0 - 2.0 * 14.0) / 25.4 * 96.0;

fn report(folder: &Path) -> Output {
    Command::cargo_bin("exeunt")
        .unwrap()
        .arg("report")
        .arg(folder)
        .output()
        .unwrap()
}

/// A folder with its page.
fn drawn(made: Made) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("compared");
    made.write(&folder);
    let output = report(&folder);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = folder.join("report.html");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        page.display().to_string()
    );
    (place, page)
}

/// Refuses a folder with code 2 and these words.
fn refused(folder: &Path, words: &[&str]) {
    let output = report(folder);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    for word in words {
        assert!(message.contains(word), "`{word}` is not in: {message}");
    }
    assert!(!folder.join("report.html").exists());
}

/// A browser, or `None` where none is installed and none is asked for.
fn browser() -> Option<Browser> {
    let Some(program) = browser::installed() else {
        let must = std::env::var_os("EXEUNT_FULL_TESTS").is_some_and(|value| value == "1");
        assert!(
            !must,
            "EXEUNT_FULL_TESTS=1 asks for a browser: install chromium"
        );
        eprintln!("skipped: no Chromium is installed");
        return None;
    };
    Some(Browser::start(&program))
}

#[test]
fn the_page_is_small_and_the_same_each_time() {
    for (made, most) in [(THREE, 2_000_000), (TEN, 3_000_000)] {
        let (_place, page) = drawn(made);
        let first = fs::read(&page).unwrap();
        assert!(first.len() <= most, "{} bytes", first.len());
        report(page.parent().unwrap());
        assert!(fs::read(&page).unwrap() == first, "drawn again it differs");
    }
}

#[test]
fn a_folder_with_its_page_is_still_only_ours() {
    let (_place, page) = drawn(THREE);
    let folder = page.parent().unwrap();
    let names = || fs::read_dir(folder).unwrap().count();
    let before = names();
    report(folder);
    assert_eq!(names(), before);
    assert!(Destination::check(folder, true).is_ok());
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    assert!(!manifest.contains("report.html"));
}

#[test]
fn what_is_no_comparison_is_refused() {
    let place = tempfile::tempdir().unwrap();
    refused(&place.path().join("nowhere"), &["nowhere", "manifest.json"]);

    let single = place.path().join("single");
    THREE.write(&single);
    fs::remove_file(single.join("comparison.json")).unwrap();
    refused(&single, &["single", "no comparison", "exeunt compare"]);
}

#[test]
fn a_damaged_folder_is_refused_by_file_and_row() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("damaged");
    THREE.write(&folder);
    let path = folder.join("flips.csv");
    let whole = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    lines[3] = lines[3]
        .replacen(",1,", ",first,", 1)
        .replacen(",2,", ",second,", 1)
        .replacen(",3,", ",third,", 1);
    fs::write(&path, lines.join("\n")).unwrap();
    refused(&folder, &["flips.csv:4", "does not belong in rank"]);

    fs::write(&path, &whole[..whole.len() - 30]).unwrap();
    refused(&folder, &["flips.csv", "cells where the heading has"]);
    fs::remove_file(&path).unwrap();
    refused(&folder, &["flips.csv"]);
    fs::write(&path, whole).unwrap();
    fs::write(folder.join("comparison.json"), "{\n\"draft\": maybe}").unwrap();
    refused(&folder, &["comparison.json:2"]);
}

#[test]
fn every_chart_is_drawn_and_nothing_is_fetched() {
    let Some(mut browser) = browser() else { return };
    for made in [THREE, TEN] {
        let (_place, page) = drawn(made);
        for (width, scheme) in [(1280, "light"), (390, "dark")] {
            browser.open(&page, width, scheme);
            assert_eq!(
                browser.evaluate("document.documentElement.dataset.theme"),
                json!(scheme)
            );
            let promised = browser.evaluate("Number(document.body.dataset.charts)");
            let drawn = browser.evaluate(
                "[...document.querySelectorAll('.chart svg')].filter((svg) => svg.querySelectorAll('path').length > 1).length",
            );
            assert!(promised.as_u64() > Some(20), "{promised}");
            assert_eq!(drawn, promised, "at {width}");
            let across = browser.evaluate("document.documentElement.scrollWidth");
            assert!(
                across.as_u64() <= Some(width.into()),
                "{across} across at {width}"
            );
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn every_number_of_the_table_is_that_of_the_file() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(THREE);
    browser.open(&page, 1280, "light");
    browser.evaluate(
        "document.querySelectorAll('#differences details').forEach((one) => { one.open = true; })",
    );
    // What is opened is filled when the browser gets to telling of it.
    browser.evaluate("new Promise((done) => setTimeout(done, 500))");
    let rows = browser.evaluate(
        "[...document.querySelectorAll('#differences tr[data-outcome]')].map((row) => ({
            key: ['scenario', 'outcome', 'group', 'country'].map((name) => row.dataset[name]),
            exact: [...row.querySelectorAll('[data-value]')].map((cell) => cell.dataset.value),
            shown: [...row.querySelectorAll('[data-value]')].map((cell) => cell.textContent),
        }))",
    );
    let mut shown: BTreeMap<Vec<String>, Vec<(String, String)>> = BTreeMap::new();
    let texts = |value: &Value| -> Vec<String> {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|text| text.as_str().unwrap().to_owned())
            .collect()
    };
    for row in rows.as_array().unwrap() {
        let cells = texts(&row["exact"])
            .into_iter()
            .zip(texts(&row["shown"]))
            .collect();
        assert!(
            shown.insert(texts(&row["key"]), cells).is_none(),
            "{} stands twice",
            row["key"]
        );
    }
    let mut reader = csv::Reader::from_path(page.with_file_name("comparison.csv")).unwrap();
    let mut count = 0;
    for record in reader.records() {
        let record: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        let cells = shown
            .remove(&record[1..5])
            .unwrap_or_else(|| panic!("no row of {:?}", &record[..5]));
        assert_eq!(cells.len(), record.len() - 6);
        for (number, (exact, rounded)) in record[6..].iter().zip(cells) {
            let same = match (number.parse::<f64>(), exact.parse::<f64>()) {
                (Ok(number), Ok(exact)) => number.to_bits() == exact.to_bits(),
                _ => number.is_empty() && exact.is_empty(),
            };
            assert!(same, "{:?}: {exact} for {number}", &record[..5]);
            assert_eq!(
                number.is_empty(),
                rounded == "–",
                "{:?}: {rounded} for {number}",
                &record[..5]
            );
            count += usize::from(!number.is_empty());
        }
    }
    assert!(
        shown.is_empty(),
        "rows that the file lacks: {:?}",
        shown.keys().next()
    );
    assert!(count > 10_000, "only {count} numbers were compared");
}

#[test]
fn markup_in_titles_stays_text() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(HOSTILE);
    let source = fs::read_to_string(&page).unwrap();
    assert!(!source.contains(MARKUP) && !source.contains("<script>window"));
    browser.open(&page, 1280, "light");
    assert_eq!(browser.evaluate("typeof window.broken"), json!("undefined"));
    let title = browser.evaluate("document.querySelector('h1').textContent");
    assert!(title.as_str().unwrap().contains(MARKUP), "{title}");
    assert_eq!(
        browser.evaluate("document.querySelectorAll('main b').length"),
        json!(0)
    );
    assert!(
        browser
            .evaluate("document.querySelector('.draft').textContent")
            .as_str()
            .unwrap()
            .contains("DRAFT")
    );
    // Four draws give no verdict.
    let verdicts = browser.evaluate(
        "[...document.querySelectorAll('.card .verdict')].map((one) => one.textContent.trim())",
    );
    assert!(
        verdicts
            .as_array()
            .unwrap()
            .iter()
            .all(|text| text.as_str().unwrap().starts_with("no verdict")),
        "{verdicts}"
    );
    // Tables and tooltips write the same titles.
    browser.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    browser.evaluate("new Promise((done) => setTimeout(done, 800))");
    assert_eq!(browser.evaluate("typeof window.broken"), json!("undefined"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn each_chart_has_its_table_and_the_page_is_walked_by_keyboard() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(THREE);
    browser.open(&page, 1280, "light");
    let press = |browser: &mut Browser, key: &str, code: u32| {
        for kind in ["rawKeyDown", "keyUp"] {
            browser.call(
                "Input.dispatchKeyEvent",
                json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code }),
            );
        }
    };
    press(&mut browser, "Tab", 9);
    assert_eq!(
        browser.evaluate("document.activeElement.className"),
        json!("skip")
    );
    press(&mut browser, "Tab", 9);
    assert_eq!(
        browser.evaluate("document.activeElement.id"),
        json!("theme")
    );
    browser.evaluate("document.activeElement.click()");
    assert_eq!(
        browser.evaluate("document.documentElement.dataset.theme"),
        json!("dark")
    );

    // Headings go down by one level at a time.
    let levels = browser.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((one) => Number(one.tagName[1]))",
    );
    let levels: Vec<u64> = levels
        .as_array()
        .unwrap()
        .iter()
        .map(|level| level.as_u64().unwrap())
        .collect();
    assert_eq!(
        (
            levels[0],
            levels.iter().filter(|level| **level == 1).count()
        ),
        (1, 1)
    );
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );

    browser.evaluate(
        "document.querySelectorAll('details.table').forEach((one) => { one.open = true; })",
    );
    browser.evaluate("new Promise((done) => setTimeout(done, 800))");
    let bare = browser.evaluate(
        "[...document.querySelectorAll('.figure')].filter((figure) => !figure.querySelector('tbody tr') || !figure.querySelector('[role=img][aria-label]')).map((one) => one.id)",
    );
    assert_eq!(bare, json!([]));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn on_paper_no_chart_is_cut() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(THREE);
    browser.open(&page, 1280, "dark");
    let pdf = browser.call(
        "Page.printToPDF",
        json!({ "preferCSSPageSize": true, "printBackground": true }),
    );
    assert!(pdf["data"].as_str().unwrap().starts_with("JVBER"), "no PDF");
    // As the browser lays it out for a sheet: what may not be broken and is lower than the sheet is not cut.
    browser.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    browser.call(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 695, "height": 1016, "deviceScaleFactor": 1, "mobile": false }),
    );
    browser.evaluate("dispatchEvent(new Event('beforeprint'))");
    let figures = browser.evaluate(
        "[...document.querySelectorAll('.figure')].map((figure) => {
            const [chart, svg] = ['.chart', 'svg'].map((name) => figure.querySelector(name).getBoundingClientRect());
            return {
                height: figure.getBoundingClientRect().height,
                whole: getComputedStyle(figure).breakInside === 'avoid',
                seen: svg.width > 100 && svg.height > 40 && svg.right <= chart.right + 1 && svg.bottom <= chart.bottom + 1,
                light: document.documentElement.dataset.theme === 'light',
            };
        })",
    );
    for figure in figures.as_array().unwrap() {
        let height = figure["height"].as_f64().unwrap();
        assert!(height < SHEET, "{height} px high, a sheet is {SHEET:.0}");
        assert!(
            figure["whole"] == json!(true)
                && figure["seen"] == json!(true)
                && figure["light"] == json!(true),
            "{figure}"
        );
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_chart_is_saved_as_numbers_and_as_a_picture() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(THREE);
    let saved = tempfile::tempdir().unwrap();
    browser.open(&page, 1280, "light");
    let behaviour = json!({ "behavior": "allow", "downloadPath": saved.path() });
    browser.call("Page.setDownloadBehavior", behaviour);
    let mut file = |kind: &str| -> Vec<u8> {
        browser.evaluate(&format!(
            "document.querySelector('.save[data-save={kind}]').click()"
        ));
        for _ in 0..100 {
            browser.evaluate("new Promise((done) => setTimeout(done, 100))");
            let found = fs::read_dir(saved.path()).unwrap().flatten().find(|entry| {
                entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == kind)
            });
            if let Some(found) = found {
                return fs::read(found.path()).unwrap();
            }
        }
        panic!("nothing was saved as {kind}");
    };
    let csv = String::from_utf8(file("csv")).unwrap();
    assert!(
        csv.starts_with("Date,") && csv.lines().count() > 100,
        "{csv}"
    );
    let svg = String::from_utf8(file("svg")).unwrap();
    assert!(
        svg.starts_with("<svg ") && svg.contains("persons are abroad") && svg.ends_with("</svg>")
    );
    assert!(file("png").starts_with(b"\x89PNG"));
}

/// Writes the folders that pages are looked at by hand with.
#[test]
#[ignore = "for looking at pages by hand: EXEUNT_PAGES names a folder"]
fn write_folders() {
    let place = std::env::var_os("EXEUNT_PAGES").unwrap();
    for (name, made) in [("three", THREE), ("ten", TEN), ("hostile", HOSTILE)] {
        made.write(&Path::new(&place).join(name));
    }
}
