//! Files of observations.

use super::case::{Case, Ends, OBSERVED, refused};

pub fn cases() -> Vec<Case> {
    let here = || refused(&["f.csv:"]);
    let with = |old: &str, new: &str| {
        assert!(OBSERVED.contains(old), "{old}");
        OBSERVED.replace(old, new).into_bytes()
    };
    let heading = OBSERVED.lines().next().unwrap_or("");
    let measure = "sum(homes.left),,";
    let row = OBSERVED.lines().nth(1).unwrap_or("");
    let texts: Vec<(&str, Vec<u8>, Ends)> = vec![
        ("nothing", Vec::new(), refused(&["f.csv"])),
        ("only blanks", b"  \n \n".to_vec(), here()),
        ("only a heading", heading.as_bytes().to_vec(), here()),
        ("bytes of zero", vec![0; 1000], here()),
        (
            "not UTF-8",
            b"id,\xff\xfe\n".to_vec(),
            refused(&["f.csv", "UTF-8"]),
        ),
        (
            "100 MB",
            vec![b'a'; 100_000_000],
            refused(&["f.csv", "larger than"]),
        ),
        (
            "a byte order mark",
            [&b"\xef\xbb\xbf"[..], OBSERVED.as_bytes()].concat(),
            Ends::Accepted,
        ),
        (
            "a first letter that begins as a byte order mark does",
            ["\u{fef8}", OBSERVED].concat().into_bytes(),
            here(),
        ),
        (
            "a row twice that begins as a byte order mark does",
            [OBSERVED, &OBSERVED[OBSERVED.find("left,").unwrap()..]]
                .concat()
                .replace("\nleft,", "\n\u{fffd},")
                .into_bytes(),
            here(),
        ),
        (
            "lines that end as on Windows",
            OBSERVED.replace('\n', "\r\n").into_bytes(),
            Ends::Accepted,
        ),
        (
            "semicolons",
            OBSERVED.replace(',', ";").into_bytes(),
            here(),
        ),
        (
            "a quote that is not closed",
            with("left in all", "\"left in all"),
            here(),
        ),
        (
            "quotes within quotes",
            with("left in all", "\"left \"\"in\"\" all\""),
            Ends::Accepted,
        ),
        (
            "a comma in quotes",
            with("left in all", "\"left, in all\""),
            Ends::Accepted,
        ),
        (
            "a line break in quotes",
            with("left in all", "\"left\nin all\""),
            Ends::Either,
        ),
        (
            "an id twice",
            format!("{heading}\n{row}\n{row}\n").into_bytes(),
            here(),
        ),
        ("an empty id", with("\nleft,", "\n,"), here()),
        (
            "a column twice",
            with("id,quantity", "id,id,quantity"),
            here(),
        ),
        ("a column too few", with(",source\n", "\n"), here()),
        (
            "a cell too many",
            with("invented\nback", "invented,more\nback"),
            here(),
        ),
        (
            "100,000 commas",
            [OBSERVED.as_bytes(), ",".repeat(100_000).as_bytes()].concat(),
            here(),
        ),
        (
            "20,000 rows that are wrong",
            [
                heading.as_bytes(),
                b"\n",
                "x,y,1,2,3,z,q,fit,m,,,s\n".repeat(20_000).as_bytes(),
            ]
            .concat(),
            here(),
        ),
        (
            "a band that is turned round",
            with("18000,20000", "20000,18000"),
            here(),
        ),
        (
            "a band to infinity",
            with("18000,20000", "18000,inf"),
            here(),
        ),
        (
            "a band of what is no number",
            with("18000,20000", "nan,nan"),
            here(),
        ),
        ("a band of 10^999", with("18000,20000", "1,1e999"), here()),
        (
            "a band of 10^308",
            with("18000,20000", "1e307,1e308"),
            Ends::Either,
        ),
        ("a band below 0", with("18000,20000", "-2,-1"), Ends::Either),
        (
            "a number in another writing",
            with("18000,20000", "0x10,1_000"),
            here(),
        ),
        (
            "a period before all",
            with(
                "2030-01-01..2031-12-31,fit,sum(homes.left),",
                "0000-01-01..0001-01-01,fit,sum(homes.left),",
            ),
            here(),
        ),
        (
            "a period turned round",
            with(
                "2030-01-01..2031-12-31,fit,sum(homes.left),",
                "2031-12-31..2030-01-01,fit,sum(homes.left),",
            ),
            here(),
        ),
        (
            "a period that is none",
            with(
                "2030-01-01..2031-12-31,fit,sum(homes.left),",
                "..,fit,sum(homes.left),",
            ),
            here(),
        ),
        (
            "a day that does not exist",
            with(
                "2030-01-01..2031-12-31,fit,sum(homes.left),",
                "2030-02-30,fit,sum(homes.left),",
            ),
            here(),
        ),
        (
            "a measure that is none",
            with(measure, "drop table homes,,"),
            here(),
        ),
        ("no measure", with(measure, ",,"), here()),
        (
            "a measure by nothing",
            with(measure, "sum(homes.left) / 0,,"),
            Ends::Either,
        ),
        (
            "a measure of 10,000 brackets",
            with(
                measure,
                &format!(
                    "{}sum(homes.left){},,",
                    "(".repeat(10_000),
                    ")".repeat(10_000)
                ),
            ),
            here(),
        ),
        (
            "a measure of 10,000 brackets that stay open",
            with(measure, &format!("{},,", "(".repeat(10_000))),
            here(),
        ),
        (
            "a measure of 10,000 signs",
            with(measure, &format!("{}sum(homes.left),,", "-".repeat(10_000))),
            here(),
        ),
        (
            "a measure of 10,000 sums",
            with(
                measure,
                &format!("sum(homes.left){},,", " + sum(homes.left)".repeat(10_000)),
            ),
            Ends::Either,
        ),
        (
            "a measure of 100,000 letters",
            with(measure, &format!("{},,", "a".repeat(100_000))),
            here(),
        ),
        (
            "a measure with a number of 100,000 digits",
            with(
                measure,
                &format!("sum(homes.left) * {},,", "9".repeat(100_000)),
            ),
            Ends::Either,
        ),
        (
            "a measure with other letters",
            with(measure, "sum(hоmes.left),,"),
            here(),
        ),
        (
            "a measure with a half character",
            with(measure, "sum(homes.left where country = 🐈),,"),
            here(),
        ),
        (
            "a use that is none",
            with(",fit,sum(homes.left),", ",guess,sum(homes.left),"),
            here(),
        ),
        (
            "a country that is none",
            with("sum(homes.left),,,", "sum(homes.left),s,QQ,"),
            here(),
        ),
    ];
    texts
        .into_iter()
        .map(|(name, bytes, ends)| {
            Case::file(
                format!("observations with {name}"),
                &["score", "base.toml", "--observed", "f.csv", "--check"],
                ends,
                "f.csv",
                bytes,
            )
        })
        .collect()
}
