//! A passage of a text that the program writes: the part between two given lines.

use super::StoreError;
use crate::scenario::read_text;
use std::fs;
use std::path::Path;

/// The part of a text between two lines; `None` unless both are there in this order.
pub fn passage<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (from, until) = bounds(text, begin, end).ok()?;
    Some(&text[from..until])
}

/// Replaces the part of a file between two lines; everything else stays as it is.
///
/// # Errors
/// If the file cannot be read or written, or lacks one of the lines.
pub fn replace_passage(path: &Path, begin: &str, end: &str, new: &str) -> Result<(), StoreError> {
    let (text, from, until) = read_passage(path, begin, end)?;
    let replaced = format!("{}{new}{}", &text[..from], &text[until..]);
    // (A link stays a link: the file that it points to is written.)
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // The text is written beside the file first, so that the file is never half written.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".unfinished");
    let write = || {
        fs::write(&beside, replaced)?;
        // (The permissions stay as they were.)
        if let Ok(before) = fs::metadata(path) {
            fs::set_permissions(&beside, before.permissions())?;
        }
        fs::rename(&beside, path)
    };
    write().map_err(|source| {
        // (A half-written file is of no use to anybody.)
        let _ = fs::remove_file(&beside);
        StoreError::Passage {
            path: path.to_owned(),
            source,
        }
    })
}

/// Refuses a file without a place for the passage, so that this is known before the work that it reports is done.
///
/// # Errors
/// If the file cannot be read, or lacks one of the lines.
pub fn require_passage(path: &Path, begin: &str, end: &str) -> Result<(), StoreError> {
    read_passage(path, begin, end).map(|_| ())
}

/// The text of a file, the first byte after the line `begin`, and the first byte of the line `end`.
fn read_passage(path: &Path, begin: &str, end: &str) -> Result<(String, usize, usize), StoreError> {
    let text = read_text(path).map_err(|reason| StoreError::Unreadable {
        path: path.to_owned(),
        reason,
        cure: "give a text file with the two lines between which the text goes",
    })?;
    let (from, until) = bounds(&text, begin, end).map_err(|reason| StoreError::NoPassage {
        path: path.to_owned(),
        reason,
    })?;
    Ok((text, from, until))
}

/// The first byte after the line `begin` and the first byte of the line `end`; an error says what is wrong if they are
/// not there in this order.
fn bounds(text: &str, begin: &str, end: &str) -> Result<(usize, usize), String> {
    let line = |from: usize, wanted: &str| {
        let mut at = from;
        for line in text[from..].split_inclusive('\n') {
            if line.trim_end() == wanted {
                return Some((at, at + line.len()));
            }
            at += line.len();
        }
        None
    };
    let missing = |wanted: &str| format!("has no line `{wanted}`");
    let (_, from) = line(0, begin).ok_or_else(|| missing(begin))?;
    let (until, _) = line(from, end).ok_or_else(|| match line(0, end) {
        Some(_) => format!("has the line `{end}` above the line `{begin}` and not below it"),
        None => missing(end),
    })?;
    Ok((from, until))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "before\n<!-- a -->\nold\n<!-- b -->\nafter\n";

    #[test]
    fn what_stands_between_is_replaced_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("README.md");
        fs::write(&path, TEXT).unwrap();
        assert_eq!(passage(TEXT, "<!-- a -->", "<!-- b -->"), Some("old\n"));
        replace_passage(&path, "<!-- a -->", "<!-- b -->", "new\n").unwrap();
        let now = fs::read_to_string(&path).unwrap();
        assert_eq!(now, TEXT.replace("old", "new"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn who_may_read_the_file_stays_as_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("README.md");
        fs::write(&path, TEXT).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace_passage(&path, "<!-- a -->", "<!-- b -->", "new\n").unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }

    #[test]
    fn without_its_lines_a_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("README.md");
        fs::write(&path, TEXT).unwrap();
        for (begin, end, missing) in [
            ("<!-- x -->", "<!-- b -->", "no line `<!-- x -->`"),
            ("<!-- a -->", "<!-- x -->", "no line `<!-- x -->`"),
            (
                "<!-- b -->",
                "<!-- a -->",
                "has the line `<!-- a -->` above the line `<!-- b -->`",
            ),
        ] {
            let error = replace_passage(&path, begin, end, "new\n")
                .unwrap_err()
                .to_string();
            assert!(error.contains(missing), "{error}");
            assert_eq!(passage(TEXT, begin, end), None);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    }
}
