//! Where in a document the reader stopped.
//!
//! The reader knows line and column, not the path; this finds the path of the value there. It is not generic, so that
//! no document type is compiled for a second reader.

/// What stands where the reader stopped.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The path of the value, or of the object whose field is in question.
    pub(super) path: String,
    /// The text of the value; what is left of the document if it has not been read.
    pub(super) value: &'a str,
}

/// An object or list that is being read.
struct Frame {
    start: usize,
    within: Within,
}

enum Within {
    /// The key that was read last, and whether the next text is a key.
    Object { key: String, key_next: bool },
    /// The position of the element.
    List { index: usize },
}

/// The value at which the reader stopped after so many `column` bytes of the line `line`.
pub(super) fn locate(input: &str, line: usize, column: usize) -> Place<'_> {
    let lines = line.saturating_sub(1);
    let line_start: usize = input.split_inclusive('\n').take(lines).map(str::len).sum();
    Scan { input, stop: line_start.saturating_add(column), frames: Vec::new() }.run()
}

struct Scan<'a> {
    input: &'a str,
    stop: usize,
    frames: Vec<Frame>,
}

impl<'a> Scan<'a> {
    fn run(mut self) -> Place<'a> {
        let mut at = 0;
        while let Some(byte) = self.input.as_bytes().get(at).copied() {
            let next = at.saturating_add(1);
            match byte {
                // An object or list of which nothing has been read, or a key whose value has not.
                b'{' | b'[' if at >= self.stop => return self.place(at, None),
                b':' if at >= self.stop => return self.parent(at),
                b'{' => self.open(at, Within::Object { key: String::new(), key_next: true }),
                b'[' => self.open(at, Within::List { index: 0 }),
                b'}' | b']' => {
                    let start = self.frames.pop().map_or(0, |frame| frame.start);
                    if next >= self.stop {
                        return self.place(start, Some(next));
                    }
                }
                b',' => self.advance(),
                b':' | b' ' | b'\n' | b'\r' | b'\t' => {}
                _ => {
                    let end = self.token_end(at);
                    if let Some(place) = self.token(at, end) {
                        return place;
                    }
                    at = end;
                    continue;
                }
            }
            at = next;
        }
        self.parent(at)
    }

    fn open(&mut self, start: usize, within: Within) {
        self.frames.push(Frame { start, within });
    }

    fn advance(&mut self) {
        match self.frames.last_mut().map(|frame| &mut frame.within) {
            Some(Within::Object { key_next, .. }) => *key_next = true,
            Some(Within::List { index }) => *index = index.saturating_add(1),
            None => {}
        }
    }

    /// A key, which is remembered, or a text, number or name, which may be what was looked for.
    fn token(&mut self, start: usize, end: usize) -> Option<Place<'a>> {
        let text = self.input.get(start..end).unwrap_or_default();
        if let Some(Within::Object { key, key_next: key_next @ true }) =
            self.frames.last_mut().map(|frame| &mut frame.within)
        {
            *key = serde_json::from_str(text).unwrap_or_default();
            *key_next = false;
            return None;
        }
        (end >= self.stop).then(|| self.place(start, Some(end)))
    }

    /// The end of the text, number or name that begins at `start`.
    fn token_end(&self, start: usize) -> usize {
        let rest = self.input.as_bytes().get(start..).unwrap_or_default();
        let mut escaped = false;
        let is_text = rest.first() == Some(&b'"');
        let length = rest.iter().skip(1).position(|byte| {
            let ends = if is_text { *byte == b'"' && !escaped } else { b" \n\r\t,:]}".contains(byte) };
            escaped = is_text && *byte == b'\\' && !escaped;
            ends
        });
        // The closing quote belongs to a text, the delimiter to nobody.
        let length = length.map_or(rest.len(), |length| length.saturating_add(if is_text { 2 } else { 1 }));
        start.saturating_add(length)
    }

    /// The value from `start` to `end`.
    fn place(&self, start: usize, end: Option<usize>) -> Place<'a> {
        let text = self.input.get(start..).unwrap_or_default();
        let value = match end {
            Some(end) => self.input.get(start..end).unwrap_or(text),
            None => first_value(text),
        };
        Place { path: path_text(&self.frames), value }
    }

    /// The object whose key was read last.
    fn parent(mut self, at: usize) -> Place<'a> {
        self.frames.pop();
        self.place(at, None)
    }
}

/// The object or list at the beginning of a text; all of it where the rest is broken.
fn first_value(text: &str) -> &str {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&serde_json::value::RawValue>();
    values.next().and_then(Result::ok).map_or(text, serde_json::value::RawValue::get)
}

fn path_text(frames: &[Frame]) -> String {
    let mut text = String::new();
    for frame in frames {
        match &frame.within {
            Within::List { index } => text.push_str(&format!("[{index}]")),
            Within::Object { key, .. } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place where `|` stands in the text.
    fn at(text: &str) -> (String, String) {
        let stop = text.find('|').unwrap();
        let input = text.replace('|', "");
        let (line, column) =
            (text[..stop].split('\n').count(), text[..stop].rsplit('\n').next().unwrap().len());
        let Place { path, value } = locate(&input, line, column);
        (path, value.to_owned())
    }

    #[test]
    fn the_value_that_was_just_read_is_found() {
        for (text, path, value) in [
            (r#"{"a": 5|}"#, "a", "5"),
            (r#"{"a": {"b": "x"|}}"#, "a.b", r#""x""#),
            (r#"[1, null|, 3]"#, "[1]", "null"),
            (r#"{"a": [{"b": [10, true|]}]}"#, "a[0].b[1]", "true"),
            (r#"{"a": "q\"}\\"|, "b": 1}"#, "a", r#""q\"}\\""#),
            ("{\n \"a\": [\n  7|]}", "a[0]", "7"),
            ("5|", "", "5"),
        ] {
            assert_eq!(at(text), (path.to_owned(), value.to_owned()), "{text}");
        }
    }

    #[test]
    fn an_object_or_list_that_was_not_read_is_found() {
        assert_eq!(at(r#"{"a": |[1, {"b": 2}], "c": 3}"#), ("a".to_owned(), r#"[1, {"b": 2}]"#.to_owned()));
        assert_eq!(at(r#"[[0], |{"b": 2}"#), ("[1]".to_owned(), r#"{"b": 2}"#.to_owned()));
        assert_eq!(at("|[1, 2"), (String::new(), "[1, 2".to_owned()));
    }

    #[test]
    fn an_object_that_was_read_to_its_end_is_found() {
        let (path, value) = at(r#"{"a": [{"b": 1}|, {"b": 2}]}"#);
        assert_eq!((path.as_str(), value.as_str()), ("a[0]", r#"{"b": 1}"#));
        assert_eq!(at(r#"{"a": 1}|"#).0, "");
    }

    #[test]
    fn a_key_belongs_to_its_object() {
        assert_eq!(at(r#"{"a": {"b" |: 1}}"#).0, "a");
        assert_eq!(at(r#"{"a"|: {"b": 1}}"#).0, "");
        assert_eq!(at(r#"{"l": [{"x": 1, "b"|:"#).0, "l[0]");
    }
}
