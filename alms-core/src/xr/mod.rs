//! XR Series routers: whether one may register in an account, and what stands in the way.

#[cfg(feature = "subscriptions")]
mod check;
mod compatibility;
mod criterion;

#[cfg(feature = "subscriptions")]
pub use check::{Device, Finding, FindingCode, Fleet, OutOfBand, Verdict, check};
pub use compatibility::{Compatibility, SkuRegion};
pub use criterion::{Criterion, criteria, instance_criterion};
