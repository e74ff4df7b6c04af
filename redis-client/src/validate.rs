//! Rules of a schema, checked on values.
