//! Text to a [`Tree`] (layer 0), by hand: the numbers that Python writes and JSON lacks are read, and a place is named for what is
//! wrong.

use std::collections::BTreeSet;

use super::{Tokens, Tree, Trouble};

/// How deep arrays and objects may lie in each other, as in `serde_json`.
const DEPTH_MAX: usize = 128;

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
