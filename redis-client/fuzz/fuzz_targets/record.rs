//! `cargo xtask fuzz record`: what is asked is in `redis_client_fuzz::record`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::record(data));
