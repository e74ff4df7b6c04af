//! A replay that waits for subscribers: decided anew after each connect, since each loses everybody.

use std::collections::BTreeSet;
use std::time::Duration;

use tracing::{info, warn};

use super::super::replay::ReplayWhen;
use super::super::store::StoreError;
use super::super::transport::{Outage, Transport};
use super::{Now, Worker};
use crate::buffer::storage::Storage;

/// How often Redis is asked who listens.
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// Until when a replay waits, and for whom.
pub(super) struct Hold {
    at_least: u64,
    /// Since the start.
    until: Duration,
    ask_at: Duration,
    /// Those of the oldest records; read at the first question.
    // Bound: the records of one batch.
    channels: Option<Vec<String>>,
}

impl Hold {
    /// For a connection that stands.
    pub(super) fn new(when: ReplayWhen, now: Duration) -> Option<Self> {
        match when {
            ReplayWhen::Immediately => None,
            ReplayWhen::Receivers { at_least, or_after } => Some(Self {
                at_least,
                until: now.saturating_add(or_after),
                ask_at: now,
                channels: None,
            }),
        }
    }

    /// When there is something to do about it.
    pub(super) fn next_at(&self) -> Duration {
        self.ask_at.min(self.until)
    }
}

impl<T: Transport, S: Storage> Worker<T, S> {
    /// Whether the replay waits; asks Redis when it is time.
    pub(super) fn is_held(&mut self, now: Now) -> bool {
        let Some(hold) = &self.hold else { return false };
        if now.elapsed >= hold.until {
            warn!("nobody listens, and the replay has waited long enough");
            self.hold = None;
            return false;
        }
        if now.elapsed < hold.ask_at {
            return true;
        }
        match self.are_receivers_there() {
            Ok(true) => {
                info!("subscribers are back: the replay begins");
                self.hold = None;
                false
            }
            Ok(false) => {
                if let Some(hold) = &mut self.hold {
                    hold.ask_at = now.elapsed.saturating_add(ASK_AGAIN);
                }
                true
            }
            Err(outage) => {
                self.fall(outage, now);
                true
            }
        }
    }

    fn are_receivers_there(&mut self) -> Result<bool, Outage> {
        let channels = match self.hold.as_mut().and_then(|hold| hold.channels.take()) {
            Some(channels) => channels,
            None => self.oldest_channels().map_err(Outage::Buffer)?,
        };
        let receivers = self.transport.receivers(&channels)?;
        let Some(hold) = &mut self.hold else {
            return Ok(true);
        };
        hold.channels = Some(channels);
        Ok(receivers.is_some_and(|least| least >= hold.at_least))
    }

    fn oldest_channels(&mut self) -> Result<Vec<String>, StoreError> {
        let Some(store) = &mut self.store else {
            return Ok(Vec::new());
        };
        let records = store.read(self.settings.batch)?;
        store.rewind();
        let channels: BTreeSet<String> = records.iter().map(|record| record.channel().to_owned()).collect();
        Ok(channels.into_iter().collect())
    }
}
