//! The licensing rules of the AirLink Management Service (ALMS), as pure functions over plain values.
//!
//! * **The preview is the booking.** A [plan](migration::plan) is data with a fingerprint; [applying](migration::apply)
//!   it to anything that has changed since is refused.
//! * **Every date can be defended.** Each outcome names its [rules](rule), and [explaining](migration::explain) it
//!   gives the exact fraction, the rounding and the source document.
//! * **Nothing is lost.** The [token statement](migration::TokenStatement) of a plan accounts for every token.
//!
//! ```
//! use alms_core::account::{Account, AccountData, Format, Instance, Kind, System, SystemState, Systems};
//! use alms_core::migration::{self, Policy};
//! use alms_core::tokens::Tokens;
//!
//! // Two systems share 13 tokens.
//! let seen = |serial: &str| -> Result<System, Box<dyn std::error::Error>> {
//!     let system = System::new(serial.parse()?, "RV55".parse()?, SystemState::Active);
//!     Ok(System { last_communication: Some("2023-05-02".parse()?), ..system })
//! };
//! let account = Account::try_new(AccountData {
//!     tokens: Tokens::try_new(13)?,
//!     systems: Systems::try_new(vec![seen("LA1")?, seen("LA2")?])?,
//!     ..AccountData::new("a1".parse()?, "Acme Buses".parse()?, Instance::Na, Format::Legacy, Kind::Customer)
//! })?;
//! let plan = migration::plan(&account, "2023-05-15".parse()?, &Policy::default())?;
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
mod code;
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

pub use code::ErrorCode;
pub use names::UnknownName;

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
