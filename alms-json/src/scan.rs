//! The grammar of JSON (RFC 8259) over a text.
//!
//! Nothing here knows documents: this finds where a value begins and ends, and what a text, number or name says. It is not
//! generic, so that a program has it once. Its sentences and positions are those that serde_json gives.

use crate::Fault;
use std::borrow::Cow;
use std::ops::Range;

/// How deep lists and objects may lie in one another.
pub(crate) const DEPTH_MAX: u8 = 127;

/// Why a text is not JSON, and after how many bytes that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed {
    reason: &'static str,
    at: usize,
}

/// A text, and how far it is read.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// Which numbers pass where nobody reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// All that the grammar has.
    Any,
    /// Those that programs hold: what is passed here could not be read elsewhere.
    Held,
}

impl<'a> Scan<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Whether the whole text is one value; one that nobody reads may be as deep as it likes.
    pub(crate) fn check(text: &'a str) -> Result<(), Malformed> {
        let mut scan = Self::new(text);
        scan.skip(usize::MAX, Numbers::Any)?;
        scan.end()
    }

    /// The whole text.
    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    /// How many bytes are read.
    pub(crate) const fn position(&self) -> usize {
        self.at
    }

    /// The next byte, blanks left aside.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte();
            match byte {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.advance(),
                _ => return byte,
            }
        }
    }

    /// Passes the byte that was peeked at.
    pub(crate) const fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn read_byte(&mut self) -> Option<u8> {
        let byte = self.byte();
        self.advance();
        byte
    }

    /// A failure that the next byte shows.
    pub(crate) fn failure(&self, reason: &'static str) -> Malformed {
        Malformed { reason, at: self.at.saturating_add(1).min(self.text.len()) }
    }

    /// A failure that the byte before shows.
    fn failure_behind(&self, reason: &'static str) -> Malformed {
        Malformed { reason, at: self.at.min(self.text.len()) }
    }

    /// `true`, `false` or `null`.
    pub(crate) fn word(&mut self, word: &'static str) -> Result<(), Malformed> {
        for expected in word.bytes() {
            match self.read_byte() {
                Some(byte) if byte == expected => {}
                Some(_) => return Err(self.failure_behind("expected ident")),
                None => return Err(self.failure_behind("EOF while parsing a value")),
            }
        }
        Ok(())
    }

    /// A number as it is written.
    pub(crate) fn number(&mut self) -> Result<&'a str, Malformed> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.advance();
        }
        if self.byte() == Some(b'0') {
            self.advance();
            if self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(self.failure("invalid number"));
            }
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.advance();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.advance();
            if let Some(b'+' | b'-') = self.byte() {
                self.advance();
            }
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// At least one digit.
    fn digits(&mut self) -> Result<(), Malformed> {
        match self.byte() {
            Some(b'0'..=b'9') => {}
            Some(_) => return Err(self.failure("invalid number")),
            None => return Err(self.failure("EOF while parsing a value")),
        }
        while let Some(b'0'..=b'9') = self.byte() {
            self.advance();
        }
        Ok(())
    }

    /// A text, of which the opening quote was peeked at; borrowed where nothing in it is escaped.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Malformed> {
        self.advance();
        let mut start = self.at;
        let mut unescaped = String::new();
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let is_end = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < b' ';
            let plain = rest.iter().position(is_end).unwrap_or(rest.len());
            self.at = self.at.saturating_add(plain);
            match self.byte() {
                Some(b'"') => {
                    let last = self.text.get(start..self.at).unwrap_or_default();
                    self.advance();
                    if unescaped.is_empty() {
                        return Ok(Cow::Borrowed(last));
                    }
                    return Ok(Cow::Owned(unescaped + last));
                }
                Some(b'\\') => {
                    unescaped.push_str(self.text.get(start..self.at).unwrap_or_default());
                    self.advance();
                    unescaped.push(self.escape()?);
                    start = self.at;
                }
                Some(_) => {
                    self.advance();
                    return Err(self
                        .failure_behind("control character (\\u0000-\\u001F) found while parsing a string"));
                }
                None => return Err(self.failure_behind("EOF while parsing a string")),
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<char, Malformed> {
        Ok(match self.read_byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(_) => return Err(self.failure_behind("invalid escape")),
            None => return Err(self.failure_behind("EOF while parsing a string")),
        })
    }

    /// A character by its number, of which those beyond 16 bits are written as two.
    fn unicode(&mut self) -> Result<char, Malformed> {
        let first = self.hex()?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        if first >= 0xDC00 {
            return Err(self.failure_behind("lone leading surrogate in hex escape"));
        }
        for expected in [b'\\', b'u'] {
            match self.read_byte() {
                Some(byte) if byte == expected => {}
                Some(_) => return Err(self.failure_behind("unexpected end of hex escape")),
                None => return Err(self.failure_behind("EOF while parsing a string")),
            }
        }
        let second = self.hex()?;
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400);
        let high = first.saturating_sub(0xD800);
        let character = low.and_then(|low| char::from_u32(((high << 10) | low).saturating_add(0x1_0000)));
        character.ok_or_else(|| self.failure_behind("lone leading surrogate in hex escape"))
    }

    /// Four hexadecimal digits.
    fn hex(&mut self) -> Result<u32, Malformed> {
        let start = self.at;
        self.at = start.saturating_add(4);
        let Some(digits) = self.text.as_bytes().get(start..self.at) else {
            return Err(self.failure_behind("EOF while parsing a string"));
        };
        let mut number = 0_u32;
        for byte in digits {
            let digit = char::from(*byte).to_digit(16);
            number = (number << 4) | digit.ok_or_else(|| self.failure_behind("invalid escape"))?;
        }
        Ok(number)
    }

    /// Passes a value of any kind, with at most so many levels of lists and objects; gives where it is.
    ///
    /// It does not call itself: a level costs a byte.
    pub(crate) fn skip(&mut self, levels_max: usize, numbers: Numbers) -> Result<Range<usize>, Malformed> {
        let mut open = Vec::new();
        self.peek();
        let start = self.at;
        loop {
            let closing = match self.peek() {
                Some(b'{') => b'}',
                Some(b'[') => b']',
                _ => {
                    self.scalar(numbers)?;
                    if self.close(&mut open)? {
                        return Ok(start..self.at);
                    }
                    continue;
                }
            };
            if open.len() >= levels_max {
                return Err(self.failure("recursion limit exceeded"));
            }
            self.advance();
            if self.peek() == Some(closing) {
                self.advance();
                if self.close(&mut open)? {
                    return Ok(start..self.at);
                }
                continue;
            }
            open.push(closing);
            if closing == b'}' {
                self.key()?;
            }
        }
    }

    /// A text, number or name.
    fn scalar(&mut self, numbers: Numbers) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                number if numbers == Numbers::Any || is_held(number) => Ok(()),
                _ => Err(self.failure_behind("number out of range")),
            },
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(_) => Err(self.failure("expected value")),
            None => Err(self.failure("EOF while parsing a value")),
        }
    }

    /// What follows a value inside of lists and objects, up to the next value; whether there is none.
    fn close(&mut self, open: &mut Vec<u8>) -> Result<bool, Malformed> {
        while let Some(closing) = open.last().copied() {
            if self.more(closing)? {
                if closing == b'}' {
                    self.key()?;
                }
                return Ok(false);
            }
            self.advance();
            open.pop();
        }
        Ok(true)
    }

    /// Passes the comma before the next element or field; says whether there is one before the closing bracket.
    pub(crate) fn more(&mut self, closing: u8) -> Result<bool, Malformed> {
        let of_list = closing == b']';
        match self.peek() {
            Some(b',') => self.advance(),
            Some(byte) if byte == closing => return Ok(false),
            Some(_) if of_list => return Err(self.failure("expected `,` or `]`")),
            Some(_) => return Err(self.failure("expected `,` or `}`")),
            None if of_list => return Err(self.failure("EOF while parsing a list")),
            None => return Err(self.failure("EOF while parsing an object")),
        }
        match self.peek() {
            Some(byte) if byte == closing => Err(self.failure("trailing comma")),
            Some(_) => Ok(true),
            None => Err(self.failure("EOF while parsing a value")),
        }
    }

    /// The name of a field with its colon.
    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, Malformed> {
        match self.peek() {
            Some(b'"') => {}
            Some(_) => return Err(self.failure("key must be a string")),
            None => return Err(self.failure("EOF while parsing an object")),
        }
        let key = self.string()?;
        match self.peek() {
            Some(b':') => self.advance(),
            Some(_) => return Err(self.failure("expected `:`")),
            None => return Err(self.failure("EOF while parsing an object")),
        }
        Ok(key)
    }

    /// The end of the text.
    pub(crate) fn end(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.failure("trailing characters")),
        }
    }

    /// The failure as a person is told of it.
    pub(crate) fn fault(&self, failure: Malformed) -> Fault {
        let before = self.text.as_bytes().get(..failure.at).unwrap_or_default();
        let lines = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Fault::malformed(failure.reason, lines, column)
    }
}

/// Whether a number fits what programs hold numbers in: 64 bits, or the exponent of a double.
fn is_held(number: &str) -> bool {
    const EXPONENT_MAX: i32 = 307;
    match number.split_once(['e', 'E']) {
        Some((_, exponent)) => exponent.parse().is_ok_and(|exponent: i32| exponent.abs() <= EXPONENT_MAX),
        None => number.contains('.') || number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok(),
    }
}
