//! The JSON of a constant.

use std::iter::Peekable;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::number::Number;

#[derive(Debug, PartialEq)]
pub(crate) enum Json {
    Text(String),
    Integer(i128),
    Number(f64),
    Bool(bool),
    Null,
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    /// Reads a JSON text; `None` when it is none, or holds an integer beyond 64 bits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut chars = text.chars().peekable();
        let value = value(&mut chars)?;
        chars.next().is_none().then_some(value)
    }

    /// Reads a scalar; `None` for anything else.
    pub(crate) fn scalar(text: &str) -> Option<Self> {
        Self::parse(text).filter(|json| !matches!(json, Self::List(_) | Self::Object(_)))
    }

    /// The JSON, where the macro knows how `serde_json` would write it.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(quoted(text)),
            Self::Integer(number) => Some(number.to_string()),
            Self::Number(_) | Self::List(_) | Self::Object(_) => None,
            Self::Bool(value) => Some(value.to_string()),
            Self::Null => Some("null".to_owned()),
        }
    }

    /// The `Constant` of `__private`.
    pub(crate) fn tokens(&self, p: &TokenStream) -> TokenStream {
        match self {
            Self::Text(text) => quote!(#p::Constant::Text(#text)),
            Self::Integer(number) => {
                let number = Literal::i128_unsuffixed(*number);
                quote!(#p::Constant::Integer(#number))
            }
            Self::Number(number) => {
                let number = Literal::f64_unsuffixed(*number);
                quote!(#p::Constant::Number(#number))
            }
            Self::Bool(value) => quote!(#p::Constant::Bool(#value)),
            Self::Null => quote!(#p::Constant::Null),
            Self::List(items) => {
                let items = items.iter().map(|item| item.tokens(p));
                quote!(#p::Constant::List(&[#(#items),*]))
            }
            Self::Object(members) => {
                let members = members.iter().map(|(name, value)| {
                    let value = value.tokens(p);
                    quote!((#name, #value))
                });
                quote!(#p::Constant::Object(&[#(#members),*]))
            }
        }
    }
}

/// A text as JSON, byte for byte as `serde_json` writes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => out.extend(format!("\\u{:04x}", u32::from(control)).chars()),
            plain => out.push(plain),
        }
    }
    out.push('"');
    out
}

type Chars<'a> = Peekable<std::str::Chars<'a>>;

fn skip_space(chars: &mut Chars<'_>) {
    while chars.next_if(|c| matches!(c, ' ' | '\t' | '\n' | '\r')).is_some() {}
}

fn value(chars: &mut Chars<'_>) -> Option<Json> {
    match chars.peek()? {
        '"' => {
            chars.next();
            string(chars).map(Json::Text)
        }
        '[' => {
            let mut items = Vec::new();
            elements(chars, ']', &mut |chars| {
                items.push(value(chars)?);
                Some(())
            })?;
            Some(Json::List(items))
        }
        '{' => {
            let mut members = Vec::new();
            elements(chars, '}', &mut |chars| {
                chars.next_if_eq(&'"')?;
                let name = string(chars)?;
                skip_space(chars);
                chars.next_if_eq(&':')?;
                skip_space(chars);
                members.push((name, value(chars)?));
                Some(())
            })?;
            Some(Json::Object(members))
        }
        _ => {
            let mut word = String::new();
            while let Some(c) = chars.next_if(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')) {
                word.push(c);
            }
            scalar(&word)
        }
    }
}

/// What stands between brackets, separated by commas.
fn elements(
    chars: &mut Chars<'_>,
    end: char,
    element: &mut dyn FnMut(&mut Chars<'_>) -> Option<()>,
) -> Option<()> {
    chars.next();
    skip_space(chars);
    if chars.next_if_eq(&end).is_some() {
        return Some(());
    }
    loop {
        element(chars)?;
        skip_space(chars);
        if chars.next_if_eq(&end).is_some() {
            return Some(());
        }
        chars.next_if_eq(&',')?;
        skip_space(chars);
    }
}

fn scalar(word: &str) -> Option<Json> {
    match word {
        "true" => return Some(Json::Bool(true)),
        "false" => return Some(Json::Bool(false)),
        "null" => return Some(Json::Null),
        _ => {}
    }
    let number = Number::parse(word)?;
    let (floor, ceil) = number.floor_and_ceil();
    if floor == ceil {
        let fits = i64::try_from(floor).is_ok() || u64::try_from(floor).is_ok();
        return fits.then_some(Json::Integer(floor));
    }
    number.nearest(word).map(|(nearest, _)| Json::Number(nearest))
}

/// A JSON string after its opening quote.
fn string(chars: &mut Chars<'_>) -> Option<String> {
    let mut out = String::new();
    loop {
        match chars.next()? {
            '"' => return Some(out),
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'u' => {
                    let mut unit = || {
                        let digits: String = chars.by_ref().take(4).collect();
                        (digits.len() == 4)
                            .then(|| u32::from_str_radix(&digits, 16).ok())
                            .flatten()
                    };
                    let first = unit()?;
                    if (0xd800..0xdc00).contains(&first) {
                        if chars.next()? != '\\' || chars.next()? != 'u' {
                            return None;
                        }
                        let digits: String = chars.by_ref().take(4).collect();
                        let second = u32::from_str_radix(&digits, 16)
                            .ok()
                            .filter(|u| (0xdc00..0xe000).contains(u))?;
                        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?
                    } else {
                        char::from_u32(first)?
                    }
                }
                plain @ ('"' | '\\' | '/') => plain,
                _ => return None,
            }),
            control if control < ' ' => return None,
            plain => out.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting() {
        assert_eq!(quoted("a\"\\\n\u{1}\u{7f}é"), "\"a\\\"\\\\\\n\\u0001\u{7f}é\"");
    }

    #[test]
    fn scalars() {
        let check = |text: &str, expected: Option<Json>| assert_eq!(Json::parse(text), expected, "{text}");
        check(
            "\"orders.executed\"",
            Some(Json::Text("orders.executed".to_owned())),
        );
        check(
            r#""a\"\\\n\u00e9\ud83d\ude00""#,
            Some(Json::Text("a\"\\\né😀".to_owned())),
        );
        check(r#""\ud83d""#, None);
        check("\"a", None);
        check("\"a\"b", None);
        check("3", Some(Json::Integer(3)));
        check("3.0", Some(Json::Integer(3)));
        check("-0.5", Some(Json::Number(-0.5)));
        check("true", Some(Json::Bool(true)));
        check("null", Some(Json::Null));
        check(
            "18446744073709551615",
            Some(Json::Integer(18_446_744_073_709_551_615)),
        );
        check("18446744073709551616", None);
        check("", None);
        check("1 2", None);
    }

    #[test]
    fn arrays_and_objects() {
        let one = || Json::Integer(1);
        let check = |text: &str, expected: Option<Json>| assert_eq!(Json::parse(text), expected, "{text}");
        check("[]", Some(Json::List(Vec::new())));
        check("[1, [1]]", Some(Json::List(vec![one(), Json::List(vec![one()])])));
        check(
            r#"{"a": 1, "": {}}"#,
            Some(Json::Object(vec![
                ("a".to_owned(), one()),
                (String::new(), Json::Object(Vec::new())),
            ])),
        );
        for text in ["[1", "[1,]", "[,]", "{\"a\"}", "{a:1}", "{\"a\":1,}", "[1]]"] {
            check(text, None);
        }
        assert_eq!(Json::scalar("[1]"), None);
    }
}
