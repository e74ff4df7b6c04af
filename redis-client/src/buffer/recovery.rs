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
//! | 21 | any file of a newer format, the dead letters' too, or a record of an unknown kind, if of this log | refused, nothing is changed |
//! | 22 | a file of ours that cannot be read, or a directory or a pipe in its place | refused, nothing is changed |
//! | 23 | a temporary file of ours | left by an interrupted recovery: removed |
//! | 24 | any other file | reported as stray and left alone |
//! | 25 | `fence` or `requeue` damaged | reported; kept beside; made anew of the intact slot, or without memory |
//! | 26 | no `fence`, and the producer file says that the directory is fenced | reported; made anew without memory: the directory stays fenced |
//! | 27 | `namespace` damaged, or gone though the producer file speaks of it | reported; kept beside and made anew if it was the empty one; else left to a publisher who knows its name |
//!
//! Rows 11 to 15 may hold for one segment together. When a full disk has no room to keep a piece beside, rows 11, 12, 15 and
//! 25 to 27 leave the file as it is: the log opens and delivers, and the next start finds the same again.

mod apply;
mod decide;
mod finding;
mod plan;
mod survey;

pub(crate) use self::apply::{apply, replace, write_producer};
pub(crate) use self::decide::decide;
pub use self::finding::{Finding, FindingKind};
pub(crate) use self::plan::{Kept, Plan, Step};
pub(crate) use self::survey::{Survey, is_absent, judge_dead_letters, read_small, survey};

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
/// The lock's file; see `lock.rs`.
pub(crate) const LOCK_FILE: &str = "lock";
/// A file in the making.
const TEMPORARY: &str = ".tmp";
/// A piece of damage that is kept beside.
const DAMAGED: &str = ".damaged";
/// A torn tail that is kept beside.
const TORN: &str = ".torn";

#[cfg(test)]
mod tests;
