//! Patterns of the schemas as automata over code points.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Pattern, Tables};

/// `^[ab]*$`.
pub(super) static DRAWING_WORD_TEXT_CHOICE_2: Pattern = Pattern::new(Tables {
    source: "^[ab]*$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 1],
    accepting: &[0x2],
    start: 1,
    alphabet_ascii: 0x0006_0000_0000_0000_0000_0000_0000,
    alphabet_non_ascii: false,
});
