//! What the command line says, and what it keeps to itself.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use std::process::{Command, Output};
use std::thread;

const SECRET: &str = "hush-hush";

fn run(arguments: &[&str], database: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alms-service"));
    let Output { status, stdout, stderr } =
        command.args(arguments).env("ALMS_DATABASE", database).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    (status.success(), text)
}

/// A password is in no help and in no error, whatever is wrong with its URL.
#[test]
fn passwords_are_not_shown() {
    let (helped, help) = run(&["--help"], &format!("postgres://ann:{SECRET}@127.0.0.1/db"));
    assert!(helped && help.contains("ALMS_DATABASE") && !help.contains(SECRET), "{help}");
    let databases = [
        format!("postgres://ann:{SECRET}@127.0.0.1:1/db"),
        format!("postgres://ann:{SECRET}/@127.0.0.1:1/db"),
        format!("postgres://127.0.0.1:1/db?password={SECRET}"),
        format!("postgres://ann:{SECRET}@127.0.0.1:port/db"),
        format!("mysql://ann:{SECRET}@127.0.0.1:1/db"),
        format!("ann:{SECRET}@127.0.0.1"),
        SECRET.to_owned(),
        format!("sqlite:///nowhere/at/all.db?key={SECRET}"),
    ];
    let start = ["--insecure", "--listen", "127.0.0.1:0"];
    thread::scope(|scope| {
        for database in &databases {
            let by_argument = [start.as_slice(), &["--database", database]].concat();
            let runs = [(start.to_vec(), database.as_str()), (by_argument, "")];
            for (arguments, in_environment) in runs {
                scope.spawn(move || {
                    let (started, output) = run(&arguments, in_environment);
                    assert!(!started && !output.contains(SECRET), "{output}");
                    assert!(output.contains("Error: "), "{output}");
                });
            }
        }
    });
}

/// Without anybody who says who callers are, it does not start by mistake.
#[test]
fn nobody_is_let_in_unless_somebody_says_so() {
    let (started, output) = run(&["--listen", "127.0.0.1:0"], "sqlite::memory:");
    assert!(!started && output.contains("--insecure") && output.contains("--caller-header"), "{output}");
    let both = ["--listen", "127.0.0.1:0", "--insecure", "--caller-header", "x-caller"];
    assert!(!run(&both, "sqlite::memory:").0);
    let (_, help) = run(&["--help"], "");
    assert!(help.contains("--insecure"), "{help}");
}
