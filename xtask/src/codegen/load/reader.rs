//! JSON text to nodes with their places, and where it is none, what was probably meant.

use std::collections::HashSet;

use super::{Member, Node, Span, Value, pointer_to};

/// Nesting beyond this is refused: no schema means it, and the stack is finite.
const DEPTH_MAX: usize = 128;

/// What is wrong with a text.
pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) pointer: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// What is wrong although the text is JSON: duplicate names.
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            faults: Vec::new(),
        }
    }

    /// The value that the text is, or why it is none; and what is wrong besides.
    pub(super) fn document(mut self) -> (Result<Node, Fault>, Vec<Fault>) {
        let root = self.root();
        (root, self.faults)
    }

    fn root(&mut self) -> Result<Node, Fault> {
        if self.text.starts_with('\u{feff}') {
            return Err(self
                .fault("", "the file starts with a byte order mark")
                .with("save it as UTF-8 without one"));
        }
        self.space();
        let node = self.value("")?;
        self.space();
        if self.at < self.text.len() {
            let fault = self.fault("", "there is text behind the end of the schema");
            return Err(match self.peek() {
                Some(b'/' | b'#') => fault,
                Some(b'}' | b']') => fault.with("remove it: nothing is open any more"),
                _ => fault.with("a file holds one schema"),
            });
        }
        Ok(node)
    }

    fn fault(&self, pointer: &str, message: impl Into<String>) -> Fault {
        let end = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        let span = Span {
            start: self.at,
            end: self.at + end,
        };
        Fault {
            span,
            pointer: pointer.to_owned(),
            message: message.into(),
            help: self.meant(),
        }
    }

    /// What somebody probably meant by what stands here: other notations allow it, or it is a slip.
    fn meant(&self) -> Option<String> {
        const QUOTES: &str = "texts and names stand in double quotes";
        let rest = self.text.get(self.at..).unwrap_or("");
        let before = self.text.get(..self.at).unwrap_or("").trim_end();
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let help = match rest.chars().next()? {
            '/' | '#' => "JSON has no comments: put remarks into `$comment`",
            ']' | '}' if before.ends_with(',') => "remove the comma before it",
            '+' => "write the number without `+`",
            '.' => "write a digit before the point",
            '\'' => QUOTES,
            c if c.is_alphabetic() => match word.to_lowercase().as_str() {
                small @ ("true" | "false" | "null") => return Some(format!("write `{small}`")),
                "none" | "nil" | "undefined" => "write `null`",
                "nan" | "inf" | "infinity" => "JSON has no such number",
                _ if before.is_empty() => "a schema is written in JSON: `{ \"type\": \"string\" }`",
                _ => QUOTES,
            },
            _ => return None,
        };
        Some(help.to_owned())
    }

    /// A fault where one value ends and the next begins.
    fn unseparated(&self, pointer: &str, message: &str) -> Fault {
        let fault = self.fault(pointer, message);
        match self.peek() {
            Some(b'"' | b'{' | b'[' | b'-' | b'0'..=b'9') => fault.with("put a comma before it"),
            _ => fault,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, pointer: &str) -> Result<Node, Fault> {
        let start = self.at;
        if self.depth >= DEPTH_MAX {
            let message = format!("the schema nests deeper than {DEPTH_MAX} levels");
            let help = "put a part of it into `$defs`, and refer to it by `$ref`";
            return Err(self.fault(pointer, message).with(help));
        }
        self.depth += 1;
        let value = match self.peek() {
            Some(b'{') => self.object(pointer)?,
            Some(b'[') => self.array(pointer)?,
            Some(b'"') => Value::String(self.string(pointer)?),
            Some(b'-' | b'0'..=b'9') => self.number(pointer)?,
            Some(b'a'..=b'z') => self.word(pointer)?,
            Some(_) => return Err(self.fault(pointer, "a JSON value is expected here")),
            None => return Err(self.fault(pointer, "the file ends where a JSON value is expected")),
        };
        self.depth -= 1;
        Ok(Node {
            value,
            span: Span { start, end: self.at },
        })
    }

    fn word(&mut self, pointer: &str) -> Result<Value, Fault> {
        let rest = self.text.get(self.at..).unwrap_or("");
        for (word, value) in [
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("null", Value::Null),
        ] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.fault(pointer, "a JSON value is expected here"))
    }

    fn number(&mut self, pointer: &str) -> Result<Value, Fault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.at;
        self.digits(pointer)?;
        if self.at - whole > 1 && self.text.as_bytes().get(whole) == Some(&b'0') {
            let digits = self.text.get(whole..self.at).unwrap_or("");
            let plain = match digits.trim_start_matches('0') {
                "" => "0",
                plain => plain,
            };
            self.at = whole;
            let help = format!("write `{plain}`");
            return Err(self.fault(pointer, "a number does not start with 0").with(&help));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits(pointer)?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits(pointer)?;
        }
        Ok(Value::Number(
            self.text.get(start..self.at).unwrap_or("").to_owned(),
        ))
    }

    fn digits(&mut self, pointer: &str) -> Result<(), Fault> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            Err(self.fault(pointer, "a digit is expected here"))
        } else {
            Ok(())
        }
    }

    fn array(&mut self, pointer: &str) -> Result<Value, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            self.space();
            items.push(self.value(&pointer_to(pointer, &items.len().to_string()))?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Value::Array(items));
                }
                _ => return Err(self.unseparated(pointer, "`,` or `]` is expected here")),
            }
        }
    }

    fn object(&mut self, pointer: &str) -> Result<Value, Fault> {
        self.at += 1;
        let mut members: Vec<Member> = Vec::new();
        let mut names = HashSet::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.fault(pointer, "the name of a member is expected here, in double quotes"));
            }
            let name = self.string(pointer)?;
            let name_span = Span { start, end: self.at };
            let inner = pointer_to(pointer, &name);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.fault(&inner, "`:` is expected behind the name of a member"));
            }
            self.at += 1;
            self.space();
            let value = self.value(&inner)?;
            if names.insert(name.clone()) {
                members.push(Member {
                    name,
                    name_span,
                    value,
                });
            } else {
                self.faults.push(Fault {
                    span: name_span,
                    pointer: inner,
                    message: format!(
                        "`{name}` is given twice in this object, and readers differ in which they take"
                    ),
                    help: Some("remove one of the two".to_owned()),
                });
            }
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Value::Object(members));
                }
                _ => return Err(self.unseparated(pointer, "`,` or `}` is expected here")),
            }
        }
    }

    fn string(&mut self, pointer: &str) -> Result<String, Fault> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let plain = rest.find(['"', '\\']).unwrap_or(rest.len());
            let text = rest.get(..plain).unwrap_or("");
            if let Some(control) = text.find(|c: char| u32::from(c) < 0x20) {
                self.at += control;
                return Err(self.control(pointer));
            }
            out.push_str(text);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape(pointer)?),
                _ => return Err(self.fault(pointer, "the file ends within a string")),
            }
        }
    }

    /// A character in a string that may not stand there.
    fn control(&self, pointer: &str) -> Fault {
        let fault = |message: &str, help: &str| Fault {
            help: Some(help.to_owned()),
            ..self.fault(pointer, message)
        };
        match self.peek() {
            Some(b'\n' | b'\r') => fault(
                "the string does not end on its line",
                "close it with `\"`; within a text, a new line is written `\\n`",
            ),
            Some(b'\t') => fault("a control character in a string must be escaped", "write `\\t`"),
            code => {
                let help = format!("write `\\u{:04x}`", code.unwrap_or(0));
                fault("a control character in a string must be escaped", &help)
            }
        }
    }

    fn escape(&mut self, pointer: &str) -> Result<char, Fault> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.hex(pointer)?;
                let code = if (0xd800..0xdc00).contains(&first)
                    && self
                        .text
                        .get(self.at..)
                        .is_some_and(|rest| rest.starts_with("\\u"))
                {
                    self.at += 2;
                    let second = self.hex(pointer)?;
                    if (0xdc00..0xe000).contains(&second) {
                        0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                    } else {
                        first
                    }
                } else {
                    first
                };
                let Some(c) = char::from_u32(code) else {
                    self.at = start;
                    let fault = self.fault(
                        pointer,
                        "a lone surrogate is no character, and no UTF-8 text can hold it",
                    );
                    let span = Span {
                        start,
                        end: start + 6,
                    };
                    return Err(Fault { span, ..fault }
                        .with("write both halves of the pair, or the character itself"));
                };
                c
            }
            _ => {
                self.at = start;
                let fault = self.fault(pointer, "no such escape in JSON");
                return Err(fault.with("write `\\\\` for a backslash"));
            }
        })
    }

    fn hex(&mut self, pointer: &str) -> Result<u32, Fault> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            let message = "four hexadecimal digits are expected behind `\\u`";
            return Err(self.fault(pointer, message).with("write all four: `\\u00e9`"));
        };
        self.at += 4;
        Ok(code)
    }
}

impl Fault {
    fn with(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::diagnostics::Diagnostics;
    use super::super::Document;
    use super::*;

    fn parse(text: &str) -> Result<Node, String> {
        let mut diagnostics = Diagnostics::default();
        let document = Document::parse("x".to_owned(), "x:".to_owned(), text.to_owned(), &mut diagnostics);
        match document {
            Some(document) if diagnostics.is_empty() => Ok(document.root),
            _ => {
                let faults = diagnostics.sorted();
                let faults = faults
                    .iter()
                    .map(|d| format!("{}:{} {}", d.line, d.column, d.message));
                Err(faults.collect::<Vec<String>>().join("\n"))
            }
        }
    }

    #[test]
    fn values_keep_their_place_and_numbers_their_text() {
        let node = parse("{\n  \"a\": [1.50, \"\\u00e4\\ud83d\\ude00\"]\n}").unwrap();
        let items = node.get("a").and_then(Node::as_array).unwrap();
        assert!(matches!(&items[0].value, Value::Number(text) if text == "1.50"));
        assert_eq!(items[1].as_str(), Some("ä😀"));
        assert_eq!(items[0].span, Span { start: 10, end: 14 });
    }

    #[test]
    fn what_is_no_json_is_refused_at_its_place() {
        for (text, fault) in [
            ("", "1:1 the file ends"),
            ("{\"a\": 1,}", "1:9 the name of a member"),
            ("[1 2]", "1:4 `,` or `]`"),
            ("{\"a\" 1}", "1:6 `:` is expected"),
            ("[01]", "1:2 a number does not start with 0"),
            ("[1.]", "1:4 a digit"),
            ("nul", "1:1 a JSON value"),
            ("\"\\ud800\"", "1:2 a lone surrogate"),
            ("\"\\udc00\\ud800\"", "1:2 a lone surrogate"),
            ("\"\\ud800\\u0041\"", "1:2 a lone surrogate"),
            ("\"a\nb\"", "1:3 the string does not end"),
            ("\"a\tb\"", "1:3 a control character"),
            ("\"a", "1:3 the file ends within"),
            ("\"\\x\"", "1:2 no such escape"),
            ("\"\\u12\"", "1:4 four hexadecimal"),
            ("1 2", "1:3 there is text behind"),
            ("\u{feff}1", "1:1 the file starts with a byte order mark"),
            ("{\"a\":1,\n\"\\u0061\":2}", "2:1 `a` is given twice"),
        ] {
            let message = parse(text).expect_err(text);
            assert!(message.starts_with(fault), "{text:?}: {message}");
        }
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).unwrap_err().contains("nests deeper"));
    }
}
