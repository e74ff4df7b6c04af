//! Another workspace uses all of it: schemas of its own, an `xtask` of a few lines, an event and a key that no schema
//! describes. It is copied to a fresh directory, generated, built offline against this repository, and run on a real server.
//!
//! Its files are in `harbour/` beside this one; `docs/another-workspace.md` explains them.

#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use std::path::Path;
use std::process::{Command, Output};

use redis_client_tests::RedisServer;
use redis_client_xtask::Project;

fn copy(from: &Path, to: &Path, repository: &str) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target, repository);
        } else {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            std::fs::write(target, text.replace("REPOSITORY", repository)).unwrap();
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_fresh_workspace_generates_builds_publishes_and_reads_back() {
    let project = Project::of_this_repository();
    let repository = project.root();
    let directory = tempfile::tempdir().unwrap();
    let workspace = directory.path();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/another_workspace/harbour");
    copy(&files, workspace, repository.to_str().unwrap());
    // The versions that are known here, so that nothing has to be fetched.
    std::fs::copy(repository.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    // Built once per checkout, like everything else below `target/`.
    let target = project.target().join("another-workspace");
    let cargo = |arguments: &[&str]| -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .current_dir(workspace)
            .output()
            .unwrap()
    };
    let xtask = |words: &[&str]| -> Output {
        let built = cargo(&["build", "--quiet", "--package", "xtask"]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        Command::new(target.join("debug/xtask"))
            .args(words)
            .current_dir(workspace)
            .output()
            .unwrap()
    };

    let written = xtask(&["codegen"]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    for file in [
        "harbour/src/generated/mod.rs",
        "bindings/python/pyproject.toml",
        "bindings/typescript/package.json",
        "schemas/asyncapi.yaml",
        "schemas/CATALOGUE.md",
    ] {
        assert!(workspace.join(file).is_file(), "{file}");
    }
    assert!(xtask(&["codegen", "--check"]).status.success());

    let built = cargo(&["build", "--quiet", "--package", "harbour"]);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let server = RedisServer::start();
    let ran = Command::new(target.join("debug/harbour"))
        .env("REDIS_URL", server.url())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    assert_eq!(
        text(&ran.stdout),
        "heard Tide(TideEvent { port: Port(\"dover\"), centimetres: 680 })\n\
         heard Storm(StormWarning { port: Port(\"dover\"), force: 9 })\n\
         level TideEvent { port: Port(\"dover\"), centimetres: 680 }\n\
         berth Endeavour of berth:*:*\n"
    );
    // What anybody else finds there.
    let stored: String = redis::cmd("GET")
        .arg("level:dover")
        .query(&mut server.redis())
        .unwrap();
    assert_eq!(
        stored,
        r#"{"event_type":"tide.turned","port":"dover","centimetres":680}"#
    );

    // The next change of a schema is judged there as well.
    let keys = workspace.join("schemas/keys.schema.json");
    let before = workspace.join("before");
    copy(&workspace.join("schemas"), &before, "");
    let changed = std::fs::read_to_string(&keys).unwrap().replace("3600", "60");
    std::fs::write(&keys, changed).unwrap();
    let judged = xtask(&["compat", "--old", "before"]);
    assert_eq!(judged.status.code(), Some(1), "{}", text(&judged.stderr));
    assert!(
        text(&judged.stdout).contains("lifetime-changed"),
        "{}",
        text(&judged.stdout)
    );
}
