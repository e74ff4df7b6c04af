//! JSON values as texts that are equal exactly when the values are: numbers by their value, members in any order.
//!
//! What `uniqueItems` compares. It knows no types: a value is written, and read again as a tree where its text could be
//! one of several.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::Encode;
use crate::tree::Tree;

/// The canonical text of a value; `None` when it has no JSON.
pub(crate) fn text<T: Encode>(value: &T) -> Option<String> {
    let mut written = Vec::new();
    value.write(&mut written).ok()?;
    // A text, a boolean and null are written in one way.
    if matches!(written.first(), Some(b'"' | b't' | b'f' | b'n')) {
        return String::from_utf8(written).ok();
    }
    let mut out = String::new();
    write(&serde_json::from_slice(&written).ok()?, &mut out);
    Some(out)
}

/// The canonical texts of the elements of an array; `None` when the value has no JSON or is none.
pub(crate) fn elements<T: Encode>(value: &T) -> Option<Vec<String>> {
    let mut written = Vec::new();
    value.write(&mut written).ok()?;
    let Tree::Array(items) = serde_json::from_slice(&written).ok()? else {
        return None;
    };
    let each = items.iter().map(|item| {
        let mut out = String::new();
        write(item, &mut out);
        out
    });
    Some(each.collect())
}

fn write(tree: &Tree, out: &mut String) {
    // Writing to a String does not fail.
    let _ = match tree {
        Tree::Null => out.write_str("null"),
        Tree::Bool(value) => write!(out, "{value}"),
        Tree::Unsigned(number) => write!(out, "{number}"),
        Tree::Signed(number) => write!(out, "{number}"),
        Tree::Float(number) => {
            write_float(*number, out);
            Ok(())
        }
        Tree::Text(text) => write!(out, "{text:?}"),
        Tree::Array(items) => {
            out.push('[');
            for item in items {
                write(item, out);
                out.push(',');
            }
            out.write_str("]")
        }
        Tree::Object(members) => {
            let members: BTreeMap<&str, &Tree> = members
                .iter()
                .map(|(name, value)| (name.as_str(), value))
                .collect();
            out.push('{');
            for (name, value) in members {
                let _ = write!(out, "{name:?}:");
                write(value, out);
                out.push(',');
            }
            out.write_str("}")
        }
    };
}

#[expect(clippy::cast_possible_truncation, reason = "whole and within 2^96")]
fn write_float(number: f64, out: &mut String) {
    // Beyond this no integer is read as one, so the shortest text will do.
    const WHOLE: f64 = 79_228_162_514_264_337_593_543_950_336.0;
    let _ = if number.fract() == 0.0 && number.abs() < WHOLE {
        write!(out, "{}", number as i128)
    } else {
        write!(out, "{number:e}")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let text = |json: &str| text(&serde_json::from_str::<serde_json::Value>(json).unwrap()).unwrap();
        text(a) == text(b)
    }

    #[test]
    fn values_are_equal_as_json_has_it() {
        for (a, b) in [
            ("1", "1.0"),
            ("0", "-0.0"),
            ("100", "1e2"),
            ("18446744073709551615", "18446744073709551615"),
            ("9007199254740992", "9007199254740992.0"),
            ("1e300", "10e299"),
            (r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#),
            (r#""\u0041""#, r#""A""#),
        ] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("1", "true"),
            ("0", "false"),
            ("1", "\"1\""),
            ("[1,2]", "[2,1]"),
            ("[[1],2]", "[[1,2]]"),
            ("{}", "[]"),
            ("null", "\"null\""),
            ("9007199254740992", "9007199254740993"),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#),
            (r#"{"a":1}"#, r#"{"b":1}"#),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
    }
}
