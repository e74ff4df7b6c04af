//! One segment file: its name, its header page, and the scan that tells records from damage.
//!
//! A segment is a page of 4,096 bytes with two copies of a header, then records without a gap, then zeros that were
//! written ahead. The header holds nothing that a record needs: with both copies gone every record is still found.
//!
//! [`scan`] believes nothing but checksums. It walks from record to record; where no intact record starts it looks for
//! the next marker, to the end of the file, since zeros and damage may be followed by intact records. Within damage it
//! looks a second time for records that stand at another place than they were written to (bytes were inserted or taken
//! out before them). Such a record is taken only if its pair lies strictly between those of its intact neighbours, so
//! that a copy of a record inside another's payload, or a block copied to a wrong place, yields nothing twice.

use super::record::{self, Fields, Header, Pair, Seed, chunk};

/// Where the first record starts.
pub(crate) const RECORDS_START: u64 = 4096;
/// The format of segment files.
pub(crate) const FORMAT: u32 = 1;
const MAGIC: [u8; 8] = *b"\xF5RCwal\r\n";
const HEADER_BYTES: usize = 96;
const SECOND_COPY: usize = 2048;
/// The smallest unit a disk loses or keeps whole.
const SECTOR: usize = 512;

/// The file name of a segment.
pub(crate) fn name(number: u64) -> String {
    format!("{number:020}.wal")
}

/// The number of a segment, from its file name.
pub(crate) fn number(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".wal")?;
    let plain = digits.len() == 20 && digits.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// What a segment says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SegmentHeader {
    pub(crate) log_id: [u8; 16],
    pub(crate) producer_id: [u8; 16],
    pub(crate) number: u64,
    pub(crate) epoch: u64,
    /// The last pair before this segment.
    pub(crate) previous: Pair,
    /// How many records the segment before holds.
    pub(crate) previous_records: u64,
    pub(crate) created_at_us: i64,
}

impl SegmentHeader {
    /// The header page.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut header = [0; HEADER_BYTES];
        let mut fields = Fields {
            bytes: &mut header,
            at: 0,
        };
        fields.put(&MAGIC);
        fields.put(&FORMAT.to_le_bytes());
        fields.put(&[0; 4]);
        fields.put(&self.log_id);
        fields.put(&self.producer_id);
        fields.put(&self.number.to_le_bytes());
        fields.put(&self.epoch.to_le_bytes());
        fields.put(&self.previous.epoch.to_le_bytes());
        fields.put(&self.previous.sequence.to_le_bytes());
        fields.put(&self.previous_records.to_le_bytes());
        fields.put(&self.created_at_us.to_le_bytes());
        let crc = checksum(&header);
        Fields {
            bytes: &mut header,
            at: 12,
        }
        .put(&crc.to_le_bytes());
        let mut page = vec![0; usize::try_from(RECORDS_START).unwrap_or_default()];
        Fields {
            bytes: &mut page,
            at: 0,
        }
        .put(&header);
        Fields {
            bytes: &mut page,
            at: SECOND_COPY,
        }
        .put(&header);
        page
    }
}

fn checksum(header: &[u8]) -> u32 {
    let start = crc32c::crc32c(header.get(..12).unwrap_or_default());
    crc32c::crc32c_append(start, header.get(16..).unwrap_or_default())
}

/// What the header page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderPage {
    /// At least one copy is intact; `damaged` counts the others.
    Intact { header: SegmentHeader, damaged: u8 },
    /// No copy is.
    Lost,
    /// Written by a newer version.
    Newer(u32),
}

/// Reads the header page at the start of a file.
pub(crate) fn read_header(page: &[u8]) -> HeaderPage {
    let copy = |at: usize| -> Option<Result<SegmentHeader, u32>> {
        let header: [u8; HEADER_BYTES] = chunk(page, at)?;
        if !header.starts_with(&MAGIC) || u32::from_le_bytes(chunk(&header, 12)?) != checksum(&header) {
            return None;
        }
        let number = |at| Some(u64::from_le_bytes(chunk(&header, at)?));
        let format = u32::from_le_bytes(chunk(&header, 8)?);
        if format != FORMAT {
            return Some(Err(format));
        }
        Some(Ok(SegmentHeader {
            log_id: chunk(&header, 16)?,
            producer_id: chunk(&header, 32)?,
            number: number(48)?,
            epoch: number(56)?,
            previous: Pair {
                epoch: number(64)?,
                sequence: number(72)?,
            },
            previous_records: number(80)?,
            created_at_us: i64::from_le_bytes(chunk(&header, 88)?),
        }))
    };
    match (copy(0), copy(SECOND_COPY)) {
        (Some(Err(format)), _) | (_, Some(Err(format))) => HeaderPage::Newer(format),
        (Some(Ok(header)), other) => HeaderPage::Intact {
            header,
            damaged: u8::from(other.is_none()),
        },
        (None, Some(Ok(header))) => HeaderPage::Intact { header, damaged: 1 },
        (None, None) => HeaderPage::Lost,
    }
}

/// An intact record and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) pair: Pair,
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) ordinal: u32,
    pub(crate) created_at_us: i64,
    /// Whether it stands where it was written; if not, it lies within one of the gaps.
    pub(crate) in_place: bool,
}

/// A range that holds no intact record in its place, before an intact one or with one that was displaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// How many records it cost.
    pub(crate) records: u64,
}

/// What follows the last record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Nothing, or zeros written ahead.
    Clean,
    /// A write that did not finish.
    Torn { end: u64 },
    /// Bytes that no interrupted write leaves.
    Corrupt { end: u64, records: u64 },
}

/// What a segment's bytes hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scan {
    /// The intact records, by pair.
    pub(crate) found: Vec<Found>,
    pub(crate) gaps: Vec<Gap>,
    /// Where the records end; the tail starts here.
    pub(crate) end: u64,
    pub(crate) tail: Tail,
    /// A record of a kind that this version does not know, with intact checksums.
    pub(crate) newer: Option<u64>,
}

/// Scans the bytes of a segment from the file's offset `base` on, where a record with this ordinal is expected.
pub(crate) fn scan(bytes: &[u8], base: u64, ordinal: u32, seed: Seed) -> Scan {
    let mut scanner = Scanner {
        bytes,
        base,
        seed,
        found: Vec::new(),
        holes: Vec::new(),
        newer: None,
    };
    scanner.walk();
    scanner.finish(ordinal)
}

/// A range without an intact record in its place, as offsets into the scanned bytes.
#[derive(Debug, Clone, Copy)]
struct Hole {
    start: usize,
    end: usize,
    /// How many records were found before it.
    after: usize,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    base: u64,
    seed: Seed,
    found: Vec<Found>,
    holes: Vec<Hole>,
    newer: Option<u64>,
}

impl Scanner<'_> {
    fn header_at(&self, at: usize) -> Option<Header> {
        record::parse(self.bytes.get(at..)?, self.seed)
    }

    fn is_in_place(&self, header: &Header, at: usize) -> bool {
        u64::from(header.position) == self.base + at as u64
    }

    /// The index counts on it: one epoch in a segment, and sequences within 32 bits of its first.
    fn is_near(&self, header: &Header) -> bool {
        self.found.first().is_none_or(|first| {
            let distance = header.pair.sequence.checked_sub(first.pair.sequence);
            header.pair.epoch == first.pair.epoch
                && distance.is_some_and(|distance| u32::try_from(distance).is_ok())
        })
    }

    fn found(&self, header: &Header, at: usize, in_place: bool) -> Found {
        let start = self.base + at as u64;
        Found {
            pair: header.pair,
            start,
            end: start + header.record_bytes(),
            ordinal: header.ordinal,
            created_at_us: header.created_at_us,
            in_place,
        }
    }

    /// From record to record; what lies between becomes holes.
    fn walk(&mut self) {
        let mut at = 0;
        let mut hole: Option<usize> = None;
        // Bound: `at` grows in each turn.
        while at < self.bytes.len() {
            let header = self.header_at(at).filter(|header| self.is_in_place(header, at));
            let end = header.and_then(|header| at.checked_add(usize::try_from(header.record_bytes()).ok()?));
            let extent = end.filter(|end| *end <= self.bytes.len());
            if let (Some(header), Some(end)) = (header, extent) {
                let intact = self
                    .bytes
                    .get(at..)
                    .is_some_and(|bytes| header.body(bytes).is_some());
                let last = self.found.last().map(|last| last.pair);
                let follows = last.is_none_or(|last| header.pair > last && self.is_near(&header));
                if intact && !header.is_known() {
                    self.newer.get_or_insert(self.base + at as u64);
                }
                if intact && follows {
                    if let Some(start) = hole.take() {
                        self.holes.push(Hole {
                            start,
                            end: at,
                            after: self.found.len(),
                        });
                    }
                    self.found.push(self.found(&header, at, true));
                } else {
                    hole.get_or_insert(at);
                }
                // The header is intact and in its place, so its length is to be believed whatever became of the body.
                at = end;
            } else {
                hole.get_or_insert(at);
                at = next_marker(self.bytes, at + 1);
            }
        }
        if let Some(start) = hole {
            self.holes.push(Hole {
                start,
                end: self.bytes.len(),
                after: self.found.len(),
            });
        }
    }

    /// Intact records within a hole that were written elsewhere, with pairs between those of the hole's neighbours.
    fn displaced(&self, hole: Hole) -> Vec<Found> {
        let mut last = hole
            .after
            .checked_sub(1)
            .and_then(|before| self.found.get(before))
            .map(|found| found.pair);
        let next = self.found.get(hole.after).map(|found| found.pair);
        let epoch = last.or(next).map(|pair| pair.epoch);
        let Some(bytes) = self.bytes.get(..hole.end) else {
            return Vec::new();
        };
        let mut displaced = Vec::new();
        let mut at = next_marker(bytes, hole.start);
        // Bound: `at` grows in each turn.
        while at < bytes.len() {
            let header = self.header_at(at).filter(|header| {
                header.is_known()
                    && !self.is_in_place(header, at)
                    && last.is_none_or(|last| header.pair > last)
                    && next.is_none_or(|next| header.pair < next)
                    && epoch.is_none_or(|epoch| header.pair.epoch == epoch)
                    && bytes.get(at..).is_some_and(|bytes| header.body(bytes).is_some())
            });
            let end = header.and_then(|header| at.checked_add(usize::try_from(header.record_bytes()).ok()?));
            if let (Some(header), Some(end)) = (header, end) {
                displaced.push(self.found(&header, at, false));
                last = Some(header.pair);
                at = next_marker(bytes, end);
            } else {
                at = next_marker(bytes, at + 1);
            }
        }
        displaced
    }

    fn finish(self, ordinal: u32) -> Scan {
        let in_place_end = self.found.last().map_or(self.base, |last| last.end);
        let mut scan = Scan {
            found: Vec::new(),
            gaps: Vec::new(),
            end: in_place_end,
            tail: Tail::Clean,
            newer: self.newer,
        };
        let mut taken = 0;
        let mut expected = ordinal;
        for hole in &self.holes {
            let before = self.found.get(taken..hole.after).unwrap_or_default();
            scan.found.extend_from_slice(before);
            expected = before
                .last()
                .map_or(expected, |last| last.ordinal.saturating_add(1));
            taken = hole.after;
            let content = self.bytes.get(hole.start..hole.end).unwrap_or_default();
            let used = content.len() - trailing_zeros(content);
            let start = self.base + hole.start as u64;
            let next = self.found.get(hole.after);
            let displaced = if used == 0 {
                Vec::new()
            } else {
                self.displaced(*hole)
            };
            if next.is_none() && displaced.is_empty() {
                scan.tail = self.judge_tail(hole.start, hole.start + used);
                continue;
            }
            let after = next.or(displaced.last()).map_or(expected, |next| next.ordinal);
            let inner = displaced.len() as u64 - u64::from(next.is_none());
            let records = u64::from(after.saturating_sub(expected)).saturating_sub(inner);
            let end = if next.is_none() {
                start + used as u64
            } else {
                self.base + hole.end as u64
            };
            scan.gaps.push(Gap { start, end, records });
            if next.is_none() {
                scan.end = end;
            }
            scan.found.extend(displaced);
        }
        scan.found
            .extend_from_slice(self.found.get(taken..).unwrap_or_default());
        scan
    }

    /// Tells an interrupted write from damage, in the bytes after the last record.
    ///
    /// A write that stopped leaves a prefix; a power cut leaves some sectors out, which then are the zeros written
    /// ahead. Anything else is damage. Both are kept and reported; only the name and the count differ.
    fn judge_tail(&self, start: usize, end: usize) -> Tail {
        if start == end {
            return Tail::Clean;
        }
        let end_offset = self.base + end as u64;
        let torn = match self
            .header_at(start)
            .filter(|header| self.is_in_place(header, start))
        {
            // The record goes on beyond what was written of it.
            Some(header) => (end as u64) < start as u64 + header.record_bytes(),
            None => end - start < record::HEADER_BYTES,
        };
        if torn || self.lost_sector(start, end) {
            return Tail::Torn { end: end_offset };
        }
        let mut records: u64 = 0;
        let mut at = start;
        // Bound: `at` grows in each turn.
        while at < end {
            records += u64::from(
                self.bytes
                    .get(at..)
                    .is_some_and(|bytes| bytes.starts_with(&record::MARKER)),
            );
            let header = self.header_at(at).filter(|header| self.is_in_place(header, at));
            let skip = header
                .and_then(|header| usize::try_from(header.record_bytes()).ok())
                .unwrap_or(1);
            at = next_marker(self.bytes, at.saturating_add(skip));
        }
        Tail::Corrupt {
            end: end_offset,
            records: records.max(1),
        }
    }

    /// Whether a whole sector between `start` and `end` is zeros, the first one from `start` on.
    fn lost_sector(&self, start: usize, end: usize) -> bool {
        let mut at = start;
        // Bound: `at` grows in each turn.
        while at < end {
            let offset = usize::try_from(self.base % SECTOR as u64).unwrap_or_default() + at;
            let next = at + SECTOR - offset % SECTOR;
            if next <= end
                && self
                    .bytes
                    .get(at..next)
                    .is_some_and(|sector| sector.iter().all(|byte| *byte == 0))
            {
                return true;
            }
            at = next;
        }
        false
    }
}

/// Where the next marker starts, at `from` or later; the end of `bytes` when there is none.
fn next_marker(bytes: &[u8], from: usize) -> usize {
    const STEP: usize = 64;
    let [first, ..] = record::MARKER;
    let mut at = from;
    // Bound: `at` grows in each turn.
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let step = rest.get(..STEP).unwrap_or(rest);
        // The whole step without an early exit: that is what the compiler makes wide instructions of.
        if step
            .iter()
            .fold(0_u8, |seen, byte| seen | u8::from(*byte == first))
            == 0
        {
            at += step.len();
            continue;
        }
        let hit = step.iter().position(|byte| *byte == first).unwrap_or_default();
        if rest
            .get(hit..)
            .is_some_and(|candidate| candidate.starts_with(&record::MARKER))
        {
            return at + hit;
        }
        at += hit + 1;
    }
    bytes.len()
}

fn trailing_zeros(bytes: &[u8]) -> usize {
    const STEP: usize = 64;
    let mut end = bytes.len();
    // Bound: `end` shrinks in each turn.
    while end >= STEP {
        let step = bytes.get(end - STEP..end).unwrap_or_default();
        if step.iter().fold(0, |seen, byte| seen | byte) != 0 {
            break;
        }
        end -= STEP;
    }
    while end > 0 && bytes.get(end - 1) == Some(&0) {
        end -= 1;
    }
    bytes.len() - end
}
