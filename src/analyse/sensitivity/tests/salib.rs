//! Compares with the numbers that SALib 1.6.0 gives for the same points and values.
//!
//! They were produced once by
//!
//! ```python
//! import numpy as np
//! from SALib.sample import sobol as sobol_sample, morris as morris_sample
//! from SALib.analyze import sobol, morris
//! from SALib.test_functions import Ishigami
//! q = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0, 1]] * 3}
//! U = sobol_sample.sample(q, 8, calc_second_order=False, scramble=False, skip_values=8)
//! Y = Ishigami.evaluate(np.pi * (2 * U - 1))
//! S = sobol.analyze(q, Y, calc_second_order=False, seed=1)
//! print(U[:10], Y, S["S1"], S["ST"])
//! for p, r, seed in (4, 5, 11), (6, 4, 5):
//!     U = morris_sample.sample(q, r, num_levels=p, seed=seed)
//!     Y = Ishigami.evaluate(np.pi * (2 * U - 1))
//!     M = morris.analyze(q, U, Y, num_levels=p, seed=1)
//!     print(np.rint((p - 1) * U), Y, M["mu"], M["mu_star"], M["sigma"])
//! ```

use super::super::test_functions::ishigami;
use super::super::{ElementaryEffects, Sampled, SobolIndices};

/// The first two base samples: A, then A with one column of B each, then B.
const POINTS: [[f64; 3]; 10] = [
    [0.1875, 0.3125, 0.9375],
    [0.4375, 0.3125, 0.9375],
    [0.1875, 0.5625, 0.9375],
    [0.1875, 0.3125, 0.3125],
    [0.4375, 0.5625, 0.3125],
    [0.6875, 0.8125, 0.4375],
    [0.9375, 0.8125, 0.4375],
    [0.6875, 0.0625, 0.4375],
    [0.6875, 0.8125, 0.8125],
    [0.9375, 0.0625, 0.8125],
];

/// The outcome at all points of eight base samples.
const VALUES: [f64; 40] = [
    -0.2243044173503428,
    3.407090068233293,
    -5.174051885656175,
    4.8730270262404005,
    0.5687264157735734,
    6.900950392286439,
    6.358467245748973,
    1.9512029239806081,
    8.271956780562572,
    1.9766092175672714,
    1.481526115920595,
    -0.07672044206543083,
    6.431273584226426,
    1.4087197774431428,
    5.048797076019391,
    0.07364331412689828,
    3.3222093122567395,
    5.02339078243273,
    -1.5426574000725413,
    12.174051885656176,
    4.8730270262404005,
    6.4312735842264255,
    -0.07672044206542908,
    5.048797076019391,
    1.4087197774431444,
    8.27195678056257,
    5.0233907824327275,
    3.3222093122567404,
    12.174051885656171,
    -1.54265740007254,
    3.592909931766709,
    7.2243044173503455,
    8.54265740007254,
    1.4815261159205937,
    7.076720442065431,
    0.6415327542510283,
    0.0990496077135622,
    5.591280222556856,
    0.07364331412690073,
    3.677790687743257,
];

const FIRST: [f64; 3] = [0.40104172653637643, 1.2329937032776346, -0.5813144363122326];
const TOTAL: [f64; 3] = [0.2578390162831574, 0.9548645096091014, 0.2461107563885297];

/// Trajectories on four levels: levels, outcomes, then mu, mu* and sigma.
const FOUR_LEVELS: [[u8; 3]; 20] = [
    [1, 3, 0],
    [1, 1, 0],
    [3, 1, 0],
    [3, 1, 2],
    [2, 1, 0],
    [0, 1, 0],
    [0, 1, 2],
    [0, 3, 2],
    [0, 0, 1],
    [0, 2, 1],
    [0, 2, 3],
    [2, 2, 3],
    [0, 2, 1],
    [2, 2, 1],
    [2, 2, 3],
    [2, 0, 3],
    [1, 1, 1],
    [1, 3, 1],
    [1, 3, 3],
    [3, 3, 3],
];
const OF_FOUR_LEVELS: [f64; 20] = [
    -9.301900143284145,
    -4.051900143284147,
    5.249999999999998,
    5.249999999999997,
    14.551900143284142,
    5.2499999999999964,
    5.249999999999997,
    -1.371920541792592e-16,
    -1.371920541792592e-16,
    5.249999999999997,
    5.2499999999999964,
    14.551900143284142,
    5.249999999999997,
    6.2201720055066545,
    14.551900143284142,
    9.301900143284145,
    4.27982799449334,
    -0.9701720055066569,
    -9.301900143284145,
    1.3153819953411773e-15,
];
const FOUR: [[f64; 3]; 3] = [
    [
        11.453331773592975,
        -1.5749999999999997,
        -7.105427357601002e-16,
    ],
    [11.453331773592975, 7.874999999999997, 4.999036882666493],
    [5.58909314583546, 8.626630280706362, 8.83713219783784],
];

/// Trajectories on six levels, in the same order.
const SIX_LEVELS: [[u8; 3]; 16] = [
    [4, 1, 3],
    [4, 1, 0],
    [1, 1, 0],
    [1, 4, 0],
    [4, 3, 0],
    [4, 0, 0],
    [4, 0, 3],
    [1, 0, 3],
    [4, 2, 3],
    [4, 2, 0],
    [4, 5, 0],
    [1, 5, 0],
    [5, 2, 5],
    [5, 5, 5],
    [5, 5, 2],
    [2, 5, 2],
];
const OF_SIX_LEVELS: [f64; 16] = [
    7.297438644731354,
    16.54677107403505,
    -3.8836521134104185,
    -3.8836521134104185,
    12.633652113410418,
    10.215211593722735,
    0.9658791644190378,
    -0.9658791644190378,
    3.3843196841067216,
    12.633652113410418,
    10.215211593722735,
    -10.215211593722735,
    2.4184405196876853,
    1.3153819953411773e-15,
    1.2437334761941772e-16,
    -0.5969461526363133,
];
const SIX: [[f64; 3]; 3] = [
    [18.078979523485557, -1.0076835498698684, -11.561665536629622],
    [18.078979523485557, 3.023050649609605, 11.561665536629622],
    [18.464910097642043, 3.85913418674219, 7.707777024419747],
];

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-10
}

#[test]
fn points_and_values_stand_in_the_same_order() {
    for (row, value) in POINTS.iter().zip(VALUES) {
        assert!(close(ishigami(row), value));
    }
    for row in POINTS.chunks(5) {
        for column in 0..3 {
            let mixed = &row[1 + column];
            let expected = |place: usize| if place == column { row[4] } else { row[0] };
            assert!((0..3).all(|place| mixed[place] == expected(place)[place]));
        }
    }
}

#[test]
fn sobol_indices_are_salibs() {
    let found = SobolIndices::of(3, &Sampled::single(&VALUES).unwrap()).unwrap();
    for (place, index) in found.parameters.iter().enumerate() {
        assert!(close(index.first.value, FIRST[place]), "{place}: {index:?}");
        assert!(close(index.total.value, TOTAL[place]), "{place}: {index:?}");
    }
}

#[test]
fn elementary_effects_are_salibs() {
    let cases = [
        (&FOUR_LEVELS[..], &OF_FOUR_LEVELS[..], 3.0, FOUR),
        (&SIX_LEVELS[..], &OF_SIX_LEVELS[..], 5.0, SIX),
    ];
    for (levels, values, most, [mu, mu_star, sigma]) in cases {
        let quantile = |level: &u8| f64::from(*level) / most;
        let points: Vec<Vec<f64>> = levels
            .iter()
            .map(|row| row.iter().map(quantile).collect())
            .collect();
        let found =
            ElementaryEffects::of(&points, &points, &Sampled::single(values).unwrap()).unwrap();
        for (place, effect) in found.parameters.iter().enumerate() {
            assert!(close(effect.mu, mu[place]), "{place}: {effect:?}");
            assert!(
                close(effect.mu_star.value, mu_star[place]),
                "{place}: {effect:?}"
            );
            assert!(
                close(effect.sigma.unwrap(), sigma[place]),
                "{place}: {effect:?}"
            );
        }
    }
}
