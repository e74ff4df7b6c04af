//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// Channels by name.
pub mod channels;
/// Events.
pub mod events;
mod patterns;
mod schemas;

pub use events::{AnyEvent, Reading, ReadingGustsItem, ReadingSky, StationId};
