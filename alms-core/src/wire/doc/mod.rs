//! The documents of the wire form: one set of types for reading and for writing.

pub(super) mod account;
pub(super) mod apply;
pub(super) mod calendar;
pub(super) mod compare;
pub(super) mod convert;
pub(super) mod explain;
pub(super) mod plan;
pub(super) mod policy;
#[cfg(feature = "import")]
pub(super) mod systems;
