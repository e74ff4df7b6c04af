//! Formats whose texts are a regular language, as their RFCs define them: each is a pattern, so it is enforced by the
//! same automaton in every language, and can stand in a key. What a regular language cannot say (the leap seconds of
//! `time`, the Punycode of `hostname`) is not here: the library and the runtimes judge it.

/// The formats of this kind.
pub const NAMES: [&str; 5] = ["duration", "email", "ipv4", "ipv6", "uri"];

/// The ECMA-262 pattern of a format; `None` when it is not one of [`NAMES`].
#[must_use]
pub fn pattern(format: &str) -> Option<String> {
    let body = match format {
        "duration" => duration(),
        "email" => email(),
        "ipv4" => ipv4(),
        "ipv6" => ipv6(),
        "uri" => uri(),
        _ => return None,
    };
    Some(format!("^(?:{body})$"))
}

/// The pattern of a format that is a type of its own where nothing else binds its texts; `None` when it is no regular
/// language.
#[must_use]
pub fn typed_pattern(format: &str) -> Option<&'static str> {
    // Of the years with a 29 February, those that end in 00 are multiples of 400.
    const DATE: &str = "^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)\
                        |02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$";
    match format {
        "date" => Some(DATE),
        "uuid" => Some("^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
        "decimal" => Some("^-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?$"),
        _ => None,
    }
}

/// RFC 2673, section 3.2: four decimal numbers of one byte, without leading zeros.
fn ipv4() -> String {
    let byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    format!("{byte}(?:\\.{byte}){{3}}")
}

/// RFC 4291, section 2.2, in the grammar of RFC 3986.
fn ipv6() -> String {
    let group = "[0-9A-Fa-f]{1,4}";
    let last = format!("(?:{group}:{group}|{})", ipv4());
    let alternatives = [
        format!("(?:{group}:){{6}}{last}"),
        format!("::(?:{group}:){{5}}{last}"),
        format!("(?:{group})?::(?:{group}:){{4}}{last}"),
        format!("(?:(?:{group}:){{0,1}}{group})?::(?:{group}:){{3}}{last}"),
        format!("(?:(?:{group}:){{0,2}}{group})?::(?:{group}:){{2}}{last}"),
        format!("(?:(?:{group}:){{0,3}}{group})?::{group}:{last}"),
        format!("(?:(?:{group}:){{0,4}}{group})?::{last}"),
        format!("(?:(?:{group}:){{0,5}}{group})?::{group}"),
        format!("(?:(?:{group}:){{0,6}}{group})?::"),
    ];
    alternatives.join("|")
}

/// RFC 3339, appendix A, in the capital letters of ISO 8601.
fn duration() -> String {
    let second = "[0-9]+S";
    let minute = format!("[0-9]+M(?:{second})?");
    let hour = format!("[0-9]+H(?:{minute})?");
    let time = format!("T(?:{hour}|{minute}|{second})");
    let day = "[0-9]+D";
    let month = format!("[0-9]+M(?:{day})?");
    let year = format!("[0-9]+Y(?:{month})?");
    let date = format!("(?:{day}|{month}|{year})(?:{time})?");
    format!("P(?:{date}|{time}|[0-9]+W)")
}

/// RFC 5321, section 4.1.2: `Mailbox`. Of the address literals, those of IPv4 and IPv6: no other tag was ever registered.
fn email() -> String {
    let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    let quoted = "\"(?:[ !#-\\[\\]-~]|\\\\[ -~])*\"";
    let label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    let number = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
    let literal = format!("\\[(?:{number}(?:\\.{number}){{3}}|IPv6:(?:{}))\\]", ipv6());
    format!("(?:{atom}(?:\\.{atom})*|{quoted})@(?:{label}(?:\\.{label})*|{literal})")
}

/// RFC 3986, appendix A: `URI`, absolute.
fn uri() -> String {
    let plain = "-A-Za-z0-9._~!$&'()*+,;=";
    let escaped = "%[0-9A-Fa-f]{2}";
    let character = format!("(?:[{plain}:@]|{escaped})");
    let user = format!("(?:(?:[{plain}:]|{escaped})*@)?");
    let future = format!("[vV][0-9A-Fa-f]+\\.[{plain}:]+");
    let host = format!("(?:\\[(?:{}|{future})\\]|(?:[{plain}]|{escaped})*)", ipv6());
    let authority = format!("//{user}{host}(?::[0-9]*)?(?:/{character}*)*");
    let absolute = format!("/(?:{character}+(?:/{character}*)*)?");
    let rootless = format!("{character}+(?:/{character}*)*");
    let tail = format!("(?:[{plain}:@/?]|{escaped})*");
    format!("[A-Za-z][A-Za-z0-9+.-]*:(?:{authority}|{absolute}|{rootless})?(?:\\?{tail})?(?:#{tail})?")
}

#[cfg(test)]
mod tests {
    use super::super::pattern::compile;
    use super::*;

    fn check(format: &str, accepted: &[&str], refused: &[&str]) {
        let dfa = compile(&pattern(format).unwrap()).unwrap();
        assert!(
            dfa.tables().unwrap().accepting.len() < 400,
            "{format} has a table of a sane size"
        );
        for text in accepted {
            assert!(dfa.is_match(text), "{format} should accept {text:?}");
        }
        for text in refused {
            assert!(!dfa.is_match(text), "{format} should refuse {text:?}");
        }
    }

    #[test]
    fn every_name_has_a_pattern() {
        for name in NAMES {
            assert!(compile(&pattern(name).unwrap()).is_ok(), "{name}");
        }
        assert_eq!(pattern("hostname"), None);
    }

    #[test]
    fn addresses() {
        check(
            "ipv4",
            &["0.0.0.0", "192.168.0.1", "255.255.255.255", "1.2.3.4"],
            &[
                "",
                "256.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "1.2.3.4\n",
                "১.2.3.4",
                " 1.2.3.4",
            ],
        );
        check(
            "ipv6",
            &[
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "1::8",
                "1:2:3:4:5:6:1.2.3.4",
                "::ffff:1.2.3.4",
                "1:2::192.168.0.1",
                "fe80::ABCD",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3::6:7:8",
            ],
            &[
                "",
                ":",
                ":::",
                "1",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "::g",
                "::1%eth0",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4",
                "[::1]",
                "::1 ",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
            ],
        );
    }

    #[test]
    fn durations() {
        check(
            "duration",
            &[
                "P4DT12H30M5S",
                "P1Y2M3DT4H5M6S",
                "P1M",
                "PT1M",
                "PT0S",
                "P2W",
                "P1DT1S",
                "PT1H1M",
                "P01D",
            ],
            &[
                "", "P", "PT", "P1YT", "PT1D", "P2D1Y", "P1Y1D", "PT1H1S", "P1W1D", "P0.5Y", "PT0.1S",
                "-P1D", "1D", "P1D ", "P২Y",
            ],
        );
    }

    #[test]
    fn mailboxes() {
        check(
            "email",
            &[
                "joe@example.com",
                "te.s.t@example.com",
                "~test~@example.com",
                "\"joe bloggs\"@example.com",
                "\"a\\\"b\"@x.y",
                "\"\"@x",
                "joe@[127.0.0.1]",
                "joe@[IPv6:::1]",
                "a+b=c@x-y.z",
            ],
            &[
                "",
                "2962",
                "joe",
                "@x",
                "joe@",
                ".joe@x",
                "joe.@x",
                "a..b@x",
                "joe@-x",
                "joe@x-",
                "joe@x..y",
                "joe@x=y.com",
                "joe bloggs@x",
                "joe@[127.0.0.300]",
                "joe@[::1]",
                "\"a\"b@x",
                "jöe@x",
                "joe@x ",
                "\"a\n\"@x",
            ],
        );
    }

    #[test]
    fn identifiers_of_resources() {
        check(
            "uri",
            &[
                "http://foo.bar/?baz=qux#quux",
                "urn:oasis:names",
                "mailto:a@b.c",
                "tel:+1-816",
                "file:///etc/passwd",
                "a:",
                "a:/",
                "http://[::1]:80/",
                "http://[v1.x]/",
                "ldap://[2001:db8::7]/c=GB?objectClass?one",
                "http://x:/",
                "x:a//b",
                "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com",
            ],
            &[
                "",
                "abc",
                "/abc",
                "//a/b",
                ":a",
                "1a:b",
                "bar,baz:foo",
                "http:// x",
                "http://a b",
                "http://x/%6G",
                "http://x/%",
                "http://x:abc/",
                "http://[::1",
                "http://x/[y]",
                "http://x/\"",
                "http://x/^",
                "http://x/`",
                "http://x/{",
                "\\\\x",
                "http://x#a#b",
                "http://ä.com",
            ],
        );
    }
}
