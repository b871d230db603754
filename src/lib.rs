//! Exeunt simulates emigration under border policies: persons decide whether to leave, where and
//! how, whether to move on, stay or return, under repression, rent pressure and the visa regime of
//! each country.
//!
//! # Ten lines
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
//! Each module is a floor; it uses only those named before it, and `tests/layers.rs` holds it to
//! that. Data flows one way: files become a scenario, a scenario becomes a world and a population,
//! rules turn these into events, the engine counts events, and what looks at the counts never
//! changes them.
//!
//! 1. [`units`]: quantities with units. No rate without a time, no sum without a currency.
//! 2. [`draw`]: random draws that are pure functions of (seed, draw, replicate, person, decision,
//!    date), and exact thinning by marks. Thread independence, resuming and the comparison of two
//!    policies person by person are all this one fact.
//! 3. [`scenario`]: what the files say, checked: one immutable [`Scenario`], or every problem at
//!    once, with line and cure.
//! 4. [`world`]: the scenario at a date as dense arrays, rents and attitudes, and the integer tally.
//! 5. [`population`]: traits as a pure function of identity; nobody is stored until something
//!    happens to them.
//! 6. [`model`]: one behavioural rule a file, pure. `docs/model.md` has the equations.
//! 7. [`engine`]: the clock, the blocks, the order of a step, snapshots.
//! 8. [`measure`]: tables and outcomes from what the engine shows.
//!
//! The floors above (`store`, `experiment`, `analyse`, `report`, `cli`) belong to the command line and are
//! behind the feature `cli`: `experiment` makes many runs, paired where policies are compared, and
//! `analyse` compares them, or scores tables against what was observed. Threads are behind `threads`, tables as
//! Parquet behind `parquet`. Without all three the library is the engine alone.
//!
//! # What a run costs
//!
//! A person to whom nothing happens costs one bit: content at home it is no more, and only the
//! few whose mark could lie below their hazard are ever looked at. Events, not persons, are the
//! work; memory grows with those who are abroad or held.

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
