//! Events that cannot be sent now: into the buffer, or back to their callers. And the one place that answers.

use super::super::error::ReceiptError;
use super::super::receipt::{Answer, Outcome};
use super::super::store::KeepError;
use super::super::transport::{Outage, Transport};
use super::{Accepted, Now, Worker};
use crate::buffer::storage::Storage;

/// What becomes of events that the buffer does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Their callers are told.
    IsTold,
    /// They wait until the backlog is out, if that is on its way: see `deferred.rs`.
    MayWait,
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Events that cannot be sent now: into the buffer, in order and with one sync for all, or back to their callers.
    pub(super) fn keep(&mut self, events: Vec<Accepted>, now: Now) {
        self.keep_or(Fate::IsTold, events, now);
    }

    /// The same, and what becomes of events for which there is no room in it.
    pub(super) fn keep_or(&mut self, fate: Fate, mut events: Vec<Accepted>, now: Now) {
        let Some(store) = &mut self.store else {
            let outage = self.outage.clone().unwrap_or(Outage::Connecting);
            for event in events {
                let sequence = event.pair.sequence;
                let error = if event.sent {
                    ReceiptError::Ambiguous {
                        sequence,
                        outage: outage.clone(),
                    }
                } else {
                    ReceiptError::Unavailable {
                        sequence,
                        outage: outage.clone(),
                    }
                };
                self.answer(event, Err(error));
            }
            return;
        };
        if let Some(fence) = &self.fence {
            store.note_reached(fence.reached());
        }
        let mut kept = store.keep(&self.settings.channel_prefix, &events, now.elapsed);
        if fate == Fate::MayWait {
            self.defer(&mut events, &mut kept);
        }
        for (event, kept) in events.into_iter().zip(kept) {
            let sequence = event.pair.sequence;
            let answer = match kept {
                Ok(synced) => {
                    self.counts.buffered += 1;
                    Ok(Outcome::Buffered { sequence, synced })
                }
                Err(error) => {
                    self.is_full = true;
                    Err(error.of(&event))
                }
            };
            self.answer(event, answer);
        }
    }

    /// The one place that answers.
    pub(super) fn answer(&mut self, event: Accepted, answer: Answer) {
        let bytes = event.bytes();
        self.answers.push(event.completion, answer, bytes);
    }
}

impl KeepError {
    /// What the event's caller is told.
    pub(super) fn of(self, event: &Accepted) -> ReceiptError {
        let (sequence, sent) = (event.pair.sequence, event.sent);
        match self {
            Self::Full(source) => ReceiptError::BufferFull {
                sequence,
                sent,
                source,
            },
            Self::Failed(source) => ReceiptError::BufferFailed {
                sequence,
                sent,
                source,
            },
        }
    }
}
