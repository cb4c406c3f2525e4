//! Where the rows of a CSV stream begin, and whether their quoting can be trusted.
//!
//! The `csv` crate counts lines by LF only (and one too few behind CRLF), and it prefers any reading of a
//! row to none: a quote left open swallows the rows behind it without a word. So the bytes are watched on
//! their way to it, by the same state machine but a stricter one.

use super::ROW_BYTES_MAX;
use std::collections::VecDeque;
use std::io::{self, Cursor, ErrorKind, Read};

/// A reader that notes where each row begins.
#[derive(Debug)]
pub(super) struct Scanner<R> {
    /// What was read ahead to see the header.
    head: Cursor<Vec<u8>>,
    rest: R,
    delimiter: u8,
    state: State,
    /// The line of the next byte.
    line: u64,
    /// The last byte was CR: an LF behind it ends no other line.
    after_cr: bool,
    /// The last byte was CR or LF.
    after_break: bool,
    /// The line in which the quoted cell that is being scanned begins.
    quote_line: u64,
    /// Bytes of the row that is being scanned, from its first to the end of the last block.
    row_bytes: usize,
    /// The number of the cell that is being scanned, from 0.
    cell: usize,
    /// The rows that were scanned and not yet taken, the last one perhaps not to its end.
    rows: VecDeque<ScannedRow>,
    row_too_long: bool,
}

/// What the `csv` crate does not tell about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ScannedRow {
    /// The line of its first byte, from 1.
    pub(super) line: u64,
    /// How many lines it takes.
    pub(super) lines: u64,
    /// The quoted cell that takes most lines, from 0, and how many; the first of them.
    pub(super) tallest: Option<(usize, u64)>,
    /// Its first fault and the cell that has it, from 0.
    pub(super) fault: Option<(QuoteFault, usize)>,
}

impl ScannedRow {
    const fn at(line: u64) -> Self {
        Self { line, lines: 1, tallest: None, fault: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuoteFault {
    /// The input ends inside a quoted cell.
    Unclosed,
    /// Something other than spaces stands between a closing quote and the next delimiter.
    TextBehind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte of a row.
    Between,
    /// Before the first byte of a cell.
    CellStart,
    /// In a cell that did not start with a quote: quotes mean nothing here.
    Plain,
    /// In a quoted cell.
    Quoted,
    /// Behind a quote in a quoted cell: its end, or the first half of a doubled quote.
    QuoteInQuoted,
    /// Behind a closing quote and at least one space.
    Closed,
}

impl<R> Scanner<R> {
    /// `line`: that of the first byte of `head`.
    pub(super) fn new(head: Vec<u8>, rest: R, delimiter: u8, line: u64) -> Self {
        Self {
            head: Cursor::new(head),
            rest,
            delimiter,
            state: State::Between,
            line,
            after_cr: false,
            after_break: false,
            quote_line: line,
            row_bytes: 0,
            cell: 0,
            rows: VecDeque::new(),
            row_too_long: false,
        }
    }

    /// The next row. Rows are taken in the order in which the `csv` crate gives them.
    pub(super) fn take_row(&mut self) -> ScannedRow {
        // The two state machines agree on where rows begin, so there is always one.
        self.rows.pop_front().unwrap_or_else(|| ScannedRow::at(self.line))
    }

    /// Whether reading failed because a row is longer than [`ROW_BYTES_MAX`].
    pub(super) const fn row_too_long(&self) -> bool {
        self.row_too_long
    }

    fn scan(&mut self, mut block: &[u8]) {
        loop {
            // Most bytes are within a cell and change nothing.
            let skipped = self.within_cell(block);
            let Some((byte, rest)) = block.get(skipped..).and_then(<[u8]>::split_first) else { return };
            self.step(*byte);
            self.row_bytes = self.row_bytes.saturating_add(1);
            block = rest;
        }
    }

    /// How many bytes at the beginning of the block only go on with a cell.
    fn within_cell(&mut self, block: &[u8]) -> usize {
        if !matches!(self.state, State::Plain | State::Quoted) {
            return 0;
        }
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\r' | b'\n') || *byte == self.delimiter;
        let count = block.iter().position(is_special).unwrap_or(block.len());
        self.row_bytes = self.row_bytes.saturating_add(count);
        self.after_cr &= count == 0;
        self.after_break &= count == 0;
        count
    }

    fn step(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => self.quote_in_quoted(),
            (State::Quoted, _) => State::Quoted,
            (State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Between, b'\r' | b'\n') => State::Between,
            (State::Between, _) => self.first_of_row(byte),
            (State::CellStart, b'"') => self.opened(),
            (_, byte) if byte == self.delimiter => self.next_cell(),
            (_, b'\r' | b'\n') => self.end_of_row(),
            (State::QuoteInQuoted | State::Closed, b' ' | b'\t') => State::Closed,
            (State::QuoteInQuoted | State::Closed, _) => self.text_behind_quote(),
            (State::CellStart | State::Plain, _) => State::Plain,
        };
        // CR, LF and CRLF end one line each, inside quotes too.
        if byte == b'\r' || (byte == b'\n' && !self.after_cr) {
            self.line = self.line.saturating_add(1);
        }
        self.after_cr = byte == b'\r';
        self.after_break = matches!(byte, b'\r' | b'\n');
    }

    fn first_of_row(&mut self, byte: u8) -> State {
        self.rows.push_back(ScannedRow::at(self.line));
        (self.row_bytes, self.cell) = (0, 0);
        match byte {
            b'"' => self.opened(),
            byte if byte == self.delimiter => self.next_cell(),
            _ => State::Plain,
        }
    }

    fn opened(&mut self) -> State {
        self.quote_line = self.line;
        State::Quoted
    }

    /// The cell may end here, and counts its lines so far.
    fn quote_in_quoted(&mut self) -> State {
        self.measure(self.line);
        State::QuoteInQuoted
    }

    /// Counts the lines of the row and of its quoted cell, up to and with line `last`.
    fn measure(&mut self, last: u64) {
        let (cell, lines) = (self.cell, last.saturating_sub(self.quote_line).saturating_add(1));
        if let Some(row) = self.rows.back_mut() {
            row.lines = last.saturating_sub(row.line).saturating_add(1);
            if row.tallest.is_none_or(|(other, tallest)| lines > tallest || other == cell) {
                row.tallest = Some((cell, lines));
            }
        }
    }

    /// The input ends inside a quoted cell.
    fn unclosed(&mut self) {
        // Behind a line break there is no further line.
        let last = if self.after_break { self.line.saturating_sub(1) } else { self.line };
        self.measure(last);
        self.mark(QuoteFault::Unclosed);
    }

    fn end_of_row(&mut self) -> State {
        self.row_too_long |= self.row_bytes > ROW_BYTES_MAX;
        State::Between
    }

    fn next_cell(&mut self) -> State {
        self.cell = self.cell.saturating_add(1);
        State::CellStart
    }

    fn text_behind_quote(&mut self) -> State {
        self.mark(QuoteFault::TextBehind);
        State::Plain
    }

    /// Marks the row that is being scanned; its first fault is the one that explains the others.
    fn mark(&mut self, fault: QuoteFault) {
        let cell = self.cell;
        if let Some(row) = self.rows.back_mut() {
            row.fault.get_or_insert((fault, cell));
        }
    }

    /// Stops at a row that is too long, whether or not its end has been seen: where the blocks end must not
    /// matter. A block is shorter than such a row, so all rows before it have been given out by then.
    fn check_length(&mut self) -> io::Result<()> {
        self.row_too_long |= self.state != State::Between && self.row_bytes > ROW_BYTES_MAX;
        if self.row_too_long { Err(ErrorKind::InvalidData.into()) } else { Ok(()) }
    }
}

impl<R: Read> Scanner<R> {
    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.head.read(buffer)? {
            0 => loop {
                match self.rest.read(buffer) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    result => break result,
                }
            },
            count => Ok(count),
        }
    }
}

impl<R: Read> Read for Scanner<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill(buffer)?;
        if count == 0 && !buffer.is_empty() && self.state == State::Quoted {
            self.unclosed();
        }
        self.scan(buffer.get(..count).unwrap_or_default());
        self.check_length()?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rows that the scanner sees, and how many the `csv` crate sees.
    fn both(bytes: &[u8], capacity: usize) -> (Vec<ScannedRow>, usize) {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(capacity)
            .from_reader(Scanner::new(Vec::new(), bytes, b',', 1));
        let count = reader.byte_records().map(Result::unwrap).count();
        (reader.get_mut().rows.drain(..).collect(), count)
    }

    fn lines(text: &str) -> Vec<u64> {
        let (rows, count) = both(text.as_bytes(), 8);
        assert_eq!(rows.len(), count, "{text:?}");
        rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn lines_are_those_of_the_file() {
        assert_eq!(lines("a\nb\nc"), [1, 2, 3]);
        assert_eq!(lines("a\r\nb\r\nc\r\n"), [1, 2, 3]);
        assert_eq!(lines("a\rb\rc\r"), [1, 2, 3]);
        assert_eq!(lines("\n\r\n\ra\n\n\r\r\nb"), [4, 8]);
        assert_eq!(lines("a,\"x\ny\r\nz\"\nb\n"), [1, 4]);
        assert_eq!(lines("a,\"x\ry\nz\"\nb\n"), [1, 4], "a CR and an LF that are not together");
        assert_eq!(lines(""), [0_u64; 0]);
    }

    #[test]
    fn faults_of_quoting_are_seen() {
        let fault = |text: &str| both(text.as_bytes(), 8).0.last().unwrap().fault;
        assert_eq!(fault("a,\"b\n"), Some((QuoteFault::Unclosed, 1)));
        assert_eq!(fault("a,b,\""), Some((QuoteFault::Unclosed, 2)));
        assert_eq!(fault("\"a\"b,c"), Some((QuoteFault::TextBehind, 0)));
        assert_eq!(fault("a,\"b\" c\"\n"), Some((QuoteFault::TextBehind, 1)));
        assert_eq!(fault("\"a\"b,\"c"), Some((QuoteFault::TextBehind, 0)), "the first one");
        for text in
            ["\"a\",b", "\"a\" ,b", "\"a\"\"b\",\"\"", "a\"b,c\"", "\"a\" ", "\"a\"\r\n", " \"a\"", "\""]
        {
            let expected = (text == "\"").then_some((QuoteFault::Unclosed, 0));
            assert_eq!(fault(text), expected, "{text}");
        }
    }

    #[test]
    fn rows_and_cells_know_how_many_lines_they_take() {
        let seen = |text: &str| {
            let rows = both(text.as_bytes(), 8).0;
            rows.iter()
                .map(|row| (row.line, row.lines, row.tallest.map_or(0, |(_, lines)| lines)))
                .collect::<Vec<_>>()
        };
        assert_eq!(seen("a,b\nc"), [(1, 1, 0), (2, 1, 0)]);
        assert_eq!(seen("a,\"x\ny\r\nz\"\nb"), [(1, 3, 3), (4, 1, 0)]);
        assert_eq!(seen("\"a\nb\",\"c\nd\ne\"\n"), [(1, 4, 3)]);
        assert_eq!(seen("a\n\"b\nc\nd\n"), [(1, 1, 0), (2, 3, 3)], "a quote that is never closed");
        assert_eq!(seen("a\n\"b\nc\nd"), [(1, 1, 0), (2, 3, 3)]);
        assert_eq!(seen("\"a\n\"\"b\n\"\n"), [(1, 3, 3)]);
    }

    proptest! {
        /// However the bytes fall and wherever the blocks end, the scanner sees the rows that the `csv` crate sees.
        #[test]
        fn both_state_machines_see_the_same_rows(
            bytes in prop::collection::vec(prop::sample::select(b"a,\"\r\n \t;\xff".to_vec()), 0..60),
            capacity in 1_usize..20,
        ) {
            let (rows, count) = both(&bytes, capacity);
            prop_assert_eq!(rows.len(), count);
        }
    }
}
