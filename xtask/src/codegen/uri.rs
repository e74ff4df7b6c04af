//! References as RFC 3986 resolves them: a base and a relative reference give a target. Nothing is ever fetched;
//! a target is only a name to look up among the documents that were read.

/// A reference split into its parts (RFC 3986, appendix B).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

/// Splits `reference` into what identifies a resource and the fragment behind `#`.
pub(crate) fn split_fragment(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((resource, fragment)) => (resource, Some(fragment)),
        None => (reference, None),
    }
}

/// Whether `reference` names its own scheme, so that no base matters.
pub(crate) fn is_absolute(reference: &str) -> bool {
    parse(reference).scheme.is_some()
}

/// Resolves `reference` (without a fragment) against `base` (RFC 3986, section 5.2).
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    let target = parse(reference);
    if let Some(scheme) = target.scheme {
        return recompose(
            Some(scheme),
            target.authority,
            &remove_dots(target.path),
            target.query,
        );
    }
    let base = parse(base);
    if target.authority.is_some() {
        return recompose(
            base.scheme,
            target.authority,
            &remove_dots(target.path),
            target.query,
        );
    }
    if target.path.is_empty() {
        let query = target.query.or(base.query);
        return recompose(base.scheme, base.authority, base.path, query);
    }
    let path = if target.path.starts_with('/') {
        remove_dots(target.path)
    } else if base.authority.is_some() && base.path.is_empty() {
        remove_dots(&format!("/{}", target.path))
    } else {
        let directory = base
            .path
            .rfind('/')
            .and_then(|slash| base.path.get(..=slash))
            .unwrap_or("");
        remove_dots(&format!("{directory}{}", target.path))
    };
    recompose(base.scheme, base.authority, &path, target.query)
}

/// The reference by which a file called `base` leads to `target`; none when they are of different places.
pub(crate) fn relative(base: &str, target: &str) -> Option<String> {
    let (base, target) = (parse(base), parse(target));
    if (base.scheme, base.authority) != (target.scheme, target.authority) || target.query.is_some() {
        return None;
    }
    let (base, target) = (base.path.strip_prefix('/')?, target.path.strip_prefix('/')?);
    let directories = |path: &'_ str| path.matches('/').count();
    let mut common = 0;
    for (a, b) in base.split_inclusive('/').zip(target.split_inclusive('/')) {
        if a != b || !a.ends_with('/') {
            break;
        }
        common += a.len();
    }
    let (base, target) = (base.get(common..)?, target.get(common..)?);
    Some(format!("{}{target}", "../".repeat(directories(base))))
}

/// Decodes `%41`; what is no valid escape, or not UTF-8, gives `None`.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// The path of a file as a URI reference: what a URI may not hold is escaped.
pub(crate) fn from_path(path: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn parse(reference: &str) -> Parts<'_> {
    let mut parts = Parts::default();
    let mut rest = reference;
    if let Some((scheme, after)) = rest.split_once(':')
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    {
        parts.scheme = Some(scheme);
        rest = after;
    }
    if let Some((before, query)) = rest.split_once('?') {
        parts.query = Some(query);
        rest = before;
    }
    if let Some(after) = rest.strip_prefix("//") {
        let end = after.find('/').unwrap_or(after.len());
        let (authority, path) = after.split_at(end);
        parts.authority = Some(authority);
        rest = path;
    }
    parts.path = rest;
    parts
}

fn recompose(scheme: Option<&str>, authority: Option<&str>, path: &str, query: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(scheme) = scheme {
        out.push_str(scheme);
        out.push(':');
    }
    if let Some(authority) = authority {
        out.push_str("//");
        out.push_str(authority);
    }
    out.push_str(path);
    if let Some(query) = query {
        out.push('?');
        out.push_str(query);
    }
    out
}

fn remove_dots(path: &str) -> String {
    let absolute = path.starts_with('/');
    let mut out: Vec<&str> = Vec::new();
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    out.pop();
                }
                if last {
                    out.push("");
                }
            }
            _ => out.push(segment),
        }
    }
    let joined = out.join("/");
    if absolute { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_resolve_as_in_rfc_3986_section_5_4() {
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn one_file_leads_to_another() {
        let check = |base: &str, target: &str, expected: Option<&str>| {
            assert_eq!(relative(base, target).as_deref(), expected, "{base} {target}");
            if let Some(reference) = expected {
                assert_eq!(resolve(base, reference), target);
            }
        };
        check("file:///a/b.json", "file:///a/c.json", Some("c.json"));
        check("file:///a/b.json", "file:///a/b.json", Some("b.json"));
        check("file:///a/b.json", "file:///a/b/c.json", Some("b/c.json"));
        check(
            "file:///a/b/c/d.json",
            "file:///a/bb/e.json",
            Some("../../bb/e.json"),
        );
        check("http://h/a/b.json", "http://h/c.json", Some("../c.json"));
        check("http://h/a/b.json", "http://i/a/c.json", None);
        check("http://h/a/b.json", "https://h/a/c.json", None);
        check("urn:a:b", "urn:a:c", None);
        check("http://h/a.json", "http://h/b.json?q", None);
    }

    #[test]
    fn escapes_are_undone_or_refused() {
        assert_eq!(percent_decode("a%25b%C3%A4").as_deref(), Some("a%bä"));
        assert_eq!(percent_decode("%2"), None);
        assert_eq!(percent_decode("%ff"), None);
        assert_eq!(from_path("/a b/ä"), "/a%20b/%C3%A4");
    }

    #[test]
    fn a_scheme_makes_a_reference_absolute() {
        assert!(is_absolute("urn:x:y"));
        assert!(!is_absolute("common.schema.json"));
        assert!(!is_absolute("1:2"));
        assert_eq!(split_fragment("a#b"), ("a", Some("b")));
    }
}
