//! How the page was made, how to make it again, and under which licences it is.

use crate::store::Manifest;
use maud::{Markup, html};

/// The notice that Apache ECharts asks to have passed on.
const NOTICE: &str = "Apache ECharts\nCopyright 2017-2024 The Apache Software Foundation\n\n\
    This product includes software developed at\nThe Apache Software Foundation (https://www.apache.org/).";

/// The parts of Apache ECharts that come from elsewhere, as its licence lists them.
const PARTS: &str = "Parts of it come from ZRender (BSD-3-Clause, copyright 2017 Baidu Inc.), d3 (BSD-3-Clause, copyright 2010-2017 Mike \
    Bostock) and tslib (0BSD, copyright Microsoft Corporation).";

/// The licence of Apache ECharts.
const LICENCE: &str = include_str!("../../../LICENSE-APACHE");

/// The section on how a page was made: from which files, and under which licences. `again` says how to make it again.
pub(super) fn making(manifest: &Manifest, again: &Markup, maps: bool) -> Markup {
    let facts = [
        ("Exeunt", manifest.exeunt.clone()),
        (
            "Stream of random draws",
            format!("version {}", manifest.stream_version),
        ),
        ("Seed", manifest.seed.to_string()),
        ("SHA-256 of what was run", manifest.scenario_sha256.clone()),
    ];
    html! {
            dl class="facts" {
                @for (name, value) in &facts { div { dt { (name) } dd { code { (value) } } } }
            }
            (again)
            details class="fold" {
                summary { "Digests of the files (" (manifest.files.len()) ")" }
                div class="scroll" tabindex="0" role="region" aria-label="Digests of the files" {
                    table class="changes" {
                        thead { tr { th scope="col" { "File" } th scope="col" { "Rows" } th scope="col" { "SHA-256" } } }
                        tbody {
                            @for (name, record) in &manifest.files {
                                tr {
                                    th scope="row" { (name) }
                                    td { (record.rows.map_or_else(|| "–".to_owned(), |rows| rows.to_string())) }
                                    td { code { (record.sha256) } }
                                }
                            }
                        }
                    }
                }
            }
            h3 { "Licences" }
            p { "Charts are drawn with Apache ECharts 5.5.1, under the Apache License, Version 2.0. " (PARTS) }
            pre class="notice" { (NOTICE) }
            details class="fold" { summary { "Apache License, Version 2.0" } pre class="notice" { (LICENCE) } }
            @if maps { p { "Outlines of countries: Natural Earth, public domain, at 1:110 million." } }
    }
}
