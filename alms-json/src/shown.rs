//! Texts of users in sentences for people.

/// How many characters of a value a message shows.
const CHARS_MAX: usize = 60;

/// The format characters of Unicode (category Cf), which are not seen but make another text.
const FORMAT: [(u32, u32); 21] = [
    (0x00AD, 0x00AD),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0001, 0xE0001),
    (0xE0020, 0xE007F),
];

/// Whether nobody would see the character though it makes another text: a format character.
pub fn is_format(character: char) -> bool {
    let code = u32::from(character);
    code >= 0xAD && FORMAT.iter().any(|(first, last)| (*first..=*last).contains(&code))
}

/// A text for people, in which what a terminal would obey and what nobody would see is escaped.
///
/// ```
/// assert_eq!(alms_json::visible("a\u{1b}[2J\u{202e}b"), r"a\u{1b}[2J\u{202e}b");
/// ```
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            shown.extend(character.escape_default());
        } else if is_format(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The user's value for a message: shortened to what a person can still take in, and escaped as in [`visible`].
///
/// ```
/// assert_eq!(alms_json::shown(&"a".repeat(80)), format!("{}…", "a".repeat(60)));
/// ```
pub fn shown(value: &str) -> String {
    match value.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", visible(value.get(..end).unwrap_or_default())),
        None => visible(value),
    }
}
