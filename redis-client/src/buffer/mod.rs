//! A log on disk that keeps events while Redis is away.

mod config;
mod cursor;
mod error;
mod lock;
#[cfg(not(feature = "__simulation"))]
pub(crate) mod record;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod record;
#[cfg(not(feature = "__simulation"))]
mod recovery;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod recovery;
mod retention;
mod segment;
mod slots;
#[cfg(not(feature = "__simulation"))]
pub(crate) mod storage;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod storage;
#[cfg(not(feature = "__simulation"))]
pub(crate) mod wal;
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod wal;

pub use config::{Config, Sync, WhenFull};
pub use error::Error;
pub use record::{Pair, Record};
pub use recovery::{Finding, FindingKind};
pub use wal::ProducerId;
