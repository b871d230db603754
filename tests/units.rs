//! Quantities: what is written is what is meant, and what is printed reads back to the last bit.

use exeunt::units::{
    DAYS_PER_MONTH, DAYS_PER_YEAR, Dimension, Quantity, QuantityError, print, print_range,
};
use proptest::prelude::*;

const DIMENSIONS: [Dimension; 10] = [
    Dimension::Number,
    Dimension::Share,
    Dimension::Duration,
    Dimension::Age,
    Dimension::Rate,
    Dimension::Money,
    Dimension::MoneyFlow,
    Dimension::Distance,
    Dimension::Persons,
    Dimension::PersonFlow,
];

fn base(text: &str, dimension: Dimension) -> Option<f64> {
    Quantity::read(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .in_base(dimension)
}

#[test]
fn a_month_is_a_twelfth_of_a_year() {
    assert_eq!(DAYS_PER_MONTH * 12.0, DAYS_PER_YEAR);
    assert_eq!(
        base("12 months", Dimension::Duration),
        base("1 year", Dimension::Duration)
    );
    assert_eq!(base("1 month", Dimension::Duration), Some(30.4375));
    assert_eq!(
        base("0.4 %/month", Dimension::Rate),
        base("4.8 %/year", Dimension::Rate)
    );
    let monthly = base("1200 EUR/year", Dimension::MoneyFlow);
    assert_eq!(monthly, base("100 EUR/month", Dimension::MoneyFlow));
}

#[test]
fn quantities_are_held_in_base_units() {
    let cases = [
        ("90 days", Dimension::Duration, 90.0),
        ("1 day", Dimension::Duration, 1.0),
        ("26 weeks", Dimension::Duration, 182.0),
        ("3 years", Dimension::Duration, 1095.75),
        ("18 years", Dimension::Age, 18.0),
        ("6 months", Dimension::Age, 0.5),
        ("0.15 %/year", Dimension::Rate, 0.0015),
        ("1 %/day", Dimension::Rate, 3.6525),
        ("0.5 per year", Dimension::Rate, 0.5),
        ("2 /year", Dimension::Rate, 2.0),
        ("1.5 % per month", Dimension::Rate, 0.18),
        ("35 EUR", Dimension::Money, 35.0),
        ("1.2 million USD", Dimension::Money, 1_200_000.0),
        ("600 EUR/month", Dimension::MoneyFlow, 600.0),
        ("7 EUR/week", Dimension::MoneyFlow, 30.4375),
        ("1646 km", Dimension::Distance, 1646.0),
        ("29 %", Dimension::Share, 0.29),
        ("29%", Dimension::Share, 0.29),
        ("0.29", Dimension::Share, 0.29),
        ("43.2 million persons", Dimension::Persons, 43_200_000.0),
        ("37_267 persons", Dimension::Persons, 37_267.0),
        ("25 thousand persons", Dimension::Persons, 25_000.0),
        ("1 person", Dimension::Persons, 1.0),
        ("150 persons/month", Dimension::PersonFlow, 150.0),
        ("1800 persons/year", Dimension::PersonFlow, 150.0),
        ("16 persons/day", Dimension::PersonFlow, 487.0),
        ("14 persons per week", Dimension::PersonFlow, 60.875),
        ("1.2 million persons/year", Dimension::PersonFlow, 100_000.0),
        ("1e3 km", Dimension::Distance, 1000.0),
        ("-1.5", Dimension::Number, -1.5),
        ("+2", Dimension::Number, 2.0),
    ];
    for (text, dimension, expected) in cases {
        let value = base(text, dimension).unwrap_or_else(|| panic!("{text} is no {dimension:?}"));
        assert!(
            (value - expected).abs() <= 1e-12 * expected.abs(),
            "{text}: {value}"
        );
    }
}

#[test]
fn a_whole_number_a_day_is_one_to_the_last_bit() {
    for per_day in [1.0, 3000.0, 4_294_967_295.0] {
        let text = format!("{per_day} persons/day");
        let flow = base(&text, Dimension::PersonFlow).map(|flow| flow / DAYS_PER_MONTH);
        assert_eq!(flow, Some(per_day), "{text}");
    }
}

#[test]
fn another_dimension_is_refused() {
    let written = [
        ("0.5", Dimension::Number),
        ("29 %", Dimension::Share),
        ("90 days", Dimension::Duration),
        ("2 %/year", Dimension::Rate),
        ("35 EUR", Dimension::Money),
        ("35 EUR/month", Dimension::MoneyFlow),
        ("12 km", Dimension::Distance),
        ("12 persons", Dimension::Persons),
        ("12 persons/day", Dimension::PersonFlow),
    ];
    for (text, own) in written {
        for other in DIMENSIONS {
            let pure = |dimension| matches!(dimension, Dimension::Number | Dimension::Share);
            let time = |dimension| matches!(dimension, Dimension::Duration | Dimension::Age);
            let same = own == other || (pure(own) && pure(other)) || (time(own) && time(other));
            assert_eq!(base(text, other).is_some(), same, "{text} as {other:?}");
        }
    }
}

#[test]
fn what_is_no_quantity_is_refused() {
    let unknown = |word: &str| QuantityError::UnknownUnit {
        word: word.to_owned(),
    };
    let senseless = |unit: &str| QuantityError::Senseless {
        unit: unit.to_owned(),
    };
    let cases = [
        ("", QuantityError::NoNumber),
        ("days", QuantityError::NoNumber),
        ("EUR 35", QuantityError::NoNumber),
        ("-", QuantityError::NoNumber),
        (".5 km", QuantityError::NoNumber),
        ("1,5 km", QuantityError::Comma),
        ("nan days", QuantityError::NotFinite),
        ("-inf km", QuantityError::NotFinite),
        ("infinite", QuantityError::NotFinite),
        ("1e400 km", QuantityError::NotFinite),
        ("1e308 billion persons", QuantityError::NotFinite),
        ("5 dayz", unknown("dayz")),
        ("5 eur", unknown("eur")),
        ("5 EURO", unknown("EURO")),
        ("5 EUR/fortnight", unknown("fortnight")),
        ("5 millions persons", unknown("millions persons")),
        ("5 km/year", senseless("km/year")),
        ("5 days/week", senseless("days/week")),
    ];
    for (text, expected) in cases {
        assert_eq!(Quantity::read(text), Err(expected), "{text}");
    }
}

#[test]
fn printed_values_are_readable() {
    let cases = [
        (0.29, Dimension::Share, "29 %"),
        (0.0, Dimension::Share, "0 %"),
        (0.0015, Dimension::Rate, "0.15 %/year"),
        (3.0, Dimension::Rate, "300 %/year"),
        // A tenth a month, which no short number says by year.
        (0.1 * 12.0, Dimension::Rate, "10 %/month"),
        (90.0, Dimension::Duration, "90 days"),
        (1095.75, Dimension::Duration, "3 years"),
        (18.0, Dimension::Age, "18 years"),
        (35.0, Dimension::Money, "35 EUR"),
        (600.0, Dimension::MoneyFlow, "600 EUR/month"),
        (1646.0, Dimension::Distance, "1646 km"),
        (1.0, Dimension::Persons, "1 person"),
        (150.0, Dimension::PersonFlow, "150 persons/month"),
        (1.0, Dimension::PersonFlow, "1 person/month"),
        (91_312.5, Dimension::PersonFlow, "3000 persons/day"),
        (30.4375, Dimension::PersonFlow, "1 person/day"),
        (0.5, Dimension::PersonFlow, "0.5 persons/month"),
    ];
    for (value, dimension, expected) in cases {
        assert_eq!(print(value, dimension, "EUR"), expected);
    }
}

#[test]
fn the_ends_of_a_range_are_printed_alike() {
    let month = |percent: f64| percent / 100.0 * 12.0;
    let cases = [
        (
            [month(10.0), month(100.0)],
            Dimension::Rate,
            ["10 %/month", "100 %/month"],
        ),
        (
            [0.0, month(10.0)],
            Dimension::Rate,
            ["0 %/month", "10 %/month"],
        ),
        ([0.001, 0.01], Dimension::Rate, ["0.1 %/year", "1 %/year"]),
        // The first is no short number by year.
        (
            [month(10.0), 0.0015],
            Dimension::Rate,
            ["10 %/month", "0.0125 %/month"],
        ),
        ([0.1, 1.0], Dimension::Share, ["10 %", "100 %"]),
        ([90.0, 1095.75], Dimension::Duration, ["90 days", "3 years"]),
    ];
    for (ends, dimension, expected) in cases {
        assert_eq!(print_range(ends, dimension, "EUR"), expected);
    }
}

fn any_dimension() -> impl Strategy<Value = Dimension> {
    (0..DIMENSIONS.len()).prop_map(|index| DIMENSIONS[index])
}

proptest! {
    #[test]
    fn printing_and_reading_gives_the_same_bits(
        value in prop_oneof![
            -1e12_f64..1e12,
            0.0_f64..1.0,
            (0_u32..1_000_000).prop_map(f64::from),
            (0_u32..100_000).prop_map(|number| f64::from(number) / 1000.0),
        ],
        dimension in any_dimension(),
    ) {
        let text = print(value, dimension, "EUR");
        let back = base(&text, dimension);
        if dimension == Dimension::Age {
            // An age is held in years and written through days: at most the last bit.
            let back = back.unwrap_or(f64::NAN);
            prop_assert!((back - value).abs() <= f64::EPSILON * value.abs(), "{text}");
        } else {
            prop_assert_eq!(back.map(f64::to_bits), Some(value.to_bits()), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,40}") {
        let _ = Quantity::read(&text);
    }

    #[test]
    fn no_likely_text_makes_reading_panic(
        text in "[-+]?[0-9_.,eE]{0,12} ?(million|thousand)? ?(%|km|EUR|days?|persons?|é)?(/| per )?(month|year|x)?"
    ) {
        if let Ok(quantity) = Quantity::read(&text) {
            prop_assert!(quantity.value.is_finite());
        }
    }
}
