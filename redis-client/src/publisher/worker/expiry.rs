//! Events that have outlived their use: looked at when they are about to be sent, and buried if their schema says so.
//!
//! The greatest age is noted in each record, so it holds for what an earlier process stored, and for a replay by a program
//! that knows no schemas. An event that waits for a connection or for room ages as well; its caller is told `Expired`.
//!
//! Whatever is before an expired event is brought to its end first. So answers keep their order, and what is buried is
//! acknowledged at once and not buried again with the next attempt.

use std::time::Duration;

use tracing::warn;

use super::super::error::ReceiptError;
use super::super::receipt::Outcome;
use super::super::store::{Letter, StoreError};
use super::super::transport::{Outage, Transport};
use super::{Accepted, Now, Worker};
use crate::age::{Expired, MaxAge};
use crate::buffer::Record;
use crate::buffer::storage::Storage;

/// Whether the record is too old to be sent.
pub(super) fn has_expired(record: &Record, now: Now) -> bool {
    excess(record.max_age(), created_at(record), now) == Some(Expired::DeadLetter)
}

/// Whether it is too old, and sent all the same.
pub(super) fn is_overdue(record: &Record, now: Now) -> bool {
    excess(record.max_age(), created_at(record), now) == Some(Expired::Publish)
}

impl Accepted {
    /// Whether the event is too old to be sent.
    pub(super) fn has_expired(&self, now: Now) -> bool {
        excess(self.parts.max_age, self.created_at, now) == Some(Expired::DeadLetter)
    }

    /// Whether it is too old, and sent all the same.
    pub(super) fn is_overdue(&self, now: Now) -> bool {
        excess(self.parts.max_age, self.created_at, now) == Some(Expired::Publish)
    }
}

/// What becomes of an event, if it is older than it may be.
fn excess(max_age: Option<MaxAge>, created_at: Duration, now: Now) -> Option<Expired> {
    let max_age = max_age?;
    let age = now.unix.saturating_sub(created_at);
    (age > max_age.age()).then_some(max_age.expired())
}

fn created_at(record: &Record) -> Duration {
    Duration::from_micros(u64::try_from(record.created_at_us()).unwrap_or_default())
}

fn reason(max_age: Option<MaxAge>, created_at: Duration, now: Now) -> String {
    let age = now.unix.saturating_sub(created_at).as_secs_f64();
    let limit = max_age.map(MaxAge::age).unwrap_or_default().as_secs_f64();
    format!("expired: {age:.1} s old, and of use for {limit} s at most")
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Buries the records that begin `records` and are too old, and acknowledges them. Nothing is in flight.
    pub(super) fn bury_expired(&mut self, records: &[Record], now: Now) -> Result<(), StoreError> {
        let published = self.published();
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        let expired = records
            .iter()
            .take_while(|record| record.pair() > published && has_expired(record, now))
            .count();
        let expired = records.get(..expired).unwrap_or_default();
        let letters: Vec<Letter<'_>> = expired
            .iter()
            .map(|record| Letter::of_record(record, &reason(record.max_age(), created_at(record), now)))
            .collect();
        store.bury(&letters)?;
        if let Some(last) = expired.last() {
            store.acknowledge(last.pair(), None)?;
            store.read_on_after(last.pair());
        }
        self.count_expired(expired.len());
        Ok(())
    }

    /// Buries events that were not sent and are too old, behind everything that is on its way, and tells their callers.
    pub(super) fn expire(&mut self, events: Vec<Accepted>, now: Now) {
        while self.is_up() && !self.flights.is_empty() {
            self.land_oldest(now);
        }
        if !self.is_up() || self.has_backlog() {
            // An outage after all: they are judged when it is over.
            return self.keep(events, now);
        }
        let buried = match &mut self.store {
            Some(store) => {
                let prefix = &self.settings.channel_prefix;
                let letter = |event| {
                    Letter::of_event(event, prefix, &reason(event.parts.max_age, event.created_at, now))
                };
                store.bury(&events.iter().map(letter).collect::<Vec<_>>())
            }
            None => Ok(()),
        };
        if buried.is_ok() {
            self.count_expired(events.len());
        }
        for event in events {
            let sequence = event.pair.sequence;
            let answer = match &buried {
                Ok(()) => Ok(Outcome::Expired { sequence }),
                Err(source) => Err(ReceiptError::BufferFailed {
                    sequence,
                    sent: false,
                    source: source.clone(),
                }),
            };
            self.answer(event, answer);
        }
    }

    /// Buries what waits ahead and is too old, up to the first event that is not, and tells its callers. Nothing is in flight.
    pub(super) fn expire_ahead(&mut self, now: Now) {
        let count = self
            .ahead
            .iter()
            .take_while(|ahead| ahead.has_expired(now))
            .count();
        let Some(store) = &mut self.store else { return };
        let prefix = &self.settings.channel_prefix;
        let expired = self.ahead.iter().take(count).map(|ahead| &ahead.event);
        let last = expired.clone().next_back().map(|event| event.pair);
        let letters: Vec<Letter<'_>> = expired
            .map(|event| Letter::of_event(event, prefix, &reason(event.parts.max_age, event.created_at, now)))
            .collect();
        let next_at = self.ahead.get(count).map(|ahead| ahead.event.created_at);
        let buried = store
            .bury(&letters)
            .and_then(|()| last.map_or(Ok(()), |last| store.acknowledge(last, next_at)));
        drop(letters);
        if let Err(error) = buried {
            return self.fall(Outage::Buffer(error), now);
        }
        self.count_expired(count);
        let expired: Vec<_> = self.ahead.drain(..count).collect();
        for ahead in expired {
            let sequence = ahead.event.pair.sequence;
            self.answer(ahead.event, Ok(Outcome::Expired { sequence }));
        }
    }

    pub(super) fn count_overdue(&mut self, events: &[Accepted], now: Now) {
        self.counts.overdue += events.iter().filter(|event| event.is_overdue(now)).count() as u64;
    }

    fn count_expired(&mut self, expired: usize) {
        self.counts.expired += expired as u64;
        if self.store.is_some() {
            self.counts.dead_letters += expired as u64;
        }
        warn!(expired, "events have outlived their use and are not sent");
    }
}
