//! Quotes the words of commands in messages, so that the commands work as they are shown.

use std::ffi::OsStr;

/// A path or another word of a command for a shell, quoted if it needs to be.
pub fn shell_word(word: impl AsRef<OsStr>) -> String {
    let text = word.as_ref().to_string_lossy();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+:@%,=".contains(letter);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.into_owned(),
        false => quoted(&word),
    }
}

/// A path or another word of a command for a shell, always quoted.
pub fn quoted(word: impl AsRef<OsStr>) -> String {
    format!(
        "'{}'",
        word.as_ref().to_string_lossy().replace('\'', "'\\''")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn words_are_quoted_where_a_shell_would_part_or_change_them() {
        assert_eq!(shell_word(Path::new("results/case-1")), "results/case-1");
        assert_eq!(shell_word("my case"), "'my case'");
        assert_eq!(shell_word("it's"), "'it'\\''s'");
        assert_eq!(shell_word("a.\"b.c\"=1"), "'a.\"b.c\"=1'");
        assert_eq!(shell_word(""), "''");
        assert_eq!(quoted("plain"), "'plain'");
    }
}
