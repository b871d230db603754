//! Outcomes and their groups as people name them, and the subject that each belongs to: the same words on the
//! terminal and on every page.

use crate::measure::ALL;

/// Subjects in the order of the table, each with the ids and labels of its outcomes.
pub static SUBJECTS: &[(&str, &[(&str, &str)])] = &[
    (
        "Leaving",
        &[
            ("left", "Left"),
            ("aspired", "Decided to leave, able to or not"),
            ("left_by_motive", "Left, by motive"),
            ("left_by_sector", "Left, by sector"),
            ("left_for", "Left for the country"),
            ("leavers_mean_age", "Mean age of leavers"),
            ("leavers_men", "Men among leavers"),
            ("leavers_higher_education", "Higher education among leavers"),
            ("leavers_mean_dissent", "Mean dissent of leavers"),
            (
                "activists_among_leavers",
                "Activists among leavers, relative to their share",
            ),
            ("skill_weighted_loss", "Share of all incomes that is gone"),
            (
                "reproduction_number",
                "Departures that one departure brings on",
            ),
        ],
    ),
    (
        "Held at home",
        &[
            ("held_at_end", "Held at the end"),
            ("held_by_cause_at_end", "Held at the end, by cause"),
            ("person_months_held", "Time held"),
            ("person_months_held_by_cause", "Time held, by cause"),
        ],
    ),
    (
        "Abroad",
        &[
            ("abroad_at_end", "Abroad at the end"),
            ("abroad_by_status_at_end", "Abroad at the end, by status"),
            ("abroad_by_sector_at_end", "Abroad at the end, by sector"),
            ("arrivals", "Arrivals"),
            ("moved_on", "Moved on to another country"),
            ("expired", "Permitted stays that ended"),
            ("renewed", "Permitted stays renewed"),
            ("irregular_entries", "Irregular entries"),
            ("irregular_person_months", "Time without permission to stay"),
        ],
    ),
    (
        "Returns",
        &[
            ("returned", "Returned"),
            ("returned_voluntarily", "Returned voluntarily"),
            ("returned_involuntarily", "Returned involuntarily"),
            ("share_returned", "Returns over departures"),
            ("rendered", "Handed over to the origin"),
            ("expelled", "Removed after a claim was rejected"),
        ],
    ),
    (
        "Borders and asylum",
        &[
            ("refused_per_1000_attempts", "Refused"),
            ("turned_back_per_1000_attempts", "Turned back"),
            ("wrongly_refused", "Refused by mistake"),
            (
                "top_risk_wrongly_refused",
                "Of the tenth at most risk, refused by mistake",
            ),
            ("refused_mean_dissent", "Mean dissent of the refused"),
            ("application_median_wait", "Median wait for a decision"),
            ("places_taken", "Places of quotas taken"),
            ("claims", "Claims to asylum"),
            ("claims_pending_at_end", "Claims pending at the end"),
            ("claim_median_wait", "Median wait for a decision on a claim"),
            ("recognition_rate", "Claims recognised"),
        ],
    ),
    (
        "Safety",
        &[
            ("top_risk_got_out", "Of the tenth at most risk, got out"),
            (
                "top_risk_median_days",
                "Days by which half of them had got out",
            ),
            ("detentions", "Detentions at home"),
            ("detained_among_held", "Detentions of persons held"),
        ],
    ),
    (
        "Manpower",
        &[
            (
                "draft_eligible_abroad_person_months",
                "Time the draft-eligible spent abroad",
            ),
            (
                "draft_eligible_at_home_at_end",
                "Draft-eligible at home at the end",
            ),
            ("called_up", "Called up"),
            ("call_up_shortfall", "Shortfall of the call-up"),
        ],
    ),
    (
        "Opposition",
        &[
            ("opposition_abroad_mean", "Opposition abroad, mean"),
            ("opposition_abroad_at_end", "Opposition abroad, at the end"),
            ("opposition_at_home_mean", "Opposition at home, mean"),
            (
                "opposition_at_home_at_end",
                "Opposition at home, at the end",
            ),
            (
                "activist_person_months_abroad",
                "Time activists spent abroad",
            ),
            ("weeks_above_critical_mass", "Weeks above the critical mass"),
            ("refusals_seen_at_home", "Refusals seen at home"),
            (
                "narrative_shift_modelled_mean",
                "Shift by the story at home, modelled, mean",
            ),
            (
                "narrative_shift_modelled_at_end",
                "Shift by the story at home, modelled, at the end",
            ),
        ],
    ),
    (
        "Hosts",
        &[
            (
                "rent_index_peak",
                "Rent at its peak, times that of the first day",
            ),
            (
                "rent_index_at_end",
                "Rent at the end, times that of the first day",
            ),
            ("rent_burden_at_end", "Rent over the mean wage at the end"),
            (
                "rent_burden_lived_with",
                "Rent over the mean wage where newcomers are",
            ),
            (
                "wanting_restriction_peak",
                "Public who want restriction, peak",
            ),
            (
                "wanting_restriction_at_end",
                "Public who want restriction, at the end",
            ),
            (
                "months_most_want_restriction",
                "Time for which most want restriction",
            ),
        ],
    ),
];

/// An outcome as people name it; its id if it has no label.
pub fn outcome(id: &str) -> &str {
    let all = SUBJECTS.iter().flat_map(|(_, outcomes)| outcomes.iter());
    all.clone()
        .find(|(other, _)| *other == id)
        .map_or(id, |(_, label)| label)
}

/// The index of an outcome's subject and its index within that; after all others if it has no subject.
pub fn place(id: &str) -> (usize, usize) {
    let places = SUBJECTS.iter().enumerate();
    let mut found = places.filter_map(|(subject, (_, outcomes))| {
        let place = outcomes.iter().position(|(other, _)| *other == id)?;
        Some((subject, place))
    });
    found.next().unwrap_or((SUBJECTS.len(), 0))
}

/// An outcome of a group and a country in words, such as `Held at the end, barred by a rule, Georgia`.
/// `country` is the name of the country, or [`ALL`]; groups without words of their own (segments, sectors)
/// are written as in the tables.
pub fn label(id: &str, group_name: &str, country: &str) -> String {
    let mut text = outcome(id).to_owned();
    if group_name != ALL {
        // "Left, by motive" for one motive becomes "Left, that motive".
        if let Some((before, "cause" | "motive" | "sector" | "status")) = text.rsplit_once(", by ")
        {
            text = before.to_owned();
        }
        let words = match group(group_name) {
            same if same == group_name => same.to_owned(),
            words => words.to_lowercase(),
        };
        text = format!("{text}, {words}");
    }
    match country {
        ALL => text,
        _ => format!("{text}, {country}"),
    }
}

/// A group as people name it.
pub fn group(name: &str) -> &str {
    match name {
        "ALL" => "All",
        "barred" => "Barred by a rule",
        "deterred" => "Deterred by a cost",
        "means" => "Short of means",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::DEFINITIONS;

    #[test]
    fn every_outcome_has_a_label_and_a_subject() {
        let known: Vec<&str> = SUBJECTS
            .iter()
            .flat_map(|(_, outcomes)| outcomes.iter().map(|(id, _)| *id))
            .collect();
        for definition in DEFINITIONS {
            let count = known.iter().filter(|id| **id == definition.id).count();
            assert_eq!(count, 1, "{}", definition.id);
        }
        assert_eq!(outcome("left"), "Left");
        assert_eq!(outcome("new_one"), "new_one");
        assert_eq!(label("left", ALL, ALL), "Left");
        assert_eq!(
            label("held_by_cause_at_end", "barred", ALL),
            "Held at the end, barred by a rule"
        );
        assert_eq!(
            label("left", "planners", "Georgia"),
            "Left, planners, Georgia"
        );
        assert_eq!(
            (place("aspired"), place("new_one")),
            ((0, 1), (SUBJECTS.len(), 0))
        );
    }
}
