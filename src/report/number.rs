//! Numbers in readable form.

/// A count rounded to a whole number, with separators: 1,234,567.
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    if value <= -0.5 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many persons an agent stands for, in words.
pub fn of_agents(scale: u64) -> String {
    match scale {
        1 => "one agent per person".to_owned(),
        scale => format!("one agent for {} persons", grouped(scale as f64)),
    }
}

/// A number of any size with three figures, or grouped if that shows more: 0.00885, 42.1, 1,234.
pub fn figures(value: f64) -> String {
    let (mut size, mut decimals) = (value.abs(), 0);
    if size == 0.0 {
        return "0".to_owned();
    }
    while size < 99.95 && decimals < 9 {
        size *= 10.0;
        decimals += 1;
    }
    match decimals {
        0 => grouped(value),
        decimals => format!("{value:.decimals$}"),
    }
}

/// A share as a percentage with three figures or one decimal: 0.60 %, 15.1 %, 100 %.
pub fn percent(share: f64) -> String {
    let value = 100.0 * share;
    match value.abs() {
        0.0 => "0 %".to_owned(),
        size if size < 0.005 => "<0.01 %".to_owned(),
        size if size < 0.995 => format!("{value:.2} %"),
        size if size < 99.95 => format!("{value:.1} %"),
        _ => format!("{value:.0} %"),
    }
}

/// A large number in words, with three figures: 4.12 billion.
pub fn magnitude(value: f64) -> String {
    let (scaled, word) = match value.abs() {
        size if size >= 999.5e9 => (value / 1e12, " trillion"),
        size if size >= 999.5e6 => (value / 1e9, " billion"),
        size if size >= 999.5e3 => (value / 1e6, " million"),
        _ => return grouped(value),
    };
    let decimals = match scaled.abs() {
        size if size < 9.995 => 2,
        size if size < 99.95 => 1,
        _ => 0,
    };
    format!("{scaled:.decimals$}{word}")
}

/// A duration: 0.43 s, 8.1 s, 3 min 20 s, 2 h 5 min.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.round();
    match seconds {
        size if size < 0.995 => format!("{seconds:.2} s"),
        size if size < 99.5 => format!("{seconds:.1} s"),
        _ if whole < 3600.0 => format!("{:.0} min {:.0} s", (whole / 60.0).floor(), whole % 60.0),
        _ => format!(
            "{:.0} h {:.0} min",
            (whole / 3600.0).floor(),
            (whole % 3600.0 / 60.0).floor()
        ),
    }
}

/// A number of bytes: 812 kB, 12.3 MB.
pub fn size(bytes: f64) -> String {
    match bytes {
        few if few < 999.5 => format!("{few:.0} bytes"),
        few if few < 999.5e3 => format!("{:.0} kB", few / 1e3),
        many if many < 999.5e6 => format!("{:.1} MB", many / 1e6),
        most => format!("{:.2} GB", most / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(grouped(0.0), "0");
        assert_eq!(grouped(999.6), "1,000");
        assert_eq!(grouped(1_234_567.4), "1,234,567");
        assert_eq!(grouped(-1_234.0), "-1,234");
        assert_eq!(grouped(-0.2), "0");
        assert_eq!(figures(0.0), "0");
        assert_eq!(figures(0.008_854), "0.00885");
        assert_eq!(figures(-42.13), "-42.1");
        assert_eq!(figures(99.96), "100");
        assert_eq!(figures(1_234.4), "1,234");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.00001), "<0.01 %");
        assert_eq!(percent(0.006), "0.60 %");
        assert_eq!(percent(0.1512), "15.1 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(magnitude(4.123e9), "4.12 billion");
        assert_eq!(magnitude(145.8e6), "146 million");
        assert_eq!(magnitude(14_580.0), "14,580");
        assert_eq!(duration(0.432), "0.43 s");
        assert_eq!(duration(8.06), "8.1 s");
        assert_eq!(duration(200.0), "3 min 20 s");
        assert_eq!(duration(7_500.0), "2 h 5 min");
        assert_eq!(size(812_345.0), "812 kB");
        assert_eq!(size(12_345_678.0), "12.3 MB");
    }
}
