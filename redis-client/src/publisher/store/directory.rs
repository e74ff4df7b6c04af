//! The store in a directory of the file system (layer 4): whose namespace it holds, and whether it is fenced.
//!
//! The name is on disk before the first record is, so that no record is ever sent to channels of another namespace.

use std::io;
use std::path::Path;

use super::{Log, Store, StoreError};
use crate::buffer::storage::{Access, FileStorage, Storage, StorageFile};
use crate::buffer::wal::Wal;
use crate::buffer::{self, Config, DEAD_LETTERS_FOLDER, NAMESPACE_FILE};
use crate::publisher::error::BuildError;

/// They are few: a segment of 8 MiB would mostly be zeros.
const DEAD_LETTERS_SEGMENT_BYTES: u64 = 1 << 20;

impl Store<FileStorage> {
    /// Opens the buffer in a directory, which is made when it is absent, and takes its lock.
    ///
    /// The directory belongs to the namespace whose events it holds: `BuildError::Namespace` for another. Once it was fenced,
    /// it stays so: `BuildError::Fenced` for who would send past the fence.
    pub(in crate::publisher) fn open_directory(
        directory: &Path,
        config: &Config,
        namespace: Option<&str>,
        is_fenced: bool,
    ) -> Result<Self, BuildError> {
        let path = directory.to_owned();
        let config = config.clone();
        let mut store = Self::open(config.sync_mode(), move |log| match log {
            Log::Buffer => Wal::open_directory(&path, &config),
            Log::DeadLetters => {
                let config = Config::new().segment_bytes(DEAD_LETTERS_SEGMENT_BYTES);
                Wal::open_directory(&path.join(DEAD_LETTERS_FOLDER), &config)
            }
        })?;
        if !is_fenced && store.is_marked()? {
            let directory = directory.to_owned();
            return Err(BuildError::Fenced { directory });
        }
        let ours = namespace.unwrap_or_default();
        let storage = FileStorage::open(directory).map_err(StoreError::from)?;
        let failed = |action| {
            move |source| {
                let path = directory.join(NAMESPACE_FILE);
                BuildError::Buffer(buffer::Error::Io { action, path, source }.into())
            }
        };
        match read_namespace(&storage).map_err(failed("read"))? {
            Some(theirs) if theirs == ours => {}
            Some(theirs) if !store.is_empty() || has_dead_letters(directory)? => {
                let ours = ours.to_owned();
                return Err(BuildError::Namespace { theirs, ours });
            }
            // New, or emptied: whatever comes now is ours.
            _ => write_namespace(&storage, ours).map_err(failed("write"))?,
        }
        if is_fenced {
            store.fence()?;
        }
        Ok(store)
    }
}

/// Whether there are dead letters: they may be put back, and would go to channels of the namespace they came from.
fn has_dead_letters(directory: &Path) -> Result<bool, StoreError> {
    let found = buffer::inspect_dead_letters(directory)?;
    Ok(found.is_some_and(|found| found.status().records > 0))
}

fn read_namespace(storage: &impl Storage) -> io::Result<Option<String>> {
    let file = match storage.open(NAMESPACE_FILE, Access::Read) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut bytes = vec![0; usize::try_from(file.size()?).unwrap_or(usize::MAX).min(4096)];
    let read = file.read_at(&mut bytes, 0)?;
    bytes.truncate(read);
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn write_namespace(storage: &impl Storage, namespace: &str) -> io::Result<()> {
    const NEW: &str = "namespace.tmp";
    match storage.remove(NEW) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = storage.create(NEW)?;
    let mut left = namespace.as_bytes();
    // Bound: each turn writes at least one byte.
    while !left.is_empty() {
        let at = (namespace.len() - left.len()) as u64;
        left = left.get(file.write_at(left, at)?.max(1)..).unwrap_or_default();
    }
    // Durability: the name must not be on disk before the bytes are, nor the first record before the name.
    file.sync()?;
    storage.rename(NEW, NAMESPACE_FILE)?;
    storage.sync_folder("")
}
