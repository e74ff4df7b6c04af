//! A disk in memory that fails by seed.
//!
//! **Fault model.** What may break, where, and how much:
//!
//! - *A write* may be short (some prefix is taken, the rest is asked for again), may fail after a prefix was taken, or
//!   fail because the disk is full. It never changes bytes outside its range. A write within one sector is taken whole
//!   or not at all: the kernel copies it into one page in one step, and a disk writes a sector in one.
//! - *A sync* may fail. Then some of the unsynced sectors reached the disk and the others are forgotten: the running
//!   process still reads them, and a later sync reports success without writing them, as Linux does.
//! - *A power cut* keeps every synced byte. Of the writes since the last sync, any subset of 512-byte sectors is kept,
//!   in any combination: later writes without earlier ones, a record's end without its start. A file's size is any
//!   between the synced one and the last; new bytes that were not kept read as zeros.
//! - *Names* (create, rename, remove) since the folder's last sync survive as a prefix of their order, as on a
//!   journalling file system.
//! - *A kill* loses nothing that was written, and no more of a write than stopped in the middle.
//! - *Reads* do not fail and do not lie: damage to bytes at rest is what the flip and cut tests do to real files.
//!
//! The same seed gives the same faults.

#![expect(
    clippy::indexing_slicing,
    reason = "every range was cut to the length of what it cuts"
)]

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redis_client::buffer::storage::{Access, Entry, Storage, StorageFile};

const SECTOR: usize = 512;

/// Random numbers from a seed; the same on every machine.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A generator for a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (splitmix64).
    #[expect(
        clippy::should_implement_trait,
        reason = "numbers without an end, never iterated over"
    )]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    /// True `per_mille` times in a thousand.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.next() % 1000 < u64::from(per_mille)
    }
}

/// How often what fails, in a thousand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// Writes that take a prefix only.
    pub short_write: u32,
    /// Writes that fail after taking a prefix.
    pub failed_write: u32,
    /// Syncs, of files and folders, that fail.
    pub failed_sync: u32,
    /// Bytes the disk has room for; 0 for no limit.
    pub disk_bytes: u64,
}

/// The disk. Clones are the same disk.
#[derive(Debug, Clone)]
pub struct SimDisk {
    disk: Arc<Mutex<Disk>>,
    path: PathBuf,
}

#[derive(Debug)]
struct Disk {
    random: Random,
    faults: Faults,
    files: BTreeMap<u64, Content>,
    next_file: u64,
    names: BTreeMap<String, u64>,
    /// What the names are after a power cut, if none of `pending` survives.
    durable_names: BTreeMap<String, u64>,
    pending: Vec<NameChange>,
    bytes_read: u64,
}

#[derive(Debug, Clone, Default)]
struct Content {
    live: Vec<u8>,
    durable: Vec<u8>,
    /// Ranges written since the last sync, with what was written.
    dirty: Vec<(usize, Vec<u8>)>,
}

#[derive(Debug, Clone)]
enum NameChange {
    Create(String, u64),
    Rename(String, String),
    Remove(String),
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<String, u64>) {
        match self {
            Self::Create(name, file) => {
                names.insert(name.clone(), *file);
            }
            Self::Rename(from, to) => {
                if let Some(file) = names.remove(from) {
                    names.insert(to.clone(), file);
                }
            }
            Self::Remove(name) => {
                names.remove(name);
            }
        }
    }

    fn is_in(&self, folder: &str) -> bool {
        let name = match self {
            Self::Create(name, _) | Self::Remove(name) => name,
            Self::Rename(_, to) => to,
        };
        folder_of(name) == folder
    }
}

fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl SimDisk {
    /// An empty disk.
    #[must_use]
    pub fn new(seed: u64, faults: Faults) -> Self {
        let disk = Disk {
            random: Random::new(seed),
            faults,
            files: BTreeMap::new(),
            next_file: 1,
            names: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            pending: Vec::new(),
            bytes_read: 0,
        };
        Self {
            disk: Arc::new(Mutex::new(disk)),
            path: PathBuf::from("simulated"),
        }
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what fails from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.disk().faults = faults;
    }

    /// The disk after a power cut; this one must not be used any more.
    #[must_use]
    pub fn power_cut(&self) -> Self {
        let mut disk = self.disk();
        let disk = &mut *disk;
        let kept = disk.random.below(disk.pending.len() + 1);
        let mut names = disk.durable_names.clone();
        for change in disk.pending.iter().take(kept) {
            change.apply(&mut names);
        }
        let mut files = BTreeMap::new();
        for file in names.values() {
            let content = disk.files.get(file).cloned().unwrap_or_default();
            files.insert(*file, content.after_power_cut(&mut disk.random));
        }
        self.with(disk.random.clone(), disk.next_file, files, names)
    }

    /// The disk after the process was killed: everything written is there.
    #[must_use]
    pub fn kill(&self) -> Self {
        let mut disk = self.disk();
        let disk = &mut *disk;
        let random = Random::new(disk.random.next());
        let after = self.with(random, disk.next_file, disk.files.clone(), disk.names.clone());
        after.disk().durable_names.clone_from(&disk.durable_names);
        after.disk().pending.clone_from(&disk.pending);
        after
    }

    fn with(
        &self,
        random: Random,
        next_file: u64,
        files: BTreeMap<u64, Content>,
        names: BTreeMap<String, u64>,
    ) -> Self {
        let disk = Disk {
            random,
            faults: Faults::default(),
            files,
            next_file,
            durable_names: names.clone(),
            names,
            pending: Vec::new(),
            bytes_read: 0,
        };
        Self {
            disk: Arc::new(Mutex::new(disk)),
            path: self.path.clone(),
        }
    }

    /// A file's bytes as the running process sees them.
    #[must_use]
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        let disk = self.disk();
        disk.names
            .get(name)
            .and_then(|file| disk.files.get(file))
            .map(|content| content.live.clone())
    }

    /// How many bytes of its files processes have read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.disk().bytes_read
    }

    /// The names of all files.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.disk().names.keys().cloned().collect()
    }

    /// Changes a file's bytes at rest.
    pub fn damage(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut disk = self.disk();
        if let Some(file) = disk.names.get(name).copied()
            && let Some(content) = disk.files.get_mut(&file)
        {
            change(&mut content.live);
            content.durable = content.live.clone();
            content.dirty.clear();
        }
    }
}

impl Content {
    fn after_power_cut(self, random: &mut Random) -> Self {
        let (low, high) = (
            self.durable.len().min(self.live.len()),
            self.durable.len().max(self.live.len()),
        );
        let mut bytes = self.durable;
        bytes.resize(high, 0);
        for (offset, written) in self.dirty {
            apply_some_sectors(&mut bytes, offset, &written, random, 500);
        }
        bytes.truncate(low + random.below(high - low + 1));
        Self {
            live: bytes.clone(),
            durable: bytes,
            dirty: Vec::new(),
        }
    }
}

/// Applies the sectors of a write that the disk happened to take.
fn apply_some_sectors(
    bytes: &mut Vec<u8>,
    offset: usize,
    written: &[u8],
    random: &mut Random,
    per_mille: u32,
) {
    if bytes.len() < offset + written.len() {
        bytes.resize(offset + written.len(), 0);
    }
    let mut at = 0;
    while at < written.len() {
        let next = (at + SECTOR - (offset + at) % SECTOR).min(written.len());
        if random.chance(per_mille) {
            bytes[offset + at..offset + next].copy_from_slice(&written[at..next]);
        }
        at = next;
    }
}

impl Storage for SimDisk {
    type File = SimFile;

    fn path(&self) -> &Path {
        &self.path
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let disk = self.disk();
        let mut entries = Vec::new();
        for (name, file) in &disk.names {
            if folder_of(name) == folder {
                let size = disk
                    .files
                    .get(file)
                    .map_or(0, |content| content.live.len() as u64);
                let name = name.rsplit('/').next().unwrap_or_default().to_owned();
                entries.push(Entry {
                    name,
                    size,
                    is_file: true,
                });
            }
        }
        Ok(entries)
    }

    fn create(&self, name: &str) -> io::Result<SimFile> {
        let mut disk = self.disk();
        if disk.names.contains_key(name) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = disk.next_file;
        disk.next_file += 1;
        disk.files.insert(file, Content::default());
        disk.names.insert(name.to_owned(), file);
        disk.pending.push(NameChange::Create(name.to_owned(), file));
        Ok(SimFile {
            disk: self.clone(),
            file,
        })
    }

    fn open(&self, name: &str, _access: Access) -> io::Result<SimFile> {
        let file = self
            .disk()
            .names
            .get(name)
            .copied()
            .ok_or(io::ErrorKind::NotFound)?;
        Ok(SimFile {
            disk: self.clone(),
            file,
        })
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut disk = self.disk();
        if !disk.names.contains_key(from) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let change = NameChange::Rename(from.to_owned(), to.to_owned());
        change.apply(&mut disk.names);
        disk.pending.push(change);
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut disk = self.disk();
        if disk.names.remove(name).is_none() {
            return Err(io::ErrorKind::NotFound.into());
        }
        disk.pending.push(NameChange::Remove(name.to_owned()));
        Ok(())
    }

    fn create_folder(&self, _folder: &str) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        let mut disk = self.disk();
        let disk = &mut *disk;
        if disk.random.chance(disk.faults.failed_sync) {
            return Err(io::Error::other("simulated: folder not synced"));
        }
        // The journal keeps the order: everything up to the folder's last change is on disk.
        let last = disk.pending.iter().rposition(|change| change.is_in(folder));
        for change in disk.pending.drain(..last.map_or(0, |last| last + 1)) {
            change.apply(&mut disk.durable_names);
        }
        Ok(())
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        let mut disk = self.disk();
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&disk.random.next().to_le_bytes());
        bytes[8..].copy_from_slice(&disk.random.next().to_le_bytes());
        Ok(bytes)
    }
}

/// A file on a [`SimDisk`].
#[derive(Debug)]
pub struct SimFile {
    disk: SimDisk,
    file: u64,
}

impl SimFile {
    fn with<T>(
        &self,
        act: impl FnOnce(&mut Content, &mut Random, &Faults, u64) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut disk = self.disk.disk();
        let disk = &mut *disk;
        let used = disk.files.values().map(|content| content.live.len() as u64).sum();
        let content = disk.files.get_mut(&self.file).ok_or(io::ErrorKind::NotFound)?;
        act(content, &mut disk.random, &disk.faults, used)
    }
}

impl StorageFile for SimFile {
    fn size(&self) -> io::Result<u64> {
        self.with(|content, _, _, _| Ok(content.live.len() as u64))
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let count = self.with(|content, _, _, _| {
            let offset = usize::try_from(offset)
                .unwrap_or(usize::MAX)
                .min(content.live.len());
            let count = buffer.len().min(content.live.len() - offset);
            buffer[..count].copy_from_slice(&content.live[offset..offset + count]);
            Ok(count)
        })?;
        self.disk.disk().bytes_read += count as u64;
        Ok(count)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        self.with(|content, random, faults, used| {
            let offset = usize::try_from(offset).unwrap_or(usize::MAX);
            let mut count = bytes.len();
            let is_atomic = offset / SECTOR == (offset + count.max(1) - 1) / SECTOR;
            let mut failure = None;
            if random.chance(faults.failed_write) {
                count = if is_atomic { 0 } else { random.below(count) };
                failure = Some(io::Error::other("simulated: write failed"));
            } else if random.chance(faults.short_write) && !is_atomic {
                count = 1 + random.below(count - 1);
            }
            let room = faults.disk_bytes.saturating_sub(used);
            let grows = (offset + count).saturating_sub(content.live.len()) as u64;
            if faults.disk_bytes > 0 && grows > room {
                let fits = count - usize::try_from(grows - room).unwrap_or(count).min(count);
                if fits == 0 {
                    return Err(io::ErrorKind::StorageFull.into());
                }
                count = fits;
            }
            if content.live.len() < offset + count {
                content.live.resize(offset + count, 0);
            }
            content.live[offset..offset + count].copy_from_slice(&bytes[..count]);
            if count > 0 {
                content.dirty.push((offset, bytes[..count].to_vec()));
            }
            failure.map_or(Ok(count), Err)
        })
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.with(|content, _, _, _| {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            content.live.resize(size, 0);
            for (offset, written) in &mut content.dirty {
                written.truncate(size.saturating_sub(*offset));
            }
            Ok(())
        })
    }

    fn sync(&self) -> io::Result<()> {
        self.with(|content, random, faults, _| {
            if random.chance(faults.failed_sync) {
                // Some sectors made it, the rest is forgotten: neither on disk nor dirty any more.
                for (offset, written) in std::mem::take(&mut content.dirty) {
                    apply_some_sectors(&mut content.durable, offset, &written, random, 500);
                }
                return Err(io::Error::other("simulated: sync failed"));
            }
            if content.dirty.is_empty() {
                content.durable.resize(content.live.len(), 0);
                return Ok(());
            }
            let size = content.live.len();
            for (offset, written) in std::mem::take(&mut content.dirty) {
                apply_some_sectors(&mut content.durable, offset, &written, random, 1000);
            }
            content.durable.resize(size, 0);
            Ok(())
        })
    }
}
