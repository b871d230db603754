//! Results folders: written beside their destination, synced to disk, then renamed.
//!
//! [`Destination::check`] refuses what cannot work before anything is computed, [`Folder::create`] opens the folder
//! under a temporary name, [`Tables`] takes the rows, and [`Folder::finish`] gives the folder its name. A folder that
//! is not finished is removed. [`Results`] reads one back.

mod description;
mod digest;
mod error;
mod folder;
mod format;
mod input;
mod ledger;
mod manifest;
mod memory;
mod names;
mod page;
mod passage;
mod process;
mod results;
mod shell;
mod space;
mod starter;
mod sweep;
mod tables;

pub use description::{
    Assumption, Changed, Claims, Dated, Described, Description, Failed, People, Place, Point,
};
pub use digest::{of_file, of_text};
pub use error::StoreError;
pub use folder::{Destination, Folder, PAGE, SCENARIO, same_file};
pub use format::{Format, Formats};
pub use ledger::{Entry, Ledger, discard, plan_of};
pub use manifest::{FORMAT, FileRecord, Manifest, RunRecord};
pub use memory::available_memory;
pub use names::{check_names, is_formula};
pub use page::{ANALYSIS, CALIBRATED, DESCRIPTION, SWEPT, write_page};
pub use passage::{passage, replace_passage, require_passage};
pub use process::is_ignored;
pub use results::{Results, is_guarded};
pub use shell::{quoted, shell_word};
pub use space::{available, estimate_bytes, require_space};
pub use starter::write_new_folder;
pub use sweep::{Merging, Shard, Sweep};
pub use tables::Tables;
