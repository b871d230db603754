//! Bounds of a step, by segment: from these candidates are drawn, and above these no hazard may lie.

use super::records::Abroad;
use super::whereabouts::Whereabouts;
use crate::draw::math::{exp, pow};
use crate::draw::threshold;
use crate::model::{Drive, Eligible, Ledger, Menu, Outlook, ReturnHazard, Ways, status_cost};
use crate::population::{Asked, Population, SegmentPopulation};
use crate::scenario::{Constants, Scenario, Status};
use crate::world::{RuleSet, STATUSES, World};
use std::sync::{Arc, OnceLock};

/// The statuses in order of their number.
pub const ALL_STATUSES: [Status; STATUSES] = [
    Status::Protected,
    Status::Legal,
    Status::Temporary,
    Status::Pending,
    Status::Irregular,
];

/// Bounds for the persons of one segment.
#[derive(Debug)]
pub struct SegmentBounds {
    /// What drives them.
    pub drive: Drive,
    /// exp(-I_ref).
    pub inverse_reference: f64,
    /// exp(-lambda I_ref).
    pub inverse_pull: f64,
    /// exp(lambda (I_open - I_ref)) itself, where choices are the same for everybody.
    pub uniform_pull: Option<f64>,
    /// Which traits candidates are asked for.
    pub asked: Asked,
    /// Whether nobody leaves but for ordinary reasons.
    pub only_ordinary: bool,
    /// By stratum.
    pub strata: Vec<StratumBound>,
    /// By country, status, kind: integrated return and onward hazards at most; 0 where nobody is.
    abroad: Vec<AbroadBound>,
    /// By country, status, kind: the thresholds of the heads of both marks.
    thresholds: Vec<[u32; 2]>,
    /// By channel: where those of its country begin.
    rows: Vec<u32>,
    /// The largest of them; not a number if any is not.
    pub most_abroad: [f64; 2],
    kinds: usize,
    /// Of whom abroad bounds are known.
    whereabouts: Whereabouts,
    /// What channels are worth to its classes at most.
    pub sums: Arc<ClassSums>,
}

impl SegmentBounds {
    /// The thresholds of a record: heads at or above them mean marks above the bounds.
    #[inline]
    pub fn thresholds(&self, record: &Abroad) -> [u32; 2] {
        let begin = self.rows[usize::from(record.channel)] as usize;
        let row = record.status as usize;
        self.thresholds[begin + self.kinds * row + usize::from(record.kind)]
    }

    /// Whether bounds are known of a record in a country: of everybody who is abroad when a step begins.
    pub fn knows(&self, country: u16, record: &Abroad) -> bool {
        self.whereabouts.kinds(country) & (1 << record.kind) != 0
    }

    /// The bounds of a record in a country.
    #[inline]
    pub fn abroad(&self, country: u16, record: &Abroad) -> &AbroadBound {
        let row = usize::from(country) * STATUSES + record.status as usize;
        debug_assert!(self.knows(country, record), "{country}: {record:?}");
        &self.abroad[self.kinds * row + usize::from(record.kind)]
    }
}

/// What channels are worth at most to the classes of a segment's persons, by place: the same from one step to
/// the next as long as channels and incomes are.
#[derive(Debug)]
pub struct ClassSums {
    /// Those from home and from abroad.
    ways: [Arc<Ways>; 2],
    /// Real income at home over that of the first day; the most that anybody earns abroad, currency units a
    /// month.
    incomes: [f64; 2],
    /// By group of strata: from home, in the open world.
    groups: Arc<[Vec<f64>]>,
    /// By kind: from anywhere abroad, under the rules as they are, computed when first asked for.
    kinds: Arc<[OnceLock<Vec<f64>>]>,
}

impl ClassSums {
    fn of(
        people: &SegmentPopulation,
        (menu, anywhere): (&Menu, &Menu),
        real_income: f64,
        most_abroad: f64,
        before: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let ways = [menu, anywhere].map(|menu| Arc::clone(menu.ways()));
        let incomes = [real_income, most_abroad];
        let still = |number: usize, set| {
            before.filter(|before| {
                before.incomes[number] == incomes[number]
                    && before.ways[number].are_worth_the_same(&ways[number], set)
            })
        };
        let (from_home, from_abroad) = (still(0, RuleSet::Open), still(1, RuleSet::Now));
        if let (Some(before), Some(_)) = (from_home, from_abroad) {
            return Arc::clone(before);
        }
        let groups = match from_home {
            Some(before) => Arc::clone(&before.groups),
            None => Self::of_groups(people, menu, real_income),
        };
        let kinds = match from_abroad {
            Some(before) => Arc::clone(&before.kinds),
            None => (0..people.kinds.count()).map(|_| OnceLock::new()).collect(),
        };
        Arc::new(Self {
            groups,
            kinds,
            ways,
            incomes,
        })
    }

    fn of_groups(people: &SegmentPopulation, menu: &Menu, real_income: f64) -> Arc<[Vec<f64>]> {
        let list = people.strata.list();
        // The channels for a class of persons, whose incomes follow upon each other.
        let mut channels: Option<((bool, bool), Eligible)> = None;
        let groups = people.strata.groups().iter().map(|group| {
            let common = &list[group.start];
            let (_, income) = people.income.range(common.income.0, common.income.1);
            let class = (common.active, common.connected);
            let known = channels.take().filter(|(known, _)| *known == class);
            let (_, eligible) = channels.insert(known.unwrap_or_else(|| {
                let who = (class, u32::MAX);
                (class, menu.eligible_of_class(people, who, RuleSet::Open))
            }));
            menu.sums_at_most(eligible, income * real_income)
        });
        groups.collect()
    }

    /// Those of a kind, from anywhere abroad.
    fn of_kind(&self, people: &SegmentPopulation, anywhere: &Menu, kind: usize) -> &[f64] {
        self.kinds[kind].get_or_init(|| {
            let (connected, holds) = people.kinds.persons(kind);
            let who = ((true, connected), holds);
            let eligible = anywhere.eligible_of_class(people, who, RuleSet::Now);
            anywhere.sums_at_most(&eligible, self.incomes[1])
        })
    }
}

/// Upper bounds over a stratum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StratumBound {
    /// Quiet part of the integrated hazard in the reference regime, for a = 1.
    pub quiet: f64,
    /// exp(lambda (I_open - I_ref)) times the rush; 0 where nobody can go anywhere.
    pub pull: f64,
    /// Integrated hazard of an aspiration.
    pub hazard: f64,
}

/// Bounds of one country and status.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AbroadBound {
    /// Integrated hazards of return, onward move, at most.
    pub hazards: [f64; 2],
}

/// Where nobody is.
const NOBODY: AbroadBound = AbroadBound { hazards: [0.0; 2] };

impl SegmentBounds {
    /// The bounds of a segment in a step; `ledger` is there where money moves, `whereabouts` are those of its
    /// persons abroad, `before` are the sums of the step before.
    #[expect(clippy::too_many_arguments, reason = "all that a step is made of")]
    pub fn new(
        scenario: &Scenario,
        population: &Population,
        world: &World,
        outlook: &Outlook,
        constants: &Constants,
        ledger: Option<&Ledger>,
        segment: usize,
        step: usize,
        whereabouts: &Whereabouts,
        before: Option<&Arc<ClassSums>>,
    ) -> Self {
        let people = &population.segments[segment];
        let lambda = scenario.behaviour.choice.lambda;
        let class = outlook.class_of(segment as u16);
        let drive = Drive::new(scenario, population, world, segment, step);
        let facts = &world.rules.countries[usize::from(people.origin)];
        let (_, income_max) = people.income.range(0.0, 1.0);
        let menu = &outlook.home[class as usize];
        let reference = constants.inclusive_value[segment];
        let inverse_reference = if reference.is_finite() {
            exp(-reference)
        } else {
            0.0
        };
        let anywhere = outlook.from_abroad(class, people.origin);
        // Who works from afar goes on earning what it did, others what the country pays.
        let wages = world.rules.countries.iter();
        let wages = wages.map(|facts| facts.wage * facts.real_income);
        let most_abroad = wages.fold(income_max, f64::max);
        let sums = ClassSums::of(
            people,
            (menu, anywhere),
            facts.real_income,
            most_abroad,
            before,
        );
        let belief = &scenario.behaviour.belief;
        let rush = if menu.has_loss_ahead() && belief.rush > 0.0 {
            belief.rush_max
        } else {
            1.0
        };
        let utilities = menu.utilities_at_most(people);
        let pull_of = |sums: &[f64]| {
            let open = product(&utilities, sums) * (1.0 + 1e-9);
            if open > 0.0 && inverse_reference > 0.0 {
                pow(open * inverse_reference, lambda) * rush * (1.0 + 1e-9)
            } else {
                0.0
            }
        };
        let list = people.strata.list();
        let mut strata = Vec::with_capacity(list.len());
        for (group, sums) in people.strata.groups().iter().zip(sums.groups.iter()) {
            // Strata of a group share all that the pull depends on.
            let common = &list[group.start];
            let income = people.income.range(common.income.0, common.income.1);
            let pull = pull_of(sums);
            strata.extend(list[group.clone()].iter().map(|stratum| {
                let attachment = people
                    .attachment
                    .range(stratum.attachment.0, stratum.attachment.1);
                let dissent = people.dissent.range(stratum.dissent.0, stratum.dissent.1);
                let (quiet, all) = drive.bounds(stratum, attachment.1, dissent.1, income.0);
                StratumBound {
                    quiet,
                    pull,
                    hazard: all * pull,
                }
            }));
        }
        let uniform_pull = menu.uniform_weights().map(|weights| {
            let total: f64 = weights.iter().sum();
            pow(total * inverse_reference, lambda)
        });
        let mut bounds = Self {
            asked: drive.asks_for(uniform_pull.is_none() || ledger.is_some()),
            only_ordinary: drive.is_only_ordinary(),
            drive,
            inverse_reference,
            inverse_pull: pow(inverse_reference, lambda),
            uniform_pull,
            strata,
            abroad: Vec::new(),
            thresholds: Vec::new(),
            rows: Vec::new(),
            most_abroad: [0.0; 2],
            kinds: people.kinds.count(),
            whereabouts: whereabouts.clone(),
            sums,
        };
        let least = menu.utilities_at_least(people);
        let width = bounds.kinds * STATUSES;
        let mut abroad = Vec::with_capacity(width * scenario.countries.len());
        let returns = ReturnHazard::new(scenario, world, people.origin);
        let exposed = returns.most_exposed(people);
        let somewhere = whereabouts.kinds_anywhere();
        let sums: Vec<&[f64]> = (0..bounds.kinds)
            .map(|kind| match somewhere & (1 << kind) {
                0 => &[][..],
                _ => bounds.sums.of_kind(people, anywhere, kind),
            })
            .collect();
        for here in 0..scenario.countries.len() as u16 {
            let kinds = whereabouts.kinds(here);
            if kinds == 0 {
                abroad.resize(abroad.len() + width, NOBODY);
                continue;
            }
            let place = menu.position(here);
            let here_least = place.map_or(0.0, |place| least[place]);
            let hazards = HostBounds {
                scenario,
                population,
                world,
                outlook,
                constants,
                ledger,
                segment,
                class,
                here,
                here_least,
                kinds,
                sums: &sums,
                days: f64::from(scenario.calendar.steps[step].days),
                exposed,
            };
            hazards.list(&returns, &mut abroad);
        }
        bounds.abroad = abroad;
        let limit = |hazard: f64| if hazard > 0.0 { threshold(hazard) } else { 0 };
        let mut limits = Vec::with_capacity(bounds.abroad.len());
        // (All kinds of a country and status have the same hazard of return.)
        let mut going_back = (0.0, 0);
        for bound in &bounds.abroad {
            if *bound == NOBODY {
                limits.push([0; 2]);
                continue;
            }
            let hazards = bound.hazards;
            let most = bounds.most_abroad;
            bounds.most_abroad = [0, 1].map(|process| largest(most[process], hazards[process]));
            if hazards[0] != going_back.0 {
                going_back = (hazards[0], limit(hazards[0]));
            }
            limits.push([going_back.1, limit(hazards[1])]);
        }
        let channels = scenario.channels.iter();
        let rows = channels.map(|channel| (usize::from(channel.country) * width) as u32);
        (bounds.thresholds, bounds.rows) = (limits, rows.collect());
        bounds
    }
}

/// The larger of two; not a number if either is not.
pub fn largest(one: f64, other: f64) -> f64 {
    if one.is_nan() || one > other {
        one
    } else {
        other
    }
}

/// The sum of products of two lists, four at a time: each addition waits for the one before, and a bound may
/// be rounded either way.
fn product(one: &[f64], other: &[f64]) -> f64 {
    let (ours, our_rest) = one.as_chunks::<4>();
    let (theirs, their_rest) = other.as_chunks::<4>();
    let sums = ours.iter().zip(theirs).fold([0.0; 4], |sums, (a, b)| {
        [0, 1, 2, 3].map(|lane| sums[lane] + a[lane] * b[lane])
    });
    let rest = our_rest.iter().zip(their_rest).map(|(a, b)| a * b);
    sums.into_iter().chain(rest).sum()
}

/// What the bounds of one host country need.
struct HostBounds<'a> {
    scenario: &'a Scenario,
    population: &'a Population,
    world: &'a World,
    outlook: &'a Outlook,
    constants: &'a Constants,
    ledger: Option<&'a Ledger>,
    segment: usize,
    class: u32,
    here: u16,
    here_least: f64,
    /// The kinds of those who are there, as bits.
    kinds: u32,
    /// By kind and place: what the ways on from anywhere abroad are worth at most.
    sums: &'a [&'a [f64]],
    days: f64,
    /// The largest factor of fear and activity in the hazard of return.
    exposed: f64,
}

impl HostBounds<'_> {
    /// Adds the bounds by status, and among them by kind.
    fn list(&self, returns: &ReturnHazard<'_>, list: &mut Vec<AbroadBound>) {
        let behaviour = &self.scenario.behaviour;
        let people = &self.population.segments[self.segment];
        let facts = &self.world.rules.countries[usize::from(self.here)];
        let dt = self.days / crate::units::DAYS_PER_YEAR;
        let settled = behaviour.settled.factor.max(1.0);
        let longest = f64::from(u16::MAX) / crate::units::DAYS_PER_MONTH;
        let duration = returns.longest_lasting();
        let exposed = self.exposed;
        let rent = self
            .world
            .monthly_rent(self.scenario, usize::from(self.here));
        let no_reentry = behaviour.return_.no_reentry > 1.0;
        let (least, most) = people.income.range(0.0, 1.0);
        let wage = facts.wage * facts.real_income;
        let savings = people.savings.range(0.0, 1.0);
        // Where money moves somebody may be without work and savings, and somebody saves all.
        let (poorest, savings) = match self.ledger {
            Some(ledger) => (0.0, (0.0, ledger.most_saved(savings.1, most))),
            None => (least.min(wage), savings),
        };
        let going_back = [false, true].map(|irregular| {
            returns.at_most(
                people,
                self.here,
                (facts.unemployment > 0.0, irregular, no_reentry),
                (rent, poorest),
                savings,
                (duration, exposed),
            )
        });
        let menu = self.outlook.from_abroad(self.class, self.here);
        let utilities = menu.utilities_at_most(people);
        let lambda = behaviour.choice.lambda;
        let raised = |weight: f64| {
            if weight > 0.0 {
                pow(weight, lambda)
            } else {
                0.0
            }
        };
        // One power for each kind and one for each status, in place of one for each pair of them.
        let outside: Vec<Option<f64>> = (0..)
            .zip(self.sums)
            .map(|(kind, sums)| {
                // (The country itself is worth nothing in the menu from it.)
                (self.kinds & (1 << kind) != 0)
                    .then(|| raised(product(&utilities, sums) * (1.0 + 1e-9)))
            })
            .collect();
        let rooting = pow(1.0 + longest / 6.0, behaviour.onward.rooting).min(1.0);
        let factor = settled * dt * (1.0 + 1e-9);
        let pull = behaviour.onward.hazard.per_year() * factor * (1.0 + 1e-9);
        for status in ALL_STATUSES {
            let here = self.here_least
                * exp(self.constants.onward_pull - status_cost(self.scenario, status))
                * rooting;
            let here = raised(here);
            let going_back = going_back[usize::from(status == Status::Irregular)] * factor;
            let bound = |outside: &Option<f64>| match outside {
                Some(outside) => AbroadBound {
                    hazards: [
                        going_back,
                        if here > 0.0 {
                            pull * (outside / here)
                        } else {
                            0.0
                        },
                    ],
                },
                None => NOBODY,
            };
            list.extend(outside.iter().map(bound));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Key;
    use crate::model::{
        Aspirant, AspirationKey, Belief, Beliefs, Covariates, Exits, Host, PieceSums, Prices,
        Scratch, Weights, constants, rent_exposure,
    };
    use crate::population::{Person, SegmentPopulation};
    use crate::scenario::Source;
    use crate::units::{DAYS_PER_YEAR, days_between};
    use crate::world::{Classes, Rules, Versions};

    fn read(text: &str) -> Scenario {
        let source = Source::parse("test", text).unwrap_or_else(|problems| panic!("{problems}"));
        source.scenario().as_ref().clone()
    }

    /// No hazard above its declared bound, over a million random persons in several steps: at home
    /// against the bound of the stratum, abroad against that of the country and status.
    #[test]
    fn no_hazard_lies_above_its_bound() {
        let text = concat!(
            include_str!("../../tests/support/rich.toml"),
            include_str!("../../tests/support/behaviour.toml")
        );
        let (persons, closest) = compare(&read(text), &[0, 12, 36, 44, 60]);
        assert!(persons >= 1_000_000);
        // A bound that nobody comes near would prove nothing.
        assert!(closest > 0.5);
    }

    /// The same where hosts are hostile, and return answers to it in either direction.
    #[test]
    fn no_hazard_among_the_hostile_lies_above_its_bound() {
        for weight in ["2.0", "-2.0"] {
            let behaviour = include_str!("../../tests/support/behaviour.toml")
                .replace(
                    "[behaviour.attitudes]\non = false",
                    "[behaviour.attitudes]\non = true",
                )
                .replace("hostility = 0.5", &format!("hostility = {weight}"));
            let rich = include_str!("../../tests/support/rich.toml");
            let (persons, closest) = compare(&read(&format!("{rich}{behaviour}")), &[0, 36]);
            assert!(persons >= 400_000);
            assert!(closest > 0.5);
        }
    }

    /// The same where persons believe what does not hold, and hurry before what they know to come.
    #[test]
    fn no_hazard_of_a_believer_lies_above_its_bound() {
        let text = concat!(
            include_str!("../../tests/support/policies.toml"),
            include_str!("../../tests/support/behaviour.toml")
        )
        .replace("lag = \"0 days\"", "lag = \"4 weeks\"")
        .replace("rush = 0", "rush = 3");
        // Before and after the tenth of June, when others are barred and activists admitted.
        let (persons, closest) = compare(&read(&text), &[20, 21, 22, 40, 60]);
        assert!(persons >= 600_000);
        assert!(closest > 0.5);
    }

    /// Compares everybody's hazards with the bounds in some steps; returns how many persons there
    /// were, and how close the closest came to its bound.
    fn compare(scenario: &Scenario, steps: &[usize]) -> (u32, f64) {
        let population = Population::new(scenario, 12, 1);
        let in_order = |pieces: usize, function: &(dyn Fn(usize) -> PieceSums + Sync)| {
            (0..pieces).map(function).collect::<Vec<_>>()
        };
        let constants = constants(scenario, &population, &in_order);
        let (versions, classes) = (Versions::of(scenario), Classes::of(scenario));
        let (mut scratch, mut prices) = (Scratch::default(), Prices::default());
        let (mut persons, mut closest, mut otherwise) = (0_u32, 0.0_f64, 0_u32);
        let mut kept: Vec<Option<Arc<ClassSums>>> = vec![None; population.segments.len()];
        let (mut heard, mut ways, mut weights) = (None, Vec::new(), Weights::default());
        for &step in steps {
            let mut world = World::first(scenario);
            world.rules = Rules::at(scenario, step);
            // Rents away from their start, so that they matter.
            for (country, rent) in world.rents.iter_mut().enumerate() {
                rent.log_index = 0.2 * country as f64 - 0.3;
            }
            for (country, attitude) in world.attitudes.iter_mut().enumerate() {
                let newcomers = 0.01 * country as f64 * scenario.countries[country].population;
                attitude.advance(scenario, country, newcomers, 7.0);
            }
            let calendar = &scenario.calendar;
            let begin = f64::from(days_between(calendar.start, calendar.steps[step].start));
            let rules = versions.during(scenario, step, &world.rules);
            let rules = (&versions, &rules);
            let beliefs = Beliefs::during(
                scenario,
                &population,
                &world,
                &classes,
                rules,
                (step, begin),
            );
            // With what of the step before holds, as without.
            let again = Beliefs::after(
                heard.as_ref(),
                scenario,
                &population,
                &world,
                &classes,
                rules,
                (step, begin),
            );
            assert_eq!(again, beliefs);
            heard = again.heard().cloned();
            let anew = Outlook::with(scenario, &world, classes.clone(), &beliefs);
            let outlook = Outlook::after(&ways, scenario, &world, classes.clone(), &beliefs);
            ways = outlook.ways().to_vec();
            for (segment, people) in population.segments.iter().enumerate() {
                let bounds = |before: Option<&Arc<ClassSums>>| {
                    SegmentBounds::new(
                        scenario,
                        &population,
                        &world,
                        &outlook,
                        &constants,
                        None,
                        segment,
                        step,
                        &Whereabouts::everywhere(scenario.countries.len()),
                        before,
                    )
                };
                // With sums of the step before, where they hold, as without.
                let alone = bounds(None);
                let bounds = bounds(kept[segment].as_ref().or(Some(&alone.sums)));
                assert_eq!(bounds.strata, alone.strata);
                assert_eq!(bounds.abroad, alone.abroad);
                assert!(kept[segment].is_some() || Arc::ptr_eq(&bounds.sums, &alone.sums));
                kept[segment] = Some(Arc::clone(&bounds.sums));
                let class = outlook.class_of(segment as u16);
                let slot = world.rules.slot(people.origin).unwrap_or(0);
                let real_income = world.rules.countries[usize::from(people.origin)].real_income;
                for index in 0..people.agents {
                    let person = people.person(segment as u16, index);
                    let who = (class, segment as u16);
                    let belief = beliefs.of_person(who, people.identity(index), &[], &[], true);
                    otherwise += u32::from(!belief.is_as_it_is());
                    let menu = &outlook.home[class as usize];
                    let income = person.income * real_income;
                    menu.prices(income, &mut prices);
                    for set in [RuleSet::Now, RuleSet::CostsLifted] {
                        let total = menu.weigh_at(&person, income, set, &mut weights);
                        let anew = &anew.home[class as usize];
                        assert_eq!(anew.weigh_at(&person, income, set, &mut weights), total);
                    }
                    let aspirant = Aspirant {
                        menu,
                        person: &person,
                        prices: &prices,
                        income,
                        exits: Exits::default(),
                        refused: &[],
                        spent: &[],
                        kin: &[],
                        belief: &belief,
                        lambda: scenario.behaviour.choice.lambda,
                        draws: AspirationKey {
                            key: Key::of_identity(12, "bounds"),
                            index,
                            date: 0,
                        },
                    };
                    let total = aspirant.weigh_open(&mut scratch);
                    let pull = pow(total * bounds.inverse_reference, aspirant.lambda);
                    let parameters = &scenario.behaviour.belief;
                    let parameters = (parameters.rush, parameters.rush_max);
                    let rush = aspirant.rush(parameters, &mut scratch);
                    let hazard = bounds.drive.propensity(&person) * pull * rush;
                    let bound = bounds.strata[people.stratum_of(index)].hazard;
                    assert!(hazard <= bound, "{segment}/{index}: {hazard} {bound}");
                    if bound > 0.0 {
                        closest = closest.max(hazard / bound);
                    }
                    persons += 1;
                    abroad(
                        scenario,
                        &world,
                        &outlook,
                        &constants,
                        &bounds,
                        slot,
                        step,
                        (people, &person),
                        &belief,
                    );
                }
            }
        }
        println!(
            "{persons} persons, {otherwise} believe otherwise; the closest came to {closest:.3} of its bound"
        );
        (persons, closest)
    }

    /// A person put abroad somewhere, with the worst covariates that it can have.
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of one step, in one test"
    )]
    fn abroad(
        scenario: &Scenario,
        world: &World,
        outlook: &Outlook,
        constants: &Constants,
        bounds: &SegmentBounds,
        slot: u32,
        step: usize,
        (people, person): (&SegmentPopulation, &Person),
        belief: &Belief,
    ) {
        let origin = world.rules.origins[slot as usize];
        let channel = person.index as usize % scenario.channels.len();
        let here = scenario.channels[channel].country;
        if here == origin {
            return;
        }
        let status = ALL_STATUSES[person.index as usize / 7 % STATUSES];
        let months = f64::from(person.index % 40);
        let record = Abroad {
            position: 0,
            channel: channel as u16,
            since: 0,
            until: 0,
            status,
            kind: people.kind_of(person.index, person.connected),
        };
        let bound = bounds.abroad(here, &record);
        let host = Host::new(
            scenario,
            world,
            outlook,
            (outlook.class_of(person.segment), here),
            person,
            (status, months),
        );
        let Some(host) = host else { return };
        let host = Host { belief, ..host };
        let year = f64::from(scenario.calendar.steps[step].days) / DAYS_PER_YEAR;
        let rent = if person.renter {
            world.monthly_rent(scenario, usize::from(here))
        } else {
            0.0
        };
        let facts = &world.rules.countries[usize::from(here)];
        let hospitality = world.hospitality(scenario, usize::from(here));
        let borne = rent * rent_exposure(scenario, hospitality, months);
        let covariates = Covariates {
            here,
            months,
            unemployed: person.unemployment < facts.unemployment,
            burden: borne / host.income,
            irregular: status == Status::Irregular,
            cushion: if rent > 0.0 {
                crate::draw::math::ln_1p(person.savings / rent)
            } else {
                0.0
            },
            no_reentry: false,
        };
        let returns = ReturnHazard::new(scenario, world, origin);
        let mut weights = Weights::default();
        let hazards = [
            returns.of(person, &covariates),
            host.onward_hazard(exp(constants.onward_pull), &mut weights),
        ];
        for (hazard, bound) in hazards.iter().zip(bound.hazards) {
            assert!(
                hazard * year <= bound,
                "{here} {status:?}: {hazard} {bound}"
            );
        }
    }
}
