//! Records that go out of the buffer: read, sent, acknowledged, or buried among the dead letters.

use tracing::{debug, info_span, warn};

use super::super::fence::Fence;
use super::super::store::{Letter, Store, StoreError};
use super::super::transport::{Outage, Transport, is_final, pack_publishes};
use super::expiry::{has_expired, is_overdue};
use super::{FLIGHTS_MAX, Flight, Limits, Now, Worker};
use crate::buffer::storage::Storage;
use crate::buffer::{Pair, Record};
use crate::client::ServerError;

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Sends the oldest records that are not yet on their way, and lands the oldest that are.
    pub(super) fn replay(&mut self, now: Now) {
        self.paced_until = None;
        if self.flights.is_empty() && self.is_held(now) {
            return;
        }
        let flights_max = if self.probe < self.settings.batch.events {
            1
        } else {
            FLIGHTS_MAX
        };
        let records = self.store.as_ref().map_or(0, Store::len);
        let span = self
            .replay_span
            .get_or_insert_with(|| info_span!("replay", records))
            .clone();
        let _inside = span.enter();
        // Bound: FLIGHTS_MAX.
        while self.is_up() && self.flights.len() < flights_max && !self.replays_no_more(now) {
            self.paced_until = self.allowance.permits_at(now.elapsed);
            if self.paced_until.is_some() {
                break;
            }
            match self.read_records(now) {
                Ok(records) if records.is_empty() => break,
                Ok(records) => self.launch_records(records, now),
                Err(error) => {
                    self.flights.clear();
                    self.fall(Outage::Buffer(error), now);
                }
            }
        }
        if self.is_up() {
            self.land_records(now);
        }
        if !self.has_backlog() {
            debug!("the buffer is empty");
            self.replay_span = None;
        }
    }

    /// The next records that are to be sent; none when all are on their way, or when this turn has buried old ones.
    fn read_records(&mut self, now: Now) -> Result<Vec<Record>, StoreError> {
        let limits = Limits {
            events: self.probe.min(self.settings.batch.events),
            bytes: self.settings.batch.bytes,
        };
        let published = self.published();
        let Some(store) = &mut self.store else {
            return Ok(Vec::new());
        };
        let before = store.read_up_to();
        let mut records = store.read(limits)?;
        let has_expired = |record: &Record| record.pair() > published && has_expired(record, now);
        if records.first().is_some_and(has_expired) && self.flights.is_empty() {
            self.bury_expired(&records, now)?;
            return Ok(Vec::new());
        }
        let fresh = records.iter().take_while(|record| !has_expired(record)).count();
        if fresh < records.len() {
            // Those that are too old have their turn when everything before them is acknowledged, or they would be buried
            // again with each attempt.
            records.truncate(fresh);
            store.read_on_after(records.last().map_or(before, Record::pair));
        }
        self.counts.overdue += records.iter().filter(|record| is_overdue(record, now)).count() as u64;
        Ok(records)
    }

    /// Up to where the fence knows that everything was published, whatever its age: such records are skipped, not buried.
    pub(super) fn published(&self) -> Pair {
        self.fence.as_ref().map_or(Pair::default(), Fence::reached)
    }

    fn launch_records(&mut self, records: Vec<Record>, now: Now) {
        self.pipeline.clear();
        let max = self.payload_bytes_max;
        let sent = records.iter().filter(|record| record.payload().len() <= max);
        let parts = sent.map(|record| {
            (
                record.pair(),
                [&b""[..], record.channel().as_bytes()],
                record.payload(),
            )
        });
        if let Some(fence) = &mut self.fence {
            let parts: Vec<_> = parts.collect();
            fence.pack_batch(&mut self.pipeline, &parts);
            self.replies = 1;
        } else {
            let parts = parts.map(|(_, [_, channel], payload)| (channel, payload));
            self.replies = pack_publishes(&mut self.pipeline, b"", parts);
        }
        self.flights.push_back(Flight::Replay(records));
        self.note_lone();
        self.send(now);
    }

    /// Reads the replies to the oldest replayed batch and acknowledges up to the first record that Redis has not taken.
    pub(super) fn land_records(&mut self, now: Now) {
        if self.fence.is_some() {
            return self.land_records_fenced(now);
        }
        let mut outage = None;
        let mut lost = false;
        let mut overtaken = 0_u64;
        // Records not taken so far; from the first of them on, nothing may be acknowledged.
        let mut held = 0_u64;
        let mut done = Done::default();
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_front() {
            let Flight::Replay(records) = flight else { continue };
            for record in records {
                if lost {
                    break;
                }
                let ended = match self.receive_for(&record) {
                    Ok(Ok(_)) => {
                        overtaken = held;
                        // Only what may be acknowledged is progress.
                        if held == 0 {
                            self.failed = 0;
                        }
                        self.counts.replayed += 1;
                        Ok(())
                    }
                    // Behind a held record it would not be acknowledged, and be buried again each time.
                    Ok(Err(server)) if is_final(&server) && held == 0 => self.bury(&record, &server),
                    Ok(Err(server)) => Err(Outage::Refused(server)),
                    Err(error) => {
                        lost = true;
                        Err(error)
                    }
                };
                match ended {
                    Ok(()) if held == 0 => done.add(&record),
                    Ok(()) => {}
                    Err(error) => {
                        held += 1;
                        outage.get_or_insert(error);
                    }
                }
            }
            if outage.is_none() {
                self.probe = self.probe.saturating_mul(2).min(self.settings.batch.events);
                break;
            }
        }
        self.credit_for(&done);
        if let Err(error) = self.acknowledge(&done) {
            outage.get_or_insert(Outage::Buffer(error));
        }
        if let Some(outage) = outage {
            self.counts.reordered += overtaken;
            self.flights.clear();
            self.fall(outage, now);
        }
    }

    /// The reply to a record's PUBLISH; ours, if the server's limit kept it from being sent.
    fn receive_for(&mut self, record: &Record) -> Result<Result<u64, ServerError>, Outage> {
        if !self.takes(record) {
            return Ok(Err(too_large()));
        }
        self.receive_count()
    }

    /// Whether the server takes an argument as large as this record.
    pub(super) fn takes(&self, record: &Record) -> bool {
        record.payload().len() <= self.payload_bytes_max
    }

    pub(super) fn credit_for(&mut self, done: &Done) {
        self.credit.events += done.events;
        self.credit.bytes += done.bytes;
        self.allowance.spend(done.events, done.bytes);
    }

    pub(super) fn acknowledge(&mut self, done: &Done) -> Result<(), StoreError> {
        let next_at = self.flights.front().and_then(Flight::oldest_at);
        if done.last.is_some() {
            self.clear_of_suspicion();
        }
        match (&mut self.store, done.last) {
            (Some(store), Some(last)) => store.acknowledge(last, next_at),
            _ => Ok(()),
        }
    }

    /// A record that Redis refuses for good goes to the dead letters, so that it neither holds up the others nor gets
    /// lost. It may be acknowledged once it lies there.
    pub(super) fn bury(&mut self, record: &Record, why: &ServerError) -> Result<(), Outage> {
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        let reason = match record.payload().len() {
            bytes if bytes > self.payload_bytes_max => {
                let limit = self.payload_bytes_max;
                format!("too large: {bytes} bytes, and the server takes {limit} at most")
            }
            _ => why.to_string(),
        };
        store
            .bury(&[Letter::of_record(record, &reason)])
            .map_err(Outage::Buffer)?;
        self.counts.dead_letters += 1;
        warn!(pair = %record.pair(), %why, "redis refuses a buffered event for good: now a dead letter");
        Ok(())
    }
}

/// What is said of a record that is not sent at all.
pub(super) fn too_large() -> ServerError {
    ServerError::new("ERR", "the payload exceeds proto-max-bulk-len")
}

/// What of a replay may be acknowledged: everything up to `last`.
#[derive(Default)]
pub(super) struct Done {
    events: usize,
    bytes: usize,
    last: Option<Pair>,
}

impl Done {
    pub(super) fn add(&mut self, record: &Record) {
        self.events += 1;
        self.bytes += record.channel().len() + record.payload().len();
        self.last = Some(record.pair());
    }
}
