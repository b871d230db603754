//! Keys of countries, their channels of entry and their bars on leaving.

use super::super::Field;
use super::{AMOUNT, Bounds, Key, Kind, MOST_MONEY, MOST_PERSONS, Preset, SHARE, STRENGTH, WEIGHT};
use crate::units::Dimension;

const PERSONS: Kind = Kind::Number(Dimension::Persons, Bounds::from_to(1.0, MOST_PERSONS));
const WAGE: Kind = Kind::Number(Dimension::MoneyFlow, Bounds::above(0.0, MOST_MONEY));
/// Half the circumference of the Earth and a little.
const REACH: Kind = Kind::Number(Dimension::Distance, Bounds::above(0.0, 20_100.0));
const NONE: Preset = Preset::Number(0.0);
const ALL: Preset = Preset::Number(1.0);

pub(super) const KEYS: &[Key] = &[
    Key::required(
        "country",
        Kind::Table,
        "Countries: where people live and where they may go.",
    ),
    Key::required("country.CODE.name", Kind::Text, "Its name for people."),
    Key::required("country.CODE.population", PERSONS, "Population."),
    Key::required("country.CODE.wage", WAGE, "Mean net wage.").changed_as(Field::Wage),
    Key::otherwise(
        "country.CODE.real_income",
        Kind::Number(Dimension::Number, Bounds::above(0.0, 1000.0)),
        ALL,
        "Real income over that of the first day.",
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
        "country.CODE.return_pull",
        WEIGHT,
        NONE,
        "Return campaigns and amnesties: added to the exponent of its citizens' hazard of return.",
    )
    .changed_as(Field::ReturnPull),
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
        "country.CODE.distance.ORIGIN",
        REACH,
        "Distance between receiving cities, given for either of the two countries.",
    ),
    Key::optional(
        "country.CODE.position",
        Kind::Position,
        "Latitude and longitude of the receiving city in degrees; great circles fill the distances that are not given.",
    ),
    Key::optional(
        "country.CODE.diaspora.ORIGIN",
        Kind::Number(Dimension::Persons, Bounds::from_to(0.0, MOST_PERSONS)),
        "Persons born in the origin who live here; 0 unless given.",
    ),
    Key::optional(
        "country.CODE.language.ORIGIN",
        SHARE,
        "Share of daily life that is possible in the origin's language; 0 unless given.",
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
    Key::not_built(
        "country.CODE.capacity",
        "leave it out: for now borders have no daily capacity",
    ),
    Key::not_built(
        "country.CODE.routes",
        "leave it out and give each destination its own `distance` and `travel`",
    ),
    // Channels of entry.
    Key::optional(
        "country.CODE.channel",
        Kind::Table,
        "Ways into the country.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.title",
        Kind::Text,
        "Its name for people.",
    ),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.open",
        Kind::Flag,
        Preset::Flag(true),
        "Whether it takes anybody.",
    )
    .changed_as(Field::Open),
    Key::optional(
        "country.CODE.channel.CHANNEL.origins",
        Kind::Countries,
        "The countries or groups whose citizens it is for; every origin unless given.",
    )
    .changed_as(Field::Origins),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.needs",
        Kind::Documents,
        Preset::Words(&[]),
        "Documents needed, all of them.",
    )
    .changed_as(Field::Needs),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.requires",
        Kind::Words(&["at-risk", "ancestry", "kin", "employer", "draft-notice"]),
        Preset::Words(&[]),
        "Conditions that the person meets, all of them.",
    )
    .changed_as(Field::Requires),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.permission",
        Kind::Flag,
        Preset::Flag(false),
        "Whether permission is asked for beforehand.",
    )
    .changed_as(Field::Permission),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.grant",
        SHARE,
        ALL,
        "Chance that an attempt is admitted.",
    )
    .changed_as(Field::Grant),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.fee",
        AMOUNT,
        NONE,
        "Fee, paid at the attempt.",
    )
    .changed_as(Field::Fee),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.apply_from",
        Kind::Words(&["home", "abroad", "border"]),
        Preset::Words(&["home", "abroad", "border"]),
        "Where one may apply or set out from.",
    ),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.stay.length",
        Kind::Stay,
        Preset::WithoutEnd,
        "Permitted stay, or \"without end\".",
    )
    .changed_as(Field::StayLength),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.stay.renew",
        Kind::Word(&["none", "in country"]),
        Preset::Word("none"),
        "What may be done when the stay ends.",
    ),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.stay.renew_cost",
        AMOUNT,
        NONE,
        "Price of a renewal.",
    )
    .changed_as(Field::RenewCost),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.stay.renew_success",
        SHARE,
        ALL,
        "Chance of a renewal.",
    )
    .changed_as(Field::RenewSuccess),
    Key::not_built(
        "country.CODE.channel.CHANNEL.stay.window",
        "leave it out: for now a stay is one `length`, not days within a window",
    ),
    Key::required(
        "country.CODE.channel.CHANNEL.gives.status",
        Kind::Word(&["protected", "legal", "temporary", "pending", "irregular"]),
        "Legal position that it gives.",
    )
    .changed_as(Field::ChannelStatus),
    Key::not_built(
        "country.CODE.channel.CHANNEL.gives.work",
        "leave it out: for now everybody abroad may work",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.gives.extradition_shield",
        "leave it out: for now nobody is handed over",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.quota",
        "use `grant`, the share of attempts that the quota has room for",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.decision",
        "leave it out: for now an application is decided when it is made",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.routes",
        "leave it out and use `travel` of the country for the cost of the way",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.capacity",
        "use `grant`, the share of attempts that there is room for",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.grounds",
        "use `requires = [\"at-risk\"]` and `grant`, the share that is recognised",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.appeal",
        "use `grant`, the share that is recognised in the end",
    ),
    Key::not_built(
        "country.CODE.channel.CHANNEL.removal",
        "leave it out: for now nobody is removed",
    ),
    // Bars on leaving.
    Key::optional(
        "country.CODE.exit",
        Kind::Table,
        "Bars on leaving the country.",
    ),
    Key::optional(
        "country.CODE.exit.EXIT.title",
        Kind::Text,
        "Its name for people.",
    ),
    Key::optional(
        "country.CODE.exit.EXIT.segments",
        Kind::Segments,
        "The segments it concerns; all of the country unless given.",
    ),
    Key::required(
        "country.CODE.exit.EXIT.share",
        SHARE,
        "Share of their persons who are barred.",
    )
    .changed_as(Field::ExitShare),
];
