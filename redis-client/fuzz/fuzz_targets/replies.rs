//! `cargo xtask fuzz replies`: what is asked is in `redis_client_fuzz::replies`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::replies(data));
