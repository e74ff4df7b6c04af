//! The file that says whose channels the records name (layer 2): the publisher's, and looked at by `inspect`.
//!
//! One line of text, `#1 c2b2e1e8 prod`: a format, a checksum of the rest, the name, which is empty for none. It is replaced as
//! a whole. Earlier builds wrote the bare name; one that is not empty is still read. A later format goes on so: `#2`, a blank, the
//! checksum of the line without it and its blank, another blank, and whatever it has to say.

#[cfg(feature = "publisher")]
use super::{cursor::Marks, error::Error, recovery, storage::Storage, wal::Wal};

/// The file's name.
pub(crate) const NAMESPACE_FILE: &str = "namespace";
/// Whose channels the records name.
#[cfg(feature = "publisher")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named<'a> {
    /// Nobody has said so yet.
    Nobody,
    As(&'a str),
    /// The file is damaged, or gone; the checksum that it had, when that is known.
    Lost {
        checksum: Option<u32>,
    },
}

/// The format this version reads.
pub(crate) const FORMAT: u32 = 1;

/// The file of a namespace.
pub(crate) fn encode(name: &str) -> String {
    line(FORMAT, name)
}

/// The checksum that the file of a namespace has.
pub(crate) fn checksum(name: &str) -> u32 {
    checksum_of(FORMAT, name)
}

fn checksum_of(format: u32, rest: &str) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(format!("#{format} ").as_bytes()), rest.as_bytes())
}

fn line(format: u32, rest: &str) -> String {
    format!("#{format} {:08x} {rest}\n", checksum_of(format, rest))
}

/// The format and what follows the checksum, when that holds.
fn parse(text: &str) -> Option<(u32, &str)> {
    let (format, rest) = text.strip_prefix('#')?.split_once(' ')?;
    let format = format.parse().ok()?;
    let rest = rest.get(9..)?.strip_suffix('\n')?;
    (line(format, rest) == text).then_some((format, rest))
}

/// The format that a file names, if it is none that this version reads.
pub(crate) fn newer(bytes: &[u8]) -> Option<u32> {
    let (format, _) = parse(std::str::from_utf8(bytes).ok()?)?;
    (format != FORMAT).then_some(format)
}

/// The namespace that a file names; `None` when it is damaged.
pub(crate) fn decode(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !text.is_empty() && text.bytes().all(is_plain) {
        return Some(text);
    }
    let (format, name) = parse(text)?;
    (format == FORMAT).then_some(name)
}

#[cfg(feature = "publisher")]
impl<S: Storage> Wal<S> {
    /// Says whose channels the records to come name.
    ///
    /// # Errors
    /// [`Error::Io`] and [`Error::Failed`].
    ///
    /// # Durability
    /// On disk on return, so that no record is there before its namespace is.
    pub(crate) fn set_namespace(&mut self, name: &str) -> Result<(), Error> {
        let line = encode(name);
        let found = recovery::read_small(self.disk(), NAMESPACE_FILE)?;
        if found.as_deref().and_then(decode) != Some(name) {
            recovery::replace(self.disk(), NAMESPACE_FILE, line.as_bytes())?;
            // Durability: the name of the file, before the first record.
            self.disk().sync_folder("")?;
        }
        self.remember(Marks {
            namespace: Some(checksum(name)),
            ..self.marks()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_damage_is_none() {
        assert_eq!(encode("prod"), "#1 c2b2e1e8 prod\n");
        for name in ["", "prod", "eu-west_1"] {
            let intact = encode(name).into_bytes();
            assert_eq!(decode(&intact), Some(name));
            for place in 0..intact.len() {
                assert_eq!(decode(&intact[..place]), None, "{name} cut at {place}");
                for bit in 0..8 {
                    let mut bytes = intact.clone();
                    bytes[place] ^= 1 << bit;
                    assert_eq!(decode(&bytes), None, "{name}, bit {bit} of byte {place}");
                }
            }
            assert_eq!(decode(&vec![0; intact.len()]), None);
        }
        assert_eq!(decode(b"prod"), Some("prod"), "as earlier builds wrote it");
        assert_eq!(newer(b"prod").or(newer(encode("prod").as_bytes())), None);
        let later = line(2, "prod and more");
        assert_eq!(
            (newer(later.as_bytes()), decode(later.as_bytes())),
            (Some(2), None)
        );
        assert_eq!(newer(b"#2 00000000 prod\n"), None, "damage is no later format");
    }
}
