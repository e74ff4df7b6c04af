//! Rules about examples: every public item of the library has one, and every one of them runs.
//!
//! The library is read with syn, so that an item is an item however it is written. What is public is what is written
//! `pub`: the lint `unreachable_pub` keeps that word for what users can reach. Hidden items, the trait impls and what
//! tests alone compile owe nothing; a field or a variant is shown by its type. A method of the blocking façade shows its
//! own call, not its twin's.

use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, TraitItem, Visibility};

use super::source::library;
use super::{Finding, Tree};

/// Files whose public items no user reaches, and why.
const UNREACHABLE: [(&str, &str); 11] = [
    (
        "redis-client/src/private.rs",
        "the door of generated code, hidden",
    ),
    ("redis-client/src/model", "behind the door of generated code"),
    ("redis-client/src/tree", "behind the door of generated code"),
    ("redis-client/src/format", "behind the door of generated code"),
    ("redis-client/src/bin/", "a program"),
    ("redis-client/src/buffer/record.rs", "a seam of the simulation"),
    ("redis-client/src/buffer/recovery", "a seam of the simulation"),
    ("redis-client/src/buffer/storage.rs", "a seam of the simulation"),
    ("redis-client/src/buffer/requeue.rs", "a seam of the simulation"),
    ("redis-client/src/buffer/wal", "a seam of the simulation"),
    ("redis-client/src/seams.rs", "seams of the fuzz targets"),
];

/// What the simulation may use of the publisher, and users may not, is named here.
const SEAMS: &str = "redis-client/src/publisher/simulation.rs";

/// Where examples may compile without being run, and why.
const NOT_RUN: [(&str, &str); 4] = [
    ("README.md", "writes below /var/lib, as a service would"),
    ("xtask/src/redis_server.rs", "finding a server may download one"),
    ("xtask/src/python.rs", "finding pydantic may download it"),
    ("xtask/src/node.rs", "finding TypeScript may download it"),
];

/// What may stand behind the three backticks of an example that runs.
const RUNS: [&str; 4] = ["", "rust", "should_panic", "compile_fail"];

/// Every public item of the library shows how it is used.
pub(super) fn shown(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let seams: Vec<&str> = tree
        .get(SEAMS)
        .unwrap_or_default()
        .lines()
        .filter(|line| line.starts_with("pub use "))
        .collect();
    for (path, text) in library(tree).filter(|(path, _)| *path != SEAMS) {
        let seams: &[&str] = if path.starts_with("redis-client/src/publisher/") {
            &seams
        } else {
            &[]
        };
        if UNREACHABLE.iter().any(|(prefix, _)| path.starts_with(prefix)) {
            continue;
        }
        match syn::parse_file(text) {
            Ok(file) => {
                let mut walk = Walk {
                    path,
                    lines: text.lines().collect(),
                    at: 0,
                    seams,
                    findings: &mut findings,
                };
                walk.items(&file.items, "");
            }
            Err(error) => findings.push(Finding::new(path, 0, format!("is no Rust: {error}"))),
        }
    }
    findings
}

/// Examples run: those of public items are neither `no_run` nor `ignore`, save where that is listed with its reason.
pub(super) fn run(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sources = ["redis-client/src/", "redis-client-derive/src/", "xtask/src/"];
    let readme = tree.get("README.md").map(|text| ("README.md", text));
    let texts = sources.iter().flat_map(|dir| tree.below(dir)).chain(readme);
    for (path, text) in texts.filter(|(path, _)| NOT_RUN.iter().all(|(listed, _)| listed != path)) {
        for (number, line) in (1..).zip(text.lines()) {
            let prose = line.trim_start().trim_start_matches(['/', '!']).trim_start();
            let Some(words) = prose.strip_prefix("```") else {
                continue;
            };
            if words
                .split(',')
                .any(|word| ["no_run", "ignore"].contains(&word.trim()))
            {
                findings.push(Finding::new(
                    path,
                    number,
                    "an example that is not run shows what nobody saw: let it run and assert, with `RedisClient::from_env()` \
                     where it needs a server, or list the file with the reason in `xtask/src/tidy/examples.rs`",
                ));
            }
        }
    }
    findings
}

/// A pass over one file, from its top to its end.
struct Walk<'t, 'f> {
    path: &'t str,
    lines: Vec<&'t str>,
    /// The line where the item before was found, so that of equal names each is looked for behind the last.
    at: usize,
    /// Lines that name what users do not reach.
    seams: &'f [&'t str],
    findings: &'f mut Vec<Finding>,
}

impl Walk<'_, '_> {
    fn items(&mut self, items: &[Item], within: &str) {
        for item in items {
            match item {
                Item::Fn(item) => self.item(&item.attrs, &item.vis, "fn", &item.sig.ident, within),
                Item::Struct(item) => self.item(&item.attrs, &item.vis, "struct", &item.ident, within),
                Item::Enum(item) => self.item(&item.attrs, &item.vis, "enum", &item.ident, within),
                Item::Const(item) => self.item(&item.attrs, &item.vis, "const", &item.ident, within),
                Item::Static(item) => self.item(&item.attrs, &item.vis, "static", &item.ident, within),
                Item::Type(item) => self.item(&item.attrs, &item.vis, "type", &item.ident, within),
                Item::Trait(item) => {
                    self.item(&item.attrs, &item.vis, "trait", &item.ident, within);
                    if is_public(&item.vis) && !is_hidden(&item.attrs) {
                        self.trait_items(&item.items, &item.ident.to_string());
                    }
                }
                Item::Impl(item) if item.trait_.is_none() && !is_hidden(&item.attrs) => {
                    let name = match &*item.self_ty {
                        syn::Type::Path(path) => path.path.segments.last(),
                        _ => None,
                    };
                    let name = name.map(|segment| segment.ident.to_string()).unwrap_or_default();
                    self.impl_items(&item.items, &name);
                }
                Item::Mod(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                    if let Some((_, items)) = &item.content {
                        self.items(items, &item.ident.to_string());
                    }
                }
                _ => {}
            }
        }
    }

    fn impl_items(&mut self, items: &[ImplItem], within: &str) {
        for item in items {
            match item {
                ImplItem::Fn(item) => self.item(&item.attrs, &item.vis, "fn", &item.sig.ident, within),
                ImplItem::Const(item) => self.item(&item.attrs, &item.vis, "const", &item.ident, within),
                _ => {}
            }
        }
    }

    fn trait_items(&mut self, items: &[TraitItem], within: &str) {
        let public = Visibility::Public(syn::token::Pub::default());
        for item in items {
            match item {
                TraitItem::Fn(item) => self.item(&item.attrs, &public, "fn", &item.sig.ident, within),
                TraitItem::Const(item) => self.item(&item.attrs, &public, "const", &item.ident, within),
                _ => {}
            }
        }
    }

    /// Judges one item: its own documentation, whatever that of its type says.
    fn item(
        &mut self,
        attributes: &[Attribute],
        visibility: &Visibility,
        kind: &str,
        name: &syn::Ident,
        within: &str,
    ) {
        if !is_public(visibility) || is_hidden(attributes) || has_example(attributes) {
            return;
        }
        let name = name.to_string();
        let outermost = if within.is_empty() { &name } else { within };
        if self.seams.iter().any(|line| super::names_word(line, outermost)) {
            return;
        }
        let declared = format!("{kind} {name}");
        let line = self
            .lines
            .iter()
            .skip(self.at)
            .position(|line| super::names_word(line, &declared));
        self.at += line.map_or(0, |line| line + 1);
        let path = if within.is_empty() {
            name
        } else {
            format!("{within}::{name}")
        };
        self.findings.push(Finding::new(
            self.path,
            line.map_or(0, |_| self.at),
            format!("{kind} `{path}` has no example: show how it is used, and assert what comes of it"),
        ));
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// `#[doc(hidden)]`, or compiled for tests alone.
fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return false;
        };
        let argument = list.tokens.to_string();
        (list.path.is_ident("doc") && argument == "hidden")
            || (list.path.is_ident("cfg") && argument == "test")
    })
}

/// Whether the documentation has a fenced example that runs.
fn has_example(attributes: &[Attribute]) -> bool {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let mut inside = false;
    let mut found = false;
    for text in lines {
        for line in text.lines() {
            let Some(words) = line.trim_start().strip_prefix("```") else {
                continue;
            };
            // The closing fence of a drawing has no words either.
            found |= !inside && RUNS.contains(&words.trim());
            inside = !inside;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::places;
    use super::*;

    #[test]
    fn an_item_without_an_example_is_found() {
        let shown_item =
            |item: &str| format!("/// Words.\n///\n/// ```\n/// assert!(true);\n/// ```\n{item}\n");
        let path = "redis-client/src/a.rs";
        let check = |text: &str, expected: &[usize]| {
            let expected: Vec<String> = expected.iter().map(|line| format!("{path}:{line}")).collect();
            assert_eq!(places(shown, &[(path, text)]), expected, "{text}");
        };
        for item in [
            "pub fn f() {}",
            "pub async fn f<T>(x: T) {}",
            "pub struct S;",
            "pub enum E { A }",
            "pub const C: u8 = 1;",
            "pub type T = u8;",
            "pub trait Q {}",
            "#[must_use]\n#[inline]\npub const fn f() {}",
        ] {
            let line = 1 + item.lines().count();
            check(&format!("/// Words.\n{item}\n"), &[line]);
            check(&shown_item(item), &[]);
        }
        check(
            "pub trait Q {\n    /// Words.\n    const A: u8;\n    fn b();\n    #[doc(hidden)]\n    fn c();\n}",
            &[1, 3, 4],
        );
        check(
            "impl S {\n    pub fn a() {}\n    fn b() {}\n    pub(crate) fn c() {}\n}\nimpl T {\n    pub fn a() {}\n}",
            &[2, 7],
        );
        // A drawing is no example, and neither is one that is not run.
        check("/// ```text\n/// a -> b\n/// ```\npub struct S;", &[4]);
        check("/// ```no_run\n/// f();\n/// ```\npub struct S;", &[4]);
        for free in [
            "impl Clone for S { fn clone(&self) -> S { S } }",
            "struct S;",
            "pub(crate) struct S;",
            "#[doc(hidden)]\npub struct S;",
            "#[cfg(test)]\nmod tests { pub fn f() {} }",
            "mod inner { pub fn f() {} }",
        ] {
            check(free, &[]);
        }
        check("pub mod inner { pub fn f() {} }", &[1]);
        let queue = "pub struct Queue;\nimpl Queue { pub fn take() {} }\npub struct Flush;";
        let path = "redis-client/src/publisher/queue.rs";
        let files = [(SEAMS, "pub use super::queue::{Queue, Taken};\n"), (path, queue)];
        assert_eq!(places(shown, &files), [format!("{path}:3")]);
        assert!(places(shown, &[("redis-client/src/private.rs", "pub fn f() {}")]).is_empty());
        assert!(places(shown, &[("xtask/src/a.rs", "pub fn f() {}")]).is_empty());
    }

    #[test]
    fn an_example_that_is_not_run_is_found() {
        let text = "//! ```\n//! ```\n/// ```no_run\n/// ```\n    /// ```rust,ignore\n    /// ```\n/// ```text\n/// ```\n";
        for path in [
            "redis-client/src/a.rs",
            "redis-client-derive/src/lib.rs",
            "xtask/src/codegen.rs",
        ] {
            assert_eq!(
                places(run, &[(path, text)]),
                [format!("{path}:3"), format!("{path}:5")]
            );
        }
        assert!(places(run, &[("xtask/src/node.rs", text), ("tests/src/lib.rs", text)]).is_empty());
    }
}
