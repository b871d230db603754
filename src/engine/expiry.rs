//! The end of a permitted stay or of savings: what a person does next.

use super::journey::{end_of, until};
use super::notice::{Detail, Seen};
use super::purse::Purse;
use super::records::{Abroad, WITHOUT_END};
use super::step::{BlockStep, Buffers};
use super::step_abroad::Fate;
use crate::draw::Decision;
use crate::model::{Alternative, ExpiryChoice, Here, Host, Occasion, meets};
use crate::population::Person;
use crate::scenario::Status;
use crate::world::FlowEvent;

impl BlockStep<'_, '_> {
    /// Carries out the best available alternative at the end of a permitted stay or of savings.
    pub(super) fn choose(
        &mut self,
        occasion: Occasion,
        record: Abroad,
        purse: &mut Purse,
        host: &Host<'_>,
        time: f64,
        buffers: &mut Buffers,
    ) -> Fate {
        let context = self.context;
        let here = host.place.country;
        let draws = (self.key, host.person.index, context.date);
        // Only what is decided at once is of use to a person who has to leave.
        host.weigh_others_without(context.not_at_once, &mut buffers.others);
        let mut choice = ExpiryChoice::default();
        let renewal = match occasion {
            Occasion::Expiry => self.renewal(&record, purse, host),
            Occasion::Destitution => None,
        };
        let claim = match occasion {
            Occasion::Expiry => self.claim_to_make(&record, host),
            Occasion::Destitution => None,
        };
        // (Nothing with a price is available to a person without income.)
        let mut renewable = renewal.is_some_and(|renewal| {
            renewal.success > 0.0 && (renewal.price <= 0.0 || host.income > 0.0)
        });
        // Whether the person has left the country for a visa run and was not let in again.
        let mut outside = false;
        choice.rank(
            occasion,
            host,
            Here {
                renewal: renewal.map(|renewal| (renewal.price, renewal.success)),
                claim: claim.map(|(_, weight)| weight),
                home: context.home_weight,
            },
            &buffers.others.values,
            draws,
        );
        self.note_choice(occasion, &choice, host);
        for alternative in choice.alternatives() {
            match alternative {
                Alternative::Renew => {
                    let Some(renewal) = renewal else { continue };
                    if self.renew(&record, purse, host.person, renewal) {
                        return Fate::Stays(record);
                    }
                    renewable = false;
                    outside = renewal.event == FlowEvent::VisaRun;
                }
                Alternative::Move(place) => {
                    if let Some(arrived) =
                        self.try_to_enter(&record, purse, host, place, time, context.not_at_once)
                    {
                        return Fate::Stays(arrived);
                    }
                }
                Alternative::Return => {
                    return self.go_home(&record, here, !renewable, host.person, time);
                }
                // (A person who is outside is in no country in which to claim.)
                Alternative::Claim => {
                    if let Some((channel, _)) = claim.filter(|_| !outside) {
                        let claimed = self.claim(&record, purse, host.person, channel, time);
                        return Fate::Stays(claimed);
                    }
                }
                Alternative::Irregular if !outside => break,
                Alternative::Irregular => {}
            }
        }
        if outside {
            return self.go_home(&record, here, true, host.person, time);
        }
        self.stay_without_permission(record, purse, host)
    }

    /// Attempts a renewal. Returns whether it is granted.
    fn renew(
        &mut self,
        record: &Abroad,
        purse: &mut Purse,
        person: &Person,
        renewal: Renewal,
    ) -> bool {
        let Renewal { success, price, .. } = renewal;
        self.detail(|| Detail::Renewal { success, price });
        let [u, _] = self
            .key
            .words(person.index, self.context.date, Decision::Renewal, 0)
            .uniforms();
        if u >= success {
            return false;
        }
        self.counter.own_flow(record.channel, renewal.event);
        self.remember_permit(record, purse.until);
        purse.until = renewal.until;
        self.detail(|| Detail::Permitted {
            status: record.status,
            until: end_of(renewal.until),
        });
        Self::pay(purse, price);
        self.close(purse, record, person);
        true
    }

    /// Lets the person stay on where it is, without permission.
    fn stay_without_permission(
        &mut self,
        record: Abroad,
        purse: &mut Purse,
        host: &Host<'_>,
    ) -> Fate {
        let here = host.place.country;
        // (The savings of a person with a pending claim can run out too; the claim is then dropped.)
        if record.status == Status::Pending {
            self.state.claims.remove(record.position);
        }
        self.depart_from(here, &record);
        self.count_stay(record.position, here, Status::Irregular, 1);
        self.note(|| Seen::Became(Status::Irregular));
        self.close(purse, &record, host.person);
        purse.until = WITHOUT_END;
        Fate::Stays(Abroad {
            status: Status::Irregular,
            ..record
        })
    }

    /// The renewal available at the end of a stay, if there is one.
    fn renewal(&self, record: &Abroad, purse: &Purse, host: &Host<'_>) -> Option<Renewal> {
        let channel = usize::from(record.channel);
        let rules = &self.context.world.rules;
        let rules = rules.channel(channel, usize::from(self.segment()));
        let begin = f64::from(purse.until);
        if let Some((price, success)) = rules.renewal_in_country() {
            return Some(Renewal {
                price,
                success,
                until: until(begin, rules.stay_days),
                event: FlowEvent::Renewed,
            });
        }
        let (price, success) = rules.renewal_by_re_entry()?;
        if !rules.admits(self.slot) || !meets(host.person, rules.requires, host.place.country) {
            return None;
        }
        let visit = (record.since < begin as u16).then_some(record.since);
        let until = self.permitted(record.position, record.channel, begin, visit)?;
        Some(Renewal {
            price,
            success,
            until,
            event: FlowEvent::VisaRun,
        })
    }
}

/// An available renewal: its price, its chance, until when the stay would last, and the flow it counts as.
#[derive(Debug, Clone, Copy)]
struct Renewal {
    price: f64,
    success: f64,
    until: u16,
    event: FlowEvent,
}
