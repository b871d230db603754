//! Paths such as `country.GE.channel.visa-free.open`, and the nearest valid name to a wrong one.

/// Splits a path at its points; a part in quotes may contain points.
pub(crate) fn split(path: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for letter in path.chars() {
        match letter {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(std::mem::take(&mut part)),
            _ => part.push(letter),
        }
    }
    parts.push(part);
    parts
}

/// Joins parts to a path, with quotes around parts that need them.
pub(crate) fn join<T: AsRef<str>>(parts: &[T]) -> String {
    parts
        .iter()
        .map(|part| quoted(part.as_ref()))
        .collect::<Vec<_>>()
        .join(".")
}

/// A part of a path, in quotes if it is not a plain word.
pub(crate) fn quoted(part: &str) -> String {
    let plain = !part.is_empty()
        && part
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    if plain {
        part.to_owned()
    } else {
        super::text::quoted(part)
    }
}

/// The most similar of some names, if it is similar enough to be meant.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    // Beyond this length nothing was misspelt, and comparing would take long.
    const LONGEST: usize = 200;
    if wanted.len() > LONGEST {
        return None;
    }
    let plain = wanted.to_lowercase().replace('_', "-");
    names
        .filter(|name| name.len() <= LONGEST)
        .map(|name| {
            let other = name.to_lowercase().replace('_', "-");
            (strsim::damerau_levenshtein(&plain, &other), name)
        })
        .filter(|(distance, name)| *distance <= (wanted.len().max(name.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name.to_owned())
}

/// "one of a, b, c", with the first two dozen named; a single one alone.
pub(crate) fn one_of<T: AsRef<str>>(names: &[T], in_quotes: bool) -> String {
    const MOST_NAMED: usize = 24;
    let shown: Vec<String> = names
        .iter()
        .take(MOST_NAMED)
        .map(|name| {
            if in_quotes {
                super::text::quoted(name.as_ref())
            } else {
                name.as_ref().to_owned()
            }
        })
        .collect();
    match names.len() {
        1 => shown.join(""),
        count if count > MOST_NAMED => {
            format!("one of {}, ... ({count} in all)", shown.join(", "))
        }
        _ => format!("one of {}", shown.join(", ")),
    }
}

/// Whether a name is made of lower-case letters, digits and hyphens.
pub(crate) fn is_kebab(name: &str) -> bool {
    const LONGEST: usize = 64;
    let mut bytes = name.bytes();
    name.len() <= LONGEST
        && bytes
            .next()
            .is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The form of a name that is allowed, made from one that is not.
pub(crate) fn to_kebab(name: &str) -> Option<String> {
    let kebab: String = name
        .trim()
        .chars()
        .map(|letter| match letter {
            ' ' | '_' | '.' | '/' => '-',
            other => other.to_ascii_lowercase(),
        })
        .collect();
    is_kebab(&kebab).then_some(kebab)
}

/// Whether a name has the form of an ISO 3166 alpha-2 code.
pub(crate) fn is_country_code(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The longest name of a scenario, in letters and in bytes: with what is put before and behind it, a system has to
/// take it as the name of a folder.
const LONGEST_LABEL: (usize, usize) = (64, 192);

/// Whether a text can be the name of a scenario, which stands in tables and names of folders.
pub(crate) fn is_label(name: &str) -> bool {
    let (letters, bytes) = LONGEST_LABEL;
    let is_long = name.chars().count() > letters || name.len() > bytes;
    // (With a hyphen formulas of spreadsheets begin, and options of commands.)
    !name.is_empty() && !is_long && !name.starts_with(['.', '-']) && name.chars().all(is_of_label)
}

/// Whether a character may stand in the name of a scenario: a letter or digit of any alphabet, and accents that are
/// written apart from their letters. All else parts names somewhere: a shell, a path, a table.
fn is_of_label(character: char) -> bool {
    let is_accent = matches!(character, '\u{0300}'..='\u{036F}');
    character.is_alphanumeric() || is_accent || "-_.".contains(character)
}

/// A name that is allowed, made from the stem of a file.
pub(crate) fn to_label(stem: &str) -> String {
    let (letters, bytes) = LONGEST_LABEL;
    let mut label = String::new();
    for character in stem.chars().take(letters) {
        let character = if is_of_label(character) {
            character
        } else {
            '-'
        };
        if label.len() + character.len_utf8() > bytes {
            break;
        }
        label.push(character);
    }
    let label = label.trim_start_matches('.');
    if label.is_empty() {
        "scenario".to_owned()
    } else {
        label.to_owned()
    }
}
