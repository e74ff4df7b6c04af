//! The store in a directory of the file system (layer 4): whose namespace it holds, and whether it is fenced.
//!
//! The name is on disk before the first record is, so that no record is ever sent to channels of another namespace.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::{Log, Store, StoreError};
use crate::buffer::namespace::{self, NAMESPACE_FILE, Named};
use crate::buffer::recovery::Survey;
use crate::buffer::storage::FileStorage;
use crate::buffer::wal::Wal;
use crate::buffer::{self, Config, DEAD_LETTERS_FOLDER, Inspection};
use crate::publisher::error::BuildError;

/// They are few: a segment of 8 MiB would mostly be zeros.
const DEAD_LETTERS_SEGMENT_BYTES: u64 = 1 << 20;

impl Store<FileStorage> {
    /// Opens the buffer in a directory, which is made when it is absent, and takes its lock.
    ///
    /// The directory belongs to the namespace whose events it holds: `BuildError::Namespace` for another. Once it was fenced,
    /// it stays so: `BuildError::Fenced` for who would send past the fence. Who is refused has changed nothing.
    pub(in crate::publisher) fn open_directory(
        directory: &Path,
        config: &Config,
        namespace: Option<&str>,
        is_fenced: bool,
    ) -> Result<Self, BuildError> {
        let ours = namespace.unwrap_or_default();
        let wal = Wal::open_directory_if(directory, config, |survey| {
            if !is_fenced && survey.is_fenced() {
                let directory = directory.to_owned();
                return Err(BuildError::Fenced { directory });
            }
            judge_namespace(directory, survey, ours)
        })?;
        let path = directory.to_owned();
        let opened = config.clone();
        let mut store = Self::over(wal, config.sync_mode(), move |log| match log {
            Log::Buffer => Wal::open_directory(&path, &opened),
            Log::DeadLetters => {
                let config = Config::new().segment_bytes(DEAD_LETTERS_SEGMENT_BYTES);
                Wal::open_directory(&path.join(DEAD_LETTERS_FOLDER), &config)
            }
        });
        if let Some(wal) = &mut store.wal {
            wal.set_namespace(ours)?;
        }
        if is_fenced {
            store.fence()?;
        }
        Ok(store)
    }
}

/// Whether events of this namespace may go into the directory. The new ones may when it is empty, whoever it belonged to.
fn judge_namespace(directory: &Path, survey: &Survey, ours: &str) -> Result<(), BuildError> {
    let lost = |advice: &str| {
        let path = directory.join(NAMESPACE_FILE);
        let source = io::Error::new(io::ErrorKind::InvalidData, advice);
        BuildError::Buffer(
            buffer::Error::Io {
                action: "read",
                path,
                source,
            }
            .into(),
        )
    };
    match survey.namespace() {
        Named::As(theirs) if theirs != ours && holds_any(directory)? => {
            let (theirs, ours) = (theirs.to_owned(), ours.to_owned());
            Err(BuildError::Namespace { theirs, ours })
        }
        Named::Lost {
            checksum: Some(checksum),
        } if checksum != namespace::checksum(ours) && holds_any(directory)? => Err(lost(
            "it is damaged or gone, and what is stored is another namespace's than this client's",
        )),
        Named::Lost { checksum: None } if !holds_channels_of(directory, ours)? => Err(lost(
            "it is damaged, and what is stored may be another namespace's: remove the file if it is not",
        )),
        _ => Ok(()),
    }
}

/// Whether anything is stored, or lies among the dead letters: these may be put back, and would go to channels of the namespace
/// they came from.
fn holds_any(directory: &Path) -> Result<bool, StoreError> {
    let letters = buffer::inspect_dead_letters(directory)?;
    let letters = letters.map_or(0, |found| found.status().records);
    Ok(letters > 0 || buffer::inspect(directory)?.status().records > 0)
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::buffer::FallbackBuffer;

    /// What happened: who was refused for its namespace, or for a fence, had raised the epoch and written the cursor before.
    #[test]
    fn who_is_refused_has_changed_nothing() {
        let contents = |path: &Path| {
            let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
            let files = entries.filter(|path| path.is_file());
            let mut all: Vec<_> = files.map(|file| (fs::read(&file).unwrap(), file)).collect();
            all.sort();
            all
        };
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path();
        let open = |namespace, is_fenced| Store::open_directory(path, &Config::new(), namespace, is_fenced);
        drop(open(Some("prod"), true).unwrap());
        FallbackBuffer::open(path)
            .unwrap()
            .append("prod.c", b"1")
            .unwrap();
        let refused = |namespace, is_fenced| {
            let before = contents(path);
            let error = open(namespace, is_fenced).err().expect("refused");
            assert_eq!(contents(path), before, "{error}");
            error
        };
        assert!(matches!(refused(Some("prod"), false), BuildError::Fenced { .. }));
        assert!(matches!(
            refused(Some("test"), true),
            BuildError::Namespace { .. }
        ));
        assert!(matches!(refused(None, true), BuildError::Namespace { .. }));
        let file = path.join(NAMESPACE_FILE);
        // Damaged or gone, whose it was is still known.
        for gone in [false, true] {
            if gone {
                fs::remove_file(&file).unwrap();
            } else {
                fs::write(&file, "#1 00000000 prod\n").unwrap();
            }
            assert!(matches!(refused(Some("test"), true), BuildError::Buffer(_)));
            drop(open(Some("prod"), true).unwrap());
            assert_eq!(fs::read_to_string(&file).unwrap(), namespace::encode("prod"));
        }
        // Nothing could be sent past the fence, whatever became of the file.
        fs::remove_file(path.join("fence")).unwrap();
        assert!(matches!(refused(Some("prod"), false), BuildError::Fenced { .. }));
    }

    /// Without a namespace all channels may begin alike: what the file said is known all the same.
    #[test]
    fn an_empty_namespace_is_known_though_its_file_is_damaged() {
        for damaged in [Some(""), Some("}"), None] {
            let dir = tempfile::tempdir().unwrap();
            let open = |namespace| Store::open_directory(dir.path(), &Config::new(), namespace, false);
            drop(open(None).unwrap());
            FallbackBuffer::open(dir.path())
                .unwrap()
                .append("orders.executed", b"1")
                .unwrap();
            let file = dir.path().join(NAMESPACE_FILE);
            match damaged {
                Some(damaged) => fs::write(&file, damaged).unwrap(),
                None => fs::remove_file(&file).unwrap(),
            }
            assert!(open(Some("orders")).is_err());
            assert_eq!(open(None).unwrap().len(), 1);
            assert_eq!(fs::read_to_string(&file).unwrap(), namespace::encode(""));
        }
    }

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
