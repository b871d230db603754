//! The memory that is available to this program.
//!
//! Only Linux reports it in files: what the machine has left, what the control groups leave (containers, jobs on
//! clusters), and what the limit on the address space leaves (`ulimit -v`). Elsewhere nothing is known, and nothing is
//! refused.

use super::input;
use std::path::Path;

/// The number of bytes that this program can still take; `None` if the system does not report it.
pub fn available_memory() -> Option<u64> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let text = |path: &str| -> Option<String> {
        let bytes = input::read(Path::new(path)).ok()?;
        String::from_utf8(bytes).ok()
    };
    let of_machine = text("/proc/meminfo").and_then(|text| kilobytes(&text, "MemAvailable:"));
    let of_groups = text("/proc/self/cgroup").and_then(|groups| {
        let left = folders(&groups).into_iter().filter_map(|folder| {
            let number = |name: &str| {
                text(&format!("{folder}/{name}"))?
                    .trim()
                    .parse::<u64>()
                    .ok()
            };
            let (most, taken) = match number("memory.max") {
                Some(most) => (most, number("memory.current")?),
                None => (
                    number("memory.limit_in_bytes")?,
                    number("memory.usage_in_bytes")?,
                ),
            };
            // Memory that only caches files is given back when it is needed.
            let cached = text(&format!("{folder}/memory.stat"))
                .and_then(|stat| word_after(&stat, "inactive_file"));
            Some(most.saturating_sub(taken.saturating_sub(cached.unwrap_or(0))))
        });
        left.min()
    });
    let of_limit = text("/proc/self/limits").and_then(|limits| {
        let most = word_after(&limits, "Max address space")?;
        let taken = text("/proc/self/status").and_then(|status| kilobytes(&status, "VmSize:"))?;
        Some(most.saturating_sub(taken))
    });
    [of_machine, of_groups, of_limit]
        .into_iter()
        .flatten()
        .min()
}

/// The number of kB after `word` at the beginning of a line, in bytes.
fn kilobytes(text: &str, word: &str) -> Option<u64> {
    word_after(text, word)?.checked_mul(1024)
}

/// The number after `words` at the beginning of a line; `None` if it is not a number, such as `unlimited`.
fn word_after(text: &str, words: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(words))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The folders of the control groups that a process is in, and of the groups around them, which limit it too; for both
/// versions of control groups.
fn folders(groups: &str) -> Vec<String> {
    let mut folders = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else {
            continue;
        };
        let root = match controllers {
            "" => "/sys/fs/cgroup",
            list if list.split(',').any(|word| word == "memory") => "/sys/fs/cgroup/memory",
            _ => continue,
        };
        let around = Path::new(path).ancestors().filter_map(Path::to_str);
        folders.extend(around.map(|path| format!("{root}{}", path.trim_end_matches('/'))));
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_behind_their_words() {
        let text = "MemTotal:  100 kB\nMemAvailable:   23 kB\nMax address space         unlimited  unlimited bytes\n";
        assert_eq!(kilobytes(text, "MemAvailable:"), Some(23 * 1024));
        assert_eq!(word_after(text, "Max address space"), None);
        assert_eq!(word_after(text, "Max files"), None);
        let huge = "MemAvailable: 18446744073709551615 kB";
        assert_eq!(kilobytes(huge, "MemAvailable:"), None);
    }

    #[test]
    fn groups_of_both_versions_are_found_with_those_around_them() {
        assert_eq!(
            folders("0::/a/b\n"),
            ["/sys/fs/cgroup/a/b", "/sys/fs/cgroup/a", "/sys/fs/cgroup"]
        );
        assert_eq!(
            folders("5:cpu,memory:/job\n4:pids:/x\nnonsense\n"),
            ["/sys/fs/cgroup/memory/job", "/sys/fs/cgroup/memory"]
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_machine_tells() {
        assert!(available_memory().is_some_and(|bytes| bytes > 1 << 20));
    }
}
