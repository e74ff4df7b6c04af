//! What the two scripts of the fence decide, in Rust, to be read beside them (`redis-client/src/publisher/fence/*.lua`).
//!
//! The simulated server goes by it, and `tests/publisher/fence_rules.rs` holds it against a real server. Each rule can be left out: a story in
//! `tests/simulation/fenced.rs` must then go wrong, or the rule is not needed.

use redis_client::client::ServerError;
use redis_client::publisher::simulation::Reply;

/// Which rules hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each rule is one")]
pub struct Rules {
    /// A claim by the owner itself changes nothing.
    pub claim_is_idempotent: bool,
    /// A claim leaves `last` alone.
    pub claim_keeps_last: bool,
    /// A claim fails when the owner's epoch is not lower.
    pub epochs: bool,
    /// A claim fails when the owner's nonce is none of the directory's own.
    pub strangers: bool,
    /// A batch fails when the owner's nonce is another.
    pub nonce: bool,
    /// A batch fails when `last` is below what it follows.
    pub gap: bool,
    /// What is at or below `last` is skipped.
    pub skip: bool,
    /// `last` is written before anything is published.
    pub last_first: bool,
    /// A refusal in the middle sets `last` back.
    pub write_back: bool,
    /// A refusal in the middle is caught.
    pub pcall: bool,
    /// Nothing behind a refusal is published.
    pub stop: bool,
    /// The parts of pairs are compared as numbers.
    pub numbers: bool,
}

impl Rules {
    /// As the scripts are.
    pub const ALL: Self = Self {
        claim_is_idempotent: true,
        claim_keeps_last: true,
        epochs: true,
        strangers: true,
        nonce: true,
        gap: true,
        skip: true,
        last_first: true,
        write_back: true,
        pcall: true,
        stop: true,
        numbers: true,
    };

    fn is_above(self, a: &str, b: &str) -> bool {
        if self.numbers { pair(a) > pair(b) } else { a > b }
    }
}

fn pair(text: &str) -> (u64, u64) {
    let (epoch, sequence) = text.split_once(' ').unwrap_or(("0", "0"));
    (epoch.parse().unwrap_or(0), sequence.parse().unwrap_or(0))
}

/// The key: a hash of two fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fence {
    /// Epoch and nonce.
    pub owner: Option<String>,
    /// Epoch and sequence.
    pub last: Option<String>,
}

/// What the scripts need of their server.
pub trait Server {
    /// Whether the first write of a script is let through.
    ///
    /// # Errors
    ///
    /// The refusal, as `pcall` gives it.
    fn may_write(&mut self) -> Result<(), String>;

    /// Publishes.
    ///
    /// # Errors
    ///
    /// The refusal, as `pcall` gives it.
    fn publish(&mut self, channel: &str, payload: &[u8]) -> Result<u64, String>;
}

fn list(words: &[&str]) -> Reply {
    Reply::List(words.iter().map(|word| Reply::Text((*word).to_owned())).collect())
}

impl Fence {
    /// `claim.lua`. Arguments: epoch, nonce, the nonces that are known.
    pub fn claim(&mut self, arguments: &[&str], rules: Rules, server: &mut impl Server) -> Reply {
        let [epoch, nonce, known @ ..] = arguments else {
            return Reply::Refused(ServerError::new("ERR", "no claim"));
        };
        let owner = self.owner.clone();
        let last = self.last.clone();
        let mut is_ours = false;
        if let Some((owner_epoch, owner_nonce)) = owner.as_deref().and_then(|owner| owner.split_once(' ')) {
            is_ours = owner_nonce == *nonce && rules.claim_is_idempotent;
            if !is_ours {
                let is_known = known.contains(&owner_nonce) || !rules.strangers;
                let is_lower =
                    pair(&format!("{owner_epoch} 0")) < pair(&format!("{epoch} 0")) || !rules.epochs;
                if !is_known || !is_lower {
                    return list(&["FENCED", owner.as_deref().unwrap_or_default()]);
                }
            }
        }
        if !is_ours {
            if let Err(error) = server.may_write() {
                return list(&["REFUSED", &error]);
            }
            self.owner = Some(format!("{epoch} {nonce}"));
        }
        if !rules.claim_keeps_last {
            self.last = None;
        }
        list(&[
            "CLAIMED",
            owner.as_deref().unwrap_or_default(),
            last.as_deref().unwrap_or_default(),
        ])
    }

    /// `batch.lua`. Arguments: nonce, what it follows, then pair, channel and payload of each event.
    pub fn batch(&mut self, arguments: &[&str], rules: Rules, server: &mut impl Server) -> Reply {
        let [nonce, prev, events @ ..] = arguments else {
            return Reply::Refused(ServerError::new("ERR", "no batch"));
        };
        let owner = self.owner.clone();
        let owner_nonce = owner
            .as_deref()
            .and_then(|owner| owner.split_once(' '))
            .map(|(_, nonce)| nonce);
        if owner.is_none() {
            return list(&["UNCLAIMED"]);
        }
        if owner.is_some() && owner_nonce != Some(nonce) && rules.nonce {
            return list(&["FENCED", owner.as_deref().unwrap_or_default()]);
        }
        let before = self.last.clone();
        let last = before.as_deref().unwrap_or("0 0");
        if rules.is_above(prev, last) && rules.gap {
            return list(&["GAP", before.as_deref().unwrap_or_default()]);
        }
        let (events, _) = events.as_chunks::<3>();
        let skipped = if rules.skip {
            events
                .iter()
                .take_while(|event| !rules.is_above(event[0], last))
                .count()
        } else {
            0
        };
        let Some(end) = events.last().filter(|_| skipped < events.len()) else {
            return answer("DONE", skipped, "", Vec::new());
        };
        if rules.last_first {
            if let Err(error) = server.may_write() {
                return list(&["REFUSED", &error]);
            }
            self.last = Some(end[0].to_owned());
        }
        let mut receivers = Vec::new();
        let mut failed = None;
        for (index, event) in events.iter().enumerate().skip(skipped) {
            match server.publish(event[1], event[2].as_bytes()) {
                Ok(count) => receivers.push(Reply::Receivers(count)),
                Err(error) if !rules.pcall => {
                    let (code, message) = error.split_once(' ').unwrap_or(("ERR", &error));
                    return Reply::Refused(ServerError::new(code, message));
                }
                Err(error) => {
                    if failed.is_none() {
                        let success = index.checked_sub(1).filter(|_| index > skipped);
                        let success = success.and_then(|index| events.get(index));
                        let success = success.map(|event| event[0].to_owned());
                        if rules.write_back {
                            self.last = success.or_else(|| before.clone());
                        }
                        failed = Some(error);
                    }
                    if rules.stop {
                        break;
                    }
                }
            }
        }
        if !rules.last_first {
            if let Err(error) = server.may_write() {
                return list(&["REFUSED", &error]);
            }
            if failed.is_none() {
                self.last = Some(end[0].to_owned());
            }
        }
        match failed {
            Some(error) => answer("FAILED", skipped, &error, receivers),
            None => answer("DONE", skipped, "", receivers),
        }
    }
}

fn answer(word: &str, skipped: usize, error: &str, receivers: Vec<Reply>) -> Reply {
    let head = [
        Reply::Text(word.to_owned()),
        Reply::Receivers(skipped as u64),
        Reply::Text(error.to_owned()),
    ];
    Reply::List(head.into_iter().chain(receivers).collect())
}
