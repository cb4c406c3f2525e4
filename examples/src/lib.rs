//! The programs are examples of this package: `cargo run --release --example migrate`.
