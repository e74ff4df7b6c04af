//! The store's part of the fence (layer 4): the mark in the directory, and what it remembers of the claims of its starts.
//!
//! `docs/fence.md` argues why a claim is written down before it is made, and how far the fence came when it is left.

use std::fmt::Write as _;

use super::{Store, StoreError};
use crate::buffer::storage::Storage;
use crate::buffer::{self, Claim, Claims, Pair, ProducerId};
use crate::publisher::fence::Claimant;

/// A store's part of the fence: who claims it, and the file that remembers who has.
pub(super) struct Fencing {
    claims: Claims,
    producer_id: ProducerId,
    epoch: u64,
    nonce: [u8; 16],
}

impl Fencing {
    fn known(&self) -> Option<Claim> {
        let claims = self.claims.as_slice().iter();
        claims.copied().find(|claim| claim.nonce == self.nonce)
    }
}

fn hex(nonce: &[u8; 16]) -> String {
    nonce.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl<S: Storage> Store<S> {
    /// Marks the log as fenced, and draws the nonce of this start. Once, before an event is accepted.
    ///
    /// # Errors
    ///
    /// The mark cannot be read or written.
    ///
    /// # Durability
    ///
    /// The mark is on disk on return.
    pub fn fence(&mut self) -> Result<(), StoreError> {
        let Some(wal) = &mut self.wal else {
            return Err(buffer::Error::Closed.into());
        };
        let mut claims = wal.fence()?;
        #[cfg(feature = "__simulation")]
        let may_forget = !self.omits_forgetting;
        #[cfg(not(feature = "__simulation"))]
        let may_forget = true;
        // On disk, too: the next start's epoch is higher than theirs.
        if may_forget && claims.forget_from(wal.epoch()) {
            wal.write_claims(&mut claims)?;
        }
        let nonce = wal.nonce()?;
        wal.note_start(nonce, &claims)?;
        self.fencing = Some(Fencing {
            claims,
            producer_id: wal.producer_id(),
            epoch: wal.epoch(),
            nonce,
        });
        Ok(())
    }

    /// Whose fence it is, if the store is fenced.
    #[must_use]
    pub fn fenced_producer(&self) -> Option<ProducerId> {
        self.fencing.as_ref().map(|fencing| fencing.producer_id)
    }

    /// Who claims the fence. From now on the directory remembers it, whatever becomes of the claim.
    pub(in crate::publisher) fn claimant(&mut self) -> Result<Option<Claimant>, StoreError> {
        let Some(fencing) = &self.fencing else {
            return Ok(None);
        };
        let others = fencing.claims.as_slice().iter();
        let others = others.filter(|claim| claim.nonce != fencing.nonce);
        let claimant = Claimant {
            epoch: fencing.epoch,
            nonce: hex(&fencing.nonce),
            known: others.map(|claim| (hex(&claim.nonce), claim.is_held)).collect(),
        };
        if fencing.known().is_none() {
            self.note_claim(false, fencing.claims.reached)?;
        }
        Ok(Some(claimant))
    }

    /// What an earlier start knew to be published through the fence.
    pub(in crate::publisher) fn reached(&self) -> Pair {
        self.fencing
            .as_ref()
            .map_or(Pair::default(), |fencing| fencing.claims.reached)
    }

    /// Redis has said that the fence is ours, and how far it came.
    pub(in crate::publisher) fn claimed(&mut self, reached: Pair) -> Result<(), StoreError> {
        let known = self.fencing.as_ref().and_then(Fencing::known);
        // After a loss it is lower, or each start to come would report that loss again.
        if known.is_none_or(|claim| !claim.is_held) || reached < self.reached() {
            self.note_claim(true, reached)?;
        }
        self.note_owner()
    }

    /// Keeps the nonce apart from `fence`, too, for when that is lost after a start that never came to claim. Writes once in a start.
    fn note_owner(&mut self) -> Result<(), StoreError> {
        let (None, Some(wal), Some(fencing)) = (&self.failed, &mut self.wal, &self.fencing) else {
            return Ok(());
        };
        wal.note_owner(fencing.epoch, fencing.nonce)
            .map_err(|error| self.failed.insert(error.into()).clone())
    }

    /// Writes down how far the fence came, when something is about to be left for later.
    pub(in crate::publisher) fn note_reached(&mut self, reached: Pair) {
        let is_held = self.fencing.as_ref().and_then(Fencing::known);
        if let Some(claim) = is_held
            && self.reached() < reached
        {
            // It serves to notice a loss; what is left for later is kept without it.
            let _ = self.note_claim(claim.is_held, reached);
        }
    }

    fn note_claim(&mut self, is_held: bool, reached: Pair) -> Result<(), StoreError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let (Some(wal), Some(fencing)) = (&mut self.wal, &mut self.fencing) else {
            return Err(buffer::Error::Closed.into());
        };
        let mut claims = fencing.claims.clone();
        claims.reached = reached;
        claims.put(Claim {
            epoch: fencing.epoch,
            nonce: fencing.nonce,
            is_held,
        });
        if let Err(error) = wal.write_claims(&mut claims) {
            return Err(self.failed.insert(error.into()).clone());
        }
        fencing.claims = claims;
        Ok(())
    }

    /// Leaves out a rule: claims of later starts are believed to be this directory's. Before `fence`.
    #[cfg(feature = "__simulation")]
    pub fn omit_forgetting(&mut self) {
        self.omits_forgetting = true;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::buffer::Config;
    use crate::buffer::storage::FileStorage;

    fn start(path: &Path) -> Store<FileStorage> {
        Store::open_directory(path, &Config::new(), None, true).expect("a store")
    }

    fn claimant(store: &mut Store<FileStorage>) -> Claimant {
        store.claimant().expect("written").expect("fenced")
    }

    /// What happened: the file was lost after a start that had owned the fence, and again after one that did not reach Redis. The
    /// directory had forgotten the owner, which Redis named, and was fenced off by itself.
    #[test]
    fn the_owner_outlives_two_losses_of_the_file_and_a_start_without_redis_in_between() {
        for sets_out in [false, true] {
            let dir = tempfile::tempdir().unwrap();
            let lose = || fs::remove_file(dir.path().join("fence")).unwrap();
            let mut owner = String::new();
            // More than one, for the first knows no owner before it.
            for _ in 0..2 {
                let mut store = start(dir.path());
                owner = claimant(&mut store).nonce;
                store.claimed(Pair::default()).unwrap();
                store.close();
            }
            lose();
            let mut without_redis = start(dir.path());
            if sets_out {
                claimant(&mut without_redis);
            }
            drop(without_redis);
            lose();
            let known = claimant(&mut start(dir.path())).known;
            assert!(known.contains(&(owner, true)), "{known:?}");
        }
    }

    #[test]
    fn only_the_first_answer_of_a_start_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = start(dir.path());
        claimant(&mut store);
        let files = || ["producer", "fence"].map(|name| fs::read(dir.path().join(name)).unwrap());
        let before = files();
        store.claimed(Pair::default()).unwrap();
        let first = files();
        assert!(before[0] != first[0] && before[1] != first[1]);
        claimant(&mut store);
        store.claimed(Pair::default()).unwrap();
        assert_eq!(files(), first);
    }
}
