//! `cargo xtask fuzz recovery`: what is asked is in `redis_client_fuzz::recovery`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::recovery(data));
