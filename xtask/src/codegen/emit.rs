//! The IR to files. A target is an [`Emitter`]; it looks at nothing but the IR.

pub mod rust;

use super::ir::Ir;

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
