//! Rules about prose: what documents name must exist, and what mirrors code must follow it.

use std::collections::BTreeMap;

use super::{Finding, Tree, fnv1a64, names_word};

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const WAL_FORMAT: &str = "docs/wal-format.md";

/// Crates whose top-level modules the code map names.
const CRATES: [&str; 4] = ["redis-client", "redis-client-derive", "xtask", "tests"];

/// Sources that a document describes byte by byte, and that exist only with it.
const MIRRORED: [&str; 3] = [
    "redis-client/src/buffer/record.rs",
    "redis-client/src/buffer/segment.rs",
    "redis-client/src/buffer/cursor.rs",
];

/// Each path in `ARCHITECTURE.md` exists, and each top-level module of each crate is named there, between backticks:
/// a word of prose may mean something else.
pub(super) fn architecture(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.get(ARCHITECTURE) else {
        return vec![Finding::new(
            ARCHITECTURE,
            0,
            "is missing: it is the map of the code",
        )];
    };
    let mut findings = Vec::new();
    for (number, line) in numbered(text) {
        for path in code_spans(line).filter(|code| is_path(code)).flat_map(expand) {
            let bases = [String::new()]
                .into_iter()
                .chain(CRATES.iter().map(|base| format!("{base}/src/")));
            if !bases
                .into_iter()
                .any(|base| tree.exists(&format!("{base}{path}")))
            {
                findings.push(Finding::new(
                    ARCHITECTURE,
                    number,
                    format!("`{path}` does not exist"),
                ));
            }
        }
    }
    for base in CRATES {
        let prefix = format!("{base}/src/");
        let mut modules: Vec<&str> = tree
            .below(&prefix)
            .filter_map(|(path, _)| path.strip_prefix(&prefix))
            .map(|path| path.split('/').next().unwrap_or(path).trim_end_matches(".rs"))
            .filter(|module| !["lib", "main", "bin"].contains(module))
            .collect();
        modules.dedup();
        for module in modules.into_iter().filter(|module| {
            !text
                .lines()
                .flat_map(code_spans)
                .any(|span| names_word(span, module))
        }) {
            findings.push(Finding::new(
                ARCHITECTURE,
                0,
                format!("does not mention the module `{module}` of {base}"),
            ));
        }
    }
    findings
}

/// Each relative link in a Markdown file leads to something.
pub(super) fn links(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.with_extension("md") {
        let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
        for (number, line) in numbered(text) {
            for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let target = target.split(['#', ' ']).next().unwrap_or(target);
                if target.is_empty() || target.contains(':') {
                    continue;
                }
                if resolve(dir, target).is_none_or(|resolved| !tree.exists(&resolved)) {
                    findings.push(Finding::new(
                        path,
                        number,
                        format!("the link to `{target}` leads nowhere"),
                    ));
                }
            }
        }
    }
    findings
}

/// `Mirrors: path fnv1a64:hex` in a document holds the hash of that file, so that nobody changes the file without
/// reading what the document says about it.
pub(super) fn mirrors(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut mirrored = Vec::new();
    for (path, text) in tree
        .with_extension("md")
        .filter(|(path, _)| path.starts_with("docs/"))
    {
        for (number, line) in numbered(text) {
            let Some((_, rest)) = line.split_once("Mirrors:") else {
                continue;
            };
            let mut words = rest.split_whitespace().map(|word| word.trim_matches('`'));
            let (source, hash) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            match tree.get(source) {
                None => findings.push(Finding::new(
                    path,
                    number,
                    format!("mirrors `{source}`, which does not exist"),
                )),
                Some(code) => {
                    mirrored.push(source);
                    let current = format!("fnv1a64:{:016x}", fnv1a64(code.as_bytes()));
                    if hash != current {
                        let advice = format!(
                            "`{source}` has changed: read whether this page still says what it does, then write `Mirrors: {source} {current}`"
                        );
                        findings.push(Finding::new(path, number, advice));
                    }
                }
            }
        }
    }
    for source in MIRRORED
        .iter()
        .filter(|source| tree.exists(source) && !mirrored.contains(source))
    {
        findings.push(Finding::new(
            WAL_FORMAT,
            0,
            format!("has no line `Mirrors: {source} fnv1a64:...`"),
        ));
    }
    findings
}

/// The version of the workspace has a heading in the changelog.
pub(super) fn changelog(tree: &Tree) -> Vec<Finding> {
    let version = tree.get("Cargo.toml").and_then(|manifest| {
        let package = manifest.split("[workspace.package]").nth(1)?;
        let line = package
            .lines()
            .find(|line| line.trim_start().starts_with("version"))?;
        line.split('"').nth(1)
    });
    let Some(version) = version else {
        return vec![Finding::new(
            "Cargo.toml",
            0,
            "has no version under [workspace.package]",
        )];
    };
    let has_heading = |text: &str| {
        text.lines()
            .any(|line| line.starts_with("## ") && line.contains(version))
    };
    if tree.get("CHANGELOG.md").is_some_and(has_heading) {
        return Vec::new();
    }
    vec![Finding::new(
        "CHANGELOG.md",
        0,
        format!("has no heading for the current version, `## {version}`"),
    )]
}

/// Decisions are numbered once, and their heading carries the number.
pub(super) fn decisions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let pages = tree
        .with_extension("md")
        .filter(|(path, _)| path.starts_with("docs/decisions/"));
    for (path, text) in pages.filter(|(path, _)| !path.ends_with("/README.md")) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let number = name
            .get(..4)
            .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(number) = number.filter(|_| name.get(4..5) == Some("-")) else {
            findings.push(Finding::new(path, 0, "is not named NNNN-what-was-decided.md"));
            continue;
        };
        if let Some(other) = seen.insert(number, path) {
            findings.push(Finding::new(path, 0, format!("has the number of {other}")));
        }
        if !text.starts_with(&format!("# {number}: ")) {
            findings.push(Finding::new(
                path,
                1,
                format!("does not begin with `# {number}: ` and what was decided"),
            ));
        }
    }
    findings
}

/// No file names this machine or the hosts that packages happen to be fetched from: both change under a reader's feet.
pub(super) fn foreign_names(tree: &Tree) -> Vec<Finding> {
    const HOSTS: [&str; 9] = [
        "index.crates.io",
        "static.crates.io",
        "pypi.org",
        "pythonhosted.org",
        "registry.npmjs.org",
        "registry.yarnpkg.com",
        "deb.debian.org",
        "archive.ubuntu.com",
        "security.debian.org",
    ];
    const PLACES: [&str; 4] = ["/home/", "/root/", "/Users/", "/work/"];
    let mut findings = Vec::new();
    // This file has to name what it forbids.
    for (path, text) in tree
        .files
        .iter()
        .filter(|(path, _)| path.as_str() != "xtask/src/tidy/documents.rs")
    {
        for (number, line) in numbered(text) {
            for host in HOSTS.iter().filter(|host| line.contains(**host)) {
                findings.push(Finding::new(
                    path,
                    number,
                    format!("names the package host `{host}`"),
                ));
            }
            let machine = tree.machine.iter().map(String::as_str);
            for place in machine.chain(PLACES).filter(|place| begins_a_path(line, place)) {
                findings.push(Finding::new(
                    path,
                    number,
                    format!("names a place on one machine, `{place}`"),
                ));
            }
        }
    }
    findings
}

/// Each locked package of a committed `Cargo.lock` comes from the one public registry.
pub(super) fn locked_sources(tree: &Tree) -> Vec<Finding> {
    const SOURCE: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let locks = tree
        .with_extension("lock")
        .filter(|(path, _)| path.ends_with("Cargo.lock"));
    locks
        .flat_map(|(path, text)| {
            let sources = numbered(text).filter(|(_, line)| line.starts_with("source = ") && *line != SOURCE);
            sources.map(move |(number, line)| Finding::new(path, number, format!("an unexpected `{line}`")))
        })
        .collect()
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line))
}

/// Whether a piece of code in prose is a path of this repository: no command, pattern or address.
fn is_path(code: &str) -> bool {
    let plain = code
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_./{},".contains(&byte));
    let looks = code.contains('/')
        || [".rs", ".md", ".toml"]
            .iter()
            .any(|ending| code.ends_with(ending));
    plain && looks && !code.starts_with(['/', '.', '{']) && !code.starts_with("target/")
}

/// `a/{b,c}.rs` as `a/b.rs` and `a/c.rs`.
fn expand(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let Some((choices, after)) = rest.split_once('}') else {
        return vec![path.to_owned()];
    };
    choices
        .split(',')
        .flat_map(|choice| expand(&format!("{before}{choice}{after}")))
        .collect()
}

fn resolve(dir: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = dir.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// What stands between backticks in a line.
fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    // The odd pieces.
    line.split('`').skip(1).step_by(2)
}

fn begins_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|character| character.is_alphanumeric() || "_-./}$:".contains(character))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::places;
    use super::*;

    #[test]
    fn the_code_map_must_name_what_there_is_and_only_that() {
        let files = [
            (
                ARCHITECTURE,
                "`redis-client/src/{lib,event}.rs` and `client/`\n`redis-client/src/gone.rs`, `a * b/c`, `/x/y`, any format",
            ),
            ("redis-client/src/lib.rs", ""),
            ("redis-client/src/event.rs", ""),
            ("redis-client/src/client/mod.rs", ""),
            ("redis-client/src/eventual.rs", ""),
            ("redis-client/src/format.rs", ""),
        ];
        assert_eq!(
            places(architecture, &files),
            ["ARCHITECTURE.md:2", "ARCHITECTURE.md:0", "ARCHITECTURE.md:0"]
        );
        assert_eq!(places(architecture, &[]), ["ARCHITECTURE.md:0"]);
    }

    #[test]
    fn links_must_lead_somewhere() {
        let files = [
            (
                "docs/a.md",
                "[b](b.md#part) [up](../README.md) [web](https://example.org) [here](#x)\n[no](c.md)",
            ),
            ("docs/b.md", "[out](../../x.md)"),
            ("README.md", "[dir](docs/)"),
        ];
        assert_eq!(places(links, &files), ["docs/a.md:2", "docs/b.md:1"]);
    }

    #[test]
    fn a_mirror_follows_its_source() {
        let source = "redis-client/src/buffer/record.rs";
        let good = format!("Mirrors: `{source}` fnv1a64:{:016x}\n", fnv1a64(b"one"));
        assert_eq!(
            places(mirrors, &[(WAL_FORMAT, &good), (source, "one")]),
            Vec::<String>::new()
        );
        assert_eq!(
            places(mirrors, &[(WAL_FORMAT, &good), (source, "two")]),
            ["docs/wal-format.md:1"]
        );
        assert_eq!(places(mirrors, &[(WAL_FORMAT, &good)]), ["docs/wal-format.md:1"]);
        assert_eq!(places(mirrors, &[(source, "one")]), ["docs/wal-format.md:0"]);
    }

    #[test]
    fn the_changelog_has_the_current_version() {
        let manifest = ("Cargo.toml", "[workspace.package]\nversion = \"1.2.3\"\n");
        assert!(places(changelog, &[manifest, ("CHANGELOG.md", "## 1.2.3 (2026)\n")]).is_empty());
        assert_eq!(
            places(changelog, &[manifest, ("CHANGELOG.md", "## 1.2.2\n1.2.3\n")]),
            ["CHANGELOG.md:0"]
        );
        assert_eq!(places(changelog, &[]), ["Cargo.toml:0"]);
    }

    #[test]
    fn decisions_are_numbered_once() {
        let files = [
            ("docs/decisions/0001-a.md", "# 0001: A"),
            ("docs/decisions/0001-b.md", "# 0001: B"),
            ("docs/decisions/0002-c.md", "# C"),
            ("docs/decisions/README.md", "# All"),
            ("docs/decisions/later.md", "# Later"),
        ];
        let expected = [
            "docs/decisions/0001-b.md:0",
            "docs/decisions/0002-c.md:1",
            "docs/decisions/later.md:0",
        ];
        assert_eq!(places(decisions, &files), expected);
    }

    #[test]
    fn no_file_names_a_machine_or_a_package_host() {
        let files = [
            (
                "a.rs",
                "let p = \"/srv/checkout/redis/x\";\nlet q = \"https://example.org/home/x\";",
            ),
            ("b.json", "\n{\"resolved\": \"https://registry.npmjs.org/x\"}"),
            ("c.md", "see /home/me/x"),
        ];
        assert_eq!(places(foreign_names, &files), ["a.rs:1", "b.json:2", "c.md:1"]);
    }

    #[test]
    fn packages_come_from_one_registry() {
        let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nsource = \"git+https://example.org\"\n";
        assert_eq!(
            places(locked_sources, &[("x/Cargo.lock", lock)]),
            ["x/Cargo.lock:2"]
        );
    }
}
