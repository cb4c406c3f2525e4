//! What must be known before the first row: which line is the header, and the delimiter.

use super::ROW_BYTES_MAX;
use crate::import::{ImportError, signature};
use csv::ByteRecord;
use std::io::Read;
use std::ops::Range;

/// The delimiters that exports have; the first wins where nothing speaks for another.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The bytes to begin with; most headers fit.
const FIRST_BLOCK: usize = 4096;

/// How many lines of a title may come before the header.
const TITLES_MAX: usize = 5;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The beginning of a file, which has to be read ahead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The bytes that were read, from the header on.
    pub(super) bytes: Vec<u8>,
    pub(super) delimiter: u8,
    /// The line of the first of these bytes.
    pub(super) line: u64,
    /// The lines before the header, in the order of the file.
    pub(super) skipped: Vec<Skipped>,
}

/// A line before the header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Skipped {
    pub(super) line: u64,
    pub(super) text: Vec<u8>,
    pub(super) kind: Above,
}

/// What a line before the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// `sep=;`, by which a spreadsheet is told the delimiter.
    Delimiter,
    /// `#TYPE …`, which PowerShell writes.
    Type,
    /// A line of a title.
    Title,
}

/// How well a line does as a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merit {
    /// Every column is there that has to be.
    pub(super) complete: bool,
    /// How many titles are known.
    pub(super) known: usize,
    /// How many there are.
    pub(super) titles: usize,
}

/// Tells how well a line does.
pub(super) type Judge<'a> = &'a dyn Fn(&ByteRecord) -> Merit;

/// A line that may be the header.
struct Candidate {
    line: Range<usize>,
    merit: Merit,
    delimiter: u8,
}

impl Head {
    pub(super) fn read(reader: &mut impl Read, judge: Judge<'_>) -> Result<Self, ImportError> {
        let mut ahead = Ahead { bytes: Vec::new(), ended: false };
        let first = ahead.line(reader, 0)?;
        if let Some((kind, advice)) = signature::of(&ahead.bytes) {
            return Err(ImportError::UnsupportedFormat { kind, advice });
        }
        let marks = ahead.bytes.chunks(UTF8_MARK.len()).take_while(|chunk| *chunk == UTF8_MARK).count();
        ahead.bytes.drain(..marks.saturating_mul(UTF8_MARK.len()));
        if ahead.bytes.get(first).is_some_and(|line| line.contains(&0)) {
            return Err(ImportError::UnsupportedEncoding);
        }
        let (candidates, above) = ahead.candidates(reader, judge)?;
        let best = candidates.iter().position(|candidate| candidate.merit.complete).or_else(|| {
            let known = candidates.iter().map(|candidate| candidate.merit.known).max();
            candidates.iter().position(|candidate| Some(candidate.merit.known) == known)
        });
        let Some(header) = best.and_then(|at| candidates.get(at)) else {
            return Ok(Self { bytes: ahead.bytes, delimiter: b',', line: 1, skipped: Vec::new() });
        };
        let titles = candidates.iter().map(|candidate| (candidate.line.clone(), Above::Title));
        let mut lines: Vec<(Range<usize>, Above)> = above.into_iter().chain(titles).collect();
        lines.retain(|(line, _)| line.start < header.line.start);
        let skipped = lines.into_iter().map(|(line, kind)| ahead.skipped(&line, kind)).collect();
        let (line, delimiter) = (ahead.number_of(header.line.start), header.delimiter);
        ahead.bytes.drain(..header.line.start);
        Ok(Self { bytes: ahead.bytes, delimiter, line, skipped })
    }
}

/// What was read so far.
struct Ahead {
    bytes: Vec<u8>,
    ended: bool,
}

impl Ahead {
    /// The first line from `start` on that is not empty, read to its end; empty at the end of the file.
    fn line(&mut self, reader: &mut impl Read, start: usize) -> Result<Range<usize>, ImportError> {
        loop {
            if let Some(line) = line_of(&self.bytes, start) {
                return Ok(line);
            }
            if self.ended {
                return Ok(rest_of(&self.bytes, start));
            }
            if self.bytes.len().saturating_sub(start) > ROW_BYTES_MAX {
                return Err(ImportError::HeaderTooLong);
            }
            // Doubled each time: looking for the end from the beginning again costs no more than the last look.
            let block = self.bytes.len().max(FIRST_BLOCK) as u64;
            self.ended = reader.by_ref().take(block).read_to_end(&mut self.bytes)? == 0;
        }
    }

    /// The lines that may be the header, up to the first that is complete; and those before that say something else.
    #[expect(clippy::type_complexity, reason = "the two parts of one walk")]
    fn candidates(
        &mut self,
        reader: &mut impl Read,
        judge: Judge<'_>,
    ) -> Result<(Vec<Candidate>, Option<(Range<usize>, Above)>), ImportError> {
        let (mut candidates, mut above, mut hint, mut start) = (Vec::new(), None, None, 0);
        while candidates.len() <= TITLES_MAX {
            let line = match self.line(reader, start) {
                Ok(line) if !line.is_empty() => line,
                // A line too long behind a title is no reason not to name the columns that are missing.
                Err(ImportError::HeaderTooLong) if !candidates.is_empty() => break,
                Ok(_) => break,
                Err(error) => return Err(error),
            };
            start = line.end;
            let bytes = self.bytes.get(line.clone()).unwrap_or_default();
            let special = if above.is_none() && candidates.is_empty() { special(bytes) } else { None };
            if let Some((kind, delimiter)) = special {
                (above, hint) = (Some((line, kind)), delimiter);
                continue;
            }
            let (merit, delimiter) = best(bytes, hint, judge);
            candidates.push(Candidate { line, merit, delimiter });
            if merit.complete {
                break;
            }
        }
        Ok((candidates, above))
    }

    fn skipped(&self, line: &Range<usize>, kind: Above) -> Skipped {
        let text = self.bytes.get(line.clone()).unwrap_or_default().to_vec();
        Skipped { line: self.number_of(line.start), text, kind }
    }

    /// The number of the line that begins at an offset, from 1.
    fn number_of(&self, offset: usize) -> u64 {
        let before = self.bytes.get(..offset).unwrap_or_default();
        let ends = before.iter().enumerate().filter(|(at, byte)| {
            let after_cr = at.checked_sub(1).and_then(|at| before.get(at)) == Some(&b'\r');
            **byte == b'\r' || (**byte == b'\n' && !after_cr)
        });
        ends.fold(1_u64, |number, _| number.saturating_add(1))
    }
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// The first line from `start` on that is not empty, if its end is in `bytes`; a line break in quotes is not its end.
fn line_of(bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let Range { start, end } = rest_of(bytes, start);
    let (mut quoted, mut at_start) = (false, true);
    for (at, byte) in bytes.get(start..end)?.iter().enumerate() {
        match byte {
            // A quote inside a cell that has none at its beginning is a character.
            b'"' if quoted || at_start => quoted = !quoted,
            byte if !quoted && is_break(*byte) => return Some(start..start.saturating_add(at)),
            _ => {}
        }
        at_start = matches!(byte, b',' | b';' | b'\t' | b'|') || (*byte == b'"' && !quoted);
    }
    None
}

/// What comes from `start` on, without line breaks at its beginning.
fn rest_of(bytes: &[u8], start: usize) -> Range<usize> {
    let rest = bytes.get(start..).unwrap_or_default();
    let breaks = rest.iter().take_while(|byte| is_break(**byte)).count();
    start.saturating_add(breaks).min(bytes.len())..bytes.len()
}

/// A line that is for programs, and the delimiter that it names.
fn special(line: &[u8]) -> Option<(Above, Option<u8>)> {
    if line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case(b"#TYPE ")) {
        return Some((Above::Type, None));
    }
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case(b"sep=")).and(line.get(4..))?;
    let (delimiter, rest) = named.split_first()?;
    // A spreadsheet may have filled the row with its delimiters.
    let is_filled = rest.iter().all(|byte| matches!(byte, b'"' | b' ') || byte == delimiter);
    (!delimiter.is_ascii_alphanumeric() && is_filled).then_some((Above::Delimiter, Some(*delimiter)))
}

/// The delimiter under which a line does best as a header; the one that was named wins where nothing speaks for another.
fn best(line: &[u8], named: Option<u8>, judge: Judge<'_>) -> (Merit, u8) {
    let mut best: Option<(Merit, u8)> = None;
    for delimiter in named.into_iter().chain(DELIMITERS) {
        let merit = merit(line, delimiter, judge);
        if best.is_none_or(|(other, _)| merit > other) {
            best = Some((merit, delimiter));
        }
    }
    best.unwrap_or((Merit { complete: false, known: 0, titles: 0 }, b','))
}

fn merit(line: &[u8], delimiter: u8, judge: Judge<'_>) -> Merit {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(line);
    let mut record = ByteRecord::new();
    // Reading from memory does not fail; if it did, this delimiter would have no merit.
    let _ = reader.read_byte_record(&mut record);
    judge(&record)
}

#[cfg(test)]
mod tests {
    use super::super::columns::Column as _;
    use super::super::header::Field;
    use super::*;

    fn judge(record: &ByteRecord) -> Merit {
        let found: Vec<_> =
            record.iter().filter_map(|title| Field::of_title(&String::from_utf8_lossy(title))).collect();
        let required = Field::required(&|column| found.contains(&column));
        let complete = required.iter().all(|column| found.contains(column));
        Merit { complete, known: found.len(), titles: record.len() }
    }

    fn read(bytes: &[u8]) -> Result<Head, ImportError> {
        Head::read(&mut { bytes }, &judge)
    }

    fn head(text: &str) -> Head {
        read(text.as_bytes()).unwrap()
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
        assert_eq!(head("\u{feff}\u{feff}\nSerial\n").bytes, b"Serial\n");
        assert_eq!(head("Serial\u{feff}\n").bytes, "Serial\u{feff}\n".as_bytes());
    }

    #[test]
    fn a_long_header_is_read_to_its_end() {
        let header = "x".repeat(ROW_BYTES_MAX / 3);
        assert!(head(&format!("\n\r{header}\nrow")).bytes.len() > header.len());
        assert!(head(&format!("\"{header}\n{header}\"\nrow")).bytes.len() > 2 * header.len());
        let endless = std::io::repeat(b'x');
        assert_eq!(Head::read(&mut { endless }, &judge), Err(ImportError::HeaderTooLong));
    }

    #[test]
    fn the_longest_row_may_be_the_header() {
        let header = "x".repeat(ROW_BYTES_MAX);
        assert_eq!(head(&format!("{header}\nrow")).bytes.len(), ROW_BYTES_MAX + 4);
    }

    #[test]
    fn a_line_break_in_quotes_does_not_end_the_header() {
        let header = &b"a,b,\"c\nd\",e"[..];
        let file = [b"\r\n", header, b"\r\n\"row\"\n"].concat();
        assert_eq!(line_of(&file, 0).map(|line| &file[line]), Some(header));
        assert_eq!(line_of(header, 0), None);
        let inches = b"Pumps 5\" wide\nSerial\n";
        assert_eq!(line_of(inches, 0), Some(0..13), "a quote inside a cell is a character");
    }

    #[test]
    fn lines_above_a_header_that_is_complete_are_skipped() {
        let grid = "Serial;State;Last Communication\nLA1;Active;\n";
        for (above, kinds) in [
            ("", &[][..]),
            ("sep=;\n", &[Above::Delimiter]),
            ("\"sep=;\"\r\n", &[Above::Delimiter]),
            ("SEP=;;;;\n", &[Above::Delimiter]),
            ("#TYPE System.Management\n", &[Above::Type]),
            ("Systems of Acme, 2023\n\n", &[Above::Title]),
            (
                "sep=;\nA\nB\n\nC\nD\nState\n",
                &[Above::Delimiter, Above::Title, Above::Title, Above::Title, Above::Title, Above::Title],
            ),
        ] {
            let found = head(&format!("{above}{grid}"));
            assert_eq!(found.bytes, grid.as_bytes(), "{above}");
            assert_eq!(found.skipped.iter().map(|line| line.kind).collect::<Vec<_>>(), kinds, "{above}");
            assert_eq!(found.line, 1 + above.matches('\n').count() as u64, "{above}");
            assert_eq!(found.delimiter, b';');
        }
        let six = format!("{}{grid}", "title\n".repeat(6));
        assert_eq!(head(&six).line, 1, "six lines are not a title");
        assert_eq!(head("a\nSerial;State\nb\n").line, 2, "the header that is nearest to complete is named");
        assert_eq!(head(&format!("sep=|\n{}", grid.replace(';', "|"))).delimiter, b'|');
        assert_eq!(head(&format!("sep=,\n{grid}")).delimiter, b';', "the header knows better");
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bytes in [&b"S\0e\0r\0i\0a\0l\0\n\0"[..], b"\0S\0e\0\n"] {
            assert_eq!(read(bytes), Err(ImportError::UnsupportedEncoding));
        }
        assert_eq!(read(b"PAR1\x15").unwrap_err().code().as_str(), "unsupported_format");
    }
}
