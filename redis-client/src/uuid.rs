//! UUIDs that keep the text they came in.
