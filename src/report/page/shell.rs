//! The document around the sections: style, script and data in one file.

use super::pack::pack;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use std::io;

const STYLE: &str = include_str!("page.css");

/// Apache ECharts, packed by build.rs.
const ECHARTS: &str = include_str!(concat!(env!("OUT_DIR"), "/echarts.txt"));

/// The outlines of countries; `outlines.mjs` says how they were made.
const OUTLINES: &str = include_str!("outlines.json");

/// The scripts that every page begins with, in the order in which they use each other.
const BEFORE: &[&str] = &[
    include_str!("script/kinds.js"),
    include_str!("script/numbers.js"),
    include_str!("script/colours.js"),
    include_str!("script/table.js"),
];

/// The scripts that every page ends with.
const AFTER: &[&str] = &[
    include_str!("script/save.js"),
    include_str!("script/start.js"),
];

/// A page.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// Its title.
    pub title: &'a str,
    /// What kind of page it is, in a few words.
    pub what: &'a str,
    /// The content of the page.
    pub main: &'a Markup,
    /// What the script draws.
    pub data: &'a Value,
    /// How many charts the script draws.
    pub charts: usize,
    /// The scripts of its charts.
    pub scripts: &'a [&'a str],
    /// Whether it has maps.
    pub maps: bool,
}

/// The whole document.
pub(super) fn document(page: &Document<'_>) -> io::Result<String> {
    let Document {
        title,
        what,
        main,
        charts,
        ..
    } = page;
    let parts = [BEFORE, page.scripts, AFTER].map(<[&str]>::concat);
    let script = format!("(() => {{\n\"use strict\";\n{}}})();", parts.concat());
    let data = pack(page.data.to_string().as_bytes())?;
    let outlines = match page.maps {
        true => Some(pack(OUTLINES.as_bytes())?),
        false => None,
    };
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "exeunt " (env!("CARGO_PKG_VERSION")) };
                // An icon of its own keeps browsers from requesting one.
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body data-charts=(charts) {
                a class="skip" href="#main" { "Skip to the content" }
                header class="bar" {
                    p { strong { "Exeunt" } span class="quiet" { " · " (what) } }
                    button type="button" id="theme" aria-pressed="false" { "Dark" }
                }
                main id="main" tabindex="-1" {
                    noscript {
                        p class="warning" { "Charts and long tables need JavaScript. All numbers are in the CSV files beside this page." }
                    }
                    p class="warning" id="failed" role="alert" hidden {}
                    (main)
                }
                // Base 64 has no character that could end a script.
                script type="text/plain" id="echarts" { (PreEscaped(ECHARTS)) }
                @if let Some(outlines) = outlines {
                    script type="text/plain" id="outlines" { (PreEscaped(outlines)) }
                }
                script type="text/plain" id="data" { (PreEscaped(data)) }
                script { (PreEscaped(script)) }
            }
        }
    };
    Ok(document.into_string())
}
