//! JSON for alms: one reader and one writer, small enough for a browser, whose errors say where and what.
//!
//! [`Deserializer`] and [`Serializer`] are serde's; [`Fault`] is their error. [`from_str`] and [`to_string`] read and write any
//! type that has serde's traits:
//!
//! ```
//! #[derive(serde::Serialize, serde::Deserialize)]
//! #[serde(deny_unknown_fields)]
//! struct Renewal { serial: String, months: u16 }
//!
//! let renewal: Renewal = alms_json::from_str(r#"{"serial": "LA1", "months": 36}"#)?;
//! assert_eq!(alms_json::to_string(&renewal)?, r#"{"serial":"LA1","months":36}"#);
//!
//! let fault = alms_json::from_str::<Renewal>(r#"{"serial": "LA1", "month": 36}"#).err().unwrap();
//! assert_eq!(fault.path(), "month");
//! assert_eq!(fault.message(), "the field `month` is unknown here; use `serial` or `months`");
//! # Ok::<(), alms_json::Fault>(())
//! ```
//!
//! The documents of alms-core's wire form that serde's traits do not declare yet are the names and places of their fields, a
//! name and a pointer each; [`Read`] and [`Write`] derive them.
//!
//! It is a crate of its own so that a build which has to be small can still have this, its innermost loops, compiled for speed.
#![forbid(unsafe_code)]

mod de;
mod fault;
mod read;
mod scan;
mod ser;
mod shown;
mod write;

pub use alms_derive::{Read, Write, document};
pub use de::{Deserializer, from_str, null_is_default};
pub use fault::{Context, ContextValue, Fault};
pub use read::{Elements, Fill, Raw, Read, ReadFields, Reader, Shape, Source, Stop, read};
pub use ser::{Compound, Serializer, to_io, to_string};
pub use shown::{is_format, shown, visible};
pub use write::{Json, Write, to_text, to_text_like, to_writer};

/// The example of the README is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
