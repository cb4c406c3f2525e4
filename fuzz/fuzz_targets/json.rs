#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| alms_checks::json::check(bytes));
