//! The two cases that docs/teaching works through by hand: that the runs agree with the closed form, and that the
//! pages show what their commands give.

#![cfg(feature = "cli")]

#[path = "../support/mod.rs"]
mod support;

mod closed_form;
mod course;
mod pages;
mod statistics;
mod tables;

use exeunt::world::FlowEvent;
use statistics::{agree, is_noticed, scenario};
use support::{flow_of, simulation, watch};

/// A border that closes between three neighbours, and one at which a visa is asked for.
#[test]
fn a_border_that_closes_agrees_with_the_closed_form() {
    agree(
        "three-neighbours",
        &["three-neighbours-closing", "three-neighbours-visa"],
        &[],
    );
}

/// Where four in ten hold the passport that is asked for.
#[test]
fn a_border_that_few_may_pass_agrees_with_the_closed_form() {
    agree(
        "three-neighbours",
        &["three-neighbours-closing"],
        &["segment.everyone.holds.passport=40 %"],
    );
}

/// Permits where only an irregular way led: who is held by their being on paper only is let go.
#[test]
fn a_legal_channel_that_opens_agrees_with_the_closed_form() {
    agree("irregular-way", &["irregular-way-permits"], &[]);
}

/// The same where nobody is said to miss what never was.
#[test]
fn a_channel_that_nobody_missed_agrees_with_the_closed_form() {
    agree(
        "irregular-way",
        &["irregular-way-permits"],
        &["model.lifted=as_before"],
    );
}

#[test]
fn faults_are_noticed() {
    is_noticed("three-neighbours-closing", "behaviour.choice.lambda=0.65");
    is_noticed("irregular-way-permits", "behaviour.choice.mu=0.55");
    is_noticed(
        "irregular-way-permits",
        "behaviour.holding.release=20 %/month",
    );
}

/// As many ask for a permit as would if there were enough; so many get one.
#[test]
fn a_quota_is_used_up_and_the_others_wait() {
    agree("irregular-way", &["irregular-way-quota"], &[]);
    let quota = scenario("irregular-way-quota", &[]);
    let (mut served, mut waiting, mut applied) = (0, 0, 0);
    watch(&mut simulation(&quota, 1, 2), |report| {
        let permit = |event| {
            flow_of(report, event, |key| {
                quota
                    .channels
                    .get(usize::from(key.channel))
                    .is_some_and(|channel| channel.quota.is_some())
            })
        };
        served += permit(FlowEvent::Left);
        applied += permit(FlowEvent::Applied);
        waiting = report.waiting.applying[0];
    });
    assert_eq!(served, 12 * 500);
    assert!(waiting > 4_000);
    assert_eq!(applied, served + waiting);
}
