//! All that opening will do (layer 2), said before a byte is changed: [`Plan`], made of [`Step`]s.

use super::Finding;
use crate::buffer::cursor::{Cursor, Producer};
use crate::buffer::record::Pair;
use crate::buffer::segment::{Found, SegmentHeader};

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
    /// Puts a file of these bytes in the place of a damaged small one, which is copied into the folder of damage, or of an absent one.
    Replace {
        file: &'static str,
        damaged: Option<Vec<u8>>,
        bytes: Vec<u8>,
    },
    /// Cuts a file.
    Cut { file: String, size: u64 },
    /// Removes a file.
    Remove { file: String },
}

impl Step {
    /// The file that it changes or copies, if it is one that a later start would find as it is.
    pub(super) fn file(&self) -> Option<&String> {
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
    pub(super) fn rewrites(&self, name: &str) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, Step::Rewrite { file, .. } if file == name))
    }
}
