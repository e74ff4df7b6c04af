//! One owner for a directory: a locked file that holds the owner's process id.
//!
//! The lock is the operating system's and ends with the process, however that ends; the number in the file only names
//! the owner to others. The directory itself is locked as well, where the file system can: a lock file that somebody
//! removes, taking it for a forgotten one, would let a second owner in.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::recovery::LOCK_FILE;
use super::storage::open_to_write;

/// What is read of a lock file to give it back.
const BEFORE_BYTES_MAX: u64 = 4096;

/// Held as long as the buffer is open.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    directory: Option<File>,
    path: PathBuf,
    /// What the file held before; `None` when it was not there.
    before: Option<Vec<u8>>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A process that is being started holds all that this one has open, until it runs its own program; closing alone would
        // leave the lock with it for that moment. If this fails, closing is what there is.
        let _ = self.file.unlock();
        let _ = self.directory.as_ref().map(File::unlock);
    }
}

impl Lock {
    /// Takes the lock of a directory.
    pub(crate) fn take(directory: &Path) -> Result<Self, Error> {
        let path = directory.join(LOCK_FILE);
        let failed = |action| {
            move |source| Error::Io {
                action,
                path: directory.join(LOCK_FILE),
                source,
            }
        };
        let was_there = path.exists();
        let mut options = OpenOptions::new();
        options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600);
        let mut file = open_to_write(&path, &options).map_err(failed("open"))?;
        let whole = File::open(directory).map_err(failed("open"))?;
        let locks_directories = match (file.try_lock(), whole.try_lock()) {
            (Err(TryLockError::Error(source)), _) => return Err(failed("lock")(source)),
            (Ok(()), Ok(())) => true,
            // Some network file systems lock nothing but files.
            (Ok(()), Err(TryLockError::Error(_))) => false,
            (Err(TryLockError::WouldBlock), _) | (_, Err(TryLockError::WouldBlock)) => {
                return Err(Error::Locked {
                    path: directory.to_owned(),
                    pid: read_pid(&mut file),
                });
            }
        };
        let mut before = Vec::new();
        if was_there && file.metadata().is_ok_and(|found| found.is_file()) {
            let mut head = (&file).take(BEFORE_BYTES_MAX);
            head.read_to_end(&mut before).map_err(failed("read"))?;
        }
        // The number is replaced before the rest is cut, so that a reader never finds the file empty.
        let text = format!("{:<10}\n", std::process::id());
        file.rewind()
            .and_then(|()| file.write_all(text.as_bytes()))
            .map_err(failed("write"))?;
        file.set_len(text.len() as u64).map_err(failed("write"))?;
        Ok(Self {
            file,
            directory: locks_directories.then_some(whole),
            path,
            before: was_there.then_some(before),
        })
    }

    /// Ends the lock and leaves its file as it was, for an opening that was refused changes nothing.
    pub(crate) fn give_back(mut self) {
        // The number of one who owns nothing any more: if this fails, the next owner replaces that one instead.
        let _ = match self.before.take() {
            Some(before) => self
                .file
                .rewind()
                .and_then(|()| self.file.write_all(&before))
                .and_then(|()| self.file.set_len(before.len() as u64)),
            // Where the directory is not locked, another one may have opened this very file to lock it.
            None if self.directory.is_some() => fs::remove_file(&self.path),
            None => Ok(()),
        };
    }
}

fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happened: a directory could not be opened again at once, while another thread started a process.
    #[test]
    fn a_lock_ends_with_its_owner_though_a_copy_of_the_descriptor_lives_on() {
        let dir = tempfile::tempdir().unwrap();
        let lock = Lock::take(dir.path()).unwrap();
        // As a process has it between fork and exec.
        let copy = lock.file.try_clone().unwrap();
        assert!(Lock::take(dir.path()).unwrap_err().is_locked());
        drop(lock);
        Lock::take(dir.path()).unwrap();
        drop(copy);
    }

    #[test]
    fn a_lock_that_is_given_back_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(LOCK_FILE);
        Lock::take(dir.path()).unwrap().give_back();
        assert!(!path.exists(), "it was not there");
        for before in ["4711      \n", "", "a longer text than a process id is"] {
            fs::write(&path, before).unwrap();
            let lock = Lock::take(dir.path()).unwrap();
            assert!(Lock::take(dir.path()).unwrap_err().is_locked());
            lock.give_back();
            assert_eq!(fs::read_to_string(&path).unwrap(), before);
        }
        Lock::take(dir.path()).unwrap();
    }

    /// What happened to who is not the superuser: the log could not be opened. (The superuser may write to any file.)
    #[test]
    fn a_lock_file_that_somebody_made_read_only_is_locked() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        drop(Lock::take(dir.path()).unwrap());
        let path = dir.path().join(LOCK_FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        Lock::take(dir.path()).unwrap();
    }

    /// What happened: the second owner acknowledged and removed what the first went on writing to.
    #[test]
    fn a_lock_file_that_is_removed_lets_nobody_in() {
        let dir = tempfile::tempdir().unwrap();
        let lock = Lock::take(dir.path()).unwrap();
        fs::remove_file(dir.path().join(LOCK_FILE)).unwrap();
        assert!(Lock::take(dir.path()).unwrap_err().is_locked());
        drop(lock);
        Lock::take(dir.path()).unwrap();
    }
}
