//! `cargo xtask fuzz log_files`: what is asked is in `redis_client_fuzz::log_files`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::log_files(data));
