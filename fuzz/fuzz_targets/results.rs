//! Puts arbitrary bytes in place of a file of a finished sweep, its analysis, a comparison or a calibration, and
//! reads that back. The first byte selects the file.
#![no_main]

use exeunt_fuzz::Desk;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);

/// The lines of `fuzz/results.txt`: a folder, a file in it, and the command that reads the file.
static READ: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
    let lines = include_str!("../results.txt").lines();
    let words = lines.filter_map(|line| {
        let (folder, rest) = line.split_once(' ')?;
        let (file, command) = rest.split_once(' ')?;
        Some([folder, file, command])
    });
    words.collect()
});

fuzz_target!(|bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else {
        return;
    };
    let Some([folder, file, command]) = READ.get(usize::from(*which)) else {
        return;
    };
    // Commands write into the folder that they read.
    DESK.renew(folder);
    DESK.put(&format!("{folder}/{file}"), bytes);
    DESK.execute(command);
});
