//! `hostname`: RFC 1123, section 2.1, and where a label begins with `xn--`, IDNA2008.
//!
//! An A-label is one only if it decodes (RFC 3492) to a U-label that encodes to it again, and RFC 5891 to 5893 allow that:
//! its code points (RFC 5892, in Unicode 14.0), what stands around joiners and other contextual ones, its normal form, and
//! the direction of its text, which concerns the whole name. The tables are `idna.txt`, written by
//! `tests/python/idna_tables.py`; the bindings carry a copy and the same rules.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The name of a host: labels of letters, digits and hyphens, 253 characters at most. A label that begins with `xn--` is an
/// A-label of IDNA2008.
#[must_use]
pub fn is_hostname(text: &str) -> bool {
    if text.is_empty() || text.len() > 253 {
        return false;
    }
    let labels: Option<Vec<Vec<char>>> = text.split('.').map(u_label).collect();
    labels.is_some_and(|labels| {
        let is_bidi = labels
            .iter()
            .flatten()
            .any(|c| is_in("rtl", *c) || is_in("an", *c));
        !is_bidi || labels.iter().all(|label| runs_one_way(label))
    })
}

/// The code points of a label, decoded if it is an A-label; `None` when it is no label.
fn u_label(label: &str) -> Option<Vec<char>> {
    let is_plain = (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_plain {
        return None;
    }
    let lower = label.to_ascii_lowercase();
    let Some(encoded) = lower.strip_prefix("xn--") else {
        return Some(lower.chars().collect());
    };
    let decoded = decode(encoded)?;
    let is_valid = encode(&decoded)? == encoded && is_u_label(&decoded);
    is_valid.then_some(decoded)
}

/// RFC 5891, section 4.2, on code points that are not all ASCII.
fn is_u_label(label: &[char]) -> bool {
    let hyphen = |at: usize| label.get(at) == Some(&'-');
    label.iter().any(|c| !c.is_ascii())
        && !hyphen(0)
        && label.last() != Some(&'-')
        && !(hyphen(2) && hyphen(3))
        && label.first().is_some_and(|c| !is_in("mark", *c))
        && label.iter().all(|c| is_in("allowed", *c))
        && (0..label.len()).all(|at| is_in_context(label, at))
        && is_composed(label)
}

/// RFC 5892, appendix A: what must stand around a contextual code point.
fn is_in_context(label: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| label.get(at)).copied();
    let after = label.get(at + 1).copied();
    let has = |range: std::ops::RangeInclusive<char>| label.iter().any(|c| range.contains(c));
    match label.get(at) {
        Some('\u{200c}') => is_virama(before) || is_between_joining(label, at),
        Some('\u{200d}') => is_virama(before),
        Some('\u{b7}') => before == Some('l') && after == Some('l'),
        Some('\u{375}') => after.is_some_and(|c| is_in("greek", c)),
        Some('\u{5f3}' | '\u{5f4}') => before.is_some_and(|c| is_in("hebrew", c)),
        Some('\u{30fb}') => label.iter().any(|c| is_in("japanese", *c)),
        Some('\u{660}'..='\u{669}') => !has('\u{6f0}'..='\u{6f9}'),
        Some('\u{6f0}'..='\u{6f9}') => !has('\u{660}'..='\u{669}'),
        _ => true,
    }
}

fn is_virama(c: Option<char>) -> bool {
    c.is_some_and(|c| class_of(c) == 9)
}

/// Whether letters that join stand on both sides, marks aside.
fn is_between_joining(label: &[char], at: usize) -> bool {
    let solid = |c: &&char| !is_in("transparent", **c);
    let before = label.iter().take(at).rev().find(solid);
    let after = label.iter().skip(at + 1).find(solid);
    before.is_some_and(|c| is_in("joins_left", *c)) && after.is_some_and(|c| is_in("joins_right", *c))
}

/// Whether a label is in normal form C: no mark is out of order, and nothing could be composed.
fn is_composed(label: &[char]) -> bool {
    let mut starter = None;
    let mut last = 0;
    for c in label {
        let class = class_of(*c);
        let is_open = if class == 0 { last == 0 } else { last < class };
        let composes = starter.is_some_and(|starter| is_open && COMPOSE.contains(&(starter, *c)));
        if (class != 0 && last > class) || composes {
            return false;
        }
        if class == 0 {
            starter = Some(*c);
        }
        last = class;
    }
    true
}

/// RFC 5893, section 2.
fn runs_one_way(label: &[char]) -> bool {
    let is = |name: &'static str| move |c: &char| is_in(name, *c);
    let any = |name| label.iter().any(is(name));
    let Some(first) = label.first() else { return false };
    let Some(last) = label.iter().rev().find(|c| !is_in("nsm", **c)) else {
        return false;
    };
    let is_left = |c: &char| {
        !["rtl", "an", "en", "nsm", "neutral"]
            .iter()
            .any(|name| is_in(name, *c))
    };
    if is_in("rtl", *first) {
        let ends = ["rtl", "en", "an"].iter().any(|name| is_in(name, *last));
        ends && !label.iter().any(is_left) && !(any("en") && any("an"))
    } else {
        is_left(first) && !any("rtl") && !any("an") && (is_left(last) || is_in("en", *last))
    }
}

// ---- Punycode, RFC 3492 --------------------------------------------------------------------------------------------

const BASE: u32 = 36;
const TMIN: u32 = 1;
const TMAX: u32 = 26;

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(TMIN, TMAX)
}

fn adapt(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - TMIN) * TMAX / 2 {
        delta /= BASE - TMIN;
        k += BASE;
    }
    k + (BASE - TMIN + 1) * delta / (delta + 38)
}

fn decode(text: &str) -> Option<Vec<char>> {
    let (basic, extended) = text.rsplit_once('-').unwrap_or(("", text));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut code, mut at, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = extended.bytes().peekable();
    while digits.peek().is_some() {
        let before = at;
        let (mut weight, mut k) = (1u32, BASE);
        loop {
            let digit = match digits.next()? {
                byte @ b'a'..=b'z' => u32::from(byte - b'a'),
                byte @ b'0'..=b'9' => u32::from(byte - b'0') + 26,
                _ => return None,
            };
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let limit = threshold(k, bias);
            if digit < limit {
                break;
            }
            weight = weight.checked_mul(BASE - limit)?;
            k += BASE;
        }
        let count = u32::try_from(out.len()).ok()? + 1;
        bias = adapt(at - before, count, before == 0);
        code = code.checked_add(at / count)?;
        at %= count;
        out.insert(usize::try_from(at).ok()?, char::from_u32(code)?);
        at += 1;
    }
    Some(out)
}

fn encode(label: &[char]) -> Option<String> {
    let mut out: String = label.iter().filter(|c| c.is_ascii()).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    while usize::try_from(handled).ok()? < label.len() {
        let next = label.iter().map(|c| u32::from(*c)).filter(|c| *c >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for c in label.iter().map(|c| u32::from(*c)) {
            if c < code {
                delta = delta.checked_add(1)?;
            }
            if c == code {
                let (mut rest, mut k) = (delta, BASE);
                loop {
                    let limit = threshold(k, bias);
                    if rest < limit {
                        break;
                    }
                    out.push(digit(limit + (rest - limit) % (BASE - limit))?);
                    rest = (rest - limit) / (BASE - limit);
                    k += BASE;
                }
                out.push(digit(rest)?);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta += 1;
        code += 1;
    }
    Some(out)
}

fn digit(value: u32) -> Option<char> {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, BASE)
}

// ---- tables --------------------------------------------------------------------------------------------------------

type Ranges = Vec<(u32, u32)>;

static SETS: LazyLock<HashMap<&'static str, Ranges>> = LazyLock::new(|| {
    let lines = include_str!("idna.txt").lines();
    let pairs = lines.filter_map(|line| line.split_once(": "));
    pairs
        .filter(|(name, _)| *name != "compose")
        .map(|(name, text)| (name, ranges(text)))
        .collect()
});

static CLASSES: LazyLock<Vec<(u32, u32, u8)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (name, ranges) in SETS.iter() {
        if let Some(class) = name.strip_prefix("ccc ").and_then(|class| class.parse().ok()) {
            all.extend(ranges.iter().map(|(first, last)| (*first, *last, class)));
        }
    }
    all.sort_unstable();
    all
});

static COMPOSE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let text = include_str!("idna.txt");
    let pairs = text.lines().find_map(|line| line.strip_prefix("compose: "));
    let pair = |text: &str| {
        let (first, second) = text.split_once('.')?;
        Some((char::from_u32(number(first))?, char::from_u32(number(second))?))
    };
    pairs.unwrap_or_default().split(' ').filter_map(pair).collect()
});

fn number(text: &str) -> u32 {
    u32::from_str_radix(text, 36).expect("the table holds numbers of base 36")
}

fn ranges(text: &str) -> Ranges {
    let mut at = 0;
    let range = |token: &str| {
        let (gap, more) = token.split_once('.').unwrap_or((token, "0"));
        let first = at + number(gap);
        let last = first + number(more);
        at = last + 1;
        (first, last)
    };
    text.split(' ')
        .filter(|token| !token.is_empty())
        .map(range)
        .collect()
}

fn is_in(set: &str, c: char) -> bool {
    let code = u32::from(c);
    SETS.get(set).is_some_and(|ranges| {
        let at = ranges.partition_point(|(_, last)| *last < code);
        ranges.get(at).is_some_and(|(first, _)| *first <= code)
    })
}

/// The combining class of a code point.
fn class_of(c: char) -> u8 {
    let code = u32::from(c);
    let at = CLASSES.partition_point(|(_, last, _)| *last < code);
    CLASSES
        .get(at)
        .filter(|(first, ..)| *first <= code)
        .map_or(0, |(.., class)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hosts() {
        let long = ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61)].join(".");
        assert_eq!(long.len(), 253);
        for text in [
            "www.example.com",
            "a",
            "1.2.3.4",
            "xn--4gbwdl.xn--wgbh1c",
            "a--b",
            "ab--cd",
            "XN--4GBWDL.EG",
            "h0stn4me",
            long.as_str(),
        ] {
            assert!(is_hostname(text), "{text:?} is valid");
        }
        let longer = format!("{long}d");
        for text in [
            "",
            ".",
            ".a",
            "a.",
            "a..b",
            "-a",
            "a-",
            "a_b",
            "a b",
            "ä",
            "a.b\n",
            "\u{ff41}",
            longer.as_str(),
        ] {
            assert!(!is_hostname(text), "{text:?} is not valid");
        }
        assert!(!is_hostname(&"a".repeat(64)));
    }

    #[test]
    fn a_labels() {
        for (text, why) in [
            ("xn--", "nothing is encoded"),
            ("xn--a", "too short"),
            ("xn--X", "no Punycode"),
            ("xn--abc-", "all of it is ASCII"),
            ("xn--99999999999999999999", "beyond Unicode"),
            ("xn---9uc", "encodes to another text"),
            ("xn--7a", "a control character"),
            ("xn--bb-eka.xn--0ca24w", "runs both ways"),
            ("xn--aa---o47jg78q", "hyphens in the third and fourth place"),
            ("xn--hello-txk", "begins with a mark"),
            ("xn--al-0ea", "a middle dot that is not between two l"),
            ("xn--S-jib3p", "a keraia before no Greek letter"),
            ("xn--A-2hc5h", "a geresh behind no Hebrew letter"),
            ("xn--defabc-k64e", "a Katakana dot without Japanese"),
            ("xn--ngb6iyr", "digits of two kinds"),
            ("xn--11b2er09f", "a joiner behind no virama"),
            (
                "0a.xn--4db",
                "a label that begins with a digit beside one from right to left",
            ),
            // e and a combining acute accent, which compose.
            ("xn--e-xbb", "not in normal form"),
        ] {
            assert!(!is_hostname(text), "{text}: {why}");
        }
        for text in [
            "xn--9n2bp8q.xn--9t4b11yi5a",
            "xn--zca29lwxobi7a",
            "xn--ll-0ea",
            "xn--wva3je",
            "xn--4dbc8h",
            "xn--vek778f",
            "xn--ngba1o",
            "xn--11b2ezcs70k",
            "a.xn--4db",
        ] {
            assert!(is_hostname(text), "{text}");
        }
    }

    #[test]
    fn punycode_there_and_back() {
        for (text, encoded) in [
            ("bücher", "bcher-kva"),
            ("点看", "3pxu8k"),
            ("ü", "tda"),
            ("a😀b", "ab-no82a"),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(decode(encoded).as_ref(), Some(&chars), "{text}");
            assert_eq!(encode(&chars).as_deref(), Some(encoded), "{text}");
        }
    }
}
