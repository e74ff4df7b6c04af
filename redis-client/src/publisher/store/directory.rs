//! The store in a directory of the file system (layer 4): whose namespace it holds, and whether it is fenced.
//!
//! The name is on disk before the first record is, so that no record is ever sent to channels of another namespace.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::{Log, Store, StoreError};
use crate::buffer::namespace::{self, NAMESPACE_FILE};
use crate::buffer::storage::{Access, FileStorage, Storage, StorageFile};
use crate::buffer::wal::Wal;
use crate::buffer::{self, Config, DEAD_LETTERS_FOLDER, Inspection};
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
            Some(Named::Theirs(theirs)) if theirs == ours => {}
            Some(Named::Theirs(theirs)) if !store.is_empty() || has_dead_letters(directory)? => {
                let ours = ours.to_owned();
                return Err(BuildError::Namespace { theirs, ours });
            }
            Some(Named::Damaged) if !holds_channels_of(directory, ours)? => {
                let advice = "it is damaged, and what is stored may be another namespace's: remove the file if it is not";
                return Err(failed("read")(io::Error::new(io::ErrorKind::InvalidData, advice)));
            }
            // New, or emptied: whatever comes now is ours. So is what is called as only ours is.
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

/// Whether all that is stored goes to channels that are called as those of the namespace are. Without one there is no such name:
/// then they must not all begin alike.
fn holds_channels_of(directory: &Path, namespace: &str) -> Result<bool, StoreError> {
    let mut beginnings = BTreeSet::new();
    let mut look = |found: &Inspection| {
        for record in found.records() {
            let record = record?;
            beginnings.insert(record.channel().split('.').next().unwrap_or_default().to_owned());
        }
        Ok::<_, buffer::Error>(())
    };
    look(&buffer::inspect(directory)?)?;
    if let Some(letters) = buffer::inspect_dead_letters(directory)? {
        look(&letters)?;
    }
    Ok(match namespace {
        "" => beginnings.len() != 1,
        name => beginnings.iter().all(|beginning| beginning == name),
    })
}

/// What the file says.
enum Named {
    Theirs(String),
    Damaged,
}

fn read_namespace(storage: &impl Storage) -> io::Result<Option<Named>> {
    let file = match storage.open(NAMESPACE_FILE, Access::Read) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut bytes = vec![0; usize::try_from(file.size()?).unwrap_or(usize::MAX).min(4096)];
    let read = file.read_at(&mut bytes, 0)?;
    bytes.truncate(read);
    let named = namespace::decode(&bytes);
    Ok(Some(
        named.map_or(Named::Damaged, |name| Named::Theirs(name.to_owned())),
    ))
}

fn write_namespace(storage: &impl Storage, namespace: &str) -> io::Result<()> {
    const NEW: &str = "namespace.tmp";
    match storage.remove(NEW) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = storage.create(NEW)?;
    let text = namespace::encode(namespace);
    let mut left = text.as_bytes();
    // Bound: each turn writes at least one byte.
    while !left.is_empty() {
        let at = (text.len() - left.len()) as u64;
        left = left.get(file.write_at(left, at)?.max(1)..).unwrap_or_default();
    }
    // Durability: the name must not be on disk before the bytes are, nor the first record before the name.
    file.sync()?;
    storage.rename(NEW, NAMESPACE_FILE)?;
    storage.sync_folder("")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::buffer::FallbackBuffer;

    /// What could happen: one flipped bit in the file, and what was accepted could never be sent; or the file was emptied, and
    /// another namespace's events were taken for those of none.
    #[test]
    fn where_the_namespace_is_damaged_the_channels_tell() {
        let check = |channels: &[&str], letters: &[&str], namespace: Option<&str>, fits: bool| {
            for damaged in ["", "#1 00000000 prod\n", "}"] {
                let dir = tempfile::tempdir().unwrap();
                let file = dir.path().join(NAMESPACE_FILE);
                let folders = [
                    (dir.path().to_owned(), channels),
                    (dir.path().join(DEAD_LETTERS_FOLDER), letters),
                ];
                for (folder, channels) in folders {
                    let buffer = FallbackBuffer::open(folder).unwrap();
                    for channel in channels {
                        buffer.append(channel, b"1").unwrap();
                    }
                    buffer.close().unwrap();
                }
                fs::write(&file, damaged).unwrap();
                let opened = Store::open_directory(dir.path(), &Config::new(), namespace, false);
                let story = format!("{channels:?} {letters:?} {namespace:?} {damaged:?}");
                let expected = if fits {
                    namespace::encode(namespace.unwrap_or_default())
                } else {
                    damaged.to_owned()
                };
                assert_eq!(fs::read_to_string(&file).unwrap(), expected, "{story}");
                match opened {
                    Ok(_) => assert!(fits, "{story}"),
                    Err(error) => assert!(
                        !fits && matches!(error, BuildError::Buffer(_)),
                        "{story}: {error}"
                    ),
                }
            }
        };
        check(&[], &[], None, true);
        check(&[], &[], Some("prod"), true);
        check(&["prod.a", "prod.b"], &[], Some("prod"), true);
        check(&["prod.a", "test.b"], &[], Some("prod"), false);
        check(&["prod.a"], &["test.b"], Some("prod"), false);
        check(&["product.a"], &[], Some("prod"), false);
        check(&["prod.a", "prod.b"], &[], None, false);
        check(&["orders.executed", "price.updated"], &[], None, true);
    }
}
