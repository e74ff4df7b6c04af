//! Files to documents: JSON read with the place of each value, so that whatever is wrong can be pointed at.
//!
//! The reader is our own because a schema is held to more than a data format is: duplicate names and lone
//! surrogates are refused, since two readers of such a file may see two different schemas, and numbers keep
//! their text, since `multipleOf: 0.1` has no exact float. It knows nothing of JSON Schema beyond `$id` and
//! `$ref`, which it follows to other files beside those it was asked for; it never opens a connection.
//!
//! Start at [`directory`] or [`file()`].

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::diagnostics::{Diagnostic, Diagnostics};
use super::uri;

/// Bytes `start..end` of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
}

/// A JSON value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A JSON value.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number's text as written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object's members in the order written, names distinct.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its name, unescaped.
    pub name: String,
    /// Where the name stands, quotes included.
    pub name_span: Span,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[Member]> {
        if let Value::Object(members) = &self.value {
            Some(members)
        } else {
            None
        }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Value::Array(items) = &self.value {
            Some(items)
        } else {
            None
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// The member called `name`, if this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?
            .iter()
            .find(|member| member.name == name)
            .map(|member| &member.value)
    }
}

/// A file that was read.
#[derive(Debug)]
pub struct Document {
    /// Its path as people know it: relative to what was asked for, with `/`.
    pub name: String,
    /// The URI it was retrieved from, the base of its references until an `$id` says otherwise.
    pub uri: String,
    /// Its text.
    pub text: String,
    /// Its value.
    pub root: Node,
    /// Byte offset of each line's start.
    lines: Vec<usize>,
    /// Where code points were counted.
    marks: Vec<Mark>,
}

impl Document {
    /// Reads JSON text. `None` when it is not JSON; reports why.
    #[must_use]
    pub fn parse(name: String, uri: String, text: String, diagnostics: &mut Diagnostics) -> Option<Self> {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let marks = marks(&text);
        let placeholder = Node {
            value: Value::Null,
            span: Span::default(),
        };
        let mut document = Self {
            name,
            uri,
            text,
            root: placeholder,
            lines,
            marks,
        };
        let mut reader = Reader {
            text: &document.text,
            at: 0,
            depth: 0,
            faults: Vec::new(),
        };
        let root = reader.document();
        let mut faults = reader.faults;
        let root = root.map_err(|fault| faults.push(fault)).ok();
        for fault in faults {
            let mut diagnostic = Diagnostic::at(&document, fault.span, fault.pointer, fault.message);
            diagnostic.help = fault.help;
            diagnostics.push(diagnostic);
        }
        document.root = root?;
        Some(document)
    }

    /// Line and column (from 1, in code points) of a byte offset.
    #[must_use]
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let (line, start) = self.line(offset);
        // Bound: code points are counted from the last mark on, since a schema may be one line with a mistake in each of its members.
        let mark = offset / MARK_BYTES;
        let (counted_to, before) = match self.marks.get(mark) {
            Some(mark) if mark.at >= start => (mark.at, mark.before),
            _ => (start, 0),
        };
        let rest = self.text.get(counted_to..offset);
        (line, before + rest.map_or(0, |rest| rest.chars().count()) + 1)
    }

    /// What stands before a byte offset on its line, and what stands from there on.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> (&str, &str) {
        let (line, start) = self.line(offset);
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        (
            self.text.get(start..offset).unwrap_or(""),
            self.text.get(offset..end).unwrap_or(""),
        )
    }

    /// The line of an offset, from 1, and where it begins.
    fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        (line, self.lines.get(line - 1).copied().unwrap_or(0))
    }
}

/// How far apart the marks of a text are.
const MARK_BYTES: usize = 1024;

/// A place in a text, and how many code points stand before it on its line.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    at: usize,
    before: usize,
}

/// The last place of each `MARK_BYTES` bytes at which a code point begins no later than they do.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = vec![Mark::default()];
    let mut before = 0;
    for (at, c) in text.char_indices() {
        // The first code point at or behind a multiple stands for it.
        if at >= marks.len() * MARK_BYTES {
            marks.push(Mark { at, before });
        }
        before = if c == '\n' { 0 } else { before + 1 };
    }
    marks
}

/// What was read.
#[derive(Debug, Default)]
pub struct Sources {
    /// Documents; those asked for come first, in the order of their names.
    pub documents: Vec<Document>,
    /// How many were asked for. The rest was reached by `$ref`.
    pub asked: usize,
    /// URIs of files that are referred to and lie outside of the directory that was asked for: they were not read.
    pub outside: BTreeSet<String>,
    /// Whether a file could not be read: what is missing may be there.
    pub incomplete: bool,
}

impl Sources {
    /// Whether a document is a meta-schema among schemas: it describes keywords and not data, so nothing is made of it.
    ///
    /// Nothing that is meant as data may pass for one, since all of it would be ignored: it declares the core vocabulary, as the
    /// specification asks of every meta-schema, it binds nothing to Redis, and it is not all that was asked for.
    #[must_use]
    pub fn is_meta_schema(&self, document: usize) -> bool {
        const CORE: &str = "https://json-schema.org/draft/2020-12/vocab/core";
        let Some(root) = self.documents.get(document).map(|document| &document.root) else {
            return false;
        };
        let declared = root.get("$vocabulary").and_then(Node::as_object).unwrap_or(&[]);
        let is_flag = |member: &Member| matches!(member.value.value, Value::Bool(_));
        let is_core =
            |member: &Member| member.name == CORE && matches!(member.value.value, Value::Bool(true));
        let is_bound = |member: &Member| member.name.starts_with("x-redis-");
        let is_alone = self.asked == 1 && document == 0;
        !is_alone
            && declared.iter().all(is_flag)
            && declared.iter().any(is_core)
            && !root.as_object().unwrap_or(&[]).iter().any(is_bound)
    }
}

/// Directories below the schemas that hold no schemas: what codegen writes, and what package managers put there.
const SKIPPED: [&str; 3] = ["bindings", "examples", "node_modules"];

/// How far references may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not out of the directory: what is made of it depends on nothing else, wherever it is copied to.
    Within,
    /// To any file that is named relative to the one that was asked for.
    Anywhere,
}

/// Reads every `*.schema.json` below `directory`, and what these refer to there.
#[must_use]
pub fn directory(directory: &Path, diagnostics: &mut Diagnostics) -> Sources {
    let mut found = BTreeSet::new();
    if let Err(error) = find(directory, "", &mut found) {
        diagnostics.push(Diagnostic::whole_file(
            directory.display().to_string(),
            format!("the directory of the schemas cannot be read: {error}"),
        ));
        return Sources::default();
    }
    if found.is_empty() {
        diagnostics.push(
            Diagnostic::whole_file(
                directory.display().to_string(),
                "no schema was found in this directory",
            )
            .help("schemas are files called `*.schema.json`, at any depth"),
        );
    }
    read(
        found,
        directory,
        &|name| read_text(&directory.join(name)),
        Reach::Within,
        diagnostics,
    )
}

/// Reads one schema file and what it refers to.
#[must_use]
pub fn file(path: &Path, diagnostics: &mut Diagnostics) -> Sources {
    let name = path
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let directory = path.parent().unwrap_or(Path::new(""));
    let text = |name: &str| read_text(&directory.join(name));
    read(
        BTreeSet::from([name]),
        directory,
        &text,
        Reach::Anywhere,
        diagnostics,
    )
}

/// Reads files that are not on the disk, such as those of an earlier revision, and what they refer to.
///
/// `asked` are names relative to `root`, and `text` gives the text of such a name, or why there is none.
#[must_use]
pub fn elsewhere(
    asked: BTreeSet<String>,
    root: &Path,
    text: &dyn Fn(&str) -> Result<String, String>,
    reach: Reach,
    diagnostics: &mut Diagnostics,
) -> Sources {
    read(asked, root, text, reach, diagnostics)
}

/// A schema that is in no file, and refers to none.
#[must_use]
pub fn text(text: &str, diagnostics: &mut Diagnostics) -> Sources {
    const NAME: &str = "schema.json";
    let only = |name: &str| match name {
        NAME => Ok(text.to_owned()),
        _ => Err("there are no files beside a text".to_owned()),
    };
    elsewhere(
        BTreeSet::from([NAME.to_owned()]),
        Path::new("/"),
        &only,
        Reach::Anywhere,
        diagnostics,
    )
}

/// Whether a file of this name, relative to the directory of the schemas, is a schema.
#[must_use]
pub fn is_schema(name: &str) -> bool {
    let skipped = |part: &str| part.starts_with('.') || SKIPPED.contains(&part);
    name.ends_with(".schema.json") && !name.split('/').any(skipped)
}

fn find(directory: &Path, prefix: &str, found: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            find(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else if name.ends_with(".schema.json") {
            found.insert(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn read(
    asked: BTreeSet<String>,
    root: &Path,
    text: &dyn Fn(&str) -> Result<String, String>,
    reach: Reach,
    diagnostics: &mut Diagnostics,
) -> Sources {
    let base = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let base = format!(
        "file://{}/",
        uri::from_path(&base.to_string_lossy().replace('\\', "/"))
    );
    let mut sources = Sources::default();
    let mut known = BTreeSet::new();
    let before = diagnostics.len();
    for name in asked {
        let retrieved = uri::resolve(&base, &uri::from_path(&name));
        known.insert(retrieved.clone());
        match text(&name) {
            Ok(text) => sources
                .documents
                .extend(Document::parse(name, retrieved, text, diagnostics)),
            Err(reason) => diagnostics.push(Diagnostic::whole_file(name, reason)),
        }
    }
    sources.asked = sources.documents.len();
    for document in &sources.documents {
        identities(&document.root, &document.uri, &mut known);
    }
    // Bound: each turn reads a file that was not known before.
    let mut next = 0;
    while let Some(document) = sources.documents.get(next) {
        let mut wanted = Vec::new();
        references(&document.root, &document.uri, &mut wanted);
        let directory = document
            .name
            .rfind('/')
            .and_then(|slash| document.name.get(..=slash))
            .unwrap_or("");
        let directory = directory.to_owned();
        for (target, reference) in wanted {
            if !known.insert(target.clone()) || uri::is_absolute(&reference) || reference.starts_with('/') {
                continue;
            }
            let Some(relative) = uri::percent_decode(&reference) else {
                continue;
            };
            let name = tidy(&format!("{directory}{relative}"));
            if reach == Reach::Within && name.starts_with("../") {
                sources.outside.insert(target);
                continue;
            }
            // A file that is not there is reported where the reference is resolved, with its place.
            let Ok(text) = text(&name) else {
                continue;
            };
            if let Some(document) = Document::parse(name, target, text, diagnostics) {
                identities(&document.root, &document.uri, &mut known);
                sources.documents.push(document);
            }
        }
        next += 1;
    }
    sources.incomplete = diagnostics.len() > before;
    sources
}

fn read_text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("the file cannot be read: {error}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let end = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..end).unwrap_or_default());
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        format!("the file is not UTF-8 at line {line}, column {column}")
    })
}

/// `a/../b` is `b`; what leads out of the root keeps its `..`.
fn tidy(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." if out.last().is_some_and(|last| *last != "..") => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out.join("/")
}

/// Every resource that `node` declares by `$id`.
fn identities(node: &Node, base: &str, known: &mut BTreeSet<String>) {
    let base = base_of(node, base);
    if node.get("$id").is_some() {
        known.insert(base.clone());
    }
    for child in children(node) {
        identities(child, &base, known);
    }
}

/// Every resource that `node` refers to, resolved and as written, without fragments.
fn references(node: &Node, base: &str, wanted: &mut Vec<(String, String)>) {
    let base = base_of(node, base);
    // `$schema` too: an editor follows it to our meta-schema, and then so must we.
    for reference in ["$ref", "$schema", "x-redis-value"]
        .iter()
        .filter_map(|name| node.get(name)?.as_str())
    {
        let (resource, _) = uri::split_fragment(reference);
        if !resource.is_empty() {
            wanted.push((uri::resolve(&base, resource), resource.to_owned()));
        }
    }
    for child in children(node) {
        references(child, &base, wanted);
    }
}

fn base_of(node: &Node, base: &str) -> String {
    match node.get("$id").and_then(Node::as_str) {
        Some(id) => uri::resolve(base, uri::split_fragment(id).0),
        None => base.to_owned(),
    }
}

fn children(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.iter().map(|member| &member.value)),
        _ => Box::new(std::iter::empty()),
    }
}

/// Appends `name` to a JSON pointer, escaped.
#[must_use]
pub fn pointer_to(parent: &str, name: &str) -> String {
    format!("{parent}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Nesting beyond this is refused: no schema means it, and the stack is finite.
const DEPTH_MAX: usize = 128;

struct Fault {
    span: Span,
    pointer: String,
    message: String,
    help: Option<String>,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// What is wrong although the text is JSON: duplicate names.
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Fault> {
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
                Some(b'/') => fault.with("JSON has no comments: put remarks into `$comment`"),
                _ => fault,
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
            help: None,
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
            return Err(self.fault(
                pointer,
                format!("the schema nests deeper than {DEPTH_MAX} levels"),
            ));
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
            self.at = whole;
            return Err(self.fault(pointer, "a number does not start with 0"));
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
                _ => return Err(self.fault(pointer, "`,` or `]` is expected here")),
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
                let help = match self.peek() {
                    Some(b'}') => Some("remove the comma before it".to_owned()),
                    Some(b'/') => Some("JSON has no comments: put remarks into `$comment`".to_owned()),
                    _ => None,
                };
                let fault = self.fault(pointer, "the name of a member is expected here, in double quotes");
                return Err(Fault { help, ..fault });
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
                _ => return Err(self.fault(pointer, "`,` or `}` is expected here")),
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
                return Err(self.fault(pointer, "a control character in a string must be escaped"));
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
                return Err(self.fault(pointer, "no such escape in JSON"));
            }
        })
    }

    fn hex(&mut self, pointer: &str) -> Result<u32, Fault> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.fault(pointer, "four hexadecimal digits are expected behind `\\u`"));
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
            ("\"a\nb\"", "1:3 a control character"),
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

    #[test]
    fn places_are_those_that_counting_from_the_start_gives() {
        for piece in [
            "a",
            "äb😀",
            "ab\n",
            &format!("\n{}", "ä😀".repeat(700)),
            &"x".repeat(1023),
        ] {
            let text = format!(
                "\"{}\"",
                piece.repeat(9000 / piece.len()).replace('\n', "\" \n \"")
            );
            let mut diagnostics = Diagnostics::default();
            let text = format!("[{}]", text.replace("\" \n \"", "\",\n\""));
            let document = Document::parse("x".to_owned(), "x:".to_owned(), text.clone(), &mut diagnostics);
            let document = document.unwrap();
            for (at, _) in text.char_indices() {
                let (before, after) = text.split_at(at);
                let line = before.matches('\n').count() + 1;
                let start = before.rsplit('\n').next().unwrap();
                assert_eq!(
                    document.position(at),
                    (line, start.chars().count() + 1),
                    "{piece} {at}"
                );
                let rest = after.split('\n').next().unwrap();
                assert_eq!(document.line_at(at), (start, rest), "{piece} {at}");
            }
        }
    }

    #[test]
    fn what_is_no_utf8_is_refused_at_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.schema.json");
        std::fs::write(&path, b"{\n  \"\xc3\xa4\xff\": 1}").unwrap();
        let message = read_text(&path).unwrap_err();
        assert_eq!(message, "the file is not UTF-8 at line 2, column 5");
    }

    #[test]
    fn paths_are_tidied() {
        assert_eq!(tidy("events/../common.json"), "common.json");
        assert_eq!(tidy("../../x/./y.json"), "../../x/y.json");
    }
}
