//! Compares bounds with weighing in full: a bound too low would drop a person without any other sign.

use super::*;
use crate::draw::Key;
use crate::model::{
    Aspirant, AspirationKey, Beliefs, Bounds, Exits, Host, Knowledge, Outlook, Prices, Scratch,
    Weights,
};
use crate::population::{Documents, Population};
use crate::scenario::{Source, Status};
use crate::units::days_between;
use crate::world::{Classes, Rules, Versions, World};

/// Over persons of every segment, who believe what does not hold, in steps before and after rules change: no place is
/// worth more to anybody than in the table, none of the open world is worth less, and nobody goes who surely stays.
#[test]
fn nobody_finds_more_than_the_table_allows() {
    let text = concat!(
        include_str!("../../../tests/support/policies.toml"),
        include_str!("../../../tests/support/behaviour.toml")
    )
    .replace("lag = \"0 days\"", "lag = \"4 weeks\"");
    let source = Source::parse("test", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let scenario = source.scenario().as_ref().clone();
    let population = Population::new(&scenario, 12, 20);
    let (versions, classes) = (Versions::of(&scenario), Classes::of(&scenario));
    let mut seen = Seen::default();
    // (One step twice, and the others with and without a change of rules.)
    let mut before: Vec<[Arc<Sums>; 4]> = Vec::new();
    for step in [20, 20, 21, 22, 40, 60, 61] {
        let mut after = Vec::new();
        let mut world = World::first(&scenario);
        world.rules = Rules::at(&scenario, step);
        let start = scenario.calendar.start;
        let begin = f64::from(days_between(start, scenario.calendar.steps[step].start));
        let rules = versions.during(&scenario, step, &world.rules);
        let beliefs = Beliefs::during(
            &scenario,
            &population,
            &world,
            &classes,
            (&versions, &rules),
            (step, begin),
        );
        let outlook = Outlook::with(&scenario, &world, classes.clone(), &beliefs);
        let documents = Documents::at(&scenario, &world, begin);
        for (segment, people) in population.segments.iter().enumerate() {
            let class = outlook.class_of(segment as u16);
            let menu = &outlook.home[class as usize];
            let lambda = scenario.behaviour.choice.lambda;
            let range = (1.0, 1e5);
            let kept = before.get(segment);
            let table = |(number, set)| {
                let before = kept.map(|sums: &[Arc<Sums>; 4]| &sums[number]);
                Reach::new(menu, set, range, before)
            };
            let home = [RuleSet::Now, RuleSet::CostsLifted, RuleSet::Open];
            let home = [(0, home[0]), (1, home[1]), (2, home[2])].map(table);
            let anywhere = outlook.from_abroad(class, people.origin);
            let abroad = kept.map(|sums| &sums[3]);
            let abroad = Reach::new(anywhere, RuleSet::Now, range, abroad);
            let [now, lifted, open] = &home;
            let sums = [now, lifted, open, &abroad].map(|reach| Arc::clone(reach.sums()));
            let is_kept = |(one, other)| Arc::ptr_eq(one, other);
            seen.kept += kept.map_or(0, |kept| {
                kept.iter().zip(&sums).filter(|pair| is_kept(*pair)).count()
            });
            after.push(sums);
            for index in 0..people.agents {
                let who = (segment as u16, index);
                let person = people.chooser(who, &documents);
                let of_class = (class, segment as u16);
                let belief = beliefs.of_person(of_class, people.identity(index), &[], &[], true);
                let real = world.rules.countries[usize::from(people.origin)].real_income;
                let mut prices = Prices::default();
                menu.prices(person.income * real, &mut prices);
                let aspirant = Aspirant {
                    menu,
                    person: &person,
                    prices: &prices,
                    income: person.income * real,
                    exits: Exits::default(),
                    refused: &[],
                    spent: &[],
                    kin: &[],
                    belief: &belief,
                    lambda,
                    draws: AspirationKey {
                        key: Key::of_identity(12, "reach"),
                        index,
                        date: step as i32,
                    },
                };
                seen.at_home(&aspirant, &home);
                let channel = &scenario.channels[index as usize % scenario.channels.len()];
                let (here, stay) = (channel.country, (Status::Legal, 3.0));
                let place = (class, here);
                let host = Host::new(&scenario, &world, &outlook, place, &person, stay);
                if let Some(host) = host.filter(|_| here != people.origin) {
                    let host = Host {
                        belief: &belief,
                        ..host
                    };
                    seen.abroad(&host, &abroad);
                }
            }
        }
        before = after;
    }
    println!("{seen:?}");
    assert!(seen.kept > 0);
    // Bounds that nobody comes near, or a shortcut that is never taken, would prove nothing.
    assert!(seen.persons > 20_000 && seen.stays > 1_000 && seen.below > 500 && seen.goes > 1_000);
    assert!(seen.closest.iter().all(|closest| *closest > 0.95));
    assert!(seen.farthest_open < 1.1);
}

#[derive(Debug, Default)]
struct Seen {
    persons: u32,
    /// Tables whose sums are those of the step before.
    kept: usize,
    stays: u32,
    /// Those among them found from the worth of channels alone.
    below: u32,
    goes: u32,
    /// Exact value over upper bound: now, policy lifted, open, abroad.
    closest: [f64; 4],
    /// Upper over lower bound in the open world, for persons who meet no condition.
    farthest_open: f64,
}

impl Seen {
    fn at_home(&mut self, aspirant: &Aspirant<'_>, tables: &[Reach<'_>; 3]) {
        self.persons += 1;
        let (person, income) = (aspirant.person, aspirant.income);
        let mut buffers = [Vec::new(), Vec::new()];
        let mut exact = Weights::default();
        let at_most = tables
            .each_ref()
            .map(|table| table.at_most(person, income).expect("a table"));
        for (number, set) in [RuleSet::Now, RuleSet::CostsLifted, RuleSet::Open]
            .into_iter()
            .enumerate()
        {
            let knowledge = Knowledge::of(aspirant.belief);
            let menu = aspirant.menu;
            let total = menu.weigh_as(person, income, set, knowledge, &mut exact);
            let most = at_most[number];
            let (bounds, sum) = most.weights(person, &mut buffers[0]);
            for (place, (weight, bound)) in exact.values.iter().zip(bounds).enumerate() {
                let bound = if most.affords(person, place) {
                    *bound
                } else {
                    0.0
                };
                assert!(
                    *weight <= bound,
                    "{set:?} {place}: {weight} {bound} {person:?}"
                );
            }
            if sum > 0.0 {
                self.closest[number] = self.closest[number].max(total / sum);
            }
        }
        let least = tables[2].at_least(income).expect("a table");
        let (open, sum) = least.weights(person, &mut buffers[1]);
        let (open, most_sum) = (open.to_vec(), at_most[2].weights(person, &mut buffers[0]).1);
        for (weight, bound) in exact.values.iter().zip(&open) {
            assert!(bound <= weight, "{bound} {weight} {person:?}");
        }
        if person.conditions == 0 && aspirant.belief.is_as_it_is() {
            self.farthest_open = self.farthest_open.max(most_sum / sum);
        }
        let threshold = aspirant.draws.threshold(aspirant.lambda);
        let (now, of_open) = (&at_most[0], &at_most[2]);
        let mut above = Vec::new();
        now.list_above(threshold * (1.0 - 1e-9), &least, person, &mut above);
        assert!(above.iter().all(|at| now.affords(person, *at as usize)));
        let surely_stays = aspirant.draws.surely_stays(
            (aspirant.lambda, threshold),
            aspirant.menu.labels(),
            Bounds {
                above: &above,
                now: |place| now.weight(person, place),
                open_at_least: (&open, sum),
                open_at_most: |place| of_open.weight(person, place),
            },
        );
        let goes = aspirant.goes(RuleSet::Now, &mut Scratch::default());
        assert!(!(surely_stays && goes.is_some()), "{person:?}");
        let below = above.is_empty();
        assert!(!below || surely_stays, "{person:?}");
        self.below += u32::from(below);
        self.stays += u32::from(surely_stays);
        self.goes += u32::from(goes.is_some());
    }

    fn abroad(&mut self, host: &Host<'_>, table: &Reach<'_>) {
        let worth = table.at_most(host.person, host.income).expect("a table");
        let (mut weights, mut buffer) = (Weights::default(), Vec::new());
        let exact = host.onward_hazard(1.0, &mut weights);
        let bound = host.onward_hazard_at_most(1.0, worth, &mut buffer) * (1.0 + 1e-9);
        assert!(exact <= bound, "{exact} {bound} {:?}", host.person);
        if bound > 0.0 {
            self.closest[3] = self.closest[3].max(exact / bound);
        }
    }
}
