//! What the benchmarks run on, and the plain loop that they are measured against.

mod fleet;
mod plain;

pub use fleet::{account, request_json};
pub use plain::{PlainPlan, PlainState, PlainSystem, classify_and_divide, plain_systems};
