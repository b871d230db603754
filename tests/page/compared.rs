//! The page of a comparison: every chart is drawn, every number of the table is that of `comparison.csv`, nothing is
//! fetched, markup in titles stays text, and the page fits a phone, a screen and paper.

use super::browser::Browser;
use super::folder::Made;
use super::looks::{
    charts_have_tables, fits, headings_go_in_steps, markup_stays_text, prints, same, texts, unfold,
};
use super::{browser, refused, report};
use exeunt::store::Destination;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
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
    let windows = [(1280, "light"), (390, "dark")];
    let all = std::env::var("EXEUNT_FULL_TESTS").as_deref() == Ok("1");
    for (number, made) in [THREE, TEN].into_iter().enumerate() {
        let (_place, page) = drawn(made);
        // (A page is drawn in seconds: the few scenarios on a screen and the many on a phone, unless all is asked for.)
        for (width, scheme) in if all {
            &windows[..]
        } else {
            &windows[number..=number]
        } {
            let (width, scheme) = (*width, *scheme);
            browser.open(&page, width, scheme);
            fits(&mut browser, (width, scheme), "a comparison");
            let promised = browser.evaluate("Number(document.body.dataset.charts)");
            let drawn = browser.evaluate(
                "[...document.querySelectorAll('.chart svg')].filter((svg) => svg.querySelectorAll('path').length > 1).length",
            );
            assert!(promised.as_u64() > Some(20), "{promised}");
            assert_eq!(drawn, promised, "at {width}");
        }
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn every_number_of_the_table_is_that_of_the_file() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(THREE);
    browser.open(&page, 1280, "light");
    unfold(&mut browser, "#differences details");
    let rows = browser.evaluate(
        "[...document.querySelectorAll('#differences tr[data-outcome]')].map((row) => ({
            key: ['scenario', 'outcome', 'group', 'country'].map((name) => row.dataset[name]),
            exact: [...row.querySelectorAll('[data-value]')].map((cell) => cell.dataset.value),
            shown: [...row.querySelectorAll('[data-value]')].map((cell) => cell.textContent),
        }))",
    );
    let mut shown: BTreeMap<Vec<String>, Vec<(String, String)>> = BTreeMap::new();
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
            assert!(
                same(&exact, number),
                "{:?}: {exact} for {number}",
                &record[..5]
            );
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
    // Tables and tooltips write the same titles.
    markup_stays_text(&mut browser, &page, |browser| {
        let draft = browser.evaluate("document.querySelector('.draft').textContent");
        assert!(draft.as_str().unwrap().contains("DRAFT"), "{draft}");
        // Four draws give no verdict.
        let verdicts = browser.evaluate(
            "[...document.querySelectorAll('.card .verdict')].map((one) => one.textContent.trim())",
        );
        let verdicts = texts(&verdicts);
        assert!(
            verdicts.iter().all(|text| text.starts_with("no verdict")),
            "{verdicts:?}"
        );
    });
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

    headings_go_in_steps(&mut browser);
    unfold(&mut browser, "details.table");
    charts_have_tables(&mut browser);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn on_paper_no_chart_is_cut() {
    let Some(mut browser) = browser() else { return };
    let (_place, page) = drawn(THREE);
    browser.open(&page, 1280, "dark");
    prints(&mut browser);
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
        let mut before = Vec::new();
        for _ in 0..100 {
            browser.evaluate("new Promise((done) => setTimeout(done, 100))");
            let found = fs::read_dir(saved.path()).unwrap().flatten().find(|entry| {
                entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == kind)
            });
            // (The browser makes the file before it writes it: what is there twice alike is complete.)
            let now = found.map_or_else(Vec::new, |found| fs::read(found.path()).unwrap());
            if !now.is_empty() && now == before {
                return now;
            }
            before = now;
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
