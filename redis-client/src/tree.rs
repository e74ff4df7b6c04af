//! JSON as a tree, for the two readers that `serde_json` has no answer for.
//!
//! One finds out where and why a decode failed: the value is decoded again from a tree, whose errors carry a JSON
//! pointer and never quote the payload. The other reads what Python writers leave in the feature cache: the bare tokens
//! `NaN`, `Infinity` and `-Infinity`. Neither is on the fast path.
//!
//! The parser refuses what JSON refuses, and duplicate members and lone surrogates besides.

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, Expected, IntoDeserializer as _, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::collections::BTreeSet;
use std::fmt;

use crate::validate::pointer_token;

/// How deep arrays and objects may lie in each other, as in `serde_json`.
const DEPTH_MAX: usize = 128;

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

impl Tree {
    /// Reads a text that is one JSON value.
    pub(crate) fn parse(text: &str, tokens: Tokens) -> Result<Self, Trouble> {
        let mut parser = Parser { text, at: 0, tokens };
        parser.skip_space();
        let tree = parser.value(0)?;
        parser.skip_space();
        if parser.peek().is_some() {
            Err(parser.trouble("nothing after the value"))
        } else {
            Ok(tree)
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    tokens: Tokens,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    #[cold]
    /// JSON by its grammar, and more than this reader can hold: not to be taken for rubbish.
    fn beyond(&self, expected: &str) -> Trouble {
        let trouble = self.trouble(expected);
        Trouble {
            reason: trouble.reason.replacen("not JSON: ", "", 1),
            is_syntax: false,
            ..trouble
        }
    }

    fn trouble(&self, expected: &str) -> Trouble {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
        let found = if self.at >= self.text.len() {
            ", found the end of the text"
        } else {
            ""
        };
        let reason = format!("not JSON: expected {expected}{found} at line {line} column {column}");
        Trouble {
            pointer: String::new(),
            reason,
            is_syntax: true,
        }
    }

    fn value(&mut self, depth: usize) -> Result<Tree, Trouble> {
        // Bound: a text cannot make this recurse deeper than serde_json would.
        if depth >= DEPTH_MAX {
            return Err(self.trouble("fewer than 128 levels of arrays and objects"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Tree::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take_word("true") => Ok(Tree::Bool(true)),
            _ if self.take_word("false") => Ok(Tree::Bool(false)),
            _ if self.take_word("null") => Ok(Tree::Null),
            _ if self.tokens == Tokens::Python && self.take_word("NaN") => Ok(Tree::Float(f64::NAN)),
            _ if self.tokens == Tokens::Python && self.take_word("Infinity") => {
                Ok(Tree::Float(f64::INFINITY))
            }
            _ => Err(self.trouble("a value")),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Tree, Trouble> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.take(b']') {
            return Ok(Tree::Array(items));
        }
        loop {
            self.skip_space();
            items.push(
                self.value(depth + 1)
                    .map_err(|trouble| trouble.at_index(items.len()))?,
            );
            self.skip_space();
            if self.take(b']') {
                return Ok(Tree::Array(items));
            }
            if !self.take(b',') {
                return Err(self.trouble("`,` or `]`").at_index(items.len()));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Tree, Trouble> {
        let mut members = Vec::new();
        let mut names = BTreeSet::new();
        self.at += 1;
        self.skip_space();
        if self.take(b'}') {
            return Ok(Tree::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.trouble("the name of a member"));
            }
            let name = self.string()?;
            if !names.insert(name.clone()) {
                return Err(Trouble::new("each member once, this one is there twice".to_owned()).at(&name));
            }
            self.skip_space();
            if !self.take(b':') {
                return Err(self.trouble("`:`").at(&name));
            }
            self.skip_space();
            let value = self.value(depth + 1).map_err(|trouble| trouble.at(&name))?;
            self.skip_space();
            members.push((name, value));
            if self.take(b'}') {
                return Ok(Tree::Object(members));
            }
            if !self.take(b',') {
                return Err(self.trouble("`,` or `}`"));
            }
        }
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Result<Tree, Trouble> {
        let start = self.at;
        let negative = self.take(b'-');
        if negative && self.tokens == Tokens::Python && self.take_word("Infinity") {
            return Ok(Tree::Float(f64::NEG_INFINITY));
        }
        if !self.take(b'0') && !self.digits() {
            return Err(self.trouble("a digit"));
        }
        let mut whole = true;
        if self.take(b'.') {
            whole = false;
            if !self.digits() {
                return Err(self.trouble("a digit"));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            let _sign = self.take(b'-') || self.take(b'+');
            if !self.digits() {
                return Err(self.trouble("a digit"));
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        if whole && text != "-0" {
            if let Ok(number) = text.parse() {
                return Ok(Tree::Unsigned(number));
            }
            if let Ok(number) = text.parse() {
                return Ok(Tree::Signed(number));
            }
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Tree::Float(number)),
            _ => Err(self.beyond("a number within the range of 64 bits")),
        }
    }

    fn string(&mut self) -> Result<String, Trouble> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let plain = rest
                .find(|c| c == '"' || c == '\\' || c < ' ')
                .unwrap_or(rest.len());
            out.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escape()?);
                }
                _ => return Err(self.trouble("the end of a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Trouble> {
        let escape = self.peek();
        self.at += 1;
        Ok(match escape {
            Some(plain @ (b'"' | b'\\' | b'/')) => plain.into(),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => {
                self.at -= 1;
                return Err(self.trouble("an escape of JSON"));
            }
        })
    }

    fn unicode_escape(&mut self) -> Result<char, Trouble> {
        let first = self.code_unit()?;
        if let 0xd800..0xdc00 = first
            && self.take_word("\\u")
        {
            let second = self.code_unit()?;
            if let 0xdc00..0xe000 = second {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return char::from_u32(code).ok_or_else(|| self.trouble("a code point"));
            }
        }
        char::from_u32(first).ok_or_else(|| self.beyond("both halves of a surrogate pair"))
    }

    fn code_unit(&mut self) -> Result<u32, Trouble> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.trouble("four hexadecimal digits"))?;
        self.at += 4;
        Ok(unit)
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

impl<'de> Deserializer<'de> for &'de Tree {
    type Error = Trouble;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Unsigned(number) => visitor.visit_u64(*number),
            Tree::Signed(number) => visitor.visit_i64(*number),
            Tree::Float(number) => visitor.visit_f64(*number),
            Tree::Text(text) => visitor.visit_borrowed_str(text),
            Tree::Array(items) => visitor.visit_seq(Items {
                rest: items,
                index: 0,
            }),
            Tree::Object(members) => visitor.visit_map(Members {
                rest: members,
                current: None,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        if *self == Tree::Null {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        match self {
            Tree::Text(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        match self {
            Tree::Text(text) => visitor.visit_enum(Variant {
                name: text,
                value: None,
            }),
            Tree::Object(members) if let [(name, value)] = members.as_slice() => visitor
                .visit_enum(Variant {
                    name,
                    value: Some(value),
                })
                .map_err(|trouble| trouble.at(name)),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de> {
    rest: &'de [Tree],
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Trouble;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Trouble> {
        let Some((item, rest)) = self.rest.split_first() else {
            return Ok(None);
        };
        let index = self.index;
        (self.rest, self.index) = (rest, index + 1);
        seed.deserialize(item)
            .map(Some)
            .map_err(|trouble| trouble.at_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Members<'de> {
    rest: &'de [(String, Tree)],
    current: Option<&'de (String, Tree)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Trouble;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Trouble> {
        let Some((member, rest)) = self.rest.split_first() else {
            return Ok(None);
        };
        (self.rest, self.current) = (rest, Some(member));
        seed.deserialize(MemberName(&member.0))
            .map(Some)
            .map_err(|trouble| trouble.at(&member.0))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Trouble> {
        let (name, value) = self.current.take().expect("serde asks for a value after its key");
        seed.deserialize(value).map_err(|trouble| trouble.at(name))
    }
}

/// The name of a member, which may stand for a number or a boolean, as `serde_json` has it.
struct MemberName<'de>(&'de str);

macro_rules! parsed_names {
    ($($method:ident $visit:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => visitor.visit_borrowed_str(self.0),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for MemberName<'de> {
    type Error = Trouble;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        visitor.visit_borrowed_str(self.0)
    }

    parsed_names!(
        deserialize_bool visit_bool,
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_i128 visit_i128,
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_u128 visit_u128,
        deserialize_f32 visit_f32, deserialize_f64 visit_f64
    );

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Trouble> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        visitor.visit_enum(Variant {
            name: self.0,
            value: None,
        })
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Variant<'de> {
    name: &'de str,
    value: Option<&'de Tree>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Trouble;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Trouble> {
        let name: StrDeserializer<'_, Trouble> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Trouble;

    fn unit_variant(self) -> Result<(), Trouble> {
        match self.value {
            None | Some(Tree::Null) => Ok(()),
            Some(_) => Err(serde::de::Error::invalid_type(
                Unexpected::Map,
                &"a variant without a value",
            )),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Trouble> {
        match self.value {
            Some(value) => seed.deserialize(value),
            None => Err(serde::de::Error::invalid_type(
                Unexpected::UnitVariant,
                &"a variant with a value",
            )),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Trouble> {
        match self.value {
            Some(value) => value.deserialize_any(visitor),
            None => Err(serde::de::Error::invalid_type(
                Unexpected::UnitVariant,
                &"a variant with a value",
            )),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Trouble> {
        match self.value {
            Some(value) => value.deserialize_any(visitor),
            None => Err(serde::de::Error::invalid_type(
                Unexpected::UnitVariant,
                &"a variant with a value",
            )),
        }
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
