//! A short load with two kills on each database; `cargo run -p alms-service --bin load -- --help` for longer ones.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use std::process::Command;
use support::{Database, postgres, sqlite};

fn load(database: &Database) {
    let mut load = Command::new(env!("CARGO_BIN_EXE_load"));
    load.args(["--seconds", "6", "--kills", "2", "--database", &database.url]);
    let output = load.args(["--service", env!("CARGO_BIN_EXE_alms-service")]).output().unwrap();
    let (figures, errors) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{figures}");
    assert!(output.status.success(), "{figures}{errors}");
    assert!(figures.contains("all counts agree"), "{figures}");
}

#[test]
fn nothing_is_lost_in_sqlite() {
    load(&sqlite());
}

#[test]
fn nothing_is_lost_in_postgres() {
    load(&postgres());
}
