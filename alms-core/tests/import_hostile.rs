//! Files that mean harm, or came to it: what is kept and given out stays a small multiple of what came in.
#![cfg(all(feature = "files", target_os = "linux"))]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]

use alms_core::import::csv::{self, CsvOptions, registrations};
use alms_core::wire;
use serde_json::json;
use std::fs;

const TIMES_MAX: usize = 10;

/// Bytes of this process now, and the most since the peak was reset.
fn memory(field: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

/// How many bytes more the work takes at its peak.
fn peak(work: impl FnOnce()) -> usize {
    // Resets the peak; where a sandbox forbids it the peak is only larger.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = memory("VmRSS");
    work();
    memory("VmHWM").saturating_sub(before)
}

fn hostile() -> Vec<(&'static str, String)> {
    let header = "Serial Number;Gateway Type;Lifecycle State;Last Communication\n";
    let megabytes = |part: &str| part.repeat(2_000_000_usize.div_ceil(part.len()));
    let cell = |part: &str| part.repeat(10_000_000_usize.div_ceil(part.len()));
    vec![
        ("a cell of 10 MB", format!("{header}LA1;{};Active;\n", cell("x"))),
        ("a quoted cell of 10 MB", format!("{header}LA1;\"{}\";Active;\n", cell("x\n"))),
        ("a million rows of delimiters", format!("{header}{}", ";;;\n".repeat(1_000_000))),
        ("rows of the wrong length", format!("{header}{}", megabytes("a;b\n"))),
        ("bad cells", format!("{header}{}", megabytes("1E+5;\u{7};?;soon\n"))),
        ("serials with notes", format!("{header}{}", megabytes("'1;RV55;Aktiv;\n"))),
        ("dates of two readings", format!("{header}{}", megabytes(";;;03/04/2023\n"))),
        ("a quote that is never closed", format!("{header}\"{}", megabytes("LA1;RV55;Active;\n"))),
        ("columns", format!("{}\n", megabytes("Support End of x;"))),
        ("a header that never ends", megabytes("Serial;")),
        ("lines above the header", format!("{}{header}", megabytes("\n \n"))),
    ]
}

#[test]
fn memory_and_output_stay_a_small_multiple_of_the_input() {
    for (name, file) in hostile() {
        let bound = TIMES_MAX * file.len();
        let taken = peak(|| drop(csv::read(file.as_bytes(), &CsvOptions::default())));
        assert!(taken <= bound, "systems, {name}: {taken} bytes for {}", file.len());
        let list = file.replacen("Last Communication", "Account", 1);
        let taken = peak(|| drop(registrations::read(list.as_bytes(), &[])));
        // A row of a list, which may be of four bytes, is kept until it is judged.
        assert!(taken <= 10 * bound, "registrations, {name}: {taken} bytes for {}", file.len());
        let input = json!({"csv": file}).to_string();
        let output = wire::call("systems.from_csv", &input).unwrap_or_else(|error| error.to_json());
        assert!(
            output.len() <= 4 * file.len(),
            "{name}: {} bytes of output for {}",
            output.len(),
            file.len()
        );
    }
}
