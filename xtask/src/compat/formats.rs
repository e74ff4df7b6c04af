//! What the formats of the dialect accept, as automata from below and from above.
//!
//! Most formats are regular languages and both bounds are the same. Leap seconds depend on the offset and Punycode on
//! Unicode's tables, so `time`, `date-time` and `hostname` have a gap between the bounds, in which nothing is claimed.
//! A third automaton is what every reader in the field agrees on (no year 0, capital letters): witnesses are taken
//! from it first.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::codegen::automaton::Dfa;
use crate::codegen::{formats, pattern};

/// The bounds of one format's language.
#[derive(Debug, Clone)]
pub(crate) struct Format {
    /// Nothing beyond it is accepted.
    pub(crate) upper: Arc<Dfa>,
    /// All of it is accepted.
    pub(crate) lower: Arc<Dfa>,
    /// All of it is accepted by everybody.
    pub(crate) plain: Arc<Dfa>,
}

const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,9})?$";
const UUID: &str = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

/// The bounds of a format; `None` when nothing is known about it. Compiled once: some are large.
pub(crate) fn bounds(name: &str) -> Option<Format> {
    static KNOWN: Mutex<Option<HashMap<String, Option<Format>>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    known
        .entry(name.to_owned())
        .or_insert_with(|| compile(name))
        .clone()
}

fn compile(name: &str) -> Option<Format> {
    let [upper, lower, plain] = match name {
        "date" => [date(YEAR, LEAP), date(YEAR, LEAP), date(NEAR, NEAR_LEAP)],
        "time" => times("", ""),
        "date-time" => {
            let [upper, lower, plain] = times(&date(YEAR, LEAP), "[Tt]");
            let near = date(NEAR, NEAR_LEAP);
            [upper, lower, plain.replace(&date(YEAR, LEAP), &near)]
        }
        "uuid" => [UUID; 3].map(inner),
        "decimal" => [DECIMAL; 3].map(inner),
        "hostname" => hostname(),
        _ => {
            let pattern = formats::pattern(name)?;
            [pattern.as_str(); 3].map(inner)
        }
    };
    let compile = |body: &str| pattern::compile(&format!("^(?:{body})$")).ok().map(Arc::new);
    let (upper_dfa, lower_dfa) = (compile(&upper)?, compile(&lower)?);
    Some(Format {
        plain: if plain == lower {
            Arc::clone(&lower_dfa)
        } else {
            compile(&plain)?
        },
        upper: if upper == lower {
            Arc::clone(&lower_dfa)
        } else {
            upper_dfa
        },
        lower: lower_dfa,
    })
}

/// A pattern without its anchors.
fn inner(pattern: &str) -> String {
    pattern
        .strip_prefix('^')
        .and_then(|rest| rest.strip_suffix('$'))
        .unwrap_or(pattern)
        .to_owned()
}

const YEAR: &str = "[0-9]{4}";
const LEAP: &str = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const NEAR: &str = "20[0-9]{2}";
const NEAR_LEAP: &str = "20(?:0[48]|[2468][048]|[13579][26])";

/// RFC 3339, `full-date`, with the lengths of the months and of leap years.
fn date(year: &str, leap: &str) -> String {
    let long = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
    let short = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
    let february = "02-(?:0[1-9]|1[0-9]|2[0-8])";
    format!("(?:{year}-(?:{long}|{short}|{february})|{leap}-02-29)")
}

/// RFC 3339, `full-time`, behind something else. A second 60 is one only where UTC is 23:59:60.
fn times(before: &str, separator: &str) -> [String; 3] {
    let hour = "(?:[01][0-9]|2[0-3])";
    let minute = "[0-5][0-9]";
    let fraction = r"(?:\.[0-9]+)?";
    let offset = format!("[+-]{hour}:{minute}");
    let time = |separator: &str, second: &str, zulu: &str| {
        format!("{before}{separator}{hour}:{minute}:{second}{fraction}(?:{zulu}|{offset})")
    };
    let capital = if separator.is_empty() { "" } else { "T" };
    [
        time(separator, "(?:[0-5][0-9]|60)", "[Zz]"),
        time(separator, minute, "[Zz]"),
        time(capital, minute, "Z"),
    ]
}

/// RFC 1123: labels of letters, digits and hyphens. What starts with two characters and two hyphens is for Punycode to judge.
fn hostname() -> [String; 3] {
    let letter = "[A-Za-z0-9]";
    let label = format!("{letter}(?:[A-Za-z0-9-]{{0,61}}{letter})?");
    // No hyphen at the third place: then nothing is reserved.
    let plain = format!("{letter}(?:{letter}|[A-Za-z0-9-]{letter}(?:[A-Za-z0-9-]{{0,59}}{letter})?)?");
    // 253 characters at most in all: three labels are always short enough.
    let few = format!("{plain}(?:\\.{plain}){{0,2}}");
    [format!("{label}(?:\\.{label})*"), few.clone(), few]
}

/// Whether a text is of a format; `None` when that is not known here.
pub(crate) fn is_match(format: &Format, name: &str, text: &str) -> Option<bool> {
    if !format.upper.is_match(text) {
        return Some(false);
    }
    if format.lower.is_match(text) {
        return Some(true);
    }
    match name {
        "time" => leap_second(text),
        "date-time" => text.get(11..).and_then(leap_second),
        _ => None,
    }
}

/// Whether a time, of the right form with a second 60, is a minute's end at midnight in UTC.
fn leap_second(time: &str) -> Option<bool> {
    let two = |at: usize| time.get(at..at + 2)?.parse::<i32>().ok();
    let minutes = two(0)? * 60 + two(3)?;
    let offset = if time.ends_with(['Z', 'z']) {
        0
    } else {
        let at = time.len().checked_sub(6)?;
        let size = two(at + 1)? * 60 + two(at + 4)?;
        if time.get(at..=at)? == "-" { -size } else { size }
    };
    Some((minutes - offset).rem_euclid(1440) == 1439)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_hold_what_the_formats_do() {
        for (name, text, expected) in [
            ("date", "2024-02-29", Some(true)),
            ("date", "2023-02-29", Some(false)),
            ("date", "1900-02-29", Some(false)),
            ("date", "2000-02-29", Some(true)),
            ("date", "2024-13-01", Some(false)),
            ("date-time", "2024-02-29T00:00:00Z", Some(true)),
            ("date-time", "2024-02-29t00:00:00.5z", Some(true)),
            ("date-time", "2016-12-31T23:59:60Z", Some(true)),
            ("date-time", "2016-12-31T15:59:60-08:00", Some(true)),
            ("date-time", "2016-12-31T15:59:60Z", Some(false)),
            ("date-time", "2024-02-30T00:00:00Z", Some(false)),
            ("time", "23:59:60Z", Some(true)),
            ("time", "22:59:60Z", Some(false)),
            ("time", "12:00:00", Some(false)),
            ("hostname", "a.b-c.example", Some(true)),
            ("hostname", "xn--4gbwdl.xn--wgbh1c", None),
            ("hostname", "-a", Some(false)),
            ("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", Some(true)),
            ("decimal", "1e5", Some(true)),
            ("decimal", ".5", Some(false)),
        ] {
            let bounds = bounds(name).expect(name);
            assert_eq!(is_match(&bounds, name, text), expected, "{name} {text}");
        }
    }
}
