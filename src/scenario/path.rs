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

/// Whether a text can be the name of a scenario, which stands in tables and names of folders.
pub(crate) fn is_label(name: &str) -> bool {
    const LONGEST: usize = 64;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=LONGEST).contains(&name.len()) && name.bytes().all(fits) && !name.starts_with('.')
}

/// A name that is allowed, made from the stem of a file.
pub(crate) fn to_label(stem: &str) -> String {
    let label: String = stem
        .chars()
        .take(64)
        .map(|letter| match letter {
            letter if letter.is_ascii_alphanumeric() || "-_.".contains(letter) => letter,
            _ => '-',
        })
        .collect();
    let label = label.trim_start_matches('.');
    if label.is_empty() {
        "scenario".to_owned()
    } else {
        label.to_owned()
    }
}
