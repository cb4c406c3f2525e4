//! The programs are examples of this package: `cargo run --release --example migrate`.

/// The Rust code of the README, which has to run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
