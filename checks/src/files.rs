//! Files of systems, whatever is in them.

use std::collections::BTreeSet;

use alms_core::account::System;
use alms_core::import::csv::{self, CsvOptions, DateOrder, registrations};
use alms_core::import::{Import, airvantage};

/// Any bytes as a CSV file, and as a list of registrations; their number decides what a date with slashes means.
pub fn csv(bytes: &[u8]) {
    let order = bytes.len() % DateOrder::ALL.len();
    let options = CsvOptions { date_order: DateOrder::ALL[order] };
    let read = csv::read(bytes, &options);
    assert_eq!(read, csv::read(bytes, &options), "two readings of one file");
    if let Ok(import) = read {
        check(&import);
        check_written(&import.systems);
    }
    if let Ok(file) = registrations::read(bytes) {
        assert!(file.rows().len() <= bytes.len(), "more rows than bytes");
    }
}

/// Any bytes as an answer of the AirVantage API.
pub fn api_json(bytes: &[u8]) {
    let read = airvantage::read(bytes);
    assert_eq!(read, airvantage::read(bytes), "two readings of one file");
    if let Ok(import) = read {
        check(&import);
        check_written(&import.systems);
    }
}

/// Every row is a system or an error; a serial is read once.
fn check(import: &Import) {
    assert_eq!(import.rows, import.systems.len() + import.bad_rows());
    assert!(import.errors.len() >= import.bad_rows(), "a row got lost: {import:?}");
    assert!(import.notes.len() <= import.systems.len(), "notes are of good rows: {import:?}");
    let serials: BTreeSet<&str> = import.systems.iter().map(|system| system.serial.as_str()).collect();
    assert_eq!(serials.len(), import.systems.len(), "a serial twice");
    for error in &import.errors {
        assert!(!error.to_string().is_empty());
    }
}

/// What is written is read as it was.
fn check_written(systems: &[System]) {
    let written = csv::write(systems);
    let again = csv::read(written.as_bytes(), &CsvOptions::default()).expect("what was written is a file");
    assert_eq!(again.errors, [], "{written}");
    assert_eq!(again.systems, systems, "{written}");
}
