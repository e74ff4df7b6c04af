//! The buffer as a `VecDeque`: the referee of the storage tests.
//!
//! It knows of each record what was promised about it, and judges what comes back after a crash: nothing that was never
//! appended, nothing twice, nothing out of order, everything that was promised, and nothing acknowledged except where a
//! power cut may have taken the acknowledgement back.

use std::collections::VecDeque;

use redis_client::buffer::{Pair, Record};

/// What was said about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// Its append failed: it may come or not.
    Attempted,
    /// Its append returned: it survives a kill.
    Written,
    /// A sync after its append returned: it survives a power cut.
    Durable,
}

/// What ended the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// The process alone ended.
    Kill,
    /// The machine lost what was not synced.
    PowerCut,
}

/// A record as the model remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Remembered {
    pair: Pair,
    channel: String,
    payload: Vec<u8>,
    promise: Promise,
    acknowledged: bool,
    /// Its acknowledgement failed half-way: it may come again or not.
    doubtful: bool,
}

impl Remembered {
    /// A power cut still to come can take back an acknowledgement that a kill has spared.
    fn after_absence(&self, crash: Crash) -> Option<Self> {
        let may_return = crash == Crash::Kill && (self.acknowledged || self.doubtful);
        may_return.then(|| Self {
            acknowledged: true,
            ..self.clone()
        })
    }
}

/// The referee.
#[derive(Debug, Clone, Default)]
pub struct Model {
    records: VecDeque<Remembered>,
}

impl Model {
    /// Notes an append.
    pub fn append(&mut self, pair: Pair, channel: &str, payload: &[u8], promise: Promise) {
        self.records.push_back(Remembered {
            pair,
            channel: channel.to_owned(),
            payload: payload.to_owned(),
            promise,
            acknowledged: false,
            doubtful: false,
        });
    }

    /// Notes a sync that succeeded.
    pub fn sync(&mut self) {
        for record in &mut self.records {
            if record.promise == Promise::Written {
                record.promise = Promise::Durable;
            }
        }
    }

    /// Notes an acknowledgement.
    pub fn acknowledge(&mut self, up_to: Pair) {
        for record in &mut self.records {
            record.acknowledged |= record.pair <= up_to;
        }
    }

    /// Notes an acknowledgement that failed: the records may come again or not.
    pub fn acknowledge_perhaps(&mut self, up_to: Pair) {
        for record in &mut self.records {
            record.doubtful |= record.pair <= up_to;
        }
    }

    /// The pairs of what must be there while the process runs and nothing has failed.
    #[must_use]
    pub fn pending(&self) -> Vec<Pair> {
        let pending = self.records.iter().filter(|record| !record.acknowledged);
        pending
            .filter(|record| record.promise > Promise::Attempted)
            .map(|record| record.pair)
            .collect()
    }

    /// Judges what came back, and goes on from it.
    ///
    /// # Errors
    /// The rule that was broken, in words.
    pub fn judge(&mut self, crash: Crash, found: &[Record]) -> Result<(), String> {
        let needed = match crash {
            Crash::Kill => Promise::Written,
            Crash::PowerCut => Promise::Durable,
        };
        let mut left = self.records.iter().peekable();
        let mut survivors = VecDeque::new();
        for record in found {
            // Bound: each turn takes one remembered record.
            loop {
                let Some(known) = left.next() else {
                    return Err(format!(
                        "{} came back: unknown, doubled or out of order",
                        record.pair()
                    ));
                };
                if known.pair != record.pair() {
                    Self::may_be_absent(known, needed)?;
                    survivors.extend(known.after_absence(crash));
                    continue;
                }
                if known.channel != record.channel() || known.payload != record.payload() {
                    return Err(format!("{} came back with other bytes", record.pair()));
                }
                if known.acknowledged && crash == Crash::Kill {
                    return Err(format!("{} came back though it was acknowledged", record.pair()));
                }
                // What opening found, it has synced.
                survivors.push_back(Remembered {
                    promise: Promise::Durable,
                    acknowledged: false,
                    doubtful: false,
                    ..known.clone()
                });
                break;
            }
        }
        for known in left {
            Self::may_be_absent(known, needed)?;
            survivors.extend(known.after_absence(crash));
        }
        self.records = survivors;
        Ok(())
    }

    fn may_be_absent(known: &Remembered, needed: Promise) -> Result<(), String> {
        if known.acknowledged || known.doubtful || known.promise < needed {
            return Ok(());
        }
        Err(format!("{} was {:?} and is lost", known.pair, known.promise))
    }
}
