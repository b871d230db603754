//! Any bytes in place of a file of a finished sweep, its analysis, a comparison or a calibration, which is then read
//! back. The first byte says which file.
#![no_main]

use exeunt_fuzz::Desk;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);

/// The lines of `fuzz/results.txt`: a folder, a file of it, and the command that reads it.
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
    // Commands write where they read.
    DESK.renew(folder);
    DESK.put(&format!("{folder}/{file}"), bytes);
    DESK.execute(command);
});
