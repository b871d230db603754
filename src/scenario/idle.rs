//! Parameters of behaviour without effect in a scenario, because it switches their mechanism off or
//! has no use for it.

use super::Scenario;

impl Scenario {
    /// Returns why the parameter of behaviour at a path has no effect in this scenario.
    ///
    /// `None` if it may have an effect, or if the path is not that of a parameter of behaviour.
    pub fn idle_because(&self, path: &str) -> Option<&'static str> {
        let behaviour = &self.behaviour;
        let (table, key) = path.strip_prefix("behaviour.")?.split_once('.')?;
        let off = |is_on: bool, why: &'static str| (!is_on).then_some(why);
        let attitudes = || {
            off(
                behaviour.attitudes.is_some(),
                "behaviour.attitudes.on = false",
            )
        };
        let repression = || {
            off(
                behaviour.repression.is_some(),
                "behaviour.repression.on = false",
            )
        };
        match (table, key) {
            ("holding", _) => off(behaviour.holding.on, "behaviour.holding.on = false"),
            ("rents", _) => off(behaviour.rents.is_some(), "behaviour.rents.on = false"),
            ("attitudes", _) | ("choice" | "return", "hostility") => attitudes(),
            ("money", _) => off(behaviour.money.is_some(), "behaviour.money.on = false"),
            ("repression", _) => repression(),
            ("ties", _) if behaviour.ties.is_none() => Some("behaviour.ties.on = false"),
            ("ties", "detention") => repression(),
            ("voice", _) => off(behaviour.voice.is_some(), "behaviour.voice.on = false"),
            ("narrative", _) if behaviour.narrative.is_none() => {
                Some("behaviour.narrative.on = false")
            }
            ("narrative", "hostility") => attitudes(),
            ("asylum", _) => {
                let claims = self.channels.iter().any(|channel| channel.asylum.is_some());
                off(claims, "no channel of claims to asylum")
            }
            _ => None,
        }
    }
}
