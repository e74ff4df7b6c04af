//! The report: for people, and as JSON for programs.

use std::fmt::Write as _;

use super::allow::AllowList;
use super::diff::{Change, Harm};
use super::rules;
use super::{Outcome, Overall};
use crate::codegen::lower::write_string;

/// The report as one JSON object, with a line break behind it.
///
/// A change that breaks both sides has two witnesses, one for each; it is reported once for each then, since what shows the one
/// does not show the other.
pub(crate) fn json(outcome: &Outcome) -> String {
    let mut out = String::new();
    let (backward, forward) = (outcome.backward.word(), outcome.forward.word());
    let _ = write!(
        out,
        r#"{{"backward":"{backward}","forward":"{forward}","changes":["#
    );
    let mut first = true;
    for change in &outcome.changes {
        let rows = match (witness(&change.backward), witness(&change.forward)) {
            (None, None) => vec![(change.breaks(), None)],
            (one, other) => [
                (change.backward != Harm::None).then_some(("backward", one)),
                (change.forward != Harm::None).then_some(("forward", other)),
            ]
            .into_iter()
            .flatten()
            .collect(),
        };
        for (breaks, witness) in rows {
            if !std::mem::take(&mut first) {
                out.push(',');
            }
            out.push_str(r#"{"pointer":"#);
            write_string(&change.address(), &mut out);
            let kind = change.kind;
            let _ = write!(out, r#","kind":"{kind}","breaks":"{breaks}","witness":"#);
            out.push_str(witness.as_deref().unwrap_or("null"));
            out.push('}');
        }
    }
    out.push_str("]}\n");
    out
}

/// The report for people.
pub(crate) fn text(outcome: &Outcome, allowed: &AllowList) -> String {
    let mut out = String::new();
    for change in &outcome.changes {
        let address = change.address();
        let address = if address.is_empty() {
            "#".to_owned()
        } else {
            address
        };
        let _ = writeln!(out, "{address}: {}", change.kind);
        if !change.detail.is_empty() {
            let _ = writeln!(out, "  {}", change.detail);
        } else if let Some(rule) = rules::find(change.kind) {
            let _ = writeln!(out, "  {}", rule.meaning);
        }
        for (harm, who) in [
            (
                &change.backward,
                "new readers of what old writers send (backward)",
            ),
            (&change.forward, "old readers of what new writers send (forward)"),
        ] {
            match harm {
                Harm::None => {}
                Harm::Breaks(None) => {
                    let _ = writeln!(out, "  breaks {who}");
                }
                Harm::Breaks(Some(value)) => {
                    let _ = writeln!(out, "  breaks {who}: {}", value.text());
                }
            }
        }
        if let Some(reason) = allowed.reason(change) {
            let _ = writeln!(out, "  allowed: {reason}");
        }
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "backward: {}, forward: {}",
        outcome.backward.word(),
        outcome.forward.word()
    );
    out
}

fn witness(harm: &Harm) -> Option<String> {
    match harm {
        Harm::Breaks(Some(value)) => Some(value.text()),
        _ => None,
    }
}

impl Overall {
    fn word(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Unknown => "unknown",
            Self::Incompatible => "incompatible",
        }
    }
}

impl Change {
    /// Where the change is: a JSON pointer, behind the file and `#` where there are several files.
    pub(crate) fn address(&self) -> String {
        if self.file.is_empty() {
            self.pointer.clone()
        } else {
            format!("{}#{}", self.file, self.pointer)
        }
    }

    fn breaks(&self) -> &'static str {
        match (self.backward != Harm::None, self.forward != Harm::None) {
            (true, true) => "both",
            (true, false) => "backward",
            (false, true) => "forward",
            (false, false) => "none",
        }
    }
}
