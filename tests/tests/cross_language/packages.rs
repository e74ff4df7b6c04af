//! The generated packages at work: installed, type-checked, and talking to each other through a real Redis.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use redis_client::__private::schemars::{JsonSchema, SchemaGenerator};
use redis_client::client::Received;
use redis_client::{
    Action, AnyEvent, EventPublisher, EventSubscriber, OrderEvent, PositionEvent, PriceUpdateEvent, Quote,
    RedisClient, SignalEvent, StrategyScope, Symbol,
};
use redis_client_tests::{RedisServer, examples};
use redis_client_xtask::Project;
use redis_client_xtask::node::{self, Node};
use redis_client_xtask::python::{self, Python};
use serde_json::{Value, json};

use crate::service::Service;
use crate::verdicts;

fn project() -> Project {
    Project::of_this_repository()
}

fn python() -> Python {
    python::find(&project(), &mut |_| ()).expect("Python with its packages")
}

fn node() -> Node {
    node::find(&project(), &mut |_| ()).expect("Node with its packages")
}

fn in_tests(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The Python package as pip installs it, in a directory of this test.
fn installed() -> tempfile::TempDir {
    let directory = tempfile::Builder::new()
        .prefix("installed-")
        .tempdir_in(project().target())
        .unwrap();
    python()
        .install(&project().bindings().join("python"), directory.path())
        .unwrap();
    directory
}

/// The Python package at work.
fn python_service(package: &Path, server: &RedisServer, words: &[&str]) -> Service {
    let mut command = python().script(in_tests("python/schemas_service.py"));
    command.arg(package).arg(server.url()).args(words);
    Service::start(command)
}

/// The TypeScript package at work.
fn node_service(server: &RedisServer, words: &[&str]) -> Service {
    let mut command = node().script(in_tests("node/service.mjs"));
    command
        .arg(project().bindings().join("typescript"))
        .arg(server.url())
        .args(words);
    Service::start(command)
}

/// Runs a command and returns what it printed, if it succeeded.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_language_reads_what_every_language_publishes() {
    let server = RedisServer::start();
    let package = installed();
    let events = examples::events().unwrap();
    let count = (3 * events.len()).to_string();
    let mut listeners = [
        python_service(package.path(), &server, &["listen", &count]),
        node_service(&server, &["listen", &count]),
    ];
    for listener in &mut listeners {
        assert_eq!(listener.answer()["ready"], true);
    }
    let client = RedisClient::from_url(&server.url()).unwrap();
    let mut subscriber = EventSubscriber::<AnyEvent>::subscribe(&client).await.unwrap();

    let publisher = EventPublisher::new(&client).unwrap();
    for example in &events {
        let receipt = examples::publish(&publisher, &example.event).unwrap();
        assert!(receipt.await.unwrap().is_delivered());
    }
    let mut publishers = [
        python_service(package.path(), &server, &["publish"]),
        node_service(&server, &["publish"]),
    ];
    for publisher in &mut publishers {
        for example in &events {
            // Both listeners and the subscriber here.
            assert_eq!(publisher.ask(&example.line)["receivers"], 3, "{}", example.place);
        }
    }
    for round in 0..3 {
        for example in &events {
            for listener in &mut listeners {
                let answer = listener.answer();
                assert_eq!(
                    answer["payload"], example.line,
                    "round {round}, {}",
                    example.place
                );
                assert_eq!(answer["channel"], answer["own_channel"], "{}", example.place);
            }
            let patience = std::time::Duration::from_secs(20);
            let received = tokio::time::timeout(patience, subscriber.next())
                .await
                .expect("a message");
            match received.expect("the stream goes on") {
                Received::Event(event) => {
                    assert_eq!(event, example.event, "round {round}, {}", example.place);
                }
                other => panic!("round {round}, {}: {other:?}", example.place),
            }
        }
    }
}

#[test]
fn every_language_finds_the_keys_of_every_other() {
    let server = RedisServer::start();
    let package = installed();
    let mut services = [
        python_service(package.path(), &server, &["keys"]),
        node_service(&server, &["keys"]),
    ];
    let quote = |symbol: &str| {
        format!(
            r#"{{"symbol":"{symbol}","bid":"187.430","ask":"1E+2","mid":"-0.5","bid_size":300,"timestamp":"2025-01-17T14:30:00.123456789Z","exchange":null}}"#
        )
    };
    let symbols = ["BRK.B", "BTC/USD", "ES=F", "^GSPC"];
    for (index, symbol) in symbols.iter().enumerate() {
        let question = json!({"set": quote(symbol)}).to_string();
        let answer = services[index % 2].ask(&question);
        assert_eq!(
            answer["key"],
            redis_client::RedisKeys::price(*symbol).unwrap().to_string()
        );
    }
    for service in &mut services {
        for symbol in symbols {
            let answer = service.ask(&json!({"get": symbol}).to_string());
            assert_eq!(answer["value"], quote(symbol));
            assert!((290..=300).contains(&answer["ttl"].as_i64().unwrap()), "{answer}");
        }
        let mut sorted = symbols;
        sorted.sort_unstable();
        assert_eq!(
            service.ask(&json!({"scan": null}).to_string())["symbols"],
            json!(sorted)
        );
    }
}

#[test]
fn the_python_package_passes_the_strict_type_checker() {
    let package = installed();
    let cache = package.path().join("mypy-cache");
    let mut command = python().script("-m");
    command
        .args(["mypy", "--strict", "--no-incremental", "--cache-dir"])
        .arg(cache)
        .arg(package.path().join("redis_client_schemas"));
    let said = output(&mut command);
    assert!(said.contains("no issues found"), "{said}");
    assert!(package.path().join("redis_client_schemas/py.typed").is_file());

    // The example of the README, as a user copies it.
    let example = package.path().join("readme.py");
    fs::write(&example, example_of("python", "```python\n")).unwrap();
    let mut command = python().script("-m");
    command
        .args(["mypy", "--strict", "--no-incremental", "--cache-dir"])
        .arg(package.path().join("mypy-cache"))
        .arg(&example)
        .current_dir(package.path());
    let said = output(&mut command);
    assert!(said.contains("no issues found in 1 source file"), "{said}");
}

/// The example in the README of a package.
fn example_of(package: &str, fence: &str) -> String {
    let readme = fs::read_to_string(project().bindings().join(package).join("README.md")).unwrap();
    let (_, example) = readme.split_once(fence).expect("the README shows an example");
    example.split_once("```").unwrap().0.to_owned()
}

/// The schema that a Rust type carries.
fn schema<T: JsonSchema>() -> Value {
    T::json_schema(&mut SchemaGenerator::default()).into()
}

#[test]
fn models_do_what_pydantic_does_and_carry_their_schema() {
    let habits = |package: PathBuf, case: &str| -> Value {
        let mut command = python().script(in_tests("python/habits.py"));
        serde_json::from_str(&output(command.arg(package).arg(case))).unwrap()
    };
    for case in ["drawing_board", "survey_points"] {
        let (directory, _) = other_package(case);
        habits(directory.path().join("python/src"), case);
    }
    let python = habits(project().bindings().join("python/src"), "events");
    let mut command = node().script(in_tests("node/schemas.mjs"));
    let typescript = output(command.arg(project().bindings().join("typescript")));
    let typescript: Value = serde_json::from_str(&typescript).unwrap();
    let models = [
        ("SignalEvent", schema::<SignalEvent>()),
        ("OrderEvent", schema::<OrderEvent>()),
        ("PositionEvent", schema::<PositionEvent>()),
        ("PriceUpdateEvent", schema::<PriceUpdateEvent>()),
        ("Quote", schema::<Quote>()),
    ];
    for (name, rust) in &models {
        assert_eq!(python[name], *rust, "{name}");
        assert_eq!(typescript[name], *rust, "{name}");
    }
    assert_eq!(python.as_object().unwrap().len(), models.len());
    let others = [
        ("Action", schema::<Action>()),
        ("StrategyScope", schema::<StrategyScope>()),
        ("SymbolType", schema::<Symbol>()),
    ];
    for (name, rust) in others {
        assert_eq!(typescript[name], rust, "{name}");
    }
}

/// The packages of a case of the snapshots, of schemas that use more of the dialect than ours do.
fn other_package(case: &str) -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let schemas = in_tests(&format!("../xtask/testdata/codegen/{case}/schemas"));
    let words = ["xtask", "codegen", "--schemas"].map(Into::into);
    let more = [schemas.into_os_string(), "--out".into(), directory.path().into()];
    let status = redis_client_xtask::run(words.into_iter().chain(more), &project());
    assert_eq!(status, std::process::ExitCode::SUCCESS);
    let scripts = directory.path().join("typescript/src");
    (directory, scripts)
}

#[test]
fn packages_of_other_schemas_pass_the_strict_checkers() {
    for case in ["drawing_board", "survey_points"] {
        passes_the_strict_checkers(case);
    }
}

fn passes_the_strict_checkers(case: &str) {
    let (directory, scripts) = other_package(case);
    let mut command = python().script("-m");
    command
        .args(["mypy", "--strict", "--no-incremental", "--cache-dir"])
        .arg(directory.path().join("mypy-cache"))
        .arg(directory.path().join("python/src/redis_client_schemas"));
    let said = output(&mut command);
    assert!(said.contains("no issues found"), "{said}");
    let files: Vec<PathBuf> = fs::read_dir(scripts)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let with = |ending: &str| -> Vec<PathBuf> {
        let name = |path: &PathBuf| path.to_string_lossy().ends_with(ending);
        files.iter().filter(|path| name(path)).cloned().collect()
    };
    compile(&with(".d.ts"), &[]);
    compile(&with(".js"), &["--allowJs", "--checkJs"]);
}

/// Runs the strict compiler of TypeScript, without output.
fn compile(files: &[PathBuf], more: &[&str]) {
    let node = node();
    let mut command = node.script(node.packages().join("typescript/bin/tsc"));
    command
        .args([
            "--strict",
            "--noEmit",
            "--noUncheckedIndexedAccess",
            "--exactOptionalPropertyTypes",
        ])
        .args([
            "--module",
            "nodenext",
            "--target",
            "es2022",
            "--lib",
            "es2024,dom",
            "--types",
            "",
        ])
        .args(more)
        .args(files);
    output(&mut command);
}

#[test]
fn the_typescript_package_passes_the_strict_compiler() {
    // A program that must compile, with lines in it that must not.
    compile(&[in_tests("node/program.ts")], &[]);
    // The example of the README, in a folder that has the package.
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("node_modules")).unwrap();
    let package = project().bindings().join("typescript");
    std::os::unix::fs::symlink(package, folder.path().join("node_modules/redis-client-schemas")).unwrap();
    fs::write(folder.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
    let example = folder.path().join("readme.ts");
    fs::write(&example, example_of("typescript", "```typescript\n")).unwrap();
    compile(&[example], &[]);
    // And the scripts themselves, by the types they state.
    let mut scripts: Vec<PathBuf> = fs::read_dir(project().bindings().join("typescript/src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .collect();
    scripts.sort();
    assert!(scripts.len() >= 7, "{scripts:?}");
    compile(&scripts, &["--allowJs", "--checkJs"]);
}

#[test]
fn the_official_parser_takes_the_asyncapi_document() {
    let mut command = node().script(in_tests("node/asyncapi.mjs"));
    let said = output(command.arg(project().schemas().join("asyncapi.yaml")));
    let mut lines: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let counts = lines.pop().unwrap();
    assert_eq!(counts, json!({"channels": 4, "messages": 4}));
    for line in &lines {
        // 0 is an error, 1 a warning; what is left is advice.
        assert!(line["severity"].as_u64().unwrap() >= 2, "{line}");
    }
}

#[test]
fn the_examples_of_the_catalogue_are_valid() {
    let text = fs::read_to_string(project().schemas().join("CATALOGUE.md")).unwrap();
    let types = verdicts::types();
    let (mut heading, mut example, mut checked) = ("", None, 0);
    for line in text.lines() {
        if let Some(found) = line.strip_prefix("### ") {
            heading = found;
        } else if line == "```json" {
            example = Some(String::new());
        } else if line == "```" {
            let example = example.take().unwrap();
            let (judge, _) = types.get(heading).unwrap_or_else(|| panic!("no type {heading}"));
            judge(example.as_bytes()).unwrap_or_else(|error| panic!("{heading}: {error}: {example}"));
            checked += 1;
        } else if let Some(example) = &mut example {
            example.push_str(line);
        }
    }
    assert!(checked >= 10, "only {checked} examples");
}
