//! Reads arbitrary bytes as a scenario beside the shipped ones and, if it is valid, reads back its resolved form.
#![no_main]

use exeunt::scenario::Source;
use exeunt_fuzz::{Desk, say};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static DESK: LazyLock<Desk> = LazyLock::new(Desk::new);

fuzz_target!(|bytes: &[u8]| {
    let path = DESK.put("examples/f.toml", bytes);
    match Source::load(&path, &[]) {
        Ok(source) => {
            let resolved = source.resolved_toml(None);
            let again = Source::parse("resolved", &resolved);
            // The resolved form of a scenario must be a valid scenario.
            if let Err(problems) = &again {
                panic!("{problems}");
            }
            source.parameters("");
            source.claims();
        }
        Err(problems) => say(&problems),
    }
});
