//! Events into the buffer (layer 4): all of a batch with one sync, each under the pair by which the fence knows it.
//!
//! [`Store::keep`] answers after the sync that covers a record. A batch that does not fit as a whole is tried one by one, so that
//! those which fit are kept.

use std::borrow::Cow;
use std::time::Duration;

use super::{KeepError, Store, StoreError, micros};
use crate::buffer::record::NewRecord;
use crate::buffer::storage::Storage;
use crate::buffer::wal::Wal;
use crate::buffer::{self, Pair, Sync, note};
use crate::publisher::worker::Accepted;

impl<S: Storage> Store<S> {
    /// Appends the events in order, with one sync for all, and says of each whether the disk has confirmed it.
    ///
    /// When not all fit, those that do are kept.
    pub(in crate::publisher) fn keep(
        &mut self,
        prefix: &str,
        events: &[Accepted],
        now: Duration,
    ) -> Vec<Result<bool, KeepError>> {
        let kept = self.append(prefix, events);
        let any = kept.iter().any(Result::is_ok);
        // Durability: an answer "buffered" is true after a power cut, too.
        let synced = if any && self.failed.is_none() {
            self.sync_after_append(now)
        } else {
            Ok(false)
        };
        if let Err(error) = &synced {
            self.failed.get_or_insert_with(|| error.clone());
        }
        if let Some(error) = &self.failed {
            // What was appended lies in the log, and the next opening may find it or not.
            return kept
                .into_iter()
                .map(|kept| kept.and_then(|()| Err(KeepError::Failed(error.of_event(true)))))
                .collect();
        }
        let synced = synced.unwrap_or_default();
        if any && self.len == 0 {
            self.oldest_at = events.first().map(|event| event.created_at);
        }
        self.count();
        kept.into_iter().map(|kept| kept.map(|()| synced)).collect()
    }

    /// An answer for each event.
    fn append(&mut self, prefix: &str, events: &[Accepted]) -> Vec<Result<(), KeepError>> {
        let pairs = self.pairs_of(events);
        let channels: Vec<Cow<'_, str>> = events
            .iter()
            .map(|event| match prefix {
                "" => Cow::Borrowed(&*event.parts.channel),
                prefix => Cow::Owned(format!("{prefix}{}", event.parts.channel)),
            })
            .collect();
        let notes: Vec<String> = events
            .iter()
            .map(|event| event.parts.max_age.map(note::of_max_age).unwrap_or_default())
            .collect();
        let records: Vec<NewRecord<'_>> = events
            .iter()
            .zip(pairs)
            .zip(channels.iter().zip(&notes))
            .map(|((event, pair), (channel, note))| NewRecord {
                pair,
                channel,
                payload: &event.parts.payload,
                created_at_us: micros(event.created_at),
                note,
            })
            .collect();
        let all_failed = |error: &StoreError, may_be_stored| {
            let failed = |_| Err(KeepError::Failed(error.of_event(may_be_stored)));
            records.iter().map(failed).collect()
        };
        if let Some(error) = &self.failed {
            return all_failed(error, false);
        }
        let Some(wal) = &mut self.wal else {
            return all_failed(&buffer::Error::Closed.into(), false);
        };
        match wal.append_batch(&records) {
            Ok(()) => return records.iter().map(|_| Ok(())).collect(),
            Err(error) if !is_refusal(&error) => {
                let error = self.failed.insert(error.into());
                return all_failed(error, wal.has_remains());
            }
            Err(_) => {}
        }
        // Not all fit, or one is too large for any log: one by one, each in its turn.
        let mut kept = Vec::with_capacity(records.len());
        for record in records {
            kept.push(match (&self.failed, wal.append_batch(&[record])) {
                (Some(error), _) => Err(KeepError::Failed(error.of_event(false))),
                (None, Ok(())) => Ok(()),
                (None, Err(error)) if is_refusal(&error) => Err(KeepError::Full(error.into())),
                (None, Err(error)) => {
                    let error = self.failed.insert(error.into());
                    Err(KeepError::Failed(error.of_event(wal.has_remains())))
                }
            });
        }
        kept
    }

    /// Gives the events the pairs under which they will be stored.
    pub(in crate::publisher) fn number(&self, events: &mut [Accepted]) {
        let pairs = self.pairs_of(events);
        for (event, pair) in events.iter_mut().zip(pairs) {
            event.pair = pair;
        }
    }

    /// Leaves out a rule: what is stored gets a new pair. For the simulation to see that this goes wrong.
    #[cfg(feature = "__simulation")]
    pub fn omit_pairs(&mut self) {
        self.omits_pairs = true;
    }

    /// The pairs under which events are stored: their own, by which the fence knows them. Only when the log has gone beyond
    /// those in the meantime, under another process, they get the next ones.
    fn pairs_of(&self, events: &[Accepted]) -> Vec<Pair> {
        let mut last = self.wal.as_ref().map(Wal::last).unwrap_or_default();
        let pairs = events.iter().map(|event| {
            let given = event.pair;
            #[cfg(feature = "__simulation")]
            let given = if self.omits_pairs { Pair::default() } else { given };
            if given <= last || given.epoch > self.epoch {
                let before = if last.epoch == self.epoch {
                    last.sequence
                } else {
                    0
                };
                last = Pair {
                    epoch: self.epoch,
                    sequence: given.sequence.max(before + 1),
                };
            } else {
                last = given;
            }
            last
        });
        pairs.collect()
    }

    fn sync_after_append(&mut self, now: Duration) -> Result<bool, StoreError> {
        match self.sync {
            Sync::Always => self.sync_now().map(|()| true),
            Sync::Every(interval) => {
                self.sync_at.get_or_insert(now.saturating_add(interval));
                Ok(false)
            }
            _ => Ok(false),
        }
    }
}

/// Whether a log refused a record and is well otherwise.
fn is_refusal(error: &buffer::Error) -> bool {
    matches!(error, buffer::Error::Full { .. } | buffer::Error::TooLarge { .. })
}
