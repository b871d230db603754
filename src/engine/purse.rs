//! The money of a person abroad, brought up to date only when it is needed.

use super::records::{Abroad, WITHOUT_END};
use super::step::BlockStep;
use crate::model::{Living, Work, brought, remote_until, rent_exposure};
use crate::population::Person;
use crate::scenario::Status;
use crate::units::DAYS_PER_MONTH;
use serde::{Deserialize, Serialize};

/// The money of a person abroad, 16 bytes; kept only where money is on, alongside each record.
///
/// The record's own `until` is then the day on which it has to be looked at: the end of the
/// permitted stay, or if earlier the first day on which its savings could have run out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Purse {
    /// Savings at the beginning of step `known`, currency units.
    pub savings: f64,
    /// When the income from home ends, in days since the first day of the scenario; below 0 = it never had one.
    pub remote_until: f32,
    /// The end of the permitted stay, as in [`Abroad`].
    pub until: u16,
    /// The step up to whose beginning the savings are known.
    pub known: u16,
}

impl Purse {
    /// A placeholder for a purse where money is off.
    pub const NONE: Self = Self {
        savings: 0.0,
        remote_until: -1.0,
        until: WITHOUT_END,
        known: 0,
    };
}

/// What determines a person's earnings abroad, the same in all steps of a stay.
struct Earner<'p> {
    person: &'p Person,
    country: usize,
    /// Day of arrival.
    since: f64,
    status: Status,
    /// Whether the person may work, or works without the right to.
    right: bool,
}

impl BlockStep<'_, '_> {
    /// The purse of a person who arrives from home by a channel, having left at `left`; `None` where money is off.
    pub fn purse_from_home(&self, person: &Person, arrived: &Abroad, left: f64) -> Option<Purse> {
        let context = self.context;
        let money = context.scenario.behaviour.money.as_ref()?;
        let rules = &context.world.rules.channels[usize::from(arrived.channel)];
        let country = context.scenario.channels[usize::from(arrived.channel)].country;
        let [here, home] = [country, self.people.origin]
            .map(|country| &context.world.rules.countries[usize::from(country)]);
        let draws = self.people.remote_work(person.index);
        Some(Purse {
            savings: brought(person.savings, rules.fee, here.travel, home.friction),
            remote_until: remote_until(money, person.remote, left, draws),
            until: arrived.until,
            known: context.step + 1,
        })
    }

    /// Pays a price from a purse; savings do not fall below 0.
    pub fn pay(purse: &mut Purse, price: f64) {
        purse.savings = (purse.savings - price).max(0.0);
    }

    /// The part of a person's income abroad that is the same in all steps of its stay.
    fn earner<'p>(&self, record: &Abroad, person: &'p Person) -> Earner<'p> {
        let scenario = &self.context.scenario;
        let channel = &scenario.channels[usize::from(record.channel)];
        let informal = || {
            let money = scenario.behaviour.money.as_ref();
            money.is_some_and(|money| self.people.informal_work(person.index) < money.informal_work)
        };
        Earner {
            person,
            country: usize::from(channel.country),
            since: f64::from(record.since),
            status: record.status,
            right: channel.work || informal(),
        }
    }

    /// A person's monthly income and flow in a step, from its page of the ledger.
    #[inline]
    fn earns(&self, step: usize, purse: &Purse, earner: &Earner<'_>) -> (f64, f64) {
        let page = &self.context.ledger.pages[step];
        let living: &Living = &page.countries[earner.country];
        let work = Work {
            right: earner.right,
            status: earner.status,
            remote: page.begin < f64::from(purse.remote_until),
        };
        let income = living.income(earner.person, work, page.friction[self.slot as usize]);
        let months = (page.begin - earner.since) / DAYS_PER_MONTH;
        let scenario = &self.context.scenario;
        let exposure = match (&scenario.behaviour.money, earner.person.renter) {
            (Some(money), true) => {
                money.rent_share * rent_exposure(scenario, living.hospitality, months)
            }
            _ => 0.0,
        };
        let help = match work.remote {
            true => 0.0,
            false => page.help[self.slot as usize],
        };
        (income, living.flow(income + help, exposure))
    }

    /// Brings savings up to the beginning of this step. Returns income and flow in it, per month.
    pub fn settle(&self, purse: &mut Purse, record: &Abroad, person: &Person) -> (f64, f64) {
        let now = self.context.step;
        let earner = self.earner(record, person);
        for step in purse.known..now {
            self.pass_step(usize::from(step), purse, &earner);
        }
        purse.known = purse.known.max(now);
        debug_assert!(purse.savings >= 0.0, "nobody has less than nothing");
        self.earns(usize::from(now), purse, &earner)
    }

    /// Brings up-to-date savings forward to the end of this step, as if the stay continued unchanged.
    pub fn close(&self, purse: &mut Purse, record: &Abroad, person: &Person) {
        if self.context.scenario.behaviour.money.is_some() {
            let earner = self.earner(record, person);
            self.pass_step(usize::from(self.context.step), purse, &earner);
            purse.known = self.context.step + 1;
        }
    }

    fn pass_step(&self, step: usize, purse: &mut Purse, earner: &Earner<'_>) {
        let (_, flow) = self.earns(step, purse, earner);
        let months = self.context.ledger.pages[step].months;
        purse.savings = (purse.savings + flow * months).max(0.0);
    }

    /// The day on which a record has to be looked at next: no later than the end of its stay, and
    /// no later than its savings could run out at the most that anybody spends there.
    pub fn next_look(&self, purse: &Purse, record: &Abroad) -> u16 {
        if record.status == Status::Irregular {
            // Not looked at any more; savings still move, and are brought up to date when they matter.
            return purse.until;
        }
        let context = self.context;
        let country = context.scenario.channels[usize::from(record.channel)].country;
        let ceiling = context.ledger.ceilings[usize::from(country)];
        let end = context.begin + context.days;
        let page = context.ledger.pages.get(usize::from(purse.known));
        let known = page.map_or(end, |page| page.begin);
        let lasts = purse.savings / ceiling * DAYS_PER_MONTH * (1.0 - 1e-9);
        // (Where nothing is spent, nobody's savings run out.)
        if ceiling <= 0.0 || !lasts.is_finite() {
            return purse.until;
        }
        let day = (known + lasts).max(end);
        if day < f64::from(WITHOUT_END) {
            purse.until.min(day as u16)
        } else {
            purse.until
        }
    }

    /// Schedules a look at everybody in countries where living has become dearer than was planned for.
    pub fn look_at_the_dear(&self, records: &mut [Abroad]) {
        let context = self.context;
        if !context.dearer.contains(&true) {
            return;
        }
        for record in records {
            let country = context.scenario.channels[usize::from(record.channel)].country;
            if context.dearer[usize::from(country)] && record.status != Status::Irregular {
                record.until = record.until.min(context.begin as u16);
            }
        }
    }
}
