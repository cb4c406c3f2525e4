//! Files of systems, whatever is in them.

use std::collections::BTreeSet;

use alms_core::account::System;
use alms_core::import::csv::{self, CsvOptions, DateOrder, Rows, counts, fleet, registrations};
use alms_core::import::{Import, LISTED_MAX, NoteCode, airvantage};

/// Any bytes as a CSV file of systems; their number decides what a date with slashes means.
pub fn csv(bytes: &[u8]) {
    let order = bytes.len() % DateOrder::ALL.len();
    let options = CsvOptions { date_order: DateOrder::ALL[order], ..CsvOptions::default() };
    let read = csv::read(bytes, &options);
    assert_eq!(read, csv::read(bytes, &options), "two readings of one file");
    if let Ok(import) = read {
        check(&import);
        check_written(&import.systems);
        check_streamed(bytes, &options, &import);
    }
}

/// Any bytes as a list of registrations, as daily counts, and as both files of a fleet.
pub fn lists(bytes: &[u8]) {
    if let Ok(file) = registrations::read(bytes, &[], DateOrder::Iso) {
        assert!(file.rows().count() <= bytes.len(), "more rows than bytes");
        for row in file.rows() {
            let is_read = row.serial.is_some() && row.model.is_some() && row.account.is_some();
            assert!(is_read || !row.errors.is_empty(), "a row got lost: {row:?}");
        }
        assert!(file.notes().iter().all(|note| !note.to_string().chars().any(char::is_control)));
    }
    let order = DateOrder::ALL[bytes.len() % DateOrder::ALL.len()];
    if let Ok(file) = counts::read(bytes, order) {
        assert_eq!(file.bad_rows > 0, !file.errors.is_empty(), "a row got lost: {file:?}");
        assert!(file.counts.len() + file.bad_rows <= bytes.len(), "more rows than bytes");
    }
    fleet::<false>(bytes, order);
    fleet::<true>(bytes, order);
}

/// Every row has all its cells, and a bad one is counted.
fn fleet<const ACCOUNTS: bool>(bytes: &[u8], order: DateOrder) {
    let Ok(survey) = fleet::Rows::<_, ACCOUNTS>::survey(bytes) else { return };
    let mut rows = fleet::Rows::<_, ACCOUNTS>::open(bytes, order, &survey).expect("the file was surveyed");
    let (columns, mut read, mut bad) = (rows.columns().len(), 0, 0);
    loop {
        let mut cells = 0;
        match rows.next(&mut |at, _| {
            assert_eq!(at, cells, "a cell got lost");
            cells += 1;
        }) {
            Some(Ok(fault)) => (read, bad) = (read + 1, bad + usize::from(fault.is_some())),
            Some(Err(_)) => return,
            None => break,
        }
        assert_eq!(cells, columns);
    }
    assert_eq!((rows.said().rows, rows.said().bad_rows), (read, bad));
}

/// A stream that was surveyed gives what the file gives.
fn check_streamed(bytes: &[u8], options: &CsvOptions, import: &Import) {
    if import.systems.is_empty() {
        return;
    }
    let survey = csv::survey(bytes, options).expect("the file was read");
    let rows = Rows::surveyed(bytes, options, &survey).expect("the file was read");
    let systems: Vec<System> = rows.filter_map(Result::ok).collect();
    assert_eq!(systems, import.systems, "a stream and the file");
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

/// Every row is read, left out or an error; a serial is read once; lists are short.
fn check(import: &Import) {
    assert_eq!(import.bad_rows() > 0, import.errors_total() > 0, "a row got lost: {import:?}");
    let read = if import.systems.is_empty() { import.subscriptions.len() } else { import.systems.len() };
    assert!(import.rows >= read + import.bad_rows() + import.left_out, "a row too many: {import:?}");
    assert!(import.errors.len() <= LISTED_MAX && import.errors.len() <= import.errors_total());
    assert!(
        import.notes.len() <= LISTED_MAX * NoteCode::ALL.len() && import.notes.len() <= import.notes_total()
    );
    let serials: BTreeSet<&str> = import.systems.iter().map(|system| system.serial.as_str()).collect();
    assert_eq!(serials.len(), import.systems.len(), "a serial twice");
    for error in &import.errors {
        assert!(!error.to_string().is_empty());
    }
}

/// What is written is read as it was, and no spreadsheet takes a cell for a formula.
fn check_written(systems: &[System]) {
    // What a file can hold as a serial number, an answer of the API may hold in another way.
    let written = csv::write(systems);
    let again = csv::read(written.as_bytes(), &CsvOptions::default()).expect("what was written is a file");
    assert_eq!(again.errors, [], "{written}");
    assert_eq!(again.systems, systems, "{written}");
}
