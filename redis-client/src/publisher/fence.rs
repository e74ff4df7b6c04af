//! The fence: what keeps an event whose reply was lost from reaching Redis twice (promise P3, fenced: once).
//!
//! The key `fence:{producer_id}` holds two facts about a buffer's directory: who owns it, and which pair was published
//! last. Two scripts change them, `claim.lua` after each connect and `batch.lua` for each batch; both are short, and they are
//! the protocol. This file speaks it: it packs the commands, reads the answers and keeps what the next batch has to say.
//! What to do about an answer is the worker's business (`worker/fenced.rs`).
//!
//! `docs/fence.md` argues each rule, names the test that turns red without it, and says what remains possible.

mod sha1;

use super::transport::{Reply, is_final, is_protocol_error, pack_argument, pack_command};
use crate::buffer::Pair;
use crate::client::ServerError;

/// The claim, as Redis runs it.
pub const CLAIM: &str = include_str!("fence/claim.lua");
/// The batch, as Redis runs it.
pub const BATCH: &str = include_str!("fence/batch.lua");

/// A pair as the scripts take and store it.
#[must_use]
pub fn text_of(pair: Pair) -> String {
    format!("{} {}", pair.epoch, pair.sequence)
}

/// The pair that a text means; zeros for none.
#[must_use]
pub fn pair_of(text: &str) -> Option<Pair> {
    if text.is_empty() {
        return Some(Pair::default());
    }
    let (epoch, sequence) = text.split_once(' ')?;
    Some(Pair {
        epoch: epoch.parse().ok()?,
        sequence: sequence.parse().ok()?,
    })
}

/// Which start of which directory asks for its fence.
#[derive(Debug, Clone)]
pub(super) struct Claimant {
    pub(super) epoch: u64,
    pub(super) nonce: String,
    /// The nonces with which earlier starts have claimed, and whether they had an answer.
    pub(super) known: Vec<(String, bool)>,
}

/// An event of a batch: its pair, its channel in two parts, its payload.
pub(super) type Packed<'a> = (Pair, [&'a [u8]; 2], &'a [u8]);

/// What the claim came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Claimed {
    /// It is ours.
    Ours {
        /// Redis has forgotten what was published: some of it may be published again.
        is_lost: bool,
    },
    /// Another directory's, or a later start's of this one.
    Fenced,
    /// Redis could not say or not write it.
    Refused(ServerError),
}

/// What a batch came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The first `skipped` events had been published before, and then as many as there are receivers. If that is not all,
    /// `failed` says what Redis refuses the next one for; nothing of the rest was published.
    Published {
        skipped: usize,
        receivers: Vec<u64>,
        failed: Option<ServerError>,
    },
    /// Nothing was published: an earlier batch is missing, or the fence is not ours (any more), or not there.
    Out,
    /// Nothing was published: Redis does not know the script by its name.
    NoScript,
    /// Nothing was published: Redis could not read or write the fence.
    Refused(ServerError),
    /// Nothing was published: Redis could not read the command, for something in its events.
    Unreadable(ServerError),
    /// Redis refused the command as a whole, perhaps after it had begun.
    Unclear(ServerError),
}

/// See the head of the file.
#[derive(Debug)]
pub(super) struct Fence {
    key: String,
    /// The claimant's nonce.
    nonce: String,
    batch_sha: String,
    /// The nonces whose claims were answered well, in this start and before.
    held: Vec<String>,
    /// What Redis has last said or shown `last` to be.
    reached: Pair,
    /// What `last` will be once everything in flight is published: what the next batch follows.
    prev: Pair,
    /// Whether the script was sent on this connection.
    has_script: bool,
}

impl Fence {
    /// The fence under `key`, not yet claimed. `reached` is what earlier starts knew to be published.
    pub(super) fn new(key: String, reached: Pair) -> Self {
        Self {
            key,
            nonce: String::new(),
            batch_sha: sha1::hex(BATCH.as_bytes()),
            held: Vec::new(),
            reached,
            prev: Pair::default(),
            has_script: false,
        }
    }

    /// Packs the claim.
    pub(super) fn pack_claim(&mut self, pipeline: &mut Vec<u8>, claimant: &Claimant) {
        self.nonce.clone_from(&claimant.nonce);
        self.has_script = false;
        let held = claimant.known.iter().filter(|(_, is_held)| *is_held);
        for (nonce, _) in held {
            self.note_held(nonce);
        }
        let epoch = claimant.epoch.to_string();
        pack_command(pipeline, 6 + claimant.known.len());
        let fixed = ["EVAL", CLAIM, "1", &self.key, &epoch, &self.nonce];
        for argument in fixed
            .into_iter()
            .chain(claimant.known.iter().map(|(nonce, _)| nonce.as_str()))
        {
            pack_argument(pipeline, &[argument.as_bytes()]);
        }
    }

    fn note_held(&mut self, nonce: &str) {
        if !self.held.iter().any(|held| held == nonce) {
            self.held.push(nonce.to_owned());
        }
    }

    /// Whether a claim shows that Redis has forgotten something. The owner it found tells: none, though there was one; or one
    /// that had no answer, and so published nothing, where others before it did.
    fn is_lost(&self, owner: &str, last: Pair) -> bool {
        let nonce = owner.split_once(' ').map_or("", |(_, nonce)| nonce);
        let is_held = self.held.iter().any(|held| held == nonce);
        let is_new = owner.is_empty() || (!is_held && last == Pair::default());
        (is_new && !self.held.is_empty()) || last < self.reached
    }

    /// What Redis says to the claim.
    pub(super) fn claimed(&mut self, reply: Reply) -> Claimed {
        let items = match reply {
            Reply::List(items) => items,
            Reply::Refused(error) => return Claimed::Refused(error),
            _ => return Claimed::Refused(unknown()),
        };
        let text = |index: usize| match items.get(index) {
            Some(Reply::Text(text)) => text.as_str(),
            _ => "",
        };
        match text(0) {
            "FENCED" => Claimed::Fenced,
            "REFUSED" => Claimed::Refused(error_of(text(1))),
            "CLAIMED" => {
                let Some(last) = pair_of(text(2)) else {
                    return Claimed::Refused(unknown());
                };
                let is_lost = self.is_lost(text(1), last);
                let nonce = self.nonce.clone();
                self.note_held(&nonce);
                self.reached = last;
                self.prev = last;
                Claimed::Ours { is_lost }
            }
            _ => Claimed::Refused(unknown()),
        }
    }

    /// Packs a batch, pairs rising; nothing for none.
    pub(super) fn pack_batch(&mut self, pipeline: &mut Vec<u8>, events: &[Packed<'_>]) {
        let Some(last) = events.last() else { return };
        let (command, script) = if self.has_script {
            ("EVALSHA", self.batch_sha.as_str())
        } else {
            ("EVAL", BATCH)
        };
        self.has_script = true;
        pack_command(pipeline, 6 + 3 * events.len());
        let prev = text_of(self.prev);
        for argument in [command, script, "1", &self.key, &self.nonce, &prev] {
            pack_argument(pipeline, &[argument.as_bytes()]);
        }
        for (pair, channel, payload) in events {
            pack_argument(pipeline, &[text_of(*pair).as_bytes()]);
            pack_argument(pipeline, channel);
            pack_argument(pipeline, &[payload]);
        }
        self.prev = self.prev.max(last.0);
    }

    /// What Redis says to a batch.
    pub(super) fn verdict(reply: Reply) -> Verdict {
        let items = match reply {
            Reply::List(items) => items,
            Reply::Refused(error) if error.code() == "NOSCRIPT" => return Verdict::NoScript,
            Reply::Refused(error) if is_protocol_error(&error) && is_final(&error) => {
                return Verdict::Unreadable(error);
            }
            Reply::Refused(error) => return Verdict::Unclear(error),
            _ => return Verdict::Unclear(unknown()),
        };
        let mut items = items.into_iter();
        let Some(Reply::Text(word)) = items.next() else {
            return Verdict::Unclear(unknown());
        };
        match (word.as_str(), items.next(), items.next()) {
            ("UNCLAIMED", ..) | ("FENCED" | "GAP", Some(_), _) => Verdict::Out,
            ("REFUSED", Some(Reply::Text(error)), _) => Verdict::Refused(error_of(&error)),
            ("DONE" | "FAILED", Some(Reply::Receivers(skipped)), Some(Reply::Text(error))) => {
                let receivers = items.map(|item| match item {
                    Reply::Receivers(receivers) => receivers,
                    _ => 0,
                });
                Verdict::Published {
                    skipped: usize::try_from(skipped).unwrap_or(usize::MAX),
                    receivers: receivers.collect(),
                    failed: (word == "FAILED").then(|| error_of(&error)),
                }
            }
            _ => Verdict::Unclear(unknown()),
        }
    }

    /// What Redis has last said or shown `last` to be.
    pub(super) fn reached(&self) -> Pair {
        self.reached
    }

    /// Redis has this pair behind it.
    pub(super) fn reach(&mut self, pair: Pair) {
        self.reached = self.reached.max(pair);
    }

    /// Nothing is in flight, and not all that was sent was published: the next batch follows what was.
    pub(super) fn step_back(&mut self) {
        self.prev = self.reached;
    }

    /// The script has to be sent again.
    pub(super) fn forget_script(&mut self) {
        self.has_script = false;
    }
}

fn unknown() -> ServerError {
    ServerError::new("FENCE", "an answer that the fence's scripts do not give")
}

/// An error as a script has caught it. Before version 7, Redis puts the place in the script in front.
fn error_of(text: &str) -> ServerError {
    let text = match text.strip_prefix("@user_script: ") {
        Some(placed) => placed.split_once(": ").map_or(placed, |(_, text)| text),
        None => text,
    };
    let text = text.strip_prefix('-').unwrap_or(text);
    let is_code = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    match text.split_once(' ') {
        Some((code, message)) if is_code(code) => ServerError::new(code, message),
        _ => ServerError::new("ERR", text),
    }
}
