//! Texts that no operation takes: the same for all of them.

use super::{Input, list};

/// Long texts of a size that are no request, each with what there is much of.
pub const MALFORMED: &[(&str, Input)] = &[
    ("blanks", |size| " ".repeat(size)),
    ("brackets", |size| "[".repeat(size)),
    ("objects in one another", |size| r#"{"a":"#.repeat(size)),
    ("a long name", |size| format!(r#"{{"{}":1}}"#, "a".repeat(size))),
    ("a long name of escapes", |size| format!(r#"{{"{}":1}}"#, r"\u0001".repeat(size))),
    ("a long value", |size| format!(r#"{{"on":"{}"}}"#, "a".repeat(size))),
    ("a long number", |size| format!(r#"{{"on":{}}}"#, "1".repeat(size))),
    ("unknown fields", |size| format!("{{{}}}", list(size, |index| format!(r#""a{index:07}":1"#)))),
    ("a field again and again", |size| format!("{{{}}}", list(size, |_| r#""on":1"#))),
    ("a list of lists", |size| format!("[{}]", list(size, |_| "[]"))),
];
