//! Tells each thing that was seen of a person in a sentence or two.

use super::Line;
use super::odds::tied;
use super::teller::{Teller, chances_abroad, within_a_year};
use super::words::Words;
use crate::engine::{Detail, Seen, Spark, Weighed};
use crate::measure::{event_name, hold_name, motive_name, status_name};
use crate::model::{Alternative, Hurdle, Occasion};
use crate::scenario::Motive;
use crate::world::{FlowEvent, Hold};

/// What holds a person, in words.
pub(super) fn held_by(hold: Hold) -> &'static str {
    match hold {
        Hold::Barred => "barred by a rule",
        Hold::Deterred => "deterred by what a rule costs",
        Hold::Means => "short of a document or of money",
    }
}

/// The sentences about what was seen at `time`, in days since the first day.
pub(super) fn lines(teller: &Teller<'_>, time: f64, seen: &Seen) -> Vec<Line> {
    let words = teller.words;
    match seen {
        &Seen::Flow {
            event,
            from,
            to,
            channel,
        } => flow(teller, event, (from, to), channel),
        Seen::Aspired(motive) => {
            let motive = motive_words(*motive);
            let mut lines = vec![Line::of(
                "wished",
                format!("A wish to leave arises, {motive}."),
            )];
            if let Some(home) = &teller.home {
                lines.push(Line::why(format!(
                    "Its chance within a year was {}, all else equal.",
                    within_a_year(home.leaving_per_year)
                )));
            }
            lines
        }
        Seen::Held(hold) => {
            let text = format!("Cannot go and is held: {}.", held_by(*hold));
            vec![Line::of(hold_name(*hold), text)]
        }
        Seen::HeldBack => vec![Line::of(
            "barred",
            "Stays at home with the wish to leave; this way is shut to the person for a while."
                .into(),
        )],
        Seen::Faded => vec![Line::of("faded", "The wish to leave fades.".into())],
        Seen::SetsOut { channel, due } => {
            let (way, date) = (words.way(*channel), words.date(*due));
            let chance = chance_of(teller, *channel);
            let text = format!("Decides on {way}{chance}, to set out on {date}.");
            vec![Line::of("set_out", text)]
        }
        Seen::Detained { until } => {
            let until = words.until(*until);
            vec![Line::of("detained", format!("Is detained {until}."))]
        }
        Seen::CalledUp { until } => {
            let until = words.until(*until);
            vec![Line::of("called_up", format!("Is called up, {until}."))]
        }
        Seen::Released => vec![Line::of("released", "Is released and at home.".into())],
        Seen::Became(status) => {
            let text = format!("The status is {} from then on.", status_name(*status));
            vec![Line::of(status_name(*status), text)]
        }
        Seen::Appealed { until } => vec![Line::of(
            "appealed",
            format!(
                "The claim is rejected for now; an appeal runs {}.",
                words.until(*until)
            ),
        )],
        Seen::Waits { border } => {
            let name = &words.0.borders[usize::from(*border)].name;
            vec![Line::of(
                "waited",
                format!("Waits at the border {name} for its turn."),
            )]
        }
        Seen::Detail(detail) => explain(teller, time, detail),
    }
}

fn motive_words(motive: Motive) -> &'static str {
    match motive {
        Motive::Ordinary => "for ordinary reasons",
        Motive::Persecution => "for fear of persecution",
        Motive::Mobilisation => "for fear of being called up",
        Motive::Hardship => "out of hardship",
        Motive::Conscience => "for reasons of conscience",
    }
}

fn flow(teller: &Teller<'_>, event: FlowEvent, (from, to): (u16, u16), channel: u16) -> Vec<Line> {
    let words = teller.words;
    let (way, here, there) = (words.way(channel), words.country(from), words.country(to));
    let origin = words.country(teller.origin);
    let text = match event {
        FlowEvent::Applied if from == teller.origin => {
            format!("Applies for {way}{}.", chance_of(teller, channel))
        }
        FlowEvent::Applied => format!("Applies for {way}."),
        FlowEvent::Granted => format!("Is granted {way}."),
        FlowEvent::Refused => format!("Is refused: {way}."),
        FlowEvent::WronglyRefused => {
            format!("That was a mistake: {way} would have admitted the person.")
        }
        FlowEvent::TurnedBack => format!("Is turned back: {way}."),
        FlowEvent::Left => format!("Leaves {here} by {way}."),
        FlowEvent::Transited => format!("Passes from {here} into {there}, on the way to {way}."),
        // (That the person moves on has just been said.)
        FlowEvent::Arrived if from != teller.origin => return Vec::new(),
        FlowEvent::Arrived => format!("Arrives in {there}."),
        FlowEvent::Renewed => format!("Renews the stay in {here}."),
        FlowEvent::Expired => format!("The permitted stay in {here} ends."),
        FlowEvent::MovedOn => format!("Moves on from {here} to {way}."),
        FlowEvent::Returned => format!("Returns from {here} to {there}."),
        FlowEvent::VisaRun => format!("Leaves {here} and comes back in: a new stay begins."),
        FlowEvent::HandedOver => format!("Is handed over to {origin} on the way to {way}."),
        FlowEvent::Claimed => format!("Claims asylum in {here}."),
        FlowEvent::Recognised => format!("Is recognised in {here}."),
        FlowEvent::Rejected => format!("The claim is rejected in {here}."),
        FlowEvent::Expelled => format!("Is removed from {here} to {there}."),
        FlowEvent::Rendered => format!("Is handed over by {here} to {there}."),
    };
    let mut lines = vec![Line::of(event_name(event), text)];
    let by_hazard = matches!(event, FlowEvent::Returned | FlowEvent::Rendered);
    if let (true, Some(stay)) = (by_hazard && !teller.choosing, &teller.stay) {
        lines.push(Line::why(chances_abroad(words, stay)));
    }
    lines
}

fn explain(teller: &Teller<'_>, time: f64, detail: &Detail) -> Vec<Line> {
    let words = teller.words;
    let line = match detail {
        Detail::AtHome(_) | Detail::Abroad(_) | Detail::Tested { goes: None, .. } => {
            return Vec::new();
        }
        Detail::Weighed(weighed) => return weighing(teller, time, weighed),
        Detail::Tested {
            goes: Some(channel),
            ..
        } => {
            let way = words.way(*channel);
            Line::of(
                "tested",
                format!("The wish is tested again, and {way} is available."),
            )
        }
        Detail::Shut { channel, hurdles } => {
            let why = words.hurdles(*channel, hurdles, time);
            Line::why(format!("{} is not available: {why}.", words.way(*channel)))
        }
        Detail::Chance { grant, .. } if *grant >= 1.0 => return Vec::new(),
        Detail::Chance { channel, grant } => {
            let (way, rest) = (words.way(*channel), 1.0 - grant);
            let odds = vec![
                ("admitted".to_owned(), *grant),
                ("refused".to_owned(), rest),
            ];
            Line::chances(&format!("A draw decides on {way}:"), odds)
        }
        Detail::Place { decided: None, .. } => {
            Line::why("There is no place yet: the application waits for its turn.".into())
        }
        Detail::Place {
            decided: Some(decided),
            ..
        } => {
            let date = words.date(*decided);
            Line::of(
                "placed",
                format!("The application has a place and is decided on {date}."),
            )
        }
        Detail::Crossing {
            hand_over,
            push_back,
            border,
        } => {
            let pushed = (1.0 - hand_over) * push_back;
            if pushed + hand_over <= 0.0 {
                return Vec::new();
            }
            let name = &words.0.borders[usize::from(*border)].name;
            let odds = vec![
                ("passes".to_owned(), 1.0 - hand_over - pushed),
                ("pushed back".to_owned(), pushed),
                ("handed over".to_owned(), *hand_over),
            ];
            Line::chances(&format!("At the border {name}:"), odds)
        }
        Detail::Permitted { status, until } => {
            let (status, until) = (status_name(*status), words.until(*until));
            Line::why(format!("May stay {until}; status {status}."))
        }
        Detail::Onward(shares) => return onward(teller, shares),
        Detail::Choice { occasion, odds } => return vec![choice(words, *occasion, odds)],
        Detail::Renewal { success, price } => {
            let price = match *price {
                price if price > 0.0 => format!(" for {}", words.money(price)),
                _ => String::new(),
            };
            Line::why(format!(
                "A renewal{price} succeeds with a chance of {}.",
                tied(*success)
            ))
        }
        Detail::Claim {
            believed,
            grant,
            on_appeal,
            removal,
        } => Line::why(format!(
            "The {} believes such a claim with a chance of {} and recognises {} of those it believes: {} in all. \
             After a final rejection the chance of removal is {}.",
            if *on_appeal {
                "second instance"
            } else {
                "office"
            },
            tied(*believed),
            tied(*grant),
            tied(believed * grant),
            tied(*removal)
        )),
        Detail::Recalled { status, until } => Line::of(
            "recalled",
            format!(
                "A change of the rules applies to the stay: status {}, {}.",
                status_name(*status),
                words.until(*until)
            ),
        ),
    };
    vec![line]
}

fn weighing(teller: &Teller<'_>, time: f64, weighed: &Weighed) -> Vec<Line> {
    let words = teller.words;
    let mut lines = Vec::new();
    match weighed.spark {
        Spark::Own => {}
        Spark::Tie => lines.push(Line::why("It was set off by ties who had left.".into())),
        Spark::Case => lines.push(Line::why(
            "It was set off by the case against the person.".into(),
        )),
    }
    if weighed.rush > 1.0 {
        let text = format!(
            "What is known to become harder soon makes it {:.1} times as likely.",
            weighed.rush
        );
        lines.push(Line::why(text));
    }
    let motives = [
        Motive::Ordinary,
        Motive::Persecution,
        Motive::Mobilisation,
        Motive::Hardship,
        Motive::Conscience,
    ];
    let motives = motives.map(|motive| {
        let chance = weighed.motives[motive as usize];
        (motive_name(motive).to_owned(), chance)
    });
    lines.push(Line::chances("Motive:", motives.to_vec()));
    let odds = &weighed.odds;
    let wishes = odds.wishes.iter();
    let wishes = wishes.map(|&(country, share)| (words.country(country).to_owned(), share));
    lines.push(Line::chances(
        "With nothing in the way, the person would go to",
        wishes.collect(),
    ));
    let ways = odds.goes.iter();
    let ways = ways.map(|&(channel, chance)| (format!("goes to {}", words.way(channel)), chance));
    let held = [Hold::Barred, Hold::Deterred, Hold::Means];
    let held = held.map(|hold| (held_by(hold).to_owned(), odds.held[hold as usize]));
    let outcomes = ways.chain(held).collect();
    lines.push(Line::chances(
        "Under the rules as the person knows them:",
        outcomes,
    ));
    if !weighed.mistaken.is_empty() {
        let ways: Vec<String> = weighed.mistaken.iter().map(|way| words.way(*way)).collect();
        let text = format!("The person is mistaken about {}.", ways.join(", "));
        lines.push(Line::why(text));
    }
    lines.extend(in_the_way(teller, time, &weighed.hurdles));
    lines
}

/// The most ways that are told together with what stands in them.
const MOST_WAYS: usize = 6;

/// What stands in the way, for the countries that the person would like best first.
pub(super) fn in_the_way(
    teller: &Teller<'_>,
    time: f64,
    hurdles: &[(u16, Vec<Hurdle>)],
) -> Option<Line> {
    let words = teller.words;
    let weighed = teller.weighed.as_ref();
    let wishes = weighed.map_or(&[][..], |weighed| &weighed.odds.wishes);
    let share = |channel: u16| {
        let country = words.0.channels[usize::from(channel)].country;
        let mut here = wishes.iter().filter(|(other, _)| *other == country);
        here.next().map_or(0.0, |(_, share)| *share)
    };
    let mut shut: Vec<&(u16, Vec<Hurdle>)> = hurdles
        .iter()
        .filter(|(_, hurdles)| !hurdles.is_empty())
        .collect();
    shut.sort_by(|one, other| share(other.0).total_cmp(&share(one.0)));
    if shut.is_empty() {
        return None;
    }
    let told = shut.iter().take(MOST_WAYS);
    let told = told.map(|(channel, hurdles)| {
        let why = words.hurdles(*channel, hurdles, time);
        format!("{}: {why}", words.way(*channel))
    });
    let mut text = format!("In the way: {}", told.collect::<Vec<_>>().join("; "));
    match shut.len().saturating_sub(MOST_WAYS) {
        0 => {}
        1 => text.push_str("; and one more way"),
        more => text.push_str(&format!("; and {more} more ways")),
    }
    text.push('.');
    Some(Line::why(text))
}

/// The chance of going by a channel when the wish arose, as ", a chance of 12.0 %"; empty if it was not told.
fn chance_of(teller: &Teller<'_>, channel: u16) -> String {
    let goes = teller.weighed.iter().flat_map(|weighed| &weighed.odds.goes);
    let mut chances = goes.filter(|(other, _)| *other == channel);
    let chance = chances.next();
    chance.map_or_else(String::new, |(_, chance)| {
        format!(", a chance of {}", tied(*chance))
    })
}

fn onward(teller: &Teller<'_>, shares: &[(u16, f64)]) -> Vec<Line> {
    let words = teller.words;
    let mut lines = vec![Line::of("onward", "A wish to move on arises.".into())];
    lines.extend(
        teller
            .stay
            .as_ref()
            .map(|stay| Line::why(chances_abroad(words, stay))),
    );
    let shares = shares.iter();
    let shares = shares.map(|&(country, share)| (words.country(country).to_owned(), share));
    lines.push(Line::chances("Where to:", shares.collect()));
    lines
}

fn choice(words: Words<'_>, occasion: Occasion, odds: &[(Alternative, f64)]) -> Line {
    let name = |alternative: Alternative| match alternative {
        Alternative::Renew => "renew".to_owned(),
        Alternative::Move(country) => format!("move to {}", words.country(country as u16)),
        Alternative::Return => "return".to_owned(),
        Alternative::Claim => "claim asylum".to_owned(),
        Alternative::Irregular => "stay without permission".to_owned(),
    };
    let text = match occasion {
        Occasion::Expiry => "What to try first:",
        Occasion::Destitution => "Nothing is left to live on. What to try first:",
    };
    let odds = odds.iter();
    let odds = odds.map(|&(alternative, chance)| (name(alternative), chance));
    Line::chances(text, odds.collect())
}
