//! Asking a relation of many cases.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::fmt::Debug;

/// How many cases: few by default, all where `EXEUNT_FULL_TESTS` asks for it.
pub fn number(few: u32, all: u32) -> u32 {
    match std::env::var("EXEUNT_FULL_TESTS").as_deref() {
        Ok("1") => all,
        _ => few,
    }
}

/// Asks a relation of so many cases. It returns whether its wrong variant was noticed, which has to be so
/// at least once; where it does not hold it says how.
pub fn hold<S: Strategy>(
    cases: u32,
    strategy: &S,
    relation: impl Fn(&S::Value) -> Result<bool, String>,
) where
    S::Value: Debug,
{
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..Config::default()
    };
    let seed = [7; 32];
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let noticed = Cell::new(0_u32);
    let outcome =
        TestRunner::new_with_rng(config, rng).run(strategy, |case| match relation(&case) {
            Ok(wrong_variant) => {
                noticed.set(noticed.get() + u32::from(wrong_variant));
                Ok(())
            }
            Err(how) => Err(TestCaseError::fail(how)),
        });
    match outcome {
        Ok(()) => assert!(
            noticed.get() > 0,
            "the wrong variant was noticed in none of {cases} cases: this test cannot fail"
        ),
        Err(TestError::Fail(how, case)) => panic!("{how}\nin the case {case:#?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// An error unless a condition holds.
pub fn ensure(condition: bool, how: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(how()) }
}
