//! No hazard lies above its bound.

use super::*;
use crate::draw::Key;
use crate::model::{
    Aspirant, AspirationKey, Belief, Beliefs, Covariates, Exits, Host, PieceSums, Prices, Scratch,
    Weights, constants, rent_exposure,
};
use crate::population::{Person, SegmentPopulation};
use crate::scenario::Source;
use crate::units::{DAYS_PER_YEAR, days_between};
use crate::world::{Classes, RuleSet, Rules, Versions};

fn read(text: &str) -> Scenario {
    let source = Source::parse("test", text).unwrap_or_else(|problems| panic!("{problems}"));
    source.scenario().as_ref().clone()
}

/// No hazard lies above its declared bound, over a million random persons in several steps: at home
/// against the bound of the stratum, abroad against that of the country and status.
#[test]
fn no_hazard_lies_above_its_bound() {
    let text = concat!(
        include_str!("../../../tests/support/rich.toml"),
        include_str!("../../../tests/support/behaviour.toml")
    );
    let (persons, closest) = compare(&read(text), &[0, 12, 36, 44, 60]);
    assert!(persons >= 1_000_000);
    // A bound that nobody comes near to would prove nothing.
    assert!(closest > 0.5);
}

/// The same where hosts are hostile and return responds to hostility in either direction.
#[test]
fn no_hazard_among_the_hostile_lies_above_its_bound() {
    for weight in ["2.0", "-2.0"] {
        let behaviour = include_str!("../../../tests/support/behaviour.toml")
            .replace(
                "[behaviour.attitudes]\non = false",
                "[behaviour.attitudes]\non = true",
            )
            .replace("hostility = 0.5", &format!("hostility = {weight}"));
        let rich = include_str!("../../../tests/support/rich.toml");
        let (persons, closest) = compare(&read(&format!("{rich}{behaviour}")), &[0, 36]);
        assert!(persons >= 400_000);
        assert!(closest > 0.5);
    }
}

/// The same where persons hold false beliefs, and hurry ahead of a change that they know to be coming.
#[test]
fn no_hazard_of_a_believer_lies_above_its_bound() {
    let text = concat!(
        include_str!("../../../tests/support/policies.toml"),
        include_str!("../../../tests/support/behaviour.toml")
    )
    .replace("lag = \"0 days\"", "lag = \"4 weeks\"")
    .replace("rush = 0", "rush = 3");
    // Before and after 10 June, when the others are barred and activists are admitted.
    let (persons, closest) = compare(&read(&text), &[20, 21, 22, 40, 60]);
    assert!(persons >= 600_000);
    assert!(closest > 0.5);
}

/// The same where a fee falls and nothing else changes: a way out is worth more, though it is for the same persons.
#[test]
fn no_hazard_lies_above_its_bound_after_a_fee_has_fallen() {
    let text = concat!(
        include_str!("../../../tests/support/rich.toml"),
        "\n[event.fee]\ndate = 2030-03-04\nset.\"country.XC.channel.visa.fee\" = \"10 EUR\"\n",
        include_str!("../../../tests/support/behaviour.toml")
    );
    let (persons, closest) = compare(&read(text), &[7, 8]);
    assert!(persons >= 400_000 && closest > 0.5, "{persons} {closest}");
}

/// Compares everybody's hazards with the bounds in some steps. Returns the number of persons compared,
/// and the largest ratio of a hazard to its bound.
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
        // Move rents away from their start, so that they matter.
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
        // What is reused from the step before gives the same as computing everything anew.
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
            // Reused sums of the step before give the same as sums computed anew.
            let alone = bounds(None);
            let bounds = bounds(kept[segment].as_ref().or(Some(&alone.sums)));
            assert_eq!(bounds.strata, alone.strata);
            assert_eq!(bounds.abroad, alone.abroad);
            // (In the origin too, where everybody is taken to be although nobody is abroad.)
            assert!(bounds.most_abroad.iter().all(|most| most.is_finite()));
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

/// Checks the hazards of a person put abroad somewhere, with the worst covariates possible.
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
