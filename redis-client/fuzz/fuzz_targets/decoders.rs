//! `cargo xtask fuzz decoders`: what is asked is in `redis_client_fuzz::decoders`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::decoders(data));
