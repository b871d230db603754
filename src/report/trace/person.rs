//! Describes a person in plain words by the traits that do not change.

use super::words::Words;
use crate::population::{CountrySet, Population};
use crate::scenario::Scenario;

/// The names of the traits, each with its value in words.
pub(super) fn describe(
    scenario: &Scenario,
    population: &Population,
    (segment, index): (u16, u32),
) -> Vec<(&'static str, String)> {
    let words = Words(scenario);
    let people = &population.segments[usize::from(segment)];
    let person = people.person(segment, index);
    let (age, male, educated) = people.description(index);
    let here = &scenario.segments[usize::from(segment)];
    let named = |set: CountrySet| -> String {
        let names: Vec<&str> = set.iter().map(|country| words.country(country)).collect();
        names.join(", ")
    };
    let mut list = vec![(
        "Person",
        format!(
            "{}, {:.0} years old on {}, {} higher education; of {}, segment {}",
            if male { "man" } else { "woman" },
            age.floor(),
            scenario.calendar.start,
            if educated { "with" } else { "without" },
            words.country(here.origin),
            here.name
        ),
    )];
    let mut stance = vec![match (person.active, person.evidence) {
        (true, true) => "active in opposition, with evidence of persecution",
        (true, false) => "active in opposition, without evidence of persecution",
        _ => "not active in opposition",
    }];
    if person.minority {
        stance.push("of a persecuted minority");
    }
    stance.push(match person.planner {
        true => "with a firm intention to leave",
        false => "without a firm intention to leave",
    });
    if here.draft_eligible {
        stance.push("can be called up");
    }
    if person.draft_notice {
        stance.push("holds a call-up paper");
    }
    list.push(("Stance", stance.join(", ")));
    list.push((
        "Moved",
        format!(
            "to leave {} times as easily as the mean; dissent {:.2} on a scale of 0 to 1",
            short(person.attachment),
            person.dissent
        ),
    ));
    list.push((
        "Money",
        format!(
            "income {} a month{}, savings {}, {}",
            words.money(person.income),
            if person.remote {
                " earned remotely"
            } else {
                ""
            },
            words.money(person.savings),
            if person.renter {
                "rents a home"
            } else {
                "pays no rent"
            },
        ),
    ));
    let documents = words.documents(person.holds);
    list.push(("Papers", or_none(&documents.join(", "))));
    list.push(("Speaks", or_none(&named(person.speaks))));
    for (name, set) in [
        ("Kin", person.kin),
        ("Ancestry", person.ancestry),
        ("Employer", person.employer),
    ] {
        if !set.is_empty() {
            list.push((name, named(set)));
        }
    }
    if let Some(ties) = &population.ties {
        let mut others = Vec::new();
        ties.of(segment, index, &mut others);
        let some: Vec<String> = others
            .iter()
            .take(3)
            .map(|tie| words.person((tie.segment, tie.index)))
            .collect();
        let more = if others.len() > some.len() {
            ", ..."
        } else {
            ""
        };
        let number = match others.len() {
            0 => "none".to_owned(),
            1 => "1 person: ".to_owned(),
            several => format!("{several} persons: "),
        };
        let text = format!("{number}{}{more}", some.join(", "));
        list.push(("Ties", text));
    }
    list
}

fn or_none(text: &str) -> String {
    match text {
        "" => "none".to_owned(),
        text => text.to_owned(),
    }
}

/// A factor with about two figures.
fn short(factor: f64) -> String {
    match factor {
        small if small < 0.995 => format!("{small:.2}"),
        factor => format!("{factor:.1}"),
    }
}
