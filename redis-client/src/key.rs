//! Redis keys and their parts.
