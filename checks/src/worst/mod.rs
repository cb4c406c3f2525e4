//! The inputs that cost most per byte, for every operation: what the gate of `cargo xtask bench` measures.
//!
//! Each is made for a size, so that it can be doubled. What is long in one input is long in many ways: names that are equal,
//! errors, partners, versions. Whoever adds an operation adds its worst inputs here; a test says which have none.

mod accounts;
mod files;
mod ledger;
mod malformed;
mod migration;
mod offers;
mod registration;
mod reseller;
mod subscriptions;

use std::fmt::Display;

/// The input of a size.
pub type Input = fn(usize) -> String;

/// An input that costs much for its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Worst {
    /// The operation.
    pub op: &'static str,
    /// What there is much of.
    pub about: &'static str,
    /// The largest size that is measured: as many as are allowed, or as many as a short run allows.
    pub largest: usize,
    /// The input of a size.
    pub input: Input,
}

impl Worst {
    const fn new(op: &'static str, about: &'static str, largest: usize, input: Input) -> Self {
        Self { op, about, largest, input }
    }
}

/// The worst inputs of all operations.
pub fn all() -> impl Iterator<Item = Worst> {
    let areas = [
        accounts::WORST,
        files::WORST,
        ledger::WORST,
        migration::WORST,
        offers::WORST,
        registration::WORST,
        reseller::WORST,
        subscriptions::WORST,
    ];
    areas.into_iter().flatten().copied()
}

/// The worst inputs of an operation; empty for one that nobody thought of.
pub fn of(op: &str) -> Vec<Worst> {
    all().filter(|worst| worst.op == op).collect()
}

pub use malformed::MALFORMED;

/// The texts of so many things, with commas between them.
fn list<T: Display>(count: usize, one: impl Fn(usize) -> T) -> String {
    let mut text = String::new();
    for index in 0..count {
        if index > 0 {
            text.push(',');
        }
        text += &one(index).to_string();
    }
    text
}

/// So many texts in quotes, each with its number.
fn numbered(prefix: &str, count: usize) -> String {
    list(count, |index| format!(r#""{prefix}{index:07}""#))
}

/// So many e-mail addresses.
fn emails(count: usize) -> String {
    list(count, |index| format!(r#""u{index:07}@acme.example""#))
}

/// So many systems of an account, with these fields besides their serials.
fn systems(count: usize, fields: &str) -> String {
    list(count, |index| format!(r#"{{"serial":"LA{index:08}",{fields}}}"#))
}

/// The systems' fields of an active router that reported on 1 March 2023.
const ACTIVE: &str = r#""model":"RV55","state":"active","last_communication":"2023-03-01""#;
