//! `cargo xtask fuzz features`: what is asked is in `redis_client_fuzz::features`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::features(data));
