//! The formats of tables, and which of them a results folder holds.

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Format {
    /// Every format that this build can write.
    pub const ALL: &[Self] = &[
        Self::Csv,
        #[cfg(feature = "parquet")]
        Self::Parquet,
    ];

    /// The format in which tables take the least room and are read fastest: Parquet, in builds that can write it.
    #[cfg(feature = "parquet")]
    pub const COMPACT: Self = Self::Parquet;
    /// The format in which tables take the least room and are read fastest, among those that this build can write.
    #[cfg(not(feature = "parquet"))]
    pub const COMPACT: Self = Self::Csv;

    /// The name of the format, which is also the extension of its files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

/// The formats of a results folder: at least one, each once, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats(Vec<Format>);

impl Formats {
    /// Makes a set of the given formats, in whatever order; `None` if there are none, or if one is given twice.
    pub fn new(mut formats: Vec<Format>) -> Option<Self> {
        formats.sort_unstable();
        let once = formats.windows(2).all(|pair| pair[0] != pair[1]);
        (once && !formats.is_empty()).then_some(Self(formats))
    }

    /// Iterates over the formats.
    pub fn iter(&self) -> impl Iterator<Item = Format> + '_ {
        self.0.iter().copied()
    }
}

/// CSV alone.
impl Default for Formats {
    fn default() -> Self {
        Self(vec![Format::Csv])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_a_set() {
        assert_eq!(Formats::new(vec![Format::Csv]), Some(Formats::default()));
        assert_eq!(Formats::new(vec![]), None);
        assert_eq!(Formats::new(vec![Format::Csv, Format::Csv]), None);
        let mut backwards = Format::ALL.to_vec();
        backwards.reverse();
        let formats = Formats::new(backwards).unwrap();
        assert!(formats.iter().eq(Format::ALL.iter().copied()));
    }
}
