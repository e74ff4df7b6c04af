//! The demo itself, started as a person in a pipe would: it must succeed, say so plainly, and leave nothing behind.

use std::process::Command;

use redis_client_tests::examples;

#[test]
fn the_demo_loses_reorders_and_doubles_nothing() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{text}{errors}");
    assert!(!text.contains('\x1b'), "a pipe gets plain text:\n{text}");
    let summary = text.lines().last().unwrap();
    let count = examples::events().unwrap().len();
    for fact in [
        format!("sent {count} "),
        format!("received {count} "),
        "in order yes".to_owned(),
        "missing 0 ".to_owned(),
        "duplicates 0 ".to_owned(),
    ] {
        assert!(summary.contains(&fact), "{fact} is not in: {summary}");
    }
    assert!(
        !summary.contains("buffered 0 "),
        "nothing went through the buffer: {summary}"
    );
}
