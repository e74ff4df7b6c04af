//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// Redis keys.
pub mod keys;
mod patterns;
mod schemas;

pub use keys::{
    MoveKey, MoveSelf, Page, Reader, ReaderOrAll, RedisKeys, Scan, ScanKind, ScanPage,
    ShelfKey, TypeKey,
};
