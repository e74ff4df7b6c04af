//! What opening finds wrong (layer 2): the kind of thing, its place, and what it cost.

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
    /// A write that was interrupted: never acknowledged to a caller under [`Sync::Always`](crate::buffer::Sync::Always).
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
    /// The file that marks the directory as fenced, damaged or gone: who has claimed the fence is known only from before, or by what
    /// the producer's file keeps of it. The directory stays fenced.
    Fence,
    /// The file that says which dead letters are on their way back: some may come twice.
    Requeue,
    /// The file that says whose channels the records name, damaged or gone: a publisher of that namespace writes it anew.
    Namespace,
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
            Self::Fence => "fence",
            Self::Requeue => "requeue",
            Self::Namespace => "namespace",
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
    pub(in crate::buffer) fn new(
        kind: FindingKind,
        file: impl Into<String>,
        range: std::ops::Range<u64>,
        records: u64,
    ) -> Self {
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
