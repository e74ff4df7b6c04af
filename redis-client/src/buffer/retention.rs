//! What goes when the log is full; pure.

use super::config::{Config, WhenFull};
use super::error::Error;

/// What is stored and what is to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demand {
    /// Records stored and unacknowledged.
    pub(crate) records: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// Records to come.
    pub(crate) new_records: u64,
    /// Their bytes.
    pub(crate) new_bytes: u64,
}

/// What must go before the new records fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Excess {
    /// At least this many of the oldest records.
    pub(crate) records: u64,
    /// At least this many of their bytes.
    pub(crate) bytes: u64,
}

/// How much has to go; nothing when there is room.
///
/// What exceeds the limits even of an empty log is refused in either mode: dropping everything would not help.
pub(crate) fn excess(config: &Config, demand: Demand) -> Result<Excess, Error> {
    let over = |have: u64, new: u64, max: u64| have.saturating_add(new).saturating_sub(max);
    let excess = Excess {
        records: over(demand.records, demand.new_records, config.records_max),
        bytes: over(demand.bytes, demand.new_bytes, config.bytes_max),
    };
    let fits = demand.new_records <= config.records_max && demand.new_bytes <= config.bytes_max;
    let is_room = excess.records == 0 && excess.bytes == 0;
    if is_room || (fits && config.when_full == WhenFull::DropOldest) {
        return Ok(excess);
    }
    Err(Error::Full {
        records: demand.records,
        records_max: config.records_max,
        bytes: demand.bytes,
        bytes_max: config.bytes_max,
    })
}
