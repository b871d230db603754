//! Exeunt simulates emigration under border policies: persons decide whether to leave, for which
//! country and by which channel, and later whether to stay, move on or return, under repression, rent
//! pressure and the visa regime of each country.
//!
//! # Example
//!
//! ```
//! use exeunt::{RunOptions, Scenario, Simulation, Trajectory};
//!
//! let scenario = Scenario::load("scenarios/examples/border-closes.toml")?;
//! let options = RunOptions { seed: 7, scale: 20, ..RunOptions::default() };
//! let mut simulation = Simulation::new(scenario.clone(), options)?;
//! simulation.step()?; // one step of the grid
//! let mut trajectory = Trajectory::new();
//! simulation.run(&mut trajectory)?; // the rest, watched
//! let abroad = trajectory.points().last().map_or(0, |point| point.abroad);
//! println!("{abroad} persons are abroad on {}", scenario.calendar.end);
//! # assert!(abroad > 1000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way through the house
//!
//! The modules are stacked like the floors of a house: each uses only those listed before it, and
//! `tests/layers.rs` enforces that. Data flows one way: files become a scenario, a scenario becomes a
//! world and a population, the rules of the model turn these into events, and the engine counts the
//! events. Whatever looks at the counts never changes them.
//!
//! 1. [`units`]: quantities with units. There is no rate without a time, no sum without a currency.
//! 2. [`draw`]: random draws as pure functions of (seed, draw, replicate, person, decision, date), and
//!    exact thinning by marks. Independence of the number of threads, resuming, and the comparison of
//!    two policies person by person all follow from this.
//! 3. [`scenario`]: what the files say, checked: one immutable [`Scenario`], or every problem at once,
//!    each with its line and a cure.
//! 4. [`world`]: the scenario at a date as dense arrays, with rents, attitudes and the integer tally.
//! 5. [`population`]: traits as a pure function of identity; nobody is stored until something happens
//!    to them.
//! 6. [`model`]: pure behavioural rules, one per file. `docs/model.md` has the equations.
//! 7. [`engine`]: the clock, the blocks, the order of a step, and snapshots.
//! 8. [`measure`]: tables and outcomes, computed from what the engine shows.
//!
//! The floors above (`store`, `experiment`, `analyse`, `report`, `cli`) belong to the command line and
//! need the feature `cli`: `experiment` makes many runs, paired where policies are compared, and
//! `analyse` compares them, or scores tables against what was observed. Threads need the feature
//! `threads`, and tables as Parquet the feature `parquet`. Without these three features the library is
//! the engine alone.
//!
//! # What a run costs
//!
//! A person to whom nothing happens costs one bit, which says that they are still content at home; only
//! the few whose mark could lie below their hazard are ever looked at. The work grows with the number
//! of events, not of persons, and memory with the number of those who are abroad or held.

#[cfg(feature = "cli")]
pub mod analyse;
#[cfg(feature = "cli")]
pub mod cli;
pub mod draw;
pub mod engine;
#[cfg(feature = "cli")]
pub mod experiment;
pub mod measure;
pub mod model;
pub mod population;
#[cfg(feature = "cli")]
pub mod report;
pub mod scenario;
#[cfg(feature = "cli")]
pub mod store;
pub mod units;
pub mod world;

pub use engine::{Prepared, RunOptions, Simulation, Snapshot};
pub use measure::Trajectory;
pub use scenario::Scenario;
