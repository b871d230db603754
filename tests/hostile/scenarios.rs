//! Texts that are no scenario, given as one.

use super::case::{Case, Ends, base, refused};
use std::fs;

/// What a scenario file could hold and should not, and how `check` has to end.
fn texts() -> Vec<(&'static str, Vec<u8>, Ends)> {
    let base = base();
    let deep = |open: &str, times: usize| format!("a = {}", open.repeat(times)).into_bytes();
    let over = |text: &str| format!("extends = [\"base.toml\"]\n{text}").into_bytes();
    let many = |line: &dyn Fn(usize) -> String, times: usize| -> Vec<u8> {
        (0..times).map(line).collect::<String>().into_bytes()
    };
    let here = ["f.toml:"];
    vec![
        ("only blanks", b" \r\n\t\n".to_vec(), Ends::Either),
        ("nothing", Vec::new(), Ends::Either),
        ("only a comment", b"# nothing".to_vec(), Ends::Either),
        (
            "a byte order mark",
            [&b"\xef\xbb\xbf"[..], base.as_bytes()].concat(),
            Ends::Accepted,
        ),
        (
            "a byte order mark alone",
            b"\xef\xbb\xbf".to_vec(),
            Ends::Either,
        ),
        (
            "lines that end as on Windows",
            base.replace('\n', "\r\n").into_bytes(),
            Ends::Accepted,
        ),
        (
            "lines that end as on an old Mac",
            base.replace('\n', "\r").into_bytes(),
            refused(&here),
        ),
        (
            "a byte of zero in a text",
            base.replace("\"EUR\"", "\"E\0R\"").into_bytes(),
            refused(&here),
        ),
        ("bytes of zero alone", vec![0; 4096], refused(&here)),
        (
            "UTF-16",
            base.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            refused(&["f.toml", "zero byte"]),
        ),
        (
            "Latin-1",
            [base.as_bytes(), b"# caf\xe9\n"].concat(),
            refused(&["f.toml", "is not UTF-8"]),
        ),
        (
            "half a character",
            b"title = \"\xf0\x9f\"".to_vec(),
            refused(&["line 1 is not UTF-8"]),
        ),
        (
            "a surrogate",
            b"title = \"\xed\xa0\x80\"".to_vec(),
            refused(&["line 1 is not UTF-8"]),
        ),
        (
            "an escaped surrogate",
            over("title = \"\\ud800\""),
            refused(&here),
        ),
        (
            "an ELF program",
            [b"\x7fELF\x02\x01\x01\0".to_vec(), vec![0xff; 64]].concat(),
            refused(&["f.toml"]),
        ),
        (
            "a page of HTML",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            refused(&here),
        ),
        ("JSON", b"{\"title\": 1}".to_vec(), refused(&here)),
        (
            "YAML",
            b"title: x\nsegments:\n  - a\n".to_vec(),
            refused(&here),
        ),
        (
            "a bomb of YAML",
            b"a: &a [x,x]\nb: &b [*a,*a]\n".to_vec(),
            refused(&here),
        ),
        (
            "100 MB",
            vec![b'#'; 100_000_000],
            refused(&["f.toml", "larger than"]),
        ),
        (
            "a line of 3 MB",
            [b"# ".to_vec(), vec![b'x'; 3_000_000]].concat(),
            Ends::Either,
        ),
        (
            "a title of 3 MB",
            over(&format!("title = \"{}\"", "x".repeat(3_000_000))),
            Ends::Either,
        ),
        (
            "a key of 3 MB",
            format!("{} = 1", "k".repeat(3_000_000)).into_bytes(),
            refused(&["f.toml"]),
        ),
        ("100,000 brackets", deep("[", 100_000), refused(&here)),
        (
            "100,000 brackets and their ends",
            format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000)).into_bytes(),
            refused(&here),
        ),
        ("100,000 braces", deep("{a=", 100_000), refused(&here)),
        (
            "100,000 dots",
            format!("[{}a]", "a.".repeat(100_000)).into_bytes(),
            refused(&here),
        ),
        (
            "100,000 keys in one",
            format!("{}a = 1", "a.".repeat(100_000)).into_bytes(),
            refused(&here),
        ),
        ("100,000 quotes", vec![b'"'; 100_001], refused(&here)),
        (
            "100,000 signs of equality",
            vec![b'='; 100_000],
            refused(&here),
        ),
        (
            "100,000 comment signs",
            b"#\n".repeat(100_000),
            Ends::Either,
        ),
        (
            "100,000 times the same key",
            b"a = 1\n".repeat(100_000),
            refused(&here),
        ),
        (
            "100,000 keys",
            many(&|n| format!("k{n} = 1\n"), 100_000),
            refused(&["f.toml"]),
        ),
        (
            "100,000 countries",
            many(&|n| format!("[country.C{n}]\nname = \"x\"\n"), 100_000),
            refused(&here),
        ),
        (
            "676 countries",
            many(
                &|n| {
                    format!(
                        "[country.{}{}]\nname = \"x\"\n",
                        (b'A' + (n / 26) as u8) as char,
                        (b'A' + (n % 26) as u8) as char
                    )
                },
                676,
            ),
            Ends::Either,
        ),
        (
            "50,000 channels",
            [
                over(""),
                many(&|n| format!("[country.XB.channel.c{n}]\n"), 50_000),
            ]
            .concat(),
            refused(&here),
        ),
        (
            "50,000 events",
            [
                over(""),
                many(&|n| format!("[event.e{n}]\ndate = 2030-02-01\n"), 50_000),
            ]
            .concat(),
            refused(&here),
        ),
        (
            "50,000 segments",
            [
                over(""),
                many(&|n| format!("[segment.s{n}]\norigin = \"XA\"\n"), 50_000),
            ]
            .concat(),
            refused(&here),
        ),
        (
            "a list of 200,000 codes",
            over(&format!(
                "[group.g]\nmembers = [{}]",
                "\"XB\",".repeat(200_000)
            )),
            refused(&here),
        ),
        (
            "a table where a text belongs",
            over("[title]\na = 1"),
            refused(&here),
        ),
        (
            "a list where a table belongs",
            over("country = [1, 2]"),
            refused(&here),
        ),
        (
            "a list of tables where a table belongs",
            over("[[country]]\nname = \"x\""),
            refused(&here),
        ),
        (
            "a mixture of 10,000 parts",
            over(&format!(
                "[segment.opposition]\nage = {{ mixture = [{}] }}",
                "{ share = \"0.01 %\", uniform = [\"18 years\", \"50 years\"] },".repeat(10_000)
            )),
            Ends::Either,
        ),
        (
            "a mixture within a mixture",
            over(&format!(
                "[segment.opposition]\nage = {}{{ uniform = [\"18 years\", \"50 years\"] }}{}",
                "{ mixture = [".repeat(40),
                "] }".repeat(40)
            )),
            refused(&here),
        ),
        (
            "the first year",
            over("[time]\nstart = 0001-01-01"),
            refused(&here),
        ),
        (
            "the year 0",
            over("[time]\nstart = 0000-01-01"),
            refused(&here),
        ),
        (
            "the last year",
            over("[time]\nend = 9999-12-31"),
            refused(&here),
        ),
        (
            "ten thousand years by the day",
            over("[time]\nstart = 0001-01-01\nend = 9999-12-31\nstep = \"1 day\""),
            refused(&here),
        ),
        (
            "the 30th of February",
            over("[time]\nstart = 2030-02-30"),
            refused(&here),
        ),
        (
            "a step of no time",
            over("[time]\nstep = \"0 days\""),
            refused(&here),
        ),
        (
            "a step of minus a day",
            over("[time]\nstep = \"-1 day\""),
            refused(&here),
        ),
        (
            "a step of a million years",
            over("[time]\nstep = \"1000000 years\""),
            refused(&here),
        ),
        (
            "a name in other letters that look the same",
            over("[segment.\"ор\u{440}osition\"]\nsize = 5"),
            refused(&here),
        ),
        (
            "a code in other letters that look the same",
            over("[country.\"Х\u{412}\"]\nname = \"x\""),
            refused(&here),
        ),
        (
            "a code in full width",
            over("[country.\"ＸＢ\"]\nname = \"x\""),
            refused(&here),
        ),
        (
            "a name with a quote",
            over("[segment.'a\"b']\nsize = 5"),
            refused(&here),
        ),
        (
            "a name with a comma",
            over("[segment.\"a,b\"]\nsize = 5"),
            refused(&here),
        ),
        (
            "a name with a line break",
            over("[segment.\"a\\nb\"]\nsize = 5"),
            refused(&here),
        ),
        (
            "an empty name",
            over("[segment.\"\"]\nsize = 5"),
            refused(&here),
        ),
        (
            "a name that is a path",
            over("[segment.\"../../x\"]\nsize = 5"),
            refused(&here),
        ),
        (
            "a segment twice",
            over("[segment.a]\nsize = 1\n[segment.a]\nsize = 2"),
            refused(&here),
        ),
        (
            "units that are none",
            over("[country.XB]\nwage = \"900 🐈/month\""),
            refused(&here),
        ),
        (
            "a unit of 100,000 letters",
            over(&format!(
                "[country.XB]\nwage = \"900 {}\"",
                "E".repeat(100_000)
            )),
            refused(&here),
        ),
        (
            "a number of 100,000 digits",
            over(&format!(
                "[country.XB]\npopulation = \"{} persons\"",
                "9".repeat(100_000)
            )),
            refused(&here),
        ),
        (
            "a number of 100,000 digits without quotes",
            over(&format!(
                "[country.XB]\npopulation = {}",
                "9".repeat(100_000)
            )),
            refused(&here),
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = texts()
        .into_iter()
        .map(|(name, bytes, ends)| {
            Case::file(
                format!("check: {name}"),
                &["check", "f.toml"],
                ends,
                "f.toml",
                bytes,
            )
        })
        .collect();
    // A circle of two files, and a chain that spreads out at each link.
    cases.push(Case::new(
        "extends in a circle of two",
        &["run", "a.toml"],
        refused(&["a.toml", "goes in a circle"]),
        |desk| {
            fs::write(desk.join("a.toml"), "extends = [\"b.toml\"]").unwrap();
            fs::write(desk.join("b.toml"), "extends = [\"a.toml\"]").unwrap();
        },
    ));
    cases.push(Case::new(
        "a chain of 60 files, each extending the next twice",
        &["check", "0.toml"],
        refused(&["deeper than"]),
        |desk| {
            for link in 0..60 {
                let text = format!("extends = [\"{0}.toml\", \"{0}.toml\"]", link + 1);
                fs::write(desk.join(format!("{link}.toml")), text).unwrap();
            }
        },
    ));
    cases
}
