//! Files of sets of parameters, posteriors among them.

use super::case::{Case, DRAWS, Ends, refused};

pub fn cases() -> Vec<Case> {
    let here = || refused(&["f.csv:"]);
    let with = |old: &str, new: &str| {
        assert!(DRAWS.contains(old), "{old}");
        DRAWS.replace(old, new).into_bytes()
    };
    let posterior = |line: &str| format!("{line}\n{DRAWS}").into_bytes();
    let texts: Vec<(&str, Vec<u8>, Ends)> = vec![
        ("nothing", Vec::new(), refused(&["f.csv"])),
        ("only a heading", with("0.5,0.5\n0.6,0.4\n", ""), here()),
        ("only comments", b"# a\n# b\n".to_vec(), refused(&["f.csv"])),
        ("bytes of zero", vec![0; 1000], here()),
        (
            "100 MB",
            vec![b'1'; 100_000_000],
            refused(&["f.csv", "larger than"]),
        ),
        (
            "not UTF-8",
            b"behaviour.choice.lambda\n\xff\n".to_vec(),
            refused(&["f.csv", "UTF-8"]),
        ),
        (
            "lines that end as on Windows",
            DRAWS.replace('\n', "\r\n").into_bytes(),
            Ends::Accepted,
        ),
        (
            "a byte order mark",
            [&b"\xef\xbb\xbf"[..], DRAWS.as_bytes()].concat(),
            Ends::Accepted,
        ),
        ("a parameter that is none", with("lambda", "lamda"), here()),
        (
            "a parameter twice",
            with("choice.mu", "choice.lambda"),
            here(),
        ),
        (
            "a formula for a parameter",
            with("behaviour.choice.lambda", "=1+1"),
            here(),
        ),
        (
            "100,000 columns",
            format!("{}\n1\n", "a,".repeat(100_000)).into_bytes(),
            here(),
        ),
        ("a cell that is no number", with("0.6", "x"), here()),
        ("a cell that is not a number", with("0.6", "nan"), here()),
        ("a cell to infinity", with("0.6", "inf"), here()),
        ("a cell of 10^999", with("0.6", "1e999"), here()),
        ("a cell outside its range", with("0.6", "-7"), here()),
        ("an empty cell", with("0.6", ""), here()),
        ("a cell too few", with("0.6,0.4", "0.6"), here()),
        ("a cell too many", with("0.6,0.4", "0.6,0.4,1"), here()),
        ("a quote that is not closed", with("0.6", "\"0.6"), here()),
        (
            "a command for a terminal",
            with("0.6", "\u{1b}]0;x\u{7}"),
            here(),
        ),
        (
            "a cell of 100,000 digits",
            with("0.6", &format!("0.{}", "6".repeat(100_000))),
            Ends::Either,
        ),
        (
            "the posterior of another scenario",
            posterior(&format!("# posterior of other, sha256 {}", "0".repeat(64))),
            Ends::Either,
        ),
        (
            "a posterior without a digest",
            posterior("# posterior of base, sha256 "),
            Ends::Either,
        ),
        (
            "a posterior with half a digest",
            posterior("# posterior of base, sha256 00\u{e9}"),
            Ends::Either,
        ),
        (
            "a first line of 3 MB",
            posterior(&format!("#{}", "x".repeat(3_000_000))),
            Ends::Either,
        ),
    ];
    let mut cases: Vec<Case> = texts
        .into_iter()
        .map(|(name, bytes, ends)| {
            let arguments = [
                "run",
                "base.toml",
                "--scale",
                "1000",
                "--dry-run",
                "--draws-from",
                "f.csv",
            ];
            Case::file(
                format!("draws with {name}"),
                &arguments,
                ends,
                "f.csv",
                bytes,
            )
        })
        .collect();
    let arguments = [
        "run",
        "base.toml",
        "--draws-from",
        "draws.csv",
        "--draws",
        "4294967295",
    ];
    cases.push(Case::new(
        "more draws than there are",
        &arguments,
        refused(&["draws.csv"]),
        |_| {},
    ));
    cases
}
