//! Files that mean harm, or came to it: what is kept and given out stays a small multiple of what came in.
#![cfg(feature = "files")]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]

use alms_core::import::csv::{self, CsvOptions, registrations};
use alms_core::wire;
use serde_json::json;

const TIMES_MAX: usize = 10;

/// How many bytes more the work takes at its peak.
fn peak(work: impl FnOnce()) -> usize {
    usize::try_from(allocation_counter::measure(work).bytes_max).unwrap()
}

fn hostile() -> Vec<(&'static str, String)> {
    let header = "Serial Number;Gateway Type;Lifecycle State;Last Communication\n";
    let megabytes = |part: &str| part.repeat(2_000_000_usize.div_ceil(part.len()));
    let cell = |part: &str| part.repeat(10_000_000_usize.div_ceil(part.len()));
    vec![
        ("a cell of 10 MB", format!("{header}LA1;{};Active;\n", cell("x"))),
        ("a quoted cell of 10 MB", format!("{header}LA1;\"{}\";Active;\n", cell("x\n"))),
        ("a million rows of delimiters", format!("{header}{}", ";;;\n".repeat(1_000_000))),
        ("rows of two bytes", format!("{header}{}", "x\n".repeat(300_000))),
        ("rows of nothing but a serial", format!("{header}{}", serials(60_000))),
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

/// Rows that are bad, each with a serial of its own of four letters.
fn serials(count: u32) -> String {
    let digit = |number: u32, place: u32| char::from_digit(number / 30_u32.pow(place) % 30, 30).unwrap();
    (0..count)
        .flat_map(|number| [3, 2, 1, 0].map(|place| digit(number, place)).into_iter().chain(";;;\n".chars()))
        .collect()
}

#[test]
fn memory_and_output_stay_a_small_multiple_of_the_input() {
    for (name, file) in hostile() {
        let bound = TIMES_MAX * file.len();
        let taken = peak(|| drop(csv::read(file.as_bytes(), &CsvOptions::default())));
        assert!(taken <= bound, "systems, {name}: {taken} bytes for {}", file.len());
        let input = json!({"csv": file}).to_string();
        check_call(name, "systems.from_csv", &input, file.len());
        let list = file.replacen("Last Communication", "Account", 1);
        let taken = peak(|| drop(registrations::read(list.as_bytes(), &[], csv::DateOrder::Iso)));
        assert!(taken <= bound, "registrations, {name}: {taken} bytes for {}", file.len());
        let account = json!({"uid": "c1", "format": "avc", "kind": "customer", "instance": "na"});
        let input = json!({"csv": list, "on": "2024-05-01", "accounts": [account]}).to_string();
        check_call(name, "reseller.bulk_register", &input, file.len());
    }
}

/// The whole call, from one text to the other.
fn check_call(name: &str, op: &str, input: &str, length: usize) {
    let mut output = String::new();
    let taken = peak(|| output = wire::call(op, input).unwrap_or_else(|error| error.to_json()));
    assert!(taken <= TIMES_MAX * length, "{op}, {name}: {taken} bytes for {length}");
    assert!(output.len() <= 4 * length, "{op}, {name}: {} bytes of output for {length}", output.len());
}
