//! What is asked of every page in a browser, whatever it is about.

use super::browser::Browser;
use super::folder::MARKUP;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Height of a sheet of A4 between its margins, in the pixels of style sheets.
const SHEET: f64 = (297.0 - 2.0 * 14.0) / 25.4 * 96.0;

/// The rows of a table beside a page, by column.
pub fn rows(page: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(page.with_file_name(format!("{table}.csv"))).unwrap();
    let headings = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = headings.iter().zip(record.iter());
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// A list of texts; empty where one is none.
pub fn texts(value: &Value) -> Vec<String> {
    let values = value.as_array().unwrap().iter();
    values
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Whether what is shown is a number to the last bit, or empty as it is.
pub fn same(shown: &str, number: &str) -> bool {
    match (shown.parse::<f64>(), number.parse::<f64>()) {
        (Ok(shown), Ok(number)) => shown.to_bits() == number.to_bits(),
        _ => shown.is_empty() && number.is_empty(),
    }
}

/// Opens what a selector finds, which is filled when the browser gets to telling of it.
pub fn unfold(browser: &mut Browser, selector: &str) {
    browser.evaluate(&format!(
        "document.querySelectorAll('{selector}').forEach((one) => {{ one.open = true; }})"
    ));
    browser.evaluate("new Promise((done) => setTimeout(done, 800))");
}

/// The page is in this theme and not wider than its window; `what` says which page in messages.
pub fn fits(browser: &mut Browser, (width, scheme): (u32, &str), what: &str) {
    assert_eq!(
        browser.evaluate("document.documentElement.dataset.theme"),
        json!(scheme)
    );
    let across = browser.evaluate("document.documentElement.scrollWidth");
    let beyond = beyond(browser);
    assert!(
        across.as_u64() <= Some(width.into()),
        "{what}: {across} across at {width}: {beyond}"
    );
}

/// What reaches beyond the right edge of the window, for messages.
fn beyond(browser: &mut Browser) -> Value {
    browser.evaluate(
        "[...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll')).map((one) => one.tagName + '.' + (one.getAttribute('class') ?? '')).slice(0, 12)",
    )
}

/// Headings begin with the one title and go down by one level at a time.
pub fn headings_go_in_steps(browser: &mut Browser) {
    let levels = browser.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((one) => Number(one.tagName[1]))",
    );
    let levels = levels.as_array().unwrap().iter();
    let levels: Vec<u64> = levels.map(|level| level.as_u64().unwrap()).collect();
    let titles = levels.iter().filter(|level| **level == 1).count();
    assert_eq!((levels[0], titles), (1, 1));
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
}

/// Every chart has a name for who does not see it, and its numbers in a table.
pub fn charts_have_tables(browser: &mut Browser) {
    let bare = browser.evaluate(
        "[...document.querySelectorAll('.figure')].filter((figure) => !figure.querySelector('tbody tr') || !figure.querySelector('[role=img][aria-label]')).map((one) => one.id)",
    );
    assert_eq!(bare, json!([]));
}

/// The files that a page names are so many, and lie beside it.
pub fn names_files(browser: &mut Browser, page: &Path, count: usize) {
    let names = browser.evaluate(
        "[...document.querySelectorAll('#methods a')].map((one) => one.getAttribute('href'))",
    );
    let names = texts(&names);
    assert_eq!(names.len(), count, "{names:?}");
    for name in names {
        assert!(page.with_file_name(&name).is_file(), "{name}");
    }
}

/// On a sheet of paper no chart is cut, and what may not be broken is lower than the sheet.
pub fn prints(browser: &mut Browser) {
    let pdf = browser.call(
        "Page.printToPDF",
        json!({ "preferCSSPageSize": true, "printBackground": true }),
    );
    assert!(pdf["data"].as_str().unwrap().starts_with("JVBER"), "no PDF");
    // As the browser lays it out for a sheet.
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
            ["whole", "seen", "light"]
                .iter()
                .all(|says| figure[*says] == json!(true)),
            "{figure}"
        );
    }
}

/// The title of a page is markup, and stays text wherever it stands; `change` does to the page what would write it again.
pub fn markup_stays_text(browser: &mut Browser, page: &Path, change: impl FnOnce(&mut Browser)) {
    let source = fs::read_to_string(page).unwrap();
    assert!(!source.contains(MARKUP) && !source.contains("<script>window"));
    browser.open(page, 1280, "light");
    let title = browser.evaluate("document.querySelector('h1').textContent");
    assert!(title.as_str().unwrap().contains(MARKUP), "{title}");
    change(browser);
    unfold(browser, "details");
    assert_eq!(
        browser.evaluate("document.querySelectorAll('main b').length"),
        json!(0)
    );
    assert_eq!(browser.evaluate("typeof window.broken"), json!("undefined"));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
