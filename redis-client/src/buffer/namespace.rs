//! The file that says whose channels the records name (layer 2): the publisher's, and looked at by `inspect`.
//!
//! One line of text, `#1 c2b2e1e8 prod`: a format, a checksum of the rest, the name, which is empty for none. It is replaced as
//! a whole. Earlier builds wrote the bare name; one that is not empty is still read.

/// The file's name.
pub(crate) const NAMESPACE_FILE: &str = "namespace";
const FORMAT: &str = "#1 ";

/// The file of a namespace.
pub(crate) fn encode(name: &str) -> String {
    let crc = crc32c::crc32c_append(crc32c::crc32c(FORMAT.as_bytes()), name.as_bytes());
    format!("{FORMAT}{crc:08x} {name}\n")
}

/// The namespace that a file names; `None` when it is damaged.
pub(crate) fn decode(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !text.is_empty() && text.bytes().all(is_plain) {
        return Some(text);
    }
    let name = text.get(FORMAT.len() + 9..)?.strip_suffix('\n')?;
    (encode(name) == text).then_some(name)
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
    }
}
