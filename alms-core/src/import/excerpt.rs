//! Values as they are shown in errors.

use crate::text::visible;

/// The most characters of a value that are shown.
const EXCERPT_CHARS_MAX: usize = 80;

/// The bytes that are looked at: no character is longer than four bytes.
const EXCERPT_BYTES_MAX: usize = (EXCERPT_CHARS_MAX + 1) * 4;

/// A value in at most 80 characters.
///
/// Control and format characters are escaped: a value from a file must not move the cursor of a terminal or turn
/// the direction of its text, what nobody sees has to be seen, and a message stays one line.
pub(super) fn excerpt(value: &[u8]) -> String {
    let start = value.get(..EXCERPT_BYTES_MAX).unwrap_or(value);
    let mut shown = visible(&String::from_utf8_lossy(start));
    if shown.chars().count() > EXCERPT_CHARS_MAX {
        shown = shown.chars().take(EXCERPT_CHARS_MAX - 1).chain(['…']).collect();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_shown_in_eighty_characters() {
        assert_eq!(excerpt("é".repeat(80).as_bytes()), "é".repeat(80));
        assert_eq!(excerpt("é".repeat(81).as_bytes()), format!("{}…", "é".repeat(79)));
        assert_eq!(excerpt("🦀".repeat(1_000_000).as_bytes()), format!("{}…", "🦀".repeat(79)));
    }

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_obey() {
        assert_eq!(excerpt(b"a\r\n\x1b[2Jb\0"), r"a\r\n\u{1b}[2Jb\u{0}");
        assert_eq!(excerpt("a\u{202e}b\u{200b}\u{9b}".as_bytes()), r"a\u{202e}b\u{200b}\u{9b}");
        assert_eq!(excerpt(b"M\xfcller"), "M\u{fffd}ller");
    }
}
