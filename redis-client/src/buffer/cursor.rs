//! The two small files beside the segments: the acknowledged position, and who writes this log.
//!
//! Both are [`slots`](super::slots) files, replaced in place without ever leaving no valid value. A cursor that is
//! older than it should be costs repeated records, never a lost one: it only ever moves forward.

use super::record::{Fields, Pair, chunk};
use super::slots::{BODY_BYTES, Body};

/// The file of the cursor.
pub(crate) const CURSOR_FILE: &str = "cursor";
/// The file of the producer's id and epoch.
pub(crate) const PRODUCER_FILE: &str = "producer";
pub(crate) const CURSOR_MAGIC: [u8; 8] = *b"\xF5RCcurs\n";
pub(crate) const PRODUCER_MAGIC: [u8; 8] = *b"\xF5RCprod\n";

/// Up to where everything is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cursor {
    pub(crate) log_id: [u8; 16],
    /// Every record up to this pair is acknowledged or dropped.
    pub(crate) acknowledged: Pair,
    /// The lowest segment that can hold an unacknowledged record; those below are garbage.
    pub(crate) segment: u64,
    /// Where in it the first unacknowledged record starts.
    pub(crate) offset: u64,
    /// That record's ordinal within the segment.
    pub(crate) ordinal: u32,
    /// The newest segment that is known to have survived its creation; 0 for none.
    pub(crate) newest_segment: u64,
    /// Segments below this one are known to be synced whole.
    pub(crate) synced_below: u64,
    /// The epoch in which this was written.
    pub(crate) epoch: u64,
    /// Records dropped unsent because the log was full, ever.
    pub(crate) dropped: u64,
}

impl Cursor {
    pub(crate) fn encode(&self) -> Body {
        let mut body = [0; BODY_BYTES];
        let mut fields = Fields {
            bytes: &mut body,
            at: 0,
        };
        fields.put(&self.log_id);
        fields.put(&self.acknowledged.epoch.to_le_bytes());
        fields.put(&self.acknowledged.sequence.to_le_bytes());
        fields.put(&self.segment.to_le_bytes());
        fields.put(&self.offset.to_le_bytes());
        fields.put(&self.ordinal.to_le_bytes());
        fields.put(&[0; 4]);
        fields.put(&self.newest_segment.to_le_bytes());
        fields.put(&self.synced_below.to_le_bytes());
        fields.put(&self.epoch.to_le_bytes());
        fields.put(&self.dropped.to_le_bytes());
        body
    }

    pub(crate) fn decode(body: &Body) -> Option<Self> {
        Some(Self {
            log_id: chunk(body, 0)?,
            acknowledged: Pair {
                epoch: number(body, 16)?,
                sequence: number(body, 24)?,
            },
            segment: number(body, 32)?,
            offset: number(body, 40)?,
            ordinal: u32::from_le_bytes(chunk(body, 48)?),
            newest_segment: number(body, 56)?,
            synced_below: number(body, 64)?,
            epoch: number(body, 72)?,
            dropped: number(body, 80)?,
        })
    }
}

/// Who writes this log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "`producer_id` is the word of the fence and of the segment header"
)]
pub(crate) struct Producer {
    /// Drawn when the directory was made and kept for good: the checksums of all records start from it.
    pub(crate) log_id: [u8; 16],
    /// Names this writer to a fence; a copied directory gets a new one.
    pub(crate) producer_id: [u8; 16],
    /// How often the directory was opened.
    pub(crate) epoch: u64,
    /// Which files must be there beside the log.
    pub(crate) marks: Marks,
}

/// What is known of the files beside the log, so that one that has gone is missed.
///
/// Earlier builds of format 1 left zeros here, and leave them again: then nothing is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    /// The directory was fenced.
    pub(crate) is_fenced: bool,
    /// The checksum of the namespace's line: tells whether a namespace is the right one.
    pub(crate) namespace: Option<u32>,
    /// Of a fenced directory: the newest start that is known to have owned the fence, and the last one that set out to. Should the
    /// file `fence` be lost, one of them is the owner that Redis names.
    pub(crate) starts: [Start; 2],
}

/// A start of the directory that may have claimed its fence; zeros for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Start {
    pub(crate) epoch: u64,
    pub(crate) nonce: [u8; 16],
}

const MARK_FENCED: u32 = 1;
const MARK_NAMESPACE: u32 = 2;

impl Marks {
    fn decode(body: &Body) -> Option<Self> {
        let marks = u32::from_le_bytes(chunk(body, 40)?);
        let namespace = u32::from_le_bytes(chunk(body, 44)?);
        let start = |at| {
            Some(Start {
                epoch: number(body, at)?,
                nonce: chunk(body, at + 8)?,
            })
        };
        Some(Self {
            is_fenced: marks & MARK_FENCED != 0,
            namespace: (marks & MARK_NAMESPACE != 0).then_some(namespace),
            starts: [start(48)?, start(72)?],
        })
    }
}

impl Producer {
    pub(crate) fn encode(&self) -> Body {
        let mut body = [0; BODY_BYTES];
        let mut fields = Fields {
            bytes: &mut body,
            at: 0,
        };
        fields.put(&self.log_id);
        fields.put(&self.producer_id);
        fields.put(&self.epoch.to_le_bytes());
        let Marks {
            is_fenced,
            namespace,
            starts,
        } = self.marks;
        let fenced = if is_fenced { MARK_FENCED } else { 0 };
        let named = if namespace.is_some() { MARK_NAMESPACE } else { 0 };
        fields.put(&(fenced | named).to_le_bytes());
        fields.put(&namespace.unwrap_or_default().to_le_bytes());
        for start in starts {
            fields.put(&start.epoch.to_le_bytes());
            fields.put(&start.nonce);
        }
        body
    }

    pub(crate) fn decode(body: &Body) -> Option<Self> {
        Some(Self {
            log_id: chunk(body, 0)?,
            producer_id: chunk(body, 16)?,
            epoch: number(body, 32)?,
            marks: Marks::decode(body)?,
        })
    }
}

fn number(body: &Body, at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(chunk(body, at)?))
}
