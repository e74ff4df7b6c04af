//! Seams that fail by seed: each module's head is its fault model.

pub mod storage;
pub mod transport;
