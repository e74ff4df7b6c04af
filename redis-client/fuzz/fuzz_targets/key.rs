//! `cargo xtask fuzz key`: what is asked is in `redis_client_fuzz::key`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::key(data));
