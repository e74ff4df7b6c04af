//! The JSON of a constant.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::number::Number;

#[derive(Debug, PartialEq)]
pub(crate) enum Json {
    Text(String),
    Integer(i64),
    Number(f64),
    Bool(bool),
    Null,
}

impl Json {
    /// Reads a scalar; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "true" => return Some(Self::Bool(true)),
            "false" => return Some(Self::Bool(false)),
            "null" => return Some(Self::Null),
            _ => {}
        }
        if let Some(rest) = text.strip_prefix('"') {
            return string(rest).map(Self::Text);
        }
        let number = Number::parse(text)?;
        let (floor, ceil) = number.floor_and_ceil();
        if floor == ceil {
            return i64::try_from(floor).ok().map(Self::Integer);
        }
        number.nearest(text).map(|(nearest, _)| Self::Number(nearest))
    }

    /// The JSON, where the macro knows how `serde_json` would write it.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(quoted(text)),
            Self::Integer(number) => Some(number.to_string()),
            Self::Number(_) => None,
            Self::Bool(value) => Some(value.to_string()),
            Self::Null => Some("null".to_owned()),
        }
    }

    /// The `Constant` of `__private`.
    pub(crate) fn tokens(&self, p: &TokenStream) -> TokenStream {
        match self {
            Self::Text(text) => quote!(#p::Constant::Text(#text)),
            Self::Integer(number) => {
                let number = Literal::i64_unsuffixed(*number);
                quote!(#p::Constant::Integer(#number))
            }
            Self::Number(number) => {
                let number = Literal::f64_unsuffixed(*number);
                quote!(#p::Constant::Number(#number))
            }
            Self::Bool(value) => quote!(#p::Constant::Bool(#value)),
            Self::Null => quote!(#p::Constant::Null),
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

/// A JSON string after its opening quote.
fn string(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next()? {
            '"' => return chars.next().is_none().then_some(out),
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
        check("[]", None);
        check("", None);
    }
}
