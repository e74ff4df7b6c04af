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
        if known.is_some_and(|claim| claim.is_held) && self.reached() <= reached {
            return Ok(());
        }
        self.note_claim(true, reached)
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
