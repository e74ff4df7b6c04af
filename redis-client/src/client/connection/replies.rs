//! Replies in RESP2, found in what has come so far.
//!
//! Promise: a reply is taken off once it is there as a whole, byte for byte what redis-rs would take off, whatever pieces it
//! came in. Nothing is believed of what is no reply, and nothing grows beyond [`REPLY_BYTES_MAX`].
//!
//! Only integers are read here: they are what PUBLISH answers, two million times a second, and redis-rs takes a thousand
//! instructions for one, which was half of what the publisher's thread did. All other replies are measured here and read by redis-rs.

use std::io::{self, Read};

/// The largest reply that is waited for. What the publisher asks has answers of a few hundred bytes.
const REPLY_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How much is read at once: the replies to some thousand PUBLISH.
const READ_BYTES: usize = 32 * 1024;

/// What has come and was not taken off yet.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    bytes: Vec<u8>,
    /// What lies before is taken off.
    start: usize,
    /// What lies behind is free.
    end: usize,
}

/// The next reply.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Integer(i64),
    /// Any reply, as its bytes.
    Other(Vec<u8>),
    /// It is not all there: read on.
    Missing,
    /// There is none, and cannot be: this is another protocol, or not the end that redis-rs would find.
    Broken,
}

impl Incoming {
    /// Takes the next reply off.
    #[inline]
    pub(crate) fn next(&mut self) -> Next {
        if let Some(number) = self.next_integer() {
            return Next::Integer(number);
        }
        let rest = self.bytes.get(self.start..self.end).unwrap_or_default();
        match reply_bytes(rest) {
            Length::Known(length) => {
                let reply = rest.get(..length).unwrap_or_default().to_vec();
                self.start += length;
                Next::Other(reply)
            }
            Length::Missing => Next::Missing,
            Length::Broken => Next::Broken,
        }
    }

    /// Takes the next reply off if it is an integer.
    #[inline]
    pub(super) fn next_integer(&mut self) -> Option<i64> {
        let (number, length) = integer(self.bytes.get(self.start..self.end)?)?;
        self.start += length;
        Some(number)
    }

    /// Reads on from `reader`, once; 0 is its end.
    pub(crate) fn read_from(&mut self, reader: &mut impl Read) -> io::Result<usize> {
        // What was taken off makes room first, so that the buffer is no longer than the longest reply asks for.
        self.bytes.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.bytes.len() != READ_BYTES && self.end < READ_BYTES / 2 {
            self.bytes.resize(READ_BYTES, 0);
            self.bytes.shrink_to_fit();
        } else if self.bytes.len() - self.end < READ_BYTES / 2 {
            self.bytes.resize(self.bytes.len() * 2, 0);
        }
        // Bound: signals.
        let read = loop {
            let free = self.bytes.get_mut(self.end..).unwrap_or_default();
            match reader.read(free) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        self.end += read;
        Ok(read)
    }
}

/// An integer reply of up to 18 digits at the start of `bytes`, and its length; `None` for everything else.
#[inline]
fn integer(bytes: &[u8]) -> Option<(i64, usize)> {
    // Few channels have ten subscribers.
    if let [b':', digit @ b'0'..=b'9', b'\r', b'\n', ..] = bytes {
        return Some((i64::from(digit - b'0'), 4));
    }
    let (b':', rest) = bytes.split_first()? else {
        return None;
    };
    let digits = rest
        .iter()
        .take(19)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (digits, end) = rest.split_at_checked(digits)?;
    if digits.is_empty() || digits.len() > 18 || !end.starts_with(b"\r\n") {
        return None;
    }
    let number = digits
        .iter()
        .fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
    Some((number, digits.len() + 3))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Known(usize),
    Missing,
    Broken,
}

/// How long the reply is that begins `bytes`, with all that it contains.
fn reply_bytes(bytes: &[u8]) -> Length {
    let mut at = 0;
    let mut wanted: u64 = 1;
    // Bound: each turn goes on by a line, and there are no more than `REPLY_BYTES_MAX` bytes of them.
    while wanted > 0 {
        if at > REPLY_BYTES_MAX {
            return Length::Broken;
        }
        let Some((kind, rest)) = bytes.get(at..).and_then(<[u8]>::split_first) else {
            return Length::Missing;
        };
        if !b"+-:$*".contains(kind) {
            return Length::Broken;
        }
        let Some(line) = rest.windows(2).position(|pair| pair == b"\r\n") else {
            let is_endless = bytes.len() > REPLY_BYTES_MAX;
            return if is_endless {
                Length::Broken
            } else {
                Length::Missing
            };
        };
        at += line + 3;
        wanted -= 1;
        if matches!(kind, b'$' | b'*') {
            let number = rest
                .get(..line)
                .and_then(|line| std::str::from_utf8(line).ok()?.parse::<i64>().ok());
            match (kind, number) {
                (_, None) => return Length::Broken,
                // There is none.
                (_, Some(-1)) => {}
                (b'$', Some(length)) => {
                    let Some(end) = usize::try_from(length)
                        .ok()
                        .and_then(|length| at.checked_add(length + 2))
                    else {
                        return Length::Broken;
                    };
                    at = end;
                }
                (_, Some(count)) => {
                    let Some(more) = u64::try_from(count)
                        .ok()
                        .and_then(|count| wanted.checked_add(count))
                    else {
                        return Length::Broken;
                    };
                    wanted = more;
                }
            }
        }
    }
    match at {
        _ if at > REPLY_BYTES_MAX => Length::Broken,
        _ if at > bytes.len() => Length::Missing,
        _ => Length::Known(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Takes all replies out of `text`, which comes in pieces of `piece` bytes.
    fn replies(text: &[u8], piece: usize) -> Vec<Next> {
        let mut incoming = Incoming::default();
        let mut found = Vec::new();
        let mut pieces = text.chunks(piece);
        loop {
            match incoming.next() {
                Next::Missing => match pieces.next() {
                    Some(mut piece) => {
                        assert!(incoming.read_from(&mut piece).unwrap() > 0);
                    }
                    None => break found,
                },
                Next::Broken => {
                    found.push(Next::Broken);
                    break found;
                }
                next => found.push(next),
            }
        }
    }

    #[test]
    fn replies_are_found_whatever_pieces_they_come_in() {
        let other = |text: &str| Next::Other(text.as_bytes().to_vec());
        let text = "+OK\r\n:3\r\n:-1\r\n:9223372036854775807\r\n$3\r\na\r\n\r\n$-1\r\n*-1\r\n*0\r\n*2\r\n*1\r\n:1\r\n$2\r\n\r\n\r\n-ERR no\r\n:0\r\n";
        let expected = [
            other("+OK\r\n"),
            Next::Integer(3),
            other(":-1\r\n"),
            other(":9223372036854775807\r\n"),
            other("$3\r\na\r\n\r\n"),
            other("$-1\r\n"),
            other("*-1\r\n"),
            other("*0\r\n"),
            other("*2\r\n*1\r\n:1\r\n$2\r\n\r\n\r\n"),
            other("-ERR no\r\n"),
            Next::Integer(0),
        ];
        for piece in 1..=text.len() {
            assert_eq!(replies(text.as_bytes(), piece), expected, "in pieces of {piece}");
        }
    }

    #[test]
    fn what_is_no_reply_is_broken() {
        for text in [
            "HTTP/1.1 400 Bad Request\r\n",
            "\r\n",
            "_\r\n",
            "$x\r\n",
            "$-2\r\n",
            "*-7\r\n",
            "$9223372036854775807\r\n",
            "$99999999999\r\n",
            "*2\r\n*9223372036854775807\r\n*9223372036854775807\r\n*9223372036854775807\r\n",
        ] {
            assert_eq!(replies(text.as_bytes(), 7), [Next::Broken], "{text:?}");
        }
    }

    #[test]
    fn the_buffer_grows_for_a_long_reply_and_shrinks_again() {
        let long = "x".repeat(5 * READ_BYTES);
        let text = format!("${}\r\n{long}\r\n:1\r\n", long.len());
        let mut incoming = Incoming::default();
        let mut rest = text.as_bytes();
        while incoming.next() == Next::Missing {
            assert!(incoming.read_from(&mut rest).unwrap() > 0);
        }
        assert!(incoming.bytes.len() > long.len());
        assert_eq!(incoming.next(), Next::Integer(1));
        assert_eq!(incoming.read_from(&mut rest).unwrap(), 0);
        assert_eq!(incoming.bytes.len(), READ_BYTES);
    }

    proptest! {
        /// Where redis-rs finds a reply, we find the same one; and nothing makes us panic.
        #[test]
        fn the_same_replies_as_redis_rs_finds(text in "([:+$*-](-1|[0-9]{1,3}|ERR x|\r\n)\r\n){0,6}", piece in 1_usize..9) {
            let mut parser = redis::Parser::new();
            let mut rest = text.as_bytes();
            for next in replies(text.as_bytes(), piece) {
                let expected = parser.parse_value(&mut rest);
                match next {
                    Next::Integer(number) => prop_assert_eq!(expected.unwrap(), redis::Value::Int(number)),
                    Next::Other(bytes) => match (redis::parse_redis_value(&bytes), expected) {
                        (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs),
                        // Neither takes it; where theirs stands after that is of no interest.
                        (Err(_), Err(_)) => break,
                        (ours, theirs) => prop_assert!(false, "{ours:?} {theirs:?}"),
                    },
                    Next::Broken => { prop_assert!(expected.is_err(), "{expected:?}"); break; }
                    Next::Missing => unreachable!("it is never handed out"),
                }
            }
        }
    }
}
