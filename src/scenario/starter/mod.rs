//! A commented scenario to begin with.

/// The files of a starter scenario, name and text: an invented country, two destinations, three
/// segments, one event; and a policy to compare it with. They stand alone and run in a second.
pub fn starter() -> Vec<(&'static str, &'static str)> {
    vec![
        ("scenario.toml", include_str!("scenario.toml")),
        ("policy.toml", include_str!("policy.toml")),
        (
            "behaviour.toml",
            include_str!("../../../scenarios/behaviour.toml"),
        ),
    ]
}
