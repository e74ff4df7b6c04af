//! Runs the pipeline, load -> resolve -> lower -> emit, and writes what comes out: the only code that does.
//!
//! Each stage is a pure function over the previous one's result. A stage reports what is wrong and goes on, so that
//! a run shows every mistake; between stages the run stops if there was any. Nothing here or below knows an event,
//! a field or a key of ours.

pub mod automaton;
pub mod diagnostics;
pub mod emit;
pub mod formats;
pub(crate) mod hints;
pub mod ir;
pub mod keywords;
pub mod load;
pub mod lower;
pub mod naming;
pub mod number;
pub mod pattern;
pub mod resolve;
mod uri;
pub(crate) mod visible;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::Project;
use crate::compat::examples;
use diagnostics::Diagnostics;
use emit::asyncapi::AsyncApi;
use emit::docs::Catalogue;
use emit::python::Python;
use emit::rust::{COMMAND, Layout, Rust};
use emit::typescript::TypeScript;
use emit::{Emitter, OutputFile};
use ir::Ir;
use lower::Scope;

/// The schemas are wrong: nothing was written.
const WRONG_SCHEMAS: u8 = 2;
/// `--check` found something to write.
const WOULD_CHANGE: u8 = 1;
/// `--rust-stdout` refuses the file.
const REFUSED: u8 = 3;

/// Arguments of `cargo xtask codegen`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 all well, 1 --check found a difference, 2 the schemas are wrong or the usage \
    is, 3 --rust-stdout refuses the file."
)]
pub struct Arguments {
    /// Write nothing; show what would change and exit 1 when something would.
    #[arg(long)]
    pub check: bool,
    /// The directory of the schemas, instead of `schemas/`.
    #[arg(long, value_name = "DIR")]
    pub schemas: Option<PathBuf>,
    /// Write `rust/`, `python/`, `typescript/`, `asyncapi.yaml` and `CATALOGUE.md` below this directory, instead of
    /// into the repository.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the Rust module for one schema file; exit 3 when it is refused.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "schemas", "out"])]
    pub rust_stdout: Option<PathBuf>,
    /// How mistakes in the schemas are reported: for people on standard error, or as JSON on standard output, one object a line.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// How mistakes are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the line at fault.
    Text,
    /// One JSON object per mistake and line: `severity`, `file`, `line`, `column`, `pointer`, `message`, `help`.
    Json,
}

fn report(diagnostics: &Diagnostics, format: Format) {
    match format {
        Format::Text => complain(&diagnostics.render()),
        Format::Json => out(&diagnostics.json_lines()),
    }
}

/// Compiles the schemas of a directory.
///
/// # Errors
///
/// Every mistake in them.
pub fn compile_directory(schemas: &Path) -> Result<Ir, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::directory(schemas, &mut diagnostics);
    compile(&sources, Scope::Directory, diagnostics)
}

/// Compiles one schema file and what it refers to.
///
/// # Errors
///
/// Every mistake in them.
pub fn compile_file(path: &Path) -> Result<Ir, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::file(path, &mut diagnostics);
    compile(&sources, Scope::File, diagnostics)
}

fn compile(sources: &load::Sources, scope: Scope, mut diagnostics: Diagnostics) -> Result<Ir, Diagnostics> {
    if scope == Scope::File && !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let set = resolve::resolve(sources, &mut diagnostics);
    // Broken schemas are marked, so lowering reports what is wrong with the others as well.
    let ir = with_room(|| {
        let ir = lower::lower(&set, scope, &mut diagnostics);
        // Of one file, examples and defaults are annotations, as JSON Schema has it; those of a directory are published.
        if matches!(scope, Scope::Directory) {
            examples::check(&set, &mut diagnostics);
        }
        ir
    });
    if diagnostics.is_empty() {
        Ok(ir)
    } else {
        Err(diagnostics)
    }
}

/// Runs work that goes as deep as schemas refer to each other, on a stack that holds all of the levels it allows itself.
pub(crate) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    const STACK_BYTES: usize = 256 * 1024 * 1024;
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
        let worker = worker.spawn_scoped(scope, work).expect("a thread can be started");
        worker
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The Rust module for one schema file, which always defines `Root`.
///
/// # Errors
///
/// Every mistake in the schema, and everything in it that is not supported.
pub fn rust_module(path: &Path) -> Result<String, Diagnostics> {
    let ir = compile_file(path)?;
    let files = Rust {
        layout: Layout::Module,
        library: None,
    }
    .emit(&ir);
    Ok(files.into_iter().map(|file| file.text).collect())
}

/// Prints every target for one schema that is given as text.
///
/// # Errors
///
/// Every mistake in the schema, and everything in it that is not supported.
///
/// ```
/// use redis_client_xtask::codegen::print_text;
///
/// let files = print_text(r#"{ "title": "Tide", "type": "integer", "minimum": 0 }"#).expect("it is supported");
/// assert!(files.iter().any(|file| file.text.contains("pub struct Tide")));
/// assert!(print_text(r#"{ "type": "integer", "minimun": 0 }"#).is_err());
/// ```
pub fn print_text(text: &str) -> Result<Vec<OutputFile>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::text(text, &mut diagnostics);
    let ir = compile(&sources, Scope::File, diagnostics)?;
    let rust = Rust {
        layout: Layout::Module,
        library: None,
    };
    let targets: [&dyn Emitter; 5] = [&rust, &Python, &TypeScript, &AsyncApi, &Catalogue];
    Ok(targets.iter().flat_map(|target| target.emit(&ir)).collect())
}

/// Runs `cargo xtask codegen`.
pub(crate) fn run(arguments: &Arguments, project: &Project) -> ExitCode {
    if let Some(file) = &arguments.rust_stdout {
        return match rust_module(file) {
            Ok(text) => {
                out(&text);
                ExitCode::SUCCESS
            }
            Err(diagnostics) => {
                report(&diagnostics, arguments.format);
                ExitCode::from(REFUSED)
            }
        };
    }
    let schemas = arguments.schemas.clone().unwrap_or_else(|| project.schemas());
    let ir = match compile_directory(&schemas) {
        Ok(ir) => ir,
        Err(diagnostics) => {
            report(&diagnostics, arguments.format);
            return ExitCode::from(WRONG_SCHEMAS);
        }
    };
    let mut changes = Vec::new();
    for target in targets(&ir, arguments.out.as_deref(), project) {
        match plan(target) {
            Ok(mut more) => changes.append(&mut more),
            Err(error) => {
                complain(&format!("error: {error}\n"));
                return ExitCode::FAILURE;
            }
        }
    }
    if arguments.check {
        return check(&changes, project.root(), arguments);
    }
    match apply(&changes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("error: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// One target's files and where they go.
struct Target {
    directory: PathBuf,
    files: Vec<OutputFile>,
    /// Whether the directory is the target's own, so that what an earlier run left there goes.
    owned: bool,
}

/// Every target in the order they are written.
fn targets(ir: &Ir, out: Option<&Path>, project: &Project) -> Vec<Target> {
    let place = |name: &str, usual: PathBuf| out.map_or(usual, |out| out.join(name));
    let owned = |directory: PathBuf, files: Vec<OutputFile>| Target {
        directory,
        files,
        owned: true,
    };
    let rust = Rust {
        layout: Layout::Directory,
        // Elsewhere nobody knows by which path readers reach the items.
        library: out.is_none().then(|| project.library()),
    };
    vec![
        owned(place("rust", project.generated_rust()), rust.emit(ir)),
        owned(
            place("python", project.bindings().join("python")),
            Python.emit(ir),
        ),
        owned(
            place("typescript", project.bindings().join("typescript")),
            TypeScript.emit(ir),
        ),
        // They stand among the schemas, where nothing else is ours to remove.
        Target {
            directory: out.map_or_else(|| project.schemas(), Path::to_owned),
            files: AsyncApi.emit(ir).into_iter().chain(Catalogue.emit(ir)).collect(),
            owned: false,
        },
    ]
}

/// A file that would change.
struct Change {
    path: PathBuf,
    before: Option<String>,
    /// `None`: the file is a leftover and goes.
    after: Option<String>,
}

/// What would have to change in a target's directory.
fn plan(target: Target) -> std::io::Result<Vec<Change>> {
    let mut changes = Vec::new();
    let mut wanted = BTreeSet::new();
    for OutputFile { path, text } in target.files {
        let path = target.directory.join(path);
        wanted.insert(path.clone());
        let before = match std::fs::read_to_string(&path) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if before.as_deref() != Some(text.as_str()) {
            changes.push(Change {
                path,
                before,
                after: Some(text),
            });
        }
    }
    if target.owned {
        leftovers(&target.directory, &wanted, &mut changes)?;
    }
    Ok(changes)
}

/// Files of earlier runs that this one does not write; they are known by the line that generated files begin with.
fn leftovers(directory: &Path, wanted: &BTreeSet<PathBuf>, changes: &mut Vec<Change>) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        found.push((entry.path(), entry.file_type()?));
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in found {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || name == "node_modules" || name == "__pycache__" {
            continue;
        }
        // A symbolic link is neither: we write none, and what it leads to is somebody else's.
        if kind.is_dir() {
            leftovers(&path, wanted, changes)?;
        } else if kind.is_file() && !wanted.contains(&path) {
            // What is no text was not written by us.
            let Ok(before) = std::fs::read_to_string(&path) else {
                continue;
            };
            if is_generated(&before) {
                changes.push(Change {
                    path,
                    before: Some(before),
                    after: None,
                });
            }
        }
    }
    Ok(())
}

/// Whether a file begins as ours do: one of its first lines is the mark and, apart from what makes it a comment, nothing else.
fn is_generated(text: &str) -> bool {
    let mark = emit::head();
    let is_mark = |line: &str| {
        line.split_once(&mark).is_some_and(|(before, after)| {
            let is_comment = |text: &str| !text.chars().any(char::is_alphanumeric);
            is_comment(before) && is_comment(after)
        })
    };
    text.lines().take(6).any(is_mark)
}

fn apply(changes: &[Change]) -> std::io::Result<()> {
    for Change { path, after, .. } in changes {
        let Some(text) = after else {
            std::fs::remove_file(path)?;
            complain(&format!(
                "removed {}: no schema asks for it any more\n",
                path.display()
            ));
            continue;
        };
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

fn check(changes: &[Change], root: &Path, arguments: &Arguments) -> ExitCode {
    if changes.is_empty() {
        return ExitCode::SUCCESS;
    }
    for change in changes {
        let path = change.path.strip_prefix(root).unwrap_or(&change.path);
        let path = path.display().to_string().replace('\\', "/");
        let diff = similar::TextDiff::from_lines(
            change.before.as_deref().unwrap_or(""),
            change.after.as_deref().unwrap_or(""),
        );
        let from = if change.before.is_some() {
            path.as_str()
        } else {
            "/dev/null"
        };
        let to = if change.after.is_some() {
            path.as_str()
        } else {
            "/dev/null"
        };
        out(&diff.unified_diff().header(from, to).to_string());
    }
    let mut command = COMMAND.to_owned();
    for (flag, value) in [("--schemas", &arguments.schemas), ("--out", &arguments.out)] {
        if let Some(value) = value {
            command.extend([" ", flag, " ", &value.display().to_string()]);
        }
    }
    complain(&format!(
        "error: generated files are not current; run `{command}`\n"
    ));
    ExitCode::from(WOULD_CHANGE)
}

/// Writes to standard output. A reader that has gone away is no failure of ours.
pub(crate) fn out(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

pub(crate) fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
