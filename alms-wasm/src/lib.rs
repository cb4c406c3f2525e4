//! The WebAssembly module under the npm package `alms`.
//!
//! It moves text between JavaScript and [`alms_core`] and nothing else: what a person sees, the error class
//! included, is written in JavaScript (`js/`). An error crosses as the thrown JSON text of its wire form.
#![forbid(unsafe_code)]

use alms_core::wire;
use wasm_bindgen::prelude::*;

/// Runs the operation `op` on the JSON document `input`.
#[wasm_bindgen]
pub fn call_json(op: &str, input: &str) -> Result<String, String> {
    wire::call(op, input).map_err(|error| error.to_json())
}
