//! Runs `examples/migrate` as a person would and holds it to what is written in `tests/migrate/`.
//!
//! `TRYCMD=overwrite cargo test -p alms-examples` writes what the program says now; read the diff.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use support::example;

#[test]
fn the_program_says_what_is_written() {
    let program = example("migrate");
    assert!(program.exists(), "{program:?}: run the whole package's tests, which build the examples");
    trycmd::TestCases::new().register_bin("migrate", program).case("tests/migrate/*.trycmd").run();
}

/// MIG-14: what is deleted comes out as a file that can be registered, and here planned, again.
#[test]
fn deleted_systems_are_exported_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let export = folder.path().join("deleted.csv");
    let run = |systems: &Path, more: &[&OsStr]| {
        let mut program = Command::new(example("migrate"));
        program.args(["--tokens", "60", "--on", "2023-05-15", "--format", "csv", "--systems"]).arg(systems);
        let output = program.args(more).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let planned = run(Path::new("migrate/data/example-2.csv"), &["--export".as_ref(), export.as_os_str()]);
    let deleted =
        |plan: &str| plan.lines().filter(|line| line.contains(",deleted,")).map(str::to_owned).collect();
    let before: Vec<String> = deleted(&planned);
    let again: Vec<String> = deleted(&run(&export, &[]));
    assert_eq!(before.len(), 2);
    assert_eq!(again, before);
}

/// Many rows of a CSV file, each of them in the plan and every token accounted for.
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
    let output = Command::new(example("migrate"))
        .args(["--tokens", "120000", "--on", "2023-03-25", "--systems"])
        .arg(&file)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    assert!(printed.contains("20000 systems x 6 months"), "{printed}");
    assert!(printed.contains("Nothing is lost: 120000 + 0 = 0 + 120000 + 0 + 0 - 0"), "{printed}");
}
