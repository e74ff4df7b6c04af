//! The seam between the log and a disk, and the latch behind it.
//!
//! [`Storage`] is a directory and [`StorageFile`] a file in it, reduced to what the log needs; [`FileStorage`] is the
//! real one and holds the only fsync of the crate. The simulator puts a disk that fails by seed in its place.
//!
//! [`Disk`] wraps either. After the first write or sync that failed it refuses every further one: what the operating
//! system does to dirty pages after a failed fsync differs between systems, and some forget them and report the next
//! sync as a success. So the same handle is never synced again; opening the directory anew reads what is really there.

use std::borrow::Cow;
use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::error::Error;

/// A directory that holds a log. Names are relative to it; a name may lie in a folder made by
/// [`create_folder`](Self::create_folder) (`"damaged/x"`).
pub trait Storage: Debug + Send + Sync + 'static {
    /// A file that was opened or created here.
    type File: StorageFile;

    /// Where this is, for messages.
    fn path(&self) -> &Path;
    /// Names and sizes of the files in a folder; `""` is the directory itself. A folder that is absent is empty.
    ///
    /// # Errors
    /// What the operating system says.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;
    /// Creates a file that must not exist yet, for reading and writing.
    ///
    /// # Errors
    /// `AlreadyExists`, or what the operating system says.
    fn create(&self, name: &str) -> io::Result<Self::File>;
    /// Opens a file for reading, and for writing when asked.
    ///
    /// # Errors
    /// `NotFound`, or what the operating system says.
    fn open(&self, name: &str, access: Access) -> io::Result<Self::File>;
    /// Gives a file another name, replacing what had it.
    ///
    /// # Errors
    /// What the operating system says.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// What the operating system says.
    fn remove(&self, name: &str) -> io::Result<()>;
    /// Makes a folder if it is absent.
    ///
    /// # Errors
    /// What the operating system says.
    fn create_folder(&self, folder: &str) -> io::Result<()>;
    /// Makes the names in a folder survive a power cut.
    ///
    /// # Errors
    /// What the operating system says.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;
    /// Sixteen bytes that nobody can guess: the producer's id is made of them.
    ///
    /// # Errors
    /// What the operating system says.
    fn random(&self) -> io::Result<[u8; 16]>;
}

/// A file of a [`Storage`], read and written by position.
pub trait StorageFile: Debug + Send + Sync + 'static {
    /// The size in bytes.
    ///
    /// # Errors
    /// What the operating system says.
    fn size(&self) -> io::Result<u64>;
    /// Reads some bytes; 0 is the end.
    ///
    /// # Errors
    /// What the operating system says.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
    /// Writes some of the bytes and says how many.
    ///
    /// # Errors
    /// What the operating system says.
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize>;
    /// Cuts the file, or extends it with zeros.
    ///
    /// # Errors
    /// What the operating system says.
    fn set_size(&self, size: u64) -> io::Result<()>;
    /// Makes all bytes written so far, and the size, survive a power cut.
    ///
    /// # Errors
    /// What the operating system says.
    fn sync(&self) -> io::Result<()>;
}

/// One name in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name, without its folder.
    pub name: String,
    /// The size in bytes.
    pub size: u64,
    /// Whether it is a plain file.
    pub is_file: bool,
}

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading alone.
    Read,
    /// Reading and writing.
    Write,
}

/// A directory on a real disk. Files get mode 0600, directories 0700.
#[derive(Debug)]
pub struct FileStorage {
    path: PathBuf,
}

impl FileStorage {
    /// Makes the directory if it is absent, and keeps others out of it if it is there.
    ///
    /// # Errors
    /// [`Error::NotADirectory`], or [`Error::Io`] with the path and the reason.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |action| {
            move |source| Error::Io {
                action,
                path: path.to_owned(),
                source,
            }
        };
        match fs::metadata(path) {
            Ok(found) if !found.is_dir() => {
                return Err(Error::NotADirectory {
                    path: path.to_owned(),
                });
            }
            Ok(found) => {
                if found.mode() & 0o077 != 0 {
                    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
                        .map_err(failed("restrict the permissions of"))?;
                }
                // Durability: an earlier start may have been killed between making the directory and syncing its name.
                match sync_directory(parent_of(path)) {
                    // Then it was not us who made it.
                    Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
                    synced => synced.map_err(failed("sync the parent of"))?,
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let missing = missing_levels(path);
                fs::DirBuilder::new()
                    .mode(0o700)
                    .recursive(true)
                    .create(path)
                    .map_err(failed("create"))?;
                // Durability: each new name lies in its parent; without that one's sync a power cut can take away the
                // name and all below it.
                for level in missing {
                    sync_directory(parent_of(level)).map_err(failed("sync a parent of"))?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(Error::NotADirectory {
                    path: path.to_owned(),
                });
            }
            Err(error) => return Err(failed("open")(error)),
        }
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// A directory that is there and is only read: nothing is created and no permission changed.
    ///
    /// # Errors
    /// [`Error::NotADirectory`], or [`Error::Io`] with the path and the reason.
    pub fn open_to_read(path: &Path) -> Result<Self, Error> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Ok(Self {
                path: path.to_owned(),
            }),
            Ok(_) => Err(Error::NotADirectory {
                path: path.to_owned(),
            }),
            Err(source) => Err(Error::Io {
                action: "open",
                path: path.to_owned(),
                source,
            }),
        }
    }
}

/// The directory in which the name of `path` lies.
fn parent_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        // A bare name lies in the current directory; the root in itself.
        Some(_) => Path::new("."),
        None => path,
    }
}

/// `path` and those of its parents that are not there, innermost first.
fn missing_levels(path: &Path) -> Vec<&Path> {
    path.ancestors()
        .take_while(|level| !level.as_os_str().is_empty() && !level.exists())
        .collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this file is where the crate syncs; `Disk` latches a failure"
)]
fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Opens a file of ours also when somebody has made it read-only: its owner may undo that.
pub(super) fn open_to_write(path: &Path, options: &OpenOptions) -> io::Result<File> {
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
            options.open(path)
        }
        other => other,
    }
}

impl Storage for FileStorage {
    type File = File;

    fn path(&self) -> &Path {
        &self.path
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let listing = match fs::read_dir(self.path.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.is_empty() => {
                return Ok(Vec::new());
            }
            other => other?,
        };
        let mut entries = Vec::new();
        for entry in listing {
            let entry = entry?;
            // What a symbolic link leads to is what will be opened; one that leads nowhere is a thing of its own.
            let found = fs::metadata(entry.path()).or_else(|_| entry.metadata());
            // A file that vanishes while another process acknowledges is not there, which is no failure.
            let found = match found {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other?,
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            entries.push(Entry {
                name,
                size: found.len(),
                is_file: found.is_file(),
            });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn create(&self, name: &str) -> io::Result<File> {
        OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(self.path.join(name))
    }

    fn open(&self, name: &str, access: Access) -> io::Result<File> {
        let path = self.path.join(name);
        // A pipe in its place would keep whoever opens or reads it waiting for ever.
        if !fs::metadata(&path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file"));
        }
        match access {
            Access::Read => File::open(path),
            Access::Write => open_to_write(&path, OpenOptions::new().read(true).write(true)),
        }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn create_folder(&self, folder: &str) -> io::Result<()> {
        fs::DirBuilder::new()
            .mode(0o700)
            .recursive(true)
            .create(self.path.join(folder))
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        sync_directory(&self.path.join(folder))
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::from)?;
        Ok(bytes)
    }
}

impl StorageFile for File {
    fn size(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buffer, offset)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::write_at(self, bytes, offset)
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.set_len(size)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one sync of file contents; `Disk` latches a failure"
    )]
    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

/// The first failure, shared by a [`Disk`] and its files.
#[derive(Debug, Default)]
struct Latch {
    cause: OnceLock<String>,
}

impl Latch {
    fn check(&self) -> Result<(), Error> {
        match self.cause.get() {
            Some(cause) => Err(Error::Latched { cause: cause.clone() }),
            None => Ok(()),
        }
    }

    fn close(&self, action: &'static str, path: PathBuf, source: io::Error) -> Error {
        // Ordering: `OnceLock` orders the first cause before every later reading of it.
        let _ = self
            .cause
            .set(format!("cannot {action} {}: {source}", path.display()));
        Error::Failed { action, path, source }
    }
}

/// A [`Storage`], or a folder of one, that latches after its first failed write or sync, and speaks [`Error`].
#[derive(Debug)]
pub(crate) struct Disk<S> {
    storage: Arc<S>,
    latch: Arc<Latch>,
    /// Empty for the directory itself, else with a slash behind it.
    folder: String,
}

impl<S: Storage> Disk<S> {
    pub(crate) fn new(storage: S) -> Self {
        Self {
            storage: Arc::new(storage),
            latch: Arc::default(),
            folder: String::new(),
        }
    }

    /// The same directory with a latch of its own, for what may fail without harm.
    pub(crate) fn apart(&self) -> Self {
        Self {
            storage: Arc::clone(&self.storage),
            latch: Arc::default(),
            folder: self.folder.clone(),
        }
    }

    /// A folder of it as a directory of its own, with a latch of its own.
    pub(crate) fn in_folder(&self, folder: &str) -> Self {
        Self {
            folder: format!("{}{folder}/", self.folder),
            ..self.apart()
        }
    }

    /// The storage's name for a file or a folder.
    fn within<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match self.folder.as_str() {
            "" => Cow::Borrowed(name),
            folder => Cow::Owned(format!("{folder}{name}").trim_end_matches('/').to_owned()),
        }
    }

    pub(crate) fn path_of(&self, name: &str) -> PathBuf {
        self.storage.path().join(&*self.within(name))
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        self.latch.check()
    }

    pub(crate) fn is_latched(&self) -> bool {
        self.latch.cause.get().is_some()
    }

    pub(crate) fn list(&self, folder: &str) -> Result<Vec<Entry>, Error> {
        self.storage
            .list(&self.within(folder))
            .map_err(|source| Error::Io {
                action: "list",
                path: self.path_of(folder),
                source,
            })
    }

    pub(crate) fn random(&self) -> Result<[u8; 16], Error> {
        let failed = |source| Error::Io {
            action: "draw random bytes for",
            path: self.path_of(""),
            source,
        };
        self.storage.random().map_err(failed)
    }

    pub(crate) fn open(&self, name: &str, access: Access) -> Result<DiskFile<S::File>, Error> {
        match self.storage.open(&self.within(name), access) {
            Ok(file) => Ok(self.wrap(file, name)),
            Err(source) => Err(Error::Io {
                action: "open",
                path: self.path_of(name),
                source,
            }),
        }
    }

    pub(crate) fn create(&self, name: &str) -> Result<DiskFile<S::File>, Error> {
        self.change("create", name, || self.storage.create(&self.within(name)))
            .map(|file| self.wrap(file, name))
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        let (old, new) = (self.within(from), self.within(to));
        self.change("rename", from, || self.storage.rename(&old, &new))
    }

    pub(crate) fn remove(&self, name: &str) -> Result<(), Error> {
        self.change("remove", name, || self.storage.remove(&self.within(name)))
    }

    pub(crate) fn create_folder(&self, folder: &str) -> Result<(), Error> {
        self.change("create", folder, || {
            self.storage.create_folder(&self.within(folder))
        })
    }

    pub(crate) fn sync_folder(&self, folder: &str) -> Result<(), Error> {
        self.change("sync", folder, || self.storage.sync_folder(&self.within(folder)))
    }

    fn wrap(&self, file: S::File, name: &str) -> DiskFile<S::File> {
        DiskFile {
            file,
            path: self.path_of(name),
            latch: Arc::clone(&self.latch),
        }
    }

    fn change<T>(
        &self,
        action: &'static str,
        name: &str,
        act: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, Error> {
        self.latch.check()?;
        act().map_err(|source| self.latch.close(action, self.path_of(name), source))
    }
}

/// A file of a [`Disk`].
#[derive(Debug)]
pub(crate) struct DiskFile<F> {
    file: F,
    path: PathBuf,
    latch: Arc<Latch>,
}

impl<F: StorageFile> DiskFile<F> {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn size(&self) -> Result<u64, Error> {
        self.file.size().map_err(|source| self.unreadable(source))
    }

    /// Fills as much of `buffer` as the file has from `offset` on.
    pub(crate) fn read_at(&self, buffer: &mut [u8], offset: u64) -> Result<usize, Error> {
        let mut filled = 0;
        // Bound: each turn fills at least a byte of `buffer`, or ends.
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.file.read_at(rest, offset + filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.unreadable(source)),
            }
        }
        Ok(filled)
    }

    /// The whole file from `offset` on, into `buffer`.
    pub(crate) fn read_from(&self, buffer: &mut Vec<u8>, offset: u64) -> Result<(), Error> {
        let size = self.size()?.saturating_sub(offset);
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        buffer.resize(size, 0);
        let read = self.read_at(buffer, offset)?;
        buffer.truncate(read);
        Ok(())
    }

    /// The file's first bytes, `limit` at most: whatever lies under the name of a small file need not be one.
    pub(crate) fn read_head(&self, limit: usize) -> Result<Vec<u8>, Error> {
        let size = usize::try_from(self.size()?).unwrap_or(usize::MAX);
        let mut bytes = vec![0; size.min(limit)];
        let read = self.read_at(&mut bytes, 0)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    pub(crate) fn write_at(&self, bytes: &[u8], offset: u64) -> Result<(), Error> {
        self.latch.check()?;
        self.write_raw(bytes, offset)
            .map_err(|source| self.latch.close("write", self.path.clone(), source))
    }

    /// Writes zeros ahead of the data. A disk without room for them is no failure: the data may still fit.
    pub(crate) fn fill(&self, zeros: &[u8], offset: u64) -> Result<bool, Error> {
        self.latch.check()?;
        match self.write_raw(zeros, offset) {
            Ok(()) => Ok(true),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
                ) =>
            {
                Ok(false)
            }
            Err(source) => Err(self.latch.close("write", self.path.clone(), source)),
        }
    }

    pub(crate) fn set_size(&self, size: u64) -> Result<(), Error> {
        self.latch.check()?;
        self.file
            .set_size(size)
            .map_err(|source| self.latch.close("cut", self.path.clone(), source))
    }

    pub(crate) fn sync(&self) -> Result<(), Error> {
        self.latch.check()?;
        self.file
            .sync()
            .map_err(|source| self.latch.close("sync", self.path.clone(), source))
    }

    fn write_raw(&self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut written = 0;
        // Bound: each turn writes at least a byte, or fails.
        while let Some(rest) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
            match self.file.write_at(rest, offset + written as u64) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(wrote) => written += wrote,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn unreadable(&self, source: io::Error) -> Error {
        Error::Io {
            action: "read",
            path: self.path.clone(),
            source,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_that_is_made_is_known_beforehand() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("gateway/events");
        assert_eq!(missing_levels(&deep), [&*deep, &*dir.path().join("gateway")]);
        FileStorage::open(&deep).unwrap();
        assert!(missing_levels(&deep).is_empty());
        // The second time nothing is made, and its name is synced again.
        FileStorage::open(&deep).unwrap();

        assert_eq!(parent_of(&deep), dir.path().join("gateway"));
        assert_eq!(parent_of(Path::new("events")), Path::new("."));
        assert_eq!(parent_of(Path::new("/")), Path::new("/"));
    }
}
