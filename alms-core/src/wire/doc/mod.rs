//! The documents of the wire form: one set of types for reading and for writing.

pub(super) mod account;
pub(super) mod advice;
pub(super) mod align;
pub(super) mod apply;
pub(super) mod booking;
pub(super) mod calendar;
pub(super) mod compare;
pub(super) mod convert;
pub(super) mod coterm;
pub(super) mod coverage;
pub(super) mod due;
pub(super) mod explain;
pub(super) mod finding;
pub(super) mod forecast;
pub(super) mod invoices;
pub(super) mod ledger;
pub(super) mod meter;
pub(super) mod money;
#[cfg(feature = "files")]
pub(super) mod notifications;
pub(super) mod plan;
pub(super) mod policy;
pub(super) mod price;
pub(super) mod price_list;
pub(super) mod quote;
mod refusal;
pub(super) mod renew;
pub(super) mod replay;
pub(super) mod simulate;
pub(super) mod state;
pub(super) mod statement;
pub(super) mod subaccounts;
pub(super) mod subscription;
#[cfg(feature = "files")]
pub(super) mod systems;
pub(super) mod updates;
