//! Schemas of an earlier revision, read from git's objects: the work tree is not touched.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::codegen::diagnostics::{Diagnostic, Diagnostics};
use crate::codegen::load::{self, Reach, Sources};

/// The schemas that a directory, or a single file, held at `revision`.
pub(crate) fn sources(path: &Path, revision: &str, diagnostics: &mut Diagnostics) -> Sources {
    let one_file = !path.is_dir();
    let directory = if one_file {
        path.parent().unwrap_or(path)
    } else {
        path
    };
    let directory = if directory.as_os_str().is_empty() {
        Path::new(".")
    } else {
        directory
    };
    let asked = if one_file {
        Ok(path
            .file_name()
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect())
    } else {
        names(directory, revision)
    };
    match asked {
        Ok(asked) => {
            let text = |name: &str| git(directory, &["show", &format!("{revision}:./{name}")]);
            let reach = if one_file { Reach::Anywhere } else { Reach::Within };
            load::elsewhere(asked, directory, &text, reach, diagnostics)
        }
        Err(reason) => {
            let name = path.file_name().filter(|_| one_file);
            diagnostics.push(Diagnostic::whole_file(
                name.map_or_else(
                    || path.display().to_string(),
                    |name| name.to_string_lossy().into_owned(),
                ),
                format!("the schemas of revision {revision:?} cannot be read: {reason}"),
            ));
            Sources::default()
        }
    }
}

fn names(directory: &Path, revision: &str) -> Result<BTreeSet<String>, String> {
    let listed = git(
        directory,
        &["ls-tree", "-r", "-z", "--name-only", revision, "--", "."],
    )?;
    let names: BTreeSet<String> = listed
        .split('\0')
        .filter(|name| load::is_schema(name))
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        return Err("there are none in this directory".to_owned());
    }
    Ok(names)
}

fn git(directory: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(directory)
        .args(arguments)
        .output()
        .map_err(|error| format!("git does not start: {error}"))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        return Err(message.trim().trim_start_matches("fatal: ").to_owned());
    }
    String::from_utf8(output.stdout).map_err(|_| "the file is not UTF-8".to_owned())
}
