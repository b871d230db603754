//! Reads words, numbers and signs from a measure's text.

use super::Fault;
use super::syntax::At;
use std::ops::Range;

/// A position in a text that moves forward.
#[derive(Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Skips blanks and returns where the next token begins.
    pub fn position(&mut self) -> usize {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.at
    }

    /// The span from a position to the current one.
    pub fn since(&self, begin: usize) -> Range<usize> {
        begin..self.at
    }

    /// Whether nothing is left.
    pub fn is_at_end(&mut self) -> bool {
        self.position() == self.text.len()
    }

    /// Takes a sign if it comes next.
    pub fn takes(&mut self, sign: &str) -> bool {
        let begin = self.position();
        let found = self.text[begin..].starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    /// Takes a word if it comes next as a whole.
    pub fn takes_word(&mut self, word: &str) -> bool {
        let found = self.run(is_word);
        let is_it = self.text[found.clone()] == *word;
        if is_it {
            self.at = found.end;
        }
        is_it
    }

    /// Takes a word of letters, digits and underscores that begins with a letter.
    pub fn word(&mut self) -> Option<At<String>> {
        let span = self.run(is_word);
        let word = &self.text[span.clone()];
        if !word.starts_with(|letter: char| letter.is_alphabetic()) {
            return None;
        }
        self.at = span.end;
        Some(At {
            it: word.to_owned(),
            span,
        })
    }

    /// Takes a name: letters, digits, underscores and hyphens, or anything in quotes.
    pub fn name(&mut self) -> Option<At<String>> {
        let begin = self.position();
        let rest = &self.text[begin..];
        for quote in ['"', '\''] {
            if let Some(inner) = rest.strip_prefix(quote) {
                let length = inner.find(quote)?;
                self.at = begin + length + 2;
                return Some(At {
                    it: inner[..length].to_owned(),
                    span: self.since(begin),
                });
            }
        }
        let span = self.run(|letter| is_word(letter) || letter == '-');
        self.at = span.end;
        (!span.is_empty()).then(|| At {
            it: self.text[span.clone()].to_owned(),
            span,
        })
    }

    /// Takes a number without a sign; `None` if none comes next, a fault if it is not finite.
    pub fn number(&mut self) -> Option<Result<f64, Fault>> {
        let span = self.run(|letter| letter.is_ascii_digit() || letter == '.' || letter == '_');
        let digits = self.text[span.clone()].replace('_', "");
        if !digits.starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        self.at = span.end;
        Some(match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(fault(
                span.clone(),
                format!("`{}` is not a number", &self.text[span]),
                "a number such as 1000 or 0.5",
                "write one point at most, and all digits of a large number",
            )),
        })
    }

    /// Takes the characters that a period is written with.
    pub fn period_text(&mut self) -> At<String> {
        let span = self.run(|letter| letter.is_ascii_digit() || letter == '-' || letter == '.');
        self.at = span.end;
        At {
            it: self.text[span.clone()].to_owned(),
            span,
        }
    }

    /// What comes next, for a message: a word, a sign, or the end.
    pub fn found(&mut self) -> At<String> {
        let begin = self.position();
        let word = self.run(is_word);
        let span = match self.text[begin..].chars().next() {
            Some(sign) if word.is_empty() => begin..begin + sign.len_utf8(),
            _ => word,
        };
        let it = match &self.text[span.clone()] {
            "" => "the end".to_owned(),
            found => format!("`{found}`"),
        };
        At { it, span }
    }

    /// The span of the characters that fit, from the next token on.
    fn run(&mut self, fits: impl Fn(char) -> bool) -> Range<usize> {
        let begin = self.position();
        let rest = &self.text[begin..];
        let length = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
        begin..begin + length
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A fault without a nearest name.
pub fn fault(
    span: Range<usize>,
    title: impl Into<String>,
    expected: impl Into<String>,
    cure: impl Into<String>,
) -> Fault {
    Fault {
        span,
        title: title.into(),
        expected: expected.into(),
        nearest: None,
        cure: cure.into(),
    }
}
