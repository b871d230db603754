//! A segment's population: traits as a pure function of seed and identity.

use super::block::{Block, blocks_of};
use super::documents::Documents;
use super::kinds::Kinds;
use super::person::Person;
use super::quantile::Quantiles;
use super::strata::{Splits, Strata, Stratum};
use crate::draw::{Decision, Identity, Key, TraitKey, label, label_within};
use crate::scenario::{Condition, Scenario, Segment};

/// A connection that a person can have: a condition for a country, or one for all.
#[derive(Debug, Clone, Copy)]
struct Connection {
    condition: Condition,
    country: u16,
    label: u32,
    share: f64,
    /// Chance to have this one or a later one of the list.
    from_here_on: f64,
}

/// A share of persons who have something that a label names.
#[derive(Debug, Clone, Copy)]
struct Share {
    index: u16,
    key: TraitKey,
    share: f64,
}

/// What the draws of the plain traits ask about.
#[derive(Debug)]
struct TraitKeys {
    attachment: TraitKey,
    dissent: TraitKey,
    income: TraitKey,
    savings: TraitKey,
    age: TraitKey,
    male: TraitKey,
    education: TraitKey,
    minority: TraitKey,
    evidence: TraitKey,
    unemployment: TraitKey,
    remote: TraitKey,
    renter: TraitKey,
    identified: TraitKey,
}

impl TraitKeys {
    fn new(key: Key) -> Self {
        let of = |decision| key.of_trait(decision, 0);
        Self {
            attachment: of(Decision::Attachment),
            dissent: of(Decision::Dissent),
            income: of(Decision::Income),
            savings: of(Decision::Savings),
            age: of(Decision::Age),
            male: of(Decision::Male),
            education: of(Decision::Education),
            minority: of(Decision::Minority),
            evidence: of(Decision::Evidence),
            unemployment: of(Decision::Unemployment),
            remote: of(Decision::Remote),
            renter: of(Decision::Renter),
            identified: of(Decision::Identified),
        }
    }
}

/// Which traits a step's hazards ask for; those that are not asked for are left at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Dissent.
    pub dissent: bool,
    /// Income.
    pub income: bool,
}

impl Asked {
    /// All of them.
    pub const ALL: Self = Self {
        dissent: true,
        income: true,
    };
}

/// Neighbours in a block who are all active, or all not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRange {
    /// Its name in draws.
    pub number: u32,
    /// Whether they are active.
    pub active: bool,
    /// Where they are.
    pub positions: std::ops::Range<u32>,
}

/// A segment ready to tell the traits of any of its persons.
#[derive(Debug)]
pub struct SegmentPopulation {
    /// Agents.
    pub agents: u32,
    /// Origin, by country index.
    pub origin: u16,
    /// The key of its persons' traits.
    key: Key,
    traits: TraitKeys,
    /// Strata of propensity.
    pub strata: Strata,
    /// Multiplier a, mean 1.
    pub attachment: Quantiles,
    /// Dissent.
    pub dissent: Quantiles,
    /// Income on the first day, currency units a month.
    pub income: Quantiles,
    /// Savings, currency units.
    pub savings: Quantiles,
    /// What records of persons abroad keep of their traits.
    pub kinds: Kinds,
    age: Quantiles,
    male: f64,
    higher_education: f64,
    minority: f64,
    evidence: f64,
    remote: f64,
    renters: f64,
    holds: Vec<Share>,
    /// By entry of `holds`: the key of how much of its validity is left.
    lives: Vec<TraitKey>,
    speaks: Vec<Share>,
    connections: Vec<Connection>,
    /// Exit gates that concern the segment, with the keys of their draws.
    exit_gates: Vec<(usize, TraitKey)>,
    blocks: Vec<Vec<u32>>,
}

impl SegmentPopulation {
    /// Prepares a segment: an agent stands for `scale` persons, the number of agents is rounded.
    pub fn new(scenario: &Scenario, segment_index: usize, seed: u64, scale: u64) -> Self {
        let segment: &Segment = &scenario.segments[segment_index];
        let key = Key::of_identity(seed, &segment.name);
        let agents = agents_of(segment.size, scale);
        let attachment = match &segment.propensity {
            Some(distribution) => Quantiles::new(distribution),
            None => Quantiles::attachment(scenario.behaviour.leaving.attachment_spread),
        }
        .with_mean_one();
        let dissent = Quantiles::new(&segment.dissent);
        let income = Quantiles::new(&segment.income);
        let connections = connections(scenario, segment);
        let strata = Strata::new(&Splits {
            planner: segment.planner,
            active: segment.active,
            connected: connections.first().map_or(0.0, |first| first.from_here_on),
            attachment: !attachment.is_constant(),
            dissent: !dissent.is_constant(),
            income: !income.is_constant(),
        });
        let holds = shares(&segment.holds, |document| {
            key.of_trait(Decision::Holds, label(&scenario.documents[document].name))
        });
        let lives = holds.iter().map(|share| {
            let name = &scenario.documents[usize::from(share.index)].name;
            key.of_trait(Decision::DocumentLife, label(name))
        });
        let blocks = blocks_of(0, agents)
            .map(|block| strata.ends(key, block))
            .collect();
        Self {
            agents,
            origin: segment.origin,
            key,
            traits: TraitKeys::new(key),
            strata,
            attachment,
            dissent,
            income,
            savings: Quantiles::new(&segment.savings),
            kinds: Kinds::of(segment),
            age: Quantiles::new(&segment.age),
            male: segment.male,
            higher_education: segment.higher_education,
            minority: segment.minority,
            evidence: segment.evidence,
            remote: segment.remote,
            renters: segment.renters,
            lives: lives.collect(),
            holds,
            speaks: shares(&segment.speaks, |country| {
                key.of_trait(Decision::Speaks, label(&scenario.countries[country].code))
            }),
            connections,
            exit_gates: exit_gates(scenario, key, segment_index as u16),
            blocks,
        }
    }

    /// Where each stratum of a block ends.
    pub fn stratum_ends(&self, block: Block) -> &[u32] {
        &self.blocks[block.number as usize]
    }

    /// The stratum of a person.
    pub fn stratum_of(&self, index: u32) -> usize {
        let ends = &self.blocks[(index / super::BLOCK) as usize];
        let position = index % super::BLOCK;
        ends.partition_point(|end| *end <= position)
    }

    /// The person's multiplier a, and dissent if it is asked for.
    #[inline]
    pub fn attachment_and_dissent(
        &self,
        identity: Identity,
        stratum: &Stratum,
        asked: Asked,
    ) -> (f64, f64) {
        let of = |key, quantiles: &Quantiles, range| {
            if quantiles.is_constant() {
                quantiles.at(0.0)
            } else {
                quantiles.at(within(range, identity.uniform(key)))
            }
        };
        let keys = &self.traits;
        let attachment = of(keys.attachment, &self.attachment, stratum.attachment);
        let dissent = if asked.dissent {
            of(keys.dissent, &self.dissent, stratum.dissent)
        } else {
            0.0
        };
        (attachment, dissent)
    }

    /// The hash of a person's identity, from which all traits follow.
    #[inline]
    pub fn identity(&self, index: u32) -> Identity {
        self.key.identity(index)
    }

    /// All traits on which hazards and choices depend, of a time when no document has run out.
    pub fn person(&self, segment: u16, index: u32) -> Person {
        let mut person = self.chooser((segment, index), &Documents::default());
        let stratum = &self.strata.list()[self.stratum_of(index)];
        let identity = self.identity(index);
        (person.attachment, person.dissent) =
            self.attachment_and_dissent(identity, stratum, Asked::ALL);
        person
    }

    /// The multiplier a of a person, and what its choice among places depends on, of a time when no document
    /// has run out, if it `chooses`. Of its other traits nothing is asked: constants weigh a million persons.
    pub fn weigher(
        &self,
        (segment, index): (u16, u32),
        chooses: impl FnOnce() -> bool,
    ) -> (f64, Option<Person>) {
        let stratum = &self.strata.list()[self.stratum_of(index)];
        let asked = Asked {
            dissent: false,
            income: false,
        };
        let identity = self.identity(index);
        let (attachment, _) = self.attachment_and_dissent(identity, stratum, asked);
        if !chooses() {
            return (attachment, None);
        }
        let known = (
            self.documents(identity, &Documents::default()),
            self.money(identity),
        );
        let mut person = self.entrant((segment, index), identity, stratum, known);
        self.add_languages(identity, &mut person);
        (attachment, Some(person))
    }

    /// What the worth of ways out depends on, of a person whose documents and money are known. Languages are
    /// for [`SegmentPopulation::add_languages`]; what no choice depends on is left empty.
    pub fn entrant(
        &self,
        (segment, index): (u16, u32),
        identity: Identity,
        stratum: &Stratum,
        (documents, money): ((u32, u32), (f64, bool)),
    ) -> Person {
        let keys = &self.traits;
        let mut person = Person {
            segment,
            index,
            active: stratum.active,
            connected: stratum.connected,
            evidence: stratum.active && has(identity, self.evidence, keys.evidence),
            income: self
                .income
                .at(within(stratum.income, identity.uniform(keys.income))),
            ..Person::default()
        };
        self.open_ways(documents, money, &mut person);
        person
    }

    /// Adds the languages of a person that speaks none yet.
    pub fn add_languages(&self, identity: Identity, person: &mut Person) {
        for country in &self.speaks {
            if has(identity, country.share, country.key) {
                person.speaks.insert(country.index);
            }
        }
    }

    /// A person who has decided to leave or is abroad: the traits on which choices and hazards of
    /// return depend, all but the multiplier of leaving and dissent, which are left at 0.
    pub fn chooser(&self, who: (u16, u32), documents: &Documents) -> Person {
        let identity = self.identity(who.1);
        let documents = self.documents(identity, documents);
        self.chooser_with(who, identity, documents, self.money(identity))
    }

    /// The traits that move the hazard, the multiplier and dissent being known already; those
    /// that only matter to choices are left empty, and so is income unless it is asked for.
    pub fn driven(
        &self,
        (segment, index): (u16, u32),
        identity: Identity,
        stratum: &Stratum,
        (attachment, dissent): (f64, f64),
        asked: Asked,
    ) -> Person {
        let keys = &self.traits;
        let income = if asked.income {
            let u = identity.uniform(keys.income);
            self.income.at(within(stratum.income, u))
        } else {
            0.0
        };
        Person {
            segment,
            index,
            attachment,
            dissent,
            planner: stratum.planner,
            active: stratum.active,
            connected: stratum.connected,
            minority: has(identity, self.minority, keys.minority),
            evidence: stratum.active && has(identity, self.evidence, keys.evidence),
            unemployment: identity.uniform(keys.unemployment),
            income,
            ..Person::default()
        }
    }

    /// [`SegmentPopulation::chooser`] where documents and money are known already.
    pub fn chooser_with(
        &self,
        who: (u16, u32),
        identity: Identity,
        documents: (u32, u32),
        money: (f64, bool),
    ) -> Person {
        let stratum = &self.strata.list()[self.stratum_of(who.1)];
        let mut person = self.driven(who, identity, stratum, (0.0, 0.0), Asked::ALL);
        self.complete_with(identity, documents, money, &mut person);
        person
    }

    /// Adds the traits that matter to choices.
    pub fn complete(&self, identity: Identity, documents: &Documents, person: &mut Person) {
        let documents = self.documents(identity, documents);
        self.complete_with(identity, documents, self.money(identity), person);
    }

    fn complete_with(
        &self,
        identity: Identity,
        documents: (u32, u32),
        money: (f64, bool),
        person: &mut Person,
    ) {
        self.add_languages(identity, person);
        self.open_ways(documents, money, person);
        person.remote = has(identity, self.remote, self.traits.remote);
    }

    /// Documents, money and the conditions that a person meets.
    fn open_ways(&self, documents: (u32, u32), money: (f64, bool), person: &mut Person) {
        (person.holds, person.holds_if_lifted) = documents;
        (person.savings, person.renter) = money;
        person.conditions = u8::from(person.evidence) << Condition::AtRisk as u8;
        if person.connected {
            self.connect(person);
        }
    }

    /// The documents held now, and those that would be with policy gates lifted, as bits.
    #[inline]
    pub fn documents(&self, identity: Identity, documents: &Documents) -> (u32, u32) {
        let ever = self.holds.iter().fold(0_u32, |set, document| {
            let held = has(identity, document.share, document.key);
            set | (u32::from(held) << document.index)
        });
        let (mut now, mut lifted) = (ever, ever);
        if ever & documents.running_out != 0 {
            for (document, life) in self.holds.iter().zip(&self.lives) {
                let bit = 1 << document.index;
                if ever & documents.running_out & bit != 0
                    && documents.has_run_out(document.index, identity.uniform(*life))
                {
                    now &= !bit;
                    lifted &= !(bit & documents.running_out_if_lifted);
                }
            }
        }
        (now, lifted)
    }

    /// The kind of a person, for a record abroad.
    pub fn kind_of(&self, index: u32, connected: bool) -> u8 {
        let (ever_held, _) = self.documents(self.identity(index), &Documents::default());
        self.kinds.kind(connected, ever_held)
    }

    /// Savings (currency units), and whether the person rents.
    #[inline]
    pub fn money(&self, identity: Identity) -> (f64, bool) {
        (
            self.savings.at(identity.uniform(self.traits.savings)),
            has(identity, self.renters, self.traits.renter),
        )
    }

    /// Whether the authorities of the origin have identified a person, if it is active: they have
    /// identified this share of the active.
    #[inline]
    pub fn is_identified(&self, index: u32, surveillance: f64) -> bool {
        has(self.identity(index), surveillance, self.traits.identified)
    }

    /// Whether a person holds a call-up paper.
    pub fn is_summoned(&self, index: u32) -> bool {
        let is_there = |connection: &Connection| connection.condition == Condition::DraftNotice;
        if !self.connections.iter().any(is_there) {
            return false;
        }
        let stratum = &self.strata.list()[self.stratum_of(index)];
        let mut person = Person {
            index,
            ..Person::default()
        };
        if stratum.connected {
            self.connect(&mut person);
        }
        person.draft_notice
    }

    /// The ranges of a block's positions whose persons are all active, or all not, in order; each
    /// with a number that does not depend on the shares of the others.
    pub fn ranges_by_activity(&self, block: Block) -> Vec<ActivityRange> {
        let mut ranges: Vec<ActivityRange> = Vec::with_capacity(4);
        let mut begin = 0;
        for (stratum, &end) in self.strata.list().iter().zip(self.stratum_ends(block)) {
            let number = 2 * u32::from(stratum.planner) + u32::from(stratum.active);
            match ranges.last_mut() {
                Some(last) if last.number == number => last.positions.end = end,
                _ => ranges.push(ActivityRange {
                    number,
                    active: stratum.active,
                    positions: begin..end,
                }),
            }
            begin = end;
        }
        ranges
    }

    /// Agents who are active.
    pub fn active_agents(&self) -> u64 {
        let blocks = blocks_of(0, self.agents);
        blocks
            .flat_map(|block| self.ranges_by_activity(block))
            .filter(|range| range.active)
            .map(|range| u64::from(range.positions.end - range.positions.start))
            .sum()
    }

    /// The key of when persons hear of a version of a channel's rules, which a label names.
    pub fn hearing_key(&self, version: u32) -> TraitKey {
        self.key.of_trait(Decision::Belief, version)
    }

    /// The uniform below which a channel, which a label names, refuses a person by mistake.
    pub fn mistaken_below(&self, index: u32, channel: u32) -> f64 {
        let key = self.key.of_trait(Decision::Mistake, channel);
        self.identity(index).uniform(key)
    }

    /// Of a remote worker: a uniform for whether it keeps its work on leaving, and an exponential
    /// with mean 1 for how long.
    pub fn remote_work(&self, index: u32) -> [f64; 2] {
        let words = self.key.words(index, 0, Decision::RemoteWork, 0);
        [words.uniforms()[0], words.exponentials()[1]]
    }

    /// A uniform for whether the person works where it has no right to.
    pub fn informal_work(&self, index: u32) -> f64 {
        let words = self.key.words(index, 0, Decision::InformalWork, 0);
        words.uniforms()[0]
    }

    /// The connections of a person who has at least one: each by its share, given that none has
    /// come before and one must come.
    fn connect(&self, person: &mut Person) {
        let mut found = false;
        for connection in &self.connections {
            let share = if found {
                connection.share
            } else {
                connection.share / connection.from_here_on
            };
            let decision = match connection.condition {
                Condition::Kin => Decision::Kin,
                Condition::Ancestry => Decision::Ancestry,
                Condition::Employer => Decision::Employer,
                Condition::AtRisk | Condition::DraftNotice => Decision::DraftNotice,
            };
            let words = self.key.words(person.index, 0, decision, connection.label);
            // The last one has a share of exactly one if none came before.
            if words.uniforms()[0] >= share {
                continue;
            }
            found = true;
            person.conditions |= 1 << connection.condition as u8;
            match connection.condition {
                Condition::Kin => person.kin.insert(connection.country),
                Condition::Ancestry => person.ancestry.insert(connection.country),
                Condition::Employer => person.employer.insert(connection.country),
                Condition::AtRisk | Condition::DraftNotice => person.draft_notice = true,
            }
        }
    }

    /// The exit gates that concern the segment, by index, each with a function that gives the
    /// uniform of a person: the gate bars where it lies below the gate's share.
    pub fn exit_gates(&self, index: u32) -> impl Iterator<Item = (usize, impl Fn() -> f64)> {
        let identity = self.identity(index);
        let gates = self.exit_gates.iter();
        gates.map(move |&(gate, key)| (gate, move || identity.uniform(key)))
    }

    /// A person with the traits that move hazards, dissent and income among them; those that only matter to
    /// choices are left empty.
    pub fn whole_drive(&self, segment: u16, index: u32) -> Person {
        let identity = self.identity(index);
        let stratum = &self.strata.list()[self.stratum_of(index)];
        let known = self.attachment_and_dissent(identity, stratum, Asked::ALL);
        self.driven((segment, index), identity, stratum, known, Asked::ALL)
    }

    /// Age on the first day (years), male, higher education: what only tables ask for.
    pub fn description(&self, index: u32) -> (f64, bool, bool) {
        let identity = self.identity(index);
        let keys = &self.traits;
        (
            self.age.at(identity.uniform(keys.age)),
            identity.uniform(keys.male) < self.male,
            identity.uniform(keys.education) < self.higher_education,
        )
    }

    /// Countries whose language somebody speaks.
    pub fn anybody_speaks(&self, country: u16) -> bool {
        self.speaks.iter().any(|entry| entry.index == country)
    }

    /// Whether somebody meets a condition for a country, of the active or others, of the connected
    /// or others.
    pub fn anybody_meets(
        &self,
        condition: Condition,
        country: u16,
        (active, connected): (bool, bool),
    ) -> bool {
        let everywhere = condition == Condition::DraftNotice;
        match condition {
            Condition::AtRisk => active && self.evidence > 0.0,
            _ => {
                connected
                    && self.connections.iter().any(|connection| {
                        connection.condition == condition
                            && (everywhere || connection.country == country)
                    })
            }
        }
    }

    /// Share of renters above 0; share below 1.
    pub fn rents_vary(&self) -> (bool, bool) {
        (self.renters > 0.0, self.renters < 1.0)
    }
}

/// Agents of a segment of so many persons: the nearest whole number, 0 if the scale is more than
/// twice the segment.
pub fn agents_of(persons: u64, scale: u64) -> u32 {
    let scale = scale.max(1);
    let rounded = persons.saturating_add(scale / 2) / scale;
    u32::try_from(rounded).unwrap_or(u32::MAX)
}

/// All connections of a segment's persons, each with its share.
fn connections(scenario: &Scenario, segment: &Segment) -> Vec<Connection> {
    let mut list = Vec::new();
    for (condition, shares) in [
        (Condition::Kin, &segment.kin),
        (Condition::Ancestry, &segment.ancestry),
        (Condition::Employer, &segment.employer),
    ] {
        for (country, share) in (0u16..).zip(shares) {
            list.push((condition, country, *share));
        }
    }
    list.push((Condition::DraftNotice, 0, segment.draft_notice));
    let mut connections = Vec::new();
    let mut none = 1.0;
    for (condition, country, share) in list.into_iter().rev().filter(|(_, _, share)| *share > 0.0) {
        none *= 1.0 - share;
        connections.push(Connection {
            condition,
            country,
            label: match condition {
                Condition::DraftNotice => 0,
                _ => label(&scenario.countries[usize::from(country)].code),
            },
            share,
            from_here_on: 1.0 - none,
        });
    }
    // The last of the list alone: exactly its share, so that it comes for certain if it must.
    if let Some(last) = connections.first_mut() {
        last.from_here_on = last.share;
    }
    connections.reverse();
    connections
}

/// Exit gates that concern a segment, with the keys of their draws.
fn exit_gates(scenario: &Scenario, key: Key, segment: u16) -> Vec<(usize, TraitKey)> {
    let gates = scenario.exit_gates.iter().enumerate();
    gates
        .filter(|(_, gate)| gate.segments.binary_search(&segment).is_ok())
        .map(|(number, gate)| {
            let code = &scenario.countries[usize::from(gate.country)].code;
            let place = label_within(code, &gate.name);
            (number, key.of_trait(Decision::ExitGate, place))
        })
        .collect()
}

/// Entries with a share above 0.
fn shares(shares: &[f64], key: impl Fn(usize) -> TraitKey) -> Vec<Share> {
    shares
        .iter()
        .enumerate()
        .filter(|(_, share)| **share > 0.0)
        .map(|(index, share)| Share {
            index: index as u16,
            key: key(index),
            share: *share,
        })
        .collect()
}

/// Whether a person has what a share of persons have; a share of nobody or everybody needs no draw.
#[inline]
fn has(identity: Identity, share: f64, key: TraitKey) -> bool {
    share > 0.0 && (share >= 1.0 || identity.uniform(key) < share)
}

/// A uniform within a range of shares.
fn within((from, to): (f64, f64), u: f64) -> f64 {
    from + u * (to - from)
}
