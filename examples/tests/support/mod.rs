//! What the tests of all programs need.

use std::path::PathBuf;

/// `cargo test` builds the examples into a folder beside that of the tests.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    test.parent().and_then(|folder| folder.parent()).unwrap().join("examples").join(file)
}
