//! `cargo xtask tidy`: the rules of this repository that no compiler knows, checked on its text.
//!
//! Prose rots where nobody looks: a code map names files that moved, a layer reaches into another, a blocking twin is
//! forgotten. Each rule here is a function from the [`Tree`] to its findings, in `tidy/documents.rs` for prose,
//! in `tidy/examples.rs` for examples and in `tidy/source.rs` for Rust; [`CHECKS`] is the list of them. All findings are
//! reported at once, with file, line and what to do. What a rule cannot judge by text stays a matter of review, and `ARCHITECTURE.md` says which that is.

mod documents;
mod examples;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::Project;
use crate::debian::execute;
use crate::run::note;

/// The rules, by name.
const CHECKS: [(&str, Check); 16] = [
    ("module heads", source::module_heads),
    ("layers", source::layers),
    ("redis-rs behind its files", source::redis_rs),
    ("no clock in the worker", source::worker),
    ("owed comments", source::owed_comments),
    ("generated code", source::generated),
    ("blocking twins", source::twins),
    ("public items have examples", examples::shown),
    ("examples run", examples::run),
    ("architecture", documents::architecture),
    ("links", documents::links),
    ("mirrors", documents::mirrors),
    ("changelog", documents::changelog),
    ("decisions", documents::decisions),
    ("machine paths and registries", documents::foreign_names),
    ("locked sources", documents::locked_sources),
];

type Check = fn(&Tree) -> Vec<Finding>;

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    path: String,
    /// From 1; 0 when the whole file is meant.
    line: usize,
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

/// The text files of the repository by path from its root, with `/` on every system.
#[derive(Debug, Default)]
struct Tree {
    files: BTreeMap<String, String>,
    /// Texts that name this machine: where the repository lies.
    machine: Vec<String>,
}

impl Tree {
    fn read(root: &Path) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        for path in paths(root)? {
            // A file that was deleted but not yet committed is not there; one that is no text has no rules.
            if let Ok(text) = fs::read_to_string(root.join(&path)) {
                files.insert(path, text);
            }
        }
        let absolute = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        // A checkout directly below / has a name too common to look for.
        let machine = (absolute.components().count() > 2).then(|| absolute.display().to_string());
        Ok(Self {
            files,
            machine: machine.into_iter().collect(),
        })
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether `path` is a file or a directory with files.
    fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let below = format!("{path}/");
        self.files.contains_key(path)
            || self
                .files
                .range(below.clone()..)
                .next()
                .is_some_and(|(file, _)| file.starts_with(&below))
    }

    fn with_extension<'t>(&'t self, extension: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.files
            .iter()
            .filter(move |(path, _)| {
                Path::new(path.as_str())
                    .extension()
                    .is_some_and(|ending| ending == extension)
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    fn below<'t>(&'t self, prefix: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.with_extension("rs")
            .filter(move |(path, _)| path.starts_with(prefix))
    }
}

/// Runs `cargo xtask tidy`.
pub(crate) fn run(project: &Project) -> ExitCode {
    match check(project) {
        Ok(()) => {
            note(&format!("tidy: {} rules hold", CHECKS.len()));
            ExitCode::SUCCESS
        }
        Err(reason) => {
            note(&format!("error: {reason}"));
            ExitCode::FAILURE
        }
    }
}

/// Checks all rules and prints every finding.
pub(crate) fn check(project: &Project) -> Result<(), String> {
    let tree = Tree::read(project.root())?;
    let mut count = 0;
    for (rule, check) in CHECKS {
        for Finding { path, line, message } in check(&tree) {
            count += 1;
            let place = if line == 0 { path } else { format!("{path}:{line}") };
            note(&format!("{place}: {message} ({rule})"));
        }
    }
    if count == 0 {
        Ok(())
    } else {
        Err(format!("{count} places break a rule of this repository"))
    }
}

/// What git tracks or would track; without git, everything but build output.
fn paths(root: &Path) -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    git.current_dir(root)
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
    match execute(&mut git, "git ls-files") {
        Ok(list) if !list.is_empty() => Ok(list
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect()),
        _ => {
            let mut found = Vec::new();
            walk(root, Path::new(""), &mut found)
                .map_err(|error| format!("cannot read the tree: {error}"))?;
            Ok(found)
        }
    }
}

fn walk(root: &Path, below: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    const BUILT: [&str; 4] = [".git", "target", "node_modules", "__pycache__"];
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let path: PathBuf = below.join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.file_type()?.is_dir() {
            found.push(
                path.components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/"),
            );
        } else if !BUILT.contains(&name.as_str()) {
            walk(root, &path, found)?;
        }
    }
    Ok(())
}

/// Whether `text` holds `word`, and not as a part of a longer name.
fn names_word(text: &str, word: &str) -> bool {
    let part_of_a_word = |character: char| character.is_alphanumeric() || "_-".contains(character);
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part_of_a_word) && !after.is_some_and(part_of_a_word)
    })
}

/// FNV-1a with 64 bits: enough to notice that a file changed, and nothing to depend on.
fn fnv1a64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree of `(path, text)`.
    pub(super) fn tree(files: &[(&str, &str)]) -> Tree {
        let files = files
            .iter()
            .map(|&(path, text)| (path.to_owned(), text.to_owned()))
            .collect();
        Tree {
            files,
            machine: vec!["/srv/checkout/redis".to_owned()],
        }
    }

    /// The places that a rule finds, as `path:line`.
    pub(super) fn places(check: Check, files: &[(&str, &str)]) -> Vec<String> {
        check(&tree(files))
            .into_iter()
            .map(|finding| format!("{}:{}", finding.path, finding.line))
            .collect()
    }

    #[test]
    fn a_directory_exists_when_it_has_files() {
        let tree = tree(&[("a/b/c.rs", ""), ("a.b/c", "")]);
        for (path, expected) in [
            ("a", true),
            ("a/b/", true),
            ("a/b/c.rs", true),
            ("a/c", false),
            ("b", false),
        ] {
            assert_eq!(tree.exists(path), expected, "{path}");
        }
    }

    #[test]
    fn the_hash_is_fnv1a() {
        // From the reference table of its authors.
        assert_eq!(fnv1a64(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a64(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn without_git_the_tree_is_walked() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("src/target")).unwrap();
        fs::write(dir.path().join("src/lib.rs"), "x").unwrap();
        fs::write(dir.path().join("src/target/built.rs"), "x").unwrap();
        let tree = Tree::read(dir.path()).unwrap();
        assert_eq!(tree.files.keys().collect::<Vec<_>>(), ["src/lib.rs"]);
    }
}
