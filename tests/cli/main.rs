//! The command line keeps its promises: exit codes, results that are never overwritten, tables
//! whose numbers agree with each other.

mod analysis;
#[cfg(unix)]
mod calibrations;
mod case;
mod commands;
mod compare_input;
#[cfg(unix)]
mod compare_resumed;
mod desk;
mod folder;
mod inspection;
#[cfg(unix)]
mod interruption;
mod limits;
mod reference;
mod repetition;
mod rows;
mod screen;
#[cfg(unix)]
mod sweeps;
mod tables;
mod trace;
