//! `cargo xtask compat`: can new readers read what old writers sent, and old readers what new writers send?
//!
//! The verdict on an item (an event, a key, what a key holds, a root, a shared definition) is a proof: everything that a
//! writer of one schema sends is valid under the other (`solve`), or a value that is not, confirmed by an evaluator of
//! its own (`evaluate`). What is neither proven nor shown is *unknown*, and counts as incompatible. The list of
//! changes (`diff`, by the names in `rules`) says where to look; `contract` pairs the items of both sides and judges what
//! is no value: channels, templates, lifetimes. `docs/compatibility.md` is the page for users.
//!
//! Start at [`compare`].

mod allow;
mod contract;
mod decimal;
mod diff;
mod evaluate;
pub(crate) mod examples;
mod flat;
mod formats;
mod git;
pub(crate) mod json;
pub(crate) mod listed;
mod report;
pub mod rules;
mod schema;
mod solve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::Project;
use crate::codegen::diagnostics::Diagnostics;
use crate::codegen::load::{self, Sources};
use allow::AllowList;
use contract::{Item, What};
use diff::{Change, Differ, Harm, Verdict};
use evaluate::Truth;
use json::Json;
use solve::{Answer, Goal, Solver};

/// Somebody breaks.
const INCOMPATIBLE: u8 = 1;
/// The schemas are wrong, or the allow-list is.
const WRONG: u8 = 2;

/// Arguments of `cargo xtask compat`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 compatible or allowed, 1 incompatible or unknown, 2 the schemas, the allow-list or the \
    usage are wrong.\n\nExamples:\n  cargo xtask compat --against main\n  cargo xtask compat --old old.schema.json --new \
    new.schema.json --mode full --format json"
)]
pub struct Arguments {
    /// The old schemas: a directory, or one file.
    #[arg(long, value_name = "PATH", required_unless_present = "against")]
    pub old: Option<PathBuf>,
    /// The new schemas: a directory, or one file; `schemas/` of the workspace if not given.
    #[arg(long, value_name = "PATH")]
    pub new: Option<PathBuf>,
    /// Take the old schemas from this revision of git, at the path of the new ones.
    #[arg(long, value_name = "GIT_REV", conflicts_with = "old")]
    pub against: Option<String>,
    /// Whose readers must not break.
    #[arg(long, value_enum, default_value_t = Mode::Backward)]
    pub mode: Mode,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The breaking changes that are allowed; `compat-allow.json` beside the new schemas if not given and there.
    #[arg(long, value_name = "FILE")]
    pub allow: Option<PathBuf>,
}

/// Whose readers must not break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// New readers of old data.
    Backward,
    /// Old readers of new data.
    Forward,
    /// Both.
    Full,
}

/// How to report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

/// A verdict over all items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Overall {
    Compatible,
    Unknown,
    Incompatible,
}

/// What a comparison found.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) backward: Overall,
    pub(crate) forward: Overall,
    pub(crate) changes: Vec<Change>,
    /// Why something is unknown.
    pub(crate) reasons: Vec<String>,
}

/// One side of a comparison.
struct Side {
    sources: Sources,
    one_file: bool,
    /// Where its files are, for people.
    directory: String,
}

impl Side {
    /// Whether schemas here are extended by those that refer to them.
    fn is_dynamic(&self) -> bool {
        let mut documents = self.sources.documents.iter().enumerate();
        documents.any(|(index, document)| {
            // Meta-schemas describe keywords: no schema here is made of them.
            !self.sources.is_meta_schema(index) && schema::is_dynamic(&document.root)
        })
    }

    /// Whether the other side consists of the same documents: then nothing can have changed, whatever they say.
    fn says_what(&self, other: &Self) -> bool {
        let (own, others) = (&self.sources, &other.sources);
        let alone = self.one_file && own.documents.len() == 1;
        let same = |(one, other): (&load::Document, &load::Document)| {
            (alone || one.name == other.name)
                && Json::of(&one.root).is_some_and(|root| Some(root) == Json::of(&other.root))
        };
        self.one_file == other.one_file
            && own.asked == others.asked
            && own.documents.len() == others.documents.len()
            && own.documents.iter().zip(&others.documents).all(same)
    }
}

/// Compares two files or two directories of schemas and returns the report as JSON.
///
/// # Errors
///
/// Every mistake in the schemas.
///
/// ```
/// use redis_client_xtask::compat::compare;
///
/// let directory = std::env::temp_dir().join(format!("compat-doc-{}", std::process::id()));
/// std::fs::create_dir_all(&directory)?;
/// let (old, new) = (directory.join("old.json"), directory.join("new.json"));
/// std::fs::write(&old, r#"{ "type": "integer", "minimum": 0 }"#)?;
/// std::fs::write(&new, r#"{ "type": "integer", "minimum": 1 }"#)?;
/// let report = compare(&old, &new).expect("both are schemas");
/// std::fs::remove_dir_all(&directory)?;
///
/// let expected = r#"{"backward":"incompatible","forward":"compatible","changes":[{"pointer":"/minimum","kind":"range-narrowed","breaks":"backward","witness":0}]}"#;
/// assert_eq!(report.trim_end(), expected);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn compare(old: &Path, new: &Path) -> Result<String, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let (old, new) = (side(old, &mut diagnostics), side(new, &mut diagnostics));
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let outcome = outcome(old, new)?;
    Ok(report::json(&outcome))
}

/// Compares two schemas that are given as texts and returns the report as JSON.
///
/// # Errors
///
/// Every mistake in them.
///
/// ```
/// use redis_client_xtask::compat::compare_texts;
///
/// let report = compare_texts(r#"{ "enum": ["a", "b"] }"#, r#"{ "enum": ["b", "a"] }"#).expect("both are schemas");
/// assert_eq!(report.trim_end(), r#"{"backward":"compatible","forward":"compatible","changes":[]}"#);
/// ```
pub fn compare_texts(old: &str, new: &str) -> Result<String, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut side = |directory: &str, text: &str| {
        let mut own = Diagnostics::default();
        let sources = load::text(text, &mut own);
        diagnostics.extend_below(directory, own);
        Side {
            sources,
            one_file: true,
            directory: directory.to_owned(),
        }
    };
    let (old, new) = (side("old", old), side("new", new));
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    Ok(report::json(&outcome(old, new)?))
}

fn side(path: &Path, diagnostics: &mut Diagnostics) -> Side {
    let one_file = !path.is_dir();
    let mut own = Diagnostics::default();
    let sources = if one_file {
        load::file(path, &mut own)
    } else {
        load::directory(path, &mut own)
    };
    let directory = directory_of(path);
    diagnostics.extend_below(&directory, own);
    Side {
        sources,
        one_file,
        directory,
    }
}

/// The directory of one file, or a directory itself, as it was given.
fn directory_of(path: &Path) -> String {
    let directory = if path.is_dir() { Some(path) } else { path.parent() };
    directory.map_or_else(String::new, |directory| {
        directory.display().to_string().replace('\\', "/")
    })
}

/// What a revision of git held at a path.
fn revision(path: &Path, revision: &str, diagnostics: &mut Diagnostics) -> Side {
    let mut own = Diagnostics::default();
    let sources = git::sources(path, revision, &mut own);
    let directory = format!("{revision}:{}", directory_of(path));
    diagnostics.extend_below(&directory, own);
    Side {
        sources,
        one_file: !path.is_dir(),
        directory,
    }
}

/// Runs `cargo xtask compat`.
pub(crate) fn run(arguments: &Arguments, project: &Project) -> ExitCode {
    let new_path = arguments.new.clone().unwrap_or_else(|| project.schemas());
    let mut diagnostics = Diagnostics::default();
    let old = match (&arguments.old, &arguments.against) {
        (Some(path), _) => side(path, &mut diagnostics),
        (None, rev) => revision(&new_path, rev.as_deref().unwrap_or("HEAD"), &mut diagnostics),
    };
    let new = side(&new_path, &mut diagnostics);
    let beside = new_path.join(allow::FILE);
    let allowed = match &arguments.allow {
        Some(path) => AllowList::read(path, &mut diagnostics),
        None if beside.is_file() => AllowList::read(&beside, &mut diagnostics),
        None => AllowList::default(),
    };
    if !diagnostics.is_empty() {
        return wrong(&diagnostics);
    }
    let outcome = match outcome(old, new) {
        Ok(outcome) => outcome,
        Err(diagnostics) => return wrong(&diagnostics),
    };
    allowed.check_used(&outcome.changes, &mut diagnostics);
    if !diagnostics.is_empty() {
        return wrong(&diagnostics);
    }
    let report = match arguments.format {
        Format::Json => report::json(&outcome),
        Format::Text => report::text(&outcome, &allowed),
    };
    crate::codegen::out(&report);
    for reason in &outcome.reasons {
        crate::codegen::complain(&format!("unknown: {reason}\n"));
    }
    let broken = |change: &Change| {
        let backward = arguments.mode != Mode::Forward && change.backward != Harm::None;
        let forward = arguments.mode != Mode::Backward && change.forward != Harm::None;
        (backward || forward) && allowed.reason(change).is_none()
    };
    if outcome.changes.iter().any(broken) {
        ExitCode::from(INCOMPATIBLE)
    } else {
        ExitCode::SUCCESS
    }
}

fn wrong(diagnostics: &Diagnostics) -> ExitCode {
    crate::codegen::complain(&diagnostics.render_without("nothing was compared"));
    ExitCode::from(WRONG)
}

/// Compares on a stack that holds it: schemas nest, and so does the search.
fn outcome(old: Side, new: Side) -> Result<Outcome, Diagnostics> {
    crate::codegen::with_room(move || outcome_here(&old, &new))
}

fn outcome_here(old: &Side, new: &Side) -> Result<Outcome, Diagnostics> {
    let mut solver = Solver::default();
    solver.dynamic = old.is_dynamic() || new.is_dynamic();
    let mut diagnostics = Diagnostics::default();
    let one_file = old.one_file && new.one_file;
    let mut read = |side: &Side| {
        let mut own = Diagnostics::default();
        let items = contract::read(&side.sources, one_file, &mut solver.arena, &mut own);
        diagnostics.extend_below(&side.directory, own);
        items
    };
    let (before, after) = (read(old), read(new));
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let mut outcome = Outcome {
        backward: Overall::Compatible,
        forward: Overall::Compatible,
        changes: Vec::new(),
        reasons: Vec::new(),
    };
    if old.says_what(new) {
        return Ok(outcome);
    }
    let mut pairs = contract::pair(before, after);
    for pair in &mut pairs {
        contract::align(pair, &mut solver.arena);
    }
    solver.hopeless = !solver.arena.find_alike();
    for pair in pairs {
        match pair {
            (Some(old), Some(new)) => outcome.both(&mut solver, &old, &new),
            (Some(old), None) => outcome.removed(&mut solver, &old),
            (None, Some(new)) => outcome.added(&new),
            (None, None) => {}
        }
    }
    outcome.merge();
    Ok(outcome)
}

impl Outcome {
    /// Judges an item that both sides have.
    fn both(&mut self, solver: &mut Solver, old: &Item, new: &Item) {
        self.attributes(old, new);
        self.schemas(solver, old, (old.schema, new.schema));
        if let (Some(one), Some(other)) = (old.value, new.value) {
            self.schemas(solver, new, (one, other));
        }
    }

    fn schemas(&mut self, solver: &mut Solver, item: &Item, (old, new): (schema::Id, schema::Id)) {
        let (changes, backward, forward) = Differ::new(solver, old, new).run(item);
        self.changes.extend(changes);
        for (verdict, overall) in [(backward, &mut self.backward), (forward, &mut self.forward)] {
            *overall = (*overall).max(match verdict {
                Verdict::Compatible => Overall::Compatible,
                Verdict::Incompatible(_) => Overall::Incompatible,
                Verdict::Unknown(reason) => {
                    if !self.reasons.contains(&reason) {
                        self.reasons.push(reason);
                    }
                    Overall::Unknown
                }
            });
        }
    }

    /// Keywords of ours are part of the contract, and no value shows what they break.
    fn attributes(&mut self, old: &Item, new: &Item) {
        let names: std::collections::BTreeSet<&String> = old.redis.keys().chain(new.redis.keys()).collect();
        for name in names {
            let (before, after) = (said(old, name), said(new, name));
            if before == after {
                continue;
            }
            let kind = match name.as_str() {
                "x-redis-channel" => "channel-changed",
                "x-redis-key" if new.is_renamed => "key-part-renamed",
                "x-redis-key" => "key-template-changed",
                "x-redis-ttl" => "lifetime-changed",
                "x-redis-max-age" => "max-age-changed",
                // Two references are judged by what they lead to.
                "x-redis-value" if old.value.is_some() && new.value.is_some() => continue,
                "x-redis-value" => "key-value-changed",
                "x-redis-utc" => "utc-spelling-changed",
                _ => "redis-keyword-changed",
            };
            let shown = |text: Option<&str>| text.unwrap_or("nothing").to_owned();
            let harmless = matches!(kind, "utc-spelling-changed" | "key-part-renamed");
            let harm = if harmless { Harm::None } else { Harm::Breaks(None) };
            self.changes.push(Change {
                file: new.file.clone(),
                pointer: load::pointer_to(&new.pointer, name),
                kind,
                detail: format!("{} became {}", shown(before), shown(after)),
                backward: harm.clone(),
                forward: harm,
            });
            if !harmless {
                self.backward = Overall::Incompatible;
                self.forward = Overall::Incompatible;
            }
        }
    }

    fn removed(&mut self, solver: &mut Solver, old: &Item) {
        let kind = match old.what {
            What::Event => "event-removed",
            What::Key => "key-removed",
            What::Root => "schema-removed",
            What::Definition => "definition-removed",
        };
        self.backward = Overall::Incompatible;
        // Any value will do: nobody reads it any more.
        let goal = Goal {
            writes: [old.schema].into(),
            ..Goal::default()
        };
        let witness = match solver.solve(&goal) {
            Answer::Value(value) if solver.holds(old.schema, &value) == Truth::Yes => Some(value),
            _ => None,
        };
        self.changes.push(Change {
            file: old.file.clone(),
            pointer: old.pointer.clone(),
            kind,
            detail: String::new(),
            backward: Harm::Breaks(witness),
            forward: Harm::None,
        });
    }

    fn added(&mut self, new: &Item) {
        let kind = match new.what {
            What::Event => "event-added",
            What::Key => "key-added",
            What::Root => "schema-added",
            What::Definition => "definition-added",
        };
        self.changes.push(Change {
            file: new.file.clone(),
            pointer: new.pointer.clone(),
            kind,
            detail: String::new(),
            backward: Harm::None,
            forward: Harm::None,
        });
    }

    /// A definition that several items share changed once.
    fn merge(&mut self) {
        let mut merged: Vec<Change> = Vec::new();
        self.changes
            .sort_by(|a, b| (&a.file, &a.pointer, a.kind).cmp(&(&b.file, &b.pointer, b.kind)));
        for change in std::mem::take(&mut self.changes) {
            match merged.last_mut() {
                Some(last) if last.address() == change.address() && last.kind == change.kind => {
                    last.backward = worse(&last.backward, change.backward);
                    last.forward = worse(&last.forward, change.forward);
                }
                _ => merged.push(change),
            }
        }
        self.changes = merged;
    }
}

/// What an item says by a keyword of ours, or by leaving it out.
fn said<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    let usual =
        (name == "x-redis-expired" && item.redis.contains_key("x-redis-max-age")).then_some("\"publish\"");
    item.redis.get(name).map(String::as_str).or(usual)
}

fn worse(one: &Harm, other: Harm) -> Harm {
    match (one, &other) {
        (Harm::Breaks(Some(_)), _) | (_, Harm::None) => one.clone(),
        _ => other,
    }
}
