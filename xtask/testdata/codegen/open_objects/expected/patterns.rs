//! Patterns of the schemas as automata over code points.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Pattern, Tables};

/// `^(?=w_)(?=[^]*(?:_kg$))`.
pub(super) static SCAN_MATCHING_W_AND_KG: Pattern = Pattern::new(Tables {
    source: "^(?=w_)(?=[^]*(?:_kg$))",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 5,
    transitions: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 4, 3, 4, 5, 4, 4, 3, 4, 4, 4, 4, 3,
        6, 4, 4, 4, 3, 4, 4, 4,
    ],
    accepting: &[0x40],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^(?=w_)(?![^]*(?:_kg$))`.
pub(super) static SCAN_MATCHING_W: Pattern = Pattern::new(Tables {
    source: "^(?=w_)(?![^]*(?:_kg$))",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 5,
    transitions: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 4, 3, 4, 5, 4, 4, 3, 4, 4, 4, 4, 3,
        6, 4, 4, 4, 3, 4, 4, 4,
    ],
    accepting: &[0x38],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^(?=[^]*(?:_kg$))(?!w_)(?!x_)(?!old_)`.
pub(super) static SCAN_MATCHING_KG: Pattern = Pattern::new(Tables {
    source: "^(?=[^]*(?:_kg$))(?!w_)(?!x_)(?!old_)",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 3, 0, 0, 0, 4,
        5, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 7, 7, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 8,
    transitions: &[
        0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 2, 2, 2, 2, 4, 5, 2, 3, 2, 2, 2, 2, 2, 2, 2, 3, 2,
        2, 6, 2, 2, 2, 2, 3, 2, 2, 2, 7, 2, 2, 2, 0, 2, 2, 2, 2, 2, 2, 2, 3, 2, 8, 2, 2,
        2, 2, 2, 3, 5, 2, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2,
    ],
    accepting: &[0x100],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^(?=x_)(?![^]*(?:_kg$))`.
pub(super) static SCAN_MATCHING_X: Pattern = Pattern::new(Tables {
    source: "^(?=x_)(?![^]*(?:_kg$))",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 5,
    transitions: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 4, 3, 4, 5, 4, 4, 3, 4, 4, 4, 4, 3,
        6, 4, 4, 4, 3, 4, 4, 4,
    ],
    accepting: &[0x38],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^(?!w_)(?![^]*(?:_kg$))(?!x_)(?!old_)`.
pub(super) static SCAN_ADDITIONAL: Pattern = Pattern::new(Tables {
    source: "^(?!w_)(?![^]*(?:_kg$))(?!x_)(?!old_)",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 3, 0, 0, 0, 4,
        5, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 7, 7, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 8,
    transitions: &[
        0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 2, 2, 2, 2, 4, 5, 2, 3, 2, 2, 2, 2, 2, 2, 2, 3, 2,
        2, 6, 2, 2, 2, 2, 3, 2, 2, 2, 7, 2, 2, 2, 0, 2, 2, 2, 2, 2, 2, 2, 3, 2, 8, 2, 2,
        2, 2, 2, 3, 5, 2, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2,
    ],
    accepting: &[0xfe],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^[a-z]+$`.
pub(super) static CLOSED_SCAN_MATCHING_A_Z: Pattern = Pattern::new(Tables {
    source: "^[a-z]+$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 2],
    accepting: &[0x4],
    start: 1,
    alphabet_ascii: 0x07ff_fffe_0000_0000_0000_0000_0000_0000,
    alphabet_non_ascii: false,
});

/// `[0-9]{2,}`.
pub(super) static CLOSED_SCAN_MATCHING_0_9_2: Pattern = Pattern::new(Tables {
    source: "[0-9]{2,}",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 1, 2, 1, 3, 3, 3],
    accepting: &[0x8],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^n_`.
pub(super) static TAGS_MATCHING_N: Pattern = Pattern::new(Tables {
    source: "^n_",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 3,
    transitions: &[0, 0, 0, 0, 0, 2, 0, 3, 0, 3, 3, 3],
    accepting: &[0x8],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^t_`.
pub(super) static TAGS_MATCHING_T: Pattern = Pattern::new(Tables {
    source: "^t_",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 3,
    transitions: &[0, 0, 0, 0, 0, 2, 0, 3, 0, 3, 3, 3],
    accepting: &[0x8],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^[A-Z]{2}$`.
pub(super) static CODED_NAME: Pattern = Pattern::new(Tables {
    source: "^[A-Z]{2}$",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 0, 3, 0, 0],
    accepting: &[0x8],
    start: 1,
    alphabet_ascii: 0x07ff_fffe_0000_0000_0000_0000,
    alphabet_non_ascii: false,
});

/// `^(?!b$)`.
pub(super) static WITHOUT_ADDITIONAL: Pattern = Pattern::new(Tables {
    source: "^(?!b$)",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 2, 3, 2, 2, 2, 2],
    accepting: &[0x6],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});

/// `^p`.
pub(super) static EVALUATED_MATCHING_P: Pattern = Pattern::new(Tables {
    source: "^p",
    ascii: &[
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ],
    ranges: &[],
    classes: 2,
    transitions: &[0, 0, 0, 2, 2, 2],
    accepting: &[0x4],
    start: 1,
    alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
    alphabet_non_ascii: true,
});
