//! Patterns of the schemas as automata over code points.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Pattern, Tables};

/// `^[^:/*?\[\]\\\s\p{Cc}]+$`.
pub(super) static READER: Pattern = Pattern::new(Tables {
    source: "^[^:/*?\\[\\]\\\\\\s\\p{Cc}]+$",
    ascii: &[
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ],
    ranges: &[
        (0x80, 0xa0, 1),
        (0x1680, 0x1680, 1),
        (0x2000, 0x200a, 1),
        (0x2028, 0x2029, 1),
        (0x202f, 0x202f, 1),
        (0x205f, 0x205f, 1),
        (0x3000, 0x3000, 1),
        (0xfeff, 0xfeff, 1),
    ],
    classes: 2,
    transitions: &[0, 0, 2, 0, 2, 0],
    accepting: &[0x4],
    start: 1,
    alphabet_ascii: 0x7fff_ffff_c7ff_ffff_7bff_7bfe_0000_0000,
    alphabet_non_ascii: true,
});

/// `^[a-c]{1,3}$`.
pub(super) static MOVE_SELF: Pattern = Pattern::new(Tables {
    source: "^[a-c]{1,3}$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 3, 0, 4, 0, 0],
    accepting: &[0x1c],
    start: 1,
    alphabet_ascii: 0x000e_0000_0000_0000_0000_0000_0000,
    alphabet_non_ascii: false,
});
