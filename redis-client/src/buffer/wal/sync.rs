//! What the disk is asked to keep (layer 2): a sync in two halves, so that others append while it runs, and the closing.
//!
//! Zeros are written ahead of the records, so that a sync has no metadata to write.

use std::sync::Arc;

use super::Wal;
use crate::buffer::error::Error;
use crate::buffer::storage::{Disk, DiskFile, Storage};

/// Zeros are written ahead in steps of this many bytes.
const FILL_BYTES: u64 = 1 << 20;

impl<S: Storage> Wal<S> {
    /// Makes everything appended so far survive a power cut.
    ///
    /// # Errors
    /// [`Error::Failed`], and [`Error::Latched`] from then on: whether the records reached the disk is not known.
    ///
    /// # Blocking
    /// Waits for the disk.
    pub fn sync(&mut self) -> Result<(), Error> {
        let job = self.begin_sync()?;
        job.run()?;
        self.finish_sync(&job)
    }

    /// The first half of a sync: what has to be synced, so that it can be done while others append.
    ///
    /// # Errors
    /// As [`sync`](Self::sync).
    pub(crate) fn begin_sync(&mut self) -> Result<SyncJob<S>, Error> {
        self.disk.check()?;
        if !self.unsynced.is_empty() {
            self.fill_ahead()?;
        }
        Ok(SyncJob {
            disk: Arc::clone(&self.disk),
            files: std::mem::take(&mut self.unsynced),
            names: std::mem::take(&mut self.names_unsynced),
            newest_segment: self.next_segment - 1,
        })
    }

    /// The last half of a sync that succeeded.
    pub(crate) fn finish_sync(&mut self, job: &SyncJob<S>) -> Result<(), Error> {
        if job.names && self.cursor.newest_segment < job.newest_segment {
            self.cursor.newest_segment = job.newest_segment;
            self.cursor.synced_below = job.newest_segment;
            return self.write_cursor();
        }
        Ok(())
    }

    /// Writes zeros ahead of the records, so that the syncs to come change no metadata.
    ///
    /// Only syncs ask for it: a log that is never synced would write everything twice for nothing.
    fn fill_ahead(&mut self) -> Result<(), Error> {
        let segment_bytes = self.config.segment_bytes;
        let Some(active) = self.segments.back_mut().filter(|_| self.is_writing) else {
            return Ok(());
        };
        let Some(file) = &active.file else { return Ok(()) };
        let end = active.end();
        active.filled = active.filled.max(end);
        if active.filled - end >= FILL_BYTES / 8 || active.filled >= segment_bytes {
            return Ok(());
        }
        let size = (segment_bytes - active.filled).min(FILL_BYTES);
        let zeros = vec![0; usize::try_from(size).unwrap_or_default()];
        let is_filled = file.fill(&zeros, active.filled)?;
        // A disk without room for zeros is not asked again in this segment.
        active.filled = if is_filled {
            active.filled + size
        } else {
            segment_bytes
        };
        Ok(())
    }

    /// Makes what was acknowledged so far survive a power cut.
    ///
    /// # Errors
    /// As [`sync`](Self::sync).
    pub(crate) fn sync_cursor(&mut self) -> Result<(), Error> {
        // Durability: records whose copies may be sent elsewhere must not come back with a power cut.
        self.cursor_file.sync()
    }

    /// Syncs, seals the last segment and writes the cursor twice, so that the next start finds nothing to repair.
    ///
    /// # Errors
    /// As [`sync`](Self::sync). Whatever happens, the lock is released.
    pub fn close(mut self) -> Result<(), Error> {
        self.sync()?;
        self.seal()?;
        self.cursor.synced_below = self.next_segment;
        self.write_cursor()?;
        // Durability: each slot is synced while the other is intact, so a power cut at any point leaves one; in the end both
        // say the same.
        self.cursor_file.sync()?;
        self.write_cursor()?;
        self.cursor_file.sync()?;
        if self.names_unsynced {
            self.disk.sync_folder("")?;
        }
        Ok(())
    }
}

/// A sync that was begun: the files and names it covers.
#[derive(Debug)]
pub(crate) struct SyncJob<S: Storage> {
    disk: Arc<Disk<S>>,
    files: Vec<Arc<DiskFile<S::File>>>,
    names: bool,
    newest_segment: u64,
}

impl<S: Storage> SyncJob<S> {
    /// Waits for the disk.
    pub(crate) fn run(&self) -> Result<(), Error> {
        for file in &self.files {
            // Durability: older segments first, so that no record is on disk whose predecessors are not.
            file.sync()?;
        }
        if self.names {
            // Durability: a segment whose name is lost is lost with all its records.
            self.disk.sync_folder("")?;
        }
        Ok(())
    }
}
