//! Keys of draws: what a draw depends on, and nothing else.

use super::philox::philox4x32_10;
use super::screen::mix;
use rand_pcg::Mcg128Xsl64;

/// What a draw decides. It is part of the draw's counter, so that two decisions of one person on one date are
/// independent. The numbers are part of the stream version: never reuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Decision {
    /// Trait: multiplier a.
    Attachment = 1,
    /// Trait: dissent.
    Dissent = 2,
    /// Trait: income.
    Income = 3,
    /// Trait: savings.
    Savings = 4,
    /// Trait: age.
    Age = 5,
    /// Trait: male.
    Male = 6,
    /// Trait: higher education.
    Education = 7,
    /// Trait: belongs to a persecuted minority.
    Minority = 8,
    /// Trait: speaks the language of the country named by the place.
    Speaks = 9,
    /// Trait: has kin in the country named by the place.
    Kin = 10,
    /// Trait: barred by the exit gate named by the place.
    ExitGate = 11,
    /// Trait: has ancestry in the country named by the place.
    Ancestry = 13,
    /// Trait: has an employer in the country named by the place.
    Employer = 14,
    /// Trait: has a call-up paper.
    DraftNotice = 15,
    /// Trait: works remotely.
    Remote = 16,
    /// Trait: rents.
    Renter = 17,
    /// Trait: is unemployed.
    Unemployment = 18,
    /// Trait: has evidence of persecution.
    Evidence = 19,
    /// Trait: holds the document named by the place.
    Holds = 40,
    /// Set-up: how many persons of a block fall into each stratum.
    StratumCounts = 12,
    /// Layer of marks of the aspiration (place = layer and group of strata).
    LeavingLayer = 20,
    /// A and B of the aspiration, by country.
    Aspiration = 21,
    /// Y of the aspiration: a stream for its gamma variate.
    AspirationTime = 22,
    /// U of the aspiration; the motive.
    AspirationThreshold = 23,
    /// E of the aspiration, by channel.
    AspirationChannel = 24,
    /// The delay between decision and departure.
    DepartureDelay = 25,
    /// The grant of an attempt, by channel.
    Grant = 26,
    /// Marks of the held: release and fading.
    HeldMarks = 30,
    /// Marks of persons abroad: return and onward move.
    AbroadMarks = 31,
    /// Choice of country of an onward move.
    OnwardCountry = 32,
    /// Choice of channel of an onward move.
    OnwardChannel = 33,
    /// Choice at the end of a permitted stay: alternatives other than countries.
    Expiry = 34,
    /// Choice at the end of a permitted stay: countries.
    ExpiryCountry = 35,
    /// Success of a renewal.
    Renewal = 36,
    /// Time from getting a place to the decision on an application, by channel.
    DecisionTime = 50,
    /// Order of those who applied on the same day.
    QueueOrder = 51,
    /// Hand-over and push-back at a border, by border.
    BorderCrossing = 52,
    /// Order of those who arrived at a border on the same day.
    BorderQueue = 53,
    /// Trait: when a person hears of the version of a channel's rules that the place names.
    Belief = 60,
    /// Trait: how much validity is left, when issue stops, in the document named by the place.
    DocumentLife = 61,
    /// Trait: whether a person keeps its work from home on leaving, and when it loses it.
    RemoteWork = 70,
    /// Trait: works abroad without the right to work.
    InformalWork = 74,
    /// Time to the decision on a claim to asylum, by channel.
    ClaimTime = 80,
    /// The decision on a claim to asylum and, where it is rejected, removal; by channel.
    Claim = 81,
    /// Choice of a person who has no money left: alternatives other than countries.
    Destitution = 72,
    /// Choice of a person who has no money left: countries.
    DestitutionCountry = 73,
    /// Ties: the order of a segment's persons in their ring.
    TieRing = 90,
    /// Ties: who is paired with whom in an origin; the place is the number of the pairing.
    TiePairing = 91,
    /// Marks of aspirations that spread along ties.
    ContagionMarks = 92,
    /// Marks of onward moves to where ties live.
    KinMarks = 120,
    /// Trait: identified as active by the authorities.
    Identified = 110,
    /// Layer of marks of detention (place = layer and range of a block).
    DetentionLayer = 111,
    /// Layer of marks of rendition (place = layer and range of a block).
    RenditionLayer = 112,
    /// Layer of marks of a call-up (place = layer and event).
    CallUpLayer = 113,
    /// How long a detention lasts.
    Sentence = 114,
    /// Marks of aspirations that come of a case against the person.
    CaseMarks = 115,
    /// Trait: refused by mistake by the channel named by the place.
    Mistake = 140,
    /// Design: the order of a parameter's strata over the draws.
    DesignOrder = 200,
    /// Design: the point within a stratum.
    DesignPlace = 201,
    /// Design: where a trajectory starts in a parameter's range, and in which direction it moves.
    TrajectoryMove = 202,
    /// Design: the order in which a trajectory moves the parameters.
    TrajectoryOrder = 203,
    /// Calibration: a step from a set of parameters that was kept (place = 0 for the choice of the set, then the
    /// parameters); the order of a posterior.
    Proposal = 220,
    /// Analysis: a shuffle of draws, against which a correlation is judged.
    Shuffle = 210,
    /// Analysis: a resample of a sample, against which an estimate is judged.
    Resample = 211,
}

/// A key: seed, parameter draw, replicate and label, folded into the 64 bits that Philox takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key([u32; 2]);

impl Key {
    /// Returns the key of draws that belong to the identity of persons: it depends on the seed and the label alone.
    pub fn of_identity(seed: u64, label_name: &str) -> Self {
        Self::fold(seed, u32::MAX, u32::MAX, label_name)
    }

    /// Returns the key of draws that belong to a run.
    pub fn of_run(seed: u64, draw: u32, replicate: u32, label_name: &str) -> Self {
        Self::fold(seed, draw, replicate, label_name)
    }

    fn fold(seed: u64, draw: u32, replicate: u32, label_name: &str) -> Self {
        let name = fnv1a(START, label_name);
        let words = philox4x32_10(
            [name as u32, (name >> 32) as u32, draw, replicate],
            [seed as u32, (seed >> 32) as u32],
        );
        Self([words[0], words[1]])
    }

    /// Returns the random words of one decision of one person on one date about one place.
    ///
    /// `date` counts days since 1970 (0 for a decision without a date); `place` is a [`label`] or 0.
    ///
    /// Who asks and what is asked are each mixed with the key, then their sum and their difference are mixed: a
    /// third of the instructions of a Philox block, and these draws are half of the work of a run.
    #[inline]
    pub fn words(&self, person: u32, date: i32, decision: Decision, place: u32) -> Words {
        let key = self.bits();
        let who = mix(pair(person, date as u32) ^ !key);
        let what = mix(pair(decision as u32, place) ^ key);
        Words([mix(who.wrapping_add(what)), mix(who.wrapping_sub(what))])
    }

    /// Returns the key of one trait about one place.
    ///
    /// Traits cost fewer mixing rounds than [`Key::words`], because a person has dozens of them and they are read
    /// again whenever something may happen to the person: one round per trait, once this key and the
    /// [`Key::identity`] are mixed.
    pub fn of_trait(&self, decision: Decision, place: u32) -> TraitKey {
        TraitKey(mix(self.bits() ^ pair(decision as u32, place)))
    }

    /// Returns the identity of a person, from which its traits are drawn.
    #[inline]
    pub fn identity(&self, person: u32) -> Identity {
        Identity(mix(u64::from(person) ^ !self.bits()))
    }

    #[inline]
    fn bits(&self) -> u64 {
        pair(self.0[0], self.0[1])
    }

    /// Returns a generator for a decision that takes an unknown number of draws.
    #[inline]
    pub fn stream(&self, person: u32, date: i32, decision: Decision, place: u32) -> Mcg128Xsl64 {
        let Words([high, low]) = self.words(person, date, decision, place);
        Mcg128Xsl64::new((u128::from(high) << 64) | u128::from(low))
    }
}

/// What a trait's draw asks about; see [`Key::of_trait`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraitKey(u64);

/// Whose trait is drawn; see [`Key::identity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(u64);

impl Identity {
    /// The uniform of a trait, on 0 (included) to 1 (excluded).
    #[inline]
    pub fn uniform(self, key: TraitKey) -> f64 {
        unit(mix(key.0.wrapping_add(self.0)))
    }
}

/// 128 random bits, to be read as two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words([u64; 2]);

impl Words {
    /// The first 64 bits.
    #[inline]
    pub fn first(self) -> u64 {
        self.0[0]
    }
    /// The other 64 bits.
    #[inline]
    pub fn second(self) -> u64 {
        self.0[1]
    }
    /// Both numbers, uniform on 0 (included) to 1 (excluded).
    #[inline]
    pub fn uniforms(self) -> [f64; 2] {
        [unit(self.first()), unit(self.second())]
    }
    /// Returns the words of the same decision about a place or channel, given by its [`label`]. One mixing round
    /// per word, keyed by these words, because one decision asks about dozens of places.
    #[inline]
    pub fn about(self, place: u32) -> Self {
        let place_bits = spread(place);
        Self(self.0.map(|word| mix(word.wrapping_add(place_bits))))
    }
    /// The first 64 bits of [`Words::about`] alone.
    #[inline]
    pub fn first_about(self, place: u32) -> u64 {
        mix(self.first().wrapping_add(spread(place)))
    }
    /// The first number, exponential with mean 1.
    #[inline]
    pub fn exponential(self) -> f64 {
        exponential(self.first())
    }
    /// Both numbers, exponential with mean 1, finite and at least 0.
    #[inline]
    pub fn exponentials(self) -> [f64; 2] {
        [exponential(self.first()), exponential(self.second())]
    }
}

/// Joins two halves.
#[inline]
fn pair(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

/// Spreads a label over all 64 bits.
#[inline]
fn spread(place: u32) -> u64 {
    u64::from(place).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Turns 64 bits into a number uniform on 0 (included) to 1 (excluded), with 53 bits.
#[inline]
pub fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
}

/// Turns 64 bits into an exponential variate with mean 1.
#[inline]
pub fn exponential(bits: u64) -> f64 {
    // 1 - unit lies in (0, 1]: the logarithm is finite.
    -super::math::ln(1.0 - unit(bits))
}

/// A lower bound of [`exponential`] without a logarithm: u + u^2/2 (rounding may lift it above by less than a
/// trillionth of its value).
#[inline]
pub fn exponential_at_least(bits: u64) -> f64 {
    let u = unit(bits);
    u + 0.5 * u * u
}

/// An upper bound of [`exponential`], close to [`exponential_at_least`] where that is small: u + u^2/2 + 2 u^3/3 up to
/// u = 1/2, infinite above.
#[inline]
pub fn exponential_at_most(bits: u64) -> f64 {
    let u = unit(bits);
    if u <= 0.5 {
        (u + u * u * (0.5 + (2.0 / 3.0) * u)) * (1.0 + 1e-12)
    } else {
        f64::INFINITY
    }
}

/// Returns the 32-bit key of a name (a country code, a document).
pub fn label(name: &str) -> u32 {
    let hash = fnv1a(START, name);
    (hash ^ (hash >> 32)) as u32
}

/// Returns the 32-bit key of a name within a country: that of `country/name`.
pub fn label_within(country: &str, name: &str) -> u32 {
    let hash = fnv1a(fnv1a(fnv1a(START, country), "/"), name);
    (hash ^ (hash >> 32)) as u32
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The 64-bit FNV-1a hash of the bytes of a text, continued from a hash.
fn fnv1a(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::Rng;

    /// The reference outputs of PCG's author for the MCG XSL-RR 128/64 generator with state 42, as `rand_pcg` documents
    /// them: the stream must never change.
    #[test]
    fn stream_generator_is_the_published_one() {
        let mut generator = Mcg128Xsl64::new(42);
        let words: Vec<u64> = (0..6).map(|_| generator.next_u64()).collect();
        assert_eq!(
            words,
            [
                0x63b4_a3a8_13ce_700a,
                0x3829_54200617ab24,
                0xa7fd_85ae_3fe9_50ce,
                0xd715_286a_a288_7737,
                0x60c9_2fee_2e59_f32c,
                0x84c4_e96b_eff3_0017
            ]
        );
    }

    #[test]
    fn trait_uniforms_are_uniform_and_independent() {
        let key = Key::of_identity(4, "traits");
        let n = 200_000_u32;
        let (mut cells, mut products) = ([0_u32; 16], [0.0; 3]);
        for person in 0..n {
            let of = |person: u32, decision, place| {
                key.identity(person).uniform(key.of_trait(decision, place))
            };
            let u = of(person, Decision::Holds, 1);
            cells[(u * 16.0) as usize] += 1;
            let others = [
                of(person + 1, Decision::Holds, 1),
                of(person, Decision::Holds, 2),
                of(person, Decision::Speaks, 1),
            ];
            for (product, other) in products.iter_mut().zip(others) {
                *product += 12.0 * (u - 0.5) * (other - 0.5) / f64::from(n);
            }
        }
        let expected = f64::from(n) / 16.0;
        let squares: f64 = cells
            .iter()
            .map(|cell| f64::from(*cell) - expected)
            .map(|off| off * off / expected)
            .sum();
        // Chi-square with 15 degrees of freedom: 37.7 is its 99.9 % point.
        assert!(squares < 37.7, "{squares}");
        for product in products {
            assert!(product.abs() < 4.0 / f64::from(n).sqrt(), "{product}");
        }
    }

    #[test]
    fn words_about_places_are_independent() {
        let key = Key::of_run(4, 0, 0, "places");
        let n = 200_000_u32;
        let mut sums = [0.0; 6];
        for person in 0..n {
            let base = key.words(person, 3, Decision::Aspiration, 0);
            let [a, b] = base.about(label("GE")).uniforms();
            let [c, _] = base.about(label("KZ")).uniforms();
            let [d, _] = key
                .words(person + 1, 3, Decision::Aspiration, 0)
                .about(label("GE"))
                .uniforms();
            let products = [a - 0.5, b - 0.5, c - 0.5].map(|x| x / (1.0_f64 / 12.0).sqrt());
            for (sum, value) in sums.iter_mut().zip([
                products[0],
                products[1],
                products[0] * products[1],
                products[0] * products[2],
                12.0 * (a - 0.5) * (d - 0.5),
                1.25 * (products[0] * products[0] - 1.0),
            ]) {
                *sum += value / f64::from(n);
            }
        }
        for sum in sums {
            assert!(sum.abs() < 4.5 / f64::from(n).sqrt(), "{sums:?}");
        }
    }

    #[test]
    fn every_part_of_a_key_matters() {
        let base = Key::of_run(1, 0, 0, "a").words(7, 19_000, Decision::Grant, 3);
        let others = [
            Key::of_run(2, 0, 0, "a").words(7, 19_000, Decision::Grant, 3),
            Key::of_run(1, 1, 0, "a").words(7, 19_000, Decision::Grant, 3),
            Key::of_run(1, 0, 1, "a").words(7, 19_000, Decision::Grant, 3),
            Key::of_run(1, 0, 0, "b").words(7, 19_000, Decision::Grant, 3),
            Key::of_run(1, 0, 0, "a").words(8, 19_000, Decision::Grant, 3),
            Key::of_run(1, 0, 0, "a").words(7, 19_001, Decision::Grant, 3),
            Key::of_run(1, 0, 0, "a").words(7, 19_000, Decision::Renewal, 3),
            Key::of_run(1, 0, 0, "a").words(7, 19_000, Decision::Grant, 4),
            Key::of_run(1 << 40, 0, 0, "a").words(7, 19_000, Decision::Grant, 3),
        ];
        assert!(others.iter().all(|other| *other != base));
    }

    #[test]
    fn exponentials_lie_within_their_bounds() {
        let key = Key::of_identity(8, "bounds");
        let ends = [0, 1, 1 << 11, u64::MAX, u64::MAX - 1, 1 << 63];
        let drawn = (0..200_000).map(|person| key.words(person, 0, Decision::Age, 0).first());
        for bits in ends.into_iter().chain(drawn) {
            let (low, high) = (exponential_at_least(bits), exponential_at_most(bits));
            let exact = exponential(bits);
            assert!(
                low * (1.0 - 1e-12) <= exact && exact <= high,
                "{bits:x}: {low} {exact} {high}"
            );
        }
    }

    #[test]
    fn exponential_is_finite_at_both_ends() {
        assert_eq!(exponential(0), 0.0);
        assert!(exponential(u64::MAX).is_finite());
    }
}
