//! What all pages are made of between their title and their end: facts, notes, a list of sections, and the sections.

use crate::report::grouped;
use maud::{Markup, html};

/// A section: the name it is found by, its title, and what stands in it; nothing if the folder has nothing
/// for it.
pub(super) type Section = (&'static str, &'static str, Option<Markup>);

/// A page from its opening, which is given id and title of each section that there is, to its end.
pub(super) fn sections(
    sections: Vec<Section>,
    opening: impl FnOnce(&[(&str, &str)]) -> Markup,
) -> Markup {
    let there: Vec<(&str, &str, Markup)> = sections
        .into_iter()
        .filter_map(|(id, title, content)| Some((id, title, content?)))
        .collect();
    let names: Vec<(&str, &str)> = there.iter().map(|(id, title, _)| (*id, *title)).collect();
    html! {
        (opening(&names))
        @for (id, title, content) in &there {
            section id=(id) aria-labelledby={ (id) "-title" } {
                h2 id={ (id) "-title" } { (title) }
                (content)
            }
        }
    }
}

/// The sections that follow an opening, by id and title.
pub(super) fn contents(sections: &[(&str, &str)]) -> Markup {
    html! {
        nav aria-label="Sections" {
            ol { @for (id, title) in sections { li { a href={ "#" (id) } { (title) } } } }
        }
    }
}

/// What was run, in short: names and values.
pub(super) fn facts(facts: &[(&str, String)]) -> Markup {
    html! {
        dl class="facts" {
            @for (name, value) in facts { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// How many persons an agent stands for, among the facts.
pub(super) fn agent(scale: u64) -> (&'static str, String) {
    let persons = match scale {
        1 => "one person".to_owned(),
        many => format!("{} persons", grouped(many as f64)),
    };
    ("An agent stands for", persons)
}

/// What a reader has to know before anything else.
pub(super) fn note(text: &str) -> Markup {
    html! { p class="warning" role="note" { strong { "Note. " } (text) } }
}
