//! What is seen of traced persons in addition to events: hazards, odds, and what stands in the way.
//!
//! All of it is computed anew from traits, rules and the world, for traced persons only, and nothing of it
//! flows back into the step.

use super::extra_marks::Spark;
use super::held::Held;
use super::journey::end_of;
use super::notice::{AtHome, Detail, Seen, Stay, Watch, Weighed};
use super::purse::Purse;
use super::records::Abroad;
use super::step::BlockStep;
use crate::draw::math::pow;
use crate::model::{
    Alternative, Aspirant, AspirationKey, ExpiryChoice, Host, Hurdle, Menu, Occasion, Prices,
    Scratch, Weights, hurdles,
};
use crate::population::{Asked, Person};
use crate::scenario::Motive;
use crate::units::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::world::{ChannelRules, MOTIVES, RuleSet};

/// The share of the weights of each country in a menu, without countries of weight 0.
pub fn shares(menu: &Menu, weights: &[f64]) -> Vec<(u16, f64)> {
    let all: f64 = weights.iter().sum();
    let countries = menu.places.iter().map(|place| place.country);
    let shares = countries.zip(weights).filter(|(_, weight)| **weight > 0.0);
    shares
        .map(|(country, weight)| (country, weight / all))
        .collect()
}

impl BlockStep<'_, '_> {
    /// Notes the hazards that traced persons are under at the beginning of the step.
    pub fn look_at_the_traced(&mut self) {
        for position in self.traced() {
            self.attend(position, self.context.begin);
            if self.state.is_content(position) {
                let at_home = self.at_home(position);
                self.detail(|| Detail::AtHome(at_home));
                continue;
            }
            let place = self.state.abroad.iter();
            let Some(number) = place.into_iter().position(|r| r.position == position) else {
                continue;
            };
            let record = self.state.abroad[number];
            let purse = self.state.purses.get(number).copied();
            if let Some(stay) = self.stay(&record, purse) {
                self.detail(|| Detail::Abroad(stay));
            }
        }
    }

    /// A person with all traits, as they are now.
    fn whole_person(&self, index: u32) -> Person {
        let (people, who) = (self.people, (self.segment(), index));
        let identity = people.identity(index);
        let stratum = &people.strata.list()[people.stratum_of(index)];
        let known = people.attachment_and_dissent(identity, stratum, Asked::ALL);
        let mut person = people.driven(who, identity, stratum, known, Asked::ALL);
        people.complete(identity, self.context.documents, &mut person);
        person
    }

    /// Calls `ask` with a person before its menu; `date` is that of its aspiration.
    fn before_menu<T>(
        &self,
        person: &Person,
        (date, refused, anticipating): (i32, &[u16], bool),
        ask: impl FnOnce(&Aspirant<'_>, &mut Scratch) -> T,
    ) -> T {
        let context = self.context;
        let menu = &context.outlook.home[self.class as usize];
        let position = person.index - self.state.block.first;
        let spent = self.spent(position);
        let belief = self.belief(person.index, refused, anticipating);
        let income = self.income(person);
        let mut prices = Prices::default();
        menu.prices(income, &mut prices);
        let shut = [refused, &spent.now].concat();
        let kin = self.kin_in(position, menu);
        let aspirant = Aspirant {
            menu,
            person,
            prices: &prices,
            income,
            exits: self.exits(person.index),
            refused: &shut,
            spent: &spent.lifted,
            belief: &belief,
            kin: kin.as_deref().unwrap_or_default(),
            lambda: context.scenario.behaviour.choice.lambda,
            draws: AspirationKey {
                key: self.key,
                index: person.index,
                date,
            },
        };
        ask(&aspirant, &mut Scratch::default())
    }

    /// A person's own integrated hazard of an aspiration, and the factor on it from a loss to come.
    fn own_hazard(&self, person: &Person) -> (f64, f64) {
        let context = self.context;
        let lambda = context.scenario.behaviour.choice.lambda;
        let propensity = self.bounds.drive.propensity(person);
        let parameters = &context.scenario.behaviour.belief;
        self.before_menu(person, (context.date, &[], true), |aspirant, scratch| {
            if aspirant.exits.barred(RuleSet::Open) {
                return (0.0, 1.0);
            }
            let total = aspirant.weigh_open(scratch);
            let pull = match self.bounds.uniform_pull {
                Some(pull)
                    if !aspirant.exits.barred_now
                        && aspirant.refused.is_empty()
                        && aspirant.kin.is_empty() =>
                {
                    pull
                }
                _ => pow(total * self.bounds.inverse_reference, lambda),
            };
            let rush = if aspirant.menu.has_loss_ahead() && !aspirant.belief.is_as_it_is() {
                let parameters = (parameters.rush, parameters.rush_max);
                aspirant.rush(parameters, scratch)
            } else {
                1.0
            };
            (propensity * pull * rush, rush)
        })
    }

    fn at_home(&self, position: u32) -> AtHome {
        let context = self.context;
        let person = self.whole_person(self.index(position));
        let (own, _) = self.own_hazard(&person);
        let (ties, _) = self.factors(self.state.exposed.of(position));
        let case = match &context.scenario.behaviour.repression {
            Some(repression) if self.is_prosecuted(position) => repression.victim,
            _ => 1.0,
        };
        let per_year = DAYS_PER_YEAR / context.days;
        let leaving = own * ties * case;
        AtHome {
            leaving,
            leaving_per_year: leaving * per_year,
            ties,
            case,
            detention_per_year: context.repression.map(|repression| {
                let identified = person.active && self.is_identified(position);
                repression.detention[self.slot as usize].hazard(identified) * per_year
            }),
        }
    }

    fn stay(&self, record: &Abroad, purse: Option<Purse>) -> Option<Stay> {
        let context = self.context;
        let index = self.index(record.position);
        let mut person = self.chooser(index);
        let until = purse.map_or(record.until, |purse| purse.until);
        let money = purse.map(|mut purse| {
            let (income, flow) = self.settle(&mut purse, record, &person);
            [purse.savings, income, flow]
        });
        if let Some([savings, ..]) = money {
            person.savings = savings;
        }
        let country = context.scenario.channels[usize::from(record.channel)].country;
        let middle = context.begin + 0.5 * context.days;
        let months = (middle - f64::from(record.since)).max(0.0) / DAYS_PER_MONTH;
        let circumstances = self.circumstances(record);
        let income = money.map(|[_, income, _]| income);
        let host = circumstances.host(context, self.class, (record, months), &person, income)?;
        let settling = self.settling(record.status, months) * DAYS_PER_YEAR / context.days;
        let mut others = Weights::default();
        let wanted =
            context.repression.is_some() && person.active && self.is_identified(record.position);
        Some(Stay {
            country,
            channel: record.channel,
            status: record.status,
            months,
            until: end_of(until),
            return_per_year: settling * self.return_hazard(record, &host),
            onward_per_year: settling * host.onward_hazard(context.onward_pull, &mut others),
            rendition_per_year: context.repression.map(|_| {
                if wanted {
                    self.rendition_hazard(record) * DAYS_PER_YEAR / context.days
                } else {
                    0.0
                }
            }),
            money,
        })
    }

    /// Notes the wish to leave of a content person who has a mark below its hazard.
    pub fn note_aspiration(
        &mut self,
        person: &Person,
        position: u32,
        (mark, part): (f64, Option<f64>),
    ) {
        let context = self.context;
        if !self.counter.witness.is_on() {
            return;
        }
        self.attend(position, context.begin);
        if matches!(self.counter.witness.watch(), Watch::Everybody) {
            // (The time within the step is needed only for stories, which have a run of their own.)
            let motive = self.decided(person, position).motive;
            self.note(|| Seen::Aspired(motive));
            return;
        }
        if !self.counter.witness.traces() {
            return;
        }
        let whole = self.whole_person(person.index);
        let (hazard, rush) = self.own_hazard(&whole);
        self.attend(
            position,
            context.begin + context.days * part.unwrap_or(mark / hazard).min(1.0),
        );
        let motive = self.decided(person, position).motive;
        self.note(|| Seen::Aspired(motive));
        let spark = self.spark;
        let weighed = Weighed {
            spark,
            motives: self.motives(&whole, spark),
            rush,
            odds: self.before_menu(&whole, (context.date, &[], true), |aspirant, scratch| {
                aspirant.odds(scratch)
            }),
            hurdles: self.hurdles(&whole, &[]),
            mistaken: self.mistaken(&whole),
            income: self.income(&whole),
        };
        self.detail(|| Detail::Weighed(Box::new(weighed)));
    }

    fn motives(&self, person: &Person, spark: Spark) -> [f64; MOTIVES] {
        let certain = |motive: Motive| {
            let mut odds = [0.0; MOTIVES];
            odds[motive as usize] = 1.0;
            odds
        };
        if spark == Spark::Case {
            certain(Motive::Persecution)
        } else if self.bounds.only_ordinary {
            certain(Motive::Ordinary)
        } else {
            self.bounds.drive.motive_odds(person)
        }
    }

    /// Notes that a held person's wish is tested again, after a share of the step.
    pub fn note_test(&mut self, record: &Held, part: f64) {
        let context = self.context;
        self.attend(record.position, context.begin + context.days * part);
        if !self.counter.witness.traces() {
            return;
        }
        let index = self.index(record.position);
        let person = self.chooser(index);
        let date = context.date - context.begin as i32 + i32::from(record.aspired);
        let mut refused = Vec::new();
        self.state.refused(record.position, &mut refused);
        let goes = self.before_menu(&person, (date, &refused, false), |aspirant, scratch| {
            if aspirant.exits.barred_now {
                return None;
            }
            let place = aspirant.goes(RuleSet::Now, scratch)?;
            let channel = aspirant.channel(place)?;
            Some(aspirant.menu.channels()[channel].0)
        });
        let hurdles = self.hurdles(&person, &refused);
        self.detail(|| Detail::Tested { goes, hurdles });
    }

    /// Notes an attempt that finds a gate shut under the rules that hold.
    pub fn note_shut(&mut self, person: &Person, channel: u16, barred: bool) {
        if !self.counter.witness.traces() {
            return;
        }
        let rules = self.rules_of(channel);
        let country = self.context.scenario.channels[usize::from(channel)].country;
        let mut list = hurdles(&rules, self.slot, person, country);
        if barred && self.exits(person.index).barred_now {
            list.push(Hurdle::Exit);
        } else if list.is_empty() {
            list.push(Hurdle::NoDaysLeft);
        }
        self.detail(|| Detail::Shut {
            channel,
            hurdles: list,
        });
    }

    /// Notes the end of a stay or of savings, with the alternatives.
    pub fn note_choice(&mut self, occasion: Occasion, choice: &ExpiryChoice, host: &Host<'_>) {
        if !self.counter.witness.traces() {
            return;
        }
        let of_country = |alternative| match alternative {
            Alternative::Move(place) => {
                Alternative::Move(usize::from(host.menu.places[place].country))
            }
            other => other,
        };
        let odds = choice.odds().into_iter();
        let odds = odds.map(|(alternative, chance)| (of_country(alternative), chance));
        let odds = odds.collect();
        self.detail(|| Detail::Choice { occasion, odds });
    }

    fn rules_of(&self, channel: u16) -> ChannelRules {
        let rules = &self.context.world.rules;
        rules.channel(usize::from(channel), usize::from(self.segment()))
    }

    /// What stands in the way of a person at home, by channel that leads from there, under the rules as
    /// it believes them to be; `refused` are the channels that refused it lately.
    fn hurdles(&self, person: &Person, refused: &[u16]) -> Vec<(u16, Vec<Hurdle>)> {
        let context = self.context;
        let menu = &context.outlook.home[self.class as usize];
        let position = person.index - self.state.block.first;
        let spent = self.spent(position).now;
        let barred = self.exits(person.index).barred_now;
        let mut all = Vec::new();
        for place in &menu.places {
            let travel = context.world.rules.countries[usize::from(place.country)].travel;
            for &(channel, _) in &menu.channels()[place.channels.clone()] {
                // A person who was refused knows what holds.
                let rules = match refused.contains(&channel) {
                    true => self.rules_of(channel),
                    false => self.believed_rules(person.index, channel),
                };
                let mut list = hurdles(&rules, self.slot, person, place.country);
                let money = place.savings_needed(rules.fee + travel, person.renter);
                if person.savings < money {
                    list.push(Hurdle::Money(money));
                }
                if refused.contains(&channel) {
                    list.push(Hurdle::RefusedLately);
                }
                if spent.contains(&channel) {
                    list.push(Hurdle::NoDaysLeft);
                }
                if barred {
                    list.push(Hurdle::Exit);
                }
                all.push((channel, list));
            }
        }
        all
    }

    /// The channels about which a person's beliefs differ from the rules that hold.
    fn mistaken(&self, person: &Person) -> Vec<u16> {
        let menu = &self.context.outlook.home[self.class as usize];
        let channels = menu.channels().iter().map(|(channel, _)| *channel);
        channels
            .filter(|&channel| {
                let (believed, holds) = (
                    self.believed_rules(person.index, channel),
                    self.rules_of(channel),
                );
                !(believed.opens(&holds) && holds.opens(&believed))
            })
            .collect()
    }
}
