//! `cargo xtask fuzz schema_load`: what is asked is in `redis_client_fuzz::schema_load`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| redis_client_fuzz::schema_load(data));
