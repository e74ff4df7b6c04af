//! `cargo xtask fuzz url`: what is asked is in `redis_client_fuzz::url`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::url(data));
