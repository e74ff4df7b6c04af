//! What opening does with the files it finds: survey -> [`Plan`], then apply.
//!
//! [`survey()`] only reads. [`decide`] is a pure function over what was read; it says all that will be done before a
//! byte is changed. [`apply()`] keeps beside, in the folder `damaged`, every byte that it removes and that is not zeros
//! or acknowledged. Each step can be interrupted and done again. `inspect` stops after `decide`.
//!
//! | row | found | decision |
//! | --- | --- | --- |
//! | 1 | no producer file, no segments, at most the cursor of a first start that was interrupted | a new directory: draw ids, epoch 1 |
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
//! | 16 | empty segment, or one without a record, that was never reported durable | removed; noted if it lay between others |
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

mod apply;
mod survey;

use std::collections::BTreeSet;

use super::cursor::{CURSOR_FILE, Cursor, PRODUCER_FILE, Producer};
use super::record::Pair;
use super::segment::{self, Found, HeaderPage, RECORDS_START, Scan, SegmentHeader, Tail};

pub(crate) use self::apply::{apply, write_producer};
use self::survey::{SlotFile, Survey, Surveyed, newest_header, start_of};
pub(crate) use self::survey::{is_absent, survey};

/// The folder that keeps what recovery removed.
pub(crate) const DAMAGED_FOLDER: &str = "damaged";
/// The folder inside a buffer's directory in which a publisher keeps what Redis refuses for good: a buffer of its own.
///
/// ```
/// # use redis_client::buffer::{DEAD_LETTERS_FOLDER, FallbackBuffer, inspect_dead_letters};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// assert!(inspect_dead_letters(dir.path())?.is_none());
/// let _letters = FallbackBuffer::open(dir.path().join(DEAD_LETTERS_FOLDER))?;
/// assert!(inspect_dead_letters(dir.path())?.is_some());
/// # Ok(())
/// # }
/// ```
pub const DEAD_LETTERS_FOLDER: &str = "dead-letters";
/// The publisher's: whose channels the records name.
pub(crate) const NAMESPACE_FILE: &str = "namespace";
/// The lock's file; see `lock.rs`.
pub(crate) const LOCK_FILE: &str = "lock";
/// Above every epoch that a lost slot can have recorded: slots alternate, so at most two starts are in doubt.
const EPOCH_LEAP: u64 = 16;
/// A file in the making.
const TEMPORARY: &str = ".tmp";
/// A piece of damage that is kept beside.
const DAMAGED: &str = ".damaged";
/// A torn tail that is kept beside.
const TORN: &str = ".torn";

/// What kind of thing was found wrong.
///
/// ```
/// use redis_client::buffer::FindingKind;
///
/// assert_eq!(FindingKind::MissingSegment.as_str(), "missing_segment");
/// assert!(FindingKind::MissingSegment.is_damage());
/// ```
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
///
/// ```
/// # use redis_client::buffer::{FallbackBuffer, FindingKind};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// FallbackBuffer::open(dir.path())?.close()?;
/// std::fs::write(dir.path().join("notes.txt"), "not the buffer's")?;
/// let finding = &FallbackBuffer::open(dir.path())?.findings()?[0];
/// assert_eq!((finding.kind, &*finding.file), (FindingKind::Stray, "notes.txt"));
/// # Ok(())
/// # }
/// ```
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
    /// Remembers in the folder of damage that a segment is missing, or that an empty one was removed (`torn`).
    KeepNote { number: u64, torn: bool },
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
///
/// It takes the lists of records out of the survey, which may be long, into the plan.
pub(crate) fn decide(survey: &mut Survey, fresh: [[u8; 16]; 2]) -> Plan {
    let scans: Vec<Option<Scan>> = survey
        .segments
        .iter_mut()
        .map(|segment| segment.scan.take())
        .collect();
    let mut decision = Decision::new(survey);
    let producer = decision.producer(fresh);
    decision.cursor(producer.log_id);
    for (segment, scan) in survey.segments.iter().zip(scans) {
        decision.segment(segment, scan, &producer);
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
                let is_new = self.survey.segments.is_empty() && self.cursor_is_new();
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
                        seen + 1
                    } else {
                        seen + EPOCH_LEAP
                    },
                }
            }
        }
    }

    /// The cursor is made before the producer's file: first starts that were interrupted leave it alone.
    fn cursor_is_new(&self) -> bool {
        match &self.survey.cursor {
            SlotFile::Absent => true,
            SlotFile::Lost => false,
            SlotFile::Value { value, .. } => {
                value.acknowledged == Pair::default() && value.newest_segment == 0
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
            let found = segment.last.map_or(0, |last| last.epoch);
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
    fn segment(&mut self, segment: &Surveyed, scan: Option<Scan>, producer: &Producer) {
        if self.cursor.is_some_and(|cursor| segment.number < cursor.segment)
            && segment.is_ours(producer.log_id)
        {
            self.steps.push(Step::Remove {
                file: segment.file.clone(),
            });
            return;
        }
        let Some(scan) = scan else {
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
        let lost = self.lost_from_the_end(segment, &scan, first_ordinal);
        if scan.found.is_empty() {
            self.without_records(segment, &scan, &file, base, lost);
            return;
        }
        let header = self.header(segment, &scan, producer, &file);
        for gap in &scan.gaps {
            self.findings.push(Finding::new(
                FindingKind::Corrupt,
                &file,
                gap.start..gap.end,
                gap.records,
            ));
            self.keep(&file, segment.number, gap.start, gap.end, false);
        }
        self.tail(segment, &scan, &file, lost);
        let is_whole = scan.gaps.is_empty();
        let (records, size) = self.settle(scan, &file, base, first_ordinal, header);
        if is_whole && segment.size > size {
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

    /// How many records the next segment says were here that are not; `None` when it does not say.
    fn lost_from_the_end(&self, segment: &Surveyed, scan: &Scan, first_ordinal: u32) -> Option<u64> {
        let next = self
            .survey
            .segments
            .iter()
            .find(|next| next.number == segment.number + 1)?;
        let HeaderPage::Intact { header, .. } = &next.header else {
            return None;
        };
        if header.previous_records == 0 || self.survey.noted.contains(&segment.number) {
            return None;
        }
        let last = scan.found.last();
        let have = last.map_or(u64::from(first_ordinal), |last| u64::from(last.ordinal) + 1);
        Some(header.previous_records.saturating_sub(have))
    }

    /// Rows 16 and 17.
    fn without_records(&mut self, segment: &Surveyed, scan: &Scan, file: &str, base: u64, lost: Option<u64>) {
        let durable = self
            .cursor
            .is_some_and(|cursor| cursor.newest_segment >= segment.number);
        let held_some = durable || lost.is_some_and(|lost| lost > 0);
        if base > RECORDS_START || !held_some || self.survey.noted.contains(&segment.number) {
            self.tail(segment, scan, file, lost);
        } else {
            let records = lost.unwrap_or(1).max(1);
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
    fn tail(&mut self, segment: &Surveyed, scan: &Scan, file: &str, lost: Option<u64>) {
        let is_short = lost.is_some_and(|lost| lost > 0);
        let (kind, end, records) = match scan.tail {
            Tail::Clean if is_short => (FindingKind::Corrupt, scan.end, 0),
            Tail::Clean => return,
            Tail::Torn { end } if !is_short => (FindingKind::TornTail, end, 1),
            Tail::Torn { end } => (FindingKind::Corrupt, end, 1),
            Tail::Corrupt { end, records } => (FindingKind::Corrupt, end, records),
        };
        // The next segment knows exactly how many there were; without one it is the least that can be told.
        let records = lost.unwrap_or(records);
        self.findings
            .push(Finding::new(kind, file, scan.end..end, records));
        if end > scan.end {
            self.keep(file, segment.number, scan.end, end, kind == FindingKind::TornTail);
        } else {
            self.steps.push(Step::KeepNote {
                number: segment.number,
                torn: false,
            });
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
        scan: Scan,
        file: &str,
        base: u64,
        first_ordinal: u32,
        header: SegmentHeader,
    ) -> (Vec<Found>, u64) {
        let Some(first_gap) = scan.gaps.first() else {
            return (scan.found, scan.end);
        };
        let stays = scan
            .found
            .partition_point(|record| record.in_place && record.end <= first_gap.start);
        let mut records = scan.found;
        let moves = records.split_off(stays.min(records.len()));
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
            self.steps.push(Step::KeepNote { number, torn: false });
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

    /// An empty segment that is removed from between others would be missed by every later start.
    fn note_what_leaves_a_gap(&mut self) {
        let (Some(first), Some(last)) = (self.kept.first(), self.kept.last()) else {
            return;
        };
        let between = first.number..last.number;
        let mut unnoted = BTreeSet::new();
        for step in &self.steps {
            if let Step::Remove { file } = step {
                unnoted.extend(segment::number(file).filter(|number| between.contains(number)));
            }
        }
        for step in &self.steps {
            if let Step::KeepRange { number, .. } | Step::KeepNote { number, .. } = step {
                unnoted.remove(number);
            }
        }
        self.steps.extend(
            unnoted
                .into_iter()
                .map(|number| Step::KeepNote { number, torn: true }),
        );
    }

    fn plan(mut self, producer: Producer) -> Plan {
        // An empty segment that was removed leaves its number to the next: a number left out would be one missing.
        let held = |segment: &&Surveyed| segment.last.is_some();
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
            epoch: producer.epoch,
            ..old
        };
        self.note_what_leaves_a_gap();
        // What is removed goes last: until then everything can be found again.
        self.steps.sort_by_key(|step| match step {
            Step::Rename { .. } => 0,
            Step::KeepRange { .. } | Step::KeepNote { .. } => 1,
            Step::Rewrite { .. } => 3,
            Step::WriteHeader { .. } | Step::Cut { .. } => 2,
            Step::KeepFile { .. } => 4,
            Step::Remove { .. } => 5,
        });
        // The newest first: interrupted the other way round, the older ones would be missing before the newer.
        let removals = self
            .steps
            .partition_point(|step| !matches!(step, Step::Remove { .. }));
        if let Some(removals) = self.steps.get_mut(removals..) {
            removals.reverse();
        }
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

#[cfg(test)]
mod tests;
