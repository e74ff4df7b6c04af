//! What opening finds: reads the directory and scans the segments. Changes nothing.

use std::collections::BTreeSet;

use super::super::claims::{self, FENCE_FILE};
#[cfg(feature = "publisher")]
use super::super::namespace::Named;
use super::super::namespace::{self, NAMESPACE_FILE};
use super::super::requeue::{self, REQUEUE_FILE};
use super::{DAMAGED, DAMAGED_FOLDER, DEAD_LETTERS_FOLDER, LOCK_FILE, TEMPORARY};
#[cfg(feature = "publisher")]
use crate::buffer::cursor::Marks;
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

/// The bytes of the small files beside the log; `None` for one that is not there.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) fence: Option<Vec<u8>>,
    pub(crate) requeue: Option<Vec<u8>>,
    pub(crate) namespace: Option<Vec<u8>>,
}

/// More than any small file of ours has.
const SMALL_BYTES_MAX: usize = 1 << 16;

/// All that was read.
#[derive(Debug)]
pub(crate) struct Survey {
    pub(crate) beside: Beside,
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

#[cfg(feature = "publisher")]
impl Survey {
    fn marks(&self) -> Marks {
        match &self.producer {
            SlotFile::Value { value, .. } => value.marks,
            _ => Marks::default(),
        }
    }

    /// Whether the directory is fenced, by its file or because that was there once.
    pub(crate) fn is_fenced(&self) -> bool {
        self.marks().is_fenced || self.beside.fence.is_some()
    }

    /// Whose channels the records name.
    pub(crate) fn namespace(&self) -> Named<'_> {
        let checksum = self.marks().namespace;
        match self.beside.namespace.as_deref() {
            None if checksum.is_none() => Named::Nobody,
            file => match file.and_then(namespace::decode) {
                Some(name) => Named::As(name),
                None => Named::Lost { checksum },
            },
        }
    }
}

/// Reads the directory. Changes nothing.
pub(crate) fn survey<S: Storage>(disk: &Disk<S>) -> Result<Survey, Error> {
    let mut survey = look(disk)?;
    survey.log_id = match (&survey.producer, &survey.cursor) {
        (SlotFile::Value { value, .. }, _) => Some(value.log_id),
        (_, cursor) => newest_header(&survey.segments)
            .map(|header| header.log_id)
            .or(match cursor {
                SlotFile::Value { value, .. } => Some(value.log_id),
                _ => None,
            }),
    };
    right_the_names(&mut survey.segments);
    if let Some(log_id) = survey.log_id {
        let position = match &survey.cursor {
            SlotFile::Value { value, .. } if value.log_id == log_id => Some(value),
            _ => None,
        };
        let mut bytes = Vec::new();
        for segment in &mut survey.segments {
            scan_segment(disk, segment, log_id, position, &mut bytes)?;
        }
    }
    for entry in disk.list(DAMAGED_FOLDER)? {
        survey.damaged += u64::from(entry.name.ends_with(DAMAGED));
        let segment = entry.name.get(..20).and_then(|digits| digits.parse::<u64>().ok());
        survey.noted.extend(segment);
    }
    Ok(survey)
}

/// Reads the small files and the segments' headers, and refuses a newer format. Leaves the records unread, however many there are.
fn look<S: Storage>(disk: &Disk<S>) -> Result<Survey, Error> {
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
    // Nothing that it says counts, but whoever opens the log must be able to lock it.
    read_small(disk, LOCK_FILE)?;
    let producer = read_slots(disk, PRODUCER_FILE, PRODUCER_MAGIC, Producer::decode)?;
    let cursor = read_slots(disk, CURSOR_FILE, CURSOR_MAGIC, Cursor::decode)?;
    // After the producer's file, which may say that one of them must be there.
    let beside = read_beside(disk)?;
    let mut segments = Vec::new();
    for (named, entry) in names {
        if let Some(found) = read_page(disk, named, entry.name, entry.size)? {
            segments.push(found);
        }
    }
    Ok(Survey {
        beside,
        producer,
        cursor,
        log_id: None,
        segments,
        temporary,
        strays,
        noted: BTreeSet::new(),
        damaged: 0,
    })
}

/// Refuses a newer format among the dead letters (row 21), which are a log of their own, before anything of this one is changed.
///
/// Their records are left to who opens that log: there may be many, and nobody needs them to open this one.
pub(crate) fn judge_dead_letters<S: Storage>(disk: &Disk<S>) -> Result<(), Error> {
    match look(&disk.in_folder(DEAD_LETTERS_FOLDER)) {
        Err(error) if error.is_version() => Err(error),
        // Whatever else is wrong with them concerns who opens them.
        _ => Ok(()),
    }
}

/// A small file's bytes; `None` when it is not there.
pub(crate) fn read_small<S: Storage>(disk: &Disk<S>, file: &str) -> Result<Option<Vec<u8>>, Error> {
    match disk.open(file, Access::Read) {
        Ok(opened) => opened.read_head(SMALL_BYTES_MAX).map(Some),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads the files beside the log, and refuses a newer format.
fn read_beside<S: Storage>(disk: &Disk<S>) -> Result<Beside, Error> {
    let read = |file, newer: fn(&[u8]) -> Option<u32>, supported| {
        let bytes = read_small(disk, file)?;
        match bytes.as_deref().and_then(newer) {
            Some(found) => Err(Error::Version {
                path: disk.path_of(file),
                found,
                supported,
            }),
            None => Ok(bytes),
        }
    };
    Ok(Beside {
        fence: read(FENCE_FILE, claims::newer, claims::FORMAT)?,
        requeue: read(REQUEUE_FILE, requeue::newer, slots::FORMAT)?,
        namespace: read(NAMESPACE_FILE, namespace::newer, namespace::FORMAT)?,
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
    let Some(bytes) = read_small(disk, file)? else {
        return Ok(SlotFile::Absent);
    };
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
