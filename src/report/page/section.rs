//! What all pages consist of between title and end: facts, notes, a list of sections, and the sections.

use crate::report::grouped;
use maud::{Markup, html};

/// A section: its id, its title, and its content; `None` if the folder has nothing for it.
pub(super) type Section = (&'static str, &'static str, Option<Markup>);

/// A page from its opening to its end; the opening is given id and title of each section that exists.
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

/// The list of the sections that follow an opening, by id and title.
pub(super) fn contents(sections: &[(&str, &str)]) -> Markup {
    html! {
        nav aria-label="Sections" {
            ol { @for (id, title) in sections { li { a href={ "#" (id) } { (title) } } } }
        }
    }
}

/// A short list of what was run, as names and values.
pub(super) fn facts(facts: &[(&str, String)]) -> Markup {
    html! {
        dl class="facts" {
            @for (name, value) in facts { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// The fact of how many persons an agent stands for.
pub(super) fn agent(scale: u64) -> (&'static str, String) {
    let persons = match scale {
        1 => "one person".to_owned(),
        many => format!("{} persons", grouped(many as f64)),
    };
    ("An agent stands for", persons)
}

/// A note that a reader has to see before anything else.
pub(super) fn note(text: &str) -> Markup {
    html! { p class="warning" role="note" { strong { "Note. " } (text) } }
}
