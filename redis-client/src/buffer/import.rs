//! The buffer file of the Python services: a JSON array of `{channel, payload, created_at}`.
//!
//! `payload` is a string that holds the message, or the message itself as an object: then its text is taken as it stands
//! in the file, order and spelling of numbers included, without the blanks between its tokens. `created_at` is ISO 8601
//! text (without a zone it is UTC) or seconds since 1970; it may be absent. An element that is none of this is skipped
//! and said so: one broken element is no reason to leave the others behind. Nor is a broken file, such as a service leaves that is
//! killed while it writes: the array is cut at its commas first, and each element is read by itself. Of a member that stands
//! there twice, the last counts, as in Python.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use serde_json::value::RawValue;

use super::error::Error;
use super::record::micros_of;
use crate::time::Timestamp;

/// What an import did.
///
/// ```
/// # use redis_client::buffer::FallbackBuffer;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// # let buffer = FallbackBuffer::open(dir.path())?;
/// let file = dir.path().join("buffer.json");
/// std::fs::write(&file, r#"[{"channel": "a", "payload": "1"}]"#)?;
/// let import = buffer.import(&file)?;
/// assert_eq!((import.imported, import.skipped.is_empty()), (1, true));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Import {
    /// How many records were appended.
    pub imported: u64,
    /// The elements that were not, in the order of the file.
    pub skipped: Vec<Skipped>,
}

/// An element of the file that is no record.
///
/// ```
/// # use redis_client::buffer::FallbackBuffer;
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// # let buffer = FallbackBuffer::open(dir.path())?;
/// let file = dir.path().join("buffer.json");
/// std::fs::write(&file, r#"[{"channel": "a", "payload": "1"}, 7]"#)?;
/// assert_eq!(buffer.import(&file)?.skipped[0].index, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// Its index in the array, from 0.
    pub index: usize,
    /// What is wrong with it, without its content.
    pub reason: String,
}

/// A record of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    pub(crate) channel: String,
    pub(crate) payload: Vec<u8>,
    /// `None` when the file does not say, or not in a way that can be read.
    pub(crate) created_at_us: Option<i64>,
}

/// Reads the file's elements.
pub(crate) fn read(path: &Path) -> Result<(Vec<Imported>, Vec<Skipped>), Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    })?;
    let refused = |reason: String| Error::Import {
        path: path.to_owned(),
        reason,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    // A file that was truncated to nothing, as the service leaves it when it has replayed all.
    if bytes.trim_ascii().is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let Some(array) = bytes.trim_ascii_start().strip_prefix(b"[") else {
        return Err(refused("not a JSON array: it does not begin with `[`".to_owned()));
    };
    let Cut { elements, end } = cut(array);
    let before = bytes.len() - array.len();
    let mut records = Vec::new();
    let mut skipped = Vec::new();
    let count = elements.len();
    for (index, (at, element)) in elements.into_iter().enumerate() {
        let read = std::str::from_utf8(element)
            .map_err(|_| "it is not UTF-8".to_owned())
            .and_then(|element| {
                serde_json::from_str(element).map_err(|error| format!("it is no JSON: {}", place(&error)))
            })
            .and_then(record);
        match read {
            Ok(record) => records.push(record),
            Err(reason) => skipped.push(Skipped {
                index,
                reason: format!("{reason} (byte {} of the file)", before + at),
            }),
        }
    }
    let end = match end {
        End::Torn => Some("the file ends before its array does"),
        End::Followed => Some("something stands behind the array"),
        End::Whole => None,
    };
    skipped.extend(end.map(|reason| Skipped {
        index: count,
        reason: reason.to_owned(),
    }));
    Ok((records, skipped))
}

/// An array in pieces.
struct Cut<'a> {
    /// What stands between the commas, each with its place behind the opening bracket. An array without elements has none.
    elements: Vec<(usize, &'a [u8])>,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// The closing bracket is missing.
    Torn,
    /// Behind it stands more than blanks, and than the zeros that a file system may leave.
    Followed,
}

/// Cuts an array, without its opening bracket, at the commas between its elements; whether these are JSON is not asked.
fn cut(array: &[u8]) -> Cut<'_> {
    let mut elements = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    let (mut in_text, mut escaped) = (false, false);
    let mut end = None;
    for (at, byte) in array.iter().enumerate() {
        if in_text {
            in_text = escaped || *byte != b'"';
            escaped = !escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b',' if depth == 0 => {
                elements.push((start, array.get(start..at).unwrap_or_default()));
                start = at + 1;
            }
            b']' if depth == 0 => {
                end = Some(at);
                break;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    let last = array.get(start..end.unwrap_or(array.len())).unwrap_or_default();
    let is_empty = last.iter().all(is_blank);
    // What follows a comma is an element even if it is missing; behind a torn one that is what the end says.
    if !is_empty || (end.is_some() && !elements.is_empty()) {
        elements.push((start, last));
    }
    let end = match end {
        None => End::Torn,
        Some(at) if array.iter().skip(at + 1).all(is_blank) => End::Whole,
        Some(_) => End::Followed,
    };
    Cut { elements, end }
}

/// Where the JSON is wrong; serde's own message may quote content.
fn place(error: &serde_json::Error) -> String {
    let kind = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        serde_json::error::Category::Syntax => "syntax error",
        serde_json::error::Category::Data => "something else",
        serde_json::error::Category::Io => "unreadable",
    };
    format!("{kind} at line {} column {}", error.line(), error.column())
}

fn record(element: &RawValue) -> Result<Imported, String> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(element.get()).unwrap_or_default();
    let member = |name| members.get(name).map(|value| value.get());
    let channel = member("channel").and_then(|channel| serde_json::from_str::<String>(channel).ok());
    let (Some(channel), Some(payload)) = (channel, member("payload")) else {
        return Err("not an object with a text \"channel\" and a \"payload\"".to_owned());
    };
    if channel.is_empty() || channel.len() > usize::from(u16::MAX) {
        return Err("its channel is empty or longer than 65,535 bytes".to_owned());
    }
    let payload = match payload.bytes().next() {
        Some(b'"') => serde_json::from_str::<String>(payload)
            .map_err(|_| "its payload is text with a lone surrogate".to_owned())?
            .into_bytes(),
        Some(b'{') => without_blanks(payload),
        _ => return Err("its payload is neither text nor an object".to_owned()),
    };
    let created_at_us = member("created_at").and_then(time);
    Ok(Imported {
        channel,
        payload,
        created_at_us,
    })
}

/// The same JSON without the blanks between its tokens.
fn without_blanks(json: &str) -> Vec<u8> {
    let mut compact = Vec::with_capacity(json.len());
    let mut in_text = false;
    let mut escaped = false;
    for byte in json.bytes() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if byte.is_ascii_whitespace() {
            continue;
        } else {
            in_text = byte == b'"';
        }
        compact.push(byte);
    }
    compact
}

/// Microseconds since 1970 from ISO 8601 text or from seconds.
fn time(json: &str) -> Option<i64> {
    if let Ok(text) = serde_json::from_str::<String>(json) {
        // Python's `isoformat` leaves the zone out when the service did, and it meant UTC.
        let zoned = text.parse::<Timestamp>().or_else(|_| format!("{text}Z").parse());
        return zoned.ok().map(|time| micros_of(SystemTime::from(time)));
    }
    let seconds = serde_json::from_str::<f64>(json).ok()?;
    // Within the years that a date can have; microseconds of those are exact in 64 bits.
    let is_date = (-62_135_596_800.0..253_402_300_800.0).contains(&seconds);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range was checked the line before"
    )]
    is_date.then_some((seconds * 1e6).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(text: &str) -> Result<(Vec<Imported>, Vec<Skipped>), Error> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("written");
        read(file.path())
    }

    #[test]
    fn text_and_objects_become_the_bytes_to_publish() {
        let (records, skipped) = import(
            r#" [
              {"channel": "a", "payload": "{\"x\": 1, \"t\": \"\u00e4\"}", "created_at": "2025-01-17T10:02:03.500000"},
              {"channel": "b", "created_at": 1737108123.25, "payload": { "z": 1.50, "a": [1, 2 ,3], "t": "a \" \\" , "u": "\u00e4" }},
              {"channel": "c", "payload": "", "created_at": "2025-01-17T10:02:03+02:00", "retries": 3},
              {"channel": "d", "payload": {}, "created_at": null}
            ]"#,
        )
        .expect("read");
        let shown: Vec<(&str, &str, Option<i64>)> = records
            .iter()
            .map(|record| {
                (
                    &*record.channel,
                    std::str::from_utf8(&record.payload).expect("text"),
                    record.created_at_us,
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("a", r#"{"x": 1, "t": "ä"}"#, Some(1_737_108_123_500_000)),
                (
                    "b",
                    r#"{"z":1.50,"a":[1,2,3],"t":"a \" \\","u":"\u00e4"}"#,
                    Some(1_737_108_123_250_000)
                ),
                ("c", "", Some(1_737_100_923_000_000)),
                ("d", "{}", None),
            ]
        );
        assert_eq!(skipped, []);
    }

    #[test]
    fn what_is_no_record_is_skipped_by_index() {
        let text = r#"[1, {"channel": "a"}, {"channel": 3, "payload": ""}, {"channel": "a", "payload": "kept"},
            {"channel": "", "payload": ""}, {"channel": "a", "payload": [1]}, {"channel": "a", "payload": "\ud800"},
            {"channel": "a", "payload": "also kept", "created_at": "yesterday"}]"#;
        let (records, skipped) = import(text).expect("read");
        assert_eq!(records.len(), 2);
        assert_eq!(
            skipped.iter().map(|skipped| skipped.index).collect::<Vec<_>>(),
            [0, 1, 2, 4, 5, 6]
        );
        assert_eq!(records[1].created_at_us, None);
    }

    #[test]
    fn what_is_no_array_is_refused() {
        for text in [r#"{"channel": "secret"}"#, "\0\0\0\0", "secret"] {
            let error = import(text).expect_err("refused");
            let message = error.to_string();
            assert!(
                message.contains("not a JSON array") && !message.contains("secret"),
                "{message}"
            );
        }
        assert_eq!(import(" \n").expect("read"), (vec![], vec![]));
        assert_eq!(import("[]").expect("read"), (vec![], vec![]));
        assert_eq!(import("\u{feff}[ ]\n\0\0").expect("read"), (vec![], vec![]));
    }

    /// What happened: one torn end, one `NaN` or one wrong byte, and nothing of a file was taken.
    #[test]
    fn a_broken_file_gives_what_is_intact() {
        let whole =
            br#"[{"channel": "a", "payload": "],[\"{"}, {"channel": "b", "payload": {"x": [1, {}]}}]"#;
        let names = |bytes: &[u8]| {
            let file = tempfile::NamedTempFile::new().expect("a file");
            std::fs::write(file.path(), bytes).expect("written");
            let (records, skipped) = read(file.path()).expect("read");
            let names: String = records.into_iter().map(|record| record.channel).collect();
            (names, skipped)
        };
        assert_eq!(names(whole), ("ab".to_owned(), vec![]));
        let first = whole.windows(2).position(|pair| pair == b"},").expect("a comma");
        // Bound: the file, cut at each byte.
        for length in 1..whole.len() {
            let (found, skipped) = names(&whole[..length]);
            let expected = match length {
                length if length <= first => "",
                length if length < whole.len() - 1 => "a",
                _ => "ab",
            };
            assert_eq!(found, expected, "cut to {length} bytes");
            let last = skipped.last().expect("said");
            assert_eq!(last.reason, "the file ends before its array does");
            assert!(skipped.len() <= 2, "cut to {length} bytes: {skipped:?}");
        }

        let broken = b"[{\"channel\": \"a\", \"payload\": {\"x\": NaN}}, {\"channel\": \"\xff\", \"payload\": \"\"}, , {\"channel\": \"d\", \"payload\": \"\"},] x";
        let (found, skipped) = names(broken);
        assert_eq!(found, "d");
        let shown: Vec<String> = skipped
            .iter()
            .map(|skipped| format!("{}: {}", skipped.index, skipped.reason))
            .collect();
        assert_eq!(
            shown,
            [
                "0: it is no JSON: syntax error at line 1 column 35 (byte 1 of the file)",
                "1: it is not UTF-8 (byte 41 of the file)",
                "2: it is no JSON: it ends too early at line 1 column 1 (byte 74 of the file)",
                "4: it is no JSON: it ends too early at line 1 column 0 (byte 109 of the file)",
                "5: something stands behind the array",
            ]
        );
    }
}
