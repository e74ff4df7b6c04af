//! Patterns of the schemas as automata over code points.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Pattern, Tables};

/// `^[A-Z]{4}$`.
pub(super) static STATION_ID: Pattern = Pattern::new(Tables {
    source: "^[A-Z]{4}$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0],
    accepting: &[0x20],
    start: 1,
    alphabet_ascii: 0x07ff_fffe_0000_0000_0000_0000,
    alphabet_non_ascii: false,
});
