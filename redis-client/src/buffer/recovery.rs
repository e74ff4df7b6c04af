//! What opening does with the files it finds: survey -> [`Plan`], then apply.
//!
//! [`survey`] only reads. [`decide`] is a pure function over what was read; it says all that will be done before a
//! byte is changed. [`apply`] keeps beside, in the folder `damaged`, every byte that it removes and that is not zeros
//! or acknowledged. Each step can be interrupted and done again. `inspect` stops after `decide`.
//!
//! | row | found | decision |
//! | --- | --- | --- |
//! | 1 | no producer file, no segments | a new directory: draw ids, epoch 1 |
//! | 2 | producer file with an intact slot, none damaged | epoch + 1 |
//! | 3 | producer file with one damaged slot | reported; epoch + 16, above any start that the lost slot recorded |
//! | 4 | producer file lost or absent beside a cursor or segments | reported and kept; ids from the newest of them, highest epoch seen + 16 |
//! | 5 | cursor intact | start at its position; what it acknowledges is not read |
//! | 6 | cursor with one damaged slot | reported; start at the intact one, at worst some records are repeated |
//! | 7 | cursor lost, absent or of another log, beside segments | reported and kept; start at the first segment, records may be repeated |
//! | 8 | segment below the cursor's | acknowledged: removed unread |
//! | 9 | segment intact | kept as it is |
//! | 10 | zeros after its last record | written ahead: cut |
//! | 11 | its tail is an interrupted write | reported as torn; kept beside; cut to the last intact record |
//! | 12 | its tail is damaged otherwise, or shorter than the next segment says | reported as corrupt; kept beside; cut |
//! | 13 | damage before an intact record | reported; kept beside; the intact records move together |
//! | 14 | intact records at another place than they were written to | as 13; they are delivered in the order of their pairs |
//! | 15 | header page damaged | reported; kept beside; written anew; costs no record |
//! | 16 | empty segment, or one without a record, that was never reported durable | removed |
//! | 17 | empty segment, or one without a record, that must have held some | reported as corrupt; removed, its bytes kept |
//! | 18 | a number missing between segments, or the newest that was durable | reported as missing |
//! | 19 | segment of another log | reported; kept beside whole |
//! | 20 | segment whose header has another number than its name | the right name if that is free, else as 19 |
//! | 21 | any file of a newer format, or a record of an unknown kind | refused, nothing is changed |
//! | 22 | a file of ours that cannot be read | refused, nothing is changed |
//! | 23 | a temporary file of ours | left by an interrupted recovery: removed |
//! | 24 | any other file | reported as stray and left alone |
//!
//! Rows 11 to 15 may hold for one segment together. When a full disk has no room to keep a piece beside, rows 11, 12 and
//! 15 leave the file as it is: the log opens and delivers, and the next start finds the same again.

use std::collections::BTreeSet;

use super::cursor::{CURSOR_FILE, CURSOR_MAGIC, Cursor, PRODUCER_FILE, PRODUCER_MAGIC, Producer};
use super::error::Error;
use super::record::{self, NewRecord, Pair, Seed};
use super::segment::{self, Found, HeaderPage, RECORDS_START, Scan, SegmentHeader, Tail};
use super::slots::{self, Body, Slots};
use super::storage::{Access, Disk, DiskFile, Storage};

/// The folder that keeps what recovery removed.
pub(crate) const DAMAGED_FOLDER: &str = "damaged";
/// The folder inside a buffer's directory in which a publisher keeps what Redis refuses for good: a buffer of its own.
pub const DEAD_LETTERS_FOLDER: &str = "dead-letters";
/// The publisher's: whose channels the records name.
pub(crate) const NAMESPACE_FILE: &str = "namespace";
/// The lock's file; see `lock.rs`.
pub(crate) const LOCK_FILE: &str = "lock";
/// Above every epoch that a lost slot can have recorded: slots alternate, so at most two starts are in doubt.
const EPOCH_LEAP: u64 = 16;

/// What kind of thing was found wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// A write that was interrupted: never acknowledged to a caller under [`Sync::Always`](super::Sync::Always).
    TornTail,
    /// Records whose bytes are damaged.
    Corrupt,
    /// A segment that should be there and is not.
    MissingSegment,
    /// A segment's header page; its records are intact.
    Header,
    /// The file with the acknowledged position.
    Cursor,
    /// The file with the producer's id and epoch.
    Producer,
    /// A segment that belongs to another log.
    Foreign,
    /// A file that is not the buffer's.
    Stray,
}

impl FindingKind {
    /// The word for it, in snake case.
    ///
    /// ```
    /// assert_eq!(redis_client::buffer::FindingKind::TornTail.as_str(), "torn_tail");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TornTail => "torn_tail",
            Self::Corrupt => "corrupt",
            Self::MissingSegment => "missing_segment",
            Self::Header => "header",
            Self::Cursor => "cursor",
            Self::Producer => "producer",
            Self::Foreign => "foreign",
            Self::Stray => "stray",
        }
    }

    /// Whether stored bytes were harmed; a torn tail and a stray file are no damage.
    ///
    /// ```
    /// use redis_client::buffer::FindingKind;
    ///
    /// assert!(FindingKind::Corrupt.is_damage());
    /// assert!(!FindingKind::TornTail.is_damage());
    /// ```
    #[must_use]
    pub fn is_damage(self) -> bool {
        !matches!(self, Self::TornTail | Self::Stray)
    }
}

/// Something that is not as it should be, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// The file, relative to the buffer's directory.
    pub file: String,
    /// Where in the file it starts, in bytes.
    pub offset: u64,
    /// How many bytes it spans.
    pub bytes: u64,
    /// How many records it cost: exact where the records around it are intact, else the least it can be.
    pub records: u64,
}

impl Finding {
    fn new(kind: FindingKind, file: impl Into<String>, range: std::ops::Range<u64>, records: u64) -> Self {
        let bytes = range.end.saturating_sub(range.start);
        Self {
            kind,
            file: file.into(),
            offset: range.start,
            bytes,
            records,
        }
    }
}

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
    /// Whether anything but zeros follows the header page.
    pub(crate) is_blank: bool,
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
            PRODUCER_FILE | CURSOR_FILE | LOCK_FILE | NAMESPACE_FILE => entry.is_file,
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

const TEMPORARY: &str = ".tmp";
const DAMAGED: &str = ".damaged";
const TORN: &str = ".torn";

fn newest_header(segments: &[Surveyed]) -> Option<&SegmentHeader> {
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
    let is_blank = page.iter().all(|byte| *byte == 0);
    Ok(Some(Surveyed {
        file,
        number,
        size,
        header,
        scan: None,
        is_blank,
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
    segment.is_blank &= scan.found.is_empty() && scan.gaps.is_empty() && scan.tail == Tail::Clean;
    segment.scan = Some(scan);
    Ok(())
}

/// Where in a segment the unacknowledged records start, and the first one's ordinal.
fn start_of(number: u64, cursor: Option<&Cursor>) -> (u64, u32) {
    match cursor {
        Some(cursor) if cursor.segment == number => (cursor.offset.max(RECORDS_START), cursor.ordinal),
        _ => (RECORDS_START, 0),
    }
}

impl Surveyed {
    fn is_ours(&self, log_id: [u8; 16]) -> bool {
        match &self.header {
            HeaderPage::Intact { header, .. } => header.log_id == log_id && header.number == self.number,
            _ => true,
        }
    }
}

/// One change to the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Copies a range into the folder of damage.
    KeepRange {
        file: String,
        number: u64,
        start: u64,
        end: u64,
        torn: bool,
    },
    /// Moves a whole file into the folder of damage.
    KeepFile { file: String },
    /// Remembers in the folder of damage that a segment is missing.
    KeepNote { number: u64 },
    /// Gives a segment its right name.
    Rename { from: String, to: String },
    /// Writes the header page anew.
    WriteHeader { file: String, header: SegmentHeader },
    /// Copies the file up to `keep`, then these records, and puts the copy in its place.
    Rewrite {
        file: String,
        header: SegmentHeader,
        keep: u64,
        moves: Vec<Found>,
        ordinal: u32,
    },
    /// Cuts a file.
    Cut { file: String, size: u64 },
    /// Removes a file.
    Remove { file: String },
}

impl Step {
    /// The file that it changes or copies, if it is one that a later start would find as it is.
    fn file(&self) -> Option<&String> {
        match self {
            Self::KeepRange { file, .. } | Self::WriteHeader { file, .. } | Self::Cut { file, .. } => {
                Some(file)
            }
            _ => None,
        }
    }
}

/// A segment that stays, as it is after the steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) number: u64,
    pub(crate) file: String,
    /// Where the first unacknowledged record starts.
    pub(crate) start: u64,
    /// That record's ordinal.
    pub(crate) ordinal: u32,
    /// The unacknowledged records, one after the other from `start` on.
    pub(crate) records: Vec<Found>,
}

/// All that opening will do, and what the log is afterwards.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) producer: Producer,
    /// The generation of the producer's slot to write; `None`: the file is made anew.
    pub(crate) producer_generation: Option<u64>,
    pub(crate) cursor: Cursor,
    /// The generation of the newest cursor slot; `None`: the file is made anew.
    pub(crate) cursor_generation: Option<u64>,
    pub(crate) steps: Vec<Step>,
    pub(crate) kept: Vec<Kept>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) next_segment: u64,
    /// The greatest pair in the log, acknowledged or not.
    pub(crate) last: Pair,
    /// Pieces of damage kept before this start.
    pub(crate) damaged: u64,
}

impl Plan {
    /// Whether a file is written anew, so that its records stand where the plan says only afterwards.
    fn rewrites(&self, name: &str) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, Step::Rewrite { file, .. } if file == name))
    }
}

/// Decides by the table in the module's head. `fresh` are random ids, for what has none.
pub(crate) fn decide(survey: &Survey, fresh: [[u8; 16]; 2]) -> Plan {
    let mut decision = Decision::new(survey);
    let producer = decision.producer(fresh);
    decision.cursor(producer.log_id);
    for segment in &survey.segments {
        decision.segment(segment, &producer);
    }
    decision.missing();
    for file in &survey.temporary {
        decision.steps.push(Step::Remove { file: file.clone() }); // row 23
    }
    for file in &survey.strays {
        decision
            .findings
            .push(Finding::new(FindingKind::Stray, file, 0..0, 0)); // row 24
    }
    decision.plan(producer)
}

struct Decision<'a> {
    survey: &'a Survey,
    cursor: Option<Cursor>,
    cursor_generation: Option<u64>,
    producer_generation: Option<u64>,
    steps: Vec<Step>,
    kept: Vec<Kept>,
    findings: Vec<Finding>,
    last: Pair,
}

impl<'a> Decision<'a> {
    fn new(survey: &'a Survey) -> Self {
        Self {
            survey,
            cursor: None,
            cursor_generation: None,
            producer_generation: None,
            steps: Vec::new(),
            kept: Vec::new(),
            findings: Vec::new(),
            last: Pair::default(),
        }
    }

    /// Rows 1 to 4.
    fn producer(&mut self, fresh: [[u8; 16]; 2]) -> Producer {
        let [log_id, producer_id] = fresh;
        let seen = self.highest_epoch();
        match &self.survey.producer {
            SlotFile::Value {
                value,
                generation,
                damaged,
            } => {
                self.producer_generation = Some(generation + 1);
                let doubtful = *damaged || seen > value.epoch;
                if *damaged {
                    self.findings
                        .push(Finding::new(FindingKind::Producer, PRODUCER_FILE, 0..0, 0));
                }
                let leap = if doubtful { EPOCH_LEAP } else { 1 };
                Producer {
                    epoch: seen.max(value.epoch) + leap,
                    ..*value
                }
            }
            other => {
                let header = newest_header(&self.survey.segments);
                let is_new = self.survey.log_id.is_none() && self.survey.segments.is_empty();
                if *other == SlotFile::Lost {
                    self.steps.push(Step::KeepFile {
                        file: PRODUCER_FILE.to_owned(),
                    });
                }
                if !is_new || *other == SlotFile::Lost {
                    self.findings
                        .push(Finding::new(FindingKind::Producer, PRODUCER_FILE, 0..0, 0));
                }
                Producer {
                    log_id: self.survey.log_id.unwrap_or(log_id),
                    producer_id: header.map_or(producer_id, |header| header.producer_id),
                    epoch: if is_new && *other == SlotFile::Absent {
                        1
                    } else {
                        seen + EPOCH_LEAP
                    },
                }
            }
        }
    }

    fn highest_epoch(&self) -> u64 {
        let cursor = match &self.survey.cursor {
            SlotFile::Value { value, .. } => value.epoch.max(value.acknowledged.epoch),
            _ => 0,
        };
        let segments = self.survey.segments.iter().map(|segment| {
            let header = match &segment.header {
                HeaderPage::Intact { header, .. } => header.epoch,
                _ => 0,
            };
            let found = segment
                .scan
                .as_ref()
                .and_then(|scan| scan.found.last())
                .map_or(0, |last| last.pair.epoch);
            header.max(found)
        });
        segments.fold(cursor, u64::max)
    }

    /// Rows 5 to 7.
    fn cursor(&mut self, log_id: [u8; 16]) {
        match &self.survey.cursor {
            SlotFile::Value {
                value,
                generation,
                damaged,
            } if value.log_id == log_id => {
                self.cursor = Some(*value);
                self.cursor_generation = Some(*generation);
                self.last = value.acknowledged;
                if *damaged {
                    self.findings
                        .push(Finding::new(FindingKind::Cursor, CURSOR_FILE, 0..0, 0));
                }
            }
            SlotFile::Absent => {
                if !self.survey.segments.is_empty() || self.producer_generation.is_some() {
                    self.findings
                        .push(Finding::new(FindingKind::Cursor, CURSOR_FILE, 0..0, 0));
                }
            }
            _ => {
                self.findings
                    .push(Finding::new(FindingKind::Cursor, CURSOR_FILE, 0..0, 0));
                self.steps.push(Step::KeepFile {
                    file: CURSOR_FILE.to_owned(),
                });
            }
        }
    }

    /// Rows 8 to 17, 19 and 20.
    fn segment(&mut self, segment: &Surveyed, producer: &Producer) {
        if self.cursor.is_some_and(|cursor| segment.number < cursor.segment)
            && segment.is_ours(producer.log_id)
        {
            self.steps.push(Step::Remove {
                file: segment.file.clone(),
            });
            return;
        }
        let Some(scan) = &segment.scan else {
            self.findings.push(Finding::new(
                FindingKind::Foreign,
                &segment.file,
                0..segment.size,
                0,
            ));
            self.steps.push(Step::KeepFile {
                file: segment.file.clone(),
            });
            return;
        };
        let file = segment::name(segment.number);
        if segment.file != file {
            self.steps.push(Step::Rename {
                from: segment.file.clone(),
                to: file.clone(),
            });
        }
        let (base, first_ordinal) = start_of(segment.number, self.cursor.as_ref());
        let lost = self.lost_from_the_end(segment, scan, first_ordinal);
        if scan.found.is_empty() {
            self.without_records(segment, scan, &file, base, lost);
            return;
        }
        let header = self.header(segment, scan, producer, &file);
        for gap in &scan.gaps {
            self.findings.push(Finding::new(
                FindingKind::Corrupt,
                &file,
                gap.start..gap.end,
                gap.records,
            ));
            self.keep(&file, segment.number, gap.start, gap.end, false);
        }
        self.tail(segment, scan, &file, lost);
        let (records, size) = self.settle(scan, &file, base, first_ordinal, header);
        if scan.gaps.is_empty() && segment.size > size {
            self.steps.push(Step::Cut {
                file: file.clone(),
                size,
            });
        }
        self.last = self
            .last
            .max(records.last().map_or(Pair::default(), |last| last.pair));
        let acknowledged = self.cursor.map_or(Pair::default(), |cursor| cursor.acknowledged);
        let pending: Vec<Found> = records
            .into_iter()
            .filter(|record| record.pair > acknowledged)
            .collect();
        match pending.first().copied() {
            Some(first) => self.kept.push(Kept {
                number: segment.number,
                file,
                start: first.start,
                ordinal: first.ordinal,
                records: pending,
            }),
            None => self.steps.push(Step::Remove { file }),
        }
    }

    /// How many records the next segment says were here that are not.
    fn lost_from_the_end(&self, segment: &Surveyed, scan: &Scan, first_ordinal: u32) -> u64 {
        let next = self
            .survey
            .segments
            .iter()
            .find(|next| next.number == segment.number + 1);
        let expected = match next.map(|next| &next.header) {
            Some(HeaderPage::Intact { header, .. }) if !self.survey.noted.contains(&segment.number) => {
                header.previous_records
            }
            _ => 0,
        };
        let have = scan
            .found
            .last()
            .map_or(u64::from(first_ordinal), |last| u64::from(last.ordinal) + 1);
        expected.saturating_sub(have)
    }

    /// Rows 16 and 17.
    fn without_records(&mut self, segment: &Surveyed, scan: &Scan, file: &str, base: u64, lost: u64) {
        let durable = self
            .cursor
            .is_some_and(|cursor| cursor.newest_segment >= segment.number);
        let all_acknowledged = base > RECORDS_START && lost == 0;
        if base > RECORDS_START || !(durable || lost > 0) || self.survey.noted.contains(&segment.number) {
            self.tail(segment, scan, file, lost);
            if !all_acknowledged && lost > 0 && scan.tail == Tail::Clean {
                self.findings.push(Finding::new(
                    FindingKind::Corrupt,
                    file,
                    segment.size..segment.size,
                    lost,
                ));
                self.steps.push(Step::KeepNote {
                    number: segment.number,
                });
            }
        } else {
            let records = lost.max(1);
            self.findings
                .push(Finding::new(FindingKind::Corrupt, file, 0..segment.size, records));
            let end = match scan.tail {
                Tail::Clean => segment.size.min(RECORDS_START),
                Tail::Torn { end } | Tail::Corrupt { end, .. } => end,
            };
            self.keep(file, segment.number, 0, end, false);
        }
        self.steps.push(Step::Remove {
            file: file.to_owned(),
        });
    }

    /// Rows 11 and 12.
    fn tail(&mut self, segment: &Surveyed, scan: &Scan, file: &str, lost: u64) {
        let number = segment.number;
        match scan.tail {
            Tail::Clean if lost > 0 && !scan.found.is_empty() => {
                self.findings
                    .push(Finding::new(FindingKind::Corrupt, file, scan.end..scan.end, lost));
                self.steps.push(Step::KeepNote { number });
            }
            Tail::Clean => {}
            Tail::Torn { end } if lost == 0 => {
                self.findings
                    .push(Finding::new(FindingKind::TornTail, file, scan.end..end, 1));
                self.keep(file, number, scan.end, end, true);
            }
            Tail::Torn { end } => {
                self.findings
                    .push(Finding::new(FindingKind::Corrupt, file, scan.end..end, lost));
                self.keep(file, number, scan.end, end, false);
            }
            Tail::Corrupt { end, records } => {
                self.findings.push(Finding::new(
                    FindingKind::Corrupt,
                    file,
                    scan.end..end,
                    records.max(lost),
                ));
                self.keep(file, number, scan.end, end, false);
            }
        }
    }

    /// Row 15; says what the header is afterwards.
    fn header(&mut self, segment: &Surveyed, scan: &Scan, producer: &Producer, file: &str) -> SegmentHeader {
        let (header, is_damaged) = if let HeaderPage::Intact { header, damaged } = segment.header {
            (header, damaged > 0)
        } else {
            let first = scan.found.first();
            let header = SegmentHeader {
                log_id: producer.log_id,
                producer_id: producer.producer_id,
                number: segment.number,
                epoch: first.map_or(0, |first| first.pair.epoch),
                previous: self.last,
                previous_records: 0,
                created_at_us: first.map_or(0, |first| first.created_at_us),
            };
            (header, true)
        };
        if is_damaged {
            self.findings
                .push(Finding::new(FindingKind::Header, file, 0..RECORDS_START, 0));
            self.keep(file, segment.number, 0, RECORDS_START, false);
            self.steps.push(Step::WriteHeader {
                file: file.to_owned(),
                header,
            });
        }
        header
    }

    /// Rows 9, 13 and 14: where the records are afterwards, and where they end.
    fn settle(
        &mut self,
        scan: &Scan,
        file: &str,
        base: u64,
        first_ordinal: u32,
        header: SegmentHeader,
    ) -> (Vec<Found>, u64) {
        let Some(first_gap) = scan.gaps.first() else {
            return (scan.found.clone(), scan.end);
        };
        let stays = scan
            .found
            .partition_point(|record| record.in_place && record.end <= first_gap.start);
        let (mut records, moves) = match scan.found.split_at_checked(stays) {
            Some((stay, moves)) => (stay.to_vec(), moves.to_vec()),
            None => (scan.found.clone(), Vec::new()),
        };
        let keep = records.last().map_or(base, |last| last.end);
        let mut ordinal = records
            .last()
            .map_or(first_ordinal, |last| last.ordinal.saturating_add(1));
        self.steps.push(Step::Rewrite {
            file: file.to_owned(),
            header,
            keep,
            moves: moves.clone(),
            ordinal,
        });
        let mut at = keep;
        for moved in moves {
            let end = at + (moved.end - moved.start);
            records.push(Found {
                start: at,
                end,
                ordinal,
                in_place: true,
                ..moved
            });
            at = end;
            ordinal = ordinal.saturating_add(1);
        }
        (records, at)
    }

    /// Row 18.
    fn missing(&mut self) {
        let numbers: BTreeSet<u64> = self
            .survey
            .segments
            .iter()
            .map(|segment| segment.number)
            .collect();
        let newest = numbers.last().copied().unwrap_or_default();
        let (first, newest) = match self.cursor {
            Some(cursor) => (cursor.segment.max(1), newest.max(cursor.newest_segment)),
            None => (numbers.first().copied().unwrap_or(1), newest),
        };
        // Bound: segment numbers are counted up by one; a damaged name cannot make the range long, see below.
        for number in (first..=newest).take(MISSING_MAX) {
            if numbers.contains(&number) || self.survey.noted.contains(&number) {
                continue;
            }
            let next = self.survey.segments.iter().find(|next| next.number == number + 1);
            let records = match next.map(|next| &next.header) {
                Some(HeaderPage::Intact { header, .. }) => header.previous_records,
                _ => 0,
            };
            let file = segment::name(number);
            self.findings.push(Finding::new(
                FindingKind::MissingSegment,
                file,
                0..0,
                records.max(1),
            ));
            self.steps.push(Step::KeepNote { number });
        }
    }

    fn keep(&mut self, file: &str, number: u64, start: u64, end: u64, torn: bool) {
        self.steps.push(Step::KeepRange {
            file: file.to_owned(),
            number,
            start,
            end,
            torn,
        });
    }

    fn plan(mut self, producer: Producer) -> Plan {
        // An empty segment that was removed leaves its number to the next: a number left out would be one missing.
        let held = |segment: &&Surveyed| segment.scan.as_ref().is_some_and(|scan| !scan.found.is_empty());
        let newest = self
            .survey
            .segments
            .iter()
            .rfind(held)
            .map_or(0, |segment| segment.number);
        let old = self.cursor.unwrap_or_default();
        let next_segment = (newest + 1).max(old.segment).max(old.newest_segment + 1).max(1);
        let first = self.kept.first();
        let cursor = Cursor {
            log_id: producer.log_id,
            segment: first.map_or(next_segment, |first| first.number),
            offset: first.map_or(RECORDS_START, |first| first.start),
            ordinal: first.map_or(0, |first| first.ordinal),
            newest_segment: self.kept.last().map_or(0, |last| last.number),
            epoch: producer.epoch,
            ..old
        };
        // What is removed goes last: until then everything can be found again.
        self.steps.sort_by_key(|step| match step {
            Step::Rename { .. } => 0,
            Step::KeepRange { .. } | Step::KeepNote { .. } => 1,
            Step::Rewrite { .. } => 3,
            Step::WriteHeader { .. } | Step::Cut { .. } => 2,
            Step::KeepFile { .. } => 4,
            Step::Remove { .. } => 5,
        });
        Plan {
            producer,
            producer_generation: self.producer_generation,
            cursor,
            cursor_generation: self.cursor_generation,
            steps: self.steps,
            kept: self.kept,
            findings: self.findings,
            next_segment,
            last: self.last,
            damaged: self.survey.damaged,
        }
    }
}

/// A damaged name can make the range of numbers astronomical; more missing segments than this are not listed.
const MISSING_MAX: usize = 4096;

/// The files that stay open after [`apply`].
#[derive(Debug)]
pub(crate) struct Applied<F> {
    pub(crate) cursor: DiskFile<F>,
    pub(crate) cursor_generation: u64,
    /// Pieces of damage that are kept now.
    pub(crate) damaged: u64,
}

/// Does what was decided. Interrupted at any point, the next start decides anew and nothing is lost.
pub(crate) fn apply<S: Storage>(disk: &Disk<S>, plan: &Plan) -> Result<Applied<S::File>, Error> {
    let mut names_changed = false;
    let mut damaged = plan.damaged;
    let mut left_as_it_is = BTreeSet::new();
    for step in &plan.steps {
        if step.file().is_some_and(|file| left_as_it_is.contains(file)) {
            continue;
        }
        match step {
            Step::KeepRange {
                file,
                number,
                start,
                end,
                torn,
            } => {
                match keep_range(&disk.apart(), file, *number, *start..*end, *torn) {
                    Ok(()) => damaged += u64::from(!torn),
                    // A full disk must not keep the log shut: what cannot be kept beside is not removed either, and the
                    // next start finds it again.
                    Err(error) if error.is_disk_full() && !plan.rewrites(file) => {
                        left_as_it_is.insert(file);
                    }
                    Err(error) => return Err(error),
                }
            }
            Step::KeepNote { number } => {
                keep(disk, &format!("{number:020}-missing"), DAMAGED, &[])?;
                damaged += 1;
            }
            Step::KeepFile { file } => {
                keep_file(disk, file)?;
                damaged += 1;
            }
            // Durability: the folder is synced when all steps are done; a power cut before that takes the rename back, and
            // the next start finds the same and does the same.
            Step::Rename { from, to } => disk.rename(from, to)?,
            Step::WriteHeader { file, header } => {
                let opened = disk.open(file, Access::Write)?;
                opened.write_at(&header.encode(), 0)?;
                // Durability: a header is written anew only after its old bytes were kept; a crash repeats it.
                opened.sync()?;
            }
            Step::Rewrite {
                file,
                header,
                keep,
                moves,
                ordinal,
            } => {
                rewrite(disk, file, header, *keep, moves, *ordinal)?;
            }
            Step::Cut { file, size } => {
                // Durability: what is cut was kept and synced before, or is zeros; a crash brings it back to be cut again.
                disk.open(file, Access::Write)?.set_size(*size)?;
            }
            Step::Remove { .. } => {}
        }
        names_changed |= !matches!(step, Step::Cut { .. } | Step::WriteHeader { .. });
    }
    let (cursor, cursor_generation) = write_cursor(disk, plan)?;
    for step in &plan.steps {
        // A temporary file may have been written again and renamed by now.
        if let Step::Remove { file } = step
            && (!file.ends_with(TEMPORARY) || disk.list("")?.iter().any(|entry| entry.name == *file))
        {
            disk.remove(file)?;
        }
    }
    write_producer(disk, plan)?;
    for kept in plan
        .kept
        .iter()
        .filter(|kept| kept.number >= plan.cursor.synced_below)
    {
        settle_on_disk(disk, kept)?;
        names_changed = true;
    }
    if names_changed || plan.cursor_generation.is_none() || plan.producer_generation.is_none() {
        // Durability: without it a power cut could take back a rename, or bring the producer's file of before back,
        // with an epoch that is about to be used.
        disk.sync_folder("")?;
    }
    Ok(Applied {
        cursor,
        cursor_generation,
        damaged,
    })
}

/// Makes a segment durable of which it is not known: its owner was killed, or a sync failed.
///
/// Syncing it would not do. After a failed sync the pages may be clean and still not be on disk, and a second sync then
/// says that all is well. Writing the same bytes again makes them dirty, so that the sync means something.
fn settle_on_disk<S: Storage>(disk: &Disk<S>, kept: &Kept) -> Result<(), Error> {
    const STEP: u64 = 1 << 20;
    let file = disk.open(&kept.file, Access::Write)?;
    let end = kept.records.last().map_or(kept.start, |last| last.end);
    let mut bytes = Vec::new();
    let mut at = 0;
    // Bound: `at` grows in each turn, to the end of the records.
    while at < end {
        bytes.resize(usize::try_from((end - at).min(STEP)).unwrap_or_default(), 0);
        let read = file.read_at(&mut bytes, at)?;
        let Some(bytes) = bytes.get(..read).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        file.write_at(bytes, at)?;
        at += read as u64;
    }
    // Durability: what was read is about to be taken as stored, and no later record may outlive it.
    file.sync()
}

/// Copies a range of a file into the folder of damage.
fn keep_range<S: Storage>(
    disk: &Disk<S>,
    file: &str,
    number: u64,
    range: std::ops::Range<u64>,
    torn: bool,
) -> Result<(), Error> {
    let length = usize::try_from(range.end.saturating_sub(range.start)).unwrap_or_default();
    let mut bytes = vec![0; length];
    let read = disk.open(file, Access::Read)?.read_at(&mut bytes, range.start)?;
    bytes.truncate(read);
    keep(
        disk,
        &format!("{number:020}-{}", range.start),
        if torn { TORN } else { DAMAGED },
        &bytes,
    )
}

/// Writes a file into the folder of damage under a name that is free, unless the very same bytes are there already.
fn keep<S: Storage>(disk: &Disk<S>, stem: &str, suffix: &str, bytes: &[u8]) -> Result<(), Error> {
    disk.create_folder(DAMAGED_FOLDER)?;
    // Durability: the folder itself must survive before anything relies on what is in it.
    disk.sync_folder("")?;
    let Some(name) = free_name(disk, stem, suffix, Some(bytes))? else {
        return Ok(());
    };
    let temporary = format!("{stem}{TEMPORARY}");
    let opened = create_anew(disk, &temporary)?;
    opened.write_at(bytes, 0)?;
    // Durability: the copy must be whole on disk before it gets its name, and the name before the original changes.
    opened.sync()?;
    disk.rename(&temporary, &name)?;
    disk.sync_folder(DAMAGED_FOLDER)
}

fn keep_file<S: Storage>(disk: &Disk<S>, file: &str) -> Result<(), Error> {
    disk.create_folder(DAMAGED_FOLDER)?;
    if let Some(name) = free_name(disk, file, DAMAGED, None)? {
        disk.rename(file, &name)?;
        // Durability: the file has left the directory only when its new name is on disk; until then it is decided anew.
        disk.sync_folder(DAMAGED_FOLDER)?;
    }
    Ok(())
}

/// A name in the folder of damage that is free; `None` when one of the taken ones holds these very bytes.
fn free_name<S: Storage>(
    disk: &Disk<S>,
    stem: &str,
    suffix: &str,
    bytes: Option<&[u8]>,
) -> Result<Option<String>, Error> {
    let taken = disk.list(DAMAGED_FOLDER)?;
    let mut copy = 1_u32;
    // Bound: at most one turn for each file in the folder.
    loop {
        let name = if copy == 1 {
            format!("{stem}{suffix}")
        } else {
            format!("{stem}-{copy}{suffix}")
        };
        let path = format!("{DAMAGED_FOLDER}/{name}");
        if !taken.iter().any(|entry| entry.name == name) {
            return Ok(Some(path));
        }
        if let Some(bytes) = bytes {
            let mut found = Vec::new();
            disk.open(&path, Access::Read)?.read_from(&mut found, 0)?;
            if found == bytes {
                return Ok(None);
            }
        }
        copy += 1;
    }
}

/// Creates a file, in the place of one that an interrupted start left.
fn create_anew<S: Storage>(disk: &Disk<S>, name: &str) -> Result<DiskFile<S::File>, Error> {
    if disk.list("")?.iter().any(|entry| entry.name == name) {
        disk.remove(name)?;
    }
    disk.create(name)
}

/// Row 13: the intact records of a damaged segment move together.
fn rewrite<S: Storage>(
    disk: &Disk<S>,
    file: &str,
    header: &SegmentHeader,
    keep: u64,
    moves: &[Found],
    first_ordinal: u32,
) -> Result<(), Error> {
    let seed = Seed::new(header.log_id, header.number);
    let source = disk.open(file, Access::Read)?;
    let mut bytes = vec![0; usize::try_from(keep).unwrap_or_default()];
    let read = source.read_at(&mut bytes, 0)?;
    bytes.truncate(read);
    for (moved, ordinal) in moves.iter().zip(first_ordinal..) {
        let mut original = vec![0; usize::try_from(moved.end - moved.start).unwrap_or_default()];
        source.read_at(&mut original, moved.start)?;
        let header = record::parse(&original, seed);
        let Some((header, body)) = header.and_then(|header| Some((header, header.body(&original)?))) else {
            let path = disk.path_of(file);
            return Err(Error::Corrupt {
                path,
                offset: moved.start,
                pair: Some(moved.pair),
            });
        };
        let position = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let record = NewRecord {
            pair: header.pair,
            channel: body.channel,
            payload: body.payload,
            created_at_us: header.created_at_us,
        };
        record::encode(&mut bytes, seed, position, ordinal, &record);
    }
    let temporary = format!("{file}{TEMPORARY}");
    let target = create_anew(disk, &temporary)?;
    target.write_at(&bytes, 0)?;
    // Durability: the new segment must be whole on disk before it takes the old one's name.
    target.sync()?;
    disk.rename(&temporary, file)?;
    // Durability: and have that name before anything acknowledges its records by their new places.
    disk.sync_folder("")
}

fn write_cursor<S: Storage>(disk: &Disk<S>, plan: &Plan) -> Result<(DiskFile<S::File>, u64), Error> {
    let body = plan.cursor.encode();
    if let Some(generation) = plan.cursor_generation {
        let generation = generation + 1;
        let file = disk.open(CURSOR_FILE, Access::Write)?;
        file.write_at(
            &slots::encode(CURSOR_MAGIC, generation, &body),
            slots::offset_of(generation),
        )?;
        if plan.steps.iter().any(|step| matches!(step, Step::Remove { .. })) {
            // Durability: the segments about to be removed must be below the cursor, or they would be missed.
            file.sync()?;
        }
        return Ok((file, generation));
    }
    let file = new_slot_file(disk, CURSOR_FILE, CURSOR_MAGIC, &body)?;
    Ok((file, 2))
}

fn write_producer<S: Storage>(disk: &Disk<S>, plan: &Plan) -> Result<(), Error> {
    let body = plan.producer.encode();
    let Some(generation) = plan.producer_generation else {
        new_slot_file(disk, PRODUCER_FILE, PRODUCER_MAGIC, &body)?;
        return Ok(());
    };
    let file = disk.open(PRODUCER_FILE, Access::Write)?;
    file.write_at(
        &slots::encode(PRODUCER_MAGIC, generation, &body),
        slots::offset_of(generation),
    )?;
    // Durability: an epoch that was used and then forgotten would number two events alike.
    file.sync()
}

/// Makes a file with both slots filled, whole or not at all.
fn new_slot_file<S: Storage>(
    disk: &Disk<S>,
    name: &str,
    magic: [u8; 8],
    body: &Body,
) -> Result<DiskFile<S::File>, Error> {
    let temporary = format!("{name}{TEMPORARY}");
    let file = create_anew(disk, &temporary)?;
    for generation in [1, 2] {
        file.write_at(
            &slots::encode(magic, generation, body),
            slots::offset_of(generation),
        )?;
    }
    // Durability: whole on disk before it gets its name; the directory is synced at the end of `apply`.
    file.sync()?;
    disk.rename(&temporary, name)?;
    Ok(file)
}

#[cfg(test)]
mod tests;
