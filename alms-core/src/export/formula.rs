//! The guard against formulas: what a spreadsheet would run is made a text, and read back as it was.

use std::borrow::Cow;

/// What a cell begins with that a spreadsheet takes for a formula, or for the way to one.
const STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// A text for a cell of a CSV file that no spreadsheet takes for a formula: where it begins like one, an apostrophe
/// comes first.
///
/// The same behind a semicolon, where a spreadsheet of many countries begins the next cell, whatever the quotes say.
/// [`systems`](crate::import::csv) and [registrations](crate::import::csv::registrations) are read back without the
/// apostrophes.
///
/// ```
/// use alms_core::export::guarded;
/// assert_eq!(guarded("=1+1"), "'=1+1");
/// assert_eq!(guarded("a;@b"), "a;'@b");
/// assert_eq!(guarded("'t Hof; Utrecht"), "'t Hof; Utrecht");
/// ```
pub fn guarded(text: &str) -> Cow<'_, str> {
    rewritten(text, |part| is_formula(part).then(|| format!("'{part}")))
}

/// Whether a text begins like a formula, behind apostrophes or not.
pub(crate) fn is_formula(text: &str) -> bool {
    text.chars().find(|c| *c != '\'').is_some_and(|first| STARTS.contains(&first))
}

/// The text that [`guarded`] made a cell of.
pub(crate) fn unguarded(text: &str) -> Cow<'_, str> {
    rewritten(text, |part| part.strip_prefix('\'').filter(|rest| is_formula(rest)).map(str::to_owned))
}

/// The text with each part between semicolons as `part` gives it; `None` is the part as it is.
fn rewritten(text: &str, part: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    let parts: Vec<(&str, Option<String>)> = text.split(';').map(|old| (old, part(old))).collect();
    if parts.iter().all(|(_, new)| new.is_none()) {
        return Cow::Borrowed(text);
    }
    let parts: Vec<&str> = parts.iter().map(|(old, new)| new.as_deref().unwrap_or(old)).collect();
    Cow::Owned(parts.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_made_a_text_and_read_back() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\0", "'\0"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠A", "'＠A"),
            ("'=1", "''=1"),
            ("a;=1", "a;'=1"),
            (";+;-", ";'+;'-"),
            ("a;'=1", "a;''=1"),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(unguarded(cell), text);
        }
        for text in ["", "PO-1", " =1", "a=b", "'t Hof", "''", "'", "a; =1", "a;b", "'a;'b"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }
}
