//! The command line of Exeunt.

use clap::Parser as _;
use exeunt::cli::{Arguments, execute, show_failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(&arguments) {
        Ok(ending) => ending.into(),
        Err(failure) => {
            show_failure(&failure);
            failure.ending().into()
        }
    }
}
