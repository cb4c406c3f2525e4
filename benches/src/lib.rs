//! What the benchmarks run on, and the plain loop that they are measured against.

mod bookings;
mod columns;
mod customers;
mod fleet;
mod plain;

pub use bookings::{bookings, holders, plain_balances, replay_json};
pub use columns::{ColumnFleet, MIGRATION_DAY};
pub use customers::{PlainNumbers, customers, plain_ends, plain_renewals};
pub use fleet::{account, request_json};
pub use plain::{PlainPlan, PlainState, PlainSystem, classify_and_divide, plain_systems};
