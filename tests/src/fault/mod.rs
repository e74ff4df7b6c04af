//! Seams that fail by seed: each module's head is its fault model.

pub mod fence;
pub mod gate;
pub mod mortal;
pub mod storage;
pub mod transport;
