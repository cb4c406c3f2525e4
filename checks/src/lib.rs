//! What holds for `alms-core` and `alms-json`, whatever the input.
//!
//! Each module takes any bytes and fails loudly where the library breaks a promise. The fuzz targets in `fuzz/` look for such
//! bytes; the tests here replay their corpora and every input that ever failed. [`calls`] makes random calls, too, which all
//! runtimes answer with the same bytes.
#![forbid(unsafe_code)]
#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a check fails loudly"
)]

pub mod answer;
pub mod calls;
pub mod columns;
pub mod files;
pub mod json;
mod mutation;
mod vectors;
pub mod worst;

use arbitrary::{Result, Unstructured};

/// A target: its name, which is that of its folders in `fuzz/`, and what is checked.
pub type Target = (&'static str, fn(&[u8]));

/// Every fuzz target.
pub const TARGETS: [Target; 7] = [
    ("api_json", files::api_json),
    ("call", calls::check),
    ("call_bytes", answer::check_bytes),
    ("columns", columns::check),
    ("csv", files::csv),
    ("json", json::check),
    ("lists", files::lists),
];

/// Once in `times`; never where the bytes have run out.
fn seldom(choices: &mut Unstructured<'_>, times: u32) -> Result<bool> {
    Ok(!choices.ratio(times - 1, times)?)
}
