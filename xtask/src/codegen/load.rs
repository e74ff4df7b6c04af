//! Files to documents: JSON read with the place of each value, so that whatever is wrong can be pointed at.
//!
//! The reader is our own because a schema is held to more than a data format is: duplicate names and lone
//! surrogates are refused, since two readers of such a file may see two different schemas, and numbers keep
//! their text, since `multipleOf: 0.1` has no exact float. It knows nothing of JSON Schema beyond `$id` and
//! `$ref`, which it follows to other files beside those it was asked for; it never opens a connection.
//!
//! Start at [`directory`] or [`file()`].

mod reader;

use std::collections::BTreeSet;
use std::path::Path;

use super::diagnostics::{Diagnostic, Diagnostics};
use super::uri;
use reader::Reader;

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
        let (root, mut faults) = Reader::new(&document.text).document();
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

    /// Where `count` code points of a string stand, from the one of this number on; `span` is that of the string, quotes included.
    #[must_use]
    pub(crate) fn within(&self, span: Span, from: usize, count: usize) -> Span {
        let raw = self
            .text
            .get(span.start + 1..span.end.saturating_sub(1))
            .unwrap_or("");
        let mut starts = Vec::new();
        let mut at = 0;
        // Bound: each turn goes on by a character.
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            starts.push(at);
            let is_escape = |rest: &str| rest.get(..2) == Some("\\u");
            at += match rest.chars().next() {
                // A high surrogate, and the low one that makes a character of it.
                Some('\\') if is_escape(rest) => {
                    let code = rest
                        .get(2..6)
                        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
                    let is_high = code.is_some_and(|code| (0xd800..0xdc00).contains(&code));
                    if is_high && rest.get(6..).is_some_and(is_escape) {
                        12
                    } else {
                        6
                    }
                }
                Some('\\') => 2,
                c => c.map_or(1, char::len_utf8),
            };
        }
        let place = |number: usize| span.start + 1 + starts.get(number).copied().unwrap_or(raw.len());
        Span {
            start: place(from),
            end: place(from + count),
        }
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
        let message = format!("the directory of the schemas cannot be read: {error}");
        let diagnostic = Diagnostic::whole_file(directory.display().to_string(), message);
        diagnostics.push(diagnostic.help("name the directory that holds them, or run this where it is"));
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
        // A text has no files beside it; the reference to one is reported where it stands.
        _ => Err(String::new()),
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
        let identity = base_of(&document.root, &document.uri);
        let mut found = Vec::new();
        for (target, reference) in wanted {
            if !known.insert(target.clone()) || uri::is_absolute(&reference) || reference.starts_with('/') {
                continue;
            }
            // Where it lies, or where it lies beside a file that was moved and still is called by its `$id`.
            for base in [&document.uri, &identity] {
                let relative = uri::relative(base, &target);
                let Some(relative) = relative.as_deref().and_then(uri::percent_decode) else {
                    continue;
                };
                let name = tidy(&format!("{directory}{relative}"));
                if reach == Reach::Within && name.starts_with("../") {
                    sources.outside.insert(target.clone());
                    continue;
                }
                // A file that is not there is reported where the reference is resolved, with its place.
                let Ok(text) = text(&name) else {
                    continue;
                };
                if let Some(document) = Document::parse(name, target, text, diagnostics) {
                    identities(&document.root, &document.uri, &mut known);
                    found.push(document);
                }
                break;
            }
        }
        sources.documents.extend(found);
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn characters_of_a_string_are_found_behind_escapes() {
        let text = r#"["a\\\"\u00e4\ud83d\ude00ö!"]"#;
        let mut diagnostics = Diagnostics::default();
        let document = Document::parse("x".to_owned(), "x:".to_owned(), text.to_owned(), &mut diagnostics);
        let document = document.unwrap();
        let item = document.root.as_array().unwrap().first().unwrap();
        for (number, written) in ["a", r"\\", "\\\"", r"\u00e4", r"\ud83d\ude00", "ö", "!", ""]
            .into_iter()
            .enumerate()
        {
            let Span { start, end } = document.within(item.span, number, 1);
            assert_eq!(text.get(start..end), Some(written), "{number}");
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
