//! What codegen prints for schemas that look nothing like ours, byte for byte, and what it reports for broken ones.
//!
//! `UPDATE_EXPECT=1` rewrites the expectations. That the expected Rust compiles and does what the schemas say is
//! shown beside the derive macros, in `redis-client-derive/tests/generated.rs`.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

mod compat;
mod made;
mod messages;
mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use redis_client_xtask::codegen::emit::asyncapi::AsyncApi;
use redis_client_xtask::codegen::emit::docs::Catalogue;
use redis_client_xtask::codegen::emit::python::Python;
use redis_client_xtask::codegen::emit::rust::{Layout, Rust};
use redis_client_xtask::codegen::emit::typescript::TypeScript;
use redis_client_xtask::codegen::emit::{Emitter, OutputFile};
use redis_client_xtask::codegen::ir::Ir;
use redis_client_xtask::codegen::{compile_directory, compile_file, rust_module};

fn testdata(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(kind)
}

fn cases(kind: &str) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(testdata(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// The files below a directory by path from it, with `/`.
fn read_files(directory: &Path) -> BTreeMap<String, String> {
    fn read(directory: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
        let Ok(entries) = std::fs::read_dir(directory) else {
            return;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                read(&path, &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    read(directory, "", &mut files);
    files
}

/// What the targets other than Rust print, without what is the same for every schema.
fn other_targets(ir: &Ir) -> impl Iterator<Item = OutputFile> {
    const SAME: [&str; 9] = [
        "README.md",
        "_hostname.py",
        "hostname.js",
        "_runtime.py",
        "package.json",
        "py.typed",
        "pyproject.toml",
        "runtime.d.ts",
        "runtime.js",
    ];
    let named = |target: &'static str, files: Vec<OutputFile>| {
        files.into_iter().map(move |file| OutputFile {
            path: format!("{target}/{}", file.path),
            text: file.text,
        })
    };
    named("python", Python.emit(ir))
        .chain(named("typescript", TypeScript.emit(ir)))
        .chain(AsyncApi.emit(ir))
        .chain(Catalogue.emit(ir))
        .filter(|file| !SAME.contains(&file.path.rsplit('/').next().unwrap()))
}

/// The only schema file of a case.
fn only_schema(case: &Path) -> PathBuf {
    let mut files = read_files(&case.join("schemas")).into_keys();
    let file = files.next().unwrap();
    assert_eq!(files.next(), None, "a single case has one file");
    case.join("schemas").join(file)
}

#[test]
fn generated_code_is_what_it_was() {
    let mut changed = Vec::new();
    for case in cases("codegen") {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let files: Vec<OutputFile> = if name.starts_with("single_") {
            let text = rust_module(&only_schema(&case)).unwrap_or_else(|d| panic!("{name}:\n{}", d.render()));
            let ir = compile_file(&only_schema(&case)).unwrap_or_else(|d| panic!("{name}:\n{}", d.render()));
            let module = OutputFile {
                path: "mod.rs".to_owned(),
                text,
            };
            [module].into_iter().chain(other_targets(&ir)).collect()
        } else {
            let ir = compile_directory(&case.join("schemas"));
            let ir = ir.unwrap_or_else(|diagnostics| panic!("{name}:\n{}", diagnostics.render()));
            let rust = Rust {
                layout: Layout::Directory,
                library: None,
            };
            rust.emit(&ir).into_iter().chain(other_targets(&ir)).collect()
        };
        let got: BTreeMap<String, String> = files.into_iter().map(|file| (file.path, file.text)).collect();
        let expected = case.join("expected");
        if got == read_files(&expected) {
            continue;
        }
        changed.push(name);
        if updating() {
            let _ = std::fs::remove_dir_all(&expected);
            std::fs::create_dir_all(&expected).unwrap();
            for (path, text) in &got {
                let path = expected.join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
        }
    }
    assert!(
        updating() || changed.is_empty(),
        "not as expected: {changed:?}; UPDATE_EXPECT=1 rewrites, then read the diff"
    );
}

#[test]
fn broken_schemas_are_reported_as_they_were() {
    let mut changed = String::new();
    let made = made::NAMES.map(|name| testdata("diagnostics").join(name));
    let cases: BTreeSet<PathBuf> = cases("diagnostics").into_iter().chain(made).collect();
    for case in cases {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let (text, lines) = if name.starts_with("made_") {
            made::report(&name)
        } else {
            let Err(diagnostics) = compile_directory(&case) else {
                panic!("{name} was accepted")
            };
            (diagnostics.render(), diagnostics.json_lines())
        };
        for (file, got) in [("report.txt", text), ("report.jsonl", lines)] {
            let expected = case.join(file);
            let before = std::fs::read_to_string(&expected).unwrap_or_default();
            if got != before {
                changed.extend(["--- ", &name, "\nexpected:\n", &before, "\ngot:\n", &got]);
                if updating() {
                    std::fs::create_dir_all(&case).unwrap();
                    std::fs::write(expected, got).unwrap();
                }
            }
        }
    }
    assert!(updating() || changed.is_empty(), "{changed}");
}

#[test]
fn the_same_schemas_give_the_same_bytes_elsewhere() {
    // Another absolute path, another working directory: nothing of either may reach the output.
    let elsewhere = tempfile::tempdir().unwrap();
    for case in cases("codegen")
        .into_iter()
        .filter(|case| !case.ends_with("single"))
    {
        let copy = elsewhere.path().join(case.file_name().unwrap());
        copy_tree(&case.join("schemas"), &copy);
        let emit = |directory: &Path| {
            compile_directory(directory)
                .map(|ir| {
                    let rust = Rust {
                        layout: Layout::Directory,
                        library: None,
                    };
                    rust.emit(&ir)
                        .into_iter()
                        .chain(other_targets(&ir))
                        .collect::<Vec<OutputFile>>()
                })
                .map_err(|d| d.render())
        };
        assert_eq!(emit(&case.join("schemas")), emit(&copy));
    }
}

#[test]
fn elsewhere_gets_every_target_and_check_notices_a_change_in_each() {
    let out = tempfile::tempdir().unwrap();
    let schemas = testdata("codegen").join("telescope").join("schemas");
    let codegen = |more: &[&str]| {
        let mut words: Vec<std::ffi::OsString> = ["xtask", "codegen", "--schemas"].map(Into::into).into();
        words.extend([schemas.clone().into(), "--out".into(), out.path().into()]);
        words.extend(more.iter().map(Into::into));
        let status = redis_client_xtask::run(words, &redis_client_xtask::Project::new(out.path()));
        status == std::process::ExitCode::SUCCESS
    };
    assert!(!codegen(&["--check"]) && codegen(&[]) && codegen(&["--check"]));
    let mut found: Vec<String> = std::fs::read_dir(out.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(
        found,
        ["CATALOGUE.md", "asyncapi.yaml", "python", "rust", "typescript"]
    );
    for file in [
        "CATALOGUE.md",
        "asyncapi.yaml",
        "python/src/redis_client_schemas/models.py",
        "rust/events.rs",
        "typescript/src/models.d.ts",
    ] {
        let path = out.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n")).unwrap();
        assert!(!codegen(&["--check"]), "{file}");
        assert!(codegen(&[]));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{file}");
    }
    // What an earlier run left is known by its head; what others put there stays.
    let left = out.path().join("python/src/redis_client_schemas/old.py");
    let head = std::fs::read_to_string(out.path().join("python/src/redis_client_schemas/models.py")).unwrap();
    std::fs::write(&left, head).unwrap();
    let own = out.path().join("python/own.py");
    std::fs::write(&own, "x = 1\n").unwrap();
    assert!(!codegen(&["--check"]) && codegen(&[]) && !left.exists() && own.exists());
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn host_names_are_judged_by_the_same_tables_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let (library, bindings) = (
        read("../redis-client/src/format/idna.txt"),
        read("src/codegen/emit/idna.txt"),
    );
    assert!(library == bindings, "run tests/python/idna_tables.py for both");
}
