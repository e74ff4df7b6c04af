//! The allow-list: breaking changes that somebody answers for, each with a reason, kept beside the schemas.

use std::path::Path;

use super::diff::Change;
use super::rules;
use crate::codegen::diagnostics::{Diagnostic, Diagnostics};
use crate::codegen::load::{Document, Node, pointer_to};

/// The file that is read from the directory of the new schemas, when it is there.
pub(crate) const FILE: &str = "compat-allow.json";

/// A change that is allowed.
#[derive(Debug)]
struct Entry {
    pointer: String,
    kind: String,
    reason: String,
    index: usize,
}

/// The allow-list of one run.
#[derive(Debug, Default)]
pub(crate) struct AllowList {
    entries: Vec<Entry>,
    document: Option<Document>,
}

impl AllowList {
    /// Reads a list. What is wrong with it is reported.
    pub(crate) fn read(path: &Path, diagnostics: &mut Diagnostics) -> Self {
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                diagnostics.push(Diagnostic::whole_file(
                    name,
                    format!("the file cannot be read: {error}"),
                ));
                return Self::default();
            }
        };
        let Some(document) = Document::parse(name, String::new(), text, diagnostics) else {
            return Self::default();
        };
        let mut entries = Vec::new();
        let Some(items) = document.root.as_array() else {
            let message = "an allow-list is an array of objects with `pointer`, `kind` and `reason`";
            diagnostics.push(Diagnostic::at(&document, document.root.span, "", message));
            return Self::default();
        };
        for (index, item) in items.iter().enumerate() {
            let at = format!("/{index}");
            let member = |name: &str| item.get(name).and_then(Node::as_str).map(str::to_owned);
            let span = |name: &str| item.get(name).map_or(item.span, |node| node.span);
            let count = item.as_object().map_or(0, <[_]>::len);
            let (Some(pointer), Some(kind), Some(reason), 3) =
                (member("pointer"), member("kind"), member("reason"), count)
            else {
                let message = "an entry has `pointer`, `kind` and `reason`, all strings, and nothing else";
                let help = "{ \"pointer\": \"a.schema.json#/type\", \"kind\": \"type-changed\", \"reason\": \"..\" }";
                diagnostics.push(Diagnostic::at(&document, item.span, at, message).help(help));
                continue;
            };
            if rules::find(&kind).is_none() {
                let known = rules::RULES.iter().map(|rule| rule.kind);
                let near = crate::codegen::diagnostics::nearest(&kind, known);
                let mut diagnostic = Diagnostic::at(
                    &document,
                    span("kind"),
                    pointer_to(&at, "kind"),
                    format!("there is no kind of change called `{kind}`"),
                );
                let help = near.map(|near| format!("did you mean `{near}`?"));
                diagnostic.help =
                    help.or_else(|| Some("the kinds are those that a comparison prints".to_owned()));
                diagnostics.push(diagnostic);
            }
            if reason.trim().is_empty() {
                let message = "an entry without a reason allows nothing";
                let pointer = pointer_to(&at, "reason");
                let diagnostic = Diagnostic::at(&document, span("reason"), pointer, message);
                diagnostics.push(diagnostic.help("say who answers for the change, and why nobody breaks"));
            }
            entries.push(Entry {
                pointer,
                kind,
                reason,
                index,
            });
        }
        Self {
            entries,
            document: Some(document),
        }
    }

    /// Why a change is allowed, if it is.
    pub(crate) fn reason(&self, change: &Change) -> Option<&str> {
        let is = |entry: &&Entry| entry.kind == change.kind && entry.pointer == change.address();
        self.entries.iter().find(is).map(|entry| entry.reason.as_str())
    }

    /// Reports the entries that allow nothing: they would hide a later change.
    pub(crate) fn check_used(&self, changes: &[Change], diagnostics: &mut Diagnostics) {
        for entry in &self.entries {
            let used = |change: &Change| entry.kind == change.kind && entry.pointer == change.address();
            let item = |document: &Document| {
                let items = document.root.as_array()?;
                Some(items.get(entry.index)?.span)
            };
            if !changes.iter().any(used)
                && let Some(document) = &self.document
                && let Some(span) = item(document)
            {
                let message = format!("no change of kind `{}` is at `{}`", entry.kind, entry.pointer);
                let diagnostic = Diagnostic::at(document, span, format!("/{}", entry.index), message);
                diagnostics.push(diagnostic.help("remove the entry: it would hide a later change"));
            }
        }
    }
}
