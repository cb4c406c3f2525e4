//! The documents of the wire form: one set of types for reading and for writing.

pub(super) mod account;
pub(super) mod advice;
pub(super) mod apply;
pub(super) mod billing;
pub(super) mod booking;
pub(super) mod calendar;
pub(super) mod catalogue;
pub(super) mod compare;
pub(super) mod convert;
pub(super) mod coterm;
pub(super) mod coverage;
pub(super) mod explain;
pub(super) mod finding;
pub(super) mod forecast;
pub(super) mod ledger;
pub(super) mod listing;
pub(super) mod meter;
pub(super) mod money;
pub(super) mod plan;
pub(super) mod policy;
pub(super) mod price;
pub(super) mod product;
mod refusal;
pub(super) mod register;
pub(super) mod renew;
pub(super) mod replay;
pub(super) mod simulate;
pub(super) mod statement;
pub(super) mod subaccounts;
pub(super) mod subscriber;
#[cfg(feature = "files")]
pub(super) mod systems;
pub(super) mod updates;
pub(super) mod xr;
