//! Compresses data into text that may appear in a page; `build.rs` uses this too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write as _};

/// Compresses bytes with gzip and encodes them in base 64; the same bytes give the same text.
///
/// # Errors
/// None in practice: the compressor writes to memory, through an interface that can report errors.
pub(super) fn pack(bytes: &[u8]) -> io::Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(STANDARD.encode(encoder.finish()?))
}
