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

/// Every operation as name, summary, input schema and output schema (the schemas as JSON texts), in one
/// JSON array of arrays.
#[wasm_bindgen]
pub fn operations_json() -> Result<String, String> {
    let rows: Vec<[&str; 4]> = wire::operations()
        .iter()
        .map(|operation| [operation.name, operation.summary, operation.input_schema, operation.output_schema])
        .collect();
    serde_json::to_string(&rows).map_err(|error| error.to_string())
}
