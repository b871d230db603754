//! Calibration can be trusted: planted parameters are found again as often as intervals claim, ranks are uniform,
//! what the data do not inform stays at its prior, and the bytes are the same however the work is done.

mod bench;
mod recovery;
mod rounds;
mod shipped;
