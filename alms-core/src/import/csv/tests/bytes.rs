//! Files as bytes: encodings, sizes, streams that fail, and what is written.

use super::*;
use std::io::{self, Read};

#[test]
fn a_file_in_utf16_is_read() {
    let text = format!("{HEADER}LÄ1,,Active,2023-03-01,,\nLA2,,?,,,\n");
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect();
        assert_eq!(import(bytes), import(&text));
    }
}

#[test]
fn ten_thousand_columns() {
    // A hundred for Miri, which takes minutes for a thousand.
    let count = if cfg!(miri) { 100 } else { 10_000 };
    let many = ",x".repeat(count);
    let good = import(format!("Serial,State,Last Communication{many}\nLA1,Active,{many}\n"));
    assert_eq!((serials(&good), good.ignored_columns.len()), (vec!["LA1"], count));
    let bad = import(format!("Serial,State,Last Communication\nLA1,Active,{many}\nLA2,Active,\n"));
    assert_eq!(errors(&bad), [(2, None, "wrong_field_count", &(count + 3).to_string()[..])]);
    let error = read(many.as_bytes(), &CsvOptions::default()).unwrap_err();
    assert!(error.to_string().ends_with(&format!("`x`, `x` and {} more", count - 19)), "{error}");
}

#[test]
fn a_row_too_long_ends_the_reading_wherever_blocks_end() {
    let long = "x".repeat(ROW_BYTES_MAX);
    for row in [format!("LA2,,Active,,,\"{long}\"\n"), format!("LA2,\"{long}")] {
        let import = rows(&format!("LA1,,Active,,,\n{row}\nLA3,,Active,,,\n"));
        assert_eq!(errors(&import), [(3, None, "row_too_long", "")]);
        assert_eq!((serials(&import), import.rows), (vec!["LA1"], 2));
    }
    // Exactly the longest row is read.
    let fits = "x".repeat(ROW_BYTES_MAX - "LA2,Active,,".len());
    let file = |more: &str| {
        format!("Serial,State,Last Communication,Name\nLA2,Active,,{fits}{more}\nLA3,Active,,\n")
    };
    assert_eq!(serials(&import(file(""))), ["LA2", "LA3"]);
    let cut_off = format!("Serial,State,Last Communication,Name\nLA2,Active,,{fits}");
    assert_eq!(serials(&import(cut_off)), ["LA2"], "the last line needs no end");
    assert_eq!(errors(&import(file("x"))), [(2, None, "row_too_long", "")]);
}

/// Gives a byte at a time, is interrupted before each, and fails at the end if it is told to.
#[derive(Debug)]
struct Slow<'a>(&'a [u8], bool, bool);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if self.0.is_empty() && self.2 {
            return Err(io::Error::other("the line is dead"));
        }
        let count = self.0.len().min(buffer.len()).min(1);
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

#[test]
fn a_stream_gives_what_the_file_gives() {
    let file =
        format!("\u{feff}{HEADER}LA1,,Active,,,\r\nLA2,,?,soon,,\r\nLA1,,Active,,,\nLA3,,RETIRED,,,\n");
    let whole = import(&file);
    let mut rows = Rows::new(Slow(file.as_bytes(), false, false), &CsvOptions::default()).unwrap();
    let (mut systems, mut errors, mut notes) = (vec![], vec![], vec![]);
    while let Some(row) = rows.next() {
        match row {
            Ok(system) => {
                systems.push(system);
                notes.extend(rows.take_notes());
            }
            Err(error) => errors.push(error),
        }
    }
    assert_eq!((rows.rows_read(), rows.bad_rows(), rows.delimiter()), (4, 2, ','));
    assert_eq!((systems, errors, notes), (whole.systems, whole.errors, whole.notes));
    assert!(rows.next().is_none());
}

#[test]
fn a_note_is_about_the_system_given_out_last() {
    let file = format!("{HEADER}LA1,,RETIRED,,,\nLA2,,Active,,,\nLA3,,RETIRED,soon,,\nLA4,,RETIRED,,,\n");
    let mut rows = Rows::new(file.as_bytes(), &CsvOptions::default()).unwrap();
    let mut noted = vec![];
    // The first note is left where it is.
    assert!(rows.next().unwrap().is_ok());
    while let Some(row) = rows.next() {
        noted.push((row.is_ok(), rows.take_notes().first().map(|note| note.line)));
    }
    assert_eq!(noted, [(true, None), (false, None), (true, Some(5))]);
}

#[test]
fn a_reader_that_fails_is_the_last_error() {
    // More than is read ahead for the header.
    let count = if cfg!(miri) { 300 } else { 1000 };
    let good: String = (0..count).map(|number| format!("LA{number},,Active,,,\n")).collect();
    let file = format!("{HEADER}{good}LB1,,Act");
    let mut rows = Rows::new(Slow(file.as_bytes(), false, true), &CsvOptions::default()).unwrap();
    assert_eq!(rows.by_ref().take(count).filter(Result::is_ok).count(), count);
    let error = rows.next().unwrap().unwrap_err();
    assert_eq!((error.line, error.code), (count as u64 + 2, RowErrorCode::Unreadable));
    assert!(error.message.starts_with("`the line is dead` stopped the reading"), "{error}");
    assert!(rows.next().is_none());
    assert_eq!((rows.rows_read(), rows.bad_rows()), (count + 1, 1));
    let error = Rows::new(Slow(b"Serial", false, true), &CsvOptions::default()).unwrap_err();
    assert_eq!(error.code().as_str(), "unreadable");
}

#[test]
fn files_that_are_none() {
    for (file, code) in [
        (&b""[..], "empty_input"),
        (b"\xef\xbb\xbf", "empty_input"),
        (b"\n\r\n\r", "empty_input"),
        (b"\xff\xfe", "empty_input"),
        (b"\xfe\xff\0S", "missing_column"),
        (b"S\0e\0r\0i\0a\0l\0", "unsupported_encoding"),
        (b"PK\x03\x04", "unsupported_format"),
        (b"LA1,Active,2023-03-01", "missing_column"),
        (b"Serial,State,Last Communication,serial_number\nLA1,Active,,LA2", "ambiguous_column"),
    ] {
        assert_eq!(read(file, &CsvOptions::default()).unwrap_err().code().as_str(), code);
    }
    let header = format!("Serial,State,Last Communication,{}\n", "x".repeat(ROW_BYTES_MAX));
    assert_eq!(
        read(header.as_bytes(), &CsvOptions::default()).unwrap_err().code().as_str(),
        "header_too_long"
    );
    let open = format!("\"Serial,State,Last Communication\n{}", "LA1,Active,\n".repeat(100_000));
    assert_eq!(read(open.as_bytes(), &CsvOptions::default()).unwrap_err().code().as_str(), "header_too_long");
    assert_eq!(import(HEADER.trim_end()).rows, 0);
}

#[test]
fn a_written_file_has_the_grids_form() {
    let import =
        rows("LA1,\"a \"\"b\"\", c\",test ready,2023-03-01 10:00,,2024-02-29\n=1+1,,maintenance,,,\n");
    assert_eq!(
        write(&import.systems),
        format!("{HEADER}LA1,\"a \"\"b\"\", c\",Active,2023-03-01,,2024-02-29\n'=1+1,,Maintenance,,,\n")
    );
    assert_eq!(write(&[]), HEADER);
}

#[test]
fn a_writer_that_fails_says_so() {
    #[derive(Debug)]
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is full"))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = CsvWriter::new(Full).unwrap().finish().unwrap_err();
    assert_eq!(error.to_string(), "the disk is full");
}
