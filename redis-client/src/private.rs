//! Hidden names that generated and derived code may use.
