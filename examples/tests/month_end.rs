//! Runs `examples/month_end` as a partner would and holds it to what is written in `tests/month_end/`.
//!
//! `TRYCMD=overwrite cargo test -p alms-examples` writes what the program says now; read the diff.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use support::example;

/// What the program prints.
fn month_end(args: &[&OsStr]) -> String {
    let output = Command::new(example("month_end")).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_program_says_what_is_written() {
    let program = example("month_end");
    assert!(program.exists(), "{program:?}: run the whole package's tests, which build the examples");
    trycmd::TestCases::new().register_bin("month_end", program).case("tests/month_end/*.trycmd").run();
}

#[test]
fn a_report_that_is_kept_fits_a_page() {
    let june = "tests/month_end/save.in/june.csv";
    for args in
        [&[][..], &["--month", "2023-06", "--usage", june], &["--on", "2023-06-02", "--within", "500"]]
    {
        let printed = month_end(&args.iter().map(OsStr::new).collect::<Vec<_>>());
        for line in printed.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

/// What is saved differs from what was read by the new bookings and nothing else.
#[test]
fn the_bookings_are_added_to_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("may.json");
    month_end(&["--save".as_ref(), saved.as_os_str()]);
    let lines = |path: &Path| -> Vec<String> {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect()
    };
    let (before, after) = (lines(Path::new("month_end/data/ledger.json")), lines(&saved));
    let added: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    let peaks = [
        ("northstar", 7),
        ("harbor", 45),
        ("ridgeline", 25),
        ("mesa", 12),
        ("quarry", 6),
        ("tideway", 12),
        ("sunbelt", 19),
    ];
    let expected = peaks.map(|(uid, peak)| {
        format!(
            r#"{{"key":"2023-05:{uid}","on":"2023-05-31","type":"consumption","account":"{uid}","month":"2023-05","peak":{peak}}}"#
        )
    });
    assert_eq!(added, expected.iter().collect::<Vec<_>>());
    let kept: Vec<&String> = after.iter().filter(|line| before.contains(line)).collect();
    assert_eq!(kept, before.iter().collect::<Vec<_>>());
}

/// A file that exists is kept as it is, and the others are not left behind.
#[test]
fn all_files_are_written_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let [ledger, grid] = ["may.json", "grid.csv"].map(|name| folder.path().join(name));
    std::fs::write(&grid, "kept").unwrap();
    let mut program = Command::new(example("month_end"));
    program.arg("--save").arg(&ledger).arg("--grid").arg(&grid);
    let output = program.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(output.stdout, b"");
    assert!(!ledger.exists());
    assert_eq!(std::fs::read_to_string(&grid).unwrap(), "kept");
}

/// Other partners' accounts in the ledger are not booked, and every token of theirs is still accounted for.
#[test]
fn a_ledger_of_two_partners_is_booked_for_one() {
    let ledger = OsStr::new("tests/data/two-resellers.json");
    let usage = OsStr::new("tests/data/acme-usage.csv");
    let args = ["--ledger".as_ref(), ledger, "--usage".as_ref(), usage, "--partner".as_ref(), "p1".as_ref()];
    let month: [&OsStr; 2] = ["--month".as_ref(), "2023-05".as_ref()];
    let printed = month_end(&[&args[..], &month].concat());
    // 12 - 12 = 0 tokens: not below zero, and the next month cannot be paid (TOK-5, TOK-6).
    assert!(printed.contains("active at 0 (TOK-6)"), "{printed}");
    assert!(
        printed.contains("│ 2023-06-30 ┆ Acme Buses ┆     0 ┆  12 ┆    12 ┆ 240.00 USD ┆    0 │"),
        "{printed}"
    );
    // Of three packs that were ordered, an edit gave one back to the vendor (ORD-4, ORD-7).
    assert!(
        printed.contains("In 2023-05      12 + 24 from the vendor - 12 used = 24 in stock\n"),
        "{printed}"
    );
    assert!(!printed.contains("Other Partner"), "{printed}");
}
