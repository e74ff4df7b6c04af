//! What opening finds: reads the directory and scans the segments. Changes nothing.

use std::collections::BTreeSet;

use super::super::claims::FENCE_FILE;
use super::super::namespace::NAMESPACE_FILE;
use super::super::requeue::REQUEUE_FILE;
use super::{DAMAGED, DAMAGED_FOLDER, DEAD_LETTERS_FOLDER, LOCK_FILE, TEMPORARY};
use crate::buffer::cursor::{CURSOR_FILE, CURSOR_MAGIC, Cursor, PRODUCER_FILE, PRODUCER_MAGIC, Producer};
use crate::buffer::error::Error;
use crate::buffer::record::{Pair, Seed};
use crate::buffer::segment::{self, HeaderPage, RECORDS_START, Scan, SegmentHeader};
use crate::buffer::slots::{self, Body, Slots};
use crate::buffer::storage::{Access, Disk, Storage};

/// A file of two slots, as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotFile<T> {
    Absent,
    Value {
        value: T,
        generation: u64,
        damaged: bool,
    },
    Lost,
}

/// A segment, as it was found.
#[derive(Debug)]
pub(crate) struct Surveyed {
    pub(crate) file: String,
    pub(crate) number: u64,
    pub(crate) size: u64,
    pub(crate) header: HeaderPage,
    /// `None` when the cursor says that all of it is acknowledged, or when it belongs to another log.
    pub(crate) scan: Option<Scan>,
    /// The last intact record's pair.
    pub(crate) last: Option<Pair>,
}

/// All that was read.
#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) producer: SlotFile<Producer>,
    pub(crate) cursor: SlotFile<Cursor>,
    /// The id the segments were scanned with: the producer file's, or what the newest segment or the cursor says.
    pub(crate) log_id: Option<[u8; 16]>,
    /// Ordered by number.
    pub(crate) segments: Vec<Surveyed>,
    pub(crate) temporary: Vec<String>,
    pub(crate) strays: Vec<String>,
    /// Segments in which damage was set aside before, so that it is not reported again.
    pub(crate) noted: BTreeSet<u64>,
    /// Pieces of damage in the folder that keeps them.
    pub(crate) damaged: u64,
}

impl Survey {
    /// Whether any file of a log was found.
    pub(crate) fn is_of_a_log(&self) -> bool {
        let has_slots =
            !matches!(self.producer, SlotFile::Absent) || !matches!(self.cursor, SlotFile::Absent);
        has_slots || !self.segments.is_empty()
    }
}

/// Reads the directory. Changes nothing.
pub(crate) fn survey<S: Storage>(disk: &Disk<S>) -> Result<Survey, Error> {
    let mut names = Vec::new();
    let mut temporary = Vec::new();
    let mut strays = Vec::new();
    for entry in disk.list("")? {
        let known = match entry.name.as_str() {
            PRODUCER_FILE | CURSOR_FILE | LOCK_FILE | NAMESPACE_FILE | FENCE_FILE | REQUEUE_FILE => {
                entry.is_file
            }
            DAMAGED_FOLDER | DEAD_LETTERS_FOLDER => !entry.is_file,
            _ => false,
        };
        if known {
            continue;
        }
        match segment::number(&entry.name) {
            Some(number) if entry.is_file => names.push((number, entry)),
            _ if entry.is_file && entry.name.ends_with(TEMPORARY) => temporary.push(entry.name),
            _ => strays.push(entry.name),
        }
    }
    let producer = read_slots(disk, PRODUCER_FILE, PRODUCER_MAGIC, Producer::decode)?;
    let cursor = read_slots(disk, CURSOR_FILE, CURSOR_MAGIC, Cursor::decode)?;
    let mut segments = Vec::new();
    for (named, entry) in names {
        if let Some(found) = read_page(disk, named, entry.name, entry.size)? {
            segments.push(found);
        }
    }
    let log_id = match (&producer, &cursor) {
        (SlotFile::Value { value, .. }, _) => Some(value.log_id),
        (_, cursor) => newest_header(&segments)
            .map(|header| header.log_id)
            .or(match cursor {
                SlotFile::Value { value, .. } => Some(value.log_id),
                _ => None,
            }),
    };
    right_the_names(&mut segments);
    if let Some(log_id) = log_id {
        let position = match &cursor {
            SlotFile::Value { value, .. } if value.log_id == log_id => Some(value),
            _ => None,
        };
        let mut bytes = Vec::new();
        for segment in &mut segments {
            scan_segment(disk, segment, log_id, position, &mut bytes)?;
        }
    }
    let mut noted = BTreeSet::new();
    let mut damaged = 0;
    for entry in disk.list(DAMAGED_FOLDER)? {
        damaged += u64::from(entry.name.ends_with(DAMAGED));
        noted.extend(entry.name.get(..20).and_then(|digits| digits.parse::<u64>().ok()));
    }
    Ok(Survey {
        producer,
        cursor,
        log_id,
        segments,
        temporary,
        strays,
        noted,
        damaged,
    })
}

pub(super) fn newest_header(segments: &[Surveyed]) -> Option<&SegmentHeader> {
    segments.iter().rev().find_map(|segment| match &segment.header {
        HeaderPage::Intact { header, .. } => Some(header),
        _ => None,
    })
}

fn read_slots<S: Storage, T>(
    disk: &Disk<S>,
    file: &str,
    magic: [u8; 8],
    decode: impl Fn(&Body) -> Option<T>,
) -> Result<SlotFile<T>, Error> {
    let mut bytes = Vec::new();
    match disk.open(file, Access::Read) {
        Ok(opened) => opened.read_from(&mut bytes, 0)?,
        Err(error) if is_absent(&error) => return Ok(SlotFile::Absent),
        Err(error) => return Err(error),
    }
    match slots::read(magic, &bytes) {
        Slots::Newer(found) => Err(Error::Version {
            path: disk.path_of(file),
            found,
            supported: slots::FORMAT,
        }),
        Slots::Lost => Ok(SlotFile::Lost),
        Slots::Value {
            generation,
            body,
            damaged,
        } => Ok(match decode(&body) {
            Some(value) => SlotFile::Value {
                value,
                generation,
                damaged: damaged > 0,
            },
            None => SlotFile::Lost,
        }),
    }
}

pub(crate) fn is_absent(error: &Error) -> bool {
    matches!(error, Error::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound)
}

/// Reads a segment's header page; `None` when the file has gone meanwhile.
fn read_page<S: Storage>(
    disk: &Disk<S>,
    number: u64,
    file: String,
    size: u64,
) -> Result<Option<Surveyed>, Error> {
    let opened = match disk.open(&file, Access::Read) {
        Err(error) if is_absent(&error) => return Ok(None),
        other => other?,
    };
    let mut page = vec![0; usize::try_from(RECORDS_START).unwrap_or_default()];
    let read = opened.read_at(&mut page, 0)?;
    page.truncate(read);
    let header = segment::read_header(&page);
    if let HeaderPage::Newer(found) = header {
        return Err(Error::Version {
            path: disk.path_of(&file),
            found,
            supported: segment::FORMAT,
        });
    }
    Ok(Some(Surveyed {
        file,
        number,
        size,
        header,
        scan: None,
        last: None,
    }))
}

/// A renamed segment gets the number in its header, unless another file has it.
fn right_the_names(segments: &mut [Surveyed]) {
    let mut taken: BTreeSet<u64> = segments.iter().map(|segment| segment.number).collect();
    for segment in segments.iter_mut() {
        if let HeaderPage::Intact { header, .. } = &segment.header
            && header.number != segment.number
            && taken.insert(header.number)
        {
            segment.number = header.number;
        }
    }
    segments.sort_by_key(|segment| segment.number);
}

fn scan_segment<S: Storage>(
    disk: &Disk<S>,
    segment: &mut Surveyed,
    log_id: [u8; 16],
    cursor: Option<&Cursor>,
    bytes: &mut Vec<u8>,
) -> Result<(), Error> {
    if !segment.is_ours(log_id) || cursor.is_some_and(|cursor| segment.number < cursor.segment) {
        return Ok(());
    }
    let (base, ordinal) = start_of(segment.number, cursor);
    match disk.open(&segment.file, Access::Read) {
        Ok(opened) => opened.read_from(bytes, base)?,
        Err(error) if is_absent(&error) => return Ok(()),
        Err(error) => return Err(error),
    }
    let scan = segment::scan(bytes, base, ordinal, Seed::new(log_id, segment.number));
    if scan.newer.is_some() {
        let (found, supported) = (segment::FORMAT + 1, segment::FORMAT);
        return Err(Error::Version {
            path: disk.path_of(&segment.file),
            found,
            supported,
        });
    }
    segment.last = scan.found.last().map(|last| last.pair);
    segment.scan = Some(scan);
    Ok(())
}

/// Where in a segment the unacknowledged records start, and the first one's ordinal.
pub(super) fn start_of(number: u64, cursor: Option<&Cursor>) -> (u64, u32) {
    match cursor {
        Some(cursor) if cursor.segment == number => (cursor.offset.max(RECORDS_START), cursor.ordinal),
        _ => (RECORDS_START, 0),
    }
}

impl Surveyed {
    pub(super) fn is_ours(&self, log_id: [u8; 16]) -> bool {
        match &self.header {
            HeaderPage::Intact { header, .. } => header.log_id == log_id && header.number == self.number,
            _ => true,
        }
    }
}
