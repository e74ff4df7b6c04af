//! What the fuzz targets ask of parsers that are nobody else's business: there with the feature `__simulation` only, and outside of
//! semantic versioning.

use crate::Features;
use crate::client::connection::replies::{Incoming, Next};

/// A reply of a server, as the publisher's connection takes it off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An integer, read.
    Integer(i64),
    /// Any other, as its bytes.
    Other(Vec<u8>),
}

/// Takes all replies out of `text`, which comes in pieces of `piece` bytes, and says whether it ended in what is none.
///
/// # Panics
///
/// When `piece` is 0.
#[must_use]
pub fn replies(text: &[u8], piece: usize) -> (Vec<Reply>, bool) {
    let mut incoming = Incoming::default();
    let mut found = Vec::new();
    let mut pieces = text.chunks(piece);
    // Bound: each turn takes a reply off or feeds a piece.
    loop {
        match incoming.next() {
            Next::Integer(number) => found.push(Reply::Integer(number)),
            Next::Other(bytes) => found.push(Reply::Other(bytes)),
            Next::Broken => return (found, true),
            Next::Missing => match pieces.next() {
                // A piece is read as far as there is room.
                Some(mut piece) => while incoming.read_from(&mut piece).is_ok_and(|read| read > 0) {},
                None => return (found, false),
            },
        }
    }
}

/// The features of a cache entry, where it is one that is read without [`codec`](crate::codec).
#[must_use]
pub fn plain_features(text: &str) -> Option<Features> {
    Features::from_plain_json(text.to_owned()).ok()
}
