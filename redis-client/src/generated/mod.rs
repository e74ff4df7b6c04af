//! Models, keys and channels written by `cargo xtask codegen`.
