//! Paths such as `country.GE.channel.visa-free.open`, and the nearest valid name to a wrong one.

/// Splits a path at its dots; a part in quotes may contain dots.
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

/// Joins parts into a path, with quotes around the parts that need them.
pub(crate) fn join<T: AsRef<str>>(parts: &[T]) -> String {
    parts
        .iter()
        .map(|part| quoted(part.as_ref()))
        .collect::<Vec<_>>()
        .join(".")
}

/// Returns a part of a path, in quotes if it is not a plain word.
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

/// Returns the name most similar to the wanted one, if it is similar enough to have been meant.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    // A longer text is not a misspelt name, and comparing it would take long.
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

/// Returns "one of a, b, c", naming at most the first two dozen; a single name stands alone.
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

/// Turns a name into an allowed form; `None` if that takes more than changing case and separators.
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

/// The longest name of a scenario, in letters and in bytes: a file system must accept it as the
/// name of a folder, with what is added before and after it.
const LONGEST_LABEL: (usize, usize) = (64, 192);

/// Whether a text can be the name of a scenario, which appears in tables and folder names.
pub(crate) fn is_label(name: &str) -> bool {
    let (letters, bytes) = LONGEST_LABEL;
    let is_long = name.chars().count() > letters || name.len() > bytes;
    // A leading hyphen would begin a spreadsheet formula or a command-line option.
    !name.is_empty() && !is_long && !name.starts_with(['.', '-']) && name.chars().all(is_of_label)
}

/// Whether a character may be part of a scenario's name: a letter or digit of any alphabet, or a
/// mark written with them.
///
/// All other characters separate names somewhere (in a shell, a path, a table) or are invisible.
fn is_of_label(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || "-_.".contains(character);
    }
    !is_unseen(character) && (character.is_alphanumeric() || is_of_script(character))
}

/// Whether a character that is neither letter nor digit lies in a block of scripts.
///
/// Combining accents, vowel signs, tone marks and consonant joiners are needed: without them many
/// words become other words, or none. An exact list would take hundreds of ranges, so blocks of
/// symbols that belong to no script are excluded instead, among them the fullwidth forms of ASCII,
/// which can also begin spreadsheet formulas.
fn is_of_script(character: char) -> bool {
    match character {
        // Punctuation and currencies; arrows, mathematics, box drawing and pictographs; more
        // punctuation. (Combining marks lie between them.)
        '\u{2000}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}' | '\u{2E00}'..='\u{2E7F}' => false,
        // Chinese and Japanese punctuation, enclosed characters, hexagrams.
        '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{303F}' => false,
        '\u{3200}'..='\u{33FF}' | '\u{4DC0}'..='\u{4DFF}' => false,
        // Private-use characters and noncharacters; vertical, small and fullwidth forms.
        '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' => false,
        '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FFFF}' => false,
        // Musical notation; pictographs.
        '\u{1D000}'..='\u{1D24F}' => false,
        other => ('\u{0300}'..'\u{1F000}').contains(&other) && !other.is_whitespace(),
    }
}

/// Whether a character is invisible: names that differ in it alone would look the same, or read in
/// another order.
fn is_unseen(character: char) -> bool {
    super::text::hidden(character)
        || matches!(
            character,
            // The combining grapheme joiner, the Arabic letter mark, Hangul fillers, Khmer inherent
            // vowels, Mongolian and other variation selectors.
            '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
        )
}

/// Turns the stem of a file into an allowed name.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks that distinguish words are kept: no two files get the same name because of their
    /// alphabet.
    #[test]
    fn names_of_any_alphabet_are_kept() {
        for word in [
            "россия-2022",
            "हिन्दी",
            "தமிழ்",
            "ไม่",
            "ไม้",
            "မြန်မာ",
            // Decomposed kana: the mark follows the letter, as some file systems store names.
            "カ\u{3099}ス",
            "שָׁלוֹם",
            "عَرَبِيّ",
            "cafe\u{301}",
            "한국",
            "ⲁ\u{2CEF}",
        ] {
            assert!(is_label(word), "{word}");
            assert_eq!(to_label(word), word);
        }
    }

    #[test]
    fn what_parts_names_or_cannot_be_seen_is_no_part_of_one() {
        for character in
            "/\\:*?\"<>|'`$&;(){}[]!#%^~=+@, \t\n\u{7F}\u{A0}«»“”…—€→、／＝＋－＠：🙂".chars()
        {
            assert_eq!(to_label(&format!("a{character}b")), "a-b", "{character:?}");
            assert!(!is_label(&format!("a{character}b")), "{character:?}");
        }
        for character in [
            '\u{AD}',
            '\u{34F}',
            '\u{61C}',
            '\u{1160}',
            '\u{180E}',
            '\u{200B}',
            '\u{200D}',
            '\u{200E}',
            '\u{202E}',
            '\u{2028}',
            '\u{2060}',
            '\u{2066}',
            '\u{3000}',
            '\u{3164}',
            '\u{E000}',
            '\u{FE0F}',
            '\u{FEFF}',
            '\u{FFFD}',
            '\u{E0041}',
            '\u{E0101}',
            '\u{10FFFD}',
        ] {
            assert_eq!(to_label(&format!("a{character}b")), "a-b", "{character:?}");
        }
        for name in ["", ".a", "-a", &"a".repeat(65), &"\u{10000}".repeat(49)] {
            assert!(!is_label(name), "{name}");
        }
    }
}
