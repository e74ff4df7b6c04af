//! `cargo xtask fuzz scalar`: what is asked is in `redis_client_fuzz::scalar`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::scalar(data));
