//! The formats of JSON Schema that are rules on a text, by the grammars of their RFCs.
//!
//! Formats with a type of their own (`date`, `uuid`, `decimal`) are not here; `date-time` is, for a text that other rules
//! bind too and that therefore stays as it is written. Each function takes the whole text and knows nothing of schemas;
//! `#[model(format = "..")]` names them.

mod hostname;

pub use hostname::is_hostname;

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::time::Timestamp;

/// RFC 3339 `date-time`: an instant that exists, with its offset.
#[must_use]
pub fn is_date_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}

/// RFC 3339 `full-time`: a time of day with an offset; `:60` only where UTC is 23:59.
#[must_use]
pub fn is_time(text: &str) -> bool {
    format!("2000-01-01T{text}").parse::<Timestamp>().is_ok()
}

/// RFC 3339, appendix A: an ISO 8601 duration.
#[must_use]
pub fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = text
        .split_once('T')
        .map_or((text, None), |(date, time)| (date, Some(time)));
    match time {
        None => is_run(date, "W") || is_run(date, "YMD"),
        Some(time) => is_run(time, "HMS") && (date.is_empty() || is_run(date, "YMD")),
    }
}

/// One or more numbers, each with its unit; the units follow each other in `units` without a gap.
fn is_run(text: &str, units: &str) -> bool {
    let mut rest = text;
    let mut expected: Option<&str> = None;
    while !rest.is_empty() {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(unit) = number.chars().next().filter(|_| number.len() < rest.len()) else {
            return false;
        };
        let found = match expected {
            None => units.split_once(unit).map(|(_, after)| after),
            Some(expected) => expected.strip_prefix(unit),
        };
        let Some(after) = found else { return false };
        expected = Some(after);
        rest = number.get(1..).unwrap_or_default();
    }
    expected.is_some()
}

/// RFC 2673: four decimal numbers of at most 255, without leading zeros.
#[must_use]
pub fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// RFC 4291: an IPv6 address without a zone.
#[must_use]
pub fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// RFC 5321 `Mailbox`: a local part, plain or quoted, and a domain or an address in brackets.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    is_local_part(local) && (is_domain(domain) || is_address_literal(domain))
}

fn is_local_part(text: &str) -> bool {
    if let Some(quoted) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        let mut bytes = quoted.bytes();
        while let Some(byte) = bytes.next() {
            let is_allowed = match byte {
                b'\\' => bytes.next().is_some_and(|byte| (b' '..=b'~').contains(&byte)),
                b'"' => false,
                _ => (b' '..=b'~').contains(&byte),
            };
            if !is_allowed {
                return false;
            }
        }
        return text.len() <= 64;
    }
    let is_atom = |atom: &str| {
        let is_atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        !atom.is_empty() && atom.bytes().all(is_atext)
    };
    text.len() <= 64 && text.split('.').all(is_atom)
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 255 && text.split('.').all(is_label)
}

fn is_address_literal(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
        return false;
    };
    match inside.get(..5) {
        Some(prefix) if prefix.eq_ignore_ascii_case("IPv6:") => is_ipv6(inside.get(5..).unwrap_or_default()),
        _ => is_ipv4(inside),
    }
}

/// RFC 3986 `URI`: with a scheme.
#[must_use]
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (hierarchy, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(authority), path)
        }
        None => (None, hierarchy),
    };
    is_scheme
        && authority.is_none_or(is_authority)
        && is_made_of(path, b":@/")
        && is_made_of(query, b":@/?")
        && is_made_of(fragment, b":@/?")
}

fn is_authority(text: &str) -> bool {
    let (user, rest) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) =
        if let Some((literal, port)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            (is_ipv6(literal) || is_future_address(literal), port)
        } else {
            let (name, port) = rest.split_at(rest.find(':').unwrap_or(rest.len()));
            (is_made_of(name, b""), port)
        };
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    is_made_of(user, b":") && host && is_port
}

/// RFC 3986 `IPvFuture`.
fn is_future_address(text: &str) -> bool {
    let (version, address) = text.split_once('.').unwrap_or_default();
    let digits = version.strip_prefix(['v', 'V']).unwrap_or_default();
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        && !address.is_empty()
        && !address.contains('%')
        && is_made_of(address, b":")
}

/// Only unreserved characters, sub-delimiters, percent-encoded bytes and `more`.
fn is_made_of(text: &str, more: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_allowed = if byte == b'%' {
            let mut digit = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
            digit() && digit()
        } else {
            byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || more.contains(&byte)
        };
        if !is_allowed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_valid: fn(&str) -> bool, valid: &[&str], invalid: &[&str]) {
        for text in valid {
            assert!(is_valid(text), "{text:?} is valid");
        }
        for text in invalid {
            assert!(!is_valid(text), "{text:?} is not valid");
        }
    }

    #[test]
    fn times() {
        check(
            is_time,
            &[
                "23:59:60Z",
                "01:29:60+01:30",
                "23:29:60+23:30",
                "15:59:60-08:00",
                "08:30:06.283185Z",
                "08:30:06z",
                "12:34:56-00:00",
            ],
            &[
                "",
                "8:3:6Z",
                "8:0030:6Z",
                "22:59:60Z",
                "23:58:60+00:00",
                "23:59:60+01:00",
                "01:01:01,1111",
                "12:00:00",
                "08:30:06#00:20",
                "24:00:00Z",
                "08:30:06-8:00",
                "08:30:06 Z",
                "08:30:06Z ",
                "1২:00:00Z",
            ],
        );
    }

    #[test]
    fn durations() {
        check(
            is_duration,
            &[
                "P4DT12H30M5S",
                "P4Y",
                "PT0S",
                "P0D",
                "P1M",
                "PT1M",
                "PT36H",
                "P1DT12H",
                "P2W",
                "P1Y2M3DT4H5M6S",
                "PT1M2S",
                "P01D",
                "P999999999999999999999999999999999999999D",
            ],
            &[
                "",
                "P",
                "PT",
                "P1",
                "P1YT",
                "P2D1Y",
                "P1D2H",
                "P2S",
                "4DT12H30M5S",
                "P1Y2W",
                "P1WT1H",
                "PT1H2S",
                "P1Y3D",
                "P২Y",
                "P1D ",
                "P1e2D",
                "PT0.5S",
                "P-1D",
                "P1DT1D",
                "P1D2T3H",
            ],
        );
    }

    #[test]
    fn addresses() {
        check(
            is_ipv4,
            &["192.168.0.1", "0.0.0.0", "255.255.255.255"],
            &[
                "",
                "256.1.1.1",
                "127.0",
                "127.0.0.0.1",
                "087.10.0.1",
                "0x7f.0.0.1",
                "1২7.0.0.1",
                "192.168.0.1\n",
                "192.168.0.1/24",
            ],
        );
        check(
            is_ipv6,
            &[
                "::1",
                "::",
                "::abef",
                "d6::",
                "1:2::192.168.0.1",
                "1:2:3:4:5:6:7:8",
                "1000:1000:1000:1000:1000:1000:255.255.255.255",
            ],
            &[
                "",
                "12345::",
                "1",
                "127.0.0.1",
                "  ::1",
                "[::1]",
                "::1%eth0",
                "fe80::/64",
                "1::2::3",
                ":2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7",
                "1::2:192.168.256.1",
                "1:2:3:4:5:6:7:৪",
            ],
        );
    }

    #[test]
    fn mailboxes() {
        check(
            is_email,
            &[
                "joe.bloggs@example.com",
                "~test@example.com",
                "te.s.t@example.com",
                "\"joe bloggs\"@example.com",
                "\"joe..bloggs\"@example.com",
                "\"joe@bloggs\"@example.com",
                "joe@[127.0.0.1]",
                "joe@[IPv6:::1]",
                "a@b",
            ],
            &[
                "",
                "2962",
                "joe",
                "joe@",
                "@example.com",
                ".test@example.com",
                "test.@example.com",
                "te..st@example.com",
                "joe@[127.0.0.300]",
                "joe@invalid=domain.com",
                "joe bloggs@example.com",
                "joe@-a.com",
                "joe@a..com",
                "\"joe\"x@example.com",
                "\"a\"b\"@example.com",
                "jöe@example.com",
            ],
        );
    }

    #[test]
    fn uris() {
        check(
            is_uri,
            &[
                "http://foo.bar/?baz=qux#quux",
                "http://foo.com/blah_(wikipedia)_blah#cite-1",
                "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com",
                "http://223.255.255.254",
                "ldap://[2001:db8::7]/c=GB?objectClass?one",
                "mailto:John.Doe@example.com",
                "news:comp.infosystems.www.servers.unix",
                "tel:+1-816-555-1212",
                "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
                "http://087.10.0.1/",
                "file:///etc/hosts",
                "a:",
                "http://[v1.fe:x]:8080",
            ],
            &[
                "",
                "//foo.bar/?baz=qux#quux",
                "/abc",
                "\\\\WINDOWS\\fileshare",
                "abc",
                "http:// shouldfail.com",
                ":// should fail",
                "bar,baz:foo",
                "https://[@example.org/test.txt",
                "https://example.org/foobar\\.txt",
                "https://example.org/foobar<>.txt",
                "https://example.org/foobar{}.txt",
                "https://example.org/foobar^.txt",
                "http://example.com/%6G",
                "http://example.com/%",
                "http://example.com:abc/path",
                "http://[v.x]",
                "http://[::1",
                "1http://a",
                "http://a#b#c",
                "http://é.com",
            ],
        );
    }
}
