//! Documents as a host declares them: what is read, what is refused, and in which words.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use alms_json::{Fault, from_str, to_string};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    key: String,
    lines: Vec<Line>,
    note: Option<String>,
    #[serde(default)]
    urgent: bool,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    months: Months,
    late: Late,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Late {
    FromOrder,
    Backdated(u32),
    Until { day: String },
}

/// A type with limits of its own, which says them by a fault.
#[derive(Debug, PartialEq, Serialize)]
struct Months(i64);

impl<'de> Deserialize<'de> for Months {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match i64::deserialize(deserializer)? {
            months @ 1..=60 => Ok(Self(months)),
            months => Err(serde::de::Error::custom(
                Fault::new("out_of_range", format!("`{months}` is out of range; give a number from 1 to 60"))
                    .by_rule("SUB-2")
                    .with("max", 60_u32),
            )),
        }
    }
}

fn refused(text: &str) -> (String, String) {
    let fault = from_str::<Order>(text).unwrap_err();
    (fault.path().to_owned(), fault.message().into_owned())
}

#[test]
fn a_document_is_written_as_it_is_read() {
    let text = r#"{"key":"k\n\"1","lines":[{"months":36,"late":"from_order"},{"months":1,"late":{"backdated":3}},{"months":2,"late":{"until":{"day":"x"}}}],"note":null,"urgent":true}"#;
    let order: Order = from_str(text).unwrap();
    assert_eq!((order.lines.len(), order.note.as_deref(), order.urgent), (3, None, true));
    assert_eq!(order.lines[1].late, Late::Backdated(3));
    assert_eq!(to_string(&order).unwrap(), text);
    assert_eq!(serde_json::to_string(&order).unwrap(), text);
}

#[test]
fn a_refusal_says_where_what_and_what_to_do() {
    for (text, path, message) in [
        (r#"{"key":1,"lines":[]}"#, "key", "`1` is not a string; write a string here"),
        (r#"{"key":"k","lines":{}}"#, "lines", "`{}` is not a list; write a list here"),
        (r#"{"key":"k","lines":[[]]}"#, "lines[0]", "`[]` is not an object; write an object here"),
        (r#"{"key":"k"}"#, "lines", "the field `lines` is missing; add it"),
        (r#"{"key":"k","key":"k"}"#, "key", "the field `key` is there twice; give it once"),
        (
            r#"{"key":"k","lines":[{"month":1}]}"#,
            "lines[0].month",
            "the field `month` is unknown here; use `months` or `late`",
        ),
        (
            r#"{"key":"k","lines":[{"months":1,"late":"never"}]}"#,
            "lines[0].late",
            "`never` is not known; use one of `from_order`, `backdated`, `until`",
        ),
        (
            r#"{"key":"k","lines":[{"months":1,"late":{"backdated":"x"}}]}"#,
            "lines[0].late.backdated",
            "`\"x\"` is not u32; write u32 here",
        ),
        (
            r#"{"key":"k","lines":[{"months":1,"late":{"until":{}}}]}"#,
            "lines[0].late.until.day",
            "the field `day` is missing; add it",
        ),
        (
            r#"{"key":"k","lines":[{"months":1,"late":7}]}"#,
            "lines[0].late",
            "`7` is not one of `from_order`, `backdated`, `until`; write one of `from_order`, `backdated`, `until` here",
        ),
        (
            r#"{"key":"k","lines":[{"months":1,"late":{"from_order":1}}]}"#,
            "lines[0].late",
            "`{\"from_order\":1}` is not a text; this choice has no setting",
        ),
        (
            r#"{"key":"k","lines":[],"urgent":"yes"}"#,
            "urgent",
            "`\"yes\"` is not a boolean; write a boolean here",
        ),
        ("[]", "", "`[]` is not an object; write an object here"),
    ] {
        assert_eq!(refused(text), (path.to_owned(), message.to_owned()), "{text}");
    }
}

#[test]
fn what_a_type_says_itself_arrives_whole() {
    let fault = from_str::<Order>(r#"{"key":"k","lines":[{"months":61,"late":"from_order"}]}"#).unwrap_err();
    assert_eq!(
        (fault.code(), fault.rule(), fault.path()),
        ("out_of_range", Some("SUB-2"), "lines[0].months")
    );
    assert_eq!(fault.message(), "`61` is out of range; give a number from 1 to 60");
    assert_eq!(fault.context()["max"], 60_u32.into());
}

#[test]
fn a_number_that_nothing_holds_is_quoted_as_it_is_written() {
    for written in ["99999999999999999999", "-99999999999999999999", "9223372036854775808"] {
        let text = format!(r#"{{"key":"k","lines":[{{"months":{written},"late":"from_order"}}]}}"#);
        let (path, message) = refused(&text);
        assert_eq!(path, "lines[0].months");
        assert_eq!(message, format!("`{written}` is out of range; give a number from 1 to 60"));
    }
    for written in ["1.0", "1e3"] {
        let text = format!(r#"{{"key":"k","lines":[{{"months":{written},"late":"from_order"}}]}}"#);
        assert_eq!(refused(&text).1, format!("`{written}` is not i64; write i64 here"));
    }
}

#[test]
fn no_json_is_said_first() {
    let (path, message) = refused(r#"{"key":1,"lines":[}"#);
    assert_eq!(path, "");
    assert_eq!(
        message,
        "the input is not a JSON document: expected value at line 1, column 19; correct it there"
    );
    assert_eq!(
        refused("{\"key\":\"k\",\"lines\":[]}\n x").1,
        "the input is not a JSON document: trailing characters at line 2, column 2; correct it there"
    );
    let deep = "[".repeat(200);
    assert!(refused(&deep).1.starts_with("the input is not a JSON document: EOF while parsing"));
    assert!(refused(&(deep + &"]".repeat(200))).1.ends_with("is not an object; write an object here"));
}

#[test]
fn depth_is_limited_where_a_type_is_not() {
    #[derive(Debug, Deserialize)]
    struct Nested(#[expect(dead_code, reason = "it is read")] Vec<Nested>);
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(from_str::<Nested>(&nested(127)).is_ok());
    let message = from_str::<Nested>(&nested(128)).unwrap_err().message().into_owned();
    assert!(message.contains("recursion limit exceeded"), "{message}");
}

#[test]
fn a_tuple_has_its_length() {
    assert_eq!(from_str::<(u8, u8)>("[1, 2]").unwrap(), (1, 2));
    for text in ["[1]", "[1,2,3]", "7"] {
        let message = from_str::<(u8, u8)>(text).unwrap_err().message().into_owned();
        assert!(message.starts_with(&format!("`{text}` is not ")), "{message}");
    }
}

#[test]
fn what_json_has_not_is_not_written() {
    assert_eq!(to_string(&1.5_f64).unwrap_err().code(), "invalid_input");
    assert_eq!(to_string(&BTreeMap::from([(1, 2)])).unwrap_err().code(), "invalid_input");
    assert_eq!(to_string(&u64::MAX).unwrap(), "18446744073709551615");
    assert_eq!(to_string(&format_args!("a\"{}", '\n')).unwrap(), r#""a\"\n""#);
}

#[test]
fn a_writer_gets_what_is_held_otherwise() {
    let list: Vec<(u32, String)> = (0..20_000).map(|number| (number, format!("n{number}"))).collect();
    let mut written = Vec::new();
    alms_json::to_io(&mut written, &list).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), to_string(&list).unwrap());
}

proptest! {
    /// Texts of any characters, and blanks anywhere, are read as serde_json reads them.
    #[test]
    fn texts_are_those_of_serde_json(fields in prop::collection::btree_map(".*", prop::option::of(".*"), 0..8)) {
        let text = serde_json::to_string_pretty(&fields).unwrap();
        let read: BTreeMap<String, Option<String>> = from_str(&text).unwrap();
        prop_assert_eq!(&read, &fields);
        prop_assert_eq!(to_string(&fields).unwrap(), serde_json::to_string(&fields).unwrap());
    }
}
