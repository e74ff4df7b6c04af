//! Batches under a fence: claimed after each connect, sent as one script, landed by its one answer.
//!
//! A batch is published up to its first refusal and no further, and the batch behind it then finds a gap and publishes nothing. So
//! unlike unfenced, a refusal in the middle reorders nothing: what was not published is sent again from there, at once if the
//! obstacle is out of the way, else out of the buffer. Nothing is in flight when that is decided.

use tracing::{debug, info_span, warn};

use super::super::error::ReceiptError;
use super::super::fence::{Claimed, Fence, Verdict};
use super::super::receipt::{Answer, Outcome};
use super::super::transport::{Outage, Transport, is_final};
use super::ahead::Ahead;
use super::replay::Done;
use super::{Accepted, Flight, Now, Worker};
use crate::buffer::storage::Storage;
use crate::buffer::{Pair, Record};
use crate::client::ServerError;

/// Why not all that was in flight was published; the later ones outweigh the earlier.
enum Stop {
    /// What is left can be sent at once: the obstacle was one event, or the script had to be named in full.
    Again,
    /// The fence has to be claimed first.
    Claim,
    /// Redis takes no events at present.
    Outage(Outage),
    /// The connection is gone, and with it the answers to all that is in flight.
    Lost(Outage),
}

impl Stop {
    fn weight(&self) -> u8 {
        match self {
            Self::Again => 1,
            Self::Claim => 2,
            Self::Outage(_) => 3,
            Self::Lost(_) => 4,
        }
    }
}

fn raise(stop: &mut Option<Stop>, new: Stop) {
    if stop.as_ref().is_none_or(|stop| stop.weight() < new.weight()) {
        *stop = Some(new);
    }
}

/// How far a batch came: of its events that were sent, the first `skipped` were published before, and the next `receivers`
/// by it.
struct Reach {
    skipped: usize,
    receivers: Vec<u64>,
    failed: Option<ServerError>,
}

/// What became of one event of such a batch.
enum Fate {
    Skipped,
    Published(u64),
    Refused(ServerError),
    /// Behind one that was refused.
    Left,
}

impl Reach {
    /// Of the event at `index`; each is asked for once.
    fn fate(&mut self, index: usize) -> Fate {
        let Some(place) = index.checked_sub(self.skipped) else {
            return Fate::Skipped;
        };
        match self.receivers.get(place) {
            Some(receivers) => Fate::Published(*receivers),
            None => self.failed.take().map_or(Fate::Left, Fate::Refused),
        }
    }
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Asks for the fence, if there is one. Only when no reply is outstanding.
    pub(super) fn claim(&mut self) -> Result<(), Outage> {
        let (Some(fence), Some(store)) = (&mut self.fence, &mut self.store) else {
            return Ok(());
        };
        let Some(claimant) = store.claimant().map_err(Outage::Buffer)? else {
            return Ok(());
        };
        let _inside = info_span!("claim", epoch = claimant.epoch).entered();
        self.pipeline.clear();
        fence.pack_claim(&mut self.pipeline, &claimant);
        self.transport.send(&self.pipeline, 1)?;
        let reply = self.transport.receive()?;
        match fence.claimed(reply) {
            Claimed::Ours { is_lost } => {
                if is_lost {
                    self.counts.fence_losses += 1;
                    warn!("redis has lost the fence: what is sent again now may arrive twice");
                }
                debug!("the fence is ours");
                store.claimed(fence.reached()).map_err(Outage::Buffer)
            }
            Claimed::Fenced => Err(Outage::Fenced),
            Claimed::Refused(server) => Err(Outage::Refused(server)),
        }
    }

    /// Reads the answer to the oldest batch of new events; when not all of it was published, those to all batches, and finds
    /// the place of what is left.
    pub(super) fn land_fenced(&mut self, now: Now) {
        let mut rest = Vec::new();
        let mut stop = None;
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_front() {
            let Flight::Direct(events) = flight else { continue };
            let sent = events.iter().filter(|event| event.sent).count();
            match self.reach(sent, &mut stop) {
                Some(reach) => self.land_events(events, reach, &mut rest, &mut stop),
                None => rest.extend(events),
            }
            if stop.is_none() {
                return;
            }
        }
        let Some(stop) = stop else { return };
        match self.get_over(stop) {
            Ok(()) if rest.is_empty() => {}
            Ok(()) => self.launch(rest, now),
            Err(outage) => {
                self.fall(outage, now);
                self.keep(rest, now);
            }
        }
    }

    fn land_events(
        &mut self,
        events: Vec<Accepted>,
        mut reach: Reach,
        rest: &mut Vec<Accepted>,
        stop: &mut Option<Stop>,
    ) {
        let mut index = 0;
        for mut event in events {
            let (sequence, pair) = (event.pair.sequence, event.pair);
            if !event.sent {
                if rest.is_empty() {
                    self.refuse_size(event);
                } else {
                    rest.push(event);
                }
                continue;
            }
            let fate = reach.fate(index);
            index += 1;
            match fate {
                Fate::Skipped => {
                    self.note_published(pair);
                    self.counts.duplicates_refused += 1;
                    self.answer(event, Ok(Outcome::AlreadyDelivered { sequence }));
                }
                Fate::Published(receivers) => {
                    self.note_published(pair);
                    self.counts.delivered += 1;
                    self.answer(event, Ok(Outcome::Delivered { sequence, receivers }));
                }
                Fate::Refused(server) if is_final(&server) => {
                    self.counts.rejected += 1;
                    self.answer(event, Err(ReceiptError::Rejected { sequence, server }));
                    raise(stop, Stop::Again);
                }
                Fate::Refused(server) => {
                    event.sent = false;
                    rest.push(event);
                    raise(stop, Stop::Outage(Outage::Refused(server)));
                }
                Fate::Left => {
                    event.sent = false;
                    rest.push(event);
                    raise(stop, Stop::Again);
                }
            }
        }
    }

    /// Reads the answer to the oldest batch of events that were logged before, acknowledges what was published, and sends what was
    /// not.
    pub(super) fn land_ahead_fenced(&mut self, now: Now) {
        let mut stop = None;
        let mut done = Vec::new();
        let mut held = Vec::new();
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_front() {
            let Flight::Ahead(events) = flight else { continue };
            let sent = events.iter().filter(|ahead| ahead.event.sent).count();
            match self.reach(sent, &mut stop) {
                Some(reach) => self.sort_ahead(events, reach, &mut done, &mut held, &mut stop),
                None => held.extend(events),
            }
            if stop.is_none() {
                break;
            }
        }
        if let Err(error) = self.answer_ahead(done, &mut held) {
            raise(&mut stop, Stop::Outage(Outage::Buffer(error)));
        }
        let Some(stop) = stop else { return };
        self.hold(held);
        match self.get_over(stop) {
            Ok(()) => self.launch_ahead(now),
            Err(outage) => self.fall(outage, now),
        }
    }

    fn sort_ahead(
        &mut self,
        events: Vec<Ahead>,
        mut reach: Reach,
        done: &mut Vec<(Ahead, Answer)>,
        held: &mut Vec<Ahead>,
        stop: &mut Option<Stop>,
    ) {
        let mut index = 0;
        for ahead in events {
            let (sequence, pair) = (ahead.event.pair.sequence, ahead.event.pair);
            if !ahead.event.sent {
                match self.unsent(&ahead) {
                    Some(error) if held.is_empty() => done.push((ahead, Err(error))),
                    _ => held.push(ahead),
                }
                continue;
            }
            let fate = reach.fate(index);
            index += 1;
            let answer = match fate {
                Fate::Skipped => {
                    self.note_published(pair);
                    Ok(Outcome::AlreadyDelivered { sequence })
                }
                Fate::Published(receivers) => {
                    self.note_published(pair);
                    Ok(Outcome::Delivered { sequence, receivers })
                }
                Fate::Refused(server) if is_final(&server) && held.is_empty() => {
                    raise(stop, Stop::Again);
                    Err(ReceiptError::Rejected { sequence, server })
                }
                Fate::Refused(server) => {
                    raise(stop, Stop::Outage(Outage::Refused(server)));
                    held.push(ahead);
                    continue;
                }
                Fate::Left => {
                    raise(stop, Stop::Again);
                    held.push(ahead);
                    continue;
                }
            };
            if held.is_empty() {
                done.push((ahead, answer));
            } else {
                held.push(ahead);
            }
        }
    }

    /// Reads the answer to the oldest batch of records, acknowledges what was published, and goes back to the first that was not.
    pub(super) fn land_records_fenced(&mut self, now: Now) {
        let mut stop = None;
        let mut done = Done::default();
        // Bound: FLIGHTS_MAX.
        while let Some(flight) = self.flights.pop_front() {
            let Flight::Replay(records) = flight else { continue };
            let sent = records.iter().filter(|record| self.takes(record)).count();
            if let Some(reach) = self.reach(sent, &mut stop)
                && stop.is_none()
            {
                self.finish_records(&records, reach, &mut done, &mut stop);
            }
            if stop.is_none() {
                self.probe = self.probe.saturating_mul(2).min(self.settings.batch.events);
                break;
            }
        }
        self.credit_for(&done);
        if let Err(error) = self.acknowledge(&done) {
            raise(&mut stop, Stop::Outage(Outage::Buffer(error)));
        }
        let Some(stop) = stop else { return };
        self.flights.clear();
        match self.get_over(stop) {
            Ok(()) => {
                if let Some(store) = &mut self.store {
                    store.rewind();
                }
            }
            Err(outage) => self.fall(outage, now),
        }
    }

    fn finish_records(
        &mut self,
        records: &[Record],
        mut reach: Reach,
        done: &mut Done,
        stop: &mut Option<Stop>,
    ) {
        let mut index = 0;
        for record in records {
            let fate = if self.takes(record) {
                index += 1;
                reach.fate(index - 1)
            } else {
                Fate::Refused(super::replay::too_large())
            };
            match fate {
                Fate::Skipped => {
                    self.note_published(record.pair());
                    self.counts.duplicates_refused += 1;
                    done.add(record);
                }
                Fate::Published(_) => {
                    self.note_published(record.pair());
                    self.counts.replayed += 1;
                    done.add(record);
                }
                Fate::Refused(server) if is_final(&server) => match self.bury(record, &server) {
                    Ok(()) => {
                        done.add(record);
                        if self.takes(record) {
                            raise(stop, Stop::Again);
                            return;
                        }
                    }
                    Err(outage) => {
                        raise(stop, Stop::Outage(outage));
                        return;
                    }
                },
                Fate::Refused(server) => {
                    raise(stop, Stop::Outage(Outage::Refused(server)));
                    return;
                }
                Fate::Left => {
                    raise(stop, Stop::Again);
                    return;
                }
            }
        }
    }

    /// The answer to the oldest batch, of which so many events were `sent`, if it published anything or had nothing to publish.
    fn reach(&mut self, sent: usize, stop: &mut Option<Stop>) -> Option<Reach> {
        let nothing = Reach {
            skipped: 0,
            receivers: Vec::new(),
            failed: None,
        };
        if sent == 0 {
            return Some(nothing);
        }
        if matches!(stop, Some(Stop::Lost(_))) {
            return None;
        }
        let fence = self.fence.as_mut()?;
        let verdict = match self.transport.receive() {
            Ok(reply) => Fence::verdict(reply),
            Err(outage) => {
                raise(stop, Stop::Lost(outage));
                return None;
            }
        };
        match verdict {
            Verdict::Published {
                skipped,
                receivers,
                failed,
            } => {
                return Some(Reach {
                    skipped,
                    receivers,
                    failed,
                });
            }
            Verdict::NoScript => {
                fence.forget_script();
                raise(stop, Stop::Again);
            }
            // Behind a batch that was not published whole, a gap is to be expected.
            Verdict::Out if stop.is_some() => {}
            Verdict::Out => raise(stop, Stop::Claim),
            // An event that was sent alone is what Redis cannot read. Among others it goes into the buffer, and alone from there.
            Verdict::Unreadable(server) if sent == 1 => {
                return Some(Reach {
                    failed: Some(server),
                    ..nothing
                });
            }
            Verdict::Refused(server) | Verdict::Unreadable(server) => {
                raise(stop, Stop::Outage(Outage::Refused(server)));
            }
            Verdict::Unclear(server) => {
                raise(stop, Stop::Outage(Outage::Refused(server)));
                return None;
            }
        }
        // Nothing of it was published.
        Some(nothing)
    }

    /// Makes the connection fit for what is left, if it can be.
    fn get_over(&mut self, stop: Stop) -> Result<(), Outage> {
        if let Some(fence) = &mut self.fence {
            fence.step_back();
        }
        match stop {
            Stop::Again => Ok(()),
            Stop::Claim => self.claim(),
            Stop::Outage(outage) | Stop::Lost(outage) => Err(outage),
        }
    }

    fn note_published(&mut self, pair: Pair) {
        self.failed = 0;
        if let Some(fence) = &mut self.fence {
            fence.reach(pair);
        }
    }
}
