//! Saved states: a shared history from which a run continues or two policies branch.

use super::STREAM_VERSION;
use super::call_up::CallUps;
use super::error::EngineError;
use super::news::TieRules;
use super::options::RunOptions;
use super::reactions::Reactions;
use super::records::{BlockState, Waiting};
use super::settlement::Places;
use crate::draw::label;
use crate::model::Ledger;
use crate::population::Kinds;
use crate::scenario::{Constants, Scenario};
use crate::world::{Attitude, Narrative, Rent, Reproduction, Stocks, World};
use serde::{Deserialize, Serialize};

/// The layout of a snapshot. It is raised with every change of what a snapshot holds (`golden_snapshot` fails then), and
/// counted into the checksum: bytes of another layout would be read as something else.
const LAYOUT: u32 = 4;

/// The state of a simulation after a step. It records what it belongs to, so that it is never
/// continued under a scenario with another population or time grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    stream_version: u32,
    options: RunOptions,
    done: usize,
    steps: Vec<(i32, u16)>,
    segments: Vec<(String, u64, u32)>,
    countries: Vec<String>,
    documents: Vec<String>,
    channels: Vec<(String, String)>,
    inclusive_value: Vec<f64>,
    onward_pull: f64,
    host_value: f64,
    /// Scale at which the constants were computed, in persons per agent, if it is known.
    constants_at: Option<u64>,
    rents: Vec<Rent>,
    /// Empty where attitudes are off.
    attitudes: Vec<Attitude>,
    /// Empty where the narrative at home is off.
    narratives: Vec<Narrative>,
    /// By origin: the share of citizens who voiced opposition in the last step; empty where voice is off.
    voice: Vec<f64>,
    ledger: Ledger,
    trips: Vec<[f64; 2]>,
    reproduction: Reproduction,
    /// Near ties to each side, far ties, days for which a departure counts, and what else ties tell each
    /// other of, as flags; `None` without ties.
    ties: Option<[u32; 4]>,
    reactions: Reactions,
    call_ups: CallUps,
    blocks: Vec<BlockState>,
    stocks: Stocks,
    places: Places,
    borders: Vec<String>,
    /// By channel: its routes, each as the names of its borders.
    routes: Vec<Vec<Vec<String>>>,
}

impl Snapshot {
    #[expect(
        clippy::too_many_arguments,
        reason = "the whole state of a simulation, in one place"
    )]
    pub(super) fn take(
        scenario: &Scenario,
        options: RunOptions,
        constants: &Constants,
        done: usize,
        (world, places): (&World, &Places),
        (ledger, trips): (&Ledger, &[[f64; 2]]),
        (reproduction, reactions, call_ups): (&Reproduction, &Reactions, &CallUps),
        voice: Vec<f64>,
        blocks: &[BlockState],
        stocks: &Stocks,
    ) -> Self {
        // (Anything added since the blocks were settled would be lost.)
        debug_assert!(blocks.iter().all(BlockState::is_settled));
        Self {
            stream_version: STREAM_VERSION,
            options,
            done,
            steps: grid(scenario),
            segments: segments(scenario),
            countries: codes(scenario),
            documents: documents(scenario),
            channels: channels(scenario),
            inclusive_value: constants.inclusive_value.clone(),
            onward_pull: constants.onward_pull,
            host_value: constants.host_value,
            constants_at: constants.scale,
            rents: world.rents.clone(),
            attitudes: world.attitudes.clone(),
            narratives: world.narratives.clone(),
            voice,
            ledger: ledger.clone(),
            trips: trips.to_vec(),
            reproduction: reproduction.clone(),
            ties: ties(scenario),
            reactions: reactions.clone(),
            call_ups: call_ups.clone(),
            blocks: blocks.to_vec(),
            stocks: stocks.clone(),
            places: places.clone(),
            borders: borders(scenario),
            routes: routes(scenario),
        }
    }

    /// Encodes the snapshot as bytes: postcard, a stable format, followed by a checksum of it in 4 bytes.
    ///
    /// # Errors
    /// [`EngineError::Snapshot`] if it cannot be encoded.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EngineError> {
        let mut bytes = postcard::to_stdvec(self).map_err(|error| EngineError::Snapshot {
            message: format!("the snapshot could not be written: {error}"),
        })?;
        bytes.extend(checksum(&bytes).to_le_bytes());
        Ok(bytes)
    }

    /// Decodes a snapshot.
    ///
    /// # Errors
    /// [`EngineError::Snapshot`] if the bytes are not a snapshot, are damaged, or are of another layout or stream version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EngineError> {
        let (bytes, last) = bytes.split_last_chunk().unwrap_or((bytes, &[0; 4]));
        if checksum(bytes) != u32::from_le_bytes(*last) || bytes.is_empty() {
            return Err(EngineError::Snapshot {
                message:
                    "these bytes are not a complete snapshot of this program: their checksum does \
                          not match; take it again (other versions write others)"
                        .into(),
            });
        }
        let snapshot: Self =
            postcard::from_bytes(bytes).map_err(|error| EngineError::Snapshot {
                message: format!("these bytes are not a snapshot of this program: {error}"),
            })?;
        if snapshot.stream_version != STREAM_VERSION {
            return Err(EngineError::Snapshot {
                message: format!(
                    "the snapshot was taken with stream version {}, and this program has \
                     {STREAM_VERSION}: its persons would live different lives; run the scenario again \
                     from the start",
                    snapshot.stream_version
                ),
            });
        }
        Ok(snapshot)
    }

    /// The number of steps done when the snapshot was taken.
    pub fn steps_done(&self) -> usize {
        self.done
    }

    pub(super) fn options(&self) -> RunOptions {
        self.options
    }

    pub(super) fn constants(&self) -> Constants {
        Constants {
            inclusive_value: self.inclusive_value.clone(),
            onward_pull: self.onward_pull,
            host_value: self.host_value,
            scale: self.constants_at,
        }
    }

    pub(super) fn rents(&self) -> &[Rent] {
        &self.rents
    }

    pub(super) fn attitudes(&self) -> &[Attitude] {
        &self.attitudes
    }

    pub(super) fn narratives(&self) -> &[Narrative] {
        &self.narratives
    }

    pub(super) fn voice_shares(&self) -> &[f64] {
        &self.voice
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(super) fn trips(&self) -> &[[f64; 2]] {
        &self.trips
    }

    pub(super) fn reproduction(&self) -> &Reproduction {
        &self.reproduction
    }

    pub(super) fn reactions(&self) -> &Reactions {
        &self.reactions
    }

    pub(super) fn call_ups(&self) -> &CallUps {
        &self.call_ups
    }

    pub(super) fn stocks(&self) -> &Stocks {
        &self.stocks
    }

    /// What has been used of quotas and capacities, with channels and borders matched by name.
    pub(super) fn places(&self, scenario: &Scenario) -> Places {
        let (channels, borders) = (channels(scenario), borders(scenario));
        let mut places = Places::new(channels.len(), borders.len());
        for (name, used) in self.channels.iter().zip(&self.places.quotas) {
            if let Some(channel) = channels.iter().position(|channel| channel == name) {
                places.quotas[channel] = *used;
            }
        }
        for (name, left) in self.borders.iter().zip(&self.places.borders) {
            if let Some(border) = borders.iter().position(|border| border == name) {
                places.borders[border] = *left;
            }
        }
        places
    }

    /// The index of the route on which a person waits, in a scenario whose channels have these
    /// routes.
    fn find_route(
        &self,
        scenario: &Scenario,
        routes: &[Vec<Vec<String>>],
        waiting: &Waiting,
        channel: u16,
    ) -> Result<u16, EngineError> {
        let saved = self.routes.get(usize::from(waiting.channel));
        let route = saved.and_then(|saved| saved.get(usize::from(waiting.route)));
        routes[usize::from(channel)]
            .iter()
            .position(|other| Some(other) == route)
            .map(|place| place as u16)
            .ok_or_else(|| EngineError::Snapshot {
                message: format!(
                    "scenario {} lacks the route {:?} of channel {:?}, on which persons of the snapshot \
                     wait; shut a border with open = false instead of dropping the route",
                    scenario.name,
                    route,
                    self.channels.get(usize::from(waiting.channel))
                ),
            })
    }

    /// Checks that a scenario can continue from here.
    pub(super) fn check(&self, scenario: &Scenario) -> Result<(), EngineError> {
        let differs = |what: &str, cure: &str| {
            Err(EngineError::Snapshot {
                message: format!(
                    "scenario {} cannot continue from this snapshot: {what}; {cure}",
                    scenario.name
                ),
            })
        };
        if grid(scenario) != self.steps {
            return differs(
                "its time grid is different",
                "give both the same [time] table",
            );
        }
        if segments(scenario) != self.segments {
            return differs(
                "its segments, their sizes or their traits are different",
                "a branch shares its population",
            );
        }
        if codes(scenario) != self.countries {
            return differs(
                "its countries are different",
                "name the same countries in both",
            );
        }
        if self.done > 0 && scenario.behaviour.money.is_some() == self.ledger.pages.is_empty() {
            return differs(
                "money abroad is on in one and off in the other",
                "give both the same behaviour.money.on: otherwise it is not known what persons have",
            );
        }
        if self.done > 0 && ties(scenario) != self.ties {
            return differs(
                "ties between persons are different, or pass on different news",
                "give both the same behaviour.ties.on, near, far and window, and have detention above 1 and kin above 0 in both or in neither: otherwise it is not known what happened to ties",
            );
        }
        if self.done > 0 && scenario.behaviour.attitudes.is_some() == self.attitudes.is_empty() {
            return differs(
                "attitudes of hosts are on in one and off in the other",
                "give both the same behaviour.attitudes.on: otherwise it is not known how hosts have come to think",
            );
        }
        if self.done > 0 && scenario.behaviour.narrative.is_some() == self.narratives.is_empty() {
            return differs(
                "the narrative at home is on in one and off in the other",
                "give both the same behaviour.narrative.on: otherwise it is not known what was seen at home",
            );
        }
        if self.done > 0 && scenario.behaviour.voice.is_some() == self.voice.is_empty() {
            return differs(
                "voice is on in one and off in the other",
                "give both the same behaviour.voice.on: otherwise it is not known when activists left",
            );
        }
        if documents(scenario) != self.documents {
            return differs(
                "its documents are different",
                "name the same documents in both",
            );
        }
        if self.done > self.steps.len() || self.inclusive_value.len() != self.segments.len() {
            return Err(damaged());
        }
        Ok(())
    }

    /// Whether every list is as long as a world and stocks of the scenario require; if not, the file is
    /// damaged.
    pub(super) fn is_whole(&self, world: &World, stocks: &Stocks) -> bool {
        let countries = world.rents.len();
        let origins = world.rules.origins.len();
        let of_hosts = self.done == 0
            || self.attitudes.len() == world.attitudes.len()
                && self.narratives.len() == world.narratives.len();
        let pages = &self.ledger.pages;
        let of_money = pages.is_empty()
            || pages.len() == self.done
                && self.ledger.ceilings.len() == countries
                && pages.iter().all(|page| {
                    page.countries.len() == countries
                        && page.friction.len() == origins
                        && page.help.len() == origins
                });
        [self.rents.len(), self.trips.len()] == [countries; 2]
            && of_hosts
            && of_money
            && self.stocks.segments.len() == stocks.segments.len()
            && self.stocks.abroad.len() == stocks.abroad.len()
            && self.stocks.countries == stocks.countries
    }

    /// Restores the persons, with channels matched by name.
    pub(super) fn restore_blocks(
        &self,
        scenario: &Scenario,
        blocks: &mut [BlockState],
    ) -> Result<(), EngineError> {
        let names = channels(scenario);
        let ways = routes(scenario);
        let places: Vec<Option<u16>> = self
            .channels
            .iter()
            .map(|channel| {
                names
                    .iter()
                    .position(|name| name == channel)
                    .map(|place| place as u16)
            })
            .collect();
        let find = |channel: u16| {
            places
                .get(usize::from(channel))
                .copied()
                .flatten()
                .ok_or_else(|| EngineError::Snapshot {
                    message: format!(
                        "scenario {} lacks channel {:?}, which persons of the snapshot have used; \
                         close a channel with open = false instead of dropping it",
                        scenario.name,
                        self.channels.get(usize::from(channel))
                    ),
                })
        };
        let has_money = scenario.behaviour.money.is_some();
        if blocks.len() != self.blocks.len() {
            return Err(damaged());
        }
        for (block, saved) in blocks.iter_mut().zip(&self.blocks) {
            let mut restored = saved.clone();
            restored.block = block.block;
            let segment = &scenario.segments[usize::from(block.block.segment)];
            let purses = if has_money { restored.abroad.len() } else { 0 };
            if restored.content.len() != block.content.len()
                || restored.purses.len() != purses
                || !restored.is_sound(Kinds::of(segment).count())
            {
                return Err(damaged());
            }
            for record in &mut restored.abroad {
                record.channel = find(record.channel)?;
            }
            for visit in &mut restored.visits {
                visit.channel = find(visit.channel)?;
            }
            // The channels of the branch may be in another order.
            restored.visits.sort_unstable();
            for record in &mut restored.departing {
                record.channel = find(record.channel)?;
            }
            for record in restored.refusals.iter_mut() {
                record.channel = find(record.channel)?;
            }
            for tip in restored.tips.iter_mut() {
                tip.channel = find(tip.channel)?;
            }
            restored.tips.put_in_order();
            for record in &mut restored.applications {
                record.channel = find(record.channel)?;
            }
            for claim in restored.claims.values_mut() {
                claim.channel = find(claim.channel)?;
            }
            for record in &mut restored.waiting {
                let channel = find(record.channel)?;
                record.route = self.find_route(scenario, &ways, record, channel)?;
                record.channel = channel;
                let borders = &ways[usize::from(channel)][usize::from(record.route)];
                if usize::from(record.leg) >= borders.len() {
                    return Err(damaged());
                }
            }
            *block = restored;
        }
        Ok(())
    }
}

/// The error for contents that do not fit what the snapshot says it belongs to.
pub(super) fn damaged() -> EngineError {
    EngineError::Snapshot {
        message: "what the snapshot keeps does not fit its segments, countries and steps: the file is damaged; \
                  take it again"
            .into(),
    }
}

/// The checksum of a snapshot's bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(LAYOUT);
    hasher.update(bytes);
    hasher.finalize()
}

fn grid(scenario: &Scenario) -> Vec<(i32, u16)> {
    let steps = &scenario.calendar.steps;
    steps
        .iter()
        .map(|step| (crate::units::day_number(step.start), step.days))
        .collect()
}

/// Names and sizes, and a hash of everything said about the traits, some of which records store.
fn segments(scenario: &Scenario) -> Vec<(String, u64, u32)> {
    let segments = scenario.segments.iter();
    segments
        .map(|segment| {
            let traits = label(&format!("{segment:?}"));
            (segment.name.clone(), segment.size, traits)
        })
        .collect()
}

fn codes(scenario: &Scenario) -> Vec<String> {
    scenario.countries.iter().map(|c| c.code.clone()).collect()
}

fn documents(scenario: &Scenario) -> Vec<String> {
    scenario.documents.iter().map(|d| d.name.clone()).collect()
}

fn ties(scenario: &Scenario) -> Option<[u32; 4]> {
    let ties = scenario.behaviour.ties.as_ref()?;
    let rules = TieRules::new(scenario, ties);
    let detentions = u32::from(rules.contagion.minds_detentions());
    let tells = u32::from(rules.follows) + 2 * detentions;
    Some([ties.near, ties.far, ties.window_days(), tells])
}

fn borders(scenario: &Scenario) -> Vec<String> {
    scenario.borders.iter().map(|b| b.name.clone()).collect()
}

fn routes(scenario: &Scenario) -> Vec<Vec<Vec<String>>> {
    let name = |border: &u16| scenario.borders[usize::from(*border)].name.clone();
    let route = |borders: &Vec<u16>| borders.iter().map(name).collect();
    let channels = scenario.channels.iter();
    channels
        .map(|channel| channel.routes.iter().map(route).collect())
        .collect()
}

fn channels(scenario: &Scenario) -> Vec<(String, String)> {
    let code = |country: u16| scenario.countries[usize::from(country)].code.clone();
    let channels = &scenario.channels;
    channels
        .iter()
        .map(|c| (code(c.country), c.name.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
