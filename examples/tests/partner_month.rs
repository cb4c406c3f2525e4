//! Runs `examples/partner_month` as a partner would and holds it to what is written in `tests/partner_month/`.
//!
//! `TRYCMD=overwrite cargo test -p alms-examples` writes what the program says now; read the diff.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use std::path::Path;
use std::process::Command;
use support::example;

/// Runs the program in a folder of its own.
fn partner_month(folder: &Path, args: &[&str]) -> std::process::Output {
    Command::new(example("partner_month")).current_dir(folder).args(args).output().unwrap()
}

#[test]
fn the_program_says_what_is_written() {
    let program = example("partner_month");
    assert!(program.exists(), "{program:?}: run the whole package's tests, which build the examples");
    trycmd::TestCases::new()
        .register_bin("partner_month", program)
        .case("tests/partner_month/*.trycmd")
        .run();
}

#[test]
fn a_report_that_is_kept_fits_a_page() {
    let folder = tempfile::tempdir().unwrap();
    for args in [&[][..], &["--within", "366"], &["--on", "2025-08-01"]] {
        let output = partner_month(folder.path(), args);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

/// The folder of the program's own is written anew each time.
#[test]
fn the_month_can_be_printed_again() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        assert!(partner_month(folder.path(), &[]).status.success());
    }
    let names = std::fs::read_dir(folder.path().join("target/partner_month")).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected = ["fjord", "harbor", "mesa"].map(|uid| format!("renewals_{uid}_2024-05.csv"));
    assert_eq!(names, expected);
}

/// A file that exists is kept as it is, and the others are not left behind.
#[test]
fn all_files_are_written_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("may/renewals_mesa_2024-05.csv");
    std::fs::create_dir(folder.path().join("may")).unwrap();
    std::fs::write(&kept, "kept").unwrap();
    let output = partner_month(folder.path(), &["--out", "may"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(output.stdout, b"");
    assert_eq!(std::fs::read_dir(folder.path().join("may")).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "kept");
}
