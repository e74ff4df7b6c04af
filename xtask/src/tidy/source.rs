//! Rules about Rust: who may name whom, and what must come in pairs.

use std::collections::BTreeSet;

use super::{Finding, Tree, names_word};

const LIBRARY: &str = "redis-client/src/";

/// What each module of the library may name of the crate; capital letters and macros at the root are review's.
const LAYERS: [(&str, &[&str]); 5] = [
    // Channel name and payload are opaque bytes to the log: it knows no event. Import reads other people's timestamps, and a
    // record notes for how long it is of use.
    ("buffer", &["buffer", "time", "age"]),
    ("client", &["client"]),
    ("cache", &["cache", "client"]),
    ("blocking", &["blocking", "cache", "client"]),
    // The only module that sees both sides.
    ("publisher", &["publisher", "buffer", "client"]),
];

/// Layer 0, which knows nothing above it. Everything but the log may name it, and the superset of errors.
const GROUND: [&str; 18] = [
    "age",
    "key",
    "event",
    "codec",
    "private",
    "__private",
    "validate",
    "pattern",
    "time",
    "decimal",
    "uuid",
    "error",
    "generated",
    "model",
    "features",
    "finite",
    "format",
    "tree",
];

/// The files that may name redis-rs: connecting, commands as values, their errors, and the argument traits of keys.
const REDIS_RS: [&str; 11] = [
    "redis-client/src/client/connection.rs",
    "redis-client/src/client/connection/handshake.rs",
    "redis-client/src/client/connection/link.rs",
    "redis-client/src/client/connection/messages.rs",
    "redis-client/src/client/connection/pipeline.rs",
    "redis-client/src/client/connection/socket.rs",
    "redis-client/src/client/command.rs",
    "redis-client/src/client/error.rs",
    "redis-client/src/private.rs",
    "redis-client/src/key.rs",
    "redis-client/src/lib.rs",
];

/// The files that are compiled into the library: not those that their parent declares under `#[cfg(test)]`.
pub(super) fn library(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.below(LIBRARY).filter(|(path, _)| {
        let (dir, file) = path.rsplit_once('/').unwrap_or(("", path));
        let declared = format!("#[cfg(test)]\nmod {};", file.trim_end_matches(".rs"));
        let parents = [
            format!("{dir}/mod.rs"),
            format!("{dir}/lib.rs"),
            format!("{dir}.rs"),
        ];
        !parents
            .iter()
            .filter_map(|parent| tree.get(parent))
            .any(|text| text.contains(&declared))
    })
}

/// Each module begins with what it promises.
pub(super) fn module_heads(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.with_extension("rs") {
        // Inputs of the generator's and the macros' tests show what users write.
        let is_input = path.contains("/testdata/") || path.contains("/tests/ui/");
        if !is_input && !text.trim_start_matches(['\n', ' ']).starts_with("//!") {
            findings.push(Finding::new(
                path,
                1,
                "has no module head: begin with `//!` and what the module promises",
            ));
        }
    }
    findings
}

/// A module names only those below it.
pub(super) fn layers(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in library(tree) {
        let module = module_of(path);
        let allowed = LAYERS
            .iter()
            .find(|(name, _)| *name == module)
            .map(|(_, allowed)| *allowed);
        let is_ground = GROUND.contains(&module) && !["error", "private", "generated"].contains(&module);
        let Some(allowed) = allowed.or(is_ground.then_some(&[])) else {
            continue;
        };
        for (number, line) in code(text) {
            for (_, rest) in occurrences(line, "crate::") {
                let named: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let is_module =
                    LAYERS.iter().any(|(name, _)| *name == named) || GROUND.contains(&named.as_str());
                let may = allowed.contains(&named.as_str())
                    || (module != "buffer" && GROUND.contains(&named.as_str()));
                if is_module && !may {
                    findings.push(Finding::new(
                        path,
                        number,
                        format!("`{module}` must not know `{named}`"),
                    ));
                }
            }
        }
    }
    findings
}

/// redis-rs is named in few files, so that its next major version is a change of few files.
pub(super) fn redis_rs(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in library(tree).filter(|(path, _)| !REDIS_RS.contains(path)) {
        for (number, line) in code(text) {
            let names = occurrences(line, "redis::").any(|(before, _)| !before.ends_with("r#"));
            if names || line.trim() == "use redis;" {
                findings.push(Finding::new(
                    path,
                    number,
                    format!("names redis-rs, which only {} may", REDIS_RS.join(", ")),
                ));
            }
        }
    }
    findings
}

/// The publisher's worker gets the time as an argument and runs on its caller's thread, so that the simulation decides both.
pub(super) fn worker(tree: &Tree) -> Vec<Finding> {
    const WORKER: &str = "redis-client/src/publisher/worker";
    const NAMES: [&str; 4] = ["Instant", "SystemTime", "UNIX_EPOCH", "thread"];
    let mut findings = Vec::new();
    let mut files = 0;
    for (path, text) in tree.below(WORKER) {
        files += 1;
        for (number, line) in code(text) {
            for name in NAMES.iter().filter(|name| names_word(line, name)) {
                findings.push(Finding::new(
                    path,
                    number,
                    format!("names `{name}`: the time is an argument here, and threads are the callers'"),
                ));
            }
        }
    }
    if files == 0 {
        findings.push(Finding::new(
            WORKER,
            0,
            "is missing: it must name no clock and no thread",
        ));
    }
    findings
}

/// The comments that are owed: why a sync or a rename is there, and what an atomic is ordered with.
pub(super) fn owed_comments(tree: &Tree) -> Vec<Finding> {
    // How far above the line the comment may stand: it often covers the few lines of one step.
    const REACH: usize = 12;
    const ATOMICS: [&str; 5] = [
        "Ordering::Relaxed",
        "Ordering::Acquire",
        "Ordering::Release",
        "Ordering::AcqRel",
        "Ordering::SeqCst",
    ];
    // As the log says it to its storage; `storage.rs` itself only carries it out.
    const STABLE: [&str; 4] = ["disk.rename(", "file.sync()", "opened.sync()", ".sync_folder("];
    const SEAM: &str = "redis-client/src/buffer/storage.rs";
    let mut findings = Vec::new();
    for (path, text) in library(tree).filter(|(path, _)| *path != SEAM) {
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in code(text) {
            for (words, owed) in [(&ATOMICS[..], "// Ordering:"), (&STABLE[..], "// Durability:")] {
                let above = lines
                    .get(number.saturating_sub(1 + REACH)..number)
                    .unwrap_or_default();
                let is_paid = above.iter().any(|line| line.contains(owed));
                if let Some(word) = words
                    .iter()
                    .find(|word| line.contains(**word))
                    .filter(|_| !is_paid)
                {
                    let advice =
                        format!("`{word}` without `{owed}` above it, which says what it is good for");
                    findings.push(Finding::new(path, number, advice));
                }
            }
        }
    }
    findings
}

/// Generated code names the library through its one door.
pub(super) fn generated(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.below("redis-client/src/generated/") {
        for (number, line) in code(text) {
            if occurrences(line, "redis_client::").any(|(_, rest)| !rest.starts_with("__private")) {
                findings.push(Finding::new(
                    path,
                    number,
                    "names the library other than through `__private`",
                ));
            }
            for name in ["crate::", "serde::", "schemars::", "redis::", "jiff::"] {
                if occurrences(line, name).any(|(before, _)| !before.ends_with("__private::")) {
                    findings.push(Finding::new(path, number, format!("names `{name}` directly")));
                }
            }
        }
    }
    findings
}

/// Each public async method has a blocking method of the same name on the type of the same name.
pub(super) fn twins(tree: &Tree) -> Vec<Finding> {
    let mut asynchronous = Vec::new();
    let mut blocking = BTreeSet::new();
    let mut findings = Vec::new();
    for (path, text) in tree.below(LIBRARY) {
        let module = module_of(path);
        if !["client", "cache", "blocking"].contains(&module) {
            continue;
        }
        let Ok(file) = syn::parse_file(text) else {
            findings.push(Finding::new(path, 0, "does not parse"));
            continue;
        };
        for (owner, name, is_async) in methods(&file) {
            if module == "blocking" {
                blocking.insert((owner, name));
            } else if is_async {
                asynchronous.push((path, owner, name));
            }
        }
    }
    for (path, owner, name) in asynchronous {
        if !blocking.contains(&(owner.clone(), name.clone())) {
            findings.push(Finding::new(
                path,
                0,
                format!("`{owner}::{name}` has no twin in `blocking`"),
            ));
        }
    }
    findings
}

/// The public methods of a file: type, name, whether async.
fn methods(file: &syn::File) -> Vec<(String, String, bool)> {
    let mut found = Vec::new();
    for item in &file.items {
        let syn::Item::Impl(block) = item else { continue };
        let syn::Type::Path(owner) = &*block.self_ty else {
            continue;
        };
        let Some(owner) = owner.path.segments.last().filter(|_| block.trait_.is_none()) else {
            continue;
        };
        for member in &block.items {
            if let syn::ImplItem::Fn(method) = member
                && matches!(method.vis, syn::Visibility::Public(_))
            {
                let is_async = method.sig.asyncness.is_some();
                found.push((owner.ident.to_string(), method.sig.ident.to_string(), is_async));
            }
        }
    }
    found
}

/// `buffer` for `redis-client/src/buffer/wal.rs`, `cache` for `redis-client/src/cache.rs`.
fn module_of(path: &str) -> &str {
    let rest = path.strip_prefix(LIBRARY).unwrap_or(path);
    rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
}

/// The lines that are compiled into the library: no comments, and nothing that tests alone compile, which is a line that ends
/// with a semicolon or the rest of the file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines: Vec<&str> = text.lines().collect();
    let is_for_tests = |at: usize| lines.get(at).is_some_and(|line| line.starts_with("#[cfg(test)]"));
    let ends = |at: usize| lines.get(at).is_some_and(|line| line.ends_with(';'));
    let foot = (0..lines.len()).find(|at| is_for_tests(*at) && !ends(at + 1));
    let compiled: Vec<usize> = (0..foot.unwrap_or(lines.len()))
        .filter(|at| !is_for_tests(*at) && (*at == 0 || !is_for_tests(at - 1)))
        .collect();
    compiled
        .into_iter()
        .filter_map(move |at| Some((at + 1, lines.get(at)?.split(" //").next()?)))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// What stands before and after each `word` that is not the tail of a longer name.
fn occurrences<'l>(line: &'l str, word: &'l str) -> impl Iterator<Item = (&'l str, &'l str)> {
    line.match_indices(word).filter_map(|(at, found)| {
        let (before, after) = (line.get(..at)?, line.get(at + found.len()..)?);
        let tail = before
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '_');
        (!tail).then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::places;
    use super::*;

    #[test]
    fn a_file_without_a_head_is_found() {
        let files = [
            ("a/src/x.rs", "//! Promises.\n"),
            ("a/src/y.rs", "use std;\n"),
            ("a/tests/ui/z.rs", "fn main() {}"),
        ];
        assert_eq!(places(module_heads, &files), ["a/src/y.rs:1"]);
    }

    #[test]
    fn a_module_that_reaches_up_or_aside_is_found() {
        let files = [
            (
                "redis-client/src/buffer/wal.rs",
                "use crate::buffer::record;\nuse crate::event::Event;\n",
            ),
            (
                "redis-client/src/client/mod.rs",
                "// crate::buffer\nuse crate::codec;\nuse crate::buffer::Wal;\n",
            ),
            (
                "redis-client/src/publisher/worker.rs",
                "use crate::{codec};\nuse crate::buffer::Wal; use crate::cache;\n",
            ),
            (
                "redis-client/src/key.rs",
                "use crate::client::Error;\n#[cfg(test)]\nuse crate::client;",
            ),
            ("redis-client/src/lib.rs", "pub use crate::client::RedisClient;"),
        ];
        let expected = [
            "redis-client/src/buffer/wal.rs:2",
            "redis-client/src/client/mod.rs:3",
            "redis-client/src/key.rs:1",
            "redis-client/src/publisher/worker.rs:2",
        ];
        assert_eq!(places(layers, &files), expected);
    }

    #[test]
    fn redis_rs_is_named_in_its_files_only() {
        let files = [
            (
                "redis-client/src/cache.rs",
                "use redis_client::x;\nlet c = redis::cmd(\"GET\");\n/// redis::cmd\n",
            ),
            ("redis-client/src/client/connection.rs", "use redis::aio;"),
        ];
        assert_eq!(places(redis_rs, &files), ["redis-client/src/cache.rs:2"]);
    }

    #[test]
    fn a_worker_that_names_a_clock_or_a_thread_is_found() {
        let path = "redis-client/src/publisher/worker.rs";
        let text = "//! Starts no thread.\nuse std::time::Duration; // no Instant\nuse std::time::{Duration, Instant};\n\
            let now = SystemTime::now();\nUNIX_EPOCH.elapsed();\nstd::thread::spawn(f);\nuse std::{mem, thread};\n\
            let threads = Instantly;\n#[cfg(test)]\nuse std::thread;\nuse std::time::Instant;\n\
            #[cfg(test)]\nmod tests {\nuse std::thread;\n}\n";
        let part = "redis-client/src/publisher/worker/link.rs";
        let mut expected: Vec<String> = [3, 4, 5, 6, 7, 11].map(|line| format!("{path}:{line}")).into();
        expected.push(format!("{part}:2"));
        assert_eq!(
            places(
                worker,
                &[
                    (path, text),
                    (part, "//! The link.\nuse std::time::Instant;\n"),
                    ("redis-client/src/publisher/thread.rs", "use std::thread;")
                ]
            ),
            expected
        );
        assert_eq!(places(worker, &[]), ["redis-client/src/publisher/worker:0"]);
    }

    #[test]
    fn an_atomic_or_a_sync_without_its_reason_is_found() {
        let files = [
            (
                "redis-client/src/a.rs",
                "x.load(Ordering::Acquire);\n// Ordering: the store in b\nx.load(Ordering::Acquire);\n",
            ),
            (
                "redis-client/src/b.rs",
                "file.sync()?;\n// Durability: power loss\nfile.sync()?;\n",
            ),
        ];
        assert_eq!(
            places(owed_comments, &files),
            ["redis-client/src/a.rs:1", "redis-client/src/b.rs:1"]
        );
    }

    #[test]
    fn generated_code_uses_the_one_door() {
        let text =
            "use ::redis_client::__private::serde::X;\nuse ::redis_client::Event;\nuse serde::Serialize;\n";
        let files = [("redis-client/src/generated/events.rs", text)];
        let expected = [
            "redis-client/src/generated/events.rs:2",
            "redis-client/src/generated/events.rs:3",
        ];
        assert_eq!(places(generated, &files), expected);
    }

    #[test]
    fn an_async_method_without_a_twin_is_found() {
        let files = [
            (
                "redis-client/src/client/mod.rs",
                "impl RedisClient { pub async fn ping(&self) {} async fn inner() {} pub fn db(&self) {} }",
            ),
            (
                "redis-client/src/cache.rs",
                "impl<T> FeatureCache<T> { pub async fn get(&self) {} }",
            ),
            (
                "redis-client/src/blocking/client.rs",
                "impl RedisClient { pub fn ping(&self) {} }",
            ),
        ];
        assert_eq!(places(twins, &files), ["redis-client/src/cache.rs:0"]);
    }
}
