//! Writing.

use crate::Raw;
use serde_json::{Map, Value};
use std::fmt;
use std::io;

/// A value that is written as JSON.
pub trait Write {
    /// Writes it.
    fn write(&self, json: &mut Json<'_>);

    /// Writes the fields of a document without its braces.
    fn fields(&self, _json: &mut Json<'_>) {}

    /// Whether it is null, which some fields leave out.
    fn is_null(&self) -> bool {
        false
    }
}

/// How much text is held where it goes to a writer.
const HELD_BYTES_MAX: usize = 1 << 16;

/// Compact JSON that grows.
#[derive(Default)]
pub struct Json<'w> {
    text: String,
    /// Where full text goes, if it is not to be held.
    drain: Option<&'w mut dyn io::Write>,
    failed: Option<io::Error>,
}

/// The JSON of a document.
pub fn to_text(document: &dyn Write) -> String {
    to_text_like("", document)
}

/// The JSON of a document, about as long as `input`.
pub fn to_text_like(input: &str, document: &dyn Write) -> String {
    let mut json = Json { text: String::with_capacity(input.len()), ..Json::default() };
    document.write(&mut json);
    json.text
}

/// Writes the JSON of a document without holding it.
///
/// # Errors
/// Those of the writer.
pub fn to_writer(writer: &mut dyn io::Write, document: &dyn Write) -> io::Result<()> {
    let mut json = Json::to(writer);
    document.write(&mut json);
    json.finish()
}

impl<'w> Json<'w> {
    /// JSON that goes to a writer.
    pub(crate) fn to(writer: &'w mut dyn io::Write) -> Self {
        Self { drain: Some(writer), ..Self::default() }
    }

    /// Hands over the rest.
    pub(crate) fn finish(self) -> io::Result<()> {
        let Self { text, drain, failed } = self;
        failed.map_or(Ok(()), Err)?;
        drain.map_or(Ok(()), |writer| writer.write_all(text.as_bytes()))
    }
}

impl Json<'_> {
    /// The text that is held.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// How much text is held.
    pub(crate) fn written(&self) -> usize {
        self.text.len()
    }

    /// Whether what was written from there on is a text.
    pub(crate) fn is_text_from(&self, written: usize) -> bool {
        self.text.as_bytes().get(written) == Some(&b'"')
    }

    /// Writes an object of these fields.
    pub fn object(&mut self, document: &dyn Write) {
        self.text.push('{');
        document.fields(self);
        self.text.push('}');
    }

    /// Writes a field of an object; its name stands between a comma and a colon, as in `,"serial":`.
    pub fn field(&mut self, name: &str, value: &dyn Write) {
        let is_first = self.text.as_bytes().last() == Some(&b'{');
        self.text.push_str(if is_first { name.get(1..).unwrap_or_default() } else { name });
        value.write(self);
    }

    /// Writes a list.
    pub fn list<T: Write>(&mut self, items: impl IntoIterator<Item = T>) {
        self.text.push('[');
        for item in items {
            if self.text.as_bytes().last() != Some(&b'[') {
                self.text.push(',');
            }
            item.write(self);
            self.drain();
        }
        self.text.push(']');
    }

    /// Writes a text with what JSON escapes.
    pub fn string(&mut self, text: &str) {
        self.text.push('"');
        self.escaped(text);
        self.text.push('"');
    }

    /// Writes a part of a text with what JSON escapes.
    pub(crate) fn escaped(&mut self, text: &str) {
        let mut rest = text;
        while let Some((plain, byte, behind)) = split_at_escape(rest) {
            self.text.push_str(plain);
            self.escape(byte);
            rest = behind;
        }
        self.text.push_str(rest);
    }

    fn escape(&mut self, byte: u8) {
        let letter = match byte {
            b'"' | b'\\' => char::from(byte),
            0x08 => 'b',
            b'\t' => 't',
            b'\n' => 'n',
            0x0c => 'f',
            b'\r' => 'r',
            _ => {
                self.text.push_str("\\u00");
                for digit in [byte >> 4, byte & 0xf] {
                    self.text.extend(char::from_digit(digit.into(), 16));
                }
                return;
            }
        };
        self.text.push('\\');
        self.text.push(letter);
    }

    /// Writes JSON as it is.
    pub fn raw(&mut self, json: &str) {
        self.text.push_str(json);
    }

    /// Hands over what is held, if it is much and there is somebody to take it.
    pub(crate) fn drain(&mut self) {
        let Some(writer) = self.drain.as_mut().filter(|_| self.text.len() > HELD_BYTES_MAX) else { return };
        // What follows looks at the last character.
        let last = self.text.pop();
        if self.failed.is_none() {
            self.failed = writer.write_all(self.text.as_bytes()).err();
        }
        self.text.clear();
        self.text.extend(last);
    }
}

/// What stands before the first character that is escaped, that character, and what follows.
fn split_at_escape(text: &str) -> Option<(&str, u8, &str)> {
    let escaped = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    let at = text.as_bytes().iter().position(escaped)?;
    let (plain, behind) = text.split_at_checked(at)?;
    let mut bytes = behind.bytes();
    Some((plain, bytes.next()?, behind.get(1..)?))
}

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Json").field(&self.text).finish()
    }
}

impl Write for str {
    fn write(&self, json: &mut Json<'_>) {
        json.string(self);
    }
}

impl Write for bool {
    fn write(&self, json: &mut Json<'_>) {
        json.raw(if *self { "true" } else { "false" });
    }
}

impl Write for i64 {
    fn write(&self, json: &mut Json<'_>) {
        if *self < 0 {
            json.text.push('-');
        }
        let mut digits = [0_u8; 20];
        let mut rest = self.unsigned_abs();
        let mut count = 0_usize;
        for digit in digits.iter_mut().rev() {
            // Below 10.
            *digit = b'0' | u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
            count = count.saturating_add(1);
            if rest == 0 {
                break;
            }
        }
        json.text
            .extend(digits.iter().skip(digits.len().saturating_sub(count)).map(|digit| char::from(*digit)));
    }
}

impl Write for Raw<'_> {
    fn write(&self, json: &mut Json<'_>) {
        json.raw(self.get());
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, json: &mut Json<'_>) {
        (**self).write(json);
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Some(value) => value.write(json),
            None => json.raw("null"),
        }
    }

    fn is_null(&self) -> bool {
        self.is_none()
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, json: &mut Json<'_>) {
        json.list(self);
    }
}

impl<T: Write, const N: usize> Write for [T; N] {
    fn write(&self, json: &mut Json<'_>) {
        json.list(self);
    }
}

impl Write for Map<String, Value> {
    fn write(&self, json: &mut Json<'_>) {
        json.object(self);
    }

    fn fields(&self, json: &mut Json<'_>) {
        for (name, value) in self {
            json.field(&format!(",{}:", to_text(&name.as_str())), value);
        }
    }
}

impl Write for Value {
    fn write(&self, json: &mut Json<'_>) {
        match self {
            Value::String(text) => json.string(text),
            Value::Object(fields) => fields.write(json),
            Value::Array(items) => items.write(json),
            other => json.raw(&other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_serde_json_escapes_them() {
        let all: String = (0..0x100).filter_map(char::from_u32).chain("\u{2028}\u{1f4a5}".chars()).collect();
        for text in ["", "plain", "\"", "a\\b\n", "\u{0}", all.as_str()] {
            assert_eq!(to_text(&text), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn integers_have_all_their_digits() {
        for number in [0, 7, -7, 10, 1_000_000_000_000_000, i64::MAX, i64::MIN] {
            assert_eq!(to_text(&number), number.to_string());
        }
    }

    #[test]
    fn a_writer_gets_the_text_that_would_be_held() {
        let list: Vec<Option<&str>> =
            (0..40_000_u32).map(|index| (index % 3 > 0).then_some("text")).collect();
        let mut written = Vec::new();
        to_writer(&mut written, &list).unwrap();
        assert!(written.len() > HELD_BYTES_MAX);
        assert_eq!(String::from_utf8(written).unwrap(), to_text(&list));
    }
}
