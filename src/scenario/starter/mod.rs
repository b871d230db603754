//! A commented starter scenario.

/// Returns the files of the starter scenario, as names and texts.
///
/// It has an invented country, two destinations, three segments and one event, and a policy to
/// compare it with. The files are self-contained and run in a second.
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
