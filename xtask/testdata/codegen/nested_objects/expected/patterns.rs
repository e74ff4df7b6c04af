//! Patterns of the schemas as automata over code points.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Pattern, Tables};

/// `^[a-z ]+$`.
pub(super) static RECIPE_STEPS_ITEM_USES_ITEM: Pattern = Pattern::new(Tables {
    source: "^[a-z ]+$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 2],
    accepting: &[0x4],
    start: 1,
    alphabet_ascii: 0x07ff_fffe_0000_0000_0000_0001_0000_0000,
    alphabet_non_ascii: false,
});
