//! Dead letters go back into the buffer, each once, wherever the process is killed.
//!
//! Two logs cannot change at once. So the file `requeue` says, synced, that a batch is on its way from one to the other and
//! behind which pair its copies lie; each copy notes the pair of the letter it was. Then the copies are appended and synced,
//! the letters are acknowledged, synced, and the file says that nothing is on its way. Who finds it saying otherwise after a
//! crash finishes that batch before anything is sent or appended: what has a copy is acknowledged.
//!
//! A kill leaves the first few copies of the batch, a power cut any of them: those missing before the last that is there
//! are made up for, since letters can only be acknowledged up to one.

use std::collections::HashSet;
use std::path::Path;

use super::config::Config;
use super::error::Error;
use super::note;
use super::record::{Fields, NewRecord, Pair, RECORD_BYTES_MAX, Record, chunk};
use super::recovery::{self, DEAD_LETTERS_FOLDER};
use super::slots::{self, BODY_BYTES, Slots};
use super::storage::{Access, FileStorage, Storage};
use super::wal::{Position, Wal};

/// The file's name.
pub(crate) const REQUEUE_FILE: &str = "requeue";
const MAGIC: [u8; 8] = *b"\xF5RCrequ\n";
const BATCH: usize = 256;
const BATCH_BYTES: u64 = 1 << 20;

/// Puts all dead letters back behind what is stored, and says how many they were.
///
/// # Errors
/// As `Wal::append_batch` and `Wal::sync`, of either log.
///
/// # Durability
/// On return the copies are on disk, and so is that the letters are gone.
pub fn requeue<S: Storage, D: Storage>(wal: &mut Wal<S>, dead: &mut Wal<D>) -> Result<u64, Error> {
    // A call that failed may have left a batch half way.
    finish(wal, dead)?;
    let mut requeued = 0;
    // Bound: the dead letters, of which nobody adds any meanwhile.
    loop {
        let letters = dead.read(&mut Position::default(), BATCH, BATCH_BYTES)?;
        let Some(last) = letters.last().map(Record::pair) else {
            return Ok(requeued);
        };
        mark(wal, Some(wal.last()))?;
        append(wal, &letters.iter().collect::<Vec<_>>())?;
        let_go(wal, dead, last)?;
        requeued += letters.len() as u64;
    }
}

/// Whether a batch was on its way when the process ended.
pub(super) fn is_begun<S: Storage>(wal: &Wal<S>) -> Result<bool, Error> {
    Ok(read_mark(wal)?.1.is_some())
}

/// Finishes the batch that was on its way in this directory.
pub(super) fn finish_in(path: &Path, wal: &mut Wal<FileStorage>) -> Result<(), Error> {
    let path = path.join(DEAD_LETTERS_FOLDER);
    if !path.is_dir() {
        return mark(wal, None);
    }
    let mut dead = Wal::open_directory(&path, &Config::new())?;
    finish(wal, &mut dead)?;
    dead.close()
}

/// Finishes the batch that was on its way, if there was one.
///
/// # Errors
/// As [`requeue`].
pub fn finish<S: Storage, D: Storage>(wal: &mut Wal<S>, dead: &mut Wal<D>) -> Result<(), Error> {
    let Some(before) = read_mark(wal)?.1 else {
        return Ok(());
    };
    let copied = copied_after(wal, before)?;
    let Some(last) = copied.iter().max().copied() else {
        return mark(wal, None);
    };
    let mut up_to = Pair::default();
    let mut position = Position::default();
    // Bound: the letters up to `last`.
    while up_to < last {
        let mut letters = dead.read(&mut position, BATCH, BATCH_BYTES)?;
        letters.retain(|letter| letter.pair() <= last);
        let Some(end) = letters.last().map(Record::pair) else {
            break;
        };
        let is_missing = |letter: &&Record| !copied.contains(&letter.pair());
        let missing: Vec<&Record> = letters.iter().filter(is_missing).collect();
        match append(wal, &missing) {
            Ok(()) => up_to = end,
            // There is no room for what the power cut took: it stays a dead letter, and what lies behind it comes twice.
            Err(Error::Full { .. }) => {
                let kept = letters.iter().take_while(|letter| !is_missing(letter));
                up_to = kept.last().map_or(up_to, Record::pair);
                break;
            }
            Err(error) => return Err(error),
        }
    }
    let_go(wal, dead, up_to)
}

/// The letters whose copies lie behind a pair.
fn copied_after<S: Storage>(wal: &mut Wal<S>, before: Pair) -> Result<HashSet<Pair>, Error> {
    let mut copied = HashSet::new();
    let mut position = Position::after(before);
    // Bound: what is stored behind `before`, which is little more than one batch.
    loop {
        let records = wal.read(&mut position, BATCH, BATCH_BYTES)?;
        if records.is_empty() {
            return Ok(copied);
        }
        copied.extend(records.iter().filter_map(|record| note::letter(record.note())));
    }
}

/// Appends copies of letters whose records the buffer no longer holds.
fn append<S: Storage>(wal: &mut Wal<S>, letters: &[&Record]) -> Result<(), Error> {
    let now_us = super::now_us();
    let epoch = wal.epoch();
    let last = wal.last();
    let mut sequence = if last.epoch == epoch { last.sequence } else { 0 };
    let mut noted = Vec::with_capacity(letters.len());
    for letter in letters {
        // Killed between its burial and its acknowledgement, it goes from where it lies.
        if !is_stored(wal, letter)? {
            noted.push((letter, note::of_requeued(letter, now_us)));
        }
    }
    let records = noted.iter().map(|(letter, note)| {
        sequence += 1;
        let record = NewRecord {
            pair: Pair { epoch, sequence },
            channel: letter.channel(),
            payload: letter.payload(),
            created_at_us: letter.created_at_us(),
            note,
        };
        // One of the largest size there is has no room for a note.
        let is_too_large = record.bytes() > RECORD_BYTES_MAX;
        let note = if is_too_large { "" } else { record.note };
        NewRecord { note, ..record }
    });
    let records: Vec<NewRecord<'_>> = records.collect();
    if records.is_empty() {
        return Ok(());
    }
    wal.append_batch(&records)
}

/// Whether the record that a letter was is still unacknowledged.
fn is_stored<S: Storage>(wal: &mut Wal<S>, letter: &Record) -> Result<bool, Error> {
    let Some(pair) = note::event(letter.note()) else {
        return Ok(false);
    };
    if pair <= wal.acknowledged() || pair > wal.last() {
        return Ok(false);
    }
    let mut position = Position::after(Pair {
        sequence: pair.sequence.saturating_sub(1),
        ..pair
    });
    let records = wal.read(&mut position, 1, 1)?;
    Ok(records
        .first()
        .is_some_and(|record| record.pair() == pair && is_same_event(record, letter)))
}

/// Whether two records are the same event, wherever they lie.
fn is_same_event(one: &Record, other: &Record) -> bool {
    one.created_at_us() == other.created_at_us()
        && one.channel() == other.channel()
        && one.payload() == other.payload()
}

fn let_go<S: Storage, D: Storage>(wal: &mut Wal<S>, dead: &mut Wal<D>, up_to: Pair) -> Result<(), Error> {
    wal.sync()?;
    dead.acknowledge(up_to)?;
    // Durability: once the file says that nothing is on its way the copies may be sent, and nobody looks for them again.
    dead.sync_cursor()?;
    mark(wal, None)
}

/// The generation of the file, and behind which pair copies lie when a batch is on its way.
fn read_mark<S: Storage>(wal: &Wal<S>) -> Result<(Option<u64>, Option<Pair>), Error> {
    let disk = wal.disk();
    let Some(bytes) = recovery::read_small(disk, REQUEUE_FILE)? else {
        return Ok((None, None));
    };
    match slots::read(MAGIC, &bytes) {
        Slots::Value { generation, body, .. } => {
            let number = |at| chunk(&body, at).map(u64::from_le_bytes).unwrap_or_default();
            let before = Pair {
                epoch: number(0),
                sequence: number(8),
            };
            Ok((Some(generation), (number(16) == 1).then_some(before)))
        }
        // Killed while it was made, before anything was copied; or damaged, and then twice is better than never.
        Slots::Lost => Ok((Some(0), None)),
        Slots::Newer(found) => Err(Error::Version {
            path: disk.path_of(REQUEUE_FILE),
            found,
            supported: slots::FORMAT,
        }),
    }
}

/// The format that a file names, if it is none that this version reads.
pub(super) fn newer(bytes: &[u8]) -> Option<u32> {
    match slots::read(MAGIC, bytes) {
        Slots::Newer(format) => Some(format),
        _ => None,
    }
}

/// Whether the file is damaged: not when it was being made, and has one slot or none as yet.
pub(super) fn is_damaged(bytes: &[u8]) -> bool {
    match slots::read(MAGIC, bytes) {
        Slots::Value {
            generation, damaged, ..
        } => damaged > 0 && (generation > 1 || bytes.iter().take(slots::SLOT_BYTES).any(|byte| *byte != 0)),
        Slots::Lost => !bytes.is_empty(),
        Slots::Newer(_) => false,
    }
}

/// A whole file that says what this one does, or that nothing is on its way.
pub(super) fn mended(bytes: &[u8]) -> Vec<u8> {
    let (generation, body) = match slots::read(MAGIC, bytes) {
        Slots::Value { generation, body, .. } => (generation, body),
        _ => (0, [0; BODY_BYTES]),
    };
    slots::file(MAGIC, generation, &body)
}

/// Says, on disk, that a batch is on its way, or that none is.
fn mark<S: Storage>(wal: &Wal<S>, before: Option<Pair>) -> Result<(), Error> {
    let (generation, _) = read_mark(wal)?;
    let disk = wal.disk();
    let mut body = [0; BODY_BYTES];
    let mut fields = Fields {
        bytes: &mut body,
        at: 0,
    };
    let pair = before.unwrap_or_default();
    fields.put(&pair.epoch.to_le_bytes());
    fields.put(&pair.sequence.to_le_bytes());
    fields.put(&u64::from(before.is_some()).to_le_bytes());
    let Some(generation) = generation else {
        recovery::replace(disk, REQUEUE_FILE, &slots::file(MAGIC, 0, &body))?;
        // Durability: the name of the file, before the first copy.
        return disk.sync_folder("");
    };
    let next = generation + 1;
    let file = disk.open(REQUEUE_FILE, Access::Write)?;
    file.write_at(&slots::encode(MAGIC, next, &body), slots::offset_of(next))?;
    // Durability: said before the first copy, and unsaid before any copy is sent.
    file.sync()?;
    if generation == 0 {
        // Durability: an earlier build may have been killed while it made the file.
        disk.sync_folder("")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::FallbackBuffer;
    use super::*;

    fn bury(path: &Path, letters: &[(&[u8], i64, &str)]) {
        let mut dead = Wal::open_directory(&path.join(DEAD_LETTERS_FOLDER), &Config::new()).unwrap();
        let epoch = dead.epoch();
        for ((payload, created_at_us, note), sequence) in letters.iter().zip(1..) {
            let record = NewRecord {
                pair: Pair { epoch, sequence },
                channel: "c",
                payload,
                created_at_us: *created_at_us,
                note,
            };
            dead.append_batch(&[record]).unwrap();
        }
        dead.close().unwrap();
    }

    #[test]
    fn a_greatest_age_is_kept_unless_it_is_over() {
        let dir = tempfile::tempdir().unwrap();
        let note = "max-age-us 3600000000 dead-letter\nreason ERR no";
        let now_us = super::super::now_us();
        bury(dir.path(), &[(b"young", now_us, note), (b"old", 5, note)]);
        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        assert_eq!(buffer.requeue().unwrap(), 2);
        let ages: Vec<bool> = buffer
            .peek(2)
            .unwrap()
            .iter()
            .map(|record| record.max_age().is_some())
            .collect();
        assert_eq!(ages, [true, false]);
        // Numbers go on behind those of the copies.
        buffer.append("c", b"next").unwrap();
        assert_eq!(buffer.len().unwrap(), 3);
    }

    #[test]
    fn what_was_buried_and_not_yet_acknowledged_goes_from_where_it_lies() {
        let dir = tempfile::tempdir().unwrap();
        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        let pair = buffer.append("c", b"both").unwrap();
        let created_at_us = buffer.peek(1).unwrap()[0].created_at_us();
        let event = note::with_event("reason ERR no", pair);
        bury(
            dir.path(),
            &[
                (b"both", created_at_us, &event),
                // Another event by the same number: the log was deleted and begun anew, say.
                (b"other", created_at_us, &event),
            ],
        );
        assert_eq!(buffer.requeue().unwrap(), 2);
        let payloads: Vec<Vec<u8>> = buffer
            .iter()
            .map(|record| record.unwrap().into_payload())
            .collect();
        assert_eq!(payloads, [b"both".to_vec(), b"other".to_vec()]);
    }

    #[test]
    fn an_opening_finishes_what_was_begun() {
        let dir = tempfile::tempdir().unwrap();
        bury(dir.path(), &[(b"1", 5, ""), (b"2", 5, "")]);
        let mut wal = Wal::open_directory(dir.path(), &Config::new()).unwrap();
        mark(&wal, Some(wal.last())).unwrap();
        let dead_path = dir.path().join(DEAD_LETTERS_FOLDER);
        let mut dead = Wal::open_directory(&dead_path, &Config::new()).unwrap();
        let letters = dead.read(&mut Position::default(), 2, 100).unwrap();
        append(&mut wal, &[&letters[0]]).unwrap();
        drop((wal, dead));

        let buffer = FallbackBuffer::open(dir.path()).unwrap();
        let dead = FallbackBuffer::open(&dead_path).unwrap();
        assert_eq!((buffer.len().unwrap(), dead.len().unwrap()), (1, 1));
        dead.close().unwrap();
        buffer.append("c", b"3").unwrap();
        assert_eq!(buffer.requeue().unwrap(), 1);
        assert_eq!(buffer.len().unwrap(), 3);
    }
}
