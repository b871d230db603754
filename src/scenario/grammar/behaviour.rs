//! Keys of behaviour. All are required: a scenario gets them by extending a behaviour file.

use super::{
    Bounds, HAZARD, Key, Kind, MOST_PERSONS, SHARE, SPAN, SPAN_ABOVE_ZERO, STRENGTH, WEIGHT,
};
use crate::units::Dimension;

const SCALE: Kind = Kind::Number(Dimension::Persons, Bounds::above(0.0, MOST_PERSONS));
const SPREAD: Kind = Kind::Number(Dimension::Number, Bounds::from_to(0.0, 5.0));
const FACTOR: Kind = Kind::Number(Dimension::Number, Bounds::from_to(0.0, 100.0));

pub(super) const KEYS: &[Key] = &[
    Key::required("behaviour", Kind::Table, "Parameters of behaviour."),
    Key::required("behaviour.leaving", Kind::Table, "Leaving."),
    Key::required(
        "behaviour.leaving.planner",
        SHARE,
        "Share with a firm intention to leave, unless a segment gives its own.",
    ),
    Key::required(
        "behaviour.leaving.hazard_planner",
        HAZARD,
        "Planners' hazard of leaving in quiet times.",
    ),
    Key::required(
        "behaviour.leaving.hazard_other",
        HAZARD,
        "Everybody else's hazard of leaving in quiet times.",
    ),
    Key::required(
        "behaviour.leaving.attachment_spread",
        SPREAD,
        "Spread of the logarithm of the personal multiplier.",
    ),
    Key::required(
        "behaviour.leaving.risk",
        STRENGTH,
        "Weight of persecution in the push to leave.",
    ),
    Key::required(
        "behaviour.leaving.risk_active",
        WEIGHT,
        "How far being active raises persecution, in the exponent.",
    ),
    Key::required(
        "behaviour.leaving.risk_minority",
        WEIGHT,
        "How far belonging to a minority raises persecution, in the exponent.",
    ),
    Key::required(
        "behaviour.leaving.community",
        STRENGTH,
        "Protection by the community, subtracted from persecution.",
    ),
    Key::required(
        "behaviour.leaving.unemployed",
        STRENGTH,
        "Weight of unemployment in the push.",
    ),
    Key::required(
        "behaviour.leaving.income_loss",
        STRENGTH,
        "Weight of lost income in the push.",
    ),
    Key::required(
        "behaviour.choice",
        Kind::Table,
        "Choice of destination and channel.",
    ),
    Key::required(
        "behaviour.choice.lambda",
        Kind::Number(Dimension::Number, Bounds::from_to(0.01, 0.95)),
        "Dissimilarity of destinations against staying: near 1, people who cannot go to one stay; near 0, they all go elsewhere.",
    ),
    Key::required(
        "behaviour.choice.mu",
        Kind::Number(Dimension::Number, Bounds::from_to(0.01, 1.0)),
        "Dissimilarity of the channels of one country (0 = alike, 1 = unlike).",
    ),
    Key::required(
        "behaviour.choice.income",
        WEIGHT,
        "Weight of the logarithm of income there over income at home.",
    ),
    Key::required(
        "behaviour.choice.distance",
        WEIGHT,
        "Weight of the logarithm of distance, as a cost.",
    ),
    Key::required(
        "behaviour.choice.language",
        WEIGHT,
        "Weight of a common language.",
    ),
    Key::required(
        "behaviour.choice.diaspora",
        WEIGHT,
        "Weight of the logarithm of the diaspora.",
    ),
    Key::required(
        "behaviour.choice.rent",
        WEIGHT,
        "Weight of the logarithm of rent over that of the first day, as a cost.",
    ),
    Key::required("behaviour.choice.safety", WEIGHT, "Weight of safety."),
    Key::required(
        "behaviour.choice.hostility",
        WEIGHT,
        "Weight of the hostility of hosts, as a cost.",
    ),
    Key::required(
        "behaviour.choice.visa",
        WEIGHT,
        "Cost of having to ask for permission.",
    ),
    Key::required(
        "behaviour.choice.refusal",
        STRENGTH,
        "Weight of the logarithm of the chance of being admitted.",
    ),
    Key::required(
        "behaviour.choice.diaspora_scale",
        SCALE,
        "Size from which a diaspora begins to count.",
    ),
    Key::required(
        "behaviour.choice.diaspora_language_scale",
        SCALE,
        "Size of a diaspora at which language counts half.",
    ),
    Key::required(
        "behaviour.status",
        Kind::Table,
        "Cost of each legal status.",
    ),
    Key::required(
        "behaviour.status.protected",
        WEIGHT,
        "Protected: asylum, humanitarian admission.",
    ),
    Key::required(
        "behaviour.status.legal",
        WEIGHT,
        "Legal: residence, citizenship.",
    ),
    Key::required(
        "behaviour.status.temporary",
        WEIGHT,
        "Temporary: visa-free or short stay.",
    ),
    Key::required(
        "behaviour.status.pending",
        WEIGHT,
        "Pending: a claim not yet decided.",
    ),
    Key::required(
        "behaviour.status.irregular",
        WEIGHT,
        "Irregular: no permission to stay.",
    ),
    Key::required(
        "behaviour.delay",
        Kind::Table,
        "Mean delay between decision and departure.",
    ),
    Key::required("behaviour.delay.mobilisation", SPAN, "After a call-up."),
    Key::required("behaviour.delay.conscience", SPAN, "Out of conscience."),
    Key::required("behaviour.delay.other", SPAN, "Otherwise."),
    Key::required(
        "behaviour.holding",
        Kind::Table,
        "People who aspire to leave and cannot go.",
    ),
    Key::required(
        "behaviour.holding.on",
        Kind::Flag,
        "Whether they are held; if not, they are counted and are content again at once.",
    ),
    Key::required(
        "behaviour.holding.release",
        HAZARD,
        "Rate at which they leave once they can.",
    ),
    Key::required(
        "behaviour.holding.fade",
        SPAN_ABOVE_ZERO,
        "Time in which the wish to leave halves.",
    ),
    Key::required(
        "behaviour.holding.retry",
        SPAN,
        "How long a channel that refused a person or turned them back stays barred to them.",
    ),
    Key::required("behaviour.return", Kind::Table, "Return."),
    Key::required(
        "behaviour.return.hazard",
        HAZARD,
        "Hazard in the first month at the reference covariates.",
    ),
    Key::required(
        "behaviour.return.duration",
        WEIGHT,
        "Exponent of one plus the half-years since arrival.",
    ),
    Key::required(
        "behaviour.return.unemployed",
        WEIGHT,
        "Weight of unemployment.",
    ),
    Key::required(
        "behaviour.return.rent_burden",
        WEIGHT,
        "Weight of the ratio of rent to income above the threshold.",
    ),
    Key::required(
        "behaviour.return.burden_threshold",
        STRENGTH,
        "Ratio of rent to income above which it counts.",
    ),
    Key::required(
        "behaviour.return.burden_max",
        STRENGTH,
        "Largest ratio of rent to income that counts.",
    ),
    Key::required(
        "behaviour.return.hostility",
        WEIGHT,
        "Weight of the hostility of hosts.",
    ),
    Key::required(
        "behaviour.return.expired",
        WEIGHT,
        "Weight of an expired permit.",
    ),
    Key::required(
        "behaviour.return.fear",
        WEIGHT,
        "Weight of fear at home; a negative value holds people back.",
    ),
    Key::required(
        "behaviour.return.active",
        WEIGHT,
        "Weight of being active; a negative value holds people back.",
    ),
    Key::required(
        "behaviour.return.savings",
        WEIGHT,
        "Weight of the logarithm of savings in months of rent.",
    ),
    Key::required(
        "behaviour.return.no_reentry",
        FACTOR,
        "Factor where coming back by the same channel is believed to be barred.",
    ),
    Key::required(
        "behaviour.return.reference",
        Kind::Table,
        "Covariates at which the hazard of return is `hazard`.",
    ),
    Key::required(
        "behaviour.return.reference.unemployed",
        WEIGHT,
        "Unemployed share.",
    ),
    Key::required(
        "behaviour.return.reference.rent_burden",
        WEIGHT,
        "Ratio of rent to income above the threshold.",
    ),
    Key::required(
        "behaviour.return.reference.expired",
        WEIGHT,
        "Share whose permit has expired.",
    ),
    Key::required("behaviour.return.reference.fear", WEIGHT, "Fear at home."),
    Key::required("behaviour.return.reference.active", WEIGHT, "Active share."),
    Key::required(
        "behaviour.return.reference.savings",
        WEIGHT,
        "Logarithm of savings in months of rent.",
    ),
    Key::required("behaviour.onward", Kind::Table, "Onward moves."),
    Key::required(
        "behaviour.onward.hazard",
        HAZARD,
        "Hazard of moving on at the mean pull.",
    ),
    Key::required(
        "behaviour.onward.rooting",
        WEIGHT,
        "Weight of the logarithm of one plus the half-years since arrival, in the value of staying.",
    ),
    Key::required(
        "behaviour.expiry",
        Kind::Table,
        "The end of a permitted stay.",
    ),
    Key::required(
        "behaviour.expiry.home",
        WEIGHT,
        "Value of home, relative to the mean value of the host country.",
    ),
    Key::required(
        "behaviour.expiry.moving",
        WEIGHT,
        "Cost, in value, of giving up the country for another when a stay ends or one's means run out.",
    ),
    Key::required(
        "behaviour.expiry.irregular",
        WEIGHT,
        "Cost of staying on without permission.",
    ),
    Key::required(
        "behaviour.settled",
        Kind::Table,
        "Settling after a long legal stay.",
    ),
    Key::required("behaviour.settled.after", SPAN, "Time until settled."),
    Key::required(
        "behaviour.settled.factor",
        FACTOR,
        "Factor on the hazards of return and of onward moves from then on.",
    ),
    Key::required("behaviour.rents", Kind::Table, "The rental market."),
    Key::required(
        "behaviour.rents.on",
        Kind::Flag,
        "Whether rents move; if not, they stay as on the first day.",
    ),
    Key::required(
        "behaviour.rents.short",
        STRENGTH,
        "Response of rents in the short run.",
    ),
    Key::required(
        "behaviour.rents.long",
        STRENGTH,
        "Response of rents in the long run.",
    ),
    Key::required(
        "behaviour.rents.memory",
        SPAN_ABOVE_ZERO,
        "Memory of a shock: the time in which the short run becomes the long run.",
    ),
    Key::required(
        "behaviour.rents.adjustment",
        SPAN_ABOVE_ZERO,
        "Time in which rents move towards their target.",
    ),
    Key::required("behaviour.attitudes", Kind::Table, "Attitudes of hosts."),
    Key::required(
        "behaviour.attitudes.on",
        Kind::Flag,
        "Whether attitudes of hosts move and matter; if not, nobody is hostile and nobody is hospitable.",
    ),
    Key::required(
        "behaviour.attitudes.baseline",
        WEIGHT,
        "Log-odds of wanting restriction where nothing moves them.",
    ),
    Key::required(
        "behaviour.attitudes.surprise",
        STRENGTH,
        "Weight of a sudden rise of newcomers, per percent of the population.",
    ),
    Key::required(
        "behaviour.attitudes.memory",
        SPAN_ABOVE_ZERO,
        "Time constant with which surprise fades.",
    ),
    Key::required(
        "behaviour.attitudes.rents",
        STRENGTH,
        "Weight of the logarithm of rent over that of the first day, where it is higher.",
    ),
    Key::required(
        "behaviour.attitudes.pressure",
        STRENGTH,
        "Weight of international pressure to restrict.",
    ),
    Key::required(
        "behaviour.attitudes.legacy",
        STRENGTH,
        "Weight of the legacy of the past.",
    ),
    Key::required(
        "behaviour.attitudes.contact",
        STRENGTH,
        "Weight of contact with newcomers, which lowers the share wanting restriction.",
    ),
    Key::required(
        "behaviour.attitudes.hospitality",
        SHARE,
        "Share of a newcomer's rent that hosts would bear on arrival if nobody wanted restriction.",
    ),
    Key::required(
        "behaviour.attitudes.hospitality_half_life",
        SPAN_ABOVE_ZERO,
        "Time after arrival in which hospitality halves.",
    ),
    Key::required(
        "behaviour.attitudes.reactions",
        Kind::Flag,
        "Whether policy reacts: whether events with `when` ever act.",
    ),
    Key::required(
        "behaviour.belief",
        Kind::Table,
        "How people learn of changes of rules, and rush to leave before a closure.",
    ),
    Key::required(
        "behaviour.belief.lag",
        SPAN,
        "Mean time from the announcement of a change of rules until a person hears of it.",
    ),
    Key::required(
        "behaviour.belief.lag_opening",
        SPAN,
        "The same for a change that only opens.",
    ),
    Key::required(
        "behaviour.belief.rush",
        Kind::Number(Dimension::Number, Bounds::from_to(0.0, 100.0)),
        "Strength of the rush before a closure that a person has heard of.",
    ),
    Key::required(
        "behaviour.belief.rush_max",
        Kind::Number(Dimension::Number, Bounds::from_to(1.0, 1000.0)),
        "Largest factor of the rush.",
    ),
    Key::required("behaviour.money", Kind::Table, "Money abroad."),
    Key::required(
        "behaviour.money.on",
        Kind::Flag,
        "Whether savings and income move abroad; if not, they stay as on the first day.",
    ),
    Key::required(
        "behaviour.money.remote_kept",
        SHARE,
        "Share of remote workers who keep their work on leaving.",
    ),
    Key::required(
        "behaviour.money.remote_half_life",
        SPAN_ABOVE_ZERO,
        "Time in which half of those who kept it lose it.",
    ),
    Key::required(
        "behaviour.money.rent_share",
        SHARE,
        "Share of the rent of a home that one person who rents pays; others who live there pay the rest.",
    ),
    Key::required(
        "behaviour.money.help",
        SHARE,
        "What families send each month to a person who earns nothing from home, as a share of the origin's mean net wage.",
    ),
    Key::required(
        "behaviour.money.informal_work",
        SHARE,
        "Share of those without the right to work who work anyway.",
    ),
    Key::required(
        "behaviour.asylum",
        Kind::Table,
        "Claims to asylum, where a country has a channel with `requires = [\"presence\"]`.",
    ),
    Key::required(
        "behaviour.asylum.horizon",
        SPAN_ABOVE_ZERO,
        "Time over which a person weighs a claim.",
    ),
    Key::required(
        "behaviour.asylum.removal_loss",
        STRENGTH,
        "What a removal costs in value, compared with staying on irregularly.",
    ),
    Key::required(
        "behaviour.asylum.missed",
        SHARE,
        "Chance that a well-founded claim without documented evidence is not believed.",
    ),
    Key::required(
        "behaviour.asylum.mistaken",
        SHARE,
        "Chance that a claim without grounds is believed.",
    ),
    Key::required("behaviour.ties", Kind::Table, "Ties between persons."),
    Key::required(
        "behaviour.ties.on",
        Kind::Flag,
        "Whether persons have ties; if not, nobody leaves because others did.",
    ),
    Key::required(
        "behaviour.ties.near",
        Kind::Number(Dimension::Number, Bounds::from_to(0.0, 16.0)),
        "Near ties on each side in a ring of the segment's persons: half of a person's near ties.",
    ),
    Key::required(
        "behaviour.ties.far",
        Kind::Number(Dimension::Number, Bounds::from_to(0.0, 32.0)),
        "Far ties, to anybody of the origin.",
    ),
    Key::required(
        "behaviour.ties.contagion",
        Kind::Number(Dimension::Number, Bounds::from_to(1.0, 100.0)),
        "Factor on the hazard of leaving for each tie that left recently.",
    ),
    Key::required(
        "behaviour.ties.contagion_max",
        Kind::Number(Dimension::Number, Bounds::from_to(1.0, 1000.0)),
        "Largest factor from all ties together, departures and detentions.",
    ),
    Key::required(
        "behaviour.ties.detention",
        Kind::Number(Dimension::Number, Bounds::from_to(1.0, 100.0)),
        "Factor on the hazard of leaving for each tie that was detained recently.",
    ),
    Key::required(
        "behaviour.ties.window",
        Kind::Number(Dimension::Duration, Bounds::from_to(1.0, 36_525.0)),
        "How long a departure or a detention counts.",
    ),
    Key::required(
        "behaviour.ties.kin",
        STRENGTH,
        "Weight of ln(1 + ties who live there) in the value of a place.",
    ),
    Key::required(
        "behaviour.ties.lag",
        SPAN,
        "Mean time from the announcement of a change until a person with a tie in the country hears of it.",
    ),
    Key::required(
        "behaviour.repression",
        Kind::Table,
        "Detention, and what follows from it.",
    ),
    Key::required(
        "behaviour.repression.on",
        Kind::Flag,
        "Whether anybody is detained or handed over; if not, nobody has a case.",
    ),
    Key::required(
        "behaviour.repression.detention",
        HAZARD,
        "Hazard of detention of a person not identified as active, at the repression of the reference's first day.",
    ),
    Key::required(
        "behaviour.repression.active",
        Kind::Number(Dimension::Number, Bounds::from_to(0.0, 20.0)),
        "How far being identified as active raises it, in the exponent.",
    ),
    Key::required(
        "behaviour.repression.short_share",
        SHARE,
        "Share of detentions that are short.",
    ),
    Key::required(
        "behaviour.repression.short",
        SPAN_ABOVE_ZERO,
        "How long a short detention lasts.",
    ),
    Key::required(
        "behaviour.repression.long",
        SPAN_ABOVE_ZERO,
        "How long the others last.",
    ),
    Key::required(
        "behaviour.repression.case",
        SPAN,
        "How long a case lasts, counted from the detention.",
    ),
    Key::required(
        "behaviour.repression.victim",
        Kind::Number(Dimension::Number, Bounds::from_to(1.0, 1000.0)),
        "Factor on the hazard of leaving while a case lasts.",
    ),
];
