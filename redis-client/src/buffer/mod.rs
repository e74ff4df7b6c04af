//! A log on disk that keeps events while Redis is away.
//!
//! [`FallbackBuffer`] promises: a record whose append returned is there after this process was killed, and, under
//! [`Sync::Always`], after a power cut. Records come back in the order they were appended, until they are acknowledged.
//! Damage never passes for a record: it is set aside and reported, and every intact record around it is delivered.
//!
//! It is a segmented, checksummed, append-only log in a directory of its own; appending and acknowledging cost the same
//! however much is stored, and opening does not read what was acknowledged. The channel is text and the payload is
//! bytes, nothing more: what they mean is the publisher's business. Read `fallback.rs` for the log by itself, `wal.rs` for
//! what drives the files, `recovery.rs` for what opening does with what it finds, `record.rs` and `segment.rs` for the bytes,
//! which `docs/wal-format.md` draws. Layer 2: it knows no event and no Redis.

#[cfg_attr(not(feature = "publisher"), expect(dead_code, reason = "the publisher's"))]
mod claims;
mod config;
mod cursor;
mod error;
mod fallback;
#[cfg(test)]
mod golden;
mod group;
mod import;
mod inspect;
mod lock;
pub(crate) mod namespace;
#[allow(unreachable_pub, dead_code, reason = "the publisher writes notes")]
pub(crate) mod note;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, reason = "a seam: public to the simulator alone")]
pub(crate) mod record;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod record;
#[cfg(not(feature = "__simulation"))]
pub(crate) mod recovery;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod recovery;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, reason = "a seam: public to the simulator alone")]
pub(crate) mod requeue;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod requeue;
mod retention;
mod segment;
mod slots;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, reason = "a seam: public to the simulator alone")]
pub(crate) mod storage;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod storage;
#[cfg(not(feature = "__simulation"))]
#[expect(unreachable_pub, dead_code, reason = "a seam: public to the simulator alone")]
pub(crate) mod wal;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod wal;

use std::time::SystemTime;

#[cfg(feature = "publisher")]
pub(crate) use self::claims::{Claim, Claims};
pub use self::config::{Config, Sync, WhenFull};
pub use self::error::Error;
pub use self::fallback::{FallbackBuffer, Iter, adopt};
pub use self::import::{Import, Skipped};
pub use self::inspect::{Inspection, Status, inspect, inspect_dead_letters};
pub use self::record::{Pair, Record};
pub use self::recovery::{DEAD_LETTERS_FOLDER, Finding, FindingKind};
pub use self::wal::ProducerId;

/// The one place where the buffer reads the clock; everything below is told the time.
fn now_us() -> i64 {
    record::micros_of(SystemTime::now())
}
