//! The IR to files. A target is an [`Emitter`]; it looks at nothing but the IR.

/// Appends formatted text to a `String`.
macro_rules! put {
    ($out:expr, $($text:tt)*) => {{
        use std::fmt::Write as _;
        // A `String` takes whatever is written to it.
        let _ = write!($out, $($text)*);
    }};
}

pub mod asyncapi;
mod bundle;
mod check;
pub mod docs;
mod prose;
pub mod python;
pub mod rust;
pub mod typescript;

pub(super) use prose::head;

use super::ir::Ir;
use super::naming;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the target's directory, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A target language or document.
pub trait Emitter {
    /// The files for `ir`, the same for the same `ir` on every machine.
    fn emit(&self, ir: &Ir) -> Vec<OutputFile>;
}

/// What judges A-labels of host names; the library has the same, and a test compares the two.
const IDNA_TABLES: &str = include_str!("emit/idna.txt");

/// Identifiers for types and keys, the types first. `Root` is what a single file describes, and nothing else.
fn type_names(ir: &Ir, wanted: &[&str], reserved: &[&str]) -> Vec<String> {
    let called_so = ir
        .root
        .is_some_and(|id| naming::pascal(&ir.type_def(id).name) == "Root");
    let mut reserved = reserved.to_vec();
    if ir.root.is_some() && !called_so {
        reserved.push("Root");
    }
    let mut names = naming::distinct(wanted, &reserved, "Type", naming::pascal);
    if let Some(id) = ir.root.filter(|_| called_so)
        && let Some(at) = names.iter().position(|name| name == "Root")
    {
        // Whoever else is called so makes room.
        names.swap(at, id.0);
    }
    names
}
