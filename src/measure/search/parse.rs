//! Reads conditions from words: `activist, barred, later left by visa-free`.

use super::condition::{Condition, EventKind, Trait, TraitKind};
use crate::measure::names::{HOLDS, MOTIVES, hold_name, motive_name};
use crate::scenario::{Scenario, Status, nearest, one_of};
use crate::world::FlowEvent;

/// What to look for: all of the traits, and the events one after another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conditions {
    /// What the person must be.
    pub traits: Vec<Trait>,
    /// What must happen to the person, each event after the one before.
    pub events: Vec<Condition>,
}

/// All words that can be used, for help.
pub const VOCABULARY: &str = "\
What a person is: activist, planner, minority, evidence, draft-eligible,
call-up paper, renter, remote, man, woman, educated, kin, employer, ancestry,
kin in XX, employer in XX, ancestry of XX, segment NAME, origin XX,
holds DOCUMENT; `not` before any of these negates it.

What happens, one thing after another in the order in which you write it
(`later` may precede each): wished, wished for MOTIVE, held, barred, deterred,
by means, faded, set out, waited, appealed, irregular, detained, called up,
released; and applied, granted, refused, wrongly refused, turned back,
handed over, left, transited, arrived, renewed, visa run, expired, moved on,
returned, claimed asylum, recognised, rejected, expelled, rendered.

After those from `applied` on, a country or a channel: left to XX,
left by CHANNEL, left by asylum, refused by XX.CHANNEL, moved on to XX,
returned from XX, claimed asylum in XX.";

const TRAITS: [(&str, TraitKind); 15] = [
    ("activist", TraitKind::Active),
    ("active", TraitKind::Active),
    ("planner", TraitKind::Planner),
    ("minority", TraitKind::Minority),
    ("evidence", TraitKind::Evidence),
    ("draft-eligible", TraitKind::DraftEligible),
    ("call-up paper", TraitKind::CallUpPaper),
    ("renter", TraitKind::Renter),
    ("remote", TraitKind::Remote),
    ("man", TraitKind::Man),
    ("educated", TraitKind::Educated),
    ("kin", TraitKind::Kin(None)),
    ("employer", TraitKind::Employer(None)),
    ("ancestry", TraitKind::Ancestry(None)),
    ("woman", TraitKind::Man),
];

/// A trait that may be asked for in one country, with the words for it.
type InCountry = (&'static str, fn(Option<u16>) -> TraitKind);

/// Words for such traits, which precede the code of the country.
const TRAITS_OF_COUNTRIES: [InCountry; 3] = [
    ("kin in ", TraitKind::Kin),
    ("employer in ", TraitKind::Employer),
    ("ancestry of ", TraitKind::Ancestry),
];

/// Words for events that flows do not count.
const EVENTS: [(&str, EventKind); 10] = [
    ("wished", EventKind::Wished),
    ("held", EventKind::Held),
    ("faded", EventKind::Faded),
    ("set out", EventKind::SetOut),
    ("waited", EventKind::Waited),
    ("irregular", EventKind::Became(Status::Irregular)),
    ("detained", EventKind::Detained),
    ("called up", EventKind::CalledUp),
    ("released", EventKind::Released),
    ("appealed", EventKind::Appealed),
];

/// Returns the words for a flow, which are not always those of the tables.
fn flow_words(event: FlowEvent) -> String {
    match event {
        FlowEvent::Claimed => "claimed asylum".to_owned(),
        other => crate::measure::event_name(other).replace('_', " "),
    }
}

/// Returns the words for what holds a person.
fn hold_words(hold: crate::world::Hold) -> String {
    match hold {
        crate::world::Hold::Means => "by means".to_owned(),
        other => hold_name(other).to_owned(),
    }
}

impl Conditions {
    /// Reads conditions, separated by commas.
    ///
    /// # Errors
    ///
    /// For each condition that cannot be read: what is wrong with it, and the nearest one that can
    /// be read.
    pub fn parse(text: &str, scenario: &Scenario) -> Result<Self, Vec<String>> {
        let mut conditions = Self::default();
        let mut faults = Vec::new();
        for item in text.split(',') {
            let words = item.split_whitespace().collect::<Vec<_>>().join(" ");
            let result = match words.as_str() {
                "" => Err("a condition is missing beside a comma".to_owned()),
                _ => conditions.add(&words, scenario),
            };
            faults.extend(result.err());
        }
        if conditions.events.len() >= usize::from(u8::MAX) {
            faults.push("more than 254 events: ask for fewer".to_owned());
        }
        match faults.is_empty() {
            true => Ok(conditions),
            false => Err(faults),
        }
    }

    fn add(&mut self, words: &str, scenario: &Scenario) -> Result<(), String> {
        if let Some(found) = of_person(words, scenario)? {
            self.traits.push(found);
            return Ok(());
        }
        let behind =
            |order: &'static str| Some((order, words.strip_prefix(order)?.strip_prefix(' ')?));
        let words = match ["later", "then"].into_iter().find_map(behind) {
            Some((order, rest)) => match of_person(rest, scenario) {
                Ok(Some(_)) => {
                    return Err(format!(
                        "`{words}`: expected what happens to a person after `{order}`, such as `{order} left`, and \
                         `{rest}` is what a person is; write `{rest}` without `{order}`"
                    ));
                }
                _ => rest,
            },
            None => words,
        };
        self.events.push(of_life(words, scenario)?);
        Ok(())
    }
}

/// Reads a trait; `None` if the words are not about one.
fn of_person(words: &str, scenario: &Scenario) -> Result<Option<Trait>, String> {
    let (wanted, words) = match words.strip_prefix("not ") {
        Some(rest) => (false, rest),
        None => (true, words),
    };
    let found = |kind| Ok(Some(Trait { kind, wanted }));
    if let Some(name) = words.strip_prefix("segment ") {
        let names: Vec<&str> = scenario.segments.iter().map(|s| s.name.as_str()).collect();
        let number = named(name, "segment", &names)?;
        return found(TraitKind::Segment(number as u16));
    }
    if let Some(name) = words.strip_prefix("holds ") {
        let names: Vec<&str> = scenario.documents.iter().map(|d| d.name.as_str()).collect();
        let number = named(name, "document", &names)?;
        return found(TraitKind::Holds(number as u8));
    }
    if let Some(name) = words.strip_prefix("origin ") {
        return found(TraitKind::Origin(country(name, scenario)?));
    }
    for (word, kind) in TRAITS_OF_COUNTRIES {
        if let Some(name) = words.strip_prefix(word) {
            return found(kind(Some(country(name, scenario)?)));
        }
    }
    match TRAITS.iter().find(|(name, _)| *name == words) {
        Some((_, kind)) => Ok(Some(Trait {
            kind: *kind,
            wanted: wanted != (words == "woman"),
        })),
        None if wanted => Ok(None),
        None => {
            let names = TRAITS.map(|(name, _)| name);
            Err(unknown(&format!("not {words}"), words, &names, scenario))
        }
    }
}

/// Reads an event.
fn of_life(words: &str, scenario: &Scenario) -> Result<Condition, String> {
    let plain = |kind| Condition {
        kind,
        channels: Vec::new(),
        from: None,
        to: None,
    };
    if let Some((_, kind)) = EVENTS.iter().find(|(name, _)| *name == words) {
        return Ok(plain(*kind));
    }
    let held = words.strip_prefix("held ").unwrap_or(words);
    if let Some(hold) = HOLDS.into_iter().find(|&hold| hold_words(hold) == held) {
        return Ok(plain(EventKind::HeldBy(hold)));
    }
    if let Some(name) = words.strip_prefix("wished for ") {
        let names = MOTIVES.map(motive_name);
        let number = named(name, "motive", &names)?;
        return Ok(plain(EventKind::WishedFor(MOTIVES[number])));
    }
    let flows = FlowEvent::ALL.map(|event| (flow_words(event), event));
    let found = flows.iter().find_map(|(name, event)| {
        let rest = words.strip_prefix(name.as_str())?;
        (rest.is_empty() || rest.starts_with(' ')).then_some((*event, rest.trim_start()))
    });
    let Some((event, rest)) = found else {
        let mut names: Vec<String> = EVENTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.extend(HOLDS.map(hold_words));
        names.extend(flows.iter().map(|(name, _)| name.clone()));
        names.extend(TRAITS.iter().map(|(name, _)| (*name).to_owned()));
        return Err(unknown(words, words, &names, scenario));
    };
    let mut condition = plain(EventKind::Flow(event));
    // A return happens in the country that the person leaves; other events happen in the country
    // that they lead to.
    let leaves = matches!(
        event,
        FlowEvent::Returned | FlowEvent::Expelled | FlowEvent::Rendered
    );
    let parts: Vec<&str> = rest.split_whitespace().collect();
    for pair in parts.chunks(2) {
        let said = match pair {
            ["from", place] => condition.from.replace(country(place, scenario)?).is_some(),
            ["in", place] if leaves => condition.from.replace(country(place, scenario)?).is_some(),
            ["to" | "in", place] => condition.to.replace(country(place, scenario)?).is_some(),
            ["by", way] => {
                let before = std::mem::replace(&mut condition.channels, channels(way, scenario)?);
                !before.is_empty()
            }
            _ => {
                let event = flow_words(event);
                let near = pair
                    .last()
                    .and_then(|name| behind(name, scenario))
                    .map_or_else(String::new, |behind| {
                        format!(" (did you mean `{event} {behind}`?)")
                    });
                return Err(format!(
                    "`{words}`{near}: expected `to XX`, `in XX`, `from XX`, `by CHANNEL` or `by XX.CHANNEL` after `{event}`"
                ));
            }
        };
        if said {
            let again = pair.join(" ");
            return Err(format!(
                "`{words}`: `{again}` repeats what was said before it; an event has one place it is from, one it is to or \
                 in, and one channel"
            ));
        }
    }
    Ok(condition)
}

/// Returns the position of a name among names.
fn named(name: &str, what: &str, names: &[&str]) -> Result<usize, String> {
    names
        .iter()
        .position(|other| *other == name)
        .ok_or_else(|| {
            let near = near(name, names.iter().copied());
            format!(
                "`{name}` is not a {what}{near}; expected {}",
                one_of(names, false)
            )
        })
}

/// Returns the index of the country with a code.
fn country(code: &str, scenario: &Scenario) -> Result<u16, String> {
    let codes: Vec<&str> = scenario.countries.iter().map(|c| c.code.as_str()).collect();
    Ok(named(code, "country", &codes)? as u16)
}

/// Returns the channels with a name, which several countries may have, or with a country and name.
///
/// If no channel is called `asylum`, that name stands for all channels that give protection.
fn channels(way: &str, scenario: &Scenario) -> Result<Vec<u16>, String> {
    let full = |number: usize| {
        let channel = &scenario.channels[number];
        let code = &scenario.countries[usize::from(channel.country)].code;
        format!("{code}.{}", channel.name)
    };
    let all = 0..scenario.channels.len();
    let found: Vec<u16> = all
        .clone()
        .filter(|&number| way == scenario.channels[number].name || way == full(number))
        .map(|number| number as u16)
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    if way == "asylum" {
        let protects = |number: &usize| scenario.channels[*number].status == Status::Protected;
        let protecting: Vec<u16> = all
            .clone()
            .filter(protects)
            .map(|number| number as u16)
            .collect();
        return match protecting.is_empty() {
            true => Err("`asylum`: no channel of this scenario gives protection".to_owned()),
            false => Ok(protecting),
        };
    }
    let mut names: Vec<String> = match way.contains('.') {
        true => all.map(full).collect(),
        false => scenario.channels.iter().map(|c| c.name.clone()).collect(),
    };
    names.sort();
    names.dedup();
    let near = near(way, names.iter().map(String::as_str));
    Err(format!(
        "`{way}` is not a channel{near}; expected {}",
        one_of(&names, false)
    ))
}

fn near<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(wanted, names).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

fn unknown<T: AsRef<str>>(shown: &str, wanted: &str, names: &[T], scenario: &Scenario) -> String {
    let near = match of_scenario(wanted, scenario) {
        Some(form) => format!(" (did you mean `{form}`?)"),
        None => near(wanted, names.iter().map(AsRef::as_ref)),
    };
    format!("`{shown}` is not a condition{near}")
}

/// Returns the form of a condition about a thing of the scenario whose name is the last or only
/// word.
fn of_scenario(words: &str, scenario: &Scenario) -> Option<String> {
    let name = words.rsplit(' ').next()?;
    let is_document = scenario.documents.iter().any(|one| one.name == name);
    let is_segment = scenario.segments.iter().any(|one| one.name == name);
    if is_document {
        return Some(format!("holds {name}"));
    }
    if is_segment {
        return Some(format!("segment {name}"));
    }
    Some(format!("left {}", behind(name, scenario)?))
}

/// Returns how a country or a channel is written after an event.
fn behind(name: &str, scenario: &Scenario) -> Option<String> {
    if scenario.countries.iter().any(|one| one.code == name) {
        return Some(format!("to {name}"));
    }
    channels(name, scenario).ok().map(|_| format!("by {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::test_support;

    fn parse(text: &str) -> Result<Conditions, Vec<String>> {
        Conditions::parse(text, &test_support::scenario())
    }

    fn read(text: &str) -> Conditions {
        parse(text).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    #[test]
    fn every_word_of_the_list_is_read() {
        let traits = TRAITS.map(|(name, _)| name).join(", ");
        assert_eq!(read(&traits).traits.len(), TRAITS.len());
        let mut events: Vec<String> = EVENTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        events.extend(HOLDS.map(hold_words));
        events.extend(FlowEvent::ALL.map(flow_words));
        events.extend(MOTIVES.map(|motive| format!("wished for {}", motive_name(motive))));
        let found = read(&events.join(", later "));
        assert_eq!(found.events.len(), events.len());
        let kinds: Vec<EventKind> = found.events.iter().map(|event| event.kind).collect();
        for (number, kind) in kinds.iter().enumerate() {
            assert!(!kinds[..number].contains(kind), "{kind:?} twice");
        }
        // The help mentions each of them.
        let help = VOCABULARY.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in events.iter().filter(|word| !word.contains(" for ")) {
            assert!(help.contains(word.as_str()), "{word} is not in the help");
        }
    }

    #[test]
    fn places_and_ways_are_those_of_the_scenario() {
        let found = read("not woman, held by means, later left to RU");
        assert!(found.traits[0].wanted);
        assert_eq!(
            found.events[0].kind,
            EventKind::HeldBy(crate::world::Hold::Means)
        );
        assert_eq!((found.events[1].from, found.events[1].to), (None, Some(1)));
        for (text, from, to) in [
            ("moved on from RU", Some(1), None),
            ("moved on from RU to GE", Some(1), Some(0)),
            ("arrived in RU", None, Some(1)),
            ("returned in RU", Some(1), None),
            ("returned from RU to GE", Some(1), Some(0)),
        ] {
            let found = &read(text).events[0];
            assert_eq!((found.from, found.to), (from, to), "{text}");
        }
        let scenario = test_support::scenario();
        let twice = format!("left by {0} by {0}", scenario.channels[0].name);
        for text in ["left to GE to RU", "arrived in RU to GE", &twice] {
            let faults = parse(text).unwrap_err();
            assert!(faults[0].contains("repeats what was said"), "{faults:?}");
        }
    }

    #[test]
    fn a_thing_of_the_scenario_is_told_in_its_form() {
        let scenario = test_support::scenario();
        let channel = &scenario.channels[0];
        let code = &scenario.countries[usize::from(channel.country)].code;
        let way = format!("{code}.{}", channel.name);
        assert_eq!(read(&format!("left by {way}")).events[0].channels, [0]);
        let segment = &scenario.segments[0].name;
        for (text, form) in [
            (format!("applied for {way}"), format!("applied by {way}")),
            (way.clone(), format!("left by {way}")),
            (format!("in {code}"), format!("left to {code}")),
            (segment.clone(), format!("segment {segment}")),
        ] {
            let faults = parse(&text).unwrap_err();
            let form = format!("did you mean `{form}`");
            assert!(faults[0].contains(&form), "{faults:?}");
        }
        let wanted = &read(&format!("not employer in {code}")).traits[0];
        assert_eq!(wanted.kind, TraitKind::Employer(Some(channel.country)));
        assert!(!wanted.wanted);
    }

    /// `asylum` means any channel that gives protection, unless a channel has that name.
    #[test]
    fn by_asylum_is_by_what_protects() {
        let mut scenario = test_support::scenario();
        for channel in &mut scenario.channels {
            channel.name = format!("{}-way", channel.name);
            channel.status = Status::Legal;
        }
        let found = |scenario: &Scenario| Conditions::parse("left by asylum", scenario);
        let faults = found(&scenario).unwrap_err();
        assert!(faults[0].contains("gives protection"), "{faults:?}");
        scenario.channels[1].status = Status::Protected;
        let channels = found(&scenario).map(|found| found.events[0].channels.clone());
        assert_eq!(channels, Ok(vec![1]));
    }

    #[test]
    fn what_is_not_known_is_said_all_at_once_with_the_nearest() {
        let faults = parse("activst, barrd, left via RU, returned from XQ, , segment nobody");
        let faults = faults.unwrap_err();
        for (fault, part) in faults.iter().zip([
            "did you mean `activist`",
            "did you mean `barred`",
            "did you mean `left to RU`",
            "`XQ` is not a country",
            "missing",
            "`nobody` is not a segment",
        ]) {
            assert!(fault.contains(part), "{fault}: {part}");
        }
        assert_eq!(faults.len(), 6);
    }
}
