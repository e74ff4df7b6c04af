//! The mark of a fenced directory: that its events go through a fence, and by which nonces it has owned that fence.
//!
//! The file's being there is the mark. What it holds answers one question: is the owner that Redis names one of this
//! directory's own starts, or did a copy of the directory own the fence meanwhile? The epoch alone cannot say: a restored
//! copy that was started often enough has the higher one. A nonce is written down, synced, before it is first claimed
//! with, and again once Redis has answered.
//!
//! It also holds a pair that is known to be published, so that a server which falls back behind it between two processes is
//! noticed.
//!
//! The file is made whole, aside. Then its two slots, as large as a page, are written in turn, in place: a torn or damaged one
//! leaves the other, and a full disk has room for both. The bytes are drawn in `docs/wal-format.md`.

use super::cursor::{Marks, Producer, Start};
use super::error::Error;
use super::record::{Fields, Pair, chunk};
use super::recovery;
use super::storage::{Access, Storage};
use super::wal::{ProducerId, Wal};

/// The file's name.
pub(crate) const FENCE_FILE: &str = "fence";
const MAGIC: [u8; 8] = *b"\xF5RCfenc\n";
/// The format this version reads.
pub(super) const FORMAT: u32 = 1;
const SLOT_BYTES: usize = 4096;
const HEAD_BYTES: usize = 64;
const CLAIM_BYTES: usize = 32;
/// As many as a slot has room for; the oldest go first, those that never had an answer before the others.
const CLAIMS_MAX: usize = (SLOT_BYTES - HEAD_BYTES) / CLAIM_BYTES;

/// A start of this directory that has claimed its fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The epoch of that start.
    pub(crate) epoch: u64,
    /// Drawn at random for that start.
    pub(crate) nonce: [u8; 16],
    /// Whether Redis has said that the fence is ours.
    pub(crate) is_held: bool,
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    generation: u64,
    producer_id: [u8; 16],
    /// What was known to be published when this was written.
    pub(crate) reached: Pair,
    /// Oldest first.
    // Bound: CLAIMS_MAX.
    starts: Vec<Claim>,
}

impl Claims {
    fn none_of(producer_id: ProducerId, generation: u64) -> Self {
        Self {
            generation,
            producer_id: producer_id.0,
            reached: Pair::default(),
            starts: Vec::new(),
        }
    }

    /// The starts that have claimed the fence, oldest first.
    #[must_use]
    pub(crate) fn as_slice(&self) -> &[Claim] {
        &self.starts
    }

    /// Adds a start, or replaces what was known of it.
    pub(crate) fn put(&mut self, claim: Claim) {
        self.starts.retain(|other| other.nonce != claim.nonce);
        if self.starts.len() >= CLAIMS_MAX {
            let least = self.starts.iter().position(|claim| !claim.is_held).unwrap_or(0);
            self.starts.remove(least);
        }
        self.starts.push(claim);
    }

    /// Forgets the claims of starts that are no earlier ones than `epoch`, and says whether there were any.
    ///
    /// They came into this directory with a copy that took some of its files before another start and some after it: those starts
    /// were the original's.
    pub(crate) fn forget_from(&mut self, epoch: u64) -> bool {
        let before = self.starts.len();
        self.starts.retain(|claim| claim.epoch < epoch);
        self.starts.len() < before
    }

    /// Both slots of a new file, of the next two generations.
    fn into_file(mut self) -> Vec<u8> {
        let mut file = vec![0; 2 * SLOT_BYTES];
        for _ in 0..2 {
            self.generation += 1;
            let at = if self.generation.is_multiple_of(2) {
                0
            } else {
                SLOT_BYTES
            };
            if let Some(slot) = file.get_mut(at..at + SLOT_BYTES) {
                slot.copy_from_slice(&self.encode());
            }
        }
        file
    }

    fn encode(&self) -> Vec<u8> {
        let mut slot = vec![0; SLOT_BYTES];
        let mut fields = Fields {
            bytes: &mut slot,
            at: 0,
        };
        fields.put(&MAGIC);
        fields.put(&FORMAT.to_le_bytes());
        fields.put(&[0; 4]);
        fields.put(&self.generation.to_le_bytes());
        fields.put(&self.producer_id);
        let count = u64::try_from(self.starts.len()).unwrap_or_default();
        fields.put(&count.to_le_bytes());
        fields.put(&self.reached.epoch.to_le_bytes());
        fields.put(&self.reached.sequence.to_le_bytes());
        for claim in &self.starts {
            fields.put(&claim.epoch.to_le_bytes());
            fields.put(&claim.nonce);
            fields.put(&u64::from(claim.is_held).to_le_bytes());
        }
        let crc = checksum(&slot);
        Fields {
            bytes: &mut slot,
            at: 12,
        }
        .put(&crc.to_le_bytes());
        slot
    }

    /// `None` for bytes that are damaged.
    fn decode(slot: &[u8]) -> Option<Result<Self, u32>> {
        let slot = slot.get(..SLOT_BYTES)?;
        if !slot.starts_with(&MAGIC) || u32::from_le_bytes(chunk(slot, 12)?) != checksum(slot) {
            return None;
        }
        let format = u32::from_le_bytes(chunk(slot, 8)?);
        if format != FORMAT {
            return Some(Err(format));
        }
        let count = usize::try_from(u64::from_le_bytes(chunk(slot, 40)?)).ok()?;
        let starts = (0..count.min(CLAIMS_MAX))
            .map(|index| {
                let at = HEAD_BYTES + index * CLAIM_BYTES;
                Some(Claim {
                    epoch: u64::from_le_bytes(chunk(slot, at)?),
                    nonce: chunk(slot, at + 8)?,
                    is_held: u64::from_le_bytes(chunk(slot, at + 24)?) == 1,
                })
            })
            .collect::<Option<_>>()?;
        Some(Ok(Self {
            generation: u64::from_le_bytes(chunk(slot, 16)?),
            producer_id: chunk(slot, 24)?,
            reached: Pair {
                epoch: u64::from_le_bytes(chunk(slot, 48)?),
                sequence: u64::from_le_bytes(chunk(slot, 56)?),
            },
            starts,
        }))
    }
}

fn checksum(slot: &[u8]) -> u32 {
    let start = crc32c::crc32c(slot.get(..12).unwrap_or_default());
    crc32c::crc32c_append(start, slot.get(16..).unwrap_or_default())
}

/// The format that a file names, if it is none that this version reads.
pub(super) fn newer(bytes: &[u8]) -> Option<u32> {
    let mut slots = bytes.chunks(SLOT_BYTES);
    slots.find_map(|slot| Claims::decode(slot)?.err())
}

/// The newest of the intact slots.
fn newest(bytes: &[u8]) -> Option<Claims> {
    let slots = bytes.chunks(SLOT_BYTES).take(2);
    let intact = slots.filter_map(|slot| Claims::decode(slot)?.ok());
    intact.max_by_key(|claims| claims.generation)
}

/// A whole file: what is intact of this one, if any, and the starts that `producer` knows of.
pub(super) fn mended(bytes: Option<&[u8]>, producer: &Producer) -> Vec<u8> {
    let id = ProducerId(producer.producer_id);
    let intact = bytes.and_then(newest);
    let mut claims = intact.unwrap_or_else(|| Claims::none_of(id, 0));
    let [owner, last] = producer.marks.starts;
    for (Start { epoch, nonce }, is_held) in [(owner, true), (last, false)] {
        let is_new = epoch > 0 && claims.starts.iter().all(|claim| claim.nonce != nonce);
        if is_new && claims.producer_id == id.0 {
            claims.put(Claim {
                epoch,
                nonce,
                is_held,
            });
        }
    }
    claims.into_file()
}

/// Whether the file is damaged: not when an earlier build was making it, and has the first of its slots alone.
pub(super) fn is_damaged(bytes: &[u8]) -> bool {
    let slot = |at: usize| Claims::decode(bytes.get(at..).unwrap_or_default());
    match (slot(0), slot(SLOT_BYTES)) {
        (Some(_), Some(_)) => false,
        (None, Some(Ok(first))) => {
            let is_unwritten = |slot: &[u8]| slot.iter().all(|byte| *byte == 0);
            first.generation > 1 || !bytes.get(..SLOT_BYTES).is_some_and(is_unwritten)
        }
        _ => true,
    }
}

impl<S: Storage> Wal<S> {
    /// Whether the directory is marked as fenced.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be listed.
    pub(crate) fn is_fenced(&self) -> Result<bool, Error> {
        Ok(self.marks().is_fenced || self.disk().list("")?.iter().any(|entry| entry.name == FENCE_FILE))
    }

    /// Random bytes for one start.
    ///
    /// # Errors
    /// [`Error::Io`] when there are none to be had.
    pub(crate) fn nonce(&self) -> Result<[u8; 16], Error> {
        self.disk().random()
    }

    /// Marks the directory as fenced if it is not, by the file and in `producer`, so that the file is missed when it has gone. Says
    /// which starts have claimed the fence of its producer id.
    ///
    /// What was claimed for another producer id, before the directory was adopted, counts no more.
    ///
    /// # Errors
    /// [`Error::Version`] and [`Error::Io`] when the file cannot be read, [`Error::Failed`] when it cannot be made.
    ///
    /// # Durability
    /// The mark is on disk on return.
    pub(crate) fn fence(&mut self) -> Result<Claims, Error> {
        let id = self.producer_id();
        let found = recovery::read_small(self.disk(), FENCE_FILE)?;
        let known = found.as_deref().and_then(newest);
        if let Some(found) = found.as_deref().and_then(newer) {
            return Err(Error::Version {
                path: self.disk().path_of(FENCE_FILE),
                found,
                supported: FORMAT,
            });
        }
        let claims = match (known, found) {
            (Some(claims), _) if claims.producer_id == id.0 => claims,
            (_, None) => {
                let file = Claims::none_of(id, 0).into_file();
                recovery::replace(self.disk(), FENCE_FILE, &file)?;
                newest(&file).unwrap_or_else(|| Claims::none_of(id, 0))
            }
            // In place, where a full disk has room. The mark stays whatever happens meanwhile.
            (other, Some(_)) => {
                let mut claims = Claims::none_of(id, other.map_or(0, |other| other.generation));
                self.write_claims(&mut claims)?;
                self.write_claims(&mut claims)?;
                claims
            }
        };
        // Durability: the mark keeps others from sending unfenced what this start is about to send fenced, and it holds the nonces.
        // At each start, since the one that made the file may have been killed before it came to this.
        self.disk().sync_folder("")?;
        self.remember(Marks {
            is_fenced: true,
            ..self.marks()
        })?;
        Ok(claims)
    }

    /// Keeps the nonce with which this start will claim, and that of the newest start known to have owned the fence, a second time,
    /// where damage to the list does not reach.
    ///
    /// # Errors
    /// [`Error::Failed`] and [`Error::Latched`].
    ///
    /// # Durability
    /// It is on disk on return.
    pub(crate) fn note_start(&mut self, nonce: [u8; 16], claims: &Claims) -> Result<(), Error> {
        let mut owners = claims.starts.iter().filter(|claim| claim.is_held);
        let owner = owners.next_back().map(|claim| Start {
            epoch: claim.epoch,
            nonce: claim.nonce,
        });
        let last = Start {
            epoch: self.epoch(),
            nonce,
        };
        self.remember(Marks {
            starts: [owner.unwrap_or_default(), last],
            ..self.marks()
        })
    }

    /// Keeps the nonce of a start whose claim was answered a second time: that of the newest owner. Nothing is written when it is there.
    ///
    /// # Errors
    /// [`Error::Failed`] and [`Error::Latched`].
    ///
    /// # Durability
    /// It is on disk on return.
    pub(crate) fn note_owner(&mut self, epoch: u64, nonce: [u8; 16]) -> Result<(), Error> {
        let [_, last] = self.marks().starts;
        self.remember(Marks {
            starts: [Start { epoch, nonce }, last],
            ..self.marks()
        })
    }

    /// Writes down who has claimed the fence.
    ///
    /// # Errors
    /// [`Error::Failed`] and [`Error::Latched`].
    ///
    /// # Durability
    /// It is on disk on return.
    pub(crate) fn write_claims(&mut self, claims: &mut Claims) -> Result<(), Error> {
        claims.generation += 1;
        let offset = (claims.generation % 2) * SLOT_BYTES as u64;
        let file = self.disk().open(FENCE_FILE, Access::Write)?;
        file.write_at(&claims.encode(), offset)?;
        // Durability: a nonce that was claimed with and then forgotten would be taken for a stranger's.
        file.sync()
    }
}

#[cfg(all(test, feature = "publisher"))]
mod tests {
    use super::*;
    use crate::buffer::Config;
    use crate::buffer::storage::FileStorage;
    use std::fs;
    use std::path::Path;

    fn claim(number: u64, is_held: bool) -> Claim {
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&number.to_le_bytes());
        Claim {
            epoch: number,
            nonce,
            is_held,
        }
    }

    fn open(path: &Path) -> Wal<FileStorage> {
        Wal::open_directory(path, &Config::new()).expect("a log")
    }

    #[test]
    fn what_was_claimed_is_read_back_and_marks_the_directory() {
        let dir = tempfile::tempdir().unwrap();
        let mut wal = open(dir.path());
        assert!(!wal.is_fenced().unwrap());
        let mut claims = wal.fence().unwrap();
        assert!(wal.is_fenced().unwrap() && claims.as_slice().is_empty());
        claims.put(claim(1, false));
        claims.put(claim(1, true));
        claims.put(claim(2, false));
        claims.reached = Pair {
            epoch: 1,
            sequence: 7,
        };
        wal.write_claims(&mut claims).unwrap();
        wal.close().unwrap();
        let mut wal = open(dir.path());
        let read = wal.fence().unwrap();
        assert_eq!(read, claims);
        assert_eq!(read.as_slice(), [claim(1, true), claim(2, false)]);
        assert!(wal.findings().is_empty(), "the file is no stray");
        // What was claimed under another id is no longer ours.
        wal.adopt().unwrap();
        assert!(wal.fence().unwrap().as_slice().is_empty());
    }

    #[test]
    fn a_damaged_slot_leaves_the_one_before() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(FENCE_FILE);
        let mut wal = open(dir.path());
        let mut claims = wal.fence().unwrap();
        claims.put(claim(1, false));
        wal.write_claims(&mut claims).unwrap();
        let before = claims.clone();
        claims.put(claim(1, true));
        wal.write_claims(&mut claims).unwrap();
        let intact = fs::read(&file).unwrap();
        let newest = usize::try_from(claims.generation % 2).unwrap() * SLOT_BYTES;
        // Each part of the head, the claim, and the zeros behind it.
        for place in (0..HEAD_BYTES + CLAIM_BYTES).chain([SLOT_BYTES - 1]) {
            let mut bytes = intact.clone();
            bytes[newest + place] ^= 0x10;
            fs::write(&file, bytes).unwrap();
            assert_eq!(wal.fence().unwrap(), before, "byte {place}");
        }
        // With both gone the mark stays, and nobody is known.
        fs::write(&file, b"").unwrap();
        assert!(wal.is_fenced().unwrap());
        assert!(wal.fence().unwrap().as_slice().is_empty());
    }

    #[test]
    fn when_there_is_no_room_those_without_an_answer_go_first() {
        let dir = tempfile::tempdir().unwrap();
        let mut wal = open(dir.path());
        let mut claims = wal.fence().unwrap();
        for number in 1..1000 {
            claims.put(claim(number, number % 10 == 0));
        }
        assert_eq!(claims.as_slice().len(), CLAIMS_MAX);
        wal.write_claims(&mut claims).unwrap();
        assert_eq!(wal.fence().unwrap(), claims);
        let held = claims.as_slice().iter().filter(|claim| claim.is_held).count();
        assert_eq!(held, 99, "each of those that had one");
        assert!(claims.forget_from(900) && !claims.forget_from(900));
        assert!(claims.as_slice().iter().all(|claim| claim.epoch < 900));
    }

    #[test]
    fn a_newer_format_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mut wal = open(dir.path());
        let claims = wal.fence().unwrap();
        let mut slot = claims.encode();
        slot[8] = 2;
        let crc = checksum(&slot);
        slot[12..16].copy_from_slice(&crc.to_le_bytes());
        fs::write(dir.path().join(FENCE_FILE), &slot).unwrap();
        assert!(wal.fence().unwrap_err().is_version());
    }
}
