//! New events that the buffer could not take although Redis is there (layer 4): the disk is full, or the log at its limit, while
//! its records are on their way out. They wait for that, as those do that are still in the queue, and nobody is told of a failure
//! that a moment mends.
//!
//! What is told from what: an event of which nothing lies in the log, and behind which nothing was kept, waits; behind it the
//! order would be lost. It waits while Redis takes the backlog. A write that failed ends the connection once, for the log has to be
//! opened anew before it can be acknowledged; that is waited for, too. When Redis is away or the log does not come back, the
//! event is tried once more and answered like any other of an outage. In write-ahead it is logged when the backlog is out, and sent then.

use std::mem;

use super::super::store::KeepError;
use super::super::transport::{Outage, Transport};
use super::{Accepted, Now, Worker};
use crate::buffer::storage::Storage;

/// See the head of the file.
#[derive(Default)]
pub(super) struct Deferred {
    // Bound: one batch, for the worker asks for no more while there are any.
    events: Vec<Accepted>,
    /// Whether the log was to be opened anew since.
    has_fallen: bool,
}

impl Deferred {
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    pub(super) fn take(&mut self) -> Vec<Accepted> {
        mem::take(self).events
    }
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Takes those events at the end that can wait, with what was said of them.
    pub(super) fn defer(&mut self, events: &mut Vec<Accepted>, kept: &mut Vec<Result<bool, KeepError>>) {
        let can_wait = |kept: &Result<bool, KeepError>| matches!(kept, Err(error) if !error.may_be_stored());
        let first = kept
            .iter()
            .rposition(|kept| !can_wait(kept))
            .map_or(0, |last| last + 1);
        kept.truncate(first);
        self.deferred
            .events
            .extend(events.drain(first.min(events.len())..));
        self.is_full |= !self.deferred.is_empty();
    }

    /// The events whose turn it is: those that waited, when the backlog is out, or when more came than was asked for.
    pub(super) fn with_deferred(&mut self, batch: Vec<Accepted>) -> Vec<Accepted> {
        if self.deferred.is_empty() || (batch.is_empty() && self.has_backlog()) {
            return batch;
        }
        let mut events = self.deferred.take();
        events.extend(batch);
        events
    }

    /// The connection is gone: only while the log is opened anew it is worth waiting on.
    pub(super) fn settle_deferred(&mut self, now: Now) {
        if self.deferred.is_empty() {
            return;
        }
        let is_of_the_log = matches!(self.outage, Some(Outage::Buffer(_)));
        if is_of_the_log && !mem::replace(&mut self.deferred.has_fallen, true) {
            return;
        }
        let events = self.deferred.take();
        self.keep(events, now);
    }
}
