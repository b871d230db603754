//! A small picture of a series, one character high.

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const MARKS: [char; 8] = ['_', '.', '-', '=', '+', '*', '%', '#'];

/// Draws a stock through time. `series` holds (time, value) in the order of time. For each of `width` equal spans of
/// time, the picture shows the value at its end, on a scale from 0 to the largest value. Steps of different lengths
/// thus keep their proportions.
pub fn sparkline(series: &[(f64, f64)], width: usize, unicode: bool) -> String {
    let (Some(&(begin, _)), Some(&(end, _))) = (series.first(), series.last()) else {
        return String::new();
    };
    let top = series
        .iter()
        .fold(0.0_f64, |top, &(_, value)| top.max(value));
    let signs = if unicode { BARS } else { MARKS };
    let at = |time: f64| {
        // A little slack, so that the last span ends at the last point in spite of rounding.
        let next = series.partition_point(|&(when, _)| when <= time + 1e-6);
        series[next.max(1) - 1].1
    };
    (1..=width)
        .map(|cell| {
            let value = at(begin + (end - begin) * cell as f64 / width as f64);
            let level = if top > 0.0 {
                value / top * (signs.len() - 1) as f64
            } else {
                0.0
            };
            // From 0 to 7: `value` is between 0 and `top`.
            signs[(level.round() as usize).min(signs.len() - 1)]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rise_looks_like_one_in_both_alphabets() {
        let series: Vec<(f64, f64)> = (0..=7).map(|n| (f64::from(n), f64::from(n))).collect();
        assert_eq!(sparkline(&series, 7, true), "▂▃▄▅▆▇█");
        assert_eq!(sparkline(&series, 7, false), ".-=+*%#");
    }

    #[test]
    fn short_steps_take_little_room() {
        // A long quiet time, then two short steps up.
        let series = [(0.0, 0.0), (80.0, 0.0), (90.0, 4.0), (100.0, 8.0)];
        assert_eq!(sparkline(&series, 10, true), "▁▁▁▁▁▁▁▁▅█");
    }

    #[test]
    fn nothing_is_a_flat_line_or_none() {
        assert_eq!(sparkline(&[(0.0, 0.0), (1.0, 0.0)], 3, true), "▁▁▁");
        assert_eq!(sparkline(&[], 3, true), "");
    }
}
