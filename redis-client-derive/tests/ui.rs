//! Each rule a user can break, with the exact message; each word in a case that passes.

use std::io::Write as _;

/// The compiler words some of the messages, so they are compared on one release: the `rust-version` of the workspace.
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass_*.rs");
    if is_rust_version() {
        for area in [
            "event", "template", "key", "set", "word", "object", "newtype", "texts", "tuple", "union",
        ] {
            cases.compile_fail(format!("tests/ui/{area}_*.rs"));
        }
    } else {
        // Past the capture of a test that passes: silence would look like a comparison.
        let notice = concat!(
            "exact messages were not compared: the compiler is not Rust ",
            env!("CARGO_PKG_RUST_VERSION"),
            "\n"
        );
        std::io::stderr().write_all(notice.as_bytes()).unwrap();
    }
}

fn is_rust_version() -> bool {
    let version = std::process::Command::new("rustc").arg("--version").output();
    let version = version
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    version.contains(concat!(" ", env!("CARGO_PKG_RUST_VERSION"), "."))
}

/// Every file of `tests/ui` belongs to an area above, so none is left out.
#[test]
fn every_case_is_run() {
    let areas = [
        "pass", "event", "template", "key", "set", "word", "object", "newtype", "texts", "tuple", "union",
    ];
    for entry in std::fs::read_dir("tests/ui").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let area = name.split('_').next().unwrap_or_default();
        assert!(areas.contains(&area), "{name}");
    }
}
