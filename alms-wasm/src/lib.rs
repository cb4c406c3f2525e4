//! The WebAssembly modules under the npm package `alms`: one with all operations, and one for fleets (the feature
//! `fleet`), which is compiled for speed.
//!
//! They move texts and typed arrays between JavaScript and [`alms_core`] and nothing else: what a person sees, the error
//! class included, is written in JavaScript (`js/`). An error crosses as the thrown JSON text of its wire form.
#![forbid(unsafe_code)]

#[cfg(not(feature = "fleet"))]
pub mod calls;
#[cfg(feature = "fleet")]
pub mod fleet;
