/// Finds line and column of places in a text, in one pass over it if the places are asked for in order.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    text: &'a str,
    /// How much of the text has been counted.
    offset: usize,
    line: u64,
    column: u64,
}

impl<'a> Locator<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, offset: 0, line: 1, column: 1 }
    }

    /// Line and column, in characters, both from 1, of the character that the byte at `offset` belongs to.
    pub(super) fn locate(&mut self, offset: usize) -> (u64, u64) {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        for character in self.text.get(self.offset..).unwrap_or_default().chars() {
            let next = self.offset.saturating_add(character.len_utf8());
            if next > offset {
                break;
            }
            self.offset = next;
            if character == '\n' {
                (self.line, self.column) = (self.line.saturating_add(1), 1);
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
        (self.line, self.column)
    }

    /// The same for a part of the text itself.
    pub(super) fn locate_part(&mut self, part: &'a str) -> (u64, u64) {
        let offset = offset_of(self.text, part);
        self.locate(offset)
    }
}

/// The offset of a part of `text` in it.
pub(super) fn offset_of(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_forwards_and_backwards() {
        let text = "ab\nçd\r\n\nef";
        let mut locator = Locator::new(text);
        for (part, place) in
            [("a", (1, 1)), ("b", (1, 2)), ("d", (2, 2)), ("e", (4, 1)), ("ç", (2, 1)), ("f", (4, 2))]
        {
            let offset = text.find(part).unwrap();
            assert_eq!(locator.locate_part(&text[offset..]), place, "{part}");
            assert_eq!(offset_of(text, &text[offset..]), offset);
        }
        assert_eq!(locator.locate(text.len() + 9), (4, 3), "behind the end");
        assert_eq!(locator.locate(text.len()), (4, 3));
        assert_eq!(locator.locate(4), (2, 1), "inside a character");
    }
}
