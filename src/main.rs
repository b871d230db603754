//! The command line of Exeunt.

use clap::Parser as _;
use exeunt::cli::{Arguments, execute, show_failure};
use exeunt::store::is_guarded;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Panics of a library that reads a damaged file are reported as errors of the file.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !is_guarded() {
            usual(panic);
        }
    }));
    let arguments = Arguments::parse();
    match execute(&arguments) {
        Ok(ending) => ending.into(),
        Err(failure) => {
            show_failure(&failure);
            failure.ending().into()
        }
    }
}
