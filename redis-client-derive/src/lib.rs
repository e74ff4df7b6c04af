//! Derive macros of `redis-client`.
