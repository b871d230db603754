//! The scenario at a date: countries, channels and rents as dense arrays; the integer tally.

mod tally;

pub use tally::{
    FlowEvent, FlowKey, HOLDS, Hold, MOTIVES, NO_CHANNEL, STATUSES, SegmentStocks, SegmentTally,
    Stocks, Tally,
};
