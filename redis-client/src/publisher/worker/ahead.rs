//! Write-ahead: events that lie in the buffer before they are sent, and whose callers wait for Redis all the same.
//!
//! Each batch that comes in is appended and synced as one, then sent from memory: nothing is read back that was just
//! written. Its receipts wait. When the reply has come, the record is acknowledged first and the receipt answered then, so
//! that a kill at any moment does not repeat an event whose receipt said `Delivered`. When it does not come, the event is
//! where it has to be, and its receipt says `Buffered`.
//!
//! Only when the buffer holds nothing else do events go this way: behind a backlog they are kept as in any outage.

use super::super::error::ReceiptError;
use super::super::receipt::{Answer, Outcome};
use super::super::store::StoreError;
use super::super::transport::{Outage, Transport, is_final};
use super::{Accepted, FLIGHTS_MAX, Flight, Limits, Link, Now, Worker};
use crate::buffer::Pair;
use crate::buffer::storage::Storage;
use crate::client::ServerError;

/// An event that was given to the buffer and waits for Redis.
pub(super) struct Ahead {
    pub(super) event: Accepted,
    /// Whether its record is synced; or what its caller is told, in the event's turn, since there is no record.
    kept: Result<bool, ReceiptError>,
}

impl Ahead {
    /// Whether it lies in the buffer and is too old to be sent.
    pub(super) fn has_expired(&self, now: Now) -> bool {
        self.kept.is_ok() && self.event.has_expired(now)
    }
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Whether new events are logged and then sent from memory: nothing older may be left to send first.
    pub(super) fn goes_ahead(&self) -> bool {
        let may_be_online = matches!(
            self.link,
            Link::Up { .. } | Link::Connecting { patience: Some(_) }
        );
        self.settings.write_ahead && self.store.is_some() && may_be_online && !self.has_backlog()
    }

    /// Appends and syncs `batch` as one, and sends what there is room for.
    pub(super) fn take_ahead(&mut self, mut batch: Vec<Accepted>, now: Now) {
        let Some(store) = &mut self.store else { return };
        // Under these pairs they are acknowledged.
        store.number(&mut batch);
        let kept = store.keep(&self.settings.channel_prefix, &batch, now.elapsed);
        let failure = store.failure();
        let ahead = batch.into_iter().zip(kept).map(|(event, kept)| Ahead {
            kept: kept.map_err(|error| error.of(&event)),
            event,
        });
        self.ahead.extend(ahead);
        if let Some(error) = failure {
            // Nothing more can be logged or acknowledged until the buffer is opened anew.
            self.recall();
            self.fall(Outage::Buffer(error), now);
        } else {
            self.launch_ahead(now);
        }
    }

    /// Sends what is logged and was not sent, while there is room in the air.
    pub(super) fn launch_ahead(&mut self, now: Now) {
        // Bound: FLIGHTS_MAX.
        while self.is_up() && self.flights.len() < FLIGHTS_MAX && !self.ahead.is_empty() {
            let count = self.fitting(self.settings.batch, now);
            if count == 0 {
                // Too old; it has its turn when what is before it is answered.
                if !self.flights.is_empty() {
                    return;
                }
                self.expire_ahead(now);
                continue;
            }
            let mut events: Vec<Ahead> = self.ahead.drain(..count).collect();
            let overdue = events.iter().filter(|ahead| ahead.event.is_overdue(now)).count();
            self.counts.overdue += overdue as u64;
            for Ahead { event, kept } in &mut events {
                // As for direct events: what the server would close the connection on is answered in its turn.
                event.sent = kept.is_ok() && event.parts.payload.len() <= self.payload_bytes_max;
            }
            self.pack(events.iter().map(|ahead| &ahead.event));
            self.flights.push_back(Flight::Ahead(events));
            self.send(now);
        }
    }

    /// How many of the events that wait are within `limits` and not too old; one at least, however large, if it is not too old.
    fn fitting(&self, limits: Limits, now: Now) -> usize {
        let mut bytes = 0_usize;
        let fits = |ahead: &&Ahead| {
            let first = bytes == 0;
            bytes = bytes.saturating_add(ahead.event.bytes());
            (first || bytes <= limits.bytes) && !ahead.has_expired(now)
        };
        self.ahead.iter().take(limits.events).take_while(fits).count()
    }

    /// Reads the replies to the oldest batch, acknowledges up to the first event that Redis has not taken, and answers.
    pub(super) fn land_ahead(&mut self, now: Now) {
        if self.fence.is_some() {
            return self.land_ahead_fenced(now);
        }
        let mut outage = None;
        let mut is_lost = false;
        let (mut refused, mut overtaken) = (0_u64, 0);
        let mut done: Vec<(Ahead, Answer)> = Vec::new();
        // What lies in the buffer unacknowledged, from the first event on that Redis has not taken.
        let mut held: Vec<Ahead> = Vec::new();
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_front() {
            let Flight::Ahead(events) = flight else { continue };
            for ahead in events {
                if is_lost {
                    held.push(ahead);
                    continue;
                }
                match self.verdict_on(&ahead) {
                    Ok(Ok(answer)) => {
                        if answer.is_ok() {
                            overtaken = refused;
                        }
                        if held.is_empty() {
                            done.push((ahead, answer));
                        } else {
                            held.push(ahead);
                        }
                    }
                    Ok(Err(server)) => {
                        refused += 1;
                        outage.get_or_insert(Outage::Refused(server));
                        held.push(ahead);
                    }
                    Err(error) => {
                        is_lost = true;
                        outage.get_or_insert(error);
                        held.push(ahead);
                    }
                }
            }
            if outage.is_none() {
                break;
            }
        }
        if let Err(error) = self.answer_ahead(done, &mut held) {
            outage.get_or_insert(Outage::Buffer(error));
        }
        if let Some(outage) = outage {
            self.counts.reordered += overtaken;
            self.hold(held);
            self.fall(outage, now);
        }
    }

    /// Acknowledges what is done with, and answers it. When that fails, what Redis took comes again: it goes in front of what is
    /// `held`. What Redis refuses for good is told so all the same: a failed acknowledgement may have been written, and then nobody
    /// meets the record again to bury it.
    pub(super) fn answer_ahead(
        &mut self,
        mut done: Vec<(Ahead, Answer)>,
        held: &mut Vec<Ahead>,
    ) -> Result<(), StoreError> {
        let acknowledged = self.acknowledge_ahead(&done);
        if acknowledged.is_err() {
            let (taken, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(|(_, answer)| answer.is_ok());
            held.splice(0..0, taken.into_iter().map(|(ahead, _)| ahead));
            done = refused;
        }
        for (ahead, answer) in done {
            match &answer {
                Ok(Outcome::AlreadyDelivered { .. }) => self.counts.duplicates_refused += 1,
                Ok(_) => {
                    self.failed = 0;
                    self.counts.delivered += 1;
                }
                Err(ReceiptError::Rejected { .. } | ReceiptError::TooLarge { .. }) => {
                    self.counts.rejected += 1;
                }
                Err(_) => {}
            }
            self.answer(ahead.event, answer);
        }
        acknowledged
    }

    /// Takes back what is held and what is in the air, in order.
    pub(super) fn hold(&mut self, held: Vec<Ahead>) {
        self.recall();
        for ahead in held.into_iter().rev() {
            self.ahead.push_front(ahead);
        }
    }

    /// What is to be said of the next event in its turn; or why Redis does not take it at present; or what happened to the
    /// connection.
    fn verdict_on(&mut self, ahead: &Ahead) -> Result<Result<Answer, ServerError>, Outage> {
        let sequence = ahead.event.pair.sequence;
        if let Some(error) = self.unsent(ahead) {
            return Ok(Ok(Err(error)));
        }
        Ok(match self.receive_count()? {
            Ok(receivers) => Ok(Ok(Outcome::Delivered { sequence, receivers })),
            Err(server) if is_final(&server) => Ok(Err(ReceiptError::Rejected { sequence, server })),
            Err(server) => Err(server),
        })
    }

    /// Why an event is not sent at all, if so.
    pub(super) fn unsent(&self, ahead: &Ahead) -> Option<ReceiptError> {
        if let Err(error) = &ahead.kept {
            return Some(error.clone());
        }
        (!ahead.event.sent).then(|| ReceiptError::TooLarge {
            sequence: ahead.event.pair.sequence,
            bytes: ahead.event.parts.payload.len(),
            limit: self.payload_bytes_max,
        })
    }

    fn acknowledge_ahead(&mut self, done: &[(Ahead, Answer)]) -> Result<(), StoreError> {
        let next_at = self.flights.front().and_then(Flight::oldest_at);
        let next_at = next_at.or_else(|| self.ahead.front().map(|ahead| ahead.event.created_at));
        let is_stored = |(ahead, _): &&(Ahead, Answer)| ahead.kept.is_ok();
        let last: Option<Pair> = done
            .iter()
            .rev()
            .find(is_stored)
            .map(|(ahead, _)| ahead.event.pair);
        match (&mut self.store, last) {
            (Some(store), Some(last)) => store.acknowledge(last, next_at),
            _ => Ok(()),
        }
    }

    /// Takes what is in the air back to what waits, in order.
    pub(super) fn recall(&mut self) {
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_back() {
            if let Flight::Ahead(events) = flight {
                for ahead in events.into_iter().rev() {
                    self.ahead.push_front(ahead);
                }
            }
        }
    }

    /// What waits will not be sent from here: it lies in the buffer, and that is what its callers are told.
    pub(super) fn settle_ahead(&mut self) {
        for Ahead { event, kept } in std::mem::take(&mut self.ahead) {
            let sequence = event.pair.sequence;
            if kept.is_ok() {
                self.counts.buffered += 1;
            }
            let answer = kept.map(|synced| Outcome::Buffered { sequence, synced });
            self.answer(event, answer);
        }
    }
}
