//! What is wrong with the schemas: every mistake of a run at once, each with its place and what to write instead.
//!
//! A stage reports here and goes on; the run stops between stages when anything was reported. A diagnostic owns
//! its excerpt, so that it outlives the documents, and renders to the same bytes on every machine.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::load::{Document, Span};
use super::lower::write_string;
use super::visible::{is_hidden, visible};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to where the schemas were asked for.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// JSON pointer of the value at fault, without the leading `#`.
    pub pointer: String,
    /// What is wrong and why.
    pub message: String,
    /// What to write instead, when that is known.
    pub help: Option<String>,
    /// The line at fault and how many code points of it are meant.
    excerpt: Option<Excerpt>,
}

impl Diagnostic {
    /// A mistake at `span` of `document`.
    #[must_use]
    pub fn at(
        document: &Document,
        span: Span,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (line, column) = document.position(span.start);
        let width = document.text.get(span.start..span.end).map_or(1, |marked| {
            marked.lines().next().unwrap_or("").chars().count().max(1)
        });
        Self {
            file: document.name.clone(),
            line,
            column,
            pointer: pointer.into(),
            message: message.into(),
            help: None,
            excerpt: Some(window(document.line_at(span.start), width)),
        }
    }

    /// A mistake of a whole file, such as one that cannot be read.
    #[must_use]
    pub fn whole_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 0,
            column: 0,
            pointer: String::new(),
            message: message.into(),
            help: None,
            excerpt: None,
        }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn write_json(&self, out: &mut String) {
        out.push_str(r#"{"severity":"error","file":"#);
        write_string(&self.file, out);
        let _ = write!(
            out,
            r#","line":{},"column":{},"pointer":"#,
            self.line, self.column
        );
        write_string(&self.pointer, out);
        out.push_str(r#","message":"#);
        write_string(&self.message, out);
        out.push_str(r#","help":"#);
        match &self.help {
            Some(help) => write_string(help, out),
            None => out.push_str("null"),
        }
        out.push('}');
    }

    fn render(&self, out: &mut String) {
        let _ = writeln!(out, "error: {}", cut(&self.message, TEXT_MAX));
        let pointer = cut(&self.pointer, POINTER_MAX);
        let Some(Excerpt { shown, lead, width }) = &self.excerpt else {
            let _ = writeln!(out, " --> {}  #{pointer}", self.file);
            if let Some(help) = &self.help {
                let _ = writeln!(out, "  = help: {}", cut(help, TEXT_MAX));
            }
            return;
        };
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        let _ = writeln!(
            out,
            "{gutter}--> {}:{}:{}  #{pointer}",
            self.file, self.line, self.column
        );
        let _ = writeln!(out, "{gutter} |");
        let _ = writeln!(out, "{number} | {shown}");
        let before = cells(shown.chars().take(*lead));
        let marked = cells(shown.chars().skip(*lead).take(*width)).max(1);
        let _ = writeln!(out, "{gutter} | {}{}", " ".repeat(before), "^".repeat(marked));
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{gutter} = help: {}", cut(help, TEXT_MAX));
        }
    }
}

/// How many code points of a message people are shown: it may quote a pattern or a name of any length.
const TEXT_MAX: usize = 600;
const POINTER_MAX: usize = 300;

/// A text for people on one line, its middle left out where it is longer than `max` code points; programs get all of it.
fn cut(text: &str, max: usize) -> String {
    let text = visible(text).replace('\n', "\\n");
    let length = text.chars().count();
    if length <= max {
        return text;
    }
    let half = max / 2;
    let first: String = text.chars().take(half).collect();
    let last: String = text.chars().skip(length - half).collect();
    format!("{first} .. {last}")
}

/// The part of a line worth showing: a minified schema is one line of many thousand characters, and each of its mistakes
/// would keep all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Excerpt {
    shown: String,
    /// How many code points stand before what is meant.
    lead: usize,
    /// How many are meant.
    width: usize,
}

/// How many places of a terminal characters take: two of East Asia or a picture, none that is put above another.
fn cells(characters: impl Iterator<Item = char>) -> usize {
    let of = |c: char| match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    };
    characters.map(of).sum()
}

/// What to show of a line, given as what stands before the fault and what stands from there on.
fn window((before, after): (&str, &str), width: usize) -> Excerpt {
    const SHOWN_MAX: usize = 100;
    const BEFORE: usize = 30;
    let after = after.trim_end();
    // Neither side is counted beyond what could be shown: a line may have a million characters, and as many mistakes.
    let first = |text: &str, count: usize| text.char_indices().nth(count).map(|(at, _)| at);
    let is_long = first(before, SHOWN_MAX).or_else(|| {
        let more = SHOWN_MAX - before.chars().count();
        first(after, more)
    });
    let before = match before.char_indices().rev().nth(BEFORE - 1) {
        Some((start, _)) if is_long.is_some() => before.get(start..).unwrap_or(before),
        _ => before,
    };
    let lead = before.chars().count();
    let shown = before.chars().chain(after.chars()).take(SHOWN_MAX);
    let shown: String = shown.map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let shown = if after.is_empty() {
        shown.trim_end().to_owned()
    } else {
        shown
    };
    let length = shown.chars().count();
    let lead = lead.min(length);
    Excerpt {
        shown,
        lead,
        width: width.min((length - lead).max(1)),
    }
}

/// The mistakes of one run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds the mistakes in the files of one of several directories, so that each is known by the path to it.
    pub(crate) fn extend_below(&mut self, directory: &str, others: Self) {
        for mut diagnostic in others.items {
            // The directory itself may be what is wrong.
            if directory.ends_with(&diagnostic.file) {
                directory.clone_into(&mut diagnostic.file);
            } else if !directory.is_empty() {
                diagnostic.file = format!("{directory}/{}", diagnostic.file);
            }
            self.items.push(diagnostic);
        }
    }

    /// Where something was reported: file and pointer.
    pub(crate) fn places(&self) -> HashSet<(String, String)> {
        let places = self.items.iter();
        places
            .map(|item| (item.file.clone(), item.pointer.clone()))
            .collect()
    }

    /// Drops what was reported after the first `count`, where something had been reported before.
    pub(crate) fn drop_repeated(&mut self, count: usize, known: &HashSet<(String, String)>) {
        let mut new = self.items.split_off(count.min(self.items.len()));
        new.retain(|item| !known.contains(&(item.file.clone(), item.pointer.clone())));
        self.items.append(&mut new);
    }

    /// Whether nothing was reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many times something was reported.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The mistakes in the order of files and places, each once.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.items.iter().collect();
        sorted.sort_by_key(|d| (&d.file, d.line, d.column, &d.pointer, &d.message));
        sorted.dedup();
        sorted
    }

    /// The report for people.
    #[must_use]
    pub fn render(&self) -> String {
        self.render_without("nothing was written")
    }

    /// The report for programs: one JSON object per mistake and line, in the same order. Members and their order are stable.
    ///
    /// ```
    /// use redis_client_xtask::codegen::diagnostics::{Diagnostic, Diagnostics};
    ///
    /// let mut diagnostics = Diagnostics::default();
    /// diagnostics.push(Diagnostic::whole_file("a.schema.json", "the file cannot be read"));
    /// assert_eq!(
    ///     diagnostics.json_lines(),
    ///     concat!(
    ///         r#"{"severity":"error","file":"a.schema.json","line":0,"column":0,"pointer":"","#,
    ///         r#""message":"the file cannot be read","help":null}"#,
    ///         "\n"
    ///     )
    /// );
    /// ```
    #[must_use]
    pub fn json_lines(&self) -> String {
        let mut out = String::new();
        for diagnostic in self.sorted() {
            diagnostic.write_json(&mut out);
            out.push('\n');
        }
        out
    }

    /// The report for people; `undone` is what was not done because of it.
    #[must_use]
    pub fn render_without(&self, undone: &str) -> String {
        let sorted = self.sorted();
        let mut out = String::new();
        for diagnostic in &sorted {
            diagnostic.render(&mut out);
            out.push('\n');
        }
        let mut files: Vec<&str> = sorted.iter().map(|d| d.file.as_str()).collect();
        files.dedup();
        let _ = writeln!(
            out,
            "{} in {}; {undone}",
            counted(sorted.len(), "error"),
            counted(files.len(), "file")
        );
        out
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

/// The candidate that `word` was probably meant to be: at most a third of its letters differ.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1).min(length.saturating_sub(1));
    candidates
        .into_iter()
        // Each letter too many or too few is an edit.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits between two words: insert, delete, replace, and swap of neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (get(&above, j + 1) + 1)
                .min(get(&row, j) + 1)
                .min(get(&above, j) + usize::from(x != y));
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(get(&before, j - 1) + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_its_neighbour_and_a_strange_one_does_not() {
        let words = ["minimum", "maximum", "minItems", "format"];
        assert_eq!(nearest("minimun", words), Some("minimum"));
        assert_eq!(nearest("minItmes", words), Some("minItems"));
        assert_eq!(nearest("Format", words), Some("format"));
        assert_eq!(nearest("colour", words), None);
        assert_eq!(nearest("z", ["a", "z1"]), None);
    }

    #[test]
    fn long_texts_lose_their_middle() {
        assert_eq!(cut("a\u{202e}b", 20), "a\\u{202e}b");
        assert_eq!(cut(&"ab".repeat(20), 40), "ab".repeat(20));
        assert_eq!(cut(&format!("{}ä", "x".repeat(99)), 6), "xxx .. xxä");
        let long = Diagnostic::whole_file("a", "m".repeat(9000)).help("h".repeat(9000));
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(long);
        assert!(diagnostics.render().len() < 2000);
        assert!(diagnostics.json_lines().len() > 18_000);
    }

    #[test]
    fn what_is_marked_stands_below_wide_characters_too() {
        let text = "{ \"日本語 😀 e\u{301}\": tru }".to_owned();
        let mut diagnostics = Diagnostics::default();
        assert!(Document::parse("a".to_owned(), "a:".to_owned(), text, &mut diagnostics).is_none());
        let report = diagnostics.render();
        let mut lines = report.lines().skip(3);
        assert_eq!(lines.next(), Some("1 | { \"日本語 😀 e\u{301}\": tru }"));
        // Three characters and a picture take two places each, the accent none.
        assert_eq!(lines.next(), Some("  |                  ^"));
    }

    #[test]
    fn long_lines_are_shown_around_the_fault() {
        let line = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let Excerpt { shown, lead, width } = window(line.split_at(500), 4);
        assert_eq!(shown.chars().skip(lead).take(width).collect::<String>(), "HERE");
        assert!(shown.len() <= 100);
    }
}
