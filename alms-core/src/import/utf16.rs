//! UTF-16 with a byte order mark, as spreadsheets save "Unicode text".

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read};

const LITTLE: [u8; 2] = [0xff, 0xfe];
const BIG: [u8; 2] = [0xfe, 0xff];

/// The bytes that are decoded at once.
const BLOCK_BYTES: usize = 1 << 13;

/// The text of a whole file as UTF-8, if a mark says that it is UTF-16; else the bytes as they are.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let order = match bytes.first_chunk() {
        Some(&LITTLE) => u16::from_le_bytes,
        Some(&BIG) => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes),
    };
    let mut text = Vec::with_capacity(bytes.len());
    let mut units = Units { order, left: None };
    units.decode(bytes.get(2..).unwrap_or_default(), &mut text);
    units.end(&mut text);
    Cow::Owned(text)
}

/// A reader that gives UTF-8, whichever of the two it reads.
#[derive(Debug)]
pub(super) struct Decoder<R> {
    reader: R,
    /// `None` until the first bytes were seen, then how to decode, if at all.
    units: Option<Option<Units>>,
    /// Bytes that are not given out yet, from `given` on.
    ready: Vec<u8>,
    given: usize,
    /// The first byte of a pair whose second has not come.
    odd: Option<u8>,
}

/// Units of 16 bits while they become characters.
#[derive(Debug)]
struct Units {
    order: fn([u8; 2]) -> u16,
    /// The first half of a character.
    left: Option<u16>,
}

impl Units {
    /// Decodes whole pairs; a byte without its other is a replacement character.
    fn decode(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        let pairs = bytes.chunks(2).map(|pair| match pair {
            [first, second] => (self.order)([*first, *second]),
            _ => 0xfffd,
        });
        let units: Vec<u16> = self.left.take().into_iter().chain(pairs).collect();
        let whole = match units.split_last() {
            Some((last, rest)) if (0xd800..0xdc00).contains(last) => {
                self.left = Some(*last);
                rest
            }
            _ => units.as_slice(),
        };
        for character in char::decode_utf16(whole.iter().copied()) {
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    fn end(&mut self, text: &mut Vec<u8>) {
        if self.left.take().is_some() {
            text.extend_from_slice("\u{fffd}".as_bytes());
        }
    }
}

impl<R: Read> Decoder<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, units: None, ready: Vec::new(), given: 0, odd: None }
    }

    /// Looks at the first two bytes, which are given out again if they are not a mark.
    fn begin(&mut self) -> io::Result<()> {
        while self.ready.len() < 2 {
            let mut byte = [0];
            match self.reader.read(&mut byte) {
                Ok(0) => break,
                Ok(_) => self.ready.extend_from_slice(&byte),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let order: Option<fn([u8; 2]) -> u16> = match self.ready.first_chunk() {
            Some(&LITTLE) => Some(u16::from_le_bytes),
            Some(&BIG) => Some(u16::from_be_bytes),
            _ => None,
        };
        if order.is_some() {
            self.ready.clear();
        }
        self.units = Some(order.map(|order| Units { order, left: None }));
        Ok(())
    }

    /// Decodes the next block; the end leaves nothing ready.
    fn refill(&mut self) -> io::Result<()> {
        let Some(Some(units)) = &mut self.units else { return Ok(()) };
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() {
            let mut block = Vec::with_capacity(BLOCK_BYTES.saturating_add(1));
            block.extend(self.odd.take());
            let room = BLOCK_BYTES as u64;
            let count = self.reader.by_ref().take(room).read_to_end(&mut block)?;
            let is_end = count == 0;
            if !is_end && block.len() % 2 == 1 {
                self.odd = block.pop();
            }
            units.decode(&block, &mut self.ready);
            if is_end {
                units.end(&mut self.ready);
                break;
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.units.is_none() {
            self.begin()?;
        }
        if self.given >= self.ready.len() {
            if let Some(None) = self.units {
                return self.reader.read(buffer);
            }
            self.refill()?;
        }
        let mut rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given = self.given.saturating_add(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn both_orders_are_decoded_by_both_ways() {
        let long = "é🦀,\n".repeat(5_000);
        for text in ["", "Serial;État\nLA1;🦀\n", &long] {
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes = bytes(text, order);
                assert_eq!(decoded(&bytes), text.as_bytes());
                let mut read = String::new();
                Decoder::new(bytes.as_slice()).read_to_string(&mut read).unwrap();
                assert_eq!(read, text);
            }
        }
    }

    #[test]
    fn all_else_is_given_as_it_is() {
        for bytes in [&b""[..], b"S", b"\xff", b"Serial", b"\xef\xbb\xbfSerial", &b"x".repeat(20_000)] {
            assert_eq!(decoded(bytes), bytes);
            let mut read = Vec::new();
            Decoder::new(bytes).read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes);
        }
    }

    #[test]
    fn halves_are_replacement_characters() {
        for (bytes, text) in [
            (&b"\xff\xfeA\0\x3d\xd8"[..], "A\u{fffd}"),
            (b"\xff\xfe\x80\xdeA\0", "\u{fffd}A"),
            (b"\xff\xfeA\0B", "A\u{fffd}"),
        ] {
            assert_eq!(decoded(bytes), text.as_bytes());
            let mut read = String::new();
            Decoder::new(bytes).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
    }
}
