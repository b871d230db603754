//! Parsers of option values, with a hint at what to type instead of a value that is refused.

/// Parses a whole number above zero; an error says what is wrong and what to type instead (`cure`).
fn positive<T: std::str::FromStr + Default + PartialEq>(
    text: &str,
    cure: &str,
) -> Result<T, String> {
    match text.parse::<T>() {
        Ok(number) if number != T::default() => Ok(number),
        _ => Err(format!("expected a whole number, 1 or more; {cure}")),
    }
}

pub(super) fn replicates(text: &str) -> Result<u32, String> {
    positive(text, "leave --replicates out for a single run")
}

pub(super) fn draws(text: &str) -> Result<u32, String> {
    positive(text, "give --draws 1 for one set, as the files say")
}

pub(super) fn sets_of_file(text: &str) -> Result<u32, String> {
    positive(text, "leave --draws out for all sets of the file")
}

pub(super) fn shards(text: &str) -> Result<u32, String> {
    positive(text, "give --shards 16 for an array of sixteen tasks")
}

pub(super) fn cpus(text: &str) -> Result<u32, String> {
    positive(text, "leave --cpus out for one processor per task")
}

/// Parses a time limit of Slurm: minutes, or parts separated by colons and at most one hyphen.
pub(super) fn time(text: &str) -> Result<String, String> {
    let is_time = !text.is_empty()
        && text
            .chars()
            .all(|sign| sign.is_ascii_digit() || ":-".contains(sign));
    match is_time {
        true => Ok(text.to_owned()),
        false => Err("expected a time such as 01:00:00 for an hour".to_owned()),
    }
}

pub(super) fn replicate(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| {
        "expected a whole number, 0 or more; leave --replicate out for the first run".into()
    })
}

pub(super) fn limit(text: &str) -> Result<u32, String> {
    positive(text, "leave --limit out for one person")
}

pub(super) fn scale(text: &str) -> Result<u64, String> {
    positive(
        text,
        "leave --scale out to simulate everybody, or give --scale 20 for one agent per 20 persons",
    )
}

/// More threads than any one machine has: starting thousands takes longer than most runs.
const MOST_THREADS: usize = 1024;

pub(super) fn threads(text: &str) -> Result<usize, String> {
    let cure = "leave --threads out to use all processors";
    match positive(text, cure) {
        Ok(number) if number > MOST_THREADS => {
            Err(format!("expected at most {MOST_THREADS}; {cure}"))
        }
        result => result,
    }
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    // Plans and tables cannot hold a larger seed.
    let most = i64::MAX.unsigned_abs();
    let seed = text.parse().ok().filter(|seed| *seed <= most);
    seed.ok_or_else(|| {
        format!("expected a whole number from 0 to {most}; leave --seed out for seed 1")
    })
}
