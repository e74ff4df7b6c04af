//! JSON as a tree, for the two readers that `serde_json` has no answer for.
//!
//! One finds out where and why a decode failed: the value is decoded again from a tree, whose errors carry a JSON
//! pointer and never quote the payload. The other reads what Python writers leave in the feature cache: the bare tokens
//! `NaN`, `Infinity` and `-Infinity`. Neither is on the fast path.
//!
//! The parser refuses what JSON refuses, and duplicate members and lone surrogates besides. It is in `parse.rs`; `read.rs` is
//! the tree as a deserializer. Layer 0.

mod parse;
mod read;

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserializer;
use serde::de::{Expected, MapAccess, SeqAccess, Unexpected, Visitor};

use crate::validate::pointer_token;

/// A JSON value. Objects keep the order of their members, which have different names.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    #[doc(hidden)]
    Null,
    #[doc(hidden)]
    Bool(bool),
    #[doc(hidden)]
    Unsigned(u64),
    #[doc(hidden)]
    Signed(i64),
    #[doc(hidden)]
    Float(f64),
    #[doc(hidden)]
    Text(String),
    #[doc(hidden)]
    Array(Vec<Tree>),
    #[doc(hidden)]
    Object(Vec<(String, Tree)>),
}

/// Whether `NaN`, `Infinity` and `-Infinity` are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tokens {
    Json,
    Python,
}

/// Where and why a text is no JSON, or a tree no value of a type. Never quotes the payload, names of members apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub(crate) pointer: String,
    pub(crate) reason: String,
    pub(crate) is_syntax: bool,
}

impl Trouble {
    #[cold]
    fn new(reason: String) -> Self {
        Self {
            pointer: String::new(),
            reason,
            is_syntax: false,
        }
    }

    #[cold]
    fn at(mut self, name: &str) -> Self {
        self.pointer.insert_str(0, &pointer_token(name));
        self
    }

    #[cold]
    fn at_index(mut self, index: usize) -> Self {
        self.pointer.insert_str(0, &format!("/{index}"));
        self
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Trouble {}

/// A trouble inside a value that was read into a tree first, on its way through the error of another deserializer.
///
/// Its alternate form keeps pointer and reason apart, so that [`Trouble`] takes it up again whole.
pub(crate) struct Nested(pub(crate) Trouble);

/// No pointer and no reason begins with it.
const NESTED: char = '\u{1f}';

impl fmt::Display for Nested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Trouble { pointer, reason, .. } = &self.0;
        if f.alternate() {
            write!(f, "{NESTED}{pointer}{NESTED}{reason}")
        } else if pointer.is_empty() {
            f.write_str(reason)
        } else {
            write!(f, "at {pointer}: {reason}")
        }
    }
}

/// Reads any value into a tree.
struct Any;

impl<'de> serde::Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(u64::try_from(number).map_or(Tree::Signed(number), Tree::Unsigned))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Unsigned(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
        let (mut list, mut names) = (Vec::new(), BTreeSet::new());
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(crate::model::duplicate());
            }
            list.push((name, members.next_value()?));
        }
        Ok(Tree::Object(list))
    }
}

/// What a value is, without what it says.
fn kind(unexpected: &Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "something else",
    }
}

impl serde::de::Error for Trouble {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // Ours say so when asked for the alternate form; see `Nested`.
        let text = format!("{message:#}");
        if let Some((pointer, reason)) = text.strip_prefix(NESTED).and_then(|text| text.split_once(NESTED)) {
            return Self {
                pointer: pointer.to_owned(),
                reason: reason.to_owned(),
                is_syntax: false,
            };
        }
        // The text is another crate's and may quote the value.
        Self::new("refused by the check of its own type".to_owned())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {}", kind(&unexpected)))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found a length of {length}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("expected one of {}", expected.join(", ")))
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("a member that the type does not have".to_owned())
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(format!("the member `{name}` is missing"))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new(format!("the member `{name}` is there twice"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn to_value(tree: &Tree) -> serde_json::Value {
        serde::Deserialize::deserialize(tree).unwrap()
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json(text in r#"([\[\]{},:"ab \\u0-9eE.+-]|true|null|"a":|\\ud83d|\\ude00|"\\u0041"|1e5|-0){0,12}"#) {
            // Duplicate members apart, which serde_json lets pass.
            match (serde_json::from_str::<serde_json::Value>(&text), Tree::parse(&text, Tokens::Json)) {
                (Ok(value), Ok(tree)) => prop_assert_eq!(to_value(&tree), value),
                (Err(_), Err(_)) => {}
                (Ok(_), Err(trouble)) => prop_assert!(trouble.reason.contains("twice"), "{} {}", text, trouble),
                (Err(error), Ok(_)) => prop_assert!(false, "{} {}", text, error),
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = Tree::parse(&text, Tokens::Python);
        }

        #[test]
        fn numbers_are_exact(number: f64) {
            prop_assume!(number.is_finite());
            let text = serde_json::to_string(&number).unwrap();
            let tree = Tree::parse(&text, Tokens::Json).unwrap();
            prop_assert_eq!(to_value(&tree).as_f64().unwrap().to_bits(), number.to_bits());
        }
    }

    #[test]
    fn integers_keep_all_digits() {
        let check =
            |text: &str, expected: Tree| assert_eq!(Tree::parse(text, Tokens::Json).unwrap(), expected);
        check("18446744073709551615", Tree::Unsigned(u64::MAX));
        check("-9223372036854775808", Tree::Signed(i64::MIN));
        check("18446744073709551616", Tree::Float(18_446_744_073_709_551_616.0));
        check("1.0", Tree::Float(1.0));
    }
}
