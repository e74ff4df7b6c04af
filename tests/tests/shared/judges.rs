//! Who judges: a crate of all generated modules, and the packages of the other two languages, each a child process. A case is
//! one schema file; its root is what judges.
//!
//! A question is a line `{"case", "payload"}`, the payload in hexadecimal digits; an answer `{"written"}` when the value
//! was accepted and written again, or `{"refused": reason}`.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use redis_client_xtask::codegen::diagnostics::Diagnostics;
use redis_client_xtask::codegen::emit::python::Python;
use redis_client_xtask::codegen::emit::typescript::TypeScript;
use redis_client_xtask::codegen::emit::{Emitter, OutputFile};
use redis_client_xtask::codegen::{compile_file, rust_module};
use redis_client_xtask::{Project, node, python};
use serde_json::Value;

/// A value that a generated type is asked about: the name of the case, and the JSON.
pub(crate) type Question<'a> = (&'a str, &'a str);

/// The text that an accepted value is written as again, or why it is refused.
pub(crate) type Verdict = Result<String, String>;

/// A generated module: the name of its case, and its Rust.
pub(crate) type Module<'a> = (&'a str, &'a str);

const MAIN: &str = r#"//! Judges JSON texts by the generated types; the protocol is that of `tests/tests/shared/judges.rs`.
//! It depends on what generated code may depend on: `redis_client` without features, serde and serde_json.

use std::io::{BufRead, Write};

fn judge<T: serde::Serialize + for<'de> serde::Deserialize<'de>>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("accepted, but not written again: {error}"))
}

fn unhex(text: &str) -> String {
    let bytes = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap());
    String::from_utf8(bytes.collect()).unwrap()
}

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let question: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = unhex(question["payload"].as_str().unwrap());
        let verdict = match question["case"].as_str().unwrap() {
@ARMS@            other => panic!("no module {other}"),
        };
        let answer = match verdict {
            Ok(text) => serde_json::json!({ "written": text.bytes().map(|b| format!("{b:02x}")).collect::<String>() }),
            Err(reason) => serde_json::json!({ "refused": reason }),
        };
        writeln!(out, "{answer}").unwrap();
    }
}
"#;

/// Generates the packages of a case below `place`, and returns its Rust.
pub(crate) fn generate(schema: &Path, place: &Path) -> Result<String, Diagnostics> {
    let module = rust_module(schema)?;
    let ir = compile_file(schema)?;
    write(Python.emit(&ir), &place.join("python"));
    write(TypeScript.emit(&ir), &place.join("typescript"));
    Ok(module)
}

fn write(files: Vec<OutputFile>, directory: &Path) {
    for file in files {
        let path = directory.join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
}

/// Builds one crate of all modules, in a target directory that all such crates share and the next run finds warm.
pub(crate) fn rust(name: &str, modules: &[Module<'_>]) -> Command {
    let project = Project::of_this_repository();
    let root = project.target().join("judges").join(name);
    let library = project.root().join("redis-client");
    // Little to link and nothing to debug: the generated modules are most of the build.
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nredis-client = {{ path = {:?}, default-features = false }}\n\
         serde = \"1\"\nserde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        library.to_str().unwrap()
    );
    let mut arms = String::new();
    let mut declared = String::new();
    let mut files = vec![("Cargo.toml".to_owned(), manifest)];
    for (name, text) in modules {
        let module = name.replace('-', "_").to_lowercase();
        files.push((format!("src/{module}.rs"), (*text).to_owned()));
        writeln!(declared, "mod {module};").unwrap();
        writeln!(arms, "            {name:?} => judge::<{module}::Root>(&text),").unwrap();
    }
    let main = MAIN.replace("@ARMS@", &arms);
    let (head, body) = main.split_once("\n\n").unwrap();
    let main = format!("{head}\n#![allow(dead_code, unused_imports)]\n\n{declared}\n{body}");
    files.push(("src/main.rs".to_owned(), main));
    // The versions of this workspace, so that nothing is looked up or downloaded.
    let lock = fs::read_to_string(project.root().join("Cargo.lock")).unwrap();
    if fs::read_to_string(root.join("Cargo.lock")).is_err() {
        files.push(("Cargo.lock".to_owned(), lock));
    }
    replace(&root, &files);
    let target = project.target().join("judges").join("target");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(
        built.status.success(),
        "the generated modules do not compile:\n{}",
        String::from_utf8_lossy(&built.stderr)
    );
    Command::new(target.join("debug").join(name))
}

/// Makes the files the only ones in `src`, and leaves those alone that are as they should be, so that cargo sees nothing new.
fn replace(root: &Path, files: &[(String, String)]) {
    fs::create_dir_all(root.join("src")).unwrap();
    for entry in fs::read_dir(root.join("src")).unwrap() {
        let path = entry.unwrap().path();
        if !files.iter().any(|(name, _)| root.join(name) == path) {
            fs::remove_file(path).unwrap();
        }
    }
    for (name, text) in files {
        let path = root.join(name);
        if !fs::read_to_string(&path).is_ok_and(|before| before == *text) {
            fs::write(path, text).unwrap();
        }
    }
}

/// The Python packages below `directory`, one per case.
pub(crate) fn python(directory: &Path) -> Command {
    let python = python::find(&Project::of_this_repository(), &mut |_| ()).expect("Python with its packages");
    let mut command = python.script(script("python/judge_roots.py"));
    command.arg(directory);
    command
}

/// The npm packages below `directory`, one per case.
pub(crate) fn node(directory: &Path) -> Command {
    let node = node::find(&Project::of_this_repository(), &mut |_| ()).expect("Node with its packages");
    let mut command = node.script(script("node/judge_roots.mjs"));
    command.arg(directory);
    command
}

fn script(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Asks a judge all questions at once.
pub(crate) fn ask(mut judge: Command, questions: &[Question<'_>]) -> Vec<Verdict> {
    let mut child = judge
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = String::new();
    for (case, text) in questions {
        write!(lines, "{{\"case\":\"{case}\",\"payload\":\"").unwrap();
        for byte in text.bytes() {
            write!(lines, "{byte:02x}").unwrap();
        }
        lines.push_str("\"}\n");
    }
    let writer = thread::spawn(move || {
        // A judge that has died says so below.
        let _ = input.write_all(lines.as_bytes());
    });
    let answers: Vec<Verdict> = output.lines().map(|line| verdict(&line.unwrap())).collect();
    writer.join().unwrap();
    assert!(
        child.wait().unwrap().success(),
        "the judge failed; its error is above"
    );
    assert_eq!(answers.len(), questions.len(), "an answer to each question");
    answers
}

fn verdict(line: &str) -> Verdict {
    let answer: Value = serde_json::from_str(line).unwrap();
    let Some(written) = answer["written"].as_str() else {
        return Err(answer["refused"].as_str().unwrap().to_owned());
    };
    let byte = |at: usize| u8::from_str_radix(&written[at..at + 2], 16).unwrap();
    let bytes: Vec<u8> = (0..written.len()).step_by(2).map(byte).collect();
    Ok(String::from_utf8(bytes).unwrap())
}
