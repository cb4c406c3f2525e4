//! What must be known before the first row: the encoding and the delimiter.

use super::ROW_BYTES_MAX;
use crate::import::ImportError;
use std::io::Read;

/// The delimiters that exports have; the first wins where nothing speaks for another.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The bytes to begin with; most headers fit.
const FIRST_BLOCK: usize = 4096;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// The beginning of a file, which has to be read ahead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The bytes that were read, without the byte order mark: at least the header.
    pub(super) bytes: Vec<u8>,
    pub(super) delimiter: u8,
}

impl Head {
    pub(super) fn read(reader: &mut impl Read, is_known: fn(&str) -> bool) -> Result<Self, ImportError> {
        let mut bytes = Vec::new();
        while header_line(&bytes).is_none() {
            if bytes.len() > ROW_BYTES_MAX {
                return Err(ImportError::HeaderTooLong);
            }
            // Doubled each time: looking for the end from the beginning again costs no more than the last look.
            let block = bytes.len().max(FIRST_BLOCK) as u64;
            if reader.by_ref().take(block).read_to_end(&mut bytes)? == 0 {
                break;
            }
        }
        let marks = bytes.chunks(UTF8_MARK.len()).take_while(|chunk| *chunk == UTF8_MARK).count();
        bytes.drain(..marks.saturating_mul(UTF8_MARK.len()));
        let header = header_line(&bytes).unwrap_or(&bytes);
        if UTF16_MARKS.iter().any(|mark| bytes.starts_with(mark)) || header.contains(&0) {
            return Err(ImportError::UnsupportedEncoding);
        }
        let delimiter = delimiter(header, is_known);
        Ok(Self { bytes, delimiter })
    }
}

/// The first line that is not empty, if its end is in `bytes`; a line break in quotes is no end.
fn header_line(bytes: &[u8]) -> Option<&[u8]> {
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let start = bytes.iter().position(|byte| !is_break(byte))?;
    let line = bytes.get(start..)?;
    let mut quoted = false;
    let end = line.iter().position(|byte| {
        quoted ^= *byte == b'"';
        !quoted && is_break(byte)
    })?;
    line.get(..end)
}

/// The delimiter under which most titles are known, and of those the one that gives most titles.
fn delimiter(header: &[u8], is_known: fn(&str) -> bool) -> u8 {
    let mut best = (0, 0);
    let mut chosen = b',';
    for delimiter in DELIMITERS {
        let merit = merit(header, delimiter, is_known);
        if merit > best {
            (best, chosen) = (merit, delimiter);
        }
    }
    chosen
}

/// How many titles are known under this delimiter, and how many there are.
fn merit(header: &[u8], delimiter: u8, is_known: fn(&str) -> bool) -> (usize, usize) {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(header);
    let mut record = csv::ByteRecord::new();
    // Reading from memory does not fail; if it did, this delimiter would have no merit.
    let _ = reader.read_byte_record(&mut record);
    let known = record.iter().filter(|title| is_known(&String::from_utf8_lossy(title))).count();
    (known, record.len())
}

#[cfg(test)]
mod tests {
    use super::super::columns::Column as _;
    use super::super::header::Field;
    use super::*;

    fn is_known(title: &str) -> bool {
        Field::of_title(title).is_some()
    }

    fn head(text: &str) -> Head {
        Head::read(&mut text.as_bytes(), is_known).unwrap()
    }

    #[test]
    fn the_header_decides_on_the_delimiter() {
        for (header, delimiter) in [
            ("Serial,State,Last Communication", b','),
            ("Serial;State;Last Communication", b';'),
            ("Serial\tState\tLast Communication", b'\t'),
            ("\"Serial\";\"State\";\"a,b,c,d,e\"", b';'),
            ("Notes, remarks, and more, and more;Serial;State", b';'),
            ("a,b;c;d", b';'),
            ("a;b,c", b','),
            ("Serial", b','),
        ] {
            assert_eq!(
                head(&format!("{header}\n1;2;3;4;5;6;7,8\t9\t9\t9\n")).delimiter,
                delimiter,
                "{header}"
            );
        }
    }

    #[test]
    fn byte_order_marks_are_taken_off() {
        assert_eq!(head("\u{feff}Serial\n").bytes, b"Serial\n");
        assert_eq!(head("\u{feff}\u{feff}\nSerial\n").bytes, b"\nSerial\n");
        assert_eq!(head("Serial\u{feff}\n").bytes, "Serial\u{feff}\n".as_bytes());
    }

    #[test]
    fn a_long_header_is_read_to_its_end() {
        let header = "x".repeat(ROW_BYTES_MAX / 3);
        assert!(head(&format!("\n\r{header}\nrow")).bytes.len() > header.len());
        assert!(head(&format!("\"{header}\n{header}\"\nrow")).bytes.len() > 2 * header.len());
        let endless = std::io::repeat(b'x');
        assert_eq!(Head::read(&mut { endless }, is_known), Err(ImportError::HeaderTooLong));
    }

    #[test]
    fn the_longest_row_may_be_the_header() {
        let header = "x".repeat(ROW_BYTES_MAX);
        assert_eq!(head(&format!("{header}\nrow")).bytes.len(), ROW_BYTES_MAX + 4);
    }

    #[test]
    fn a_line_break_in_quotes_does_not_end_the_header() {
        let header = &b"a,b,\"c\nd\",e"[..];
        assert_eq!(header_line(&[b"\r\n", header, b"\r\n\"row\"\n"].concat()), Some(header));
        assert_eq!(header_line(header), None);
    }

    #[test]
    fn utf16_is_refused() {
        for bytes in [&b"\xff\xfeS\0"[..], b"\xfe\xff\0S", b"S\0e\0r\0i\0a\0l\0\n\0", b"\0S\0e\0\n"] {
            assert_eq!(Head::read(&mut { bytes }, is_known), Err(ImportError::UnsupportedEncoding));
        }
    }
}
