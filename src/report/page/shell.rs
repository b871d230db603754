//! The document around the sections: style, script and data, all in one file.

use super::pack::pack;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use std::io;

const STYLE: &str = include_str!("page.css");

/// Apache ECharts, packed by build.rs.
const ECHARTS: &str = include_str!(concat!(env!("OUT_DIR"), "/echarts.txt"));

/// Outlines of countries; outlines.mjs says how they were made.
const OUTLINES: &str = include_str!("outlines.json");

/// The script of the page, in the order in which its parts use each other.
const SCRIPT: &[&str] = &[
    include_str!("script/numbers.js"),
    include_str!("script/colours.js"),
    include_str!("script/course.js"),
    include_str!("script/bars.js"),
    include_str!("script/sensitivity.js"),
    include_str!("script/sankey.js"),
    include_str!("script/map.js"),
    include_str!("script/table.js"),
    include_str!("script/differences.js"),
    include_str!("script/save.js"),
    include_str!("script/start.js"),
];

/// The whole document. `charts` is how many the script draws.
pub(super) fn document(
    title: &str,
    main: &Markup,
    data: &Value,
    charts: usize,
) -> io::Result<String> {
    let script = format!("(() => {{\n\"use strict\";\n{}}})();", SCRIPT.concat());
    let data = pack(data.to_string().as_bytes())?;
    let outlines = pack(OUTLINES.as_bytes())?;
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "exeunt " (env!("CARGO_PKG_VERSION")) };
                // An icon of its own keeps browsers from asking for one.
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body data-charts=(charts) {
                a class="skip" href="#main" { "Skip to the content" }
                header class="bar" {
                    p { strong { "Exeunt" } span class="quiet" { " · a comparison of scenarios" } }
                    button type="button" id="theme" aria-pressed="false" { "Dark" }
                }
                main id="main" tabindex="-1" {
                    noscript {
                        p class="warning" { "Charts and long tables need JavaScript. All numbers are in the CSV files beside this page." }
                    }
                    p class="warning" id="failed" role="alert" hidden {}
                    (main)
                }
                // Base 64 has no letter that could end a script.
                script type="text/plain" id="echarts" { (PreEscaped(ECHARTS)) }
                script type="text/plain" id="outlines" { (PreEscaped(outlines)) }
                script type="text/plain" id="data" { (PreEscaped(data)) }
                script { (PreEscaped(script)) }
            }
        }
    };
    Ok(document.into_string())
}
