//! A policy that changes nothing makes no difference, whatever is switched on.

use crate::everything::{Extent, cells, pairing, replaced, run, source, text};
use exeunt::analyse::comparison::Comparison;

const EXTENT: Extent = Extent {
    draws: 12,
    replicates: 2,
    scale: 20,
};

#[test]
fn a_copy_differs_in_nothing() {
    let sources = vec![source("base", &text()), source("copy", &text())];
    let pairing = pairing(sources, 3, EXTENT);
    let made = run(&pairing, EXTENT.replicates);
    assert_eq!(made.len(), 24);
    for (cell, record) in &made {
        assert!(record.substitution[0].is_empty(), "{cell:?}");
        let courses = |place: usize| &record.runs[place].as_ref().expect("it was run").courses;
        assert_eq!(courses(0), courses(1), "{cell:?}");
    }
    let names = vec!["base".to_owned(), "copy".to_owned()];
    let comparison = Comparison::of(names, &cells(&made));
    for row in &comparison.rows {
        // An outcome that a run happens not to have is missing in both.
        let difference = row.difference.expect("both have it");
        assert_eq!(difference.mean, 0.0, "{:?}", row.key);
        assert!(row.by_draw.iter().all(|(_, mean)| *mean == 0.0));
        assert_eq!((row.draws_lower, row.draws_higher), (0, 0), "{:?}", row.key);
        assert!(difference.interval.is_none_or(|ends| ends == (0.0, 0.0)));
        assert_eq!(row.base, row.compared, "{:?}", row.key);
        if let Some(verdict) = row.verdict() {
            let draws = row.draws;
            assert_eq!(
                verdict.to_string(),
                format!("equal in {draws} of {draws} draws")
            );
        }
    }
    every_mechanism_was_at_work(&comparison);
}

/// That nothing differs says little of a mechanism that nothing happened in.
fn every_mechanism_was_at_work(comparison: &Comparison) {
    for id in [
        "left",
        "returned",
        "held_at_end",
        "called_up",
        "claims",
        "detentions",
        "narrative_shift_modelled_mean",
        "opposition_abroad_mean",
        "places_taken",
        "refused_per_1000_attempts",
        "rent_index_peak",
        "reproduction_number",
        "turned_back_per_1000_attempts",
        "wanting_restriction_peak",
    ] {
        let of_id = comparison.rows.iter().filter(|row| row.key.outcome == id);
        let most = of_id
            .filter_map(|row| Some(row.base?.mean.abs()))
            .fold(0.0, f64::max);
        assert!(most > 0.0, "{id} is nothing");
    }
}

/// The smallest change that does something is seen.
#[test]
fn another_fee_is_a_difference() {
    let dearer = replaced(&text(), "fee = \"100 EUR\"", "fee = \"101 EUR\"");
    let sources = vec![source("base", &text()), source("dearer", &dearer)];
    let extent = Extent {
        draws: 2,
        replicates: 1,
        scale: 20,
    };
    let pairing = pairing(sources, 3, extent);
    let made = run(&pairing, extent.replicates);
    let names = vec!["base".to_owned(), "dearer".to_owned()];
    let comparison = Comparison::of(names, &cells(&made));
    assert!(
        comparison
            .rows
            .iter()
            .any(|row| row.draws_lower + row.draws_higher > 0)
    );
}
