//! A commented scenario to begin with.

/// The files of a starter scenario, name and text: an invented country, two destinations, three
/// segments, one event. It stands alone and runs in a second.
pub fn starter() -> Vec<(&'static str, &'static str)> {
    vec![
        ("scenario.toml", include_str!("scenario.toml")),
        (
            "behaviour.toml",
            include_str!("../../../scenarios/behaviour.toml"),
        ),
    ]
}
