//! The migration of a reseller's account, into which other accounts of the same partner are merged (MIG-18).

mod apply;
mod error;
mod merge;
mod plan;
mod router;
mod system;
mod warning;

pub use apply::{ResellerApplied, ResellerSubscription, apply_reseller};
pub use error::ResellerPlanError;
pub use plan::{ResellerMerge, ResellerPlan, plan_reseller};
pub use system::MergedSystem;
pub use warning::{MergeWarning, MergeWarningCode};
