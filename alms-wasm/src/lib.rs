//! The WebAssembly module under the npm package `alms`.
//!
//! It moves text between JavaScript and [`alms_core`] and nothing else: what a person sees, the error class
//! included, is written in JavaScript (`js/`). An error crosses as the thrown JSON text of its wire form.
#![forbid(unsafe_code)]

use alms_core::wire;
use wasm_bindgen::prelude::*;

/// Runs the operation `op` on the JSON document `input`, which comes as UTF-8: the engine encodes it many times faster
/// than the loop over characters with which wasm-bindgen passes a text.
#[wasm_bindgen]
pub fn call_json(op: &str, input: &[u8]) -> Result<String, String> {
    // What a TextEncoder wrote is borrowed as it is.
    wire::call(op, &String::from_utf8_lossy(input)).map_err(|error| error.to_json())
}
