//! How many persons a call-up takes, and by when.

use crate::scenario::CallUp;

/// The number of persons to be called up within `days` days of its beginning: a straight line, truncated to whole
/// persons, that ends at all of them.
pub fn called_for(call_up: &CallUp, days: f64) -> u64 {
    let over = call_up.over.days();
    if days <= 0.0 {
        0
    } else if days >= over {
        call_up.persons
    } else {
        (call_up.persons as f64 * days / over) as u64
    }
}

/// Whether persons are still called up in a step that begins `days` days after the beginning of the call-up: what could
/// not be filled by its end stays unfilled.
pub fn goes_on(call_up: &CallUp, days: f64) -> bool {
    days == 0.0 || (days > 0.0 && days < call_up.over.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Duration;

    #[test]
    fn a_straight_line_to_the_whole_number() {
        let call_up = |over| CallUp {
            origin: 0,
            persons: 100,
            over: Duration::from_days(over),
            service: None,
        };
        let slow = call_up(30.0);
        let due = [0.0, 7.0, 14.0, 28.0, 30.0, 99.0].map(|days| called_for(&slow, days));
        assert_eq!(due, [0, 23, 46, 93, 100, 100]);
        assert_eq!(called_for(&call_up(0.0), 1.0), 100);
        let on = [-7.0, 0.0, 28.0, 30.0].map(|days| goes_on(&slow, days));
        assert_eq!(on, [false, true, true, false]);
        assert!(goes_on(&call_up(0.0), 0.0) && !goes_on(&call_up(0.0), 1.0));
    }
}
