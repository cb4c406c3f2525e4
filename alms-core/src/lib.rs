//! The licensing rules of the AirLink Management Service (ALMS), as pure functions over plain values.
//!
//! * **The preview is the booking.** A [plan](migration::plan) is data with a fingerprint; [applying](migration::apply)
//!   it to anything that has changed since is refused.
//! * **Every date can be defended.** Each outcome names its [rules](rule), and [explaining](migration::explain) it
//!   gives the exact fraction, the rounding and the source document.
//! * **Nothing is lost.** The [token statement](migration::TokenStatement) of a plan accounts for every token.
//!
//! ```
//! use alms_core::{migration, wire};
//!
//! // Two systems share 13 tokens.
//! let account = wire::account_from_json(
//!     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
//!         "systems": [{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-05-02"},
//!                     {"serial": "LA2", "model": "RV55", "state": "active", "last_communication": "2023-05-03"}]}"#,
//! )?;
//! let plan = migration::plan(&account, "2023-05-15".parse()?, &migration::Policy::default())?;
//! assert_eq!(plan.systems[0].end_date, Some("2023-11-15".parse()?));
//! assert_eq!(plan.tokens.unallocated.get(), 1);
//! println!("{}", migration::explain(&account, &plan, "LA1")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to find what
//!
//! | module | what is in it |
//! |---|---|
//! | [`calendar`], [`money`], [`quantity`], [`text`] | the vocabulary: values that cannot be wrong |
//! | [`rule`] | the rulebook: every rule with its statement, source and status |
//! | [`account`], [`offers`], [`subscriptions`] | what the rules speak of |
//! | [`xr`], [`billing`] | whether an XR Series router may register; how a country can pay, and for what |
//! | [`tokens`] | the token stock: ledger, orders, month ends, forecast, statement, simulation |
//! | [`reseller`] | the reseller's view of its customers |
//! | [`migration`] | legacy → avc: plan, apply, explain, compare; whole fleets in [columns](migration::columns) |
#![cfg_attr(
    feature = "files",
    doc = "| [`import`], [`export`] | systems from CSV exports and API JSON, and back to CSV; lists as CSV |"
)]
//! | [`json`] | the values as JSON by serde's traits, for hosts that store them |
//! | [`wire`] | the same as JSON, for every other language: [`wire::call`] |
//!
//! # Scope
//!
//! The library computes. It opens no file, reads no clock, sends nothing and stores nothing: "today" is an
//! argument, and what a result means for a database is up to the host. There is no float and no `unsafe`, and
//! nothing panics on any input.

#![forbid(unsafe_code)]
// Types that several areas share have methods that only some of them call. What nobody calls, the build of all areas finds.
#![cfg_attr(
    not(feature = "areas"),
    allow(dead_code, reason = "areas that are not built may be the only ones to call it")
)]

pub mod account;
pub mod billing;
pub mod bounds;
pub mod calendar;
#[cfg(feature = "files")]
pub mod export;
#[cfg(feature = "files")]
pub mod import;
pub mod json;
#[cfg(feature = "migration")]
pub mod migration;
pub mod money;
mod names;
pub mod offers;
mod order;
pub mod quantity;
#[cfg(feature = "reseller")]
pub mod reseller;
pub mod rule;
mod serials;
pub mod subscriptions;
pub mod text;
pub mod tokens;
mod unique;
pub mod wire;
mod words;
pub mod xr;

pub use names::UnknownName;
