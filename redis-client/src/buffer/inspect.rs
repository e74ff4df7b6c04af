//! Reading a buffer that may belong to another process: no lock, no change.
//!
//! The owner goes on writing meanwhile, so a half-written record at the end and a segment that has just gone are
//! nothing wrong. A range that looks damaged is looked at again before it is reported: a read that crosses a write can
//! see the later of two pages and not the earlier.

use std::path::Path;
use std::time::SystemTime;

use super::error::Error;
use super::record::{self, Pair, Record, Seed};
use super::recovery::{self, Finding};
use super::segment::Found;
use super::storage::{Access, Disk, FileStorage};

/// How often damage is looked at before it is believed.
const LOOKS: u32 = 3;

/// What is stored, in figures.
///
/// ```
/// # use redis_client::buffer::FallbackBuffer;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// # let buffer = FallbackBuffer::open(dir.path())?;
/// buffer.append_batch(&[("a", b"1"), ("a", b"2")])?;
/// let status = buffer.status()?;
/// assert_eq!((status.records, status.damaged), (2, 0));
/// assert!(status.oldest_created_at.is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// Unacknowledged records.
    pub records: u64,
    /// Their bytes, headers included.
    pub bytes: u64,
    /// When the oldest of them was accepted.
    pub oldest_created_at: Option<SystemTime>,
    /// Records dropped unsent because the log was full, ever.
    pub dropped: u64,
    /// Pieces of damage that were set aside.
    pub damaged: u64,
}

/// A buffer as it was when [`inspect`] looked.
///
/// ```
/// # use redis_client::buffer::{FallbackBuffer, inspect};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// let owner = FallbackBuffer::open(dir.path())?;
/// let before = inspect(dir.path())?;
/// owner.append("a", b"1")?;
/// assert_eq!(before.status().records, 0);
/// assert_eq!(inspect(dir.path())?.status().records, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Inspection {
    disk: Disk<FileStorage>,
    is_buffer: bool,
    log_id: [u8; 16],
    status: Status,
    findings: Vec<Finding>,
    /// The intact records by file and segment number.
    segments: Vec<(String, u64, Vec<Found>)>,
}

/// Reads a buffer's directory without its lock, also beside its owner, and changes nothing.
///
/// ```
/// use redis_client::buffer::{FallbackBuffer, inspect};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// let owner = FallbackBuffer::open(dir.path())?;
/// owner.append("orders.executed", b"{}")?;
/// let seen = inspect(dir.path())?;
/// assert_eq!(seen.status().records, 1);
/// assert_eq!(seen.records().next().unwrap()?.channel(), "orders.executed");
/// assert!(seen.findings().is_empty());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`Error::NotADirectory`], [`Error::Version`] and [`Error::Io`] name the path.
///
/// # Blocking
/// Reads all that is unacknowledged.
pub fn inspect(path: impl AsRef<Path>) -> Result<Inspection, Error> {
    let disk = Disk::new(FileStorage::open_to_read(path.as_ref())?);
    let mut looks = 1;
    // Bound: at most `LOOKS` turns.
    loop {
        let mut survey = recovery::survey(&disk)?;
        recovery::judge_dead_letters(&disk)?;
        let places: Vec<(String, u64, Vec<Found>)> = survey
            .segments
            .iter()
            .filter_map(|segment| {
                Some((
                    segment.file.clone(),
                    segment.number,
                    segment.scan.as_ref()?.found.clone(),
                ))
            })
            .collect();
        let plan = recovery::decide(&mut survey, [[0; 16]; 2]);
        if looks < LOOKS && plan.findings.iter().any(|finding| finding.kind.is_damage()) {
            looks += 1;
            continue;
        }
        let is_buffer = survey.is_of_a_log();
        let acknowledged = plan.cursor.acknowledged;
        let mut segments = Vec::new();
        for (file, number, mut found) in places {
            found.retain(|record| record.pair > acknowledged);
            if !found.is_empty() {
                segments.push((file, number, found));
            }
        }
        let pending = || segments.iter().flat_map(|(_, _, found)| found);
        let status = Status {
            records: pending().count() as u64,
            bytes: pending().map(|record| record.end - record.start).sum(),
            oldest_created_at: pending()
                .next()
                .map(|record| record::time_of(record.created_at_us)),
            dropped: plan.cursor.dropped,
            damaged: plan.damaged,
        };
        let log_id = plan.producer.log_id;
        return Ok(Inspection {
            disk,
            is_buffer,
            log_id,
            status,
            findings: plan.findings,
            segments,
        });
    }
}

/// As [`inspect`], of the dead letters: what a publisher found that Redis refuses for good. `None` when there never were any.
///
/// ```
/// use redis_client::buffer::{FallbackBuffer, inspect_dead_letters};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// FallbackBuffer::open(dir.path())?;
/// assert!(inspect_dead_letters(dir.path())?.is_none());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`inspect`].
///
/// # Blocking
/// Reads all of them.
pub fn inspect_dead_letters(path: impl AsRef<Path>) -> Result<Option<Inspection>, Error> {
    match inspect(path.as_ref().join(recovery::DEAD_LETTERS_FOLDER)) {
        Ok(found) => Ok(Some(found)),
        Err(error) if recovery::is_absent(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Inspection {
    /// Whether the directory holds a buffer at all: in any other, opening makes a new one.
    ///
    /// ```
    /// use redis_client::buffer::{FallbackBuffer, inspect};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// assert!(!inspect(dir.path())?.is_buffer());
    /// FallbackBuffer::open(dir.path())?;
    /// assert!(inspect(dir.path())?.is_buffer());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_buffer(&self) -> bool {
        self.is_buffer
    }

    /// The figures.
    ///
    /// ```
    /// # use redis_client::buffer::{FallbackBuffer, inspect};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// FallbackBuffer::open(dir.path())?.append("a", b"1")?;
    /// assert_eq!(inspect(dir.path())?.status().records, 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What is wrong, and what opening would set right.
    ///
    /// ```
    /// # use redis_client::buffer::{FallbackBuffer, inspect};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// FallbackBuffer::open(dir.path())?.close()?;
    /// assert!(inspect(dir.path())?.findings().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The unacknowledged records, oldest first. What the owner has acknowledged and removed meanwhile is left out.
    ///
    /// ```
    /// # use redis_client::buffer::{FallbackBuffer, inspect};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let dir = tempfile::tempdir()?;
    /// FallbackBuffer::open(dir.path())?.append("a", b"1")?;
    /// for record in inspect(dir.path())?.records() {
    ///     assert_eq!(record?.payload(), b"1");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn records(&self) -> impl Iterator<Item = Result<Record, Error>> + '_ {
        self.segments.iter().flat_map(move |(file, number, found)| {
            let seed = Seed::new(self.log_id, *number);
            let opened = self.disk.open(file, Access::Read);
            let (opened, failure) = match opened {
                Ok(opened) => (Some(opened), None),
                Err(error) if recovery::is_absent(&error) => (None, None),
                Err(error) => (None, Some(Err(error))),
            };
            let read = opened.into_iter().flat_map(move |opened| {
                found.iter().map(move |place| {
                    let mut bytes = vec![0; usize::try_from(place.end - place.start).unwrap_or_default()];
                    opened.read_at(&mut bytes, place.start)?;
                    let header = record::parse(&bytes, seed);
                    let record =
                        header.and_then(|header| Some(header.to_record(&header.body(&bytes)?, None)));
                    record.ok_or_else(|| corrupt(&opened, place.start, place.pair))
                })
            });
            failure.into_iter().chain(read)
        })
    }
}

fn corrupt<F: super::storage::StorageFile>(
    file: &super::storage::DiskFile<F>,
    offset: u64,
    pair: Pair,
) -> Error {
    Error::Corrupt {
        path: file.path().to_owned(),
        offset,
        pair: Some(pair),
    }
}
