//! Patterns of the schemas as automata over code points.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Pattern, Tables};

/// `^[A-Z0-9-]+$`.
pub(super) static PLATE: Pattern = Pattern::new(Tables {
    source: "^[A-Z0-9-]+$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 2],
    accepting: &[0x4],
    start: 1,
    alphabet_ascii: 0x07ff_fffe_03ff_2000_0000_0000,
    alphabet_non_ascii: false,
});

/// `^[A-Z] and ^[A-Z0-9-]+$`.
pub(super) static SHORT_PLATE: Pattern = Pattern::new(Tables {
    source: "^[A-Z] and ^[A-Z0-9-]+$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 3,
    transitions: &[0, 0, 0, 0, 0, 2, 0, 2, 2],
    accepting: &[0x4],
    start: 1,
    alphabet_ascii: 0x07ff_fffe_03ff_2000_0000_0000,
    alphabet_non_ascii: false,
});
