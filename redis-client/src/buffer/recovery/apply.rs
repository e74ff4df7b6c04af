//! Carries out a [`Plan`]: keeps aside, repairs, moves the cursor, removes, raises the epoch, in that order.
//!
//! Interrupted at any point, the next start decides anew: what is removed or replaced was kept and synced before, and
//! nothing is kept twice.

use std::collections::BTreeSet;

use super::{DAMAGED, DAMAGED_FOLDER, Kept, Plan, Step, TEMPORARY, TORN};
use crate::buffer::cursor::{CURSOR_FILE, CURSOR_MAGIC, PRODUCER_FILE, PRODUCER_MAGIC, Producer};
use crate::buffer::error::Error;
use crate::buffer::record::{self, NewRecord, Seed};
use crate::buffer::segment::{self, Found, SegmentHeader};
use crate::buffer::slots::{self, Body};
use crate::buffer::storage::{Access, Disk, DiskFile, Storage};

/// The files that stay open after [`apply`].
#[derive(Debug)]
pub(crate) struct Applied<F> {
    pub(crate) cursor: DiskFile<F>,
    pub(crate) cursor_generation: u64,
    pub(crate) producer_generation: u64,
    /// The number of the next segment: the plan's, or one above what was left as it is.
    pub(crate) next_segment: u64,
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
                    Ok(is_new) => damaged += u64::from(is_new && !torn),
                    // A full disk must not keep the log shut: what cannot be kept beside is not removed either, and the
                    // next start finds it again.
                    Err(error) if error.is_disk_full() && !plan.rewrites(file) => {
                        left_as_it_is.insert(file);
                    }
                    Err(error) => return Err(error),
                }
            }
            Step::KeepNote { number, torn } => {
                let suffix = if *torn { TORN } else { DAMAGED };
                let is_new = keep(disk, &format!("{number:020}-missing"), suffix, &[])?;
                damaged += u64::from(is_new && !torn);
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
            Step::Replace {
                file,
                damaged: old,
                bytes,
            } => damaged += u64::from(replace_small(disk, file, old.as_deref(), bytes)?),
            Step::Cut { file, size } => {
                // Durability: what is cut was kept and synced before, or is zeros; a crash brings it back to be cut again.
                disk.open(file, Access::Write)?.set_size(*size)?;
            }
            Step::Remove { .. } => {}
        }
        names_changed |= !matches!(step, Step::Cut { .. } | Step::WriteHeader { .. });
    }
    let (cursor, cursor_generation) = write_cursor(disk, plan)?;
    // What is left stays behind the segments to come, and so does what lies before it: a gap would be missed.
    let left = left_as_it_is
        .iter()
        .filter_map(|file| segment::number(file))
        .max();
    let stays = |file: &str| {
        let number = segment::number(file).unwrap_or_default();
        left_as_it_is.iter().any(|left| *left == file)
            || left.is_some_and(|left| (plan.cursor.segment..=left).contains(&number))
    };
    for step in &plan.steps {
        // A temporary file may have been written again and renamed by now.
        if let Step::Remove { file } = step
            && !stays(file)
            && (!file.ends_with(TEMPORARY) || disk.list("")?.iter().any(|entry| entry.name == *file))
        {
            disk.remove(file)?;
        }
    }
    let producer_generation = write_producer(disk, &plan.producer, plan.producer_generation)?;
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
        producer_generation,
        damaged,
        next_segment: left.map_or(plan.next_segment, |left| plan.next_segment.max(left + 1)),
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

/// Copies a range of a file into the folder of damage, and says whether it was not there already.
fn keep_range<S: Storage>(
    disk: &Disk<S>,
    file: &str,
    number: u64,
    range: std::ops::Range<u64>,
    torn: bool,
) -> Result<bool, Error> {
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

/// Writes a file into the folder of damage under a name that is free, unless the very same bytes are there already: `false`.
fn keep<S: Storage>(disk: &Disk<S>, stem: &str, suffix: &str, bytes: &[u8]) -> Result<bool, Error> {
    disk.create_folder(DAMAGED_FOLDER)?;
    // Durability: the folder itself must survive before anything relies on what is in it.
    disk.sync_folder("")?;
    let Some(name) = free_name(disk, stem, suffix, Some(bytes))? else {
        return Ok(false);
    };
    let temporary = format!("{stem}{TEMPORARY}");
    let opened = create_anew(disk, &temporary)?;
    opened.write_at(bytes, 0)?;
    // Durability: the copy must be whole on disk before it gets its name, and the name before the original changes.
    opened.sync()?;
    disk.rename(&temporary, &name)?;
    disk.sync_folder(DAMAGED_FOLDER)?;
    Ok(true)
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
            note: body.note,
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

/// Writes the producer's value as this generation, or a new file when there is none, and says which generation it has.
pub(crate) fn write_producer<S: Storage>(
    disk: &Disk<S>,
    producer: &Producer,
    generation: Option<u64>,
) -> Result<u64, Error> {
    let body = producer.encode();
    let Some(generation) = generation else {
        new_slot_file(disk, PRODUCER_FILE, PRODUCER_MAGIC, &body)?;
        return Ok(2);
    };
    let file = disk.open(PRODUCER_FILE, Access::Write)?;
    file.write_at(
        &slots::encode(PRODUCER_MAGIC, generation, &body),
        slots::offset_of(generation),
    )?;
    // Durability: an epoch that was used and then forgotten would number two events alike.
    file.sync()?;
    Ok(generation)
}

/// Rows 25 to 27; says whether a piece was kept beside. A full disk leaves the file as it is.
fn replace_small<S: Storage>(
    disk: &Disk<S>,
    file: &str,
    damaged: Option<&[u8]>,
    bytes: &[u8],
) -> Result<bool, Error> {
    let disk = disk.apart();
    let replaced = || -> Result<bool, Error> {
        let is_kept = match damaged {
            Some(damaged) => keep(&disk, file, DAMAGED, damaged)?,
            None => false,
        };
        replace(&disk, file, bytes)?;
        Ok(is_kept)
    };
    match replaced() {
        Err(error) if error.is_disk_full() => Ok(false),
        other => other,
    }
}

/// Makes a file of these bytes, whole or not at all. Its name is durable once the folder is synced.
pub(crate) fn replace<S: Storage>(disk: &Disk<S>, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let temporary = format!("{name}{TEMPORARY}");
    let file = create_anew(disk, &temporary)?;
    file.write_at(bytes, 0)?;
    // Durability: whole on disk before it gets its name; whoever relies on the name syncs the directory.
    file.sync()?;
    disk.rename(&temporary, name)
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
