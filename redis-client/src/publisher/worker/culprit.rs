//! A record on which the server closes the connection: found by sending it alone, and buried when there is no doubt left.
//!
//! After each outage a replay begins with one record, so a record that breaks the connection soon goes alone, in its place at the
//! front. There is no doubt when the server says why before it closes. When it closes without a word, that is also what a
//! crash or a proxy looks like: then it takes [`CLOSES`] closed connections in a row, over [`PATIENCE`] at least, each made,
//! logged in and asked for its role just before, and each closed with this record alone in flight. Anything else in between,
//! an attempt to connect that fails, a timeout, a refusal, or a reply, and the count begins anew. Waiting holds up the others;
//! burying too early would keep from Redis what it was promised.

use std::time::Duration;

use tracing::warn;

use super::super::store::{Letter, StoreError};
use super::super::transport::{Outage, Transport, is_final};
use super::{Flight, Limits, Now, Worker};
use crate::buffer::storage::Storage;
use crate::buffer::{Pair, Record};
use crate::client::RedisConnectionError;

/// How many connections in a row must end on a record.
const CLOSES: u32 = 8;
/// From the first of them to the last.
const PATIENCE: Duration = Duration::from_secs(30);

/// A record that may be the reason why connections end.
pub(super) struct Suspect {
    pair: Pair,
    closes: u32,
    /// Since the start.
    first_at: Duration,
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Notes whether a single record is in flight, and which.
    pub(super) fn note_lone(&mut self) {
        self.lone = match (self.flights.front(), self.flights.len()) {
            (Some(Flight::Replay(records)), 1) => match records.as_slice() {
                [record] if self.takes(record) => Some(record.pair()),
                _ => None,
            },
            _ => None,
        };
    }

    /// Redis has answered for records: none of them closes connections.
    pub(super) fn clear_of_suspicion(&mut self) {
        self.lone = None;
        self.suspect = None;
    }

    /// Looks for the reason why the connection is about to be given up.
    pub(super) fn look_for_culprit(&mut self, outage: &Outage, now: Now) {
        let lone = self.lone.take();
        let before = self.suspect.take();
        let is_closed = matches!(outage, Outage::Connection(RedisConnectionError::Lost { .. }));
        let Some(pair) = lone.filter(|_| is_closed) else {
            return;
        };
        let last_words = self.transport.last_words().filter(is_final);
        let suspect = match before.filter(|before| before.pair == pair) {
            Some(before) => Suspect {
                closes: before.closes + 1,
                ..before
            },
            None => Suspect {
                pair,
                closes: 1,
                first_at: now.elapsed,
            },
        };
        let closes = suspect.closes;
        let is_proven = closes >= CLOSES && now.elapsed.saturating_sub(suspect.first_at) >= PATIENCE;
        let reason = match last_words {
            Some(server) => server.to_string(),
            None if is_proven => format!("closed: the connection ended on it {closes} times in a row"),
            None => {
                self.suspect = Some(suspect);
                return;
            }
        };
        if let Err(error) = self.bury_culprit(pair, &reason) {
            warn!(%error, "an event that redis closes connections on cannot be put among the dead letters");
            self.suspect = Some(suspect);
        }
    }

    fn bury_culprit(&mut self, pair: Pair, reason: &str) -> Result<(), StoreError> {
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        store.rewind();
        let one = Limits {
            events: 1,
            ..self.settings.batch
        };
        let records = store.read(one)?;
        let Some(record) = records.first().filter(|record: &&Record| record.pair() == pair) else {
            return Ok(());
        };
        store.bury(&[Letter::of_record(record, reason)])?;
        store.acknowledge(pair, None)?;
        self.counts.dead_letters += 1;
        warn!(%pair, reason, "redis closes the connection on a buffered event: now a dead letter");
        Ok(())
    }
}
