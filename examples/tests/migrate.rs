//! Runs `examples/migrate` as a person would and holds it to what is written in `tests/migrate/`.
//!
//! `TRYCMD=overwrite cargo test -p alms-examples` writes what the program says now; read the diff.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::path::PathBuf;

/// `cargo test` builds the examples into a folder beside that of the tests.
fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    test.parent().and_then(|folder| folder.parent()).unwrap().join("examples").join(file)
}

#[test]
fn the_program_says_what_is_written() {
    let program = example("migrate");
    assert!(program.exists(), "{program:?}: run the whole package's tests, which build the examples");
    trycmd::TestCases::new().register_bin("migrate", program).case("tests/migrate/*.trycmd").run();
}

/// A million rows of a CSV file: only the systems and the plan stay in memory.
#[test]
fn a_large_file_is_read_row_by_row() {
    use std::fmt::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("systems.csv");
    let mut csv = "Serial Number,Gateway Type,Lifecycle State,Last Communication\n".to_owned();
    for number in 0..20_000 {
        writeln!(csv, "LA{number:014},RV55,Active,2023-03-01 12:34").unwrap();
    }
    std::fs::write(&file, csv).unwrap();
    let output = std::process::Command::new(example("migrate"))
        .args(["--tokens", "120000", "--on", "2023-03-25", "--systems"])
        .arg(&file)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("20000 systems x 6 months"), "{printed}");
    assert!(printed.contains("Nothing is lost: 120000 + 0 = 0 + 120000 + 0 + 0 - 0"), "{printed}");
}
