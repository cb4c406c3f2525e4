//! XR Series routers: whether one may register in an account, and what stands in the way.

mod check;
mod compatibility;
mod criterion;

pub use check::{Device, Finding, FindingCode, Fleet, OutOfBand, Verdict, check};
pub use compatibility::{Compatibility, SkuRegion};
pub use criterion::{Criterion, criteria, instance_criterion};
