//! What a terminal, or whatever else text is shown on, can display.

use console::{Style, Term};

/// The width and abilities of a terminal, or defaults for a pipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether colour and bold may be used.
    pub colour: bool,
    /// Whether characters beyond ASCII are displayed correctly.
    pub unicode: bool,
}

/// Width in columns if there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;

impl Screen {
    /// Standard output as it is: with colour only on a terminal, and only unless `NO_COLOR` is set.
    pub fn of_stdout() -> Self {
        Self::of(&Term::stdout(), console::colors_enabled())
    }

    /// Standard error as it is.
    pub fn of_stderr() -> Self {
        Self::of(&Term::stderr(), console::colors_enabled_stderr())
    }

    fn of(terminal: &Term, colours: bool) -> Self {
        let width = match terminal.is_term() {
            true => usize::from(terminal.size().1),
            false => DEFAULT_WIDTH,
        };
        Self {
            width,
            colour: colours && terminal.is_term(),
            unicode: speaks_unicode(|name| std::env::var(name).ok()),
        }
    }

    /// The text in bold.
    pub fn bold(&self, text: &str) -> String {
        self.style(Style::new().bold(), text)
    }

    /// The text dimmed.
    pub fn dim(&self, text: &str) -> String {
        self.style(Style::new().dim(), text)
    }

    /// The text in the colour of data.
    pub fn accent(&self, text: &str) -> String {
        self.style(Style::new().cyan(), text)
    }

    fn style(&self, style: Style, text: &str) -> String {
        style.force_styling(self.colour).apply_to(text).to_string()
    }

    /// A sign in Unicode, or its replacement in ASCII.
    pub fn sign(&self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self.unicode {
            true => unicode,
            false => ascii,
        }
    }
}

/// Whether the locale says UTF-8. A machine that says nothing is assumed to support it, as nearly all do; one that
/// names another character set is believed.
fn speaks_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    locale.is_none_or(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_on_signs() {
        let says =
            |value: &'static str| move |name: &str| (name == "LANG").then(|| value.to_owned());
        assert!(speaks_unicode(says("en_GB.UTF-8")));
        assert!(speaks_unicode(says("C.utf8")));
        assert!(speaks_unicode(says("")));
        assert!(!speaks_unicode(says("C")));
        assert!(!speaks_unicode(says("ru_RU.KOI8-R")));
    }
}
