//! Building the parameters of behaviour.

use super::Builder;
use crate::scenario::problem::Problem;
use crate::scenario::{
    Attitudes, Behaviour, Belief, Choice, Claiming, Delay, Expiry, Holding, Leaving, MoneyAbroad,
    Onward, Rents, Repression, Return, ReturnReference, Settled, StatusCost, Ties,
};
use crate::units::{Duration, Rate};

/// Numbers of ties, which must be whole.
pub(crate) const TIES: [&str; 2] = ["behaviour.ties.near", "behaviour.ties.far"];

impl Builder<'_> {
    pub(super) fn behaviour(&self) -> Behaviour {
        let number = |path: &str| self.number(&format!("behaviour.{path}"));
        let rate = |path: &str| Rate::from_per_year(number(path));
        let span = |path: &str| Duration::from_days(number(path));
        Behaviour {
            leaving: Leaving {
                hazard_planner: rate("leaving.hazard_planner"),
                hazard_other: rate("leaving.hazard_other"),
                attachment_spread: number("leaving.attachment_spread"),
                risk: number("leaving.risk"),
                risk_active: number("leaving.risk_active"),
                risk_minority: number("leaving.risk_minority"),
                community: number("leaving.community"),
                unemployed: number("leaving.unemployed"),
                income_loss: number("leaving.income_loss"),
            },
            choice: Choice {
                lambda: number("choice.lambda"),
                mu: number("choice.mu"),
                income: number("choice.income"),
                distance: number("choice.distance"),
                language: number("choice.language"),
                diaspora: number("choice.diaspora"),
                rent: number("choice.rent"),
                safety: number("choice.safety"),
                hostility: number("choice.hostility"),
                visa: number("choice.visa"),
                refusal: number("choice.refusal"),
                diaspora_scale: number("choice.diaspora_scale"),
                diaspora_language_scale: number("choice.diaspora_language_scale"),
            },
            status: StatusCost {
                protected: number("status.protected"),
                legal: number("status.legal"),
                temporary: number("status.temporary"),
                pending: number("status.pending"),
                irregular: number("status.irregular"),
            },
            delay: Delay {
                mobilisation: span("delay.mobilisation"),
                conscience: span("delay.conscience"),
                other: span("delay.other"),
            },
            holding: Holding {
                on: self.flag("behaviour.holding.on"),
                release: rate("holding.release"),
                fade: span("holding.fade"),
                retry: span("holding.retry"),
            },
            return_: Return {
                hazard: rate("return.hazard"),
                duration: number("return.duration"),
                unemployed: number("return.unemployed"),
                rent_burden: number("return.rent_burden"),
                burden_threshold: number("return.burden_threshold"),
                burden_max: number("return.burden_max"),
                hostility: number("return.hostility"),
                expired: number("return.expired"),
                fear: number("return.fear"),
                active: number("return.active"),
                savings: number("return.savings"),
                no_reentry: number("return.no_reentry"),
                reference: ReturnReference {
                    unemployed: number("return.reference.unemployed"),
                    rent_burden: number("return.reference.rent_burden"),
                    expired: number("return.reference.expired"),
                    fear: number("return.reference.fear"),
                    active: number("return.reference.active"),
                    savings: number("return.reference.savings"),
                },
            },
            onward: Onward {
                hazard: rate("onward.hazard"),
                rooting: number("onward.rooting"),
            },
            expiry: Expiry {
                home: number("expiry.home"),
                moving: number("expiry.moving"),
                irregular: number("expiry.irregular"),
            },
            asylum: Claiming {
                horizon: span("asylum.horizon"),
                removal_loss: number("asylum.removal_loss"),
                missed: number("asylum.missed"),
                mistaken: number("asylum.mistaken"),
            },
            settled: Settled {
                after: span("settled.after"),
                factor: number("settled.factor"),
            },
            rents: self.flag("behaviour.rents.on").then(|| Rents {
                short: number("rents.short"),
                long: number("rents.long"),
                memory: span("rents.memory"),
                adjustment: span("rents.adjustment"),
            }),
            attitudes: self.flag("behaviour.attitudes.on").then(|| Attitudes {
                baseline: number("attitudes.baseline"),
                surprise: number("attitudes.surprise"),
                memory: span("attitudes.memory"),
                rents: number("attitudes.rents"),
                pressure: number("attitudes.pressure"),
                legacy: number("attitudes.legacy"),
                contact: number("attitudes.contact"),
                hospitality: number("attitudes.hospitality"),
                hospitality_half_life: span("attitudes.hospitality_half_life"),
                reactions: self.flag("behaviour.attitudes.reactions"),
            }),
            belief: Belief {
                lag: span("belief.lag"),
                lag_opening: span("belief.lag_opening"),
                rush: number("belief.rush"),
                rush_max: number("belief.rush_max"),
            },
            money: self.flag("behaviour.money.on").then(|| MoneyAbroad {
                remote_kept: number("money.remote_kept"),
                remote_half_life: span("money.remote_half_life"),
                rent_share: number("money.rent_share"),
                help: number("money.help"),
                informal_work: number("money.informal_work"),
            }),
            ties: self.flag("behaviour.ties.on").then(|| Ties {
                near: number("ties.near") as u32,
                far: number("ties.far") as u32,
                contagion: number("ties.contagion"),
                contagion_max: number("ties.contagion_max"),
                detention: number("ties.detention"),
                window: span("ties.window"),
                kin: number("ties.kin"),
                lag: span("ties.lag"),
            }),
            repression: self.flag("behaviour.repression.on").then(|| Repression {
                detention: rate("repression.detention"),
                active: number("repression.active"),
                short_share: number("repression.short_share"),
                short: span("repression.short"),
                long: span("repression.long"),
                case: span("repression.case"),
                victim: number("repression.victim"),
            }),
            voice: self.voice(),
            narrative: self.narrative(),
        }
    }

    /// Reports numbers of ties that are not whole: nobody has half a tie.
    pub(super) fn check_ties(&mut self) {
        for path in TIES {
            let (Some(number), Some(said)) = (self.known(path), self.get(path)) else {
                continue;
            };
            if number != number.trunc() {
                self.report(
                    Problem::error(format!("`{path}` is not a whole number of ties"))
                        .at(&said.place)
                        .expected("0, 1, 2 or more ties")
                        .cure(format!("write {}", number.round())),
                );
            }
        }
        self.check_idle_ties();
    }

    /// Warns where ties are on but do nothing, or do less than their factor says.
    fn check_idle_ties(&mut self) {
        let on = self.get("behaviour.ties.on").map(|said| said.place.clone());
        let Some(place) = on.filter(|_| self.flag("behaviour.ties.on")) else {
            return;
        };
        let [near, far, factor, most] = ["near", "far", "contagion", "contagion_max"]
            .map(|key| self.number(&format!("behaviour.ties.{key}")));
        if near + far == 0.0 {
            self.report(
                Problem::warning("ties are on, but nobody has one: they change nothing")
                    .at(&place)
                    .expected("near or far ties above 0")
                    .cure("raise behaviour.ties.near or behaviour.ties.far, or write on = false"),
            );
        } else if most < factor {
            self.report(
                Problem::warning(format!(
                    "one tie multiplies the hazard by {most}, not by {factor}: contagion_max is below contagion"
                ))
                .at(&place)
                .expected(format!("behaviour.ties.contagion_max of at least {factor}"))
                .cure("raise behaviour.ties.contagion_max, or lower behaviour.ties.contagion"),
            );
        }
        let detention = self.number("behaviour.ties.detention");
        if detention > 1.0 && !self.flag("behaviour.repression.on") {
            self.report(
                Problem::warning(
                    "detentions of ties are to multiply the hazard of leaving, but nobody is detained",
                )
                .at(&place)
                .expected("behaviour.repression.on = true, or behaviour.ties.detention of 1")
                .cure("write behaviour.repression.on = true, or behaviour.ties.detention = 1"),
            );
        }
    }
}
