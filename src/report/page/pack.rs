//! Text made small: compressed, then in letters that may stand in a page. build.rs uses it too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{self, Write as _};

/// Compresses bytes as gzip and writes them in base 64: the same bytes give the same text.
///
/// # Errors
/// None that memory can give; the compressor writes as to a file.
pub(super) fn pack(bytes: &[u8]) -> io::Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(STANDARD.encode(encoder.finish()?))
}
