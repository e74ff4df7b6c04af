//! What a record says beside its channel and payload: lines of a name, a blank and a value.
//!
//! A reader skips lines whose name it does not know, so that a newer writer can say more to an older reader; and recovery
//! carries a note along as it is.
//!
//! | name | value | in |
//! | --- | --- | --- |
//! | `max-age-us` | microseconds, a blank, and what becomes of the event when it is older: `publish` or `dead-letter` | perishable events |
//! | `letter` | the pair of the dead letter that a record was: epoch, a point, sequence | requeued dead letters |
//! | `event` | the pair of the event that a dead letter was, likewise | dead letters |
//! | `reason` | why the record is a dead letter, to the end of the line | dead letters |

use std::time::Duration;

use super::record::{Pair, Record};
use crate::age::{Expired, MaxAge};

/// A note has at most this many bytes.
const BYTES_MAX: usize = 1000;

/// The note of an event that may outlive its use.
pub(crate) fn of_max_age(max_age: MaxAge) -> String {
    let expired = match max_age.expired() {
        Expired::Publish => PUBLISH,
        Expired::DeadLetter => DEAD_LETTER,
    };
    // Beyond the range of 64 bits lie half a million years.
    let micros = u64::try_from(max_age.age().as_micros()).unwrap_or(u64::MAX);
    format!("max-age-us {micros} {expired}")
}

/// The greatest age that a note gives. One that a later version says more of is taken as far as it can be.
pub(crate) fn max_age(note: &str) -> Option<MaxAge> {
    // Nearly all have none, and a replay asks each.
    if note.is_empty() {
        return None;
    }
    let (micros, expired) = value(note, "max-age-us")?.split_once(' ')?;
    let expired = if expired == DEAD_LETTER {
        Expired::DeadLetter
    } else {
        Expired::Publish
    };
    Some(MaxAge::new(Duration::from_micros(micros.parse().ok()?), expired))
}

const PUBLISH: &str = "publish";
const DEAD_LETTER: &str = "dead-letter";

/// What a record's note becomes when it is a dead letter.
pub(crate) fn with_reason(note: &str, reason: &str) -> String {
    let mut note: String = note
        .chars()
        .chain((!note.is_empty()).then_some('\n'))
        .chain("reason ".chars())
        .chain(reason.chars().map(blank_for_control))
        .collect();
    let mut end = note.len().min(BYTES_MAX);
    while !note.is_char_boundary(end) {
        end -= 1;
    }
    note.truncate(end);
    note
}

/// The note of a dead letter that goes back: where it lay, and its greatest age unless it is older than that already.
pub(crate) fn of_requeued(letter: &Record, now_us: i64) -> String {
    let age_us = u64::try_from(now_us.saturating_sub(letter.created_at_us())).unwrap_or_default();
    let max_age = letter
        .max_age()
        .filter(|max_age| max_age.age() > Duration::from_micros(age_us));
    let max_age = max_age.map(|max_age| of_max_age(max_age) + "\n");
    format!("{}letter {}", max_age.unwrap_or_default(), letter.pair())
}

/// What a dead letter's note begins with: the pair it was accepted with.
pub(crate) fn with_event(note: &str, pair: Pair) -> String {
    let end = if note.is_empty() { "" } else { "\n" };
    format!("event {pair}{end}{note}")
}

/// The pair of the dead letter that a record was.
pub(crate) fn letter(note: &str) -> Option<Pair> {
    pair(value(note, "letter")?)
}

/// The pair of the event that a dead letter was.
pub(crate) fn event(note: &str) -> Option<Pair> {
    pair(value(note, "event")?)
}

fn pair(text: &str) -> Option<Pair> {
    let (epoch, sequence) = text.split_once('.')?;
    Some(Pair {
        epoch: epoch.parse().ok()?,
        sequence: sequence.parse().ok()?,
    })
}

/// The reason that a note gives.
pub(crate) fn reason(note: &str) -> Option<&str> {
    value(note, "reason")
}

/// The value behind a name.
fn value<'a>(note: &'a str, name: &str) -> Option<&'a str> {
    note.lines()
        .find_map(|line| line.split_once(' ').filter(|(found, _)| *found == name))
        .map(|(_, value)| value)
}

fn blank_for_control(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_comes_back_on_one_line_and_within_its_limit() {
        for (said, expected) in [
            (
                "ERR Protocol error: invalid bulk length",
                "ERR Protocol error: invalid bulk length",
            ),
            ("two\nlines\r\n", "two lines  "),
            ("", ""),
        ] {
            assert_eq!(reason(&with_reason("", said)), Some(expected));
            let noted = with_reason("max-age-us 5 publish", said);
            assert_eq!(
                (reason(&noted), max_age(&noted).is_some()),
                (Some(expected), true)
            );
        }
        let long = with_reason("", &"\u{e4}".repeat(3000));
        assert!(long.len() <= BYTES_MAX && long.len() > BYTES_MAX - 2);
    }

    #[test]
    fn a_max_age_comes_back() {
        for given in [
            MaxAge::new(Duration::from_secs(30), Expired::DeadLetter),
            MaxAge::new(Duration::ZERO, Expired::Publish),
            MaxAge::new(Duration::from_micros(u64::MAX), Expired::DeadLetter),
        ] {
            assert_eq!(max_age(&of_max_age(given)), Some(given));
        }
        for nonsense in [
            "max-age-us",
            "max-age-us 5",
            "max-age-us x publish",
            "max-age-us -1 publish",
        ] {
            assert_eq!(max_age(nonsense), None, "{nonsense}");
        }
        let later = max_age("max-age-us 5 ask-somebody");
        assert_eq!(later.map(MaxAge::expired), Some(Expired::Publish));
    }

    #[test]
    fn unknown_lines_are_skipped() {
        let note = "reasons none\nreasonless\nfuture a b c\nreason it is\nreason another";
        assert_eq!(reason(note), Some("it is"));
        assert_eq!((reason(""), reason("max-age 3 drop")), (None, None));
    }
}
