//! The cases as files, those of the official suite and our own: each schema as it is written there, each value as its text.
//!
//! The generator's own reader takes the files apart, because it knows where each value stands: nothing is parsed into
//! floats and printed again before it is judged.

use std::fs;
use std::path::{Path, PathBuf};

use redis_client_xtask::codegen::diagnostics::Diagnostics;
use redis_client_xtask::codegen::load::{Document, Node, Value};

/// How a generator may answer a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// It should enforce it.
    Core,
    /// It may refuse it, with file and pointer.
    RefuseFine,
}

/// A schema and the values it is judged by.
pub(crate) struct Case {
    /// The file of the suite, the case's number there, and its variant.
    pub(crate) name: String,
    /// What the suite says it is about.
    pub(crate) description: String,
    pub(crate) tier: Tier,
    /// Where the schema lies, with the files it refers to beside it.
    pub(crate) schema: PathBuf,
    pub(crate) tests: Vec<Test>,
}

/// A value.
pub(crate) struct Test {
    pub(crate) description: String,
    /// Its JSON as the suite writes it.
    pub(crate) data: String,
    pub(crate) valid: bool,
}

/// Reads every case that is asked, and writes its schema below `directory`.
pub(crate) fn cases(directory: &Path) -> Vec<Case> {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let official = vectors.join("json-schema-suite/cases");
    let ours = vectors.join("schema-cases");
    let mut files = Vec::new();
    for folder in [official.clone(), official.join("format"), ours] {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "json")));
    }
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let root = if file.starts_with(&official) {
            &official
        } else {
            &vectors
        };
        cases.extend(of_file(&file, root, directory));
    }
    cases
}

/// The cases of one file, called by its path from `root` and their number in it.
fn of_file(file: &Path, root: &Path, directory: &Path) -> Vec<Case> {
    let name = file.strip_prefix(root).unwrap().with_extension("");
    let name = name.to_str().unwrap().replace(['/', '\\'], "_");
    let text = fs::read_to_string(file).unwrap();
    let document = Document::parse(name.clone(), String::new(), text, &mut Diagnostics::default()).unwrap();
    let nodes = document.root.as_array().unwrap().iter().enumerate();
    let cases = nodes.filter_map(|(index, node)| {
        let variant = text_of(node, "variant");
        case(&document, node, format!("{name}_{index}_{variant}"), directory)
    });
    cases.collect()
}

fn case(document: &Document, node: &Node, name: String, directory: &Path) -> Option<Case> {
    let tier = match text_of(node, "tier") {
        "core" => Tier::Core,
        "refuse-fine" => Tier::RefuseFine,
        "excluded" => return None,
        other => panic!("{name}: no such tier: {other}"),
    };
    let directory = directory.join(&name);
    fs::create_dir_all(&directory).unwrap();
    let schema = directory.join("schema.json");
    fs::write(&schema, source(document, node.get("schema").unwrap())).unwrap();
    for file in node.get("files").and_then(Node::as_object).unwrap_or(&[]) {
        let path = directory.join(&file.name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source(document, &file.value)).unwrap();
    }
    let tests = node.get("tests").and_then(Node::as_array).unwrap();
    let tests = tests.iter().map(|test| Test {
        description: text_of(test, "description").to_owned(),
        data: source(document, test.get("data").unwrap()).to_owned(),
        valid: matches!(test.get("valid").unwrap().value, Value::Bool(true)),
    });
    Some(Case {
        description: text_of(node, "description").to_owned(),
        tier,
        schema,
        tests: tests.collect(),
        name,
    })
}

/// A value as it is written.
fn source<'a>(document: &'a Document, node: &Node) -> &'a str {
    &document.text[node.span.start..node.span.end]
}

fn text_of<'a>(node: &'a Node, name: &str) -> &'a str {
    node.get(name).and_then(Node::as_str).unwrap()
}
