//! Events that go straight to Redis: their place, their flight and their landing.

use super::super::error::ReceiptError;
use super::super::receipt::Outcome;
use super::super::transport::{Outage, Reply, Transport, is_final, pack_publishes};
use super::keep::Fate;
use super::{Accepted, Flight, Now, Worker};
use crate::buffer::storage::Storage;
use crate::client::ServerError;

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Finds the place of new events: on the wire, or behind what is in the buffer.
    pub(super) fn take(&mut self, mut batch: Vec<Accepted>, now: Now) {
        if self.goes_ahead() {
            return self.take_ahead(batch, now);
        }
        // Bound: each turn takes at least one event.
        while self.is_up()
            && !self.has_backlog()
            && let Some(first) = batch.iter().position(|event| event.has_expired(now))
        {
            let mut expired = batch.split_off(first);
            let count = expired.iter().take_while(|event| event.has_expired(now)).count();
            let rest = expired.split_off(count);
            self.place(batch, now);
            self.expire(expired, now);
            batch = rest;
        }
        self.place(batch, now);
    }

    fn place(&mut self, mut batch: Vec<Accepted>, now: Now) {
        if batch.is_empty() {
            return;
        }
        if self.is_up() && !self.has_backlog() {
            self.count_overdue(&batch, now);
            if self.fence.is_some()
                && let Some(store) = &self.store
            {
                // Another process may have put records in while a failed log was opened anew: under a pair below theirs the fence
                // would take a new event for one that it has published.
                store.number(&mut batch);
            }
            self.launch(batch, now);
        } else {
            self.credit.events = self.credit.events.saturating_sub(2 * batch.len());
            let bytes: usize = batch.iter().map(Accepted::bytes).sum();
            self.credit.bytes = self.credit.bytes.saturating_sub(2 * bytes);
            let fate = if self.is_up() { Fate::MayWait } else { Fate::IsTold };
            self.keep_or(fate, batch, now);
        }
    }

    pub(super) fn launch(&mut self, mut batch: Vec<Accepted>, now: Now) {
        for event in &mut batch {
            // What the server would refuse by closing the connection is left out; `land` answers it in its turn.
            event.sent = event.parts.payload.len() <= self.payload_bytes_max;
        }
        self.pack(batch.iter());
        self.flights.push_back(Flight::Direct(batch));
        self.send(now);
    }

    /// Packs those that are marked as sent.
    pub(super) fn pack<'a>(&mut self, events: impl Iterator<Item = &'a Accepted>) {
        self.pipeline.clear();
        let prefix = self.settings.channel_prefix.as_bytes();
        let packed = events.filter(|event| event.sent).map(|event| {
            let channel = [prefix, event.parts.channel.as_bytes()];
            (event.pair, channel, event.parts.payload.as_slice())
        });
        if let Some(fence) = &mut self.fence {
            fence.pack_batch(&mut self.pipeline, &packed.collect::<Vec<_>>());
            self.replies = 1;
        } else {
            let packed = packed.map(|(_, [_, channel], payload)| (channel, payload));
            self.replies = pack_publishes(&mut self.pipeline, prefix, packed);
        }
    }

    /// Sends the pipeline that was packed for the flight just added.
    pub(super) fn send(&mut self, now: Now) {
        // Nothing is packed when each event of a flight exceeds the server's limit; redis-rs takes an empty write for an end.
        let sent = if self.pipeline.is_empty() {
            Ok(())
        } else {
            self.transport.send(&self.pipeline, self.replies)
        };
        // Bound: one oversized batch must not keep its memory for ever.
        if self.pipeline.capacity() > 4 * self.settings.batch.bytes {
            self.pipeline = Vec::new();
        }
        if let Err(outage) = sent {
            let unsent = self.abandon_flights();
            self.fall(outage, now);
            self.keep(unsent, now);
        }
    }

    /// The direct events in flight, in order. Replayed records lie in the store and need nobody; what went ahead waits again.
    pub(super) fn abandon_flights(&mut self) -> Vec<Accepted> {
        if matches!(self.flights.front(), Some(Flight::Ahead(_))) {
            self.recall();
        }
        let direct = self.flights.drain(..).filter_map(|flight| match flight {
            Flight::Direct(events) => Some(events),
            Flight::Ahead(_) | Flight::Replay(_) => None,
        });
        direct.flatten().collect()
    }

    /// Reads the replies to the oldest direct batch; when one is refused, to all, so as to know what has to be kept.
    pub(super) fn land(&mut self, now: Now) {
        if self.fence.is_some() {
            return self.land_fenced(now);
        }
        let mut unsent = Vec::new();
        let mut outage = None;
        let mut lost = false;
        let mut overtaken = 0;
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_front() {
            let Flight::Direct(events) = flight else { continue };
            for mut event in events {
                if lost {
                    unsent.push(event);
                    continue;
                }
                let sequence = event.pair.sequence;
                if !event.sent {
                    self.refuse_size(event);
                    continue;
                }
                match self.receive_count() {
                    Ok(Ok(receivers)) => {
                        overtaken = unsent.len();
                        self.failed = 0;
                        self.counts.delivered += 1;
                        self.answer(event, Ok(Outcome::Delivered { sequence, receivers }));
                    }
                    Ok(Err(server)) if is_final(&server) => {
                        self.counts.rejected += 1;
                        self.answer(event, Err(ReceiptError::Rejected { sequence, server }));
                    }
                    Ok(Err(server)) => {
                        event.sent = false;
                        unsent.push(event);
                        outage.get_or_insert(Outage::Refused(server));
                    }
                    Err(error) => {
                        lost = true;
                        unsent.push(event);
                        outage.get_or_insert(error);
                    }
                }
            }
            if outage.is_none() {
                return;
            }
        }
        if let Some(outage) = outage {
            self.counts.reordered += overtaken as u64;
            self.fall(outage, now);
            self.keep(unsent, now);
        }
    }

    /// The reply to one PUBLISH: how many subscribers got it, or why it was not taken.
    #[inline]
    pub(super) fn receive_count(&mut self) -> Result<Result<u64, ServerError>, Outage> {
        if let Some(receivers) = self.transport.arrived() {
            return Ok(Ok(receivers));
        }
        match self.transport.receive()? {
            Reply::Receivers(receivers) => Ok(Ok(receivers)),
            Reply::Refused(server) => Ok(Err(server)),
            Reply::Text(_) | Reply::List(_) => {
                let server = ServerError::new("ERR", "an answer that PUBLISH does not give");
                Err(Outage::Refused(server))
            }
        }
    }

    /// Answers an event that the server takes no argument as large as.
    pub(super) fn refuse_size(&mut self, event: Accepted) {
        self.counts.rejected += 1;
        let error = ReceiptError::TooLarge {
            sequence: event.pair.sequence,
            bytes: event.parts.payload.len(),
            limit: self.payload_bytes_max,
        };
        self.answer(event, Err(error));
    }
}
