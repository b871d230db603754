//! Keys of channels, the ways into a country.

use super::super::Field;
use super::{AMOUNT, Bounds, Key, Kind, MOST_PERSONS, Preset, SHARE};
use crate::units::Dimension;

const NONE: Preset = Preset::Number(0.0);
const ALL: Preset = Preset::Number(1.0);
/// A span of days, up to a thousand years.
const DAYS: Bounds = Bounds::above(0.0, 365_250.0);

pub(super) const KEYS: &[Key] = &[
    Key::optional(
        "country.CODE.channel",
        Kind::Table,
        "Ways into the country.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.title",
        Kind::Text,
        "Display name.",
    ),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.open",
        Kind::Flag,
        Preset::Flag(true),
        "Whether it admits anybody.",
    )
    .changed_as(Field::Open),
    Key::optional(
        "country.CODE.channel.CHANNEL.origins",
        Kind::Countries,
        "The countries or groups whose citizens it is for; every origin by default.",
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
        "country.CODE.channel.CHANNEL.needs_any",
        Kind::Documents,
        Preset::Words(&[]),
        "Documents of which at least one is needed.",
    )
    .changed_as(Field::NeedsAny),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.bars",
        Kind::SegmentsOrNone,
        Preset::Words(&[]),
        "Segments that are not admitted.",
    )
    .changed_as(Field::Bars),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.requires",
        Kind::Words(&["at-risk", "ancestry", "kin", "employer", "draft-notice", "presence"]),
        Preset::Words(&[]),
        "Conditions that the person must meet, all of them; \"presence\" makes it a channel of claims to asylum, made in the country.",
    )
    .changed_as(Field::Requires),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.permission",
        Kind::Flag,
        Preset::Flag(false),
        "Whether permission must be asked for beforehand.",
    )
    .changed_as(Field::Permission),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.grant",
        SHARE,
        ALL,
        "Chance that an attempt is admitted; for claims to asylum, the share of believed claims that are recognised.",
    )
    .changed_as(Field::Grant),
    Key::optional(
        "country.CODE.channel.CHANNEL.grant_for.CONCERNED",
        SHARE,
        "Chance that an attempt by a person of the segment is admitted, in place of `grant`.",
    )
    .changed_as(Field::GrantFor),
    Key::optional(
        "country.CODE.channel.CHANNEL.also_refuses.CONCERNED",
        SHARE,
        "Share of the segment's persons whom the channel refuses by mistake though it would admit them; nobody by default.",
    )
    .changed_as(Field::AlsoRefuses),
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
        Kind::NumberOr(Dimension::Duration, DAYS, "without end"),
        Preset::Unlimited,
        "Permitted stay, or \"without end\".",
    )
    .changed_as(Field::StayLength),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.stay.within",
        Kind::NumberOr(Dimension::Duration, DAYS, "no window"),
        Preset::Unlimited,
        "Window of days in which the days of all stays by the channel count towards `length`, or \"no window\".",
    )
    .changed_as(Field::StayWithin),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.stay.renew",
        Kind::Word(&["none", "in country", "re-entry"]),
        Preset::Word("none"),
        "How a stay is renewed when it ends: not at all, in the country, or by leaving and re-entering.",
    )
    .changed_as(Field::Renew),
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
        "Chance that a renewal succeeds.",
    )
    .changed_as(Field::RenewSuccess),
    Key::elsewhere(
        "country.CODE.channel.CHANNEL.stay.window",
        "write within = \"180 days\" beside `length`",
    ),
    Key::required(
        "country.CODE.channel.CHANNEL.gives.status",
        Kind::Word(&["protected", "legal", "temporary", "pending", "irregular"]),
        "Legal status that it gives.",
    )
    .changed_as(Field::ChannelStatus),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.gives.work",
        Kind::Flag,
        Preset::Flag(true),
        "Whether it gives the right to work.",
    ),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.gives.extradition_shield",
        SHARE,
        NONE,
        "How far it protects from rendition.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.quota",
        Kind::Table,
        "Places for those who ask for permission.",
    ),
    Key::required(
        "country.CODE.channel.CHANNEL.quota.size",
        Kind::NumberOr(
            Dimension::PersonFlow,
            Bounds::above(0.0, MOST_PERSONS),
            "no quota",
        ),
        "Places per calendar month, or \"no quota\".",
    )
    .changed_as(Field::QuotaSize),
    Key::otherwise(
        "country.CODE.channel.CHANNEL.quota.order",
        Kind::Word(&["first come"]),
        Preset::Word("first come"),
        "Who gets a place first.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.decision",
        Kind::Distribution(Dimension::Duration, Bounds::from_to(0.0, 36_525.0)),
        "Time from getting a place to the decision on an application, or from a claim to its decision; by default at once (for a claim, in the next step).",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.routes",
        Kind::Routes,
        "Routes from the origin, each a list of borders in the order in which they are crossed; the first open one is taken. Direct by default.",
    ),
    Key::elsewhere(
        "country.CODE.channel.CHANNEL.capacity",
        "write [border.NAME] with a capacity and name it in `routes`, or give the channel a `quota`",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.grounds",
        Kind::Words(&["activism", "minority", "draft-evasion"]),
        "For claims to asylum: the grounds that the country accepts.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.appeal",
        Kind::Table,
        "For claims to asylum: the second instance, to which everybody goes whom the first rejects; none by default.",
    ),
    Key::required(
        "country.CODE.channel.CHANNEL.appeal.grant",
        SHARE,
        "Share of believed claims that are recognised on appeal.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.appeal.decision",
        Kind::Distribution(Dimension::Duration, Bounds::from_to(0.0, 36_525.0)),
        "Time from the rejection to the decision on appeal; by default, it comes in the next step.",
    ),
    Key::optional(
        "country.CODE.channel.CHANNEL.removal",
        SHARE,
        "For claims to asylum: chance that a person rejected in the end is removed to the origin; nobody by default.",
    ),
];
