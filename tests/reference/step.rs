//! The slow engine: every person, every step.

use crate::abroad::Stay;
use crate::applications::{Allotments, Application};
use crate::attitudes::{Public, Reception};
use crate::belief::{Hearing, Mind, Minds, Versions};
use crate::choice::View;
use crate::constants::constants;
use crate::custody::{CalledUp, Custody};
use crate::faults::Fault;
use crate::journeys::Journey;
use crate::leaving::Aspiration;
use crate::measures::{Counts, Event, Flow, Record};
use crate::money;
use crate::narrative::{self, Story};
use crate::persons::{Person, population};
use crate::rents::MarketState;
use crate::replay::start_of;
use crate::rules::Rules;
use crate::ties::Circle;
use crate::trips::Trips;
use crate::voice::Poll;
use crate::windows::Visit;
use crate::world::World;
use exeunt::scenario::{Constants, Scenario};
use exeunt::units::Rate;
use exeunt::world::Hold;
use rand::SeedableRng;
use rand_distr::{Distribution, Exp1};
use rand_pcg::Pcg64;

/// Where a person is, and what goes with it.
#[derive(Debug, Clone)]
pub enum Whereabouts {
    Content,
    Held(Held),
    Departing {
        wish: Wish,
        channel: usize,
        /// Days from the first day of the run.
        date: f64,
    },
    /// At home, waiting for a decision.
    Applying {
        wish: Wish,
        application: Application,
    },
    /// On the way, waiting to pass a border.
    AtBorder(Journey),
    Abroad(Stay),
    /// Held by the state until a day; days from the first day of the run.
    Detained {
        until: f64,
    },
    /// Called up on a day, and serving until another.
    Mobilised {
        since: f64,
        until: f64,
    },
}

impl Whereabouts {
    /// Whether the person has left.
    pub fn is_abroad(&self) -> bool {
        match self {
            Self::Abroad(_) => true,
            Self::AtBorder(journey) => journey.left_home.is_some(),
            _ => false,
        }
    }

    /// Whether the person is at home, neither detained nor mobilised.
    pub fn is_at_large(&self) -> bool {
        let confined = matches!(self, Self::Detained { .. } | Self::Mobilised { .. });
        !confined && !self.is_abroad()
    }
}

/// An aspiration and what became of it so far.
#[derive(Debug, Clone)]
pub struct Wish {
    pub aspiration: Aspiration,
    /// Channels that refused or turned back, with the day.
    pub refusals: Vec<(usize, f64)>,
}

/// A person who aspires and cannot go.
#[derive(Debug, Clone)]
pub struct Held {
    pub by: Hold,
    pub wish: Wish,
}

/// Everything of a person that changes.
#[derive(Debug, Clone)]
pub struct Life {
    pub at: Whereabouts,
    /// Visits abroad that have ended.
    pub visits: Vec<Visit>,
    /// When it hears of changes.
    pub hearing: Hearing,
    /// When it left last, days from the first day of the run.
    pub left: Option<f64>,
    /// It has arrived abroad before.
    pub been_out: bool,
    /// When it was detained last, likewise.
    pub detained: Option<f64>,
    /// Channels that refused it or turned it back in this step, on the way from home.
    pub turned_away: Vec<usize>,
    /// What ties who left or were detained do to its hazard of leaving in this step.
    pub contagion: f64,
    /// By country: how many of its ties lived there when the step began.
    pub kin: Vec<u32>,
    /// Until when a case against it lasts, days from the first day of the run.
    pub case_until: f64,
}

/// A person in one step.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub person: &'a Person,
    pub visits: &'a [Visit],
    pub hearing: &'a Hearing,
    pub mind: Mind,
    pub contagion: f64,
    pub kin: &'a [u32],
    /// A case against it lasts.
    pub prosecuted: bool,
}

/// Runs a scenario to its end: the opening, then a record a step.
pub fn run(scenario: &Scenario, seed: u64, fault: Fault) -> Vec<Record> {
    let mut rng = Pcg64::seed_from_u64(seed);
    let mut persons = population(scenario, &mut rng);
    if fault == Fault::WorkKept {
        for person in &mut persons {
            person.work_kept_above = 0.0;
            person.work_lasts = f64::INFINITY;
        }
    }
    if fault == Fault::DocumentsLast {
        for life in persons
            .iter_mut()
            .flat_map(|person| &mut person.document_life)
        {
            *life = f64::INFINITY;
        }
    }
    let constants = constants(scenario, &persons);
    let versions = match fault {
        Fault::LagIgnored => Versions::of(scenario).without_lag(),
        _ => Versions::of(scenario),
    };
    let mut lives: Vec<Life> = persons
        .iter()
        .map(|_| Life {
            at: Whereabouts::Content,
            visits: Vec::new(),
            hearing: versions.hearing(&mut rng),
            left: None,
            been_out: false,
            detained: None,
            turned_away: Vec::new(),
            contagion: 1.0,
            kin: Vec::new(),
            case_until: 0.0,
        })
        .collect();
    let circle = Circle::of(scenario, seed);
    let mut markets = vec![MarketState::default(); scenario.countries.len()];
    let mut felt = markets.clone();
    let mut publics = vec![Public::default(); scenario.countries.len()];
    let mut seen_before = publics.clone();
    let mut allotments = Allotments::new(scenario, fault);
    let mut trips = Trips::new(scenario);
    let mut parts = vec![0.0; scenario.borders.len()];
    let mut called_up = CalledUp::default();
    let mut stories = vec![Story::default(); scenario.countries.len()];
    let mut stories_before = stories.clone();
    let mut shares = vec![0.0; scenario.countries.len()];
    let first = World::first_day(scenario);
    let opening = Counts::new(scenario).into_record(scenario, &persons, &lives, &markets);
    let mut records = vec![Record {
        wanting: wanting(&first.receptions, &first),
        ..opening
    }];
    for index in 0..scenario.calendar.steps.len() {
        let rent_ratio = ratios(&felt);
        let mut world = World::at(scenario, index, rent_ratio.clone());
        let remembered = match fault {
            Fault::AttitudesLate => &seen_before,
            _ => &publics,
        };
        world.receptions = world.receptions(scenario, remembered, &rent_ratio);
        if fault == Fault::NobodyHospitable {
            for reception in &mut world.receptions {
                reception.eased = 0.0;
            }
        }
        let acting = match fault {
            Fault::NarrativeLate => &stories_before,
            _ => &stories,
        };
        world.shifts = acting.iter().map(|story| story.shift).collect();
        let world = world;
        let days = f64::from(scenario.calendar.steps[index].days);
        let starts = [index.saturating_sub(1), index].map(|step| start_of(scenario, step));
        circle.know(scenario, &mut lives, starts.into(), fault);
        if fault != Fault::LagOfStrangers {
            versions.tell_insiders(scenario, &mut lives, (starts[1], days));
        }
        let mut minds = read_minds(scenario, &versions, &world, index, &lives);
        let beliefs: Vec<Mind> = match scenario.behaviour.voice {
            Some(_) => (lives.iter())
                .map(|life| minds.0.of(&life.hearing, &[]))
                .collect(),
            None => Vec::new(),
        };
        let minds = minds;
        let custody = Custody::over_step(scenario, &world, (&persons, &lives), days, fault);
        let mut step = Step {
            scenario,
            constants: &constants,
            world: &world,
            minds: &minds.0,
            index,
            start: start_of(scenario, index),
            days,
            fault,
            rng: &mut rng,
            counts: Counts::new(scenario),
            ended: Vec::new(),
            left: None,
            detained: None,
            turned_away: Vec::new(),
            custody: &custody,
            taken: f64::INFINITY,
            case: None,
        };
        step.call_up(&mut called_up, &persons, &mut lives);
        if fault != Fault::NobodyRecalled {
            step.recall(&persons, &mut lives);
        }
        let budgets = step.budgets(&persons, &lives);
        for ((person, life), mind) in persons.iter().zip(&mut lives).zip(&minds.1) {
            step.with(person, life, *mind, Step::live);
        }
        step.allot(&mut allotments, &persons, &mut lives, &minds.1);
        step.let_pass(&mut parts, &persons, &mut lives, &minds.1);
        step.settle(&budgets, &mut lives);
        for (country, persons) in trips.of_step(&world, days).into_iter().enumerate() {
            step.counts.trips(country, persons);
        }
        let counts = step.counts;
        let told = match fault {
            Fault::RefusalsUntold => Vec::new(),
            _ => circle.told_of_refusals(&lives),
        };
        for (index_of, channel) in told {
            versions.tell(
                &mut lives[index_of].hearing,
                channel,
                index,
                starts[1] + days,
            );
        }
        for life in &mut lives {
            life.turned_away.clear();
        }
        let before = markets.clone();
        let mut world_after = world.clone();
        let mut record = counts.into_record(scenario, &persons, &lives, &markets);
        if let Some(rents) = &scenario.behaviour.rents {
            for (country, state) in markets.iter_mut().enumerate() {
                if let Some(market) = &scenario.countries[country].market {
                    let newcomers = record.stocks.newcomers(country) as f64;
                    *state = state.after(newcomers, days, market, rents);
                }
            }
        }
        let (now_felt, shown) = match fault {
            Fault::RentsLate => (&before, &before),
            Fault::RentsFeltLate => (&before, &markets),
            _ => (&markets, &markets),
        };
        felt.clone_from(now_felt);
        record.markets.clone_from(shown);
        if let Some(attitudes) = &scenario.behaviour.attitudes {
            let mut attitudes = attitudes.clone();
            if fault == Fault::SurpriseHigher {
                attitudes.surprise *= 1.5;
            }
            seen_before.clone_from(&publics);
            for (country, public) in publics.iter_mut().enumerate() {
                let newcomers = record.stocks.newcomers(country) as f64;
                let there = &scenario.countries[country];
                *public = public.after(newcomers, days, there, &attitudes);
            }
            let shown = match fault {
                Fault::AttitudesLate => &seen_before,
                _ => &publics,
            };
            let receptions = world.receptions(scenario, shown, &ratios(&markets));
            record.wanting = wanting(&receptions, &world);
            world_after.receptions = receptions;
        }
        stories_before.clone_from(&stories);
        let end = start_of(scenario, index) + days;
        stories = narrative::told(scenario, &stories, (&record, &world_after), days, fault);
        record.shifts = stories.iter().map(|story| story.shift).collect();
        if let Some(voice) = &scenario.behaviour.voice {
            let poll = Poll {
                scenario,
                constants: &constants,
                world: &world,
                minds: &minds.0,
                persons: &persons,
                beliefs: &beliefs,
                fault,
            };
            let chances = poll.chances(voice, &shares);
            record.opposition = poll.count(&lives, &chances, end);
            shares.clone_from(&record.opposition.shares);
        }
        records.push(record);
    }
    records
}

/// By country: rent now over rent on the first day.
fn ratios(markets: &[MarketState]) -> Vec<f64> {
    let rents = markets.iter().map(|market| market.log_rent.exp());
    rents.collect()
}

/// By country: the share that wants restriction; 0 where nobody can come, as the engine shows none.
fn wanting(receptions: &[Reception], world: &World) -> Vec<f64> {
    let here = receptions.iter().zip(&world.channels_of);
    here.map(|(reception, channels)| match channels.is_empty() {
        true => 0.0,
        false => reception.wanting,
    })
    .collect()
}

/// What everybody believes at the beginning of a step.
fn read_minds<'a>(
    scenario: &'a Scenario,
    versions: &'a Versions,
    world: &'a World,
    index: usize,
    lives: &[Life],
) -> (Minds<'a>, Vec<Mind>) {
    let mut minds = Minds::new(scenario, versions, world, index);
    let retry = scenario.behaviour.holding.retry.days();
    let of_each = lives
        .iter()
        .map(|life| {
            let refused_by = match &life.at {
                Whereabouts::Held(held) => held.wish.refused_by(world.time, retry),
                _ => Vec::new(),
            };
            minds.of(&life.hearing, &refused_by)
        })
        .collect();
    (minds, of_each)
}

impl Wish {
    /// Channels whose refusals are remembered at a time.
    pub fn refused_by(&self, time: f64, retry: f64) -> Vec<usize> {
        self.refusals
            .iter()
            .filter(|(_, day)| time < day + retry)
            .map(|(channel, _)| *channel)
            .collect()
    }
}

/// One step in the making.
pub struct Step<'a> {
    pub scenario: &'a Scenario,
    pub constants: &'a Constants,
    pub world: &'a World,
    pub minds: &'a Minds<'a>,
    pub index: usize,
    /// Days from the first day of the run.
    pub start: f64,
    pub days: f64,
    pub fault: Fault,
    pub rng: &'a mut Pcg64,
    pub counts: Counts,
    /// Visits that the person who acts has just ended.
    pub ended: Vec<Visit>,
    /// When the person who acts has just left home, if it has.
    pub left: Option<f64>,
    /// When it has just been detained, if it has.
    pub detained: Option<f64>,
    /// Channels that have just refused it or turned it back.
    pub turned_away: Vec<usize>,
    pub custody: &'a Custody,
    /// When the person who lives is detained unless it acts before; infinite if it is not.
    pub taken: f64,
    /// Until when a case lasts that has just been opened.
    pub case: Option<f64>,
}

impl<'a> Step<'a> {
    /// Lets a person act.
    pub fn with(
        &mut self,
        person: &Person,
        life: &mut Life,
        mind: Mind,
        act: impl FnOnce(&mut Self, Subject<'_>, Whereabouts) -> Whereabouts,
    ) {
        let before = std::mem::replace(&mut life.at, Whereabouts::Content);
        let who = Subject {
            person,
            visits: &life.visits,
            hearing: &life.hearing,
            mind,
            contagion: life.contagion,
            kin: &life.kin,
            prosecuted: life.case_until.floor() > self.start,
        };
        let was_abroad = matches!(before, Whereabouts::Abroad(_));
        let after = act(self, who, before);
        let arrived = !was_abroad && matches!(after, Whereabouts::Abroad(_));
        if arrived && !std::mem::replace(&mut life.been_out, true) {
            let kind = if person.active {
                0
            } else if person.minority {
                1
            } else {
                2
            };
            self.counts.segment(person).got_out[kind] += 1;
        }
        life.at = after;
        life.visits.append(&mut self.ended);
        life.left = self.left.take().or(life.left);
        life.detained = self.detained.take().or(life.detained);
        life.turned_away.append(&mut self.turned_away);
        if let Some(case) = self.case.take() {
            life.case_until = life.case_until.max(case);
        }
        if self.fault == Fault::VisitsForgotten {
            life.visits.clear();
        }
    }

    fn live(&mut self, who: Subject<'_>, at: Whereabouts) -> Whereabouts {
        let can_be_detained = matches!(
            at,
            Whereabouts::Content
                | Whereabouts::Held(_)
                | Whereabouts::Departing { .. }
                | Whereabouts::Applying { .. }
        );
        let custody = self.custody;
        let detention = can_be_detained.then(|| self.detention_time(custody, who.person));
        self.taken = detention.flatten().unwrap_or(f64::INFINITY);
        let after = self.live_free(who, at);
        let taken = std::mem::replace(&mut self.taken, f64::INFINITY);
        if taken == f64::INFINITY {
            after
        } else {
            self.detain(who, &after, taken)
        }
    }

    /// A person whom nothing takes, or who acts first.
    fn live_free(&mut self, who: Subject<'_>, at: Whereabouts) -> Whereabouts {
        match at {
            Whereabouts::Content => self.live_content(who),
            Whereabouts::Held(held) => self.live_held(who, held),
            Whereabouts::Departing {
                wish,
                channel,
                date,
            } => {
                let date = self.brought_forward(who, channel, date, self.start);
                if date < self.end() && !self.acts_first(date) {
                    return Whereabouts::Departing {
                        wish,
                        channel,
                        date,
                    };
                }
                self.depart(who, wish, channel, date)
            }
            Whereabouts::Applying { wish, application } => {
                self.live_applying(who, wish, application)
            }
            Whereabouts::AtBorder(journey) => self.wait_at_border(who, journey),
            Whereabouts::Abroad(stay) => self.live_abroad(who, stay),
            Whereabouts::Detained { until } if until < self.end() => Whereabouts::Content,
            Whereabouts::Mobilised { since, until } if since < self.start && until < self.end() => {
                Whereabouts::Content
            }
            Whereabouts::Detained { .. } | Whereabouts::Mobilised { .. } => at,
        }
    }

    pub fn end(&self) -> f64 {
        self.start + self.days
    }

    /// The country into which a channel leads.
    pub fn country_of(&self, channel: usize) -> usize {
        usize::from(self.scenario.channels[channel].country)
    }

    /// A person at home, under the rules that it believes.
    pub fn view<'b>(&self, who: Subject<'b>, refused_by: &'b [usize]) -> View<'b>
    where
        'a: 'b,
    {
        let sets: &'a [Rules; 4] = self.minds.sets(who.mind);
        View {
            refused_by,
            visits: who.visits,
            prosecuted: who.prosecuted,
            kin: who.kin,
            ..View::at_home(&self.scenario.behaviour, self.world, sets, who.person)
        }
    }

    /// A person abroad, under the rules that it believes.
    pub fn view_from<'b>(&self, who: Subject<'b>, stay: &Stay) -> View<'b>
    where
        'a: 'b,
    {
        let view = self.view(who, &[]);
        let kin = match self.fault {
            Fault::KinIgnoredAbroad => &[],
            _ => view.kin,
        };
        money::abroad(View { kin, ..view }, stay)
    }

    /// The time of a process with an integrated hazard, if it happens in this step.
    pub fn mark(&mut self, hazard: f64) -> Option<f64> {
        let mark: f64 = Exp1.sample(self.rng);
        (mark < hazard).then(|| self.start + self.days * mark / hazard)
    }

    /// As `mark`, for a constant rate.
    pub fn mark_at(&mut self, rate: Rate) -> Option<f64> {
        self.mark(rate.per_day() * self.days)
    }

    /// Counts a flow of one person.
    pub fn flow(&mut self, person: &Person, from: usize, to: usize, channel: usize, event: Event) {
        self.counts.flow(Flow {
            segment: person.segment,
            from,
            to,
            channel,
            event,
        });
    }
}
