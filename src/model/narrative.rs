//! What the narrative told at home does to leaving.

use crate::draw::math::exp;
use crate::scenario::NarrativeAtHome;

/// The shift of the logarithm of the hazard of leaving, between minus and plus `limit`. It depends on what is seen of
/// refusals and contacts, per thousand citizens, and of hostility: linearly near 0, bending towards the limit.
pub fn narrative_shift(
    parameters: &NarrativeAtHome,
    (refusals, contacts): (f64, f64),
    hostility: f64,
) -> f64 {
    let story = parameters.contacts * contacts
        - parameters.refusals * refusals
        - parameters.hostility * hostility;
    parameters.limit * hyperbolic_tangent(story / parameters.limit)
}

/// tanh x, from the exponential of a number that is not positive.
fn hyperbolic_tangent(x: f64) -> f64 {
    let fallen = exp(-2.0 * x.abs());
    ((1.0 - fallen) / (1.0 + fallen)).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Duration;

    const STORY: NarrativeAtHome = NarrativeAtHome {
        refusals: 2.0,
        hostility: 3.0,
        contacts: 0.5,
        memory: Duration::from_days(90.0),
        limit: 0.4,
    };

    #[test]
    fn small_stories_count_by_their_weights() {
        let shift = |seen, hostility| narrative_shift(&STORY, seen, hostility);
        assert!((shift((1e-5, 0.0), 0.0) + 2e-5).abs() < 1e-12);
        assert!((shift((0.0, 1e-5), 0.0) - 5e-6).abs() < 1e-12);
        assert!((shift((0.0, 0.0), 1e-5) + 3e-5).abs() < 1e-12);
        assert_eq!(shift((0.0, 0.0), 0.0), 0.0);
    }

    #[test]
    fn no_story_goes_beyond_the_limit() {
        let mut before = f64::INFINITY;
        for refusals in [0.0, 0.1, 0.2, 0.4, 1.0, 3.0] {
            let shift = narrative_shift(&STORY, (refusals, 0.0), 0.0);
            assert!(shift < before && shift > -0.4, "{refusals}: {shift}");
            before = shift;
        }
        assert_eq!(narrative_shift(&STORY, (1e300, 0.0), 0.0), -0.4);
        assert_eq!(narrative_shift(&STORY, (0.0, 1e300), 0.0), 0.4);
        // 1/2 at tanh x = .46212, x = .5: exp(-1) and a division.
        let half = narrative_shift(&STORY, (0.1, 0.0), 0.0);
        assert!((half + 0.4 * 0.462_117_157_260_009_75).abs() < 1e-12);
    }
}
