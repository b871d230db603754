//! What the system reports about this process in files, which only Linux does.

use super::input;
use std::path::Path;

/// Whether the process that started this one lets it ignore a signal, as `nohup` does for a closed terminal; `false` if
/// the system does not report it.
pub fn is_ignored(signal: i32) -> bool {
    let status = input::read(Path::new("/proc/self/status")).ok();
    let status = status.and_then(|bytes| String::from_utf8(bytes).ok());
    status.is_some_and(|status| lists(&status, signal))
}

/// Whether the status of a process lists a signal as ignored: a mask in hexadecimal digits, with the lowest bit for
/// signal 1.
fn lists(status: &str, signal: i32) -> bool {
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let bit = u32::try_from(signal - 1)
        .ok()
        .and_then(|place| 1_u64.checked_shl(place));
    mask.zip(bit).is_some_and(|(mask, bit)| mask & bit != 0)
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn a_mask_lists_what_is_ignored() {
        let status = "Name:\texeunt\nSigBlk:\t0000000000000001\nSigIgn:\t0000000000001001\n";
        assert!(lists(status, 1) && lists(status, 13));
        assert!(!lists(status, 2) && !lists(status, 15));
        assert!(!lists("", 1) && !lists("SigIgn:\tnothing\n", 1));
    }
}
