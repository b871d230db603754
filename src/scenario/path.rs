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

/// Whether a character may stand in the name of a scenario: a letter or digit of any alphabet, and what is written with
/// them. All else parts names somewhere (a shell, a path, a table), or cannot be seen.
fn is_of_label(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || "-_.".contains(character);
    }
    !is_unseen(character) && (character.is_alphanumeric() || is_of_script(character))
}

/// Whether a character that is no letter stands where those of scripts do. There are accents apart from their letters, signs
/// of vowels and of tones, and what joins consonants: without them many words are others, or none. Which characters
/// these are would take a table of hundreds of ranges, so it is the blocks of signs of no script that are left out,
/// among them the wide forms of ASCII, with which formulas of spreadsheets begin too.
fn is_of_script(character: char) -> bool {
    match character {
        // Punctuation, currencies; arrows, mathematics, boxes, pictures; punctuation again. (Marks stand between.)
        '\u{2000}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}' | '\u{2E00}'..='\u{2E7F}' => false,
        // Punctuation of Chinese and Japanese, signs in circles, hexagrams.
        '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{303F}' => false,
        '\u{3200}'..='\u{33FF}' | '\u{4DC0}'..='\u{4DFF}' => false,
        // Characters of nobody but who agrees on them, and of vertical, small and wide writing.
        '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' => false,
        '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FFFF}' => false,
        // Notes of music; pictures.
        '\u{1D000}'..='\u{1D24F}' => false,
        other => ('\u{0300}'..'\u{1F000}').contains(&other) && !other.is_whitespace(),
    }
}

/// Whether nothing is seen of a character: names that differ in it alone would look the same, or read in another order.
fn is_unseen(character: char) -> bool {
    super::text::hidden(character)
        || matches!(
            character,
            // A joiner of graphemes, the Arabic mark of direction, fillers of Hangul, vowels of Khmer that are not written,
            // what chooses a form in Mongolian and elsewhere.
            '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Words keep what makes them these words: no two files get one name because of their alphabet.
    #[test]
    fn names_of_any_alphabet_are_kept() {
        for word in [
            "россия-2022",
            "हिन्दी",
            "தமிழ்",
            "ไม่",
            "ไม้",
            "မြန်မာ",
            // Kana with its mark apart, as some systems write names.
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
