//! Values as JSON, by serde's traits.
//!
//! Every scalar of the library (dates, texts with a limit, counts, amounts, names, fingerprints) is read from and written as
//! what its `FromStr` and `Display` say, or as an integer within its limits. So a host keeps them in its own types:
//!
//! ```
//! use alms_core::calendar::Date;
//! use alms_core::json;
//! use alms_core::text::{PoNumber, Serial};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Renewal { po_number: PoNumber, serial: Serial, on: Date }
//!
//! let text = r#"{"po_number":"4711","serial":"LA1","on":"2023-10-20"}"#;
//! let renewal: Renewal = json::from_str(text)?;
//! assert_eq!(json::to_string(&renewal)?, text);
//!
//! let fault = json::from_str::<Renewal>(&text.replace("10-20", "02-30")).err().unwrap();
//! assert_eq!((fault.code(), fault.path()), ("invalid_input", "on"));
//! assert!(fault.message().starts_with("`2023-02-30` is no date"));
//! # Ok::<(), json::Fault>(())
//! ```
//!
//! [`answer`] computes on a request and gives the answer as JSON, as [`wire::call`](crate::wire::call) does by an operation's
//! name.
//!
//! Any format of serde reads and writes them; [`from_str`] gives the whole [`Fault`] of a value that is refused, another
//! format its sentence.

mod answer;
mod bounded;
mod fault;
mod text_form;
#[cfg(feature = "subscriptions")]
mod weight;

pub(crate) use text_form::{TextForm, TextVisitor, refused_text};

pub use crate::ErrorCode;
pub use answer::{Answer, Answered, answer};

pub use alms_json::{Context, ContextValue, Fault, from_str, to_io, to_string};
