//! The operations: what stands behind `callJson`.

use alms_core::wire;
use wasm_bindgen::prelude::*;

/// Runs the operation `op` on the JSON document `input`, which comes as UTF-8: the engine encodes it many times faster
/// than the loop over characters with which wasm-bindgen passes a text.
#[wasm_bindgen]
pub fn call_json(op: &str, input: &[u8]) -> Result<String, String> {
    // What a TextEncoder wrote is borrowed as it is.
    wire::call(op, &String::from_utf8_lossy(input)).map_err(|error| error.to_json())
}
