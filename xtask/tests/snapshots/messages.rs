//! Everything that is said to people stands in a snapshot: each text in the sources of the generator, of `compat` and of the derive
//! macros that reads like a sentence is looked for in their reports.
//!
//! Texts are found as tokens, however a report is made of them, so that no new way of making one slips through; what reads so
//! and is no message is listed here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use redis_client_xtask::codegen::keywords::{self, Verdict};
use redis_client_xtask::compat::rules;

/// A text in the sources.
struct Text {
    file: String,
    line: usize,
    /// What stands between the values that are put into it.
    pieces: Vec<String>,
}

impl Text {
    fn shown(&self) -> String {
        self.pieces.join("{}")
    }

    /// Where its pieces stand in what was said, in order: from and to of each.
    fn find(&self, said: &str) -> Option<Vec<(usize, usize)>> {
        let mut at = 0;
        let mut places = Vec::new();
        for piece in self.pieces.iter().filter(|piece| !piece.is_empty()) {
            let start = at + said.get(at..)?.find(piece.as_str())?;
            at = start + piece.len();
            places.push((start, at));
        }
        Some(places)
    }
}

/// The texts of a token stream, without documentation, tests and what a panic says.
fn texts(tokens: TokenStream, is_format: bool, found: &mut Vec<(String, Vec<String>)>) {
    const FORMATS: [&str; 5] = ["format", "format_args", "write", "writeln", "concat"];
    const PANICS: [&str; 9] = [
        "expect",
        "panic",
        "unreachable",
        "assert",
        "assert_eq",
        "assert_ne",
        "debug_assert",
        "debug_assert_eq",
        "todo",
    ];
    let mut tokens = tokens.into_iter().peekable();
    let mut word = String::new();
    let mut is_macro = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                // Behind an inner attribute's `!` or at once: the attribute.
                tokens.next_if(|next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == '!'));
                let attribute = tokens.next_if(|next| matches!(next, TokenTree::Group(_)));
                if attribute.is_some_and(|attribute| attribute.to_string().replace(' ', "") == "[cfg(test)]")
                {
                    // The item behind it.
                    for token in tokens.by_ref() {
                        let is_body = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                        if is_body || token.to_string() == ";" {
                            break;
                        }
                    }
                }
            }
            TokenTree::Punct(punct) => is_macro = punct.as_char() == '!',
            TokenTree::Ident(ident) => {
                word = ident.to_string();
                is_macro = false;
            }
            TokenTree::Literal(literal) => {
                let written = literal.to_string();
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    found.push((written, pieces(&text.value(), is_format)));
                }
            }
            TokenTree::Group(group) => {
                let is_said = !PANICS.contains(&word.as_str()) || group.delimiter() != Delimiter::Parenthesis;
                if is_said {
                    let is_format = is_macro && FORMATS.contains(&word.as_str());
                    texts(group.stream(), is_format, found);
                }
                word.clear();
                is_macro = false;
            }
        }
    }
}

/// A text without the values that a format puts into it.
fn pieces(text: &str, is_format: bool) -> Vec<String> {
    if !is_format {
        return vec![text.to_owned()];
    }
    let mut pieces = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_doubled = rest.peek() == Some(&c);
        match c {
            '{' | '}' if is_doubled => {
                rest.next();
                pieces.last_mut().unwrap().push(c);
            }
            '{' => {
                rest.by_ref().find(|c| *c == '}');
                pieces.push(String::new());
            }
            c => pieces.last_mut().unwrap().push(c),
        }
    }
    pieces
}

/// Whether a text reads like a part of a sentence: there is a word in it and a space.
fn is_prose(pieces: &[String]) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let mut words = pieces.iter().flat_map(|piece| piece.split_whitespace());
    words.any(is_word) && pieces.iter().any(|piece| piece.contains(' '))
}

fn sources(directory: &Path, skipped: &[&str], found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(directory).unwrap();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if skipped.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            sources(&path, skipped, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

fn texts_of(directory: &str, skipped: &[&str]) -> Vec<Text> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(directory);
    let mut files = Vec::new();
    sources(&root, skipped, &mut files);
    // The module itself, where it stands beside the directory.
    files.extend(Some(root.with_extension("rs")).filter(|file| file.is_file()));
    let mut all = Vec::new();
    for path in files {
        let file = path.strip_prefix(&root).unwrap_or(Path::new("mod.rs"));
        let file = file.to_str().unwrap().replace('\\', "/");
        let source = std::fs::read_to_string(&path).unwrap();
        let mut found = Vec::new();
        texts(source.parse().unwrap(), false, &mut found);
        // Reports are read line by line.
        for piece in found.iter_mut().filter_map(|(_, pieces)| pieces.last_mut()) {
            piece.truncate(piece.trim_end_matches('\n').len());
        }
        let said = found.into_iter().filter(|(_, pieces)| is_prose(pieces));
        all.extend(said.map(|(written, pieces)| Text {
            file: file.clone(),
            line: source.split(&written).next().unwrap_or("").matches('\n').count() + 1,
            pieces,
        }));
    }
    all
}

/// The texts that nobody was told: a text that only stands within a piece of another one was not said by itself.
fn unsaid<'t>(texts: &'t [Text], said: &BTreeSet<String>) -> Vec<&'t Text> {
    let mut seen = vec![false; texts.len()];
    for said in said {
        let places: Vec<Option<Vec<(usize, usize)>>> = texts.iter().map(|text| text.find(said)).collect();
        let pieces: Vec<(usize, usize)> = places.iter().flatten().flatten().copied().collect();
        for (text, seen) in places.iter().zip(&mut seen) {
            let Some(text) = text else { continue };
            let (Some((start, _)), Some((_, end))) = (text.first(), text.last()) else {
                continue;
            };
            let is_within =
                |(from, to): &(usize, usize)| from <= start && end <= to && (from, to) != (start, end);
            *seen |= !pieces.iter().any(is_within);
        }
    }
    texts
        .iter()
        .zip(seen)
        .filter(|(_, seen)| !seen)
        .map(|(text, _)| text)
        .collect()
}

/// Texts of the generator with a word and a space that are no messages, by file: what they are instead.
const OTHERS: &[(&str, &[&str])] = &[
    // What the command says of files: `codegen_command.rs` holds it.
    (
        "mod.rs",
        &[
            "removed {}: no schema asks",
            "error: generated files are not current",
        ],
    ),
    // The frame of a report, which stands within that of a whole file.
    ("diagnostics.rs", &["{} = help: {}"]),
    // Names of Unicode properties.
    ("pattern.rs", &["C Other Cc Control ", "Alphabetic Alpha "]),
    // Names in words, which become those of types.
    ("lower/array.rs", &["item {}"]),
    (
        "lower/called.rs",
        &[
            "{} item",
            "{} item {}",
            "{} value",
            "{} name",
            "Choice {}",
            "choice {}",
        ],
    ),
    ("lower/names.rs", &["matching {}", "format "]),
    ("lower/scalar.rs", &["format {}"]),
    ("lower/slots.rs", &["{} value"]),
    ("lower/wire.rs", &["{} key"]),
];

/// The same of `compat`.
const OTHERS_OF_COMPAT: &[(&str, &[&str])] = &[
    // A guard: the evaluator has never contradicted the search.
    ("diff.rs", &["a witness was found but not confirmed"]),
    // What git begins its messages with.
    ("git.rs", &["fatal: "]),
    // What two schemas are compared by.
    ("schema.rs", &["shape {}", "a number beyond any use"]),
    // A guard: names are looked for first, and the same pattern is what keeps them from being found.
    (
        "solve/object.rs",
        &["a pattern of names that is not regular decides"],
    ),
];

/// The same of the derive macros.
const OTHERS_OF_DERIVE: &[(&str, &[&str])] = &[
    // Documentation of what is generated.
    (
        "expand/builder.rs",
        &[
            "Starts a `{}` from the",
            "Makes a [`{}`]: see [`{}::builder`].",
            "A `{}`, if it keeps the rules",
        ],
    ),
    ("expand/newtype.rs", &["A `{}`, if the value keeps"]),
    // What a decoder expects of values.
    ("expand/object.rs", &["an object of the type {}"]),
    ("expand/text.rs", &["one of the values of {}"]),
    (
        "expand/tuple.rs",
        &["no element behind an absent one", "an array of the type {}"],
    ),
    ("expand/union.rs", &["a value of exactly one alternative"]),
];

/// Fails where a text is in no report, or is listed as no message without need.
fn check(texts: &[Text], said: &BTreeSet<String>, others: &[(&str, &[&str])]) {
    // Of a long text, the beginning will do.
    let is_that = |text: &Text, other: &str| {
        text.shown() == other || other.len() > 15 && text.shown().starts_with(other)
    };
    let is_listed = |text: &Text| {
        let mut listed = others.iter().filter(|(file, _)| *file == text.file);
        listed.any(|(_, others)| others.iter().any(|other| is_that(text, other)))
    };
    let unsaid = unsaid(texts, said);
    let missing = unsaid.iter().filter(|text| !is_listed(text));
    let missing: Vec<String> = missing
        .map(|text| format!("{}:{}: {}", text.file, text.line, text.shown()))
        .collect();
    assert!(
        missing.is_empty(),
        "in no snapshot; add a case that reaches each of these:\n{}",
        missing.join("\n")
    );
    for (file, others) in others {
        for other in *others {
            let exists = texts
                .iter()
                .any(|text| text.file == *file && is_that(text, other));
            assert!(exists, "{file} has no such text any more: {other}");
        }
    }
}

/// All messages and helps in the snapshots of the generator, and the lines of its reports for people.
fn reports_of_the_generator() -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for case in crate::cases("diagnostics") {
        let text = std::fs::read_to_string(case.join("report.txt")).unwrap();
        said.extend(text.lines().map(str::to_owned));
        // There nothing is left out.
        let lines = std::fs::read_to_string(case.join("report.jsonl")).unwrap();
        for line in lines.lines() {
            let diagnostic: serde_json::Value = serde_json::from_str(line).unwrap();
            let parts = ["message", "help"]
                .iter()
                .filter_map(|part| diagnostic.get(part)?.as_str());
            said.extend(parts.map(str::to_owned));
        }
    }
    said
}

#[test]
fn every_message_of_the_generator_is_in_a_snapshot() {
    let texts = texts_of("xtask/src/codegen", &["emit", "tests.rs"]);
    check(&texts, &reports_of_the_generator(), OTHERS);
}

#[test]
fn every_keyword_that_is_refused_is_in_a_snapshot() {
    let said = reports_of_the_generator();
    for keyword in keywords::TABLE {
        if matches!(keyword.verdict, Verdict::Refused(_)) {
            let message = format!("the keyword `{}` is not supported", keyword.name);
            assert!(said.contains(&message), "in no snapshot: {message}");
        }
    }
}

/// The lines of all files of this extension below a directory.
fn lines_below(directory: &str, extension: &str) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(directory);
    let files = crate::read_files(&root).into_iter();
    let files = files.filter(|(name, _)| name.rsplit('.').next() == Some(extension));
    files
        .flat_map(|(_, text)| text.lines().map(str::to_owned).collect::<Vec<String>>())
        .collect()
}

#[test]
fn every_message_of_the_derive_macros_is_in_a_case() {
    let texts = texts_of("redis-client-derive/src", &[]);
    let said = lines_below("redis-client-derive/tests/ui", "stderr");
    check(&texts, &said, OTHERS_OF_DERIVE);
}

#[test]
fn every_message_of_compat_is_in_a_snapshot() {
    let texts = texts_of("xtask/src/compat", &["tests.rs"]);
    let mut said = reports_of_the_generator();
    said.extend(lines_below("xtask/testdata/compat", "txt"));
    // The rules are shown on a page, which another test holds to them.
    said.extend(rules::RULES.iter().map(|rule| rule.meaning.to_owned()));
    check(&texts, &said, OTHERS_OF_COMPAT);
}
