//! Keys of countries and their bars on leaving.

use super::super::Field;
use super::{
    AMOUNT, Bounds, HAZARD, Key, Kind, MOST_MONEY, MOST_PERSONS, Preset, SHARE, STRENGTH, WEIGHT,
};
use crate::units::Dimension;

const PERSONS: Kind = Kind::Number(Dimension::Persons, Bounds::from_to(1.0, MOST_PERSONS));
const WAGE: Kind = Kind::Number(Dimension::MoneyFlow, Bounds::above(0.0, MOST_MONEY));
/// A distance on the Earth: up to a little more than half its circumference.
const REACH: Kind = Kind::Number(Dimension::Distance, Bounds::above(0.0, 20_100.0));
/// The scale of legacy and pressure, on which 1 is a strong case.
const SCALE: Kind = Kind::Number(Dimension::Number, Bounds::from_to(-10.0, 10.0));
const NONE: Preset = Preset::Number(0.0);
const ALL: Preset = Preset::Number(1.0);

pub(super) const KEYS: &[Key] = &[
    Key::required(
        "country",
        Kind::Table,
        "Countries: where people live and where they may go.",
    ),
    Key::required("country.CODE.name", Kind::Text, "Display name."),
    Key::required("country.CODE.population", PERSONS, "Population."),
    Key::required("country.CODE.wage", WAGE, "Mean net wage.").changed_as(Field::Wage),
    Key::otherwise(
        "country.CODE.real_income",
        Kind::Number(Dimension::Number, Bounds::above(0.0, 1000.0)),
        ALL,
        "Real income relative to the first day.",
    )
    .changed_as(Field::RealIncome),
    Key::otherwise(
        "country.CODE.unemployment",
        SHARE,
        NONE,
        "Unemployed share.",
    )
    .changed_as(Field::Unemployment),
    Key::optional(
        "country.CODE.safety",
        SHARE,
        "Safety, from 0 (none) to 1 (full); required for a country with channels.",
    )
    .changed_as(Field::Safety),
    Key::otherwise(
        "country.CODE.repression",
        STRENGTH,
        NONE,
        "Repression of its own citizens; 1 is about that of a country at war with its opposition.",
    )
    .changed_as(Field::Repression),
    Key::otherwise(
        "country.CODE.crackdown",
        STRENGTH,
        ALL,
        "Crackdowns: a factor on detentions, on top of what repression brings.",
    )
    .changed_as(Field::Crackdown),
    Key::otherwise(
        "country.CODE.surveillance",
        SHARE,
        ALL,
        "Share of its active citizens whom the authorities have identified.",
    )
    .changed_as(Field::Surveillance),
    Key::otherwise(
        "country.CODE.police_capacity",
        Kind::NumberOr(
            Dimension::PersonFlow,
            Bounds::from_to(0.0, MOST_PERSONS),
            "without limit",
        ),
        Preset::Unlimited,
        "Detentions that the police can make in a given time, or \"without limit\".",
    )
    .changed_as(Field::PoliceCapacity),
    Key::otherwise(
        "country.CODE.rendition",
        HAZARD,
        NONE,
        "Hazard with which an active person whom the origin has identified, and who stays here, is handed over to it.",
    )
    .changed_as(Field::Rendition),
    Key::otherwise(
        "country.CODE.return_pull",
        WEIGHT,
        NONE,
        "Return campaigns and amnesties: added to the exponent of its citizens' hazard of return.",
    )
    .changed_as(Field::ReturnPull),
    Key::otherwise(
        "country.CODE.legacy",
        SCALE,
        NONE,
        "How the past shapes attitudes towards newcomers; 1 is about that of Georgia in 2022, negative favours newcomers.",
    )
    .changed_as(Field::Legacy),
    Key::otherwise(
        "country.CODE.pressure",
        SCALE,
        NONE,
        "International pressure to restrict entry; 1 is strong, negative is pressure to open.",
    )
    .changed_as(Field::Pressure),
    Key::otherwise(
        "country.CODE.contact",
        SHARE,
        NONE,
        "Share of the public in contact with newcomers on equal terms.",
    )
    .changed_as(Field::Contact),
    Key::otherwise(
        "country.CODE.constant",
        WEIGHT,
        NONE,
        "Fitted constant of the destination, in utility.",
    ),
    Key::otherwise(
        "country.CODE.travel",
        AMOUNT,
        NONE,
        "Cost of the journey from the origin.",
    )
    .changed_as(Field::Travel),
    Key::optional(
        "country.CODE.travel_base.ORIGIN",
        Kind::Number(Dimension::PersonFlow, Bounds::from_to(0.0, MOST_PERSONS)),
        "Entries by ordinary trips of the origin's citizens, added to counts of entries only; 0 by default.",
    )
    .changed_as(Field::TravelBase),
    Key::otherwise(
        "country.CODE.cost_of_living",
        Kind::Number(Dimension::MoneyFlow, Bounds::from_to(0.0, MOST_MONEY)),
        NONE,
        "Cost of living of one person on the first day, without rent.",
    ),
    Key::otherwise(
        "country.CODE.price_index",
        Kind::Number(Dimension::Number, Bounds::above(0.0, 1000.0)),
        ALL,
        "Prices of living relative to the first day, whatever moves them.",
    )
    .changed_as(Field::PriceIndex),
    Key::otherwise(
        "country.CODE.friction",
        SHARE,
        NONE,
        "For an origin: share of the money sent or taken abroad from it that is lost.",
    )
    .changed_as(Field::Friction),
    Key::optional(
        "country.CODE.distance.ORIGIN",
        REACH,
        "Distance between receiving cities, given for either of the two countries.",
    ),
    Key::optional(
        "country.CODE.position",
        Kind::Position,
        "Latitude and longitude of the receiving city in degrees; a distance that is not given is the great circle between cities.",
    ),
    Key::optional(
        "country.CODE.diaspora.ORIGIN",
        Kind::Number(Dimension::Persons, Bounds::from_to(0.0, MOST_PERSONS)),
        "Persons born in the origin who live here; 0 by default.",
    ),
    Key::optional(
        "country.CODE.language.ORIGIN",
        SHARE,
        "Share of daily life that is possible in the origin's language; 0 by default.",
    ),
    Key::optional(
        "country.CODE.market",
        Kind::Table,
        "Rental market of the receiving city; without it rents cost nothing and do not move.",
    ),
    Key::required(
        "country.CODE.market.city",
        Kind::Text,
        "The receiving city.",
    ),
    Key::required(
        "country.CODE.market.rent",
        WAGE,
        "Rent of one home on the first day.",
    ),
    Key::required(
        "country.CODE.market.city_population",
        PERSONS,
        "Persons in the city.",
    ),
    Key::required(
        "country.CODE.market.rental_share",
        Kind::Number(Dimension::Share, Bounds::above(0.0, 1.0)),
        "Rented share of the city's homes.",
    ),
    Key::required(
        "country.CODE.market.city_share",
        SHARE,
        "Share of newcomers who live in the city.",
    ),
    Key::elsewhere(
        "country.CODE.capacity",
        "write [border.NAME] with from, to and capacity, and name it in the `routes` of a channel",
    ),
    Key::elsewhere(
        "country.CODE.routes",
        "write `routes` in each channel that they lead to",
    ),
    Key::optional(
        "country.CODE.exit",
        Kind::Table,
        "Bars on leaving the country.",
    ),
    Key::optional(
        "country.CODE.exit.EXIT.title",
        Kind::Text,
        "Display name.",
    ),
    Key::optional(
        "country.CODE.exit.EXIT.segments",
        Kind::Segments,
        "The segments it concerns; by default, all of the country's.",
    ),
    Key::otherwise(
        "country.CODE.exit.EXIT.only",
        Kind::Words(&["draft-notice", "case"]),
        Preset::Words(&[]),
        "Bars only holders of a call-up paper or persons with a case against them; by default, everybody in the segments.",
    ),
    Key::required(
        "country.CODE.exit.EXIT.share",
        SHARE,
        "Share of these persons who are barred.",
    )
    .changed_as(Field::ExitShare),
];
