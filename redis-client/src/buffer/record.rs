//! One record's bytes and checksums; pure, no files.
//!
//! A record can be recognised and checked by itself, so that a damaged neighbour or a lost segment header costs it
//! nothing. It starts with a marker that no UTF-8 text contains. Two CRC-32C follow each other: one over the header,
//! so that a length is believed only when it is intact, and one that goes on from it over channel, note and payload.
//! The first starts from a [`Seed`] made of the log's random id and the segment's number, and the header names the
//! record's own position in the file. So a payload that holds a copy of a record, and stale bytes from another file,
//! are not taken for one: `segment::scan` says what it does with a copy at a wrong position.
//!
//! The bytes are drawn in `docs/wal-format.md`.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::error::Error;
use super::note;
use crate::age::MaxAge;

/// Bytes of a record's header.
pub const HEADER_BYTES: usize = 52;
/// The first three bytes of each record; 0xF5 and 0xC1 never occur in UTF-8.
pub(crate) const MARKER: [u8; 3] = [0xF5, b'R', 0xC1];
/// The most bytes a record may have, header included: a record's position and end are 32 bits in the index.
pub(crate) const RECORD_BYTES_MAX: u64 = 1 << 30;
const KIND_EVENT: u8 = 1;
/// Where the header's checksum lies.
const HEADER_CRC: usize = 44;
/// Where the body's checksum lies.
const BODY_CRC: usize = 48;
/// How many records are encoded together: those of some hundred bytes stay in the processor's first cache meanwhile.
const ENCODED_AT_ONCE: usize = 32;

/// What numbers an accepted event: the start of the buffer, and the event's place in it.
///
/// Pairs are ordered by epoch, then by sequence. Both stay below 2^53, so that a Lua script can compare them.
///
/// ```
/// use redis_client::buffer::Pair;
///
/// assert!(Pair { epoch: 1, sequence: 900 } < Pair { epoch: 2, sequence: 1 });
/// assert_eq!(Pair { epoch: 2, sequence: 7 }.to_string(), "2.7");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pair {
    /// Which start of the buffer's directory accepted the event, counted from 1.
    pub epoch: u64,
    /// The event's number within the epoch, counted from 1.
    pub sequence: u64,
}

impl Pair {
    /// Both parts stay below this.
    ///
    /// ```
    /// use redis_client::buffer::Pair;
    ///
    /// // Whole numbers below it are exact in the doubles of Lua.
    /// assert_eq!((Pair::LIMIT - 1) as f64 as u64, Pair::LIMIT - 1);
    /// ```
    pub const LIMIT: u64 = 1 << 53;
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.epoch, self.sequence)
    }
}

/// A stored record: where an event was to go, its bytes, and when it was accepted.
///
/// ```
/// # use redis_client::buffer::FallbackBuffer;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// # let buffer = FallbackBuffer::open(dir.path())?;
/// buffer.append("orders.executed", br#"{"num_orders":3}"#)?;
/// let record = &buffer.peek(1)?[0];
/// assert_eq!(record.channel(), "orders.executed");
/// assert_eq!(record.payload(), br#"{"num_orders":3}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    pair: Pair,
    created_at_us: i64,
    /// Shared with the record before it where that has the same, as most have: a replay reads millions.
    channel: Arc<str>,
    note: String,
    payload: Vec<u8>,
}

impl Record {
    /// The pair it was accepted with.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// let pair = buffer.append("a", b"1")?;
    /// assert_eq!(buffer.peek(1)?[0].pair(), pair);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn pair(&self) -> Pair {
        self.pair
    }

    /// The Redis channel it was for.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("orders.executed", b"{}")?;
    /// assert_eq!(buffer.peek(1)?[0].channel(), "orders.executed");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// The bytes to publish.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("orders.executed", b"{}")?;
    /// assert_eq!(buffer.peek(1)?[0].payload(), b"{}");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The bytes to publish, without a copy.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("orders.executed", b"{}")?;
    /// let record = buffer.peek(1)?.remove(0);
    /// assert_eq!(record.into_payload(), b"{}");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn into_payload(self) -> Vec<u8> {
        self.payload
    }

    /// When it was accepted, to the microsecond.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # use std::time::{Duration, SystemTime};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// let before = SystemTime::now() - Duration::from_secs(1);
    /// buffer.append("a", b"1")?;
    /// assert!(buffer.peek(1)?[0].created_at() > before);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn created_at(&self) -> SystemTime {
        time_of(self.created_at_us)
    }

    /// When it was accepted, in microseconds since 1970.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # use std::time::{Duration, UNIX_EPOCH};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// let record = &buffer.peek(1)?[0];
    /// let since_1970 = Duration::from_micros(record.created_at_us().unsigned_abs());
    /// assert_eq!(record.created_at(), UNIX_EPOCH + since_1970);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn created_at_us(&self) -> i64 {
        self.created_at_us
    }

    /// Why it is a dead letter: the server's words (`ERR ..`), or what this side found. `None` for records of a buffer, and for
    /// dead letters that were written before reasons were.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// assert_eq!(buffer.peek(1)?[0].reason(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        note::reason(self.note())
    }

    /// When the event is too old to be of use, and what becomes of it then; `None` for never.
    ///
    /// ```
    /// # use redis_client::buffer::FallbackBuffer;
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// # let buffer = FallbackBuffer::open(dir.path())?;
    /// buffer.append("a", b"1")?;
    /// assert_eq!(buffer.peek(1)?[0].max_age(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_age(&self) -> Option<MaxAge> {
        note::max_age(self.note())
    }

    /// All that is noted of it.
    pub(crate) fn note(&self) -> &str {
        &self.note
    }
}

/// Without the payload: it may be large, and it is nobody's business in a log.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("pair", &self.pair)
            .field("channel", &self.channel)
            .field("payload_bytes", &self.payload.len())
            .field("created_at_us", &self.created_at_us)
            .field("note", &self.note)
            .finish()
    }
}

/// Microseconds since 1970; times out of range are clamped.
pub(crate) fn micros_of(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |micros| -micros),
    }
}

pub(crate) fn time_of(micros: i64) -> SystemTime {
    let distance = Duration::from_micros(micros.unsigned_abs());
    let time = if micros < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    };
    time.unwrap_or(UNIX_EPOCH)
}

/// A record about to be appended.
#[derive(Debug, Clone, Copy)]
pub struct NewRecord<'a> {
    /// Its pair; greater than every pair before it.
    pub pair: Pair,
    /// The Redis channel, at most 65,535 bytes.
    pub channel: &'a str,
    /// The bytes to publish.
    pub payload: &'a [u8],
    /// When it was accepted, in microseconds since 1970.
    pub created_at_us: i64,
    /// What else is known of it, in the words of `note.rs`; at most 65,535 bytes.
    pub note: &'a str,
}

impl<'a> NewRecord<'a> {
    /// One that has no pair yet, and nothing noted of it.
    pub(super) fn unnumbered(channel: &'a str, payload: &'a [u8], created_at_us: i64) -> Self {
        Self {
            pair: Pair::default(),
            channel,
            payload,
            created_at_us,
            note: "",
        }
    }

    /// The bytes it takes on disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        HEADER_BYTES as u64 + self.channel.len() as u64 + self.note.len() as u64 + self.payload.len() as u64
    }

    /// Refuses what the fields of a header cannot say.
    pub(super) fn check_size(&self) -> Result<(), Error> {
        let longest = self.channel.len().max(self.note.len());
        if self.bytes() > RECORD_BYTES_MAX || longest > usize::from(u16::MAX) {
            return Err(Error::TooLarge {
                bytes: self.bytes(),
                bytes_max: RECORD_BYTES_MAX,
            });
        }
        Ok(())
    }
}

/// What binds a record to its log and segment: the value its header's checksum starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed(u32);

impl Seed {
    pub(crate) fn new(log_id: [u8; 16], segment: u64) -> Self {
        Self(crc32c::crc32c_append(
            crc32c::crc32c(&log_id),
            &segment.to_le_bytes(),
        ))
    }

    /// For a test that forges records.
    #[cfg(test)]
    pub(crate) fn value(self) -> u32 {
        self.0
    }
}

/// An intact header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_field_names,
    reason = "the checksum of the header beside that of the body"
)]
pub(crate) struct Header {
    pub(crate) pair: Pair,
    pub(crate) created_at_us: i64,
    pub(crate) kind: u8,
    pub(crate) position: u32,
    pub(crate) ordinal: u32,
    channel_len: u16,
    note_len: u16,
    payload_len: u32,
    header_crc: u32,
    body_crc: u32,
}

/// Appends a record's bytes to `out`. The record's size was checked against `RECORD_BYTES_MAX`, so lengths fit.
pub(crate) fn encode(out: &mut Vec<u8>, seed: Seed, position: u32, ordinal: u32, record: &NewRecord<'_>) {
    encode_all(out, seed, position, ordinal, std::slice::from_ref(record));
}

/// The same for records that lie one behind the other from `position` on.
///
/// In three steps, each for several records, because a checksum is a chain in which each step waits for the one before it.
/// What it reads must not have just been written in other pieces, or it waits until all that is under way in the
/// processor is done; and only checksums that do not wait for one another, as those of headers, are computed side by side.
pub(crate) fn encode_all(
    out: &mut Vec<u8>,
    seed: Seed,
    mut position: u32,
    mut ordinal: u32,
    records: &[NewRecord<'_>],
) {
    for some in records.chunks(ENCODED_AT_ONCE) {
        let start = out.len();
        for record in some {
            lay_out(out, position, ordinal, record);
            position = position.saturating_add(u32::try_from(record.bytes()).unwrap_or(u32::MAX));
            ordinal = ordinal.saturating_add(1);
        }
        let laid_out = out.get_mut(start..).unwrap_or_default();
        for_each(laid_out, some, |header, _| seal_header(header, seed));
        for_each(laid_out, some, seal_body);
    }
}

/// Visits the bytes of each record.
fn for_each(
    mut bytes: &mut [u8],
    records: &[NewRecord<'_>],
    mut visit: impl FnMut(&mut [u8; HEADER_BYTES], &[u8]),
) {
    for record in records {
        let size = usize::try_from(record.bytes()).unwrap_or(usize::MAX);
        let (own, behind) = bytes.split_at_mut_checked(size).unwrap_or_default();
        if let Some((header, body)) = own.split_first_chunk_mut() {
            visit(header, body);
        }
        bytes = behind;
    }
}

/// Everything of a record but its checksums.
fn lay_out(out: &mut Vec<u8>, position: u32, ordinal: u32, record: &NewRecord<'_>) {
    let channel_len = u16::try_from(record.channel.len()).unwrap_or(u16::MAX);
    let note_len = u16::try_from(record.note.len()).unwrap_or(u16::MAX);
    let payload_len = u32::try_from(record.payload.len()).unwrap_or(u32::MAX);
    let mut header = [0_u8; HEADER_BYTES];
    let mut fields = Fields {
        bytes: &mut header,
        at: 0,
    };
    fields.put(&MARKER);
    fields.put(&[KIND_EVENT]);
    fields.put(&payload_len.to_le_bytes());
    fields.put(&position.to_le_bytes());
    fields.put(&ordinal.to_le_bytes());
    fields.put(&channel_len.to_le_bytes());
    fields.put(&note_len.to_le_bytes());
    fields.put(&record.pair.epoch.to_le_bytes());
    fields.put(&record.pair.sequence.to_le_bytes());
    fields.put(&record.created_at_us.to_le_bytes());
    out.extend_from_slice(&header);
    out.extend_from_slice(record.channel.as_bytes());
    out.extend_from_slice(record.note.as_bytes());
    out.extend_from_slice(record.payload);
}

fn seal_header(header: &mut [u8; HEADER_BYTES], seed: Seed) {
    let crc = checksum(seed, header);
    put_at(header, HEADER_CRC, crc);
}

fn seal_body(header: &mut [u8; HEADER_BYTES], body: &[u8]) {
    let header_crc = chunk(header, HEADER_CRC).map_or(0, u32::from_le_bytes);
    // One pass over the body where it lies together: a checksum of two short pieces costs twice.
    put_at(header, BODY_CRC, crc32c::crc32c_append(header_crc, body));
}

fn put_at(header: &mut [u8; HEADER_BYTES], at: usize, crc: u32) {
    Fields { bytes: header, at }.put(&crc.to_le_bytes());
}

/// The header's checksum covers all that is before it.
fn checksum(seed: Seed, header: &[u8; HEADER_BYTES]) -> u32 {
    crc32c::crc32c_append(seed.0, header.get(..HEADER_CRC).unwrap_or_default())
}

/// Reads the header at the start of `bytes`; `None` when there is no intact one.
pub(crate) fn parse(bytes: &[u8], seed: Seed) -> Option<Header> {
    let header = bytes.first_chunk::<HEADER_BYTES>()?;
    if !header.starts_with(&MARKER) {
        return None;
    }
    let parsed = Header {
        kind: header[3],
        payload_len: u32::from_le_bytes(chunk(header, 4)?),
        position: u32::from_le_bytes(chunk(header, 8)?),
        ordinal: u32::from_le_bytes(chunk(header, 12)?),
        channel_len: u16::from_le_bytes(chunk(header, 16)?),
        note_len: u16::from_le_bytes(chunk(header, 18)?),
        pair: Pair {
            epoch: u64::from_le_bytes(chunk(header, 20)?),
            sequence: u64::from_le_bytes(chunk(header, 28)?),
        },
        created_at_us: i64::from_le_bytes(chunk(header, 36)?),
        header_crc: u32::from_le_bytes(chunk(header, HEADER_CRC)?),
        body_crc: u32::from_le_bytes(chunk(header, BODY_CRC)?),
    };
    (checksum(seed, header) == parsed.header_crc).then_some(parsed)
}

impl Header {
    /// The bytes of the whole record.
    pub(crate) fn record_bytes(&self) -> u64 {
        HEADER_BYTES as u64
            + u64::from(self.channel_len)
            + u64::from(self.note_len)
            + u64::from(self.payload_len)
    }

    /// Whether this version knows what to do with it.
    pub(crate) fn is_known(&self) -> bool {
        self.kind == KIND_EVENT
    }

    /// The rest of a record that starts `bytes`, when it is all there and intact.
    pub(crate) fn body<'a>(&self, bytes: &'a [u8]) -> Option<Body<'a>> {
        let end = usize::try_from(self.record_bytes()).ok()?;
        let body = bytes.get(HEADER_BYTES..end)?;
        if crc32c::crc32c_append(self.header_crc, body) != self.body_crc {
            return None;
        }
        let (channel, rest) = body.split_at_checked(usize::from(self.channel_len))?;
        let (note, payload) = rest.split_at_checked(usize::from(self.note_len))?;
        Some(Body {
            channel: std::str::from_utf8(channel).ok()?,
            note: std::str::from_utf8(note).ok()?,
            payload,
        })
    }

    /// The record as its own value; `before` is the one read before it.
    pub(crate) fn to_record(self, body: &Body<'_>, before: Option<&Record>) -> Record {
        let channel = match before {
            Some(before) if *before.channel == *body.channel => Arc::clone(&before.channel),
            _ => body.channel.into(),
        };
        Record {
            pair: self.pair,
            created_at_us: self.created_at_us,
            channel,
            note: body.note.to_owned(),
            payload: body.payload.to_owned(),
        }
    }
}

/// A record's checked content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Body<'a> {
    pub(crate) channel: &'a str,
    pub(crate) note: &'a str,
    pub(crate) payload: &'a [u8],
}

/// `N` bytes of `bytes` from `at` on.
pub(super) fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// Writes one field after the other into a fixed buffer that is large enough by construction.
pub(super) struct Fields<'a> {
    pub(super) bytes: &'a mut [u8],
    pub(super) at: usize,
}

impl Fields<'_> {
    pub(super) fn put(&mut self, field: &[u8]) {
        let end = self.at + field.len();
        if let Some(place) = self.bytes.get_mut(self.at..end) {
            place.copy_from_slice(field);
        }
        self.at = end;
    }
}
