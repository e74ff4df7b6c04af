//! The superset of the errors of this crate.
