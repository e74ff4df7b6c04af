//! What comes into a turn (layer 4): events that were accepted, and how much of them.

use std::sync::Arc;
use std::time::Duration;

use crate::buffer::Pair;
use crate::event::Parts;
use crate::publisher::receipt::{Completion, Given, Receipt};

/// An event that was accepted: its place in the order, its bytes, and the end of its receipt.
pub struct Accepted {
    pub(in crate::publisher) pair: Pair,
    pub(in crate::publisher) parts: Arc<Parts>,
    /// Since 1970 in UTC.
    pub(in crate::publisher) created_at: Duration,
    /// Whether any part of it may have reached Redis.
    pub(super) sent: bool,
    pub(super) completion: Completion<Given>,
}

impl Accepted {
    /// An event that has no number yet, and the receipt its caller gets.
    pub(in crate::publisher) fn new(parts: Arc<Parts>, created_at: Duration) -> (Self, Receipt) {
        let (completion, receipt) = Receipt::new();
        (
            Self {
                pair: Pair::default(),
                parts,
                created_at,
                sent: false,
                completion,
            },
            receipt,
        )
    }

    /// What it counts against limits in bytes.
    pub(in crate::publisher) fn bytes(&self) -> usize {
        self.parts.channel.len() + self.parts.payload.len()
    }
}

/// How many events, and how many bytes of them, at most. A single event may exceed the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Number of events.
    pub events: usize,
    /// Bytes of their channels and payloads.
    pub bytes: usize,
}

impl Limits {
    /// Nothing at all.
    pub const NONE: Self = Self { events: 0, bytes: 0 };
    /// Everything.
    pub const ALL: Self = Self {
        events: usize::MAX,
        bytes: usize::MAX,
    };
}
