//! What several of the tests use: who judges, and what is judged. Not a test of its own.
//!
//! `judges` builds a crate and two packages of generated code and asks them; `referee` is a validator that knows
//! nothing of the generator; `values` makes values of a schema, and values nearly of it; `resolve` follows references for it.

#![allow(dead_code, reason = "each of the tests uses a part")]

pub(crate) mod judges;
pub(crate) mod referee;
mod resolve;
pub(crate) mod values;
