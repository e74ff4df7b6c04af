//! The same names for callers without a runtime.
