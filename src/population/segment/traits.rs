//! The traits of one person; which of them are drawn depends on what the person is about to do.

use super::{Asked, SegmentPopulation};
use crate::draw::{Decision, Identity, TraitKey};
use crate::population::{Documents, Person, Quantiles, Stratum};
use crate::scenario::Condition;

impl SegmentPopulation {
    /// The hash of a person's identity, from which all traits follow.
    #[inline]
    pub fn identity(&self, index: u32) -> Identity {
        self.key.identity(index)
    }

    /// The identity and stratum of a person, from which all its traits follow.
    #[inline]
    pub fn identity_and_stratum(&self, index: u32) -> (Identity, &Stratum) {
        (
            self.identity(index),
            &self.strata.list()[self.stratum_of(index)],
        )
    }

    /// The same for a person whose stratum is known.
    #[inline]
    pub fn identity_and_stratum_of(&self, person: &Person) -> (Identity, &Stratum) {
        (
            self.identity(person.index),
            &self.strata.list()[usize::from(person.stratum)],
        )
    }

    /// Returns all traits on which hazards and choices depend, at a time when no document has run out.
    pub fn person(&self, segment: u16, index: u32) -> Person {
        let mut person = self.chooser((segment, index), &Documents::default());
        let (identity, stratum) = self.identity_and_stratum(index);
        (person.attachment, person.dissent) =
            self.attachment_and_dissent(identity, stratum, Asked::ALL);
        person
    }

    /// Returns the multiplier a of a person, and whether it `chooses`.
    ///
    /// If it chooses, what its choice among places depends on, at a time when no document has run out, is written to
    /// `person`. None of its other traits is drawn: the constants weigh a million persons.
    #[inline]
    pub fn weigher(
        &self,
        (segment, index): (u16, u32),
        chooses: impl FnOnce() -> bool,
        person: &mut Person,
    ) -> (f64, bool) {
        let (identity, stratum) = self.identity_and_stratum(index);
        let asked = Asked {
            dissent: false,
            income: false,
        };
        let (attachment, _) = self.attachment_and_dissent(identity, stratum, asked);
        if !chooses() {
            return (attachment, false);
        }
        let known = (
            self.documents(identity, &Documents::default()),
            self.money(identity),
        );
        self.describe_entrant((segment, index), identity, stratum, known, person);
        self.add_languages(identity, person);
        (attachment, true)
    }

    /// Returns what the worth of ways out depends on, for a person whose documents and money are known.
    ///
    /// Languages are left to [`SegmentPopulation::add_languages`]; what no choice depends on is left empty.
    pub fn entrant(
        &self,
        who: (u16, u32),
        identity: Identity,
        stratum: &Stratum,
        known: ((u32, u32), (f64, bool)),
    ) -> Person {
        let mut person = Person::default();
        self.describe_entrant(who, identity, stratum, known, &mut person);
        person
    }

    /// Like [`SegmentPopulation::entrant`], but in place: returning a person copies it, which was a sixth of the
    /// time that the constants take.
    #[inline]
    fn describe_entrant(
        &self,
        (segment, index): (u16, u32),
        identity: Identity,
        stratum: &Stratum,
        (documents, money): ((u32, u32), (f64, bool)),
        person: &mut Person,
    ) {
        let keys = &self.traits;
        *person = Person {
            segment,
            index,
            stratum: stratum.number,
            active: stratum.active,
            connected: stratum.connected,
            evidence: stratum.active && has(identity, self.evidence, keys.evidence),
            income: self.income(identity, stratum),
            ..Person::default()
        };
        self.open_ways(documents, money, person);
    }

    /// Adds the languages of a person to whom none has been added yet.
    pub fn add_languages(&self, identity: Identity, person: &mut Person) {
        for country in &self.speaks {
            if has(identity, country.share, country.key) {
                person.speaks.insert(country.index);
            }
        }
    }

    /// Returns a person who has decided to leave or is abroad: the traits on which choices and hazards of return
    /// depend, that is, all but the multiplier of leaving and dissent, which are left at 0.
    pub fn chooser(&self, who: (u16, u32), documents: &Documents) -> Person {
        let identity = self.identity(who.1);
        let documents = self.documents(identity, documents);
        self.chooser_with(who, identity, documents, self.money(identity))
    }

    /// Returns the traits that move the hazard, given the multiplier and dissent. Those that matter only to choices
    /// are left empty, and so is income unless it is asked for.
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
            self.income(identity, stratum)
        } else {
            0.0
        };
        Person {
            segment,
            index,
            stratum: stratum.number,
            attachment,
            dissent,
            planner: stratum.planner,
            active: stratum.active,
            connected: stratum.connected,
            minority: self.is_minority(identity),
            evidence: stratum.active && has(identity, self.evidence, keys.evidence),
            unemployment: identity.uniform(keys.unemployment),
            income,
            ..Person::default()
        }
    }

    /// Like [`SegmentPopulation::chooser`], with documents and money already known.
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

    /// Adds the traits that matter only to choices.
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

    /// Sets the documents, the money and the conditions that a person meets.
    fn open_ways(&self, documents: (u32, u32), money: (f64, bool), person: &mut Person) {
        (person.holds, person.holds_if_lifted) = documents;
        (person.savings, person.renter) = money;
        person.conditions = u8::from(person.evidence) << Condition::AtRisk as u8;
        if person.connected {
            self.connect(person);
        }
    }

    /// The person's multiplier a, and its dissent if that is asked for.
    #[inline]
    pub fn attachment_and_dissent(
        &self,
        identity: Identity,
        stratum: &Stratum,
        asked: Asked,
    ) -> (f64, f64) {
        let (quantiles, range) = (&self.attachment, stratum.attachment);
        let attachment = varied(quantiles, range, identity, self.traits.attachment);
        let dissent = if asked.dissent {
            self.dissent(identity, stratum)
        } else {
            0.0
        };
        (attachment, dissent)
    }

    /// The dissent of a person, 0 to 1.
    #[inline]
    pub fn dissent(&self, identity: Identity, stratum: &Stratum) -> f64 {
        varied(
            &self.dissent,
            stratum.dissent,
            identity,
            self.traits.dissent,
        )
    }

    /// The monthly income of a person on the first day, in currency units.
    #[inline]
    pub fn income(&self, identity: Identity, stratum: &Stratum) -> f64 {
        let u = identity.uniform(self.traits.income);
        self.income.at(within(stratum.income, u))
    }

    /// The kind of a person by its risk of persecution: 0 the active, 1 members of a minority who are not active, 2 all
    /// others. Within a kind the risk is the same for all.
    pub fn kind_of_risk(&self, identity: Identity, stratum: &Stratum) -> usize {
        match (stratum.active, self.is_minority(identity)) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }

    /// Whether the person belongs to a minority.
    #[inline]
    pub fn is_minority(&self, identity: Identity) -> bool {
        has(identity, self.minority, self.traits.minority)
    }

    /// The documents held now, and those that would be held with policy gates lifted, as bits.
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

    /// The savings of a person in currency units, and whether the person rents.
    #[inline]
    pub fn money(&self, identity: Identity) -> (f64, bool) {
        (
            self.savings.at(identity.uniform(self.traits.savings)),
            has(identity, self.renters, self.traits.renter),
        )
    }

    /// Whether the authorities of the origin have identified a person, provided it is active; `surveillance` is the
    /// share of the active whom they have identified.
    #[inline]
    pub fn is_identified(&self, index: u32, surveillance: f64) -> bool {
        has(self.identity(index), surveillance, self.traits.identified)
    }

    /// The key of when persons hear of a version of a channel's rules, which a label names.
    pub fn hearing_key(&self, version: u32) -> TraitKey {
        self.key.of_trait(Decision::Belief, version)
    }

    /// The uniform that decides whether a channel, which a label names, refuses a person by mistake: it does where
    /// this lies below the share.
    pub fn mistaken_below(&self, index: u32, channel: u32) -> f64 {
        let key = self.key.of_trait(Decision::Mistake, channel);
        self.identity(index).uniform(key)
    }

    /// The draws of a remote worker: a uniform for whether it keeps its work on leaving, and an exponential with
    /// mean 1 for how long.
    pub fn remote_work(&self, index: u32) -> [f64; 2] {
        let words = self.key.words(index, 0, Decision::RemoteWork, 0);
        [words.uniforms()[0], words.exponentials()[1]]
    }

    /// A uniform for whether the person works where it has no right to work.
    pub fn informal_work(&self, index: u32) -> f64 {
        let words = self.key.words(index, 0, Decision::InformalWork, 0);
        words.uniforms()[0]
    }

    /// The exit gates that concern the segment, by index, each with a function that returns the person's uniform:
    /// the gate bars the person where the uniform lies below the gate's share.
    pub fn exit_gates(&self, index: u32) -> impl Iterator<Item = (usize, impl Fn() -> f64)> {
        let identity = self.identity(index);
        let gates = self.exit_gates.iter();
        gates.map(move |&(gate, key)| (gate, move || identity.uniform(key)))
    }

    /// Age on the first day (years), whether male, and whether of higher education: traits that only tables ask for.
    pub fn description(&self, index: u32) -> (f64, bool, bool) {
        let identity = self.identity(index);
        let keys = &self.traits;
        (
            self.age.at(identity.uniform(keys.age)),
            identity.uniform(keys.male) < self.male,
            identity.uniform(keys.education) < self.higher_education,
        )
    }
}

/// Whether a person has what a share of persons have; a share of nobody or of everybody needs no draw.
#[inline]
fn has(identity: Identity, share: f64, key: TraitKey) -> bool {
    share > 0.0 && (share >= 1.0 || identity.uniform(key) < share)
}

/// The value of a trait within a range of shares; a trait that is the same for all needs no draw.
#[inline]
fn varied(quantiles: &Quantiles, range: (f64, f64), identity: Identity, key: TraitKey) -> f64 {
    if quantiles.is_constant() {
        quantiles.at(0.0)
    } else {
        quantiles.at(within(range, identity.uniform(key)))
    }
}

/// Maps a uniform to a range of shares.
fn within((from, to): (f64, f64), u: f64) -> f64 {
    from + u * (to - from)
}
