//! A disk whose process dies at a chosen operation: from then on, nothing the process does has an effect.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use redis_client::buffer::storage::{Access, Entry, Storage, StorageFile};
use redis_client_tests::fault::storage::{SimDisk, SimFile};
use redis_client_tests::fault::transport::{SimClient, SimRedis};

/// A process's life, shared by its disk and its connection.
#[derive(Debug)]
pub struct Life {
    is_over: AtomicBool,
    operations_left: AtomicU64,
    client: SimClient,
}

impl Life {
    pub fn new(redis: &SimRedis) -> Arc<Self> {
        Arc::new(Self {
            is_over: AtomicBool::new(false),
            operations_left: AtomicU64::new(u64::MAX),
            client: redis.client(),
        })
    }

    /// Its side of the network.
    pub fn client(&self) -> &SimClient {
        &self.client
    }

    /// Lets the process die before its next operation but `operations`.
    pub fn end_after(&self, operations: u64) {
        // Ordering: one thread.
        self.operations_left.store(operations, Ordering::Relaxed);
    }

    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    pub fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.client.dies();
    }

    fn step(&self) -> io::Result<()> {
        if self.operations_left.load(Ordering::Relaxed) == 0 {
            self.end();
        }
        if self.is_over() {
            return Err(io::Error::other("simulated: the process is dead"));
        }
        self.operations_left.fetch_sub(1, Ordering::Relaxed);
        Ok(())
    }
}

/// The disk as such a process sees it.
#[derive(Debug, Clone)]
pub struct Mortal {
    pub disk: SimDisk,
    pub life: Arc<Life>,
    /// A file that is never synced, though it is said to be.
    pub unsynced: Option<&'static str>,
}

impl Storage for Mortal {
    type File = MortalFile;

    fn path(&self) -> &Path {
        self.disk.path()
    }

    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.disk.list(folder)
    }

    fn create(&self, name: &str) -> io::Result<MortalFile> {
        self.life.step()?;
        Ok(self.wrap(self.disk.create(name)?, name))
    }

    fn open(&self, name: &str, access: Access) -> io::Result<MortalFile> {
        Ok(self.wrap(self.disk.open(name, access)?, name))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.life.step()?;
        self.disk.rename(from, to)
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.life.step()?;
        self.disk.remove(name)
    }

    fn create_folder(&self, folder: &str) -> io::Result<()> {
        self.life.step()?;
        self.disk.create_folder(folder)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.life.step()?;
        self.disk.sync_folder(folder)
    }

    fn random(&self) -> io::Result<[u8; 16]> {
        self.disk.random()
    }
}

impl Mortal {
    fn wrap(&self, file: SimFile, name: &str) -> MortalFile {
        MortalFile {
            file,
            life: Arc::clone(&self.life),
            is_unsynced: self.unsynced == Some(name),
        }
    }
}

#[derive(Debug)]
pub struct MortalFile {
    file: SimFile,
    life: Arc<Life>,
    is_unsynced: bool,
}

impl StorageFile for MortalFile {
    fn size(&self) -> io::Result<u64> {
        self.file.size()
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        self.file.read_at(buffer, offset)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        self.life.step()?;
        self.file.write_at(bytes, offset)
    }

    fn set_size(&self, size: u64) -> io::Result<()> {
        self.life.step()?;
        self.file.set_size(size)
    }

    fn sync(&self) -> io::Result<()> {
        self.life.step()?;
        if self.is_unsynced {
            return Ok(());
        }
        self.file.sync()
    }
}
