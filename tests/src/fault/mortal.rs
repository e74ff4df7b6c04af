//! A disk under which the process dies before one operation that changes something.
//!
//! Either the process is killed indeed, or every operation from then on fails, which is the same to what is on the disk: the test
//! goes on with that disk as a kill or a power cut leaves it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use redis_client::buffer::storage::{Access, Entry, Storage, StorageFile};

/// What happens before the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// SIGKILL to this process.
    Kill,
    /// That operation fails, and all that follow.
    Fail,
}

/// See the head of the file.
#[derive(Debug)]
pub struct Mortal<S> {
    inner: S,
    left: Arc<AtomicU64>,
    death: Death,
}

impl<S> Mortal<S> {
    /// Dies before the operation after `left` more; disks that share `left` die together.
    pub fn new(inner: S, left: &Arc<AtomicU64>, death: Death) -> Self {
        Self {
            inner,
            left: Arc::clone(left),
            death,
        }
    }

    fn step(&self) -> io::Result<()> {
        // Ordering: one thread at a time.
        let left = self.left.load(Ordering::Relaxed);
        if left > 0 {
            self.left.store(left - 1, Ordering::Relaxed);
            return Ok(());
        }
        if self.death == Death::Kill {
            let this = rustix::process::getpid();
            rustix::process::kill_process(this, rustix::process::Signal::KILL)?;
        }
        Err(io::Error::other("dead"))
    }

    fn with<T>(&self, inner: T) -> Mortal<T> {
        Mortal {
            inner,
            left: Arc::clone(&self.left),
            death: self.death,
        }
    }
}

impl<S: Storage> Storage for Mortal<S> {
    type File = Mortal<S::File>;

    fn path(&self) -> &Path {
        self.inner.path()
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.inner.list(folder)
    }

    fn create(&self, name: &str) -> io::Result<Self::File> {
        self.step()?;
        Ok(self.with(self.inner.create(name)?))
    }

    fn open(&self, name: &str, access: Access) -> io::Result<Self::File> {
        Ok(self.with(self.inner.open(name, access)?))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.step()?;
        self.inner.rename(from, to)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.step()?;
        self.inner.remove(name)
    }

    fn create_folder(&self, folder: &str) -> io::Result<()> {
        self.step()?;
        self.inner.create_folder(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.step()?;
        self.inner.sync_folder(folder)
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        self.inner.random()
    }
}

impl<F: StorageFile> StorageFile for Mortal<F> {
    fn size(&self) -> io::Result<u64> {
        self.inner.size()
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.inner.read_at(buffer, offset)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        self.step()?;
        self.inner.write_at(bytes, offset)
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.step()?;
        self.inner.set_size(size)
    }

    fn sync(&self) -> io::Result<()> {
        self.step()?;
        self.inner.sync()
    }
}
