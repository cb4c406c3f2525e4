//! 0 done, 1 the input is refused, 2 the command line is wrong, 3 reading or writing failed: for every program alike.

#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use support::example;

const MIGRATE: [&str; 4] = ["--tokens", "60", "--on", "2023-05-15"];
const GRID: &str = "Serial Number,Lifecycle State,Last Communication\nLA1,Active,2023-05-01\n";
/// The first four bytes of every workbook.
const WORKBOOK: &[u8] = b"PK\x03\x04 [Content_Types].xml xl/workbook.xml";

/// Runs a program and expects that it ends so.
fn ends(program: &str, folder: &Path, args: &[&str], code: i32) {
    let output = Command::new(example(program)).current_dir(folder).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{program} {args:?}: {said}");
    assert_eq!(code != 0, said.contains("error: "), "{program} {args:?}: {said}");
}

#[test]
fn migrate_ends_as_its_help_says() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("good.csv", GRID.as_bytes());
    write("bad.csv", GRID.replace("Active", "Asleep").as_bytes());
    write("open.csv", GRID.replace("LA1", "\"LA1").as_bytes());
    write("header.csv", b"Serial,State\nLA1,Active\n");
    write("two.csv", b"Account,Serial,State,Last Seen\nc1,LA1,Active,\nc2,LA2,Active,\n");
    write("book.csv", WORKBOOK);
    write("items.json", b"{}");
    for (file, more, code) in [
        ("good.csv", &[][..], 0),
        ("good.csv", &["--export", "deleted.csv"], 0),
        ("bad.csv", &[], 1),
        ("bad.csv", &["--skip-bad-rows"], 0),
        ("open.csv", &["--skip-bad-rows"], 1),
        ("header.csv", &[], 1),
        ("two.csv", &[], 1),
        ("book.csv", &[], 1),
        ("items.json", &[], 1),
        ("good.csv", &["--kind", "reseller"], 1),
        ("good.csv", &["--explain", "LA9"], 2),
        ("good.csv", &["--rounding", "up"], 2),
        ("nowhere.csv", &[], 3),
        (".", &[], 3),
        ("good.csv", &["--export", "bad.csv"], 3),
        ("good.csv", &["--export", "no/folder.csv"], 3),
    ] {
        ends("migrate", folder.path(), &[&["--systems", file], &MIGRATE[..], more].concat(), code);
    }
}

#[test]
fn month_end_ends_as_its_help_says() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("good.csv", b"date,account,active\n2023-05-31,harbor,4\n");
    write("bad.csv", b"date,account,active\n2023-05-31,harbor,many\n");
    write("book.csv", WORKBOOK);
    write("bad.json", b"{}");
    write("latin.json", b"{\"accounts\": \"\xe9\"}");
    for (args, code) in [
        (&["--usage", "good.csv", "--save", "new.json"][..], 0),
        (&["--usage", "bad.csv"], 1),
        (&["--usage", "book.csv"], 1),
        (&["--usage", "good.csv", "--ledger", "bad.json"], 1),
        (&["--usage", "good.csv", "--ledger", "latin.json"], 1),
        (&["--usage", "good.csv", "--month", "2023-04"], 1),
        (&["--month", "May"], 2),
        (&["--ledger", "bad.json"], 2),
        (&["--usage", "nowhere.csv"], 3),
        (&["--usage", "."], 3),
        (&["--usage", "good.csv", "--ledger", "nowhere.json"], 3),
        (&["--grid", "good.csv"], 3),
        (&["--orders", "no/folder.csv"], 3),
    ] {
        ends("month_end", folder.path(), args, code);
    }
}

#[test]
fn partner_month_ends_as_its_help_says() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("good.csv", b"Serial,Model,Account\nLA1,RV55,harbor\n");
    write("header.csv", b"Serial,Model\nLA1,RV55\n");
    write("book.csv", WORKBOOK);
    write("bad.json", b"{}");
    for (args, code) in [
        (&["--registrations", "good.csv", "--out", "may"][..], 0),
        (&["--registrations", "header.csv"], 1),
        (&["--registrations", "book.csv"], 1),
        (&["--registrations", "good.csv", "--book", "bad.json"], 1),
        (&["--on", "soon"], 2),
        (&["--registrations", "nowhere.csv"], 3),
        (&["--registrations", "."], 3),
        (&["--registrations", "good.csv", "--book", "nowhere.json"], 3),
        // All three files of the month are there.
        (&["--out", "may"], 3),
        (&["--out", "good.csv"], 3),
    ] {
        ends("partner_month", folder.path(), args, code);
    }
}

/// Who reads with `head` has seen enough; a full disk is another thing.
#[cfg(target_os = "linux")]
#[test]
fn output_that_nobody_takes_is_not_a_failure_and_a_full_disk_is() {
    for program in ["migrate", "month_end", "partner_month"] {
        let folder = tempfile::tempdir().unwrap();
        let run = |out: Stdio| {
            let mut run = Command::new(example(program));
            run.current_dir(folder.path()).stderr(Stdio::null()).stdout(out).status().unwrap().code()
        };
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(run(writer.into()), Some(0), "{program}");
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        assert_eq!(run(full.into()), Some(3), "{program}");
    }
}
