//! What `cargo xtask compat` says, as a command: of changes, of what it cannot know, and of schemas and lists that are wrong.

use std::path::Path;
use std::process::Command;

/// What the command prints and how it ends.
fn report(arguments: &[&str], directory: &Path, set_up: impl Fn(&mut Command)) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("compat").args(arguments).current_dir(directory);
    set_up(&mut command);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    format!(
        "{}--- standard error\n{}--- exit status {}\n",
        text(output.stdout),
        text(output.stderr),
        output.status.code().unwrap()
    )
}

/// Where a report is not as it was.
fn changed(case: &Path, got: &str) -> Option<String> {
    let expected = case.join("report.txt");
    let before = std::fs::read_to_string(&expected).unwrap_or_default();
    if got == before {
        return None;
    }
    if crate::updating() {
        std::fs::create_dir_all(case).unwrap();
        std::fs::write(expected, got).unwrap();
        return None;
    }
    Some(format!(
        "--- {}\nexpected:\n{before}\ngot:\n{got}",
        case.display()
    ))
}

#[test]
fn comparisons_are_reported_as_they_were() {
    let cases = crate::cases("compat")
        .into_iter()
        .filter(|case| case.join("old").is_dir());
    let changes =
        cases.filter_map(|case| changed(&case, &report(&["--old", "old", "--new", "new"], &case, |_| {})));
    let changes: Vec<String> = changes.collect();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

#[test]
fn revisions_that_cannot_be_read_are_reported_as_they_were() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
        let status = Command::new("git")
            .args(who)
            .args(arguments)
            .current_dir(path)
            .status()
            .unwrap();
        assert!(status.success(), "{arguments:?}");
    };
    std::fs::create_dir(path.join("schemas")).unwrap();
    std::fs::write(path.join("schemas/notes.txt"), "none yet\n").unwrap();
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    std::fs::write(path.join("schemas/a.schema.json"), "{ \"type\": \"string\" }\n").unwrap();
    let against = |revision: &str, set_up: &dyn Fn(&mut Command)| {
        report(&["--against", revision, "--new", "schemas"], path, |command| {
            set_up(command);
        })
    };
    let nothing = against("HEAD", &|_| {});
    let absent = std::io::Error::from_raw_os_error(2).to_string();
    let no_git = against("HEAD", &|command| {
        command.env("PATH", path);
    });
    // Git has words of its own.
    let nowhere = against("nowhere", &|_| {});
    let nowhere: String = nowhere
        .lines()
        .map(|line| match line.split_once("cannot be read: ") {
            Some((before, _)) => format!("{before}cannot be read: <what git says>\n"),
            None => format!("{line}\n"),
        })
        .collect();
    let all = [nothing, nowhere, no_git.replace(&absent, "<no such file>")].join("\n");
    let case = crate::testdata("compat").join("made_revisions");
    assert_eq!(changed(&case, &all), None);
}
