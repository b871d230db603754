//! The page of a comparison, in a browser: every chart is drawn, every number is that of the table, nothing
//! is fetched, and it fits a phone, a screen and paper.
#![cfg(feature = "cli")]

mod folder;

use folder::Made;

/// Writes the folders that screenshots are made of.
#[test]
#[ignore = "for looking at pages by hand: EXEUNT_PAGES names a folder"]
fn write_folders() {
    let place = std::env::var_os("EXEUNT_PAGES").unwrap();
    let place = std::path::Path::new(&place);
    for (name, made) in [
        (
            "three",
            Made {
                scenarios: 3,
                draws: 16,
                markup: false,
            },
        ),
        (
            "ten",
            Made {
                scenarios: 10,
                draws: 16,
                markup: false,
            },
        ),
        (
            "markup",
            Made {
                scenarios: 3,
                draws: 4,
                markup: true,
            },
        ),
    ] {
        made.write(&place.join(name));
    }
}
