//! Text for a terminal: nothing from a file reaches the terminal as a command.

use crate::scenario::hidden;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with every character that a terminal would obey written as `\u001b`, which means the same in JSON. With
/// `styled`, the colours and weights that this program writes are kept.
pub fn plain(text: &str, styled: bool) -> Cow<'_, str> {
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let style = if styled { style_length(rest) } else { 0 };
        let length = style.max(character.len_utf8());
        if style > 0 || !hidden(character) {
            shown.push_str(&rest[..length]);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(shown, "\\u{:04x}", u32::from(character));
        }
        rest = &rest[length..];
    }
    Cow::Owned(shown)
}

/// The length in bytes of the colour or weight that a text begins with: ESC, `[`, numbers, `m`; 0 if there is none.
fn style_length(text: &str) -> usize {
    let Some(numbers) = text.strip_prefix("\u{1b}[") else {
        return 0;
    };
    let end = numbers.find(|letter: char| !(letter.is_ascii_digit() || letter == ';'));
    match end {
        Some(end) if numbers[end..].starts_with('m') => 2 + end + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing_but_colours() {
        let title = "\u{1b}]0;x\u{7}a\rb\u{9b}31m\u{202e}c\té\n";
        let shown = "\\u001b]0;x\\u0007a\\u000db\\u009b31m\\u202ec\té\n";
        assert_eq!(plain(title, false), shown);
        assert_eq!(plain(title, true), shown);
        let bold = "\u{1b}[1;32mbold\u{1b}[0m";
        assert_eq!(plain(bold, true), bold);
        assert_eq!(plain(bold, false), "\\u001b[1;32mbold\\u001b[0m");
        for torn in ["\u{1b}", "\u{1b}[", "\u{1b}[1", "\u{1b}[1;é", "\u{1b}[2J"] {
            assert!(!plain(torn, true).contains('\u{1b}'), "{torn:?}");
        }
        assert!(matches!(plain("as it is", false), Cow::Borrowed(_)));
    }
}
