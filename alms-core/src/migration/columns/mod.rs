//! Plans for the accounts of a whole fleet: columns in, columns out.
//!
//! A fleet is planned from slices of the host's own memory, in whichever form the host has them: Arrow's buffers, the
//! typed arrays of JavaScript, vectors. The answers are those of [`plan`](super::plan), found by the same
//! classification and the same division of tokens; what it costs is about reading the columns and writing the results.
//!
//! ```
//! use alms_core::migration::{Outcome, Policy};
//! use alms_core::migration::columns::{
//!     Accounts, Days, Fleet, Grouping, Integers, NO_DAY, Reason, Scenario, Systems, outcome_code, state_code,
//! };
//! use alms_core::rule::RuleId;
//!
//! // Three systems; the account `b` has 13 tokens, `a` has 20.
//! let groups = Grouping::by_keys(["b", "a", "b"].map(Some), ["a", "b"].map(Some))?;
//! let states = ["active", "maintenance", "active"].map(|state| state_code(Some(state)));
//! let systems = Systems {
//!     states: &states,
//!     last_communication: Days::new(&[19_400, 19_400, NO_DAY]),
//!     support_end: Days::new(&[NO_DAY, NO_DAY, NO_DAY]),
//!     models: None,
//!     repeats: None,
//! };
//! let accounts = Accounts { tokens: Integers::new(&[20, 13]), on: None };
//! let fleet = Fleet::try_new(&groups, systems, accounts)?;
//!
//! let plan = fleet.plan(&Scenario { on: Some("2023-03-25".parse()?), policy: Policy::default() });
//! let outcomes = [Outcome::AirlinkBasic, Outcome::Inventory, Outcome::Deleted].map(outcome_code);
//! assert_eq!(plan.systems.outcome, outcomes);
//! assert_eq!(plan.systems.tokens, [13, 0, 0]);
//! assert_eq!(Reason::from_code(plan.systems.reason[2]), Some(Reason::Rule(RuleId::Mig7)));
//! assert_eq!(plan.accounts.unallocated, [20, 0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Bad rows
//!
//! A bad row never stops a run. It comes out with [`NO_OUTCOME`] and its [`RowError`] in the column `reason`; the other
//! rows of its account with [`RowError::AccountNotPlanned`], and the account with an [`AccountError`].
//!
//! A system that is there twice is a bad row where serials are given ([`Grouping::repeats`]); without them it is planned
//! twice, and nothing says so.
//!
//! # Null
//!
//! A date that is null is [`NO_DAY`] ([`Days::new`]), which is read fastest, or marked by Arrow's bits
//! ([`Days::with_validity`]), and then every number is a date: the ends of `i32`, too, are `out_of_range`.
//!
//! # Speed
//!
//! Nothing is allocated for an account or a row. The rows of an account are classified and given their share while they
//! are in the cache, with the vector instructions that the processor has ([`Engine`]). Rows of one account need not
//! follow each other, but it is faster if they do.

mod adjacent;
mod code;
mod count;
mod engine;
mod fleet;
mod fleet_plan;
mod group;
mod input;
mod kernel;
mod lanes;
mod marks;
mod measure;
mod near;
mod output;
#[cfg(feature = "rayon")]
mod parallel;
mod passes;
mod row;
mod scattered;
mod scenario;
mod settle;
mod tally;
mod validity;

pub use code::{
    AccountError, ModelCheck, NO_DAY, NO_OUTCOME, NO_STATE, Reason, RowError, model_code, outcome_code,
    state_code,
};
pub use engine::Engine;
pub use fleet::{ColumnLength, Fleet};
pub use fleet_plan::FleetPlan;
pub use group::{EndsError, Grouping, Key, TooManyAccounts};
pub use input::{Accounts, Days, Integers, Systems};
pub use output::{AccountColumns, AccountRow, AccountSlices, SystemColumns, SystemRow, SystemSlices};
pub use scenario::Scenario;
pub use validity::Validity;
