//! The connection, as far as the logic goes (layer 4): an attempt, its end, the outage, and whether the server is a primary.
//!
//! When it breaks, what was in flight has been taken care of before [`Worker::fall`] is called, and the store is read from its
//! oldest record again.

use std::time::Duration;

use tracing::{Span, debug, info, info_span, warn};

use super::hold::Hold;
use super::{FLIGHTS_MAX, Limits, Now, Worker};
use crate::buffer::storage::Storage;
use crate::publisher::store::{Store, StoreError};
use crate::publisher::transport::{Outage, Session, Transport};

/// The connection, as far as time goes.
pub(super) enum Link {
    /// An attempt is under way. While `patience` has not run out, this is the first and nobody knows of an outage.
    Connecting { patience: Option<Duration> },
    /// No connection, and none to be tried before `retry_at`.
    Down { retry_at: Duration },
    /// A connection to a primary, whose role is next asked for at `role_check_at`.
    Up { role_check_at: Duration },
    /// The fence is another's: no connection, and none to be tried.
    Fenced,
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// What time and the transport have brought: an attempt that ended, a retry or a role check that is due.
    pub(super) fn follow_link(&mut self, now: Now) {
        match self.link {
            Link::Connecting { patience } => match self.transport.connected() {
                Some(Ok(session)) => self.rise(session, now),
                Some(Err(outage)) => self.fall(outage, now),
                None if patience.is_some_and(|until| now.elapsed >= until) => {
                    self.link = Link::Connecting { patience: None };
                    self.settle_ahead();
                }
                None => {}
            },
            Link::Down { retry_at } if now.elapsed >= retry_at => self.try_again(now),
            Link::Up { role_check_at } if now.elapsed >= role_check_at => self.check_role(now),
            Link::Down { .. } | Link::Up { .. } | Link::Fenced => {}
        }
    }

    fn rise(&mut self, session: Session, now: Now) {
        self.payload_bytes_max = session.payload_bytes_max;
        if let Err(outage) = self.claim() {
            return self.fall(outage, now);
        }
        if self.outage.take().is_some() {
            self.counts.reconnects += 1;
            let span = self.outage_span.take().unwrap_or_else(Span::none);
            info!(
                parent: &span,
                buffered = self.store.as_ref().map_or(0, Store::len),
                attempts = self.failed,
                "connected to redis again"
            );
        } else {
            debug!("connected to redis");
        }
        self.link = Link::Up {
            role_check_at: now.elapsed.saturating_add(self.settings.role_interval),
        };
        self.credit = Limits::NONE;
        self.hold = if self.has_backlog() {
            Hold::new(self.settings.replay_when, now.elapsed)
        } else {
            None
        };
    }

    /// The connection is of no use any more; what was in flight on it has been taken care of by the caller.
    pub(super) fn fall(&mut self, outage: Outage, now: Now) {
        debug_assert!(self.flights.is_empty(), "nobody would answer what is in flight");
        self.settle_ahead();
        self.look_for_culprit(&outage, now);
        self.transport.disconnect();
        if let Some(store) = &mut self.store {
            store.rewind();
        }
        self.replay_span = None;
        if self.outage.is_none() {
            let span = info_span!("outage");
            warn!(parent: &span, %outage, "redis cannot be published to; events are {}", if self.store.is_some() {
                "kept in the buffer"
            } else {
                "refused, for want of a buffer"
            });
            self.outage_span = Some(span);
        }
        self.probe = 1;
        self.link = if matches!(outage, Outage::Fenced) {
            Link::Fenced
        } else {
            let delay = self.settings.backoff.delay(self.failed, self.settings.seed);
            self.failed = self.failed.saturating_add(1);
            Link::Down {
                retry_at: now.elapsed.saturating_add(delay),
            }
        };
        self.outage = Some(outage);
        self.settle_deferred(now);
    }

    fn try_again(&mut self, now: Now) {
        if let Err(error) = self.mend_store() {
            // Its records go first; as long as they cannot be read and acknowledged, nothing may be sent.
            if self.has_backlog() {
                self.fall(Outage::Buffer(error), now);
                return;
            }
        }
        self.transport.connect();
        self.link = Link::Connecting { patience: None };
    }

    fn check_role(&mut self, now: Now) {
        // The question needs a pipe without outstanding replies.
        for _ in 0..FLIGHTS_MAX {
            self.land_oldest(now);
        }
        // Under a fence some may be on their way again: it is asked at the next turn.
        if !self.is_up() || !self.flights.is_empty() {
            return;
        }
        // A buffer that failed is only ever needed in the next outage: now is the time to get it back.
        let _ = self.mend_store();
        match self.transport.check_role() {
            Ok(()) => {
                self.link = Link::Up {
                    role_check_at: now.elapsed.saturating_add(self.settings.role_interval),
                };
            }
            Err(outage) => self.fall(outage, now),
        }
    }

    fn mend_store(&mut self) -> Result<(), StoreError> {
        match &mut self.store {
            Some(store) => store.mend(),
            None => Ok(()),
        }
    }
}
