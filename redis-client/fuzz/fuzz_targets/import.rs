//! `cargo xtask fuzz import`: what is asked is in `redis_client_fuzz::import`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::import(data));
