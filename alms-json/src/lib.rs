//! One reader and one writer for all documents of alms-core's wire form.
//!
//! serde's derive makes a parser for every document, several hundred bytes of code for each field. Here a document is the
//! names and places of its fields, a name and a pointer each; [`Read`] and [`Write`] derive them. It is a crate of its own
//! so that a build which has to be small can still have this, its innermost loops, compiled for speed.
//!
//! The parser, its sentences and the places of its errors are serde_json's.
#![forbid(unsafe_code)]

mod read;
mod write;

pub use alms_derive::{Read, Write};
pub use read::{Elements, Fill, Read, ReadFields, Reader, Shape, Source, Stop, read};
pub use write::{Json, Write, to_text, to_text_like, to_writer};
