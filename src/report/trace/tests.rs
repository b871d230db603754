use super::*;
use crate::engine::{Detail, Seen};
use crate::measure::test_support;
use crate::model::Hurdle;
use crate::world::{FlowEvent, Hold};

fn at(time: f64, seen: Seen) -> Notice {
    Notice {
        who: (0, 7),
        time,
        seen,
    }
}

fn flow(event: FlowEvent, from: u16, to: u16) -> Seen {
    Seen::Flow {
        event,
        from,
        to,
        channel: 0,
    }
}

fn detail(detail: Detail) -> Seen {
    Seen::Detail(Box::new(detail))
}

fn story(notices: &[Notice]) -> Story {
    let scenario = test_support::scenario();
    let population = Population::new(&scenario, 1, 1);
    Life {
        scenario: &scenario,
        population: &population,
        seed: 1,
        replicate: 0,
        who: (0, 7),
        notices,
    }
    .story()
}

const PLAIN: Screen = Screen {
    width: 70,
    colour: false,
    unicode: true,
};

#[test]
fn every_event_has_a_sentence_within_the_width() {
    let all = FlowEvent::ALL.map(|event| at(1.0, flow(event, 1, 0)));
    let story = story(&all);
    let text = story.render(&PLAIN);
    for event in FlowEvent::ALL {
        let name = crate::measure::event_name(event);
        let lines = story.entries.iter().flat_map(|entry| &entry.lines);
        assert!(
            lines.filter(|line| line.event == Some(name)).count() == 1,
            "{name}"
        );
    }
    for line in text.lines() {
        assert!(line.chars().count() <= PLAIN.width, "{line}");
        assert_eq!(line, line.trim_end());
    }
}

#[test]
fn tests_in_vain_are_told_together() {
    let vain = |time| {
        at(
            time,
            detail(Detail::Tested {
                goes: None,
                hurdles: vec![(0, vec![Hurdle::Closed])],
            }),
        )
    };
    let notices = [
        at(0.5, Seen::Held(Hold::Barred)),
        vain(2.0),
        vain(5.0),
        at(9.0, Seen::Faded),
    ];
    let text = story(&notices).render(&PLAIN);
    assert!(
        text.contains("2022-02-06  By then the wish has been tested 2 times"),
        "{text}"
    );
    assert!(
        text.contains("2022-02-10  The wish to leave fades."),
        "{text}"
    );
    assert!(
        text.contains("At the end: at home in Russia, without a wish to leave."),
        "{text}"
    );
}

#[test]
fn where_a_life_ends_is_where_its_last_event_left_it() {
    let ends = |notices: &[Notice]| {
        let text = story(notices).render(&PLAIN);
        let line = text
            .lines()
            .find(|line| line.contains("At the end"))
            .unwrap_or("");
        line.trim_start_matches(|c: char| c != 'A').to_owned()
    };
    let left = [
        at(1.0, flow(FlowEvent::Left, 1, 0)),
        at(1.0, flow(FlowEvent::Arrived, 1, 0)),
    ];
    assert_eq!(ends(&left), "At the end: in Georgia.");
    let [one, two] = left;
    let back = [one, two, at(3.0, flow(FlowEvent::Returned, 0, 1))];
    assert!(ends(&back).contains("at home in Russia"));
    let confined = [at(1.0, Seen::Detained { until: None })];
    assert!(ends(&confined).contains("detained"));
}
